//! Signing time: spec B.4.

use touchstone_formats::UnixMillis;
use touchstone_formats::x509::Certificate;

use crate::check::check;
use crate::checks::inclusion_promise::VerifiedPromise;
use crate::checks::timestamps::VerifiedTimestamp;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::policy::ManagedKey;
use crate::text;

check! {
    /// When was it signed, and was the signer allowed to sign then?
    ///
    /// # What
    /// A time counts when an authority of the trusted root signed it: a log's promise or a timestamp. At every such
    /// time the signer's certificate (or key) was valid. Sources are counted, not times.
    ///
    /// # Why
    /// A signing certificate lives for ten minutes. Whoever finds an old key later must not be able to sign with it, so
    /// the time has to come from somebody else than the signer.
    ///
    /// # Harmless
    /// - the trusted root is older than the timestamp authority: get a newer one
    ///
    /// # Do
    /// Ask the project for a bundle with a timestamp.
    ///
    /// # Specification
    /// Sigstore client specification §4.2, §4.3 (B-18 to B-24, A-28)
    SigningTime, "signing-time", Time, "Signing time"
}

/// A time that a trusted authority signed.
#[derive(Clone, Debug)]
pub struct VerifiedTime {
    instant: UnixMillis,
    source: String,
    party: usize,
    is_log: bool,
}

impl VerifiedTime {
    /// The instant.
    #[must_use]
    pub const fn instant(&self) -> UnixMillis {
        self.instant
    }

    /// Who says so, by name.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether a log's promise is the source; else it is a timestamp authority.
    #[must_use]
    pub const fn is_from_log(&self) -> bool {
        self.is_log
    }
}

/// Proof that at least one trusted authority says when it was signed, and that the signer could sign at every such time.
#[derive(Clone, Debug)]
pub struct VerifiedTimes {
    first: VerifiedTime,
    others: Vec<VerifiedTime>,
}

impl VerifiedTimes {
    /// All of them; never empty.
    pub fn all(&self) -> impl Iterator<Item = &VerifiedTime> {
        core::iter::once(&self.first).chain(&self.others)
    }

    /// The earliest.
    #[must_use]
    pub fn earliest(&self) -> UnixMillis {
        self.first_said().instant
    }

    /// Who says the earliest.
    fn first_said(&self) -> &VerifiedTime {
        self.all().min_by_key(|time| time.instant).unwrap_or(&self.first)
    }
}

/// Collects the times that promises and timestamps prove. Takes proofs only, so that no unsigned time can slip in
/// (B-17, H-10).
pub(crate) fn collect<'p, 'a: 'p>(
    promises: impl Iterator<Item = &'p VerifiedPromise<'a>>,
    timestamps: &[Option<VerifiedTimestamp<'_>>],
) -> Option<VerifiedTimes> {
    let from_logs = promises.map(|promise| VerifiedTime {
        instant: promise.time(),
        source: promise.log().called(),
        party: promise.log().party(),
        is_log: true,
    });
    let from_authorities = timestamps.iter().flatten().map(|timestamp| VerifiedTime {
        instant: timestamp.time(),
        source: timestamp.authority().name(),
        party: timestamp.authority().party(),
        is_log: false,
    });
    let mut all = from_logs.chain(from_authorities);
    let first = all.next()?;
    Some(VerifiedTimes { first, others: all.collect() })
}

/// Whose window the times are held against.
pub(crate) enum SignerWindow<'a> {
    /// The certificate's validity.
    Certificate(&'a Certificate),
    /// What the person said of the key.
    Key(&'a ManagedKey),
    /// The key is not at hand.
    Unknown,
}

/// Where times come from, and whether the bundle holds any such thing.
pub(crate) struct TimeEvidence<'f> {
    pub(crate) findings: &'f [&'f Finding],
    pub(crate) present: bool,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    times: Option<VerifiedTimes>,
    signer: &SignerWindow<'_>,
    required: u32,
    evidence: &TimeEvidence<'_>,
) -> (Finding, Option<VerifiedTimes>) {
    let Some(times) = times else {
        return (Finding::new(SigningTime::CHECK, without_times(signer, required, evidence)), None);
    };
    let items: Vec<Item> =
        times.all().map(|time| Item { place: String::new(), outcome: judge(time, signer) }).collect();
    let sources = distinct_sources(&times);
    let enough = sources >= required;
    let whole = if enough {
        let earliest = times.first_said();
        Outcome::Passed(format!("Signed by {}, as {} says", text::instant(earliest.instant), earliest.source))
    } else {
        Outcome::Failed(Failure::new(
            Cause::NotEnoughTimes,
            format!("times from {required} distinct sources"),
            format!("times from {sources}"),
            "$.verificationMaterial",
        ))
    };
    let finding = Finding::from_items(SigningTime::CHECK, items, whole);
    let proof = (!finding.failed()).then_some(times);
    (finding, proof)
}

/// B-4: distinct authorities, not items; a log and a timestamp authority of one operator are one.
fn distinct_sources(times: &VerifiedTimes) -> u32 {
    let mut sources: Vec<usize> = times.all().map(|time| time.party).collect();
    sources.sort_unstable();
    sources.dedup();
    u32::try_from(sources.len()).unwrap_or(u32::MAX)
}

fn judge(time: &VerifiedTime, signer: &SignerWindow<'_>) -> Outcome {
    let said = format!("{} ({})", text::instant(time.instant), time.source);
    let (cause, from, until, place) = match signer {
        SignerWindow::Unknown => return Outcome::Passed(said),
        SignerWindow::Certificate(leaf) => {
            (Cause::TimeOutsideCertificate, Some(leaf.not_before), Some(leaf.not_after), "$.verificationMaterial")
        }
        SignerWindow::Key(key) => (
            Cause::TimeOutsideKeyWindow,
            key.valid_from.map(UnixMillis),
            key.valid_until.map(UnixMillis),
            "$.verificationMaterial.publicKey",
        ),
    };
    let too_early = from.is_some_and(|from| time.instant < from);
    let too_late = until.is_some_and(|until| until < time.instant);
    if !too_early && !too_late {
        return Outcome::Passed(said);
    }
    let bound = |bound: Option<UnixMillis>, open: &str| bound.map_or_else(|| open.to_owned(), text::instant);
    let expected = format!("a signing between {} and {}", bound(from, "ever"), bound(until, "ever"));
    Outcome::Failed(Failure::new(cause, expected, said, place))
}

/// B-20, B-24: a certificate needs a time; a key needs one only where its window has an end.
fn without_times(signer: &SignerWindow<'_>, required: u32, evidence: &TimeEvidence<'_>) -> Outcome {
    let needs_time = match signer {
        SignerWindow::Certificate(_) => true,
        SignerWindow::Key(key) => key.valid_until.is_some() || required > 0,
        SignerWindow::Unknown => required > 0,
    };
    if !needs_time {
        return Outcome::NotPresent(
            "Nobody who is trusted says when; whether the key was valid then cannot be checked".to_owned(),
        );
    }
    if let Some(cause) = evidence.findings.iter().find(|finding| finding.failed()) {
        return Outcome::Blocked(cause.check);
    }
    Outcome::Failed(Failure::new(
        if evidence.present { Cause::NoVerifiedTime } else { Cause::TimeAbsent },
        "a time that a log's promise or a timestamp authority of the trusted root vouches for",
        "none",
        "$.verificationMaterial",
    ))
}
