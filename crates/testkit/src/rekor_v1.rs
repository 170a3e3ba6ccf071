//! Bodies of Rekor v1 (B.13): the `spec` member of each kind.

use crate::encoding::{base64, hex};
use crate::keys::Hash;
use crate::rekor::{Envelope, Submission};
use serde_json::{Value, json};

/// `hashedrekord` 0.0.1.
pub fn hashedrekord(submission: &Submission) -> Value {
    json!({
        "data": { "hash": { "algorithm": submission.hash.rekor_name(), "value": hex(&submission.hash.of(&submission.signed)) } },
        "signature": {
            "content": base64(&submission.signature),
            "publicKey": { "content": base64(submission.verifier.pem().as_bytes()) },
        },
    })
}

/// `dsse` 0.0.1.
pub fn dsse(submission: &Submission) -> Value {
    let envelope = envelope(submission);
    json!({
        "envelopeHash": sha256(&uploaded(submission)),
        "payloadHash": sha256(&envelope.payload),
        "signatures": [{ "signature": base64(&submission.signature), "verifier": base64(submission.verifier.pem().as_bytes()) }],
    })
}

/// `intoto` 0.0.2: the signature is base64 of base64.
pub fn intoto_v002(submission: &Submission) -> Value {
    let envelope = envelope(submission);
    let mut signature = json!({
        "publicKey": base64(submission.verifier.pem().as_bytes()),
        "sig": base64(base64(&submission.signature).as_bytes()),
    });
    if !envelope.key_id.is_empty() {
        signature["keyid"] = json!(envelope.key_id);
    }
    json!({
        "content": {
            "envelope": { "payloadType": envelope.payload_type, "signatures": [signature] },
            "hash": sha256(&uploaded(submission)),
            "payloadHash": sha256(&envelope.payload),
        },
    })
}

/// `intoto` 0.0.1: no signature, only the key and hashes.
pub fn intoto_v001(submission: &Submission) -> Value {
    json!({
        "content": { "hash": sha256(&uploaded(submission)), "payloadHash": sha256(&envelope(submission).payload) },
        "publicKey": base64(submission.verifier.pem().as_bytes()),
    })
}

fn envelope(submission: &Submission) -> &Envelope {
    submission.envelope.as_ref().expect("a DSSE kind needs an envelope")
}

/// The envelope as a client would have uploaded it.
fn uploaded(submission: &Submission) -> Vec<u8> {
    let envelope = envelope(submission);
    let written = json!({
        "payload": base64(&envelope.payload),
        "payloadType": envelope.payload_type,
        "signatures": [{ "sig": base64(&submission.signature) }],
    });
    written.to_string().into_bytes()
}

fn sha256(bytes: &[u8]) -> Value {
    json!({ "algorithm": "sha256", "value": hex(&Hash::Sha256.of(bytes)) })
}
