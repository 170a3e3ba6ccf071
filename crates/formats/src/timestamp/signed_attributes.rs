//! The signed attributes of a token: what the signature is over (B-28, B-30).

use der::Tag;

use super::{TimestampError, malformed};
use crate::{
    limits::MAX_TIMESTAMP_PARTS,
    oid::{self, ObjectIdentifier},
    tlv::{NotDer, Tlv, Walk},
    x509::{AlgorithmIdentifier, GeneralName, Name, read_general_names},
};

/// `signedAttrs`, with the required attributes decoded, each of which occurs once with one value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedAttributes {
    /// The attributes as they stand in the token, header (tag `[0]`, 0xa0) included.
    pub der: Vec<u8>,
    /// `contentType`; equals `eContentType` (B-28)
    pub content_type: ObjectIdentifier,
    /// `messageDigest`: claimed digest of the token's content (B-28)
    pub message_digest: Vec<u8>,
    /// The signer's `ESSCertID` (SHA-1 of the certificate), if present: a consistency check only (B-30)
    pub signing_certificate: Option<EssCertId>,
    /// The signer's `ESSCertIDv2`, if present. At least one of the two is (B-28).
    pub signing_certificate_v2: Option<EssCertIdV2>,
}

/// `ESSCertID` (RFC 5035 §5.4.1.1): the first of its list, which is the signer's. The hash is SHA-1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EssCertId {
    /// `certHash`: SHA-1 of the certificate
    pub cert_hash: Vec<u8>,
    /// `issuerSerial`, if present; must then match the certificate (B-30)
    pub issuer_serial: Option<IssuerSerial>,
}

/// `ESSCertIDv2` (RFC 5035 §4): the first of its list, which is the signer's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EssCertIdV2 {
    /// `hashAlgorithm`; SHA-256 if omitted (B-30)
    pub hash_algorithm: AlgorithmIdentifier,
    /// `certHash`
    pub cert_hash: Vec<u8>,
    /// `issuerSerial`, if present; must then match the certificate (B-30)
    pub issuer_serial: Option<IssuerSerial>,
}

/// `IssuerSerial` with one directoryName.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IssuerSerial {
    /// Issuer of the certificate
    pub issuer: Name,
    /// Its serial number, content octets of the INTEGER
    pub serial: Vec<u8>,
}

/// Tag octet of SET OF.
const SET: u8 = 0x31;

impl SignedAttributes {
    /// The bytes that the signature is over: the attributes as they stand, with the tag of a SET OF (0x31) in place
    /// of `[0]` (RFC 5652 §5.4, B-28).
    #[must_use]
    pub fn as_set(&self) -> Vec<u8> {
        let mut set = self.der.clone();
        if let Some(tag) = set.first_mut() {
            *tag = SET;
        }
        set
    }

    /// `SignedAttributes ::= SET SIZE (1..MAX) OF Attribute`, here with tag `[0]`.
    pub(super) fn read(tlv: &Tlv<'_>) -> Result<Self, TimestampError> {
        let attributes = read_attributes(tlv.walk())?;
        // The signature is over their DER, where a SET OF is sorted: in another order their bytes are not what was signed.
        if !attributes.is_sorted_by(|earlier, later| earlier.raw <= later.raw) {
            return Err(TimestampError::Malformed { field: "signedAttrs, in DER's order" });
        }
        let missing = |attribute| TimestampError::AttributeMissing { attribute };

        let content_type = single(&attributes, oid::CONTENT_TYPE)?.ok_or(missing("contentType"))?;
        let content_type = Tlv::only(content_type, Tag::ObjectIdentifier)
            .and_then(|content_type| content_type.oid())
            .map_err(malformed("contentType"))?;
        if content_type != oid::TST_INFO {
            return Err(TimestampError::ContentTypeAttribute { found: content_type });
        }
        let message_digest = single(&attributes, oid::MESSAGE_DIGEST)?.ok_or(missing("messageDigest"))?;
        let message_digest =
            Tlv::only(message_digest, Tag::OctetString).map_err(malformed("messageDigest"))?.value.to_vec();
        let signing_certificate = match single(&attributes, oid::SIGNING_CERTIFICATE)? {
            Some(value) => Some(first_of(value, EssCertId::read).map_err(malformed("ESSCertID"))?),
            None => None,
        };
        let signing_certificate_v2 = match single(&attributes, oid::SIGNING_CERTIFICATE_V2)? {
            Some(value) => Some(first_of(value, EssCertIdV2::read).map_err(malformed("ESSCertIDv2"))?),
            None => None,
        };
        if signing_certificate.is_none() && signing_certificate_v2.is_none() {
            return Err(missing("ESSCertID or ESSCertIDv2"));
        }
        Ok(Self { der: tlv.raw.to_vec(), content_type, message_digest, signing_certificate, signing_certificate_v2 })
    }
}

/// `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF ANY }`
struct Attribute<'a> {
    raw: &'a [u8],
    oid: ObjectIdentifier,
    values: Walk<'a>,
}

impl<'a> Attribute<'a> {
    fn read(sequence: &Tlv<'a>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let oid = walk.take(Tag::ObjectIdentifier)?.oid()?;
        let values = walk.take(Tag::Set)?.walk();
        walk.finish()?;
        Ok(Self { raw: sequence.raw, oid, values })
    }
}

fn read_attributes(mut walk: Walk<'_>) -> Result<Vec<Attribute<'_>>, TimestampError> {
    let field = "signedAttrs";
    let mut attributes = Vec::new();
    while let Some(attribute) = walk.next().map_err(malformed(field))? {
        if attributes.len() == MAX_TIMESTAMP_PARTS {
            return Err(TimestampError::TooMany { field, limit: MAX_TIMESTAMP_PARTS });
        }
        attributes.push(Attribute::read(&attribute).map_err(malformed(field))?);
    }
    Ok(attributes)
}

/// The raw value of the one attribute of this type; two attributes, or two values, would let two readers see
/// different ones (RFC 5652 §11.1, §11.2).
fn single<'a>(attributes: &[Attribute<'a>], oid: ObjectIdentifier) -> Result<Option<&'a [u8]>, TimestampError> {
    let mut of_type = attributes.iter().filter(|attribute| attribute.oid == oid);
    let Some(attribute) = of_type.next() else {
        return Ok(None);
    };
    let mut values = attribute.values;
    match (values.any(), values.rest(), of_type.next()) {
        (Ok(value), [], None) => Ok(Some(value.raw)),
        _ => Err(TimestampError::AttributeNotSingle { oid }),
    }
}

/// ```text
/// SigningCertificate   ::= SEQUENCE { certs SEQUENCE OF ESSCertID,   policies SEQUENCE OF PolicyInformation OPTIONAL }
/// SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies SEQUENCE OF PolicyInformation OPTIONAL }
/// ```
///
/// The first identifier is the signer's; the others, of its issuers, are read and dropped.
fn first_of<T>(value: &[u8], read: fn(&Tlv<'_>) -> Result<T, NotDer>) -> Result<T, NotDer> {
    let mut walk = Tlv::only(value, Tag::Sequence)?.walk();
    let mut certs = walk.take(Tag::Sequence)?.walk();
    walk.take_optional(Tag::Sequence)?;
    walk.finish()?;
    let first = read(&certs.any()?)?;
    while let Some(other) = certs.next()? {
        read(&other)?;
    }
    Ok(first)
}

impl EssCertId {
    /// `ESSCertID ::= SEQUENCE { certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }`
    fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let cert_hash = walk.take(Tag::OctetString)?.value.to_vec();
        let issuer_serial = IssuerSerial::read_optional(&mut walk)?;
        walk.finish()?;
        Ok(Self { cert_hash, issuer_serial })
    }
}

impl EssCertIdV2 {
    /// ```text
    /// ESSCertIDv2 ::= SEQUENCE {
    ///    hashAlgorithm AlgorithmIdentifier DEFAULT { algorithm id-sha256 },
    ///    certHash      OCTET STRING,
    ///    issuerSerial  IssuerSerial OPTIONAL }
    /// ```
    fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let hash_algorithm = match walk.take_optional(Tag::Sequence)? {
            Some(algorithm) => AlgorithmIdentifier::read(&algorithm)?,
            None => AlgorithmIdentifier { oid: oid::SHA256, parameters: None },
        };
        let cert_hash = walk.take(Tag::OctetString)?.value.to_vec();
        let issuer_serial = IssuerSerial::read_optional(&mut walk)?;
        walk.finish()?;
        Ok(Self { hash_algorithm, cert_hash, issuer_serial })
    }
}

impl IssuerSerial {
    /// `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER }`; the issuer of a certificate is one
    /// directoryName (RFC 5035 §3).
    fn read_optional(walk: &mut Walk<'_>) -> Result<Option<Self>, NotDer> {
        let Some(sequence) = walk.take_optional(Tag::Sequence)? else {
            return Ok(None);
        };
        let mut inside = sequence.walk();
        let names = read_general_names(inside.take(Tag::Sequence)?.walk())?;
        let serial = inside.take(Tag::Integer)?.integer()?.to_vec();
        inside.finish()?;
        match <[GeneralName; 1]>::try_from(names) {
            Ok([GeneralName::Directory(issuer)]) => Ok(Some(Self { issuer, serial })),
            _ => Err(NotDer),
        }
    }
}
