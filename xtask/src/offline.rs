//! The offline edition: the page that was built into a folder, as one HTML file that forbids itself every connection.

use std::path::{Path, PathBuf};

use crate::page::text::{replace_once, style_sheets, without_comments};
use crate::page::version::sha256_of;
use crate::page::{self, MODULE, Profile, read, told};
use crate::process::{self, Outcome, command, output};
use crate::{node, place};

/// Its name.
pub(crate) const NAME: &str = "touchstone-offline.html";

/// Every part of a release has the same one.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Seen until the application takes its place: for good, where the program does not run.
const STARTING: &str = "Touchstone is starting. If this stays, its program does not run: this file was changed, or this \
    browser lacks JavaScript, WebAssembly or DecompressionStream. Nothing was checked.";

/// Nothing may be connected to; the one script and the one style sheet are named by their digests.
fn policy(script: &str, style: &str) -> Outcome<String> {
    Ok(format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; \
         worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'",
        digest(script)?,
        digest(style)?
    ))
}

/// `cargo xtask offline [--release]`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let profile = match arguments {
        [] => Profile::Quick,
        [one] if one == "--release" => Profile::Release,
        other => return Err(format!("offline knows --release, not {}", other.join(" "))),
    };
    let target = place::root().join("target");
    let folder = target.join("page");
    page::build(profile, &folder)?;
    print(&folder, &target.join(NAME))
}

/// Makes the file and prints what it weighs and its digest.
pub(crate) fn print(page: &Path, file: &Path) -> Outcome {
    let digest = make(page, file)?;
    let bytes = std::fs::metadata(file).map_err(|error| told(file, &error))?.len();
    println!("{bytes:>9} {:>9}  {digest}  {NAME} (opens from a folder, without a network)", node::brotli_size(file)?);
    Ok(())
}

/// Makes the file from the page in `page`; returns its SHA-256, which is also written beside it.
pub(crate) fn make(page: &Path, file: &Path) -> Outcome<String> {
    node::packages()?;
    let module_digest = sha256_of(&page.join(MODULE))?;
    let catalogues = catalogues(page)?;
    let script = script(page, &module_digest, &catalogues)?;
    let index = read(&page.join("index.html"))?;
    let style = styles(page, &index)?;
    // Either would end its element early. Neither occurs; if it ever does, the file must not be made.
    for (name, text, end) in
        [("script", &script, "</script"), ("script", &script, "<!--"), ("style", &style, "</style")]
    {
        if text.contains(end) {
            return Err(format!("{NAME}: the {name} holds {end:?}"));
        }
    }
    let mut head = String::new();
    for (name, _) in &catalogues {
        let packed = packed(&page.join(name))?;
        head.push_str(&format!(
            "    <script id=\"touchstone-{name}\" type=\"application/json+gzip+base64\">{packed}</script>\n"
        ));
    }
    let html = fill(&index, &script, &style, &packed(&page.join(MODULE))?, &module_digest, &head)?;
    std::fs::write(file, html).map_err(|error| told(file, &error))?;
    let whole = sha256_of(file)?;
    let beside = PathBuf::from(format!("{}.sha256", file.display()));
    std::fs::write(&beside, format!("{whole}  {NAME}\n")).map_err(|error| told(&beside, &error))?;
    Ok(whole)
}

/// The built `index.html`, with everything that it names inside.
fn fill(
    index: &str,
    script: &str,
    style: &str,
    module: &str,
    module_digest: &str,
    catalogues: &str,
) -> Outcome<String> {
    // What the served page says of its own policy is not true of this one.
    let head = without_comments(index)?;
    let policy = policy(script, style)?;
    let mut html = String::new();
    let mut policies = 0;
    for line in head.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("content=\"default-src") {
            policies += 1;
            html.push_str(&format!("      content=\"{policy}\"\n"));
        } else if trimmed.starts_with("<link rel=\"icon\"") || !names_a_file(trimmed) {
            html.push_str(line);
            html.push('\n');
        }
    }
    if policies != 1 {
        return Err(format!("index.html: {policies} policies, expected 1"));
    }
    let head = format!(
        "    <meta name=\"touchstone-edition\" content=\"offline\" />\n    \
             <meta name=\"touchstone-module\" content=\"{module_digest}\" />\n    \
             <meta name=\"touchstone-version\" content=\"{VERSION}\" />\n    \
             <style id=\"touchstone-style\">{style}</style>\n    \
             <script id=\"touchstone-module\" type=\"application/wasm+gzip+base64\">{module}</script>\n{catalogues}  </head>"
    );
    let body = format!(
        "    <p id=\"touchstone-starting\">{STARTING}</p>\n    <script id=\"touchstone-program\">{script}</script>\n  </body>"
    );
    let filled = replace_once("index.html", &html, "  </head>", &head)?;
    let filled = replace_last(&filled, "  </body>", &body)?;
    if let Some(line) = filled.lines().find(|line| line.len() < 1000 && line.contains("=\"./")) {
        return Err(format!("{NAME}: still names a file beside it: {line}"));
    }
    Ok(filled)
}

/// Every style sheet that the page names, in order.
fn styles(page: &Path, index: &str) -> Outcome<String> {
    let mut styles = String::new();
    for href in style_sheets(index) {
        styles.push_str(&read(&page.join(href))?);
    }
    if styles.is_empty() { Err("index.html: no style sheet".to_owned()) } else { Ok(styles) }
}

/// Whether a line of the built page loads something.
fn names_a_file(line: &str) -> bool {
    line.starts_with("<link ") || line.starts_with("<script ")
}

fn replace_last(text: &str, from: &str, to: &str) -> Outcome<String> {
    let (before, after) = text.rsplit_once(from).ok_or_else(|| format!("index.html: no {from:?}"))?;
    Ok([before, to, after].concat())
}

/// The catalogues of other languages (`web/lang`) with their SHA-256. They lie beside the script, which a saved report takes
/// along, and which names each by its digest.
fn catalogues(page: &Path) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    for path in dir(&place::root().join("web/lang"))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let digest = sha256_of(&page.join(&name))?;
        found.push((name, digest));
    }
    found.sort();
    Ok(found)
}

/// Loader, worker and glue as one classic script.
fn script(page: &Path, module_digest: &str, catalogues: &[(String, String)]) -> Outcome<String> {
    let folder = place::root().join("target/offline");
    std::fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
    let entry = folder.join("offline.js");
    let web = place::root().join("web");
    for (from, name) in
        [(page, "boot.js"), (page, "lang.js"), (page, "touchstone-page.js"), (&web, "offline.js"), (&web, "report.js")]
    {
        std::fs::copy(from.join(name), folder.join(name)).map_err(|error| told(&from.join(name), &error))?;
    }
    for example in dir(page)?.iter().filter(|path| has_extension(path, &["json", "conda"])) {
        let name = example.file_name().unwrap_or_default();
        std::fs::copy(example, folder.join(name)).map_err(|error| told(example, &error))?;
    }
    let out = folder.join("bundle.js");
    let named: Vec<String> = catalogues.iter().map(|(name, digest)| format!("{name:?}:{digest:?}")).collect();
    process::run(
        node::program("esbuild")
            .arg(&entry)
            .args(["--bundle", "--minify", "--format=iife", "--platform=browser", "--target=es2022"])
            .args(["--loader:.json=binary", "--loader:.conda=binary"])
            .args(["--log-level=error", "--charset=ascii", "--legal-comments=none"])
            // One file has no other versions.
            .arg("--external:./versions.js")
            // The glue would look for the module beside itself when it is given none; it is always given one.
            .arg("--define:import.meta.url=\"\"")
            .arg(format!("--define:MODULE_SHA256=\"{module_digest}\""))
            .arg(format!("--define:STYLE_SHA256=\"{}\"", report_style()?))
            .arg(format!("--define:VERSION=\"{VERSION}\""))
            .arg(format!("--define:CATALOGUES={{{}}}", named.join(",")))
            .arg(format!("--outfile={}", out.display())),
    )?;
    Ok(read(&out)?.trim().to_owned())
}

fn dir(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|found| extensions.contains(&found))
}

/// Base64 of gzip, without the time of packing.
fn packed(file: &Path) -> Outcome<String> {
    const SCRIPT: &str = "process.stdout.write(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]),\
        {level:9}).toString('base64'))";
    output(command("node").args(["-e", SCRIPT]).arg(file))
}

/// SHA-256, in base64, of the styles of a saved report: it looks for nothing else in its own page.
fn report_style() -> Outcome<String> {
    digest(&read(&place::root().join("crates/report/src/sheet/style.css"))?)
}

/// SHA-256 of a text in base64, as a policy names it.
pub(crate) fn digest(text: &str) -> Outcome<String> {
    let folder = place::root().join("target/offline");
    std::fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
    let file = folder.join("part");
    std::fs::write(&file, text).map_err(|error| told(&file, &error))?;
    const SCRIPT: &str = "process.stdout.write(require('crypto').createHash('sha256').update(require('fs')\
        .readFileSync(process.argv[1])).digest('base64'))";
    output(command("node").args(["-e", SCRIPT]).arg(&file))
}

#[cfg(test)]
mod tests {
    use super::names_a_file;

    #[test]
    fn only_lines_that_load_something_are_left_out() {
        assert!(names_a_file(r#"<link rel="stylesheet" href="./style.css" />"#));
        assert!(names_a_file(r#"<script type="module" src="boot.js"></script>"#));
        assert!(!names_a_file("<title>Touchstone</title>"));
    }
}
