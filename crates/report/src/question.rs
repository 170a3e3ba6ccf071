//! The question a person asks, as page, widget and terminal put it. Plain text and bytes: nothing here is believed or
//! even well formed until [`answer`](crate::answer) looks at it.

use serde::{Deserialize, Serialize};

/// Everything asked, except the bytes themselves, which are handed over beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Question {
    /// Whom the person expects to have signed.
    pub signer: Signer,
    /// Equality demanded of certificate extensions: (name or dotted OID, value).
    pub extensions: Vec<(String, String)>,
    /// Thresholds that replace those of the trusted root's preset.
    pub thresholds: Thresholds,
    /// Which trusted root judges.
    pub trust: Trust,
    /// Oldest bundle version accepted: `0.1` (when `None`), `0.2` or `0.3`.
    pub minimum_bundle_version: Option<String>,
    /// Window in which the key handed over beside the question may have signed.
    pub key_validity: KeyValidity,
    /// How the key handed over beside the question signs, by its protobuf name (`PKIX_RSA_PSS_2048_SHA256`); `None`: as
    /// keys of its kind do.
    pub key_details: Option<String>,
    /// How much of the content is asked about.
    pub scope: Scope,
    /// What the statement must say: source, builder, package, summary. Left out where it asks nothing.
    #[serde(skip_serializing_if = "Expect::is_empty")]
    pub expect: Expect,
    /// Entries of the person's own for the builder list (E-4), each `SIGNER=BUILDER_ID=LEVEL`, with `=ISSUER` behind it
    /// where the signer's name does not say who vouches for it. They come before those that are built in.
    pub builders: Vec<String>,
}

/// What the statement must say (E-5, E-20 to E-27, E-46, E-49, G-6, G-7, G-16). Every field that is filled is enforced
/// by a check; an empty one asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Expect {
    /// Source repository: `github.com/owner/name`, with or without `https://` or `git+`; or `gs://…` (E-43).
    pub source_uri: Option<String>,
    /// Branch name, without `refs/heads/`.
    pub source_branch: Option<String>,
    /// Tag name, exactly.
    pub source_tag: Option<String>,
    /// Semantic version that the tag must begin with: `v1`, `v1.2`, `v1.2.3` (E-27).
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
    /// Levels that a summary must cover, the higher implying the lower (E-49).
    pub verified_levels: Vec<String>,
    /// Verifier of a summary, exactly (E-49).
    pub verifier_id: Option<String>,
    /// Digests that some subject must have, of any algorithm: (`gitCommit`, value), (`gce_image_id`, value) … All of them
    /// must be matched. `Some` and empty asks for something that cannot be answered, and fails (E-49).
    pub subject_digests: Option<Vec<(String, String)>>,
    /// Type that the predicate must have, exactly (B-101).
    pub predicate_type: Option<String>,
}

impl Expect {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Trusted publisher of a Python package (G-7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
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

impl Publisher {
    /// What [`Self::parse`] reads, for an error.
    pub const EXPECTED: &str = "github:owner/name:workflow.yml, gitlab:group/name:path, or google:email";

    /// Reads `kind:repository:workflow[:environment]` (a publisher without its workflow is none, G-7), or `google:email`. `None` when it
    /// is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let kind =
            ["GitHub", "GitLab", "Google"].into_iter().find(|known| known.eq_ignore_ascii_case(kind))?.to_owned();
        if kind == "Google" {
            return rest.contains('@').then(|| Self { kind, email: Some(rest.to_owned()), ..Self::default() });
        }
        let mut parts = rest.splitn(3, ':').map(str::to_owned);
        let repository = parts.next().filter(|name| name.split('/').filter(|part| !part.is_empty()).count() >= 2)?;
        let workflow = Some(parts.next().filter(|text| !text.is_empty())?);
        let environment = parts.next();
        // A variable that was not set, most likely (H-14).
        if environment.as_deref() == Some("") {
            return None;
        }
        Some(Self { kind, repository: Some(repository), workflow, environment, email: None })
    }

    /// As [`Self::parse`] reads it.
    #[must_use]
    pub fn to_argument(&self) -> String {
        if let Some(email) = &self.email {
            return format!("{}:{email}", self.kind.to_ascii_lowercase());
        }
        let mut text = format!("{}:{}", self.kind.to_ascii_lowercase(), self.repository.as_deref().unwrap_or_default());
        let (workflow, environment) = (self.workflow.as_deref(), self.environment.as_deref());
        if workflow.is_some() || environment.is_some() {
            text.push(':');
            text.push_str(workflow.unwrap_or_default());
        }
        if let Some(environment) = environment {
            text.push(':');
            text.push_str(environment);
        }
        text
    }
}

/// How much of the content is asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The statement must be readable and be about the artifact.
    #[default]
    Whole,
    /// The signature over the envelope alone, on purpose. A waiver that the verdict states.
    SignatureOnly,
}

/// Window in which a managed key may have signed, both ends inclusive. RFC 3339; `None` leaves an end open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct KeyValidity {
    /// First moment.
    pub from: Option<String>,
    /// Last moment.
    pub until: Option<String>,
}

/// Whom the person expects to have signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Signer {
    /// Nobody was named: the verdict stays incomplete and says who signed.
    #[default]
    #[serde(deserialize_with = "nothing_else")]
    Unnamed,
    /// Nobody, on purpose: a waiver that the verdict states.
    #[serde(deserialize_with = "nothing_else")]
    Anybody,
    /// A certificate with this name.
    Certificate {
        /// The subject alternative name expected.
        identity: Name,
        /// The OIDC issuer expected; `None` leaves it open, which the report says.
        issuer: Option<Name>,
    },
    /// The holder of the key that is handed over beside the question.
    #[serde(deserialize_with = "nothing_else")]
    Key,
    /// Whoever [`Question::expect`] implies: the builder that is expected, or any that the builder map lists for the
    /// expected source; a runner's job of the expected source; the trusted publisher (E-20 to E-22, G-7).
    #[serde(deserialize_with = "nothing_else")]
    Implied,
}

/// What a signer without members is read from. `deny_unknown_fields` does not reach a unit variant that is tagged inside, and
/// a name beside `"kind": "key"` would be dropped (H-14).
fn nothing_else<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}
    Nothing::deserialize(deserializer).map(|Nothing {}| ())
}

/// A name to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "match", content = "text", deny_unknown_fields)]
pub enum Name {
    /// Equal, byte for byte.
    Exact(String),
    /// A regular expression (the `regex-lite` syntax), anchored at both ends by us (C-3).
    Pattern(String),
}

/// Thresholds, counted by distinct authority (B-4). `None` keeps the preset of the trusted root (B-2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Thresholds {
    /// Transparency logs that must have proven the entry.
    pub transparency_logs: Option<u32>,
    /// Certificate transparency logs.
    pub signed_certificate_timestamps: Option<u32>,
    /// RFC 3161 authorities.
    pub timestamp_authorities: Option<u32>,
    /// Any sources of time: authorities and logs with a verified promise.
    pub observer_timestamps: Option<u32>,
}

/// Which trusted root judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// Chosen from the material among those built in, and named in the report (B-3).
    #[default]
    Automatic,
    /// Sigstore's public-good instance.
    PublicGood,
    /// Sigstore's staging instance.
    Staging,
    /// GitHub's own instance.
    GitHub,
    /// The file that is handed over beside the question.
    File,
    /// No instance: the key that is handed over beside the question is all there is. For envelopes outside of Sigstore.
    KeyAlone,
}

/// Bytes with the name they came under.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// File name; may be empty.
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// The artifact: its bytes, or what is known of them.
#[derive(Clone, Debug, Default)]
pub enum ArtifactInput<'a> {
    /// None was given.
    #[default]
    None,
    /// The bytes themselves.
    Bytes(Named<'a>),
    /// Hashed by this program from a stream that is not kept.
    Hashed {
        /// File name.
        name: String,
        /// Bytes read.
        size: u64,
        /// (algorithm name, lower-case hex).
        digests: Vec<(String, String)>,
    },
    /// A digest that the person stated: `sha256:…`.
    Stated(String),
    /// None, on purpose: only the statement itself is asked about. A waiver that the verdict states.
    Waived,
}

/// The bytes that go with a [`Question`].
#[derive(Clone, Debug, Default)]
pub struct Material<'a> {
    /// The bundle.
    pub bundle: Option<Named<'a>>,
    /// The artifact.
    pub artifact: ArtifactInput<'a>,
    /// A public key the person trusts (PEM or DER).
    pub key: Option<Named<'a>>,
    /// Further keys, each under the file name that says its key id: those of Google Cloud Build, npm's list (E-41, G-13).
    pub further_keys: Vec<Named<'a>>,
    /// Further evidence about the same artifact: bundles, statements, bills of materials, records. Each is verified by
    /// itself and can only add to the chain of custody (E-62). An image index or manifest that lists the artifact also covers it,
    /// where it was signed (F-22).
    pub further: Vec<Named<'a>>,
    /// A trusted root, with [`Trust::File`].
    pub trusted_root: Option<Named<'a>>,
}
