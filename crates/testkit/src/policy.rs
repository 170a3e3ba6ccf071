//! What the person of a row expects: data that a consumer turns into its own policy.

use crate::ca::{ISSUER, WORKFLOW};

/// Whom the person expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityKnob {
    /// This subject alternative name from this issuer, byte for byte.
    Exact {
        /// Subject alternative name.
        san: String,
        /// Issuer; `None` leaves it open.
        issuer: Option<String>,
    },
    /// A subject alternative name that matches an expression, from this issuer.
    Pattern {
        /// The expression as the person wrote it: without anchors.
        san: String,
        /// Issuer; `None` leaves it open.
        issuer: Option<String>,
    },
    /// Nobody, on purpose.
    Any,
    /// Nobody was named.
    Unnamed,
    /// The holder of [`PolicyKnobs::key`].
    Key,
}

/// Which instance the trusted root stands for: decides thresholds and leaf profile (B-2, B-40).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceKnob {
    /// SCT, log and one time; Fulcio's leaf profile.
    PublicGood,
    /// One timestamp authority; no log, no SCT.
    GitHub,
    /// Whatever the root lists.
    Custom,
}

/// Which artifact the verifier gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArtifactKnob {
    /// The case's bytes.
    Bytes,
    /// These bytes instead.
    OtherBytes(Vec<u8>),
    /// Only a digest, `alg:hex` (A-3, B-92).
    Digest(String),
    /// None.
    Absent,
}

/// A managed key as the person gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyKnob {
    /// SubjectPublicKeyInfo, PEM.
    pub pem: String,
    /// `PublicKeyDetails`, where the person says how the key signs; `None`: the key's default (B-88).
    pub details: Option<&'static str>,
    /// First second at which it may have signed, inclusive.
    pub valid_from: Option<i64>,
    /// Last second at which it may have signed, inclusive.
    pub valid_until: Option<i64>,
}

/// A witness whose cosignatures count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessKnob {
    /// Name in the note.
    pub name: String,
    /// 32 bytes of an Ed25519 key.
    pub key: Vec<u8>,
}

/// Everything that a verdict is measured against, beside the trusted root. `None` keeps the instance's preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyKnobs {
    /// Whom the person expects.
    pub identity: IdentityKnob,
    /// Which instance the root stands for.
    pub instance: InstanceKnob,
    /// Which artifact is given.
    pub artifact: ArtifactKnob,
    /// The managed key at hand.
    pub key: Option<KeyKnob>,
    /// Distinct transparency logs.
    pub logs: Option<u32>,
    /// Distinct certificate transparency logs.
    pub scts: Option<u32>,
    /// Distinct RFC 3161 authorities.
    pub timestamp_authorities: Option<u32>,
    /// Distinct sources of time.
    pub times: Option<u32>,
    /// Demanded certificate extensions: dotted OID and text.
    pub extensions: Vec<(String, String)>,
    /// Known witnesses.
    pub witnesses: Vec<WitnessKnob>,
    /// Oldest bundle version accepted: `0.1`, `0.2` or `0.3`.
    pub minimum_version: Option<&'static str>,
}

impl Default for PolicyKnobs {
    fn default() -> Self {
        PolicyKnobs {
            identity: IdentityKnob::Exact { san: WORKFLOW.to_owned(), issuer: Some(ISSUER.to_owned()) },
            instance: InstanceKnob::PublicGood,
            artifact: ArtifactKnob::Bytes,
            key: None,
            logs: None,
            scts: None,
            timestamp_authorities: None,
            times: None,
            extensions: Vec::new(),
            witnesses: Vec::new(),
            minimum_version: None,
        }
    }
}
