//! Whatever comes in without a proof: nothing of it is drawn solid, nothing is proven, no level above the first is
//! reached.

use crate::common::{self, SOURCE_SIGNER, SOURCE_VERIFIER, file, named, sha256};
use proptest::prelude::*;
use serde_json::{Value, json};
use touchstone_custody::{
    Algorithm, Artifact, Deployed, Drawn, Evidence, Held, Identity, Input, Parties, Record, Strength, Unproven, Why,
    built_in_verifiers, custody,
};
use touchstone_formats::statement::Statement;
use touchstone_testkit::ca::REPOSITORY;

/// A few digests, so that everything is about everything else.
fn digests() -> impl Strategy<Value = String> {
    (0_u8..4).prop_map(|seed| sha256(&[seed]))
}

fn commits() -> impl Strategy<Value = String> {
    (0_u8..3).prop_map(|seed| sha256(&[seed]).get(..40).unwrap().to_owned())
}

fn statements() -> impl Strategy<Value = Value> {
    let of = |subject: Value, kind: &str, predicate: Value| common::statement(subject, kind, predicate);
    (0_u8..7, digests(), digests(), commits(), commits()).prop_map(move |(kind, one, other, commit, before)| {
        let file = json!({ "name": "release.tar.gz", "digest": { "sha256": one } });
        let source = json!({ "digest": { "gitCommit": commit } });
        match kind {
            0 => of(file, "https://slsa.dev/provenance/v1", json!({
                "buildDefinition": {
                    "buildType": "https://actions.github.io/buildtypes/workflow/v1",
                    "externalParameters": { "workflow": { "repository": REPOSITORY, "ref": "refs/heads/main", "path": "a.yml" } },
                    "resolvedDependencies": [
                        { "uri": format!("git+{REPOSITORY}"), "digest": { "gitCommit": commit } },
                        { "name": "tool", "digest": { "sha256": other } } ] },
                "runDetails": { "builder": { "id": "https://touchstone.test/builder" } } })),
            1 => of(source, "https://slsa.dev/verification_summary/v1", json!({
                "verifier": { "id": SOURCE_VERIFIER }, "resourceUri": format!("git+{REPOSITORY}"),
                "policy": { "uri": "https://touchstone.test" }, "timeVerified": "2025-06-12T12:00:00Z",
                "verificationResult": "PASSED", "verifiedLevels": ["SLSA_SOURCE_LEVEL_4"] })),
            2 => of(source, "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft", json!({
                "prev_commit": before, "repo_uri": REPOSITORY, "activity_type": "push", "actor": "a",
                "branch": "refs/heads/main", "created_on": "2025-06-12T12:00:00Z", "controls": [] })),
            3 => of(file, "https://in-toto.io/attestation/release/v0.2", json!({
                "ownerId": "1", "packageId": "1", "databaseId": "2", "purl": "pkg:github/touchstone-test/beacon@v1",
                "repository": "touchstone-test/beacon", "repositoryId": "1", "tag": "v1" })),
            4 => of(file, "https://slsa.dev/deployment/v0.1", json!({
                "creationTime": "2025-06-12T12:00:00Z", "scopes": {} })),
            5 => of(file, "https://slsa.dev/verification_summary/v1", json!({
                "verifier": { "id": "https://touchstone.test/gate" }, "resourceUri": "https://touchstone.test/production",
                "policy": { "uri": "https://touchstone.test" }, "timeVerified": "2025-06-12T12:00:00Z",
                "verificationResult": "PASSED", "verifiedLevels": ["SLSA_BUILD_LEVEL_3"] })),
            _ => of(file, "https://touchstone.test/unknown", json!({ "anything": [1, 2] })),
        }
    })
}

proptest! {
    #[test]
    fn nothing_without_a_proof_is_solid(
        said in prop::collection::vec((statements(), 0_u8..4), 0..12),
        listed in prop::collection::vec(digests(), 0..4),
        asked in prop::option::of((digests(), any::<bool>())),
    ) {
        let parsed: Vec<(Statement, u8)> =
            said.iter().map(|(value, how)| (Statement::parse(value.to_string().as_bytes()).unwrap(), *how)).collect();
        let mut evidence: Vec<Evidence<'_>> = parsed
            .iter()
            .map(|(statement, how)| {
                let unproven = |why, asked| Held::Unproven(Unproven {
                    statement: Some(statement),
                    claims: None,
                    certified: false,
                    signer: SOURCE_SIGNER.to_owned(),
                    why,
                    reason: "No proof.".to_owned(),
                    asked,
                    denies: false,
                });
                let held = match how {
                    0 => Held::Record(Record::Statement(statement)),
                    1 => unproven(Why::Failed, false),
                    2 => unproven(Why::Open, false),
                    _ => unproven(Why::Open, true),
                };
                Evidence { name: "file".to_owned(), held, digests: Vec::new() }
            })
            .collect();
        let deployed = listed.iter().map(|hex| Deployed {
            identity: Some(file(hex)),
            name: "release.tar.gz".to_owned(),
            place: "namespace web".to_owned(),
            observed: true,
        });
        evidence.push(Evidence { name: "pods".to_owned(), held: Held::Record(Record::Deployed(deployed.collect())), digests: Vec::new() });
        let components: Vec<_> =
            listed.iter().map(|hex| ("tool".to_owned(), String::new(), Some(hex.clone()))).collect();
        let bill = common::bill(&components);
        evidence.push(Evidence { name: "bill".to_owned(), held: Held::Record(Record::Bill(&bill)), digests: Vec::new() });
        let signer = named();
        let artifact = asked
            .map(|(hex, computed)| Artifact { name: "release.tar.gz".to_owned(), digests: vec![file(&hex)], computed });
        let input = Input {
            artifact,
            evidence,
            memberships: Vec::new(),
            parties: Parties { named: Some(&signer), verifiers: built_in_verifiers(), resource: None },
            cut: None,
        };
        let custody = custody(&input);
        prop_assert!(custody.edges.iter().all(|edge| !matches!(edge.drawn, Drawn::Match(_))));
        prop_assert!(custody.graph.edges.iter().all(|edge| !matches!(edge.drawn, Drawn::Match(_))));
        let answers = custody.stages.iter().flat_map(|stage| &stage.answers);
        prop_assert!(answers.into_iter().all(|answer| !matches!(answer.strength, Strength::Proven(_))));
        prop_assert!(custody.inputs.rows.iter().all(|row| row.provenance.is_none()));
        prop_assert!(custody.levels.build.level <= 1 && custody.levels.source.level == 0);
        prop_assert!(custody.levels.draft_level <= 1);
    }

    #[test]
    fn any_text_is_an_identity_only_when_it_is_a_digest(algorithm in "[a-zA-Z0-9]{0,8}", hex in "[0-9a-fA-Fx]{0,130}") {
        let digits = match algorithm.as_str() { "sha256" => 64, "sha384" => 96, "sha512" => 128, _ => 0 };
        let is_digest = digits > 0 && hex.len() == digits && !hex.contains('x');
        prop_assert_eq!(Identity::of_file(&algorithm, &hex).is_some(), is_digest);
        if let Some(git) = Identity::of_git(&hex) {
            prop_assert_eq!(git.algorithm(), Algorithm::Git);
        }
    }
}
