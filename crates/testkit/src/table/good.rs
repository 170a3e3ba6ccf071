//! Rows that must verify: every algorithm, form and time source, and the edges of windows.

mod forms;
mod roots;
mod times;

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::ca::{ISSUER, San, fulcio_oid};
use crate::keys::{Hash, Key, Kind, Scheme, twin_signature};
use crate::policy::{ArtifactKnob, IdentityKnob, KeyKnob};
use crate::recipe::ARTIFACT;
use crate::rekor::EntryKind;
use crate::{change, encoding};
use serde_json::json;

pub(super) fn rows() -> Vec<Row> {
    [worlds(), key_kinds(), fallbacks(), managed(), names(), statements(), digests(), forms::rows(), times::rows(), roots::rows()].concat()
}

fn worlds() -> Vec<Row> {
    vec![
        row("good-message", "B-17", Recipe::message()).verified(),
        row("good-dsse", "B-17, B-94", Recipe::dsse()).verified(),
        row("good-intoto", "B-17, B-22", Recipe::intoto()).verified(),
        row("good-rekor-v2-message", "B-72 to B-77", Recipe::message_v2()).verified(),
        row("good-rekor-v2-dsse", "B-74", Recipe::dsse_v2()).verified(),
        row("good-promise-and-timestamp", "B-18", Recipe::both_times()).verified(),
        row("good-github", "B-2, A-26", Recipe::github()).verified(),
        row("good-managed-key", "A-27, A-28", Recipe::managed()).verified(),
        row("good-nobody-on-purpose", "B-6", Recipe::message()).ask(|policy| policy.identity = IdentityKnob::Any).verified(),
    ]
}

fn with_leaf(name: &'static str, mut recipe: Recipe, kind: Kind) -> Row {
    recipe.leaf_kind(kind);
    row(name, "B-88", recipe).verified()
}

fn key_kinds() -> Vec<Row> {
    vec![
        with_leaf("good-message-p384", Recipe::message(), Kind::P384),
        with_leaf("good-message-p521", Recipe::message(), Kind::P521),
        with_leaf("good-message-rsa-2048", Recipe::message(), Kind::Rsa2048),
        with_leaf("good-message-rsa-3072", Recipe::message(), Kind::Rsa3072),
        with_leaf("good-message-rsa-4096", Recipe::message(), Kind::Rsa4096),
        with_leaf("good-message-ed25519ph", Recipe::message(), Kind::Ed25519),
        with_leaf("good-dsse-p384", Recipe::dsse(), Kind::P384),
        with_leaf("good-dsse-p521", Recipe::dsse(), Kind::P521),
        with_leaf("good-dsse-rsa-2048", Recipe::dsse(), Kind::Rsa2048),
        with_leaf("good-dsse-pure-ed25519", Recipe::dsse(), Kind::Ed25519),
        with_leaf("good-intoto-pure-ed25519", Recipe::intoto(), Kind::Ed25519),
        with_leaf("good-rekor-v2-p384", Recipe::message_v2(), Kind::P384),
        with_leaf("good-rekor-v2-p521", Recipe::message_v2(), Kind::P521),
        with_leaf("good-rekor-v2-rsa-2048", Recipe::message_v2(), Kind::Rsa2048),
        with_leaf("good-rekor-v2-rsa-4096", Recipe::message_v2(), Kind::Rsa4096),
        with_leaf("good-rekor-v2-ed25519ph", Recipe::message_v2(), Kind::Ed25519),
        {
            // Rekor v2 records a digest of the PAE, which only the prehashed variant signs (B-74).
            let mut recipe = Recipe { scheme: Some(Scheme::Ed25519ph), ..Recipe::dsse_v2() };
            recipe.leaf_kind(Kind::Ed25519);
            row("good-rekor-v2-dsse-ed25519ph", "B-74, B-76", recipe).verified()
        },
        with_leaf("good-rekor-v2-dsse-p384", Recipe::dsse_v2(), Kind::P384),
        with_leaf("good-rekor-v2-dsse-rsa-3072", Recipe::dsse_v2(), Kind::Rsa3072),
        with_leaf("good-github-p384", Recipe::github(), Kind::P384),
    ]
}

fn fallbacks() -> Vec<Row> {
    let sha256 = |name, mut recipe: Recipe, kind: Kind| {
        recipe.leaf_kind(kind);
        recipe.scheme = Some(Scheme::Ecdsa(Hash::Sha256));
        row(name, "B-88, B-89", recipe).verified()
    };
    vec![
        sha256("good-message-p384-over-sha256", Recipe::message(), Kind::P384),
        sha256("good-message-p521-over-sha256", Recipe::message(), Kind::P521),
        sha256("good-dsse-p384-over-sha256", Recipe::dsse(), Kind::P384),
        sha256("good-dsse-p521-over-sha256", Recipe::dsse(), Kind::P521),
        row("good-signature-with-the-other-s", "B-90", Recipe::message())
            .with(|recipe| recipe.signature.push(change(|signature: &mut Vec<u8>| *signature = twin_signature(signature))))
            .verified(),
    ]
}

/// A bundle signed with a managed key of that kind.
fn managed_of(kind: Kind) -> Recipe {
    Recipe { managed_key: Key::new(kind, "managed"), ..Recipe::managed() }
}

fn managed() -> Vec<Row> {
    let of = |name, kind: Kind| row(name, "A-27, B-88", managed_of(kind)).verified();
    let mut pss = managed_of(Kind::Rsa2048);
    pss.scheme = Some(Scheme::RsaPss(Hash::Sha256));
    let pss_pem = pss.managed_key.public_pem();
    let mut dsse = Recipe::managed();
    dsse.dsse = true;
    dsse.entry().kind = EntryKind::DsseV001;
    dsse.key_id = encoding::base64(&dsse.managed_key.log_id());
    let mut intoto = dsse.clone();
    intoto.entry().kind = EntryKind::IntotoV002;
    let mut v2 = Recipe::managed();
    v2.entries = Recipe::message_v2().entries;
    let mut key_only = Recipe::managed();
    key_only.root_preset = crate::recipe::RootPreset::KeyOnly;
    vec![
        of("good-managed-key-p384", Kind::P384),
        of("good-managed-key-p521", Kind::P521),
        of("good-managed-key-rsa-2048", Kind::Rsa2048),
        of("good-managed-key-ed25519ph", Kind::Ed25519),
        row("good-managed-key-rsa-pss", "B-88", pss)
            .ask(move |policy| {
                policy.key = Some(KeyKnob { pem: pss_pem, details: Some("PKIX_RSA_PSS_2048_SHA256"), valid_from: None, valid_until: None });
            })
            .verified(),
        row("good-managed-key-dsse", "A-23, A-28", dsse).verified(),
        row("good-managed-key-intoto", "A-23, A-28", intoto).verified(),
        row("good-managed-key-rekor-v2-without-time", "B-24, B-74", v2).ask(|policy| policy.times = Some(0)).verified(),
        row("good-managed-key-root-of-logs-only", "B-2", key_only).verified(),
        row("good-managed-key-with-an-idle-hint", "A-27", Recipe::managed())
            .with(|recipe| recipe.key_form = crate::recipe::KeyForm::PublicKey("whatever".to_owned()))
            .verified(),
    ]
}

fn names() -> Vec<Row> {
    let named = |name, rule, san: San, text: &str, recipe: Recipe| -> Draft {
        let identity = IdentityKnob::Exact { san: text.to_owned(), issuer: Some(ISSUER.to_owned()) };
        row(name, rule, recipe).leaf(move |leaf| leaf.san = Some(vec![san])).ask(move |policy| policy.identity = identity)
    };
    let pattern = |name, text: &str| {
        let identity = IdentityKnob::Pattern { san: text.to_owned(), issuer: Some(ISSUER.to_owned()) };
        row(name, "C-3", Recipe::message()).ask(move |policy| policy.identity = identity).verified()
    };
    vec![
        named("good-email-name", "B-40, C.2", San::Email("jane@touchstone.test".to_owned()), "jane@touchstone.test", Recipe::message()).verified(),
        named("good-username-name", "B-41, C-5", San::Username("jane!touchstone.test".to_owned()), "jane!touchstone.test", Recipe::message()).verified(),
        named("good-spiffe-name", "C.2, C-6", San::Uri("spiffe://touchstone.test/builder".to_owned()), "spiffe://touchstone.test/builder", Recipe::message()).verified(),
        row("good-github-release-leaf", "B-40, D-32", Recipe::github())
            .leaf(|leaf| {
                leaf.subject = crate::ca::name("GitHub, Inc.", "releases");
                leaf.san = Some(vec![San::Uri("https://dotcom.releases.github.com".to_owned())]);
                leaf.san_critical = false;
                leaf.extensions.clear();
            })
            .ask(|policy| policy.identity = IdentityKnob::Exact { san: "https://dotcom.releases.github.com".to_owned(), issuer: None })
            .verified(),
        pattern("good-pattern-of-an-owner", "https://github\\.com/touchstone-test/.*"),
        pattern("good-pattern-of-alternatives", "nobody|https://github\\.com/touchstone-test/.*@refs/heads/main"),
        row("good-deprecated-claims-only", "C-2, C-3", Recipe::message()).leaf(|leaf| leaf.extensions.truncate(6)).verified(),
        row("good-new-claims-only", "C-2, C-3", Recipe::message()).leaf(|leaf| drop(leaf.extensions.drain(..6))).verified(),
        row("good-unknown-claim", "C.1, C-1", Recipe::message()).leaf(|leaf| leaf.claim(99, "new")).verified(),
        row("good-extensions-as-demanded", "H-14", Recipe::message())
            .ask(|policy| {
                policy.extensions = vec![(fulcio_oid(13), crate::ca::COMMIT.to_owned()), (fulcio_oid(11), "github-hosted".to_owned())];
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
        dsse("good-statement-v0-1", "B-96").statement(|s| s["_type"] = json!("https://in-toto.io/Statement/v0.1")).verified(),
        dsse("good-statement-without-predicate", "B-96").statement(|s| remove(s, "predicate")).verified(),
        dsse("good-second-subject", "B-98, H-17")
            .statement(|s| {
                let first = json!({ "name": "other", "digest": { "sha256": "00".repeat(32) } });
                s["subject"].as_array_mut().expect("subjects").insert(0, first);
            })
            .verified(),
        dsse("good-subject-sha512-only", "B-98, H-17").statement(move |s| s["subject"][0]["digest"] = json!({ "sha512": sha512 })).verified(),
        dsse("good-subject-of-two-digests", "B-97").statement(move |s| s["subject"][0]["digest"] = both.clone()).verified(),
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
