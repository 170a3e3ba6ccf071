//! `manifest.json` of a corpus folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use touchstone_cli::arguments::{Artifact, Request};
use touchstone_report::question::{Expect, KeyValidity, Name, Publisher, Question, Scope, Signer, Thresholds, Trust};

/// One case: a request as a person would put it, and the verdict that is right.
#[derive(Clone, Debug)]
pub struct Case {
    /// Stable name.
    pub id: String,
    /// `sigstore-bundle`, `gh-attestation`, …
    pub kind: String,
    /// What is asked; `None` when the case has no bundle to ask about.
    pub request: Option<Request>,
    /// The right verdict.
    pub expected: Expected,
    /// Why, in the words of whoever collected the case.
    pub reason: String,
}

/// The verdict that is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Verified.
    Pass,
    /// Rejected.
    Fail,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    kind: String,
    files: BTreeMap<String, String>,
    artifact: Option<String>,
    trusted_root: Option<String>,
    key: Option<String>,
    identity: Option<Identity>,
    #[serde(default)]
    policy: Policy,
    expect: String,
    expect_offline: Option<String>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize)]
struct Identity {
    san: String,
    issuer: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Policy {
    tlog_threshold: Option<u32>,
    ctlog_threshold: Option<u32>,
    tsa_threshold: Option<u32>,
    timestamp_threshold: Option<u32>,
    min_bundle_version: Option<String>,
    signature_only: bool,
    /// The signature of a key and nothing else: the collector looked at no more than that.
    key_only: bool,
    key_valid_from: Option<String>,
    key_valid_until: Option<String>,
    source_uri: Option<String>,
    source_branch: Option<String>,
    source_tag: Option<String>,
    source_versioned_tag: Option<String>,
    builder_id: Option<String>,
    build_workflow_inputs: BTreeMap<String, String>,
    package: Option<String>,
    package_name: Option<String>,
    package_version: Option<String>,
    distribution_name: Option<String>,
    publisher: Option<WrittenPublisher>,
    resource_uri: Option<String>,
    verified_levels: Vec<String>,
    verifier_id: Option<String>,
    subject_digests: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct WrittenPublisher {
    kind: String,
    repository: Option<String>,
    #[serde(alias = "workflow_filepath")]
    workflow: Option<String>,
    environment: Option<String>,
    email: Option<String>,
}

/// The kinds whose cases are asked as a person asks about a bundle: by the signer's name, and by what the certificate says.
/// All others are asked by what the statement must say.
const BY_NAME: [&str; 2] = ["sigstore-bundle", "gh-attestation"];

/// The kinds that belong to no instance of Sigstore where a key is given: the key alone judges.
const BY_KEY: [&str; 3] = ["gcb-provenance", "vsa", "dsse-key-signed"];

/// Reads the cases of `folder`, in the order of the manifest.
///
/// # Panics
/// When the manifest cannot be read or is not of the known form.
#[must_use]
pub fn read_manifest(folder: &Path) -> Vec<Case> {
    let path = folder.join("manifest.json");
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let written: Vec<Written> =
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    written.into_iter().map(|case| case.read(folder)).collect()
}

impl Written {
    fn read(self, folder: &Path) -> Case {
        let expected = match self.expect_offline.as_deref().unwrap_or(&self.expect) {
            "pass" => Expected::Pass,
            "fail" => Expected::Fail,
            other => panic!("{}: neither pass nor fail: {other}", self.id),
        };
        Case { request: self.request(folder), id: self.id, kind: self.kind, expected, reason: self.reason }
    }

    fn request(&self, folder: &Path) -> Option<Request> {
        let bundle = folder.join(self.files.get("bundle")?);
        let by_key = self.key.is_some() && BY_KEY.contains(&self.kind.as_str());
        let (trust, trusted_root) = match self.trusted_root.as_deref() {
            _ if by_key => (Trust::Automatic, None),
            Some("production") | None => (Trust::PublicGood, None),
            Some("staging") => (Trust::Staging, None),
            Some("github") => (Trust::GitHub, None),
            Some(path) => (Trust::File, Some(folder.join(path))),
        };
        Some(Request {
            question: Question {
                signer: self.signer(),
                extensions: if self.by_name() { self.policy.extensions() } else { Vec::new() },
                expect: if self.by_name() { Expect::default() } else { self.expect() },
                thresholds: self.policy.thresholds(),
                trust,
                minimum_bundle_version: self.policy.min_bundle_version.clone(),
                key_validity: KeyValidity {
                    from: self.policy.key_valid_from.clone(),
                    until: self.policy.key_valid_until.clone(),
                },
                key_details: None,
                scope: if self.policy.signature_only || self.policy.key_only {
                    Scope::SignatureOnly
                } else {
                    Scope::Whole
                },
                builders: Vec::new(),
            },
            bundle,
            artifact: self.artifact(folder),
            keys: self.key.iter().map(|key| folder.join(key)).collect(),
            trusted_root,
            ..Request::default()
        })
    }

    /// The signer to demand. A case that names a builder demands it at a release tag, as slsa-verifier does (E-21).
    fn signer(&self) -> Signer {
        // A key beside a name is a registry's, for what it says itself.
        if self.key.is_some() && (self.by_name() || self.identity.is_none()) {
            return Signer::Key;
        }
        let Some(identity) = &self.identity else { return Signer::Anybody };
        // The certificate's name is only noted there: what decides is what the policy expects.
        if !self.by_name() && (self.policy.source_uri.is_some() || self.policy.builder_id.is_some()) {
            return Signer::Implied;
        }
        let name = match &self.policy.builder_id {
            Some(builder) => Name::Pattern(format!(r"{}@refs/tags/v\d+\.\d+\.\d+", escaped(builder))),
            None => Name::Exact(identity.san.clone()),
        };
        Signer::Certificate { identity: name, issuer: identity.issuer.clone().map(Name::Exact) }
    }

    fn by_name(&self) -> bool {
        BY_NAME.contains(&self.kind.as_str())
    }

    /// What the statement must say.
    fn expect(&self) -> Expect {
        let policy = &self.policy;
        let package = policy.package.as_deref().and_then(|purl| purl.strip_prefix("pkg:npm/")?.rsplit_once('@'));
        let pair = |text: &str| {
            let (algorithm, value) = text.split_once(':').unwrap_or_else(|| panic!("{}: no digest: {text}", self.id));
            (algorithm.to_owned(), value.to_owned())
        };
        // A commit is no file: it must be a subject of the statement.
        let commit = self.artifact.as_deref().filter(|artifact| artifact.starts_with("gitCommit:"));
        let digests = policy.subject_digests.as_ref().map(|all| all.iter().map(|text| pair(text)).collect());
        Expect {
            source_uri: policy.source_uri.clone(),
            source_branch: policy.source_branch.clone(),
            source_tag: policy.source_tag.clone(),
            source_versioned_tag: policy.source_versioned_tag.clone(),
            builder_id: policy.builder_id.clone(),
            workflow_inputs: policy.build_workflow_inputs.clone().into_iter().collect(),
            package_name: policy.package_name.clone().or_else(|| package.map(|(name, _)| name.replacen("%40", "@", 1))),
            package_version: policy.package_version.clone().or_else(|| package.map(|(_, version)| version.to_owned())),
            distribution_name: policy.distribution_name.clone(),
            publisher: policy.publisher.as_ref().map(|publisher| Publisher {
                kind: publisher.kind.clone(),
                repository: publisher.repository.clone(),
                workflow: publisher.workflow.clone(),
                environment: publisher.environment.clone(),
                email: publisher.email.clone(),
            }),
            resource_uri: policy.resource_uri.clone(),
            verified_levels: policy.verified_levels.clone(),
            verifier_id: policy.verifier_id.clone(),
            subject_digests: digests.or_else(|| commit.map(|text| vec![pair(text)])),
            predicate_type: None,
        }
    }

    /// The artifact. A case without one asks about the statement alone. A `sha256:` of the wrong length names nothing that
    /// could be compared (A-3), so such a case too is asked without an artifact.
    fn artifact(&self, folder: &Path) -> Artifact {
        match self.artifact.as_deref() {
            None => Artifact::Waived,
            Some(text) => match Artifact::from_argument(text) {
                Artifact::File(_) if text.starts_with("gitCommit:") => Artifact::Waived,
                Artifact::Digest(digest) if digest.len() != "sha256:".len() + 64 && digest.starts_with("sha256:") => {
                    Artifact::None
                }
                Artifact::File(_) => Artifact::File(folder.join(text)),
                other => other,
            },
        }
    }
}

impl Policy {
    fn thresholds(&self) -> Thresholds {
        Thresholds {
            transparency_logs: self.tlog_threshold,
            signed_certificate_timestamps: self.ctlog_threshold,
            timestamp_authorities: self.tsa_threshold,
            observer_timestamps: self.timestamp_threshold,
        }
    }

    /// The source demanded is the certificate's source repository, exactly (E-22).
    fn extensions(&self) -> Vec<(String, String)> {
        let source = self.source_uri.as_deref().map(|uri| format!("https://{}", uri.trim_start_matches("https://")));
        source.into_iter().map(|uri| ("source-repository-uri".to_owned(), uri)).collect()
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if "\\.+*?()|[]{}^$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
