//! Trusted roots: the keys and authorities of one Sigstore instance (B-7 to B-15).

mod fault;
mod read;

pub use fault::{CODES, TrustedRootError};

use crate::field::Field;
use crate::json::{self, Limits};
use crate::limits::{MAX_TRUSTED_ROOT_BYTES, MAX_TRUSTED_ROOTS};
use crate::path::Path;
use crate::time::TimeRange;
use crate::{HashAlgorithm, PublicKeyDetails};

/// A parsed trusted root: pure structure, keys and certificates still undecoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedRoot {
    /// The media type as written, one of the three of B-7.
    pub media_type: String,
    /// The version that the media type names.
    pub version: TrustedRootVersion,
    /// Rekor logs.
    pub tlogs: Vec<LogInstance>,
    /// Certificate transparency logs.
    pub ctlogs: Vec<LogInstance>,
    /// Certificate authorities that issue signing certificates.
    pub certificate_authorities: Vec<Authority>,
    /// RFC 3161 timestamp authorities.
    pub timestamp_authorities: Vec<Authority>,
}

/// Version of the trusted root format (B-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrustedRootVersion {
    /// 0.1, in either spelling.
    V0_1,
    /// 0.2: may hold `operator` and `checkpointKeyId` (B-8).
    V0_2,
}

/// A transparency log (B-11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogInstance {
    /// Base URL; empty when absent. Its host names the log in checkpoints.
    pub base_url: String,
    /// Always SHA-256 (B-11).
    pub hash_algorithm: HashAlgorithm,
    /// The log's key.
    pub public_key: LogPublicKey,
    /// The id as written, never empty. To be recomputed from the key and compared (B-11).
    pub log_id: Vec<u8>,
    /// The key id in checkpoints, where written; kept beside `log_id`, never instead of it (B-8).
    pub checkpoint_key_id: Option<Vec<u8>>,
    /// Who runs it; instances of one operator count once in a threshold (B-4, B-8).
    pub operator: Option<String>,
    /// Where it is in the file, e.g. `$.tlogs[1]`.
    pub path: String,
}

/// Key of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPublicKey {
    /// SPKI DER, or PKCS#1 `RSAPublicKey` DER for the two `PKCS1_*` details.
    pub raw_bytes: Vec<u8>,
    /// Encoding and signature scheme (B-12).
    pub key_details: PublicKeyDetails,
    /// When the key was in use; its start is mandatory (B-10).
    pub valid_for: TimeRange,
}

/// A certificate or timestamp authority (B-13, B-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Organisation of the subject, as the file says; empty when absent.
    pub organization: String,
    /// Common name of the subject, as the file says; empty when absent.
    pub common_name: String,
    /// Address of the authority; empty when absent. Never fetched.
    pub uri: String,
    /// DER certificates leaf-ward first, the last is the trust anchor; never empty.
    pub cert_chain: Vec<Vec<u8>>,
    /// When the authority was in use: bounds the time of signing (B-13).
    pub valid_for: TimeRange,
    /// Who runs it (B-8).
    pub operator: Option<String>,
    /// Where it is in the file, e.g. `$.certificateAuthorities[0]`.
    pub path: String,
}

impl TrustedRootVersion {
    /// The version behind one of the three media types; exact, no other spelling (B-7).
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/vnd.dev.sigstore.trustedroot+json;version=0.1"
            | "application/vnd.dev.sigstore.trustedroot.v0.1+json" => Some(Self::V0_1),
            "application/vnd.dev.sigstore.trustedroot.v0.2+json" => Some(Self::V0_2),
            _ => None,
        }
    }
}

impl TrustedRoot {
    /// Reads one trusted root.
    ///
    /// # Errors
    /// Malformed JSON, another media type, a log or authority that lacks what B-10 to B-14 demand.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustedRootError> {
        let value = json::parse(bytes, LIMITS)?;
        read::trusted_root(&Field::root(&value))
    }

    /// Reads a file with one trusted root, or with one a line (D-34).
    ///
    /// Each is its own world; they are never merged (B-3).
    ///
    /// # Errors
    /// As [`TrustedRoot::parse`], for the first root that fails; more than 16.
    pub fn parse_many(bytes: &[u8]) -> Result<Vec<Self>, TrustedRootError> {
        match json::parse(bytes, LIMITS) {
            Ok(value) => Ok(vec![read::trusted_root(&Field::root(&value))?]),
            Err(json::Error::TrailingData(_)) => {
                let lines = json::parse_lines(bytes, LIMITS, MAX_TRUSTED_ROOTS)?;
                let root =
                    |(line, value): &(usize, json::Value)| read::trusted_root(&Field::at(value, Path::line(*line)));
                lines.iter().map(root).collect()
            }
            Err(error) => Err(error.into()),
        }
    }
}

const LIMITS: Limits = Limits::of_size(MAX_TRUSTED_ROOT_BYTES);
