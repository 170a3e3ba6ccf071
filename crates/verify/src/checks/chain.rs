//! Certificate path: spec B.6.

use touchstone_formats::x509::Certificate;
use touchstone_trust::{Authority, AuthorityPathFailureKind, CheckedAuthority, TrustedRoot, embedded};

use crate::check::check;
use crate::checks::signing_time::{SigningTime, VerifiedTimes};
use crate::checks::trusted_root::{Chosen, NoIssuer, VerifiedIssuer};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::text;
use touchstone_crypto::{SignatureVerifier, sha256};

check! {
    /// Did an authority that the trusted root names issue the signer's certificate?
    ///
    /// # What
    /// The certificate is signed by an authority of the trusted root, up to its anchor. At every verified time each
    /// certificate on the way was valid and the authority was in use. Each may issue certificates, for this purpose.
    ///
    /// # Why
    /// The certificate is what ties a name to the key that signed. Anyone can write a certificate with any name; only
    /// the authority checks the name before it signs.
    ///
    /// # Harmless
    /// - it was signed in another instance (staging, a company's own): choose that trusted root
    /// - the trusted root is older than the authority: get a newer one
    ///
    /// # Do
    /// Find out which instance the project signs with, and check against its trusted root.
    ///
    /// # Specification
    /// Sigstore client specification §4.3; RFC 5280 §6 (B-36, B-37, B-38)
    Chain, "chain", Certificate, "Chain"
}

/// Proof that a trusted authority issued the leaf and that the path was valid at every verified time.
pub(crate) struct VerifiedChain<'a> {
    authority: CheckedAuthority<'a>,
    issuer_spki_sha256: [u8; 32],
}

impl<'a> VerifiedChain<'a> {
    /// The authority that issued the leaf.
    pub(crate) fn authority(&self) -> &'a Authority {
        self.authority.authority()
    }

    /// SHA-256 of the issuing certificate's key, in the verified path (B-48).
    pub(crate) fn issuer_spki_sha256(&self) -> [u8; 32] {
        self.issuer_spki_sha256
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    leaf: Option<&Certificate>,
    place: &str,
    chosen: Option<&Chosen<'a>>,
    times: Option<&VerifiedTimes>,
    crypto: &dyn SignatureVerifier,
) -> (Finding, Option<VerifiedChain<'a>>) {
    let Some(leaf) = leaf else {
        let absent = Outcome::NotPresent("Signed with a key: there is no certificate.".to_owned());
        return (Finding::new(Chain::CHECK, absent), None);
    };
    let Some(chosen) = chosen else {
        let blocked = Outcome::Blocked(crate::checks::trusted_root::TrustedRoot::CHECK);
        return (Finding::new(Chain::CHECK, blocked), None);
    };
    if let Some(no_issuer) = &chosen.no_issuer {
        return (Finding::new(Chain::CHECK, Outcome::Failed(not_issued(leaf, place, chosen, no_issuer))), None);
    }
    let Some(times) = times else {
        return (Finding::new(Chain::CHECK, Outcome::Blocked(SigningTime::CHECK)), None);
    };
    let mut items = Vec::new();
    for issuer in &chosen.issuers {
        match path_through(*issuer, place, times, crypto) {
            Ok(chain) => {
                let summary = format!("Issued by {}, an authority of the trusted root", leaf.issuer);
                return (Finding::new(Chain::CHECK, Outcome::Passed(summary)), Some(chain));
            }
            Err(failure) => {
                items.push(Item { place: issuer.authority().place.clone(), outcome: Outcome::Failed(failure) });
            }
        }
    }
    let unreachable = Outcome::Failed(not_issued(leaf, place, chosen, &NoIssuer::NoSuchName));
    (Finding::from_items(Chain::CHECK, items, unreachable), None)
}

/// The path through one authority, at every verified time (B-36).
fn path_through<'a>(
    issuer: VerifiedIssuer<'a>,
    place: &str,
    times: &VerifiedTimes,
    crypto: &dyn SignatureVerifier,
) -> Result<VerifiedChain<'a>, Failure> {
    let authority = issuer.authority();
    let checked = authority.check_path_from(issuer.position(), crypto).map_err(|failure| {
        let cause = match failure.kind {
            AuthorityPathFailureKind::Signature
            | AuthorityPathFailureKind::Algorithm
            | AuthorityPathFailureKind::IssuerName
            | AuthorityPathFailureKind::KeyIdentifier => Cause::AuthorityPathInvalid,
            _ => Cause::AuthorityMayNotIssue,
        };
        let found = format!("the certificate of {} {}", failure.subject, failure.kind.describe());
        Failure::new(cause, "a path to the anchor of the trusted root", found, place)
    })?;
    for time in times.all() {
        if !authority.window.contains(time.instant()) {
            let is_over = authority.window.end.is_some_and(|end| end < time.instant());
            return Err(Failure::new(
                if is_over { Cause::AuthorityEnded } else { Cause::AuthorityWindow },
                format!("a signing {}", text::window(&authority.window)),
                format!("{} ({})", text::instant(time.instant()), time.source()),
                place,
            ));
        }
        if let Some(certificate) = checked.invalid_at(time.instant()) {
            return Err(Failure::new(
                Cause::AuthorityCertificateExpired,
                format!(
                    "{} valid when it was signed: {} to {}",
                    certificate.subject,
                    text::instant(certificate.not_before),
                    text::instant(certificate.not_after)
                ),
                format!("{} ({})", text::instant(time.instant()), time.source()),
                place,
            ));
        }
    }
    Ok(VerifiedChain { authority: checked, issuer_spki_sha256: sha256(&issuer.certificate().spki_der) })
}

/// Which built-in root names this issuer, where one does: the commonest reason is that another instance was asked for. Only the
/// names are compared, and nothing follows from them.
fn elsewhere(leaf: &Certificate) -> String {
    let names = |root: &&TrustedRoot| {
        root.certificate_authorities.iter().any(|authority| authority.named_by(leaf).next().is_some())
    };
    let found = embedded::ALL.iter().filter_map(|instance| embedded::root(*instance)).find(names);
    found.map(|root| format!("; {} names it", root.instance.name())).unwrap_or_default()
}

fn not_issued(leaf: &Certificate, place: &str, chosen: &Chosen<'_>, reason: &NoIssuer) -> Failure {
    let mut issuers = chosen.root.certificate_authorities.iter().flat_map(Authority::issuers);
    match reason {
        NoIssuer::NoSuchName if issuers.any(|issuer| issuer.subject.same_as(&leaf.issuer)) => Failure::new(
            Cause::NoSuchAuthority,
            "an issuer that the trusted root names, by name and key",
            format!("issuer {}, with another key than the one of that name here{}", leaf.issuer, elsewhere(leaf)),
            place,
        ),
        NoIssuer::NoSuchName => Failure::new(
            Cause::NoSuchAuthority,
            "an issuer that the trusted root names",
            format!("issuer {}{}", leaf.issuer, elsewhere(leaf)),
            place,
        ),
        NoIssuer::Signature(AuthorityPathFailureKind::Algorithm) => Failure::new(
            Cause::CertificateAlgorithmUnsupported,
            "ECDSA, RSA or Ed25519 with SHA-256, SHA-384 or SHA-512, as fits the issuer's key",
            format!("signature algorithm {}", leaf.signature_algorithm.oid),
            place,
        ),
        NoIssuer::Signature(_) => Failure::new(
            Cause::CertificateSignatureInvalid,
            format!("a signature by the key of {}", leaf.issuer),
            "a signature by another key, or over other bytes",
            place,
        ),
    }
}
