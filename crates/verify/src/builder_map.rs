//! Which signer may vouch for which builder, and up to which level (E-4, E-20 to E-24, E-42): configuration, never read
//! out of a provenance or out of a workflow's name.

use touchstone_formats::predicate::slsa::Provenance;
use touchstone_formats::uri::WorkflowReference;
use touchstone_formats::x509::GeneralName;

use crate::policy::TextMatch;

/// The builders that count, in the order in which they are asked.
#[derive(Clone, Debug)]
pub struct BuilderMap {
    /// The entries; the person's own come first.
    pub entries: Vec<BuilderEntry>,
}

/// One pair of signer and builder, with the most that it can vouch for.
#[derive(Clone, Debug)]
pub struct BuilderEntry {
    /// What people call it.
    pub name: String,
    /// How signer and `builder.id` go together.
    pub kind: BuilderKind,
    /// Who must have signed.
    pub signer: BuilderSigner,
    /// `builder.id` that the provenance must give, without its version; `None`: the kind says which.
    pub builder_id: Option<String>,
    /// Build types that this builder makes; empty: any (E-23).
    pub build_types: Vec<String>,
    /// The highest SLSA Build level that it can vouch for, 0 to 3.
    pub max_level: u8,
}

/// How signer and `builder.id` go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BuilderKind {
    /// A reusable workflow that signs what it built itself: `builder.id` is the signer (E-24).
    Generator,
    /// A reusable workflow that signs for a tool's workflow: `builder.id` is the tool's (E-24, BYOB).
    Delegator,
    /// npm's command in a job: the job can write what it wants, so the certificate must agree (E-28).
    NpmCli,
    /// A job that attests to what it built itself: `builder.id` is the signer (E-8).
    GithubAttestation,
    /// Google Cloud Build, with a key that the person gave (E-41, E-42).
    GoogleCloudBuild,
    /// An entry of the person's own.
    Own,
}

impl BuilderKind {
    /// Stable kebab-case name.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Generator => "generator",
            Self::Delegator => "delegator",
            Self::NpmCli => "npm-cli",
            Self::GithubAttestation => "github-attestation",
            Self::GoogleCloudBuild => "google-cloud-build",
            Self::Own => "own",
        }
    }
}

/// Who must have signed for a builder.
#[derive(Clone, Debug)]
pub enum BuilderSigner {
    /// This workflow, without its ref, vouched for by GitHub; its ref must be a release tag (E-20, E-21).
    Workflow(String),
    /// Any workflow on GitHub, vouched for by GitHub: which one, the source expectation says.
    AnyWorkflow,
    /// A certificate whose whole name matches, vouched for by this issuer.
    Certificate {
        /// The name.
        identity: TextMatch,
        /// The issuer; `None`: any.
        issuer: Option<String>,
    },
    /// The key that the person gave.
    Key,
}

/// GitHub's issuer, exactly (E-20).
pub(crate) const GITHUB_ISSUER: &str = "https://token.actions.githubusercontent.com";
/// Where the workflows of slsa-github-generator are (E.4).
pub const GENERATOR: &str = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/";
/// `builder.id` of npm's command, without what hosts the runner (E.4).
pub(crate) const RUNNER: &str = "https://github.com/actions/runner";
/// `builder.id` of Google Cloud Build, without its version (E-42).
pub const GOOGLE_HOSTED: &str = "https://cloudbuild.googleapis.com/GoogleHostedWorker";

/// Build type of the container-based builder (E.4).
pub(crate) const CONTAINER_BASED: &str = "https://slsa.dev/container-based-build/v0.1?draft";

/// Build types of slsa-github-generator (E.4).
const GENERATOR_BUILD_TYPES: [(&str, &[&str]); 4] = [
    ("generator_generic_slsa3.yml", &["https://github.com/slsa-framework/slsa-github-generator/generic@v1"]),
    ("generator_container_slsa3.yml", &["https://github.com/slsa-framework/slsa-github-generator/container@v1"]),
    (
        "builder_go_slsa3.yml",
        &[
            "https://github.com/slsa-framework/slsa-github-generator/go@v1",
            "https://github.com/slsa-framework/slsa-github-generator-go@v1",
            "https://github.com/slsa-framework/slsa-github-generator@v1",
        ],
    ),
    ("builder_container-based_slsa3.yml", &[CONTAINER_BASED]),
];
/// Workflows that sign for a tool's workflow (E.4).
const DELEGATORS: [&str; 2] = ["delegator_generic_slsa3.yml", "delegator_lowperms-generic_slsa3.yml"];
/// Build type of the delegators.
const DELEGATOR_BUILD_TYPE: &str = "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0";
/// Build types of npm's command (E.4).
pub(crate) const NPM_BUILD_TYPES: [&str; 2] =
    ["https://github.com/npm/cli/gha/v2", "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1"];
/// Build type of npm's command before it was released: `builder.id` is its own version then.
pub(crate) const NPM_FIRST_BUILD_TYPE: &str = "https://github.com/npm/cli/gha@v1";
/// Build type of GitHub's attestations (E.4).
const ATTESTATION_BUILD_TYPE: &str = "https://actions.github.io/buildtypes/workflow/v1";
/// Reusable workflows of the Bazel Central Registry (E.4).
const BAZEL_REGISTRY: [&str; 2] = [
    "https://github.com/bazel-contrib/.github/.github/workflows/release_ruleset.yaml",
    "https://github.com/bazel-contrib/publish-to-bcr/.github/workflows/publish.yaml",
];

/// Whether a delegator's tool made it: its `builder.id` is not the signer (E-24). The signer says so, by `name`; a provenance says of itself
/// what it likes (E-23).
pub(crate) fn is_delegated(name: &GeneralName, provenance: &Provenance) -> bool {
    provenance.build_type == DELEGATOR_BUILD_TYPE && is_delegator(name)
}

#[inline(never)] // Rare: not in the widget's first module.
fn is_delegator(name: &GeneralName) -> bool {
    let GeneralName::Uri(uri) = name else { return false };
    let workflow = WorkflowReference::parse(uri).map(|workflow| workflow.without_reference()).unwrap_or_default();
    workflow.strip_prefix(GENERATOR).is_some_and(|file| DELEGATORS.contains(&file))
}

impl BuilderMap {
    /// The built-in map (E.4, E-8, E-42).
    #[must_use]
    pub fn built_in() -> Self {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        let generators = GENERATOR_BUILD_TYPES.iter().map(|(file, types)| BuilderEntry {
            name: format!("slsa-github-generator, {file}"),
            kind: BuilderKind::Generator,
            signer: BuilderSigner::Workflow(format!("{GENERATOR}{file}")),
            builder_id: None,
            build_types: owned(types),
            max_level: 3,
        });
        let delegators = DELEGATORS.iter().map(|file| BuilderEntry {
            name: format!("slsa-github-generator, {file}"),
            kind: BuilderKind::Delegator,
            signer: BuilderSigner::Workflow(format!("{GENERATOR}{file}")),
            builder_id: None,
            build_types: owned(&[DELEGATOR_BUILD_TYPE]),
            max_level: 3,
        });
        let bazel = BAZEL_REGISTRY.iter().map(|workflow| BuilderEntry {
            name: "Bazel Central Registry".to_owned(),
            kind: BuilderKind::GithubAttestation,
            signer: BuilderSigner::Workflow((*workflow).to_owned()),
            builder_id: None,
            build_types: owned(&[ATTESTATION_BUILD_TYPE]),
            max_level: 3,
        });
        let jobs = [
            BuilderEntry {
                name: "npm's command on GitHub Actions".to_owned(),
                kind: BuilderKind::NpmCli,
                signer: BuilderSigner::AnyWorkflow,
                builder_id: Some(RUNNER.to_owned()),
                build_types: owned(&NPM_BUILD_TYPES),
                max_level: 2,
            },
            BuilderEntry {
                name: "GitHub artifact attestations".to_owned(),
                kind: BuilderKind::GithubAttestation,
                signer: BuilderSigner::AnyWorkflow,
                builder_id: None,
                build_types: owned(&[ATTESTATION_BUILD_TYPE]),
                max_level: 2,
            },
            BuilderEntry {
                name: "Google Cloud Build".to_owned(),
                kind: BuilderKind::GoogleCloudBuild,
                signer: BuilderSigner::Key,
                builder_id: Some(GOOGLE_HOSTED.to_owned()),
                // Which build types go with which version of the id: E-42, in the check.
                build_types: Vec::new(),
                max_level: 3,
            },
        ];
        Self { entries: generators.chain(delegators).chain(bazel).chain(jobs).collect() }
    }

    /// Puts an entry of the person's own before all others.
    pub fn add(&mut self, entry: BuilderEntry) {
        self.entries.insert(0, entry);
    }
}

impl Default for BuilderMap {
    /// The built-in map.
    fn default() -> Self {
        Self::built_in()
    }
}
