//! A second opinion: `sigstore-verify`, with another crypto library under it, is asked what the corpus asks us. Each
//! difference is explained in `oracle-differences.json`; an explanation that no longer explains anything fails.

mod arithmetic;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sigstore_verify::trust_root::TrustedRoot;
use sigstore_verify::types::{Artifact as OracleArtifact, Bundle, DerPublicKey, Sha256Hash};
use sigstore_verify::{PublicKeyVerificationPolicy, VerificationPolicy, Verifier};
use touchstone_cli::arguments::{Artifact, Request};
use touchstone_report::document::Outcome;
use touchstone_report::question::{Name, Signer, Trust};
use touchstone_tests::corpus::{Case, read_manifest};
use touchstone_tests::corpus_folder;

const KINDS: [&str; 2] = ["sigstore-bundle", "gh-attestation"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    ours: Verdict,
    theirs: Verdict,
    why: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Accepts,
    Refuses,
}

#[test]
fn every_difference_from_the_oracle_is_explained_and_every_explanation_is_true() {
    let Some(folder) = corpus_folder() else { return };
    let explained: BTreeMap<String, Difference> =
        serde_json::from_str(include_str!("../../oracle-differences.json")).expect("oracle-differences.json");
    arithmetic::install();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in read_manifest(&folder).iter().filter(|case| KINDS.contains(&case.kind.as_str())) {
        let Some((theirs, said)) = ask_oracle(case, &folder) else { continue };
        let ours = ask_us(case);
        compared += 1;
        match explained.get(&case.id) {
            None if ours != theirs => wrong.push(format!("{}: we {ours:?}, it {theirs:?}: {said}", case.id)),
            Some(difference) if (difference.ours, difference.theirs) != (ours, theirs) => {
                wrong.push(format!("{}: the explanation is stale: we {ours:?}, it {theirs:?}: {said}", case.id));
            }
            Some(difference) => assert!(difference.ours != difference.theirs && !difference.why.is_empty()),
            None => {}
        }
    }
    println!("{compared} cases compared, {} differences explained", explained.len());
    assert!(compared > 100, "only {compared} cases could be compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn ask_us(case: &Case) -> Verdict {
    let answers = touchstone_cli::run::answers(case.request.as_ref().unwrap()).unwrap();
    let accepted = answers
        .iter()
        .any(|answer| matches!(&answer.result, Ok(document) if document.verdict.outcome == Outcome::Verified));
    if accepted { Verdict::Accepts } else { Verdict::Refuses }
}

/// `None` where the oracle cannot be asked the same: it has no thresholds, no minimum version, no window for a key, no
/// extension to compare, no pattern in our syntax, and nothing to say without an artifact.
fn ask_oracle(case: &Case, folder: &Path) -> Option<(Verdict, String)> {
    let request = case.request.as_ref()?;
    let question = &request.question;
    let thresholds = &question.thresholds;
    let askable = question.extensions.is_empty()
        && question.minimum_bundle_version.is_none()
        && question.key_validity.until.is_none()
        && thresholds.observer_timestamps.is_none()
        && thresholds.timestamp_authorities.is_none_or(|threshold| threshold <= 1)
        && thresholds.transparency_logs.is_none_or(|threshold| threshold <= 1)
        && !matches!(&question.signer, Signer::Certificate { identity: Name::Pattern(_), .. });
    let artifact = artifact(request)?;
    arithmetic::forget();
    askable.then(|| match verify(request, folder, &artifact) {
        Ok(()) => (Verdict::Accepts, String::new()),
        Err(said) => (Verdict::Refuses, said),
    })
}

enum Given {
    Bytes(Vec<u8>),
    Digest(Sha256Hash),
}

fn artifact(request: &Request) -> Option<Given> {
    match &request.artifact {
        Artifact::File(path) => Some(Given::Bytes(std::fs::read(path).unwrap())),
        Artifact::Digest(text) => Sha256Hash::from_hex(text.strip_prefix("sha256:")?).ok().map(Given::Digest),
        Artifact::None | Artifact::Waived => None,
    }
}

fn verify(request: &Request, folder: &Path, artifact: &Given) -> Result<(), String> {
    let root = match request.question.trust {
        Trust::PublicGood | Trust::Automatic | Trust::KeyAlone => folder.join("roots/production.json"),
        Trust::Staging => folder.join("roots/staging.json"),
        Trust::GitHub => folder.join("roots/github.json"),
        Trust::File => request.trusted_root.clone().unwrap(),
    };
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let root = TrustedRoot::from_json(&std::fs::read_to_string(root).unwrap()).map_err(|error| said(&error))?;
    let text = String::from_utf8(std::fs::read(&request.bundle).unwrap()).map_err(|error| said(&error))?;
    let bundle = Bundle::from_json(&text).map_err(|error| said(&error))?;
    let verifier = Verifier::new(&root).map_err(|error| said(&error))?;
    let artifact = match artifact {
        Given::Bytes(bytes) => OracleArtifact::from_blob(bytes),
        Given::Digest(digest) => OracleArtifact::from_digest(digest),
    };
    match request.keys.first() {
        Some(key) => {
            let pem = std::fs::read_to_string(key).map_err(|error| said(&error))?;
            let key = DerPublicKey::from_pem(&pem).map_err(|error| said(&error))?;
            let policy = PublicKeyVerificationPolicy::new(key);
            let policy = if request.question.thresholds.transparency_logs == Some(0) {
                policy.skip_tlog_unsafe()
            } else {
                policy
            };
            verifier.verify(artifact, &bundle, &policy).map(drop).map_err(|error| said(&error))
        }
        None => verifier.verify(artifact, &bundle, &policy(request)?).map(drop).map_err(|error| said(&error)),
    }
}

fn policy(request: &Request) -> Result<VerificationPolicy, String> {
    let mut policy = VerificationPolicy::any_identity();
    if let Signer::Certificate { identity, issuer } = &request.question.signer {
        for (name, is_issuer) in [(Some(identity), false), (issuer.as_ref(), true)] {
            policy = match name {
                None => policy,
                Some(Name::Pattern(_)) => return Err("a pattern".to_owned()),
                Some(Name::Exact(text)) if is_issuer => policy.require_issuer(text.as_str()),
                Some(Name::Exact(text)) => policy.require_identity(text.as_str()),
            };
        }
    }
    if request.question.thresholds.transparency_logs == Some(0) {
        policy = policy.skip_tlog_unsafe();
    }
    if request.question.thresholds.signed_certificate_timestamps == Some(0) {
        policy = policy.skip_sct();
    }
    Ok(policy)
}
