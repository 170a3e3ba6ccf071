//! The chain of custody as a document: four stages, what joins them, who vouches, what nobody answers, the levels, the
//! inputs. Plain data in the reader's words, like everything in [`crate::document`].

use serde::{Deserialize, Serialize};

use super::{Action, Voucher};

/// Source, build, artifact, deployment, laid end to end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Custody {
    /// Always four, in order: `source`, `build`, `artifact`, `deploy`.
    pub stages: Vec<Stage>,
    /// What joins them: three between neighbours, in order, then any across.
    pub edges: Vec<Edge>,
    /// The evidence behind the picture, in the order given; `statement` indices below point here.
    pub statements: Vec<Statement>,
    /// SLSA levels, computed here and never read from a statement.
    pub levels: Levels,
    /// The certificate beside the provenance, field by field (E-31). Empty when there are not both.
    pub claims: Vec<Claim>,
    /// What went into the build.
    pub inputs: Inputs,
    /// Everything that was joined, for a picture of many nodes.
    pub graph: Graph,
    /// Contradictions and oddities, a sentence each; a contradiction that rejects is a failed check as well.
    pub warnings: Vec<String>,
    /// What evidence would close the gaps, most useful first.
    pub next: Vec<Action>,
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// `source`, `build`, `artifact`, `deploy`.
    pub id: String,
    /// "Source".
    pub title: String,
    /// "Where did the source come from, and was it reviewed?"
    pub question: String,
    /// The answer in one line: "acme/app at v1.2.3"; for a gap the sentence that says so.
    pub answer: String,
    /// How it is drawn.
    pub state: StageState,
    /// Questions with a proven answer.
    pub answered: usize,
    /// Questions in all.
    pub of: usize,
    /// The fixed list of questions of this stage (notes § 3).
    pub questions: Vec<StageQuestion>,
}

/// How a stage is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageState {
    /// At least one fact is established.
    Answered,
    /// Nothing is.
    Gap,
    /// Values that must be equal are not, or the signer is not the expected one.
    Differs,
    /// Statements exist, but about another artifact, or by somebody who is not relied on.
    Off,
    /// Nothing to compare with yet: no file was given, or it is being read.
    Wait,
}

/// One question of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StageQuestion {
    /// Source: `repository`, `ref`, `commit`, `history`, `review`. Build: `system`, `recipe`, `runner`, `inputs`,
    /// `inputs-complete`. Artifact: `bytes`, `signer`, `time`. Deploy: `released`, `approved`, `running`.
    pub id: String,
    /// "Repository".
    pub title: String,
    /// Whether and how well it is answered.
    pub strength: Strength,
    /// The full value, or for a gap the sentence with its owner: "Nobody states whether a second person reviewed it".
    pub answer: String,
    /// Who says so.
    pub vouchers: Vec<Voucher>,
    /// Check behind it in the main report; may be empty.
    pub check: String,
    /// Statement behind it.
    pub statement: Option<usize>,
    /// For anything but proven: what evidence would close it.
    pub to_close: String,
}

/// How well something is established. Only `Proven` counts as answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// A verified signature by a party that is relied on, or computed here.
    Proven,
    /// Said by somebody, but unsigned, or by a signer who is not relied on, or joined by name only.
    NameOnly,
    /// Two sources contradict each other.
    Contradicted,
    /// Nobody says.
    Gap,
}

/// What joins two stages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// Stage id.
    pub from: String,
    /// Stage id.
    pub to: String,
    /// How it is drawn.
    pub state: EdgeState,
    /// "= commit 9409f67", "≠ digest differs", "name match only", "no provenance".
    pub label: String,
    /// The whole value that both ends agree on, or both values; may be empty.
    pub value: String,
    /// Why it is drawn so, in a sentence.
    pub why: String,
    /// Statement behind it.
    pub statement: Option<usize>,
    /// Ids of the checks behind it in the main report; may be empty.
    pub checks: Vec<String>,
}

/// How an edge is drawn (notes § 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EdgeState {
    /// Equal algorithm and digest, statement verified: solid.
    Match,
    /// Same name, tag, purl or URI only, or unsigned, or by a signer who is not relied on: dashed.
    Name,
    /// No statement at all: hatched.
    Gap,
    /// Two values that must be equal are not.
    Differs,
    /// One side is not computed yet: dotted.
    Wait,
}

/// A piece of evidence behind the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// File name as given.
    pub name: String,
    /// In words: "SLSA provenance v1", "verification summary", "SPDX bill of materials", "pods of a cluster".
    pub kind: String,
    /// Predicate type; empty when there is none.
    pub predicate_type: String,
    /// Who signed; empty when nobody did.
    pub signer: String,
    /// What it counts for.
    pub standing: Standing,
    /// Why, in a sentence.
    pub reason: String,
    /// Verified signing time; empty when there is none.
    pub time: String,
    /// Subjects as `algorithm:hex`, ten at most.
    pub subjects: Vec<String>,
    /// What it says, in rows (label, value): for the panel that an edge opens.
    pub says: Vec<super::NamedValue>,
    /// Its checks in short: (id, title, state).
    pub checks: Vec<StatementCheck>,
}

/// A check of a further statement, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementCheck {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What came out.
    pub state: super::State,
    /// One line.
    pub summary: String,
}

/// What a statement counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Verified, by the signer whom the person named or waived.
    Named,
    /// Verified, by a signer of the map of parties relied on (builders, verifiers, registries).
    Relied,
    /// The signature verifies, by a signer whom nobody named.
    Unnamed,
    /// Nobody signed it.
    Unsigned,
    /// A check failed: it draws nothing.
    Failed,
    /// Verified, about another artifact.
    Elsewhere,
}

/// SLSA levels.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Levels {
    /// Build track of SLSA v1.2, L0 to L3.
    pub build: Ladder,
    /// Source track of SLSA v1.2, L0 to L4.
    pub source: Ladder,
    /// The four levels as first drafted (SLSA v0.1), requirement by requirement (E.3.1).
    pub draft: Vec<Requirement>,
    /// Highest level of the first draft of which every requirement is met. Unknown never counts as met.
    pub draft_level: u8,
    /// "SLSA v0.1 as first drafted: level 1", and why not more.
    pub draft_summary: String,
}

/// One track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ladder {
    /// `Build`, `Source`.
    pub track: String,
    /// `SLSA v1.2`.
    pub version: String,
    /// The level reached.
    pub level: u8,
    /// "Build L2, SLSA v1.2".
    pub title: String,
    /// Why this one and not the next, in a sentence.
    pub reason: String,
    /// Lowest first, L0 included.
    pub steps: Vec<Step>,
}

/// One rung.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Level.
    pub level: u8,
    /// "Hosted build platform, signed provenance".
    pub title: String,
    /// Whether it is reached.
    pub state: Met,
    /// Why.
    pub reason: String,
    /// What would reach it; empty when met.
    pub to_reach: String,
}

/// Whether a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// Evidence says so.
    Met,
    /// Evidence is against it, or what must be there is not.
    NotMet,
    /// Attestations cannot tell, or none here does.
    Unknown,
}

/// One requirement of the first draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// Stable id: `source-version-controlled`, `build-hermetic`, …
    pub id: String,
    /// `Source`, `Build`, `Provenance`, `Contents`, `Common`.
    pub group: String,
    /// "Version controlled".
    pub title: String,
    /// Lowest level that demands it.
    pub from_level: u8,
    /// Whether it is met.
    pub state: Met,
    /// Why.
    pub reason: String,
    /// True when no attestation could ever tell ("cannot be known").
    pub never_visible: bool,
}

/// One claim of the certificate beside the provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// "Repository".
    pub name: String,
    /// Value in the certificate; empty when absent.
    pub certificate: String,
    /// OID of it.
    pub certificate_at: String,
    /// Value in the provenance; empty when absent.
    pub provenance: String,
    /// Path of it.
    pub provenance_at: String,
    /// What comparing gives.
    pub state: Agreement,
}

/// What comparing certificate and provenance gives (E-31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// Both say it, alike.
    Agree,
    /// Only the provenance says it: claimed, not attested by the certificate.
    OnlyClaimed,
    /// Only the certificate says it.
    OnlyCertificate,
    /// Both say it, differently: rejects.
    Contradicts,
}

/// What went into the build.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inputs {
    /// Rows.
    pub rows: Vec<InputRow>,
    /// Rows with a digest.
    pub pinned: usize,
    /// Rows with provenance of their own at hand.
    pub with_provenance: usize,
    /// "12 of 14 pinned by digest; 1 has provenance at hand."
    pub summary: String,
}

/// One input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InputRow {
    /// Name or URI or purl.
    pub name: String,
    /// Version; may be empty.
    pub version: String,
    /// `algorithm:hex`; may be empty.
    pub digest: String,
    /// Where it is listed: "provenance", "SPDX", "CycloneDX".
    pub listed: Vec<String>,
    /// How the listings were joined: "digest", "purl", or empty.
    pub joined: String,
    /// Statement that is provenance of it.
    pub provenance: Option<usize>,
    /// Something wrong with it: "the purl's checksum differs from the digest beside it".
    pub warning: String,
}

/// Everything that was joined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Graph {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Edges.
    pub edges: Vec<GraphEdge>,
}

/// A thing identified by algorithm and digest (E-55).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Stage that it belongs to.
    pub stage: String,
    /// Short label.
    pub label: String,
    /// `algorithm:hex`, or a name where there is no digest.
    pub identity: String,
    /// Whether it is the artifact asked about.
    pub asked: bool,
}

/// An edge of the graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GraphEdge {
    /// Index into [`Graph::nodes`].
    pub from: usize,
    /// Index into [`Graph::nodes`].
    pub to: usize,
    /// How it is drawn.
    pub state: EdgeState,
    /// "built from", "released as", "listed in".
    pub label: String,
    /// Statement behind it.
    pub statement: Option<usize>,
}
