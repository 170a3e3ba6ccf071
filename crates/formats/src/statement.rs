//! in-toto statements, the payload of most DSSE envelopes (B-95 to B-100).

use crate::field::FieldError;
use crate::{Explanation, Fault, json};

/// The payload type of an in-toto statement (B-95).
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// A parsed in-toto statement. Not believed: it becomes an authentic one only with the envelope's
/// signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Which of the two statement types.
    pub version: StatementVersion,
    /// What the statement is about; 1 to 1024 of them.
    pub subjects: Vec<Subject>,
    /// Type of the predicate, not empty, compared exactly (H-52).
    pub predicate_type: String,
    /// The predicate, uninterpreted; `None` when absent or `null`.
    pub predicate: Option<json::Value>,
    /// Paths of members that no rule knows.
    pub unknown_fields: Vec<String>,
}

/// The `_type` of a statement (B-96).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementVersion {
    /// `https://in-toto.io/Statement/v0.1`.
    V0_1,
    /// `https://in-toto.io/Statement/v1`.
    V1,
}

impl StatementVersion {
    /// The exact `_type` string.
    #[must_use]
    pub fn type_uri(self) -> &'static str {
        match self {
            Self::V0_1 => "https://in-toto.io/Statement/v0.1",
            Self::V1 => "https://in-toto.io/Statement/v1",
        }
    }
}

/// One thing that a statement is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Name chosen by the producer; no identity (B-99).
    pub name: Option<String>,
    /// URI of the subject (v1 resource descriptors).
    pub uri: Option<String>,
    /// Its digests in the order of the document; may be empty, and then never matches.
    pub digests: Vec<SubjectDigest>,
    /// Where it is in the statement, e.g. `$.subject[2]`.
    pub path: String,
}

/// One member of a subject's digest set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectDigest {
    /// Name as written, e.g. `sha256`, `gitCommit` (B-100).
    pub algorithm: String,
    /// Value as written; hexadecimal for every hash.
    pub value: String,
}

impl SubjectDigest {
    /// The digest's bytes, hexadecimal in either case (B-97); `None` if it is not hexadecimal.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        crate::hex::decode(&self.value)
    }
}

impl Statement {
    /// Reads a statement from the exact payload bytes of an envelope.
    ///
    /// # Errors
    /// Malformed JSON (H-7), another `_type`, no subject, a `null` subject, too many subjects or
    /// digests, a missing or empty `predicateType`.
    pub fn parse(_payload: &[u8]) -> Result<Self, StatementError> {
        todo!()
    }
}

/// Why a statement was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatementError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// `_type` is neither of the two known ones.
    UnknownType {
        /// The `_type` found.
        found: String,
    },
    /// `subject` is absent or empty.
    NoSubject,
    /// An entry of `subject` is `null`.
    NullSubject {
        /// Its position.
        index: usize,
    },
}

impl Fault for StatementError {
    fn explain(&self) -> Explanation<'_> {
        todo!()
    }
}
crate::fault::display_fault!(StatementError);
