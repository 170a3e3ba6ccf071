//! DSSE envelopes and the bytes that their signatures cover (B-94, B-95).

use crate::fault::Explanation;
use crate::field::FieldError;
use crate::{Fault, json};

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
    let header = format!(
        "DSSEv1 {} {payload_type} {} ",
        payload_type.len(),
        payload.len()
    );
    let mut encoded = header.into_bytes();
    encoded.extend_from_slice(payload);
    encoded
}

impl Envelope {
    /// Reads a bare envelope, one JSON object `{payloadType, payload, signatures}`.
    ///
    /// # Errors
    /// Malformed JSON, a missing or mistyped member, no signature or too many.
    pub fn parse(_bytes: &[u8]) -> Result<Self, EnvelopeError> {
        todo!()
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
}

impl Fault for EnvelopeError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
        }
    }
}
crate::fault::display_fault!(EnvelopeError);
