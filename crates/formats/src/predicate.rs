//! Predicates of in-toto statements: what a signer says, in shapes that are known. Nothing here is believed.
//!
//! A type that no rule knows is [`Predicate::Unknown`], shown verbatim and not interpreted; a known type of the wrong
//! shape is an error, never a default (E-1).

mod fault;
mod further;
mod read;
pub mod release;
pub mod slsa;
pub mod source;
pub mod summary;

pub use fault::{CODES, PredicateError};

use crate::field::Field;
use crate::json::Value;
use crate::path::Path;
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

/// Reads the predicate of `statement`; its type is compared exactly (H-52).
///
/// # Errors
/// A known type of the wrong shape: where, what was expected, what was found.
pub fn read(statement: &Statement) -> Result<Predicate, PredicateError> {
    let Some(reader) = reader_of(&statement.predicate_type) else { return Ok(Predicate::Unknown) };
    let path = Path::root().member("predicate");
    if let Read::Empty(predicate) = reader {
        return match &statement.predicate {
            None => Ok(predicate),
            Some(value) => {
                let members = Field::at(value, path.clone()).object()?;
                match members.members().next() {
                    None => Ok(predicate),
                    Some((_, first)) => {
                        Err(PredicateError::NotEmpty { path: first.path().clone(), members: members.len() })
                    }
                }
            }
        };
    }
    let Some(value) = &statement.predicate else {
        return if matches!(reader, Read::CosignSign) {
            Ok(Predicate::CosignSign)
        } else {
            Err(PredicateError::Absent)
        };
    };
    let field = Field::at(value, path);
    Ok(match reader {
        Read::Provenance(version) => Predicate::Provenance(Box::new(slsa::provenance(&field, version)?)),
        Read::Summary(version) => {
            for subject in &statement.subjects {
                subject.source_refs()?;
            }
            Predicate::Summary(Box::new(summary::summary(&field, version)?))
        }
        Read::Source(version) => Predicate::SourceProvenance(source::source_provenance(&field, version)?),
        Read::Release(version) => Predicate::Release(release::release(&field, version)?),
        Read::Sbom(format) => Predicate::Sbom(format),
        Read::Empty(predicate) => predicate,
        Read::CosignSign => {
            field.object()?;
            Predicate::CosignSign
        }
        Read::Other(read) => read(&field)?,
    })
}

/// How a predicate of a known type is read.
enum Read {
    Provenance(slsa::ProvenanceVersion),
    Summary(summary::SummaryVersion),
    Source(source::SourceVersion),
    Release(release::ReleaseVersion),
    Sbom(SbomFormat),
    /// Has to be empty or absent.
    Empty(Predicate),
    /// May be absent.
    CosignSign,
    Other(fn(&Field<'_>) -> Result<Predicate, PredicateError>),
}

fn reader_of(predicate_type: &str) -> Option<Read> {
    Some(match predicate_type {
        slsa::V1 => Read::Provenance(slsa::ProvenanceVersion::V1),
        slsa::V0_2 => Read::Provenance(slsa::ProvenanceVersion::V0_2),
        slsa::V0_1 => Read::Provenance(slsa::ProvenanceVersion::V0_1),
        summary::V1 => Read::Summary(summary::SummaryVersion::V1),
        summary::V0_2 => Read::Summary(summary::SummaryVersion::V0_2),
        summary::V0_1 => Read::Summary(summary::SummaryVersion::V0_1),
        "https://in-toto.io/attestation/release/v0.1" => Read::Release(release::ReleaseVersion::V0_1),
        "https://in-toto.io/attestation/release/v0.2" => Read::Release(release::ReleaseVersion::V0_2),
        "https://github.com/npm/attestation/tree/main/specs/publish/v0.1" => {
            Read::Other(|field| Ok(Predicate::NpmPublish(release::npm_publish(field)?)))
        }
        "https://slsa.dev/publish/v0.1" => {
            Read::Other(|field| Ok(Predicate::PolicyPublish(release::policy_publish(field)?)))
        }
        "https://slsa.dev/deployment/v0.1" | "https://in-toto.io/attestation/deployment/v1" => {
            Read::Other(|field| Ok(Predicate::Deployment(release::deployment(field)?)))
        }
        "https://in-toto.io/attestation/svr/v0.1" | "https://in-toto.io/attestation/svr/v0.2" => {
            Read::Other(|field| Ok(Predicate::Svr(release::svr(field)?)))
        }
        "https://sigstore.dev/cosign/sign/v1" => Read::CosignSign,
        "https://in-toto.io/attestation/test-result/v0.1" => {
            Read::Other(|field| Ok(Predicate::TestResult(further::test_result(field)?)))
        }
        "https://in-toto.io/attestation/link/v0.3" => Read::Other(|field| Ok(Predicate::Link(further::link(field)?))),
        "https://in-toto.io/attestation/scai/attribute-report/v0.2"
        | "https://in-toto.io/attestation/scai/v0.3"
        | "https://in-toto.io/attestation/scai/attribute-report/v0.3" => {
            Read::Other(|field| Ok(Predicate::Scai(further::scai(field)?)))
        }
        "https://in-toto.io/attestation/vulns/v0.1" | "https://in-toto.io/attestation/vulns/v0.2" => {
            Read::Other(|field| Ok(Predicate::VulnerabilityScan(further::vulnerabilities(field)?)))
        }
        "https://cosign.sigstore.dev/attestation/vuln/v1" => {
            Read::Other(|field| Ok(Predicate::VulnerabilityScan(further::cosign_vulnerabilities(field)?)))
        }
        "https://in-toto.io/attestation/runtime-trace/v0.1" | "https://in-toto.io/attestation/runtime-trace/v0.2" => {
            Read::Other(|field| Ok(Predicate::RuntimeTrace(further::runtime_trace(field)?)))
        }
        "https://in-toto.io/attestation/reference/v0.1" => {
            Read::Other(|field| Ok(Predicate::Reference(further::references(field)?)))
        }
        other => return reader_of_family(other),
    })
}

/// Types that come in versions, or whose name is not written here.
fn reader_of_family(predicate_type: &str) -> Option<Read> {
    let is_version_of = |family: &str| {
        predicate_type.strip_prefix(family).is_some_and(|rest| {
            rest.is_empty()
                || rest.strip_prefix("/v").is_some_and(|version| {
                    version.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
                })
        })
    };
    if let Some(version) = source::version_of(predicate_type, "source-provenance") {
        Some(Read::Source(version))
    } else if source::version_of(predicate_type, "tag-provenance").is_some() {
        Some(Read::Other(|field| Ok(Predicate::TagProvenance(source::tag_provenance(field)?))))
    } else if is_version_of("https://spdx.dev/Document") {
        Some(Read::Sbom(SbomFormat::Spdx))
    } else if is_version_of("https://cyclonedx.org/bom") {
        Some(Read::Sbom(SbomFormat::CycloneDx))
    } else if is_version_of("https://openvex.dev/ns") {
        Some(Read::Other(|field| Ok(Predicate::OpenVex(further::open_vex(field)?))))
    } else if is_pypi_publish(predicate_type) {
        Some(Read::Empty(Predicate::PypiPublish))
    } else {
        None
    }
}

/// The type of the index's publish attestation holds the name of the index, which is not written here: an https URI of a
/// host of exactly three labels, `docs`, four lower-case letters and `org`, with exactly the path
/// `/attestations/publish/v1` and nothing else (G-6). Whatever else is of that form has to be empty as well, and is
/// taken for what it says it is.
fn is_pypi_publish(predicate_type: &str) -> bool {
    let name =
        predicate_type.strip_prefix("https://docs.").and_then(|rest| rest.strip_suffix(".org/attestations/publish/v1"));
    name.is_some_and(|name| name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The value, for callers that show it.
#[must_use]
pub fn raw(statement: &Statement) -> Option<&Value> {
    statement.predicate.as_ref()
}
