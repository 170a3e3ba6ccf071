//! From bytes to a [`Certificate`].

use der::Tag;

use super::{AlgorithmIdentifier, Certificate, CertificateError, Extension, Name, extension};
use crate::{
    asn1_time,
    limits::{MAX_CERTIFICATE_BYTES, MAX_EXTENSIONS},
    oid::{self, ObjectIdentifier},
    time::UnixMillis,
    tlv::{NotDer, Tlv, Walk, constructed, primitive},
};

fn malformed(field: &'static str) -> impl FnOnce(NotDer) -> CertificateError {
    move |_| CertificateError::Malformed { field }
}

/// ```text
/// Certificate ::= SEQUENCE {
///    tbsCertificate       TBSCertificate,
///    signatureAlgorithm   AlgorithmIdentifier,
///    signatureValue       BIT STRING }
/// ```
pub(super) fn certificate(der: &[u8]) -> Result<Certificate, CertificateError> {
    if der.len() > MAX_CERTIFICATE_BYTES {
        return Err(CertificateError::TooLarge { limit: MAX_CERTIFICATE_BYTES, found: der.len() });
    }
    let mut outside = Walk::new(der);
    let outer = outside.take(Tag::Sequence).map_err(malformed("Certificate"))?;
    if !outside.rest().is_empty() {
        return Err(CertificateError::TrailingBytes { found: outside.rest().len() });
    }
    let mut walk = outer.walk();
    let tbs = walk.take(Tag::Sequence).map_err(malformed("tbsCertificate"))?;
    let algorithm = walk.take(Tag::Sequence).map_err(malformed("signatureAlgorithm"))?;
    let signature = walk.take(Tag::BitString).map_err(malformed("signatureValue"))?;
    walk.finish().map_err(malformed("Certificate"))?;

    let signature = match signature.bits().map_err(malformed("signatureValue"))? {
        (0, octets) => octets.to_vec(),
        (found, _) => return Err(CertificateError::SignatureUnusedBits { found }),
    };
    let mut certificate = tbs_certificate(&tbs, &algorithm)?;
    certificate.der = der.to_vec();
    certificate.signature = signature;
    decode_extensions(&mut certificate)?;
    Ok(certificate)
}

/// ```text
/// TBSCertificate ::= SEQUENCE {
///    version         [0] EXPLICIT INTEGER DEFAULT v1,
///    serialNumber        INTEGER,
///    signature           AlgorithmIdentifier,
///    issuer              Name,
///    validity            SEQUENCE { notBefore Time, notAfter Time },
///    subject             Name,
///    subjectPublicKeyInfo SubjectPublicKeyInfo,
///    issuerUniqueID  [1] IMPLICIT BIT STRING OPTIONAL,
///    subjectUniqueID [2] IMPLICIT BIT STRING OPTIONAL,
///    extensions      [3] EXPLICIT Extensions OPTIONAL }
/// ```
///
/// The whole certificate and the signature are left for the caller to fill in, the decoded extensions to
/// [`decode_extensions`].
fn tbs_certificate(tbs: &Tlv<'_>, outer: &Tlv<'_>) -> Result<Certificate, CertificateError> {
    let mut walk = tbs.walk();
    version(&mut walk)?;
    let serial = walk.take(Tag::Integer).and_then(|serial| serial.integer());
    let serial = serial.map_err(malformed("serialNumber"))?.to_vec();
    let signature_algorithm = signature_algorithm(&mut walk, outer)?;
    let issuer = walk.any().and_then(|name| Name::read(&name)).map_err(malformed("issuer"))?;
    let (not_before, not_after) = validity(&mut walk)?;
    let subject = walk.any().and_then(|name| Name::read(&name)).map_err(malformed("subject"))?;
    let spki_der = subject_public_key_info(&mut walk).map_err(malformed("subjectPublicKeyInfo"))?;
    walk.take_optional(primitive(1)).map_err(malformed("issuerUniqueID"))?;
    walk.take_optional(primitive(2)).map_err(malformed("subjectUniqueID"))?;
    let extensions = extensions(&mut walk)?;
    walk.finish().map_err(malformed("tbsCertificate"))?;
    Ok(Certificate {
        der: Vec::new(),
        tbs_der: tbs.raw.to_vec(),
        serial,
        signature_algorithm,
        signature: Vec::new(),
        issuer,
        subject,
        not_before,
        not_after,
        spki_der,
        extensions,
        basic_constraints: None,
        key_usage: None,
        extended_key_usage: None,
        subject_alt_names: None,
        authority_key_id: None,
        subject_key_id: None,
    })
}

/// `Version ::= INTEGER { v1(0), v2(1), v3(2) }`
fn version(walk: &mut Walk<'_>) -> Result<(), CertificateError> {
    let explicit = walk.take_optional(constructed(0)).map_err(malformed("version"))?;
    let value = match explicit {
        Some(explicit) => {
            explicit.inner(Tag::Integer).and_then(|version| version.small()).map_err(malformed("version"))?
        }
        None => 0,
    };
    match value {
        2 => Ok(()),
        other => Err(CertificateError::Version { found: other.saturating_add(1) }),
    }
}

fn signature_algorithm(walk: &mut Walk<'_>, outer: &Tlv<'_>) -> Result<AlgorithmIdentifier, CertificateError> {
    let tlv = walk.take(Tag::Sequence).map_err(malformed("signature"))?;
    let inner = AlgorithmIdentifier::read(&tlv).map_err(malformed("signature"))?;
    if tlv.raw != outer.raw {
        let outer = AlgorithmIdentifier::read(outer).map_err(malformed("signatureAlgorithm"))?;
        return Err(CertificateError::AlgorithmMismatch { inner: inner.oid, outer: outer.oid });
    }
    Ok(inner)
}

fn validity(walk: &mut Walk<'_>) -> Result<(UnixMillis, UnixMillis), CertificateError> {
    let mut times = walk.take(Tag::Sequence).map_err(malformed("validity"))?.walk();
    let mut time = |field| {
        let tlv = times.any().map_err(malformed(field))?;
        asn1_time::certificate_time(&tlv).map_err(|_| CertificateError::Time { field })
    };
    let not_before = time("notBefore")?;
    let not_after = time("notAfter")?;
    times.finish().map_err(malformed("validity"))?;
    Ok((not_before, not_after))
}

/// `SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }`
fn subject_public_key_info(walk: &mut Walk<'_>) -> Result<Vec<u8>, NotDer> {
    let spki = walk.take(Tag::Sequence)?;
    let mut inside = spki.walk();
    AlgorithmIdentifier::read(&inside.any()?)?;
    inside.take(Tag::BitString)?.bits()?;
    inside.finish()?;
    Ok(spki.raw.to_vec())
}

fn extensions(walk: &mut Walk<'_>) -> Result<Vec<Extension>, CertificateError> {
    let Some(explicit) = walk.take_optional(constructed(3)).map_err(malformed("extensions"))? else {
        return Ok(Vec::new());
    };
    let sequence = explicit.inner(Tag::Sequence).map_err(malformed("extensions"))?;
    let extensions = extension::read_extensions(sequence.walk()).map_err(malformed("extensions"))?;
    let extensions = extensions.ok_or(CertificateError::TooMany { field: "extensions", limit: MAX_EXTENSIONS })?;
    for (index, extension) in extensions.iter().enumerate() {
        if extensions.iter().take(index).any(|earlier| earlier.oid == extension.oid) {
            return Err(CertificateError::DuplicateExtension { oid: extension.oid });
        }
    }
    Ok(extensions)
}

fn decode_extensions(certificate: &mut Certificate) -> Result<(), CertificateError> {
    let extensions = &certificate.extensions;
    certificate.basic_constraints =
        decode(extensions, oid::BASIC_CONSTRAINTS, "BasicConstraints", Extension::basic_constraints)?;
    certificate.key_usage =
        decode(extensions, oid::KEY_USAGE, "a BIT STRING of at most 16 bits", Extension::key_usage)?;
    certificate.extended_key_usage =
        decode(extensions, oid::EXTENDED_KEY_USAGE, "a list of key purposes", Extension::extended_key_usage)?;
    certificate.subject_alt_names =
        decode(extensions, oid::SUBJECT_ALT_NAME, "a list of general names, none empty", Extension::subject_alt_names)?;
    certificate.authority_key_id =
        decode(extensions, oid::AUTHORITY_KEY_IDENTIFIER, "AuthorityKeyIdentifier", Extension::authority_key_id)?
            .flatten();
    certificate.subject_key_id =
        decode(extensions, oid::SUBJECT_KEY_IDENTIFIER, "an OCTET STRING", Extension::subject_key_id)?;
    Ok(())
}

fn decode<T>(
    extensions: &[Extension],
    oid: ObjectIdentifier,
    expected: &'static str,
    read: impl FnOnce(&Extension) -> Result<T, NotDer>,
) -> Result<Option<T>, CertificateError> {
    let Some(extension) = extensions.iter().find(|extension| extension.oid == oid) else {
        return Ok(None);
    };
    match read(extension) {
        Ok(decoded) => Ok(Some(decoded)),
        Err(_) => Err(CertificateError::ExtensionMalformed { oid, expected }),
    }
}
