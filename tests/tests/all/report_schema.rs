//! `schema/touchstone-report-1.json` describes what the program writes: every field of the Rust types, and no other.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use touchstone_report::document::*;
use touchstone_tests::corpus::{Expected, read_manifest};
use touchstone_tests::full::{AGREEMENTS, EDGE_STATES, METS, STAGE_STATES, STANDINGS, STRENGTHS, full};
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
        custody: None,
        ..full(State::Passed, Outcome::Verified)
    });
    assert_eq!(violations(&schema, &empty.unwrap()), Vec::<String>::new());
}

#[test]
fn the_schema_has_as_many_values_for_each_enumeration_as_the_types() {
    let schema = schema();
    let count = |name: &str| schema["$defs"][name]["oneOf"].as_array().map(Vec::len);
    assert_eq!((count("Outcome"), count("State"), count("Voucher")), (Some(3), Some(6), Some(9)));
    for (name, values) in [
        ("StageState", STAGE_STATES.len()),
        ("Strength", STRENGTHS.len()),
        ("EdgeState", EDGE_STATES.len()),
        ("Standing", STANDINGS.len()),
        ("Met", METS.len()),
        ("Agreement", AGREEMENTS.len()),
    ] {
        assert_eq!(count(name), Some(values), "{name}");
    }
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
    let broken: [fn(&mut Value); 11] = [
        |document| document["schema"] = json!("touchstone-report/2"),
        |document| document["extra"] = json!(1),
        |document| document["verdict"]["outcome"] = json!("fine"),
        |document| document["artifact"]["size"] = json!(-1),
        |document| document["checks"][0]["items"] = json!({}),
        |document| drop(document.as_object_mut().unwrap().remove("notes")),
        |document| drop(document.as_object_mut().unwrap().remove("custody")),
        |document| document["custody"]["stages"][0]["state"] = json!("safe"),
        |document| document["custody"]["levels"]["build"]["level"] = json!(-1),
        |document| document["custody"]["edges"][0]["statement"] = json!("0"),
        |document| drop(document["custody"]["graph"]["nodes"][0].as_object_mut().unwrap().remove("asked")),
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
