//! The page in two parts: what leads to a first verdict, and the rest, which is fetched afterwards. Which functions belong to
//! the first part is not said by anybody: the ways to a first verdict are gone in Chromium, and what runs is noted
//! (`tests/e2e/first.mjs`). A function that was forgotten costs a fetch, never an answer (`web/second.js`).

use std::path::Path;

use super::version::WORKER;
use super::{GLUE, MODULE, Profile, inline, linked, read, told, version};
use crate::parts::{self, Parts};
use crate::process::{self, Outcome, run};
use crate::{node, place, server, tools};

/// The second part. `web/second.js` and `web/boot.js` name it too.
pub(crate) const SECOND: &str = "touchstone-page_second.wasm";

/// The first part does the arithmetic of signatures, whose small functions cost more to call than to do: from 64 on it weighs 2,800 bytes
/// more, and at 50 a first verdict came 20 ms later than at 100. A function that one other calls is left by itself: what is not called is then not compiled either, and
/// all in one is no smaller.
const INLINE: [&str; 2] = ["--flexible-inline-max-function-size=60", "--one-caller-inline-max-function-size=1"];

/// Lets the marked module be asked what ran.
const ASKED: &str = include_str!("ran.js");

/// Copies the page in `whole` to `parted`, with its module in two. The module must not have been through wasm-opt yet, which
/// puts functions into one another; where it is wanted, each part goes through it.
pub(crate) fn part(whole: &Path, parted: &Path, profile: Profile) -> Outcome {
    let chromium = tools::chromium()?;
    node::packages()?;
    let marked = place::root().join("target/page-marked");
    copy(whole, &marked)?;
    copy(whole, parted)?;
    parts::mark(&whole.join(MODULE), &marked.join(MODULE), false)?;
    write(&marked.join(GLUE), &(read(&whole.join(GLUE))? + ASKED))?;
    // As it is served: what shows the version runs too.
    version::seal(&marked)?;
    let ran = place::root().join("target/page-ran.txt");
    let address = server::start(&marked, 0)?;
    run(node::script("first.mjs").arg(&ran).env("CHROMIUM", chromium).env("TOUCHSTONE_URL", address))?;
    parts::split(
        &Parts {
            linked: &linked("page", "touchstone-page"),
            whole: &whole.join(MODULE),
            ran: &ran,
            first: &parted.join(MODULE),
            second: &parted.join(SECOND),
        },
        (profile == Profile::Dist).then_some(&INLINE[..]),
    )?;
    let glue = parts::with_loader(&read(&whole.join(GLUE))?, "touchstone-page")?;
    write(&parted.join(GLUE), &(glue + &read(&place::root().join("web/second.js"))?))?;
    if profile == Profile::Dist {
        minify(parted)?;
    }
    inline::inline(parted)
}

/// Scripts and styles without what only people read; the sources have it.
fn minify(folder: &Path) -> Outcome {
    let entries = std::fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let sealed = path.file_name().is_some_and(|name| name == WORKER);
        if !sealed && path.extension().is_some_and(|extension| extension == "js" || extension == "css") {
            let whole = read(&path)?;
            let loader =
                format!("--loader={}", if path.extension().is_some_and(|one| one == "js") { "js" } else { "css" });
            let mut esbuild = node::program("esbuild");
            esbuild.args(["--minify", "--target=es2022", "--log-level=error", "--legal-comments=none", &loader]);
            write(&path, &process::filtered(&mut esbuild, &whole)?)?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    if to.exists() {
        std::fs::remove_dir_all(to).map_err(|error| told(to, &error))?;
    }
    std::fs::create_dir_all(to).map_err(|error| told(to, &error))?;
    for entry in std::fs::read_dir(from).map_err(|error| told(from, &error))?.flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).map_err(|error| told(&entry.path(), &error))?;
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Outcome {
    std::fs::write(path, text).map_err(|error| told(path, &error))
}
