//! Where things are.

use std::path::{Path, PathBuf};

/// The project's root folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Tools that were installed for this checkout alone.
pub(crate) fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The tests in a real browser, with the Node packages that they need.
pub(crate) fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// The corpus to use when none is named: `$TOUCHSTONE_CORPUS`, else `../shared/corpus`.
pub(crate) fn corpus() -> PathBuf {
    std::env::var_os("TOUCHSTONE_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from)
}
