//! Release, publish and deployment statements (E-50 to E-54, G-11, G-6).

use crate::json::Value;
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
}

/// slsa-policy publish attestation (E.8).
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyPublish {
    /// As written.
    pub creation_time: Option<String>,
    /// `package`: as written.
    pub package: Option<Value>,
    /// `properties["slsa.dev/build/level"]`.
    pub build_level: Option<u64>,
}

/// slsa-policy deployment attestation (E-53).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// As written.
    pub creation_time: Option<String>,
    /// Scopes: (type, value). Only types that E-53 lists; another one is a [`crate::predicate::PredicateError`].
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
}
