//! An inventory as text.

use super::flow::{push_line, wrap, wrap_under};
use super::{heading, visible};
use crate::document::inventory::{Inventory, QUESTIONS, Row};
use crate::export::where_words;

/// The whole inventory as plain text: figures, policy, a paragraph a row, notes.
#[must_use]
pub fn inventory(inventory: &Inventory) -> String {
    let mut out = String::new();
    let coverage = &inventory.coverage;
    push_line(&mut out, &coverage.sentence());
    heading(&mut out, "Questions answered with evidence");
    for one in &coverage.questions {
        let figures = format!("{} of {} answered; {}", one.answered, coverage.artifacts, one.rest());
        wrap(&mut out, &format!("  {:<10}", one.title), &figures);
    }
    heading(&mut out, "One policy for all");
    for line in &inventory.policy.lines {
        wrap(&mut out, "  ", &format!("{}: {}", line.name, line.value));
    }
    for row in &inventory.rows {
        write_row(&mut out, row);
    }
    if !inventory.warnings.is_empty() {
        heading(&mut out, "Notes");
        for warning in &inventory.warnings {
            wrap_under(&mut out, "  note: ", "        ", warning);
        }
    }
    out
}

fn write_row(out: &mut String, row: &Row) {
    out.push('\n');
    push_line(out, &format!("{}: {}", row.title, visible(row.heading())));
    if !row.digest.is_empty() && row.heading() != row.digest {
        wrap(out, "  digest    ", &row.digest);
    }
    wrap(out, "  where     ", &where_words(row));
    for ((id, _), cell) in QUESTIONS.iter().zip(row.cells()) {
        wrap(out, &format!("  {id:<10}"), &cell.line());
    }
    wrap(out, "  why       ", &row.reason);
    for warning in &row.warnings {
        wrap_under(out, "  note: ", "        ", warning);
    }
}
