//! Rows for `signature`: B.14. Each bad signature is the one that was logged and stamped, so nothing else is wrong.

use super::{Draft, Row, row};
use crate::keys::{Hash, Key, Kind, Scheme};
use crate::policy::KeyKnob;
use crate::recipe::{ARTIFACT, pae};
use crate::root::TrustedRootRecipe;
use crate::{Recipe, change, flip_last_bit};

const CHECK: &str = "signature";
const INVALID: &str = "signature-does-not-verify";

pub(super) fn rows() -> Vec<Row> {
    [tampered(), other_bytes(), other_scheme(), malformed(), managed()].concat()
}

fn flipped(name: &'static str, recipe: Recipe) -> Row {
    row(name, "B-88, B-93", recipe)
        .with(|recipe| recipe.signature.push(change(|bytes: &mut Vec<u8>| flip_last_bit(bytes))))
        .rejected(CHECK, INVALID)
}

fn tampered() -> Vec<Row> {
    vec![
        flipped("signature-tampered", Recipe::message()),
        flipped("dsse-signature-tampered", Recipe::dsse()),
        flipped("intoto-signature-tampered", Recipe::intoto()),
        flipped("rekor-v2-signature-tampered", Recipe::message_v2()),
        flipped("rekor-v2-dsse-signature-tampered", Recipe::dsse_v2()),
        flipped("github-signature-tampered", Recipe::github()),
        flipped("managed-key-signature-tampered", Recipe::managed()),
    ]
}

fn other_bytes() -> Vec<Row> {
    let signed_by_a_stranger = |name, recipe: Recipe| {
        row(name, "B-88, H-1", recipe)
            .with(|recipe| recipe.signing_key = Some(Key::new(Kind::P256, "stranger")))
            .rejected(CHECK, INVALID)
    };
    let payload = |recipe: &Recipe| {
        let bundle = recipe.write_bundle();
        crate::encoding::from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload"))
    };
    let over_the_payload = payload(&Recipe::github());
    vec![
        signed_by_a_stranger("signature-by-another-key", Recipe::message()),
        signed_by_a_stranger("dsse-signature-by-another-key", Recipe::dsse()),
        // Without a log entry, so that the signed bytes matter to nobody else.
        row("dsse-signature-over-the-payload-alone", "B-91, B-94", Recipe::github())
            .with(move |recipe| recipe.sign_over = Some(over_the_payload))
            .rejected(CHECK, INVALID),
        row("dsse-signature-over-another-payload-type", "B-94", Recipe::github())
            .with(|recipe| {
                let bytes = crate::encoding::from_base64(
                    recipe.write_bundle()["dsseEnvelope"]["payload"].as_str().expect("a payload"),
                );
                recipe.sign_over = Some(pae("application/json", &bytes));
            })
            .rejected(CHECK, INVALID),
    ]
}

fn other_scheme() -> Vec<Row> {
    let scheme = |name, kind: Kind, recipe: Recipe, scheme: Scheme| -> Draft {
        row(name, "B-88", recipe).with(move |recipe| {
            recipe.leaf_kind(kind);
            recipe.scheme = Some(scheme);
        })
    };
    vec![
        scheme("dsse-signature-p256-over-sha384", Kind::P256, Recipe::github(), Scheme::Ecdsa(Hash::Sha384))
            .rejected(CHECK, INVALID),
        scheme("dsse-signature-p384-over-sha512", Kind::P384, Recipe::github(), Scheme::Ecdsa(Hash::Sha512))
            .rejected(CHECK, INVALID),
        scheme(
            "dsse-signature-rsa-pss-under-a-certificate",
            Kind::Rsa2048,
            Recipe::github(),
            Scheme::RsaPss(Hash::Sha256),
        )
        .rejected(CHECK, INVALID),
        scheme("dsse-signature-rsa-over-sha512", Kind::Rsa2048, Recipe::github(), Scheme::RsaPkcs1(Hash::Sha512))
            .rejected(CHECK, INVALID),
        scheme("message-signature-pure-ed25519", Kind::Ed25519, Recipe::message(), Scheme::Ed25519)
            .rejected(CHECK, INVALID),
    ]
}

fn malformed() -> Vec<Row> {
    let replaced = |name, bytes: Vec<u8>| {
        row(name, "B-90", Recipe::github()).with(move |recipe| {
            recipe.signature.push(change(move |signature: &mut Vec<u8>| *signature = bytes.clone()))
        })
    };
    vec![
        replaced("signature-is-a-word", b"signed".to_vec()).rejected(CHECK, "signature-malformed"),
        replaced("signature-of-zeros", vec![0x30, 6, 2, 1, 0, 2, 1, 0]).rejected(CHECK, "signature-malformed"),
        replaced("signature-raw-r-and-s", vec![7; 64]).rejected(CHECK, "signature-malformed"),
        row("signature-with-trailing-byte", "B-90", Recipe::github())
            .with(|recipe| recipe.signature.push(change(|signature: &mut Vec<u8>| signature.push(0))))
            .rejected(CHECK, "signature-malformed"),
        row("signature-with-a-long-form-length", "B-90", Recipe::github())
            .with(|recipe| {
                recipe.signature.push(change(|signature: &mut Vec<u8>| {
                    let length = signature[1];
                    signature.splice(1..2, [0x81, length]);
                }));
            })
            .rejected(CHECK, "signature-malformed"),
        row("signature-ed25519-truncated", "B-90", Recipe::github())
            .with(|recipe| {
                recipe.leaf_kind(Kind::Ed25519);
                recipe.signature.push(change(|signature: &mut Vec<u8>| signature.truncate(63)));
            })
            .rejected(CHECK, "signature-malformed"),
        row("signature-ed25519-not-canonical", "B-90", Recipe::github())
            .with(|recipe| {
                recipe.leaf_kind(Kind::Ed25519);
                recipe.signature.push(change(|signature: &mut Vec<u8>| signature[63] |= 0xe0));
            })
            .rejected(CHECK, "signature-malformed"),
    ]
}

/// A managed key without any log, so that only the signature can tell.
fn managed() -> Vec<Row> {
    let bare = |name, rule| {
        row(name, rule, Recipe::managed())
            .with(|recipe| {
                recipe.entries.clear();
                recipe.root_preset = crate::recipe::RootPreset::KeyOnly;
            })
            .root(|root: &mut TrustedRootRecipe| root.tlogs.clear())
            .ask(|policy| {
                policy.instance = crate::policy::InstanceKnob::Custom;
                policy.times = Some(0);
            })
    };
    let other = Key::new(Kind::P256, "another").public_pem();
    vec![
        bare("managed-key-is-another", "A-27, A-28")
            .ask(move |policy| {
                policy.key = Some(KeyKnob { pem: other, details: None, valid_from: None, valid_until: None })
            })
            .rejected(CHECK, INVALID),
        // Nothing states a digest: that the artifact is another shows in the signature alone.
        bare("another-artifact-and-no-message-digest", "B-93, A-22")
            .bundle(|b| super::remove(&mut b["messageSignature"], "messageDigest"))
            .ask(|policy| policy.artifact = crate::policy::ArtifactKnob::OtherBytes(b"another artifact".to_vec()))
            .rejected(CHECK, INVALID),
        bare("managed-key-signed-other-bytes", "B-88")
            .with(|recipe| {
                recipe.dsse = true;
                recipe.key_id = "k".to_owned();
                recipe.key_form = crate::recipe::KeyForm::PublicKey("k".to_owned());
                recipe.sign_over = Some(ARTIFACT.to_vec());
            })
            .rejected(CHECK, INVALID),
    ]
}
