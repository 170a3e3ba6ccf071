//! `cargo xtask test`: everything that must hold. What is downloaded, and the page, is made beside the tests; each step says how
//! long it took, and the last line counts what the runners counted.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::page::{self, Profile};
use crate::process::{Count, Outcome, cargo, counted};
use crate::programs::Programs;
use crate::{corpus, lints, node, offline, place, server, tidy, tools, widget};

/// What one step came to.
struct Step {
    name: &'static str,
    took: Duration,
    count: Count,
    failure: Option<String>,
}

pub(crate) fn run() -> Outcome {
    let start = Instant::now();
    let folder = place::root().join("target/page-release");
    let parted = place::root().join("target/page-parted");
    let package = place::root().join("target").join(widget::PACKAGE);
    // The page is compiled for another machine, into another folder: neither build waits for the other. A processor that one of
    // them leaves idle, at its last and largest crate, is used by the other.
    let beside = {
        let (folder, parted, package) = (folder.clone(), parted.clone(), package.clone());
        thread::spawn(move || {
            vec![
                step("Node packages", || one(node::packages())),
                step("browsers", browsers),
                step("bindgen", || tools::bindgen().and_then(|_| counted(&mut tools::bindgen_cargo("test")))),
                step("page", || one(make_page(&folder, &parted))),
                step("widget", || one(widget::build(Profile::Tested, Programs::OfTests, &package))),
            ]
        })
    };
    let mut steps = vec![
        step("formatting", || one(crate::process::run(cargo().args(["fmt", "--all", "--check"])))),
        step("lints and tests", || counted(tests().arg("--no-fail-fast"))),
        step("worker alone", || one(crate::process::run(&mut worker_alone()))),
        step("tidy", || one(tidy::run())),
        step("corpus, native", native_corpus),
    ];
    let aside = ended(beside, "page");
    let is_built = |name| aside.iter().any(|step| step.name == name && step.failure.is_none());
    let (page_is_built, widget_is_built) = (is_built("page"), is_built("widget"));
    steps.extend(aside);
    // Three lanes: most of what is tried in a browser waits. The page's is the longest.
    let of_page = {
        let parted = parted.clone();
        thread::spawn(
            move || if page_is_built { vec![step("page in Chromium", || end_to_end(&parted))] } else { vec![] },
        )
    };
    let of_widget = {
        let (parted, package) = (parted.clone(), package.clone());
        thread::spawn(move || {
            if !widget_is_built {
                return vec![];
            }
            let page = page_is_built.then_some(&*parted);
            vec![
                step("widget in Chromium", || widget_end_to_end(&package, page)),
                step("widget's examples", || examples(&package)),
            ]
        })
    };
    if page_is_built {
        steps.push(step("offline edition", || offline_edition(&parted.join(offline::NAME))));
        steps.push(step("corpus, Chromium", || browser_corpus(&parted)));
    }
    if widget_is_built {
        steps.push(step("widget's modules", || widget::compare(Programs::OfTests, &package)));
    }
    steps.extend(ended(of_widget, "widget in Chromium"));
    steps.extend(ended(of_page, "page in Chromium"));
    close(&steps, start.elapsed())
}

/// The steps that were taken beside others; where that ended in a panic, the step `name` is said to have failed.
fn ended(beside: thread::JoinHandle<Vec<Step>>, name: &'static str) -> Vec<Step> {
    beside.join().unwrap_or_else(|_| vec![step(name, || Err("its thread ended in a panic".to_owned()))])
}

/// Cargo for the tests, whose compiler looks for lints too. Clippy's driver compiles (its own book, "Usage", calls it one), so that
/// nothing is compiled once for the lints and once more for the tests: a cold run took 1,328 s with both, and takes 1,235 at best.
fn cargo_of_tests() -> Command {
    let mut cargo = cargo();
    lints::hear(&mut cargo);
    if is_cold() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

/// Whether nothing of ours was compiled here yet, or is never compiled again: what a second run would need is not worth writing
/// (9 GB) then.
fn is_cold() -> bool {
    let kept = std::fs::read_dir(place::root().join("target/debug/incremental")).into_iter().flatten().flatten();
    let mut ours = kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("touchstone"));
    std::env::var_os("CI").is_some() || ours.next().is_none()
}

/// The native tests, and the lints of everything that they are compiled from.
pub(crate) fn tests() -> Command {
    let mut command = cargo_of_tests();
    command.args(["test", "--workspace", "--locked"]).args(in_one_piece());
    command
}

/// In the crates that are optimised for the tests, parts that are compiled side by side make a second build shorter and the first
/// one longer (305 against 260 s of processor for all of ours).
fn in_one_piece() -> Vec<String> {
    let names = if is_cold() { &["crypto", "formats", "tlog", "trust", "verify"][..] } else { &[] };
    let setting =
        |name: &&str| ["--config".to_owned(), format!("profile.dev.package.touchstone-{name}.codegen-units=1")];
    names.iter().flat_map(setting).collect()
}

/// Builds the page as it is published, but for `wasm-opt`, with the offline edition beside it.
fn make_page(folder: &Path, parted: &Path) -> Outcome {
    page::build(Profile::Tested, folder)?;
    page::parting::part(folder, parted, Profile::Tested)?;
    offline::print(folder, &parted.join(offline::NAME))?;
    page::version::seal(parted)
}

/// What is kept apart in one module compiles apart: the worker without a component.
fn worker_alone() -> Command {
    let mut command = cargo_of_tests();
    // All others with what they have by default: what is there from the tests is used.
    command.args(["test", "--workspace", "--locked", "--no-run", "--no-default-features"]);
    command.args(["--features", "touchstone-report/default"]);
    command.args(in_one_piece());
    command
}

fn native_corpus() -> Outcome<Count> {
    let folder = place::corpus();
    if !folder.join("manifest.json").is_file() {
        println!("skipped: no corpus at {}", folder.display());
        return Ok(Count::default());
    }
    let cases = corpus::natively(Programs::OfTests, &folder, &[])?;
    let lines =
        corpus::natively(Programs::OfTests, &folder, &["--bulk".to_owned(), "cpython,source-track".to_owned()])?;
    Ok(Count { passed: cases.passed + lines.passed, failed: cases.failed + lines.failed })
}

fn browser_corpus(page: &Path) -> Outcome<Count> {
    let folder = place::corpus();
    if !folder.join("manifest.json").is_file() {
        println!("skipped: no corpus at {}", folder.display());
        return Ok(Count::default());
    }
    corpus::in_browser(Programs::OfTests, &folder, &[], page)
}

/// Firefox is left out where it cannot be had, which the step that needs it says in a line; Chromium is not.
fn browsers() -> Outcome<Count> {
    let chromium = tools::chromium().and_then(|_| tools::headless());
    let _ = tools::firefox();
    one(chromium.map(drop))
}

/// The one-file editions, in both browsers and without a network. The edition has to answer as the page did in the step
/// before; a report that it saves has to notice every change.
fn offline_edition(edition: &Path) -> Outcome<Count> {
    let (chromium, firefox) = (tools::chromium()?, tools::firefox().ok());
    let in_both = |name: &str, more: &[PathBuf]| {
        let mut script = node::script(name);
        script.arg(edition).args(more).env("CHROMIUM", &chromium);
        if let Some(firefox) = &firefox {
            script.env("FIREFOX", firefox);
        }
        counted(&mut script)
    };
    let [jobs, results] = corpus::exchange();
    let sample = if jobs.is_file() && results.is_file() { vec![jobs, results] } else { Vec::new() };
    let (edition, report) = (in_both("offline.mjs", &sample)?, in_both("report.mjs", &[])?);
    Ok(Count { passed: edition.passed + report.passed, failed: edition.failed + report.failed })
}

fn end_to_end(page: &Path) -> Outcome<Count> {
    let chromium = tools::headless()?;
    let address = server::start(page, 0)?;
    let env = [("TOUCHSTONE_URL", OsString::from(address)), ("TOUCHSTONE_PAGE", page.into())];
    counted(node::script("run.mjs").env("CHROMIUM", chromium).envs(env))
}

/// The widget; where the page could be built, beside the page, whose answers it has to give.
fn widget_end_to_end(package: &Path, page: Option<&Path>) -> Outcome<Count> {
    let mut script = node::script("widget.mjs");
    script.env("CHROMIUM", tools::headless()?).env("TOUCHSTONE_WIDGET", package).env("TOUCHSTONE_LANES", "1");
    if let Some(page) = page {
        script.env("TOUCHSTONE_URL", server::start(page, 0)?);
    }
    counted(&mut script)
}

/// The pages that use the package with a framework or without, each built and tried.
fn examples(package: &Path) -> Outcome<Count> {
    let mut script = node::script("widget-examples.mjs");
    let work = place::root().join("target/examples");
    counted(script.arg(work).env("CHROMIUM", tools::headless()?).env("TOUCHSTONE_WIDGET", package))
}

fn step(name: &'static str, work: impl FnOnce() -> Outcome<Count>) -> Step {
    println!("\n=== {name} ===");
    let start = Instant::now();
    let (count, failure) = match work() {
        Ok(count) if count.failed == 0 => (count, None),
        Ok(count) => (count, Some(format!("{} failed", count.failed))),
        Err(message) => (Count { failed: 1, ..Count::default() }, Some(message)),
    };
    if let Some(message) = &failure {
        println!("=== {name}: {message}");
    }
    Step { name, took: start.elapsed(), count, failure }
}

/// A step that counts as one.
fn one(outcome: Outcome) -> Outcome<Count> {
    outcome.map(|()| Count { passed: 1, failed: 0 })
}

fn close(steps: &[Step], took: Duration) -> Outcome {
    println!("\n=== summary ===");
    for step in steps {
        let verdict = step.failure.as_deref().unwrap_or("ok");
        println!("{:>6.1} s  {:<18} {:>6} passed  {verdict}", step.took.as_secs_f64(), step.name, step.count.passed);
    }
    println!("{:>6.1} s  in all", took.as_secs_f64());
    let passed: u64 = steps.iter().map(|step| step.count.passed).sum();
    let failed: u64 = steps.iter().map(|step| step.count.failed).sum();
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err("cargo xtask test: something failed (see the summary)".to_owned()) }
}
