//! The chain of custody as text: complete without the picture, read aloud or on paper.

use super::flow::{push_line, wrap, wrap_under};
use crate::document::Custody;
use crate::document::custody::{
    Claim, Edge, Inputs, Ladder, Levels, Met, Requirement, Stage, StageQuestion, Statement, Strength,
};
use crate::limits::{TEXT_INPUTS, TEXT_JOINS};

/// The chain: stages and what joins them, evidence, levels, claims, inputs, warnings, what would close the gaps.
#[must_use]
pub fn chain(custody: &Custody) -> String {
    let mut out = String::new();
    push_line(&mut out, "Chain of custody");
    for (index, stage) in custody.stages.iter().enumerate() {
        write_stage(&mut out, stage);
        let next = custody.stages.get(index.saturating_add(1));
        let between = |edge: &&Edge| edge.from == stage.id && next.is_some_and(|next| next.id == edge.to);
        for edge in custody.edges.iter().filter(between) {
            write_edge(&mut out, custody, edge);
        }
    }
    let across: Vec<&Edge> = custody.edges.iter().filter(|edge| !joins_neighbours(custody, edge)).collect();
    if !across.is_empty() {
        heading(&mut out, "Across the chain");
        for edge in across {
            write_edge(&mut out, custody, edge);
        }
    }
    if !custody.warnings.is_empty() {
        heading(&mut out, "Warnings");
    }
    for warning in &custody.warnings {
        wrap(&mut out, "  - ", warning);
    }
    write_next(&mut out, custody);
    write_statements(&mut out, &custody.statements);
    write_levels(&mut out, &custody.levels);
    write_claims(&mut out, &custody.claims);
    write_inputs(&mut out, &custody.inputs);
    write_graph(&mut out, custody);
    out
}

/// Whether an edge stands between two stages that follow each other in the picture.
fn joins_neighbours(custody: &Custody, edge: &Edge) -> bool {
    custody.stages.windows(2).any(|pair| matches!(pair, [from, to] if from.id == edge.from && to.id == edge.to))
}

fn heading(out: &mut String, text: &str) {
    out.push('\n');
    push_line(out, text);
}

fn write_stage(out: &mut String, stage: &Stage) {
    out.push('\n');
    let counts = format!("{}: {} of {} answered", stage.title, stage.answered, stage.of);
    wrap(out, "  ", &counts);
    wrap(out, "    ", &stage.question);
    wrap(out, "    ", &format!("{}{}", stage.state.prefix(), stage.answer));
    for question in &stage.questions {
        write_question(out, question);
    }
}

fn write_question(out: &mut String, question: &StageQuestion) {
    let vouchers: Vec<&str> = question.vouchers.iter().map(|voucher| voucher.word()).collect();
    let mut line = format!("{}: {}{}", question.title, question.strength.prefix(), question.answer);
    // A gap's sentence already says that nobody states it.
    if question.strength != Strength::Gap && !vouchers.is_empty() {
        line.push_str(&format!(" [{}]", vouchers.join(", ")));
    }
    wrap_under(out, "    - ", "      ", &line);
    if question.strength != Strength::Proven && !question.to_close.is_empty() {
        wrap(out, "      To close it: ", &question.to_close);
    }
}

fn write_edge(out: &mut String, custody: &Custody, edge: &Edge) {
    let title = |id: &str| {
        custody.stages.iter().find(|stage| stage.id == *id).map_or_else(|| id.to_owned(), |stage| stage.title.clone())
    };
    let gutter = format!("  {} ", edge.state.gutter());
    out.push('\n');
    let label = format!("{} to {}: {}", title(&edge.from), title(&edge.to), edge.state.labelled(&edge.label));
    wrap_under(out, &gutter, &gutter, &label);
    // What the label shows a part of, in full.
    if !edge.value.is_empty() {
        wrap_under(out, &gutter, &gutter, &edge.value);
    }
    if !edge.why.is_empty() {
        wrap_under(out, &gutter, &gutter, &edge.why);
    }
    if let Some(statement) = edge.statement {
        wrap_under(out, &gutter, &gutter, &format!("Stated in {}.", numbered(custody, statement)));
    }
}

/// A statement by its number in the list of evidence, and its name.
fn numbered(custody: &Custody, statement: usize) -> String {
    let name = custody.statements.get(statement).map(|statement| statement.name.as_str()).unwrap_or_default();
    format!("{}, {name}", statement.saturating_add(1)).trim_end_matches(", ").to_owned()
}

fn write_next(out: &mut String, custody: &Custody) {
    if custody.next.is_empty() {
        return;
    }
    heading(out, "What would close the gaps");
    for (index, action) in custody.next.iter().enumerate() {
        wrap(out, &format!("  {}. ", index.saturating_add(1)), &format!("{}. {}", action.title, action.detail));
    }
}

fn write_statements(out: &mut String, statements: &[Statement]) {
    if statements.is_empty() {
        return;
    }
    heading(out, "Evidence behind it");
    for (index, statement) in statements.iter().enumerate() {
        let indent = format!("  {}. ", index.saturating_add(1));
        wrap(out, &indent, &format!("{}: {}, {}", statement.name, statement.kind, statement.standing.words()));
        let under = " ".repeat(indent.chars().count());
        if !statement.signer.is_empty() {
            wrap(out, &format!("{under}signed by "), &statement.signer);
        }
        if !statement.time.is_empty() {
            wrap(out, &format!("{under}signed at "), &statement.time);
        }
        wrap(out, &under, &statement.reason);
        for said in &statement.says {
            wrap_under(out, &under, &format!("{under}  "), &format!("{}: {}", said.name, said.value));
        }
    }
}

fn write_levels(out: &mut String, levels: &Levels) {
    heading(out, "SLSA levels, computed here and never read from a statement");
    for ladder in [&levels.build, &levels.source] {
        write_ladder(out, ladder);
    }
    if levels.draft.is_empty() {
        return;
    }
    out.push('\n');
    wrap(out, "  ", &levels.draft_summary);
    let mut group = "";
    for requirement in &levels.draft {
        if requirement.group != group {
            group = &requirement.group;
            wrap(out, "    ", group);
        }
        write_requirement(out, requirement);
    }
}

/// Track and version stand beside each number.
fn write_ladder(out: &mut String, ladder: &Ladder) {
    if ladder.title.is_empty() {
        return;
    }
    wrap(out, "  ", &ladder.title);
    wrap(out, "    ", &ladder.reason);
    for step in &ladder.steps {
        let rung = format!("{} L{}, {}: {}, ", ladder.track, step.level, ladder.version, step.title);
        let line = format!("{rung}{}. {}", step.state.word(false), step.reason);
        wrap_under(out, &format!("    {} ", step.state.mark()), "        ", &line);
        if step.state != Met::Met && !step.to_reach.is_empty() {
            wrap(out, "        To reach it: ", &step.to_reach);
        }
    }
}

fn write_requirement(out: &mut String, requirement: &Requirement) {
    let line = format!(
        "{} (SLSA v0.1, from level {}): {}. {}",
        requirement.title,
        requirement.from_level,
        requirement.state.word(requirement.never_visible),
        requirement.reason
    );
    wrap_under(out, &format!("    {} ", requirement.state.mark()), "        ", &line);
}

fn write_claims(out: &mut String, claims: &[Claim]) {
    if claims.is_empty() {
        return;
    }
    heading(out, "Certificate beside provenance");
    for claim in claims {
        wrap(out, "  ", &format!("{}: {}", claim.name, claim.state.words()));
        for (who, value, place) in [
            ("certificate", &claim.certificate, &claim.certificate_at),
            ("provenance", &claim.provenance, &claim.provenance_at),
        ] {
            let value = if value.is_empty() { "says nothing" } else { value };
            let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
            wrap(out, &format!("    {who:<12}"), &format!("{value}{place}"));
        }
    }
}

fn write_inputs(out: &mut String, inputs: &Inputs) {
    if inputs.rows.is_empty() && inputs.summary.is_empty() {
        return;
    }
    heading(out, "Inputs of the build");
    wrap(out, "  ", &inputs.summary);
    let odd: Vec<_> = inputs.rows.iter().filter(|row| !row.warning.is_empty()).collect();
    for row in odd.iter().take(TEXT_INPUTS) {
        wrap_under(out, "  - ", "    ", &format!("{}: {}", row.name, row.warning));
    }
    more(out, odd.len(), TEXT_INPUTS, "inputs with a warning");
}

fn write_graph(out: &mut String, custody: &Custody) {
    let graph = &custody.graph;
    if graph.edges.is_empty() {
        return;
    }
    let (nodes, edges) = (graph.nodes.len(), graph.edges.len());
    heading(out, &format!("Everything that was joined: {nodes} things, {edges} joins"));
    let label = |index: usize| graph.nodes.get(index).map_or("(unknown)", |node| node.label.as_str());
    for edge in graph.edges.iter().take(TEXT_JOINS) {
        let stated = edge.statement.map(|statement| format!(" (stated in {})", numbered(custody, statement)));
        let stated = stated.unwrap_or_default();
        let line = format!("{} {}: {}{stated}", label(edge.from), edge.state.joined(label(edge.to)), edge.label);
        wrap_under(out, &format!("  {} ", edge.state.gutter()), "    ", &line);
    }
    more(out, edges, TEXT_JOINS, "joins");
}

fn more(out: &mut String, count: usize, shown: usize, what: &str) {
    if let Some(left_out) = count.checked_sub(shown).filter(|left_out| *left_out > 0) {
        push_line(out, &format!("  {left_out} more {what} are in the JSON report."));
    }
}
