//! Good names, claims, statements and digests.

use crate::ca::{ISSUER, San, fulcio_oid};
use crate::keys::{Hash, Kind};
use crate::policy::{ArtifactKnob, IdentityKnob};
use crate::recipe::ARTIFACT;
use crate::table::{Draft, Row, remove, row};
use crate::{Recipe, change, encoding};
use serde_json::json;

pub(super) fn rows() -> Vec<Row> {
    [names(), statements(), digests()].concat()
}

fn names() -> Vec<Row> {
    let named = |name, rule, san: San, text: &str, recipe: Recipe| -> Draft {
        let identity = IdentityKnob::Exact { san: text.to_owned(), issuer: Some(ISSUER.to_owned()) };
        row(name, rule, recipe)
            .leaf(move |leaf| leaf.san = Some(vec![san]))
            .ask(move |policy| policy.identity = identity)
    };
    let pattern = |name, text: &str| {
        let identity = IdentityKnob::Pattern { san: text.to_owned(), issuer: Some(ISSUER.to_owned()) };
        row(name, "C-3", Recipe::message()).ask(move |policy| policy.identity = identity).verified()
    };
    vec![
        named(
            "good-email-name",
            "B-40, C.2",
            San::Email("jane@touchstone.test".to_owned()),
            "jane@touchstone.test",
            Recipe::message(),
        )
        .verified(),
        named(
            "good-username-name",
            "B-41, C-5",
            San::Username("jane!touchstone.test".to_owned()),
            "jane!touchstone.test",
            Recipe::message(),
        )
        .verified(),
        named(
            "good-spiffe-name",
            "C.2, C-6",
            San::Uri("spiffe://touchstone.test/builder".to_owned()),
            "spiffe://touchstone.test/builder",
            Recipe::message(),
        )
        .verified(),
        row("good-github-release-leaf", "B-40, D-32", Recipe::github())
            .leaf(|leaf| {
                leaf.subject = crate::ca::name("GitHub, Inc.", "releases");
                leaf.san = Some(vec![San::Uri("https://dotcom.releases.github.com".to_owned())]);
                leaf.san_critical = false;
                leaf.extensions.clear();
            })
            .ask(|policy| {
                policy.identity =
                    IdentityKnob::Exact { san: "https://dotcom.releases.github.com".to_owned(), issuer: None }
            })
            .verified(),
        pattern("good-pattern-of-an-owner", "https://github\\.com/touchstone-test/.*"),
        pattern("good-pattern-of-alternatives", "nobody|https://github\\.com/touchstone-test/.*@refs/heads/main"),
        row("good-deprecated-claims-only", "C-2, C-3", Recipe::message())
            .leaf(|leaf| leaf.extensions.truncate(6))
            .verified(),
        row("good-new-claims-only", "C-2, C-3", Recipe::message())
            .leaf(|leaf| drop(leaf.extensions.drain(..6)))
            .verified(),
        row("good-unknown-claim", "C.1, C-1", Recipe::message()).leaf(|leaf| leaf.claim(99, "new")).verified(),
        row("good-extensions-as-demanded", "H-14", Recipe::message())
            .ask(|policy| {
                policy.extensions =
                    vec![(fulcio_oid(13), crate::ca::COMMIT.to_owned()), (fulcio_oid(11), "github-hosted".to_owned())];
            })
            .verified(),
        row("good-extension-of-a-deprecated-arc", "H-14", Recipe::message())
            .ask(|policy| policy.extensions = vec![(fulcio_oid(4), "Release".to_owned())])
            .verified(),
    ]
}

fn statements() -> Vec<Row> {
    let dsse = |name, rule| row(name, rule, Recipe::dsse());
    let sha512 = encoding::hex(&Hash::Sha512.of(ARTIFACT));
    let sha256 = encoding::hex(&Hash::Sha256.of(ARTIFACT));
    let both = json!({ "sha256": sha256, "sha512": sha512, "gitCommit": "00", "md5": "00" });
    vec![
        dsse("good-statement-v0-1", "B-96")
            .statement(|s| s["_type"] = json!("https://in-toto.io/Statement/v0.1"))
            .verified(),
        dsse("good-statement-without-predicate", "B-96")
            .statement(|s| {
                s["predicateType"] = json!("https://touchstone.test/notes/v1");
                remove(s, "predicate");
            })
            .verified(),
        dsse("good-second-subject", "B-98, H-17")
            .statement(|s| {
                let first = json!({ "name": "other", "digest": { "sha256": "00".repeat(32) } });
                s["subject"].as_array_mut().expect("subjects").insert(0, first);
            })
            .verified(),
        dsse("good-subject-sha512-only", "B-98, H-17")
            .statement(move |s| s["subject"][0]["digest"] = json!({ "sha512": sha512 }))
            .verified(),
        dsse("good-subject-of-two-digests", "B-97")
            .statement(move |s| s["subject"][0]["digest"] = both.clone())
            .verified(),
        dsse("good-subject-in-capitals", "B-97")
            .statement(move |s| s["subject"][0]["digest"] = json!({ "sha256": sha256.to_uppercase() }))
            .verified(),
        dsse("good-statement-of-1024-subjects", "A-16")
            .statement(|s| {
                let subject = s["subject"][0].clone();
                s["subject"] = json!(vec![subject; 1024]);
            })
            .verified(),
        dsse("good-statement-with-an-unknown-member", "A-14").statement(|s| s["unknown"] = json!([1, 2])).verified(),
    ]
}

fn digests() -> Vec<Row> {
    let given = |name, rule, recipe: Recipe, hash: Hash| {
        let digest = format!("{}:{}", hash.rekor_name(), encoding::hex(&hash.of(ARTIFACT)));
        row(name, rule, recipe).ask(move |policy| policy.artifact = ArtifactKnob::Digest(digest)).verified()
    };
    let of_kind = |kind: Kind| {
        let mut recipe = Recipe::message();
        recipe.leaf_kind(kind);
        recipe
    };
    let mut sha512_subject = Recipe::dsse();
    sha512_subject.statement.push(change(|s: &mut serde_json::Value| {
        s["subject"][0]["digest"] = json!({ "sha512": encoding::hex(&Hash::Sha512.of(ARTIFACT)) });
    }));
    vec![
        given("good-digest-only", "B-92", Recipe::message(), Hash::Sha256),
        given("good-digest-only-rekor-v2", "B-92", Recipe::message_v2(), Hash::Sha256),
        given("good-digest-only-dsse", "B-92, B-98", Recipe::dsse(), Hash::Sha256),
        given("good-digest-only-dsse-sha512", "B-92, B-98", sha512_subject, Hash::Sha512),
        given("good-digest-only-p384", "B-92", of_kind(Kind::P384), Hash::Sha384),
        given("good-digest-only-ed25519ph", "B-92", of_kind(Kind::Ed25519), Hash::Sha512),
        given("good-digest-only-rsa", "B-92", of_kind(Kind::Rsa2048), Hash::Sha256),
        given("good-digest-only-managed-key", "B-92", Recipe::managed(), Hash::Sha256),
    ]
}
