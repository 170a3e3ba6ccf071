//! Why a text is not the JSON that is due, and where.

use core::fmt;

use crate::fault::display_fault;
use crate::path::Path;
use crate::{Explanation, Fault};

/// A place in the text, both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in bytes.
    pub column: usize,
}

impl Position {
    pub(super) fn of(error: &serde_json::Error) -> Self {
        Self { line: error.line(), column: error.column() }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}

/// Every code of [`Error`].
pub const CODES: &[&str] = &[
    "json-too-large",
    "json-empty",
    "json-not-utf8",
    "json-byte-order-mark",
    "json-truncated",
    "json-syntax",
    "json-trailing-data",
    "json-duplicate-key",
    "json-too-deep",
    "json-too-many-values",
    "json-too-many-documents",
];

/// Why a text is not the JSON that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// More bytes than the cap; nothing was read (A-16, H-15).
    TooLarge {
        /// Bytes given.
        bytes: usize,
        /// The cap.
        limit: usize,
    },
    /// Nothing but whitespace.
    Empty,
    /// Not UTF-8.
    NotUtf8 {
        /// Bytes before the first that is wrong.
        offset: usize,
    },
    /// Begins with a byte order mark, which JSON texts must not have (RFC 8259 § 8.1).
    ByteOrderMark,
    /// Ends in the middle of a value.
    Truncated {
        /// The innermost value begun.
        path: Path,
        /// Where the text ends.
        position: Position,
    },
    /// Not JSON.
    Syntax {
        /// The innermost value begun.
        path: Path,
        /// Where.
        position: Position,
        /// What was expected there.
        problem: String,
    },
    /// More text after the document.
    TrailingData(Position),
    /// The same key twice in one object.
    DuplicateKey {
        /// The key's second occurrence.
        path: Path,
        /// Where.
        position: Position,
    },
    /// Nested too deep.
    TooDeep {
        /// The cap.
        limit: usize,
        /// Where it was passed.
        position: Position,
    },
    /// Too many values.
    TooManyValues {
        /// The cap.
        limit: usize,
        /// Where it was passed.
        position: Position,
    },
    /// Too many documents in a JSON Lines file.
    TooManyDocuments {
        /// The cap.
        limit: usize,
    },
}

impl Error {
    /// The same error, `lines` further down.
    pub(super) fn moved_down(mut self, lines: usize) -> Self {
        match &mut self {
            Self::Truncated { position, .. }
            | Self::Syntax { position, .. }
            | Self::TrailingData(position)
            | Self::DuplicateKey { position, .. }
            | Self::TooDeep { position, .. }
            | Self::TooManyValues { position, .. } => {
                position.line = position.line.saturating_add(lines);
            }
            _ => {}
        }
        self
    }

    /// Where in the text, if the error has such a place.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Truncated { position, .. }
            | Self::Syntax { position, .. }
            | Self::TrailingData(position)
            | Self::DuplicateKey { position, .. }
            | Self::TooDeep { position, .. }
            | Self::TooManyValues { position, .. } => Some(*position),
            _ => None,
        }
    }
}

impl Fault for Error {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::TooLarge { bytes, limit } => Explanation::new("json-too-large", "A-16")
                .expected(format!("at most {limit} bytes"))
                .found(format!("{bytes} bytes")),
            Self::Empty => Explanation::new("json-empty", "A-1").expected("a JSON document").found("nothing"),
            Self::NotUtf8 { offset } => Explanation::new("json-not-utf8", "A-7")
                .expected("UTF-8 text")
                .found(format!("a byte that is no UTF-8, after {offset} bytes")),
            Self::ByteOrderMark => Explanation::new("json-byte-order-mark", "A-7")
                .expected("JSON text without a byte order mark")
                .found("a byte order mark"),
            Self::Truncated { path, position } => Explanation::new("json-truncated", "A-1")
                .at(path.as_str())
                .expected("a complete JSON document")
                .found(format!("the end of the input at {position}")),
            Self::Syntax { path, position, problem } => Explanation::new("json-syntax", "A-1")
                .at(path.as_str())
                .expected("JSON")
                .found(format!("{problem} at {position}")),
            Self::TrailingData(position) => Explanation::new("json-trailing-data", "A-1")
                .expected("one JSON document")
                .found(format!("more text at {position}")),
            Self::DuplicateKey { path, position } => Explanation::new("json-duplicate-key", "A-12")
                .at(path.as_str())
                .expected("each key once in an object")
                .found(format!("the key a second time at {position}")),
            Self::TooDeep { limit, position } => Explanation::new("json-too-deep", "A-16")
                .expected(format!("at most {limit} nested arrays and objects"))
                .found(format!("one more at {position}")),
            Self::TooManyValues { limit, position } => Explanation::new("json-too-many-values", "A-16")
                .expected(format!("at most {limit} values"))
                .found(format!("one more at {position}")),
            Self::TooManyDocuments { limit } => Explanation::new("json-too-many-documents", "A-16")
                .expected(format!("at most {limit} documents"))
                .found("more"),
        }
    }
}
display_fault!(Error);
