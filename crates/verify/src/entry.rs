//! A log entry beside the log that it names.

use touchstone_formats::UnixMillis;
use touchstone_formats::bundle::{Bundle, LogEntry};
use touchstone_formats::hex;
use touchstone_formats::rekor::{BodyError, EntryBody};
use touchstone_trust::{TransparencyLog, TrustedRoot};

/// An entry, its body read, and the log of the trusted root that it names.
pub(crate) struct EntryInView<'a> {
    pub(crate) entry: &'a LogEntry,
    pub(crate) body: Result<EntryBody, BodyError>,
    /// `None`: the root knows no log of this id; the entry is reported and not counted (B-5).
    pub(crate) log: Option<&'a TransparencyLog>,
    root: &'a TrustedRoot,
}

impl<'a> EntryInView<'a> {
    pub(crate) fn all(bundle: &'a Bundle, root: &'a TrustedRoot) -> Vec<Self> {
        bundle
            .material
            .tlog_entries
            .iter()
            .map(|entry| Self {
                entry,
                body: EntryBody::parse(&entry.canonicalized_body),
                log: log_of(root, entry),
                root,
            })
            .collect()
    }

    /// Whether the root accepts `log`'s key at `instant`, in any of the windows that it lists for that key (B-15).
    pub(crate) fn in_use(&self, log: &TransparencyLog, instant: UnixMillis) -> bool {
        let same_log = |other: &&TransparencyLog| other.log_id == log.log_id && other.base_url == log.base_url;
        self.root.transparency_logs.iter().filter(same_log).any(|log| log.window.contains(instant))
    }

    /// Whether this is a Rekor v2 entry; the body alone decides (B-78). `None` when the body could not be read.
    pub(crate) fn is_rekor_v2(&self) -> Option<bool> {
        self.body.as_ref().ok().map(EntryBody::is_rekor_v2)
    }

    /// A path below this entry.
    pub(crate) fn place(&self, member: &str) -> String {
        format!("{}.{member}", self.entry.path)
    }

    /// What is said of an entry whose log is unknown.
    pub(crate) fn unknown_log(&self) -> String {
        format!("The trusted root names no log with id {}: not counted", hex::encode(&self.entry.log_id))
    }
}

/// The log that the entry names. Where a root lists a key under several addresses or with several windows, the one is meant
/// whose name stands on the checkpoint and whose window holds the entry's own time (B-15, B-69); both are only hints here, and are
/// judged under the checkpoint and the promise.
fn log_of<'a>(root: &'a TrustedRoot, entry: &LogEntry) -> Option<&'a TransparencyLog> {
    let checkpoint = entry.inclusion_proof.as_ref().map(|proof| proof.checkpoint.as_str());
    let origin = checkpoint.and_then(|note| note.lines().next()).unwrap_or_default();
    let hint = UnixMillis::from_seconds(entry.integrated_time);
    let fits = |log: &TransparencyLog| {
        let is_origin = !origin.is_empty() && (log.name.is_origin(origin, true) || log.name.is_origin(origin, false));
        (is_origin, log.window.contains(hint))
    };
    let named = root.transparency_logs.iter().filter(|log| log.is_named(&entry.log_id));
    named.reduce(|best, log| if fits(best) < fits(log) { log } else { best })
}
