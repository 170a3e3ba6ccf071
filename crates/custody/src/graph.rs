//! The picture of everything that was joined: breadth first from what is asked about, each thing once, so that a circle
//! ends; no more than it has room for.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use touchstone_formats::predicate::Predicate;

use crate::chain::Chain;
use crate::evidence::Held;
use crate::identity::{Algorithm, Identity};
use crate::limits::{MAX_EDGES, MAX_NODES};
use crate::model::{Drawn, Graph, GraphEdge, Node, StageId};
use crate::proof::{Match, Weighed};
use crate::repository;
use crate::said::{dependency, place};
use crate::stages::records;

/// The picture, and how many things had no room in it.
pub(crate) fn graph(chain: &Chain<'_, '_>) -> (Graph, usize) {
    let mut drawing = Drawing {
        chain,
        graph: Graph::default(),
        known: BTreeMap::new(),
        queue: VecDeque::new(),
        spoken: BTreeSet::new(),
        left_out: 0,
    };
    drawing.draw();
    (drawing.graph, drawing.left_out)
}

struct Drawing<'c, 'w, 'a> {
    chain: &'c Chain<'w, 'a>,
    graph: Graph,
    known: BTreeMap<Thing, usize>,
    queue: VecDeque<(Thing, StageId)>,
    /// Statements whose documents are drawn: they are the same for each of its subjects.
    spoken: BTreeSet<usize>,
    left_out: usize,
}

/// What a node stands for. A commit is one of a repository: the same may exist in forks (E-56).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Thing {
    identity: Identity,
    /// Normalised; of a commit alone. `None`: nobody says it.
    repository: Option<String>,
}

impl Thing {
    fn new(identity: &Identity, repository: Option<&str>) -> Self {
        let repository = repository.filter(|_| identity.algorithm() == Algorithm::Git).map(str::to_owned);
        Self { identity: identity.clone(), repository }
    }

    /// Whether a statement about this digest is about this thing: about a commit only where it says the same repository.
    fn is_of(&self, one: &Weighed<'_>) -> bool {
        self.identity.algorithm() != Algorithm::Git
            || self.repository.is_some() && self.repository == said_repository(one)
    }
}

/// The repository that a statement speaks of, normalised.
fn said_repository(one: &Weighed<'_>) -> Option<String> {
    match &one.said.predicate {
        Predicate::Release(release) => repository::normalised(&format!("https://github.com/{}", release.repository)),
        _ => one.said.source.repository.clone(),
    }
}

/// The column of a statement that stands for itself.
fn column(one: &Weighed<'_>) -> StageId {
    match &one.said.predicate {
        _ if one.said.is_about_source() => StageId::Source,
        Predicate::Provenance(_)
        | Predicate::Link(_)
        | Predicate::TestResult(_)
        | Predicate::Scai(_)
        | Predicate::RuntimeTrace(_) => StageId::Build,
        Predicate::Sbom(_)
        | Predicate::VulnerabilityScan(_)
        | Predicate::OpenVex(_)
        | Predicate::Reference(_)
        | Predicate::CosignSign
        | Predicate::Unknown => StageId::Artifact,
        _ => StageId::Deploy,
    }
}

impl<'w, 'a> Drawing<'_, 'w, 'a> {
    fn draw(&mut self) {
        let name = self.chain.input.artifact.as_ref().map(|artifact| artifact.name.clone()).unwrap_or_default();
        // Where a commit itself is asked about, the question's own statement says of which repository.
        let asked_repository = self.chain.asked().and_then(said_repository);
        for cover in &self.chain.covers.clone() {
            let stage = stage_of(&cover.identity, StageId::Artifact);
            let asked = cover.through.is_none();
            let label = if asked && !name.is_empty() { name.clone() } else { cover.identity.short() };
            self.node(Thing::new(&cover.identity, asked_repository.as_deref()), stage, label, asked);
        }
        for cover in &self.chain.covers {
            let Some(membership) = &cover.through else { continue };
            if let (Some(from), Some(to)) = (self.known_file(&membership.index), self.known_file(&membership.manifest))
            {
                self.edge(from, to, Drawn::Match(Match::listed(membership)), "lists", membership.listed_in);
            }
        }
        while let Some((thing, stage)) = self.queue.pop_front() {
            for index in self.chain.with_subject(&thing.identity) {
                if let Some(one) = self.chain.get(*index) {
                    self.statement(one, &thing, stage);
                }
            }
        }
        self.records();
    }

    /// What one statement joins to one of its subjects.
    fn statement(&mut self, one: &Weighed<'a>, subject: &Thing, stage: StageId) {
        let Some(to) = self.known.get(subject).copied() else { return };
        if self.chain.denies_artifact(&one.said, &subject.identity) {
            return;
        }
        let used = if subject.is_of(one) { self.used(one) } else { Vec::new() };
        if used.is_empty() {
            self.voice(one, subject, to, stage);
            return;
        }
        for (thing, label, text) in used {
            let (identity, stage) = (thing.identity.clone(), stage_of(&thing.identity, StageId::Build));
            let Some(from) = self.node(thing, stage, text, false) else { continue };
            let joined = one.counted().and_then(|counted| counted.joins(&identity, &subject.identity));
            // E-31, where nothing compared them: the certificate names another source.
            let differs = one.said.source.commit.as_ref() == Some(&identity) && one.contradicts_certificate();
            let drawn = if differs { Drawn::Differs } else { joined.map_or(Drawn::Name, Drawn::Match) };
            self.edge(from, to, drawn, label, Some(one.index));
        }
    }

    /// What a statement lists as used for its subjects, the words for it, and a label.
    fn used(&mut self, one: &Weighed<'a>) -> Vec<(Thing, &'static str, String)> {
        let said = &one.said;
        let own = said.source.repository.as_deref();
        let mut used = Vec::new();
        if let Some(commit) = &said.source.commit {
            let place = own.map(repository::short).unwrap_or_default();
            let label = format!("{place} {}", commit.short()).trim().to_owned();
            used.push((Thing::new(commit, own), "built from", label));
        }
        let (listed, words) = said.listed();
        self.left_out = self.left_out.saturating_add(listed.len().saturating_sub(MAX_NODES));
        for listed in listed.iter().take(MAX_NODES) {
            let place = place(listed);
            let Some(identity) = dependency(listed) else { continue };
            // The source itself is listed as well.
            if Some(&identity) != said.source.commit.as_ref() || place.as_deref() != own {
                let label = listed.uri.clone().or_else(|| listed.name.clone()).unwrap_or_else(|| identity.short());
                used.push((Thing::new(&identity, place.as_deref()), words, label));
            }
        }
        if let Some(previous) = said.source_provenance().and_then(|said| Identity::of_git(&said.previous_commit)) {
            let label = previous.short();
            used.push((Thing::new(&previous, own), "follows", label));
        }
        used
    }

    /// A statement that joins nothing else to its subject is a thing of its own: a release, an approval, a summary.
    fn voice(&mut self, one: &Weighed<'a>, subject: &Thing, to: usize, stage: StageId) {
        if one.said.statement.is_none() {
            return;
        }
        let side = if stage == StageId::Source { StageId::Source } else { column(one) };
        let Some(from) = self.place(side, one.said.kind().to_owned()) else { return };
        let joined = one.counted().filter(|_| subject.is_of(one)).and_then(|counted| {
            let end = counted.subject(&subject.identity)?;
            Match::between(&end, &end)
        });
        let drawn = joined.map_or(Drawn::Name, Drawn::Match);
        self.edge(from, to, drawn, "speaks of", Some(one.index));
        self.documents(one, from, side);
    }

    /// The documents at hand that a statement lists (E-52, E-57).
    fn documents(&mut self, one: &Weighed<'a>, statement: usize, side: StageId) {
        let (listed, words) = one.said.documents();
        if listed.is_empty() || !self.spoken.insert(one.index) {
            return;
        }
        let mut seen = BTreeSet::new();
        for (_, at_hand) in self.chain.at_hand(listed) {
            let Some((identity, index)) = at_hand.filter(|(_, index)| seen.insert(*index)) else { continue };
            let Some(document) = self.chain.input.evidence.get(index) else { continue };
            // What failed a check, or is open, is joined to nothing by a solid line, whoever lists it (E-62).
            let holds = !matches!(document.held, Held::Unproven(_));
            let joined = one.counted().filter(|_| holds).and_then(|counted| counted.lists(&identity, document));
            let Some(from) = self.node(Thing::new(&identity, None), side, document.name.clone(), false) else {
                continue;
            };
            self.edge(from, statement, joined.map_or(Drawn::Name, Drawn::Match), words, Some(one.index));
        }
    }

    fn records(&mut self) {
        for (index, deployed) in records(self.chain) {
            let to = deployed.identity.as_ref().and_then(|identity| self.known_file(identity));
            let Some(to) = to else { continue };
            let Some(from) = self.place(StageId::Deploy, deployed.place.clone()) else { continue };
            let label = if deployed.observed { "observed running" } else { "recorded as deployed" };
            self.edge(to, from, Drawn::Name, label, Some(index));
        }
    }

    /// The node of a thing; `None` when there is no room for another.
    fn node(&mut self, thing: Thing, stage: StageId, label: String, asked: bool) -> Option<usize> {
        if let Some(known) = self.known.get(&thing) {
            return Some(*known);
        }
        let index = self.push(Node { stage, label, identity: Some(thing.identity.clone()), asked })?;
        self.known.insert(thing.clone(), index);
        self.queue.push_back((thing, stage));
        Some(index)
    }

    /// The node of a file; a commit is none.
    fn known_file(&self, identity: &Identity) -> Option<usize> {
        self.known.get(&Thing::new(identity, None)).copied()
    }

    /// A node without a digest.
    fn place(&mut self, stage: StageId, label: String) -> Option<usize> {
        self.push(Node { stage, label, identity: None, asked: false })
    }

    fn push(&mut self, node: Node) -> Option<usize> {
        if self.graph.nodes.len() >= MAX_NODES {
            self.left_out = self.left_out.saturating_add(1);
            return None;
        }
        self.graph.nodes.push(node);
        Some(self.graph.nodes.len().saturating_sub(1))
    }

    fn edge(&mut self, from: usize, to: usize, drawn: Drawn, label: &'static str, statement: Option<usize>) {
        if self.graph.edges.len() >= MAX_EDGES {
            self.left_out = self.left_out.saturating_add(1);
        } else {
            self.graph.edges.push(GraphEdge { from, to, drawn, label, statement });
        }
    }
}

fn stage_of(identity: &Identity, otherwise: StageId) -> StageId {
    if identity.algorithm() == Algorithm::Git { StageId::Source } else { otherwise }
}
