//! The picture of everything that was joined: breadth first from what is asked about, each thing once, so that a circle
//! ends; no more than it has room for.

use std::collections::{BTreeMap, VecDeque};

use crate::chain::Chain;
use crate::identity::{Algorithm, Identity};
use crate::limits::{MAX_EDGES, MAX_NODES};
use crate::model::{Drawn, Graph, GraphEdge, Node, StageId};
use crate::proof::{Match, Weighed};
use crate::repository;
use crate::said::dependency;
use crate::stages::records;

/// The picture, and how many things had no room in it.
pub(crate) fn graph(chain: &Chain<'_, '_>) -> (Graph, usize) {
    let mut drawing =
        Drawing { chain, graph: Graph::default(), known: BTreeMap::new(), queue: VecDeque::new(), left_out: 0 };
    drawing.draw();
    (drawing.graph, drawing.left_out)
}

struct Drawing<'c, 'w, 'a> {
    chain: &'c Chain<'w, 'a>,
    graph: Graph,
    known: BTreeMap<Identity, usize>,
    queue: VecDeque<(Identity, StageId)>,
    left_out: usize,
}

impl<'w, 'a> Drawing<'_, 'w, 'a> {
    fn draw(&mut self) {
        let name = self.chain.input.artifact.as_ref().map(|artifact| artifact.name.clone()).unwrap_or_default();
        for cover in &self.chain.covers.clone() {
            let stage = stage_of(&cover.identity, StageId::Artifact);
            let asked = cover.through.is_none();
            let label = if asked && !name.is_empty() { name.clone() } else { cover.identity.short() };
            self.node(&cover.identity, stage, label, asked);
        }
        for cover in &self.chain.covers {
            let Some(membership) = &cover.through else { continue };
            let ends = (self.known.get(&membership.index).copied(), self.known.get(&membership.manifest).copied());
            if let (Some(from), Some(to)) = ends {
                self.edge(from, to, Drawn::Match(Match::listed(membership)), "lists", None);
            }
        }
        while let Some((identity, stage)) = self.queue.pop_front() {
            for index in self.chain.with_subject(&identity) {
                if let Some(one) = self.chain.get(*index) {
                    self.statement(one, &identity, stage);
                }
            }
        }
        self.records();
    }

    /// What one statement joins to one of its subjects.
    fn statement(&mut self, one: &Weighed<'a>, subject: &Identity, stage: StageId) {
        let Some(to) = self.known.get(subject).copied() else { return };
        let said = &one.said;
        let mut used: Vec<(Identity, &'static str, String)> = Vec::new();
        if let Some(commit) = &said.source.commit {
            let place = said.source.repository.as_deref().map(repository::short).unwrap_or_default();
            used.push((commit.clone(), "built from", format!("{place} {}", commit.short()).trim().to_owned()));
        }
        let listed = said.provenance().map_or(&[][..], |provenance| provenance.dependencies.as_slice());
        self.left_out = self.left_out.saturating_add(listed.len().saturating_sub(MAX_NODES));
        for listed in listed.iter().take(MAX_NODES) {
            if let Some(identity) = dependency(listed).filter(|identity| Some(identity) != said.source.commit.as_ref())
            {
                let label = listed.uri.clone().or_else(|| listed.name.clone()).unwrap_or_else(|| identity.short());
                used.push((identity, "built from", label));
            }
        }
        if let Some(previous) = said.source_provenance().and_then(|said| Identity::of_git(&said.previous_commit)) {
            let label = previous.short();
            used.push((previous, "follows", label));
        }
        if used.is_empty() {
            self.voice(one, subject, to, stage);
            return;
        }
        for (identity, label, text) in used {
            let Some(from) = self.node(&identity, stage_of(&identity, StageId::Build), text, false) else { continue };
            let joined = one.counted().and_then(|counted| counted.joins(&identity, subject));
            let drawn = joined.map_or(Drawn::Name, Drawn::Match);
            self.edge(from, to, drawn, label, Some(one.index));
        }
    }

    /// A statement that joins nothing else to its subject is a thing of its own: a release, an approval, a summary.
    fn voice(&mut self, one: &Weighed<'a>, subject: &Identity, to: usize, stage: StageId) {
        if one.said.statement.is_none() {
            return;
        }
        let side =
            if stage == StageId::Source || one.said.is_about_source() { StageId::Source } else { StageId::Deploy };
        let Some(from) = self.place(side, one.said.kind().to_owned()) else { return };
        let joined = one.counted().and_then(|counted| {
            let end = counted.subject(subject)?;
            Match::between(&end, &end)
        });
        let drawn = joined.map_or(Drawn::Name, Drawn::Match);
        self.edge(from, to, drawn, "speaks of", Some(one.index));
        self.made_from(one, from, side);
    }

    /// E-57: the attestations at hand that a summary says it was made from.
    fn made_from(&mut self, one: &Weighed<'a>, summary: usize, side: StageId) {
        let Some(said) = one.said.summary() else { return };
        for (_, at_hand) in self.chain.made_from(said) {
            let Some((identity, index)) = at_hand else { continue };
            let Some(attestation) = self.chain.input.evidence.get(index) else { continue };
            let joined = one.counted().and_then(|counted| counted.made_from(&identity, attestation));
            let Some(from) = self.node(&identity, side, attestation.name.clone(), false) else { continue };
            self.edge(from, summary, joined.map_or(Drawn::Name, Drawn::Match), "judged in", Some(one.index));
        }
    }

    fn records(&mut self) {
        for (index, deployed) in records(self.chain) {
            let to = deployed.identity.as_ref().and_then(|identity| self.known.get(identity)).copied();
            let Some(to) = to else { continue };
            let Some(from) = self.place(StageId::Deploy, deployed.place.clone()) else { continue };
            let label = if deployed.observed { "observed running" } else { "recorded as deployed" };
            self.edge(to, from, Drawn::Name, label, Some(index));
        }
    }

    /// The node of a thing; `None` when there is no room for another.
    fn node(&mut self, identity: &Identity, stage: StageId, label: String, asked: bool) -> Option<usize> {
        if let Some(known) = self.known.get(identity) {
            return Some(*known);
        }
        let index = self.push(Node { stage, label, identity: Some(identity.clone()), asked })?;
        self.known.insert(identity.clone(), index);
        self.queue.push_back((identity.clone(), stage));
        Some(index)
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
