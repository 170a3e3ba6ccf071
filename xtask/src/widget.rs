//! The widget as a package: `dist/npm/touchstone-verify/`, which needs no bundler. Its module comes twice: cut down to what most
//! questions need, and whole. Worker and script are one text each, joined by esbuild, and the script names the modules by their
//! digests.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::page::{self, Profile, linked, read, told};
use crate::parts;
use crate::process::{Count, Outcome, cargo, command, counted, output, run};
use crate::programs::Programs;
use crate::{node, place, tools};

/// The name of module and glue.
const NAME: &str = "touchstone-widget";
/// The package, from the folder of a build.
pub(crate) const PACKAGE: &str = "npm/touchstone-verify";
pub(crate) const SCRIPT: &str = "touchstone-verify.js";
const WORKER: &str = "touchstone-verify-worker.js";
/// What a report says of a verdict.
const SAID: &str = "said.json";
/// The program: what leads to a verdict on most bundles, and all of it.
pub(crate) const FIRST: &str = "touchstone-verify.wasm";
pub(crate) const WHOLE: &str = "touchstone-verify-whole.wasm";

/// For cargo. As it is published, the arithmetic is compiled for size too; in the tests it is the page's, which is there already, and
/// `cargo xtask dist` compares what it publishes with what it was made of.
const fn cargo_profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Quick => "dev",
        Profile::Tested | Profile::Release => "page",
        Profile::Dist => "widget",
    }
}

/// The first module is cut to what runs; a function that is put into its one caller weighs more there than by itself, and so do small
/// ones in many.
const FIRST_OPTIMISED: [&str; 2] = ["--one-caller-inline-max-function-size=1", "--flexible-inline-max-function-size=7"];

/// The most that the module which leads to a verdict may weigh, after brotli at its strongest.
const BUDGET_BYTES: u64 = 150 * 1024;

/// `cargo xtask widget [--release]`.
pub(crate) fn run_alone(arguments: &[String]) -> Outcome {
    let profile = match arguments {
        [] => Profile::Quick,
        [one] if one == "--release" => Profile::Dist,
        other => return Err(format!("widget knows --release, not {}", other.join(" "))),
    };
    let folder = place::root().join("target").join(PACKAGE);
    build(profile, Programs::Build, &folder)?;
    if profile == Profile::Dist { weigh(&folder) } else { Ok(()) }
}

/// Prints what the package weighs, and what a page holds its script to; an error where the first module is over the budget.
pub(crate) fn weigh(folder: &Path) -> Outcome {
    let (first, whole) = (node::brotli_size(&folder.join(FIRST))?, node::brotli_size(&folder.join(WHOLE))?);
    let script = node::brotli_size(&folder.join(SCRIPT))?;
    println!(
        "widget: {first} bytes of wasm after brotli -q 11 lead to a verdict, budget {BUDGET_BYTES}; {script} of script; \
         {whole} for the whole program"
    );
    println!("widget: {SCRIPT} has integrity=\"{}\"", integrity(&folder.join(SCRIPT))?);
    if first > BUDGET_BYTES {
        return Err(format!("widget: over the budget by {} bytes", first - BUDGET_BYTES));
    }
    Ok(())
}

/// Builds the package into `folder`, which is emptied first.
pub(crate) fn build(profile: Profile, programs: Programs, folder: &Path) -> Outcome {
    tools::wasm_target()?;
    node::packages()?;
    let work = place::root().join("target/widget");
    for folder in [folder, &work] {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(|error| told(folder, &error))?;
        }
        std::fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    let whole = compile(profile, &work)?;
    let glue = read(&work.join(format!("{NAME}.js")))?;
    if profile == Profile::Quick {
        copy(&whole, &folder.join(FIRST))?;
        copy(&whole, &folder.join(WHOLE))?;
    } else {
        cut(profile, programs, &whole, &glue, folder)?;
        // What every visitor loads is tried as it is published; the whole program, which takes three times as long, is not.
        page::optimise(&folder.join(FIRST), &FIRST_OPTIMISED)?;
        if profile == Profile::Dist {
            page::optimise(&folder.join(WHOLE), &[])?;
        }
    }
    scripts(&glue, &work, folder)?;
    describe(folder)
}

/// The module with its glue, in one.
fn compile(profile: Profile, work: &Path) -> Outcome<PathBuf> {
    let cargo_profile = cargo_profile(profile);
    let mut rustc = cargo();
    rustc.args(["rustc", "--locked", "--package", NAME, "--target", page::TARGET]).args([
        "--bin",
        NAME,
        "--profile",
        cargo_profile,
    ]);
    if profile != Profile::Quick {
        // Which function uses which data: for the cutting.
        rustc.args(["--", "-C", "link-arg=--emit-relocs"]);
    }
    run(&mut rustc)?;
    let output = if cargo_profile == "dev" { "debug" } else { cargo_profile };
    run(command(tools::bindgen()?).arg("glue").arg(linked(output, NAME)).arg(NAME).arg(work))?;
    Ok(work.join(format!("{NAME}_bg.wasm")))
}

/// Writes the whole module, and the one that is cut down to what runs on the ways to a verdict (`tests/e2e/widget-first.mjs`).
fn cut(profile: Profile, programs: Programs, whole: &Path, glue: &str, folder: &Path) -> Outcome {
    let marked = place::root().join("target/widget/marked");
    std::fs::create_dir_all(&marked).map_err(|error| told(&marked, &error))?;
    parts::mark(whole, &marked.join(FIRST), true)?;
    const TELL: &str = "initSync({ module });\nreturn { read_root, Reader, Asked, wasm };";
    write(&marked.join("program.js"), program(glue, TELL)?.as_bytes())?;
    let samples = marked.join("samples");
    run(good_bundles(programs)?.arg(&samples))?;
    let ran = marked.join("ran.txt");
    run(node::script("widget-first.mjs").arg(&marked).arg(&ran))?;
    parts::cut(&linked(cargo_profile(profile), NAME), whole, &ran, &folder.join(FIRST))?;
    copy(whole, &folder.join(WHOLE))
}

/// Whether the package in `folder` answers as the module that it was made of (`tests/e2e/widget-modules.mjs`).
pub(crate) fn compare(programs: Programs, folder: &Path) -> Outcome<Count> {
    let work = place::root().join("target/widget");
    run(good_bundles(programs)?.arg(work.join("table")).arg("table"))?;
    counted(node::script("widget-modules.mjs").arg(&work).arg(folder))
}

fn good_bundles(programs: Programs) -> Outcome<Command> {
    programs.command("touchstone-testkit", "samples")
}

/// wasm-bindgen's glue as a function of a module, each call of which is an instance of its own; `tail` is its end.
fn program(glue: &str, tail: &str) -> Outcome<String> {
    // How it would load the module by itself.
    let glue = without(glue, "async function __wbg_load", "function initSync")?;
    let glue = without(&glue, "async function __wbg_init", "export { initSync")?;
    let body: Vec<&str> = glue
        .lines()
        .filter(|line| !line.starts_with("export {"))
        .map(|line| line.strip_prefix("export ").unwrap_or(line))
        .collect();
    let body = body.join("\n");
    for name in ["make_ready", "read_root"] {
        if !body.contains(&format!("function {name}(")) {
            return Err(format!("{NAME}.js: no function {name}: wasm-bindgen writes something else now"));
        }
    }
    Ok(format!("export const makeProgram = (module) => {{\n{body}\n{tail}\n}};\n"))
}

fn without(text: &str, from: &str, until: &str) -> Outcome<String> {
    let cut = text.split_once(from).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(until)?;
        Some([before, until, after].concat())
    });
    cut.ok_or_else(|| format!("{NAME}.js: no {from:?} before {until:?}: wasm-bindgen writes something else now"))
}

/// Worker and script. Each is joined of its sources and of what is made here: the program's glue, the worker's text, the digests.
fn scripts(glue: &str, work: &Path, folder: &Path) -> Outcome {
    let (from, js) = (place::root().join("crates/widget/js"), work.join("js"));
    std::fs::create_dir_all(&js).map_err(|error| told(&js, &error))?;
    for entry in std::fs::read_dir(&from).map_err(|error| told(&from, &error))?.flatten() {
        copy(&entry.path(), &js.join(entry.file_name()))?;
    }
    write(&js.join(SAID), in_german(&read(&from.join(SAID))?)?.as_bytes())?;
    let tail = read(&from.join("start.js"))?;
    write(&js.join("program.js"), program(glue, &tail)?.as_bytes())?;
    let style = crate::process::filtered(
        node::program("esbuild").args(["--minify", "--loader=css", "--log-level=error"]),
        &read(&from.join("style.css"))?,
    )?;
    write(&js.join("style.css"), style.as_bytes())?;
    join(&js.join("worker.js"), &folder.join(WORKER), &["--format=iife"])?;
    let worker = serde_json::to_string(&read(&folder.join(WORKER))?).map_err(|error| error.to_string())?;
    write(&js.join("worker-text.js"), format!("export const WORKER_TEXT = {worker};\n").as_bytes())?;
    let define = |name: &str, value: &str| format!("--define:{name}=\"{value}\"");
    let first = define("FIRST_SHA256", &digest(&folder.join(FIRST))?);
    let whole = define("WHOLE_SHA256", &digest(&folder.join(WHOLE))?);
    let version = define("VERSION", env!("CARGO_PKG_VERSION"));
    join(&js.join("index.js"), &folder.join(SCRIPT), &["--format=esm", "--loader:.css=text", &first, &whole, &version])
}

/// The sentences of a report (`said.js`), each with its German, which the page's catalogue has.
fn in_german(sentences: &str) -> Outcome<String> {
    let catalogue = read(&place::root().join("web/lang/de.json"))?;
    let wrong = |error: serde_json::Error| format!("crates/widget/js/{SAID}, web/lang/de.json: {error}");
    let catalogue: BTreeMap<String, String> = serde_json::from_str(&catalogue).map_err(wrong)?;
    let mut sentences: Vec<BTreeMap<String, String>> = serde_json::from_str(sentences).map_err(wrong)?;
    for sentence in &mut sentences {
        let text = sentence.get("text").cloned().unwrap_or_default();
        let german = catalogue.get(&text).ok_or_else(|| format!("web/lang/de.json: expected {text:?} of {SAID}"))?;
        sentence.entry("de".to_owned()).or_insert_with(|| german.clone());
    }
    serde_json::to_string(&sentences).map_err(wrong)
}

fn join(entry: &Path, out: &Path, more: &[&str]) -> Outcome {
    run(node::program("esbuild")
        .arg(entry)
        .args(["--bundle", "--minify", "--platform=browser", "--target=es2022", "--charset=utf8"])
        .args(["--log-level=error", "--legal-comments=none"])
        .args(more)
        .arg(format!("--outfile={}", out.display())))
}

/// What goes with the scripts: what the package is, its types, how it is used, its licence.
fn describe(folder: &Path) -> Outcome {
    let from = place::root().join("crates/widget/package");
    for name in ["touchstone-verify.d.ts", "README.md"] {
        copy(&from.join(name), &folder.join(name))?;
    }
    copy(&place::root().join("LICENSE"), &folder.join("LICENSE"))?;
    let text = read(&from.join("package.json"))?;
    const VERSION: &str = "\"version\": \"0.0.0\"";
    if text.matches(VERSION).count() != 1 {
        return Err(format!("crates/widget/package/package.json: expected {VERSION:?} once"));
    }
    let text = text.replace(VERSION, concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\""));
    write(&folder.join("package.json"), text.as_bytes())
}

/// What a page writes beside the script's address, so that a browser runs no other.
pub(crate) fn integrity(script: &Path) -> Outcome<String> {
    Ok(format!("sha256-{}", digest(script)?))
}

/// SHA-256 in base64, as an `integrity` has it.
fn digest(file: &Path) -> Outcome<String> {
    const DIGEST: &str = "process.stdout.write(require('crypto').createHash('sha256').update(require('fs')\
        .readFileSync(process.argv[1])).digest('base64'))";
    output(command("node").args(["-e", DIGEST]).arg(file))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    std::fs::copy(from, to).map(drop).map_err(|error| told(from, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| told(path, &error))
}

#[cfg(test)]
mod tests {
    use super::program;

    const GLUE: &str = "function __wbg_get_imports() {}\nexport function read_root() {}\nexport function make_ready() {}\n\
        export class Reader {}\nasync function __wbg_load(module) {\n}\nfunction initSync(module) {\n}\n\
        async function __wbg_init(x) {\n}\n\nexport { initSync, __wbg_init as default };\n";

    #[test]
    fn the_glue_becomes_a_function() {
        let text = program(GLUE, "return { read_root };").unwrap_or_default();
        assert!(text.contains("makeProgram = (module) => {\nfunction __wbg_get_imports() {}\nfunction read_root() {}"));
        assert!(text.ends_with("function initSync(module) {\n}\nreturn { read_root };\n};\n"), "{text}");
        assert!(!text.contains("__wbg_load") && !text.contains("__wbg_init"), "{text}");
    }

    #[test]
    fn another_glue_is_refused() {
        for part in ["async function __wbg_load", "function read_root", "export { initSync"] {
            assert!(program(&GLUE.replace(part, "x"), "").is_err(), "{part}");
        }
    }
}
