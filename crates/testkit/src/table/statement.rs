//! Rows for `statement`: B-95, B-96, H-7, H-39. The signature over each payload is good.

use super::{Draft, Row, remove, row};
use crate::Recipe;
use serde_json::{Value, json};

const CHECK: &str = "statement";

fn payload(name: &'static str, rule: &'static str, text: &str) -> Draft {
    let bytes = text.as_bytes().to_vec();
    row(name, rule, Recipe::dsse()).with(move |recipe| recipe.payload = Some(bytes))
}

fn changed(name: &'static str, rule: &'static str, f: impl Fn(&mut Value) + 'static) -> Draft {
    row(name, rule, Recipe::dsse()).statement(f)
}

pub(super) fn rows() -> Vec<Row> {
    [payloads(), members(), types()].concat()
}

/// Of which neither reading is the right one.
const TWO: [&str; 2] = [
    r#"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a","digest":{"sha256":"00"}}],"predicateType":"https://example.test/one","predicate":{}}"#,
    r#"{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"b","digest":{"sha256":"00"}}],"predicateType":"https://example.test/two","predicate":{}}"#,
];

fn payloads() -> Vec<Row> {
    vec![
        payload("payload-not-json", "B-96, H-7", "no statement").rejected(CHECK, "json-syntax"),
        payload("payload-empty-object", "B-96, H-7", "{}").rejected(CHECK, "field-missing"),
        payload("payload-array", "B-96, H-7", "[]").rejected(CHECK, "field-wrong-type"),
        payload("payload-of-two-statements", "B-96, H-7", &TWO.concat()).rejected(CHECK, "json-trailing-data"),
        payload("payload-a-list-of-two-statements", "B-96, H-7", &format!("[{}]", TWO.join(",")))
            .rejected(CHECK, "field-wrong-type"),
        payload("payload-null", "B-96, H-7", "null").rejected(CHECK, "field-wrong-type"),
        payload("payload-truncated", "B-96, H-7", r#"{"_type":"https://in-toto.io/Statement/v1""#).rejected(CHECK, "json-truncated"),
        payload("payload-not-utf8", "B-96, H-7", "\u{fffd}").with(|recipe| recipe.payload = Some(vec![0xff, 0xfe])).rejected(CHECK, "json-not-utf8"),
        payload(
            "payload-with-subject-twice",
            "A-12, H-37",
            r#"{"_type":"https://in-toto.io/Statement/v1","subject":[],"subject":[],"predicateType":"https://slsa.dev/provenance/v1"}"#,
        )
        .rejected(CHECK, "json-duplicate-key"),
        changed("payload-with-a-digest-twice", "A-12, H-37", |_| ())
            .with(|recipe| {
                let bundle = recipe.write_bundle();
                let bytes = crate::encoding::from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload"));
                let text = String::from_utf8(bytes).expect("UTF-8");
                recipe.payload = Some(text.replace(r#""sha256":"#, r#""sha256":"00","sha256":"#).into_bytes());
            })
            .rejected(CHECK, "json-duplicate-key"),
    ]
}

fn members() -> Vec<Row> {
    vec![
        changed("statement-of-another-type", "B-96, H-52", |s| s["_type"] = json!("https://in-toto.io/Statement/v2"))
            .rejected(CHECK, "statement-unknown-type"),
        changed("statement-type-with-a-slash-more", "B-96, H-52", |s| {
            s["_type"] = json!("https://in-toto.io/Statement/v1/")
        })
        .rejected(CHECK, "statement-unknown-type"),
        changed("statement-without-type", "B-96", |s| remove(s, "_type")).rejected(CHECK, "field-missing"),
        changed("statement-without-subject", "B-96, H-16", |s| remove(s, "subject"))
            .rejected(CHECK, "statement-no-subject"),
        changed("statement-with-empty-subject", "B-96, H-16, H-21", |s| s["subject"] = json!([]))
            .rejected(CHECK, "statement-no-subject"),
        changed("statement-with-a-null-subject", "B-96", |s| {
            s["subject"].as_array_mut().expect("subjects").push(Value::Null)
        })
        .rejected(CHECK, "statement-null-subject"),
        changed("statement-without-predicate-type", "B-96", |s| remove(s, "predicateType"))
            .rejected(CHECK, "statement-no-predicate-type"),
        changed("statement-with-empty-predicate-type", "B-96", |s| s["predicateType"] = json!(""))
            .rejected(CHECK, "statement-no-predicate-type"),
        changed("statement-of-1025-subjects", "A-16, H-15", |s| {
            let subject = s["subject"][0].clone();
            s["subject"] = json!(vec![subject; 1025]);
        })
        .rejected(CHECK, "field-too-many"),
        changed("statement-subject-of-33-digests", "A-16, H-15", |s| {
            for i in 0..32 {
                s["subject"][0]["digest"][format!("algorithm{i}")] = json!("00");
            }
        })
        .rejected(CHECK, "field-too-many"),
    ]
}

fn types() -> Vec<Row> {
    let of = |name, rule, payload_type: &'static str| {
        row(name, rule, Recipe::dsse())
            .with(move |recipe| recipe.payload_type = payload_type.to_owned())
            .rejected(CHECK, "payload-type-unknown")
    };
    vec![
        of("payload-type-other", "B-95", "application/json"),
        of("payload-type-longer", "B-95, H-52", "application/vnd.in-toto+json2"),
        // The signature holds: lengths in the PAE are bytes, not characters.
        of("payload-type-not-ascii", "B-94, H-39", "application/vnd.in-tötö+json"),
    ]
}
