//! What can be wrong with a certificate's form.

use crate::fault::{Explanation, Fault, display_fault};
use crate::oid::ObjectIdentifier;

/// Why bytes are not a certificate that may be looked at further. One variant, one cause.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CertificateError {
    /// The outer and the inner signature algorithm differ (RFC 5280 §4.1.1.2).
    AlgorithmMismatch {
        /// The inner, signed one
        inner: ObjectIdentifier,
        /// The outer, unsigned one
        outer: ObjectIdentifier,
    },
    /// An extension occurs twice (C-1, RFC 5280 §4.2).
    DuplicateExtension {
        /// The extension
        oid: ObjectIdentifier,
    },
    /// A well-known extension does not hold what its RFC says.
    ExtensionMalformed {
        /// The extension
        oid: ObjectIdentifier,
        /// What it must hold
        expected: &'static str,
    },
    /// Not strict DER, or not the structure of RFC 5280 §4.1, at this field.
    Malformed {
        /// The field, as RFC 5280 names it
        field: &'static str,
    },
    /// A PEM block of certificates is not one (RFC 7468).
    Pem {
        /// What a PEM certificate must have there
        expected: &'static str,
        /// Number of the block, from 1
        block: usize,
    },
    /// The signature BIT STRING has unused bits.
    SignatureUnusedBits {
        /// How many
        found: u8,
    },
    /// A validity time is not a UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 wants it.
    Time {
        /// `notBefore` or `notAfter`
        field: &'static str,
    },
    /// More bytes than the cap.
    TooLarge {
        /// The cap, in bytes
        limit: usize,
        /// The size, in bytes
        found: usize,
    },
    /// More parts than the cap: extensions, names, certificates.
    TooMany {
        /// Of what
        field: &'static str,
        /// The cap
        limit: usize,
    },
    /// Bytes stand behind the certificate.
    TrailingBytes {
        /// How many
        found: usize,
    },
    /// Not version 3.
    Version {
        /// The version's number (1 if it was absent)
        found: u32,
    },
}

impl CertificateError {
    /// Every code that [`Self::code`] can give.
    pub const ALL_CODES: &[&str] = &[
        "certificate-algorithm-mismatch",
        "certificate-duplicate-extension",
        "certificate-extension-malformed",
        "certificate-malformed",
        "certificate-pem",
        "certificate-signature-unused-bits",
        "certificate-time",
        "certificate-too-large",
        "certificate-too-many",
        "certificate-trailing-bytes",
        "certificate-version",
    ];
}

impl Fault for CertificateError {
    fn explain(&self) -> Explanation<'_> {
        todo!()
    }
}

display_fault!(CertificateError);
