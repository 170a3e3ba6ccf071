//! Whom else a pattern would have let through. Asked of the pattern itself, with names that differ from the signer's in what says whose
//! they are. Only one that spells out whose its names are need not be asked.

mod hosts;
mod others;
mod written;

use self::hosts::owned_by;
use self::others::{other_issuers, strangers};
use self::written::{begins_with, ends_of_ranges, states};
use crate::checks::identity::expected_kind;
use crate::policy::TextMatch;

/// Whom else a pattern lets through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strangers {
    /// There is no pattern, or none of the names that are tried fits.
    Nobody,
    /// A name that somebody else could have, and that fits as well as the signer's.
    Somebody(String),
    /// Trying takes more work than a pattern may make. Then it names nobody either.
    Untried,
}

/// Whom else a pattern lets through that fits `identity`, the signer's.
#[must_use]
pub fn strangers_that_fit(expected: &TextMatch, identity: &str) -> Strangers {
    match expected {
        TextMatch::Pattern(_) => fits(expected, identity),
        TextMatch::Exact(_) => Strangers::Nobody,
    }
}

#[inline(never)] // Patterns are rare: the widget's first module is without them.
fn fits(expected: &TextMatch, identity: &str) -> Strangers {
    if begins_with(expected.as_written(), owned_by(identity)) {
        return Strangers::Nobody;
    }
    let strangers = strangers(identity, &ends_of_ranges(expected.as_written()));
    if is_too_much(expected, identity, strangers.len()) {
        return Strangers::Untried;
    }
    // A pattern for mail addresses matches no workflow, whatever its branch is called.
    let kind = expected_kind(expected);
    let is_of_kind = |stranger: &str| kind.is_none_or(|kind| kind == form(stranger));
    let fits = |stranger: &String| is_of_kind(stranger) && expected.accepts(stranger);
    strangers.into_iter().find(fits).map_or(Strangers::Nobody, Strangers::Somebody)
}

/// Most steps that all matches together may take, by estimate: pattern and name may both be hostile.
const MAX_WORK: usize = 40_000_000;

/// Whether so many matches take too many steps: each character of a text meets all that the pattern has, as often as its `{n}`
/// repeat it.
fn is_too_much(expected: &TextMatch, text: &str, tries: usize) -> bool {
    states(expected.as_written()).saturating_mul(text.len()).saturating_mul(tries) > MAX_WORK
}

/// As [`expected_kind`] names it.
fn form(name: &str) -> &'static str {
    if name.contains("://") {
        "uri"
    } else if name.contains('@') {
        "email"
    } else {
        "username"
    }
}

/// Whether an expected issuer is a pattern that an issuer of somebody else fits too, as it fits `named`. A label of its host or a part
/// of its path may say whose it is (an account's, a cluster's).
pub(crate) fn is_any_issuer(issuer: &TextMatch, named: &str) -> bool {
    matches!(issuer, TextMatch::Pattern(_)) && issuer_fits(issuer, named)
}

/// Of how many parts an issuer's address is tried with others: none has more.
const MAX_PARTS: usize = 16;

#[inline(never)] // Rare: not in the widget's first module.
fn issuer_fits(issuer: &TextMatch, named: &str) -> bool {
    if named.split(['.', '/']).nth(MAX_PARTS).is_some() {
        return true;
    }
    let strangers = other_issuers(named, &ends_of_ranges(issuer.as_written()));
    is_too_much(issuer, named, strangers.len()) || strangers.iter().any(|stranger| issuer.accepts(stranger))
}

#[cfg(test)]
mod tests {
    use super::{Strangers, strangers_that_fit};
    use crate::pattern::Pattern;
    use crate::policy::TextMatch;

    const WORKFLOW: &str = "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1";

    fn strangers(pattern: &str, identity: &str) -> Strangers {
        let Ok(pattern) = Pattern::new(pattern) else { unreachable!() };
        strangers_that_fit(&TextMatch::Pattern(pattern), identity)
    }

    #[test]
    fn a_pattern_that_leaves_open_whose_it_is_lets_strangers_through() {
        for (pattern, identity) in [
            (".*", WORKFLOW),
            ("h.*", WORKFLOW),
            (r"https://github\.com/.*", WORKFLOW),
            (r"(?i)HTTPS://GITHUB\.COM/.*", WORKFLOW),
            (r"https://github\.com/\.?.*", WORKFLOW),
            (r"https://github\.com/a.*", WORKFLOW),
            (r"https://github\.com/acme.*", WORKFLOW),
            (r"https://github\.com/([a-z]+-)?acme/.*", WORKFLOW),
            (r"https://github\.com/ac.*me/.*", WORKFLOW),
            (r"https://github\.com/a.*e/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/a[^/]*e/.*", WORKFLOW),
            (r"https://github\.com/acme(-?[0-9])?/.*", WORKFLOW),
            (r"https://github\.com/acm[a-z]/.*", WORKFLOW),
            (r"https://github\.com/acm[a-z0-9]/.*", WORKFLOW),
            (r"https://gitlab\.com/ACM[A-Z]/.*", "https://gitlab.com/ACME/app"),
            // Whoever chose the signer's name had what is tried in mind.
            (r"https://github\.com/acm[a-z]/.*", "https://github.com/acmq/app"),
            (r"https://github\.com/ac[a-z]{2}/.*", "https://github.com/acqj/app"),
            (r"https://github\.com/acme[0-9]/.*", "https://github.com/acme7/app"),
            (r"https://github\.com/acme[0-9]{3}/.*", "https://github.com/acme777/app"),
            (r"https://github\.com/acm[a-f]/.*", WORKFLOW),
            (r"https://github\.com/acm[-a-e]/.*", WORKFLOW),
            (r"https://github\.com/acme[1-3]/.*", "https://github.com/acme1/app"),
            (r"https://github\.com/acme/.*|https://gitlab\.com/.*", WORKFLOW),
            (r".*@acme\.example|.*@gmail\.com", "jo@acme.example"),
            (r".*@yahoo\.co\.uk", "jo@yahoo.co.uk"),
            (r".*@tutanota\.com", "jo@tutanota.com"),
            (r"https://issuer\.chainops\.dev/.*", "https://issuer.chainops.dev/7a/9b"),
            (r"https://[a-z0-9-]+\.ghe\.com/.*", "https://acme.ghe.com/app"),
            (r"spiffe://[a-z0-9-]+\.svc\.id\.goog/ns/.*", "spiffe://acme.svc.id.goog/ns/build"),
            // What stands behind a `#` is a comment, and the `|` is none of it.
            ("https://github.com/acme/(?x)#(\n|.*#)\n", WORKFLOW),
            ("https://github.com/acme/(?x)#[\n|.*#]\n", WORKFLOW),
            // The round brackets stand in classes.
            (r"https://github\.com/acme/[[:alpha:](]|.*[[:alnum:])]", WORKFLOW),
            (r"https://github\.com/acme/[](]|.*[])0-9]", WORKFLOW),
            (
                r"https://github\.com/acme-?labs?.*/.*",
                "https://github.com/acme-labs/app/.github/workflows/release.yml@refs/tags/v1",
            ),
            (r".*@.*\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"jo@[a-z-]+\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"https://[a-z]+\.co\.uk/.*", "https://acme.co.uk/jobs"),
            (r"https://.*\.github\.io", "https://acme.github.io"),
            (r"https://issuer\.enforce\.dev/.*", "https://issuer.enforce.dev/7a/9b"),
            (r"https://gitlab\.com/acme.labs/.*", "https://gitlab.com/acme.labs/app"),
            (r"[0-9]+@cloudbuild\.gserviceaccount\.com", "123@cloudbuild.gserviceaccount.com"),
            (r".*@appspot\.gserviceaccount\.com", "acme@appspot.gserviceaccount.com"),
            (r".*-compute@developer\.gserviceaccount\.com", "123-compute@developer.gserviceaccount.com"),
            (
                r"https://kubernetes\.io/namespaces/.*/serviceaccounts/default",
                "https://kubernetes.io/namespaces/acme/serviceaccounts/default",
            ),
            (r"https://github\.com/acme[0-9]*/.*", WORKFLOW),
            (r"https://github\.com/[a-z]+/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/\w{4}/app/.*", WORKFLOW),
            (r"https://.*/acme/app/.*", WORKFLOW),
            (r"https://github\.com.*/acme/app/.*", WORKFLOW),
            (r".*/acme/app/\.github/workflows/release\.yml@refs/tags/v1", WORKFLOW),
            (r"https://github\.com/acme/app/x|.*", WORKFLOW),
            (r"jo@.*", "jo@acme.example"),
            (r"jo@acme\..+", "jo@acme.example"),
            (r".*@gmail\.com", "jo@gmail.com"),
            (r"[^/]+@protonmail\.com", "jo@protonmail.com"),
            (r"spiffe://.*", "spiffe://acme.example/ns/build"),
            (r"https://g\.codefresh\.io/.*", "https://g.codefresh.io/acme/build:1"),
            (
                r"https://circleci\.com/api/v2/projects/.*",
                "https://circleci.com/api/v2/projects/7a/pipeline-definitions/1",
            ),
            (r"spiffe://[^/]+/ns/.*", "spiffe://acme.example/ns/build"),
            (r"[a-z]+![a-z.]+", "jo!acme.example"),
            (r"https://ci\..*acme\.example/.*", "https://ci.acme.example/jobs/release"),
            (r".*acme\.example", "jo@eu.acme.example"),
            (r"https://[a-z.]+", "https://acme.example"),
            (r"[a-z0-9]+", "jo"),
            (r".*/acme.*|.*@acme\.example", "jo@acme.example"),
        ] {
            assert!(matches!(strangers(pattern, identity), Strangers::Somebody(_)), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_names_somebody_lets_none_through() {
        for (pattern, identity) in [
            (r"https://github\.com/acme/.*", WORKFLOW),
            (r"https://github.com/acme/.*", WORKFLOW),
            (r"^(https://github\.com/acme/.*)$", WORKFLOW),
            (r"(https://github\.com/acme/app/\.github/workflows/release\.yml)@refs/tags/v.*", WORKFLOW),
            (r"https://github\.com/(acme|other)/.*", WORKFLOW),
            (r"(?i:https://github\.com/Acme)/.*", WORKFLOW),
            (r"https://github\.com/[Aa]cme/.*", WORKFLOW),
            (
                r"(?i)https://github\.com/Acme/[a-zA-Z0-9._-]{1,100}/\.github/workflows/[a-zA-Z0-9._-]{1,100}\.ya?ml@refs/(heads|tags)/.*",
                WORKFLOW,
            ),
            (
                r"(?i)https://(www\.)?github\.com/acme/[a-zA-Z0-9._-]{1,100}/\.github/workflows/[a-zA-Z0-9._-]{1,100}\.ya?ml@refs/(heads|tags)/.*",
                WORKFLOW,
            ),
            (r".*@live\.acme\.example", "jo@live.acme.example"),
            (r"https://(github|gitlab)\.com/acme/.*", WORKFLOW),
            (r".*@acme\.example", "jo@acme.example"),
            (r"[^/]+@acme\.example", "jo@acme.example"),
            (r"(jo|al)@gmail\.com", "jo@gmail.com"),
            (r"spiffe://acme\.example/.*", "spiffe://acme.example/ns/build"),
            (r"[a-z]+!acme\.example", "jo!acme.example"),
            (r"https://acme\.example", "https://acme.example"),
            (
                r"https://circleci\.com/api/v2/projects/7a/.*",
                "https://circleci.com/api/v2/projects/7a/pipeline-definitions/1",
            ),
            (r"https://ci\.acme\.example/.*", "https://ci.acme.example/jobs/release"),
            // Nobody else has a name under it.
            (r"https://[a-z0-9-]+\.acme\.example/.*", "https://ci.acme.example/jobs/release"),
            (r".*@([a-z]+\.)?acme\.example", "jo@eu.acme.example"),
            (r"spiffe://[a-z.]+\.acme\.example/.*", "spiffe://eu.acme.example/ns/build"),
            (r"https://github\.com/(acme|acme-labs)/.*", WORKFLOW),
            (r"https://github\.com/acme(-labs)?/.*", WORKFLOW),
            (
                r"https://(github|gitlab)\.com/acme/[a-z0-9-]{1,40}/\.github/workflows/[a-z-]{1,20}\.ya?ml@refs/(heads|tags)/.{1,50}",
                WORKFLOW,
            ),
            (r".*@acme\.iam\.gserviceaccount\.com", "jo@acme.iam.gserviceaccount.com"),
            (r"https://[a-z]+\.acme\.co\.uk/.*", "https://ci.acme.co.uk/jobs"),
            (r"https://issuer\.enforce\.dev/7a/.*", "https://issuer.enforce.dev/7a/9b"),
            (r"https://gitlab.com/acme\.labs/.*", "https://gitlab.com/acme.labs/app"),
        ] {
            assert_eq!(strangers(pattern, identity), Strangers::Nobody, "{pattern}");
        }
    }

    /// Whoever makes a pattern of too much work to be tried has named nobody with it.
    #[test]
    fn a_pattern_that_cannot_be_tried_names_nobody() {
        let padded = format!(r"https://github\.com/acm[a-z]/.*{}", "|xxxx".repeat(400));
        let repeated = r"(?:.{0,99}){0,90}//github\.com/acme/.*";
        // Each is repeated as much as what stands in it, whatever stands between, and a bracket in a class is none.
        let between = r"(?:(?:.{0,99})?){0,90}//github\.com/acme/.*";
        let in_class = r"(?:.{0,99}[(].){0,90}//github\.com/acme/.*";
        for pattern in [padded.as_str(), repeated, between, in_class] {
            let name = WORKFLOW.repeat(3);
            assert_eq!(strangers(pattern, &name), Strangers::Untried, "{pattern}");
            let Ok(issuer) = Pattern::new(pattern) else { unreachable!() };
            assert!(super::is_any_issuer(&TextMatch::Pattern(issuer), &name), "{pattern}");
        }
    }

    /// What can be seen from how a pattern is written is what trying would find.
    #[test]
    fn a_pattern_that_spells_its_owner_out_needs_no_trying() {
        assert_eq!(super::owned_by(WORKFLOW), "https://github.com/acme/");
        assert_eq!(super::owned_by("https://ci.acme.example/jobs/release"), "https://ci.acme.example/");
        assert_eq!(
            super::owned_by("https://kubernetes.io/namespaces/a/serviceaccounts/b"),
            "https://kubernetes.io/namespaces/a/"
        );
        for text in ["https://github.com/acme", "jo@acme.example", "https://github.com", ""] {
            assert_eq!(super::owned_by(text), "", "{text}");
        }
        for (pattern, begins) in [
            (r"https://github\.com/acme/.*", true),
            (r"^https://github.com/acme/app/(a|b)[|]\|$", true),
            (r"https:\/\/github\.com\/acme\/.*", true),
            (r"https://github\.com/acme/.*|.*", false),
            (r"https://github\.com/acme/?.*", false),
            (r"https://github\.com/acme.*/.*", false),
            (r"(?i)https://github\.com/acme/.*", true),
            (r"^(?i)https://github\.com/Acme/.*", true),
            (r"(?i)https://github\.com/acme/.*|x", false),
            (r"(?i)https://github\.com/acmee/.*", false),
            (r"https://github\.com/acm./.*", false),
            (r"https://github\.com/acme/.*(", false),
            (r".*", false),
        ] {
            assert_eq!(super::begins_with(pattern, "https://github.com/acme/"), begins, "{pattern}");
        }
    }

    #[test]
    fn an_issuer_that_leaves_open_whose_it_is_is_anybodys() {
        for (pattern, named, anybody) in [
            (r".*", "https://token.actions.githubusercontent.com", true),
            (r"https://token\.actions\.[a-z]+\.com", "https://token.actions.githubusercontent.com", true),
            (r"https://.*\.com", "https://token.actions.githubusercontent.com", true),
            (r"https://token\.actions\.githubusercontent\.com.*", "https://token.actions.githubusercontent.com", true),
            (
                r"https://token\.actions\.githubusercontent\.com(/.*)?",
                "https://token.actions.githubusercontent.com",
                false,
            ),
            (r"https://oidc\.eks\..*\.amazonaws\.com/id/.*", "https://oidc.eks.eu-west-1.amazonaws.com/id/7A", true),
            (r"https://oidc\.circleci\.com/org/.*", "https://oidc.circleci.com/org/7a", true),
            (r"https://token\.actions\.githubusercontent\.com", "https://token.actions.githubusercontent.com", false),
            (
                r"https://(accounts\.google|token\.actions\.githubusercontent)\.com",
                "https://accounts.google.com",
                false,
            ),
            (r"https://oidc\.circleci\.com/org/7a", "https://oidc.circleci.com/org/7a", false),
            (
                r"https://login\.microsoftonline\.com/[0-9a-f-]{36}/v2\.0",
                "https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0",
                true,
            ),
            (
                r"https://oidc\.eks\.us-west-2\.amazonaws\.com/id/[0-9A-F]{32}",
                "https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                true,
            ),
            (
                r"https://oidc\.eks\.[a-z0-9-]{9}\.amazonaws\.com/id/0123456789ABCDEF0123456789ABCDEF",
                "https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                true,
            ),
        ] {
            let Ok(pattern) = Pattern::new(pattern) else { unreachable!() };
            let written = pattern.as_written().to_owned();
            assert_eq!(super::is_any_issuer(&TextMatch::Pattern(pattern), named), anybody, "{written}");
        }
    }

    #[test]
    fn a_name_that_is_written_out_is_no_pattern() {
        assert_eq!(strangers_that_fit(&TextMatch::Exact(WORKFLOW.to_owned()), WORKFLOW), Strangers::Nobody);
    }
}
