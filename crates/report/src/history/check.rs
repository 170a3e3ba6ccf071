//! Whether a history is whole.

use super::{End, Line, MAX_BYTES, SCHEMA, digest};

/// Lines that are told one by one. Of the others it is said how many they are.
const MAX_PROBLEMS: usize = 50;

/// What is wrong with a history, and on which line of the file (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file is longer than is read: its bytes.
    TooLong(usize),
    /// The line is neither an answer nor a closing line: why.
    Unreadable {
        /// Line of the file.
        line: usize,
        /// What was found.
        found: String,
    },
    /// Another number than the next one.
    Number {
        /// Line of the file.
        line: usize,
        /// The next number.
        expected: u64,
        /// Its number.
        found: u64,
    },
    /// It names another line before it than the one that is there.
    Chain {
        /// Line of the file.
        line: usize,
        /// SHA-256 of the line before; empty when there is none.
        expected: String,
        /// What it names.
        found: String,
    },
    /// So many lines more that something is wrong with.
    More(usize),
    /// There is no closing line: lines may have been cut off.
    NoEnd {
        /// Number of the last answer.
        after: u64,
    },
    /// The closing line says something else.
    End {
        /// Line of the file.
        line: usize,
        /// Number and SHA-256 of the last answer, as they are.
        expected: (u64, String),
        /// As the closing line says.
        found: (u64, String),
    },
    /// Something stands after the closing line.
    AfterEnd {
        /// Line of the file.
        line: usize,
    },
    /// No line has the digest that was noted.
    Noted(String),
}

impl core::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let or_none = |digest: &str| if digest.is_empty() { "none".to_owned() } else { digest.to_owned() };
        match self {
            Self::TooLong(bytes) => write!(formatter, "It has {bytes} bytes; at most {MAX_BYTES} are read."),
            Self::Unreadable { line, found } => {
                write!(formatter, "Line {line} is no line of a history: {found}.")
            }
            Self::Number { line, expected, found } if found > expected => {
                let last = found.saturating_sub(1);
                if last == *expected {
                    write!(formatter, "Line {line} is number {found}: number {expected} is missing before it.")
                } else {
                    write!(
                        formatter,
                        "Line {line} is number {found}: numbers {expected} to {last} are missing before it."
                    )
                }
            }
            Self::Number { line, expected, found } => {
                write!(
                    formatter,
                    "Line {line} is number {found}, expected {expected}: it is out of order, or there twice."
                )
            }
            Self::Chain { line, expected, found } => {
                let before = line.saturating_sub(1);
                write!(
                    formatter,
                    "Line {line} names {} as the SHA-256 of the line before it, expected {}: line {before} was changed, or \
                     another one stood there.",
                    or_none(found),
                    or_none(expected)
                )
            }
            Self::More(1) => write!(formatter, "Something is wrong with 1 more line."),
            Self::More(lines) => write!(formatter, "Something is wrong with {lines} more lines."),
            Self::NoEnd { after } => {
                write!(formatter, "There is no closing line after number {after}: lines may have been cut off there.")
            }
            Self::End { line, expected: (count, head), found: (said, said_head) } => write!(
                formatter,
                "Line {line} closes {said} lines of which the last has the SHA-256 {}; found {count}, the last with {}: the \
                 last line was changed, or lines were cut off before this one.",
                or_none(said_head),
                or_none(head)
            ),
            Self::AfterEnd { line } => write!(formatter, "Line {line} stands after the closing line."),
            Self::Noted(digest) => write!(
                formatter,
                "No answer's line has the SHA-256 {digest} that was noted: this is another history, or it was written anew. The \
                 digest to note is the head that the closing line names, not that of the closing line or of the file."
            ),
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    /// The answers, in the file's order.
    pub lines: Vec<Line>,
    /// Number and SHA-256 of the last answer.
    pub head: super::Head,
    /// What is wrong, in order; empty when it is whole.
    pub problems: Vec<Problem>,
}

impl Checked {
    /// Something that is wrong with a line.
    fn problem(&mut self, problem: Problem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        } else if let Some(Problem::More(lines)) = self.problems.last_mut() {
            *lines = lines.saturating_add(1);
        } else {
            self.problems.push(Problem::More(1));
        }
    }
}

/// Checks a history that was exported. `noted` is the digest of a line that somebody noted earlier: the history up to there
/// is then the one that they saw.
#[must_use]
pub fn check(text: &str, noted: Option<&str>) -> Checked {
    let mut checked = Checked::default();
    if text.len() > MAX_BYTES {
        checked.problem(Problem::TooLong(text.len()));
        return checked;
    }
    let noted = noted.map(|noted| noted.trim().to_ascii_lowercase());
    // Who takes the digest of a line on a terminal takes its end with it. That of a closing line says as much as what it names.
    let is_noted = |raw: &str| {
        let noted = noted.as_deref();
        noted.is_some_and(|noted| [digest(raw), digest(&format!("{raw}\n"))].iter().any(|one| one == noted))
    };
    let (mut ended, mut seen) = (false, false);
    for (index, raw) in text.lines().enumerate() {
        let line = index.saturating_add(1);
        if ended {
            checked.problems.push(Problem::AfterEnd { line });
            break;
        }
        if let Ok(end) = serde_json::from_str::<End>(raw) {
            ended = true;
            let expected = (checked.head.number, checked.head.digest.clone());
            let found = (end.end, end.head);
            seen |= is_noted(raw);
            if expected != found {
                checked.problems.push(Problem::End { line, expected, found });
            }
            continue;
        }
        match read(raw) {
            Ok(read) => follow(&mut checked, line, read),
            Err(found) => {
                checked.problem(Problem::Unreadable { line, found });
                // What follows is told by its own number.
                checked.head.number = checked.head.number.saturating_add(1);
            }
        }
        checked.head.digest = digest(raw);
        seen |= is_noted(raw);
    }
    if !ended {
        let after = checked.head.number;
        checked.problems.push(Problem::NoEnd { after });
    }
    if let Some(noted) = noted
        && !seen
    {
        checked.problems.push(Problem::Noted(noted));
    }
    checked
}

fn read(raw: &str) -> Result<Line, String> {
    // What the parser says counts lines of its own, and names members in its own words.
    let line: Line = serde_json::from_str(raw).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => "a member of it is missing, or is not of its kind".to_owned(),
        _ => "it is not JSON".to_owned(),
    })?;
    if line.schema == SCHEMA { Ok(line) } else { Err(format!("its schema is {:?}, expected {SCHEMA:?}", line.schema)) }
}

/// One problem a line: a number that is wrong explains a digest that is.
fn follow(checked: &mut Checked, line: usize, read: Line) {
    let expected = checked.head.number.saturating_add(1);
    if read.number != expected {
        checked.problem(Problem::Number { line, expected, found: read.number });
    } else if read.before != checked.head.digest {
        checked.problem(Problem::Chain { line, expected: checked.head.digest.clone(), found: read.before.clone() });
    }
    checked.head.number = read.number;
    checked.lines.push(read);
}
