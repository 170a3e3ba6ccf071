//! `cargo xtask dist`: the release page and the widget, their sizes as a host would send them, and their digests.

use std::path::{Path, PathBuf};

use crate::page::{self, Profile};
use crate::process::{Outcome, command, output};
use crate::programs::Programs;
use crate::{node, offline, place, widget};

/// The most that a first verdict may cost, after brotli at its strongest: every file of the page and those of the larger
/// example, but not the second part of its program, which is fetched when a verdict stands, nor what another language needs.
const BUDGET_BYTES: u64 = 450 * 1024;

/// The files of each example.
const EXAMPLES: [&[&str]; 2] = [
    &["conda-attestation.sigstore.json", "signed-package-2.1.0-hb0f4dca_0.conda"],
    &["sigstore-2.0.0.tgz.sigstore.json"],
];

/// Fetched by who chose another language than English.
const LANGUAGES: [&str; 2] = ["lang.js", "de.json"];

pub(crate) fn run() -> Outcome {
    let whole = place::root().join("target/page-release");
    page::build(Profile::Release, &whole)?;
    let folder = place::root().join("dist");
    page::parting::part(&whole, &folder, Profile::Dist)?;
    // Not in what a first visit costs: nobody loads it who did not ask for it.
    let whole = place::root().join("target/page-dist");
    page::build(Profile::Dist, &whole)?;
    offline::print(&whole, &folder.join(offline::NAME))?;
    page::version::seal(&folder)?;
    let package = folder.join(widget::PACKAGE);
    widget::build(Profile::Dist, Programs::Build, &package)?;
    // The tests have not seen what wasm-opt made of the whole program.
    widget::compare(Programs::Build, &package)?;
    let all = print_sizes(&folder)?;
    let size = |names: &[&str]| names.iter().map(|name| node::brotli_size(&folder.join(name))).sum::<Outcome<u64>>();
    let second = size(&[page::parting::SECOND])?;
    let languages = size(&LANGUAGES)?;
    let smaller = EXAMPLES.iter().map(|names| size(names)).collect::<Outcome<Vec<u64>>>()?.into_iter().min();
    let bytes = all - second - languages - smaller.unwrap_or_default();
    println!(
        "dist: {bytes} bytes after brotli -q 11 lead to a first verdict, budget {BUDGET_BYTES}; with {second} more, all"
    );
    println!("{}:", package.display());
    print_sizes(&package)?;
    let weighed = widget::weigh(&package);
    let notes = place::root().join("target/release-notes.md");
    std::fs::write(&notes, release_notes(&folder, &package)?).map_err(|error| page::told(&notes, &error))?;
    println!("for the release notes: {}", notes.display());
    if bytes > BUDGET_BYTES {
        return Err(format!("dist: over the budget by {} bytes", bytes - BUDGET_BYTES));
    }
    weighed
}

/// What the notes of a release must hold: by which digests whoever has a file of it finds out that it is that file.
fn release_notes(folder: &Path, package: &Path) -> Outcome<String> {
    let edition = page::version::sha256_of(&folder.join(offline::NAME))?;
    let (name, version) = (offline::NAME, env!("CARGO_PKG_VERSION"));
    let (script, integrity) = (widget::SCRIPT, widget::integrity(&package.join(widget::SCRIPT))?);
    Ok(format!(
        "# Touchstone {version}\n\nWhat changed: CHANGELOG.md.\n\n## The offline edition\n\n    {edition}  {name}\n\nSave that line as \
         {name}.sha256 beside the download, and `sha256sum --check {name}.sha256` says whether it is the file of this \
         release (`shasum -a 256 --check` on a Mac, `certutil -hashfile {name} SHA256` on Windows).\n\n## The widget\n\n`{script}` has \
         integrity=\"{integrity}\": with it a browser runs no other script.\n"
    ))
}

/// Prints each file with its size, its size after brotli and its SHA-256; returns the sum after brotli.
pub(crate) fn print_sizes(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    println!("{:>9} {:>9}  {:<64}  file", "bytes", "brotli", "SHA-256");
    for path in files(folder)? {
        let bytes = std::fs::metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?.len();
        let brotli = node::brotli_size(&path)?;
        let digest = output(command("sha256sum").arg(&path))?;
        let hex = digest.split_whitespace().next().unwrap_or_default();
        println!("{bytes:>9} {brotli:>9}  {hex:<64}  {}", path.file_name().unwrap_or_default().to_string_lossy());
        sum += brotli;
    }
    Ok(sum)
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let edition =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(offline::NAME));
    let own = |path: &PathBuf| path.is_file() && !edition(path);
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(own).collect();
    files.sort();
    Ok(files)
}
