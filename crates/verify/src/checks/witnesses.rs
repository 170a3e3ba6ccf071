//! Witness cosignatures: spec B.12.

use touchstone_crypto::SignatureVerifier;
use touchstone_tlog::{Witness, verify_cosignatures};

use crate::check::check;
use crate::checks::checkpoint::LogCheckpoint;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};

check! {
    /// Did independent witnesses see the same state of the log?
    ///
    /// # What
    /// Others than the log may sign a checkpoint to say that they saw it and that the log only grew. Where the trusted
    /// root names such a witness, its line must verify. Lines by others are listed and not counted.
    ///
    /// # Why
    /// A log that shows one state to one reader and another to the next is found out by witnesses. Nobody requires them
    /// yet.
    ///
    /// # Do
    /// Nothing, as long as no witness is required.
    ///
    /// # Specification
    /// C2SP tlog-cosignature, tlog-policy (B-79 to B-81)
    Witnesses, "witnesses", Log, "Witnesses"
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    entries: &[EntryInView<'_>],
    checkpoints: &[Option<LogCheckpoint<'_>>],
    witnesses: &[Witness],
    crypto: &dyn SignatureVerifier,
) -> Finding {
    let mut items = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (view, checkpoint) in entries.iter().zip(checkpoints) {
        let Some(checkpoint) = checkpoint else { continue };
        let place = view.place("inclusionProof.checkpoint.envelope");
        match verify_cosignatures(crypto, checkpoint.signed(), witnesses) {
            Ok(verified) => {
                for cosignature in verified {
                    names.push(cosignature.name().to_owned());
                    let seen = format!("{} saw this checkpoint", cosignature.name());
                    items.push(Item { place: place.clone(), outcome: Outcome::Passed(seen) });
                }
            }
            Err(error) => {
                let expected = "a cosignature that verifies with the witness's key in the trusted root";
                let failure = Failure::new(Cause::CosignatureInvalid, expected, error.to_string(), place.clone());
                items.push(Item { place: place.clone(), outcome: Outcome::Failed(failure) });
            }
        }
        items.extend(unknown_lines(checkpoint, witnesses, &place));
    }
    let unknown = items.iter().filter(|item| matches!(item.outcome, Outcome::NotPresent(_))).count();
    let whole = match (names.as_slice(), unknown) {
        ([], 0) => Outcome::NotPresent("No witness signed, and none is required".to_owned()),
        ([], count) => {
            Outcome::NotPresent(format!("Lines that no key of the trusted root explains: {count}, not counted"))
        }
        (names, _) => Outcome::Passed(format!("Seen by {}", names.join(", "))),
    };
    Finding::from_items(Witnesses::CHECK, items, whole)
}

/// Lines that are neither the log's own nor a known witness's (B-70, B-81).
fn unknown_lines(checkpoint: &LogCheckpoint<'_>, witnesses: &[Witness], place: &str) -> Vec<Item> {
    let log = checkpoint.log();
    let is_known = |name: &str, id| {
        log.note_key.names.iter().any(|known| known.name == name && known.key_id == id)
            || witnesses.iter().any(|witness| witness.name() == name && witness.key_id() == id)
    };
    checkpoint
        .signed()
        .note()
        .signatures
        .iter()
        .filter(|line| !is_known(&line.name, line.key_id))
        .map(|line| Item {
            place: place.to_owned(),
            outcome: Outcome::NotPresent(format!("Line by {} (key {}): unknown, not counted", line.name, line.key_id)),
        })
        .collect()
}
