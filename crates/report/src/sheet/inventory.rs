//! An inventory on a sheet: an index, then a part for each artifact.

use super::{Block, Blocks};
use crate::document::inventory::{Inventory, QUESTIONS, Row, counted};
use crate::export::{where_words, word};

/// Heads of the columns of [`summary`].
pub(crate) const SUMMARY: &[&str] = &["Artifact", "Verdict", "Source", "Build", "Artifact proven", "Deploy"];

/// The figures in one line.
pub(crate) fn title(inventory: &Inventory) -> String {
    let coverage = &inventory.coverage;
    let artifacts = counted(coverage.artifacts, "artifact", "artifacts");
    let (rejected, incomplete, verified) = (coverage.rejected, coverage.incomplete, coverage.verified);
    format!("{artifacts}: {rejected} rejected, {incomplete} incomplete, {verified} verified")
}

/// A row of the index.
pub(crate) fn summary(row: &Row) -> Vec<String> {
    let mut cells = vec![row.heading().to_owned(), row.title.clone()];
    cells.extend(row.cells().map(|cell| word(cell.strength).to_owned()));
    cells
}

/// What stands before the index: the policy, the figures of each question.
pub(crate) fn before(inventory: &Inventory) -> Vec<Block> {
    let mut out = Blocks::default();
    let policy = inventory.policy.lines.iter().map(super::named).collect();
    out.table("One policy for all", &["What", "Value"], policy);
    let figures = inventory.coverage.questions.iter().map(|one| {
        let figures = [one.answered, one.name_only, one.contradicted, one.gap];
        core::iter::once(one.title.clone()).chain(figures.map(|figure| figure.to_string())).collect()
    });
    out.table(
        "Questions",
        &["Question", "Answered with evidence", "By name only", "Contradicted", "Gap"],
        figures.collect(),
    );
    out.0
}

/// What stands after the last artifact.
pub(crate) fn after(inventory: &Inventory) -> Vec<Block> {
    let mut out = Blocks::default();
    let given = inventory.given.iter().map(|one| vec![one.name.clone(), one.kind.clone(), one.count.to_string()]);
    out.table("What was given", &["Name", "Used as", "How many"], given.collect());
    if !inventory.warnings.is_empty() {
        out.heading("Worth knowing");
        out.list(inventory.warnings.clone());
    }
    out.0
}

/// One artifact.
pub(crate) fn blocks(row: &Row) -> Vec<Block> {
    let mut out = Blocks::default();
    out.0.push(Block::Verdict {
        outcome: row.outcome,
        title: format!("{}: {}", row.title, row.heading()),
        sentence: row.reason.clone(),
        detail: String::new(),
    });
    let rows = [
        ("Digest", row.digest.clone()),
        ("Also called", row.names.get(1..).unwrap_or_default().join(", ")),
        ("Where (unsigned)", where_words(row)),
        ("Signer", row.signer.clone()),
        ("Levels", row.levels.join(", ")),
        ("Statements used", row.statements.join(", ")),
    ];
    let filled = rows.into_iter().filter(|(_, value)| !value.is_empty());
    out.rows(&["What", "Value"], filled.map(|(name, value)| vec![name.to_owned(), value]).collect());
    let cells = QUESTIONS.iter().zip(row.cells()).map(|((_, title), cell)| {
        vec![(*title).to_owned(), word(cell.strength).to_owned(), cell.text.clone(), cell.detail.clone()]
    });
    out.rows(&["Question", "How", "Answer", "More"], cells.collect());
    out.list(row.warnings.clone());
    out.0
}
