//! What a fresh machine lacks. Everything lands in `target/` or `node_modules`, except Chromium, which the system's package
//! manager installs.

use std::path::PathBuf;
use std::process::Command;

use crate::place;
use crate::process::{Outcome, cargo, command, output, run, which};

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

/// The program that writes what stands between a module and the browser (`xtask/bindgen`), compiled here.
pub(crate) fn bindgen() -> Outcome<PathBuf> {
    run(&mut bindgen_cargo("build"))?;
    Ok(bindgen_folder().join("debug/touchstone-bindgen"))
}

/// Its own folder, so that it can be built beside the project.
fn bindgen_folder() -> PathBuf {
    place::tools().join("bindgen")
}

/// Cargo on that program, which is no part of the workspace: `build` or `test`.
pub(crate) fn bindgen_cargo(what: &str) -> Command {
    let mut command = cargo();
    command.args([what, "--quiet", "--locked", "--manifest-path"]).arg(place::root().join("xtask/bindgen/Cargo.toml"));
    command.arg("--target-dir").arg(bindgen_folder());
    command
}

/// Chromium, from the system's package manager.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    let packages = ["chromium", "fonts-dejavu-core"];
    browser("Chromium", "CHROMIUM", &["chromium", "chromium-browser", "google-chrome"], &packages)
}

/// Chromium without the browser's own window, which is drawn anew for every visit and takes a third of the processor's time: the
/// same engine, from the same package manager. Chromium itself where there is none.
pub(crate) fn headless() -> Outcome<PathBuf> {
    const PACKAGE: &str = "chromium-headless-shell";
    if std::env::var_os("CHROMIUM").is_some() {
        return chromium();
    }
    browser("Chromium's shell", "CHROMIUM", &[PACKAGE], &[PACKAGE, "fonts-dejavu-core"]).or_else(|_| chromium())
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
