//! A saved page, checked by another copy of the program than the one inside it.

use super::{Answers, Program, Saved, SavedError, page};

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The answers, found anew.
    pub answers: Answers,
    /// SHA-256 of the module that the page says it holds, in hex; empty when it says none.
    pub module: String,
    /// The program inside, which is not judged: whoever can change the page can change it too.
    pub program: Option<Program>,
    /// The first line of the page that is not as these answers are written, when there is one.
    pub differs: Option<Difference>,
}

/// A line that is not as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number, from 1.
    pub line: usize,
    /// The line as it should be; empty when there should be none.
    pub expected: String,
    /// The line as it is; empty when there is none.
    pub found: String,
}

/// Asks the questions of a saved page again and writes the whole page anew. Every byte must be the same; of the program,
/// which is not written but taken from the page, only that the page names its digest.
///
/// # Errors
/// When it is no saved page, or its questions cannot be put.
pub fn check(html: &str) -> Result<Checked, SavedError> {
    let unreadable = |what: &str| SavedError::Unreadable(what.to_owned());
    let (_, after) =
        html.split_once(page::EVIDENCE).ok_or_else(|| unreadable("this is no report that Touchstone saved"))?;
    let (block, _) = after.split_once("</script>").ok_or_else(|| unreadable("its evidence has no end"))?;
    let saved = Saved::read(block)?;
    let answers = saved.answers()?;
    // What the page says of its program must be what the block says.
    let own = |program: &Program| {
        program.digest() == saved.module
            && program.size() == saved.program_bytes
            && program.version() == env!("CARGO_PKG_VERSION")
    };
    let program = Program::from_edition(html).filter(own);
    let again = page(&saved, program.as_ref())?;
    let differs = difference(&again, html);
    Ok(Checked { answers, module: saved.module, program, differs })
}

fn difference(expected: &str, found: &str) -> Option<Difference> {
    if expected == found {
        return None;
    }
    let (mut ours, mut theirs, mut line) = (expected.split('\n'), found.split('\n'), 0_usize);
    loop {
        line = line.saturating_add(1);
        let (expected, found) = (ours.next(), theirs.next());
        if expected != found {
            let own = |line: Option<&str>| line.unwrap_or_default().to_owned();
            return Some(Difference { line, expected: own(expected), found: own(found) });
        }
        expected?;
    }
}
