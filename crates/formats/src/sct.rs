//! Signed certificate timestamps (RFC 6962 §3.2, §3.3), parsed and not believed.

use crate::fault::{Explanation, Fault, display_fault};
/// One signed certificate timestamp of version 1 (wire value 0).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedCertificateTimestamp {
    /// `sct_version`, always 0 (B-46)
    pub version: u8,
    /// Identifier of the log: SHA-256 of its key
    pub log_id: [u8; 32],
    /// Milliseconds since the Unix epoch
    pub timestamp_ms: u64,
    /// Extensions, which the log signed as well (B-48)
    pub extensions: Vec<u8>,
    /// TLS hash algorithm, always 4 = sha256 (B-46)
    pub hash_algorithm: u8,
    /// TLS signature algorithm: 3 = ecdsa, 1 = rsa (B-46)
    pub signature_algorithm: u8,
    /// The signature
    pub signature: Vec<u8>,
}

/// Why an SCT list is not one. One variant, one cause.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SctError {
    /// The extension is not one DER OCTET STRING (B-45).
    Extension,
    /// The hash is not sha256 (4).
    HashAlgorithm {
        /// The value found
        found: u8,
    },
    /// A length runs past the end, or bytes are left over (B-45, B-46).
    Length {
        /// The field, as RFC 6962 names it
        field: &'static str,
    },
    /// The signature algorithm is neither ecdsa (3) nor rsa (1).
    SignatureAlgorithm {
        /// The value found
        found: u8,
    },
    /// A field is too long for its length prefix in the signed data (B-48).
    TooLong {
        /// The field, as RFC 6962 names it
        field: &'static str,
        /// The most bytes that its prefix can say
        limit: usize,
        /// Its length in bytes
        found: usize,
    },
    /// More timestamps than the cap.
    TooMany {
        /// The cap
        limit: usize,
    },
    /// The version is not v1 (0).
    Version {
        /// The value found
        found: u8,
    },
}

/// Parses the octets of the SCT list extension: a DER OCTET STRING around a TLS list (B-45). An empty list is no SCT.
///
/// # Errors
/// [`SctError`] if anything is not exactly as RFC 6962 §3.3 has it.
pub fn parse_extension(_value: &[u8]) -> Result<Vec<SignedCertificateTimestamp>, SctError> {
    todo!()
}

/// The bytes that the log signed for a precertificate (B-48).
///
/// `issuer_spki_sha256` is the hash of the issuing certificate's key in the *verified* path; `tbs` comes from
/// [`crate::x509::Certificate::tbs_without_sct_list`].
///
/// # Errors
/// [`SctError::TooLong`] if a field does not fit its length prefix.
pub fn signed_data(
    _sct: &SignedCertificateTimestamp,
    _issuer_spki_sha256: [u8; 32],
    _tbs: &[u8],
) -> Result<Vec<u8>, SctError> {
    todo!()
}

impl SctError {
    /// Every code that [`Self::code`] can give.
    pub const ALL_CODES: &[&str] = &[
        "sct-extension",
        "sct-hash-algorithm",
        "sct-length",
        "sct-signature-algorithm",
        "sct-too-long",
        "sct-too-many",
        "sct-version",
    ];
}

impl Fault for SctError {
    fn explain(&self) -> Explanation<'_> {
        todo!()
    }
}

display_fault!(SctError);
