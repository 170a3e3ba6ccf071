//! Why a trusted root is refused.

use crate::fault::display_fault;
use crate::field::FieldError;
use crate::path::{Path, quoted};
use crate::{Explanation, Fault, HashAlgorithm, json};

/// Why a trusted root was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustedRootError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// No `mediaType`: not a trusted root at all (B-7).
    NoMediaType {
        /// Where it should be.
        path: Path,
    },
    /// The media type is none of the three of B-7.
    UnknownMediaType {
        /// Where.
        path: Path,
        /// The media type found.
        found: String,
    },
    /// A log with another hash function than SHA-256 (B-11).
    HashAlgorithm {
        /// Where.
        path: Path,
        /// The hash function found.
        found: HashAlgorithm,
    },
    /// A log key or authority without `validFor` (B-10).
    NoValidity {
        /// Where it should be.
        path: Path,
    },
    /// A log key or authority whose `validFor` has no start (B-10).
    NoValidityStart {
        /// Where it should be.
        path: Path,
    },
    /// A `validFor` that ends before it starts (B-9).
    WindowReversed {
        /// Where it ends.
        path: Path,
    },
    /// A member that no version of the format has (H-14).
    UnknownMember {
        /// Where.
        path: String,
    },
    /// An authority without certificates (B-13).
    EmptyChain {
        /// Where they should be.
        path: Path,
    },
}

/// Every code of [`TrustedRootError`] that is its own.
pub const CODES: &[&str] = &[
    "root-no-media-type",
    "root-unknown-media-type",
    "root-hash-algorithm",
    "root-no-validity",
    "root-no-validity-start",
    "root-window-reversed",
    "root-unknown-member",
    "root-empty-chain",
];

impl Fault for TrustedRootError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::NoMediaType { path } => Explanation::new("root-no-media-type", "B-7")
                .at(path.as_str())
                .expected("the media type of a Sigstore trusted root")
                .found("nothing"),
            Self::UnknownMediaType { path, found } => Explanation::new("root-unknown-media-type", "B-7")
                .at(path.as_str())
                .expected("the media type of a Sigstore trusted root of version 0.1 or 0.2")
                .found(quoted(found)),
            Self::HashAlgorithm { path, found } => Explanation::new("root-hash-algorithm", "B-11")
                .at(path.as_str())
                .expected("SHA2_256")
                .found(found.proto_name()),
            Self::NoValidity { path } => Explanation::new("root-no-validity", "B-10")
                .at(path.as_str())
                .expected("the time for which the key or authority is valid")
                .found("nothing"),
            Self::NoValidityStart { path } => Explanation::new("root-no-validity-start", "B-10")
                .at(path.as_str())
                .expected("the time from which the key or authority is valid")
                .found("nothing"),
            Self::WindowReversed { path } => Explanation::new("root-window-reversed", "B-9")
                .at(path.as_str())
                .expected("an end that is not before the start")
                .found("an earlier one"),
            Self::UnknownMember { path } => Explanation::new("root-unknown-member", "H-14")
                .at(path.as_str())
                .expected("only members that a trusted root has, spelt as it has them")
                .found("another member"),
            Self::EmptyChain { path } => Explanation::new("root-empty-chain", "B-13")
                .at(path.as_str())
                .expected("at least one certificate")
                .found("none"),
        }
    }
}
display_fault!(TrustedRootError);

impl From<json::Error> for TrustedRootError {
    fn from(error: json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<FieldError> for TrustedRootError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
