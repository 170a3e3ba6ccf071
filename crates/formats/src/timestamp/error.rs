//! What can be wrong with a timestamp's form.

use std::borrow::Cow;

use crate::{
    fault::{Explanation, Fault, display_fault},
    hex,
    oid::{self, ObjectIdentifier},
};

/// Why bytes are not a timestamp that may be looked at further. One variant, one cause.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TimestampError {
    /// A required signed attribute is missing (B-28).
    AttributeMissing {
        /// The attribute, as its RFC names it
        attribute: &'static str,
    },
    /// A required signed attribute occurs twice, or has not exactly one value (B-28, RFC 5652 §11).
    AttributeNotSingle {
        /// The attribute
        oid: ObjectIdentifier,
    },
    /// The contentType attribute differs from `eContentType` (B-28).
    ContentTypeAttribute {
        /// The type found in the attribute
        found: ObjectIdentifier,
    },
    /// A `TSTInfo` extension is critical, and none is known.
    CriticalExtension {
        /// The extension
        oid: ObjectIdentifier,
    },
    /// `eContentType` is not `id-ct-TSTInfo` (B-26).
    EncapsulatedContentType {
        /// The type found
        found: ObjectIdentifier,
    },
    /// genTime is not a GeneralizedTime in Z (B-33).
    GenTime,
    /// The imprint's hash algorithm has parameters other than NULL (B-27).
    ImprintParameters {
        /// The parameters found, DER
        found: Vec<u8>,
    },
    /// Not strict DER, or not the structure of its RFC, at this field.
    Malformed {
        /// The field, as RFC 3161, 5652 or 5035 names it
        field: &'static str,
    },
    /// There is no token (B-25).
    NoToken,
    /// The `ContentInfo` is not `id-signedData` (B-26).
    NotSignedData {
        /// The type found
        found: ObjectIdentifier,
    },
    /// There are no signed attributes (B-28).
    NoSignedAttributes,
    /// Not exactly one `SignerInfo` (B-26).
    SignerCount {
        /// How many
        found: usize,
    },
    /// The request was not granted (B-25).
    Status {
        /// The `PKIStatus` found
        found: u32,
    },
    /// More bytes than the cap.
    TooLarge {
        /// The cap, in bytes
        limit: usize,
        /// The size, in bytes
        found: usize,
    },
    /// More parts than the cap.
    TooMany {
        /// Of what
        field: &'static str,
        /// The cap
        limit: usize,
    },
    /// Bytes stand behind the response (B-25).
    TrailingBytes {
        /// How many
        found: usize,
    },
    /// The `TSTInfo` is not version 1 (B-26).
    TstInfoVersion {
        /// The version found
        found: u32,
    },
}

impl TimestampError {
    /// Every code that [`Fault::code`] can give.
    pub const ALL_CODES: &[&str] = &[
        "timestamp-attribute-missing",
        "timestamp-attribute-not-single",
        "timestamp-content-type-attribute",
        "timestamp-critical-extension",
        "timestamp-encapsulated-content-type",
        "timestamp-gen-time",
        "timestamp-imprint-parameters",
        "timestamp-malformed",
        "timestamp-no-signed-attributes",
        "timestamp-no-token",
        "timestamp-not-signed-data",
        "timestamp-signer-count",
        "timestamp-status",
        "timestamp-too-large",
        "timestamp-too-many",
        "timestamp-trailing-bytes",
        "timestamp-tst-info-version",
    ];
}

impl Fault for TimestampError {
    fn explain(&self) -> Explanation<'_> {
        let (code, rule) = self.code_and_rule();
        let (path, expected, found) = self.particulars();
        Explanation { code, rule, path: path.map(Cow::Borrowed), expected, found }
    }
}

display_fault!(TimestampError);

impl TimestampError {
    fn code_and_rule(&self) -> (&'static str, &'static str) {
        match self {
            Self::AttributeMissing { .. } => ("timestamp-attribute-missing", "B-28"),
            Self::AttributeNotSingle { .. } => ("timestamp-attribute-not-single", "B-28"),
            Self::ContentTypeAttribute { .. } => ("timestamp-content-type-attribute", "B-28"),
            Self::CriticalExtension { .. } => ("timestamp-critical-extension", "B-26"),
            Self::EncapsulatedContentType { .. } => ("timestamp-encapsulated-content-type", "B-26"),
            Self::GenTime => ("timestamp-gen-time", "B-33"),
            Self::ImprintParameters { .. } => ("timestamp-imprint-parameters", "B-27"),
            Self::Malformed { .. } => ("timestamp-malformed", "B-26"),
            Self::NoSignedAttributes => ("timestamp-no-signed-attributes", "B-28"),
            Self::NoToken => ("timestamp-no-token", "B-25"),
            Self::NotSignedData { .. } => ("timestamp-not-signed-data", "B-26"),
            Self::SignerCount { .. } => ("timestamp-signer-count", "B-26"),
            Self::Status { .. } => ("timestamp-status", "B-25"),
            Self::TooLarge { .. } => ("timestamp-too-large", "A-16"),
            Self::TooMany { .. } => ("timestamp-too-many", "A-16"),
            Self::TrailingBytes { .. } => ("timestamp-trailing-bytes", "B-25"),
            Self::TstInfoVersion { .. } => ("timestamp-tst-info-version", "B-26"),
        }
    }

    /// Where, what was expected, what was found.
    fn particulars(&self) -> (Option<&'static str>, Cow<'static, str>, Cow<'static, str>) {
        match self {
            Self::AttributeMissing { attribute } => {
                (Some("signedAttrs"), (*attribute).into(), "no such attribute".into())
            }
            Self::AttributeNotSingle { oid } => {
                (Some("signedAttrs"), format!("one attribute {oid} with one value").into(), "more, or none".into())
            }
            Self::ContentTypeAttribute { found } => (
                Some("signedAttrs.contentType"),
                format!("{}, the type of the content", oid::TST_INFO).into(),
                found.to_string().into(),
            ),
            Self::CriticalExtension { oid } => {
                (Some("TSTInfo.extensions"), "no critical extension, for none is known".into(), oid.to_string().into())
            }
            Self::EncapsulatedContentType { found } => {
                (Some("eContentType"), format!("{} (TSTInfo)", oid::TST_INFO).into(), found.to_string().into())
            }
            Self::GenTime => (
                Some("genTime"),
                "a GeneralizedTime in Z, a fraction without trailing zeros".into(),
                "another value".into(),
            ),
            Self::ImprintParameters { found } => {
                (Some("messageImprint.hashAlgorithm"), "no parameters, or NULL".into(), hex::encode(found).into())
            }
            Self::Malformed { field } => {
                (Some(field), "the strict DER of RFC 3161 and RFC 5652".into(), "other bytes".into())
            }
            Self::NoSignedAttributes => (Some("signedAttrs"), "present".into(), "absent".into()),
            Self::NoToken => (Some("timeStampToken"), "present".into(), "absent".into()),
            Self::NotSignedData { found } => {
                (Some("contentType"), format!("{} (SignedData)", oid::SIGNED_DATA).into(), found.to_string().into())
            }
            Self::SignerCount { found } => (Some("signerInfos"), "exactly one".into(), found.to_string().into()),
            Self::Status { found } => {
                (Some("status"), "0 (granted) or 1 (grantedWithMods)".into(), found.to_string().into())
            }
            Self::TooLarge { limit, found } => {
                (None, format!("at most {limit} bytes").into(), format!("{found} bytes").into())
            }
            Self::TooMany { field, limit } => (Some(field), format!("at most {limit}").into(), "more".into()),
            Self::TrailingBytes { found } => (None, "nothing behind it".into(), format!("{found} more bytes").into()),
            Self::TstInfoVersion { found } => (Some("TSTInfo.version"), "1".into(), found.to_string().into()),
        }
    }
}
