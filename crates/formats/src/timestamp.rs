//! RFC 3161 timestamps: a `TimeStampResp` around a CMS token around a `TSTInfo`; structure only (B-25 … B-33).
//!
//! Nothing here is believed: whether the signature holds, who the signer is and what was stamped is for `verify`.

mod cms;
mod error;
mod signed_attributes;
mod tst_info;

pub use cms::{SignerIdentifier, SignerInfo};
pub use error::TimestampError;
pub use signed_attributes::{EssCertId, EssCertIdV2, IssuerSerial, SignedAttributes};
pub use tst_info::{Accuracy, MessageImprint, TstInfo};

use crate::x509::{AlgorithmIdentifier, Certificate, CertificateError};

/// A granted `TimeStampResp` with its token.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeStampResponse {
    /// `PKIStatus`: 0 granted, 1 grantedWithMods (B-25)
    pub status: u8,
    /// The token
    pub token: TimeStampToken,
}

/// A CMS `SignedData` with a `TSTInfo` inside and exactly one signer (B-26).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimeStampToken {
    /// The `ContentInfo`, header included
    pub der: Vec<u8>,
    /// `digestAlgorithms`
    pub digest_algorithms: Vec<AlgorithmIdentifier>,
    /// The octets of `eContent`: the bytes under the messageDigest attribute (B-28)
    pub content: Vec<u8>,
    /// The same octets, decoded
    pub tst_info: TstInfo,
    /// Embedded certificates, each as raw DER, never anchors (B-29); may be empty
    pub certificates: Vec<Vec<u8>>,
    /// The one signer
    pub signer: SignerInfo,
}

impl TimeStampResponse {
    /// Parses a DER `TimeStampResp` with nothing behind it (B-25, B-26, B-28).
    ///
    /// # Errors
    /// [`TimestampError`] names the cause.
    pub fn parse(_der: &[u8]) -> Result<Self, TimestampError> {
        todo!()
    }
}

impl TimeStampToken {
    /// Parses a DER `ContentInfo` with nothing behind it (B-26, B-28).
    ///
    /// # Errors
    /// [`TimestampError`] names the cause.
    pub fn parse(_der: &[u8]) -> Result<Self, TimestampError> {
        todo!()
    }

    /// The embedded certificates, parsed one by one: one that cannot be read does not hide the others.
    pub fn parsed_certificates(
        &self,
    ) -> impl Iterator<Item = Result<Certificate, CertificateError>> {
        self.certificates.iter().map(|der| Certificate::parse(der))
    }
}
