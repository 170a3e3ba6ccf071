//! Rows for `agreement`: E-28, E-31, E-32.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::policy::IdentityKnob;
use crate::statements::{RUN, source_at};
use serde_json::{Value, json};

const CHECK: &str = "agreement";
const CONTRADICTS: &str = "provenance-contradicts-certificate";

pub(super) fn rows() -> Vec<Row> {
    [good(), attestations(), generators(), npm(), shapes()].concat()
}

/// A row whose signer is whoever signs: the name is not what it is about.
fn of(name: &'static str, rule: &'static str, recipe: Recipe) -> Draft {
    row(name, rule, recipe).ask(|policy| policy.identity = IdentityKnob::Any)
}

fn good() -> Vec<Row> {
    vec![
        of("good-github-attestation", "E-8, E-31", Recipe::github_attestation()).verified(),
        of("good-generator", "E-31, E.4", Recipe::generator()).verified(),
        of("good-delegator", "E-31, E.4", Recipe::delegator()).verified(),
        of("good-container-based", "E-31, E.4", Recipe::container_based()).verified(),
        of("good-npm-v1", "E-28, G-12", Recipe::npm_v1()).verified(),
        of("good-npm-v0-2", "E-28, G-12", Recipe::npm_v0_2()).verified(),
        of("good-npm-before-release", "E-28, E-31", Recipe::npm_before_release()).verified(),
        // G-21, E-67: a certificate of another platform, and build types whose fields are not read.
        of("good-npm-on-gitlab", "C-3, G-21", Recipe::npm_gitlab()).verified(),
        row("good-tekton", "E-67", Recipe::tekton("https://tekton.dev/chains/v2/slsa"))
            .ask(|policy| policy.identity = IdentityKnob::Key)
            .verified(),
        of("good-npm-on-gitlab-of-another-commit", "E-31, G-21", Recipe::npm_gitlab())
            .statement(|s| {
                s["predicate"]["materials"][0]["digest"]["sha1"] = json!("0000000000000000000000000000000000000000")
            })
            .verified(),
        of("good-generator-at-a-tag", "E-31", Recipe::generator().at_ref(crate::statements::TAG)).verified(),
        // Only claimed: an old certificate has none of the extensions to compare with.
        of("good-attestation-only-claimed", "E-31", Recipe::github_attestation())
            .leaf(|leaf| {
                for arc in [2, 3, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24] {
                    leaf.without_claim(arc);
                }
            })
            .verified(),
        // E-32: a note, and no more.
        of("good-workflow-of-another-commit", "E-32", Recipe::github_attestation())
            .leaf(|leaf| leaf.claim(19, "0000000000000000000000000000000000000000"))
            .verified(),
        // E-25: a tool behind a delegator may build another commit, and then leaves the ref out.
        of("good-delegator-of-another-commit", "E-25, E-31", Recipe::delegator())
            .statement(|s| {
                let dependency = &mut s["predicate"]["buildDefinition"]["resolvedDependencies"][0];
                dependency["uri"] = json!("git+https://github.com/touchstone-test/beacon");
                dependency["digest"]["gitCommit"] = json!("0000000000000000000000000000000000000000");
            })
            .verified(),
        // The person named the signer and asks nothing of the provenance: it is the signer's word about another build.
        row("good-provenance-of-another-builder", "E-31", Recipe::github_attestation())
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(OTHER_BUILDER))
            .verified(),
    ]
}

const OTHER_BUILDER: &str = "https://github.com/other/builder/.github/workflows/build.yml@refs/heads/main";

fn attestations() -> Vec<Row> {
    let lying = |name, f: fn(&mut Value)| {
        of(name, "E-31", Recipe::github_attestation())
            .statement(move |s| f(&mut s["predicate"]))
            .rejected(CHECK, CONTRADICTS)
    };
    vec![
        lying("attestation-of-another-repository", |p| {
            p["buildDefinition"]["externalParameters"]["workflow"]["repository"] =
                json!("https://github.com/other/beacon")
        }),
        lying("attestation-of-another-ref", |p| {
            p["buildDefinition"]["externalParameters"]["workflow"]["ref"] = json!("refs/tags/v1.2.3")
        }),
        lying("attestation-of-another-workflow", |p| {
            p["buildDefinition"]["externalParameters"]["workflow"]["path"] = json!(".github/workflows/other.yml")
        }),
        lying("attestation-of-another-commit", |p| {
            let digest = &mut p["buildDefinition"]["resolvedDependencies"][0]["digest"];
            digest["gitCommit"] = json!("0000000000000000000000000000000000000000")
        }),
        lying("attestation-of-another-source", |p| {
            let uri = source_at("refs/heads/main").replace("beacon", "beacon-2");
            p["buildDefinition"]["resolvedDependencies"][0]["uri"] = json!(uri)
        }),
        lying("attestation-of-another-trigger", |p| {
            p["buildDefinition"]["internalParameters"]["github"]["event_name"] = json!("push")
        }),
        lying("attestation-of-another-repository-number", |p| {
            p["buildDefinition"]["internalParameters"]["github"]["repository_id"] = json!("1")
        }),
        lying("attestation-of-another-owner", |p| {
            p["buildDefinition"]["internalParameters"]["github"]["repository_owner_id"] = json!("1")
        }),
        lying("attestation-of-another-runner", |p| {
            p["buildDefinition"]["internalParameters"]["github"]["runner_environment"] = json!("self-hosted")
        }),
        lying("attestation-of-another-builder", |p| p["runDetails"]["builder"]["id"] = json!(OTHER_BUILDER)),
        // What is npm's to write, and the delegator's, is so by who signed or by their type of build: nobody else may.
        lying("attestation-by-a-runner", |p| {
            p["runDetails"]["builder"]["id"] = json!("https://github.com/actions/runner/github-hosted")
        }),
        lying("attestation-by-a-version-of-npm", |p| {
            p["runDetails"]["builder"]["id"] = json!("https://github.com/npm/cli@9.5.0")
        }),
        of("delegated-by-another-signer", "E-23, E-31", Recipe::delegator().called(OTHER_BUILDER))
            .rejected(CHECK, CONTRADICTS),
        row("provenance-of-another-builder-by-a-pattern-for-all", "B-6, E-31", Recipe::github_attestation())
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(OTHER_BUILDER))
            .ask(|policy| policy.identity = IdentityKnob::Pattern { san: ".*".to_owned(), issuer: None })
            .rejected(CHECK, CONTRADICTS),
        lying("attestation-of-another-run", |p| {
            p["runDetails"]["metadata"]["invocationId"] = json!(RUN.replace("attempts/1", "attempts/2"))
        }),
        // The signer is named, but the source is lied about under its own name.
        row("attestation-of-another-source-by-the-signer-named", "E-31", Recipe::github_attestation())
            .statement(|s| {
                let workflow = &mut s["predicate"]["buildDefinition"]["externalParameters"]["workflow"];
                workflow["repository"] = json!("https://github.com/other/beacon");
            })
            .rejected(CHECK, CONTRADICTS),
        row("attestation-without-a-workflow", "E-1, E-31", Recipe::github_attestation())
            .statement(|s| s["predicate"]["buildDefinition"]["externalParameters"] = json!({}))
            .rejected(CHECK, "field-missing"),
    ]
}

fn generators() -> Vec<Row> {
    let lying = |name, f: fn(&mut Value)| {
        of(name, "E-31", Recipe::generator()).statement(move |s| f(&mut s["predicate"])).rejected(CHECK, CONTRADICTS)
    };
    vec![
        lying("generator-of-another-source", |p| {
            p["invocation"]["configSource"]["uri"] = json!("git+https://github.com/other/beacon@refs/heads/main")
        }),
        lying("generator-of-another-ref", |p| {
            p["invocation"]["configSource"]["uri"] = json!(source_at("refs/tags/v1.2.3"))
        }),
        lying("generator-of-another-ref-in-its-environment", |p| {
            p["invocation"]["environment"]["github_ref"] = json!("refs/tags/v1.2.3")
        }),
        lying("generator-of-another-commit", |p| {
            p["invocation"]["configSource"]["digest"]["sha1"] = json!("0000000000000000000000000000000000000000")
        }),
        lying("generator-of-another-entry-point", |p| {
            p["invocation"]["configSource"]["entryPoint"] = json!(".github/workflows/other.yml")
        }),
        lying("generator-of-another-material", |p| {
            p["materials"][0]["uri"] = json!("git+https://github.com/other/beacon@refs/heads/main")
        }),
        lying("generator-of-another-run", |p| p["invocation"]["environment"]["github_run_id"] = json!("1")),
        lying("generator-of-another-attempt", |p| p["invocation"]["environment"]["github_run_attempt"] = json!("2")),
        lying("generator-of-another-builder", |p| p["builder"]["id"] = json!(OTHER_BUILDER)),
        of("delegator-of-another-commit", "E-31", Recipe::delegator())
            .statement(|s| {
                let dependency = &mut s["predicate"]["buildDefinition"]["resolvedDependencies"][0];
                dependency["digest"]["gitCommit"] = json!("0000000000000000000000000000000000000000");
            })
            .rejected(CHECK, CONTRADICTS),
    ]
}

fn npm() -> Vec<Row> {
    let lying = |name, key: &'static str, value: &'static str| {
        of(name, "E-28", Recipe::npm_v0_2())
            .statement(move |s| s["predicate"]["invocation"]["environment"][key] = json!(value))
            .rejected(CHECK, CONTRADICTS)
    };
    vec![
        lying("npm-of-another-repository", "GITHUB_REPOSITORY", "other/beacon"),
        lying(
            "npm-of-another-workflow",
            "GITHUB_WORKFLOW_REF",
            "touchstone-test/beacon/.github/workflows/o.yml@refs/heads/main",
        ),
        lying("npm-of-another-workflow-commit", "GITHUB_WORKFLOW_SHA", "0000000000000000000000000000000000000000"),
        of("npm-before-release-of-another-repository", "E-31", Recipe::npm_before_release())
            .statement(|s| s["predicate"]["invocation"]["environment"]["GITHUB_REPOSITORY"] = json!("other/beacon"))
            .rejected(CHECK, CONTRADICTS),
        of("npm-before-release-of-another-workflow", "E-31", Recipe::npm_before_release())
            .statement(|s| {
                s["predicate"]["invocation"]["configSource"]["entryPoint"] =
                    json!("touchstone-test/beacon/.github/workflows/other.yml@refs/heads/main")
            })
            .rejected(CHECK, CONTRADICTS),
        of("npm-on-another-runner", "E-28, E-9", Recipe::npm_v1())
            .statement(|s| {
                s["predicate"]["runDetails"]["builder"]["id"] = json!("https://github.com/actions/runner/self-hosted")
            })
            .rejected(CHECK, CONTRADICTS),
    ]
}

/// E-28: what npm's command never writes.
fn shapes() -> Vec<Row> {
    let unexpected = "npm-provenance-unexpected";
    let v1 = |name, f: fn(&mut Value)| of(name, "E-28", Recipe::npm_v1()).statement(f).rejected(CHECK, unexpected);
    let v0_2 = |name, f: fn(&mut Value)| of(name, "E-28", Recipe::npm_v0_2()).statement(f).rejected(CHECK, unexpected);
    vec![
        v1("npm-v1-with-two-subjects", |s| {
            let again = s["subject"][0].clone();
            s["subject"].as_array_mut().expect("subjects").push(again);
        }),
        v1("npm-v1-with-two-sources", |s| {
            let again = s["predicate"]["buildDefinition"]["resolvedDependencies"][0].clone();
            s["predicate"]["buildDefinition"]["resolvedDependencies"].as_array_mut().expect("a list").push(again);
        }),
        v1("npm-v1-with-another-parameter", |s| {
            s["predicate"]["buildDefinition"]["internalParameters"]["github"]["reviewed"] = json!("true")
        }),
        v1("npm-v1-with-another-group", |s| {
            s["predicate"]["buildDefinition"]["internalParameters"]["review"] = json!({})
        }),
        v1("npm-v1-with-a-time", |s| {
            s["predicate"]["runDetails"]["metadata"]["startedOn"] = json!("2025-06-12T00:00:00Z")
        }),
        v0_2("npm-v0-2-with-another-name", |s| {
            s["predicate"]["invocation"]["environment"]["GITHUB_REVIEWED"] = json!("true")
        }),
        v0_2("npm-v0-2-with-parameters", |s| s["predicate"]["invocation"]["parameters"] = json!({ "a": "b" })),
        v0_2("npm-v0-2-with-a-configuration", |s| s["predicate"]["buildConfig"] = json!({ "a": "b" })),
        v0_2("npm-v0-2-that-is-complete", |s| s["predicate"]["metadata"]["completeness"]["materials"] = json!(true)),
        v0_2("npm-v0-2-that-is-reproducible", |s| s["predicate"]["metadata"]["reproducible"] = json!(true)),
    ]
}
