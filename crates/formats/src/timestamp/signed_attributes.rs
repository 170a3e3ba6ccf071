//! The signed attributes of a token: what the signature is over (B-28, B-30).

use crate::{
    oid::ObjectIdentifier,
    x509::{AlgorithmIdentifier, Name},
};

/// `signedAttrs`, with the required attributes decoded, each of which occurs once with one value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedAttributes {
    /// The attributes as they stand in the token, header (tag `[0]`, 0xa0) included.
    pub der: Vec<u8>,
    /// Whether the attributes stand in the order of a DER SET OF. The bytes are kept as they are either way.
    pub in_der_order: bool,
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

impl SignedAttributes {
    /// The bytes that the signature is over: the attributes as they stand, with the tag of a SET OF (0x31) in place
    /// of `[0]` (RFC 5652 §5.4, B-28).
    pub fn as_set(&self) -> Vec<u8> {
        todo!()
    }
}
