//! Rows for `builder`, and for a signer whom the expectations imply: E-4, E-8, E-20 to E-24, E-42, G-7.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ca::{San, WORKFLOW};
use crate::policy::{ArtifactKnob, BuilderKnob, IdentityKnob};
use crate::statements::{GENERATOR, GOOGLE, TOOL};
use serde_json::json;

const CHECK: &str = "builder";
const REPOSITORY: &str = "github.com/touchstone-test/beacon";
const GENERIC: &str =
    "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml";
/// A builder of the person's own.
const OWN: &str = "https://touchstone.test/builder";
const RUNNER: &str = "https://github.com/actions/runner";

pub(super) fn rows() -> Vec<Row> {
    [good(), generators(), signers(), payloads(), npm(), keys(), own(), implied()].concat()
}

/// The signer is whoever the source and this builder imply.
fn by(name: &'static str, rule: &'static str, recipe: Recipe, builder: Option<&str>) -> Draft {
    let builder = builder.map(str::to_owned);
    row(name, rule, recipe).ask(|policy| {
        policy.identity = IdentityKnob::Implied;
        policy.expect.source_uri = Some(REPOSITORY.to_owned());
        policy.expect.builder_id = builder;
    })
}

/// The signer is another workflow at another ref.
fn signed_by(name: &'static str, rule: &'static str, recipe: Recipe, workflow: &str, builder: Option<&str>) -> Draft {
    let workflow = workflow.to_owned();
    by(name, rule, recipe.called(&workflow), builder)
        .statement(move |s| crate::statements::replace(s, &format!("{GENERIC}@refs/tags/v2.1.0"), &workflow))
}

fn good() -> Vec<Row> {
    vec![
        by("good-builder-of-the-map", "E-21", Recipe::generator(), None).verified(),
        by("good-builder-by-name", "E-24", Recipe::generator(), Some(GENERIC)).verified(),
        by("good-builder-by-version", "E-24", Recipe::generator(), Some(&format!("{GENERIC}@v2.1.0"))).verified(),
        by("good-builder-by-tag", "E-24", Recipe::generator(), Some(&format!("{GENERIC}@refs/tags/v2.1.0"))).verified(),
        by("good-builder-behind-a-delegator", "E-24", Recipe::delegator(), None).verified(),
        by("good-tool-behind-a-delegator", "E-24", Recipe::delegator(), Some(TOOL)).verified(),
        by("tool-that-leads-out-of-the-generator", "E-24", Recipe::delegator(), None)
            .statement(|s| {
                let id = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/../../../other/tool/\
                          .github/workflows/build.yml@refs/tags/v1.0.0";
                s["predicate"]["runDetails"]["builder"]["id"] = json!(id);
            })
            .rejected("builder", "builder-not-at-release"),
        by("good-container-based-builder", "E-21", Recipe::container_based(), None).verified(),
        by("good-attestation-of-the-source", "E-8, E-21", Recipe::github_attestation(), None).verified(),
        by("good-attestation-by-name", "E-8, E-21", Recipe::github_attestation(), Some(WORKFLOW)).verified(),
        by("good-jreleaser", "E-21", Recipe::delegator(), Some(JRELEASER_NAME))
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(JRELEASER))
            .verified(),
        by(
            "good-tool-of-a-third-party",
            "E-24",
            Recipe::delegator(),
            Some("https://github.com/touchstone-test/tool/.github/workflows/build.yml"),
        )
        .statement(|s| {
            let tool = "https://github.com/touchstone-test/tool/.github/workflows/build.yml@refs/tags/v1.0.0";
            s["predicate"]["runDetails"]["builder"]["id"] = json!(tool);
        })
        .verified(),
        // Outside of the map, but named, and of the source itself.
        by("good-workflow-that-is-named", "E-21", Recipe::dsse(), Some(WORKFLOW))
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(WORKFLOW))
            .verified(),
    ]
}

/// Each builder of slsa-github-generator that the map lists, with each of its build types (E.4): a line that is taken out of the map is
/// missed here.
fn generators() -> Vec<Row> {
    let own = |name, file: &str, build_type: &'static str| {
        let builder = format!("{GENERATOR}{file}");
        signed_by(name, "E-8, E-21", Recipe::generator(), &format!("{builder}@refs/tags/v2.1.0"), Some(&builder))
            .statement(move |s| {
                s["predicate"]["buildType"] =
                    json!(format!("https://github.com/slsa-framework/slsa-github-generator{build_type}"));
            })
            .verified()
    };
    let tool = |name, file: &'static str| {
        let builder = format!("{GENERATOR}{file}");
        by(name, "E-24", Recipe::delegator(), Some(&builder))
            .statement(move |s| {
                s["predicate"]["runDetails"]["builder"]["id"] = json!(format!("{GENERATOR}{file}@refs/tags/v2.1.0"));
            })
            .verified()
    };
    let high = format!("{GENERATOR}delegator_generic_slsa3.yml@refs/tags/v2.1.0");
    vec![
        own("good-generator-for-containers", "generator_container_slsa3.yml", "/container@v1"),
        own("good-builder-for-go", "builder_go_slsa3.yml", "/go@v1"),
        own("good-builder-for-go-as-once-called", "builder_go_slsa3.yml", "-go@v1"),
        own("good-builder-for-go-as-first-called", "builder_go_slsa3.yml", "@v1"),
        by("good-builder-behind-the-other-delegator", "E-24", Recipe::delegator().called(&high), None).verified(),
        tool("good-builder-for-bazel", "builder_bazel_slsa3.yml"),
        tool("good-builder-for-gradle", "builder_gradle_slsa3.yml"),
        tool("good-builder-for-node", "builder_nodejs_slsa3.yml"),
    ]
}

const JRELEASER_NAME: &str = "https://github.com/jreleaser/release-action/.github/workflows/builder_slsa3.yml";
const JRELEASER: &str =
    "https://github.com/jreleaser/release-action/.github/workflows/builder_slsa3.yml@refs/tags/v1.1.0-java";

fn signers() -> Vec<Row> {
    let at = |name, reference: &str| {
        signed_by(name, "E-21", Recipe::generator(), &format!("{GENERIC}@{reference}"), None)
            .rejected(CHECK, "builder-not-at-release")
    };
    vec![
        at("builder-at-a-branch", "refs/heads/main"),
        at("builder-at-a-branch-like-a-tag", "refs/heads/v2.1.0"),
        at("builder-at-a-commit", "e55b76ce421082dfa4b34a6ac3c5e59de0f3bb58"),
        at("builder-at-a-pre-release", "refs/tags/v2.1.0-rc.1"),
        at("builder-at-half-a-version", "refs/tags/v2.1"),
        at("builder-at-a-tag-with-build-metadata", "refs/tags/v2.1.0+build"),
        at("builder-at-jreleaser-s-kind-of-tag", "refs/tags/v2.1.0-java"),
        signed_by(
            "builder-of-another-owner",
            "E-21",
            Recipe::generator(),
            &format!("{}@refs/tags/v2.1.0", GENERIC.replace("slsa-framework", "other")),
            None,
        )
        .rejected(CHECK, "builder-not-in-map"),
        signed_by(
            "builder-with-more-in-its-path",
            "E-21",
            Recipe::generator(),
            &format!("{}@refs/tags/v2.1.0", GENERIC.replace(".yml", ".yml.yml")),
            None,
        )
        .rejected(CHECK, "builder-not-in-map"),
        by("builder-of-an-unknown-build-type", "E-21, E-23", Recipe::dsse(), None)
            .rejected(CHECK, "builder-not-in-map"),
        by("builder-that-is-not-a-workflow", "E-20", Recipe::generator(), None)
            .leaf(|leaf| {
                leaf.san = Some(vec![San::Email("builder@touchstone.test".to_owned())]);
                leaf.without_claim(9);
            })
            .rejected(CHECK, "builder-not-in-map"),
        by("builder-vouched-for-by-another", "E-20", Recipe::generator(), None)
            .leaf(|leaf| {
                leaf.claim(1, "https://token.actions.githubusercontent.com.touchstone.test");
                leaf.claim(8, "https://token.actions.githubusercontent.com.touchstone.test");
            })
            .rejected(CHECK, "builder-issuer-differs"),
        by("builder-that-is-not-named", "E-21", Recipe::generator(), Some(&format!("{GENERATOR}not-trusted.yml")))
            .rejected(CHECK, "builder-differs"),
        by("builder-of-another-version", "E-24", Recipe::generator(), Some(&format!("{GENERIC}@v2.1.1")))
            .rejected(CHECK, "builder-differs"),
        by("builder-with-an-empty-version", "E-24", Recipe::generator(), Some(&format!("{GENERIC}@")))
            .rejected(CHECK, "builder-differs"),
        by("builder-named-by-half", "E-24", Recipe::generator(), Some(&GENERIC[..GENERIC.len() - 4]))
            .rejected(CHECK, "builder-differs"),
        // A workflow of the source at another ref than the source's.
        signed_by(
            "attestation-of-the-source-at-another-ref",
            "E-21, C-8",
            Recipe::github_attestation(),
            OTHER_REF,
            None,
        )
        .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(OTHER_REF))
        .rejected(CHECK, "builder-not-in-map"),
        // slsa-verifier's exception is for one project.
        signed_by(
            "builder-at-a-branch-for-a-project-like-the-test-project",
            "E-21",
            Recipe::generator(),
            &format!("{GENERIC}@refs/heads/main"),
            None,
        )
        .leaf(|leaf| {
            leaf.without_claim(5);
            leaf.without_claim(18);
            leaf.claim(12, "https://github.com/slsa-framework/example-package-2");
        })
        .statement(|s| {
            crate::statements::replace(s, "touchstone-test/beacon", "slsa-framework/example-package-2");
        })
        .ask(|policy| policy.expect.source_uri = Some("github.com/slsa-framework/example-package-2".to_owned()))
        .rejected(CHECK, "builder-not-at-release"),
        // A job of another repository is a builder like any other.
        signed_by("attestation-by-another-repository", "E-8, C-8", Recipe::github_attestation(), ELSEWHERE, None)
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(ELSEWHERE))
            .rejected(CHECK, "builder-not-in-map"),
        signed_by(
            "attestation-by-another-repository-at-a-branch",
            "E-21, C-8",
            Recipe::github_attestation(),
            ELSEWHERE,
            Some(ELSEWHERE),
        )
        .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(ELSEWHERE))
        .rejected(CHECK, "builder-not-at-release"),
    ]
}

const OTHER_REF: &str = "https://github.com/touchstone-test/beacon/.github/workflows/release.yml@refs/heads/other";
const ELSEWHERE: &str = "https://github.com/touchstone-test/builders/.github/workflows/build.yml@refs/heads/main";

fn payloads() -> Vec<Row> {
    let tool = |name, id: &'static str, expected: Option<&str>, code| {
        by(name, "E-24", Recipe::delegator(), expected)
            .statement(move |s| s["predicate"]["runDetails"]["builder"]["id"] = json!(id))
            .rejected(CHECK, code)
    };
    vec![
        by("builder-of-another-build-type", "E-23", Recipe::generator(), None)
            .statement(|s| {
                s["predicate"]["buildType"] = json!("https://github.com/slsa-framework/slsa-github-generator/go@v1")
            })
            .rejected(CHECK, "build-type-differs"),
        by("builder-with-an-unknown-member", "E-23", Recipe::generator(), None)
            .statement(|s| s["predicate"]["invocation"]["reviewed"] = json!(true))
            .rejected(CHECK, "provenance-unknown-field"),
        by("builder-with-an-unknown-parameter", "E-5", Recipe::github_attestation(), Some(WORKFLOW))
            .statement(|s| {
                s["predicate"]["buildDefinition"]["externalParameters"]["workflow"]["args"] = json!(["--flag"]);
            })
            .rejected(CHECK, "provenance-unknown-field"),
        by("builder-whose-payload-names-another", "E-24", Recipe::generator(), None)
            .leaf(|leaf| leaf.without_claim(9))
            .leaf(|leaf| leaf.san = Some(vec![San::Uri(format!("{GENERIC}@refs/tags/v2.1.1"))]))
            .rejected_together(&[("agreement", "provenance-contradicts-certificate")]),
        by("builder-of-a-signed-file", "E-4", Recipe::message(), None).rejected(CHECK, "builder-absent"),
        tool(
            "tool-at-a-branch",
            "https://github.com/touchstone-test/tool/.github/workflows/b.yml@refs/heads/main",
            Some("https://github.com/touchstone-test/tool/.github/workflows/b.yml"),
            "builder-not-at-release",
        ),
        tool(
            "tool-without-a-ref",
            "https://github.com/touchstone-test/tool/.github/workflows/b.yml",
            Some("https://github.com/touchstone-test/tool/.github/workflows/b.yml"),
            "builder-not-at-release",
        ),
        tool(
            "tool-of-a-third-party-that-nobody-named",
            "https://github.com/touchstone-test/tool/.github/workflows/b.yml@refs/tags/v1.0.0",
            None,
            "builder-not-in-map",
        ),
        tool("tool-of-another-name", TOOL, Some(GENERIC), "builder-differs"),
        tool(
            "jreleaser-s-tag-of-another-tool",
            "https://github.com/touchstone-test/tool/.github/workflows/b.yml@refs/tags/v1.0.0-java",
            Some("https://github.com/touchstone-test/tool/.github/workflows/b.yml"),
            "builder-not-at-release",
        ),
        tool(
            "jreleaser-at-another-kind-of-tag",
            "https://github.com/jreleaser/release-action/.github/workflows/builder_slsa3.yml@refs/tags/v1.1.0",
            Some(JRELEASER_NAME),
            "builder-not-at-release",
        ),
        // It claims a builder of the map; its own signer is not that.
        by("attestation-that-names-another-builder", "E-24", Recipe::dsse(), Some(WORKFLOW))
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(format!("{GENERIC}@refs/tags/v2.1.0")))
            .rejected(CHECK, "builder-is-not-signer"),
    ]
}

fn npm() -> Vec<Row> {
    let hosted = "https://github.com/actions/runner/github-hosted";
    let own = "https://github.com/actions/runner/self-hosted";
    vec![
        by("good-npm-builder-v1", "E.4, G-20", Recipe::npm_v1(), Some(hosted)).verified(),
        by("good-npm-builder-v0-2", "E.4, G-20", Recipe::npm_v0_2(), Some(hosted)).verified(),
        by("good-npm-builder-v0-2-by-its-short-name", "E-21", Recipe::npm_v0_2(), Some(RUNNER)).verified(),
        by("npm-builder-v1-by-its-short-name", "E-21", Recipe::npm_v1(), Some(RUNNER))
            .rejected(CHECK, "builder-differs"),
        by("npm-builder-on-another-runner", "E-28", Recipe::npm_v0_2(), Some(own)).rejected(CHECK, "builder-differs"),
        by("npm-builder-v1-on-another-runner", "E-28", Recipe::npm_v1(), Some(own)).rejected(CHECK, "builder-differs"),
        by("npm-builder-of-another-name", "E-21", Recipe::npm_v0_2(), Some("https://github.com/actions/runner2"))
            .rejected(CHECK, "builder-differs"),
        by("npm-builder-that-nobody-named", "E-21", Recipe::npm_v1(), None).rejected(CHECK, "builder-not-named"),
        by("npm-package-behind-a-delegator-that-nobody-named", "E-21", Recipe::delegator().about_npm(), None)
            .rejected(CHECK, "builder-not-named"),
        by("npm-builder-of-a-certificate-that-does-not-say-the-runner", "E-9, E-28", Recipe::npm_v0_2(), Some(hosted))
            .leaf(|leaf| leaf.without_claim(11))
            .rejected(CHECK, "builder-differs"),
    ]
}

/// E-10, E-42: a key that the person gave, and the builder named.
fn keys() -> Vec<Row> {
    let cloud = |name, recipe, builder: &str| -> Draft {
        let builder = builder.to_owned();
        row(name, "E-10, E-42", recipe).ask(|policy| policy.expect.builder_id = Some(builder))
    };
    vec![
        cloud("good-cloud-build", Recipe::cloud_build(), GOOGLE).verified(),
        cloud("good-cloud-build-by-version", Recipe::cloud_build(), &format!("{GOOGLE}@v0.3")).verified(),
        cloud("good-cloud-build-v1", Recipe::cloud_build_v1(), GOOGLE).verified(),
        cloud("good-builder-named-with-its-key", Recipe::attestation_by_key(OWN), OWN).verified(),
        cloud("builder-named-with-its-key-with-an-unknown-parameter", Recipe::attestation_by_key(OWN), OWN)
            .statement(|s| s["predicate"]["buildDefinition"]["externalParameters"]["args"] = json!(["--flag"]))
            .rejected(CHECK, "provenance-unknown-field"),
        cloud("cloud-build-of-another-version", Recipe::cloud_build(), &format!("{GOOGLE}@v0.4"))
            .rejected(CHECK, "builder-differs"),
        cloud("cloud-build-of-another-name", Recipe::cloud_build(), &format!("{GOOGLE}a"))
            .rejected(CHECK, "builder-differs"),
        cloud("cloud-build-of-another-build-type", Recipe::cloud_build(), GOOGLE)
            .statement(|s| s["predicate"]["recipe"]["type"] = json!("https://touchstone.test/build/v1"))
            .rejected(CHECK, "build-type-differs"),
        cloud("cloud-build-without-the-type-of-its-arguments", Recipe::cloud_build(), GOOGLE)
            .statement(|s| super::remove(&mut s["predicate"]["recipe"]["arguments"], "@type"))
            .rejected(CHECK, "build-type-differs"),
        cloud("cloud-build-of-an-unknown-version", Recipe::cloud_build(), GOOGLE)
            .statement(|s| s["predicate"]["builder"]["id"] = json!(format!("{GOOGLE}@v0.9")))
            .rejected(CHECK, "build-type-differs"),
        cloud("builder-of-a-summary", Recipe::summary(), GOOGLE).rejected(CHECK, "builder-absent"),
        cloud("cloud-build-signed-with-a-certificate", Recipe::dsse(), GOOGLE)
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .statement(|s| s["predicate"]["runDetails"]["builder"]["id"] = json!(GOOGLE))
            .rejected(CHECK, "builder-differs"),
    ]
}

/// Entries of the person's own (E-4).
fn own() -> Vec<Row> {
    let entry = |name, signer: &str, builder_id: &str| -> Draft {
        let knob = BuilderKnob { signer: signer.to_owned(), builder_id: builder_id.to_owned(), max_level: 3 };
        by(name, "E-4", Recipe::dsse(), None).ask(move |policy| policy.builders.push(knob))
    };
    let mine = r"https://github\.com/touchstone-test/.*";
    vec![
        entry("good-builder-of-one-s-own", mine, "https://touchstone.test/builder").verified(),
        entry(
            "builder-of-one-s-own-by-another-signer",
            r"https://github\.com/other/.*",
            "https://touchstone.test/builder",
        )
        .rejected(CHECK, "builder-not-in-map"),
        entry("builder-of-one-s-own-with-an-unknown-parameter", mine, WORKFLOW)
            .with(|recipe| *recipe = Recipe::github_attestation())
            .statement(|s| s["predicate"]["buildDefinition"]["externalParameters"]["args"] = json!(["--flag"]))
            .rejected(CHECK, "provenance-unknown-field"),
        entry("builder-of-one-s-own-of-another-name", mine, "https://touchstone.test/builder-2")
            .rejected(CHECK, "builder-not-in-map"),
        entry(
            "builder-of-one-s-own-by-half-a-signer",
            r"github\.com/touchstone-test/.*",
            "https://touchstone.test/builder",
        )
        .rejected(CHECK, "builder-not-in-map"),
    ]
}

fn implied() -> Vec<Row> {
    let implying = |name, recipe| row(name, "B-6, E-20", recipe).ask(|policy| policy.identity = IdentityKnob::Implied);
    vec![
        implying("implied-by-nothing", Recipe::message()).rejected(CHECK, "builder-absent"),
        implying("implied-by-a-builder-without-a-source", Recipe::generator())
            .ask(|policy| policy.expect.builder_id = Some(GENERIC.to_owned()))
            .incomplete(),
        implying("implied-by-the-map-without-a-source", Recipe::generator()).incomplete(),
        implying("implied-by-a-branch-alone", Recipe::generator())
            .ask(|policy| policy.expect.source_branch = Some("main".to_owned()))
            .incomplete(),
        by("implied-and-signed-with-a-key", "A-28", Recipe::cloud_build(), Some(GOOGLE))
            .rejected_together(&[("identity", "key-instead-of-certificate")]),
        by("implied-without-the-file", "B-6", Recipe::generator(), None)
            .ask(|policy| policy.artifact = ArtifactKnob::Absent)
            .incomplete(),
        by("implied-for-another-file", "B-97", Recipe::generator(), None)
            .ask(|policy| policy.artifact = ArtifactKnob::OtherBytes(b"another\n".to_vec()))
            .rejected("artifact", "artifact-not-in-statement"),
    ]
}
