//! Verification summaries (E-45, E-49).

use super::PredicateError;
use super::read::{Reader, pairs};
use crate::field::{Field, FieldError, Object};
use crate::limits::{MAX_DESCRIPTORS, MAX_LEVELS};
use crate::resource::ResourceDescriptor;

/// `https://slsa.dev/verification_summary/v0.1`.
pub const V0_1: &str = "https://slsa.dev/verification_summary/v0.1";
/// `https://slsa.dev/verification_summary/v0.2`.
pub const V0_2: &str = "https://slsa.dev/verification_summary/v0.2";
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
    /// Each parsed; unknown `SLSA_*` are [`VerifiedLevel::Property`]. In the drafts: `policy_level`.
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

impl VerifiedLevel {
    /// Reads one level as written; whatever is none is a property (E-49).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "FAILED" {
            return Self::Failed;
        }
        let parts = text.strip_prefix("SLSA_").and_then(|text| text.split_once("_LEVEL_"));
        let is_track = |track: &str| {
            !track.is_empty() && track.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        match parts {
            Some((track, level)) if is_track(track) => match level.as_bytes() {
                b"UNEVALUATED" => Self::Unevaluated { track: track.to_owned() },
                [digit @ b'0'..=b'9'] => Self::Level { track: track.to_owned(), level: digit.saturating_sub(b'0') },
                _ => Self::Property(text.to_owned()),
            },
            _ => Self::Property(text.to_owned()),
        }
    }

    /// The track of which this says something.
    #[must_use]
    pub fn track(&self) -> Option<&str> {
        match self {
            Self::Level { track, .. } | Self::Unevaluated { track } => Some(track),
            Self::Failed | Self::Property(_) => None,
        }
    }

    /// Whether somebody who holds this level holds `expected`: the same, or a higher level of the same track (E-49).
    #[must_use]
    pub fn implies(&self, expected: &Self) -> bool {
        match (self, expected) {
            (Self::Level { track, level }, Self::Level { track: due, level: at_least }) => {
                track == due && level >= at_least
            }
            (found, expected) => found == expected,
        }
    }
}

impl Summary {
    /// The first of the expected levels and properties that this summary does not cover; `None`: it covers all of them.
    ///
    /// Says nothing about the result, which has to be `PASSED` besides (E-49).
    #[must_use]
    pub fn not_covered<'e>(&self, expected: &'e [String]) -> Option<&'e str> {
        let is_covered = |text: &str| {
            let expected = VerifiedLevel::parse(text);
            self.levels.iter().any(|level| level.implies(&expected))
        };
        expected.iter().map(String::as_str).find(|text| !is_covered(text))
    }

    /// Whether this summary covers every expected level and property (E-49); see [`Summary::not_covered`].
    #[must_use]
    pub fn covers(&self, expected: &[String]) -> bool {
        self.not_covered(expected).is_none()
    }
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn summary(predicate: &Field<'_>, version: SummaryVersion) -> Result<Summary, PredicateError> {
    let mut reader = Reader::default();
    let members = Members { drafts: version != SummaryVersion::V1 };
    let known = members.known();
    let root = reader.object(predicate, &known)?;
    let verifier = reader.required(&root, "verifier", &["id", "version"])?;
    let result = members.required(&root, "verificationResult", "verification_result")?.filled_string()?.to_owned();
    let levels = match version {
        SummaryVersion::V1 => levels(&root.required("verifiedLevels")?, &result)?,
        _ => match members.get(&root, "verifiedLevels", "verified_levels")? {
            Some(field) => levels(&field, &result)?,
            None => members.get(&root, "policyLevel", "policy_level")?.map_or(Ok(Vec::new()), |field| {
                field.string().map(|text| if text.is_empty() { Vec::new() } else { vec![VerifiedLevel::parse(text)] })
            })?,
        },
    };
    let policy = root.get("policy").map(|field| ResourceDescriptor::read(&field, &mut reader.unknown)).transpose()?;
    let inputs = members.get(&root, "inputAttestations", "input_attestations")?;
    let inputs = inputs.map_or_else(|| Ok(Vec::new()), |field| field.array(MAX_DESCRIPTORS))?;
    Ok(Summary {
        version,
        verifier_id: verifier.required_text("id")?,
        verifier_version: pairs(&verifier, "version")?,
        time_verified: members.text(&root, "timeVerified", "time_verified")?,
        resource_uri: members.required(&root, "resourceUri", "resource_uri")?.filled_string()?.to_owned(),
        policy,
        input_attestations: inputs.iter().map(|field| reader.descriptor(field)).collect::<Result<_, _>>()?,
        result,
        levels,
        dependency_levels: dependency_levels(members.get(&root, "dependencyLevels", "dependency_levels")?)?,
        slsa_version: members.text(&root, "slsaVersion", "slsa_version")?,
        unknown_fields: reader.unknown,
    })
}

/// Names of the members: the drafts write them in snake case, and some producers already in camel case (E-49).
struct Members {
    drafts: bool,
}

impl Members {
    fn known(&self) -> Vec<&'static str> {
        const V1: [&str; 9] = [
            "verifier",
            "policy",
            "timeVerified",
            "resourceUri",
            "inputAttestations",
            "verificationResult",
            "verifiedLevels",
            "dependencyLevels",
            "slsaVersion",
        ];
        const DRAFTS: [&str; 9] = [
            "time_verified",
            "resource_uri",
            "input_attestations",
            "verification_result",
            "verified_levels",
            "policy_level",
            "policyLevel",
            "dependency_levels",
            "slsa_version",
        ];
        if self.drafts { V1.iter().chain(&DRAFTS).copied().collect() } else { V1.to_vec() }
    }

    fn get<'a>(&self, root: &Object<'a>, camel: &str, snake: &str) -> Result<Option<Field<'a>>, FieldError> {
        if self.drafts { root.in_either_spelling(camel, snake) } else { Ok(root.get(camel)) }
    }

    fn required<'a>(&self, root: &Object<'a>, camel: &str, snake: &str) -> Result<Field<'a>, FieldError> {
        self.get(root, camel, snake)?.map_or_else(|| root.required(camel), Ok)
    }

    fn text(&self, root: &Object<'_>, camel: &str, snake: &str) -> Result<Option<String>, FieldError> {
        let text = self.get(root, camel, snake)?.map(|field| field.string()).transpose()?;
        Ok(text.filter(|text| !text.is_empty()).map(str::to_owned))
    }
}

/// At most one level a track, and `FAILED` only where the result is (E-49).
fn levels(field: &Field<'_>, result: &str) -> Result<Vec<VerifiedLevel>, PredicateError> {
    let mut levels: Vec<VerifiedLevel> = Vec::new();
    for element in field.array(MAX_LEVELS)? {
        let level = VerifiedLevel::parse(element.filled_string()?);
        if let Some(track) = level.track()
            && levels.iter().any(|earlier| earlier.track() == Some(track))
        {
            return Err(PredicateError::TwoLevels { path: element.path().clone(), track: track.to_owned() });
        }
        if level == VerifiedLevel::Failed && result != "FAILED" {
            return Err(PredicateError::FailedLevel { path: element.path().clone(), result: result.to_owned() });
        }
        levels.push(level);
    }
    Ok(levels)
}

fn dependency_levels(field: Option<Field<'_>>) -> Result<Option<Vec<(String, u64)>>, FieldError> {
    let Some(field) = field else { return Ok(None) };
    let object = field.object()?.capped(MAX_LEVELS)?;
    let count = |(level, count): (&str, Field<'_>)| Ok((level.to_owned(), count.integer()?.unsigned_abs()));
    object.members().map(count).collect::<Result<_, _>>().map(Some)
}
