//! Rows for `identity`, `key` and `extensions`: A-28, B-6, C-3 to C-6, H-14, H-28, H-38.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ca::{COMMIT, ISSUER, San, WORKFLOW, fulcio_oid};
use crate::keys::Kind;
use crate::policy::{IdentityKnob, KeyKnob};

const CHECK: &str = "identity";

fn expecting(name: &'static str, rule: &'static str, san: &str, issuer: Option<&str>) -> Draft {
    let identity = IdentityKnob::Exact { san: san.to_owned(), issuer: issuer.map(str::to_owned) };
    row(name, rule, Recipe::message()).ask(move |policy| policy.identity = identity)
}

fn matching(name: &'static str, rule: &'static str, san: &str, issuer: Option<&str>) -> Draft {
    let identity = IdentityKnob::Pattern { san: san.to_owned(), issuer: issuer.map(str::to_owned) };
    row(name, rule, Recipe::message()).ask(move |policy| policy.identity = identity)
}

pub(super) fn rows() -> Vec<Row> {
    [names(), patterns(), issuers(), kinds(), keys(), extensions()].concat()
}

fn names() -> Vec<Row> {
    let other = |name, san: &str| expecting(name, "C-3, H-28", san, Some(ISSUER)).rejected(CHECK, "identity-differs");
    vec![
        other(
            "identity-of-another-workflow",
            "https://github.com/touchstone-test/beacon/.github/workflows/other.yml@refs/heads/main",
        ),
        other(
            "identity-of-another-ref",
            "https://github.com/touchstone-test/beacon/.github/workflows/release.yml@refs/heads/mai",
        ),
        other("identity-is-a-prefix", "https://github.com/touchstone-test/beacon"),
        other("identity-in-capitals", &WORKFLOW.to_uppercase()),
        other("identity-with-a-space", &format!("{WORKFLOW} ")),
        other("identity-empty", ""),
        row("nobody-named", "B-6", Recipe::message())
            .ask(|policy| policy.identity = IdentityKnob::Unnamed)
            .incomplete(),
        row("leaf-of-a-look-alike-host", "H-28", Recipe::message())
            .leaf(|leaf| leaf.san = Some(vec![San::Uri(WORKFLOW.replace("github.com", "github.com.evil.test"))]))
            .rejected(CHECK, "identity-differs"),
        row("github-identity-differs", "C-3", Recipe::github())
            .ask(|policy| {
                policy.identity = IdentityKnob::Exact { san: "https://github.com/other".to_owned(), issuer: None }
            })
            .rejected(CHECK, "identity-differs"),
    ]
}

fn patterns() -> Vec<Row> {
    let differs =
        |name, pattern: &str| matching(name, "C-3, H-28", pattern, Some(ISSUER)).rejected(CHECK, "identity-differs");
    vec![
        differs("pattern-without-its-tail", "https://github.com/touchstone-test/beacon"),
        differs("pattern-without-its-head", "release\\.yml@refs/heads/main"),
        differs("pattern-of-an-alternative-at-the-end", "nobody|release\\.yml@refs/heads/main"),
        differs("pattern-of-another-owner", "https://github\\.com/touchstone/.*"),
        row("pattern-of-a-look-alike-host", "H-28, C-3", Recipe::message())
            .leaf(|leaf| leaf.san = Some(vec![San::Uri(WORKFLOW.replace("github.com", "github.comX"))]))
            .ask(|policy| {
                policy.identity = IdentityKnob::Pattern {
                    san: "https://github\\.com/.*".to_owned(),
                    issuer: Some(ISSUER.to_owned()),
                };
            })
            .rejected(CHECK, "identity-differs"),
    ]
}

fn issuers() -> Vec<Row> {
    let mut without_issuer = Recipe::github();
    without_issuer.leaf.without_claim(1);
    without_issuer.leaf.without_claim(8);
    vec![
        expecting("issuer-of-another", "C-3", WORKFLOW, Some("https://accounts.touchstone.test"))
            .rejected(CHECK, "issuer-differs"),
        expecting("issuer-with-a-slash-more", "C-3", WORKFLOW, Some(&format!("{ISSUER}/")))
            .rejected(CHECK, "issuer-differs"),
        matching("issuer-of-another-beside-a-pattern", "C-3", ".*", Some("https://accounts.touchstone.test"))
            .rejected(CHECK, "issuer-differs"),
        row("issuer-absent-from-the-leaf", "C-2, C-3", without_issuer).rejected(CHECK, "issuer-absent"),
    ]
}

/// The text of the expectation, in another kind of name (H-38).
fn kinds() -> Vec<Row> {
    let named = |name, san: San| {
        row(name, "C-6, H-38", Recipe::message())
            .leaf(move |leaf| leaf.san = Some(vec![san]))
            .rejected(CHECK, "identity-differs")
    };
    vec![
        named("identity-is-an-email-of-that-text", San::Email(WORKFLOW.to_owned())),
        row("identity-is-a-name-without-text", "C-6, B-40", Recipe::github())
            .leaf(|leaf| leaf.san = Some(vec![San::Raw(crate::der::context_primitive(7, &[127, 0, 0, 1]))]))
            .rejected(CHECK, "identity-absent"),
        named("identity-is-a-username-of-that-text", San::Username(WORKFLOW.to_owned())),
    ]
}

fn keys() -> Vec<Row> {
    let managed_pem = Recipe::managed().managed_key.public_pem();
    vec![
        row("key-signed-where-a-certificate-is-expected", "A-28", Recipe::managed())
            .ask(move |policy| {
                policy.identity = crate::policy::PolicyKnobs::default().identity;
                policy.key = Some(KeyKnob { pem: managed_pem, details: None, valid_from: None, valid_until: None });
            })
            .rejected(CHECK, "key-instead-of-certificate"),
        row("certificate-signed-where-a-key-is-expected", "A-28", Recipe::message())
            .ask(|policy| {
                policy.identity = IdentityKnob::Key;
                let pem = Recipe::managed().managed_key.public_pem();
                policy.key = Some(KeyKnob { pem, details: None, valid_from: None, valid_until: None });
            })
            .rejected("key", "certificate-instead-of-key"),
        row("key-signed-and-no-key-at-hand", "A-27, A-28", Recipe::managed())
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .incomplete(),
        row("key-signed-by-none-of-the-keys-of-nobody", "A-27, B-6", Recipe::managed())
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                let named = |id: &str| (id.to_owned(), crate::keys::Key::new(Kind::P256, id).public_pem());
                policy.keys = vec![named("a"), named("b")];
            })
            .rejected_together(&[("signature", "signature-does-not-verify"), ("entry-binding", "entry-key-differs")]),
    ]
}

fn extensions() -> Vec<Row> {
    let demanding = |name, arc: u32, value: &str| {
        let wanted = (fulcio_oid(arc), value.to_owned());
        row(name, "H-14, C-2", Recipe::message()).ask(move |policy| policy.extensions.push(wanted))
    };
    let check = "extensions";
    vec![
        demanding("extension-commit-differs", 13, "0000000000000000000000000000000000000000")
            .rejected(check, "extension-differs"),
        demanding("extension-commit-is-a-prefix", 13, &COMMIT[..7]).rejected(check, "extension-differs"),
        demanding("extension-of-a-deprecated-arc-differs", 2, "push").rejected(check, "extension-differs"),
        demanding("extension-absent", 23, "production").rejected(check, "extension-absent"),
        demanding("extension-absent-and-empty-wanted", 23, "").rejected(check, "extension-absent"),
        demanding("extension-second-of-two-differs", 13, COMMIT)
            .ask(|policy| policy.extensions.push((fulcio_oid(11), "self-hosted".to_owned())))
            .rejected(check, "extension-differs"),
    ]
}
