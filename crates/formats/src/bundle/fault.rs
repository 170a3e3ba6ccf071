//! Why a bundle is refused.

use super::BundleVersion;
use crate::fault::display_fault;
use crate::field::FieldError;
use crate::limits::{MAX_LOG_ENTRIES, MAX_TIMESTAMPS};
use crate::path::{Path, quoted};
use crate::rekor::EntryType;
use crate::{Explanation, Fault, json};

/// A refused bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleError {
    /// The media type as written, if the input got that far.
    pub media_type: Option<String>,
    /// What is wrong.
    pub fault: BundleFault,
}

impl BundleError {
    /// The part of the bundle that is wrong, so that a report can lay a refusal at the check that
    /// looks at this part.
    #[must_use]
    pub fn part(&self) -> BundlePart {
        if matches!(self.fault, BundleFault::Json(_)) {
            return BundlePart::Document;
        }
        let path = self.path().unwrap_or_default();
        // Only members that the reader knows occur in these paths: no key of the input can pose as one.
        PARTS
            .iter()
            .find(|(member, _)| path.contains(member))
            .map_or_else(|| self.part_of_top_level(), |(_, part)| *part)
    }

    fn part_of_top_level(&self) -> BundlePart {
        match self.fault {
            BundleFault::TwoContents | BundleFault::NoContent => BundlePart::Content,
            BundleFault::SeveralKeyMaterials { .. } | BundleFault::NoKeyMaterial => BundlePart::KeyMaterial,
            _ => BundlePart::Document,
        }
    }
}

/// Innermost members first.
const PARTS: &[(&str, BundlePart)] = &[
    (".timestampVerificationData", BundlePart::Timestamps),
    (".inclusionPromise", BundlePart::InclusionPromise),
    (".checkpoint", BundlePart::Checkpoint),
    (".inclusionProof", BundlePart::InclusionProof),
    (".canonicalizedBody", BundlePart::LogBody),
    (".tlogEntries", BundlePart::LogEntry),
    (".messageSignature", BundlePart::Content),
    (".dsseEnvelope", BundlePart::Content),
    (".publicKey", BundlePart::KeyMaterial),
    (".x509CertificateChain", BundlePart::KeyMaterial),
    (".certificate", BundlePart::KeyMaterial),
];

/// A part of a bundle, see [`BundleError::part`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BundlePart {
    /// The document itself: its JSON, its media type, its outermost members.
    Document,
    /// Certificate, chain or public key.
    KeyMaterial,
    /// Message signature or DSSE envelope.
    Content,
    /// A log entry as a whole: its index, log id, type, or how many there are.
    LogEntry,
    /// The body of a log entry.
    LogBody,
    /// A signed entry timestamp.
    InclusionPromise,
    /// An inclusion proof.
    InclusionProof,
    /// The checkpoint of an inclusion proof.
    Checkpoint,
    /// The RFC 3161 timestamps.
    Timestamps,
}

/// Why a bundle was refused: one variant a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BundleFault {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// No `mediaType`: not a bundle at all.
    NoMediaType,
    /// The media type is none of the four.
    UnknownMediaType {
        /// The media type found.
        found: String,
    },
    /// Both `messageSignature` and `dsseEnvelope`.
    TwoContents,
    /// Neither `messageSignature` nor `dsseEnvelope`.
    NoContent,
    /// More than one of `publicKey`, `x509CertificateChain`, `certificate`.
    SeveralKeyMaterials {
        /// Those present.
        found: Vec<&'static str>,
    },
    /// None of `publicKey`, `x509CertificateChain`, `certificate`.
    NoKeyMaterial,
    /// A certificate chain in a v0.3 bundle (A.4).
    ChainInV03,
    /// A certificate chain without certificates.
    EmptyChain,
    /// A message digest whose length does not fit its algorithm.
    DigestLength {
        /// Where.
        path: Path,
        /// Bytes that the algorithm makes.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// A DSSE envelope with another number of signatures than one.
    SignatureCount {
        /// Signatures found.
        found: usize,
    },
    /// The hint of a managed key is not the envelope's key id.
    HintIsNotKeyid {
        /// `publicKey.hint`.
        hint: String,
        /// `signatures[0].keyid`.
        keyid: String,
    },
    /// More than 32 log entries.
    TooManyLogEntries {
        /// Entries found.
        found: usize,
    },
    /// More than 32 timestamps.
    TooManyTimestamps {
        /// Timestamps found.
        found: usize,
    },
    /// Two log entries with one log id and index.
    DuplicateLogEntry {
        /// The earlier one.
        first: usize,
        /// The later one.
        second: usize,
    },
    /// Two timestamps with the same bytes.
    DuplicateTimestamp {
        /// The earlier one.
        first: usize,
        /// The later one.
        second: usize,
    },
    /// A log entry of a v0.1 bundle without inclusion promise (A.4, A-17).
    NoInclusionPromise {
        /// Which entry.
        index: usize,
    },
    /// A log entry of a v0.2 or v0.3 bundle without inclusion proof (A.4, A-17).
    NoInclusionProof {
        /// Which entry.
        index: usize,
        /// The bundle's version.
        version: BundleVersion,
    },
    /// An inclusion proof without checkpoint, which proves nothing (A-18, H-8).
    ProofWithoutCheckpoint {
        /// Which entry.
        index: usize,
        /// The bundle's version.
        version: BundleVersion,
    },
    /// A root hash or audit path hash that is no SHA-256 hash (B-11).
    HashLength {
        /// Where.
        path: Path,
        /// Bytes found.
        found: usize,
    },
    /// An envelope outside of a bundle without a signature.
    Unsigned {
        /// Where the signatures would be.
        path: Path,
    },
    /// Evidence of another form that holds no signed statement (H-16).
    Empty {
        /// The form, in words.
        form: &'static str,
    },
    /// Payloads that more signatures share than are read.
    TooManyCopies {
        /// Where the signatures are.
        path: Path,
    },
    /// A log entry body that is not JSON.
    BodyNotJson {
        /// Which entry.
        index: usize,
        /// Why not.
        error: json::Error,
    },
    /// A log entry body of another type than `kindVersion` says (A-24, H-5).
    BodyOfOtherType {
        /// Which entry.
        index: usize,
        /// What `kindVersion` says.
        claimed: Box<EntryType>,
        /// What the body says.
        found: Box<EntryType>,
    },
}

/// Every code of [`BundleFault`] that is its own; those of JSON and of members come on top.
pub const CODES: &[&str] = &[
    "bundle-no-media-type",
    "bundle-unknown-media-type",
    "bundle-two-contents",
    "bundle-no-content",
    "bundle-several-key-materials",
    "bundle-no-key-material",
    "bundle-chain-in-v03",
    "bundle-empty-chain",
    "bundle-digest-length",
    "bundle-signature-count",
    "bundle-hint-is-not-keyid",
    "bundle-too-many-log-entries",
    "bundle-too-many-timestamps",
    "bundle-duplicate-log-entry",
    "bundle-duplicate-timestamp",
    "bundle-no-inclusion-promise",
    "bundle-no-inclusion-proof",
    "bundle-proof-without-checkpoint",
    "bundle-hash-length",
    "bundle-body-not-json",
    "bundle-body-of-other-type",
    "evidence-empty",
    "evidence-too-many-signatures",
];

impl Fault for BundleError {
    fn explain(&self) -> Explanation<'_> {
        self.fault.explain()
    }
}

impl Fault for BundleFault {
    // One long table on purpose: the compiler keeps it complete.
    fn explain(&self) -> Explanation<'_> {
        let entry = |index: &usize, member: &str| format!("{MATERIAL}.tlogEntries[{index}]{member}");
        let timestamps = || format!("{MATERIAL}.timestampVerificationData.rfc3161Timestamps");
        let one_content = "one of messageSignature and dsseEnvelope";
        let one_key = "one of publicKey, x509CertificateChain and certificate";
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::NoMediaType => Explanation::new("bundle-no-media-type", "A-19")
                .at("$.mediaType")
                .expected("the media type of a Sigstore bundle")
                .found("nothing"),
            Self::UnknownMediaType { found } => Explanation::new("bundle-unknown-media-type", "A-4")
                .at("$.mediaType")
                .expected("the media type of a Sigstore bundle of version 0.1, 0.2 or 0.3")
                .found(quoted(found)),
            Self::TwoContents => {
                Explanation::new("bundle-two-contents", "A-13").at("$").expected(one_content).found("both")
            }
            Self::NoContent => {
                Explanation::new("bundle-no-content", "A-13").at("$").expected(one_content).found("neither")
            }
            Self::SeveralKeyMaterials { found } => Explanation::new("bundle-several-key-materials", "A-13")
                .at(MATERIAL)
                .expected(one_key)
                .found(found.join(" and ")),
            Self::NoKeyMaterial => {
                Explanation::new("bundle-no-key-material", "A-13").at(MATERIAL).expected(one_key).found("none")
            }
            Self::ChainInV03 => Explanation::new("bundle-chain-in-v03", "A.4")
                .at(format!("{MATERIAL}.x509CertificateChain"))
                .expected("a single certificate or a public key in a v0.3 bundle")
                .found("a certificate chain"),
            Self::EmptyChain => Explanation::new("bundle-empty-chain", "A-20")
                .at(format!("{MATERIAL}.x509CertificateChain.certificates"))
                .expected("at least the signing certificate")
                .found("no certificate"),
            Self::DigestLength { path, expected, found } => Explanation::new("bundle-digest-length", "A-22")
                .at(path.as_str())
                .expected(format!("{expected} bytes"))
                .found(format!("{found} bytes")),
            Self::SignatureCount { found } => Explanation::new("bundle-signature-count", "A-21")
                .at("$.dsseEnvelope.signatures")
                .expected("exactly one signature")
                .found(found.to_string()),
            Self::HintIsNotKeyid { hint, keyid } => Explanation::new("bundle-hint-is-not-keyid", "A-23")
                .at("$.dsseEnvelope.signatures[0].keyid")
                .expected(format!("the hint of the public key, {}", quoted(hint)))
                .found(quoted(keyid)),
            // The code that a bare envelope's own reader has for it.
            Self::Unsigned { path } => Explanation::new("envelope-no-signature", "A-21")
                .at(path.as_str())
                .expected("at least one signature")
                .found("none"),
            Self::Empty { form } => Explanation::new("evidence-empty", "H-16")
                .at("$")
                .expected("at least one signed statement")
                .found(format!("{form} without any")),
            Self::TooManyCopies { path } => Explanation::new("evidence-too-many-signatures", "A-16")
                .at(path.as_str())
                .expected("signatures and payload that together stay below 64 MiB")
                .found("more"),
            Self::TooManyLogEntries { found } => Explanation::new("bundle-too-many-log-entries", "A-16")
                .at(format!("{MATERIAL}.tlogEntries"))
                .expected(format!("at most {MAX_LOG_ENTRIES} log entries"))
                .found(found.to_string()),
            Self::TooManyTimestamps { found } => Explanation::new("bundle-too-many-timestamps", "A-16")
                .at(timestamps())
                .expected(format!("at most {MAX_TIMESTAMPS} timestamps"))
                .found(found.to_string()),
            Self::DuplicateLogEntry { first, second } => Explanation::new("bundle-duplicate-log-entry", "A-25")
                .at(entry(second, ""))
                .expected("each log entry once")
                .found(format!("entry {first} again")),
            Self::DuplicateTimestamp { first, second } => Explanation::new("bundle-duplicate-timestamp", "A-25")
                .at(format!("{}[{second}]", timestamps()))
                .expected("each timestamp once")
                .found(format!("timestamp {first} again")),
            Self::NoInclusionPromise { index } => Explanation::new("bundle-no-inclusion-promise", "A-17")
                .at(entry(index, ".inclusionPromise"))
                .expected("an inclusion promise in each log entry of a v0.1 bundle")
                .found("none"),
            Self::NoInclusionProof { index, version } => Explanation::new("bundle-no-inclusion-proof", "A-17")
                .at(entry(index, ".inclusionProof"))
                .expected(format!("an inclusion proof in each log entry of a v{} bundle", version.as_str()))
                .found("none"),
            Self::ProofWithoutCheckpoint { index, version } => {
                Explanation::new("bundle-proof-without-checkpoint", "A-18")
                    .at(entry(index, ".inclusionProof.checkpoint.envelope"))
                    .expected("a checkpoint, without which an inclusion proof proves nothing")
                    .found(match version {
                        BundleVersion::V0_1 => "none: an old v0.1 bundle without checkpoint",
                        BundleVersion::V0_2 | BundleVersion::V0_3 => "none",
                    })
            }
            Self::HashLength { path, found } => Explanation::new("bundle-hash-length", "B-11")
                .at(path.as_str())
                .expected("a SHA-256 hash of 32 bytes")
                .found(format!("{found} bytes")),
            Self::BodyNotJson { index, error } => Explanation::new("bundle-body-not-json", "A-24")
                .at(entry(index, ".canonicalizedBody"))
                .expected(error.expected())
                .found(error.found()),
            Self::BodyOfOtherType { index, claimed, found } => Explanation::new("bundle-body-of-other-type", "A-24")
                .at(entry(index, ".canonicalizedBody"))
                .expected(format!("an entry of type {claimed}, as kindVersion says"))
                .found(found.to_string()),
        }
    }
}

const MATERIAL: &str = "$.verificationMaterial";

display_fault!(BundleError, BundleFault);

impl From<json::Error> for BundleError {
    fn from(error: json::Error) -> Self {
        BundleFault::Json(error).into()
    }
}

impl From<FieldError> for BundleError {
    fn from(error: FieldError) -> Self {
        BundleFault::Field(error).into()
    }
}

impl From<BundleFault> for BundleError {
    fn from(fault: BundleFault) -> Self {
        Self { media_type: None, fault }
    }
}

impl From<FieldError> for BundleFault {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
