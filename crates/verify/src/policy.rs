//! What the person expects. Every field is enforced by a check; an option that cannot be enforced cannot be expressed
//! (H-14, H-29).

use touchstone_crypto::{PublicKey, SignatureScheme};
use touchstone_formats::bundle::BundleVersion;
use touchstone_trust::Thresholds;

use crate::builder_map::BuilderMap;
use crate::pattern::Pattern;

/// Everything that a verdict is measured against, beside the trusted root.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Whom the person expects.
    pub signer: SignerPolicy,
    /// Equality demanded of certificate extensions.
    pub extensions: Vec<ExtensionExpectation>,
    /// Replaces single thresholds of the root's preset (B-2).
    pub thresholds: ThresholdOverrides,
    /// Oldest bundle version accepted.
    pub minimum_version: Option<BundleVersion>,
    /// How much of the content is asked about.
    pub scope: Scope,
    /// What the statement must say.
    pub expectations: Expectations,
    /// Who may vouch for which builder (E-4).
    pub builders: BuilderMap,
    /// Keys with which a package registry signs what it says of a package (G-13). They sign what stands beside the
    /// provenance; whom the person expects, `signer` says.
    pub registry_keys: KeyRing,
}

/// What the statement must say (E-5, E-20 to E-27, E-46, E-49, B-101, G-6, G-7, G-16). Every field that is filled is
/// enforced by a check; an empty one asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectations {
    /// Source repository, as the person wrote it.
    pub source_uri: Option<String>,
    /// Branch name, without `refs/heads/`.
    pub source_branch: Option<String>,
    /// Tag name, exactly.
    pub source_tag: Option<String>,
    /// Semantic version that the tag must begin with (E-27).
    pub source_versioned_tag: Option<String>,
    /// Builder, with or without `@version` (E-21, E-24, E-42).
    pub builder_id: Option<String>,
    /// Inputs of the workflow: (name, value), each equal (E-27).
    pub workflow_inputs: Vec<(String, String)>,
    /// npm package name (G-16).
    pub package_name: Option<String>,
    /// npm package version (G-16).
    pub package_version: Option<String>,
    /// File name of a Python distribution, compared after parsing (G-6).
    pub distribution_name: Option<String>,
    /// Trusted publisher of a Python package (G-7).
    pub publisher: Option<Publisher>,
    /// Resource that a summary is about (E-49).
    pub resource_uri: Option<String>,
    /// Levels that a summary must cover (E-49).
    pub verified_levels: Vec<String>,
    /// Verifier of a summary, exactly (E-49).
    pub verifier_id: Option<String>,
    /// Digests that some subject must have, of any algorithm; all must be matched. `Some` and empty fails (E-49).
    pub subject_digests: Option<Vec<(String, String)>>,
    /// Type that the predicate must have, exactly (B-101).
    pub predicate_type: Option<String>,
}

/// Trusted publisher of a Python package (G-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publisher {
    /// `GitHub`, `GitLab`, `Google`.
    pub kind: String,
    /// `owner/name`.
    pub repository: Option<String>,
    /// Workflow file: name for GitHub, path for GitLab.
    pub workflow: Option<String>,
    /// Environment; empty: any.
    pub environment: Option<String>,
    /// Email, for Google.
    pub email: Option<String>,
}

/// How much of the content is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The statement must be readable and be about the artifact.
    #[default]
    Whole,
    /// The signature over the envelope alone, on purpose: what the statement says is waived, artifact and all.
    SignatureOnly,
}

/// Whom the person expects.
#[derive(Clone, Debug, Default)]
pub enum SignerPolicy {
    /// Nobody was named: at most "the signature verifies, signed by X" (B-6).
    #[default]
    Unnamed,
    /// Nobody, on purpose. Keys may still be at hand for bundles that need one: with a single one, whatever the evidence hints
    /// at. They name nobody, and a bundle with a certificate needs none.
    Anybody(KeyRing),
    /// A certificate with this name from this issuer.
    Certificate {
        /// The subject alternative name.
        identity: TextMatch,
        /// The OIDC issuer; `None` leaves it open.
        issuer: Option<TextMatch>,
    },
    /// The holder of this key, whatever the evidence hints at.
    Key(ManagedKey),
    /// The holder of one of these: of the one that the evidence hints at.
    Keys(KeyRing),
    /// Whoever the expectations imply: the expected builder, or any of the builder map for the expected source; a job of
    /// the expected source on a runner; the trusted publisher (E-20 to E-22, G-7).
    Implied,
}

/// A key that the person trusts.
#[derive(Clone, Debug)]
pub struct ManagedKey {
    /// The key.
    pub key: PublicKey,
    /// How it signs, where the person says so; `None`: as keys of its kind do (B-88).
    pub scheme: Option<SignatureScheme>,
    /// First moment at which it may have signed, Unix milliseconds, inclusive.
    pub valid_from: Option<i64>,
    /// Last moment at which it may have signed, Unix milliseconds, inclusive.
    pub valid_until: Option<i64>,
    /// What its signatures of envelopes are over.
    pub form: SignedForm,
    /// Whether it is a registry's and came with this program; else the person gave it.
    pub built_in: bool,
}

/// Several keys, each under an id by which evidence may hint at it.
#[derive(Clone, Debug, Default)]
pub struct KeyRing {
    keys: Vec<NamedKey>,
}

/// A key and the id by which evidence may hint at it.
#[derive(Clone, Debug)]
pub struct NamedKey {
    /// The id; empty where nothing says it.
    pub id: String,
    /// The key.
    pub key: ManagedKey,
}

impl KeyRing {
    /// A ring of these keys.
    #[must_use]
    pub const fn new(keys: Vec<NamedKey>) -> Self {
        Self { keys }
    }

    /// The key, where there is one alone.
    #[must_use]
    pub fn only(&self) -> Option<&ManagedKey> {
        match self.keys.as_slice() {
            [named] => Some(&named.key),
            _ => None,
        }
    }

    /// All keys, in the order given.
    pub fn keys(&self) -> impl Iterator<Item = &NamedKey> {
        self.keys.iter()
    }

    pub(crate) fn keys_mut(&mut self) -> impl Iterator<Item = &mut NamedKey> {
        self.keys.iter_mut()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key that `hint` names. A hint proves nothing: a key that did not sign fails to verify.
    #[must_use]
    pub fn find(&self, hint: &str) -> Option<&ManagedKey> {
        self.keys.iter().find(|named| named.is_named(hint)).map(|named| &named.key)
    }

    /// The keys that `hint` names, or those that it does not: two keys may have come under one name.
    pub(crate) fn named(&self, hint: &str, is_named: bool) -> impl Iterator<Item = &ManagedKey> {
        self.keys.iter().filter(move |named| named.is_named(hint) == is_named).map(|named| &named.key)
    }
}

impl NamedKey {
    fn is_named(&self, hint: &str) -> bool {
        !hint.is_empty() && self.id == hint
    }
}

impl From<ManagedKey> for KeyRing {
    fn from(key: ManagedKey) -> Self {
        Self { keys: vec![NamedKey { id: String::new(), key }] }
    }
}

/// What the signature of an envelope is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignedForm {
    /// The pre-authentication encoding (B-91).
    #[default]
    PreAuthenticationEncoding,
    /// The payload alone: the regional keys of Google Cloud Build, and nobody else (E-41).
    RawPayload,
}

/// How a text must match.
#[derive(Clone, Debug)]
pub enum TextMatch {
    /// Equal, byte for byte.
    Exact(String),
    /// Matches an expression that is anchored at both ends (C-3).
    Pattern(Pattern),
}

impl TextMatch {
    /// Says what is expected, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Exact(text) => text.clone(),
            Self::Pattern(pattern) => format!("a text that matches {}", pattern.as_written()),
        }
    }

    /// The text or the expression, as the person wrote it.
    #[must_use]
    pub fn as_written(&self) -> &str {
        match self {
            Self::Exact(text) => text,
            Self::Pattern(pattern) => pattern.as_written(),
        }
    }

    /// Whether `text` is as expected. The empty text never is: an absent claim matches nothing (C-2).
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        !text.is_empty()
            && match self {
                Self::Exact(expected) => expected == text,
                Self::Pattern(pattern) => pattern.matches(text),
            }
    }
}

/// Equality demanded of one certificate extension.
#[derive(Clone, Debug)]
pub struct ExtensionExpectation {
    /// As the person wrote it: a name or a dotted OID.
    pub name: String,
    /// The dotted OID it stands for.
    pub oid: String,
    /// The value, byte for byte.
    pub value: String,
}

/// Replaces single thresholds of the root's preset; `None` keeps it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThresholdOverrides {
    /// Transparency logs.
    pub transparency_logs: Option<u32>,
    /// Certificate transparency logs.
    pub signed_certificate_timestamps: Option<u32>,
    /// RFC 3161 authorities.
    pub timestamp_authorities: Option<u32>,
    /// Any sources of time.
    pub observer_timestamps: Option<u32>,
}

impl ThresholdOverrides {
    /// The thresholds that hold: the root's preset, with what the person replaced.
    #[must_use]
    pub fn over(self, preset: Thresholds) -> Thresholds {
        Thresholds {
            transparency_logs: self.transparency_logs.unwrap_or(preset.transparency_logs),
            signed_certificate_timestamps: self
                .signed_certificate_timestamps
                .unwrap_or(preset.signed_certificate_timestamps),
            timestamp_authorities: self.timestamp_authorities.unwrap_or(preset.timestamp_authorities),
            observer_timestamps: self.observer_timestamps.unwrap_or(preset.observer_timestamps),
        }
    }
}
