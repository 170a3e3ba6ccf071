//! A verification summary against what is expected of it: spec E-46, E-49.

use touchstone_formats::predicate::Predicate;
use touchstone_formats::predicate::summary::{Summary as Parsed, SummaryVersion, VerifiedLevel};

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::Expectations;
use crate::signed_words::{SignedWords, Voucher, absent, concluded, in_statement};

check! {
    /// Does the verifier's summary say what you expect?
    ///
    /// # What
    /// A verification summary says that somebody else has verified something: who, what, and which levels it met. It
    /// must say that it passed; and verifier, resource and levels must be those that you expect. A higher level of a
    /// track covers the lower ones of the same track.
    ///
    /// # Why
    /// A summary is worth as much as the verifier behind it. One by another verifier, about another resource or of a
    /// lower level says nothing about what you asked.
    ///
    /// # Harmless
    /// - the summary is of another policy or of an older release
    ///
    /// # Do
    /// Ask whoever runs the verifier for the summary of this resource.
    ///
    /// # Specification
    /// SLSA verification summary v1, how to verify (E-45, E-46, E-49)
    Summary, "summary", Expected, "Summary"
}

/// Proof that a summary says what was expected of it.
#[derive(Clone, Debug)]
pub struct AcceptedSummary {
    verifier_id: String,
    resource_uri: String,
}

impl AcceptedSummary {
    /// Who verified.
    #[must_use]
    pub fn verifier_id(&self) -> &str {
        &self.verifier_id
    }

    /// What was verified.
    #[must_use]
    pub fn resource_uri(&self) -> &str {
        &self.resource_uri
    }
}

/// Whether `expectations` ask for anything that only a summary says.
pub(crate) fn is_asked(expectations: &Expectations) -> bool {
    expectations.verifier_id.is_some()
        || expectations.resource_uri.is_some()
        || !expectations.verified_levels.is_empty()
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(expectations: &Expectations, evidence: &SignedWords<'_>) -> (Finding, Option<AcceptedSummary>) {
    if is_asked(expectations) {
        return concluded(Summary::CHECK, judge(expectations, evidence));
    }
    let outcome = match evidence.predicate.map(super::predicate::ReadPredicate::predicate) {
        // A verifier that says "failed" is no reason to go on, whether somebody asked or not.
        Some(Predicate::Summary(summary)) => passed(summary).map_or_else(Outcome::Failed, |()| {
            Outcome::NotAsked(Open::Nothing("No verifier, resource or level was asked for"))
        }),
        Some(_) => Outcome::NotPresent("The statement is no verification summary".to_owned()),
        None => Outcome::NotAsked(Open::Nothing("No verifier, resource or level was asked for")),
    };
    (Finding::new(Summary::CHECK, outcome), None)
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn judge(expectations: &Expectations, evidence: &SignedWords<'_>) -> Result<(String, AcceptedSummary), Outcome> {
    let wanted = "a verification summary";
    let (predicate, statement, _): (_, _, Voucher<'_>) = evidence.predicate(Cause::SummaryAbsent, wanted)?;
    let Predicate::Summary(summary) = predicate else {
        return Err(absent(Cause::SummaryAbsent, wanted, &statement.predicate_type));
    };
    compare(expectations, summary).map_err(Outcome::Failed)?;
    let said = format!("{} verified {}", summary.verifier_id, summary.resource_uri);
    let proof =
        AcceptedSummary { verifier_id: summary.verifier_id.clone(), resource_uri: summary.resource_uri.clone() };
    Ok((said, proof))
}

/// E-49, steps 3 to 7.
fn compare(expectations: &Expectations, summary: &Parsed) -> Result<(), Failure> {
    let fail = |cause, expected: &str, found: &str, member: &str| {
        Err(Failure::new(cause, expected, found, in_statement(&format!("$.predicate.{member}"))))
    };
    if summary.version != SummaryVersion::V1 {
        let found = "an older draft, which is shown and not relied on";
        return Err(Failure::new(Cause::SummaryVersionOld, "version 1", found, in_statement("$.predicateType")));
    }
    if let Some(expected) = expectations.verifier_id.as_deref().filter(|expected| *expected != summary.verifier_id) {
        return fail(Cause::SummaryVerifierDiffers, expected, &summary.verifier_id, "verifier.id");
    }
    if let Some(expected) = expectations.resource_uri.as_deref().filter(|expected| *expected != summary.resource_uri) {
        return fail(Cause::SummaryResourceDiffers, expected, &summary.resource_uri, "resourceUri");
    }
    passed(summary)?;
    let missing = expectations.verified_levels.iter().find(|expected| !is_covered(expected, &summary.levels));
    match missing {
        Some(expected) => {
            let found = listed(&summary.levels);
            fail(Cause::SummaryLevelAbsent, expected, &found, "verifiedLevels")
        }
        None => Ok(()),
    }
}

/// E-49 step 6: exactly `PASSED`.
fn passed(summary: &Parsed) -> Result<(), Failure> {
    if summary.result == "PASSED" {
        return Ok(());
    }
    let place = in_statement("$.predicate.verificationResult");
    Err(Failure::new(Cause::SummaryNotPassed, "PASSED", summary.result.clone(), place))
}

/// E-49 step 7: a level by the same or a higher one of its track; anything else as it is written. `UNEVALUATED` and
/// level 0 cover nothing but themselves.
fn is_covered(expected: &str, levels: &[VerifiedLevel]) -> bool {
    let expected = VerifiedLevel::parse(expected);
    levels.iter().any(|level| match (level, &expected) {
        (
            VerifiedLevel::Level { track, level },
            VerifiedLevel::Level { track: expected_track, level: expected_level },
        ) => track == expected_track && level >= expected_level,
        (VerifiedLevel::Failed, _) => false,
        (level, expected) => level == expected,
    })
}

fn listed(levels: &[VerifiedLevel]) -> String {
    let texts: Vec<String> = levels
        .iter()
        .map(|level| match level {
            VerifiedLevel::Level { track, level } => format!("SLSA_{track}_LEVEL_{level}"),
            VerifiedLevel::Unevaluated { track } => format!("SLSA_{track}_LEVEL_UNEVALUATED"),
            VerifiedLevel::Failed => "FAILED".to_owned(),
            VerifiedLevel::Property(text) => text.clone(),
        })
        .collect();
    if texts.is_empty() { "no level at all".to_owned() } else { texts.join(", ") }
}
