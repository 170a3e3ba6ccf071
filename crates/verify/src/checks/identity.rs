//! The signer against the expectation: spec C-2, C-3, C-6, B-6.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::x509::GeneralName;

use crate::check::check;
use crate::checks::builder::{Builder, TrustedBuilder};
use crate::checks::chain::{Chain, VerifiedChain};
use crate::checks::profile::{Profile, SignerCertificate};
use crate::checks::publisher::{MatchedPublisher, Publisher};
use crate::checks::source::{MatchedSource, Source};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::{Expectations, SignerPolicy, TextMatch};
use crate::strangers::{Strangers, is_any_issuer, strangers_that_fit};

check! {
    /// Was it signed by whom you expect?
    ///
    /// # What
    /// The name in the certificate, and who vouched for that name when it was issued, are compared with what you said.
    /// A pattern must match from the first character to the last.
    ///
    /// # Why
    /// Anyone can sign with an account of their own, and every other check of such a signature passes. Only the name
    /// says whether it is the right one.
    ///
    /// # Harmless
    /// - the project moved to a new account and says so on its site
    /// - you are using a fork on purpose
    ///
    /// # Do
    /// Take the expected signer from the project's own site, not from the download.
    ///
    /// # Specification
    /// Sigstore client specification §4.3; Fulcio certificate extensions .1, .8 (B-6, C-2 to C-6)
    Identity, "identity", Expected, "Identity"
}

/// Proof that the certificate names the signer whom the person expects.
#[derive(Clone, Debug)]
pub struct MatchedIdentity {
    name: GeneralName,
    issuer: Option<String>,
    names: Names,
}

/// Whom an expectation names that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// The signer, and nobody else.
    Signer,
    /// A name without its worth: no issuer was named, and whoever the instance accepts may have vouched for it (C-3).
    WithoutIssuer,
    /// The same, by a pattern for the issuer that other issuers fit too (C-3).
    AnyIssuer,
    /// Whoever comes: the pattern fits others too, and this is one of them (B-6).
    Strangers(String),
    /// Nobody that could be found out: trying the pattern takes too much work (B-6).
    Untried,
}

impl MatchedIdentity {
    /// The name.
    #[must_use]
    pub const fn name(&self) -> &GeneralName {
        &self.name
    }

    /// Whom the person's expectation names; anything but [`Names::Signer`] is a waiver.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// Who vouched for the name, if the certificate says.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    expected: &SignerPolicy,
    has_certificate: bool,
    signer: Option<&SignerCertificate>,
    chain: Option<&VerifiedChain<'_>>,
    implied: &Implied<'_>,
    place: &str,
) -> (Finding, Option<MatchedIdentity>) {
    let (identity, issuer) = match (expected, has_certificate) {
        (SignerPolicy::Implied, true) => return of_expectations(signer, chain, implied),
        (SignerPolicy::Implied, false) => {
            let found = "signed with a bare key, which names nobody";
            let wanted = "a certificate of the builder or publisher expected";
            let failure = Failure::new(Cause::KeyInsteadOfCertificate, wanted, found, place);
            return (Finding::new(Identity::CHECK, Outcome::Failed(failure)), None);
        }
        (SignerPolicy::Unnamed, _) => return (Finding::new(Identity::CHECK, Outcome::NotAsked(Open::Signer)), None),
        (SignerPolicy::Anybody(_), _) => {
            let waived = Outcome::Waived("Nobody was named, on purpose: any signer is accepted".to_owned());
            return (Finding::new(Identity::CHECK, waived), None);
        }
        (SignerPolicy::Key(_) | SignerPolicy::Keys(_), _) => {
            let absent = Outcome::NotPresent("A key was named, not a person or workflow".to_owned());
            return (Finding::new(Identity::CHECK, absent), None);
        }
        (SignerPolicy::Certificate { identity, .. }, false) => {
            let failure = Failure::new(
                Cause::KeyInsteadOfCertificate,
                format!("a certificate for {}", identity.describe()),
                "signed with a bare key, which names nobody",
                place,
            );
            return (Finding::new(Identity::CHECK, Outcome::Failed(failure)), None);
        }
        (SignerPolicy::Certificate { identity, issuer }, true) => (identity, issuer.as_ref()),
    };
    let Some(signer) = signer else {
        return (Finding::new(Identity::CHECK, Outcome::Blocked(Profile::CHECK)), None);
    };
    if chain.is_none() {
        return (Finding::new(Identity::CHECK, Outcome::Blocked(Chain::CHECK)), None);
    }
    match compare(&signer.name, &signer.claims, identity, issuer, place) {
        Ok(mut matched) => {
            let name = matched.name.text().unwrap_or_default();
            let said = format!("{} {name}", kind_in_words(&matched.name));
            matched.names = whom(identity, issuer, name, matched.issuer());
            let outcome = match &matched.names {
                Names::Signer => Outcome::Passed(said),
                other => given_up(&said, other),
            };
            (Finding::new(Identity::CHECK, outcome), Some(matched))
        }
        Err(failure) => (Finding::new(Identity::CHECK, Outcome::Failed(failure)), None),
    }
}

/// Whom an expectation names that the certificate meets. Whoever accepts anybody has named nobody, whatever was written for it
/// (B-6), and a name is worth as much as who vouches for it (C-3).
fn whom(identity: &TextMatch, issuer: Option<&TextMatch>, name: &str, vouches: Option<&str>) -> Names {
    match (strangers_that_fit(identity, name), issuer) {
        (Strangers::Somebody(stranger), _) => Names::Strangers(stranger),
        (Strangers::Untried, _) => Names::Untried,
        (Strangers::Nobody, None) => Names::WithoutIssuer,
        (Strangers::Nobody, Some(issuer)) if is_any_issuer(issuer, vouches.unwrap_or_default()) => Names::AnyIssuer,
        (Strangers::Nobody, Some(_)) => Names::Signer,
    }
}

#[inline(never)] // Rare: not in the widget's first module.
fn given_up(name: &str, names: &Names) -> Outcome {
    Outcome::Waived(match names {
        Names::Strangers(stranger) => format!("{name}; the pattern fits others too: {stranger}, for one"),
        Names::Untried => format!("{name}; it takes too much work to see whom else the pattern fits"),
        Names::AnyIssuer => {
            format!("{name}, whoever vouches for that name: the pattern for the issuer fits others too")
        }
        Names::WithoutIssuer | Names::Signer => {
            format!("{name}, whoever vouches for that name: no issuer was named")
        }
    })
}

/// What can say who the signer has to be, where the person named nobody.
pub(crate) struct Implied<'p> {
    pub(crate) expectations: &'p Expectations,
    pub(crate) publisher: Option<&'p MatchedPublisher>,
    pub(crate) builder: Option<&'p TrustedBuilder>,
    pub(crate) source: Option<&'p MatchedSource>,
}

impl Implied<'_> {
    /// Who it is, in words. A builder alone builds for everybody, and a repository alone may be named by anybody: it takes
    /// both, or a publisher (E-20 to E-22, G-7).
    fn signer(&self) -> Result<String, Outcome> {
        if self.expectations.publisher.is_some() {
            let publisher = self.publisher.ok_or(Outcome::Blocked(Publisher::CHECK))?;
            return Ok(format!("the trusted publisher, {}", publisher.account()));
        }
        if self.expectations.source_uri.is_none() {
            return Err(Outcome::NotAsked(Open::Signer));
        }
        let source = self.source.filter(|source| source.is_certified()).ok_or(Outcome::Blocked(Source::CHECK))?;
        let builder = self.builder.ok_or(Outcome::Blocked(Builder::CHECK))?;
        Ok(format!("{}, for {}", builder.name(), source.uri()))
    }
}

fn of_expectations(
    signer: Option<&SignerCertificate>,
    chain: Option<&VerifiedChain<'_>>,
    implied: &Implied<'_>,
) -> (Finding, Option<MatchedIdentity>) {
    let blocked = |check| (Finding::new(Identity::CHECK, Outcome::Blocked(check)), None);
    let Some(signer) = signer else { return blocked(Profile::CHECK) };
    if chain.is_none() {
        return blocked(Chain::CHECK);
    }
    match implied.signer() {
        Ok(said) => {
            let issuer = signer.claims.issuer().map(str::to_owned);
            let matched = MatchedIdentity { name: signer.name.clone(), issuer, names: Names::Signer };
            (Finding::new(Identity::CHECK, Outcome::Passed(format!("Named by what you expect: {said}"))), Some(matched))
        }
        Err(outcome) => (Finding::new(Identity::CHECK, outcome), None),
    }
}

/// Whom an expectation names that this signer meets; `None`: it does not meet it.
pub(crate) fn named(
    identity: &TextMatch,
    issuer: Option<&TextMatch>,
    signer: &GeneralName,
    claims: &FulcioExtensions,
) -> Option<Names> {
    compare(signer, claims, identity, issuer, "").ok()?;
    Some(whom(identity, issuer, signer.text().unwrap_or_default(), claims.issuer()))
}

pub(crate) fn compare(
    signer: &GeneralName,
    claims: &FulcioExtensions,
    identity: &TextMatch,
    issuer: Option<&TextMatch>,
    place: &str,
) -> Result<MatchedIdentity, Failure> {
    let kind = kind_in_words(signer);
    let Some(name) = signer.text() else {
        let found = format!("a {kind}, which has no text to compare");
        return Err(Failure::new(Cause::IdentityAbsent, identity.describe(), found, place));
    };
    // C-6: an email address equal in text to a URI is not the same identity. What the person wrote says which they mean.
    let other_kind = expected_kind(identity).filter(|expected| *expected != signer.kind());
    if !identity.accepts(name) || other_kind.is_some() {
        let expected = match other_kind {
            Some("uri") => format!("{}, as a URI", identity.describe()),
            Some("email") => format!("{}, as an email address", identity.describe()),
            Some(_) => format!("{}, as a username", identity.describe()),
            None => identity.describe(),
        };
        return Err(Failure::new(Cause::IdentityDiffers, expected, format!("{name} ({kind})"), place));
    }
    let named = claims.issuer();
    if let Some(issuer) = issuer {
        let Some(named) = named else {
            return Err(Failure::new(Cause::IssuerAbsent, issuer.describe(), "no issuer in the certificate", place));
        };
        if !issuer.accepts(named) {
            return Err(Failure::new(Cause::IssuerDiffers, issuer.describe(), named, place));
        }
    }
    Ok(MatchedIdentity { name: signer.clone(), issuer: named.map(str::to_owned), names: Names::Signer })
}

/// The kind of name that a text or pattern can only mean: one with `://`, or a text with a scheme, is a URI, one with `@` and no slash is an email
/// address (so that `.*@acme\.example` matches no workflow at a branch of that name), a text `user!domain` is Fulcio's
/// username. Anything else is left open. As [`GeneralName::kind`] names it.
#[must_use]
pub fn expected_kind(expected: &TextMatch) -> Option<&'static str> {
    let text = expected.as_written();
    if text.contains("://") || (matches!(expected, TextMatch::Exact(_)) && has_scheme(text)) {
        Some("uri")
    } else if text.contains('@') && !text.contains('!') && !text.contains('/') {
        Some("email")
    } else if matches!(expected, TextMatch::Exact(_)) && text.contains('!') && !text.contains(['@', '/']) {
        Some("username")
    } else {
        None
    }
}

/// Whether a URI's scheme stands before an `@`: `acct:jo@acme.example`.
fn has_scheme(text: &str) -> bool {
    let is_of_scheme = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.');
    text.split_once('@').and_then(|(before, _)| before.split_once(':')).is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.chars().all(is_of_scheme)
    })
}

/// The kind of a name, as a report says it.
pub(crate) fn kind_in_words(name: &GeneralName) -> &'static str {
    match name {
        GeneralName::Uri(_) => "URI",
        GeneralName::Email(_) => "email address",
        GeneralName::Username(_) => "username",
        GeneralName::Dns(_) => "host name",
        GeneralName::Directory(_) => "directory name",
        _ => "name of another kind",
    }
}
