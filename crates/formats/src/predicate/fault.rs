//! Why a predicate of a known type is refused.

use crate::fault::display_fault;
use crate::field::FieldError;
use crate::path::{Path, quoted};
use crate::{Explanation, Fault};

/// Why a predicate of a known type was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PredicateError {
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// The predicate is absent (E-1).
    Absent,
    /// A predicate that has to be empty has members (G-6).
    NotEmpty {
        /// The first of them.
        path: Path,
        /// How many there are.
        members: usize,
    },
    /// A resource descriptor that names nothing: no URI, no digest, no content (E-2).
    EmptyDescriptor {
        /// Where.
        path: Path,
    },
    /// `recipe.definedInMaterial` points beyond the materials (E-1).
    MaterialIndex {
        /// Where.
        path: Path,
        /// The index found.
        index: i64,
        /// How many materials there are.
        materials: usize,
    },
    /// A summary with more than one level in one track (E-49).
    TwoLevels {
        /// Where the second one is.
        path: Path,
        /// The track.
        track: String,
    },
    /// A summary whose levels say `FAILED` and whose result does not (E-49).
    FailedLevel {
        /// Where.
        path: Path,
        /// The result found.
        result: String,
    },
    /// A deployment limited by a scope of a type that is not known, and so cannot be honoured (E-53).
    UnknownScope {
        /// Where.
        path: Path,
        /// The type found.
        found: String,
    },
}

/// Every code of [`PredicateError`] that is its own.
pub const CODES: &[&str] = &[
    "predicate-absent",
    "predicate-not-empty",
    "predicate-empty-descriptor",
    "predicate-material-index",
    "predicate-two-levels",
    "predicate-failed-level",
    "predicate-unknown-scope",
];

impl Fault for PredicateError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Field(error) => error.explain(),
            Self::Absent => Explanation::new("predicate-absent", "E-1")
                .at("$.predicate")
                .expected("the predicate that the type announces")
                .found("nothing"),
            Self::NotEmpty { path, members } => Explanation::new("predicate-not-empty", "G-6")
                .at(path.as_str())
                .expected("an empty predicate, {} or null")
                .found(format!("{members} members")),
            Self::EmptyDescriptor { path } => Explanation::new("predicate-empty-descriptor", "E-2")
                .at(path.as_str())
                .expected("a URI, a digest or the content of the thing")
                .found("none of them"),
            Self::MaterialIndex { path, index, materials } => Explanation::new("predicate-material-index", "E-1")
                .at(path.as_str())
                .expected(format!("the position of one of the {materials} materials, counted from 0, or -1 for none"))
                .found(index.to_string()),
            Self::TwoLevels { path, track } => Explanation::new("predicate-two-levels", "E-49")
                .at(path.as_str())
                .expected("one level in each track")
                .found(format!("a second one in track {}", quoted(track))),
            Self::FailedLevel { path, result } => Explanation::new("predicate-failed-level", "E-49")
                .at(path.as_str())
                .expected("FAILED among the levels only with the result FAILED")
                .found(format!("FAILED, with the result {}", quoted(result))),
            Self::UnknownScope { path, found } => Explanation::new("predicate-unknown-scope", "E-53")
                .at(path.as_str())
                .expected("a type of scope that is defined")
                .found(quoted(found)),
        }
    }
}
display_fault!(PredicateError);

impl From<FieldError> for PredicateError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
