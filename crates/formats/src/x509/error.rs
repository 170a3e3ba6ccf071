//! What can be wrong with a certificate's form.

use std::borrow::Cow;

use crate::{
    fault::{Explanation, Fault, display_fault},
    oid::ObjectIdentifier,
};

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
    /// Every code that [`Fault::code`] can give.
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
        let (code, rule) = self.code_and_rule();
        let (path, expected, found) = self.particulars();
        Explanation { code, rule, path, expected, found }
    }
}

display_fault!(CertificateError);

impl CertificateError {
    fn code_and_rule(&self) -> (&'static str, &'static str) {
        match self {
            Self::AlgorithmMismatch { .. } => ("certificate-algorithm-mismatch", "B-37"),
            Self::DuplicateExtension { .. } => ("certificate-duplicate-extension", "C-1"),
            Self::ExtensionMalformed { .. } => ("certificate-extension-malformed", "C-1"),
            Self::Malformed { .. } => ("certificate-malformed", "A-20"),
            Self::Pem { .. } => ("certificate-pem", "A-20"),
            Self::SignatureUnusedBits { .. } => ("certificate-signature-unused-bits", "A-20"),
            Self::Time { .. } => ("certificate-time", "A-20"),
            Self::TooLarge { .. } => ("certificate-too-large", "A-16"),
            Self::TooMany { .. } => ("certificate-too-many", "A-16"),
            Self::TrailingBytes { .. } => ("certificate-trailing-bytes", "A-20"),
            Self::Version { .. } => ("certificate-version", "A-20"),
        }
    }

    /// Where, what was expected, what was found.
    fn particulars(&self) -> (Option<Cow<'_, str>>, Cow<'_, str>, Cow<'_, str>) {
        match self {
            Self::AlgorithmMismatch { inner, outer } => (
                Some("signatureAlgorithm".into()),
                format!("the signed algorithm identifier, {inner}").into(),
                format!("{outer}, or other parameters").into(),
            ),
            Self::DuplicateExtension { oid } => (at_extension(oid), "one such extension".into(), "a second one".into()),
            Self::ExtensionMalformed { oid, expected } => {
                (at_extension(oid), (*expected).into(), "another value".into())
            }
            Self::Malformed { field } => {
                (Some((*field).into()), "the strict DER of RFC 5280".into(), "other bytes".into())
            }
            Self::Pem { expected, block } => {
                (Some(format!("PEM block {block}").into()), (*expected).into(), "other text".into())
            }
            Self::SignatureUnusedBits { found } => {
                (Some("signatureValue".into()), "no unused bits".into(), format!("{found} unused bits").into())
            }
            Self::Time { field } => (
                Some((*field).into()),
                "a UTCTime or GeneralizedTime in whole seconds and in Z".into(),
                "another value".into(),
            ),
            Self::TooLarge { limit, found } => {
                (None, format!("at most {limit} bytes").into(), format!("{found} bytes").into())
            }
            Self::TooMany { field, limit } => (Some((*field).into()), format!("at most {limit}").into(), "more".into()),
            Self::TrailingBytes { found } => {
                (None, "nothing behind the certificate".into(), format!("{found} more bytes").into())
            }
            Self::Version { found } => (Some("version".into()), "version 3".into(), format!("version {found}").into()),
        }
    }
}

fn at_extension(oid: &ObjectIdentifier) -> Option<Cow<'static, str>> {
    Some(format!("extension {oid}").into())
}
