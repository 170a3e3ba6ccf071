//! Why a text is not the YAML that is due, and where.

use core::fmt;

use saphyr_parser::Marker;

use crate::fault::display_fault;
use crate::path::{Path, quoted};
use crate::{Explanation, Fault};

/// A place in the text, both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Position {
    pub(super) fn of(marker: &Marker) -> Self {
        Self { line: marker.line(), column: marker.col().saturating_add(1) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} column {}", self.line, self.column)
    }
}

/// Every code of [`Error`].
pub const CODES: &[&str] = &[
    "yaml-too-large",
    "yaml-not-utf8",
    "yaml-empty",
    "yaml-syntax",
    "yaml-duplicate-key",
    "yaml-key-not-text",
    "yaml-tag",
    "yaml-merge",
    "yaml-alias-in-itself",
    "yaml-alias-expansion",
    "yaml-too-deep",
    "yaml-too-many-values",
    "yaml-too-many-documents",
];

/// Why a text is not the YAML that is due.
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
    /// Not UTF-8.
    NotUtf8 {
        /// Bytes before the first that is wrong.
        offset: usize,
    },
    /// No document, or only empty ones.
    Empty,
    /// Not YAML.
    Syntax {
        /// Where.
        position: Position,
        /// What is wrong, in the parser's words.
        problem: String,
    },
    /// The same key twice in one mapping.
    DuplicateKey {
        /// The key's second occurrence.
        path: Path,
        /// Where.
        position: Position,
    },
    /// A key that is a list or a mapping.
    KeyNotText {
        /// Where.
        position: Position,
    },
    /// A tag that is not of YAML's core, or that does not fit its value.
    Tag {
        /// The tag as written.
        found: String,
        /// Where.
        position: Position,
    },
    /// `<<` beside something that is no mapping.
    Merge {
        /// The mapping that has it.
        path: Path,
        /// Where.
        position: Position,
    },
    /// An alias inside the value that it stands for.
    AliasInItself {
        /// Where.
        position: Position,
    },
    /// Copies of anchored values would take more memory than the cap (H-15).
    AliasExpansion {
        /// The cap, in bytes.
        limit: usize,
        /// Where it was passed.
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
    /// Too many documents.
    TooManyDocuments {
        /// The cap.
        limit: usize,
    },
}

impl Fault for Error {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::TooLarge { bytes, limit } => Explanation::new("yaml-too-large", "A-16")
                .expected(format!("at most {limit} bytes"))
                .found(format!("{bytes} bytes")),
            Self::NotUtf8 { offset } => Explanation::new("yaml-not-utf8", "A-7")
                .expected("UTF-8 text")
                .found(format!("a byte that is no UTF-8, after {offset} bytes")),
            Self::Empty => Explanation::new("yaml-empty", "A-1").expected("a YAML document").found("nothing"),
            Self::Syntax { position, problem } => {
                Explanation::new("yaml-syntax", "A-1").expected("YAML").found(format!("{problem} at {position}"))
            }
            Self::DuplicateKey { path, position } => Explanation::new("yaml-duplicate-key", "A-12")
                .at(path.as_str())
                .expected("each key once in a mapping")
                .found(format!("the key a second time at {position}")),
            Self::KeyNotText { position } => Explanation::new("yaml-key-not-text", "A-7")
                .expected("keys that are text")
                .found(format!("a list, a mapping or an alias as a key at {position}")),
            Self::Tag { found, position } => Explanation::new("yaml-tag", "A-15")
                .expected("no tags, or those of YAML's core")
                .found(format!("the tag {} at {position}", quoted(found))),
            Self::Merge { path, position } => Explanation::new("yaml-merge", "A-7")
                .at(path.as_str())
                .expected("a mapping, or a list of mappings, to merge with <<")
                .found(format!("something else at {position}")),
            Self::AliasInItself { position } => Explanation::new("yaml-alias-in-itself", "H-15")
                .expected("an alias after the value that it stands for")
                .found(format!("an alias inside that value at {position}")),
            Self::AliasExpansion { limit, position } => Explanation::new("yaml-alias-expansion", "H-15")
                .expected(format!("anchors and aliases that stand for at most {limit} bytes"))
                .found(format!("more at {position}")),
            Self::TooDeep { limit, position } => Explanation::new("yaml-too-deep", "A-16")
                .expected(format!("at most {limit} nested lists and mappings"))
                .found(format!("one more at {position}")),
            Self::TooManyValues { limit, position } => Explanation::new("yaml-too-many-values", "A-16")
                .expected(format!("at most {limit} values"))
                .found(format!("one more at {position}")),
            Self::TooManyDocuments { limit } => Explanation::new("yaml-too-many-documents", "A-16")
                .expected(format!("at most {limit} documents"))
                .found("more"),
        }
    }
}
display_fault!(Error);
