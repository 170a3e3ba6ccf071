//! Builds the page: `index.html` says of what it consists, in Trunk's words (`<link data-trunk …>`), and this reads the three
//! that it uses: `rust`, `css` and `copy-file`. Trunk itself builds the same page from the same file; here it would have to be
//! compiled first, which takes longer than the page (figures in CONTRIBUTING.md).

pub(crate) mod inline;
mod links;
pub(crate) mod parting;
pub(crate) mod text;
pub(crate) mod version;

use std::path::{Path, PathBuf};

use links::{Link, links};
use text::replace_once;

use crate::process::{Outcome, cargo, command, run};
use crate::{node, place, tools};

const BOOT: &str = "boot.js";
const GLUE: &str = "touchstone-page.js";
const WORKER: &str = "worker.js";

/// How much is done for size and speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Compiled quickly.
    Quick,
    /// As it is published, but for `wasm-opt` and for what makes it quicker to compile.
    Tested,
    /// As it is published, but for `wasm-opt`.
    Release,
    /// As it is published.
    Dist,
}

/// The page's module, as wasm-bindgen names it.
pub(crate) const MODULE: &str = "touchstone-page_bg.wasm";

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-opt may use: no more than every browser of the last five years has, and than rustc's own baseline names.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds everything that `index.html` names into `folder`, which is emptied first.
pub(crate) fn build(profile: Profile, folder: &Path) -> Outcome {
    tools::wasm_target()?;
    let bindgen = tools::bindgen()?;
    let html = read(&place::root().join("index.html"))?;
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    let links = links(&html)?;
    let mut written = html.clone();
    for link in &links {
        let replacement = match link.rel() {
            "rust" => {
                build_program(link, profile, &bindgen, folder)?;
                String::new()
            }
            "css" => format!(r#"<link rel="stylesheet" href="{}" />"#, copy(link.href()?, folder)?),
            "copy-file" => {
                if link.href()?.rsplit('/').next() != Some(WORKER) {
                    copy(link.href()?, folder)?;
                }
                String::new()
            }
            other => return Err(format!("index.html: xtask builds no {other:?}")),
        };
        written = written.replace(link.text, &replacement);
    }
    with_worker(folder)?;
    let boot = format!("{}\n  </head>", script_of_trunk()?);
    let written: Vec<&str> = written.lines().filter(|line| !line.trim().is_empty()).collect();
    let index = folder.join("index.html");
    std::fs::write(&index, written.join("\n").replace("</head>", &boot)).map_err(|error| told(&index, &error))
}

fn build_program(link: &Link<'_>, profile: Profile, bindgen: &Path, folder: &Path) -> Outcome {
    let bin = link.value("data-bin").ok_or("index.html: a program without data-bin")?;
    let features = link.value("data-cargo-features").unwrap_or_default();
    let cargo_profile = match profile {
        Profile::Quick => "dev",
        Profile::Tested | Profile::Release | Profile::Dist => {
            link.value("data-cargo-profile-release").unwrap_or("release")
        }
    };
    let mut rustc = cargo();
    rustc
        .args(["rustc", "--locked", "--package", "touchstone-web", "--target", TARGET, "--no-default-features"])
        .args(["--features", features, "--bin", bin, "--profile", cargo_profile]);
    if profile == Profile::Tested {
        // The whole of two packages of which the page uses a hundredth; what it uses is optimised with the page. 40 of 320 s of processor.
        for package in ["js-sys", "web-sys"] {
            rustc.arg("--config").arg(format!("profile.{cargo_profile}.package.{package}.opt-level=0"));
        }
    }
    if profile != Profile::Quick {
        // Which function uses which data: for the parting.
        rustc.args(["--", "-C", "link-arg=--emit-relocs"]);
    }
    run(&mut rustc)?;
    let output = if cargo_profile == "dev" { "debug" } else { cargo_profile };
    let wasm = linked(output, bin);
    run(command(bindgen).arg("glue").arg(&wasm).arg(bin).arg(folder))?;
    if profile == Profile::Dist {
        optimise(&folder.join(format!("{bin}_bg.wasm")), &[])?;
    }
    Ok(())
}

/// Puts what `web/worker.js` does behind the glue that it imports, and has `web/boot.js` start workers with that file: one file fewer to
/// fetch, one after the other, before a worker has its program. Trunk's page has both.
fn with_worker(folder: &Path) -> Outcome {
    let (glue, boot) = (folder.join(GLUE), folder.join(BOOT));
    let worker = read(&place::root().join("web").join(WORKER))?;
    let body = replace_once(WORKER, &worker, &format!("import init, * as glue from \"./{GLUE}\";"), "")?;
    // The second part's loader, if any, is put behind this (parting.rs).
    let joins = "const glue = { get join() { return typeof join === \"undefined\" ? undefined : join; } };";
    let part = format!("\nif (typeof document === \"undefined\") {{\nconst init = __wbg_init;\n{joins}\n{body}}}\n");
    std::fs::write(&glue, read(&glue)? + &part).map_err(|error| told(&glue, &error))?;
    let started = replace_once(BOOT, &read(&boot)?, &format!("\"./{WORKER}\""), &format!("\"./{GLUE}\""))?;
    std::fs::write(&boot, started).map_err(|error| told(&boot, &error))
}

/// A module as the linker wrote it.
pub(crate) fn linked(profile: &str, bin: &str) -> PathBuf {
    place::root().join("target").join(TARGET).join(profile).join(format!("{bin}.wasm"))
}

pub(crate) fn optimise(wasm: &Path, more: &[&str]) -> Outcome {
    node::packages()?;
    run(node::program("wasm-opt")
        .args(WASM_FEATURES)
        .args(["-O3", "--strip-debug", "--strip-producers"])
        .args(more)
        .arg("-o")
        .arg(wasm)
        .arg(wasm))
}

/// Copies a file by its name; returns the address that the page has it at.
fn copy(path: &str, folder: &Path) -> Outcome<String> {
    let from = place::root().join(path);
    let name = PathBuf::from(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    std::fs::copy(&from, folder.join(&name)).map_err(|error| told(&from, &error))?;
    Ok(format!("./{name}"))
}

/// The line that starts the page, as Trunk.toml gives it.
fn script_of_trunk() -> Outcome<String> {
    let text = read(&place::root().join("Trunk.toml"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("pattern_script = '")?.strip_suffix('\''));
    line.map(str::to_owned).ok_or_else(|| "Trunk.toml: no pattern_script".to_owned())
}

pub(crate) fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| told(path, &error))
}

pub(crate) fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
