//! Rows that must verify: every algorithm, form and time source, and the edges of windows.

mod contents;
mod forms;
mod roots;
mod times;

use super::{Row, row};
use crate::Recipe;
use crate::keys::{Hash, Key, Kind, Scheme, twin_signature};
use crate::policy::{IdentityKnob, KeyKnob, PolicyKnobs};
use crate::rekor::EntryKind;
use crate::{change, encoding};

pub(super) fn rows() -> Vec<Row> {
    [worlds(), key_kinds(), fallbacks(), managed(), contents::rows(), forms::rows(), times::rows(), roots::rows()]
        .concat()
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
        row("good-nobody-on-purpose", "B-6", Recipe::message())
            .ask(|policy| policy.identity = IdentityKnob::Any)
            .verified(),
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
            .with(|recipe| {
                recipe.signature.push(change(|signature: &mut Vec<u8>| *signature = twin_signature(signature)))
            })
            .verified(),
    ]
}

/// A bundle signed with a managed key of that kind.
fn managed_of(kind: Kind) -> Recipe {
    Recipe { managed_key: Key::new(kind, "managed"), ..Recipe::managed() }
}

/// Anybody may have signed, and two keys are at hand.
fn of_two_keys(policy: &mut PolicyKnobs) {
    policy.identity = IdentityKnob::Any;
    let named = |id: &str, key: &Key| (id.to_owned(), key.public_pem());
    policy.keys =
        vec![named("other", &Key::new(Kind::P256, "another key")), named("own", &Recipe::managed().managed_key)];
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
                policy.key = Some(KeyKnob {
                    pem: pss_pem,
                    details: Some("PKIX_RSA_PSS_2048_SHA256"),
                    valid_from: None,
                    valid_until: None,
                });
            })
            .verified(),
        row("good-managed-key-dsse", "A-23, A-28", dsse).verified(),
        row("good-managed-key-intoto", "A-23, A-28", intoto).verified(),
        row("good-managed-key-rekor-v2-without-time", "B-24, B-74", v2).ask(|policy| policy.times = Some(0)).verified(),
        row("good-managed-key-root-of-logs-only", "B-2", key_only).verified(),
        // Keys at hand name nobody, and one of them may have signed.
        row("good-nobody-on-purpose-of-two-keys", "A-27, B-6", Recipe::managed()).ask(of_two_keys).verified(),
        row("good-certificate-beside-two-keys", "A-28, B-6", Recipe::message()).ask(of_two_keys).verified(),
        row("good-managed-key-with-an-idle-hint", "A-27", Recipe::managed())
            .with(|recipe| recipe.key_form = crate::recipe::KeyForm::PublicKey("whatever".to_owned()))
            .verified(),
    ]
}
