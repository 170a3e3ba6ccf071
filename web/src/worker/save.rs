//! Saving a result as a page, checking a saved page again, and the history. [`save`] is the one way in, so that what it
//! pulls in can be loaded apart from what a verdict needs.

use touchstone_report::document::Document;
use touchstone_report::history::{self, Head};
use touchstone_report::question::{Material, Question};
use touchstone_report::saved::{self, Program, Saved};

use super::messages::{SavePart, Told};

/// What is to be done.
pub(super) enum Work<'a> {
    /// Write the page of an answered question.
    Page {
        /// Generation of the page.
        run: u64,
        /// What was asked.
        question: &'a Question,
        /// Of what.
        material: &'a Material<'a>,
        /// What the page takes along.
        part: &'a SavePart,
        /// Script and module, in base64, as the offline edition holds them.
        program: Option<(&'a [u8], &'a [u8])>,
    },
    /// Write the printed part of a saved page anew, from its evidence.
    Again(&'a [u8]),
    /// Write the line of an answer.
    Line {
        /// The moment, in UTC.
        at: &'a str,
        /// What was asked.
        question: &'a Question,
        /// Of what.
        material: &'a Material<'a>,
        /// What was answered.
        document: &'a Document,
    },
    /// Make a line the next one after the last that is kept.
    Chain {
        /// The line.
        line: &'a [u8],
        /// The last line; empty when there is none.
        last: &'a [u8],
    },
    /// Check a history.
    History(&'a [u8]),
}

/// Does it: what to tell the page, with bytes.
pub(super) fn save(work: &Work<'_>) -> (Told, Vec<Vec<u8>>) {
    match work {
        Work::Page { run, question, material, part, program } => {
            let text = |bytes| core::str::from_utf8(bytes).ok();
            let program = program.and_then(|(script, module)| {
                Program::new(text(script)?, text(module)?, &part.digest, env!("CARGO_PKG_VERSION"))
            });
            let mut saved = Saved::new(&part.made, program.as_ref());
            let page = touchstone_report::answer(question, material).map_err(saved::SavedError::Question);
            let page = page.and_then(|document| {
                saved.record(question, material, &document);
                saved::page(&saved, program.as_ref())
            });
            match page {
                Ok(page) => (Told::Saved, vec![page.into_bytes()]),
                Err(error) => {
                    (Told::Unaskable { run: *run, part: "report".to_owned(), message: error.to_string() }, Vec::new())
                }
            }
        }
        // What is not UTF-8 is not what was saved; its digest then differs.
        Work::Again(block) => match saved::printed(&String::from_utf8_lossy(block)) {
            Ok((printed, title)) => (Told::Saved, vec![printed.into_bytes(), title.into_bytes()]),
            Err(error) => (Told::NotSaved { message: error.to_string() }, Vec::new()),
        },
        Work::Line { at, question, material, document } => {
            let line = history::record(at, question, material, document);
            (Told::Line, vec![serde_json::to_vec(&line).unwrap_or_default()])
        }
        Work::Chain { line, last } => match chained(line, last) {
            Some(told) => told,
            None => (Told::NotSaved { message: NOT_CHAINED.to_owned() }, Vec::new()),
        },
        Work::History(text) => {
            let text = String::from_utf8_lossy(text);
            let checked = history::check(&text, None);
            let problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
            // Line ends as this browser keeps them.
            let whole: String = text.lines().map(|line| format!("{line}\n")).collect();
            (Told::HistoryRead { lines: checked.lines.len(), problems }, vec![whole.into_bytes()])
        }
    }
}

const NOT_CHAINED: &str = "The last line of the history in this browser cannot be read, so nothing can follow it.";

fn chained(line: &[u8], last: &[u8]) -> Option<(Told, Vec<Vec<u8>>)> {
    let head = if last.is_empty() { Head::default() } else { Head::of(core::str::from_utf8(last).ok()?)? };
    let next = head.next(serde_json::from_slice(line).ok()?);
    let end = Head::of(&next)?.end();
    Some((Told::Chained, vec![last.to_vec(), next.into_bytes(), end.into_bytes()]))
}
