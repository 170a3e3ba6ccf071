//! Rows for `bundle-form`: A.2 to A.6, H-15, H-21, H-37.

mod entries;

use super::{Draft, Row, entry_of, remove, row};
use crate::Recipe;
use crate::encoding::{base64, from_base64};
use crate::recipe::{BUNDLE_V01, KeyForm};
use serde_json::{Value, json};

const CHECK: &str = "bundle-form";

fn message(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message())
}

fn dsse(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::dsse())
}

pub(super) fn rows() -> Vec<Row> {
    [text(), media_type(), encodings(), integers(), one_of(), certificates(), content(), envelope(), entries::rows()]
        .concat()
}

fn text() -> Vec<Row> {
    vec![
        message("json-truncated", "A-7").text(|text| text.truncate(text.len() - 3)).rejected(CHECK, "json-truncated"),
        message("json-with-something-behind", "A-7")
            .text(|text| text.push_str("{}"))
            .rejected(CHECK, "json-trailing-data"),
        message("json-with-byte-order-mark", "A-7")
            .text(|text| text.insert(0, '\u{feff}'))
            .rejected(CHECK, "json-byte-order-mark"),
        message("json-empty", "A-7, H-21").text(String::clear).rejected(CHECK, "json-empty"),
        message("json-duplicate-media-type", "A-12, H-37")
            .text(|text| text.insert_str(1, r#""mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","#))
            .rejected(CHECK, "json-duplicate-key"),
        message("json-duplicate-signature", "A-12, H-37")
            .text(|text| *text = text.replace(r#""signature":"#, r#""signature":"AAAA","signature":"#))
            .rejected(CHECK, "json-duplicate-key"),
        dsse("json-duplicate-payload", "A-12, H-37")
            .text(|text| *text = text.replace(r#""payload":"#, r#""payload":"AAAA","payload":"#))
            .rejected(CHECK, "json-duplicate-key"),
        message("json-deep", "A-16, H-15")
            .text(|text| text.insert_str(1, &format!(r#""x":{}{},"#, "[".repeat(5000), "]".repeat(5000))))
            .rejected(CHECK, "json-too-deep"),
        message("json-too-large", "A-16, H-15")
            .text(|text| text.push_str(&" ".repeat(25 << 20)))
            .rejected(CHECK, "json-too-large"),
        message("json-is-an-array", "A-2").text(|text| *text = format!("[{text}]")).rejected(CHECK, "field-wrong-type"),
    ]
}

fn media_type() -> Vec<Row> {
    let other = |name, text: &'static str| {
        message(name, "A-4, A-5")
            .bundle(move |b| b["mediaType"] = json!(text))
            .rejected(CHECK, "bundle-unknown-media-type")
    };
    vec![
        other("media-type-of-version-99", "application/vnd.dev.sigstore.bundle+json;version=99.9"),
        other("media-type-with-a-space", "application/vnd.dev.sigstore.bundle+json; version=0.3"),
        other("media-type-in-capitals", "application/vnd.dev.sigstore.Bundle.v0.3+json"),
        other("media-type-with-patch-version", "application/vnd.dev.sigstore.bundle.v0.3.7+json"),
        other("media-type-new-spelling-of-0-1", "application/vnd.dev.sigstore.bundle.v0.1+json"),
        other("media-type-of-a-trusted-root", "application/vnd.dev.sigstore.trustedroot+json;version=0.1"),
        message("media-type-absent", "A-19").bundle(|b| remove(b, "mediaType")).rejected(CHECK, "bundle-no-media-type"),
        message("version-older-than-accepted", "A-6")
            .with(|recipe| {
                recipe.media_type = BUNDLE_V01.to_owned();
                recipe.key_form = KeyForm::Chain(Vec::new());
            })
            .ask(|policy| policy.minimum_version = Some("0.3"))
            .rejected(CHECK, "bundle-version-too-old"),
    ]
}

fn encodings() -> Vec<Row> {
    let signature = |name, rule, edit: fn(String) -> String| {
        message(name, rule).bundle(move |b| {
            let text = b["messageSignature"]["signature"].as_str().expect("a signature").to_owned();
            b["messageSignature"]["signature"] = json!(edit(text));
        })
    };
    vec![
        signature("signature-not-base64", "A-8", |text| text.replacen('M', "!", 1))
            .rejected(CHECK, "field-invalid-base64"),
        signature("signature-with-a-space", "A-8", |mut text| {
            text.insert(4, ' ');
            text
        })
        .rejected(CHECK, "field-invalid-base64"),
        message("signature-with-trailing-bits", "A-8")
            .bundle(|b| b["messageSignature"]["signature"] = json!("MAYCAQECAQF="))
            .rejected(CHECK, "field-invalid-base64"),
        message("signature-is-a-number", "A-7")
            .bundle(|b| b["messageSignature"]["signature"] = json!(7))
            .rejected(CHECK, "field-wrong-type"),
        message("signature-empty", "A-11, A-21")
            .bundle(|b| b["messageSignature"]["signature"] = json!(""))
            .rejected(CHECK, "field-empty"),
        message("signature-null", "A-11, A-21")
            .bundle(|b| b["messageSignature"]["signature"] = Value::Null)
            .rejected(CHECK, "field-missing"),
    ]
}

fn integers() -> Vec<Row> {
    let index = |name, value: Value, code: &'static str| {
        message(name, "A-10, H-37").bundle(move |b| entry_of(b)["logIndex"] = value.clone()).rejected(CHECK, code)
    };
    vec![
        index("log-index-negative", json!("-1"), "field-negative"),
        index("log-index-negative-number", json!(-1), "field-negative"),
        index("log-index-fraction", json!("1.5"), "field-not-integer"),
        index("log-index-leading-zero", json!("0155690847"), "field-not-integer"),
        index("log-index-plus", json!("+155690847"), "field-not-integer"),
        index("log-index-exponent", json!("1e3"), "field-not-integer"),
        index("log-index-beyond-int64", json!("9223372036854775808"), "field-not-integer"),
        index("log-index-fraction-number", json!(1.5), "field-not-integer"),
        message("integrated-time-negative", "A-10")
            .bundle(|b| entry_of(b)["integratedTime"] = json!("-5"))
            .rejected(CHECK, "field-negative"),
    ]
}

fn one_of() -> Vec<Row> {
    vec![
        message("two-contents", "A-13")
            .bundle(|b| b["dsseEnvelope"] = json!({}))
            .rejected(CHECK, "bundle-two-contents"),
        message("no-content", "A-13, A-21")
            .bundle(|b| remove(b, "messageSignature"))
            .rejected(CHECK, "bundle-no-content"),
        message("unknown-content", "A-13, A-14")
            .bundle(|b| {
                remove(b, "messageSignature");
                b["quantumSignature"] = json!({ "signature": "AAAA" });
            })
            .rejected(CHECK, "bundle-no-content"),
        message("two-key-materials", "A-13")
            .bundle(|b| b["verificationMaterial"]["publicKey"] = json!({ "hint": "" }))
            .rejected(CHECK, "bundle-several-key-materials"),
        message("no-key-material", "A-13")
            .bundle(|b| remove(&mut b["verificationMaterial"], "certificate"))
            .rejected(CHECK, "bundle-no-key-material"),
        message("no-verification-material", "A-20")
            .bundle(|b| remove(b, "verificationMaterial"))
            .rejected(CHECK, "field-missing"),
    ]
}

fn certificates() -> Vec<Row> {
    let chain_of = |name, rule, count: usize| {
        message(name, rule).with(move |recipe| {
            recipe.media_type = BUNDLE_V01.to_owned();
            let issuer = recipe.ca.certificates().remove(0);
            recipe.key_form = KeyForm::Chain(vec![issuer; count - 1]);
        })
    };
    let raw = |name, rule, edit: fn(&mut Vec<u8>)| {
        message(name, rule).bundle(move |b| {
            let text = &mut b["verificationMaterial"]["certificate"]["rawBytes"];
            let mut der = from_base64(text.as_str().expect("a certificate"));
            edit(&mut der);
            *text = json!(base64(&der));
        })
    };
    vec![
        message("chain-in-version-0-3", "A.4, A-17")
            .with(|recipe| recipe.key_form = KeyForm::Chain(Vec::new()))
            .rejected(CHECK, "bundle-chain-in-v03"),
        chain_of("chain-empty", "A-20, H-21", 1)
            .bundle(|b| b["verificationMaterial"]["x509CertificateChain"]["certificates"] = json!([]))
            .rejected(CHECK, "bundle-empty-chain"),
        chain_of("chain-of-17", "A-16", 17).rejected(CHECK, "field-too-many"),
        raw("certificate-empty", "A-11, A-20", Vec::clear).rejected(CHECK, "field-empty"),
        raw("certificate-with-trailing-byte", "A-20", |der| der.push(0)).rejected(CHECK, "certificate-trailing-bytes"),
        raw("certificate-truncated", "A-20", |der| der.truncate(100)).rejected(CHECK, "certificate-malformed"),
        raw("certificate-of-2-to-the-40-bytes", "A-20, H-15", |der| *der = vec![0x30, 0x86, 1, 0, 0, 0, 0, 0, 0x30])
            .rejected(CHECK, "certificate-malformed"),
        message("certificate-with-an-extension-twice", "C-1")
            .leaf(|leaf| {
                let again = leaf.extensions[0].clone();
                leaf.extensions.push(again);
            })
            .rejected(CHECK, "certificate-duplicate-extension"),
    ]
}

fn content() -> Vec<Row> {
    let digest = |name, rule, edit: fn(&mut Value)| {
        message(name, rule).bundle(move |b| edit(&mut b["messageSignature"]["messageDigest"]))
    };
    vec![
        digest("message-digest-of-31-bytes", "A-22", |d| d["digest"] = json!(base64(&[1; 31])))
            .rejected(CHECK, "bundle-digest-length"),
        digest("message-digest-algorithm-unknown", "A-22", |d| d["algorithm"] = json!("MD5"))
            .rejected(CHECK, "field-unknown-name"),
        digest("message-digest-algorithm-as-a-number", "A-15", |d| d["algorithm"] = json!(1))
            .rejected(CHECK, "field-wrong-type"),
    ]
}

fn envelope() -> Vec<Row> {
    let envelope = |name, rule, edit: fn(&mut Value)| dsse(name, rule).bundle(move |b| edit(&mut b["dsseEnvelope"]));
    vec![
        envelope("envelope-with-two-signatures", "A-21", |e| {
            let again = e["signatures"][0].clone();
            e["signatures"].as_array_mut().expect("signatures").push(again);
        })
        .rejected(CHECK, "bundle-signature-count"),
        envelope("envelope-without-signature", "A-21, H-21", |e| e["signatures"] = json!([]))
            .rejected(CHECK, "bundle-signature-count"),
        envelope("envelope-signature-empty", "A-21", |e| e["signatures"][0]["sig"] = json!(""))
            .rejected(CHECK, "field-empty"),
        envelope("envelope-payload-type-empty", "A-21", |e| e["payloadType"] = json!(""))
            .rejected(CHECK, "field-empty"),
        envelope("envelope-without-payload", "A-21", |e| remove(e, "payload")).rejected(CHECK, "field-missing"),
        row("hint-is-not-the-envelope-key-id", "A-23", Recipe::managed())
            .with(|recipe| {
                recipe.dsse = true;
                recipe.key_id = "another".to_owned();
                recipe.entry().kind = crate::rekor::EntryKind::DsseV001;
            })
            .rejected(CHECK, "bundle-hint-is-not-keyid"),
    ]
}
