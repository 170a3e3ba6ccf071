//! Rows for `artifact`: A-22, B-92, B-97, H-17.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::encoding::{base64, hex};
use crate::keys::{Hash, Kind};
use crate::policy::ArtifactKnob;
use crate::recipe::ARTIFACT;
use serde_json::{Value, json};

const CHECK: &str = "artifact";
const OTHER: &[u8] = b"another artifact";

pub(super) fn rows() -> Vec<Row> {
    [others(), subjects(), digests()].concat()
}

fn other(name: &'static str, rule: &'static str, recipe: Recipe) -> Draft {
    row(name, rule, recipe).ask(|policy| policy.artifact = ArtifactKnob::OtherBytes(OTHER.to_vec()))
}

fn others() -> Vec<Row> {
    vec![
        row("message-digest-is-anothers", "A-22", Recipe::message())
            .bundle(|b| b["messageSignature"]["messageDigest"]["digest"] = json!(base64(&Hash::Sha256.of(OTHER))))
            .rejected(CHECK, "message-digest-differs"),
        // A digest that nothing here can compute must not go by as one that agrees.
        row("message-digest-of-an-algorithm-that-nobody-computes", "A-22", Recipe::message())
            .bundle(|b| {
                b["messageSignature"]["messageDigest"] =
                    json!({ "algorithm": "SHA3_256", "digest": base64(&Hash::Sha256.of(OTHER)) });
            })
            .rejected("bundle-form", "field-unknown-name"),
        other("another-artifact", "B-93, A-22", Recipe::message()).rejected(CHECK, "artifact-is-another"),
        other("rekor-v2-another-artifact", "B-93", Recipe::message_v2()).rejected(CHECK, "artifact-is-another"),
        other("managed-key-another-artifact", "B-93", Recipe::managed()).rejected(CHECK, "artifact-is-another"),
        other("dsse-another-artifact", "B-97, H-7", Recipe::dsse()).rejected(CHECK, "artifact-not-in-statement"),
        other("intoto-another-artifact", "B-97, H-7", Recipe::intoto()).rejected(CHECK, "artifact-not-in-statement"),
        other("rekor-v2-dsse-another-artifact", "B-97, H-7", Recipe::dsse_v2())
            .rejected(CHECK, "artifact-not-in-statement"),
        other("github-another-artifact", "B-97, H-7", Recipe::github()).rejected(CHECK, "artifact-not-in-statement"),
    ]
}

fn subject(name: &'static str, rule: &'static str, digest: Value) -> Draft {
    row(name, rule, Recipe::dsse()).statement(move |s| s["subject"][0]["digest"] = digest.clone())
}

fn subjects() -> Vec<Row> {
    let (sha1, sha256, sha512) =
        (hex(&Hash::Sha1.of(ARTIFACT)), hex(&Hash::Sha256.of(ARTIFACT)), hex(&Hash::Sha512.of(OTHER)));
    vec![
        subject("subject-of-sha1-only", "B-97, H-39", json!({ "sha1": sha1 }))
            .rejected(CHECK, "statement-without-usable-digest"),
        subject("subject-of-a-commit-only", "B-97", json!({ "gitCommit": sha1 }))
            .rejected(CHECK, "statement-without-usable-digest"),
        subject("subject-digests-contradict", "B-97", json!({ "sha256": sha256, "sha512": sha512 }))
            .rejected(CHECK, "artifact-digests-disagree"),
        subject("subject-sha256-of-another", "B-97", json!({ "sha256": hex(&Hash::Sha256.of(OTHER)) }))
            .rejected(CHECK, "artifact-not-in-statement"),
        subject("subject-digest-under-another-name", "B-97", json!({ "sha384": sha256 }))
            .rejected(CHECK, "artifact-not-in-statement"),
        subject("subject-digest-shortened", "B-97", json!({ "sha256": sha256[..32] }))
            .rejected(CHECK, "artifact-not-in-statement"),
    ]
}

fn digests() -> Vec<Row> {
    let given = |name, rule, recipe: Recipe, digest: String| {
        row(name, rule, recipe).ask(move |policy| policy.artifact = ArtifactKnob::Digest(digest))
    };
    let sha256_of = |bytes: &[u8]| format!("sha256:{}", hex(&Hash::Sha256.of(bytes)));
    let mut p384 = Recipe::message();
    p384.leaf_kind(Kind::P384);
    vec![
        given("digest-of-another-artifact", "B-92", Recipe::message(), sha256_of(OTHER))
            .rejected(CHECK, "artifact-is-another"),
        given("dsse-digest-of-another-artifact", "B-97, B-98", Recipe::dsse(), sha256_of(OTHER))
            .rejected(CHECK, "artifact-not-in-statement"),
        // Its other digest, which nobody can compare, could be another file's.
        given(
            "message-digest-of-another-algorithm-than-the-digest",
            "A-22, B-92",
            Recipe::message(),
            sha256_of(ARTIFACT),
        )
        .bundle(|b| {
            b["messageSignature"]["messageDigest"] =
                json!({ "algorithm": "SHA2_512", "digest": base64(&Hash::Sha512.of(OTHER)) });
        })
        .incomplete(),
        given("digest-of-another-algorithm-than-the-key", "B-92", p384, sha256_of(ARTIFACT)).incomplete(),
        row("no-artifact", "B-6", Recipe::message()).ask(|policy| policy.artifact = ArtifactKnob::Absent).incomplete(),
        row("dsse-no-artifact", "B-6", Recipe::dsse())
            .ask(|policy| policy.artifact = ArtifactKnob::Absent)
            .incomplete(),
    ]
}
