//! Findings of the core as the checks of the document.

use touchstone_verify::{Finding, Item as CoreItem, Open, Outcome as Found};

use crate::document::{Check, Item, State};
use crate::explanation::Explanation;
use crate::words;

/// One check, told.
pub(crate) fn check(finding: &Finding) -> Check {
    let told = Explanation::of(finding.check.explanation);
    let mut check = Check {
        id: finding.check.id.to_owned(),
        group: finding.check.group.id().to_owned(),
        title: finding.check.title.to_owned(),
        state: state(&finding.outcome),
        summary: summary(&finding.outcome),
        headline: String::new(),
        expected: String::new(),
        found: String::new(),
        place: String::new(),
        code: String::new(),
        blocked_by: String::new(),
        what: told.what,
        why: told.why,
        harmless: told.harmless,
        to_do: told.to_do,
        specification: told.specification,
        items: finding.items.iter().map(item).collect(),
    };
    match &finding.outcome {
        Found::Failed(failure) => {
            words::headline(failure.code(), finding.check.id).clone_into(&mut check.headline);
            check.summary.clone_from(&check.headline);
            check.expected.clone_from(&failure.expected);
            check.found.clone_from(&failure.found);
            check.place.clone_from(&failure.place);
            failure.code().clone_into(&mut check.code);
        }
        Found::Blocked(by) => by.id.clone_into(&mut check.blocked_by),
        Found::NotAsked(open) => what_would_close(open).clone_into(&mut check.to_do),
        _ => {}
    }
    check
}

fn item(item: &CoreItem) -> Item {
    let summary = match &item.outcome {
        Found::Failed(failure) => format!("Expected {}; found {}", failure.expected, failure.found),
        other => summary(other),
    };
    Item { place: item.place.clone(), state: state(&item.outcome), summary }
}

pub(crate) fn state(outcome: &Found) -> State {
    match outcome {
        Found::Passed(_) => State::Passed,
        Found::Failed(_) => State::Failed,
        Found::Blocked(_) => State::Blocked,
        Found::NotPresent(_) => State::NotPresent,
        Found::NotAsked(_) => State::NotAsked,
        Found::Waived(_) => State::Waived,
    }
}

fn summary(outcome: &Found) -> String {
    match outcome {
        Found::Passed(said) | Found::NotPresent(said) | Found::Waived(said) => said.clone(),
        Found::Failed(failure) => failure.found.clone(),
        Found::Blocked(by) => format!("Blocked by {}", by.title),
        Found::NotAsked(open) => sentence(open),
    }
}

/// What is open, in a sentence.
pub(crate) fn sentence(open: &Open) -> String {
    match open {
        Open::Signer => "You have not said whom you expect to have signed.".to_owned(),
        Open::Artifact => "The file itself has not been given.".to_owned(),
        Open::OtherDigest { have, need } => format!(
            "The signature is over the file's {need} digest; known is only {}.",
            if have.is_empty() { "another" } else { have }
        ),
        Open::Bytes => only_digests(),
        Open::Key => "It was signed with a key, and the key has not been given.".to_owned(),
        Open::TestInstance => {
            "Only Sigstore staging vouches for this: an instance for tests, which no project releases with.".to_owned()
        }
        Open::Nothing(said) => (*said).to_owned(),
    }
}

#[inline(never)] // Rare: not in the widget's first module.
fn only_digests() -> String {
    "The signature is over the file's bytes themselves; known are only digests of them.".to_owned()
}

/// What would close it.
pub(crate) const fn what_would_close(open: &Open) -> &'static str {
    match open {
        Open::Signer => {
            "Name the signer whom the project says to expect. Take it from the project's own site, not from the download."
        }
        Open::Artifact => "Add the file, or its digest.",
        Open::OtherDigest { .. } | Open::Bytes => "Add the file itself.",
        Open::Key => "Add the project's public key. Take it from the project's own site, not from the download.",
        Open::TestInstance => {
            "If you are trying things out, choose Sigstore staging as the trusted root (--instance staging)."
        }
        Open::Nothing(_) => "",
    }
}

/// `signer`, `artifact`, `key`, `trusted-root`.
pub(crate) const fn kind(open: &Open) -> &'static str {
    match open {
        Open::Signer => "signer",
        Open::Artifact | Open::OtherDigest { .. } | Open::Bytes => "artifact",
        Open::Key => "key",
        Open::TestInstance => "trusted-root",
        Open::Nothing(_) => "nothing",
    }
}

/// Failed checks, the most telling first: what the person asked about, then what was signed, then what binds the
/// evidence to it, then the evidence.
pub(crate) fn failed(findings: &[Finding]) -> Vec<&Finding> {
    const ORDER: [&str; 30] = [
        "trusted-root",
        "artifact",
        "key",
        "identity",
        "extensions",
        "source",
        "source-ref",
        "builder",
        "workflow-inputs",
        "publisher",
        "package",
        "summary",
        "subjects",
        "agreement",
        "predicate",
        "signature",
        "entry-binding",
        "wrapper",
        "chain",
        "profile",
        "sct",
        "timestamps",
        "inclusion-promise",
        "logged",
        "signing-time",
        "checkpoint",
        "inclusion-proof",
        "witnesses",
        "statement",
        "bundle-form",
    ];
    /// How many of them are the person's own questions.
    const ASKED: usize = 13;
    // Evidence that is not there at all explains more than what follows from its absence.
    const ABSENT: [&str; 2] = ["log-entry-absent", "time-absent"];
    let place = |finding: &&Finding| {
        let absent = match &finding.outcome {
            Found::Failed(failure) => ABSENT.iter().position(|code| *code == failure.code()),
            _ => None,
        };
        let check = ORDER.iter().position(|id| *id == finding.check.id).unwrap_or(ORDER.len());
        // The person's own questions come before everything; what they asked about is what they need to hear first.
        let asked = check < ASKED;
        (!asked && absent.is_none(), absent.unwrap_or_default(), check)
    };
    let mut failed: Vec<&Finding> = findings.iter().filter(|finding| finding.failed()).collect();
    failed.sort_by_key(place);
    failed
}
