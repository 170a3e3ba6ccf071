//! DSSE envelopes and the bytes that their signatures cover (B-94, B-95).

use crate::field::{Field, FieldError};
use crate::json::{self, Limits};
use crate::limits::{MAX_BUNDLE_BYTES, MAX_ENVELOPE_SIGNATURES};
use crate::{Explanation, Fault};

/// A parsed DSSE envelope. Nothing in it is believed; `payload` is not to be read before a signature
/// over [`pre_authentication_encoding`] has been verified (DSSE protocol, "Important").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Media type of the payload, signed, e.g. `application/vnd.in-toto+json`.
    pub payload_type: String,
    /// The exact payload bytes; may be empty.
    pub payload: Vec<u8>,
    /// In a bundle exactly one (A.4); in a bare envelope one or more.
    pub signatures: Vec<EnvelopeSignature>,
}

/// One signature of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeSignature {
    /// Signature bytes, never empty.
    pub sig: Vec<u8>,
    /// Unauthenticated hint, empty when absent; never used for a decision (B-95).
    pub keyid: String,
}

/// The bytes that a DSSE signature covers: `DSSEv1 SP len(type) SP type SP len(body) SP body`, lengths
/// in bytes (B-94).
#[must_use]
pub fn pre_authentication_encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let header = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    let mut encoded = header.into_bytes();
    encoded.extend_from_slice(payload);
    encoded
}

impl Envelope {
    /// Reads a bare envelope, one JSON object `{payloadType, payload, signatures}`.
    ///
    /// # Errors
    /// Malformed JSON, a missing or mistyped member, no signature or too many.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let value = json::parse(bytes, Limits::of_size(MAX_BUNDLE_BYTES)).map_err(EnvelopeError::Json)?;
        Self::from_value(&value)
    }

    /// As [`Envelope::parse`], for an envelope that is part of a larger document.
    ///
    /// # Errors
    /// As [`Envelope::parse`]; paths start at `$`, the envelope itself.
    pub fn from_value(value: &json::Value) -> Result<Self, EnvelopeError> {
        let envelope = Self::read(&Field::root(value), &mut Vec::new()).map_err(EnvelopeError::Field)?;
        if envelope.signatures.is_empty() {
            return Err(EnvelopeError::NoSignature);
        }
        Ok(envelope)
    }

    /// Reads an envelope with any number of signatures up to the cap; each one is not empty.
    pub(crate) fn read(field: &Field<'_>, unknown: &mut Vec<String>) -> Result<Self, FieldError> {
        let object = field.object()?;
        object.collect_unknown(&["payload", "payloadType", "signatures"], unknown);
        let payload = object.required("payload")?.bytes()?;
        let payload_type = object.required("payloadType")?.filled_string()?.to_owned();
        let fields = object.list("signatures", MAX_ENVELOPE_SIGNATURES)?;
        let mut signatures = Vec::with_capacity(fields.len());
        for field in fields {
            let signature = field.object()?;
            signature.collect_unknown(&["sig", "keyid"], unknown);
            signatures.push(EnvelopeSignature {
                sig: signature.required("sig")?.filled_bytes()?,
                keyid: signature.string_or_empty("keyid")?,
            });
        }
        Ok(Self { payload_type, payload, signatures })
    }

    /// The bytes that each signature covers.
    #[must_use]
    pub fn pre_authentication_encoding(&self) -> Vec<u8> {
        pre_authentication_encoding(&self.payload_type, &self.payload)
    }
}

/// Why an envelope was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// No signature at all.
    NoSignature,
}

/// Every code of [`EnvelopeError`] that is its own.
pub const CODES: &[&str] = &["envelope-no-signature"];

impl Fault for EnvelopeError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::NoSignature => Explanation::new("envelope-no-signature", "A-21")
                .at("$.signatures")
                .expected("at least one signature")
                .found("none"),
        }
    }
}
crate::fault::display_fault!(EnvelopeError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_94_the_specification_s_vector() {
        let encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn b_94_lengths_are_in_bytes() {
        assert_eq!(pre_authentication_encoding("\u{e9}", b""), "DSSEv1 2 \u{e9} 0 ".as_bytes());
    }
}
