//! Bills of materials: SPDX 2.2 and 2.3, CycloneDX 1.4 to 1.7, both in JSON (E-52). Not believed.
//!
//! Only what connects a list of components to artifacts is read: names, versions, package URLs, digests, and which
//! component the list is about. Licences, vulnerabilities and the rest are left unread.

mod cyclonedx;
mod fault;
mod spdx;

pub use fault::{CODES, SbomError};

use crate::field::{Field, FieldError};
use crate::json::{self, Limits, Value};
use crate::limits::{MAX_COMPONENTS, MAX_JSON_DEPTH, MAX_SBOM_BYTES, MAX_SBOM_NODES};
use crate::path::Path;
use crate::predicate::{PredicateError, SbomFormat};
use crate::statement::{Statement, SubjectDigest};
use crate::uri::Purl;

/// A parsed bill of materials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sbom {
    /// Which of the two.
    pub format: SbomFormat,
    /// `2.2`, `2.3`; `1.4` to `1.7`.
    pub version: String,
    /// SPDX: the document's name.
    pub name: Option<String>,
    /// Positions in `components` of those that the list is about: SPDX's described elements, CycloneDX's
    /// `metadata.component`. May be empty.
    pub described: Vec<usize>,
    /// Packages and files, nested ones flattened; at most 100,000.
    pub components: Vec<Component>,
    /// Dependencies and containment between components, by reference. References may lead to elements outside.
    pub relations: Vec<Relation>,
}

/// One component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// `SPDXID` or `bom-ref`; unique in its document.
    pub reference: Option<String>,
    /// Package or file.
    pub kind: ComponentKind,
    /// Name as written; CycloneDX's `group` comes before it, with a slash.
    pub name: String,
    /// Version as written.
    pub version: Option<String>,
    /// Package URL as written. A label, no identity (E-55).
    pub purl: Option<String>,
    /// What is wrong with the package URL.
    pub purl_problem: Option<PurlProblem>,
    /// Digests; the algorithm in the spelling of in-toto (`sha256`), the value as written, in hexadecimal.
    pub digests: Vec<SubjectDigest>,
    /// Where it is, e.g. `$.packages[3]`.
    pub path: String,
}

/// What a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ComponentKind {
    /// SPDX package; CycloneDX component of any type but `file`.
    Package,
    /// A file.
    File,
}

/// What is wrong with the package URL of a component. The document is not refused for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PurlProblem {
    /// Not a package URL.
    Malformed,
    /// It names another digest than the component does: one of the two is wrong.
    OtherDigest {
        /// The algorithm of both.
        algorithm: String,
        /// The digest in the package URL.
        purl: String,
        /// The digest of the component.
        component: String,
    },
}

/// A relation between two elements of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Reference of the one that depends or contains.
    pub from: String,
    /// Reference of the one that it needs or that it holds.
    pub to: String,
    /// Which of the two.
    pub kind: RelationKind,
}

/// Kind of a [`Relation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RelationKind {
    /// `from` needs `to`.
    DependsOn,
    /// `from` contains `to`.
    Contains,
}

impl Sbom {
    /// Reads a file.
    ///
    /// # Errors
    /// Not JSON, more than 50 MB, neither of the two formats, another version, more than 100,000 components, a
    /// reference twice, a digest that is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, SbomError> {
        let limits = Limits { bytes: MAX_SBOM_BYTES, depth: MAX_JSON_DEPTH, nodes: MAX_SBOM_NODES };
        Self::read(&Field::root(&json::parse(bytes, limits)?))
    }

    /// Reads the predicate of a statement whose type says that it is a bill of materials: an object, or for SPDX also a
    /// string that holds the document.
    ///
    /// # Errors
    /// As [`Sbom::parse`]; no predicate; the other format than `format`.
    pub fn of_predicate(statement: &Statement, format: SbomFormat) -> Result<Self, SbomError> {
        let path = Path::root().member("predicate");
        let sbom = match &statement.predicate {
            None => return Err(SbomError::Predicate(PredicateError::Absent)),
            Some(Value::String(text)) if format == SbomFormat::Spdx => {
                let limits = Limits { bytes: MAX_SBOM_BYTES, depth: MAX_JSON_DEPTH, nodes: MAX_SBOM_NODES };
                let document = json::parse(text.as_bytes(), limits)?;
                Self::read(&Field::at(&document, path.embedded()))?
            }
            Some(value) => Self::read(&Field::at(value, path.clone()))?,
        };
        if sbom.format == format { Ok(sbom) } else { Err(SbomError::OtherFormat { path, announced: format }) }
    }

    /// Reads a document that is parsed already.
    ///
    /// # Errors
    /// As [`Sbom::parse`], but for JSON and its size.
    pub fn read(root: &Field<'_>) -> Result<Self, SbomError> {
        let object = root.object()?;
        match (object.get("spdxVersion"), object.get("bomFormat")) {
            (Some(_), Some(_)) => Err(SbomError::TwoFormats { path: root.path().clone() }),
            (Some(_), None) => spdx::read(&object),
            (None, Some(_)) => cyclonedx::read(&object),
            (None, None) => Err(SbomError::UnknownFormat { path: root.path().clone() }),
        }
    }

    /// The component with this reference.
    #[must_use]
    pub fn component(&self, reference: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.reference.as_deref() == Some(reference))
    }
}

/// Components as they are read: counted, each reference once.
#[derive(Default)]
struct Components {
    list: Vec<Component>,
    references: std::collections::BTreeMap<String, usize>,
}

impl Components {
    fn push(&mut self, component: Component, path: &Path) -> Result<(), SbomError> {
        if self.list.len() >= MAX_COMPONENTS {
            return Err(SbomError::TooManyComponents { path: path.clone(), limit: MAX_COMPONENTS });
        }
        if let Some(reference) = &component.reference
            && self.references.insert(reference.clone(), self.list.len()).is_some()
        {
            return Err(SbomError::DuplicateReference { path: path.clone(), found: reference.clone() });
        }
        self.list.push(component);
        Ok(())
    }
}

/// One digest; hexadecimal, and as long as its algorithm says, where that is known.
fn digest(algorithm: &Field<'_>, value: &Field<'_>) -> Result<SubjectDigest, SbomError> {
    let algorithm = algorithm_name(algorithm.filled_string()?);
    let text = value.filled_string()?;
    let length = match algorithm.as_str() {
        "md5" => 32,
        "sha1" => 40,
        "sha224" => 56,
        "sha256" => 64,
        "sha384" => 96,
        "sha512" => 128,
        _ => text.len(),
    };
    if text.len() != length || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let (path, found) = (value.path().clone(), text.to_owned());
        return Err(SbomError::Digest { path, algorithm, found });
    }
    Ok(SubjectDigest { algorithm, value: text.to_owned() })
}

/// `SHA256` of SPDX and `SHA-256` of CycloneDX are `sha256` in a digest set (B-100); others in lower case.
fn algorithm_name(text: &str) -> String {
    let name = text.to_ascii_lowercase();
    match name.strip_prefix("sha-") {
        Some(bits) => format!("sha{bits}"),
        None => name,
    }
}

/// What is wrong with the package URL of a thing with these digests; `None` also without a package URL.
#[must_use]
pub fn purl_problem(purl: Option<&str>, digests: &[SubjectDigest]) -> Option<PurlProblem> {
    let Ok(purl) = Purl::parse(purl?) else { return Some(PurlProblem::Malformed) };
    // An image's version is its digest: pkg:oci/name@sha256:…
    let version = purl.version.as_deref().filter(|_| matches!(purl.package_type.as_str(), "oci" | "docker"));
    let version = version.and_then(|version| version.split_once(':'));
    let version = version.map(|(algorithm, value)| (algorithm.to_owned(), value.to_owned()));
    let mut named = purl.checksums.iter().chain(&version);
    named.find_map(|(algorithm, value)| {
        let algorithm = algorithm_name(algorithm);
        let own = digests.iter().find(|digest| digest.algorithm == algorithm)?;
        (!own.value.eq_ignore_ascii_case(value)).then(|| PurlProblem::OtherDigest {
            algorithm,
            purl: value.clone(),
            component: own.value.clone(),
        })
    })
}

/// The text, and nothing for SPDX's two ways to say nothing.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !matches!(text.as_str(), "NOASSERTION" | "NONE"))
}

impl From<FieldError> for SbomError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

impl From<json::Error> for SbomError {
    fn from(error: json::Error) -> Self {
        Self::Json(error)
    }
}
