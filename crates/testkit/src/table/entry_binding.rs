//! Rows for `entry-binding`: B.13, one comparison at a time (H-1 to H-5), and malformed bodies (H-19).

mod envelopes;
mod rekor_v2;

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::encoding::{base64, from_base64, hex, pem};
use crate::keys::{Hash, Key, Kind, twin_signature};
use crate::rekor::EntryKind;
use serde_json::{Value, json};

const CHECK: &str = "entry-binding";

/// A certificate of the same signer with the same key, which is still another certificate.
fn other_certificate() -> Vec<u8> {
    let mut recipe = Recipe::message();
    recipe.leaf.serial = vec![0x11, 0x22, 0x33];
    recipe.leaf_der()
}

fn pem_base64(label: &str, der: &[u8]) -> Value {
    json!(base64(pem(label, der).as_bytes()))
}

/// The other valid signature over the same bytes, in place of a base64 one.
fn twin(text: &Value) -> Value {
    json!(base64(&twin_signature(&from_base64(text.as_str().expect("base64")))))
}

fn sha256_hex(bytes: &[u8]) -> Value {
    json!(hex(&Hash::Sha256.of(bytes)))
}

pub(super) fn rows() -> Vec<Row> {
    [
        hashedrekord_v001(),
        hashedrekord_v001_key(),
        hashedrekord_v001_malformed(),
        envelopes::rows(),
        rekor_v2::rows(),
        managed(),
        donors(),
        kinds(),
    ]
    .concat()
}

fn message(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message())
}

fn hashedrekord_v001() -> Vec<Row> {
    vec![
        message("hashedrekord-signature-differs", "B-84, H-4")
            .body(|b| b["spec"]["signature"]["content"] = twin(&b["spec"]["signature"]["content"]))
            .rejected(CHECK, "entry-signature-differs"),
        message("hashedrekord-certificate-differs", "B-84, H-4, H-5")
            .body(|b| b["spec"]["signature"]["publicKey"]["content"] = pem_base64("CERTIFICATE", &other_certificate()))
            .rejected(CHECK, "entry-key-differs"),
        message("hashedrekord-key-instead-of-certificate", "B-83")
            .body(|b| {
                b["spec"]["signature"]["publicKey"]["content"] =
                    pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "leaf").spki())
            })
            .rejected(CHECK, "entry-key-kind-differs"),
        message("hashedrekord-digest-differs", "B-84, H-4")
            .body(|b| b["spec"]["data"]["hash"]["value"] = sha256_hex(b"another artifact"))
            .rejected(CHECK, "entry-digest-differs"),
        message("hashedrekord-digest-algorithm-differs", "B-89, H-4")
            .body(|b| {
                let value = hex(&Hash::Sha512.of(crate::recipe::ARTIFACT));
                b["spec"]["data"]["hash"] = json!({ "algorithm": "sha512", "value": value });
            })
            .rejected(CHECK, "entry-digest-algorithm-differs"),
    ]
}

fn hashedrekord_v001_key() -> Vec<Row> {
    let text = |name, edit: fn(String) -> String| {
        message(name, "B-83").body(move |b| {
            let content = &mut b["spec"]["signature"]["publicKey"]["content"];
            let pem = String::from_utf8(from_base64(content.as_str().expect("base64"))).expect("PEM");
            *content = json!(base64(edit(pem).as_bytes()));
        })
    };
    vec![
        text("body-pem-with-leading-text", |pem| format!("signed by me\n{pem}")).rejected(CHECK, "body-invalid-pem"),
        text("body-pem-twice", |pem| pem.repeat(2)).rejected(CHECK, "body-invalid-pem"),
        text("body-pem-of-another-type", |pem| pem.replace("CERTIFICATE", "PRIVATE KEY"))
            .rejected(CHECK, "body-pem-label"),
        text("body-pem-is-none", |_| "no key".to_owned()).rejected(CHECK, "body-invalid-pem"),
        text("body-pem-of-nothing", |_| "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_owned())
            .rejected(CHECK, "body-invalid-pem"),
    ]
}

fn hashedrekord_v001_malformed() -> Vec<Row> {
    vec![
        message("body-without-spec", "H-19").body(|b| remove(b, "spec")).rejected(CHECK, "field-missing"),
        message("body-spec-null", "H-19").body(|b| b["spec"] = Value::Null).rejected(CHECK, "field-missing"),
        message("body-spec-array", "H-19").body(|b| b["spec"] = json!([])).rejected(CHECK, "field-wrong-type"),
        message("body-without-signature", "H-19, H-4")
            .body(|b| remove(&mut b["spec"], "signature"))
            .rejected(CHECK, "field-missing"),
        message("body-without-public-key", "H-19, H-4")
            .body(|b| remove(&mut b["spec"]["signature"], "publicKey"))
            .rejected(CHECK, "field-missing"),
        message("body-without-data", "H-19, H-4")
            .body(|b| remove(&mut b["spec"], "data"))
            .rejected(CHECK, "field-missing"),
        message("body-signature-url-safe", "A-9")
            .body(|b| b["spec"]["signature"]["content"] = json!("__-_"))
            .rejected(CHECK, "field-invalid-standard-base64"),
        message("body-signature-empty", "A-11, H-19")
            .body(|b| b["spec"]["signature"]["content"] = json!(""))
            .rejected(CHECK, "field-empty"),
        message("body-hash-algorithm-sha1", "B.13, B-84")
            .body(|b| {
                let value = hex(&Hash::Sha1.of(crate::recipe::ARTIFACT));
                b["spec"]["data"]["hash"] = json!({ "algorithm": "sha1", "value": value });
            })
            .rejected(CHECK, "field-unknown-name"),
        message("body-hash-value-not-hex", "B.13, B-84, H-19")
            .body(|b| b["spec"]["data"]["hash"]["value"] = json!("zz"))
            .rejected(CHECK, "body-digest-not-hex"),
        message("body-hash-value-too-short", "B.13, B-84, H-19")
            .body(|b| b["spec"]["data"]["hash"]["value"] = json!("abcd"))
            .rejected(CHECK, "body-digest-length"),
    ]
}

fn managed() -> Vec<Row> {
    let managed = |name, rule| row(name, rule, Recipe::managed());
    vec![
        managed("managed-key-entry-of-another-key", "A-28, B-84")
            .body(|b| {
                b["spec"]["signature"]["publicKey"]["content"] =
                    pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "another").spki())
            })
            .rejected(CHECK, "entry-key-differs"),
        managed("managed-key-entry-of-a-certificate", "B-83")
            .body(|b| b["spec"]["signature"]["publicKey"]["content"] = pem_base64("CERTIFICATE", &other_certificate()))
            .rejected(CHECK, "entry-key-kind-differs"),
        managed("managed-key-entry-signature-differs", "B-84")
            .body(|b| b["spec"]["signature"]["content"] = twin(&b["spec"]["signature"]["content"]))
            .rejected(CHECK, "entry-signature-differs"),
    ]
}

/// Entries that are true, of something else (H-1 to H-3).
fn donors() -> Vec<Row> {
    let spliced = |name, rule, recipe: Recipe, donor: Recipe| {
        row(name, rule, recipe).bundle(move |b| {
            b["verificationMaterial"]["tlogEntries"] =
                donor.write_bundle()["verificationMaterial"]["tlogEntries"].clone();
        })
    };
    let other_artifact = |mut recipe: Recipe| {
        recipe.artifact = b"another artifact".to_vec();
        recipe
    };
    let mut stranger = other_artifact(Recipe::message());
    stranger.leaf.key = Key::new(Kind::P256, "stranger");
    vec![
        spliced("entry-of-a-stranger", "H-1, H-2", Recipe::message(), stranger).rejected(CHECK, "entry-digest-differs"),
        spliced("entry-of-another-artifact", "H-1, H-2", Recipe::message(), other_artifact(Recipe::message()))
            .rejected(CHECK, "entry-digest-differs"),
        spliced("dsse-entry-of-another-payload", "H-3", Recipe::dsse(), other_artifact(Recipe::dsse()))
            .rejected(CHECK, "entry-payload-hash-differs"),
        spliced("intoto-entry-of-another-payload", "H-3", Recipe::intoto(), other_artifact(Recipe::intoto()))
            .rejected(CHECK, "entry-payload-hash-differs"),
        spliced(
            "rekor-v2-entry-of-another-artifact",
            "H-1",
            Recipe::message_v2(),
            other_artifact(Recipe::message_v2()),
        )
        .rejected(CHECK, "entry-digest-differs"),
        spliced("rekor-v2-dsse-entry-of-another-payload", "H-3", Recipe::dsse_v2(), other_artifact(Recipe::dsse_v2()))
            .rejected(CHECK, "entry-payload-hash-differs"),
    ]
}

fn kinds() -> Vec<Row> {
    let message_entry_kinds = |name, kind: EntryKind| {
        let mut donor = Recipe::dsse();
        donor.entry().kind = kind;
        row(name, "B-82, H-1", Recipe::message())
            .bundle(move |b| {
                b["verificationMaterial"]["tlogEntries"] =
                    donor.write_bundle()["verificationMaterial"]["tlogEntries"].clone()
            })
            .rejected(CHECK, "entry-kind-does-not-fit")
    };
    let unsupported = |name, kind: &'static str| {
        row(name, "B.13, B-84", Recipe::message())
            .body(move |b| b["kind"] = json!(kind))
            .entry(move |e| e.kind_version = Some((kind.to_owned(), "0.0.1".to_owned())))
            .rejected(CHECK, "body-unsupported-kind")
    };
    vec![
        row("envelope-with-a-hashedrekord", "B-82, H-1", Recipe::dsse())
            .entry(|e| e.kind = EntryKind::HashedRekordV001)
            .rejected(CHECK, "entry-kind-does-not-fit"),
        message_entry_kinds("message-with-a-dsse-entry", EntryKind::DsseV001),
        message_entry_kinds("message-with-an-intoto-entry", EntryKind::IntotoV002),
        unsupported("entry-of-kind-rekord", "rekord"),
        unsupported("entry-of-kind-cose", "cose"),
        unsupported("entry-of-kind-rfc3161", "rfc3161"),
        row("hashedrekord-of-version-9", "B.13, B-84", Recipe::message())
            .body(|b| b["apiVersion"] = json!("0.0.9"))
            .entry(|e| e.kind_version = Some(("hashedrekord".to_owned(), "0.0.9".to_owned())))
            .rejected(CHECK, "body-unsupported-version"),
    ]
}
