//! Which statements are about the artifact, which are about its source, and which lines follow from that
//! (E-55 to E-64). Everything is looked up by identity; nothing is compared with everything.

use std::collections::{BTreeMap, BTreeSet};

use touchstone_formats::predicate::summary::Summary;
use touchstone_formats::resource::ResourceDescriptor;

use crate::evidence::{Input, Membership};
use crate::identity::{Algorithm, Identity};
use crate::limits::{MAX_COVERS, MAX_SUBJECTS};
use crate::proof::{Anchor, Counted, Weighed, own_digests};
use crate::said::{Said, identities};

/// The evidence, joined.
pub(crate) struct Chain<'w, 'a> {
    pub(crate) input: &'a Input<'a>,
    pub(crate) weighed: &'w [Weighed<'a>],
    /// Statements by what they are about.
    by_subject: BTreeMap<&'w Identity, Vec<usize>>,
    /// Pieces of evidence by the digest of their own bytes.
    by_bytes: BTreeMap<&'a Identity, usize>,
    /// What counts as the artifact: its own digests, then indexes that list it.
    pub(crate) covers: Vec<Cover>,
    /// Statements about the artifact, in the order given.
    pub(crate) about: Vec<usize>,
    /// Statements about the source of one that is provenance of the artifact.
    pub(crate) sources: Vec<SourceLink>,
    /// Whether subjects were left out of the index.
    pub(crate) is_capped: bool,
}

/// Something that counts as the artifact.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    pub(crate) identity: Identity,
    /// The index that lists the cover before it; `None` for the artifact itself.
    pub(crate) through: Option<Membership>,
    /// Its place in the list of covers.
    pub(crate) under: Option<usize>,
}

/// A statement about a commit that a build names.
#[derive(Clone, Debug)]
pub(crate) struct SourceLink {
    pub(crate) statement: usize,
    /// The provenance that names the commit; `None` where the commit itself is asked about.
    pub(crate) build: Option<usize>,
    pub(crate) commit: Identity,
    /// Whether both name the same repository; a commit alone may exist in forks (E-56).
    pub(crate) same_repository: bool,
}

impl<'w, 'a> Chain<'w, 'a> {
    pub(crate) fn of(input: &'a Input<'a>, weighed: &'w [Weighed<'a>]) -> Self {
        let mut by_subject: BTreeMap<&Identity, Vec<usize>> = BTreeMap::new();
        let mut left = MAX_SUBJECTS;
        for one in weighed.iter().filter(|one| one.may_be_heard()) {
            for subject in &one.said.subjects {
                if left == 0 {
                    break;
                }
                left = left.saturating_sub(1);
                by_subject.entry(subject).or_default().push(one.index);
            }
        }
        let mut by_bytes = BTreeMap::new();
        for (index, evidence) in input.evidence.iter().enumerate().take(weighed.len()) {
            for digest in &evidence.digests {
                by_bytes.entry(digest).or_insert(index);
            }
        }
        let covers = covers(input, focus(input, weighed));
        let (about, sources, is_capped) = (Vec::new(), Vec::new(), left == 0);
        let mut chain = Self { input, weighed, by_subject, by_bytes, covers, about, sources, is_capped };
        chain.about = chain.find_about();
        chain.sources = chain.find_sources();
        chain
    }

    pub(crate) fn get(&self, index: usize) -> Option<&'w Weighed<'a>> {
        self.weighed.get(index)
    }

    pub(crate) fn with_subject(&self, identity: &Identity) -> &[usize] {
        self.by_subject.get(identity).map_or(&[], Vec::as_slice)
    }

    /// What is listed by digest of its own bytes, such as the attestations that a summary was made from: which, and its
    /// place among the evidence where these very bytes are at hand (E-57).
    pub(crate) fn at_hand<'s>(
        &self,
        listed: &'s [ResourceDescriptor],
    ) -> Vec<(&'s ResourceDescriptor, Option<(Identity, usize)>)> {
        let at_hand = |listed: &ResourceDescriptor| {
            listed.digests.iter().find_map(|digest| {
                let identity = Identity::of_file(&digest.algorithm, &digest.value)?;
                let index = self.by_bytes.get(&identity).copied()?;
                Some((identity, index))
            })
        };
        listed.iter().map(|listed| (listed, at_hand(listed))).collect()
    }

    /// The bundle that the question was about.
    pub(crate) fn asked(&self) -> Option<&'w Weighed<'a>> {
        self.weighed.iter().find(|one| one.is_asked())
    }

    /// Statements about the artifact.
    pub(crate) fn about(&self) -> impl Iterator<Item = &'w Weighed<'a>> + '_ {
        self.about.iter().filter_map(|index| self.get(*index))
    }

    /// Provenance of the artifact: the one asked about first, then those whose word counts.
    pub(crate) fn builds(&self) -> Vec<&'w Weighed<'a>> {
        let mut builds: Vec<_> = self.about().filter(|one| one.said.provenance().is_some()).collect();
        builds.sort_by_key(|one| (one.counted().is_none(), !one.is_asked(), one.index));
        builds
    }

    /// Those that count.
    pub(crate) fn counted_builds(&self) -> impl Iterator<Item = Counted<'w, 'a>> {
        self.builds().into_iter().filter_map(Weighed::counted)
    }

    /// Whether the thing asked about is at hand or was stated.
    pub(crate) const fn has_artifact(&self) -> bool {
        self.input.artifact.is_some()
    }

    /// What ties a statement to the artifact: its subject, and the cover with the same identity.
    pub(crate) fn tie(&self, counted: &Counted<'w, 'a>) -> Option<(Anchor, &Cover)> {
        self.covers.iter().find_map(|cover| Some((counted.subject(&cover.identity)?, cover)))
    }

    /// The artifact's own end of a line: itself, or an index that lists it, by bytes that were given.
    pub(crate) fn end(&self, cover: &Cover) -> Option<Anchor> {
        match (&cover.through, cover.under.and_then(|under| self.covers.get(under))) {
            (Some(membership), Some(under)) => Anchor::member(&self.end(under)?, membership),
            _ => Anchor::artifact(self.input.artifact.as_ref()?, &cover.identity),
        }
    }

    /// What a listed verifier states of the artifact, as far as it may be relied on: of the final version, passed, and for the
    /// resource that the person expects, where they do (E-49).
    pub(crate) fn relied_summary(&self, one: &'w Weighed<'a>) -> Option<&'w Summary> {
        let counts = one.counted().is_some() && one.verifier.is_some() && self.has_artifact();
        let is_expected = |summary: &&Summary| {
            self.input.parties.resource.as_ref().is_none_or(|expected| summary.resource_uri == *expected)
        };
        one.said.passed().filter(|_| counts).filter(is_expected)
    }

    /// The branch that a build was for, where a statement about its source speaks of other branches alone: those have another
    /// history (E-46). A tag may stand on a commit of a branch.
    pub(crate) fn other_branch(&self, link: &SourceLink) -> Option<String> {
        let build = link.build.and_then(|build| self.get(build))?;
        let one = self.get(link.statement)?;
        let said: Vec<&str> = one.said.source.reference.as_deref()?.split(", ").collect();
        let sources = build.sources();
        let built: Vec<&String> = sources.iter().filter_map(|source| source.reference.as_ref()).collect();
        let is_branch = |name: &str| name.starts_with("refs/heads/");
        let is_other = !built.is_empty()
            && built.iter().all(|built| is_branch(built) && !said.contains(&built.as_str()))
            && said.iter().all(|said| is_branch(said));
        built.first().filter(|_| is_other).map(|built| (*built).clone())
    }

    fn find_about(&self) -> Vec<usize> {
        let mut about = BTreeSet::new();
        for cover in &self.covers {
            for index in self.with_subject(&cover.identity) {
                let Some(one) = self.get(*index) else { continue };
                if cover.through.is_some() || !self.contradicts(&one.said, &cover.identity) {
                    about.insert(*index);
                }
            }
        }
        about.into_iter().collect()
    }

    /// Whether a statement has one digest of the artifact and denies another: then it is not about the artifact.
    pub(crate) fn denies_artifact(&self, said: &Said<'_>, identity: &Identity) -> bool {
        let is_own = self.input.artifact.as_ref().is_some_and(|artifact| own_digests(artifact).contains(identity));
        is_own && self.contradicts(said, identity)
    }

    /// B-98: a subject that has one digest of the artifact and denies another is about nothing.
    fn contradicts(&self, said: &Said<'_>, identity: &Identity) -> bool {
        let Some(artifact) = &self.input.artifact else { return false };
        let own = own_digests(artifact);
        let denies =
            |found: &Identity| own.iter().any(|known| known.algorithm() == found.algorithm() && known != found);
        let Some(statement) = said.statement else { return false };
        let mut with_it = statement
            .subjects
            .iter()
            .map(|subject| identities(subject, false).collect::<Vec<_>>())
            .filter(|all| all.contains(identity))
            .peekable();
        with_it.peek().is_some() && with_it.all(|all| all.iter().any(denies))
    }

    fn find_sources(&self) -> Vec<SourceLink> {
        let mut links = Vec::new();
        let mut seen = BTreeSet::new();
        for build in self.builds() {
            for (repository, commit) in build.sources().iter().filter_map(|source| source.pinned()) {
                // Each source once, under the first build that names it; those whose word counts come first.
                if !seen.insert((repository.to_owned(), commit.clone())) {
                    continue;
                }
                for index in self.with_subject(commit) {
                    let Some(one) = self.get(*index).filter(|one| one.said.is_about_source()) else { continue };
                    links.push(SourceLink {
                        statement: *index,
                        build: Some(build.index),
                        commit: commit.clone(),
                        same_repository: one.said.source.repository.as_deref() == Some(repository),
                    });
                }
            }
        }
        self.asked_sources(&mut links);
        links
    }

    /// Where a commit itself is asked about: what the question's own statement says of its repository decides.
    fn asked_sources(&self, links: &mut Vec<SourceLink>) {
        let repository = self.asked().and_then(|asked| asked.said.source.repository.clone());
        for cover in self.covers.iter().filter(|cover| cover.identity.algorithm() == Algorithm::Git) {
            for index in self.with_subject(&cover.identity) {
                let Some(one) = self.get(*index).filter(|one| one.said.is_about_source()) else { continue };
                links.push(SourceLink {
                    statement: *index,
                    build: None,
                    commit: cover.identity.clone(),
                    same_repository: repository.is_some() && one.said.source.repository == repository,
                });
            }
        }
    }
}

/// What is asked about: the artifact's digests; without an artifact, what the question's own statement is about.
fn focus(input: &Input<'_>, weighed: &[Weighed<'_>]) -> Vec<Identity> {
    match &input.artifact {
        Some(artifact) => own_digests(artifact).to_vec(),
        None => weighed
            .iter()
            .find(|one| one.is_asked())
            .map(|one| one.said.subjects.iter().take(MAX_COVERS).cloned().collect())
            .unwrap_or_default(),
    }
}

/// The focus, and every index that lists it, over as many steps as there are. Each identity once: a circle of indexes
/// ends. Downwards nothing is covered: a signature on a manifest says nothing about its index (F-22).
fn covers(input: &Input<'_>, focus: Vec<Identity>) -> Vec<Cover> {
    let mut lists: BTreeMap<&Identity, Vec<&Membership>> = BTreeMap::new();
    for membership in &input.memberships {
        lists.entry(&membership.manifest).or_default().push(membership);
    }
    let mut seen: BTreeSet<Identity> = focus.iter().cloned().collect();
    let mut covers: Vec<Cover> =
        focus.into_iter().map(|identity| Cover { identity, through: None, under: None }).collect();
    let mut next = 0;
    while let Some(cover) = covers.get(next).cloned() {
        for membership in lists.get(&cover.identity).into_iter().flatten() {
            if covers.len() < MAX_COVERS && seen.insert(membership.index.clone()) {
                covers.push(Cover {
                    identity: membership.index.clone(),
                    through: Some((*membership).clone()),
                    under: Some(next),
                });
            }
        }
        next = next.saturating_add(1);
    }
    covers
}
