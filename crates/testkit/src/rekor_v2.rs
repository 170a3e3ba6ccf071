//! Bodies of Rekor v2 (B-72 to B-76): the `spec` member.

use crate::encoding::base64;
use crate::keys::Hash;
use crate::rekor::{Submission, Verifier};
use serde_json::{Value, json};

/// `hashedrekord` 0.0.2, for messages and for envelopes over their PAE.
pub fn hashedrekord(submission: &Submission) -> Value {
    json!({
        "hashedRekordV002": {
            "data": { "algorithm": submission.hash.proto_name(), "digest": base64(&submission.hash.of(&submission.signed)) },
            "signature": { "content": base64(&submission.signature), "verifier": verifier(submission) },
        },
    })
}

/// `dsse` 0.0.2, of the first public design; to be refused.
pub fn dsse(submission: &Submission) -> Value {
    let payload = submission.envelope.as_ref().map_or(&[][..], |envelope| &envelope.payload);
    json!({
        "dsseV002": {
            "payloadHash": { "algorithm": "SHA2_256", "digest": base64(&Hash::Sha256.of(payload)) },
            "signatures": [{ "content": base64(&submission.signature), "verifier": verifier(submission) }],
        },
    })
}

fn verifier(submission: &Submission) -> Value {
    match &submission.verifier {
        Verifier::Certificate(der) => {
            json!({ "keyDetails": submission.details, "x509Certificate": { "rawBytes": base64(der) } })
        }
        Verifier::PublicKey(der) => {
            json!({ "keyDetails": submission.details, "publicKey": { "rawBytes": base64(der) } })
        }
    }
}
