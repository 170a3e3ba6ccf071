//! What the person expects. Every field is enforced by a check; an option that cannot be enforced cannot be expressed
//! (H-14, H-29).

use touchstone_crypto::{PublicKey, SignatureScheme};
use touchstone_formats::bundle::BundleVersion;
use touchstone_trust::Thresholds;

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
    /// Nobody, on purpose. A key may still be at hand for bundles that need one.
    Anybody(Option<ManagedKey>),
    /// A certificate with this name from this issuer.
    Certificate {
        /// The subject alternative name.
        identity: TextMatch,
        /// The OIDC issuer; `None` leaves it open.
        issuer: Option<TextMatch>,
    },
    /// The holder of this key.
    Key(ManagedKey),
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
