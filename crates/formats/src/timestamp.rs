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

use der::Tag;

use crate::{
    limits::MAX_TIMESTAMP_BYTES,
    oid,
    tlv::{NotDer, Tlv, Walk, constructed},
    x509::{AlgorithmIdentifier, Certificate, CertificateError},
};
use cms::SignedData;

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
    /// ```text
    /// TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }
    /// PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString PKIFreeText OPTIONAL, failInfo BIT STRING OPTIONAL }
    /// ```
    ///
    /// # Errors
    /// [`TimestampError`] names the cause.
    pub fn parse(der: &[u8]) -> Result<Self, TimestampError> {
        let mut walk = only_sequence(der, "TimeStampResp")?.walk();
        let status = status(&mut walk).map_err(malformed("status"))?;
        let status = match u8::try_from(status) {
            Ok(granted @ (0 | 1)) => granted,
            _ => return Err(TimestampError::Status { found: status }),
        };
        let token = walk.next().map_err(malformed("timeStampToken"))?;
        walk.finish().map_err(malformed("TimeStampResp"))?;
        let token = TimeStampToken::parse(token.ok_or(TimestampError::NoToken)?.raw)?;
        Ok(Self { status, token })
    }
}

fn status(walk: &mut Walk<'_>) -> Result<u32, NotDer> {
    let mut info = walk.take(Tag::Sequence)?.walk();
    let status = info.take(Tag::Integer)?.small()?;
    info.take_optional(Tag::Sequence)?;
    info.take_optional(Tag::BitString)?;
    info.finish()?;
    Ok(status)
}

fn only_sequence<'a>(der: &'a [u8], field: &'static str) -> Result<Tlv<'a>, TimestampError> {
    if der.len() > MAX_TIMESTAMP_BYTES {
        return Err(TimestampError::TooLarge { limit: MAX_TIMESTAMP_BYTES, found: der.len() });
    }
    let mut outside = Walk::new(der);
    let sequence = outside.take(Tag::Sequence).map_err(malformed(field))?;
    match outside.rest() {
        [] => Ok(sequence),
        rest => Err(TimestampError::TrailingBytes { found: rest.len() }),
    }
}

fn malformed(field: &'static str) -> impl FnOnce(NotDer) -> TimestampError {
    move |_| TimestampError::Malformed { field }
}

impl TimeStampToken {
    /// Parses a DER `ContentInfo` with nothing behind it (B-26, B-28).
    ///
    /// ```text
    /// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT SignedData }
    /// ```
    ///
    /// # Errors
    /// [`TimestampError`] names the cause.
    pub fn parse(der: &[u8]) -> Result<Self, TimestampError> {
        let mut walk = only_sequence(der, "ContentInfo")?.walk();
        let content_type = walk.take(Tag::ObjectIdentifier).and_then(|content_type| content_type.oid());
        let content_type = content_type.map_err(malformed("contentType"))?;
        if content_type != oid::SIGNED_DATA {
            return Err(TimestampError::NotSignedData { found: content_type });
        }
        let signed_data = walk.take(constructed(0)).and_then(|explicit| explicit.inner(Tag::Sequence));
        let signed_data = signed_data.map_err(malformed("SignedData"))?;
        walk.finish().map_err(malformed("ContentInfo"))?;
        let signed_data = SignedData::read(&signed_data)?;
        Ok(Self {
            der: der.to_vec(),
            digest_algorithms: signed_data.digest_algorithms,
            content: signed_data.content.to_vec(),
            tst_info: TstInfo::parse(signed_data.content)?,
            certificates: signed_data.certificates,
            signer: signed_data.signer,
        })
    }

    /// The embedded certificates, parsed one by one: one that cannot be read does not hide the others.
    pub fn parsed_certificates(&self) -> impl Iterator<Item = Result<Certificate, CertificateError>> {
        self.certificates.iter().map(|der| Certificate::parse(der))
    }
}

#[cfg(test)]
mod tests;
