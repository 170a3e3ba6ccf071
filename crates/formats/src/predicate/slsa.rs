//! SLSA provenance v0.1, v0.2 and v1, in one normalised shape (E-1).

mod buildkit;
mod claims;
mod read;

pub use buildkit::BuildkitSource;
pub use claims::{Claim, Claims, GENERATOR_BUILD_TYPES, GITHUB_BUILD_TYPES, GOOGLE_WORKER};
pub(super) use read::provenance;

use crate::json::Value;
use crate::resource::ResourceDescriptor;
use crate::statement::SubjectDigest;

/// `https://slsa.dev/provenance/v0.1`.
pub const V0_1: &str = "https://slsa.dev/provenance/v0.1";
/// `https://slsa.dev/provenance/v0.2`.
pub const V0_2: &str = "https://slsa.dev/provenance/v0.2";
/// `https://slsa.dev/provenance/v1`, shared by v1.0, v1.1 and v1.2.
pub const V1: &str = "https://slsa.dev/provenance/v1";

/// Version of the predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProvenanceVersion {
    /// v0.1
    V0_1,
    /// v0.2
    V0_2,
    /// v1
    V1,
}

/// How something was built, as its builder says it. Not believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// Version of the predicate.
    pub version: ProvenanceVersion,
    /// `buildType`, or v0.1's `recipe.type`; not empty (E-1).
    pub build_type: String,
    /// `builder.id`; not empty (E-1), except in the unsigned statements of BuildKit (E-65), and then equal to nothing.
    pub builder_id: String,
    /// v1 `builder.version`: (component, version).
    pub builder_version: Vec<(String, String)>,
    /// Where the build's instructions came from, as far as the version has a place for it (v0.1, v0.2). For v1 it is in
    /// the parameters, by build type: see [`Provenance::workflow`].
    pub config_source: Option<ConfigSource>,
    /// v1 `externalParameters`, v0.2 `invocation.parameters`, v0.1 `recipe.arguments`.
    ///
    /// E-1 requires `externalParameters` in v1, and a case of the conformance suite that has to pass has none: `None` in
    /// v1 is "not stated", and whoever compares parameters has to refuse it.
    pub parameters: Option<Value>,
    /// v1 `internalParameters`, v0.2 `invocation.environment`, v0.1 `recipe.environment`.
    pub environment: Option<Value>,
    /// v0.2 `buildConfig`.
    pub build_config: Option<Value>,
    /// `resolvedDependencies` or `materials`.
    pub dependencies: Vec<ResourceDescriptor>,
    /// `invocationId` or `buildInvocationId`.
    pub invocation_id: Option<String>,
    /// As written; a claim (E-60).
    pub started_on: Option<String>,
    /// As written; a claim (E-60).
    pub finished_on: Option<String>,
    /// v0.1 and v0.2.
    pub completeness: Completeness,
    /// v0.1 and v0.2 `metadata.reproducible`.
    pub reproducible: Option<bool>,
    /// v1 `byproducts`.
    pub byproducts: Vec<ResourceDescriptor>,
    /// v1 `builderDependencies`.
    pub builder_dependencies: Vec<ResourceDescriptor>,
    /// Other members of `metadata`, by key (BuildKit keeps its source there: [`Provenance::buildkit_source`]).
    pub other_metadata: Vec<(String, Value)>,
    /// Paths of members that the version of the predicate does not have (E-23 refuses them for known builders), but for
    /// those of `metadata`, which are in `other_metadata`.
    pub unknown_fields: Vec<String>,
}

impl Provenance {
    /// One with nothing but what every version requires (E-1).
    pub(super) fn empty(version: ProvenanceVersion, build_type: String, builder_id: String) -> Self {
        Self {
            version,
            build_type,
            builder_id,
            builder_version: Vec::new(),
            config_source: None,
            parameters: None,
            environment: None,
            build_config: None,
            dependencies: Vec::new(),
            invocation_id: None,
            started_on: None,
            finished_on: None,
            completeness: Completeness::default(),
            reproducible: None,
            byproducts: Vec::new(),
            builder_dependencies: Vec::new(),
            other_metadata: Vec::new(),
            unknown_fields: Vec::new(),
        }
    }
}

/// Where the build's instructions came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigSource {
    /// `configSource.uri`; v0.1: the material that `definedInMaterial` points at.
    pub uri: Option<String>,
    /// Its digests.
    pub digests: Vec<SubjectDigest>,
    /// Path of the instructions.
    pub entry_point: Option<String>,
}

/// What the builder claims to have listed completely; `None`: it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// `parameters`, v0.1 `arguments`.
    pub parameters: Option<bool>,
    /// `environment`.
    pub environment: Option<bool>,
    /// `materials`.
    pub materials: Option<bool>,
}

/// v1 `externalParameters.workflow` of the two GitHub build types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// Repository URI.
    pub repository: String,
    /// `refs/…`.
    pub reference: String,
    /// Path in the repository.
    pub path: String,
}
