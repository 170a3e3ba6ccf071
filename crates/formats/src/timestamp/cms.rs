//! CMS `SignedData` (RFC 5652 §5) as far as a timestamp token uses it.

use super::SignedAttributes;
use crate::x509::{AlgorithmIdentifier, Certificate, Name};

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
    /// Whether this certificate is the one identified: issuer and serial, or subject key identifier (B-29).
    pub fn identifies(&self, _certificate: &Certificate) -> bool {
        todo!()
    }
}
