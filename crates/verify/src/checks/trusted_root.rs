//! Trusted root: spec B.2, B-3.

use touchstone_formats::bundle::Bundle;
use touchstone_formats::x509::Certificate;
use touchstone_trust::{Authority, AuthorityPathFailureKind, Instance, LoadError, TrustedRoot as Root, embedded};

use crate::Trust;
use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use touchstone_crypto::SignatureVerifier;

check! {
    /// Which keys and authorities judge, and can they be used?
    ///
    /// # What
    /// The trusted root names the authorities, logs and time sources of one Sigstore instance, each with the window in
    /// which it counts. Every key is decoded and every log's id is computed again from its key. When several roots are
    /// at hand, the one whose authority really issued the certificate is taken; roots are never mixed.
    ///
    /// # Why
    /// Everything that is proven is proven relative to this list. A key that is not in it vouches for nothing.
    ///
    /// # Harmless
    /// - the file is a trusted root of a newer or an unusual form
    /// - the file was edited by hand
    ///
    /// # Do
    /// Use a trusted root that the instance publishes, or one that is built in.
    ///
    /// # Specification
    /// Sigstore trusted root format; client specification §3 (B-3, B-7 to B-15)
    TrustedRoot, "trusted-root", Bundle, "Trusted root"
}

/// The root that judges this bundle.
pub(crate) struct Chosen<'a> {
    pub(crate) root: &'a Root,
    /// Why this one, in words.
    pub(crate) reason: &'static str,
    /// Authorities whose key verified the certificate's signature; empty for a bundle signed with a key.
    pub(crate) issuers: Vec<VerifiedIssuer<'a>>,
    /// The most telling reason why no authority of this root issued the certificate.
    pub(crate) no_issuer: Option<NoIssuer>,
}

/// Proof that an authority's key signed the leaf's certificate. Says nothing of names, purposes or time.
#[derive(Clone, Copy)]
pub(crate) struct VerifiedIssuer<'a> {
    authority: &'a Authority,
    issuer: &'a Certificate,
    position: usize,
}

impl<'a> VerifiedIssuer<'a> {
    pub(crate) fn authority(self) -> &'a Authority {
        self.authority
    }

    /// Where that certificate stands in the authority's chain.
    pub(crate) fn position(self) -> usize {
        self.position
    }

    /// The certificate whose key signed.
    pub(crate) fn certificate(self) -> &'a Certificate {
        self.issuer
    }
}

/// Why no authority issued the certificate.
pub(crate) enum NoIssuer {
    /// None has the name (and key identifier) that the certificate gives its issuer.
    NoSuchName,
    /// One has, and its key did not sign it.
    Signature(AuthorityPathFailureKind),
}

/// The roots that may judge.
pub(crate) struct Judges<'a> {
    /// Nearly always alone.
    pub(crate) first: Chosen<'a>,
    /// The others of several that a person gave and that fit as well (B-3).
    pub(crate) others: Vec<Chosen<'a>>,
}

/// Who may judge.
///
/// # Errors
/// The finding that says why nobody can.
#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    trust: &Trust<'a>,
    bundle: &Bundle,
    leaf: Option<&Certificate>,
    crypto: &dyn SignatureVerifier,
) -> Result<Judges<'a>, Box<Finding>> {
    let alone = |root, reason| Judges { first: judge_with(root, reason, leaf, crypto), others: Vec::new() };
    let judges = match trust {
        Trust::Unusable(error) => return Err(nobody(error)),
        Trust::KeyAlone => Some(alone(Root::key_alone(), "a key is expected, and no instance of Sigstore")),
        Trust::Roots([root]) => Some(alone(root, "it is the one that was asked for")),
        Trust::Roots(roots) => choose(roots.iter(), true, bundle, leaf, crypto),
        // No two of them issue under one key, and each costs decoding.
        Trust::Automatic => {
            choose(embedded::ALL.iter().filter_map(|instance| embedded::root(*instance)), false, bundle, leaf, crypto)
        }
    };
    judges.ok_or_else(|| nobody(&LoadError::Empty))
}

#[inline(never)] // Rare: not in the widget's first module.
fn nobody(error: &LoadError) -> Box<Finding> {
    Box::new(Finding::new(TrustedRoot::CHECK, Outcome::Failed(unusable(error))))
}

/// What is said of a root that judges.
pub(crate) fn said(trust: &Trust<'_>, chosen: &Chosen<'_>) -> Finding {
    // B-2: no preset is for tests. Its keys are kept less well, and anybody may have them for a day.
    if matches!(trust, Trust::Automatic) && chosen.root.instance == Instance::Staging {
        return of_test_instance();
    }
    let summary = format!("{} ({}); {}", chosen.root.instance.name(), chosen.root.source, chosen.reason);
    Finding::new(TrustedRoot::CHECK, Outcome::Passed(summary))
}

#[inline(never)] // Rare: not in the widget's first module.
fn of_test_instance() -> Finding {
    Finding::new(TrustedRoot::CHECK, Outcome::NotAsked(Open::TestInstance))
}

/// B-3: the roots whose authority signed the certificate; for a key, those that know a log of the bundle: the first, or `all`. Where
/// none knows one, every root judges a key, if `all` do.
fn choose<'a>(
    roots: impl Iterator<Item = &'a Root>,
    all: bool,
    bundle: &Bundle,
    leaf: Option<&Certificate>,
    crypto: &dyn SignatureVerifier,
) -> Option<Judges<'a>> {
    let (mut first, mut others) = (None, Vec::new());
    let mut fallback: Option<Chosen<'a>> = None;
    let mut unknown = Vec::new();
    for root in roots {
        let chosen = judge_with(root, "one of its authorities signed the certificate", leaf, crypto);
        let knows_log =
            || bundle.material.tlog_entries.iter().any(|entry| root.transparency_log(&entry.log_id).is_some());
        let fits = if !chosen.issuers.is_empty() {
            chosen
        } else if leaf.is_none() && knows_log() {
            Chosen { reason: "it names the log of the entry", ..chosen }
        } else {
            // A root with an authority of the right name says more about what is wrong than one with none. Of a key whose log none
            // knows each says what it knows, an authority of timestamps perhaps.
            let tells_more = |chosen: &Chosen<'_>| matches!(chosen.no_issuer, Some(NoIssuer::Signature(_)));
            let chosen = Chosen { reason: "no root at hand fits better", ..chosen };
            if all && leaf.is_none() {
                unknown.push(chosen);
            } else if fallback.as_ref().is_none_or(|before| tells_more(&chosen) && !tells_more(before)) {
                fallback = Some(chosen);
            }
            continue;
        };
        if first.is_some() {
            others.push(fits);
        } else {
            first = Some(fits);
        }
        if !all {
            break;
        }
    }
    match first.or(fallback) {
        Some(first) => Some(Judges { first, others }),
        None => each(unknown),
    }
}

#[inline(never)] // Rare: not in the widget's first module.
fn each(roots: Vec<Chosen<'_>>) -> Option<Judges<'_>> {
    let mut roots = roots.into_iter();
    Some(Judges { first: roots.next()?, others: roots.collect() })
}

fn judge_with<'a>(
    root: &'a Root,
    reason: &'static str,
    leaf: Option<&Certificate>,
    crypto: &dyn SignatureVerifier,
) -> Chosen<'a> {
    let mut issuers = Vec::new();
    let mut no_issuer = leaf.map(|_| NoIssuer::NoSuchName);
    if let Some(leaf) = leaf {
        for authority in &root.certificate_authorities {
            for named in authority.named_by(leaf) {
                let Some(issuer) = authority.issuers().get(named) else { continue };
                match authority.verify_issued(leaf, named, crypto) {
                    Ok(()) => issuers.push(VerifiedIssuer { authority, issuer, position: named }),
                    Err(kind) => no_issuer = Some(NoIssuer::Signature(kind)),
                }
            }
        }
    }
    if !issuers.is_empty() {
        no_issuer = None;
    }
    Chosen { root, reason, issuers, no_issuer }
}

fn unusable(error: &LoadError) -> Failure {
    match error {
        LoadError::Certificate { place, expected, found } => {
            Failure::new(Cause::RootCertificateUnusable, expected, found, place)
        }
        LoadError::Key { place, expected, found } => Failure::new(Cause::RootKeyUnusable, expected, found, place),
        LoadError::LogIdDiffers { place, expected, found } => {
            Failure::new(Cause::RootLogIdDiffers, expected, found, place)
        }
        LoadError::Malformed { code, rule, place, expected, found } => {
            Failure::new(Cause::Malformed { code, rule }, expected, found, place)
        }
        _ => Failure::new(Cause::RootKeyUnusable, "at least one trusted root", "none", ""),
    }
}
