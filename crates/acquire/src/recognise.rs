//! Recognition by content. Safe for streams: a large file is judged by its first bytes and never read whole.

use serde::{Deserialize, Serialize};

use crate::bundles::{self, Candidate, without_mark};
use crate::json::{self, Outline};
use crate::kind::{Kind, Role};
use crate::limits::{self, MAX_LINES};
use crate::words::words;

/// What something was recognised as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recognised {
    /// What the content is.
    pub kind: Kind,
    /// What it is used for unless the person says otherwise.
    pub role: Role,
    /// What it is, in words: "Sigstore bundle v0.3".
    pub name: String,
    /// What to do with it here: a sentence or two; may be empty.
    pub advice: String,
    /// The bundles it holds; empty unless the role is [`Role::Bundle`].
    pub bundles: Vec<Candidate>,
}

/// What the first bytes say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstLook {
    /// The head was enough.
    Decided(Recognised),
    /// It may be evidence, and it is small enough: read it whole and call [`recognise`].
    ReadWhole,
}

/// Judges a file of `size` bytes by its first bytes, of which [`limits::HEAD_BYTES`] are enough. `name` only helps
/// where content alone cannot tell damaged evidence from another file.
#[must_use]
pub fn first_look(name: &str, head: &[u8], size: u64) -> FirstLook {
    if let Some(kind) = binary(head).or_else(|| short_text(head)) {
        return FirstLook::Decided(decided(kind, name));
    }
    let most = if is_bill(head) { limits::MAX_BILL_BYTES } else { limits::MAX_EVIDENCE_BYTES };
    let whole_is_small = size <= most.try_into().unwrap_or(u64::MAX);
    if !looks_like_text_evidence(head) {
        return FirstLook::Decided(decided(Kind::File, name));
    }
    if whole_is_small {
        return FirstLook::ReadWhole;
    }
    FirstLook::Decided(too_large(name, head))
}

/// Judges a file by all of its bytes.
#[must_use]
pub fn recognise(name: &str, bytes: &[u8]) -> Recognised {
    if let Some(kind) = binary(bytes).or_else(|| short_text(bytes)) {
        return decided(kind, name);
    }
    let text = without_mark(bytes).trim_ascii();
    match text.first() {
        Some(b'{') => object(name, bytes, text),
        Some(b'-') => pem(text).map_or_else(|| decided(Kind::File, name), |kind| decided(kind, name)),
        Some(0x30) => der(bytes).map_or_else(|| plain(name, text), |kind| decided(kind, name)),
        _ => plain(name, text),
    }
}

fn decided(kind: Kind, name: &str) -> Recognised {
    let said = words(kind);
    let mut found = Recognised {
        kind,
        role: said.role,
        name: said.name.to_owned(),
        advice: said.advice.to_owned(),
        bundles: Vec::new(),
    };
    // A web page or a login form is what a wrong link gives; the name shows what it was to be.
    if kind == Kind::Html && named_as_evidence(name) {
        found.role = Role::Unusable;
        found.name = "Web page saved under the name of a bundle".to_owned();
        found.advice = "The server answered with a page, probably an error or a login, and it was saved as the \
                        evidence. Open the address in a browser and download the file itself."
            .to_owned();
    }
    found
}

fn too_large(name: &str, head: &[u8]) -> Recognised {
    let mut found = decided(Kind::LargeJson, name);
    if is_bill(head) {
        found.role = Role::Unusable;
        found.advice =
            "It begins like a bill of materials, and one of more than 50 MB is not read. If it is the file to \
                        check, say so here."
                .to_owned();
    } else if named_as_evidence(name) || contains(head, b"application/vnd.dev.sigstore.bundle") {
        found.role = Role::Unusable;
        found.advice = "It is named or begins like evidence, and evidence of more than 24 MiB is not read. If it is \
                        the file to check, say so here."
            .to_owned();
    }
    found
}

/// Whether a file says near its beginning that it is a bill of materials: those are larger than other evidence.
fn is_bill(head: &[u8]) -> bool {
    [&b"\"bomFormat\""[..], b"\"spdxVersion\"", b"\"SPDXID\""].iter().any(|mark| contains(head, mark))
}

/// Kinds that their first bytes name.
fn binary(head: &[u8]) -> Option<Kind> {
    const MAGIC: [(&[u8], Kind); 13] = [
        (b"%PDF-", Kind::Pdf),
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"\x1f\x8b", Kind::Gzip),
        (b"\x7fELF", Kind::Elf),
        (b"MZ", Kind::WindowsProgram),
        (b"\xcf\xfa\xed\xfe", Kind::MacProgram),
        (b"\xce\xfa\xed\xfe", Kind::MacProgram),
        (b"\xca\xfe\xba\xbe", Kind::MacProgram),
        (b"\xff\xfe", Kind::Utf16Text),
        (b"\xfe\xff", Kind::Utf16Text),
        (b"untrusted comment:", Kind::Minisign),
        (b"openssh-key-v1\0", Kind::PrivateKey),
    ];
    if head.is_empty() {
        return Some(Kind::Empty);
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, kind)| *kind)
}

/// Kinds of text that their first line names.
fn short_text(head: &[u8]) -> Option<Kind> {
    let text = without_mark(head).trim_ascii_start();
    let begins = |what: &str| text.get(..what.len()).is_some_and(|found| found.eq_ignore_ascii_case(what.as_bytes()));
    if begins("<!doctype html") || begins("<html") || begins("<head") {
        return Some(Kind::Html);
    }
    // `fmt.Println(bundle)` and `%v`: a brace without a quoted key; protobuf's own text form.
    if text.starts_with(b"&{") || text.starts_with(b"map[") || text.starts_with(b"media_type:") {
        return Some(Kind::GoStruct);
    }
    if text.starts_with(b"{application/vnd.dev.sigstore") || text.starts_with(b"{MediaType:") {
        return Some(Kind::GoStruct);
    }
    None
}

fn looks_like_text_evidence(head: &[u8]) -> bool {
    let text = without_mark(head).trim_ascii_start();
    match text.first() {
        Some(b'{') => true,
        Some(b'-') => text.starts_with(b"-----BEGIN "),
        // A DER key or certificate is small, and so is a line of base64 or a list of checksums.
        Some(_) => head.len() < limits::HEAD_BYTES,
        None => false,
    }
}

fn object(name: &str, bytes: &[u8], text: &[u8]) -> Recognised {
    match json::outline_of(text) {
        Some(outline) => whole(name, bytes, &outline),
        None => several(name, bytes).unwrap_or_else(|| broken(name, text)),
    }
}

fn whole(name: &str, bytes: &[u8], outline: &Outline) -> Recognised {
    let kind = kind_of(outline);
    let mut found = decided(kind, name);
    found.bundles = bundles::candidates(kind, bytes);
    if kind == Kind::Bundle {
        found.name = bundle_name(outline.media_type.as_deref().unwrap_or_default());
    }
    found
}

/// JSON Lines. All lines decide together, so that their order says nothing: bundles stand among envelopes, and a line that
/// was cut off is told when it is looked at.
fn several(name: &str, bytes: &[u8]) -> Option<Recognised> {
    let lines: Vec<Option<Kind>> =
        bundles::lines(bytes).take(MAX_LINES).map(|line| json::outline_of(line).as_ref().map(kind_of)).collect();
    let holds = |wanted: &[Kind]| lines.iter().flatten().any(|kind| wanted.contains(kind));
    let is_json = lines.iter().take(2).flatten().count() == 2;
    let kind = match () {
        () if lines.len() < 2 => return None,
        () if holds(&[Kind::Bundle]) => Kind::BundleLines,
        () if is_json && holds(&[Kind::TrustedRoot]) => Kind::TrustedRootLines,
        () if is_json && holds(&[Kind::DsseEnvelope, Kind::LegacySlsaEnvelope]) => Kind::DsseEnvelopeLines,
        () if is_json => Kind::OtherJsonLines,
        () => return None,
    };
    let mut found = decided(kind, name);
    found.bundles = bundles::candidates(kind, bytes);
    Some(found)
}

fn broken(name: &str, text: &[u8]) -> Recognised {
    if named_as_evidence(name) || contains(text, b"dev.sigstore.bundle") || contains(text, b"verificationMaterial") {
        return with_candidates(decided(Kind::BrokenBundle, name), text);
    }
    decided(Kind::File, name)
}

fn with_candidates(mut found: Recognised, bytes: &[u8]) -> Recognised {
    found.bundles = bundles::candidates(found.kind, bytes);
    found
}

/// The table of A-2, in its order.
fn kind_of(outline: &Outline) -> Kind {
    let media = outline.media_type.as_deref().unwrap_or_default();
    if media.starts_with("application/vnd.dev.sigstore.bundle") {
        return Kind::Bundle;
    }
    if media.starts_with("application/vnd.dev.sigstore.trustedroot")
        || outline.has(&["certificateAuthorities"])
        || outline.has(&["tlogs", "ctlogs"])
    {
        return Kind::TrustedRoot;
    }
    if outline.has(&["attestations"]) {
        return attestations(outline);
    }
    if outline.has(&["attestation_bundles"]) {
        return Kind::PypiProvenance;
    }
    if outline.has(&["verification_material", "envelope"]) {
        return Kind::PypiAttestation;
    }
    if outline.has(&["payload", "payloadType"]) {
        return envelope(outline);
    }
    if outline.keys == ["keys"] && lists_registry_keys(outline) {
        return Kind::NpmKeys;
    }
    if outline.has(&["base64Signature"]) {
        return Kind::CosignLegacyBundle;
    }
    if outline.has(&["SignedEntryTimestamp", "Payload"]) {
        return Kind::CosignAnnotation;
    }
    if outline.has(&["image_summary"]) || outline.has(&["provenance_summary"]) {
        return Kind::CloudBuildDescription;
    }
    if outline.has(&["signatures", "signed"]) && signed_has_type(outline) {
        return Kind::TufMetadata;
    }
    if outline.statement_type.as_deref().is_some_and(|one| one.starts_with("https://in-toto.io/Statement/")) {
        return Kind::BareStatement;
    }
    if outline.has(&["spdxVersion"]) {
        return Kind::Spdx;
    }
    if outline.has(&["bomFormat", "specVersion"]) {
        return Kind::CycloneDx;
    }
    if outline.has(&["schemaVersion", "manifests"]) {
        return Kind::ImageIndex;
    }
    if outline.has(&["schemaVersion", "config", "layers"]) {
        return Kind::ImageManifest;
    }
    // A bundle whose media type is missing is still meant as one; the core says what is wrong with it.
    if outline.has(&["verificationMaterial"]) || outline.has(&["dsseEnvelope"]) || outline.has(&["messageSignature"]) {
        return Kind::Bundle;
    }
    Kind::OtherJson
}

fn attestations(outline: &Outline) -> Kind {
    let first = outline.first.as_ref().and_then(|raw| json::outline(raw.get()).ok());
    match first {
        Some(first) if first.has(&["predicateType", "bundle"]) && !first.has(&["repository_id"]) => {
            Kind::NpmAttestations
        }
        Some(first) if first.has(&["bundle"]) || first.has(&["bundle_url"]) => Kind::GitHubAttestations,
        // An empty list is an answer too: no attestation (H-16).
        None if outline.keys.len() == 1 => Kind::GitHubAttestations,
        _ => Kind::OtherJson,
    }
}

fn envelope(outline: &Outline) -> Kind {
    let first = outline.first.as_ref().and_then(|raw| json::outline(raw.get()).ok());
    match first {
        Some(first) if first.has(&["cert"]) => Kind::LegacySlsaEnvelope,
        _ => Kind::DsseEnvelope,
    }
}

fn lists_registry_keys(outline: &Outline) -> bool {
    let first = outline.first.as_ref().and_then(|raw| json::outline(raw.get()).ok());
    first.is_some_and(|first| first.has(&["keyId", "keyUsage", "publicKey"]))
}

fn signed_has_type(outline: &Outline) -> bool {
    outline
        .signed
        .as_ref()
        .and_then(|raw| json::outline(raw.get()).ok())
        .is_some_and(|signed| signed.statement_type.is_some())
}

/// "Sigstore bundle v0.3"; a version that is not known is named as written.
fn bundle_name(media_type: &str) -> String {
    let version = match media_type {
        "application/vnd.dev.sigstore.bundle+json;version=0.1" => "v0.1",
        "application/vnd.dev.sigstore.bundle+json;version=0.2" => "v0.2",
        "application/vnd.dev.sigstore.bundle+json;version=0.3" | "application/vnd.dev.sigstore.bundle.v0.3+json" => {
            "v0.3"
        }
        "" => "without a version",
        _ => "of an unknown version",
    };
    format!("Sigstore bundle {version}")
}

fn pem(text: &[u8]) -> Option<Kind> {
    const LABELS: [(&[u8], Kind); 14] = [
        (b"ENCRYPTED SIGSTORE PRIVATE KEY", Kind::PrivateKey),
        (b"ENCRYPTED COSIGN PRIVATE KEY", Kind::PrivateKey),
        (b"ENCRYPTED PRIVATE KEY", Kind::PrivateKey),
        (b"OPENSSH PRIVATE KEY", Kind::PrivateKey),
        (b"RSA PRIVATE KEY", Kind::PrivateKey),
        (b"EC PRIVATE KEY", Kind::PrivateKey),
        (b"PRIVATE KEY", Kind::PrivateKey),
        (b"PGP PRIVATE KEY BLOCK", Kind::PrivateKey),
        (b"PGP ", Kind::OpenPgp),
        (b"RSA PUBLIC KEY", Kind::PublicKey),
        (b"PUBLIC KEY", Kind::PublicKey),
        (b"CERTIFICATE", Kind::Certificate),
        (b"SSH SIGNATURE", Kind::SshSignature),
        (b"PKCS7", Kind::Pkcs7),
    ];
    // A private key anywhere in the file is the thing to warn about, whatever comes first.
    if contains(text, b"PRIVATE KEY-----") || contains(text, b"PRIVATE KEY BLOCK-----") {
        return Some(Kind::PrivateKey);
    }
    let label = text.strip_prefix(b"-----BEGIN ")?;
    if label.starts_with(b"CMS") {
        return Some(Kind::Pkcs7);
    }
    LABELS.iter().find(|(known, _)| label.starts_with(known)).map(|(_, kind)| *kind)
}

/// SEQUENCE { SEQUENCE … }: a certificate begins `30 82 … 30 82`, a key's algorithm identifier `30 … 30 … 06`.
fn der(bytes: &[u8]) -> Option<Kind> {
    let (outer, inner) = after_sequence(bytes)?;
    if outer != inner.len() {
        return None;
    }
    let (length, body) = after_sequence(inner)?;
    match body.first() {
        // AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, … } (RFC 5280 §4.1.1.2)
        Some(0x06) if length < 64 => Some(Kind::PublicKey),
        // TBSCertificate begins with [0] version or INTEGER serial number.
        Some(0xa0 | 0x02) if length > 64 => Some(Kind::Certificate),
        _ => None,
    }
}

fn after_sequence(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let [0x30, first, rest @ ..] = bytes else {
        return None;
    };
    match *first {
        short @ 0..=0x7f => Some((usize::from(short), rest)),
        0x81 => rest.split_first().map(|(one, rest)| (usize::from(*one), rest)),
        0x82 => {
            let ([high, low], rest) = rest.split_first_chunk::<2>()?;
            Some((usize::from(u16::from_be_bytes([*high, *low])), rest))
        }
        _ => None,
    }
}

fn plain(name: &str, text: &[u8]) -> Recognised {
    let kind = if is_base64_signature(text) {
        Kind::CosignSignature
    } else if is_checksums(text) {
        Kind::Checksums
    } else if named_as_evidence(name) {
        return with_candidates(decided(Kind::BrokenBundle, name), text);
    } else {
        Kind::File
    };
    decided(kind, name)
}

/// One line of base64, of the length that ECDSA, Ed25519 and RSA signatures have.
fn is_base64_signature(text: &[u8]) -> bool {
    (84..=700).contains(&text.len())
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
        && text.len().is_multiple_of(4)
}

/// Lines of a hexadecimal digest, a space and a name.
fn is_checksums(text: &[u8]) -> bool {
    let mut lines = bundles::lines(text).peekable();
    lines.peek().is_some()
        && lines.take(64).all(|line| {
            let digest = line.split(|byte| *byte == b' ').next().unwrap_or_default();
            matches!(digest.len(), 40 | 64 | 96 | 128)
                && digest.len() < line.len()
                && digest.iter().all(u8::is_ascii_hexdigit)
        })
}

fn named_as_evidence(name: &str) -> bool {
    const ENDS: [&str; 8] =
        [".sigstore", ".sigstore.json", ".jsonl", ".json", ".bundle", ".build.slsa", ".intoto", ".provenance"];
    let name = name.to_ascii_lowercase();
    ENDS.iter().any(|end| name.ends_with(end))
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    // Enough for a head; a whole file that is damaged late still names itself early.
    let head = bytes.get(..limits::HEAD_BYTES).unwrap_or(bytes);
    head.windows(what.len()).any(|window| window == what)
}
