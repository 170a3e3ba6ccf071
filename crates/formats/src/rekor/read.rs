//! From JSON to an [`EntryBody`], by the table of B.13 and B-73.

use super::{
    BodyError, Digest, Dsse001, EntryBody, EntryType, HashedRekord001, HashedRekord002, Intoto001, Intoto002, Verifier,
};
use crate::field::{Field, FieldError, Object};
use crate::pem::PemProblem;
use crate::{HashAlgorithm, PublicKeyDetails, base64, hex, pem};

// Each kind is a function of its own: a browser compiles only the one that it meets.
pub(super) fn body(body: &Object<'_>) -> Result<EntryBody, BodyError> {
    let entry_type = EntryType::read(body)?;
    let spec = || body.required("spec")?.object();
    match (entry_type.kind.as_str(), entry_type.version.as_str()) {
        ("hashedrekord", "0.0.1") => Ok(EntryBody::HashedRekord001(hashedrekord_001(&spec()?)?)),
        ("hashedrekord", "0.0.2") => Ok(EntryBody::HashedRekord002(hashedrekord_002(&spec()?)?)),
        ("dsse", "0.0.1") => Ok(EntryBody::Dsse001(dsse_001(&spec()?)?)),
        ("dsse", "0.0.2") => Err(BodyError::DsseV002Removed),
        ("intoto", "0.0.1") => Ok(EntryBody::Intoto001(intoto_001(&spec()?)?)),
        ("intoto", "0.0.2") => Ok(EntryBody::Intoto002(intoto_002(&spec()?)?)),
        ("hashedrekord" | "dsse" | "intoto", _) => Err(BodyError::UnsupportedVersion(entry_type)),
        _ => Err(BodyError::UnsupportedKind(entry_type)),
    }
}

#[inline(never)] // See `body`.
fn hashedrekord_001(spec: &Object<'_>) -> Result<HashedRekord001, BodyError> {
    let signature = spec.required("signature")?.object()?;
    let public_key = signature.required("publicKey")?.object()?;
    let hash = spec.required("data")?.object()?.required("hash")?;
    Ok(HashedRekord001 {
        signature: signature.required("content")?.filled_standard_bytes()?,
        verifier: pem_verifier(&public_key.required("content")?)?,
        digest: hex_digest(&hash, SHA2, HashAlgorithm::from_digest_name)?,
    })
}

#[inline(never)] // See `body`.
fn dsse_001(spec: &Object<'_>) -> Result<Dsse001, BodyError> {
    let signature = only_signature(&spec.required("signatures")?)?;
    Ok(Dsse001 {
        signature: signature.required("signature")?.filled_standard_bytes()?,
        verifier: pem_verifier(&signature.required("verifier")?)?,
        payload_hash: sha256(&spec.required("payloadHash")?)?,
        envelope_hash: optional_sha256(spec, "envelopeHash")?,
    })
}

#[inline(never)] // See `body`.
fn intoto_001(spec: &Object<'_>) -> Result<Intoto001, BodyError> {
    let content = spec.required("content")?.object()?;
    Ok(Intoto001 {
        verifier: pem_verifier(&spec.required("publicKey")?)?,
        content_hash: optional_sha256(&content, "hash")?,
        payload_hash: optional_sha256(&content, "payloadHash")?,
    })
}

#[inline(never)] // See `body`.
fn intoto_002(spec: &Object<'_>) -> Result<Intoto002, BodyError> {
    let content = spec.required("content")?.object()?;
    let envelope = content.required("envelope")?.object()?;
    let signature = only_signature(&envelope.required("signatures")?)?;
    let keyid = signature.string_or_empty("keyid")?;
    Ok(Intoto002 {
        signature: twice_encoded(&signature.required("sig")?)?,
        verifier: pem_verifier(&signature.required("publicKey")?)?,
        payload_hash: sha256(&content.required("payloadHash")?)?,
        content_hash: optional_sha256(&content, "hash")?,
        payload_type: envelope.required("payloadType")?.filled_string()?.to_owned(),
        keyid: (!keyid.is_empty()).then_some(keyid),
    })
}

/// B-73.
#[inline(never)] // See `body`.
fn hashedrekord_002(spec: &Object<'_>) -> Result<HashedRekord002, BodyError> {
    let spec = spec.required("hashedRekordV002")?.object()?;
    let data = spec.required("data")?.object()?;
    let signature = spec.required("signature")?.object()?;
    let verifier = signature.required("verifier")?;
    let algorithm = data.required("algorithm")?.name("SHA2_256, SHA2_384 or SHA2_512", |name| {
        HashAlgorithm::from_proto_name(name).filter(|algorithm| algorithm.is_sha2())
    })?;
    let digest = data.required("digest")?;
    let bytes = digest.filled_standard_bytes()?;
    Ok(HashedRekord002 {
        digest: Digest::new(algorithm, bytes, &digest)?,
        signature: signature.required("content")?.filled_standard_bytes()?,
        key_details: verifier
            .object()?
            .required("keyDetails")?
            .name("a public key type such as PKIX_ECDSA_P256_SHA_256", PublicKeyDetails::from_proto_name)?,
        verifier: der_verifier(&verifier)?,
    })
}

fn der_verifier(field: &Field<'_>) -> Result<Verifier, BodyError> {
    let verifier = field.object()?;
    let raw_bytes = |field: &Field<'_>| field.object()?.required("rawBytes")?.filled_standard_bytes();
    match (verifier.get("x509Certificate"), verifier.get("publicKey")) {
        (Some(certificate), None) => Ok(Verifier::Certificate(raw_bytes(&certificate)?)),
        (None, Some(key)) => Ok(Verifier::PublicKey(raw_bytes(&key)?)),
        (Some(_), Some(_)) => Err(BodyError::TwoVerifiers { path: field.path().clone() }),
        (None, None) => Err(BodyError::NoVerifier { path: field.path().clone() }),
    }
}

/// B-83: base64 of one canonical PEM block.
fn pem_verifier(field: &Field<'_>) -> Result<Verifier, BodyError> {
    let path = || field.path().clone();
    let bytes = field.filled_standard_bytes()?;
    let block = core::str::from_utf8(&bytes)
        .map_err(|_| PemProblem::NotText)
        .and_then(pem::decode)
        .map_err(|problem| BodyError::Pem { path: path(), problem })?;
    match block.label.as_str() {
        "CERTIFICATE" => Ok(Verifier::Certificate(block.der)),
        "PUBLIC KEY" => Ok(Verifier::PublicKey(block.der)),
        _ => Err(BodyError::PemLabel { path: path(), found: block.label }),
    }
}

/// The one signature of an envelope: a log entry with several would bind to none in particular.
fn only_signature<'a>(field: &Field<'a>) -> Result<Object<'a>, BodyError> {
    let signatures = field.array(usize::MAX)?;
    match signatures.as_slice() {
        [signature] => Ok(signature.object()?),
        several => Err(BodyError::SignatureCount { path: field.path().clone(), found: several.len() }),
    }
}

/// base64 of the base64 text that the envelope held (B.13).
fn twice_encoded(field: &Field<'_>) -> Result<Vec<u8>, BodyError> {
    let outer = field.filled_standard_bytes()?;
    let inner = |problem| BodyError::InnerBase64 { path: field.path().clone(), problem };
    let text = match core::str::from_utf8(&outer) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            let byte = outer.get(offset).copied().unwrap_or_default();
            return Err(inner(base64::Base64Problem::Character { offset, byte }));
        }
    };
    let signature = base64::decode_standard(text).map_err(inner)?;
    if signature.is_empty() {
        return Err(FieldError::Empty { path: field.path().clone() }.into());
    }
    Ok(signature)
}

const SHA2: &str = "sha256, sha384 or sha512";

fn sha256(field: &Field<'_>) -> Result<Digest, BodyError> {
    hex_digest(field, "sha256", |name| (name == "sha256").then_some(HashAlgorithm::Sha2_256))
}

fn optional_sha256(object: &Object<'_>, key: &str) -> Result<Option<Digest>, BodyError> {
    object.get(key).map(|field| sha256(&field)).transpose()
}

/// `{algorithm, value}` with lower-case hexadecimal (B.13).
fn hex_digest(
    field: &Field<'_>,
    expected: &'static str,
    lookup: impl FnOnce(&str) -> Option<HashAlgorithm>,
) -> Result<Digest, BodyError> {
    let hash = field.object()?;
    let algorithm = hash.required("algorithm")?.name(expected, lookup)?;
    let value = hash.required("value")?;
    let bytes = hex::decode_lower(value.filled_string()?)
        .ok_or_else(|| BodyError::DigestNotHex { path: value.path().clone() })?;
    Digest::new(algorithm, bytes, &value)
}

impl Digest {
    fn new(algorithm: HashAlgorithm, bytes: Vec<u8>, from: &Field<'_>) -> Result<Self, BodyError> {
        if bytes.len() != algorithm.digest_len() {
            return Err(BodyError::DigestLength {
                path: from.path().clone(),
                expected: algorithm.digest_len(),
                found: bytes.len(),
            });
        }
        Ok(Self { algorithm, bytes })
    }
}
