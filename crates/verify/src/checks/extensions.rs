//! Certificate extensions that the person asked for: spec C.1, C-2.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::x509::Certificate;

use crate::check::check;
use crate::checks::chain::{Chain, VerifiedChain};
use crate::checks::profile::{Profile, SignerCertificate};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Open, Outcome};
use crate::policy::ExtensionExpectation;

check! {
    /// Does the certificate say what you asked for?
    ///
    /// # What
    /// The authority writes into the certificate what it knows of the signing: repository, commit, branch, runner and
    /// more. Each value that you asked for must be there and be equal, byte for byte.
    ///
    /// # Why
    /// The name of a workflow does not say on which branch or for which commit it ran. These values do, and the
    /// authority vouches for them.
    ///
    /// # Harmless
    /// - the file was built from another branch or release than you meant
    /// - the certificate is older than the extension
    ///
    /// # Do
    /// Compare with what the project says about how it releases.
    ///
    /// # Specification
    /// Fulcio certificate extensions 1.3.6.1.4.1.57264.1 (C-1, C-2, H-14)
    Extensions, "extensions", Expected, "Extensions"
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    expected: &[ExtensionExpectation],
    leaf: Option<&Certificate>,
    signer: Option<&SignerCertificate>,
    chain: Option<&VerifiedChain<'_>>,
    place: &str,
) -> Finding {
    if expected.is_empty() {
        return Finding::new(Extensions::CHECK, Outcome::NotAsked(Open::Nothing("No value was asked for")));
    }
    if leaf.is_none() {
        let failure = Failure::new(
            Cause::ExtensionAbsent,
            "a certificate with the values asked for",
            "signed with a bare key, which says nothing",
            place,
        );
        return Finding::new(Extensions::CHECK, Outcome::Failed(failure));
    }
    let Some(signer) = signer else {
        return Finding::new(Extensions::CHECK, Outcome::Blocked(Profile::CHECK));
    };
    if chain.is_none() {
        return Finding::new(Extensions::CHECK, Outcome::Blocked(Chain::CHECK));
    }
    let items: Vec<Item> = expected
        .iter()
        .map(|expectation| Item { place: place.to_owned(), outcome: compare(expectation, &signer.claims, place) })
        .collect();
    let names: Vec<&str> = expected.iter().map(|expectation| expectation.name.as_str()).collect();
    let whole = Outcome::Passed(format!("Equal: {}", names.join(", ")));
    Finding::from_items(Extensions::CHECK, items, whole)
}

fn compare(expectation: &ExtensionExpectation, claims: &FulcioExtensions, place: &str) -> Outcome {
    let found = claims.values.iter().find(|value| value.info.oid == expectation.oid).map(|value| value.value.as_str());
    let expected = format!("{} = {}", expectation.name, expectation.value);
    match found.filter(|value| !value.is_empty()) {
        Some(value) if value == expectation.value => Outcome::Passed(expected),
        Some(value) => Outcome::Failed(Failure::new(Cause::ExtensionDiffers, expected, value, place)),
        None => Outcome::Failed(Failure::new(Cause::ExtensionAbsent, expected, "no such extension", place)),
    }
}
