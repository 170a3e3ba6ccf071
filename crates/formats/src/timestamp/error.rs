//! What can be wrong with a timestamp's form.

use crate::fault::{Explanation, Fault, display_fault};
use crate::oid::ObjectIdentifier;

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
    /// Every code that [`Self::code`] can give.
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
        todo!()
    }
}

display_fault!(TimestampError);
