//! Rows for `timestamps`: B.5, H-13, H-39. Most use Rekor v2, where the timestamp is the only time.

mod profile;

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ca::{CODE_SIGNING, CertificateRecipe};
use crate::encoding::{base64, from_base64};
use crate::keys::{Hash, Key, Kind};
use crate::time::{SIGNED_AT, rfc3339};
use crate::tsa::{Embedded, SigningCertificate, TimestampAuthority, TimestampRecipe};
use serde_json::{Value, json};

const CHECK: &str = "timestamps";

fn v2(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message_v2())
}

pub(super) fn rows() -> Vec<Row> {
    [
        response(),
        token(),
        imprint(),
        attributes(),
        certificate_id(),
        signer(),
        decoys(),
        profile::rows(),
        thresholds(),
        malformed(),
    ]
    .concat()
}

fn response() -> Vec<Row> {
    vec![
        v2("timestamp-rejected-by-its-authority", "B-25")
            .timestamp(|t| t.status = 2)
            .rejected(CHECK, "timestamp-status"),
        v2("timestamp-without-token", "B-25")
            .timestamp(|t| t.without_token = true)
            .rejected(CHECK, "timestamp-no-token"),
        v2("timestamp-with-trailing-bytes", "B-25")
            .timestamp(|t| t.trailing = vec![0])
            .rejected(CHECK, "timestamp-trailing-bytes"),
    ]
}

fn token() -> Vec<Row> {
    let data = "1.2.840.113549.1.7.1".to_owned();
    vec![
        v2("timestamp-content-is-data", "B-26")
            .timestamp(|t| t.content_type = data.clone())
            .rejected(CHECK, "timestamp-encapsulated-content-type"),
        v2("timestamp-of-version-2", "B-26").timestamp(|t| t.version = 2).rejected(CHECK, "timestamp-tst-info-version"),
        v2("timestamp-with-two-signers", "B-26")
            .timestamp(|t| t.signer_infos = 2)
            .rejected(CHECK, "timestamp-signer-count"),
        v2("timestamp-without-signer", "B-26, H-21")
            .timestamp(|t| t.signer_infos = 0)
            .rejected(CHECK, "timestamp-signer-count"),
        v2("timestamp-signature-tampered", "B-28")
            .timestamp(|t| t.tamper = true)
            .rejected(CHECK, "timestamp-signature-invalid"),
        v2("timestamp-signed-by-another-key", "B-28")
            .timestamp(|t| t.key = Some(Key::new(Kind::P384, "forger")))
            .rejected(CHECK, "timestamp-signature-invalid"),
        row("timestamp-tampered-beside-a-good-promise", "B-5", Recipe::both_times())
            .timestamp(|t| t.tamper = true)
            .rejected(CHECK, "timestamp-signature-invalid"),
        row("github-timestamp-tampered", "B-28", Recipe::github())
            .timestamp(|t| t.tamper = true)
            .rejected(CHECK, "timestamp-signature-invalid"),
    ]
}

fn imprint() -> Vec<Row> {
    let differs = "timestamp-imprint-differs";
    let over = |name, rule, message: Vec<u8>| {
        v2(name, rule).timestamp(move |t| t.message = Some(message)).rejected(CHECK, differs)
    };
    let signature =
        Recipe::message_v2().write_bundle()["messageSignature"]["signature"].as_str().expect("a signature").to_owned();
    vec![
        over("timestamp-of-another-signature", "B-27", b"another signature".to_vec()),
        over("timestamp-of-the-artifact", "B-27", crate::recipe::ARTIFACT.to_vec()),
        over("timestamp-of-the-base64-text", "B-27", signature.into_bytes()),
        row("dsse-timestamp-of-another-signature", "B-27", Recipe::dsse_v2())
            .timestamp(|t| t.message = Some(b"another signature".to_vec()))
            .rejected(CHECK, differs),
        v2("timestamp-imprint-sha1", "B-27, H-39")
            .timestamp(|t| t.imprint_hash = Hash::Sha1)
            .rejected(CHECK, "timestamp-algorithm-unsupported"),
        v2("timestamp-imprint-algorithm-unknown", "B-27, H-39")
            .timestamp(|t| t.imprint_oid = Some("1.2.3.4".to_owned()))
            .rejected(CHECK, "timestamp-algorithm-unsupported"),
        v2("timestamp-imprint-shorter-than-its-algorithm", "B-27, H-39")
            .timestamp(|t| t.imprint_oid = Some(Hash::Sha512.oid().to_owned()))
            .rejected(CHECK, "timestamp-imprint-differs"),
        v2("timestamp-imprint-empty", "B-27, H-39")
            .timestamp(|t| t.imprint = Some(Vec::new()))
            .rejected(CHECK, "timestamp-imprint-differs"),
    ]
}

fn attributes() -> Vec<Row> {
    vec![
        v2("timestamp-without-signed-attributes", "B-28")
            .timestamp(|t| t.without_signed_attributes = true)
            .rejected(CHECK, "timestamp-no-signed-attributes"),
        v2("timestamp-without-message-digest", "B-28")
            .timestamp(|t| t.without_message_digest = true)
            .rejected(CHECK, "timestamp-attribute-missing"),
        v2("timestamp-message-digest-of-other-content", "B-28")
            .timestamp(|t| t.attribute_digest = Some(Hash::Sha384.of(b"other content")))
            .rejected(CHECK, "timestamp-digest-attribute-differs"),
        v2("timestamp-message-digest-of-the-imprint-algorithm", "B-28, H-34")
            .timestamp(|t| t.attribute_digest = Some(Hash::Sha256.of(b"content")))
            .rejected(CHECK, "timestamp-digest-attribute-differs"),
        v2("timestamp-without-content-type", "B-28")
            .timestamp(|t| t.attribute_content_type = None)
            .rejected(CHECK, "timestamp-attribute-missing"),
        v2("timestamp-content-type-attribute-differs", "B-28")
            .timestamp(|t| t.attribute_content_type = Some("1.2.840.113549.1.7.1".to_owned()))
            .rejected(CHECK, "timestamp-content-type-attribute"),
    ]
}

fn certificate_id() -> Vec<Row> {
    let id = |name, signing_certificate: SigningCertificate, code: &'static str| {
        v2(name, "B-30").timestamp(move |t| t.signing_certificate = signing_certificate).rejected(CHECK, code)
    };
    vec![
        id("timestamp-without-certificate-id", SigningCertificate::Absent, "timestamp-attribute-missing"),
        id(
            "timestamp-certificate-id-of-another",
            SigningCertificate::V2Of(b"another certificate".to_vec()),
            "timestamp-certificate-id-differs",
        ),
        id(
            "timestamp-certificate-id-with-another-serial",
            SigningCertificate::V2WithOtherSerial,
            "timestamp-certificate-id-differs",
        ),
        // The trusted root does not list the certificate, so SHA-1 alone would decide which one signed.
        v2("timestamp-certificate-id-by-sha1-only", "B-30")
            .tsa(|tsa| tsa.root_lists_leaf = false)
            .timestamp(|t| t.signing_certificate = SigningCertificate::V1)
            .rejected(CHECK, "timestamp-certificate-id-weak"),
    ]
}

fn signer() -> Vec<Row> {
    vec![
        // Same name, serial number and key; another certificate than the trusted root's.
        v2("timestamp-embedded-certificate-differs", "B-29")
            .timestamp(|t| {
                let trusted = t.authority.leaf_der();
                let mut twin = t.authority.clone();
                twin.leaf.not_after -= 1;
                t.embedded = Embedded::These(vec![twin.leaf_der()]);
                t.signing_certificate = SigningCertificate::V2Of(trusted);
            })
            .rejected(CHECK, "timestamp-embedded-certificate-differs"),
        // An impostor with the trusted names and serial number, and keys of its own.
        v2("timestamp-by-an-impostor-of-the-trusted-name", "B-29, B-5")
            .timestamp(impersonate)
            .rejected(CHECK, "timestamp-embedded-certificate-differs"),
    ]
}

fn impersonate(stamp: &mut TimestampRecipe) {
    let mut impostor = stamp.authority.clone();
    impostor.root.key = Key::new(Kind::P384, "impostor root");
    impostor.leaf.key = Key::new(Kind::P384, "impostor leaf");
    stamp.authority = impostor;
    stamp.embedded = Embedded::Chain;
}

/// The trusted root lists no leaf; the token carries a decoy before its true signer (H-13).
fn decoys() -> Vec<Row> {
    vec![
        v2("timestamp-decoy-hides-a-wrong-purpose", "B-29, H-13")
            .tsa(|tsa| {
                tsa.root_lists_leaf = false;
                tsa.leaf.extended_key_usage = Some(vec![CODE_SIGNING.to_owned()]);
            })
            .timestamp(|t| {
                let decoy = decoy_certificate(&t.authority);
                t.embedded = Embedded::These(vec![decoy, t.authority.leaf_der()]);
            })
            .rejected(CHECK, "timestamp-certificate-profile"),
        v2("timestamp-signed-by-the-decoy-key", "B-29, H-13")
            .tsa(|tsa| tsa.root_lists_leaf = false)
            .timestamp(|t| {
                let decoy = decoy_certificate(&t.authority);
                t.key = Some(Key::new(Kind::P384, "decoy"));
                t.embedded = Embedded::These(vec![decoy, t.authority.leaf_der()]);
            })
            .rejected(CHECK, "timestamp-signature-invalid"),
    ]
}

/// Another true timestamping certificate of the same authority.
pub(super) fn decoy_certificate(authority: &TimestampAuthority) -> Vec<u8> {
    let decoy = CertificateRecipe::timestamping(Key::new(Kind::P384, "decoy"), &authority.organization, "decoy");
    decoy.issue(&authority.issuer())
}

fn thresholds() -> Vec<Row> {
    let code = "not-enough-timestamp-authorities";
    vec![
        row("two-timestamps-of-one-authority-for-two", "B-4, H-11", Recipe::both_times())
            .with(|recipe| {
                let second = TimestampRecipe { serial: 4712, gen_time: SIGNED_AT + 1, ..recipe.timestamp().clone() };
                recipe.timestamps.push(second);
            })
            .ask(|policy| policy.timestamp_authorities = Some(2))
            .rejected(CHECK, code),
        // An authority that moved is listed twice. It is still one.
        row("two-timestamps-of-an-authority-that-moved-for-two", "B-4, H-11", Recipe::both_times())
            .with(|recipe| {
                let second = TimestampRecipe { serial: 4712, gen_time: SIGNED_AT + 1, ..recipe.timestamp().clone() };
                recipe.timestamps.push(second);
            })
            .root(|root| {
                let mut moved = root.timestamp_authorities[0].clone();
                moved.uri = "https://moved.test".to_owned();
                moved.operator = Some("of the second listing alone".to_owned());
                moved.start = Some(rfc3339(SIGNED_AT + 1));
                root.timestamp_authorities[0].end = Some(rfc3339(SIGNED_AT));
                root.timestamp_authorities.push(moved);
            })
            .ask(|policy| policy.timestamp_authorities = Some(2))
            .rejected(CHECK, code),
        row("no-timestamp-where-one-is-required", "B-1", Recipe::message())
            .ask(|policy| policy.timestamp_authorities = Some(1))
            .rejected(CHECK, code),
        row("unknown-authority-where-one-is-required", "B-5, B-35", Recipe::both_times())
            .with(|recipe| recipe.timestamps = vec![TimestampRecipe::by(&TimestampAuthority::new("stranger"))])
            .ask(|policy| policy.timestamp_authorities = Some(1))
            .rejected(CHECK, code),
    ]
}

fn malformed() -> Vec<Row> {
    let raw = |name, rule, edit: fn(Vec<u8>) -> Vec<u8>| {
        v2(name, rule).bundle(move |b| {
            let stamp: &mut Value =
                &mut b["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"][0]["signedTimestamp"];
            let der = from_base64(stamp.as_str().expect("a timestamp"));
            *stamp = json!(base64(&edit(der)));
        })
    };
    vec![
        raw("timestamp-truncated", "B-25", |mut der| {
            der.truncate(40);
            der
        })
        .rejected(CHECK, "timestamp-malformed"),
        raw("timestamp-is-a-word", "B-25", |_| b"yesterday".to_vec()).rejected(CHECK, "timestamp-malformed"),
        raw("timestamp-is-a-bare-token", "B-25", |der| der[9..].to_vec()).rejected(CHECK, "timestamp-malformed"),
        raw("timestamp-of-2-to-the-40-bytes", "H-15", |_| vec![0x30, 0x86, 1, 0, 0, 0, 0, 0, 0x30])
            .rejected(CHECK, "timestamp-malformed"),
    ]
}
