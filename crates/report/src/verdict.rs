//! The verdict in words. These sentences are said nowhere else.

use touchstone_formats::image_index::Lists;
use touchstone_trust::Instance;
use touchstone_verify::{
    Cause, Covered, Finding, MatchedIdentity, MatchedSubject, Names, Outcome as Found, Report, Verdict as CoreVerdict,
};

use crate::checks;
use crate::document::{Open, Outcome, Verdict};

/// What the sentence about a verified artifact names.
pub(crate) struct Named<'a> {
    /// The artifact's name, or "The file".
    pub(crate) artifact: &'a str,
    /// The signer, short.
    pub(crate) signer: &'a str,
    /// Whether anybody may have signed, on purpose.
    pub(crate) is_anybody: bool,
}

pub(crate) fn verdict(report: &Report, named: &Named<'_>) -> Verdict {
    let failed = checks::failed(&report.findings);
    let waived: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| matches!(finding.outcome, Found::Waived(_)))
        .map(|finding| finding.check.title.to_owned())
        .collect();
    let open = open(report);
    let (outcome, title, sentence, detail) = match report.verdict {
        CoreVerdict::Verified { waived: count } => verified(report, count, named),
        CoreVerdict::Rejected => {
            let reasons: Vec<&str> = failed.iter().take(2).map(|finding| reason(finding)).collect();
            // That nothing could be looked at says nothing about the file.
            let sentence = if only_the_root(&failed) {
                "This says nothing about the file: it could not be judged."
            } else {
                "Do not open or run this file."
            };
            (Outcome::Rejected, "Rejected".to_owned(), sentence.to_owned(), reasons.join(" "))
        }
        CoreVerdict::Incomplete => incomplete(report, &open, named),
    };
    Verdict {
        outcome,
        title,
        sentence,
        detail,
        open,
        waived,
        counts: counts(&report.findings),
        failed: failed.iter().map(|finding| finding.check.id.to_owned()).collect(),
    }
}

/// Whether nothing failed but what was to judge.
fn only_the_root(failed: &[&Finding]) -> bool {
    !failed.is_empty() && failed.iter().all(|finding| finding.check.id == "trusted-root")
}

fn verified(report: &Report, waived: usize, named: &Named<'_>) -> (Outcome, String, String, String) {
    let title = match waived {
        0 => "Verified".to_owned(),
        1 => "Verified, 1 check waived".to_owned(),
        count => format!("Verified, {count} checks waived"),
    };
    let matched = report.verified.as_ref().and_then(|verified| verified.subject());
    let through = matched.and_then(MatchedSubject::through);
    let (artifact, signer) = (named.artifact, named.signer);
    let sentence = if let Some(through) = through {
        covered(named, through)
    } else if matched.is_some() {
        format!("{artifact} is byte for byte the file that {signer} signed.")
    } else {
        format!("The signature is by {signer}. No file was compared with it, as you asked.")
    };
    let is_waived = |id: &str| {
        report.findings.iter().any(|finding| finding.check.id == id && matches!(finding.outcome, Found::Waived(_)))
    };
    let identity = report.verified.as_ref().and_then(|verified| verified.identity());
    let mut detail = if is_waived("identity") {
        given_up(named.is_anybody, identity.map(MatchedIdentity::names))
    } else {
        "That is the signer you said to expect.".to_owned()
    };
    if report.root.as_ref().is_some_and(|root| root.instance == Instance::Staging) {
        of_test_instance(&mut detail);
    }
    if let Some(said) = matched.and_then(|matched| signed_as(matched, named.artifact)) {
        detail.push(' ');
        detail.push_str(&said);
    }
    (Outcome::Verified, title, sentence, detail)
}

// Rare, and each of its own so that the widget's first module is without them.

#[inline(never)]
fn covered(named: &Named<'_>, through: &Covered) -> String {
    let (artifact, signer) = (named.artifact, named.signer);
    match (through.lists(), through.path().len()) {
        (Lists::Blobs, _) => {
            format!("{artifact} is covered through an image manifest that {signer} signed, which lists it by digest.")
        }
        (Lists::Manifests, 0 | 1) => {
            format!("{artifact} is covered through an image index that {signer} signed, which lists it by digest.")
        }
        (Lists::Manifests, _) => format!(
            "{artifact} is covered through an image index that {signer} signed, which lists it through another list."
        ),
    }
}

#[inline(never)]
fn of_test_instance(detail: &mut String) {
    detail.push_str(" A test instance vouches for that name, not the one that projects release with.");
}

#[inline(never)]
fn given_up(is_anybody: bool, names: Option<&Names>) -> String {
    match names {
        _ if is_anybody => "You chose to accept any signer, so nobody has said that this is the right one.".to_owned(),
        Some(Names::Strangers(stranger)) => {
            format!("Your pattern fits others too, {stranger} for one, so nobody has said that this is the right one.")
        }
        Some(Names::Untried) => {
            "It takes too much work to see whom else your pattern fits, so nobody has said that this is the right one.".to_owned()
        }
        Some(Names::AnyIssuer) => "That is the name you said to expect. Your pattern for the issuer fits others too, so whoever \
                                   this instance accepts may have vouched for it."
            .to_owned(),
        _ => "That is the name you said to expect. You named no issuer, so whoever this instance accepts may have vouched \
                 for it."
            .to_owned(),
    }
}

/// Longest name that is said beside the verdict, in bytes. The check on the artifact says every name in full.
const SAID_NAME: usize = 120;

/// Under which name `matched` was signed, where that is not `here`. One signature may be over many files, and a digest has no name
/// at all: who reads of a verdict should see which of them is meant. The name is the signer's choice (B-99), so one that could pass
/// for a sentence of ours, or hide what it says, is not said here.
fn signed_as(matched: &MatchedSubject, here: &str) -> Option<String> {
    let last = |name: &str| name.rsplit('/').next() == Some(here);
    let name = matched.name()?;
    if matched.names().any(last) {
        return None;
    }
    let plain = |character: char| character.is_alphanumeric() || character.is_ascii_graphic();
    let is_plain = name.len() <= SAID_NAME && name.chars().all(plain);
    Some(match (is_plain, matched.through().is_some()) {
        (true, false) => format!("It was signed under the name {name}."),
        (false, false) => "It was signed under another name, which the check of the file says.".to_owned(),
        (true, true) => format!("The list was signed under the name {name}."),
        (false, true) => "The list was signed under a name that the check of the file says.".to_owned(),
    })
}

fn incomplete(report: &Report, open: &[Open], named: &Named<'_>) -> (Outcome, String, String, String) {
    let things = match open.len() {
        // Only if a check of ours forgot to say why: the second lock of the core then holds the verdict open.
        0 => "A check did not say what came out of it.".to_owned(),
        1 => "One thing is open:".to_owned(),
        count => format!("{count} things are open:"),
    };
    let signer_open = open.iter().any(|open| open.kind == "signer");
    let sentence = match (report.signer_proven, signer_open) {
        (true, true) => format!("The signature verifies. The certificate names this signer: {}.", named.signer),
        (true, false) => "The signature verifies.".to_owned(),
        (false, _) => "The signature could not be checked yet.".to_owned(),
    };
    (Outcome::Incomplete, "Incomplete".to_owned(), sentence, things)
}

/// What keeps the verdict open, each thing once.
fn open(report: &Report) -> Vec<Open> {
    if report.verdict != CoreVerdict::Incomplete {
        return Vec::new();
    }
    let mut all: Vec<Open> = Vec::new();
    for finding in &report.findings {
        let Found::NotAsked(open) = &finding.outcome else { continue };
        if !open.keeps_verdict_open() || all.iter().any(|known| known.kind == checks::kind(open)) {
            continue;
        }
        all.push(Open {
            kind: checks::kind(open).to_owned(),
            sentence: checks::sentence(open),
            to_do: checks::what_would_close(open).to_owned(),
        });
    }
    all
}

/// Why it was rejected, in one sentence a check.
fn reason(finding: &Finding) -> &'static str {
    match finding.check.id {
        "artifact" => "It is not the file that was signed.",
        "signature" => "The signature is not over this file by this signer.",
        "statement" => "What was signed is no readable statement about files.",
        "identity" => "It is not signed by the signer you expect.",
        "key" => "It is not signed with the key you expect.",
        _ => rare_reason(finding),
    }
}

#[inline(never)] // A widget that rejects for one of these has the whole program: not in its first module.
fn rare_reason(finding: &Finding) -> &'static str {
    match finding.check.id {
        "agreement" => "What the provenance says contradicts the certificate.",
        "source" => "It was not built from the repository you expect.",
        "source-ref" => "It was not built from the branch or tag you expect.",
        "builder" => "No builder that may vouch for it, or not the one you expect, built it.",
        "chain" => "No authority that is trusted here issued the signer's certificate.",
        "profile" => "The signer's certificate is not made for this.",
        "sct" => "The signer's certificate was not made public as it should have been.",
        "entry-binding" => "The log entry is not about this signature.",
        "inclusion-promise" => "The log's promise does not hold.",
        "checkpoint" => "The log's signed state does not hold.",
        "inclusion-proof" => "The proof that the log holds the entry does not hold.",
        "logged" => "The signing was not made public in a log that is trusted here.",
        "timestamps" => "A timestamp does not hold.",
        "signing-time" => "Nobody who is trusted says that the signer could sign then.",
        "trusted-root" => "The trusted root cannot be used, so nothing could be proven.",
        "extensions" => "The certificate does not say what you asked for.",
        "predicate" => "The statement is not of the kind or the shape that it must be.",
        "subjects" => "The statement is not about what you named.",
        "workflow-inputs" => "The workflow was not started with the inputs you expect.",
        "publisher" => "It was not published by the publisher you expect.",
        "package" => "It is not the package you expect.",
        "summary" => "The verifier's summary does not say what you expect.",
        "witnesses" => "A witness's signature does not hold.",
        "wrapper" => "What comes with the signed statement does not fit it.",
        "bundle-form" if is_older_than_asked(finding) => "The bundle is of an older version than you ask for.",
        _ => "The bundle cannot be read, so nothing is proven about this file.",
    }
}

fn is_older_than_asked(finding: &Finding) -> bool {
    matches!(&finding.outcome, Found::Failed(failure) if failure.cause == Cause::BundleVersionTooOld)
}

fn counts(findings: &[Finding]) -> String {
    let count = |wanted: fn(&Found) -> bool| findings.iter().filter(|finding| wanted(&finding.outcome)).count();
    let failed = count(|found| matches!(found, Found::Failed(_)));
    let blocked = count(|found| matches!(found, Found::Blocked(_)));
    let passed = count(|found| matches!(found, Found::Passed(_)));
    let total = findings.len();
    match (failed, blocked) {
        (0, 0) => match total.saturating_sub(passed) {
            0 => format!("All {passed} checks passed"),
            rest => format!("{passed} checks passed; {rest} had nothing to check"),
        },
        (0, blocked) => format!("{passed} of {total} checks passed, {blocked} could not run"),
        (failed, 0) => format!("{failed} of {total} checks failed"),
        (failed, blocked) => format!("{failed} of {total} checks failed, {blocked} could not run because of them"),
    }
}

#[cfg(test)]
mod tests {
    /// The widget says what a report says to a visitor who asked nothing, in his language (`crates/widget/js/said.js`).
    #[test]
    fn the_widget_knows_every_reason() {
        let (this, known) = (include_str!("verdict.rs"), include_str!("../../widget/js/said.json"));
        let reasons =
            this.split_once("fn reason(").and_then(|(_, rest)| rest.split_once("fn counts(")).map(|(body, _)| body);
        let reasons: Vec<&str> = reasons
            .into_iter()
            .flat_map(str::lines)
            .filter_map(|line| line.split_once("=> \"")?.1.split('"').next())
            .collect();
        assert!(reasons.len() > 27, "{}", reasons.len());
        for reason in reasons {
            assert!(known.contains(&format!("\"text\": \"{reason}\"")), "{reason}");
        }
    }
}
