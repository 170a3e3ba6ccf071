#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::*;
use crate::{der_writer::*, limits::MAX_FULCIO_VALUE_BYTES};

fn arc(number: u32) -> ObjectIdentifier {
    oid::FULCIO.push_arc(number).unwrap()
}

fn raw(number: u32, text: &str) -> Vec<u8> {
    extension(arc(number), text.as_bytes())
}

fn der(number: u32, text: &str) -> Vec<u8> {
    extension(arc(number), &utf8(text))
}

fn read(extensions: Vec<Vec<u8>>) -> Result<FulcioExtensions, FulcioError> {
    let parts = CertificateParts::with_extensions(extensions);
    FulcioExtensions::parse(&Certificate::parse(&parts.der()).unwrap())
}

#[test]
fn the_table_is_c_1() {
    let arcs: Vec<u32> = EXTENSIONS.iter().map(|info| info.arc).collect();
    assert_eq!(arcs, (1..=6).chain(8..=24).collect::<Vec<u32>>());
    let mut ids = BTreeSet::new();
    for info in EXTENSIONS {
        assert_eq!(info.oid, arc(info.arc).to_string());
        assert_eq!(info.encoding == ExtensionEncoding::Raw, info.arc < 7, ".{}", info.arc);
        assert!(ids.insert(info.id), "{}", info.id);
        assert!(info.question.ends_with('?'), "{}", info.question);
        for name in [info.id, info.oid, info.name] {
            assert_eq!(ExtensionInfo::find(name).map(|found| found.arc), Some(info.arc), "{name}");
        }
    }
}

#[test]
fn extensions_are_found_by_any_spelling_of_their_name() {
    for (name, expected) in [
        ("SourceRepositoryURI", Some(12)),
        ("source_repository_uri", Some(12)),
        ("githubWorkflowSHA", Some(3)),
        ("issuer", Some(8)),
        ("1.3.6.1.4.1.57264.1.23", Some(23)),
        ("1.3.6.1.4.1.57264.1.7", None),
        ("1.3.6.1.4.1.57264.1", None),
        ("source", None),
        ("", None),
    ] {
        assert_eq!(ExtensionInfo::find(name).map(|info| info.arc), expected, "{name}");
    }
}

/// Every claim comes from its own arc, and from no other.
#[test]
fn each_claim_reads_its_own_extension() {
    type Claim = fn(&FulcioExtensions) -> Option<&str>;
    let claims: [(u32, Claim); 21] = [
        (2, FulcioExtensions::github_workflow_trigger),
        (3, FulcioExtensions::github_workflow_sha),
        (4, FulcioExtensions::github_workflow_name),
        (5, FulcioExtensions::github_workflow_repository),
        (6, FulcioExtensions::github_workflow_ref),
        (9, FulcioExtensions::build_signer_uri),
        (10, FulcioExtensions::build_signer_digest),
        (11, FulcioExtensions::runner_environment),
        (12, FulcioExtensions::source_repository_uri),
        (13, FulcioExtensions::source_repository_digest),
        (14, FulcioExtensions::source_repository_ref),
        (15, FulcioExtensions::source_repository_identifier),
        (16, FulcioExtensions::source_repository_owner_uri),
        (17, FulcioExtensions::source_repository_owner_identifier),
        (18, FulcioExtensions::build_config_uri),
        (19, FulcioExtensions::build_config_digest),
        (20, FulcioExtensions::build_trigger),
        (21, FulcioExtensions::run_invocation_uri),
        (22, FulcioExtensions::source_repository_visibility_at_signing),
        (23, FulcioExtensions::deployment_environment),
        (24, FulcioExtensions::token_subject),
    ];
    let all = EXTENSIONS
        .iter()
        .map(|info| match info.encoding {
            ExtensionEncoding::Raw => raw(info.arc, &format!("value {}", info.arc)),
            ExtensionEncoding::Utf8String => der(info.arc, &format!("value {}", info.arc)),
        })
        .collect();
    let read = read(all).unwrap();
    assert_eq!(read.values.len(), EXTENSIONS.len());
    for (number, claim) in claims {
        assert_eq!(claim(&read), Some(format!("value {number}").as_str()));
    }
    assert_eq!(read.issuer(), Some("value 8"), "C-3");
}

#[test]
fn the_issuer_is_8_else_1() {
    let issuer = |extensions| read(extensions).unwrap().issuer().map(str::to_owned);
    assert_eq!(issuer(vec![raw(1, "old"), der(8, "new")]).as_deref(), Some("new"));
    assert_eq!(issuer(vec![raw(1, "old")]).as_deref(), Some("old"));
    assert_eq!(issuer(vec![]), None);
}

#[test]
fn an_empty_value_is_shown_but_claims_nothing() {
    let read = read(vec![der(23, ""), raw(1, "")]).unwrap();
    assert_eq!((read.value(23), read.claim(23)), (Some(""), None), "C-2");
    assert_eq!(read.deployment_environment(), None);
    assert_eq!(read.issuer(), None);
}

#[test]
fn unknown_arcs_are_kept_as_they_are() {
    let deeper = arc(12).push_arc(1).unwrap();
    let read = read(vec![
        extension(arc(25), b"\xff"),
        extension(arc(7), b"\xff"),
        extension(deeper, b"\xff"),
        extension(oid::SIGSTORE_TSA_POLICY, b"\xff"),
    ])
    .unwrap();
    assert_eq!(read.values, []);
    let opaque: Vec<_> = read.opaque.iter().map(|extension| extension.oid).collect();
    assert_eq!(opaque, [arc(25), arc(7), deeper]);
}

#[test]
fn encodings_are_not_guessed() {
    let long = "a".repeat(MAX_FULCIO_VALUE_BYTES + 1);
    let rows = [
        ("fulcio-not-utf8", "raw bytes that are not UTF-8", extension(arc(1), b"\xff")),
        ("fulcio-not-utf8-string", "raw text in a DER slot", raw(12, "https://example.com")),
        ("fulcio-not-utf8-string", "another string type", extension(arc(12), &printable("x"))),
        ("fulcio-not-utf8-string", "bytes behind", extension(arc(12), &[utf8("x"), null()].concat())),
        ("fulcio-not-utf8-string", "cut off", extension(arc(12), &[0x0c, 2, b'x'])),
        ("fulcio-not-utf8-string", "DER that is not UTF-8", extension(arc(12), &[0x0c, 1, 0xff])),
        ("fulcio-not-utf8-string", "empty", extension(arc(12), b"")),
        ("fulcio-too-long", "longer than the cap", raw(2, &long)),
    ];
    let mut codes = BTreeSet::new();
    for (code, what, extension) in rows {
        let error = read(vec![extension]).unwrap_err();
        assert_eq!((error.code(), error.rule()), (code, "C-1"), "{what}: {error}");
        codes.insert(code);
    }
    assert_eq!(codes, FulcioError::ALL_CODES.iter().copied().collect());
    assert_eq!(
        read(vec![extension(arc(12), b"x")]).unwrap_err().to_string(),
        "extension 1.3.6.1.4.1.57264.1.12: expected one DER UTF8String, found other bytes (C-1)"
    );
}

/// A raw slot that holds a DER string holds no text of its own.
#[test]
fn der_in_a_raw_slot_is_malformed() {
    let error = read(vec![extension(arc(1), &utf8("same")), der(8, "same")]).unwrap_err();
    assert_eq!((error.code(), error.rule()), ("fulcio-not-utf8", "C-1"));
}

#[test]
fn deprecated_and_current_must_agree() {
    for (deprecated, current, old, new) in [
        (1, 8, "a", "a"),
        (2, 20, "a", "a"),
        (3, 13, "a", "a"),
        (5, 12, "o/r", "https://github.com/o/r"),
        (6, 14, "a", "a"),
    ] {
        let disagreements =
            |old: &str, new: &str| read(vec![raw(deprecated, old), der(current, new)]).unwrap().disagreements();
        assert_eq!(disagreements(old, new), [], ".{deprecated} and .{current}");
        let [found] = <[Disagreement; 1]>::try_from(disagreements(old, "b")).unwrap();
        assert_eq!((found.deprecated.arc, found.current.arc), (deprecated, current));
        assert_eq!((found.expected.as_str(), found.found.as_str()), (new, "b"));
        assert_eq!(read(vec![raw(deprecated, old)]).unwrap().disagreements(), []);
        assert_eq!(read(vec![der(current, new)]).unwrap().disagreements(), []);
        assert_eq!(disagreements("", new).len(), 1, "an empty value is a value here");
    }
}

#[test]
fn identities_are_the_sans_in_order() {
    let names = sequence(&[context_primitive(6, b"https://a"), context_primitive(1, b"a@b")]);
    let parts = CertificateParts::with_extensions(vec![extension(oid::SUBJECT_ALT_NAME, &names)]);
    let certificate = Certificate::parse(&parts.der()).unwrap();
    let kinds: Vec<_> = identities(&certificate).iter().map(GeneralName::kind).collect();
    assert_eq!(kinds, ["uri", "email"]);
    let without = Certificate::parse(&CertificateParts::default().der()).unwrap();
    assert_eq!(identities(&without), []);
}
