//! Bodies of Rekor log entries, v1 and v2 (B-72, B-73, B.13).
//!
//! A body is what the log signed. It binds a log entry to a bundle only through the comparisons of
//! B.13, which `verify` makes; here it gets a shape.

mod fault;
mod read;

pub use fault::{BodyError, CODES};

use core::fmt;

use crate::field::{Field, FieldError, Object};
use crate::json::{self, Limits};
use crate::limits::MAX_BODY_BYTES;
use crate::path::quoted;
use crate::{HashAlgorithm, PublicKeyDetails};

/// A parsed log entry body of a kind and version that this verifier knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryBody {
    /// `hashedrekord` 0.0.1 (Rekor v1).
    HashedRekord001(HashedRekord001),
    /// `dsse` 0.0.1 (Rekor v1).
    Dsse001(Dsse001),
    /// `intoto` 0.0.1 (Rekor v1): names no signature, so binds weakly; refused by default (B.13).
    Intoto001(Intoto001),
    /// `intoto` 0.0.2 (Rekor v1).
    Intoto002(Intoto002),
    /// `hashedrekord` 0.0.2 (Rekor v2, B-72).
    HashedRekord002(HashedRekord002),
}

/// `hashedrekord` 0.0.1: the signature of an artifact known by its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedRekord001 {
    /// Digest of the artifact.
    pub digest: Digest,
    /// Signature bytes, not empty.
    pub signature: Vec<u8>,
    /// Who signed.
    pub verifier: Verifier,
}

/// `dsse` 0.0.1: a DSSE envelope with exactly one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dsse001 {
    /// Signature bytes, decoded from the string in the envelope (B-85).
    pub signature: Vec<u8>,
    /// Who signed.
    pub verifier: Verifier,
    /// SHA-256 of the payload bytes.
    pub payload_hash: Digest,
    /// SHA-256 of the envelope's JSON as uploaded; cannot be recomputed (B.13).
    pub envelope_hash: Option<Digest>,
}

/// `intoto` 0.0.1: holds no signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intoto001 {
    /// Who signed.
    pub verifier: Verifier,
    /// SHA-256 of the envelope's JSON as uploaded; cannot be recomputed.
    pub content_hash: Option<Digest>,
    /// SHA-256 of the payload bytes.
    pub payload_hash: Option<Digest>,
}

/// `intoto` 0.0.2: a DSSE envelope with exactly one signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intoto002 {
    /// Signature bytes, after both layers of base64 (B.13).
    pub signature: Vec<u8>,
    /// Who signed.
    pub verifier: Verifier,
    /// SHA-256 of the payload bytes.
    pub payload_hash: Digest,
    /// SHA-256 of the envelope as the client gave it; unverifiable.
    pub content_hash: Option<Digest>,
    /// Payload type of the envelope.
    pub payload_type: String,
    /// Key id of the envelope's signature; `None` when absent or empty.
    pub keyid: Option<String>,
}

/// `hashedrekord` 0.0.2: the signature of an artifact, or of a DSSE envelope's PAE (B-73, B-74).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedRekord002 {
    /// Digest of the artifact, or of the PAE.
    pub digest: Digest,
    /// Signature bytes, not empty.
    pub signature: Vec<u8>,
    /// Key encoding and signature scheme that the log recorded (B-76).
    pub key_details: PublicKeyDetails,
    /// Who signed.
    pub verifier: Verifier,
}

/// A digest with its algorithm; its length fits the algorithm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The hash function.
    pub algorithm: HashAlgorithm,
    /// The digest.
    pub bytes: Vec<u8>,
}

/// What a log entry names as the signer, in DER (B-83).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verifier {
    /// An X.509 certificate.
    Certificate(Vec<u8>),
    /// A public key, SPKI.
    PublicKey(Vec<u8>),
}

/// The two members by which a body names its own type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryType {
    /// `kind`, e.g. `hashedrekord`.
    pub kind: String,
    /// `apiVersion`, e.g. `0.0.1`.
    pub version: String,
}

impl EntryType {
    /// Reads `kind` and `apiVersion` of a body.
    pub(crate) fn read(body: &Object<'_>) -> Result<Self, FieldError> {
        Ok(Self {
            kind: body.required("kind")?.filled_string()?.to_owned(),
            version: body.required("apiVersion")?.filled_string()?.to_owned(),
        })
    }
}

/// As `hashedrekord 0.0.1`; a kind or version of strange characters is quoted.
impl fmt::Display for EntryType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |text: &str| {
            text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
        };
        let shown = |text: &str| {
            if plain(text) { text.to_owned() } else { quoted(text) }
        };
        write!(f, "{} {}", shown(&self.kind), shown(&self.version))
    }
}

impl EntryBody {
    /// Reads the body of a log entry: the exact `canonicalizedBody` bytes.
    ///
    /// Base64 inside is strict standard base64, PEM is strict (B-83), duplicate keys are
    /// refused and unknown members ignored (B-87).
    ///
    /// # Errors
    /// Malformed JSON, a kind or version without support, a member missing or malformed.
    pub fn parse(body: &[u8]) -> Result<Self, BodyError> {
        let value = json::parse(body, Limits::of_size(MAX_BODY_BYTES)).map_err(BodyError::Json)?;
        read::body(&Field::root(&value).object()?)
    }

    /// Kind and version of the body, e.g. `("hashedrekord", "0.0.1")`.
    #[must_use]
    pub fn entry_type(&self) -> (&'static str, &'static str) {
        match self {
            Self::HashedRekord001(_) => ("hashedrekord", "0.0.1"),
            Self::Dsse001(_) => ("dsse", "0.0.1"),
            Self::Intoto001(_) => ("intoto", "0.0.1"),
            Self::Intoto002(_) => ("intoto", "0.0.2"),
            Self::HashedRekord002(_) => ("hashedrekord", "0.0.2"),
        }
    }

    /// Whether this is a Rekor v2 entry. The body alone decides, never a checkpoint's text (B-78).
    #[must_use]
    pub fn is_rekor_v2(&self) -> bool {
        matches!(self, Self::HashedRekord002(_))
    }

    /// Who signed, as the log recorded it.
    #[must_use]
    pub fn verifier(&self) -> &Verifier {
        match self {
            Self::HashedRekord001(body) => &body.verifier,
            Self::Dsse001(body) => &body.verifier,
            Self::Intoto001(body) => &body.verifier,
            Self::Intoto002(body) => &body.verifier,
            Self::HashedRekord002(body) => &body.verifier,
        }
    }
}
