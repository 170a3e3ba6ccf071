//! `schema/touchstone-report-1.json` describes what the program writes: every field of the Rust types, and no other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use touchstone_report::document::*;
use touchstone_tests::corpus::{Expected, read_manifest};
use touchstone_tests::schema::violations;
use touchstone_tests::{corpus_folder, project_root};

fn schema() -> Value {
    let text = std::fs::read(project_root().join("schema/touchstone-report-1.json")).expect("the schema");
    serde_json::from_slice(&text).expect("the schema is JSON")
}

#[test]
fn every_field_of_the_rust_types_is_in_the_schema_and_no_other() {
    let schema = schema();
    for state in [State::Passed, State::Failed, State::Blocked, State::NotPresent, State::NotAsked, State::Waived] {
        for outcome in [Outcome::Verified, Outcome::Rejected, Outcome::Incomplete] {
            let written = serde_json::to_value(full(state, outcome)).unwrap();
            assert_eq!(violations(&schema, &written), Vec::<String>::new());
        }
    }
    let empty = serde_json::to_value(Document {
        artifact: None,
        signer: None,
        world: None,
        evidence: Evidence::default(),
        ..full(State::Passed, Outcome::Verified)
    });
    assert_eq!(violations(&schema, &empty.unwrap()), Vec::<String>::new());
}

#[test]
fn the_schema_has_as_many_values_for_each_enumeration_as_the_types() {
    let schema = schema();
    let count = |name: &str| schema["$defs"][name]["oneOf"].as_array().map(Vec::len);
    assert_eq!((count("Outcome"), count("State"), count("Voucher")), (Some(3), Some(6), Some(8)));
    for definition in schema["$defs"].as_object().unwrap().values().chain([&schema]) {
        let Some(properties) = definition["properties"].as_object() else { continue };
        let required: BTreeSet<&str> =
            definition["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(required, properties.keys().map(String::as_str).collect(), "every field is always written");
        assert_eq!(definition["additionalProperties"], json!(false));
    }
}

#[test]
fn a_document_that_breaks_the_schema_is_found_out() {
    let schema = schema();
    let good = serde_json::to_value(full(State::Passed, Outcome::Verified)).unwrap();
    let broken: [fn(&mut Value); 6] = [
        |document| document["schema"] = json!("touchstone-report/2"),
        |document| document["extra"] = json!(1),
        |document| document["verdict"]["outcome"] = json!("fine"),
        |document| document["artifact"]["size"] = json!(-1),
        |document| document["checks"][0]["items"] = json!({}),
        |document| drop(document.as_object_mut().unwrap().remove("notes")),
    ];
    for (row, change) in broken.iter().enumerate() {
        let mut document = good.clone();
        change(&mut document);
        assert_eq!(violations(&schema, &document).len(), 1, "row {row}");
    }
}

#[test]
fn real_documents_are_valid() {
    let Some(folder) = corpus_folder() else { return };
    let schema = schema();
    let cases = read_manifest(&folder);
    let asked = cases.iter().filter(|case| case.kind == "sigstore-bundle");
    let (pass, fail): (Vec<_>, Vec<_>) = asked.partition(|case| case.expected == Expected::Pass);
    let mut seen = 0;
    for case in pass.iter().step_by(8).chain(fail.iter().step_by(4)) {
        for answer in touchstone_cli::run::answers(case.request.as_ref().unwrap()).unwrap() {
            let Ok(document) = answer.result else { continue };
            let written = serde_json::to_value(&document).unwrap();
            assert_eq!(violations(&schema, &written), Vec::<String>::new(), "{}", case.id);
            assert_eq!(serde_json::from_value::<Document>(written).unwrap(), document, "{}", case.id);
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} documents were checked");
}

fn full(state: State, outcome: Outcome) -> Document {
    let text = || "text".to_owned();
    let table = || Table { title: text(), rows: vec![Row { name: text(), value: text(), reference: text() }] };
    let vouchers = vec![
        Voucher::ThisBrowser,
        Voucher::CertificateAuthority,
        Voucher::Builder,
        Voucher::TransparencyLog,
        Voucher::TimestampAuthority,
        Voucher::Publisher,
        Voucher::Verifier,
        Voucher::Nobody,
    ];
    Document {
        schema: SCHEMA.to_owned(),
        tool: text(),
        verdict: Verdict {
            outcome,
            title: text(),
            sentence: text(),
            detail: text(),
            open: vec![Open { kind: text(), sentence: text(), to_do: text() }],
            waived: vec![text()],
            counts: text(),
            failed: vec![text()],
        },
        given: vec![Given { name: text(), recognised_as: text(), size: Some(1) }],
        artifact: Some(Artifact {
            name: text(),
            size: None,
            digests: vec![NamedDigest { algorithm: text(), hex: text() }],
            computed: true,
        }),
        signer: Some(Signer {
            kind: text(),
            identity: text(),
            identity_kind: text(),
            issuer: Some(text()),
            short: text(),
            proven: true,
        }),
        world: Some(World { name: text(), source: text(), chosen: text(), lacks: vec![text()] }),
        policy: Policy { lines: vec![NamedValue { name: text(), value: text() }] },
        checks: vec![Check {
            id: text(),
            group: text(),
            title: text(),
            state,
            summary: text(),
            headline: text(),
            expected: text(),
            found: text(),
            place: text(),
            code: text(),
            blocked_by: text(),
            what: text(),
            why: text(),
            harmless: vec![text()],
            to_do: text(),
            specification: text(),
            items: vec![Item { place: text(), state, summary: text() }],
        }],
        facts: vec![Fact { stage: text(), name: text(), value: text(), vouchers, check: text() }],
        evidence: Evidence {
            certificate: Some(table()),
            log_entries: vec![table()],
            timestamps: vec![table()],
            statement: Some(table()),
            raw: vec![Raw { title: text(), format: text(), text: text() }],
        },
        shows: vec![text()],
        does_not_show: vec![text()],
        to_do: vec![Action { title: text(), detail: text() }],
        notes: vec![text()],
        custody: None,
    }
}
