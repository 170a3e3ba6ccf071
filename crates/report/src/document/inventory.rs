//! An inventory as a document: each artifact that runs (or is declared, recorded, listed) beside what signed statements
//! answer about it, and the gaps. Serialised as JSON, schema version 1 (`schema/touchstone-inventory-1.json`). Plain data
//! in the reader's words, like everything in [`crate::document`].

use serde::{Deserialize, Serialize};

use super::custody::Strength;
use super::{Outcome, Policy};

/// The value of [`Inventory::schema`].
pub const SCHEMA: &str = "touchstone-inventory/1";

/// An inventory, answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Program and version that made the document.
    pub tool: String,
    /// What was given and what each was used as, in order.
    pub given: Vec<Source>,
    /// The one policy that every row was judged by, said back.
    pub policy: Policy,
    /// Which rows are in it, when a filter was applied; empty: all.
    pub shown: String,
    /// Figures over the rows here.
    pub coverage: Coverage,
    /// One row an artifact, the worst first.
    pub rows: Vec<Row>,
    /// Contradictions, and what could not be used, a sentence each.
    pub warnings: Vec<String>,
}

/// Something that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// File name.
    pub name: String,
    /// What it is, in words: "pods of a cluster", "list", "signed statements".
    pub kind: String,
    /// How many: places of an inventory, statements of a file.
    pub count: usize,
}

/// One artifact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// `algorithm:hex`; empty when the inventory names no digest.
    pub digest: String,
    /// Names that it goes by, as written; no identity.
    pub names: Vec<String>,
    /// Where it is. Unsigned, all of it.
    pub places: Vec<Place>,
    /// The verdict.
    pub outcome: Outcome,
    /// "Verified, 1 check waived".
    pub title: String,
    /// Why, in a sentence or two.
    pub reason: String,
    /// Where the source came from, and whether it was reviewed.
    pub source: Cell,
    /// How it was built.
    pub build: Cell,
    /// Whether this is what was signed, and by whom.
    pub artifact: Cell,
    /// How it was released and approved, as far as anybody signed that.
    pub deploy: Cell,
    /// Levels reached, each with track and version: "Build L2, SLSA v1.2".
    pub levels: Vec<String>,
    /// Who signed, exact name; empty when nothing signed is at hand.
    pub signer: String,
    /// File names of the statements that were used, the deciding one first.
    pub statements: Vec<String>,
    /// Contradictions and oddities, a sentence each.
    pub warnings: Vec<String>,
}

/// One place of an artifact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// What is said of it there.
    pub standing: Standing,
    /// Cluster or physical environment; may be empty.
    pub cluster: String,
    /// Namespace or logical environment; may be empty.
    pub namespace: String,
    /// `Pod ledger-api-7c9d4`, `service web`; empty in lists.
    pub name: String,
    /// Container; may be empty.
    pub container: String,
}

/// What is said of an artifact in a place. Words that must be kept apart (E-54); all of them unsigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A node reported it as running.
    Running,
    /// A node reported it, not running at that time.
    Ended,
    /// A node reported it, and not whether it runs.
    Unknown,
    /// A manifest asks for it.
    Declared,
    /// A record says that it was deployed.
    Recorded,
    /// A record says that it was taken out of use.
    Decommissioned,
    /// A list has it.
    Listed,
}

impl Standing {
    /// The word for readers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Unknown => "in a state not known",
            Self::Declared => "declared",
            Self::Recorded => "recorded",
            Self::Decommissioned => "decommissioned",
            Self::Listed => "listed",
        }
    }
}

/// One question about one artifact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    /// How well it is answered.
    pub strength: Strength,
    /// The answer, or "Gap"; "Nothing counts" where the row is rejected.
    pub text: String,
    /// A little more: commit and level, or why there is a gap; may be empty.
    pub detail: String,
}

/// Figures over rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Artifacts.
    pub artifacts: usize,
    /// Places of them.
    pub places: usize,
    /// Rows with that verdict.
    pub verified: usize,
    /// Rows with that verdict.
    pub rejected: usize,
    /// Rows with that verdict.
    pub incomplete: usize,
    /// Source, build, artifact, deploy, in that order.
    pub questions: Vec<QuestionCoverage>,
}

/// Figures of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionCoverage {
    /// `source`, `build`, `artifact`, `deploy`.
    pub id: String,
    /// "Source".
    pub title: String,
    /// Answered with evidence.
    pub answered: usize,
    /// By name only, or unsigned.
    pub name_only: usize,
    /// Contradicted.
    pub contradicted: usize,
    /// Nobody says.
    pub gap: usize,
}

/// The four questions, (id, title), in order.
pub const QUESTIONS: [(&str, &str); 4] =
    [("source", "Source"), ("build", "Build"), ("artifact", "Artifact"), ("deploy", "Deploy")];

impl QuestionCoverage {
    /// "1 name only, 0 contradicted, 1 gap": what is not answered.
    #[must_use]
    pub fn rest(&self) -> String {
        let gaps = counted(self.gap, "gap", "gaps");
        format!("{} name only, {} contradicted, {gaps}", self.name_only, self.contradicted)
    }
}

impl Cell {
    /// The cell in a line: "gap: No statement.", "answered: acme/app (3 of 5 answered)".
    #[must_use]
    pub fn line(&self) -> String {
        let word = crate::export::word(self.strength);
        match (self.strength, self.detail.as_str()) {
            (Strength::Gap, detail) if self.text == "Gap" && !detail.is_empty() => format!("{word}: {detail}"),
            (_, "") => format!("{word}: {}", self.text),
            (_, detail) => format!("{word}: {} ({detail})", self.text),
        }
    }
}

impl Row {
    /// The cells in the order of [`QUESTIONS`].
    #[must_use]
    pub const fn cells(&self) -> [&Cell; 4] {
        [&self.source, &self.build, &self.artifact, &self.deploy]
    }

    /// What a heading calls it: its first name, else its digest, else that there is neither.
    #[must_use]
    pub fn heading(&self) -> &str {
        match self.names.first() {
            Some(name) => name,
            None if self.digest.is_empty() => "without a name",
            None => &self.digest,
        }
    }

    /// Rank for "worst first": rejected, then what nothing is known of, then gaps, then verified.
    #[must_use]
    pub fn badness(&self) -> usize {
        let outcome = match self.outcome {
            Outcome::Rejected => 0_usize,
            Outcome::Incomplete => 1,
            Outcome::Verified => 2,
        };
        let answered = |wanted| self.cells().iter().filter(|cell| cell.strength == wanted).count();
        // Contradictions first, then the fewest answers.
        outcome
            .saturating_mul(100)
            .saturating_add(if answered(Strength::Contradicted) > 0 { 0 } else { 20 })
            .saturating_add(answered(Strength::Proven).saturating_mul(2))
            .saturating_add(answered(Strength::NameOnly))
    }

    /// Distinct namespaces, in order of first mention.
    #[must_use]
    pub fn namespaces(&self) -> Vec<&str> {
        let mut seen = std::collections::BTreeSet::new();
        self.places.iter().map(|place| place.namespace.as_str()).filter(|name| seen.insert(*name)).collect()
    }
}

/// `1 artifact`, `2 artifacts`.
#[must_use]
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

impl Coverage {
    /// "2 artifacts in 1 place: 0 rejected, 1 incomplete, 1 verified".
    #[must_use]
    pub fn sentence(&self) -> String {
        format!(
            "{} in {}: {} rejected, {} incomplete, {} verified",
            counted(self.artifacts, "artifact", "artifacts"),
            counted(self.places, "place", "places"),
            self.rejected,
            self.incomplete,
            self.verified
        )
    }

    /// The figures of these rows.
    #[must_use]
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let questions = QUESTIONS
            .iter()
            .map(|(id, title)| QuestionCoverage {
                id: (*id).to_owned(),
                title: (*title).to_owned(),
                ..QuestionCoverage::default()
            })
            .collect();
        let mut coverage = Self { questions, ..Self::default() };
        let add = |count: &mut usize, more: usize| *count = count.saturating_add(more);
        for row in rows {
            add(&mut coverage.artifacts, 1);
            add(&mut coverage.places, row.places.len());
            add(
                match row.outcome {
                    Outcome::Verified => &mut coverage.verified,
                    Outcome::Rejected => &mut coverage.rejected,
                    Outcome::Incomplete => &mut coverage.incomplete,
                },
                1,
            );
            for (figures, cell) in coverage.questions.iter_mut().zip(row.cells()) {
                add(
                    match cell.strength {
                        Strength::Proven => &mut figures.answered,
                        Strength::NameOnly => &mut figures.name_only,
                        Strength::Contradicted => &mut figures.contradicted,
                        Strength::Gap => &mut figures.gap,
                    },
                    1,
                );
            }
        }
        coverage
    }
}
