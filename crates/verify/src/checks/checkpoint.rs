//! Checkpoint of the log: spec B.10.

use touchstone_crypto::SignatureVerifier;
use touchstone_tlog::{NoteVerificationError, SignedCheckpoint, VerifiedCheckpoint, verify_checkpoint};
use touchstone_trust::TransparencyLog;

use crate::check::check;
use crate::checks::entry_binding::EntryBinding;
use crate::checks::signing_time::VerifiedTimes;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::text;

check! {
    /// Did the log itself sign the state that the proof leads to?
    ///
    /// # What
    /// A checkpoint states how large the log is and what its root is. The log that the entry names signed it, under its
    /// own name and key. Signatures by others are neither needed nor believed.
    ///
    /// # Why
    /// A proof of inclusion leads to some root; only a root that the log signed is the public log's. Without this
    /// signature anyone could make up a log of one entry.
    ///
    /// # Harmless
    /// - the trusted root is older than the log's key: get a newer one
    ///
    /// # Do
    /// Download the bundle again from the project itself.
    ///
    /// # Specification
    /// C2SP signed-note, tlog-checkpoint; client specification §4.4 (B-63 to B-71)
    Checkpoint, "checkpoint", Log, "Checkpoint"
}

/// Proof that the log which an entry names signed a checkpoint.
pub(crate) struct LogCheckpoint<'a> {
    log: &'a TransparencyLog,
    signed: SignedCheckpoint,
    verified: VerifiedCheckpoint,
}

impl<'a> LogCheckpoint<'a> {
    pub(crate) fn log(&self) -> &'a TransparencyLog {
        self.log
    }

    pub(crate) fn signed(&self) -> &SignedCheckpoint {
        &self.signed
    }

    pub(crate) fn verified(&self) -> &VerifiedCheckpoint {
        &self.verified
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    entries: &[EntryInView<'a>],
    times: Option<&VerifiedTimes>,
    crypto: &dyn SignatureVerifier,
) -> (Finding, Vec<Option<LogCheckpoint<'a>>>) {
    let mut items = Vec::new();
    let mut proofs = Vec::new();
    for view in entries {
        let (outcome, proof) = examine(view, times, crypto);
        items.push(Item { place: view.place("inclusionProof.checkpoint"), outcome });
        proofs.push(proof);
    }
    let blocked = items.iter().any(|item| matches!(item.outcome, Outcome::Blocked(_)));
    let whole = match proofs.iter().flatten().next() {
        Some(first) => Outcome::Passed(format!(
            "{} signed its state of {} entries",
            first.log.called(),
            first.verified.checkpoint().size
        )),
        None if blocked => Outcome::Blocked(EntryBinding::CHECK),
        None => Outcome::NotPresent("No checkpoint by a log of the trusted root".to_owned()),
    };
    (Finding::from_items(Checkpoint::CHECK, items, whole), proofs)
}

fn examine<'a>(
    view: &EntryInView<'a>,
    times: Option<&VerifiedTimes>,
    crypto: &dyn SignatureVerifier,
) -> (Outcome, Option<LogCheckpoint<'a>>) {
    let Some(log) = view.log else { return (Outcome::NotPresent(view.unknown_log()), None) };
    let Some(proof) = &view.entry.inclusion_proof else {
        return (Outcome::NotPresent("No proof, so no checkpoint".to_owned()), None);
    };
    let Some(tiled) = view.is_rekor_v2() else { return (Outcome::Blocked(EntryBinding::CHECK), None) };
    let place = view.place("inclusionProof.checkpoint.envelope");
    let verified = verify(&proof.checkpoint, log, tiled, &place, crypto).and_then(|checkpoint| {
        times.map_or(Ok(()), |times| check_window(view, log, times, &place)).map(|()| checkpoint)
    });
    match verified {
        Ok(checkpoint) => {
            let size = checkpoint.verified.checkpoint().size;
            (Outcome::Passed(format!("{}, {size} entries", log.called())), Some(checkpoint))
        }
        Err(failure) => (Outcome::Failed(failure), None),
    }
}

fn verify<'a>(
    note: &str,
    log: &'a TransparencyLog,
    tiled: bool,
    place: &str,
    crypto: &dyn SignatureVerifier,
) -> Result<LogCheckpoint<'a>, Failure> {
    let signed = SignedCheckpoint::parse(note).map_err(|error| {
        let expected = "a signed note: origin, size, root, a blank line, signatures";
        Failure::new(Cause::CheckpointMalformed, expected, error.to_string(), place)
    })?;
    // Only the log that the entry names may sign: an entry of one log with another's checkpoint is refused (B-69).
    let verified =
        verify_checkpoint(crypto, &signed, &[&log.note_key]).map_err(|error| not_by_log(log, &error, place))?;
    let origin = &verified.checkpoint().origin;
    if !log.name.is_origin(origin, tiled) {
        let expected = match tiled {
            true => log.name.authority.clone(),
            false => format!("{} - <number of the tree>", log.name.authority),
        };
        return Err(Failure::new(Cause::CheckpointOriginDiffers, expected, origin.clone(), place));
    }
    Ok(LogCheckpoint { log, signed, verified })
}

/// A checkpoint carries no time that could be trusted; what can be asked is that no verified time contradicts the key's
/// windows (B-71).
fn check_window(
    view: &EntryInView<'_>,
    log: &TransparencyLog,
    times: &VerifiedTimes,
    place: &str,
) -> Result<(), Failure> {
    match times.all().find(|time| !view.in_use(log, time.instant())) {
        None => Ok(()),
        Some(time) => Err(Failure::new(
            Cause::CheckpointOutsideLogWindow,
            format!("a signing {}", text::window(&log.window)),
            format!("{} ({})", text::instant(time.instant()), time.source()),
            place,
        )),
    }
}

fn not_by_log(log: &TransparencyLog, error: &NoteVerificationError, place: &str) -> Failure {
    let cause = match error {
        NoteVerificationError::SignatureInvalid { .. } => Cause::CheckpointSignatureInvalid,
        NoteVerificationError::KeyIdMatchesButNameDiffers { .. } => Cause::CheckpointNameDiffers,
        NoteVerificationError::NameMatchesButKeyIdDiffers { .. } => Cause::CheckpointKeyIdDiffers,
        _ => Cause::CheckpointNotByThisLog,
    };
    if log.name.host.is_empty() {
        return without_address(cause, place);
    }
    let expected = format!("a signature by {} with its key in the trusted root", log.name.authority);
    Failure::new(cause, expected, error.to_string(), place)
}

/// A log signs its checkpoints by a name, which is the host of its address (B-66).
#[inline(never)] // Rare: not in the widget's first module.
fn without_address(cause: Cause, place: &str) -> Failure {
    let expected = "a signature by the log's name, which is the host of its address in the trusted root";
    Failure::new(cause, expected, "a root that gives this log no address (baseUrl)", place)
}
