//! Log entries, proofs, bodies, and how many of each.

use super::{CHECK, message};
use crate::Recipe;
use crate::encoding::base64;
use crate::recipe::{BUNDLE_V01, BUNDLE_V02, KeyForm};
use crate::table::{Row, entry_of, remove, row};
use serde_json::{Value, json};

pub(super) fn rows() -> Vec<Row> {
    [entries(), proofs(), bodies(), counts()].concat()
}

fn entries() -> Vec<Row> {
    let entry = |name, rule, edit: fn(&mut Value)| message(name, rule).bundle(move |b| edit(entry_of(b)));
    vec![
        entry("entry-without-log-id", "A-24", |e| remove(e, "logId")).rejected(CHECK, "field-missing"),
        entry("entry-log-id-empty", "A-24", |e| e["logId"]["keyId"] = json!("")).rejected(CHECK, "field-empty"),
        entry("entry-without-kind", "A-24", |e| remove(e, "kindVersion")).rejected(CHECK, "field-missing"),
        entry("entry-version-empty", "A-24", |e| e["kindVersion"]["version"] = json!(""))
            .rejected(CHECK, "field-empty"),
        entry("entry-without-body", "A-24", |e| remove(e, "canonicalizedBody")).rejected(CHECK, "field-missing"),
        entry("entry-null", "A-24, H-21", |e| *e = Value::Null).rejected(CHECK, "field-wrong-type"),
        entry("entry-kind-is-not-the-body-kind", "A-24, H-5", |e| e["kindVersion"]["kind"] = json!("dsse"))
            .rejected(CHECK, "bundle-body-of-other-type"),
        entry("entry-version-is-not-the-body-version", "A-24, H-5", |e| e["kindVersion"]["version"] = json!("0.0.2"))
            .rejected(CHECK, "bundle-body-of-other-type"),
    ]
}

fn proofs() -> Vec<Row> {
    let version = |name, rule, media_type: &'static str| {
        message(name, rule).with(move |recipe| {
            recipe.media_type = media_type.to_owned();
            recipe.key_form = KeyForm::Chain(Vec::new());
        })
    };
    vec![
        version("version-0-1-without-promise", "A.4, A-17", BUNDLE_V01)
            .entry(|e| e.promise = None)
            .rejected(CHECK, "bundle-no-inclusion-promise"),
        version("version-0-2-without-proof", "A.4, A-17", BUNDLE_V02)
            .entry(|e| e.proof = None)
            .rejected(CHECK, "bundle-no-inclusion-proof"),
        message("version-0-3-without-proof", "A.4, A-17, B-62")
            .entry(|e| e.proof = None)
            .rejected(CHECK, "bundle-no-inclusion-proof"),
        row("rekor-v2-without-proof", "B-77, B-62", Recipe::message_v2())
            .entry(|e| e.proof = None)
            .rejected(CHECK, "bundle-no-inclusion-proof"),
        row("intoto-without-proof", "B-62", Recipe::intoto())
            .entry(|e| e.proof = None)
            .rejected(CHECK, "bundle-no-inclusion-proof"),
        version("version-0-1-proof-without-checkpoint", "A-18, H-8, B-42", BUNDLE_V01)
            .entry(|e| e.proof().checkpoint = None)
            .rejected(CHECK, "bundle-proof-without-checkpoint"),
        version("version-0-2-proof-without-checkpoint", "A-18, H-8", BUNDLE_V02)
            .entry(|e| e.proof().checkpoint = None)
            .rejected(CHECK, "bundle-proof-without-checkpoint"),
        message("version-0-3-proof-without-checkpoint", "A-18, H-8")
            .entry(|e| e.proof().checkpoint = None)
            .rejected(CHECK, "bundle-proof-without-checkpoint"),
        message("checkpoint-empty", "A-11, A-18")
            .bundle(|b| entry_of(b)["inclusionProof"]["checkpoint"]["envelope"] = json!(""))
            .rejected(CHECK, "bundle-proof-without-checkpoint"),
        message("proof-hash-of-31-bytes", "B-60")
            .bundle(|b| entry_of(b)["inclusionProof"]["hashes"][0] = json!(base64(&[7; 31])))
            .rejected(CHECK, "bundle-hash-length"),
        message("proof-root-of-33-bytes", "B-61")
            .bundle(|b| entry_of(b)["inclusionProof"]["rootHash"] = json!(base64(&[7; 33])))
            .rejected(CHECK, "bundle-hash-length"),
        message("proof-of-65-hashes", "A-16, H-15")
            .bundle(|b| entry_of(b)["inclusionProof"]["hashes"] = json!(vec![base64(&[7; 32]); 65]))
            .rejected(CHECK, "field-too-many"),
    ]
}

fn bodies() -> Vec<Row> {
    let body = |name, rule, bytes: &'static [u8]| message(name, rule).entry(move |e| e.raw_body = Some(bytes.to_vec()));
    vec![
        body("body-not-json", "A-24, H-19", b"nonsense").rejected(CHECK, "bundle-body-not-json"),
        body("body-null", "A-24, H-19", b"null").rejected(CHECK, "field-wrong-type"),
        body("body-array", "A-24, H-19", b"[]").rejected(CHECK, "field-wrong-type"),
        body("body-without-kind", "A-24, H-19", br#"{"apiVersion":"0.0.1","spec":{}}"#)
            .rejected(CHECK, "field-missing"),
        body(
            "body-with-a-key-twice",
            "B-87",
            br#"{"apiVersion":"0.0.1","kind":"hashedrekord","kind":"hashedrekord","spec":{}}"#,
        )
        .rejected(CHECK, "bundle-body-not-json"),
    ]
}

fn counts() -> Vec<Row> {
    vec![
        message("thirty-three-entries", "A-16, H-15")
            .bundle(|b| {
                let first = entry_of(b).clone();
                let entries = (0..33).map(|i| {
                    let mut entry = first.clone();
                    entry["logIndex"] = json!(i.to_string());
                    entry
                });
                b["verificationMaterial"]["tlogEntries"] = entries.collect();
            })
            .rejected(CHECK, "bundle-too-many-log-entries"),
        row("thirty-three-timestamps", "A-16, H-15", Recipe::both_times())
            .with(|recipe| {
                let first = recipe.timestamp().clone();
                recipe.timestamps =
                    (0..33).map(|serial| crate::tsa::TimestampRecipe { serial, ..first.clone() }).collect();
            })
            .rejected(CHECK, "bundle-too-many-timestamps"),
        message("an-entry-twice", "A-25, H-50")
            .bundle(|b| {
                let again = entry_of(b).clone();
                b["verificationMaterial"]["tlogEntries"].as_array_mut().expect("entries").push(again);
            })
            .rejected(CHECK, "bundle-duplicate-log-entry"),
        row("a-timestamp-twice", "A-25, H-50", Recipe::both_times())
            .with(|recipe| {
                let again = recipe.timestamp().clone();
                recipe.timestamps.push(again);
            })
            .rejected(CHECK, "bundle-duplicate-timestamp"),
        row("timestamp-empty", "A-11", Recipe::both_times())
            .bundle(|b| {
                b["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"][0]["signedTimestamp"] =
                    json!("")
            })
            .rejected(CHECK, "field-empty"),
    ]
}
