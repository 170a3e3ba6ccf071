//! Many artifacts against a pile: rows, gaps, exports, the schema, and that the work grows with the pile and no faster.
#![allow(clippy::disallowed_methods, reason = "the clock measures from outside")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use touchstone_crypto::sha256;
use touchstone_formats::hex;
use touchstone_report::answer;
use touchstone_report::document::Outcome;
use touchstone_report::document::custody::Strength;
use touchstone_report::document::inventory::{Coverage, Inventory, Row, Standing};
use touchstone_report::export::{csv, json as as_json, markdown};
use touchstone_report::pile::{Pile, PolicyFile};
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_testkit::keys::{Key, Kind};
use touchstone_testkit::recipe::KeyForm;
use touchstone_testkit::{Case, Recipe, good};
use touchstone_tests::schema::violations;
use touchstone_tests::{corpus_folder, project_root};

const OTHER: &str = "594e519a594e519a594e519a594e519a594e519a594e519a594e519a594e519a";

fn digest(case: &Case) -> String {
    hex::encode(&sha256(&case.artifact))
}

fn pile_of(case: &Case, signer: Signer) -> Pile {
    let root = PolicyFile { name: "root.json".to_owned(), bytes: case.trusted_root.clone() };
    let question = Question { signer, trust: Trust::File, ..Question::default() };
    Pile::new(question, Vec::new(), Some(root)).unwrap()
}

fn expected(case: &Case) -> Signer {
    Signer::Certificate { identity: Name::Exact(case.identity.clone()), issuer: Some(Name::Exact(case.issuer.clone())) }
}

fn answered(mut pile: Pile) -> Inventory {
    pile.close();
    let rows: Vec<Row> = (0..pile.rows()).map(|index| pile.row(index).unwrap()).collect();
    pile.document(rows)
}

fn with_list(case: &Case, signer: Signer, list: &str) -> Inventory {
    let mut pile = pile_of(case, signer);
    pile.add_inventory("list.txt", list.as_bytes()).unwrap();
    pile.add_bundle("good.sigstore.json", case.bundle.clone()).unwrap();
    answered(pile)
}

#[test]
fn a_row_is_verified_only_for_the_digest_that_was_signed_by_the_signer_expected() {
    let case = good();
    let list = format!("sha256:{}\nsha256:{OTHER}\n", digest(&case));
    let outcomes = |signer| {
        let inventory = with_list(&case, signer, &list);
        inventory.rows.iter().map(|row| (row.digest.clone(), row.outcome)).collect::<BTreeMap<_, _>>()
    };
    let (mine, other) = (format!("sha256:{}", digest(&case)), format!("sha256:{OTHER}"));
    let table = |mine_is, other_is| BTreeMap::from([(mine.clone(), mine_is), (other.clone(), other_is)]);
    assert_eq!(outcomes(expected(&case)), table(Outcome::Verified, Outcome::Incomplete));
    // Nobody was named, so nothing is verified.
    assert_eq!(outcomes(Signer::Unnamed), table(Outcome::Incomplete, Outcome::Incomplete));
    let wrong = Signer::Certificate { identity: Name::Exact("mallory@example.com".to_owned()), issuer: None };
    assert_eq!(outcomes(wrong.clone()), table(Outcome::Rejected, Outcome::Incomplete));
    assert_eq!(with_list(&case, wrong, &list).rows[0].outcome, Outcome::Rejected, "the worst first");
    let inventory = with_list(&case, Signer::Anybody, &list);
    assert_eq!(inventory.rows[1].title, "Verified, 1 check waived", "a waiver is stated in its row");
    assert!(inventory.policy.lines.iter().any(|line| line.value == "anybody, on purpose"), "and in the policy");
}

/// F-22, E-64: a pod runs a manifest, and only the index that lists it is signed.
#[test]
fn e_64_a_running_manifest_is_covered_through_its_index() {
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"sha256:{OTHER}"}}]}}"#).into_bytes();
    let case = Recipe { artifact: index.clone(), ..Recipe::dsse_v2() }.make();
    let pod = |asked: &str| {
        json!({ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "web", "namespace": "shop" },
            "spec": { "containers": [{ "name": "web", "image": format!("ghcr.io/a/web@sha256:{asked}") }] },
            "status": { "containerStatuses": [{ "name": "web", "state": { "running": {} },
                "image": "ghcr.io/a/web", "imageID": format!("ghcr.io/a/web@sha256:{OTHER}") }] } })
        .to_string()
    };
    let row = |signer: Signer, index: Option<&[u8]>, asked: &str| {
        let mut pile = pile_of(&case, signer);
        pile.add_inventory("pods.json", pod(asked).as_bytes()).unwrap();
        pile.add_bundle("web.sigstore.json", case.bundle.clone()).unwrap();
        if let Some(index) = index {
            pile.add_index("index.json", index.to_vec()).unwrap();
        }
        let inventory = answered(pile);
        assert_eq!(inventory.rows.len(), 1);
        (inventory.rows[0].clone(), inventory.warnings)
    };
    let (covered, warnings) = row(expected(&case), Some(&index), &digest(&case));
    assert_eq!((covered.outcome, covered.digest), (Outcome::Verified, format!("sha256:{OTHER}")));
    assert!(covered.reason.contains("covered through an image index"), "{}", covered.reason);
    assert_eq!(covered.build.strength, Strength::Proven);
    assert!(covered.warnings.is_empty() && warnings.is_empty(), "{:?} {warnings:?}", covered.warnings);
    assert_eq!(covered.statements, ["web.sigstore.json"]);
    let (unknown, _) = row(expected(&case), None, &digest(&case));
    assert_eq!(unknown.outcome, Outcome::Incomplete);
    assert!(unknown.warnings[0].contains("nothing given here says so"), "{:?}", unknown.warnings);
    let other = [index.as_slice(), b" "].concat();
    assert_eq!(row(expected(&case), Some(&other), &digest(&case)).0.outcome, Outcome::Incomplete);
    let wrong = Signer::Certificate { identity: Name::Exact("mallory@example.com".to_owned()), issuer: None };
    assert_eq!(row(wrong, Some(&index), &digest(&case)).0.outcome, Outcome::Rejected);
    // Asked for neither the one that runs nor an index that lists it.
    let (moved, _) = row(expected(&case), Some(&index), &"7".repeat(64));
    assert!(moved.warnings[0].contains(&"7".repeat(64)), "{:?}", moved.warnings);
}

/// The reason is the row's; no cell is an answer, and none is contradicted by a signer who is another.
#[test]
fn of_a_rejected_row_nothing_counts() {
    let case = Recipe::dsse().make();
    let wrong = Signer::Certificate { identity: Name::Exact("mallory@example.com".to_owned()), issuer: None };
    let mut pile = pile_of(&case, wrong);
    pile.add_bundle("app.json", case.bundle.clone()).unwrap();
    let inventory = answered(pile);
    let row = &inventory.rows[0];
    assert_eq!(row.outcome, Outcome::Rejected);
    for cell in row.cells() {
        assert_eq!((cell.strength, cell.text.as_str()), (Strength::Gap, "Nothing counts"), "{cell:?}");
    }
    assert!(!row.reason.is_empty());
    let why = &row.warnings[0];
    assert!(why.starts_with("Identity: expected ") && why.contains("mallory") && why.contains(&case.identity), "{why}");
    assert!(inventory.coverage.questions.iter().all(|one| (one.contradicted, one.gap) == (0, 1)));
    let text = touchstone_report::text::inventory(&inventory);
    for words in ["1 artifact in 0 places: 1 rejected", "0 contradicted, 1 gap\n", "gap: Nothing counts (rejected)"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(markdown(&inventory).contains("1 artifact in 0 places"));
    let mut pile = pile_of(&case, expected(&case));
    pile.add_inventory("list", format!("sha256:{OTHER}\n").as_bytes()).unwrap();
    let text = touchstone_report::text::inventory(&answered(pile));
    assert!(text.contains("1 artifact in 1 place:") && text.contains("  source    gap: No statement.\n"), "{text}");
}

#[test]
fn opening_a_row_gives_the_document_of_the_same_verdict() {
    let case = good();
    let mut pile = pile_of(&case, expected(&case));
    pile.add_inventory("list.txt", format!("sha256:{}\nacme/app:v1\n", digest(&case)).as_bytes()).unwrap();
    pile.add_bundle("good.sigstore.json", case.bundle.clone()).unwrap();
    pile.close();
    let row = pile.row(0).unwrap();
    let document = pile.open(&row.digest).unwrap();
    assert_eq!((document.verdict.outcome, document.verdict.title), (row.outcome, row.title));
    assert_eq!(document.artifact.unwrap().digests[0].hex, digest(&case));
    assert_eq!(pile.open(""), None, "a row without a digest has nothing to open");
    assert_eq!(pile.open(&format!("sha256:{OTHER}")), None);
}

#[test]
fn e_62_a_statement_that_fails_neither_helps_nor_harms_one_that_holds() {
    let case = good();
    let mut recipe = Recipe::message();
    recipe.entry().promise().tamper = true;
    let tampered = recipe.make();
    assert_eq!(tampered.artifact, case.artifact, "both are about one file");
    for order in [[&tampered, &case], [&case, &tampered]] {
        let mut pile = pile_of(&case, expected(&case));
        for (number, one) in order.iter().enumerate() {
            pile.add_bundle(&format!("{number}.json"), one.bundle.clone()).unwrap();
        }
        let inventory = answered(pile);
        assert_eq!(inventory.rows.len(), 1, "one file, one row, without any inventory");
        assert_eq!(inventory.rows[0].outcome, Outcome::Verified);
        assert!(inventory.rows[0].warnings.iter().any(|said| said.contains("failed its checks")));
    }
    let mut alone = pile_of(&tampered, expected(&tampered));
    alone.add_bundle("tampered.json", tampered.bundle.clone()).unwrap();
    assert_eq!(answered(alone).rows[0].outcome, Outcome::Rejected);
}

/// A statement signed by a managed key, as a bare envelope.
fn bare_envelope() -> (Case, Value) {
    let mut recipe = Recipe { dsse: true, key_form: KeyForm::PublicKey(String::new()), ..Recipe::managed() };
    recipe.entries.clear();
    let case = recipe.make();
    let bundle: Value = serde_json::from_slice(&case.bundle).unwrap();
    (case, bundle["dsseEnvelope"].clone())
}

#[test]
fn a_bare_envelope_is_evidence_with_the_key_of_whoever_signed_it() {
    let (case, envelope) = bare_envelope();
    let outcome = |key: Vec<u8>| {
        let question = Question { signer: Signer::Key, trust: Trust::KeyAlone, ..Question::default() };
        let keys = vec![PolicyFile { name: "key.pem".to_owned(), bytes: key }];
        let mut pile = Pile::new(question, keys, None).unwrap();
        pile.add_inventory("list.txt", format!("sha256:{}\n", digest(&case)).as_bytes()).unwrap();
        pile.add_bundle("app.intoto.json", envelope.to_string().into_bytes()).unwrap();
        let inventory = answered(pile);
        assert_eq!(inventory.warnings, Vec::<String>::new());
        (inventory.rows[0].outcome, inventory.rows[0].statements.clone())
    };
    let used = vec!["app.intoto.json".to_owned()];
    assert_eq!(outcome(Recipe::managed().managed_key.public_pem().into_bytes()), (Outcome::Verified, used.clone()));
    let stranger = Key::new(Kind::P256, "stranger").public_pem().into_bytes();
    assert_eq!(outcome(stranger), (Outcome::Rejected, used));
}

#[test]
fn what_registries_hand_out_is_evidence_and_holds_or_fails_as_a_whole() {
    let case = Recipe::dsse().make();
    let bundle: Value = serde_json::from_slice(&case.bundle).unwrap();
    let envelope = &bundle["dsseEnvelope"];
    let npm = |second: Option<Value>| {
        let first = json!({ "predicateType": "https://slsa.dev/provenance/v1", "bundle": bundle });
        let all: Vec<Value> = [Some(first), second].into_iter().flatten().collect();
        json!({ "attestations": all })
    };
    let pypi = json!({
        "version": 1,
        "verification_material": {
            "certificate": bundle["verificationMaterial"]["certificate"]["rawBytes"],
            "transparency_entries": bundle["verificationMaterial"]["tlogEntries"],
        },
        "envelope": { "statement": envelope["payload"], "signature": envelope["signatures"][0]["sig"] },
    });
    let publisher = json!({ "kind": "GitHub", "repository": "touchstone-test/beacon", "workflow": "release.yml" });
    let provenance =
        json!({ "version": 1, "attestation_bundles": [{ "publisher": publisher, "attestations": [pypi.clone()] }] });
    let broken = json!({ "predicateType": "https://slsa.dev/provenance/v1", "bundle": {} });
    for (what, text, outcome) in [
        ("npm", npm(None), Outcome::Verified),
        ("npm, of which one cannot be read", npm(Some(broken)), Outcome::Rejected),
        ("PEP 740 attestation", pypi, Outcome::Verified),
        ("PEP 740 provenance", provenance, Outcome::Verified),
    ] {
        let mut pile = pile_of(&case, expected(&case));
        pile.add_bundle("given.json", text.to_string().into_bytes()).unwrap();
        let inventory = answered(pile);
        assert_eq!(inventory.warnings, Vec::<String>::new(), "{what}");
        let rows: Vec<_> = inventory.rows.iter().map(|row| (row.digest.clone(), row.outcome)).collect();
        assert_eq!(rows, [(format!("sha256:{}", digest(&case)), outcome)], "{what}: {:?}", inventory.rows[0].reason);
    }
}

#[test]
fn what_has_no_digest_is_a_row_with_a_gap() {
    let case = good();
    let inventory = with_list(&case, expected(&case), "nginx:1.27\nsha256:00\n");
    assert_eq!(inventory.rows.len(), 2);
    for row in &inventory.rows {
        assert_eq!((row.outcome, row.digest.as_str()), (Outcome::Incomplete, ""));
        assert!(row.reason.starts_with("No digest: it cannot be checked."), "{}", row.reason);
        assert!(row.cells().iter().all(|cell| cell.strength == Strength::Gap), "{row:?}");
    }
}

#[test]
fn e_55_a_name_alone_is_a_name_alone() {
    let case = Recipe::dsse().make();
    let mut pile = pile_of(&case, expected(&case));
    let subject = subject_name(&case);
    pile.add_inventory("list", format!("{subject}:v1@sha256:{OTHER}\n").as_bytes()).unwrap();
    pile.add_bundle("other.json", case.bundle.clone()).unwrap();
    let inventory = answered(pile);
    let row = &inventory.rows[0];
    assert_eq!(
        (row.outcome, row.source.strength, row.build.strength),
        (Outcome::Incomplete, Strength::NameOnly, Strength::NameOnly)
    );
    assert!(row.warnings.iter().any(|said| said.contains("the same name with another digest")), "{row:?}");
    assert_eq!(inventory.coverage.questions[0].name_only, 1);
}

/// The name that the testkit's statement gives its subject.
fn subject_name(case: &Case) -> String {
    let bundle: Value = serde_json::from_slice(&case.bundle).unwrap();
    let payload = bundle["dsseEnvelope"]["payload"].as_str().unwrap();
    let statement: Value = serde_json::from_slice(&touchstone_formats::base64::decode(payload).unwrap()).unwrap();
    statement["subject"][0]["name"].as_str().unwrap().to_owned()
}

#[test]
fn e_54_recorded_is_unsigned_and_running_is_no_approval() {
    let case = good();
    let pod = format!(
        r#"{{"apiVersion": "v1", "kind": "Pod", "metadata": {{"name": "a", "namespace": "shop"}},
        "spec": {{"containers": [{{"name": "app", "image": "acme/app:v1"}}]}}, "status": {{"containerStatuses":
        [{{"name": "app", "imageID": "acme/app@sha256:{}", "state": {{"running": {{}}}}}}]}}}}"#,
        digest(&case)
    );
    let record = format!(
        r#"{{"deployment_records": [{{"digest": "sha256:{}", "logical_environment": "prod"}}]}}"#,
        digest(&case)
    );
    let deploy = |inventories: &[&str]| {
        let mut pile = pile_of(&case, expected(&case));
        for text in inventories {
            pile.add_inventory("x", text.as_bytes()).unwrap();
        }
        pile.add_bundle("good.json", case.bundle.clone()).unwrap();
        answered(pile).rows.remove(0)
    };
    let running = deploy(&[&pod]);
    assert_eq!((running.places[0].standing, running.deploy.strength), (Standing::Running, Strength::Gap));
    let both = deploy(&[&pod, &record]);
    assert_eq!((both.deploy.strength, both.deploy.text.as_str()), (Strength::NameOnly, "Recorded in prod"));
    assert_eq!(both.places.len(), 2, "one artifact in two inventories is one row");
    assert_eq!(both.outcome, Outcome::Verified);
}

#[test]
fn e_54_pods_and_records_beside_a_bundle_say_where_it_runs_and_nobody_signed_that() {
    let case = good();
    let stage = |further: &str| {
        let root = Named { name: "root.json", bytes: &case.trusted_root };
        let question = Question { signer: expected(&case), trust: Trust::File, ..Question::default() };
        let material = Material {
            bundle: Some(Named { name: "good.json", bytes: &case.bundle }),
            artifact: ArtifactInput::Bytes(Named { name: "app", bytes: &case.artifact }),
            trusted_root: Some(root),
            further: vec![Named { name: "places", bytes: further.as_bytes() }],
            ..Material::default()
        };
        let document = answer(&question, &material).unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Verified, "{further}");
        let stage = document.custody.unwrap().stages.remove(3);
        let running = stage.questions.iter().find(|question| question.id == "running").unwrap();
        (stage.answered, running.strength, running.answer.clone())
    };
    let pod = |digest: &str, status: &str| {
        format!(
            r#"{{"apiVersion": "v1", "kind": "Pod", "metadata": {{"name": "web-1", "namespace": "shop"}},
            "spec": {{"containers": [{{"name": "app", "image": "acme/app@sha256:{digest}"}}]}}, "status":
            {{"containerStatuses": [{{"name": "app", "imageID": "acme/app@sha256:{digest}", "state": {{{status}}}}}]}}}}"#
        )
    };
    let record = |digest: &str| {
        format!(r#"{{"deployment_records": [{{"digest": "sha256:{digest}", "logical_environment": "prod"}}]}}"#)
    };
    let mine = digest(&case);
    let (answered, strength, said) = stage(&pod(&mine, r#""running": {}"#));
    assert_eq!((answered, strength), (0, Strength::NameOnly));
    assert!(said.contains("observed running") && said.contains("namespace shop, Pod web-1"), "{said}");
    let (answered, strength, said) = stage(&record(&mine));
    assert_eq!((answered, strength), (0, Strength::NameOnly));
    assert!(said.contains("recorded as deployed") && said.contains("prod"), "{said}");
    let compose = format!("services:\n  app:\n    image: acme/app@sha256:{mine}\n");
    for silent in [
        pod(OTHER, r#""running": {}"#),
        pod(&mine, r#""terminated": {"exitCode": 0}"#),
        record(OTHER),
        compose,
        format!("sha256:{mine}\n"),
    ] {
        assert_eq!(stage(&silent).1, Strength::Gap, "{silent}");
    }
}

#[test]
fn five_thousand_pods_with_one_digest_are_one_row() {
    let case = good();
    let list = format!("sha256:{}\n", digest(&case)).repeat(5000);
    let inventory = with_list(&case, expected(&case), &list);
    assert_eq!((inventory.rows.len(), inventory.coverage.places), (1, 5000));
}

#[test]
fn nothing_is_left_out_in_silence() {
    let case = good();
    let mut pile = pile_of(&case, expected(&case));
    pile.add_bundle("broken.json", b"{\"mediaType\":".to_vec()).unwrap();
    pile.add_bundle("of another.json", case.bundle.clone()).unwrap();
    let services = format!(
        "apiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: Service, metadata: {{}}}}\n- \
                            {{apiVersion: v1, kind: Pod, metadata: {{}}, spec: {{containers: [{{image: 'a@sha256:{OTHER}'}}]}}}}\n"
    );
    pile.add_inventory("all.yaml", services.as_bytes()).unwrap();
    let refused = pile.add_inventory("bomb.yaml", b"services: &a [*a]").unwrap_err();
    assert!(refused.message.contains("an alias inside that value"), "{}", refused.message);
    let inventory = answered(pile);
    assert!(
        inventory.warnings.iter().any(|said| said.starts_with("broken.json: not used.")),
        "{:?}",
        inventory.warnings
    );
    assert!(inventory.warnings.iter().any(|said| said.contains("1 of kind \"Service\" left out")));
    assert!(
        inventory.warnings.iter().any(|said| said.starts_with("1 statement that was given is about no artifact here")),
        "{:?}",
        inventory.warnings
    );
}

#[test]
fn a_question_that_cannot_be_put_is_refused_before_anything_is_read() {
    let signer = Signer::Certificate { identity: Name::Pattern("(".to_owned()), issuer: None };
    let error = Pile::new(Question { signer, ..Question::default() }, Vec::new(), None).unwrap_err();
    assert_eq!(error.part, "identity");
    let error = Pile::new(Question { trust: Trust::File, ..Question::default() }, Vec::new(), None).unwrap_err();
    assert_eq!(error.part, "trusted-root");
}

#[test]
fn exports_hold_every_row_and_figures_that_add_up() {
    let case = good();
    let list = format!("sha256:{}\nsha256:{OTHER}\nnginx:1.27\n", digest(&case));
    let inventory = with_list(&case, expected(&case), &list);
    assert_eq!(serde_json::from_str::<Inventory>(&as_json(&inventory)).unwrap(), inventory);
    assert_eq!(csv(&inventory).lines().count(), 4);
    let table = markdown(&inventory);
    assert_eq!(
        table.lines().filter(|line| line.starts_with("| Verified") || line.starts_with("| Incomplete")).count(),
        3
    );
    let coverage = &inventory.coverage;
    assert_eq!(coverage.verified + coverage.rejected + coverage.incomplete, coverage.artifacts);
    for one in &coverage.questions {
        assert_eq!(one.answered + one.name_only + one.contradicted + one.gap, coverage.artifacts, "{one:?}");
    }
    assert_eq!(Coverage::of(&inventory.rows), *coverage);
}

fn schema() -> Value {
    let text = std::fs::read(project_root().join("schema/touchstone-inventory-1.json")).expect("the schema");
    serde_json::from_slice(&text).expect("the schema is JSON")
}

#[test]
fn what_is_written_is_what_the_schema_describes() {
    let schema = schema();
    let case = good();
    let list = format!("sha256:{}  name\nsha256:{OTHER}\nnginx:1.27\n", digest(&case));
    let good = serde_json::to_value(with_list(&case, expected(&case), &list)).unwrap();
    assert_eq!(violations(&schema, &good), Vec::<String>::new());
    let broken: [fn(&mut Value); 6] = [
        |document| document["schema"] = json!("touchstone-inventory/2"),
        |document| document["extra"] = json!(1),
        |document| document["rows"][0]["outcome"] = json!("fine"),
        |document| document["rows"][0]["source"]["strength"] = json!("good"),
        |document| document["rows"][0]["places"][0]["standing"] = json!("approved"),
        |document| document["coverage"]["questions"][0]["gap"] = json!(-1),
    ];
    for (row, change) in broken.iter().enumerate() {
        let mut document = good.clone();
        change(&mut document);
        assert_eq!(violations(&schema, &document).len(), 1, "row {row}");
    }
    for definition in schema["$defs"].as_object().unwrap().values().chain([&schema]) {
        let Some(properties) = definition["properties"].as_object() else { continue };
        let required: BTreeSet<&str> =
            definition["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(required, properties.keys().map(String::as_str).collect(), "every field is always written");
        assert_eq!(definition["additionalProperties"], json!(false));
    }
    let count = |name: &str| schema["$defs"][name]["oneOf"].as_array().map(Vec::len);
    assert_eq!((count("Outcome"), count("Strength"), count("Standing")), (Some(3), Some(4), Some(7)));
}

/// Bundles of the bulk files, and the digest that each is about.
fn bulk() -> Option<Vec<(String, String, Vec<u8>)>> {
    let folder = corpus_folder()?;
    let mut lines = Vec::new();
    for name in ["cpython", "source-track"] {
        for text in touchstone_tests::corpus::bulk_lines(&folder, name) {
            let line: Value = serde_json::from_str(&text).unwrap();
            let digest = match line["artifact_sha256"].as_str() {
                Some(hex) => format!("sha256:{hex}"),
                None => format!("gitCommit:{}", line["git_commit"].as_str().unwrap()),
            };
            let bundle = serde_json::to_vec(&line["bundle"]).unwrap();
            lines.push((line["id"].as_str().unwrap().to_owned(), digest, bundle));
        }
    }
    Some(lines)
}

fn of_bulk(lines: &[(String, String, Vec<u8>)]) -> (Inventory, Duration) {
    let began = Instant::now();
    let question = Question { signer: Signer::Anybody, trust: Trust::PublicGood, ..Question::default() };
    let mut pile = Pile::new(question, Vec::new(), None).unwrap();
    let list: String = lines.iter().map(|(id, digest, _)| format!("{digest} {id}\n")).collect();
    pile.add_inventory("digests.txt", list.as_bytes()).unwrap();
    for (id, _, bundle) in lines {
        pile.add_bundle(id, bundle.clone()).unwrap();
    }
    (answered(pile), began.elapsed())
}

/// `size` of these, from all over, so that the mixture is the same at any size.
fn part(lines: &[(String, String, Vec<u8>)], size: usize) -> Vec<(String, String, Vec<u8>)> {
    lines.iter().step_by((lines.len() / size).max(1)).take(size).cloned().collect()
}

fn none_lost(inventory: &Inventory, given: usize) {
    assert_eq!(inventory.coverage.places, given, "no line is lost");
    assert_eq!(inventory.warnings, Vec::<String>::new());
    for row in &inventory.rows {
        assert!(!row.statements.is_empty(), "{}", row.digest);
    }
}

#[test]
fn a_sample_of_bulk_is_answered_without_a_loss() {
    let Some(lines) = bulk() else { return };
    let sample = part(&lines, 24);
    let (inventory, _) = of_bulk(&sample);
    none_lost(&inventory, sample.len());
    assert_eq!(inventory.coverage.rejected, 0, "every line of bulk is good");
    // A row looks at the statements about its own digest, and at those about what it was made from; not at all of them.
    let looked_at: usize = inventory.rows.iter().map(|row| row.statements.len()).sum();
    assert!(looked_at <= 2 * sample.len(), "{looked_at} statements for {} rows", inventory.rows.len());
}

/// With `--ignored --nocapture` it prints the figures; minutes in a debug build.
#[test]
#[ignore = "measures: minutes in a debug build"]
fn the_time_for_bulk_grows_with_its_size() {
    let Some(lines) = bulk() else { return };
    let (_, quarter) = of_bulk(&part(&lines, lines.len() / 4));
    let (inventory, whole) = of_bulk(&lines);
    let coverage = &inventory.coverage;
    println!(
        "{} statements in {whole:?}, a quarter of them in {quarter:?}; {} artifacts: {} verified, {} rejected, {} \
         incomplete",
        lines.len(),
        coverage.artifacts,
        coverage.verified,
        coverage.rejected,
        coverage.incomplete
    );
    none_lost(&inventory, lines.len());
    // Four times the size in four times the time; more allows for a machine that is busy with something else. Sixteen
    // would be the square.
    assert!(whole < quarter * 9, "a quarter took {quarter:?}, all of them {whole:?}");
}
