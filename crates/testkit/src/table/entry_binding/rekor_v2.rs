//! Rekor v2 bodies (B-72 to B-76).

use super::{CHECK, other_certificate, twin};
use crate::Recipe;
use crate::encoding::{base64, from_base64};
use crate::keys::{Hash, Key, Kind, Scheme};
use crate::rekor::EntryKind;
use crate::table::{Draft, Row, remove, row};
use serde_json::{Value, json};

pub(super) fn rows() -> Vec<Row> {
    [hashedrekord_v002(), hashedrekord_v002_malformed(), envelope_v002()].concat()
}

fn v2_spec(body: &mut Value) -> &mut Value {
    &mut body["spec"]["hashedRekordV002"]
}

fn hashedrekord_v002() -> Vec<Row> {
    let message = |name, rule| row(name, rule, Recipe::message_v2());
    vec![
        message("rekor-v2-signature-differs", "B-75, H-4")
            .body(|b| v2_spec(b)["signature"]["content"] = twin(&v2_spec(b)["signature"]["content"]))
            .rejected(CHECK, "entry-signature-differs"),
        message("rekor-v2-certificate-differs", "B-75, H-4, H-5")
            .body(|b| {
                v2_spec(b)["signature"]["verifier"]["x509Certificate"]["rawBytes"] = json!(base64(&other_certificate()))
            })
            .rejected(CHECK, "entry-key-differs"),
        message("rekor-v2-key-instead-of-certificate", "B-75, B-83")
            .body(|b| {
                let verifier = &mut v2_spec(b)["signature"]["verifier"];
                remove(verifier, "x509Certificate");
                verifier["publicKey"] = json!({ "rawBytes": base64(&Key::new(Kind::P256, "leaf").spki()) });
            })
            .rejected(CHECK, "entry-key-kind-differs"),
        message("rekor-v2-digest-differs", "B-74, H-4")
            .body(|b| v2_spec(b)["data"]["digest"] = json!(base64(&Hash::Sha256.of(b"another artifact"))))
            .rejected(CHECK, "entry-digest-differs"),
        message("rekor-v2-digest-algorithm-differs", "B-74, B-89")
            .body(|b| {
                v2_spec(b)["data"] =
                    json!({ "algorithm": "SHA2_512", "digest": base64(&Hash::Sha512.of(crate::recipe::ARTIFACT)) })
            })
            .rejected(CHECK, "entry-digest-algorithm-differs"),
        message("rekor-v2-key-details-differ", "B-76")
            .body(|b| v2_spec(b)["signature"]["verifier"]["keyDetails"] = json!("PKIX_ECDSA_P384_SHA_384"))
            .rejected(CHECK, "entry-key-details-differ"),
        with_key("rekor-v2-key-details-of-another-padding", "B-76", Kind::Rsa2048)
            .body(|b| v2_spec(b)["signature"]["verifier"]["keyDetails"] = json!("PKIX_RSA_PSS_2048_SHA256"))
            .rejected(CHECK, "entry-key-details-differ"),
        // What was hashed by the older choice cannot be in such a log, whatever the log recorded.
        with_key("rekor-v2-p384-over-sha256", "B-76, B-89", Kind::P384)
            .with(|recipe| recipe.scheme = Some(Scheme::Ecdsa(Hash::Sha256)))
            .body(|b| {
                v2_spec(b)["data"] =
                    json!({ "algorithm": "SHA2_256", "digest": base64(&Hash::Sha256.of(crate::recipe::ARTIFACT)) })
            })
            .rejected(CHECK, "entry-key-details-differ"),
    ]
}

fn with_key(name: &'static str, rule: &'static str, kind: Kind) -> Draft {
    row(name, rule, Recipe::message_v2()).with(|recipe| recipe.leaf_kind(kind))
}

fn hashedrekord_v002_malformed() -> Vec<Row> {
    let message = |name, rule| row(name, rule, Recipe::message_v2());
    vec![
        message("rekor-v2-body-of-the-earliest-spelling", "B-72")
            .body(|b| {
                let spec = v2_spec(b).clone();
                b["spec"] = json!({ "hashedRekordV0_0_2": spec });
            })
            .rejected(CHECK, "field-missing"),
        message("rekor-v2-body-with-key-and-certificate", "B-73")
            .body(|b| {
                v2_spec(b)["signature"]["verifier"]["publicKey"] =
                    json!({ "rawBytes": base64(&Key::new(Kind::P256, "leaf").spki()) })
            })
            .rejected(CHECK, "body-two-verifiers"),
        message("rekor-v2-body-without-verifier", "B-73, H-19")
            .body(|b| remove(&mut v2_spec(b)["signature"], "verifier"))
            .rejected(CHECK, "field-missing"),
        message("rekor-v2-body-without-key-and-certificate", "B-73, H-19")
            .body(|b| remove(&mut v2_spec(b)["signature"]["verifier"], "x509Certificate"))
            .rejected(CHECK, "body-no-verifier"),
        message("rekor-v2-body-without-key-details", "B-76, H-19")
            .body(|b| remove(&mut v2_spec(b)["signature"]["verifier"], "keyDetails"))
            .rejected(CHECK, "field-missing"),
        message("rekor-v2-body-without-digest", "B-73, H-19")
            .body(|b| remove(&mut v2_spec(b)["data"], "digest"))
            .rejected(CHECK, "field-missing"),
        message("rekor-v2-body-digest-algorithm-unknown", "B-73")
            .body(|b| v2_spec(b)["data"]["algorithm"] = json!("MD5"))
            .rejected(CHECK, "field-unknown-name"),
    ]
}

fn envelope_v002() -> Vec<Row> {
    let dsse = |name, rule| row(name, rule, Recipe::dsse_v2());
    vec![
        dsse("rekor-v2-dsse-signature-differs", "B-74, B-84")
            .body(|b| v2_spec(b)["signature"]["content"] = twin(&v2_spec(b)["signature"]["content"]))
            .rejected(CHECK, "entry-signature-differs"),
        dsse("rekor-v2-dsse-certificate-differs", "B-75, H-5")
            .body(|b| {
                v2_spec(b)["signature"]["verifier"]["x509Certificate"]["rawBytes"] = json!(base64(&other_certificate()))
            })
            .rejected(CHECK, "entry-key-differs"),
        dsse("rekor-v2-dsse-digest-of-another-envelope", "B-74, H-3")
            .body(|b| v2_spec(b)["data"]["digest"] = json!(base64(&Hash::Sha256.of(b"another PAE"))))
            .rejected(CHECK, "entry-payload-hash-differs"),
        dsse("rekor-v2-dsse-digest-of-the-payload-alone", "B-74, B-91")
            .with(|recipe| recipe.payload = Some(br#"{"_type":"https://in-toto.io/Statement/v1"}"#.to_vec()))
            .with(|recipe| {
                let statement = statement_payload();
                let digest = json!(base64(&Hash::Sha256.of(&statement)));
                recipe.payload = Some(statement);
                recipe
                    .entry()
                    .body
                    .push(crate::change(move |b: &mut Value| v2_spec(b)["data"]["digest"] = digest.clone()));
            })
            .rejected(CHECK, "entry-payload-hash-differs"),
        dsse("rekor-v2-dsse-of-the-removed-kind", "B-72")
            .entry(|e| e.kind = EntryKind::DsseV002)
            .rejected(CHECK, "body-dsse-002-removed"),
    ]
}

/// The statement of the good world, as bytes.
fn statement_payload() -> Vec<u8> {
    let bundle = Recipe::dsse().write_bundle();
    from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload"))
}
