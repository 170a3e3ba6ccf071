//! `cargo xtask corpus [FOLDER] [--kind K,…] [--bulk NAME,…] [--browser]`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::page::{self, Profile};
use crate::process::{self, Count, Outcome, output};
use crate::programs::Programs;
use crate::{node, place, server, tools};

/// What was asked for.
#[derive(Default)]
struct Options {
    folder: Option<PathBuf>,
    /// Handed on as they are: `--kind`, `--bulk`.
    selection: Vec<String>,
    browser: bool,
}

/// Answers with the native command's code.
pub(crate) fn natively(programs: Programs, folder: &Path, selection: &[String]) -> Outcome<Count> {
    process::counted(judge(programs)?.arg(folder).args(selection))
}

/// Answers with the worker of a page that is built already, in Chromium.
pub(crate) fn in_browser(programs: Programs, folder: &Path, selection: &[String], page: &Path) -> Outcome<Count> {
    let chromium = tools::chromium()?;
    node::packages()?;
    let work = work();
    std::fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let [jobs, results] = exchange();
    let questions = output(judge(programs)?.arg("jobs").arg(folder).args(selection))?;
    std::fs::write(&jobs, questions).map_err(|error| format!("{}: {error}", jobs.display()))?;
    let address = server::start(page, 0)?;
    process::run(
        node::script("corpus.mjs").arg(&jobs).arg(&results).env("CHROMIUM", chromium).env("TOUCHSTONE_URL", address),
    )?;
    process::counted(judge(programs)?.arg("judge").arg(folder).arg(&results).args(selection))
}

fn work() -> PathBuf {
    place::root().join("target/corpus")
}

/// The questions that were put to the page, and its answers, one a line.
pub(crate) fn exchange() -> [PathBuf; 2] {
    ["jobs.jsonl", "results.jsonl"].map(|name| work().join(name))
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse(arguments)?;
    let folder = options.folder.clone().unwrap_or_else(place::corpus);
    if !folder.join("manifest.json").is_file() {
        return Err(format!("no corpus at {}: name a folder, or set TOUCHSTONE_CORPUS", folder.display()));
    }
    let folder = std::path::absolute(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if !options.browser {
        return all_right(natively(Programs::Build, &folder, &options.selection)?);
    }
    let page = place::root().join("target/page-release");
    page::build(Profile::Release, &page)?;
    all_right(in_browser(Programs::Build, &folder, &options.selection, &page)?)
}

fn all_right(count: Count) -> Outcome {
    if count.failed == 0 { Ok(()) } else { Err(format!("{} wrong", count.failed)) }
}

fn judge(programs: Programs) -> Outcome<Command> {
    programs.command("touchstone-tests", "corpus")
}

impl Options {
    fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--browser" => options.browser = true,
                "--kind" | "--bulk" => {
                    let value = rest.next().ok_or_else(|| format!("{argument} needs a value"))?;
                    options.selection.extend([argument.clone(), value.clone()]);
                }
                other if other.starts_with("--") => {
                    return Err(format!("corpus knows --kind, --bulk and --browser, not {other}"));
                }
                folder => options.folder = Some(PathBuf::from(folder)),
            }
        }
        Ok(options)
    }
}
