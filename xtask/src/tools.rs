//! What a fresh machine lacks. Everything lands in `target/` or `node_modules`, except Chromium, which the system's package
//! manager installs.

use std::path::PathBuf;

use crate::place;
use crate::process::{Outcome, cargo, command, output, run, which};

/// Must be the version of the `wasm-bindgen` crate in Cargo.lock: the two speak a private format.
const WASM_BINDGEN: &str = "0.2.126";

/// The standard library for the browser's target.
pub(crate) fn wasm_target() -> Outcome {
    const TARGET: &str = "wasm32-unknown-unknown";
    let Ok(installed) = output(command("rustup").args(["target", "list", "--installed"])) else {
        // Without rustup the target comes with the toolchain or the build says that it is missing.
        return Ok(());
    };
    if installed.lines().any(|line| line == TARGET) {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", TARGET]))
}

/// The `wasm-bindgen` command, in the version of the crate.
pub(crate) fn wasm_bindgen() -> Outcome {
    let wanted = format!("wasm-bindgen {WASM_BINDGEN}");
    if output(command("wasm-bindgen").arg("--version")).is_ok_and(|found| found.trim() == wanted) {
        return Ok(());
    }
    let tools = place::tools();
    run(cargo()
        .args(["install", "--quiet", "--locked", "wasm-bindgen-cli", "--version", WASM_BINDGEN, "--root"])
        .arg(&tools)
        // Its own folder, so that it can be built beside the project.
        .arg("--target-dir")
        .arg(tools.join("build")))
}

/// Chromium, from the system's package manager.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    let packages = ["chromium", "fonts-dejavu-core"];
    browser("Chromium", "CHROMIUM", &["chromium", "chromium-browser", "google-chrome"], &packages)
}

/// Firefox, from the system's package manager. Only the one-file editions are tried in it.
pub(crate) fn firefox() -> Outcome<PathBuf> {
    browser("Firefox", "FIREFOX", &["firefox-esr", "firefox"], &["firefox-esr"])
}

/// The program that `variable` names, or the first of `programs`, installed when none is there.
fn browser(name: &str, variable: &str, programs: &[&str], packages: &[&str]) -> Outcome<PathBuf> {
    let find = || programs.iter().copied().find_map(which);
    if let Some(path) = std::env::var_os(variable).map(Into::into).or_else(find) {
        return Ok(path);
    }
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    let root = output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || which("apt-get").is_none() {
        return Err(format!(
            "{name} is missing. Install it (sudo apt-get {}) or name it in ${variable}.",
            install.join(" ")
        ));
    }
    run(command("apt-get").args(["update", "-qq"]))?;
    run(command("apt-get").args(install).env("DEBIAN_FRONTEND", "noninteractive"))?;
    find().ok_or_else(|| format!("{name} was installed but is not on the path"))
}
