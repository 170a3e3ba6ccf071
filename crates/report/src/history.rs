//! A history of what was checked: one line of JSON an answer, each naming the SHA-256 of the line before. A line that is
//! removed, changed or moved breaks the chain where it stood, and a closing line says how the history ends.
//!
//! Nothing here is signed. Whoever holds the whole file can write all of it anew; the last line's digest, noted elsewhere,
//! is what such a rewriting cannot keep.

mod check;
mod record;

pub use check::{Checked, Problem, check};
pub use record::{record, record_pile};

use serde::{Deserialize, Serialize};

use crate::document::{NamedDigest, NamedValue, Outcome};
use crate::question::Question;
use crate::saved::sha256_hex;

/// The value of [`Line::schema`].
pub const SCHEMA: &str = "touchstone-history/1";

/// Bytes of a history that is read or kept.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// One answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Line {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// 1 for the first, then one more each.
    pub number: u64,
    /// SHA-256 of the line before, in hex; empty for the first.
    pub before: String,
    /// When it was checked, by the clock of the device: it proves nothing.
    pub at: String,
    /// The program that checked.
    pub tool: String,
    /// The verdict; of many artifacts the worst.
    pub verdict: Outcome,
    /// The verdict's first sentence.
    pub sentence: String,
    /// File name of the artifact; empty when there was none. "250 artifacts" where many were asked about at once.
    pub artifact: String,
    /// Its digests; none of many.
    pub digests: Vec<NamedDigest>,
    /// Who signed, as read; empty when nobody was.
    pub signer: String,
    /// The evidence that was asked about, what was given beside it and the keys: file name and SHA-256. Of more than 64 files, one
    /// digest of their list.
    pub evidence: Vec<NamedValue>,
    /// The trusted root that judged: its name and where it came from.
    pub root: String,
    /// SHA-256 of that root's file; empty when none judged.
    pub root_sha256: String,
    /// What was expected, in words.
    pub policy: Vec<NamedValue>,
    /// What was expected, to ask it again.
    pub question: Question,
}

/// The last line of a history that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct End {
    /// How many lines stand before.
    pub end: u64,
    /// SHA-256 of the last of them, in hex; empty when there is none.
    pub head: String,
}

/// Where a history ends: what the next line must know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Number of the last line; 0 when there is none.
    pub number: u64,
    /// Its SHA-256 in hex; empty when there is none.
    pub digest: String,
}

impl Head {
    /// Of the text of a last line. `None` when it is none.
    #[must_use]
    pub fn of(line: &str) -> Option<Self> {
        let read: Line = serde_json::from_str(line).ok()?;
        Some(Self { number: read.number, digest: digest(line) })
    }

    /// The text of `line`, as the next one after this head, without its end of line.
    #[must_use]
    pub fn next(&self, line: Line) -> String {
        let line = Line { number: self.number.saturating_add(1), before: self.digest.clone(), ..line };
        // Plain data with string keys always serialises.
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// The closing line after this head, without its end of line.
    #[must_use]
    pub fn end(&self) -> String {
        let end = End { end: self.number, head: self.digest.clone() };
        serde_json::to_string(&end).unwrap_or_default()
    }
}

/// SHA-256 of a line's text without its end of line, in hex.
#[must_use]
pub fn digest(line: &str) -> String {
    sha256_hex(line.as_bytes())
}
