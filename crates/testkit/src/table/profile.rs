//! Rows for `profile`: B-38 to B-41, C-1, C-2.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ca::{
    ANY_USAGE, BasicConstraints, CRL_SIGN, CertificateRecipe, Extension, KEY_CERT_SIGN, San, TIME_STAMPING, WORKFLOW,
};
use crate::der;

const CHECK: &str = "profile";

fn leaf(name: &'static str, rule: &'static str, edit: fn(&mut CertificateRecipe)) -> Draft {
    row(name, rule, Recipe::message()).leaf(edit)
}

pub(super) fn rows() -> Vec<Row> {
    [purpose(), keys(), names(), encodings(), agreement()].concat()
}

fn purpose() -> Vec<Row> {
    vec![
        leaf("leaf-without-key-usage", "B-38", |leaf| leaf.key_usage = None).rejected(CHECK, "leaf-key-usage"),
        leaf("leaf-may-sign-certificates-only", "B-38", |leaf| leaf.key_usage = Some(vec![KEY_CERT_SIGN]))
            .rejected(CHECK, "leaf-key-usage"),
        leaf("leaf-may-sign-everything-but-data", "B-38", |leaf| {
            leaf.key_usage = Some(vec![1, 2, 3, 4, KEY_CERT_SIGN, CRL_SIGN])
        })
        .rejected(CHECK, "leaf-key-usage"),
        leaf("leaf-without-extended-key-usage", "B-38", |leaf| leaf.extended_key_usage = None)
            .rejected(CHECK, "leaf-extended-key-usage"),
        leaf("leaf-for-timestamping", "B-38", |leaf| leaf.extended_key_usage = Some(vec![TIME_STAMPING.to_owned()]))
            .rejected(CHECK, "leaf-extended-key-usage"),
        leaf("leaf-for-any-usage", "B-38", |leaf| leaf.extended_key_usage = Some(vec![ANY_USAGE.to_owned()]))
            .rejected(CHECK, "leaf-extended-key-usage"),
        leaf("leaf-is-an-authority", "B-39", |leaf| {
            leaf.basic_constraints = Some(BasicConstraints { ca: true, path_length: None, critical: true })
        })
        .rejected(CHECK, "leaf-is-authority"),
        leaf("leaf-with-an-unknown-critical-extension", "B-37", |leaf| {
            leaf.extensions.push(Extension::new("1.2.3.4", true, der::null()))
        })
        .rejected(CHECK, "leaf-critical-extension"),
        leaf("leaf-with-an-unknown-critical-fulcio-extension", "B-37, H-34", |leaf| {
            leaf.extensions.push(Extension::new("1.3.6.1.4.1.57264.1.99", true, der::utf8("new")));
        })
        .rejected(CHECK, "leaf-critical-extension"),
        row("github-leaf-for-timestamping", "B-38", Recipe::github())
            .leaf(|leaf| leaf.extended_key_usage = Some(vec![TIME_STAMPING.to_owned()]))
            .rejected(CHECK, "leaf-extended-key-usage"),
    ]
}

fn keys() -> Vec<Row> {
    let ec = |curve: &str| der::algorithm("1.2.840.10045.2.1", der::oid(curve));
    let secp256k1 = der::sequence(&[
        ec("1.3.132.0.10"),
        der::bit_string(&crate::keys::Key::new(crate::keys::Kind::P256, "leaf").raw_public()),
    ]);
    let x25519 = der::sequence(&[der::algorithm("1.3.101.110", Vec::new()), der::bit_string(&[9; 32])]);
    let off_curve = der::sequence(&[ec("1.2.840.10045.3.1.7"), der::bit_string(&[&[4][..], &[1; 64]].concat())]);
    let with_key = |name, spki: Vec<u8>| {
        row(name, "B-37, B-88", Recipe::message())
            .leaf(move |leaf| leaf.spki = Some(spki))
            .rejected(CHECK, "leaf-key-unusable")
    };
    vec![
        with_key("leaf-key-on-another-curve", secp256k1),
        with_key("leaf-key-for-key-agreement", x25519),
        with_key("leaf-key-off-its-curve", off_curve),
    ]
}

fn names() -> Vec<Row> {
    vec![
        leaf("leaf-without-name", "B-40", |leaf| leaf.san = None).rejected(CHECK, "leaf-name-count"),
        leaf("leaf-with-two-names", "B-40", |leaf| {
            leaf.san = Some(vec![San::Uri(WORKFLOW.to_owned()), San::Email("a@touchstone.test".to_owned())])
        })
        .rejected(CHECK, "leaf-name-count"),
        leaf("leaf-with-one-name-twice", "B-40", |leaf| {
            leaf.san = Some(vec![San::Uri(WORKFLOW.to_owned()), San::Uri(WORKFLOW.to_owned())])
        })
        .rejected(CHECK, "leaf-name-count"),
        leaf("leaf-with-a-host-name", "B-40", |leaf| leaf.san = Some(vec![San::Dns("touchstone.test".to_owned())]))
            .rejected(CHECK, "leaf-name-kind"),
        leaf("leaf-name-not-critical", "B-40", |leaf| leaf.san_critical = false)
            .rejected(CHECK, "leaf-name-not-critical"),
        leaf("leaf-subject-not-empty", "B-40", |leaf| leaf.subject = crate::ca::name("touchstone.test", "somebody"))
            .rejected(CHECK, "leaf-subject-not-empty"),
        leaf("leaf-without-issuer-claims", "B-40", |leaf| {
            leaf.without_claim(1);
            leaf.without_claim(8);
        })
        .rejected(CHECK, "leaf-issuer-missing"),
    ]
}

fn encodings() -> Vec<Row> {
    let not_a_string = "fulcio-not-utf8-string";
    vec![
        leaf("claim-raw-where-a-string-belongs", "C-1", |leaf| {
            leaf.claim_bytes(8, crate::ca::ISSUER.as_bytes().to_vec())
        })
        .rejected(CHECK, not_a_string),
        leaf("claim-of-another-string-type", "C-1", |leaf| {
            leaf.claim_bytes(12, der::tlv(0x13, crate::ca::REPOSITORY.as_bytes()))
        })
        .rejected(CHECK, not_a_string),
        leaf("claim-with-bytes-behind", "C-1", |leaf| {
            leaf.claim_bytes(14, [der::utf8("refs/heads/main"), vec![0]].concat())
        })
        .rejected(CHECK, not_a_string),
        leaf("claim-longer-than-its-bytes", "C-1", |leaf| leaf.claim_bytes(14, vec![0x0c, 9, b'x']))
            .rejected(CHECK, not_a_string),
        leaf("claim-string-not-utf8", "C-1", |leaf| leaf.claim_bytes(15, vec![0x0c, 2, 0xff, 0xfe]))
            .rejected(CHECK, "fulcio-not-utf8-string"),
        leaf("claim-raw-not-utf8", "C-1", |leaf| leaf.claim_bytes(4, vec![0xff, 0xfe]))
            .rejected(CHECK, "fulcio-not-utf8"),
        leaf("claim-empty-bytes", "C-1, H-34", |leaf| leaf.claim_bytes(9, Vec::new())).rejected(CHECK, not_a_string),
    ]
}

fn agreement() -> Vec<Row> {
    let code = "leaf-extensions-disagree";
    vec![
        leaf("claims-of-issuer-disagree", "C-2", |leaf| leaf.claim(1, "https://issuer.elsewhere.test"))
            .rejected(CHECK, code),
        leaf("claims-of-trigger-disagree", "C-2", |leaf| leaf.claim(2, "pull_request")).rejected(CHECK, code),
        leaf("claims-of-commit-disagree", "C-2", |leaf| leaf.claim(3, "0000000000000000000000000000000000000000"))
            .rejected(CHECK, code),
        leaf("claims-of-ref-disagree", "C-2", |leaf| leaf.claim(6, "refs/heads/other")).rejected(CHECK, code),
        leaf("claims-of-repository-disagree", "C-2", |leaf| leaf.claim(5, "touchstone-test/other"))
            .rejected(CHECK, code),
        leaf("deprecated-issuer-as-a-string", "C-1, C-2", |leaf| leaf.claim_bytes(1, der::utf8(crate::ca::ISSUER)))
            .rejected(CHECK, "fulcio-not-utf8"),
    ]
}
