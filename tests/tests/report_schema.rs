//! `schema/touchstone-report-1.json` describes what the program writes: every field of the Rust types, and no other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use touchstone_report::document::custody::*;
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

fn full(state: State, outcome: Outcome) -> Document {
    let text = || "text".to_owned();
    let table = || Table { title: text(), rows: vec![Row { name: text(), value: text(), reference: text() }] };
    let vouchers = vec![
        Voucher::ThisBrowser,
        Voucher::You,
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
        custody: Some(full_custody(state)),
    }
}

const STAGE_STATES: [StageState; 5] =
    [StageState::Answered, StageState::Gap, StageState::Differs, StageState::Off, StageState::Wait];
const STRENGTHS: [Strength; 4] = [Strength::Proven, Strength::NameOnly, Strength::Contradicted, Strength::Gap];
const EDGE_STATES: [EdgeState; 5] =
    [EdgeState::Match, EdgeState::Name, EdgeState::Gap, EdgeState::Differs, EdgeState::Wait];
const STANDINGS: [Standing; 6] =
    [Standing::Named, Standing::Relied, Standing::Unnamed, Standing::Unsigned, Standing::Failed, Standing::Elsewhere];
const METS: [Met; 3] = [Met::Met, Met::NotMet, Met::Unknown];
const AGREEMENTS: [Agreement; 4] =
    [Agreement::Agree, Agreement::OnlyClaimed, Agreement::OnlyCertificate, Agreement::Contradicts];

/// Every field filled, and every value of each enumeration of the chain.
fn full_custody(state: State) -> Custody {
    let text = || "text".to_owned();
    let question = |strength| StageQuestion {
        id: text(),
        title: text(),
        strength,
        answer: text(),
        vouchers: vec![Voucher::Builder],
        check: text(),
        statement: Some(1),
        to_close: text(),
    };
    let stage = |state| Stage {
        id: text(),
        title: text(),
        question: text(),
        answer: text(),
        state,
        answered: 1,
        of: 4,
        questions: STRENGTHS.map(question).to_vec(),
    };
    let edge = |state| Edge {
        from: text(),
        to: text(),
        state,
        label: text(),
        value: text(),
        why: text(),
        statement: Some(0),
        checks: vec![text()],
    };
    let statement = |standing| Statement {
        name: text(),
        kind: text(),
        predicate_type: text(),
        signer: text(),
        standing,
        reason: text(),
        time: text(),
        subjects: vec![text()],
        says: vec![NamedValue { name: text(), value: text() }],
        checks: vec![StatementCheck { id: text(), title: text(), state, summary: text() }],
    };
    let claim = |state| Claim {
        name: text(),
        certificate: text(),
        certificate_at: text(),
        provenance: text(),
        provenance_at: text(),
        state,
    };
    Custody {
        stages: STAGE_STATES.map(stage).to_vec(),
        edges: EDGE_STATES.map(edge).to_vec(),
        statements: STANDINGS.map(statement).to_vec(),
        levels: full_levels(),
        claims: AGREEMENTS.map(claim).to_vec(),
        inputs: Inputs {
            rows: vec![InputRow {
                name: text(),
                version: text(),
                digest: text(),
                listed: vec![text()],
                joined: text(),
                provenance: Some(1),
                warning: text(),
            }],
            pinned: 1,
            with_provenance: 1,
            summary: text(),
        },
        graph: Graph {
            nodes: vec![Node { stage: text(), label: text(), identity: text(), asked: true }],
            edges: EDGE_STATES
                .map(|state| GraphEdge { from: 0, to: 0, state, label: text(), statement: None })
                .to_vec(),
        },
        warnings: vec![text()],
        next: vec![Action { title: text(), detail: text() }],
    }
}

fn full_levels() -> Levels {
    let text = || "text".to_owned();
    let ladder = || Ladder {
        track: text(),
        version: text(),
        level: 2,
        title: text(),
        reason: text(),
        steps: METS.map(|state| Step { level: 1, title: text(), state, reason: text(), to_reach: text() }).to_vec(),
    };
    let requirement = |state| Requirement {
        id: text(),
        group: text(),
        title: text(),
        from_level: 1,
        state,
        reason: text(),
        never_visible: true,
    };
    Levels {
        build: ladder(),
        source: ladder(),
        draft: METS.map(requirement).to_vec(),
        draft_level: 1,
        draft_summary: text(),
    }
}
