//! Sigstore bundles, v0.1 to v0.3 (spec A).

mod fault;
mod read;

pub use fault::{BundleError, BundleFault, BundlePart, CODES};

use crate::HashAlgorithm;
use crate::dsse::Envelope;
use crate::field::{Field, FieldError};
use crate::json::{self, Limits};
use crate::limits::MAX_BUNDLE_BYTES;

/// A parsed bundle. Its shape keeps every rule of A.4 and A.5 that needs no crypto; not a byte of it is
/// believed. That each certificate is one DER certificate is for the X.509 reader to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The version that the media type names. Not signed: nothing may be weaker for it.
    pub version: BundleVersion,
    /// The media type as written, one of the four of A-4; empty where the evidence was of another form.
    pub media_type: String,
    /// Key material, log entries and timestamps.
    pub material: VerificationMaterial,
    /// What was signed.
    pub content: Content,
    /// Paths of members that no rule knows: not covered by verification.
    pub unknown_fields: Vec<String>,
    /// Promises and timestamps whose base64 is not as A-8 wants it, though it can be read. A bundle with any of them is
    /// refused by the check of its form; the bytes are kept so that the other checks can speak too.
    pub irregular: Vec<FieldError>,
}

/// Version of the bundle format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundleVersion {
    /// 0.1: entries carry an inclusion promise.
    V0_1,
    /// 0.2: entries carry an inclusion proof with a checkpoint.
    V0_2,
    /// 0.3: as 0.2, and a single certificate instead of a chain.
    V0_3,
}

impl BundleVersion {
    /// The version behind one of the four media types; exact, no other spelling.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/vnd.dev.sigstore.bundle+json;version=0.1" => Some(Self::V0_1),
            "application/vnd.dev.sigstore.bundle+json;version=0.2" => Some(Self::V0_2),
            "application/vnd.dev.sigstore.bundle+json;version=0.3"
            | "application/vnd.dev.sigstore.bundle.v0.3+json" => Some(Self::V0_3),
            _ => None,
        }
    }

    /// The version as people write it, e.g. `0.3`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V0_1 => "0.1",
            Self::V0_2 => "0.2",
            Self::V0_3 => "0.3",
        }
    }
}

/// Everything in a bundle beside what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationMaterial {
    /// Whose key made the signature.
    pub key: KeyMaterial,
    /// Transparency log entries, 0 to 32, no two alike.
    pub tlog_entries: Vec<LogEntry>,
    /// RFC 3161 `TimeStampResp` DER each, 0 to 32, no two alike.
    pub timestamps: Vec<Vec<u8>>,
}

/// Whose key made the signature: exactly one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyMaterial {
    /// A single leaf certificate, DER.
    Certificate(Vec<u8>),
    /// Leaf first, DER each; never empty. Certificates after the first are strictly untrusted.
    CertificateChain(Vec<Vec<u8>>),
    /// An unauthenticated hint at a key that the person has to give; may be empty.
    PublicKeyHint(String),
}

impl KeyMaterial {
    /// The leaf certificate, DER; `None` for a managed key.
    #[must_use]
    pub fn leaf(&self) -> Option<&[u8]> {
        match self {
            Self::Certificate(der) => Some(der),
            Self::CertificateChain(chain) => chain.first().map(Vec::as_slice),
            Self::PublicKeyHint(_) => None,
        }
    }

    /// Where the leaf, or the hint, is in the bundle.
    #[must_use]
    pub fn path(&self) -> &'static str {
        match self {
            Self::Certificate(_) => "$.verificationMaterial.certificate.rawBytes",
            Self::CertificateChain(_) => "$.verificationMaterial.x509CertificateChain.certificates[0].rawBytes",
            Self::PublicKeyHint(_) => "$.verificationMaterial.publicKey.hint",
        }
    }
}

/// One transparency log entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Index in the whole log, over all shards; 0 when absent.
    pub log_index: u64,
    /// `logId.keyId`, never empty: names the log, proves nothing.
    pub log_id: Vec<u8>,
    /// `kindVersion.kind`, equal to the body's.
    pub kind: String,
    /// `kindVersion.version`, equal to the body's `apiVersion`.
    pub version: String,
    /// Unix seconds, never negative; 0 when absent. A time only under a verified SET (H-10).
    pub integrated_time: i64,
    /// Signed entry timestamp (SET).
    pub inclusion_promise: Option<Vec<u8>>,
    /// Merkle inclusion proof with its checkpoint.
    pub inclusion_proof: Option<InclusionProof>,
    /// The exact bytes that the log holds; a JSON object, never empty.
    pub canonicalized_body: Vec<u8>,
    /// Where it is in the bundle, e.g. `$.verificationMaterial.tlogEntries[0]`.
    pub path: String,
}

/// Merkle inclusion proof (B.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    /// Index in the tree (the shard) that the proof is for; 0 when absent.
    pub log_index: u64,
    /// Root hash as claimed; to be compared with the checkpoint's.
    pub root_hash: Option<[u8; 32]>,
    /// Size of the tree that the proof is for; 0 when absent.
    pub tree_size: u64,
    /// Audit path, leaf-ward first, at most 64.
    pub hashes: Vec<[u8; 32]>,
    /// The signed note over the tree head, never empty.
    pub checkpoint: String,
}

/// What was signed: exactly one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A signature over an artifact's bytes.
    Message(MessageSignature),
    /// A DSSE envelope with exactly one signature.
    Dsse(Envelope),
}

/// A signature over an artifact's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSignature {
    /// Unauthenticated hint at the artifact's digest.
    pub digest: Option<MessageDigest>,
    /// Signature bytes, not empty.
    pub signature: Vec<u8>,
}

/// The digest that a message signature claims its artifact has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageDigest {
    /// The hash function.
    pub algorithm: HashAlgorithm,
    /// The digest; its length fits the algorithm.
    pub bytes: Vec<u8>,
}

impl Bundle {
    /// Reads a bundle of any of the four media types, in the order of A.5.
    ///
    /// # Errors
    /// The first rule that the bytes break; see [`BundleFault`]. The error keeps the media type, where
    /// one was read, so that a refusal can still say what was refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let value = json::parse(bytes, Limits::of_size(MAX_BUNDLE_BYTES))?;
        Self::from_value(&value)
    }

    /// As [`Bundle::parse`], for a bundle that is part of a larger document.
    ///
    /// # Errors
    /// As [`Bundle::parse`]; paths start at `$`, the bundle itself.
    pub fn from_value(value: &json::Value) -> Result<Self, BundleError> {
        read::bundle(&Field::root(value))
    }

    /// Evidence of another form as a bundle of v0.3 (G-4): an envelope with one signature, its key and log entries.
    pub(crate) fn converted(
        key: KeyMaterial,
        envelope: Envelope,
        entries: &[Field<'_>],
        unknown: Vec<String>,
    ) -> Result<Self, BundleFault> {
        read::converted(key, envelope, entries, unknown)
    }
}
