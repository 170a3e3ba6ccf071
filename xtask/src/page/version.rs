//! The version of a built page: a digest over its files, which the page shows and the service worker keeps it by.

use std::path::Path;

use super::text::replace_once;
use super::{MODULE, read, told};
use crate::offline;
use crate::process::{Outcome, command, output};

/// Filled in here, so it is left as it is until then.
pub(super) const WORKER: &str = "service-worker.js";

/// Writes into `index.html` which version it is, what module it has and what module its one-file edition has, and into the
/// service worker which files belong together. The last thing that is done to a page; without it, none is kept.
pub(crate) fn seal(folder: &Path) -> Outcome {
    let version = of(folder)?.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect::<String>();
    let build = digest(&version)?;
    let index = folder.join("index.html");
    let mut metas = format!(
        "    <meta name=\"touchstone-build\" content=\"{build}\" />\n    \
             <meta name=\"touchstone-module\" content=\"{}\" />\n",
        sha256_of(&folder.join(MODULE))?
    );
    let edition = folder.join(offline::NAME);
    if edition.is_file() {
        let text = read(&edition)?;
        let module =
            text.split_once("<meta name=\"touchstone-module\" content=\"").and_then(|(_, rest)| rest.split_once('"'));
        let (module, _) = module.ok_or_else(|| format!("{}: names no module", edition.display()))?;
        metas.push_str(&format!("    <meta name=\"touchstone-edition-module\" content=\"{module}\" />\n"));
    }
    // Before the script, which reads them.
    let icon = "    <link rel=\"icon\"";
    write(&index, &replace_once("index.html", &read(&index)?, icon, &(metas + icon))?)?;
    let files: Vec<String> = of(folder)?.iter().map(|(name, digest)| format!("  {name:?}: {digest:?},\n")).collect();
    let worker = folder.join(WORKER);
    let text = read(&worker)?;
    let filled = text.replacen("const BUILD = \"\";", &format!("const BUILD = \"{build}\";"), 1).replacen(
        "const FILES = {};",
        &format!("const FILES = {{\n{}}};", files.concat()),
        1,
    );
    if filled.matches(&build).count() != 1 || !filled.contains("\"index.html\"") {
        return Err(format!("{WORKER}: no place for the version"));
    }
    write(&worker, &filled)
}

/// Each file but the service worker and the one-file edition, with its SHA-256, in order of names.
fn of(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let entries = std::fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    let names = entries.flatten().filter(|entry| entry.path().is_file()).map(|entry| entry.file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| name != WORKER && !name.starts_with(offline::NAME));
    names.sort();
    names.into_iter().map(|name| Ok((name.clone(), sha256_of(&folder.join(&name))?))).collect()
}

/// SHA-256 of a file, in hex.
pub(crate) fn sha256_of(file: &Path) -> Outcome<String> {
    let printed = output(command("sha256sum").arg(file))?;
    printed.split_whitespace().next().map(str::to_owned).ok_or_else(|| format!("{}: no digest", file.display()))
}

fn digest(text: &str) -> Outcome<String> {
    let file = crate::place::root().join("target/version");
    write(&file, text)?;
    sha256_of(&file)
}

fn write(file: &Path, text: &str) -> Outcome {
    std::fs::write(file, text).map_err(|error| told(file, &error))
}
