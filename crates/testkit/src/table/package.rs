//! Rows for `package`, `publisher` and `summary`: E-45, E-46, E-49, G-6, G-7, G-16, G-17.

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::ca::San;
use crate::policy::{ExpectKnobs, IdentityKnob, PublisherKnob};
use crate::statements::{RESOURCE, VERIFIER, WHEEL};
use serde_json::json;

const REGISTRY: &str = "https://registry.touchstone.test";

pub(super) fn rows() -> Vec<Row> {
    [packages(), distributions(), publishers(), google(), summaries()].concat()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn asking(name: &'static str, rule: &'static str, recipe: Recipe, f: impl FnOnce(&mut ExpectKnobs)) -> Draft {
    row(name, rule, recipe).ask(|policy| {
        if policy.identity != IdentityKnob::Key {
            policy.identity = IdentityKnob::Any;
        }
        f(&mut policy.expect);
    })
}

fn packages() -> Vec<Row> {
    let check = "package";
    let npm = |name, recipe, package: Option<&str>, version: Option<&str>| -> Draft {
        let (package, version) = (package.map(str::to_owned), version.map(str::to_owned));
        row(name, "G-16", recipe).ask(|policy| {
            policy.expect.package_name = package;
            policy.expect.package_version = version;
        })
    };
    let beacon = Some("@touchstone-test/beacon");
    vec![
        npm("good-npm-package", Recipe::npm_v1(), beacon, Some("1.2.3")).verified(),
        npm("good-npm-package-by-name", Recipe::npm_v0_2(), beacon, None).verified(),
        npm("good-npm-package-by-version", Recipe::npm_v0_2(), None, Some("1.2.3")).verified(),
        npm("good-npm-publish", Recipe::npm_publish(REGISTRY), beacon, Some("1.2.3")).verified(),
        npm("npm-package-of-another-name", Recipe::npm_v1(), Some("@touchstone-test/beacon-2"), None)
            .rejected(check, "package-name-differs"),
        npm("npm-package-in-capitals", Recipe::npm_v1(), Some("@touchstone-test/Beacon"), None)
            .rejected(check, "package-name-differs"),
        npm("npm-package-without-its-scope", Recipe::npm_v1(), Some("beacon"), None)
            .rejected(check, "package-name-differs"),
        npm("npm-package-with-an-empty-name", Recipe::npm_v1(), Some(""), None).rejected(check, "package-name-differs"),
        npm("npm-package-of-another-version", Recipe::npm_v1(), beacon, Some("1.2.4"))
            .rejected(check, "package-version-differs"),
        npm("npm-package-of-half-a-version", Recipe::npm_v1(), beacon, Some("1.2"))
            .rejected(check, "package-version-differs"),
        npm("npm-package-with-an-empty-version", Recipe::npm_v1(), beacon, Some(""))
            .rejected(check, "package-version-differs"),
        npm("npm-package-of-a-file", Recipe::generator(), beacon, None)
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .rejected(check, "package-absent"),
        npm("npm-package-of-a-signed-file", Recipe::message(), beacon, None).rejected(check, "package-absent"),
        npm("npm-package-of-two", Recipe::npm_publish(REGISTRY), beacon, None)
            .statement(|s| {
                let again = s["subject"][0].clone();
                s["subject"].as_array_mut().expect("subjects").push(again);
            })
            .rejected(check, "package-not-one-subject"),
        npm("npm-publish-of-another-name", Recipe::npm_publish(REGISTRY), beacon, None)
            .statement(|s| s["predicate"]["name"] = json!("@touchstone-test/beacon-2"))
            .rejected(check, "package-contradicts-subject"),
        // G-17: a workflow of anybody's can write any name into its provenance.
        npm("npm-package-by-anybody", Recipe::npm_v1(), beacon, None)
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .rejected(check, "package-unvouched"),
        npm("npm-package-by-a-pattern-for-all", Recipe::npm_v1(), beacon, None)
            .ask(|policy| policy.identity = IdentityKnob::Pattern { san: ".*".to_owned(), issuer: None })
            .rejected(check, "package-unvouched"),
        // With a certificate anybody writes the registry's statement.
        npm("npm-publish-by-anybody", Recipe::dsse().about_npm(), beacon, Some("1.2.3"))
            .statement(|s| {
                s["predicateType"] = json!("https://github.com/npm/attestation/tree/main/specs/publish/v0.1");
                s["predicate"] = json!({ "name": "@touchstone-test/beacon", "version": "1.2.3", "registry": REGISTRY });
            })
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .rejected(check, "package-unvouched"),
        npm("npm-version-by-anybody", Recipe::npm_v0_2(), None, Some("1.2.3"))
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .rejected(check, "package-unvouched"),
        npm("good-npm-package-of-an-expected-source", Recipe::npm_v1(), beacon, None)
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                policy.expect.source_uri = Some(crate::ca::REPOSITORY.to_owned());
            })
            .verified(),
        // Whether somebody asks or not.
        row("npm-publish-of-another-version", "G-16", Recipe::npm_publish(REGISTRY))
            .statement(|s| s["predicate"]["version"] = json!("1.2.4"))
            .rejected(check, "package-contradicts-subject"),
        npm("npm-package-in-another-spelling", Recipe::npm_publish(REGISTRY), beacon, None)
            .statement(|s| s["subject"][0]["name"] = json!("pkg:npm/@touchstone-test/beacon@1.2.3?x=y"))
            .rejected(check, "package-contradicts-subject"),
    ]
}

fn distributions() -> Vec<Row> {
    let check = "package";
    let of = |name, subject: &str, expected: &str| -> Draft {
        let expected = expected.to_owned();
        asking(name, "G-6", Recipe::github_attestation().about(subject), |expect| {
            expect.distribution_name = Some(expected);
        })
    };
    vec![
        of("good-distribution", WHEEL, WHEEL).verified(),
        of("good-distribution-in-another-spelling", WHEEL, "Touchstone.Beacon-1.2.3-py3-none-any.whl").verified(),
        of(
            "good-distribution-with-tags-in-another-order",
            "t-1.0-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
            "t-1.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        )
        .verified(),
        of("distribution-of-another-name", WHEEL, "other-1.2.3-py3-none-any.whl")
            .rejected(check, "distribution-name-differs"),
        of("distribution-of-another-version", WHEEL, "touchstone_beacon-1.2.4-py3-none-any.whl")
            .rejected(check, "distribution-name-differs"),
        of("distribution-of-another-kind", WHEEL, "touchstone_beacon-1.2.3.tar.gz")
            .rejected(check, "distribution-name-differs"),
        of("distribution-for-fewer-pythons", "t-1.0-py2.py3-none-any.whl", "t-1.0-py3-none-any.whl")
            .rejected(check, "distribution-name-differs"),
        of("distribution-that-is-none", WHEEL, "beacon.zip").rejected(check, "distribution-name-malformed"),
        of("distribution-named-by-nothing", WHEEL, "").rejected(check, "distribution-name-malformed"),
        of("distribution-of-a-file-of-another-kind", "release.exe", WHEEL)
            .rejected(check, "distribution-name-malformed"),
        of("distribution-without-a-name", WHEEL, WHEEL)
            .statement(|s| remove(&mut s["subject"][0], "name"))
            .rejected(check, "package-absent"),
        of("distribution-of-two", WHEEL, WHEEL)
            .statement(|s| {
                let again = s["subject"][0].clone();
                s["subject"].as_array_mut().expect("subjects").push(again);
            })
            .rejected(check, "package-not-one-subject"),
        asking("distribution-of-another-predicate", "G-6", Recipe::generator().about(WHEEL), |expect| {
            expect.distribution_name = Some(WHEEL.to_owned());
        })
        .rejected(check, "distribution-predicate-differs"),
    ]
}

fn publishers() -> Vec<Row> {
    let check = "publisher";
    let github = || PublisherKnob {
        kind: "GitHub".to_owned(),
        repository: Some("touchstone-test/beacon".to_owned()),
        workflow: Some("release.yml".to_owned()),
        ..PublisherKnob::default()
    };
    let by = |name, f: fn(&mut PublisherKnob)| {
        let mut publisher = github();
        f(&mut publisher);
        row(name, "G-7", Recipe::github_attestation()).ask(|policy| {
            policy.identity = IdentityKnob::Implied;
            policy.expect.publisher = Some(publisher);
        })
    };
    vec![
        by("good-publisher", |_| ()).verified(),
        by("good-publisher-with-an-empty-environment", |p| p.environment = some("")).verified(),
        by("good-publisher-with-an-environment", |p| p.environment = some("release"))
            .leaf(|leaf| leaf.claim(23, "release"))
            .verified(),
        // An older certificate does not say the environment.
        by("good-publisher-with-an-unsaid-environment", |p| p.environment = some("release")).verified(),
        by("good-publisher-at-a-commit", |_| ())
            .leaf(|leaf| leaf.claim(18, &crate::ca::WORKFLOW.replace("refs/heads/main", crate::ca::COMMIT)))
            .ask(|policy| policy.expect.publisher.as_mut().expect("a publisher").environment = None)
            .rejected_together(&[("agreement", "provenance-contradicts-certificate")]),
        by("publisher-with-another-environment", |p| p.environment = some("release"))
            .leaf(|leaf| leaf.claim(23, "staging"))
            .rejected(check, "publisher-environment-differs"),
        by("publisher-of-another-repository", |p| p.repository = some("touchstone-test/other"))
            .rejected(check, "publisher-repository-differs"),
        by("publisher-of-a-repository-with-more-behind", |p| p.repository = some("touchstone-test/beaco"))
            .rejected(check, "publisher-repository-differs"),
        by("publisher-of-another-workflow", |p| p.workflow = some("other.yml"))
            .rejected(check, "publisher-workflow-differs"),
        by("publisher-of-a-workflow-with-more-behind", |p| p.workflow = some("release.ym"))
            .rejected(check, "publisher-workflow-differs"),
        by("publisher-without-a-workflow", |p| p.workflow = None).rejected(check, "publisher-incomplete"),
        by("publisher-with-an-empty-repository", |p| p.repository = some("")).rejected(check, "publisher-incomplete"),
        by("publisher-of-another-forge", |p| p.kind = "GitLab".to_owned()).rejected(check, "publisher-issuer-differs"),
        by("publisher-of-an-unknown-kind", |p| p.kind = "ActiveState".to_owned()).rejected(check, "publisher-unknown"),
        by("publisher-in-small-letters", |p| p.kind = "github".to_owned()).rejected(check, "publisher-unknown"),
        by("publisher-of-a-certificate-without-a-workflow", |_| ())
            .leaf(|leaf| leaf.without_claim(18))
            .rejected(check, "publisher-workflow-differs"),
        by("publisher-of-a-workflow-at-another-ref", |_| ())
            .with(|recipe| recipe.payload = None)
            .leaf(|leaf| leaf.claim(18, &crate::ca::WORKFLOW.replace("refs/heads/main", "refs/heads/other")))
            .statement(|s| {
                s["predicateType"] = json!("https://touchstone.test/notes/v1");
                s["predicate"] = json!({});
            })
            .rejected(check, "publisher-workflow-differs"),
        row("publisher-of-a-key", "G-7", Recipe::cloud_build())
            .ask(|policy| {
                policy.expect.publisher = Some(PublisherKnob { kind: "GitHub".to_owned(), ..PublisherKnob::default() })
            })
            .rejected(check, "publisher-without-certificate"),
    ]
}

fn google() -> Vec<Row> {
    let check = "publisher";
    let by = |name, email: &str| {
        let publisher =
            PublisherKnob { kind: "Google".to_owned(), email: Some(email.to_owned()), ..PublisherKnob::default() };
        row(name, "G-7, C-6", Recipe::message())
            .leaf(|leaf| {
                leaf.san = Some(vec![San::Email("jane@touchstone.test".to_owned())]);
                leaf.claim(1, "https://accounts.google.com");
                leaf.claim(8, "https://accounts.google.com");
            })
            .ask(|policy| {
                policy.identity = IdentityKnob::Implied;
                policy.expect.publisher = Some(publisher);
            })
    };
    vec![
        by("good-publisher-of-google", "jane@touchstone.test").verified(),
        by("publisher-of-another-account", "joan@touchstone.test").rejected(check, "publisher-email-differs"),
        by("publisher-of-no-account", "").rejected(check, "publisher-incomplete"),
        by("publisher-of-an-account-as-a-uri", "jane@touchstone.test")
            .leaf(|leaf| leaf.san = Some(vec![San::Uri("jane@touchstone.test".to_owned())]))
            .rejected(check, "publisher-email-differs"),
        by("publisher-of-another-issuer", "jane@touchstone.test")
            .leaf(|leaf| {
                leaf.claim(1, "https://accounts.touchstone.test");
                leaf.claim(8, "https://accounts.touchstone.test");
            })
            .rejected(check, "publisher-issuer-differs"),
    ]
}

fn summaries() -> Vec<Row> {
    let check = "summary";
    let asked = |name, f: fn(&mut ExpectKnobs)| {
        asking(name, "E-49", Recipe::summary(), |expect| {
            expect.verifier_id = Some(VERIFIER.to_owned());
            expect.resource_uri = Some(RESOURCE.to_owned());
            f(expect);
        })
    };
    let level = |name, text: &str| {
        let text = text.to_owned();
        asking(name, "E-49", Recipe::summary(), move |expect| expect.verified_levels = vec![text])
    };
    vec![
        asked("good-summary", |_| ()).verified(),
        asked("good-summary-with-levels", |e| {
            e.verified_levels = ["SLSA_BUILD_LEVEL_2", "SLSA_SOURCE_LEVEL_3"].map(str::to_owned).to_vec()
        })
        .verified(),
        level("good-summary-of-a-higher-level", "SLSA_SOURCE_LEVEL_1").verified(),
        level("good-summary-of-a-level-of-its-own", "TOUCHSTONE_HYGIENE").verified(),
        row("good-summary-that-nobody-asked-about", "E-49", Recipe::summary()).verified(),
        asked("summary-by-another-verifier", |e| e.verifier_id = Some(format!("{VERIFIER}/")))
            .rejected(check, "summary-verifier-differs"),
        asked("summary-by-an-empty-verifier", |e| e.verifier_id = Some(String::new()))
            .rejected(check, "summary-verifier-differs"),
        asked("summary-of-another-resource", |e| e.resource_uri = Some(format!("{RESOURCE}-2")))
            .rejected(check, "summary-resource-differs"),
        level("summary-of-a-lower-level", "SLSA_BUILD_LEVEL_3").rejected(check, "summary-level-absent"),
        level("summary-of-another-track", "SLSA_DEPENDENCY_LEVEL_1").rejected(check, "summary-level-absent"),
        level("summary-without-a-level-of-its-own", "TOUCHSTONE_REVIEWED").rejected(check, "summary-level-absent"),
        level("summary-of-an-empty-level", "").rejected(check, "summary-level-absent"),
        level("summary-that-was-not-evaluated", "SLSA_BUILD_LEVEL_1")
            .statement(|s| s["predicate"]["verifiedLevels"] = json!(["SLSA_BUILD_LEVEL_UNEVALUATED"]))
            .rejected(check, "summary-level-absent"),
        asked("summary-of-a-failure", |_| ())
            .statement(|s| s["predicate"]["verificationResult"] = json!("FAILED"))
            .rejected(check, "summary-not-passed"),
        asked("summary-of-a-result-in-small-letters", |_| ())
            .statement(|s| s["predicate"]["verificationResult"] = json!("passed"))
            .rejected(check, "summary-not-passed"),
        // Whether somebody asks or not.
        row("summary-of-a-failure-that-nobody-asked-about", "E-49", Recipe::summary())
            .statement(|s| s["predicate"]["verificationResult"] = json!("FAILED"))
            .rejected(check, "summary-not-passed"),
        asked("summary-of-a-draft", |_| ())
            .statement(|s| {
                s["predicateType"] = json!("https://slsa.dev/verification_summary/v0.2");
            })
            .rejected(check, "summary-version-old"),
        asked("summary-of-a-signed-file", |_| ())
            .with(|recipe| *recipe = Recipe::managed())
            .rejected(check, "summary-absent"),
        asked("summary-that-is-provenance", |_| ())
            .with(|recipe| *recipe = Recipe::cloud_build())
            .rejected(check, "summary-absent"),
        asked("summary-with-two-levels-of-a-track", |_| ())
            .statement(|s| s["predicate"]["verifiedLevels"] = json!(["SLSA_BUILD_LEVEL_1", "SLSA_BUILD_LEVEL_3"]))
            .rejected("predicate", "predicate-two-levels"),
    ]
}
