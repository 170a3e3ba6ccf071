//! Why a member is refused.

use crate::base64::Base64Problem;
use crate::fault::display_fault;
use crate::path::Path;
use crate::time::TimeProblem;
use crate::{Explanation, Fault};

/// Every code of [`FieldError`].
pub const CODES: &[&str] = &[
    "field-missing",
    "field-empty",
    "field-wrong-type",
    "field-invalid-base64",
    "field-invalid-standard-base64",
    "field-not-integer",
    "field-negative",
    "field-invalid-time",
    "field-unknown-name",
    "field-too-many",
    "field-two-spellings",
];

/// Why a member was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldError {
    /// A required member is absent or `null`.
    Missing {
        /// Where it should be.
        path: Path,
    },
    /// A required string or byte field is empty, which counts as absent.
    Empty {
        /// Where.
        path: Path,
    },
    /// A value of another type.
    WrongType {
        /// Where.
        path: Path,
        /// The type that is due.
        expected: &'static str,
        /// The type found.
        found: &'static str,
    },
    /// Bytes that are not base64.
    Base64 {
        /// Where.
        path: Path,
        /// What is wrong with it.
        problem: Base64Problem,
    },
    /// Bytes that are not strict standard base64 where nothing else is allowed.
    StandardBase64 {
        /// Where.
        path: Path,
        /// What is wrong with it.
        problem: Base64Problem,
    },
    /// Not an int64 in its only spelling.
    NotInteger {
        /// Where.
        path: Path,
        /// The text found.
        found: String,
    },
    /// A negative index, size or time.
    Negative {
        /// Where.
        path: Path,
        /// The text found.
        found: String,
    },
    /// Not an RFC 3339 instant (B-9).
    Time {
        /// Where.
        path: Path,
        /// The text found, quoted.
        found: String,
        /// What is wrong with it.
        problem: TimeProblem,
    },
    /// A name that is not among the known ones.
    UnknownName {
        /// Where.
        path: Path,
        /// What the names are of.
        expected: &'static str,
        /// The name found, quoted.
        found: String,
    },
    /// More elements than the cap.
    TooMany {
        /// Where.
        path: Path,
        /// Elements found.
        found: usize,
        /// The cap.
        limit: usize,
    },
    /// The same member under two names.
    TwoSpellings {
        /// Where the second one is.
        path: Path,
    },
}

impl Fault for FieldError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Missing { path } => {
                Explanation::new("field-missing", "A-11").at(path.as_str()).expected("a value").found("nothing")
            }
            Self::Empty { path } => Explanation::new("field-empty", "A-11")
                .at(path.as_str())
                .expected("a value that is not empty")
                .found("an empty one"),
            Self::WrongType { path, expected, found } => {
                Explanation::new("field-wrong-type", "A-7").at(path.as_str()).expected(*expected).found(*found)
            }
            Self::Base64 { path, problem } => Explanation::new("field-invalid-base64", "A-8")
                .at(path.as_str())
                .expected("base64")
                .found(problem.to_string()),
            Self::StandardBase64 { path, problem } => Explanation::new("field-invalid-standard-base64", "A-9")
                .at(path.as_str())
                .expected("standard base64 with padding")
                .found(problem.to_string()),
            Self::NotInteger { path, found } => Explanation::new("field-not-integer", "A-10")
                .at(path.as_str())
                .expected("an integer below 2^63 without sign, fraction, exponent or leading zero")
                .found(found.as_str()),
            Self::Negative { path, found } => Explanation::new("field-negative", "A-10")
                .at(path.as_str())
                .expected("an integer that is not negative")
                .found(found.as_str()),
            Self::Time { path, found, problem } => Explanation::new("field-invalid-time", "B-9")
                .at(path.as_str())
                .expected(format!("an RFC 3339 time: {problem}"))
                .found(found.as_str()),
            Self::UnknownName { path, expected, found } => Explanation::new("field-unknown-name", "A-15")
                .at(path.as_str())
                .expected(*expected)
                .found(found.as_str()),
            Self::TooMany { path, found, limit } => Explanation::new("field-too-many", "A-16")
                .at(path.as_str())
                .expected(format!("at most {limit} elements"))
                .found(found.to_string()),
            Self::TwoSpellings { path } => Explanation::new("field-two-spellings", "A-12")
                .at(path.as_str())
                .expected("this member under one name")
                .found("the same member under two names"),
        }
    }
}
display_fault!(FieldError);
