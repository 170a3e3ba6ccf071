//! The bundles in a file or an answer, as exact slices of it: nothing is parsed and printed again, so that what is
//! verified is what was given (H-37).

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::json;
use crate::kind::Kind;
use crate::limits;
use crate::words::{quoted, words};

/// One bundle of several, for the person to choose from. What it says of itself is unverified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// What the bundle says that it holds, in words: "SLSA provenance".
    pub label: String,
    /// More of the same: the first subject's name; may be empty.
    pub detail: String,
    /// Whether it is signed by a key instead of a certificate, so that a key must be given to check it.
    pub needs_key: bool,
    /// Whether its outline could be read.
    pub readable: bool,
}

/// The bundle that is checked unless the person chooses another: the first readable one that needs no key, else the
/// first readable one, else the first.
#[must_use]
pub fn default_candidate(candidates: &[Candidate]) -> usize {
    candidates
        .iter()
        .position(|one| one.readable && !one.needs_key)
        .or_else(|| candidates.iter().position(|one| one.readable))
        .unwrap_or(0)
}

/// The bytes of bundle number `index` in `file`, exactly as they stand there. A file that holds one bundle, or that the
/// person calls a bundle, is its own number 0.
#[must_use]
pub fn bundle_at(kind: Kind, file: &[u8], index: usize) -> Option<&[u8]> {
    match kind {
        Kind::BundleLines | Kind::GitHubAttestations => slices(kind, file).get(index).copied(),
        _ => (index == 0).then_some(without_mark(file)),
    }
}

/// A byte order mark is no content.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Every bundle in `file`, at most [`limits::MAX_BUNDLES`].
pub(crate) fn slices(kind: Kind, file: &[u8]) -> Vec<&[u8]> {
    match kind {
        Kind::BundleLines => lines(file).take(limits::MAX_BUNDLES).collect(),
        Kind::GitHubAttestations => wrapped(file).take(limits::MAX_BUNDLES).collect(),
        Kind::Bundle | Kind::BrokenBundle => vec![without_mark(file)],
        kind if kind.is_checked_whole() => vec![without_mark(file)],
        _ => Vec::new(),
    }
}

/// What each bundle says of itself.
pub(crate) fn candidates(kind: Kind, file: &[u8]) -> Vec<Candidate> {
    if kind.is_checked_whole() {
        return vec![whole(kind)];
    }
    slices(kind, file).into_iter().map(describe).collect()
}

/// Evidence whose parts belong together: the core takes it apart, and gives one answer.
fn whole(kind: Kind) -> Candidate {
    Candidate {
        label: words(kind).name.to_owned(),
        detail: String::new(),
        needs_key: matches!(kind, Kind::DsseEnvelope | Kind::DsseEnvelopeLines | Kind::CloudBuildDescription),
        readable: true,
    }
}

/// Lines that are not blank, without their line ends.
pub(crate) fn lines(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    without_mark(file).split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

// {"attestations":[{"bundle":{…}|null, …}]}: the answer of GitHub's API (G-22).
#[derive(Deserialize)]
struct Wrapper<'a> {
    #[serde(borrow)]
    attestations: Vec<Wrapped<'a>>,
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow, default)]
    bundle: Option<&'a RawValue>,
}

/// The bundles of an answer of GitHub's API.
pub(crate) fn wrapped(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    json::read::<Wrapper<'_>>(without_mark(file))
        .into_iter()
        .flat_map(|wrapper| wrapper.attestations)
        .filter_map(|one| one.bundle)
        .filter(|bundle| bundle.get() != "null")
        .map(|bundle| bundle.get().as_bytes())
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Sketch<'a> {
    #[serde(borrow)]
    verification_material: Option<Material<'a>>,
    dsse_envelope: Option<Envelope>,
    #[serde(borrow)]
    payload_type: Option<&'a RawValue>,
    #[serde(borrow)]
    media_type: Option<&'a RawValue>,
    #[serde(borrow)]
    message_signature: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Material<'a> {
    #[serde(borrow)]
    public_key: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    payload: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Statement {
    predicate_type: String,
    subject: Vec<Subject>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Subject {
    name: String,
}

fn describe(bundle: &[u8]) -> Candidate {
    let Some(sketch) = json::read::<Sketch<'_>>(bundle) else {
        return Candidate {
            label: "A bundle that cannot be read".to_owned(),
            detail: String::new(),
            needs_key: false,
            readable: false,
        };
    };
    let has_material = sketch.verification_material.is_some();
    let needs_key = sketch.verification_material.is_some_and(|one| one.public_key.is_some());
    // A line of such a file may be a bare envelope.
    if sketch.payload_type.is_some() {
        return whole(Kind::DsseEnvelope);
    }
    let statement = sketch.dsse_envelope.as_ref().and_then(statement_of);
    let (label, detail) = match (&statement, sketch.message_signature) {
        (Some(statement), _) => (
            predicate_words(&statement.predicate_type),
            statement.subject.first().map(|one| quoted(&one.name)).unwrap_or_default(),
        ),
        (None, Some(_)) => ("Signature of a file".to_owned(), String::new()),
        (None, None) => ("A bundle".to_owned(), String::new()),
    };
    // A line of a file may be anything.
    let readable = sketch.media_type.is_some() || has_material || sketch.dsse_envelope.is_some();
    Candidate { label, detail, needs_key, readable }
}

fn statement_of(envelope: &Envelope) -> Option<Statement> {
    let payload = [&STANDARD, &URL_SAFE, &STANDARD_NO_PAD, &URL_SAFE_NO_PAD]
        .iter()
        .find_map(|alphabet| alphabet.decode(&envelope.payload).ok())?;
    json::read(&payload)
}

fn predicate_words(predicate: &str) -> String {
    match predicate {
        "https://slsa.dev/provenance/v1" => "SLSA provenance v1".to_owned(),
        "https://slsa.dev/provenance/v0.2" => "SLSA provenance v0.2".to_owned(),
        "https://github.com/npm/attestation/tree/main/specs/publish/v0.1" => "npm publish attestation".to_owned(),
        "https://in-toto.io/attestation/release/v0.1" => "Release attestation".to_owned(),
        "https://slsa.dev/verification_summary/v1" => "Verification summary".to_owned(),
        "https://spdx.dev/Document/v2.3" | "https://spdx.dev/Document" => "SPDX bill of materials".to_owned(),
        "https://cyclonedx.org/bom" => "CycloneDX bill of materials".to_owned(),
        "" => "A statement without a type".to_owned(),
        other => quoted(other),
    }
}
