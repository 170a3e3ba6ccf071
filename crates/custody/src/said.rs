//! What a statement says, read once. Nothing here is believed: [`crate::proof`] decides whose word counts.

use touchstone_formats::json::Value;
use touchstone_formats::predicate::release::Release;
use touchstone_formats::predicate::slsa::{GITHUB_BUILD_TYPES, Provenance, ProvenanceVersion};
use touchstone_formats::predicate::source::{SourceProvenance, TagProvenance};
use touchstone_formats::predicate::summary::{Summary, SummaryVersion};
use touchstone_formats::predicate::{self, Predicate};
use touchstone_formats::resource::ResourceDescriptor;
use touchstone_formats::statement::{Statement, Subject};
use touchstone_formats::uri::Purl;
use touchstone_verify::GOOGLE_HOSTED;

use crate::identity::Identity;
use crate::repository::{self, Located};

/// A statement, read.
#[derive(Debug)]
pub(crate) struct Said<'a> {
    pub(crate) statement: Option<&'a Statement>,
    pub(crate) predicate: Predicate,
    /// A predicate of a known type and the wrong shape: it says nothing.
    pub(crate) malformed: bool,
    /// It cannot be read because it names two releases.
    pub(crate) two_releases: bool,
    /// Identities of every subject, each once.
    pub(crate) subjects: Vec<Identity>,
    /// Identities of what it lists as used for its subjects, sorted, each once: inputs of a build, the commit before.
    pub(crate) used: Vec<Identity>,
    /// Where a provenance says that the source came from.
    pub(crate) source: Source,
}

/// Where source came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Normalised.
    pub(crate) repository: Option<String>,
    /// `refs/…`.
    pub(crate) reference: Option<String>,
    /// The commit.
    pub(crate) commit: Option<Identity>,
}

impl Source {
    /// Repository and commit, when both are said: a commit alone may exist in forks (E-56).
    pub(crate) fn pinned(&self) -> Option<(&str, &Identity)> {
        Some((self.repository.as_deref()?, self.commit.as_ref()?))
    }
}

impl<'a> Said<'a> {
    pub(crate) fn nothing() -> Self {
        Self {
            statement: None,
            predicate: Predicate::Unknown,
            malformed: false,
            two_releases: false,
            subjects: Vec::new(),
            used: Vec::new(),
            source: Source::default(),
        }
    }

    /// A signature over a file itself: it says nothing but that.
    pub(crate) fn signature(of: Identity) -> Self {
        Self { subjects: vec![of], ..Self::nothing() }
    }

    pub(crate) fn read(statement: &'a Statement) -> Self {
        let (predicate, malformed, two_releases) = match predicate::read(statement) {
            Ok(Predicate::Release(release)) if names_two_releases(statement, &release) => {
                (Predicate::Unknown, true, true)
            }
            Ok(predicate) => (predicate, false, false),
            Err(_) => (Predicate::Unknown, true, false),
        };
        let is_release = matches!(predicate, Predicate::Release(_));
        let mut subjects: Vec<Identity> =
            statement.subjects.iter().flat_map(|subject| identities(subject, is_release)).collect();
        subjects.sort_unstable();
        subjects.dedup();
        let source = match &predicate {
            Predicate::Provenance(provenance) => provenance_source(provenance),
            Predicate::Summary(summary) => Source {
                repository: repository::normalised(&summary.resource_uri),
                reference: Some(source_refs(statement).join(", ")).filter(|refs| !refs.is_empty()),
                commit: None,
            },
            Predicate::SourceProvenance(said) => Source {
                repository: repository::normalised(&said.repository_uri),
                reference: Some(said.branch.clone()).filter(|branch| !branch.is_empty()),
                commit: None,
            },
            Predicate::TagProvenance(said) => Source {
                repository: repository::normalised(&said.repository_uri),
                reference: Some(said.tag.clone()),
                commit: None,
            },
            _ => Source::default(),
        };
        let mut used: Vec<Identity> = match &predicate {
            Predicate::Provenance(provenance) => provenance.dependencies.iter().filter_map(dependency).collect(),
            Predicate::SourceProvenance(said) => Identity::of_git(&said.previous_commit).into_iter().collect(),
            Predicate::Link(link) => link.materials.iter().filter_map(dependency).collect(),
            _ => Vec::new(),
        };
        used.extend(source.commit.clone());
        used.sort_unstable();
        used.dedup();
        Self { statement: Some(statement), predicate, malformed, two_releases, subjects, used, source }
    }

    pub(crate) fn provenance(&self) -> Option<&Provenance> {
        match &self.predicate {
            Predicate::Provenance(provenance) => Some(provenance),
            _ => None,
        }
    }

    pub(crate) fn summary(&self) -> Option<&Summary> {
        match &self.predicate {
            Predicate::Summary(summary) => Some(summary),
            _ => None,
        }
    }

    /// A summary of the final version that passed; drafts before it are shown and not relied on (E.7, E-49).
    pub(crate) fn passed(&self) -> Option<&Summary> {
        self.summary().filter(|summary| summary.version == SummaryVersion::V1 && summary.result == "PASSED")
    }

    /// What it lists by digest of its own bytes, and the words for that: what a summary was made from (E-57), the documents
    /// that a reference points at (E-52).
    pub(crate) fn documents(&self) -> (&[ResourceDescriptor], &'static str) {
        match &self.predicate {
            Predicate::Summary(summary) => (&summary.input_attestations, "judged in"),
            Predicate::Reference(documents) => (documents, "pointed at by"),
            _ => (&[], ""),
        }
    }

    /// What it lists as used for its subjects, and the words for that.
    pub(crate) fn listed(&self) -> (&[ResourceDescriptor], &'static str) {
        match &self.predicate {
            Predicate::Provenance(provenance) => (&provenance.dependencies, "built from"),
            Predicate::Link(link) => (&link.materials, "used for"),
            _ => (&[], ""),
        }
    }

    pub(crate) fn source_provenance(&self) -> Option<&SourceProvenance> {
        match &self.predicate {
            Predicate::SourceProvenance(said) => Some(said),
            _ => None,
        }
    }

    pub(crate) fn tag_provenance(&self) -> Option<&TagProvenance> {
        match &self.predicate {
            Predicate::TagProvenance(said) => Some(said),
            _ => None,
        }
    }

    /// Whether it is about a commit: a statement of the source track.
    pub(crate) fn is_about_source(&self) -> bool {
        match &self.predicate {
            Predicate::SourceProvenance(_) | Predicate::TagProvenance(_) => true,
            Predicate::Summary(_) => self.subjects.iter().any(|subject| subject.algorithm() == crate::Algorithm::Git),
            _ => false,
        }
    }

    /// In words: "SLSA provenance v1".
    pub(crate) fn kind(&self) -> &'static str {
        if self.malformed {
            return "statement that cannot be read";
        }
        match &self.predicate {
            Predicate::Provenance(provenance) => match provenance.version {
                ProvenanceVersion::V0_1 => "SLSA provenance v0.1",
                ProvenanceVersion::V0_2 => "SLSA provenance v0.2",
                ProvenanceVersion::V1 => "SLSA provenance v1",
            },
            Predicate::Summary(_) if self.is_about_source() => "source verification summary",
            Predicate::Summary(_) => "verification summary",
            Predicate::SourceProvenance(_) => "source provenance",
            Predicate::TagProvenance(_) => "tag provenance",
            Predicate::Release(_) => "GitHub release",
            Predicate::NpmPublish(_) => "npm publish statement",
            Predicate::PypiPublish => "PyPI publish statement",
            Predicate::PolicyPublish(_) => "publish approval",
            Predicate::Deployment(_) => "deployment approval",
            Predicate::Svr(_) => "verification result",
            Predicate::CosignSign => "cosign image signature",
            Predicate::Sbom(predicate::SbomFormat::Spdx) => "SPDX bill of materials",
            Predicate::Sbom(predicate::SbomFormat::CycloneDx) => "CycloneDX bill of materials",
            Predicate::TestResult(_) => "test result",
            Predicate::Link(_) => "in-toto link",
            Predicate::Scai(_) => "SCAI attributes",
            Predicate::VulnerabilityScan(_) => "vulnerability scan",
            Predicate::OpenVex(_) => "OpenVEX document",
            Predicate::RuntimeTrace(_) => "runtime trace",
            Predicate::Reference(_) => "reference",
            _ if self.statement.is_some() => "statement of a type that is not interpreted",
            _ => "signature over the file",
        }
    }
}

/// Whether a statement may list others by the digests of their bytes: then [`crate::Evidence::digests`] are needed. By its
/// type alone, which is cheap.
#[must_use]
pub fn lists_documents(statement: &Statement) -> bool {
    let listing = ["https://slsa.dev/verification_summary/", "https://in-toto.io/attestation/reference/"];
    listing.iter().any(|family| statement.predicate_type.starts_with(family))
}

/// Identities of one subject. `sha1` names a git object only where a release names its tag, and `sha256` one where the repository
/// uses that; a digest of another algorithm names nothing there (E-50, E-55, E-59).
pub(crate) fn identities(subject: &Subject, of_release: bool) -> impl Iterator<Item = Identity> + '_ {
    let names_tag = of_release && subject.uri.as_deref().is_some_and(|uri| uri.starts_with("pkg:github/"));
    subject.digests.iter().filter_map(move |digest| match (digest.algorithm.as_str(), digest.value.len()) {
        ("sha1", 40) | ("sha256", 64) if names_tag => Identity::of_git(&digest.value),
        ("gitCommit" | "gitTag", _) => Identity::of_subject(digest),
        _ if names_tag => None,
        _ => Identity::of_subject(digest),
    })
}

/// Whether a release names another repository or tag in a package URL than in its predicate (E-50).
fn names_two_releases(statement: &Statement, release: &Release) -> bool {
    let of_subjects = statement.subjects.iter().filter_map(|subject| subject.uri.as_deref());
    let mut purls = of_subjects.filter(|uri| uri.starts_with("pkg:github/")).chain(release.purl.as_deref());
    purls.any(|purl| !Purl::parse(purl).is_ok_and(|purl| purl.is_github(&release.repository, &release.tag)))
}

/// The refs for which a source summary holds, of all of its commits, each once (E-45).
fn source_refs(statement: &Statement) -> Vec<&str> {
    let mut refs: Vec<&str> =
        statement.subjects.iter().flat_map(|subject| subject.source_refs().unwrap_or_default()).collect();
    refs.sort_unstable();
    refs.dedup();
    refs
}

/// What a dependency is: a commit when its URI is a repository's, else a file.
pub(crate) fn dependency(descriptor: &ResourceDescriptor) -> Option<Identity> {
    let is_repository = place(descriptor).is_some();
    let commit = descriptor.digests.iter().any(|digest| digest.algorithm == "gitCommit");
    let named = if commit || is_repository { descriptor.git_commit().and_then(Identity::of_git) } else { None };
    named.or_else(|| descriptor.digests.iter().find_map(|digest| Identity::of_file(&digest.algorithm, &digest.value)))
}

/// The repository that a dependency is a commit of, normalised. BuildKit and package managers write the reference behind a
/// `#` (E-65).
pub(crate) fn place(descriptor: &ResourceDescriptor) -> Option<String> {
    repository::normalised(descriptor.uri.as_deref()?.split('#').next()?)
}

/// Where a provenance says that the source came from: the place of its instructions, else the first repository among
/// what it lists as used.
fn provenance_source(provenance: &Provenance) -> Source {
    let from_uri = |uri: Option<&str>| uri.and_then(repository::located);
    let mut source = Source::default();
    let mut take = |located: Option<Located>, commit: Option<&str>| {
        if let Some(located) = located {
            if source.repository.as_ref().is_some_and(|known| *known != located.repository) {
                return;
            }
            source.reference = source.reference.take().or(located.reference);
            source.repository = Some(located.repository);
            source.commit = source.commit.take().or_else(|| commit.and_then(Identity::of_git));
        }
    };
    if let Some(said) = provenance.buildkit_source() {
        let reference = said.reference.map(str::to_owned);
        take(from_uri(Some(said.repository)).map(|located| Located { reference, ..located }), said.commit);
    }
    if let Some(workflow) = workflow(provenance) {
        let reference = Some(workflow.1.to_owned()).filter(|reference| !reference.is_empty());
        take(from_uri(Some(workflow.0)).map(|located| Located { reference, ..located }), None);
    }
    if let Some(config) = &provenance.config_source {
        let commit = config.digests.iter().find(|digest| ["gitCommit", "sha1"].contains(&digest.algorithm.as_str()));
        take(from_uri(config.uri.as_deref()), commit.map(|digest| digest.value.as_str()));
    }
    // Of a build type that nobody knows, what is listed as used is just that (E-67).
    let lists_source = provenance.version != ProvenanceVersion::V1
        || provenance.builder_id.split('@').next() == Some(GOOGLE_HOSTED)
        || matches!(provenance.claims(), Ok(Some(_)));
    for dependency in provenance.dependencies.iter().filter(|_| lists_source) {
        if let Some(commit) = dependency.git_commit() {
            take(from_uri(dependency.uri.as_deref()), Some(commit));
        }
    }
    source
}

/// (repository, reference, path) of `externalParameters.workflow`, as the two build types of GitHub Actions have it. In
/// another build type a member of that name means whatever that says (E-67).
pub(crate) fn workflow(provenance: &Provenance) -> Option<(&str, &str, &str)> {
    if provenance.version != ProvenanceVersion::V1 || !GITHUB_BUILD_TYPES.contains(&provenance.build_type.as_str()) {
        return None;
    }
    let workflow = provenance.parameters.as_ref()?.get("workflow")?;
    let text = |key: &str| workflow.get(key).and_then(Value::as_str).unwrap_or_default();
    Some((text("repository"), text("ref"), text("path")))
}
