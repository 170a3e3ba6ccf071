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
        /// The closing line; empty when nothing is kept.
        closing: &'a [u8],
    },
    /// Check a history.
    History {
        /// As asked.
        own: bool,
        /// All of it.
        text: &'a [u8],
    },
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
        Work::Chain { line, last, closing } => match chained(line, last, closing) {
            Ok(told) => told,
            Err(why) => (Told::NotSaved { message: why.to_owned() }, Vec::new()),
        },
        Work::History { own, text } => {
            let own = *own;
            let Ok(text) = core::str::from_utf8(text) else {
                let problems = vec![NO_TEXT.to_owned()];
                return (Told::HistoryRead { own, lines: 0, problems }, vec![Vec::new()]);
            };
            let checked = history::check(text, None);
            let mut problems: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
            // What is not whole is not taken over.
            if !own && !problems.is_empty() {
                return (Told::HistoryRead { own, lines: 0, problems }, vec![Vec::new()]);
            }
            // Line ends as this browser keeps them.
            let mut whole: String = text.lines().map(|line| format!("{line}\n")).collect();
            // What is kept here comes back as it was asked about: by that the page knows that no other window wrote meanwhile.
            if own && whole != text {
                text.clone_into(&mut whole);
                problems.push(LINE_ENDS.to_owned());
            }
            (Told::HistoryRead { own, lines: checked.lines.len(), problems }, vec![whole.into_bytes()])
        }
    }
}

/// Every line of a history is UTF-8: other bytes could stand in the place of those that it had.
const NO_TEXT: &str = "It is not UTF-8, so it was changed, or it is no history.";

const LINE_ENDS: &str = "Its line ends are not those that this browser writes, so it was changed.";

const NOT_CHAINED: &str = "The last line of the history in this browser cannot be read, so nothing can follow it.";

const CHANGED: &str = "The history in this browser was changed since its last answer was kept: its closing line is not that of its last \
                       answer. So this answer was not kept. Export the history, check it with touchstone history check, and forget it.";

fn chained(line: &[u8], last: &[u8], closing: &[u8]) -> Result<(Told, Vec<Vec<u8>>), &'static str> {
    let head = match last {
        [] => Head::default(),
        _ => core::str::from_utf8(last).ok().and_then(Head::of).ok_or(NOT_CHAINED)?,
    };
    // Putting an answer behind it would make a history whole again from which something was taken.
    if !(last.is_empty() && closing.is_empty()) && closing != head.end().as_bytes() {
        return Err(CHANGED);
    }
    let next = head.next(serde_json::from_slice(line).map_err(|_| NOT_CHAINED)?);
    let end = Head::of(&next).ok_or(NOT_CHAINED)?.end();
    Ok((Told::Chained, vec![last.to_vec(), next.into_bytes(), end.into_bytes()]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use touchstone_report::question::ArtifactInput;

    use super::*;

    /// Whatever was cut off, or changed, in what is kept: nothing is put behind it.
    #[test]
    fn a_history_that_was_changed_is_not_continued() {
        let material = Material { artifact: ArtifactInput::Waived, bundle: Some(named(b"{}")), ..Material::default() };
        let document = touchstone_report::answer(&Question::default(), &material).unwrap();
        let line = serde_json::to_vec(&history::record("", &Question::default(), &material, &document)).unwrap();
        let put = |last: &[u8], closing: &[u8]| chained(&line, last, closing).map(|(_, bytes)| bytes);
        let one = put(b"", b"").unwrap();
        let two = put(&one[1], &one[2]).unwrap();
        assert!(put(&two[1], &two[2]).is_ok());
        let changed = String::from_utf8(two[1].clone()).unwrap().replace("rejected", "verified").into_bytes();
        for (last, closing) in [
            (&one[1], &two[2]),
            (&changed, &two[2]),
            (&one[1], &two[1]),
            (&two[1], &Vec::new()),
            (&Vec::new(), &two[2]),
        ] {
            assert_eq!(put(last, closing), Err(CHANGED));
        }
    }

    /// What is kept ends each line with one character, and comes back as it was asked about.
    #[test]
    fn changed_line_ends_are_told_once() {
        let material = Material { artifact: ArtifactInput::Waived, bundle: Some(named(b"{}")), ..Material::default() };
        let document = touchstone_report::answer(&Question::default(), &material).unwrap();
        let line = serde_json::to_vec(&history::record("", &Question::default(), &material, &document)).unwrap();
        let (_, bytes) = chained(&line, b"", b"").unwrap();
        let kept = [&bytes[1][..], b"\n", &bytes[2][..], b"\n"].concat();
        let kept = String::from_utf8(kept).unwrap();
        let read = |own, text: &str| save(&Work::History { own, text: text.as_bytes() });
        let said = |problems: &[&str]| Told::HistoryRead {
            own: true,
            lines: 1,
            problems: problems.iter().map(|&problem| problem.to_owned()).collect(),
        };
        assert_eq!(read(true, &kept), (said(&[]), vec![kept.clone().into_bytes()]));
        for changed in [kept.trim_end().to_owned(), kept.replace('\n', "\r\n")] {
            assert_eq!(read(true, &changed), (said(&[LINE_ENDS]), vec![changed.clone().into_bytes()]));
            // A file may have been written by another system.
            let told = read(false, &changed).0;
            assert!(matches!(&told, Told::HistoryRead { problems, .. } if problems.is_empty()), "{told:?}");
        }
    }

    /// A file may be large: what is wrong with it comes back, and not the file.
    #[test]
    fn a_history_that_is_not_whole_does_not_come_back() {
        let (told, bytes) = save(&Work::History { own: false, text: b"{}\n{}\n" });
        assert!(matches!(&told, Told::HistoryRead { problems, .. } if !problems.is_empty()), "{told:?}");
        assert_eq!(bytes, [Vec::<u8>::new()]);
        // By its own text the page knows that it is that which it asked about.
        assert_eq!(save(&Work::History { own: true, text: b"{}\n{}\n" }).1, [b"{}\n{}\n".to_vec()]);
    }

    fn named(bytes: &[u8]) -> touchstone_report::question::Named<'_> {
        touchstone_report::question::Named { name: "", bytes }
    }
}
