//! A document as text, for a terminal.

mod chain;
mod flow;
mod inventory;
mod plain;
mod words;

use crate::document::{Check, Document, Outcome, State};

pub use chain::chain;
pub use flow::{is_hidden, visible};
use flow::{push_line, wrap, wrap_under};
pub use inventory::inventory;
pub(crate) use plain::plain;

/// The whole document as plain text of at most 80 columns where its values allow; no colours, no control characters.
#[must_use]
pub fn render(document: &Document) -> String {
    let mut out = String::new();
    write_verdict(&mut out, document);
    write_header(&mut out, document);
    heading(&mut out, "Checks");
    for check in &document.checks {
        let before = format!("  {:<12} {:<18} ", check.state.word(), check.title);
        wrap(&mut out, &visible(&before), &check.summary);
    }
    if let Some(custody) = &document.custody {
        out.push('\n');
        out.push_str(&chain(custody));
    }
    if !document.facts.is_empty() {
        heading(&mut out, "Facts, and who vouches for them");
        for fact in &document.facts {
            let vouchers: Vec<&str> = fact.vouchers.iter().map(|voucher| voucher.word()).collect();
            let line = format!("{}  [{}]", fact.value, vouchers.join(", "));
            wrap(&mut out, &visible(&format!("  {:<26} ", fact.name)), &line);
        }
    }
    write_scope(&mut out, document);
    out
}

/// The verdict and the chain of custody, without the checks one by one.
#[must_use]
pub fn with_chain(document: &Document) -> String {
    let mut out = String::new();
    write_verdict(&mut out, document);
    write_header(&mut out, document);
    out.push('\n');
    match &document.custody {
        Some(custody) => out.push_str(&chain(custody)),
        None => wrap(&mut out, "", "Nothing could be read that a chain of custody could be drawn of."),
    }
    write_scope(&mut out, document);
    out
}

fn heading(out: &mut String, text: &str) {
    out.push('\n');
    push_line(out, text);
}

fn write_verdict(out: &mut String, document: &Document) {
    let verdict = &document.verdict;
    wrap(out, "", &verdict.title);
    wrap(out, "  ", &format!("{} {}", verdict.sentence, verdict.detail));
    for open in &verdict.open {
        wrap(out, "  - ", &format!("{} {}", open.sentence, open.to_do));
    }
    wrap(out, "  ", &verdict.counts);
    for id in &verdict.failed {
        if let Some(check) = document.checks.iter().find(|check| check.id == *id) {
            write_failure(out, check);
        }
    }
}

fn write_failure(out: &mut String, check: &Check) {
    out.push('\n');
    wrap(out, "  ", &format!("{} [{}]", check.headline, check.code));
    wrap(out, "    expected  ", &check.expected);
    wrap(out, "    found     ", &check.found);
    if !check.place.is_empty() {
        wrap(out, "    where     ", &check.place);
    }
    wrap(out, "    why       ", &check.why);
    wrap(out, "    do        ", &check.to_do);
}

fn write_header(out: &mut String, document: &Document) {
    out.push('\n');
    if let Some(artifact) = &document.artifact {
        let name = if artifact.name.is_empty() { "(digest only)" } else { &artifact.name };
        wrap(out, "  artifact  ", name);
        for digest in &artifact.digests {
            let how = if artifact.computed { "computed here" } else { "stated by you" };
            wrap(out, "            ", &format!("{}:{} ({how})", digest.algorithm, digest.hex));
        }
    }
    if let Some(signer) = &document.signer {
        let proven = if signer.proven { "" } else { " (read, not proven)" };
        wrap(out, "  signer    ", &format!("{}{proven}", signer.identity));
        if let Some(issuer) = &signer.issuer {
            wrap(out, "  issuer    ", issuer);
        }
    }
    if let Some(world) = &document.world {
        wrap(out, "  root      ", &format!("{} ({})", world.name, world.source));
        for lack in &world.lacks {
            wrap(out, "            ", lack);
        }
    }
}

fn write_scope(out: &mut String, document: &Document) {
    if document.verdict.outcome == Outcome::Verified {
        heading(out, "What this shows");
        for line in &document.shows {
            wrap(out, "  - ", line);
        }
    }
    heading(out, "What it does not show");
    for line in &document.does_not_show {
        wrap(out, "  - ", line);
    }
    for note in &document.notes {
        wrap_under(out, "  note: ", "        ", note);
    }
}

impl State {
    /// The word that a reader sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "Passed",
            Self::Failed => "Failed",
            Self::Blocked => "Blocked",
            Self::NotPresent => "Not present",
            Self::NotAsked => "Not asked",
            Self::Waived => "Waived",
        }
    }
}
