//! Where a statement says its source is: a provenance by its build type (E-25, E-43), one of the source track by its kind
//! (E-46, E-47). Only the signer's words.

use touchstone_formats::json::Value;
use touchstone_formats::predicate::Predicate;
use touchstone_formats::predicate::slsa::{Provenance, ProvenanceVersion};
use touchstone_formats::predicate::summary::SummaryVersion;
use touchstone_formats::statement::{Statement, Subject};
use touchstone_formats::uri::{CloudBuildSource, GitUri, Repository};

use crate::builder_map::{CONTAINER_BASED, GOOGLE_HOSTED};
use crate::checks::agreement::Agreement;
use crate::finding::Outcome;

/// One place where a provenance names its source.
#[derive(Clone, Debug)]
pub(crate) struct StatedSource {
    /// As it is written.
    pub(crate) text: String,
    /// As it is meant; `None`: it cannot be read as a source.
    pub(crate) meant: Option<Meant>,
    /// Where in the statement.
    pub(crate) path: String,
}

/// A source as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A repository, with its ref where one is written.
    Repository(Repository, Option<String>),
    /// An archive in a bucket (E-43).
    Storage(String),
}

impl StatedSource {
    fn new(text: &str, path: impl Into<String>, read: impl FnOnce(&str) -> Option<Meant>) -> Self {
        Self { text: text.to_owned(), meant: read(text), path: path.into() }
    }
}

/// Every place where `provenance` names its source; `None` for a build type whose fields are not known to. Of one that is not known
/// ([`is_known`]) where the format itself says that the build is configured, which may be elsewhere than what is built.
pub(crate) fn sources(provenance: &Provenance) -> Result<Option<Vec<StatedSource>>, Outcome> {
    if is_cloud_build(provenance) {
        return Ok(Some(cloud_build(provenance)));
    }
    // A known build type of the wrong shape fails in the check that compares it.
    let git = |text: &str| GitUri::parse(text).ok().map(|uri| Meant::Repository(uri.repository, uri.reference));
    let Some(claims) = provenance.claims().map_err(|_| Outcome::Blocked(Agreement::CHECK))? else {
        // Before v1 the format itself says where the source is, for any type of build. BuildKit writes it in a way of its own (E-65).
        let uri = provenance.config_source.as_ref().and_then(|source| source.uri.as_deref());
        let uri = uri.filter(|uri| !uri.is_empty() && provenance.buildkit_source().is_none());
        return Ok(uri.map(|uri| vec![StatedSource::new(uri, config_source_path(provenance), git)]));
    };
    let mut stated: Vec<StatedSource> = claims
        .sources
        .iter()
        .chain(&claims.repositories)
        .map(|claim| StatedSource::new(&claim.value, claim.path.to_string(), git))
        .collect();
    if provenance.build_type == CONTAINER_BASED {
        let uri = member(provenance.parameters.as_ref(), &["source", "uri"]).unwrap_or_default();
        stated.push(StatedSource::new(uri, "$.predicate.buildDefinition.externalParameters.source.uri", git));
    }
    Ok(Some(stated))
}

/// Where the URI of [`Provenance::config_source`] stands.
const fn config_source_path(provenance: &Provenance) -> &'static str {
    match provenance.version {
        ProvenanceVersion::V0_1 => "$.predicate.recipe.definedInMaterial",
        _ => "$.predicate.invocation.configSource.uri",
    }
}

/// Whether it is known where a provenance of this type of build names its source.
pub(crate) fn is_known(provenance: &Provenance) -> bool {
    has_references(provenance) || is_cloud_build(provenance)
}

/// Whether [`references`] finds every ref that `provenance` names: of other types of build nobody knows where they stand.
pub(crate) fn has_references(provenance: &Provenance) -> bool {
    provenance.claims().is_ok_and(|claims| claims.is_some()) && !is_cloud_build(provenance)
}

/// What a statement of the source track says its source is: a summary about a commit, or a source or tag provenance. Drafts
/// leave out either.
pub(crate) struct SourceTrack {
    /// The repository.
    pub(crate) source: Option<StatedSource>,
    /// Refs for which it holds, each with its place in the statement: of each of its commits any of them, or none.
    pub(crate) references: Vec<Vec<(String, String)>>,
}

/// E-46, E-47; `None` for every other statement.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(crate) fn source_track(predicate: &Predicate, statement: &Statement) -> Option<SourceTrack> {
    let git = |text: &str| GitUri::parse(text).ok().map(|uri| Meant::Repository(uri.repository, None));
    let said = |uri: &str, member: &str, references: Vec<Vec<(String, String)>>| SourceTrack {
        source: (!uri.is_empty()).then(|| StatedSource::new(uri, format!("$.predicate.{member}"), git)),
        references,
    };
    let one = |reference: &str, member: &str| match reference {
        "" => vec![Vec::new()],
        reference => vec![vec![(reference.to_owned(), format!("$.predicate.{member}"))]],
    };
    match predicate {
        Predicate::Summary(summary) if summary.version == SummaryVersion::V1 => {
            let is_commit = |subject: &&Subject| subject.digests.iter().any(|digest| digest.algorithm == "gitCommit");
            let commits: Vec<&Subject> = statement.subjects.iter().filter(is_commit).collect();
            // The predicate's own check refuses refs of the wrong shape.
            let references = commits.iter().map(|subject| {
                let place = format!("{}.annotations", subject.path);
                let refs = subject.source_refs().unwrap_or_default();
                refs.into_iter().map(|reference| (reference.to_owned(), place.clone())).collect::<Vec<_>>()
            });
            let references = references.collect();
            (!commits.is_empty()).then(|| said(&summary.resource_uri, "resourceUri", references))
        }
        Predicate::SourceProvenance(provenance) => {
            Some(said(&provenance.repository_uri, "repo_uri", one(&provenance.branch, "branch")))
        }
        Predicate::TagProvenance(provenance) => {
            Some(said(&provenance.repository_uri, "repo_uri", one(&provenance.tag, "tag")))
        }
        _ => None,
    }
}

/// Refs that `provenance` says it was built for.
pub(crate) fn references(provenance: &Provenance) -> Result<Vec<(String, String)>, Outcome> {
    if is_cloud_build(provenance) {
        return Ok(cloud_build_references(provenance));
    }
    let Some(claims) = provenance.claims().map_err(|_| Outcome::Blocked(Agreement::CHECK))? else {
        return Ok(Vec::new());
    };
    let of_sources = claims.sources.iter().filter_map(|claim| {
        let reference = GitUri::parse(&claim.value).ok()?.reference?;
        Some((reference, claim.path.to_string()))
    });
    let own = claims.references.iter().map(|claim| (claim.value.clone().into_owned(), claim.path.to_string()));
    Ok(own.chain(of_sources).collect())
}

pub(crate) fn is_cloud_build(provenance: &Provenance) -> bool {
    provenance.builder_id.split('@').next() == Some(GOOGLE_HOSTED)
}

/// E-43.
fn cloud_build(provenance: &Provenance) -> Vec<StatedSource> {
    let read = |text: &str| {
        Some(match CloudBuildSource::parse(text).ok()? {
            CloudBuildSource::Git(uri) => Meant::Repository(uri.repository, uri.reference),
            CloudBuildSource::Storage(uri) => Meant::Storage(uri),
        })
    };
    let mut stated = Vec::new();
    if let Some(first) = provenance.dependencies.first() {
        let uri = first.uri.as_deref().unwrap_or_default();
        stated.push(StatedSource::new(uri, format!("{}.uri", first.path), read));
    }
    if provenance.version == ProvenanceVersion::V1 {
        let repository = member(provenance.parameters.as_ref(), &["buildConfigSource", "repository"]);
        let path = "$.predicate.buildDefinition.externalParameters.buildConfigSource.repository";
        stated.extend(repository.map(|uri| StatedSource::new(uri, path, read)));
    }
    stated
}

fn cloud_build_references(provenance: &Provenance) -> Vec<(String, String)> {
    let (substitutions, base) = match provenance.version {
        ProvenanceVersion::V1 => (
            member_value(provenance.environment.as_ref(), &["systemSubstitutions"]),
            "$.predicate.buildDefinition.internalParameters.systemSubstitutions",
        ),
        _ => (
            member_value(provenance.parameters.as_ref(), &["substitutions"]),
            "$.predicate.recipe.arguments.substitutions",
        ),
    };
    let substituted =
        [("TAG_NAME", "refs/tags/"), ("BRANCH_NAME", "refs/heads/")].into_iter().filter_map(|(key, prefix)| {
            let name = substitutions?.get(key)?.as_str().filter(|name| !name.is_empty())?;
            Some((format!("{prefix}{name}"), format!("{base}.{key}")))
        });
    let config = (provenance.version == ProvenanceVersion::V1)
        .then(|| member(provenance.parameters.as_ref(), &["buildConfigSource", "ref"]))
        .flatten()
        .map(|reference| {
            let path = "$.predicate.buildDefinition.externalParameters.buildConfigSource.ref";
            (reference.to_owned(), path.to_owned())
        });
    substituted.chain(config).collect()
}

fn member_value<'v>(value: Option<&'v Value>, keys: &[&str]) -> Option<&'v Value> {
    keys.iter().try_fold(value?, |value, key| value.get(key))
}

fn member<'v>(value: Option<&'v Value>, keys: &[&str]) -> Option<&'v str> {
    member_value(value, keys)?.as_str().filter(|text| !text.is_empty())
}
