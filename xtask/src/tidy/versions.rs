//! Versions that must be the same in two places.

use super::File;

/// `wasm-bindgen` in the project and the program that reads what it left in the module speak a private format.
pub(super) fn apart(files: &[File]) -> Vec<String> {
    let version = |path: &str, name: &str| -> Option<String> {
        let file = files.iter().find(|file| file.path == path)?;
        let line = file.text.lines().find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='))?;
        line.split('"').nth(1).map(str::to_owned)
    };
    let ours = version("Cargo.toml", "wasm-bindgen ");
    let program = version("xtask/bindgen/Cargo.toml", "wasm-bindgen-cli-support ");
    if ours.is_some() && ours == program {
        return Vec::new();
    }
    let word = |version: Option<String>| version.unwrap_or_else(|| "nothing".to_owned());
    vec![format!(
        "Cargo.toml asks for wasm-bindgen {}, xtask/bindgen/Cargo.toml for wasm-bindgen-cli-support {}",
        word(ours),
        word(program)
    )]
}
