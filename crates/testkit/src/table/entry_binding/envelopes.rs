//! `dsse` 0.0.1 and `intoto` bodies.

use super::{CHECK, other_certificate, pem_base64, sha256_hex, twin};
use crate::Recipe;
use crate::encoding::{base64, from_base64};
use crate::keys::{Key, Kind};
use crate::rekor::EntryKind;
use crate::table::{Row, remove, row};
use serde_json::{Value, json};

pub(super) fn rows() -> Vec<Row> {
    [dsse_v001(), intoto_v002()].concat()
}

fn dsse_v001() -> Vec<Row> {
    let dsse = |name, rule| row(name, rule, Recipe::dsse());
    vec![
        dsse("dsse-signature-differs", "B-84, H-4")
            .body(|b| b["spec"]["signatures"][0]["signature"] = twin(&b["spec"]["signatures"][0]["signature"]))
            .rejected(CHECK, "entry-signature-differs"),
        dsse("dsse-second-valid-signature-in-bundle", "B-84, H-4")
            .bundle(|b| b["dsseEnvelope"]["signatures"][0]["sig"] = twin(&b["dsseEnvelope"]["signatures"][0]["sig"]))
            .rejected(CHECK, "entry-signature-differs"),
        dsse("dsse-certificate-differs", "B-84, H-4, H-5")
            .body(|b| b["spec"]["signatures"][0]["verifier"] = pem_base64("CERTIFICATE", &other_certificate()))
            .rejected(CHECK, "entry-key-differs"),
        dsse("dsse-key-instead-of-certificate", "B-83")
            .body(|b| {
                b["spec"]["signatures"][0]["verifier"] = pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "leaf").spki())
            })
            .rejected(CHECK, "entry-key-kind-differs"),
        dsse("dsse-payload-hash-differs", "B-84, H-3, H-4")
            .body(|b| b["spec"]["payloadHash"]["value"] = sha256_hex(b"another payload"))
            .rejected(CHECK, "entry-payload-hash-differs"),
        dsse("dsse-payload-hash-of-another-algorithm", "B.13, B-84")
            .body(|b| b["spec"]["payloadHash"]["algorithm"] = json!("sha512"))
            .rejected(CHECK, "field-unknown-name"),
        dsse("dsse-body-with-two-signatures", "B.13, B-84")
            .body(|b| {
                let again = b["spec"]["signatures"][0].clone();
                b["spec"]["signatures"].as_array_mut().expect("signatures").push(again);
            })
            .rejected(CHECK, "body-signature-count"),
        dsse("dsse-body-without-signatures", "B.13, B-84, H-21")
            .body(|b| b["spec"]["signatures"] = json!([]))
            .rejected(CHECK, "body-signature-count"),
        dsse("dsse-body-without-payload-hash", "H-19, H-4")
            .body(|b| remove(&mut b["spec"], "payloadHash"))
            .rejected(CHECK, "field-missing"),
        dsse("dsse-body-without-verifier", "H-19, H-4")
            .body(|b| remove(&mut b["spec"]["signatures"][0], "verifier"))
            .rejected(CHECK, "field-missing"),
        dsse("dsse-body-signature-null", "H-19")
            .body(|b| b["spec"]["signatures"][0] = Value::Null)
            .rejected(CHECK, "field-wrong-type"),
    ]
}

fn intoto_v002() -> Vec<Row> {
    let intoto = |name, rule| row(name, rule, Recipe::intoto());
    fn signature(body: &mut Value) -> &mut Value {
        &mut body["spec"]["content"]["envelope"]["signatures"][0]
    }
    vec![
        intoto("intoto-signature-differs", "B-84, H-4")
            .body(|b| {
                let once = from_base64(signature(b)["sig"].as_str().expect("base64"));
                let twin = twin(&json!(String::from_utf8(once).expect("base64 inside")));
                signature(b)["sig"] = json!(base64(twin.as_str().expect("base64").as_bytes()));
            })
            .rejected(CHECK, "entry-signature-differs"),
        intoto("intoto-signature-single-base64", "B.13, B-84")
            .body(|b| {
                let once = from_base64(signature(b)["sig"].as_str().expect("base64"));
                signature(b)["sig"] = json!(String::from_utf8(once).expect("base64 inside"));
            })
            .rejected(CHECK, "body-invalid-inner-base64"),
        intoto("intoto-certificate-differs", "B-84, H-4, H-5")
            .body(|b| signature(b)["publicKey"] = pem_base64("CERTIFICATE", &other_certificate()))
            .rejected(CHECK, "entry-key-differs"),
        intoto("intoto-key-instead-of-certificate", "B-83")
            .body(|b| signature(b)["publicKey"] = pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "leaf").spki()))
            .rejected(CHECK, "entry-key-kind-differs"),
        intoto("intoto-payload-hash-differs", "B-84, H-3, H-4")
            .body(|b| b["spec"]["content"]["payloadHash"]["value"] = sha256_hex(b"another payload"))
            .rejected(CHECK, "entry-payload-hash-differs"),
        intoto("intoto-payload-type-differs", "B.13, B-84")
            .body(|b| b["spec"]["content"]["envelope"]["payloadType"] = json!("application/json"))
            .rejected(CHECK, "entry-payload-type-differs"),
        intoto("intoto-key-id-differs", "B.13, B-84")
            .with(|recipe| recipe.key_id = "the key".to_owned())
            .body(|b| signature(b)["keyid"] = json!("another key"))
            .rejected(CHECK, "entry-keyid-differs"),
        intoto("intoto-body-with-two-signatures", "B.13, B-84")
            .body(|b| {
                let again = signature(b).clone();
                b["spec"]["content"]["envelope"]["signatures"].as_array_mut().expect("signatures").push(again);
            })
            .rejected(CHECK, "body-signature-count"),
        intoto("intoto-body-without-signatures", "B.13, B-84, H-21")
            .body(|b| b["spec"]["content"]["envelope"]["signatures"] = json!([]))
            .rejected(CHECK, "body-signature-count"),
        intoto("intoto-body-without-content", "H-19")
            .body(|b| remove(&mut b["spec"], "content"))
            .rejected(CHECK, "field-missing"),
        intoto("intoto-body-without-payload-hash", "H-19, H-4")
            .body(|b| remove(&mut b["spec"]["content"], "payloadHash"))
            .rejected(CHECK, "field-missing"),
        intoto("intoto-of-the-first-version", "B.13, B-84")
            .entry(|e| e.kind = EntryKind::IntotoV001)
            .rejected(CHECK, "entry-binding-weak"),
    ]
}
