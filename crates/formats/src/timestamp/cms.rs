//! CMS `SignedData` (RFC 5652 §5) as far as a timestamp token uses it.

use der::Tag;

use super::{SignedAttributes, TimestampError, malformed};
use crate::{
    limits::{MAX_TIMESTAMP_CERTIFICATES, MAX_TIMESTAMP_PARTS},
    oid::{self, ObjectIdentifier},
    tlv::{NotDer, Tlv, Walk, constructed, primitive},
    x509::{AlgorithmIdentifier, Certificate, Name},
};

/// The one `SignerInfo` of a token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignerInfo {
    /// `sid`: which certificate is the signer's
    pub sid: SignerIdentifier,
    /// `digestAlgorithm`: hash of the content, and of the attributes if `signature_algorithm` names none (B-28)
    pub digest_algorithm: AlgorithmIdentifier,
    /// `signedAttrs`
    pub signed_attributes: SignedAttributes,
    /// `signatureAlgorithm`
    pub signature_algorithm: AlgorithmIdentifier,
    /// `signature`
    pub signature: Vec<u8>,
}

/// `SignerIdentifier` (RFC 5652 §5.3).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum SignerIdentifier {
    /// `issuerAndSerialNumber`
    IssuerAndSerial {
        /// Issuer of the signer's certificate
        issuer: Name,
        /// Its serial number, content octets of the INTEGER
        serial: Vec<u8>,
    },
    /// `subjectKeyIdentifier`
    SubjectKeyIdentifier(Vec<u8>),
}

impl SignerIdentifier {
    /// Whether this certificate is the one identified: issuer and serial, or subject key identifier (B-29). The issuer is
    /// compared byte for byte: a token copies it from the certificate, and nothing signs it here.
    #[must_use]
    pub fn identifies(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => {
                issuer.der == certificate.issuer.der && *serial == certificate.serial
            }
            Self::SubjectKeyIdentifier(key_id) => certificate.subject_key_id.as_ref() == Some(key_id),
        }
    }

    /// The version of a `SignerInfo` that names its signer so (RFC 5652 §5.3).
    const fn signer_info_version(&self) -> u32 {
        match self {
            Self::IssuerAndSerial { .. } => 1,
            Self::SubjectKeyIdentifier(_) => 3,
        }
    }

    /// `SignerIdentifier ::= CHOICE { issuerAndSerialNumber SEQUENCE { Name, INTEGER }, [0] OCTET STRING }`
    fn read(walk: &mut Walk<'_>) -> Result<Self, NotDer> {
        if let Some(key_id) = walk.take_optional(primitive(0))? {
            return Ok(Self::SubjectKeyIdentifier(key_id.value.to_vec()));
        }
        let mut inside = walk.take(Tag::Sequence)?.walk();
        let issuer = Name::read(&inside.any()?)?;
        let serial = inside.take(Tag::Integer)?.integer()?.to_vec();
        inside.finish()?;
        Ok(Self::IssuerAndSerial { issuer, serial })
    }
}

/// The fields of a `SignedData` that a token needs.
pub(super) struct SignedData<'a> {
    pub(super) digest_algorithms: Vec<AlgorithmIdentifier>,
    pub(super) content: &'a [u8],
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) signer: SignerInfo,
}

impl<'a> SignedData<'a> {
    /// ```text
    /// SignedData ::= SEQUENCE {
    ///    version          INTEGER,
    ///    digestAlgorithms SET OF AlgorithmIdentifier,
    ///    encapContentInfo EncapsulatedContentInfo,
    ///    certificates     [0] IMPLICIT SET OF CertificateChoices OPTIONAL,
    ///    crls             [1] IMPLICIT SET OF RevocationInfoChoice OPTIONAL,
    ///    signerInfos      SET OF SignerInfo }
    /// ```
    pub(super) fn read(sequence: &Tlv<'a>) -> Result<Self, TimestampError> {
        let mut walk = sequence.walk();
        let version = small(&mut walk).map_err(malformed("SignedData.version"))?;
        if !SIGNED_DATA_VERSIONS.contains(&version) {
            return Err(TimestampError::Malformed { field: "SignedData.version" });
        }
        let digest_algorithms = digest_algorithms(&mut walk)?;
        let content = encapsulated_content(&mut walk)?;
        let certificates = certificates(&mut walk)?;
        revocations(&mut walk).map_err(malformed("crls"))?;
        let signer = signer(&mut walk)?;
        walk.finish().map_err(malformed("SignedData"))?;
        if !lists(&digest_algorithms, &signer.digest_algorithm) {
            return Err(TimestampError::Malformed { field: "digestAlgorithms" });
        }
        Ok(Self { digest_algorithms, content, certificates, signer })
    }
}

/// RFC 5652 §5.1: 3 for a content that is not plain data, more where attribute certificates or other kinds are in the bag.
const SIGNED_DATA_VERSIONS: core::ops::RangeInclusive<u32> = 3..=5;

/// RFC 5652 §5.1: the list is there so that a reader knows every digest beforehand, so the signer's must be in it.
fn lists(algorithms: &[AlgorithmIdentifier], wanted: &AlgorithmIdentifier) -> bool {
    let wanted = wanted.hash_algorithm().ok();
    wanted.is_none() || algorithms.iter().any(|algorithm| algorithm.hash_algorithm().ok() == wanted)
}

fn small(walk: &mut Walk<'_>) -> Result<u32, NotDer> {
    walk.take(Tag::Integer)?.small()
}

fn digest_algorithms(walk: &mut Walk<'_>) -> Result<Vec<AlgorithmIdentifier>, TimestampError> {
    let field = "digestAlgorithms";
    let mut set = walk.take(Tag::Set).map_err(malformed(field))?.walk();
    let mut algorithms = Vec::new();
    while let Some(algorithm) = set.next().map_err(malformed(field))? {
        if algorithms.len() == MAX_TIMESTAMP_PARTS {
            return Err(TimestampError::TooMany { field, limit: MAX_TIMESTAMP_PARTS });
        }
        algorithms.push(AlgorithmIdentifier::read(&algorithm).map_err(malformed(field))?);
    }
    Ok(algorithms)
}

/// `EncapsulatedContentInfo ::= SEQUENCE { eContentType OBJECT IDENTIFIER, eContent [0] EXPLICIT OCTET STRING OPTIONAL }`;
/// in a token the type is `id-ct-TSTInfo` and the content is there (B-26).
fn encapsulated_content<'a>(walk: &mut Walk<'a>) -> Result<&'a [u8], TimestampError> {
    let field = "encapContentInfo";
    let mut inside = walk.take(Tag::Sequence).map_err(malformed(field))?.walk();
    let content_type = object_identifier(&mut inside).map_err(malformed("eContentType"))?;
    if content_type != oid::TST_INFO {
        return Err(TimestampError::EncapsulatedContentType { found: content_type });
    }
    let content = inside.take(constructed(0)).and_then(|explicit| explicit.inner(Tag::OctetString));
    let content = content.map_err(malformed("eContent"))?;
    inside.finish().map_err(malformed(field))?;
    Ok(content.value)
}

fn object_identifier(walk: &mut Walk<'_>) -> Result<ObjectIdentifier, NotDer> {
    walk.take(Tag::ObjectIdentifier)?.oid()
}

/// The X.509 certificates of the bag, which may be there and be empty (B-29). Other kinds (attribute certificates) are
/// passed over: no signer can be one.
fn certificates(walk: &mut Walk<'_>) -> Result<Vec<Vec<u8>>, TimestampError> {
    let field = "certificates";
    let Some(bag) = walk.take_optional(constructed(0)).map_err(malformed(field))? else {
        return Ok(Vec::new());
    };
    let mut certificates = Vec::new();
    let mut inside = bag.walk();
    while let Some(certificate) = inside.next().map_err(malformed(field))? {
        if certificates.len() == MAX_TIMESTAMP_CERTIFICATES {
            return Err(TimestampError::TooMany { field, limit: MAX_TIMESTAMP_CERTIFICATES });
        }
        if certificate.tag == Tag::Sequence {
            certificates.push(certificate.raw.to_vec());
        } else if !(0..=3).map(constructed).any(|other_kind| certificate.tag == other_kind) {
            return Err(TimestampError::Malformed { field });
        }
    }
    Ok(certificates)
}

/// Revocation lists, which are not read (B-33): `CertificateList ::= SEQUENCE { tbsCertList SEQUENCE { version INTEGER OPTIONAL,
/// signature AlgorithmIdentifier, … }, … }`, or another kind under `[1]`. The look inside keeps a bag of certificates, which
/// nothing signs, from being passed off as one of lists; an empty bag would be nobody's.
fn revocations(walk: &mut Walk<'_>) -> Result<(), NotDer> {
    let Some(bag) = walk.take_optional(constructed(1))? else {
        return Ok(());
    };
    let mut inside = bag.walk();
    if inside.rest().is_empty() {
        return Err(NotDer);
    }
    while let Some(list) = inside.next()? {
        if list.tag == Tag::Sequence {
            let mut to_be_signed = list.walk().take(Tag::Sequence)?.walk();
            to_be_signed.take_optional(Tag::Integer)?;
            to_be_signed.take(Tag::Sequence)?;
        } else if list.tag != constructed(1) {
            return Err(NotDer);
        }
    }
    Ok(())
}

/// Exactly one `SignerInfo` (B-26).
fn signer(walk: &mut Walk<'_>) -> Result<SignerInfo, TimestampError> {
    let field = "signerInfos";
    let mut set = walk.take(Tag::Set).map_err(malformed(field))?.walk();
    let mut first = None;
    let mut found = 0_usize;
    while let Some(signer) = set.next().map_err(malformed(field))? {
        first.get_or_insert(signer);
        found = found.saturating_add(1);
    }
    match first {
        Some(signer) if found == 1 => SignerInfo::read(&signer),
        _ => Err(TimestampError::SignerCount { found }),
    }
}

impl SignerInfo {
    /// ```text
    /// SignerInfo ::= SEQUENCE {
    ///    version            INTEGER,
    ///    sid                SignerIdentifier,
    ///    digestAlgorithm    AlgorithmIdentifier,
    ///    signedAttrs        [0] IMPLICIT SET OF Attribute OPTIONAL,
    ///    signatureAlgorithm AlgorithmIdentifier,
    ///    signature          OCTET STRING,
    ///    unsignedAttrs      [1] IMPLICIT SET OF Attribute OPTIONAL }
    /// ```
    fn read(signer: &Tlv<'_>) -> Result<Self, TimestampError> {
        if signer.tag != Tag::Sequence {
            return Err(TimestampError::Malformed { field: "SignerInfo" });
        }
        let mut walk = signer.walk();
        let version = small(&mut walk).map_err(malformed("SignerInfo.version"))?;
        let sid = SignerIdentifier::read(&mut walk).map_err(malformed("sid"))?;
        if version != sid.signer_info_version() {
            return Err(TimestampError::Malformed { field: "SignerInfo.version" });
        }
        let digest_algorithm = algorithm(&mut walk).map_err(malformed("digestAlgorithm"))?;
        let signed_attributes = walk
            .take_optional(constructed(0))
            .map_err(malformed("signedAttrs"))?
            .ok_or(TimestampError::NoSignedAttributes)?;
        let signed_attributes = SignedAttributes::read(&signed_attributes)?;
        let signature_algorithm = algorithm(&mut walk).map_err(malformed("signatureAlgorithm"))?;
        let signature = walk.take(Tag::OctetString).map_err(malformed("signature"))?.value.to_vec();
        walk.take_optional(constructed(1)).map_err(malformed("unsignedAttrs"))?;
        walk.finish().map_err(malformed("SignerInfo"))?;
        Ok(Self { sid, digest_algorithm, signed_attributes, signature_algorithm, signature })
    }
}

fn algorithm(walk: &mut Walk<'_>) -> Result<AlgorithmIdentifier, NotDer> {
    AlgorithmIdentifier::read(&walk.any()?)
}
