//! Rows for `source`, `source-ref` and `workflow-inputs`: E-22, E-25, E-27, E-43.

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::policy::{ExpectKnobs, IdentityKnob};
use crate::statements::{GOOGLE, TAG, source_at};
use serde_json::json;

pub(super) fn rows() -> Vec<Row> {
    [good(), repositories(), stated(), cloud_build(), references(), source_track(), inputs()].concat()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A row whose signer is whoever signs: the name is not what it is about.
fn asking(name: &'static str, rule: &'static str, recipe: Recipe, f: impl FnOnce(&mut ExpectKnobs)) -> Draft {
    row(name, rule, recipe).ask(|policy| {
        if policy.identity != IdentityKnob::Key {
            policy.identity = IdentityKnob::Any;
        }
        f(&mut policy.expect);
    })
}

fn from(name: &'static str, rule: &'static str, recipe: Recipe, uri: &str) -> Draft {
    let uri = uri.to_owned();
    asking(name, rule, recipe, |expect| expect.source_uri = Some(uri))
}

const REPOSITORY: &str = "github.com/touchstone-test/beacon";
const UNKNOWN_BUILD_TYPE: &str = "https://touchstone.test/build@v1";

fn good() -> Vec<Row> {
    vec![
        from("good-source", "E-22", Recipe::generator(), REPOSITORY).verified(),
        from(
            "good-source-with-a-scheme",
            "E-3, E-22",
            Recipe::github_attestation(),
            "https://github.com/touchstone-test/beacon",
        )
        .verified(),
        from("good-source-as-git", "E-3, E-22", Recipe::npm_v1(), "git+https://github.com/touchstone-test/beacon.git")
            .verified(),
        from("good-source-of-a-delegator", "E-25", Recipe::delegator(), REPOSITORY).verified(),
        from("good-source-of-a-container-build", "E-25", Recipe::container_based(), REPOSITORY).verified(),
        // Of a signed file the certificate alone speaks.
        from("good-source-of-a-signed-file", "E-22", Recipe::message(), REPOSITORY).verified(),
        from("good-source-of-an-old-certificate", "E-22, C-2", Recipe::generator(), REPOSITORY)
            .leaf(|leaf| leaf.without_claim(12))
            .verified(),
        from("good-source-of-cloud-build", "E-43", Recipe::cloud_build(), REPOSITORY).verified(),
        from("good-source-of-cloud-build-v1", "E-43", Recipe::cloud_build_v1(), REPOSITORY).verified(),
        from("good-storage-of-cloud-build", "E-43", Recipe::cloud_build(), "gs://touchstone/source.tgz")
            .statement(|s| s["predicate"]["materials"][0]["uri"] = json!("gs://touchstone/source.tgz#1663616635134845"))
            .verified(),
    ]
}

fn repositories() -> Vec<Row> {
    let check = "source";
    let differs = |name, uri: &str| from(name, "E-22, C-4", Recipe::generator(), uri).rejected(check, "source-differs");
    vec![
        differs("source-of-another-owner", "github.com/other/beacon"),
        differs("source-with-more-behind", "github.com/touchstone-test/beacon-2"),
        differs("source-with-less-behind", "github.com/touchstone-test/beaco"),
        differs("source-with-more-in-front", "Agithub.com/touchstone-test/beacon"),
        differs("source-of-another-host", "gitlab.com/touchstone-test/beacon"),
        differs("source-in-capitals", "github.com/touchstone-test/BEACON"),
        differs("source-in-a-bucket", "gs://touchstone/beacon"),
        from("source-that-is-no-repository", "E-3", Recipe::generator(), "beacon")
            .rejected(check, "source-expectation-malformed"),
        from("source-that-is-empty", "E-3", Recipe::generator(), "").rejected(check, "source-expectation-malformed"),
        from("source-with-a-user", "E-3", Recipe::generator(), "https://github.com@other.test/touchstone-test/beacon")
            .rejected(check, "source-expectation-malformed"),
        from("source-of-an-account", "E-22", Recipe::message(), REPOSITORY)
            .leaf(|leaf| {
                leaf.without_claim(5);
                leaf.without_claim(12);
            })
            .rejected(check, "source-absent"),
        from("source-of-a-key-that-signed-a-file", "E-43", Recipe::managed(), REPOSITORY)
            .rejected(check, "source-absent"),
        from("source-of-a-key-of-an-unknown-build-type", "E-43, E-67", Recipe::cloud_build(), REPOSITORY)
            .statement(|s| s["predicate"]["builder"]["id"] = json!("https://builder.touchstone.test"))
            .rejected(check, "source-absent"),
        from(
            "other-source-of-a-key-of-an-unknown-build-type",
            "E-25",
            Recipe::cloud_build(),
            "github.com/other/beacon",
        )
        .statement(|s| s["predicate"]["builder"]["id"] = json!("https://builder.touchstone.test"))
        .rejected(check, "source-differs"),
    ]
}

/// What the provenance says of its source, where the certificate says the right one.
fn stated() -> Vec<Row> {
    let check = "source";
    vec![
        // Before v1 the format itself says where the source is, whatever the type of build.
        from("source-by-an-unknown-build-type", "E-25", Recipe::generator(), REPOSITORY)
            .statement(|s| s["predicate"]["buildType"] = json!(UNKNOWN_BUILD_TYPE))
            .verified(),
        from("source-of-another-repository-by-an-unknown-build-type", "E-25", Recipe::generator(), REPOSITORY)
            .statement(|s| {
                s["predicate"]["buildType"] = json!(UNKNOWN_BUILD_TYPE);
                let uri = source_at("refs/heads/main").replace("beacon", "beacon-2");
                s["predicate"]["invocation"]["configSource"]["uri"] = json!(uri);
            })
            .rejected(check, "source-differs"),
        // An old certificate names no ref to compare with.
        from("source-at-two-refs", "E-25", Recipe::generator(), REPOSITORY)
            .leaf(|leaf| {
                leaf.without_claim(6);
                leaf.without_claim(14);
            })
            .statement(|s| s["predicate"]["materials"][0]["uri"] = json!(source_at("refs/tags/v1.2.3")))
            .rejected(check, "source-refs-differ"),
        from("source-of-a-provenance-without-one", "E-25", Recipe::generator(), REPOSITORY)
            .statement(|s| {
                remove(&mut s["predicate"]["invocation"], "configSource");
                s["predicate"]["materials"] = json!([]);
            })
            .rejected(check, "source-absent"),
        from("source-at-no-ref", "E-25", Recipe::generator(), REPOSITORY)
            .leaf(|leaf| {
                leaf.without_claim(6);
                leaf.without_claim(14);
            })
            .statement(|s| {
                let uri = json!(format!("git+https://{REPOSITORY}"));
                s["predicate"]["invocation"]["configSource"]["uri"] = uri.clone();
                s["predicate"]["materials"][0]["uri"] = uri;
                remove(&mut s["predicate"]["invocation"], "environment");
            })
            .rejected(check, "source-absent"),
    ]
}

fn cloud_build() -> Vec<Row> {
    let check = "source";
    vec![
        from("source-of-cloud-build-differs", "E-43", Recipe::cloud_build(), "github.com/other/beacon")
            .rejected(check, "source-differs"),
        from("source-of-cloud-build-v1-differs-in-one-place", "E-43", Recipe::cloud_build_v1(), REPOSITORY)
            .statement(|s| {
                let source = &mut s["predicate"]["buildDefinition"]["externalParameters"]["buildConfigSource"];
                source["repository"] = json!("git+https://github.com/other/beacon");
            })
            .rejected(check, "source-differs"),
        from("storage-is-no-repository", "E-43", Recipe::cloud_build(), REPOSITORY)
            .statement(|s| s["predicate"]["materials"][0]["uri"] = json!("gs://github.com/touchstone-test/beacon"))
            .rejected(check, "source-differs"),
        from("storage-object-with-more-behind", "E-43", Recipe::cloud_build(), "gs://touchstone/source")
            .statement(|s| s["predicate"]["materials"][0]["uri"] = json!("gs://touchstone/source.tgz#1"))
            .rejected(check, "source-differs"),
        from("source-of-cloud-build-without-materials", "E-43", Recipe::cloud_build(), REPOSITORY)
            .statement(|s| {
                s["predicate"]["materials"] = json!([]);
                remove(&mut s["predicate"]["recipe"], "definedInMaterial");
            })
            .rejected(check, "source-absent"),
    ]
}

fn references() -> Vec<Row> {
    let check = "source-ref";
    let at = |name, recipe, f: fn(&mut ExpectKnobs)| asking(name, "E-27", recipe, f);
    let tagged = || Recipe::generator().at_ref(TAG);
    vec![
        at("good-branch", Recipe::generator(), |e| e.source_branch = some("main")).verified(),
        at("good-tag", tagged(), |e| e.source_tag = some("v13.0.30")).verified(),
        at("good-versioned-tag-major", tagged(), |e| e.source_versioned_tag = some("v13")).verified(),
        at("good-versioned-tag-minor", tagged(), |e| e.source_versioned_tag = some("v13.0")).verified(),
        at("good-versioned-tag-patch", tagged(), |e| e.source_versioned_tag = some("v13.0.30")).verified(),
        at("good-tag-of-cloud-build", Recipe::cloud_build(), |e| e.source_tag = some("v13.0.30")).verified(),
        at("good-branch-of-cloud-build-v1", Recipe::cloud_build_v1(), |e| e.source_branch = some("main")).verified(),
        at("branch-of-another-name", Recipe::generator(), |e| e.source_branch = some("master"))
            .rejected(check, "source-branch-differs"),
        at("branch-that-is-empty", Recipe::generator(), |e| e.source_branch = some(""))
            .rejected(check, "source-branch-differs"),
        at("branch-of-a-tag-s-name", Recipe::generator().at_ref("refs/tags/main"), |e| e.source_branch = some("main"))
            .rejected(check, "source-branch-differs"),
        at("branch-with-more-behind", Recipe::generator(), |e| e.source_branch = some("mai"))
            .rejected(check, "source-branch-differs"),
        at("tag-of-another-name", tagged(), |e| e.source_tag = some("v13.0")).rejected(check, "source-tag-differs"),
        at("tag-where-a-branch-was-built", Recipe::generator(), |e| e.source_tag = some("v1.2.3"))
            .rejected(check, "source-tag-differs"),
        at("tag-that-is-empty", Recipe::generator().at_ref("refs/tags/v1"), |e| e.source_tag = some(""))
            .rejected(check, "source-tag-differs"),
        at("tag-of-a-branch-s-name", Recipe::generator().at_ref("refs/heads/v13.0.30"), |e| {
            e.source_tag = some("v13.0.30")
        })
        .rejected(check, "source-tag-differs"),
        at("versioned-tag-of-another-patch", tagged(), |e| e.source_versioned_tag = some("v13.0.29"))
            .rejected(check, "source-versioned-tag-differs"),
        at("versioned-tag-of-another-major", tagged(), |e| e.source_versioned_tag = some("v1"))
            .rejected(check, "source-versioned-tag-differs"),
        at("versioned-tag-where-a-branch-was-built", Recipe::generator(), |e| e.source_versioned_tag = some("v1"))
            .rejected(check, "source-versioned-tag-differs"),
        at("versioned-tag-of-a-pre-release", Recipe::generator().at_ref("refs/tags/v13.0.30-rc1"), |e| {
            e.source_versioned_tag = some("v13.0")
        })
        .rejected(check, "source-versioned-tag-differs"),
        at("versioned-tag-that-is-no-version", tagged(), |e| e.source_versioned_tag = some("13"))
            .rejected(check, "source-versioned-tag-malformed"),
        at("versioned-tag-that-is-empty", tagged(), |e| e.source_versioned_tag = some(""))
            .rejected(check, "source-versioned-tag-malformed"),
        at("branch-and-tag-at-once", tagged(), |e| {
            e.source_branch = some("main");
            e.source_tag = some("v13.0.30");
        })
        .rejected(check, "source-branch-differs"),
        at("branch-that-nothing-names", Recipe::message(), |e| e.source_branch = some("main"))
            .leaf(|leaf| {
                leaf.without_claim(6);
                leaf.without_claim(14);
            })
            .rejected(check, "source-ref-absent"),
        at("tag-of-cloud-build-differs", Recipe::cloud_build(), |e| e.source_tag = some("v13.0.31"))
            .rejected(check, "source-tag-differs"),
        at("tag-of-cloud-build-without-substitutions", Recipe::cloud_build(), |e| e.source_tag = some("v13.0.30"))
            .statement(|s| remove(&mut s["predicate"]["recipe"]["arguments"], "substitutions"))
            .rejected(check, "source-ref-absent"),
        at("tag-of-cloud-build-v1-in-one-place", Recipe::cloud_build_v1(), |e| e.source_tag = some("v1.2.3"))
            .statement(|s| {
                let substitutions = &mut s["predicate"]["buildDefinition"]["internalParameters"]["systemSubstitutions"];
                *substitutions = json!({ "TAG_NAME": "v1.2.3" });
            })
            .rejected(check, "source-tag-differs"),
        at("branch-of-a-key-that-signed-a-file", Recipe::managed(), |e| e.source_branch = some("main"))
            .rejected(check, "source-ref-absent"),
    ]
}

/// The source tool's word on a tag, by a job for that tag (E-47).
fn tag_provenance() -> Recipe {
    let mut recipe = Recipe::source_provenance();
    for arc in [6, 14] {
        recipe.leaf.claim(arc, TAG);
    }
    recipe.statement.push(crate::change(|s: &mut serde_json::Value| {
        s["predicateType"] = json!("https://github.com/slsa-framework/slsa-source-poc/tag-provenance/v1-draft");
        s["predicate"] = json!({
            "repo_uri": "https://github.com/touchstone-test/beacon", "actor": "somebody", "tag": TAG,
            "created_on": "2025-06-12T00:00:00Z", "vsa_summaries": [],
        });
    }));
    recipe
}

/// The first draft of a source provenance: no repository, no branch.
fn first_draft(statement: &mut serde_json::Value) {
    statement["predicateType"] = json!("https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1");
    statement["predicate"] = json!({
        "prev_commit": "1111111111111111111111111111111111111111",
        "properties": { "SLSA_SOURCE_LEVEL_2": { "since": "2025-02-23T15:12:14Z" } },
    });
}

/// A source summary that a key signed, for these refs, asked about the branch.
fn keyed(name: &'static str, annotations: serde_json::Value) -> Draft {
    asking(name, "E-46", Recipe::summary(), |expect| expect.source_branch = some("main")).statement(move |s| {
        s["subject"][0]["digest"]["gitCommit"] = json!(crate::ca::COMMIT);
        s["subject"][0]["annotations"] = annotations.clone();
    })
}

/// E-46: a statement about the source says of which repository it is, and for which refs it holds.
fn source_track() -> Vec<Row> {
    let of = |name, recipe, f: fn(&mut ExpectKnobs)| asking(name, "E-46", recipe, f);
    let tagged = || {
        let mut recipe = Recipe::source_summary();
        for arc in [6, 14] {
            recipe.leaf.claim(arc, TAG);
        }
        recipe
    };
    let camel = |s: &mut serde_json::Value| {
        let annotations = &mut s["subject"][0]["annotations"];
        let refs = annotations["source_refs"].take();
        *annotations = json!({ "sourceRefs": refs });
    };
    vec![
        from("good-source-of-a-summary", "E-46", Recipe::source_summary(), REPOSITORY).verified(),
        from("good-source-of-a-source-provenance", "E-47", Recipe::source_provenance(), REPOSITORY).verified(),
        of("good-branch-of-a-summary", Recipe::source_summary(), |e| e.source_branch = some("main")).verified(),
        of("good-tag-of-a-summary", tagged(), |e| e.source_tag = some("v13.0.30")).verified(),
        of("good-branch-of-a-summary-in-the-other-spelling", Recipe::source_summary(), |e| {
            e.source_branch = some("main")
        })
        .statement(camel)
        .verified(),
        of("good-branch-of-a-source-provenance", Recipe::source_provenance(), |e| e.source_branch = some("main"))
            .verified(),
        of("good-tag-of-a-tag-provenance", tag_provenance(), |e| e.source_tag = some("v13.0.30")).verified(),
        of("tag-of-a-tag-provenance-of-another", tag_provenance(), |e| e.source_tag = some("v13.0.30"))
            .statement(|s| s["predicate"]["tag"] = json!("refs/tags/v13.0.31"))
            .rejected("source-ref", "source-tag-differs"),
        from("summary-of-another-repository", "E-46", Recipe::source_summary(), REPOSITORY)
            .statement(|s| s["predicate"]["resourceUri"] = json!("git+https://github.com/other/beacon"))
            .rejected("source", "source-differs"),
        from("summary-of-no-repository", "E-46", Recipe::source_summary(), REPOSITORY)
            .statement(|s| s["predicate"]["resourceUri"] = json!("https://touchstone.test"))
            .rejected("source", "source-differs"),
        from("source-provenance-of-another-repository", "E-47", Recipe::source_provenance(), REPOSITORY)
            .statement(|s| s["predicate"]["repo_uri"] = json!("https://github.com/other/beacon"))
            .rejected("source", "source-differs"),
        of("branch-of-a-summary-for-another", Recipe::source_summary(), |e| e.source_branch = some("main"))
            .statement(|s| {
                s["subject"][0]["annotations"]["source_refs"] = json!(["refs/heads/other", "refs/tags/main"])
            })
            .rejected("source-ref", "source-branch-differs"),
        // Drafts name no ref, or no repository: then the certificate alone speaks.
        of("good-branch-of-a-summary-that-names-none", Recipe::source_summary(), |e| e.source_branch = some("main"))
            .statement(|s| remove(&mut s["subject"][0], "annotations"))
            .verified(),
        of("good-branch-of-a-first-summary", Recipe::source_summary(), |e| e.source_branch = some("main"))
            .statement(|s| s["subject"][0]["annotations"] = json!({ "source_branches": ["refs/heads/main"] }))
            .verified(),
        of("branch-of-a-first-summary-for-another", Recipe::source_summary(), |e| e.source_branch = some("main"))
            .statement(|s| s["subject"][0]["annotations"] = json!({ "source_branches": ["refs/heads/other"] }))
            .rejected("source-ref", "source-branch-differs"),
        from("good-source-of-a-first-source-provenance", "E-47", Recipe::source_provenance(), REPOSITORY)
            .statement(first_draft)
            .verified(),
        of("good-branch-of-a-first-source-provenance", Recipe::source_provenance(), |e| e.source_branch = some("main"))
            .statement(first_draft)
            .verified(),
        of("branch-of-one-of-two-commits", Recipe::source_summary(), |e| e.source_branch = some("main"))
            .statement(|s| {
                let other = json!({ "digest": { "gitCommit": "1111111111111111111111111111111111111111" },
                                    "annotations": { "source_refs": ["refs/heads/other"] } });
                s["subject"].as_array_mut().expect("a list").push(other);
            })
            .rejected("source-ref", "source-branch-differs"),
        keyed("good-branch-of-a-summary-by-key", json!({ "source_refs": ["refs/heads/main"] })).verified(),
        keyed("branch-of-a-summary-by-key-for-none", json!({})).rejected("source-ref", "source-ref-absent"),
        keyed("branch-of-a-summary-by-key-for-one-of-two", json!({ "source_refs": ["refs/heads/main"] }))
            .statement(|s| {
                let other = json!({ "digest": { "gitCommit": "1111111111111111111111111111111111111111" } });
                s["subject"].as_array_mut().expect("a list").push(other);
            })
            .rejected("source-ref", "source-ref-absent"),
        keyed("branch-of-a-summary-by-key-for-another", json!({ "source_refs": ["refs/heads/other"] }))
            .rejected("source-ref", "source-branch-differs"),
        keyed("branch-of-an-old-summary-by-key", json!({ "source_refs": ["refs/heads/main"] }))
            .statement(|s| {
                s["predicateType"] = json!("https://slsa.dev/verification_summary/v0.2");
                s["predicate"] = json!({
                    "verifier": { "id": "https://verifier.touchstone.test/v1" }, "time_verified": "2025-06-12T00:00:00Z",
                    "resource_uri": "git+https://github.com/touchstone-test/beacon",
                    "policy": { "uri": "https://verifier.touchstone.test/policy" },
                    "verification_result": "PASSED", "policy_level": "SLSA_LEVEL_3",
                });
            })
            .rejected("source-ref", "source-ref-absent"),
        of("tag-of-a-summary-by-a-job-for-a-branch", Recipe::source_summary(), |e| e.source_tag = some("v13.0.30"))
            .rejected("source-ref", "source-tag-differs"),
        of("branch-of-a-source-provenance-for-another", Recipe::source_provenance(), |e| {
            e.source_branch = some("main")
        })
        .statement(|s| s["predicate"]["branch"] = json!("refs/heads/other"))
        .rejected("source-ref", "source-branch-differs"),
    ]
}

fn inputs() -> Vec<Row> {
    let check = "workflow-inputs";
    let with = |name, recipe, inputs: &[(&str, &str)]| -> Draft {
        let inputs: Vec<_> = inputs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        asking(name, "E-27", recipe, move |expect| expect.workflow_inputs = inputs)
    };
    vec![
        with("good-inputs", Recipe::generator(), &[("version", "1.2.3"), ("draft", "false")]).verified(),
        with(
            "good-inputs-of-a-delegator",
            Recipe::delegator(),
            &[("jdk-version", "17"), ("rekor-log-public", "false")],
        )
        .verified(),
        with("good-inputs-of-a-container-build", Recipe::container_based(), &[("version", "1.2.3")]).verified(),
        with("input-of-another-value", Recipe::generator(), &[("version", "1.2.4")])
            .rejected(check, "workflow-input-differs"),
        with("input-second-of-two-differs", Recipe::generator(), &[("version", "1.2.3"), ("draft", "true")])
            .rejected(check, "workflow-input-differs"),
        with("input-that-is-not-there", Recipe::generator(), &[("channel", "")])
            .rejected(check, "workflow-input-differs"),
        with("input-that-is-null", Recipe::generator(), &[("channel", "null")])
            .statement(|s| {
                s["predicate"]["invocation"]["environment"]["github_event_payload"]["inputs"]["channel"] = json!(null)
            })
            .rejected(check, "workflow-input-differs"),
        with("inputs-that-are-null", Recipe::generator(), &[("version", "1.2.3")])
            .statement(|s| s["predicate"]["invocation"]["environment"]["github_event_payload"]["inputs"] = json!(null))
            .rejected(check, "workflow-inputs-absent"),
        with("inputs-beside-an-unknown-parameter", Recipe::github_attestation(), &[("version", "1.2.3")])
            .statement(|s| {
                let parameters = &mut s["predicate"]["buildDefinition"]["externalParameters"];
                parameters["inputs"] = json!({ "version": "1.2.3" });
                parameters["more"] = json!({ "flag": true });
            })
            .rejected(check, "workflow-input-differs"),
        with("good-inputs-of-an-attestation", Recipe::github_attestation(), &[("version", "1.2.3")])
            .statement(|s| {
                s["predicate"]["buildDefinition"]["externalParameters"]["inputs"] = json!({ "version": "1.2.3" });
            })
            .verified(),
        with("inputs-of-an-attestation-without", Recipe::github_attestation(), &[("version", "1.2.3")])
            .rejected(check, "workflow-inputs-absent"),
        with("inputs-of-a-signed-file", Recipe::message(), &[("version", "1.2.3")])
            .rejected(check, "workflow-inputs-absent"),
        with("inputs-of-a-summary", Recipe::summary(), &[("version", "1.2.3")])
            .rejected(check, "workflow-inputs-absent"),
        with("inputs-of-cloud-build", Recipe::cloud_build(), &[("version", "1.2.3")])
            .ask(|policy| policy.expect.builder_id = Some(GOOGLE.to_owned()))
            .rejected(check, "workflow-inputs-absent"),
    ]
}
