//! `manifest.json` of a corpus folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use touchstone_cli::arguments::{Artifact, Request};
use touchstone_report::question::{KeyValidity, Name, Question, Scope, Signer, Thresholds, Trust};

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
    key_valid_from: Option<String>,
    key_valid_until: Option<String>,
    source_uri: Option<String>,
    builder_id: Option<String>,
}

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
        let (trust, trusted_root) = match self.trusted_root.as_deref() {
            Some("production") | None => (Trust::PublicGood, None),
            Some("staging") => (Trust::Staging, None),
            Some("github") => (Trust::GitHub, None),
            Some(path) => (Trust::File, Some(folder.join(path))),
        };
        Some(Request {
            question: Question {
                signer: self.signer(),
                extensions: self.policy.extensions(),
                thresholds: self.policy.thresholds(),
                trust,
                minimum_bundle_version: self.policy.min_bundle_version.clone(),
                key_validity: KeyValidity {
                    from: self.policy.key_valid_from.clone(),
                    until: self.policy.key_valid_until.clone(),
                },
                key_details: None,
                scope: if self.policy.signature_only { Scope::SignatureOnly } else { Scope::Whole },
                ..Question::default()
            },
            bundle,
            artifact: self.artifact(folder),
            key: self.key.as_deref().map(|key| folder.join(key)),
            trusted_root,
            ..Request::default()
        })
    }

    /// The signer to demand. A case that names a builder demands it at a release tag, as slsa-verifier does (E-21).
    fn signer(&self) -> Signer {
        if self.key.is_some() {
            return Signer::Key;
        }
        let Some(identity) = &self.identity else { return Signer::Anybody };
        let name = match &self.policy.builder_id {
            Some(builder) => Name::Pattern(format!(r"{}@refs/tags/v\d+\.\d+\.\d+", escaped(builder))),
            None => Name::Exact(identity.san.clone()),
        };
        Signer::Certificate { identity: name, issuer: identity.issuer.clone().map(Name::Exact) }
    }

    /// The artifact. A case without one asks about the statement alone. A `sha256:` of the wrong length names nothing that
    /// could be compared (A-3), so such a case too is asked without an artifact.
    fn artifact(&self, folder: &Path) -> Artifact {
        match self.artifact.as_deref() {
            None => Artifact::Waived,
            Some(text) => match Artifact::from_argument(text) {
                Artifact::File(_) if text.starts_with("sha256:") => Artifact::None,
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
