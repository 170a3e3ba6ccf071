//! Enough logs: spec B-1, B-2, B-4, B-5.

use touchstone_tlog::VerifiedInclusion;
use touchstone_trust::TransparencyLog;

use crate::check::check;
use crate::checks::entry_binding::BoundEntry;
use crate::checks::inclusion_promise::VerifiedPromise;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};

check! {
    /// Was this signing made public in as many logs as are required?
    ///
    /// # What
    /// An entry counts when a log of the trusted root proved it (or, in bundles of the first version, promised it) and
    /// the entry is about this signature. Logs are counted, not entries: two entries of one log count once.
    ///
    /// # Why
    /// A signing that is public can be noticed by the project when it was not theirs.
    ///
    /// # Harmless
    /// - it was signed in an instance that has no log: choose that trusted root
    /// - the trusted root is older than the log: get a newer one
    ///
    /// # Do
    /// Ask the project for a bundle with a log entry.
    ///
    /// # Specification
    /// Sigstore client specification §4.4, §4.6 (B-1 to B-5)
    Logged, "logged", Log, "Made public"
}

/// Proof that a log holds an entry about this very signature.
pub(crate) struct VerifiedEntry<'a> {
    log: &'a TransparencyLog,
    index: u64,
}

impl<'a> VerifiedEntry<'a> {
    pub(crate) fn log(&self) -> &'a TransparencyLog {
        self.log
    }

    /// The index that the log vouches for: the entry's own where a promise covers it, else the proof's. Without a
    /// promise nobody signed the entry's own index (B-59).
    pub(crate) fn index(&self) -> u64 {
        self.index
    }
}

/// What was proven of one entry.
pub(crate) struct EntryProofs<'p, 'a> {
    pub(crate) promises: &'p [Option<VerifiedPromise<'a>>],
    pub(crate) inclusions: &'p [Option<VerifiedInclusion>],
    pub(crate) bindings: &'p [Option<BoundEntry>],
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    entries: &[EntryInView<'a>],
    proofs: &EntryProofs<'_, 'a>,
    required: u32,
    failed: &[&Finding],
) -> (Finding, Vec<VerifiedEntry<'a>>) {
    let verified: Vec<VerifiedEntry<'a>> =
        entries.iter().enumerate().filter_map(|(position, view)| entry(view, position, proofs)).collect();
    let mut logs: Vec<usize> = verified.iter().map(|entry| entry.log.party()).collect();
    logs.sort_unstable();
    logs.dedup();
    let found = u32::try_from(logs.len()).unwrap_or(u32::MAX);
    let blocking = failed.iter().find(|finding| finding.failed() || matches!(finding.outcome, Outcome::Blocked(_)));
    let outcome = if found >= required && found > 0 {
        let mut names: Vec<String> = Vec::new();
        for entry in &verified {
            let name = entry.log.called();
            // Logs are said, not entries.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Outcome::Passed(format!("Public in {}", names.join(", ")))
    } else if required == 0 {
        let expected =
            if entries.is_empty() { "No log is expected here" } else { "No entry was proven; none is required" };
        Outcome::NotPresent(expected.to_owned())
    } else if let Some(blocking) = blocking {
        Outcome::Blocked(blocking.check)
    } else {
        let expected = format!("an entry proven by {required} of the trusted root's logs");
        let (cause, found) = match entries.len() {
            0 => (Cause::LogEntryAbsent, "no log entry in the bundle".to_owned()),
            count => (Cause::NotEnoughLogs, format!("proven by {found}, of {count} entries in the bundle")),
        };
        Outcome::Failed(Failure::new(cause, expected, found, "$.verificationMaterial.tlogEntries"))
    };
    (Finding::new(Logged::CHECK, outcome), verified)
}

/// An entry counts when it is bound to this signature and its log proved it, or, where it carries no proof (v0.1),
/// promised it.
fn entry<'a>(view: &EntryInView<'a>, position: usize, proofs: &EntryProofs<'_, 'a>) -> Option<VerifiedEntry<'a>> {
    let log = view.log?;
    proofs.bindings.get(position)?.as_ref()?;
    let inclusion = proofs.inclusions.get(position)?.as_ref();
    let promised = proofs.promises.get(position)?.as_ref().is_some_and(|promise| core::ptr::eq(promise.log(), log));
    let index = match inclusion {
        Some(inclusion) if !promised => inclusion.index(),
        _ => view.entry.log_index,
    };
    let proven = inclusion.is_some() || (promised && view.entry.inclusion_proof.is_none());
    proven.then_some(VerifiedEntry { log, index })
}
