//! Whole-product tests, and the runner of a corpus folder (`cargo xtask corpus`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test harness stops at what it did not expect"
)]

pub mod corpus;
pub mod full;
pub mod schema;

use std::path::{Path, PathBuf};

/// The project's root folder.
#[must_use]
pub fn project_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the project").to_owned()
}

/// The shared corpus: `$TOUCHSTONE_CORPUS`, else `../shared/corpus` beside the project. When there is none, says so in one
/// line and returns `None`, so that a test can be skipped.
#[must_use]
pub fn corpus_folder() -> Option<PathBuf> {
    let folder =
        std::env::var_os("TOUCHSTONE_CORPUS").map_or_else(|| project_root().join("../shared/corpus"), PathBuf::from);
    if folder.join("manifest.json").is_file() {
        return Some(folder);
    }
    println!("skipped: no corpus at {} (set TOUCHSTONE_CORPUS)", folder.display());
    None
}
