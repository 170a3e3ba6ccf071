//! The page's first script and its styles inside `index.html`, each named by its digest in the page's policy: both programs of the
//! page are asked for as soon as the page is, and not once a first script has come.

use std::path::Path;

use super::text::{replace_once, style_sheets, without_comments};
use super::{BOOT, read, script_of_trunk, told};
use crate::offline;
use crate::process::Outcome;

/// What `index.html` says about scripts and styles, for files beside it.
const SCRIPTS: &str = "script-src 'self' 'wasm-unsafe-eval'";
const STYLES: &str = "style-src 'self'";

/// Puts them in, and removes their files. The offline edition is made before: it looks for them.
pub(crate) fn inline(folder: &Path) -> Outcome {
    let path = folder.join("index.html");
    let index = read(&path)?;
    let script = format!("(()=>{{{}\n}})()", read(&folder.join(BOOT))?.trim()).replace("</script", "<\\/script");
    let hrefs = style_sheets(&index);
    let style = hrefs.iter().map(|href| read(&folder.join(href))).collect::<Outcome<Vec<String>>>()?.concat();
    for (name, text, end) in [(BOOT, &script, "<!--"), ("the styles", &style, "</style")] {
        if text.contains(end) {
            return Err(format!("{name}: holds {end:?}, which would end its element"));
        }
    }
    let sheets = hrefs.iter().map(|href| format!(r#"    <link rel="stylesheet" href="./{href}" />"#));
    let tag = script_of_trunk()?;
    let index = without_comments(&index)?;
    let mut lines: Vec<&str> = index.lines().collect();
    lines.retain(|line| !sheets.clone().any(|sheet| *line == sheet) && line.trim() != tag);
    let policy = |name: &str, text: &str| Ok::<_, String>(format!("{name} 'sha256-{}'", offline::digest(text)?));
    let (scripts, styles) = (policy(SCRIPTS, &script)?, policy("style-src", &style)?);
    let mut page = lines.join("\n");
    for (from, to) in [
        (SCRIPTS, scripts.as_str()),
        (STYLES, styles.as_str()),
        ("  </head>", &format!("    <script>{script}</script>\n    <style>{style}</style>\n  </head>")),
    ] {
        page = replace_once("index.html", &page, from, to)?;
    }
    std::fs::write(&path, page).map_err(|error| told(&path, &error))?;
    // No longer asked for by anybody.
    for name in hrefs.iter().map(String::as_str).chain([BOOT]) {
        std::fs::remove_file(folder.join(name)).map_err(|error| told(&folder.join(name), &error))?;
    }
    Ok(())
}
