//! Inclusion promise, the signed entry timestamp of Rekor v1: spec B.8.

use touchstone_crypto::{SignatureVerifier, Signed};
use touchstone_formats::{UnixMillis, base64, hex};
use touchstone_trust::TransparencyLog;

use crate::check::check;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::text;

check! {
    /// Did the log promise to hold this entry, and at what time?
    ///
    /// # What
    /// The log's key signed the entry together with its place and the time at which it came in. That time lies in the
    /// window in which the trusted root accepts the key.
    ///
    /// # Why
    /// It is the log's word for when the signing was made public. A time that stands in the bundle without this
    /// signature could have been written by anybody.
    ///
    /// # Harmless
    /// - the bundle was put together by hand from two others
    ///
    /// # Do
    /// Download the bundle again from the project itself.
    ///
    /// # Specification
    /// Rekor specification; client specification §4.2.2 (B-54 to B-57, B-77)
    InclusionPromise, "inclusion-promise", Log, "Inclusion promise"
}

/// Proof that a log promised to hold an entry, with the time it gave.
pub(crate) struct VerifiedPromise<'a> {
    log: &'a TransparencyLog,
    time: UnixMillis,
}

impl<'a> VerifiedPromise<'a> {
    pub(crate) fn log(&self) -> &'a TransparencyLog {
        self.log
    }

    pub(crate) fn time(&self) -> UnixMillis {
        self.time
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    entries: &[EntryInView<'a>],
    crypto: &dyn SignatureVerifier,
) -> (Finding, Vec<Option<VerifiedPromise<'a>>>) {
    let mut items = Vec::new();
    let mut proofs = Vec::new();
    for view in entries {
        let (outcome, proof) = examine(view, crypto);
        items.push(Item { place: view.place("inclusionPromise"), outcome });
        proofs.push(proof);
    }
    let whole = match proofs.iter().flatten().next() {
        Some(first) => Outcome::Passed(format!(
            "{} promised to hold the entry at {}",
            first.log.called(),
            text::instant(first.time)
        )),
        None => Outcome::NotPresent("No log made a promise; a proof of inclusion says more".to_owned()),
    };
    (Finding::from_items(InclusionPromise::CHECK, items, whole), proofs)
}

fn examine<'a>(view: &EntryInView<'a>, crypto: &dyn SignatureVerifier) -> (Outcome, Option<VerifiedPromise<'a>>) {
    let Some(log) = view.log else { return (Outcome::NotPresent(view.unknown_log()), None) };
    let Some(promise) = &view.entry.inclusion_promise else {
        return (Outcome::NotPresent("No promise".to_owned()), None);
    };
    match verify(view, log, promise, crypto) {
        Ok(time) => (Outcome::Passed(text::instant(time)), Some(VerifiedPromise { log, time })),
        Err(failure) => (Outcome::Failed(failure), None),
    }
}

fn verify(
    view: &EntryInView<'_>,
    log: &TransparencyLog,
    promise: &[u8],
    crypto: &dyn SignatureVerifier,
) -> Result<UnixMillis, Failure> {
    let place = view.place("inclusionPromise.signedEntryTimestamp");
    if view.is_rekor_v2() == Some(true) {
        let found = "a promise, which this kind of log never makes";
        return Err(Failure::new(Cause::PromiseOnTiledLog, "no promise on a Rekor v2 entry", found, place));
    }
    crypto.verify(log.scheme(), log.key(), Signed::Message(&signed_bytes(view)), promise).map_err(|error| {
        Failure::new(
            Cause::PromiseDoesNotVerify,
            format!("a signature by {} over entry, index and time", log.called()),
            error.to_string(),
            place,
        )
    })?;
    let time = UnixMillis::from_seconds(view.entry.integrated_time);
    if log.window.contains(time) {
        return Ok(time);
    }
    Err(Failure::new(
        Cause::PromiseOutsideLogWindow,
        format!("a time {}", text::window(&log.window)),
        text::instant(time),
        view.place("integratedTime"),
    ))
}

/// RFC 8785 JSON of the four members, which sort in this order (B-54). None of them needs an escape.
fn signed_bytes(view: &EntryInView<'_>) -> Vec<u8> {
    format!(
        r#"{{"body":"{}","integratedTime":{},"logID":"{}","logIndex":{}}}"#,
        base64::encode(&view.entry.canonicalized_body),
        view.entry.integrated_time,
        hex::encode(&view.entry.log_id),
        view.entry.log_index,
    )
    .into_bytes()
}
