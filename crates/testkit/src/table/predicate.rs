//! Rows for `predicate` and `subjects`: E-1, B-100, B-101, E-49 step 2.

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::ca::COMMIT;
use crate::policy::{ArtifactKnob, IdentityKnob};
use serde_json::json;

pub(super) fn rows() -> Vec<Row> {
    [shapes(), types(), digests()].concat()
}

fn shapes() -> Vec<Row> {
    let check = "predicate";
    vec![
        row("provenance-without-a-build-type", "E-1", Recipe::github_attestation())
            .statement(|s| remove(&mut s["predicate"]["buildDefinition"], "buildType"))
            .rejected(check, "field-missing"),
        row("provenance-without-a-builder", "E-1", Recipe::github_attestation())
            .statement(|s| remove(&mut s["predicate"]["runDetails"], "builder"))
            .rejected(check, "field-missing"),
        row("provenance-with-an-empty-builder", "E-1", Recipe::github_attestation())
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(""))
            .rejected(check, "field-empty"),
        row("provenance-that-is-a-list", "E-1, H-39", Recipe::dsse())
            .statement(|s| s["predicate"] = json!([]))
            .rejected(check, "field-wrong-type"),
        row("provenance-that-is-absent", "E-1", Recipe::dsse())
            .statement(|s| remove(s, "predicate"))
            .rejected(check, "predicate-absent"),
        row("provenance-with-dependencies-that-are-no-list", "E-1", Recipe::github_attestation())
            .statement(|s| s["predicate"]["buildDefinition"]["resolvedDependencies"] = json!({}))
            .rejected(check, "field-wrong-type"),
    ]
}

fn types() -> Vec<Row> {
    let check = "predicate";
    let of_type = |name, recipe, expected: &str| -> Draft {
        let expected = expected.to_owned();
        row(name, "B-101", recipe).ask(move |policy| {
            policy.identity = IdentityKnob::Any;
            policy.expect.predicate_type = Some(expected);
        })
    };
    vec![
        of_type("good-predicate-type", Recipe::generator(), "https://slsa.dev/provenance/v0.2").verified(),
        of_type("predicate-of-another-type", Recipe::generator(), "https://slsa.dev/provenance/v1")
            .rejected(check, "predicate-type-differs"),
        of_type("predicate-type-with-a-slash-more", Recipe::dsse(), "https://slsa.dev/provenance/v1/")
            .rejected(check, "predicate-type-differs"),
        of_type("predicate-type-of-a-signed-file", Recipe::message(), "https://slsa.dev/provenance/v1")
            .rejected(check, "predicate-type-absent"),
        of_type("good-unknown-predicate-type", Recipe::dsse(), "https://touchstone.test/notes/v1")
            .statement(|s| {
                s["predicateType"] = json!("https://touchstone.test/notes/v1");
                s["predicate"] = json!([1, 2]);
            })
            .verified(),
    ]
}

fn digests() -> Vec<Row> {
    let check = "subjects";
    let asking = |name, digests: &[(&str, &str)]| -> Draft {
        let digests: Vec<_> =
            digests.iter().map(|(algorithm, value)| ((*algorithm).to_owned(), (*value).to_owned())).collect();
        row(name, "E-49, B-100", Recipe::summary())
            .statement(|s| {
                let subject = json!({ "name": "beacon", "digest": { "gitCommit": COMMIT, "gce_image_id": "8970095" } });
                s["subject"].as_array_mut().expect("subjects").push(subject);
            })
            .ask(move |policy| policy.expect.subject_digests = Some(digests))
    };
    vec![
        asking("good-commit-among-the-subjects", &[("gitCommit", COMMIT)]).verified(),
        asking("good-two-digests-among-the-subjects", &[("gitCommit", COMMIT), ("gce_image_id", "8970095")]).verified(),
        asking("good-commit-in-capitals", &[("gitCommit", &COMMIT.to_uppercase())]).verified(),
        asking("subject-digest-of-another-commit", &[("gitCommit", "0000000000000000000000000000000000000000")])
            .rejected(check, "subject-digest-absent"),
        asking("subject-digest-under-another-algorithm", &[("sha1", COMMIT)]).rejected(check, "subject-digest-absent"),
        asking("subject-digest-second-of-two-differs", &[("gitCommit", COMMIT), ("gce_image_id", "8970096")])
            .rejected(check, "subject-digest-absent"),
        asking("subject-digest-that-is-empty", &[("gitCommit", "")]).rejected(check, "subject-digest-absent"),
        asking("subject-digest-that-is-a-prefix", &[("gitCommit", &COMMIT[..8])])
            .rejected(check, "subject-digest-absent"),
        asking("subject-digests-that-are-none", &[]).rejected(check, "subject-digests-empty"),
        row("subject-digest-of-a-signed-file", "E-49", Recipe::message())
            .ask(|policy| policy.expect.subject_digests = Some(vec![("gitCommit".to_owned(), COMMIT.to_owned())]))
            .rejected(check, "subject-digest-absent"),
        // Neither is about the file: both have to be asked.
        asking("subject-digest-without-the-file", &[("gitCommit", COMMIT)])
            .ask(|policy| policy.artifact = ArtifactKnob::Absent)
            .incomplete(),
    ]
}
