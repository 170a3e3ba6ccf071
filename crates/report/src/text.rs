//! A document as text, for a terminal.

use core::fmt::Write;

use crate::document::{Check, Document, Outcome, State};

/// The whole document as plain text of at most 100 columns where its values allow; no colours, no control characters.
#[must_use]
pub fn render(document: &Document) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_document(&mut out, document);
    visible(&out)
}

fn write_document(out: &mut String, document: &Document) -> core::fmt::Result {
    let verdict = &document.verdict;
    writeln!(out, "{}", verdict.title)?;
    wrap(out, "  ", &format!("{} {}", verdict.sentence, verdict.detail))?;
    for open in &verdict.open {
        wrap(out, "  - ", &format!("{} {}", open.sentence, open.to_do))?;
    }
    writeln!(out, "  {}", verdict.counts)?;
    write_failures(out, document)?;
    write_header(out, document)?;
    writeln!(out, "\nChecks")?;
    for check in &document.checks {
        write_check(out, check)?;
    }
    if !document.facts.is_empty() {
        writeln!(out, "\nFacts, and who vouches for them")?;
        for fact in &document.facts {
            let vouchers: Vec<&str> = fact.vouchers.iter().map(|voucher| voucher.word()).collect();
            writeln!(out, "  {:<26} {}  [{}]", fact.name, fact.value, vouchers.join(", "))?;
        }
    }
    write_scope(out, document)
}

fn write_header(out: &mut String, document: &Document) -> core::fmt::Result {
    writeln!(out)?;
    if let Some(artifact) = &document.artifact {
        let name = if artifact.name.is_empty() { "(digest only)" } else { &artifact.name };
        writeln!(out, "  artifact  {name}")?;
        for digest in &artifact.digests {
            let how = if artifact.computed { "computed here" } else { "stated by you" };
            writeln!(out, "            {}:{} ({how})", digest.algorithm, digest.hex)?;
        }
    }
    if let Some(signer) = &document.signer {
        let proven = if signer.proven { "" } else { " (read, not proven)" };
        writeln!(out, "  signer    {}{proven}", signer.identity)?;
        if let Some(issuer) = &signer.issuer {
            writeln!(out, "  issuer    {issuer}")?;
        }
    }
    if let Some(world) = &document.world {
        writeln!(out, "  root      {} ({})", world.name, world.source)?;
        for lack in &world.lacks {
            wrap(out, "            ", lack)?;
        }
    }
    Ok(())
}

fn write_failures(out: &mut String, document: &Document) -> core::fmt::Result {
    for id in &document.verdict.failed {
        let Some(check) = document.checks.iter().find(|check| check.id == *id) else { continue };
        writeln!(out, "\n  {} [{}]", check.headline, check.code)?;
        wrap(out, "    expected  ", &check.expected)?;
        wrap(out, "    found     ", &check.found)?;
        if !check.place.is_empty() {
            writeln!(out, "    where     {}", check.place)?;
        }
        wrap(out, "    why       ", &check.why)?;
        wrap(out, "    do        ", &check.to_do)?;
    }
    Ok(())
}

fn write_check(out: &mut String, check: &Check) -> core::fmt::Result {
    let word = check.state.word();
    writeln!(out, "  {:<12} {:<18} {}", word, check.title, check.summary)
}

fn write_scope(out: &mut String, document: &Document) -> core::fmt::Result {
    if document.verdict.outcome == Outcome::Verified {
        writeln!(out, "\nWhat this shows")?;
        for line in &document.shows {
            wrap(out, "  - ", line)?;
        }
    }
    writeln!(out, "\nWhat it does not show")?;
    for line in &document.does_not_show {
        wrap(out, "  - ", line)?;
    }
    for note in &document.notes {
        wrap(out, "  note: ", note)?;
    }
    Ok(())
}

/// Wraps at spaces, so that a long value stays whole on a line of its own.
fn wrap(out: &mut String, indent: &str, text: &str) -> core::fmt::Result {
    const WIDTH: usize = 96;
    let hanging = " ".repeat(indent.chars().count());
    let mut line = String::from(indent);
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !empty && line.chars().count().saturating_add(word.chars().count()) >= WIDTH {
            writeln!(out, "{line}")?;
            line.clone_from(&hanging);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(out, "{line}")
}

/// Foreign text must not steer a terminal: control, bidirectional and zero-width characters are spelled out (H-51).
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let hidden = matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}');
        if hidden || (character.is_control() && character != '\n') {
            let _ = write!(out, "<U+{:04X}>", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
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
