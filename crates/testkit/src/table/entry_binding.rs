//! Rows for `entry-binding`: B.13, one comparison at a time (H-1 to H-5), and malformed bodies (H-19).

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
        dsse_v001(),
        intoto_v002(),
        hashedrekord_v002(),
        hashedrekord_v002_malformed(),
        envelope_v002(),
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
            .body(|b| b["spec"]["signature"]["publicKey"]["content"] = pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "leaf").spki()))
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
        text("body-pem-of-another-type", |pem| pem.replace("CERTIFICATE", "PRIVATE KEY")).rejected(CHECK, "body-pem-label"),
        text("body-pem-is-none", |_| "no key".to_owned()).rejected(CHECK, "body-invalid-pem"),
        text("body-pem-of-nothing", |_| "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_owned()).rejected(CHECK, "body-invalid-pem"),
    ]
}

fn hashedrekord_v001_malformed() -> Vec<Row> {
    vec![
        message("body-without-spec", "H-19").body(|b| remove(b, "spec")).rejected(CHECK, "field-missing"),
        message("body-spec-null", "H-19").body(|b| b["spec"] = Value::Null).rejected(CHECK, "field-missing"),
        message("body-spec-array", "H-19").body(|b| b["spec"] = json!([])).rejected(CHECK, "field-wrong-type"),
        message("body-without-signature", "H-19, H-4").body(|b| remove(&mut b["spec"], "signature")).rejected(CHECK, "field-missing"),
        message("body-without-public-key", "H-19, H-4").body(|b| remove(&mut b["spec"]["signature"], "publicKey")).rejected(CHECK, "field-missing"),
        message("body-without-data", "H-19, H-4").body(|b| remove(&mut b["spec"], "data")).rejected(CHECK, "field-missing"),
        message("body-signature-url-safe", "A-9")
            .body(|b| b["spec"]["signature"]["content"] = json!("__-_"))
            .rejected(CHECK, "field-invalid-standard-base64"),
        message("body-signature-empty", "A-11, H-19").body(|b| b["spec"]["signature"]["content"] = json!("")).rejected(CHECK, "field-empty"),
        message("body-hash-algorithm-sha1", "B.13, B-84")
            .body(|b| {
                let value = hex(&Hash::Sha1.of(crate::recipe::ARTIFACT));
                b["spec"]["data"]["hash"] = json!({ "algorithm": "sha1", "value": value });
            })
            .rejected(CHECK, "field-unknown-name"),
        message("body-hash-value-not-hex", "B.13, B-84, H-19").body(|b| b["spec"]["data"]["hash"]["value"] = json!("zz")).rejected(CHECK, "body-digest-not-hex"),
        message("body-hash-value-too-short", "B.13, B-84, H-19").body(|b| b["spec"]["data"]["hash"]["value"] = json!("abcd")).rejected(CHECK, "body-digest-length"),
    ]
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
            .body(|b| b["spec"]["signatures"][0]["verifier"] = pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "leaf").spki()))
            .rejected(CHECK, "entry-key-kind-differs"),
        dsse("dsse-payload-hash-differs", "B-84, H-3, H-4")
            .body(|b| b["spec"]["payloadHash"]["value"] = sha256_hex(b"another payload"))
            .rejected(CHECK, "entry-payload-hash-differs"),
        dsse("dsse-payload-hash-of-another-algorithm", "B.13, B-84").body(|b| b["spec"]["payloadHash"]["algorithm"] = json!("sha512")).rejected(CHECK, "field-unknown-name"),
        dsse("dsse-body-with-two-signatures", "B.13, B-84")
            .body(|b| {
                let again = b["spec"]["signatures"][0].clone();
                b["spec"]["signatures"].as_array_mut().expect("signatures").push(again);
            })
            .rejected(CHECK, "body-signature-count"),
        dsse("dsse-body-without-signatures", "B.13, B-84, H-21").body(|b| b["spec"]["signatures"] = json!([])).rejected(CHECK, "body-signature-count"),
        dsse("dsse-body-without-payload-hash", "H-19, H-4").body(|b| remove(&mut b["spec"], "payloadHash")).rejected(CHECK, "field-missing"),
        dsse("dsse-body-without-verifier", "H-19, H-4").body(|b| remove(&mut b["spec"]["signatures"][0], "verifier")).rejected(CHECK, "field-missing"),
        dsse("dsse-body-signature-null", "H-19").body(|b| b["spec"]["signatures"][0] = Value::Null).rejected(CHECK, "field-wrong-type"),
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
        intoto("intoto-body-without-content", "H-19").body(|b| remove(&mut b["spec"], "content")).rejected(CHECK, "field-missing"),
        intoto("intoto-body-without-payload-hash", "H-19, H-4").body(|b| remove(&mut b["spec"]["content"], "payloadHash")).rejected(CHECK, "field-missing"),
        intoto("intoto-of-the-first-version", "B.13, B-84").entry(|e| e.kind = EntryKind::IntotoV001).rejected(CHECK, "entry-binding-weak"),
    ]
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
            .body(|b| v2_spec(b)["signature"]["verifier"]["x509Certificate"]["rawBytes"] = json!(base64(&other_certificate())))
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
            .body(|b| v2_spec(b)["data"] = json!({ "algorithm": "SHA2_512", "digest": base64(&Hash::Sha512.of(crate::recipe::ARTIFACT)) }))
            .rejected(CHECK, "entry-digest-algorithm-differs"),
        message("rekor-v2-key-details-differ", "B-76")
            .body(|b| v2_spec(b)["signature"]["verifier"]["keyDetails"] = json!("PKIX_ECDSA_P384_SHA_384"))
            .rejected(CHECK, "entry-key-details-differ"),
    ]
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
            .body(|b| v2_spec(b)["signature"]["verifier"]["publicKey"] = json!({ "rawBytes": base64(&Key::new(Kind::P256, "leaf").spki()) }))
            .rejected(CHECK, "body-two-verifiers"),
        message("rekor-v2-body-without-verifier", "B-73, H-19").body(|b| remove(&mut v2_spec(b)["signature"], "verifier")).rejected(CHECK, "field-missing"),
        message("rekor-v2-body-without-key-and-certificate", "B-73, H-19")
            .body(|b| remove(&mut v2_spec(b)["signature"]["verifier"], "x509Certificate"))
            .rejected(CHECK, "body-no-verifier"),
        message("rekor-v2-body-without-key-details", "B-76, H-19")
            .body(|b| remove(&mut v2_spec(b)["signature"]["verifier"], "keyDetails"))
            .rejected(CHECK, "field-missing"),
        message("rekor-v2-body-without-digest", "B-73, H-19").body(|b| remove(&mut v2_spec(b)["data"], "digest")).rejected(CHECK, "field-missing"),
        message("rekor-v2-body-digest-algorithm-unknown", "B-73").body(|b| v2_spec(b)["data"]["algorithm"] = json!("MD5")).rejected(CHECK, "field-unknown-name"),
    ]
}

fn envelope_v002() -> Vec<Row> {
    let dsse = |name, rule| row(name, rule, Recipe::dsse_v2());
    vec![
        dsse("rekor-v2-dsse-signature-differs", "B-74, B-84")
            .body(|b| v2_spec(b)["signature"]["content"] = twin(&v2_spec(b)["signature"]["content"]))
            .rejected(CHECK, "entry-signature-differs"),
        dsse("rekor-v2-dsse-certificate-differs", "B-75, H-5")
            .body(|b| v2_spec(b)["signature"]["verifier"]["x509Certificate"]["rawBytes"] = json!(base64(&other_certificate())))
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
                recipe.entry().body.push(crate::change(move |b: &mut Value| v2_spec(b)["data"]["digest"] = digest.clone()));
            })
            .rejected(CHECK, "entry-payload-hash-differs"),
        dsse("rekor-v2-dsse-of-the-removed-kind", "B-72").entry(|e| e.kind = EntryKind::DsseV002).rejected(CHECK, "body-dsse-002-removed"),
    ]
}

/// The statement of the good world, as bytes.
fn statement_payload() -> Vec<u8> {
    let bundle = Recipe::dsse().write_bundle();
    from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload"))
}

fn managed() -> Vec<Row> {
    let managed = |name, rule| row(name, rule, Recipe::managed());
    vec![
        managed("managed-key-entry-of-another-key", "A-28, B-84")
            .body(|b| b["spec"]["signature"]["publicKey"]["content"] = pem_base64("PUBLIC KEY", &Key::new(Kind::P256, "another").spki()))
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
            b["verificationMaterial"]["tlogEntries"] = donor.write_bundle()["verificationMaterial"]["tlogEntries"].clone();
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
        spliced("entry-of-another-artifact", "H-1, H-2", Recipe::message(), other_artifact(Recipe::message())).rejected(CHECK, "entry-digest-differs"),
        spliced("dsse-entry-of-another-payload", "H-3", Recipe::dsse(), other_artifact(Recipe::dsse())).rejected(CHECK, "entry-payload-hash-differs"),
        spliced("intoto-entry-of-another-payload", "H-3", Recipe::intoto(), other_artifact(Recipe::intoto())).rejected(CHECK, "entry-payload-hash-differs"),
        spliced("rekor-v2-entry-of-another-artifact", "H-1", Recipe::message_v2(), other_artifact(Recipe::message_v2())).rejected(CHECK, "entry-digest-differs"),
        spliced("rekor-v2-dsse-entry-of-another-payload", "H-3", Recipe::dsse_v2(), other_artifact(Recipe::dsse_v2())).rejected(CHECK, "entry-payload-hash-differs"),
    ]
}

fn kinds() -> Vec<Row> {
    let message_entry_kinds = |name, kind: EntryKind| {
        let mut donor = Recipe::dsse();
        donor.entry().kind = kind;
        row(name, "B-82, H-1", Recipe::message())
            .bundle(move |b| b["verificationMaterial"]["tlogEntries"] = donor.write_bundle()["verificationMaterial"]["tlogEntries"].clone())
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
