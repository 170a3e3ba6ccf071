//! Small well-formed documents, made by hand. Nothing in them verifies.

use touchstone_formats::base64::encode;

pub(crate) mod predicates;
pub(crate) mod sboms;

/// A v0.3 bundle with a certificate, a message signature, one log entry and one timestamp.
pub(crate) fn message_bundle() -> String {
    format!(
        r#"{{
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {{
    "certificate": {{"rawBytes": "AQID"}},
    "tlogEntries": [{entry}],
    "timestampVerificationData": {{"rfc3161Timestamps": [{{"signedTimestamp": "AQID"}}]}}
  }},
  "messageSignature": {{
    "messageDigest": {{"algorithm": "SHA2_256", "digest": "{digest}"}},
    "signature": "AQID"
  }}
}}"#,
        entry = log_entry(0),
        digest = artifact_digest_base64(),
    )
}

/// A v0.3 bundle with a managed key and an envelope, without log entries.
pub(crate) fn dsse_bundle() -> String {
    format!(
        r#"{{
  "mediaType": "application/vnd.dev.sigstore.bundle+json;version=0.3",
  "verificationMaterial": {{"publicKey": {{"hint": "key"}}}},
  "dsseEnvelope": {{
    "payload": "{payload}",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [{{"sig": "AQID", "keyid": "key"}}]
  }}
}}"#,
        payload = encode(statement().as_bytes()),
    )
}

/// The digest in [`message_bundle`] and [`hashedrekord_001`].
pub(crate) fn artifact_digest_base64() -> String {
    encode(&[0xab; 32])
}

/// A log entry with promise and proof, at index 17 + `number`.
pub(crate) fn log_entry(number: u32) -> String {
    format!(
        r#"{{"logIndex": "{index}", "logId": {{"keyId": "AQID"}},
      "kindVersion": {{"kind": "hashedrekord", "version": "0.0.1"}},
      "integratedTime": "1690000000",
      "inclusionPromise": {{"signedEntryTimestamp": "AQID"}},
      "inclusionProof": {{"logIndex": "5", "rootHash": "{root}", "treeSize": "9",
        "hashes": ["{hash}"], "checkpoint": {{"envelope": "note"}}}},
      "canonicalizedBody": "{body}"}}"#,
        index = number + 17,
        root = encode(&[7; 32]),
        hash = encode(&[8; 32]),
        body = encode(hashedrekord_001().as_bytes()),
    )
}

/// A PEM block around the bytes 1, 2, 3.
pub(crate) fn pem(label: &str) -> String {
    format!("-----BEGIN {label}-----\nAQID\n-----END {label}-----\n")
}

pub(crate) fn hashedrekord_001() -> String {
    format!(
        r#"{{"apiVersion": "0.0.1", "kind": "hashedrekord", "spec": {{
  "data": {{"hash": {{"algorithm": "sha256", "value": "{value}"}}}},
  "signature": {{"content": "AQID", "publicKey": {{"content": "{key}"}}}}}}}}"#,
        value = "ab".repeat(32),
        key = encode(pem("PUBLIC KEY").as_bytes()),
    )
}

pub(crate) fn dsse_001() -> String {
    format!(
        r#"{{"apiVersion": "0.0.1", "kind": "dsse", "spec": {{
  "payloadHash": {{"algorithm": "sha256", "value": "{value}"}},
  "envelopeHash": {{"algorithm": "sha256", "value": "{value}"}},
  "signatures": [{{"signature": "AQID", "verifier": "{key}"}}]}}}}"#,
        value = "ab".repeat(32),
        key = encode(pem("CERTIFICATE").as_bytes()),
    )
}

pub(crate) fn intoto_002() -> String {
    format!(
        r#"{{"apiVersion": "0.0.2", "kind": "intoto", "spec": {{"content": {{
  "envelope": {{"payloadType": "application/vnd.in-toto+json",
    "signatures": [{{"sig": "{signature}", "publicKey": "{key}"}}]}},
  "hash": {{"algorithm": "sha256", "value": "{value}"}},
  "payloadHash": {{"algorithm": "sha256", "value": "{value}"}}}}}}}}"#,
        signature = encode(b"AQID"),
        value = "ab".repeat(32),
        key = encode(pem("CERTIFICATE").as_bytes()),
    )
}

pub(crate) fn intoto_001() -> String {
    format!(
        r#"{{"apiVersion": "0.0.1", "kind": "intoto", "spec": {{
  "content": {{"hash": {{"algorithm": "sha256", "value": "{value}"}}}}, "publicKey": "{key}"}}}}"#,
        value = "ab".repeat(32),
        key = encode(pem("CERTIFICATE").as_bytes()),
    )
}

pub(crate) fn hashedrekord_002() -> String {
    format!(
        r#"{{"apiVersion": "0.0.2", "kind": "hashedrekord", "spec": {{"hashedRekordV002": {{
  "data": {{"algorithm": "SHA2_256", "digest": "{digest}"}},
  "signature": {{"content": "AQID", "verifier": {{
    "keyDetails": "PKIX_ECDSA_P256_SHA_256", "x509Certificate": {{"rawBytes": "AQID"}}}}}}}}}}}}"#,
        digest = artifact_digest_base64(),
    )
}

/// The subjects of [`statement`].
pub(crate) fn subjects() -> String {
    r#"[{"name": "a", "digest": {"sha256": "AB", "gitCommit": "cd"}}, {"uri": "u", "annotations": {}}]"#.to_owned()
}

pub(crate) fn statement() -> String {
    format!(
        r#"{{"_type": "https://in-toto.io/Statement/v1", "subject": {},
  "predicateType": "https://slsa.dev/provenance/v1", "predicate": {{"x": 1}}, "more": 1}}"#,
        subjects(),
    )
}

pub(crate) fn trusted_root() -> String {
    format!(
        r#"{{
  "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "tlogs": [{{"baseUrl": "https://log.example", "hashAlgorithm": "SHA2_256", "publicKey": {{
      "rawBytes": "AQID", "keyDetails": "PKIX_ED25519",
      "validFor": {{"start": "2025-09-23T00:00:00Z"}}}},
    "logId": {{"keyId": "{id}"}}, "checkpointKeyId": {{"keyId": "AQIDBA=="}},
    "operator": "sigstore.dev"}}],
  "certificateAuthorities": [{{
    "subject": {{"organization": "sigstore.dev", "commonName": "sigstore"}},
    "uri": "https://ca.example",
    "certChain": {{"certificates": [{{"rawBytes": "AQID"}}, {{"rawBytes": "AQIE"}}]}},
    "validFor": {{"start": "2022-04-13T20:06:15.000Z", "end": "2022-10-31T23:59:59.999Z"}}}}]
}}"#,
        id = encode(&[5; 32]),
    )
}
