//! What comes out. Values and sentences; whoever shows them adds nothing.

use crate::identity::Identity;
use crate::proof::{Match, Proof};

/// Source, build, artifact, deployment, laid end to end.
#[derive(Clone, Debug)]
pub struct Custody {
    /// Four, in order.
    pub stages: Vec<Stage>,
    /// Three between neighbours, in order, then any across.
    pub edges: Vec<Edge>,
    /// One for each piece of evidence, in the order given.
    pub statements: Vec<StatementLine>,
    /// SLSA levels.
    pub levels: Levels,
    /// What went into the build.
    pub inputs: Inputs,
    /// Everything that was joined.
    pub graph: Graph,
    /// Contradictions and oddities.
    pub warnings: Vec<String>,
    /// What would close the gaps, most useful first: (imperative, detail).
    pub next: Vec<(String, String)>,
}

/// The four stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageId {
    /// Where it came from.
    Source,
    /// How it was built.
    Build,
    /// The thing itself.
    Artifact,
    /// How it got into use.
    Deploy,
}

impl StageId {
    /// `source`, `build`, `artifact`, `deploy`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Build => "build",
            Self::Artifact => "artifact",
            Self::Deploy => "deploy",
        }
    }
}

/// Who stands behind a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voucher {
    /// Computed here.
    ThisBrowser,
    /// The person: a digest that they stated, of a file that is not at hand.
    You,
    /// A certificate authority of the trusted root.
    CertificateAuthority,
    /// The build system.
    Builder,
    /// A transparency log.
    TransparencyLog,
    /// A timestamp authority.
    TimestampAuthority,
    /// The publisher, or the holder of a key.
    Publisher,
    /// Issuer of a summary that is relied on.
    Verifier,
    /// Nobody.
    Nobody,
}

/// One stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Which.
    pub id: StageId,
    /// "Source".
    pub title: &'static str,
    /// The question.
    pub question: &'static str,
    /// The answer in one line, or the sentence that says there is none.
    pub answer: String,
    /// How it is drawn.
    pub state: StageState,
    /// Its questions, a fixed list.
    pub answers: Vec<Answer>,
}

impl Stage {
    /// How many of its questions have a proven answer.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|answer| matches!(answer.strength, Strength::Proven(_))).count()
    }
}

/// How a stage is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    /// At least one fact is established.
    Answered,
    /// Nothing is.
    Gap,
    /// Values that must be equal are not, or the signer is not the expected one.
    Differs,
    /// Statements exist, about another artifact or by somebody whose word does not count.
    Off,
    /// Not computed yet.
    Wait,
}

/// One question and its answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Stable id.
    pub id: &'static str,
    /// "Repository".
    pub title: &'static str,
    /// How well it is established.
    pub strength: Strength,
    /// The value, or the sentence of the gap.
    pub text: String,
    /// Who says so.
    pub vouchers: Vec<Voucher>,
    /// Id of the check behind it; may be empty.
    pub check: &'static str,
    /// Statement behind it.
    pub statement: Option<usize>,
    /// What would close it; empty when proven.
    pub to_close: &'static str,
}

/// How well something is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// By a statement that counts, or computed here.
    Proven(Proof),
    /// Said, and not by anybody whose word counts, or joined by name only.
    NameOnly,
    /// Two statements that count contradict each other.
    Contradicted,
    /// Nobody says.
    Gap,
}

/// What joins two stages.
#[derive(Clone, Debug)]
pub struct Edge {
    /// From.
    pub from: StageId,
    /// To.
    pub to: StageId,
    /// How it is drawn.
    pub drawn: Drawn,
    /// Two words on the line.
    pub label: String,
    /// The value, whole; may be empty.
    pub value: String,
    /// Why, in a sentence.
    pub why: String,
    /// Statement behind it.
    pub statement: Option<usize>,
    /// Ids of checks behind it.
    pub checks: Vec<String>,
}

/// How a line is drawn. Solid takes a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Solid.
    Match(Match),
    /// Dashed.
    Name,
    /// Hatched.
    Gap,
    /// Ends before the other end.
    Differs,
    /// Dotted.
    Wait,
}

/// What a piece of evidence counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Verified, by the signer that the person named or waived.
    Named,
    /// Verified, by a party on a list.
    Relied,
    /// The signature verifies, or could; nobody named the signer.
    Unnamed,
    /// Nobody signed it.
    Unsigned,
    /// A check failed.
    Failed,
    /// Verified, about something else.
    Elsewhere,
}

/// A piece of evidence, said.
#[derive(Clone, Debug)]
pub struct StatementLine {
    /// File name as given.
    pub name: String,
    /// In words.
    pub kind: String,
    /// Predicate type; empty when there is none.
    pub predicate_type: String,
    /// Who signed; empty when nobody did.
    pub signer: String,
    /// What it counts for.
    pub standing: Standing,
    /// Why.
    pub reason: String,
    /// Verified time of the signature, in words; empty when there is none.
    pub time: String,
    /// Subjects as `algorithm:hex`, some.
    pub subjects: Vec<String>,
    /// What it says: (label, value).
    pub says: Vec<(String, String)>,
}

/// SLSA levels.
#[derive(Clone, Debug)]
pub struct Levels {
    /// Build track.
    pub build: Ladder,
    /// Source track.
    pub source: Ladder,
    /// The first draft, requirement by requirement.
    pub draft: Vec<Requirement>,
    /// Highest level of the first draft of which everything is met.
    pub draft_level: u8,
    /// In a sentence.
    pub draft_summary: String,
}

/// One track of SLSA v1.2.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// `Build`, `Source`.
    pub track: &'static str,
    /// The level reached.
    pub level: u8,
    /// "Build L2, SLSA v1.2".
    pub title: String,
    /// Why this and not the next.
    pub reason: String,
    /// Lowest first.
    pub steps: Vec<Step>,
}

/// One rung.
#[derive(Clone, Debug)]
pub struct Step {
    /// Level.
    pub level: u8,
    /// What it asks.
    pub title: &'static str,
    /// Whether it is reached.
    pub state: Met,
    /// Why.
    pub reason: String,
    /// What would reach it; empty when met.
    pub to_reach: &'static str,
}

/// Whether a requirement is met. Unknown never counts as met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// Evidence says so.
    Met,
    /// Evidence is against it, or what must be there is not.
    NotMet,
    /// Attestations cannot tell, or none at hand does.
    Unknown,
}

/// One requirement of the first draft.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Stable id.
    pub id: &'static str,
    /// Group.
    pub group: &'static str,
    /// Title.
    pub title: &'static str,
    /// Lowest level that demands it.
    pub from_level: u8,
    /// Whether no level depends on it.
    pub best_effort: bool,
    /// Whether it is met.
    pub state: Met,
    /// Why.
    pub reason: String,
    /// Whether no attestation could ever tell.
    pub never_visible: bool,
}

/// What went into the build.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Rows.
    pub rows: Vec<InputRow>,
    /// Rows with a digest.
    pub pinned: usize,
    /// Rows with provenance at hand.
    pub with_provenance: usize,
    /// In a sentence.
    pub summary: String,
}

/// One input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputRow {
    /// Name, URI or purl.
    pub name: String,
    /// Version; may be empty.
    pub version: String,
    /// `algorithm:hex`; may be empty.
    pub digest: String,
    /// Where it is listed.
    pub listed: Vec<String>,
    /// How listings were joined: `digest`, `purl`, or empty.
    pub joined: &'static str,
    /// Statement that is provenance of it.
    pub provenance: Option<usize>,
    /// Something wrong with it.
    pub warning: String,
}

/// Everything that was joined.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Edges.
    pub edges: Vec<GraphEdge>,
}

/// A thing.
#[derive(Clone, Debug)]
pub struct Node {
    /// Stage that it belongs to.
    pub stage: StageId,
    /// Short label.
    pub label: String,
    /// What it is; `None` for a name without a digest.
    pub identity: Option<Identity>,
    /// Whether it is the artifact asked about.
    pub asked: bool,
}

/// An edge between things.
#[derive(Clone, Debug)]
pub struct GraphEdge {
    /// Index of a node.
    pub from: usize,
    /// Index of a node.
    pub to: usize,
    /// How it is drawn.
    pub drawn: Drawn,
    /// "built from".
    pub label: &'static str,
    /// Statement behind it.
    pub statement: Option<usize>,
}
