//! Runs the cases of a corpus folder. `cargo xtask corpus` is its front; its three forms:
//!
//! `corpus FOLDER [--kind K,…] [--bulk NAME,…]` answers natively and judges;
//! `corpus jobs FOLDER [--kind K,…]` prints the questions, one a line, for a browser to answer;
//! `corpus judge FOLDER RESULTS [--kind K,…]` judges the answers that a browser gave.
#![allow(clippy::expect_used, clippy::panic, reason = "a test harness stops at what it did not expect")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use serde_json::json;
use touchstone_cli::arguments::{Artifact, Request};
use touchstone_cli::run;
use touchstone_report::QuestionError;
use touchstone_report::document::Document;
use touchstone_tests::corpus::{Case, Expectations, Judgement, VERIFIED_KINDS, judge, read_bulk, read_manifest};

type Told = Result<Document, QuestionError>;

fn main() -> ExitCode {
    let mut arguments = Arguments::parse();
    match arguments.positional.first().map(String::as_str) {
        Some("jobs") => {
            arguments.positional.remove(0);
            print_jobs(&arguments)
        }
        Some("judge") => {
            arguments.positional.remove(0);
            judge_results(&arguments)
        }
        _ => answer_and_judge(&arguments),
    }
}

struct Arguments {
    positional: Vec<String>,
    kinds: Option<Vec<String>>,
    bulk: Vec<String>,
}

impl Arguments {
    fn parse() -> Self {
        let mut parsed = Self { positional: Vec::new(), kinds: None, bulk: Vec::new() };
        let mut rest = std::env::args().skip(1);
        let list = |text: Option<String>, option: &str| -> Vec<String> {
            text.unwrap_or_else(|| panic!("{option} needs a value")).split(',').map(str::to_owned).collect()
        };
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--kind" => parsed.kinds = Some(list(rest.next(), "--kind")),
                "--bulk" => parsed.bulk = list(rest.next(), "--bulk"),
                _ => parsed.positional.push(argument),
            }
        }
        parsed
    }

    fn folder(&self) -> PathBuf {
        self.positional.first().map(PathBuf::from).expect("a corpus folder")
    }

    /// The cases asked for. Kinds that are not verified yet are counted, and run only when they are named.
    fn cases(&self, folder: &Path) -> Vec<Case> {
        let mut not_yet: BTreeMap<String, usize> = BTreeMap::new();
        let mut cases = read_manifest(folder);
        cases.retain(|case| match &self.kinds {
            Some(kinds) => kinds.contains(&case.kind),
            None if VERIFIED_KINDS.contains(&case.kind.as_str()) => true,
            None => {
                *not_yet.entry(case.kind.clone()).or_default() += 1;
                false
            }
        });
        for (kind, count) in not_yet {
            eprintln!("not yet: {count} of kind {kind}");
        }
        cases
    }
}

fn answer_and_judge(arguments: &Arguments) -> ExitCode {
    let folder = arguments.folder();
    let mut tally = Tally::new();
    if arguments.bulk.is_empty() || arguments.kinds.is_some() {
        let cases = arguments.cases(&folder);
        let told = in_parallel(&cases, answer_case);
        for (case, told) in cases.iter().zip(told) {
            tally.case(case, &told);
        }
    }
    for name in &arguments.bulk {
        let lines = read_bulk(&folder, name);
        let told = in_parallel(&lines, touchstone_tests::corpus::BulkLine::answer);
        for (line, told) in lines.iter().zip(told) {
            tally.count(&format!("{name}/{}", line.id), &judge(line.expected, None, &told));
        }
    }
    tally.close()
}

fn answer_case(case: &Case) -> Told {
    let unusable = |part, message| Err(QuestionError { part, message });
    let Some(request) = &case.request else { return unusable("bundle", "the case has no bundle".to_owned()) };
    match run::answers(request) {
        Err(unreadable) => unusable("bundle", unreadable.to_string()),
        Ok(mut answers) if answers.len() == 1 => answers.remove(0).result,
        Ok(answers) => unusable("bundle", format!("{} bundles in one file", answers.len())),
    }
}

fn print_jobs(arguments: &Arguments) -> ExitCode {
    let folder = arguments.folder();
    for case in arguments.cases(&folder) {
        if let Some(request) = &case.request {
            println!("{}", job(&case.id, request));
        }
    }
    ExitCode::SUCCESS
}

fn job(id: &str, request: &Request) -> serde_json::Value {
    json!({
        "id": id,
        "question": request.question,
        "bundle": request.bundle,
        "artifact": match &request.artifact {
            Artifact::None => json!({ "kind": "none" }),
            Artifact::Waived => json!({ "kind": "waived" }),
            Artifact::Digest(text) => json!({ "kind": "stated", "text": text }),
            Artifact::File(path) => json!({ "kind": "file", "path": path }),
        },
        "keys": run::key_files(&request.keys).unwrap_or_else(|unreadable| panic!("{id}: {unreadable}")),
        "trustedRoot": request.trusted_root,
    })
}

#[derive(Deserialize)]
struct BrowserResult {
    id: String,
    document: Option<Document>,
    error: Option<BrowserError>,
}

#[derive(Deserialize)]
struct BrowserError {
    part: String,
    message: String,
}

fn judge_results(arguments: &Arguments) -> ExitCode {
    let folder = arguments.folder();
    let path = arguments.positional.get(1).expect("the file of results");
    let text = std::fs::read_to_string(path).expect("the file of results");
    let mut results: BTreeMap<String, BrowserResult> = text
        .lines()
        .map(|line| serde_json::from_str::<BrowserResult>(line).expect("a line of results"))
        .map(|result| (result.id.clone(), result))
        .collect();
    let mut tally = Tally::new();
    for case in arguments.cases(&folder) {
        let told = match results.remove(&case.id) {
            Some(BrowserResult { document: Some(document), .. }) => Ok(document),
            Some(BrowserResult { error: Some(error), .. }) => {
                Err(QuestionError { part: String::leak(error.part), message: error.message })
            }
            _ => Err(QuestionError { part: "no-answer", message: "the browser gave no answer".to_owned() }),
        };
        tally.case(&case, &told);
    }
    tally.close()
}

struct Tally {
    expectations: Expectations,
    right: usize,
    all: usize,
    by_verdict_alone: usize,
}

impl Tally {
    fn new() -> Self {
        Self { expectations: Expectations::read(), right: 0, all: 0, by_verdict_alone: 0 }
    }

    fn case(&mut self, case: &Case, told: &Told) {
        let judgement = judge(case.expected, self.expectations.0.get(&case.id), told);
        if let Judgement::RightByVerdictAlone { decided } = &judgement {
            println!("{}: rejected by {decided}; no entry says which check it is about: {}", case.id, case.reason);
        }
        self.count(&case.id, &judgement);
    }

    fn count(&mut self, id: &str, judgement: &Judgement) {
        self.all += 1;
        match judgement {
            Judgement::Right => self.right += 1,
            Judgement::RightByVerdictAlone { .. } => {
                self.right += 1;
                self.by_verdict_alone += 1;
            }
            Judgement::Wrong { why } => println!("wrong: {id}: {why}"),
        }
    }

    fn close(&self) -> ExitCode {
        if self.by_verdict_alone > 0 {
            println!(
                "{} rejections judged by their verdict alone (see tests/corpus-expectations.json)",
                self.by_verdict_alone
            );
        }
        println!("corpus: {} right of {}", self.right, self.all);
        if self.right == self.all && self.all > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Answers every item on all cores; the order of the answers is that of the items.
fn in_parallel<T: Sync>(items: &[T], answer: impl Fn(&T) -> Told + Sync) -> Vec<Told> {
    let next = AtomicUsize::new(0);
    let told: Mutex<Vec<Option<Told>>> = Mutex::new(items.iter().map(|_| None).collect());
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, item)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, items.get(index)?)))
                {
                    let answer = answer(item);
                    if let Some(slot) = told.lock().expect("no thread panics holding it").get_mut(index) {
                        *slot = Some(answer);
                    }
                }
            });
        }
    });
    let told = told.into_inner().expect("all threads have ended");
    told.into_iter().map(|told| told.expect("each item was answered")).collect()
}
