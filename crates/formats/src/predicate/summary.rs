//! Verification summaries (E-45, E-49).

use crate::resource::ResourceDescriptor;

/// `https://slsa.dev/verification_summary/v1`.
pub const V1: &str = "https://slsa.dev/verification_summary/v1";

/// A verification summary. Says nothing unless its verifier is relied on. Not believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// `V1`, or an older draft that is shown and not relied on.
    pub version: SummaryVersion,
    /// `verifier.id`.
    pub verifier_id: String,
    /// `verifier.version`: (component, version).
    pub verifier_version: Vec<(String, String)>,
    /// As written; a claim.
    pub time_verified: Option<String>,
    /// `resourceUri`.
    pub resource_uri: String,
    /// `policy`.
    pub policy: Option<ResourceDescriptor>,
    /// `inputAttestations`.
    pub input_attestations: Vec<ResourceDescriptor>,
    /// `PASSED`, `FAILED`, or as written.
    pub result: String,
    /// Each parsed; unknown `SLSA_*` are [`VerifiedLevel::Property`].
    pub levels: Vec<VerifiedLevel>,
    /// `dependencyLevels`: `None` no claim, empty: no dependencies.
    pub dependency_levels: Option<Vec<(String, u64)>>,
    /// `slsaVersion`.
    pub slsa_version: Option<String>,
    /// Paths of unknown members (allowed).
    pub unknown_fields: Vec<String>,
}

/// Version of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SummaryVersion {
    /// v0.1
    V0_1,
    /// v0.2
    V0_2,
    /// v1
    V1,
}

/// One member of `verifiedLevels`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifiedLevel {
    /// `SLSA_<TRACK>_LEVEL_<n>`.
    Level {
        /// `BUILD`, `SOURCE`, …
        track: String,
        /// 0 to 9.
        level: u8,
    },
    /// `SLSA_<TRACK>_LEVEL_UNEVALUATED`.
    Unevaluated {
        /// Track.
        track: String,
    },
    /// `FAILED`.
    Failed,
    /// Anything else, as written.
    Property(String),
}
