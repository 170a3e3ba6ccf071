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
    /// Whoever [`PolicyKnobs::expect`] implies.
    Implied,
}

/// What the statement must say (E-5, E-20 to E-27, E-46, E-49, B-101, G-6, G-7, G-16). What is `None` or empty is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectKnobs {
    /// Source repository.
    pub source_uri: Option<String>,
    /// Branch.
    pub source_branch: Option<String>,
    /// Tag.
    pub source_tag: Option<String>,
    /// Beginning of a versioned tag.
    pub source_versioned_tag: Option<String>,
    /// Builder.
    pub builder_id: Option<String>,
    /// Workflow inputs: (name, value).
    pub workflow_inputs: Vec<(String, String)>,
    /// npm package.
    pub package_name: Option<String>,
    /// Its version.
    pub package_version: Option<String>,
    /// Python distribution.
    pub distribution_name: Option<String>,
    /// Trusted publisher.
    pub publisher: Option<PublisherKnob>,
    /// Resource of a summary.
    pub resource_uri: Option<String>,
    /// Levels of a summary.
    pub verified_levels: Vec<String>,
    /// Verifier of a summary.
    pub verifier_id: Option<String>,
    /// Digests: (algorithm, value).
    pub subject_digests: Option<Vec<(String, String)>>,
    /// Predicate type.
    pub predicate_type: Option<String>,
}

/// Trusted publisher of a Python package (G-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublisherKnob {
    /// `GitHub`, `GitLab`, `Google`.
    pub kind: String,
    /// `owner/name`.
    pub repository: Option<String>,
    /// Workflow file.
    pub workflow: Option<String>,
    /// Environment.
    pub environment: Option<String>,
    /// Email.
    pub email: Option<String>,
}

/// An entry that the person adds to the builder map (E-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuilderKnob {
    /// Expression that the signer's whole name must match.
    pub signer: String,
    /// `builder.id`, with or without version.
    pub builder_id: String,
    /// Highest level.
    pub max_level: u8,
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
    /// Several keys at hand, (id, PEM); they take the place of `key`.
    pub keys: Vec<(String, String)>,
    /// A registry's keys, (id, PEM).
    pub registry_keys: Vec<(String, String)>,
    /// Last second at which the registry's keys may have signed.
    pub registry_keys_valid_until: Option<i64>,
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
    /// What the statement must say.
    pub expect: ExpectKnobs,
    /// Entries beside the built-in builder map.
    pub builders: Vec<BuilderKnob>,
}

impl Default for PolicyKnobs {
    fn default() -> Self {
        PolicyKnobs {
            identity: IdentityKnob::Exact { san: WORKFLOW.to_owned(), issuer: Some(ISSUER.to_owned()) },
            instance: InstanceKnob::PublicGood,
            artifact: ArtifactKnob::Bytes,
            key: None,
            keys: Vec::new(),
            registry_keys: Vec::new(),
            registry_keys_valid_until: None,
            logs: None,
            scts: None,
            timestamp_authorities: None,
            times: None,
            extensions: Vec::new(),
            witnesses: Vec::new(),
            minimum_version: None,
            expect: ExpectKnobs::default(),
            builders: Vec::new(),
        }
    }
}
