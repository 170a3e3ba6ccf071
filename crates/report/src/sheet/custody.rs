//! The chain of custody on a sheet.

use super::Blocks;
use crate::document::Custody;
use crate::document::custody::{
    Claim, Edge, GraphEdge, InputRow, Ladder, Requirement, Stage, StageQuestion, Statement, Strength,
};

pub(super) fn write(out: &mut Blocks, custody: &Custody) {
    out.heading("Chain of custody");
    for stage in &custody.stages {
        out.part(&format!("{}: {} of {} answered", stage.title, stage.answered, stage.of));
        out.text(&format!("{} {}{}", stage.question, stage.state.prefix(), stage.answer));
        out.rows(&["Question", "Answer", "Vouched for by"], stage.questions.iter().map(question).collect());
    }
    let title = |id: &str| {
        let stage = custody.stages.iter().find(|stage| stage.id == *id);
        stage.map_or_else(|| id.to_owned(), |stage: &Stage| stage.title.clone())
    };
    let edge = |edge: &Edge| {
        let value = if edge.value.is_empty() { &edge.label } else { &edge.value };
        vec![
            format!("{} to {}", title(&edge.from), title(&edge.to)),
            edge.state.labelled(&edge.label),
            value.clone(),
            edge.why.clone(),
        ]
    };
    out.rows(&["What is joined", "How", "Value", "Why"], custody.edges.iter().map(edge).collect());
    out.list(custody.warnings.clone());
    if !custody.next.is_empty() {
        out.part("What would close the gaps");
        out.list(custody.next.iter().map(|action| format!("{}. {}", action.title, action.detail)).collect());
    }
    if !custody.statements.is_empty() {
        out.part("Evidence behind it");
        out.rows(
            &["Name", "Kind", "Signer", "What it counts for", "What it says"],
            custody.statements.iter().map(statement).collect(),
        );
    }
    for ladder in [&custody.levels.build, &custody.levels.source] {
        level(out, ladder);
    }
    out.text(&custody.levels.draft_summary);
    out.rows(&["Requirement", "From level", "State", "Why"], custody.levels.draft.iter().map(requirement).collect());
    if !custody.claims.is_empty() {
        out.part("Certificate beside provenance");
        out.rows(&["Claim", "Certificate", "Provenance", "Compared"], custody.claims.iter().map(claim).collect());
    }
    if !custody.inputs.rows.is_empty() {
        out.part("What went into the build");
        out.text(&custody.inputs.summary);
        out.rows(&["Input", "Version", "Digest", "Listed in"], custody.inputs.rows.iter().map(input).collect());
    }
    if !custody.graph.edges.is_empty() {
        out.part("Everything that was joined");
        let joins = custody.graph.edges.iter().map(|edge| join(custody, edge));
        out.rows(&["From", "How", "To", "Stated in"], joins.collect());
    }
}

fn join(custody: &Custody, edge: &GraphEdge) -> Vec<String> {
    let node = |index: usize| {
        let node = custody.graph.nodes.get(index);
        node.map(|node| format!("{} {}", node.label, node.identity).trim_end().to_owned()).unwrap_or_default()
    };
    let stated = edge.statement.and_then(|statement| custody.statements.get(statement));
    let stated = stated.map(|statement| statement.name.clone()).unwrap_or_default();
    vec![node(edge.from), edge.state.labelled(&edge.label), node(edge.to), stated]
}

fn question(question: &StageQuestion) -> Vec<String> {
    let vouchers: Vec<&str> = question.vouchers.iter().map(|voucher| voucher.word()).collect();
    let mut answer = format!("{}{}", question.strength.prefix(), question.answer);
    if question.strength != Strength::Proven && !question.to_close.is_empty() {
        answer.push_str(&format!(" To close it: {}", question.to_close));
    }
    vec![question.title.clone(), answer, vouchers.join(", ")]
}

fn statement(statement: &Statement) -> Vec<String> {
    let signer = if statement.signer.is_empty() { "nobody".to_owned() } else { statement.signer.clone() };
    let counts = format!("{}. {}", statement.standing.words(), statement.reason);
    let says: Vec<String> = statement.says.iter().map(|said| format!("{}: {}", said.name, said.value)).collect();
    vec![statement.name.clone(), statement.kind.clone(), signer, counts, says.join("; ")]
}

fn level(out: &mut Blocks, ladder: &Ladder) {
    if ladder.steps.is_empty() {
        return;
    }
    out.part(&ladder.title);
    out.text(&ladder.reason);
    let rows = ladder.steps.iter().map(|step| {
        let why =
            if step.to_reach.is_empty() { step.reason.clone() } else { format!("{} {}", step.reason, step.to_reach) };
        vec![format!("L{}", step.level), step.state.word(false).to_owned(), step.title.clone(), why]
    });
    out.rows(&["Level", "State", "What it means", "Why"], rows.collect());
}

fn requirement(requirement: &Requirement) -> Vec<String> {
    let state = requirement.state.word(requirement.never_visible).to_owned();
    vec![requirement.title.clone(), requirement.from_level.to_string(), state, requirement.reason.clone()]
}

fn claim(claim: &Claim) -> Vec<String> {
    vec![claim.name.clone(), claim.certificate.clone(), claim.provenance.clone(), claim.state.words().to_owned()]
}

fn input(input: &InputRow) -> Vec<String> {
    let mut listed = input.listed.join(", ");
    if !input.warning.is_empty() {
        listed.push_str(&format!(". {}", input.warning));
    }
    vec![input.name.clone(), input.version.clone(), input.digest.clone(), listed]
}
