//! Good bundles in every form that is allowed: versions, encodings, omitted members, bodies.

use crate::Recipe;
use crate::encoding::{base64, from_base64};
use crate::recipe::{BUNDLE_V01, BUNDLE_V02, KeyForm};
use crate::table::{Draft, Row, entry_of, remove, row};
use serde_json::{Value, json};

pub(super) fn rows() -> Vec<Row> {
    [versions(), encodings(), bodies(), trees()].concat()
}

fn version(name: &'static str, rule: &'static str, mut recipe: Recipe, media_type: &str) -> Draft {
    recipe.media_type = media_type.to_owned();
    recipe.key_form = KeyForm::Chain(Vec::new());
    row(name, rule, recipe)
}

fn versions() -> Vec<Row> {
    vec![
        version("good-version-0-1", "A-4", Recipe::message(), BUNDLE_V01).verified(),
        version("good-version-0-2", "A-4", Recipe::message(), BUNDLE_V02).verified(),
        row("good-version-0-3-old-spelling", "A-4", Recipe::message())
            .with(|recipe| recipe.media_type = "application/vnd.dev.sigstore.bundle+json;version=0.3".to_owned())
            .verified(),
        version("good-version-0-1-promise-only", "A.4, A-17, I.2", Recipe::message(), BUNDLE_V01)
            .entry(|e| e.proof = None)
            .verified(),
        version("good-version-0-1-intoto-promise-only", "A.4, I.2, B-22", Recipe::intoto(), BUNDLE_V01)
            .entry(|e| e.proof = None)
            .verified(),
        version("good-version-0-1-managed-key-promise-only", "A.4, A-17, I.2", Recipe::managed(), BUNDLE_V01)
            .with(|recipe| recipe.key_form = Recipe::managed().key_form)
            .entry(|e| e.proof = None)
            .ask(|policy| policy.identity = crate::policy::IdentityKnob::Key)
            .verified(),
        version("good-version-0-1-with-certificate", "A.4, A-17", Recipe::message(), BUNDLE_V01)
            .with(|recipe| recipe.key_form = KeyForm::Certificate)
            .verified(),
        version("good-version-0-2-chain-with-intermediate-and-root", "A-20, B-42", Recipe::message(), BUNDLE_V02)
            .with(|recipe| recipe.key_form = KeyForm::Chain(recipe.ca.certificates()))
            .verified(),
        version("good-version-0-2-intoto", "A-4, I.2", Recipe::intoto(), BUNDLE_V02).verified(),
        row("good-version-0-3-with-0-3-demanded", "A-6", Recipe::message())
            .ask(|policy| policy.minimum_version = Some("0.3"))
            .verified(),
    ]
}

/// Rewrites a base64 member in the URL-safe alphabet without padding.
fn url_safe(text: &mut Value) {
    let standard = text.as_str().expect("base64");
    *text = json!(standard.replace('+', "-").replace('/', "_").trim_end_matches('='));
}

fn encodings() -> Vec<Row> {
    vec![
        row("good-base64-url-safe", "A-8", Recipe::dsse())
            .bundle(|b| {
                url_safe(&mut b["dsseEnvelope"]["payload"]);
                url_safe(&mut b["dsseEnvelope"]["signatures"][0]["sig"]);
                url_safe(&mut b["verificationMaterial"]["certificate"]["rawBytes"]);
                url_safe(&mut entry_of(b)["canonicalizedBody"]);
            })
            .verified(),
        row("good-integers-as-numbers", "A-10", Recipe::message())
            .bundle(|b| {
                let entry = entry_of(b);
                entry["logIndex"] = json!(155_690_847);
                entry["integratedTime"] = json!(crate::time::SIGNED_AT);
                entry["inclusionProof"]["logIndex"] = json!(13);
                entry["inclusionProof"]["treeSize"] = json!(21);
            })
            .verified(),
        // Without a promise: RFC 8785 would round this number in what the log signs.
        row("good-log-index-beyond-53-bits", "A-10, H-37", Recipe::both_times())
            .entry(|e| {
                e.log_index = (1 << 53) + 1;
                e.promise = None;
            })
            .verified(),
        row("good-unknown-members", "A-14", Recipe::message())
            .bundle(|b| {
                b["unknown"] = json!({ "a": [1] });
                b["verificationMaterial"]["unknown"] = json!("x");
                entry_of(b)["unknown"] = json!(1.5);
            })
            .verified(),
        row("good-null-members", "A-11", Recipe::message())
            .bundle(|b| {
                b["dsseEnvelope"] = Value::Null;
                b["verificationMaterial"]["publicKey"] = Value::Null;
                b["verificationMaterial"]["timestampVerificationData"] = Value::Null;
            })
            .verified(),
        row("good-without-message-digest", "A-22", Recipe::message())
            .bundle(|b| remove(&mut b["messageSignature"], "messageDigest"))
            .verified(),
        row("good-envelope-key-id-ignored", "B-95", Recipe::dsse())
            .bundle(|b| b["dsseEnvelope"]["signatures"][0]["keyid"] = json!("any"))
            .verified(),
        row("good-rekor-v2-without-claimed-head", "B-61", Recipe::message_v2())
            .bundle(|b| {
                remove(&mut entry_of(b)["inclusionProof"], "rootHash");
                remove(&mut entry_of(b)["inclusionProof"], "treeSize");
            })
            .verified(),
        row("good-rekor-v2-integrated-time-ignored", "B-19", Recipe::message_v2())
            .bundle(|b| entry_of(b)["integratedTime"] = json!("1"))
            .verified(),
    ]
}

fn bodies() -> Vec<Row> {
    vec![
        row("good-dsse-envelope-hash-ignored", "B.13, B-84", Recipe::dsse())
            .body(|b| b["spec"]["envelopeHash"]["value"] = json!("00".repeat(32)))
            .verified(),
        row("good-intoto-hash-ignored", "B.13, B-84", Recipe::intoto())
            .body(|b| b["spec"]["content"]["hash"]["value"] = json!("00".repeat(32)))
            .verified(),
        row("good-intoto-key-id", "B.13, B-84", Recipe::intoto())
            .with(|recipe| recipe.key_id = "the key".to_owned())
            .verified(),
        row("good-body-with-an-unknown-member", "B-87", Recipe::message())
            .body(|b| b["spec"]["unknown"] = json!({}))
            .verified(),
        row("good-body-not-canonical", "B-86", Recipe::message())
            .with(|recipe| {
                let bundle = recipe.write_bundle();
                let entry = &bundle["verificationMaterial"]["tlogEntries"][0];
                let body = from_base64(entry["canonicalizedBody"].as_str().expect("a body"));
                recipe.entry().raw_body = Some([b" ".to_vec(), body].concat());
            })
            .verified(),
        row("good-body-pem-of-one-long-line", "B-83", Recipe::message())
            .body(|b| {
                let der = Recipe::message().leaf_der();
                let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64(&der));
                b["spec"]["signature"]["publicKey"]["content"] = json!(base64(pem.as_bytes()));
            })
            .verified(),
    ]
}

fn trees() -> Vec<Row> {
    let tree = |name, rule, recipe: Recipe, size: usize, index: usize| {
        row(name, rule, recipe)
            .entry(|e| {
                e.proof().tree_size = size;
                e.proof().index = index;
                if e.log.tree_id.is_none() {
                    e.log_index = index as i64;
                }
            })
            .verified()
    };
    vec![
        tree("good-tree-of-one", "B-60", Recipe::message_v2(), 1, 0),
        tree("good-tree-of-one-rekor-v1", "B-60, A-10", Recipe::message(), 1, 0),
        tree("good-first-of-many", "B-60, A-10", Recipe::message_v2(), 21, 0),
        tree("good-last-of-many", "B-60", Recipe::message_v2(), 21, 20),
        tree("good-last-of-a-full-tree", "B-60", Recipe::message_v2(), 64, 63),
        tree("good-first-behind-a-full-tree", "B-60", Recipe::message_v2(), 65, 64),
        tree("good-tree-of-a-thousand", "B-60", Recipe::message(), 1000, 511),
        row("good-global-index-zero", "A-10, B-54, H-37", Recipe::message()).entry(|e| e.log_index = 0).verified(),
        row("good-global-index-zero-written", "A-10, B-54", Recipe::message())
            .entry(|e| e.log_index = 0)
            .bundle(|b| entry_of(b)["logIndex"] = json!("0"))
            .verified(),
    ]
}
