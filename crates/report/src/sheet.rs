//! A document as a sheet of paper: headings, paragraphs, lists and tables, in one order, for every medium that has those.
//! [`html`] and [`markdown`] write it; what the sheet says is decided here alone.

mod custody;
pub mod html;
pub(crate) mod inventory;
pub mod markdown;

use crate::document::{Check, Document, NamedValue, Outcome, Row, State, Table};
use crate::text::visible;

/// One part of a sheet, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading below the verdict; 1 is a section, 2 a part of one.
    Heading(u8, String),
    /// The verdict with its first sentence and the rest.
    Verdict { outcome: Outcome, title: String, sentence: String, detail: String },
    /// A paragraph.
    Text(String),
    /// Points without an order.
    List(Vec<String>),
    /// Points in order.
    Steps(Vec<String>),
    /// Rows under the heads of their columns.
    Rows(&'static [&'static str], Vec<Vec<String>>),
    /// A text as it stands, under a title.
    Raw(String, String),
}

/// Collects blocks; what is empty is left out.
#[derive(Default)]
pub(crate) struct Blocks(pub(crate) Vec<Block>);

impl Blocks {
    fn heading(&mut self, text: &str) {
        self.0.push(Block::Heading(1, text.to_owned()));
    }

    fn part(&mut self, text: &str) {
        self.0.push(Block::Heading(2, text.to_owned()));
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.0.push(Block::Text(text.to_owned()));
        }
    }

    fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.0.push(Block::List(points));
        }
    }

    fn rows(&mut self, heads: &'static [&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.0.push(Block::Rows(heads, rows));
        }
    }

    /// A section with a table, when there is anything in it.
    fn table(&mut self, title: &str, heads: &'static [&'static str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            self.heading(title);
            self.rows(heads, rows);
        }
    }
}

/// Everything that a document says.
pub(crate) fn blocks(document: &Document) -> Vec<Block> {
    let mut out = Blocks::default();
    let verdict = &document.verdict;
    out.0.push(Block::Verdict {
        outcome: verdict.outcome,
        title: verdict.title.clone(),
        sentence: verdict.sentence.clone(),
        detail: verdict.detail.clone(),
    });
    out.list(verdict.open.iter().map(|open| two(&open.sentence, &open.to_do)).collect());
    out.text(&verdict.counts);
    out.rows(&["What", "Value"], about(document));
    let failed = verdict.failed.iter().filter_map(|id| document.checks.iter().find(|check| check.id == *id));
    for check in failed {
        failure(&mut out, check);
    }
    if !document.to_do.is_empty() {
        out.heading("What to do");
        out.0.push(Block::Steps(
            document.to_do.iter().map(|action| two(&dotted(&action.title), &action.detail)).collect(),
        ));
    }
    let expected = document.policy.lines.iter().map(named).collect();
    out.table("What was expected", &["What", "Value"], expected);
    if let Some(custody) = &document.custody {
        custody::write(&mut out, custody);
    }
    let row = |check: &Check| {
        vec![check.state.word().to_owned(), check.title.clone(), check.summary.clone(), check.specification.clone()]
    };
    out.table(
        "Checks",
        &["State", "Check", "What was found out", "Specification"],
        document.checks.iter().map(row).collect(),
    );
    facts(&mut out, document);
    evidence(&mut out, document);
    if !document.shows.is_empty() {
        out.heading("What this shows");
        out.list(document.shows.clone());
    }
    out.heading("What it does not show");
    out.list(document.does_not_show.clone());
    if !document.notes.is_empty() {
        out.heading("Worth knowing");
        out.list(document.notes.clone());
    }
    out.0
}

/// Artifact, signer and trusted root, in rows.
fn about(document: &Document) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut push = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    if let Some(artifact) = &document.artifact {
        push(
            "File",
            if artifact.name.is_empty() { "known by its digest only".to_owned() } else { artifact.name.clone() },
        );
        for digest in &artifact.digests {
            let how = if artifact.computed { "computed" } else { "stated, not computed" };
            push("Digest", format!("{}:{} ({how})", digest.algorithm, digest.hex));
        }
    }
    if let Some(signer) = &document.signer {
        let proven = if signer.proven { "" } else { " (read, not proven)" };
        push("Signer", format!("{}{proven}", signer.identity));
        if let Some(issuer) = &signer.issuer {
            push("Name vouched for by", issuer.clone());
        }
    }
    if let Some(world) = &document.world {
        push("Trusted root", format!("{}, {}. {}", world.name, world.source, world.chosen));
        for lack in &world.lacks {
            push("It lacks", lack.clone());
        }
    }
    for given in &document.given {
        let size = given.size.map(|size| format!(", {size} bytes")).unwrap_or_default();
        push("Given", format!("{} ({}{size})", given.name, given.recognised_as));
    }
    rows
}

fn failure(out: &mut Blocks, check: &Check) {
    out.heading(&check.headline);
    let row = |name: &str, value: &str| vec![name.to_owned(), value.to_owned()];
    let rows = [
        row("Expected", &check.expected),
        row("Found", &check.found),
        row("Where", &check.place),
        row("Check", &check.title),
        row("Code", &check.code),
        row("Specification", &check.specification),
    ];
    out.rows(&["What", "Value"], rows.into_iter().filter(|row| row.iter().all(|cell| !cell.is_empty())).collect());
    out.text(&check.why);
    if !check.harmless.is_empty() {
        out.part("It may have a harmless cause");
        out.list(check.harmless.clone());
    }
    out.text(&check.to_do);
}

fn facts(out: &mut Blocks, document: &Document) {
    let row = |fact: &crate::document::Fact| {
        let vouchers: Vec<&str> = fact.vouchers.iter().map(|voucher| voucher.word()).collect();
        vec![fact.name.clone(), fact.value.clone(), vouchers.join(", ")]
    };
    let rows = document.facts.iter().map(row).collect();
    out.table("Facts, and who vouches for them", &["Fact", "Value", "Vouched for by"], rows);
}

fn evidence(out: &mut Blocks, document: &Document) {
    let evidence = &document.evidence;
    let single = evidence.certificate.iter().chain(&evidence.statement);
    let tables: Vec<&Table> = single.chain(&evidence.log_entries).chain(&evidence.timestamps).collect();
    if tables.is_empty() && evidence.raw.is_empty() {
        return;
    }
    out.heading("Evidence");
    out.text("What was read, whether or not it was proven.");
    for table in tables {
        out.part(&table.title);
        let row = |row: &Row| vec![row.name.clone(), row.value.clone(), row.reference.clone()];
        out.rows(&["Field", "Value", "Exact name"], table.rows.iter().map(row).collect());
    }
    for raw in &evidence.raw {
        out.0.push(Block::Raw(raw.title.clone(), raw.text.clone()));
    }
}

fn named(line: &NamedValue) -> Vec<String> {
    vec![line.name.clone(), line.value.clone()]
}

/// Two sentences in a row.
fn two(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first} {second}") }
}

fn dotted(text: &str) -> String {
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// A verdict of several in one line: file, verdict, signer.
pub(crate) fn summary(document: &Document) -> Vec<String> {
    let given = document.given.last().map(|given| given.name.as_str());
    let artifact = document.artifact.as_ref().map(|artifact| artifact.name.as_str()).filter(|name| !name.is_empty());
    let failed = document.checks.iter().filter(|check| check.state == State::Failed).map(|check| check.title.as_str());
    vec![
        artifact.or(given).unwrap_or("without a name").to_owned(),
        document.verdict.title.clone(),
        document.signer.as_ref().map(|signer| signer.identity.clone()).unwrap_or_default(),
        failed.collect::<Vec<_>>().join(", "),
    ]
}

/// Heads of the columns of [`summary`].
pub(crate) const SUMMARY: &[&str] = &["File", "Verdict", "Signer", "What failed"];

/// A heading for the window: the verdict, or how many of each. One line in which every character can be seen.
pub(crate) fn title(documents: &[Document]) -> String {
    if let [document] = documents {
        let name = document.artifact.as_ref().map(|artifact| artifact.name.as_str()).unwrap_or_default();
        let about = if name.is_empty() { String::new() } else { format!(": {}", visible(name)) };
        return format!("{}{about} - Touchstone report", document.verdict.title);
    }
    let count = |outcome: Outcome| documents.iter().filter(|one| one.verdict.outcome == outcome).count();
    format!(
        "{} results: {} verified, {} rejected, {} incomplete - Touchstone report",
        documents.len(),
        count(Outcome::Verified),
        count(Outcome::Rejected),
        count(Outcome::Incomplete)
    )
}
