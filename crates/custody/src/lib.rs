//! Verified facts to a chain of custody: source, build, artifact, deployment; the SLSA levels that it supports; the gaps.
//!
//! A statement counts when it comes in as a [`touchstone_verify::VerifiedBundle`] and its signer is the one that the
//! person named or is on a list ([`Parties`]). Only such a statement draws a solid line: [`Match`] and [`Proof`] have no
//! public constructor. Everything else comes in as what it is and draws dashed, or nothing. No clock, no IO, no network;
//! time and memory grow linearly with the evidence.

mod answers;
mod chain;
mod edges;
mod evidence;
mod graph;
mod identity;
mod inputs;
mod levels;
pub mod limits;
mod lines;
mod model;
mod next;
mod parties;
mod proof;
mod repository;
mod said;
mod stages;
mod warnings;

pub use evidence::{Artifact, Cut, Deployed, Evidence, Held, Input, Membership, Record, Unproven, Why};
pub use identity::{Algorithm, Identity};
pub use model::{
    Answer, Custody, Drawn, Edge, Graph, GraphEdge, InputRow, Inputs, Ladder, Levels, Met, Node, Requirement, Stage,
    StageId, StageState, Standing, StatementLine, Step, Strength, Voucher,
};
pub use parties::{GITHUB_ACTIONS, Parties, Verifier, VerifierSigner, built_in_verifiers};
pub use proof::{Match, Proof};
pub use said::lists_documents;

/// Lays the evidence end to end.
#[must_use]
pub fn custody(input: &Input<'_>) -> Custody {
    let weighed = proof::weigh(input);
    let chain = chain::Chain::of(input, &weighed);
    let stages = stages::stages(&chain);
    let inputs = inputs::inputs(&chain);
    let (graph, left_out) = graph::graph(&chain);
    Custody {
        edges: edges::edges(&chain),
        statements: lines::lines(&chain, &graph),
        levels: levels::levels(&chain),
        warnings: warnings::warnings(&chain, &inputs, left_out),
        next: next::next(&chain, &stages),
        stages,
        inputs,
        graph,
    }
}
