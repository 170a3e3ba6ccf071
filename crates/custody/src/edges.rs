//! The lines between the stages (E-55 to E-64).

use touchstone_formats::predicate::Predicate;

use crate::chain::Chain;
use crate::identity::Identity;
use crate::model::{Drawn, Edge, StageId};
use crate::proof::{Anchor, Counted, Match};
use crate::repository;
use crate::stages::{Use, records, uses};

/// Why nothing is joined where the chain is cut.
const REJECTED: &str = "The question about this file was answered with Rejected.";

pub(crate) fn edges(chain: &Chain<'_, '_>) -> Vec<Edge> {
    let mut edges = vec![source_to_build(chain), build_to_artifact(chain), artifact_to_deploy(chain)];
    edges.extend(release_to_source(chain));
    edges
}

fn edge(from: StageId, to: StageId, drawn: Drawn, label: impl Into<String>, why: impl Into<String>) -> Edge {
    let (value, statement) = match &drawn {
        Drawn::Match(joined) => (joined.identity().to_string(), joined.statement()),
        _ => (String::new(), None),
    };
    Edge { from, to, drawn, label: label.into(), value, why: why.into(), statement, checks: Vec::new() }
}

fn matched(from: StageId, to: StageId, joined: Match, why: impl Into<String>) -> Edge {
    let label = format!("= {}", joined.identity().short());
    edge(from, to, Drawn::Match(joined), label, why)
}

/// E-56. Two voices must name the same commit of the same repository: the certificate and the provenance, or one of them
/// and a statement about the source.
fn source_to_build(chain: &Chain<'_, '_>) -> Edge {
    let draw = |drawn, label: &str, why: String| edge(StageId::Source, StageId::Build, drawn, label, why);
    for build in chain.counted_builds() {
        let weighed = build.weighed();
        let certified = weighed.certified_source();
        let stated = &weighed.said.source;
        if weighed.contradicts_certificate() {
            let mut differs = draw(
                Drawn::Differs,
                "≠ commit differs",
                "Certificate and provenance name different sources.".to_owned(),
            );
            differs.value = format!("{} and {}", place(&certified), place(stated));
            differs.statement = Some(weighed.index);
            return differs;
        }
        if certified.pinned().is_some() && stated.pinned().is_some() {
            let joined = build.certified_commit().zip(build.stated_commit());
            if let Some(joined) = joined.and_then(|(left, right)| Match::between(&left, &right)) {
                return matched(
                    StageId::Source,
                    StageId::Build,
                    joined,
                    "Certificate and provenance name the same commit of the same repository.",
                );
            }
        }
        if let Some(joined) = with_source_statement(chain, &build) {
            return matched(
                StageId::Source,
                StageId::Build,
                joined,
                "A statement about the source and the build name the same commit of the same repository.",
            );
        }
    }
    if let Some(fork) = chain.sources.iter().find(|link| !link.same_repository && link.build.is_some()) {
        let mut name = draw(
            Drawn::Name,
            "same commit, other repository",
            "A statement about the source names this commit in another repository. A commit may exist in forks."
                .to_owned(),
        );
        name.value = fork.commit.to_string();
        name.statement = Some(fork.statement);
        return name;
    }
    let builds = chain.builds();
    match builds
        .iter()
        .find(|build| build.certified_source().repository.is_some() || build.said.source.repository.is_some())
    {
        Some(build) if build.counted().is_some() => {
            let mut name = draw(
                Drawn::Name,
                "one statement only",
                "One statement alone names the source. Nothing else names the same commit of the same repository."
                    .to_owned(),
            );
            name.statement = Some(build.index);
            name
        }
        Some(build) => {
            let mut name = draw(Drawn::Name, "word does not count", build.reason.clone());
            name.statement = Some(build.index);
            name
        }
        None if chain.input.cut.is_some() => draw(Drawn::Gap, "not joined", REJECTED.to_owned()),
        None if builds.is_empty() => {
            draw(Drawn::Gap, "no provenance", "No statement says how it was built.".to_owned())
        }
        None => draw(Drawn::Gap, "no source", "The provenance names no commit of a repository.".to_owned()),
    }
}

/// A source in words, as far as it is said.
fn place(source: &crate::said::Source) -> String {
    let commit = source.commit.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{} {commit}", source.repository.as_deref().unwrap_or_default()).trim().to_owned()
}

fn with_source_statement(chain: &Chain<'_, '_>, build: &Counted<'_, '_>) -> Option<Match> {
    let index = build.weighed().index;
    let links = chain.sources.iter().filter(|link| link.build == Some(index) && link.same_repository);
    links.filter_map(|link| chain.get(link.statement)?.counted()?.subject(&link.commit)).find_map(|source| {
        let ours = [build.certified_commit(), build.stated_commit()];
        ours.into_iter().flatten().find_map(|own| Match::between(&own, &source))
    })
}

fn build_to_artifact(chain: &Chain<'_, '_>) -> Edge {
    let draw = |drawn, label: &str, why: &str| edge(StageId::Build, StageId::Artifact, drawn, label, why);
    if let Some((expected, found)) = chain.input.cut.as_ref().and_then(|cut| cut.artifact.as_ref()) {
        let mut differs =
            draw(Drawn::Differs, "≠ digest differs", "The statement names other digests than that of this file.");
        differs.value = format!("{expected} and {found}");
        differs.checks.push("artifact".to_owned());
        return differs;
    }
    for build in chain.counted_builds() {
        if let Some(mut edge) = tied(chain, &build, StageId::Build, StageId::Artifact) {
            edge.why = match edge.why.as_str() {
                "" => "The provenance names the digest of this file.".to_owned(),
                through => format!("The provenance names an index. {through}"),
            };
            return edge;
        }
    }
    match chain.builds().first() {
        Some(_) if !chain.has_artifact() => draw(Drawn::Wait, "no file given", "There is no file to compare with."),
        Some(build) => {
            let mut name = edge(
                StageId::Build,
                StageId::Artifact,
                Drawn::Name,
                "word does not count",
                format!("A provenance names this digest. {}", build.reason),
            );
            name.statement = Some(build.index);
            name
        }
        None if chain.input.cut.is_some() => draw(Drawn::Gap, "not joined", REJECTED),
        None => draw(Drawn::Gap, "no provenance", "No statement says how this file was built."),
    }
}

/// The line between a statement that counts and the artifact. `why` is empty, or says through which index.
fn tied<'w, 'a>(chain: &Chain<'w, 'a>, counted: &Counted<'w, 'a>, from: StageId, to: StageId) -> Option<Edge> {
    let (subject, cover) = chain.tie(counted)?;
    let joined = Match::between(&chain.end(cover)?, &subject)?;
    let why = match &cover.through {
        Some(membership) => format!("The index {} lists {}.", membership.index, membership.manifest),
        None => String::new(),
    };
    let mut edge = matched(from, to, joined, why);
    edge.statement = Some(counted.weighed().index);
    edge.checks.push("artifact".to_owned());
    Some(edge)
}

fn artifact_to_deploy(chain: &Chain<'_, '_>) -> Edge {
    let draw = |drawn, label: &str, why: &str| edge(StageId::Artifact, StageId::Deploy, drawn, label, why);
    if chain.input.cut.is_some() {
        return draw(Drawn::Gap, "not joined", REJECTED);
    }
    let uses = uses(chain);
    for (one, used) in &uses {
        let Some(counted) = one.counted() else { continue };
        if let Some(mut edge) = tied(chain, &counted, StageId::Artifact, StageId::Deploy) {
            let says = match used {
                Use::Released(what) => format!("Released: {what}."),
                Use::Approved(what) => format!("Approved: {what}."),
            };
            edge.why = format!("{says} {}", edge.why).trim_end().to_owned();
            return edge;
        }
    }
    let records = records(chain);
    let named = match (uses.first(), records.first()) {
        (Some((one, _)), _) if !chain.has_artifact() => {
            let mut wait = draw(Drawn::Wait, "no file given", "There is no file to compare with.");
            wait.statement = Some(one.index);
            return wait;
        }
        (Some((one, _)), _) => Some((one.index, "word does not count", one.reason.clone())),
        (None, Some((index, deployed))) => {
            let word = if deployed.observed { "observed, unsigned" } else { "recorded, unsigned" };
            Some((*index, word, "Nobody signed the record that names this digest.".to_owned()))
        }
        (None, None) => None,
    };
    match named {
        Some((statement, label, why)) => {
            let mut name = edge(StageId::Artifact, StageId::Deploy, Drawn::Name, label, why);
            name.statement = Some(statement);
            name
        }
        None => draw(Drawn::Gap, "no deployment record", "No statement says how this file got into use."),
    }
}

/// E-59. A release names its tag by the digest of a git object: the commit, or the annotated tag, which is another.
fn release_to_source(chain: &Chain<'_, '_>) -> Option<Edge> {
    let (release, said) = chain.about().find_map(|one| match &one.said.predicate {
        Predicate::Release(said) => Some((one.counted()?, said)),
        _ => None,
    })?;
    let repository = repository::normalised(&format!("https://github.com/{}", said.repository))?;
    let build = chain.counted_builds().find(|build| {
        let weighed = build.weighed();
        weighed.sources().iter().any(|source| source.repository.as_ref() == Some(&repository))
    })?;
    let commits: Vec<Anchor> = [build.certified_commit(), build.stated_commit()].into_iter().flatten().collect();
    let named: Vec<&Identity> =
        release.weighed().said.subjects.iter().filter(|one| one.algorithm() == crate::Algorithm::Git).collect();
    let joined = named
        .iter()
        .filter_map(|identity| release.subject(identity))
        .find_map(|tag| commits.iter().find_map(|commit| Match::between(commit, &tag)));
    if let Some(joined) = joined {
        let why = format!("The release {} and the build name the same commit of the same repository.", said.tag);
        return Some(matched(StageId::Deploy, StageId::Source, joined, why));
    }
    let object = named.first().map(|identity| identity.hex().to_owned()).unwrap_or_default();
    let weighed = build.weighed();
    let tag = format!("refs/tags/{}", said.tag);
    let same_name = [weighed.certified_source().reference, weighed.said.source.reference.clone()]
        .iter()
        .flatten()
        .any(|reference| *reference == tag);
    same_name.then(|| {
        let mut name = edge(
            StageId::Deploy,
            StageId::Source,
            Drawn::Name,
            "name match only",
            format!(
                "Both say {}, but the release names the git object {}, not the commit.",
                said.tag,
                object.get(..7).unwrap_or(&object)
            ),
        );
        name.value = object;
        name.statement = Some(release.weighed().index);
        name
    })
}
