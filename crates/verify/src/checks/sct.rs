//! Signed certificate timestamps: spec B.7.

use touchstone_crypto::{KeyKind, SignatureVerifier, Signed};
use touchstone_formats::sct::{SignedCertificateTimestamp, parse_extension, signed_data};
use touchstone_formats::x509::Certificate;
use touchstone_formats::{UnixMillis, hex};
use touchstone_trust::{CertificateLog as Log, TrustedRoot};

use crate::check::check;
use crate::checks::chain::{Chain, VerifiedChain};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::text;

check! {
    /// Was the certificate itself made public when it was issued?
    ///
    /// # What
    /// A certificate log that the trusted root names signed a promise to publish this certificate, made out to this
    /// issuer, at a time at which the root accepts the log's key.
    ///
    /// # Why
    /// An authority that issued a certificate to the wrong person would be found out, because the owner of the name can
    /// see it in the log.
    ///
    /// # Harmless
    /// - the certificate is of an instance that has no certificate log: choose that trusted root
    /// - the trusted root is older than the log: get a newer one
    ///
    /// # Do
    /// Find out which instance the project signs with, and check against its trusted root.
    ///
    /// # Specification
    /// RFC 6962 §3; client specification §4.3.1 (B-45 to B-53)
    CertificateLog, "sct", Certificate, "Certificate log"
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    leaf: Option<&Certificate>,
    place: &str,
    chain: Option<&VerifiedChain<'_>>,
    root: Option<&TrustedRoot>,
    required: u32,
    crypto: &dyn SignatureVerifier,
) -> Finding {
    let Some(leaf) = leaf else {
        return Finding::new(CertificateLog::CHECK, without_certificate(required, place));
    };
    let (Some(chain), Some(root)) = (chain, root) else {
        return Finding::new(CertificateLog::CHECK, Outcome::Blocked(Chain::CHECK));
    };
    let timestamps = match leaf.sct_list().map(parse_extension).transpose() {
        Ok(list) => list.unwrap_or_default(),
        Err(error) => {
            return Finding::new(CertificateLog::CHECK, Outcome::Failed(Failure::from_fault(&error, place)));
        }
    };
    let mut items = Vec::new();
    let mut logs: Vec<&Log> = Vec::new();
    for sct in &timestamps {
        let outcome = match log_of(root, sct) {
            None => Outcome::NotPresent(format!("Certificate log {}: unknown, not counted", hex::encode(&sct.log_id))),
            Some(log) => match verify(sct, log, leaf, chain, place, crypto) {
                Ok(said) => {
                    logs.push(log);
                    Outcome::Passed(said)
                }
                Err(failure) => Outcome::Failed(failure),
            },
        };
        items.push(Item { place: place.to_owned(), outcome });
    }
    let whole = whole(&logs, timestamps.len(), required, place);
    Finding::from_items(CertificateLog::CHECK, items, whole)
}

/// The preset asks nothing of a bare key, which no certificate log holds. Where the person asks for one all the same, it is
/// not there (B-1, H-14).
#[inline(never)] // Rare: not in the widget's first module.
fn without_certificate(required: u32, place: &str) -> Outcome {
    if required == 0 {
        return Outcome::NotPresent("Signed with a key: there is no certificate.".to_owned());
    }
    Outcome::Failed(not_enough(required, "signed with a bare key, which no certificate log holds".to_owned(), place))
}

fn not_enough(required: u32, found: String, place: &str) -> Failure {
    let expected = format!("promises by {required} certificate logs of the trusted root");
    Failure::new(Cause::NotEnoughScts, expected, found, place)
}

/// The log that the timestamp names. Where a root lists a key with several windows, the one that holds the timestamp's
/// time is meant (B-15, B-50); the log signed that time.
fn log_of<'a>(root: &'a TrustedRoot, sct: &SignedCertificateTimestamp) -> Option<&'a Log> {
    let named = || root.certificate_logs_with_id(&sct.log_id);
    named().find(|log| log.window.contains(time_of(sct))).or_else(|| named().next())
}

fn time_of(sct: &SignedCertificateTimestamp) -> UnixMillis {
    UnixMillis(i64::try_from(sct.timestamp_ms).unwrap_or(i64::MAX))
}

fn whole(logs: &[&Log], present: usize, required: u32, place: &str) -> Outcome {
    let mut distinct: Vec<usize> = logs.iter().map(|log| log.party()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let found = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
    if found < required {
        return Outcome::Failed(not_enough(required, format!("by {found}, of {present} in the certificate"), place));
    }
    match logs.first() {
        Some(log) => Outcome::Passed(format!("Promised to be public by {}", log.base_url)),
        None => Outcome::NotPresent("No certificate log is expected here".to_owned()),
    }
}

fn verify(
    sct: &SignedCertificateTimestamp,
    log: &Log,
    leaf: &Certificate,
    chain: &VerifiedChain<'_>,
    place: &str,
    crypto: &dyn SignatureVerifier,
) -> Result<String, Failure> {
    // TLS names of the algorithms (RFC 5246 §7.4.1.4.1): hash 4 = sha256; signature 3 = ecdsa, 1 = rsa.
    let algorithm_of_key = match log.key.kind() {
        KeyKind::EcdsaP256 | KeyKind::EcdsaP384 | KeyKind::EcdsaP521 => 3,
        KeyKind::Rsa { .. } => 1,
        KeyKind::Ed25519 => 7,
    };
    if sct.signature_algorithm != algorithm_of_key {
        return Err(Failure::new(
            Cause::SctAlgorithmDiffers,
            format!("algorithm {algorithm_of_key}, of the log's {} key", log.key.kind()),
            sct.signature_algorithm.to_string(),
            place,
        ));
    }
    let malformed = |error: &dyn touchstone_formats::Fault| Failure::from_fault(error, place);
    let tbs = leaf.tbs_without_sct_list().map_err(|error| malformed(&error))?;
    let signed = signed_data(sct, chain.issuer_spki_sha256(), &tbs).map_err(|error| malformed(&error))?;
    crypto.verify(log.scheme, &log.key, Signed::Message(&signed), &sct.signature).map_err(|error| {
        let expected = format!("a signature by {} over this certificate", log.base_url);
        Failure::new(Cause::SctDoesNotVerify, expected, error.to_string(), place)
    })?;
    let time = time_of(sct);
    if log.window.contains(time) {
        return Ok(format!("{}: {}", log.base_url, text::instant(time)));
    }
    let expected = format!("a time {}", text::window(&log.window));
    Err(Failure::new(Cause::SctOutsideLogWindow, expected, text::instant(time), place))
}
