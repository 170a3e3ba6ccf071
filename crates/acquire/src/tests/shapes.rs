//! A row for each shape: name, content, kind, role.

use proptest::prelude::*;

use crate::{Candidate, FirstLook, Kind, Role, bundle_at, default_candidate, first_look, limits, recognise};

const BUNDLE: &str = r#"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"certificate":{"rawBytes":"AA=="}},"messageSignature":{"signature":"AA=="}}"#;
const KEYED: &str = r#"{"mediaType":"application/vnd.dev.sigstore.bundle+json;version=0.1","verificationMaterial":{"publicKey":{"hint":"x"}},"dsseEnvelope":{"payload":"e30="}}"#;

fn check(name: &str, content: impl AsRef<[u8]>, kind: Kind, role: Role) {
    let content = content.as_ref();
    let found = recognise(name, content);
    assert_eq!((found.kind, found.role), (kind, role), "{name}: {}", found.name);
    assert!(!found.name.is_empty());
    assert!(role != Role::Unusable || !found.advice.is_empty(), "{name}: unusable needs advice");
    // The first look agrees wherever it decides.
    let head = content.get(..limits::HEAD_BYTES).unwrap_or(content);
    if let FirstLook::Decided(early) = first_look(name, head, content.len().try_into().unwrap()) {
        assert_eq!((early.kind, early.role), (kind, role), "{name}: first look");
    }
}

fn pem(label: &str) -> String {
    format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n")
}

#[test]
fn evidence() {
    check("a.sigstore.json", BUNDLE, Kind::Bundle, Role::Bundle);
    check("no-name", BUNDLE, Kind::Bundle, Role::Bundle);
    check("", format!("\u{feff}  {BUNDLE}\n"), Kind::Bundle, Role::Bundle);
    check("a", r#"{"mediaType":"application/vnd.dev.sigstore.bundle+json;version=99.9"}"#, Kind::Bundle, Role::Bundle);
    check("a", r#"{"verificationMaterial":{}}"#, Kind::Bundle, Role::Bundle);
    check("a.jsonl", format!("{BUNDLE}\n{KEYED}\n"), Kind::BundleLines, Role::Bundle);
    check("a", format!("{BUNDLE}\r\n\r\n{BUNDLE}"), Kind::BundleLines, Role::Bundle);
    // Whatever stands beside the bundles, and wherever.
    for other in
        [r#"{"payload":"e30=","payloadType":"t","signatures":[{"sig":"AA=="}]}"#, r#"{"a":1}"#, r#"{"mediaType":"appl"#]
    {
        check("a.intoto.jsonl", format!("{BUNDLE}\n{other}"), Kind::BundleLines, Role::Bundle);
        check("a.intoto.jsonl", format!("{other}\n{BUNDLE}"), Kind::BundleLines, Role::Bundle);
        for (text, at) in [(format!("{BUNDLE}\n{other}"), 0), (format!("{other}\n{BUNDLE}"), 1)] {
            let found = recognise("a.intoto.jsonl", text.as_bytes()).bundles;
            assert_eq!((found.len(), default_candidate(&found)), (2, at), "{text}");
        }
    }
    check(
        "a",
        format!(r#"{{"attestations":[{{"predicateType":"p","bundle":{BUNDLE}}}]}}"#),
        Kind::NpmAttestations,
        Role::Bundle,
    );
    check(
        "a",
        format!(r#"{{"attestations":[{{"bundle":{BUNDLE},"repository_id":1,"bundle_url":"u"}}]}}"#),
        Kind::GitHubAttestations,
        Role::Bundle,
    );
    check("a", r#"{"attestations":[]}"#, Kind::GitHubAttestations, Role::Bundle);
}

#[test]
fn damaged_evidence() {
    check("a.json", BUNDLE.get(..80).unwrap(), Kind::BrokenBundle, Role::Bundle);
    check("download", BUNDLE.get(..80).unwrap(), Kind::BrokenBundle, Role::Bundle);
    check("a.sigstore.json", "not found", Kind::BrokenBundle, Role::Bundle);
    check(
        "a.sigstore.json",
        [b"{\"mediaType\":\"".as_slice(), b"\xff\xfe\"}"].concat(),
        Kind::BrokenBundle,
        Role::Bundle,
    );
    check("a.txt", "{ not json", Kind::File, Role::Artifact);
    check("a.json", "", Kind::Empty, Role::Unusable);
    check("a.json", "<!DOCTYPE html><title>404", Kind::Html, Role::Unusable);
    check("index.html", "<!doctype html><title>Home", Kind::Html, Role::Artifact);
    check("a.json", "&{MediaType:application/vnd.dev.sigstore.bundle", Kind::GoStruct, Role::Unusable);
    check("a.json", "map[mediaType:application/vnd", Kind::GoStruct, Role::Unusable);
    check("a.json", "media_type:\"application/vnd", Kind::GoStruct, Role::Unusable);
    check("a.json", b"\xff\xfe{\0\"\0", Kind::Utf16Text, Role::Artifact);
}

#[test]
fn evidence_of_other_kinds() {
    let envelope = r#"{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}"#;
    let legacy = r#"{"payload":"e30=","payloadType":"t","signatures":[{"sig":"AA==","cert":"-----"}]}"#;
    check("a", r#"{"version":1,"attestation_bundles":[]}"#, Kind::PypiProvenance, Role::Bundle);
    check("a", r#"{"version":1,"verification_material":{},"envelope":{}}"#, Kind::PypiAttestation, Role::Bundle);
    check("a", envelope, Kind::DsseEnvelope, Role::Bundle);
    check("a", format!("{envelope}\n{envelope}"), Kind::DsseEnvelopeLines, Role::Bundle);
    check("a", r#"{"payload":"e30=","payloadType":"t"}"#, Kind::DsseEnvelope, Role::Bundle);
    check("a", legacy, Kind::LegacySlsaEnvelope, Role::Bundle);
    check("a", r#"{"base64Signature":"AA==","cert":"","rekorBundle":{}}"#, Kind::CosignLegacyBundle, Role::Unusable);
    check("a", r#"{"SignedEntryTimestamp":"AA==","Payload":{}}"#, Kind::CosignAnnotation, Role::Unusable);
    check("a", r#"{"image_summary":{},"provenance_summary":{}}"#, Kind::CloudBuildDescription, Role::Bundle);
    check("a", r#"{"signatures":[],"signed":{"_type":"root"}}"#, Kind::TufMetadata, Role::Unusable);
    check("a", r#"{"_type":"https://in-toto.io/Statement/v1","subject":[]}"#, Kind::BareStatement, Role::Further);
    check("a.sig", format!("{}\n", "MEUC".repeat(24)), Kind::CosignSignature, Role::Unusable);
}

#[test]
fn roots_and_keys() {
    let root = r#"{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":[]}"#;
    check("trusted_root.json", root, Kind::TrustedRoot, Role::TrustedRoot);
    check("a", r#"{"certificateAuthorities":[]}"#, Kind::TrustedRoot, Role::TrustedRoot);
    check("a.jsonl", format!("{root}\n{root}"), Kind::TrustedRootLines, Role::TrustedRoot);
    check("a", pem("PUBLIC KEY"), Kind::PublicKey, Role::Key);
    check("keys.json", r#"{"keys":[{"keyId":"a","keyUsage":"b","publicKey":{}}]}"#, Kind::NpmKeys, Role::Key);
    check("jwks.json", r#"{"keys":[{"kid":"a","kty":"RSA"}]}"#, Kind::OtherJson, Role::Artifact);
    check("a", pem("RSA PUBLIC KEY"), Kind::PublicKey, Role::Key);
    check("a", pem("CERTIFICATE"), Kind::Certificate, Role::Unusable);
    for label in [
        "PRIVATE KEY",
        "EC PRIVATE KEY",
        "RSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED SIGSTORE PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ] {
        check("a", pem(label), Kind::PrivateKey, Role::Unusable);
    }
    check("a", pem("CERTIFICATE") + &pem("PRIVATE KEY"), Kind::PrivateKey, Role::Unusable);
    // SubjectPublicKeyInfo of a P-256 key: SEQUENCE 89 { SEQUENCE 19 { OID … } BIT STRING }.
    let mut key = vec![0x30, 0x59, 0x30, 0x13, 0x06, 0x07];
    key.resize(91, 0);
    check("a.der", key, Kind::PublicKey, Role::Key);
    let mut certificate = vec![0x30, 0x82, 0x02, 0x00, 0x30, 0x82, 0x01, 0x80, 0xa0, 0x03];
    certificate.resize(516, 0);
    check("a.cer", certificate, Kind::Certificate, Role::Unusable);
}

#[test]
fn signatures_of_other_systems() {
    check("a", pem("PKCS7"), Kind::Pkcs7, Role::Unusable);
    check("a", pem("CMS"), Kind::Pkcs7, Role::Unusable);
    check("a", pem("PGP SIGNATURE"), Kind::OpenPgp, Role::Unusable);
    check("a", pem("PGP SIGNED MESSAGE"), Kind::OpenPgp, Role::Unusable);
    check("a", pem("SSH SIGNATURE"), Kind::SshSignature, Role::Unusable);
    check("a", "untrusted comment: x\nRW", Kind::Minisign, Role::Unusable);
}

#[test]
fn files() {
    check("a.pdf", "%PDF-1.7", Kind::Pdf, Role::Artifact);
    check("a.whl", "PK\x03\x04", Kind::Zip, Role::Artifact);
    check("a.tgz", b"\x1f\x8b\x08", Kind::Gzip, Role::Artifact);
    check("a", b"\x7fELF\x02", Kind::Elf, Role::Artifact);
    check("a.exe", "MZ\0", Kind::WindowsProgram, Role::Artifact);
    check("a", b"\xcf\xfa\xed\xfe", Kind::MacProgram, Role::Artifact);
    check("SHA256SUMS", format!("{}  a.txt\n{} *b\n", "0".repeat(64), "f".repeat(64)), Kind::Checksums, Role::Artifact);
    check("a.txt", "hello\n", Kind::File, Role::Artifact);
    check("package.json", r#"{"name":"x"}"#, Kind::OtherJson, Role::Artifact);
    check("a.spdx.json", r#"{"spdxVersion":"SPDX-2.3"}"#, Kind::Spdx, Role::Artifact);
    check("bom.json", r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#, Kind::CycloneDx, Role::Artifact);
    check("index.json", r#"{"schemaVersion":2,"manifests":[]}"#, Kind::ImageIndex, Role::Artifact);
    check("m.json", r#"{"schemaVersion":2,"config":{},"layers":[]}"#, Kind::ImageManifest, Role::Artifact);
    check("a.jsonl", "{\"a\":1}\n{\"a\":2}", Kind::OtherJsonLines, Role::Artifact);
    check("a", format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000)), Kind::OtherJson, Role::Artifact);
}

#[test]
fn a_large_file_is_judged_by_its_head() {
    let two_hundred_megabytes = 200_000_000;
    let mut head = b"{\"rows\":[".to_vec();
    head.resize(limits::HEAD_BYTES, b' ');
    let FirstLook::Decided(other) = first_look("data.txt", &head, two_hundred_megabytes) else {
        panic!("read whole");
    };
    assert_eq!((other.kind, other.role), (Kind::LargeJson, Role::Artifact));
    let FirstLook::Decided(evidence) = first_look("a.sigstore.json", &head, two_hundred_megabytes) else {
        panic!("read whole");
    };
    assert_eq!((evidence.kind, evidence.role), (Kind::LargeJson, Role::Unusable));
    assert!(evidence.advice.contains("24 MiB"));
    assert_eq!(first_look("a", &head, 1_000_000), FirstLook::ReadWhole);
    let FirstLook::Decided(file) = first_look("a.iso", &vec![7; limits::HEAD_BYTES], two_hundred_megabytes) else {
        panic!("read whole");
    };
    assert_eq!(file.role, Role::Artifact);
}

#[test]
fn a_bundle_among_several_is_an_exact_slice() {
    let odd = BUNDLE.replace("{\"mediaType\"", "{  \"mediaType\"");
    let answer = format!(r#"{{"attestations":[{{"bundle":null}},{{"bundle":{KEYED}}},{{"bundle": {odd} }}]}}"#);
    let found = recognise("a", answer.as_bytes());
    assert_eq!(found.bundles.len(), 2);
    assert_eq!(bundle_at(found.kind, answer.as_bytes(), 1), Some(odd.as_bytes()));
    assert_eq!(default_candidate(&found.bundles), 1, "a bundle that needs no key goes first");
    assert_eq!(bundle_at(found.kind, answer.as_bytes(), 2), None);
    assert_eq!(bundle_at(Kind::File, b"x", 0), Some(b"x".as_slice()), "a person may call anything a bundle");
}

#[test]
fn the_first_readable_bundle_is_the_default() {
    let one = |readable, needs_key| Candidate { label: String::new(), detail: String::new(), needs_key, readable };
    assert_eq!(default_candidate(&[]), 0);
    assert_eq!(default_candidate(&[one(false, false), one(true, true)]), 1);
    assert_eq!(default_candidate(&[one(false, false), one(true, true), one(true, false)]), 2);
}

proptest! {
    #[test]
    fn no_content_panics(name in ".{0,12}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let found = recognise(&name, &bytes);
        let _ = bundle_at(found.kind, &bytes, 0);
        let _ = first_look(&name, &bytes, u64::MAX);
    }

    #[test]
    fn no_damaged_bundle_panics(cut in 0usize..400, at in 0usize..400, byte: u8) {
        let mut text = format!(r#"{{"attestations":[{{"bundle":{KEYED}}},{{"bundle":{BUNDLE}}}]}}"#).into_bytes();
        text.truncate(text.len().saturating_sub(cut));
        if let Some(place) = text.get_mut(at) {
            *place = byte;
        }
        let found = recognise("a.json", &text);
        for index in 0..3 {
            let _ = bundle_at(found.kind, &text, index);
        }
    }

    #[test]
    fn no_der_panics(bytes in proptest::collection::vec(any::<u8>(), 0..12)) {
        let _ = recognise("a", &[&[0x30], bytes.as_slice()].concat());
    }
}

/// A bill is read as far as the parser goes, and no further.
#[test]
fn the_caps_are_those_of_the_parser() {
    assert_eq!(limits::MAX_BILL_BYTES, touchstone_formats::limits::MAX_SBOM_BYTES);
    assert_eq!(limits::MAX_BUNDLE_BYTES, touchstone_formats::limits::MAX_BUNDLE_BYTES);
}

/// A bill of up to its own cap is read whole; a larger one says which cap, and other evidence keeps its own.
#[test]
fn a_bill_of_materials_may_be_larger_than_other_evidence() {
    let bill = br#"{"bomFormat":"CycloneDX","specVersion":"1.5","components":["#;
    let other = br#"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","x":["#;
    let cap = u64::try_from(limits::MAX_BILL_BYTES).unwrap();
    assert_eq!(first_look("a.cdx.json", bill, cap), FirstLook::ReadWhole);
    let told = |head: &[u8], size: u64| match first_look("a.json", head, size) {
        FirstLook::Decided(found) => (found.role, found.advice),
        FirstLook::ReadWhole => panic!("read whole"),
    };
    let (role, advice) = told(bill, cap + 1);
    assert_eq!(role, Role::Unusable);
    assert!(advice.contains("50 MB"), "{advice}");
    assert!(told(other, cap).1.contains("24 MiB"));
}
