//! The trusted publisher of a Python package against the certificate: spec G-7.

use touchstone_formats::evidence::PypiPublisher;
use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::x509::GeneralName;

use crate::builder_map::GITHUB_ISSUER;
use crate::check::check;
use crate::checks::profile::SignerCertificate;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Open, Outcome};
use crate::policy::Publisher as Expected;
use crate::signed_words::{SignedWords, Voucher, concluded};

check! {
    /// Was it published by the account that the package index trusts for this project?
    ///
    /// # What
    /// A package index lets a project publish from one workflow of one repository, or from one account. The certificate
    /// must be of that workflow at the commit or ref that it ran for, or of that account.
    ///
    /// # Why
    /// The index's word is not signed. The certificate is: it says which workflow of which repository really signed.
    ///
    /// # Harmless
    /// - the project moved its release to another repository or workflow
    ///
    /// # Do
    /// Compare with what the project says about how it releases.
    ///
    /// # Specification
    /// PEP 740, publisher; Fulcio certificate extensions .8, .12, .18 (G-7)
    Publisher, "publisher", Expected, "Trusted publisher"
}

/// Proof that the certificate is the trusted publisher's.
#[derive(Clone, Debug)]
pub struct MatchedPublisher {
    kind: String,
    account: String,
}

impl MatchedPublisher {
    /// `GitHub`, `GitLab`, `Google`.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// Repository and workflow, or email.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }
}

/// A service whose workflows publish.
struct Forge {
    issuer: &'static str,
    host: &'static str,
    /// Between repository and workflow in `.18`.
    separator: &'static str,
}

const GITHUB: Forge = Forge { issuer: GITHUB_ISSUER, host: "https://github.com/", separator: "/.github/workflows/" };
/// A self-managed instance cannot be named: the publisher object has no host (G-7).
const GITLAB: Forge = Forge { issuer: "https://gitlab.com", host: "https://gitlab.com/", separator: "//" };
const GOOGLE_ISSUER: &str = "https://accounts.google.com";

#[inline(never)] // See mod.rs.
pub(crate) fn run(expected: Option<&Expected>, evidence: &SignedWords<'_>) -> (Finding, Option<MatchedPublisher>) {
    let Some(expected) = expected else {
        let open = Outcome::NotAsked(Open::Nothing("No trusted publisher was named"));
        return (Finding::new(Publisher::CHECK, open), None);
    };
    let place = evidence.key_place;
    let signer = match evidence.voucher {
        Ok(Voucher::Certificate(signer)) => signer,
        Ok(Voucher::Key) => {
            let failure = Failure::new(
                Cause::PublisherWithoutCertificate,
                format!("a certificate of the publisher, {}", expected.kind),
                "signed with a bare key, which names nobody",
                place,
            );
            return (Finding::new(Publisher::CHECK, Outcome::Failed(failure)), None);
        }
        Err(check) => return (Finding::new(Publisher::CHECK, Outcome::Blocked(check)), None),
    };
    match compare(expected, signer, place) {
        Ok(account) => {
            let (mut finding, proof) = concluded(
                Publisher::CHECK,
                Ok((account.clone(), MatchedPublisher { kind: expected.kind.clone(), account })),
            );
            finding.items.extend(environment_unsaid(expected, &signer.claims, place));
            (finding, proof)
        }
        Err(failure) => (Finding::new(Publisher::CHECK, Outcome::Failed(failure)), None),
    }
}

/// Whether the certificate is of this publisher: its account in words, or what differs.
fn compare(expected: &Expected, signer: &SignerCertificate, place: &str) -> Result<String, Failure> {
    match expected.kind.as_str() {
        "GitHub" => of_forge(&GITHUB, expected, &signer.claims, place),
        "GitLab" => of_forge(&GITLAB, expected, &signer.claims, place),
        "Google" => of_google(expected, signer, place),
        other => Err(Failure::new(Cause::PublisherUnknown, "GitHub, GitLab or Google", other, place)),
    }
}

/// G-7: what the index says of the publisher, beside the certificate. It is not signed: it can contradict the certificate,
/// and never vouches for anything.
pub(crate) fn as_the_index_says(said: &PypiPublisher, signer: &SignerCertificate, place: &str) -> Outcome {
    let PypiPublisher { kind, repository, workflow, environment, email } = said.clone();
    let expected = Expected { kind, repository, workflow, environment, email };
    match compare(&expected, signer, place) {
        Ok(account) => Outcome::Passed(format!(
            "The index names {account} of {} as publisher, as the certificate does; the index's own word is not signed",
            expected.kind
        )),
        Err(failure) if is_beyond_comparing(&expected, &failure, signer) => Outcome::NotPresent(format!(
            "The index names a publisher of the kind {}, which cannot be compared with this certificate",
            expected.kind
        )),
        Err(failure) => Outcome::Failed(Failure { cause: Cause::IndexPublisherDiffers, ..failure }),
    }
}

/// A kind that no certificate knows, a publisher without its name, or a GitLab instance of somebody's own: the index has no
/// place to say its host.
fn is_beyond_comparing(expected: &Expected, failure: &Failure, signer: &SignerCertificate) -> bool {
    let is_elsewhere = || {
        let known = [GITHUB_ISSUER, GOOGLE_ISSUER];
        expected.kind == "GitLab" && signer.claims.issuer().is_some_and(|issuer| !known.contains(&issuer))
    };
    match failure.cause {
        Cause::PublisherUnknown | Cause::PublisherIncomplete => true,
        Cause::PublisherIssuerDiffers => is_elsewhere(),
        _ => false,
    }
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn of_forge(forge: &Forge, expected: &Expected, claims: &FulcioExtensions, place: &str) -> Result<String, Failure> {
    let repository = filled(expected.repository.as_deref(), "a repository", place)?;
    let workflow = filled(expected.workflow.as_deref(), "a workflow", place)?;
    same(Cause::PublisherIssuerDiffers, forge.issuer, claims.issuer(), place)?;
    let source = format!("{}{repository}", forge.host);
    same(Cause::PublisherRepositoryDiffers, &source, claims.source_repository_uri(), place)?;
    // At the commit or at the ref that it ran for, and at nothing else.
    let config = format!("{source}{}{workflow}", forge.separator);
    let found = claims.build_config_uri();
    let accepted: Vec<String> = [claims.source_repository_digest(), claims.source_repository_ref()]
        .into_iter()
        .flatten()
        .map(|at| format!("{config}@{at}"))
        .collect();
    if !found.is_some_and(|found| accepted.iter().any(|accepted| accepted == found)) {
        let wanted = if accepted.is_empty() { config } else { accepted.join(", or ") };
        return Err(Failure::new(Cause::PublisherWorkflowDiffers, wanted, or_nothing(found), place));
    }
    if let Some(environment) = expected.environment.as_deref().filter(|text| !text.is_empty())
        && let Some(found) = claims.deployment_environment().filter(|found| *found != environment)
    {
        return Err(Failure::new(Cause::PublisherEnvironmentDiffers, environment, found, place));
    }
    Ok(format!("{repository}, {workflow}"))
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn of_google(expected: &Expected, signer: &SignerCertificate, place: &str) -> Result<String, Failure> {
    let email = filled(expected.email.as_deref(), "an email address", place)?;
    same(Cause::PublisherIssuerDiffers, GOOGLE_ISSUER, signer.claims.issuer(), place)?;
    let found = match &signer.name {
        GeneralName::Email(found) => Some(found.as_str()),
        _ => None,
    };
    same(Cause::PublisherEmailDiffers, email, found, place)?;
    Ok(email.to_owned())
}

/// A publisher that leaves out what names it names nobody.
fn filled<'e>(text: Option<&'e str>, what: &str, place: &str) -> Result<&'e str, Failure> {
    text.filter(|text| !text.is_empty())
        .ok_or_else(|| Failure::new(Cause::PublisherIncomplete, what, "a publisher without it", place))
}

fn same(cause: Cause, expected: &str, found: Option<&str>, place: &str) -> Result<(), Failure> {
    if found == Some(expected) {
        return Ok(());
    }
    Err(Failure::new(cause, expected, or_nothing(found), place))
}

fn or_nothing(found: Option<&str>) -> &str {
    found.unwrap_or("nothing in the certificate")
}

/// G-7: certificates say the environment only since lately; where this one does not, that is said and decides nothing.
fn environment_unsaid(expected: &Expected, claims: &FulcioExtensions, place: &str) -> Option<Item> {
    let environment = expected.environment.as_deref().filter(|text| !text.is_empty())?;
    claims.deployment_environment().is_none().then(|| Item {
        place: place.to_owned(),
        outcome: Outcome::NotPresent(format!(
            "The certificate does not say in which environment it ran; whether that was {environment} is not known"
        )),
    })
}
