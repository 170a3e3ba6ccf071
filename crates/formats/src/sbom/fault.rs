//! Why a bill of materials is refused.

use crate::fault::display_fault;
use crate::field::FieldError;
use crate::path::{Path, quoted};
use crate::predicate::{PredicateError, SbomFormat};
use crate::{Explanation, Fault, json};

/// Why a bill of materials was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SbomError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// The statement has no predicate.
    Predicate(PredicateError),
    /// Neither SPDX nor CycloneDX.
    UnknownFormat {
        /// Where the document is.
        path: Path,
    },
    /// SPDX and CycloneDX at once: two readers would see two lists.
    TwoFormats {
        /// Where the document is.
        path: Path,
    },
    /// Another format than the type of the predicate announces.
    OtherFormat {
        /// Where the document is.
        path: Path,
        /// The format announced.
        announced: SbomFormat,
    },
    /// Another version, or the mark of another format.
    Version {
        /// Where.
        path: Path,
        /// What is read.
        expected: &'static str,
        /// What was found, quoted.
        found: String,
    },
    /// An SPDX identifier that is none.
    Identifier {
        /// Where.
        path: Path,
        /// What is due there.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A reference that two components have.
    DuplicateReference {
        /// Where the second component is.
        path: Path,
        /// The reference.
        found: String,
    },
    /// A digest that is not hexadecimal, or has not the length of its algorithm.
    Digest {
        /// Where.
        path: Path,
        /// The algorithm.
        algorithm: String,
        /// The text found.
        found: String,
    },
    /// More components than the cap, nested ones included.
    TooManyComponents {
        /// Where the first one too many is.
        path: Path,
        /// The cap.
        limit: usize,
    },
}

/// Every code of [`SbomError`] that is its own.
pub const CODES: &[&str] = &[
    "sbom-unknown-format",
    "sbom-two-formats",
    "sbom-other-format",
    "sbom-unknown-version",
    "sbom-identifier",
    "sbom-duplicate-reference",
    "sbom-digest",
    "sbom-too-many-components",
];

impl Fault for SbomError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::Predicate(error) => error.explain(),
            Self::UnknownFormat { path } => Explanation::new("sbom-unknown-format", "E-52")
                .at(path.as_str())
                .expected("SPDX 2.2 or 2.3, or CycloneDX 1.4 to 1.7, in JSON")
                .found("neither spdxVersion nor bomFormat"),
            Self::TwoFormats { path } => Explanation::new("sbom-two-formats", "E-52")
                .at(path.as_str())
                .expected("one of spdxVersion and bomFormat")
                .found("both"),
            Self::OtherFormat { path, announced } => Explanation::new("sbom-other-format", "E-52")
                .at(path.as_str())
                .expected(match announced {
                    SbomFormat::Spdx => "SPDX, as the type of the predicate says",
                    SbomFormat::CycloneDx => "CycloneDX, as the type of the predicate says",
                })
                .found("the other format"),
            Self::Version { path, expected, found } => Explanation::new("sbom-unknown-version", "E-52")
                .at(path.as_str())
                .expected(*expected)
                .found(found.as_str()),
            Self::Identifier { path, expected, found } => {
                Explanation::new("sbom-identifier", "E-52").at(path.as_str()).expected(*expected).found(quoted(found))
            }
            Self::DuplicateReference { path, found } => Explanation::new("sbom-duplicate-reference", "E-52")
                .at(path.as_str())
                .expected("a reference that no other component has")
                .found(quoted(found)),
            Self::Digest { path, algorithm, found } => Explanation::new("sbom-digest", "B-100")
                .at(path.as_str())
                .expected(format!("a digest of {} in hexadecimal", quoted(algorithm)))
                .found(quoted(found)),
            Self::TooManyComponents { path, limit } => Explanation::new("sbom-too-many-components", "A-16")
                .at(path.as_str())
                .expected(format!("at most {limit} components"))
                .found("one more"),
        }
    }
}
display_fault!(SbomError);
