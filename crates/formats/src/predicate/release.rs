//! Release, publish and deployment statements (E-50 to E-54, G-11, G-6).

use super::PredicateError;
use super::read::{Reader, identifier};
use crate::field::{Field, FieldError};
use crate::json::Value;
use crate::limits::MAX_NAMES;
use crate::resource::ResourceDescriptor;

/// GitHub release attestation, v0.1 or v0.2 (E-50).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// `repository`: owner/name.
    pub repository: String,
    /// `repositoryId`.
    pub repository_id: Option<String>,
    /// `ownerId`.
    pub owner_id: Option<String>,
    /// `tag`.
    pub tag: String,
    /// `purl`.
    pub purl: Option<String>,
    /// `releaseId` or `databaseId`.
    pub release_id: Option<String>,
    /// `packageId`, v0.2 only.
    pub package_id: Option<String>,
    /// Paths of unknown members.
    pub unknown_fields: Vec<String>,
}

/// npm publish attestation (G-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpmPublish {
    /// Package name, with scope.
    pub name: String,
    /// Version.
    pub version: String,
    /// Registry URL.
    pub registry: String,
    /// Paths of unknown members.
    pub unknown_fields: Vec<String>,
}

/// slsa-policy publish attestation (E.8).
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyPublish {
    /// As written.
    pub creation_time: String,
    /// `package`: as written.
    pub package: Option<Value>,
    /// `properties["slsa.dev/build/level"]`.
    pub build_level: Option<u64>,
}

/// slsa-policy deployment attestation (E-53).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// As written.
    pub creation_time: String,
    /// Scopes: (type, value), joined by AND; an empty value limits nothing. Only types that E-53 lists; another one is a [`crate::predicate::PredicateError`].
    pub scopes: Vec<(String, String)>,
    /// `decisionDetails.evidence`; ignored for any decision (E-53).
    pub evidence: Vec<ResourceDescriptor>,
    /// `decisionDetails.policy`; ignored for any decision (E-53).
    pub policy: Vec<ResourceDescriptor>,
}

/// Simple verification result (E-52).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svr {
    /// `verifier.id`.
    pub verifier_id: String,
    /// As written.
    pub time_created: Option<String>,
    /// `properties`.
    pub properties: Vec<String>,
    /// v0.2 `verifier.policies`.
    pub policies: Vec<ResourceDescriptor>,
}

/// The types of scope that slsa-policy defines (E-53).
pub const SCOPE_TYPES: [&str; 8] = [
    "kubernetes.io/pod/service_account/v1",
    "kubernetes.io/pod/cluster_id/v1",
    "kubernetes.io/pod/cluster_name/v1",
    "kubernetes.io/pod/namespace/v1",
    "cloud.google.com/service_account/v1",
    "cloud.google.com/location/v1",
    "cloud.google.com/project_id/v1",
    "spiffe.io/id/v1",
];

/// Version of a release attestation (E-50).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReleaseVersion {
    /// v0.1, with `releaseId`.
    V0_1,
    /// v0.2, with `databaseId` and `packageId`.
    V0_2,
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn release(predicate: &Field<'_>, version: ReleaseVersion) -> Result<Release, PredicateError> {
    let mut reader = Reader::default();
    let (release_id, package_id) = match version {
        ReleaseVersion::V0_1 => ("releaseId", None),
        ReleaseVersion::V0_2 => ("databaseId", Some("packageId")),
    };
    let mut known = vec!["ownerId", "purl", "repository", "repositoryId", "tag", release_id];
    known.extend(package_id);
    let root = reader.object(predicate, &known)?;
    Ok(Release {
        repository: root.required_text("repository")?,
        repository_id: identifier(&root, "repositoryId")?,
        owner_id: identifier(&root, "ownerId")?,
        tag: root.required_text("tag")?,
        purl: root.text("purl")?,
        release_id: identifier(&root, release_id)?,
        package_id: package_id.map_or(Ok(None), |key| identifier(&root, key))?,
        unknown_fields: reader.unknown,
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn npm_publish(predicate: &Field<'_>) -> Result<NpmPublish, PredicateError> {
    let mut reader = Reader::default();
    let root = reader.object(predicate, &["name", "version", "registry"])?;
    Ok(NpmPublish {
        name: root.required_text("name")?,
        version: root.required_text("version")?,
        registry: root.required_text("registry")?,
        unknown_fields: reader.unknown,
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn policy_publish(predicate: &Field<'_>) -> Result<PolicyPublish, PredicateError> {
    let root = predicate.object()?;
    let properties = root.get("properties").map(|field| field.object()).transpose()?;
    let level = properties.and_then(|properties| properties.get("slsa.dev/build/level"));
    Ok(PolicyPublish {
        creation_time: root.required_text("creationTime")?,
        package: root.get("package").map(|field| field.value().clone()),
        build_level: level.map(|field| field.integer().map(i64::unsigned_abs)).transpose()?,
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn deployment(predicate: &Field<'_>) -> Result<Deployment, PredicateError> {
    let mut reader = Reader::default();
    let root = predicate.object()?;
    let mut scopes = Vec::new();
    if let Some(field) = root.get("scopes") {
        for (scope_type, value) in field.object()?.members() {
            if !SCOPE_TYPES.contains(&scope_type) {
                return Err(PredicateError::UnknownScope { path: value.path().clone(), found: scope_type.to_owned() });
            }
            scopes.push((scope_type.to_owned(), value.string()?.to_owned()));
        }
    }
    // E-53: ignored for any decision, its shape as well.
    let details = root.get("decisionDetails").and_then(|field| field.object().ok());
    let mut listed = |key: &str| {
        let read = details.as_ref().map(|object| reader.descriptors(object, key));
        read.and_then(Result::ok).unwrap_or_default()
    };
    Ok(Deployment {
        // What has no time is of another shape: without scopes it would approve everything.
        creation_time: root.required_text("creationTime")?,
        scopes,
        evidence: listed("evidence"),
        policy: listed("policy"),
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn svr(predicate: &Field<'_>) -> Result<Svr, PredicateError> {
    let mut reader = Reader::default();
    let root = predicate.object()?;
    let verifier = root.required("verifier")?.object()?;
    let properties = root.required("properties")?.array(MAX_NAMES)?;
    Ok(Svr {
        verifier_id: verifier.required_text("id")?,
        time_created: root.text("timeCreated")?,
        properties: properties
            .iter()
            .map(|field| Ok(field.filled_string()?.to_owned()))
            .collect::<Result<_, FieldError>>()?,
        policies: reader.descriptors(&verifier, "policies")?,
    })
}
