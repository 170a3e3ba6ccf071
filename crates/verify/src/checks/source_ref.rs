//! Branch and tag against the expectation: spec E-27, E-46.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::uri::{Tag, versioned_tag_matches};

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::Expectations;
use crate::signed_words::{PAYLOAD, SignedWords, Voucher, concluded, in_statement};
use crate::stated_source;

check! {
    /// Was it built for the branch or tag that you expect?
    ///
    /// # What
    /// The certificate says for which branch or tag the workflow ran; where a key signed, the provenance does. A
    /// statement about the source itself that names branches or tags must hold for that one as well. A tag must be a tag: a branch of the
    /// same name is another thing. A versioned tag must be a version that begins as you
    /// said.
    ///
    /// # Why
    /// A branch that nobody reviewed can be built by the same workflow as a release.
    ///
    /// # Harmless
    /// - the release was started by hand from a branch, and so names no tag
    ///
    /// # Do
    /// Look at how the project makes its releases: from a tag, or from a branch.
    ///
    /// # Specification
    /// Fulcio certificate extension .14; SLSA verifying artifacts, step 2 (E-5, E-27); verifying source, step 2 (E-46)
    SourceRef, "source-ref", Expected, "Branch or tag"
}

/// Proof that the build was for the branch or tag expected.
#[derive(Clone, Debug)]
pub struct MatchedRef {
    reference: String,
}

impl MatchedRef {
    /// `refs/…`.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }
}

/// Whether `expectations` name a branch or a tag.
pub(crate) fn is_asked(expectations: &Expectations) -> bool {
    let asked = [&expectations.source_branch, &expectations.source_tag, &expectations.source_versioned_tag];
    asked.into_iter().any(Option::is_some)
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(expectations: &Expectations, evidence: &SignedWords<'_>) -> (Finding, Option<MatchedRef>) {
    if !is_asked(expectations) {
        let open = Outcome::NotAsked(Open::Nothing("No branch or tag was named"));
        return (Finding::new(SourceRef::CHECK, open), None);
    }
    concluded(SourceRef::CHECK, judge(expectations, evidence))
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn judge(expectations: &Expectations, evidence: &SignedWords<'_>) -> Result<(String, MatchedRef), Outcome> {
    evidence.is_read()?;
    let voucher = evidence.voucher.map_err(Outcome::Blocked)?;
    let track = evidence.source_track();
    let mut found = match voucher {
        Voucher::Certificate(signer) => vec![certified(expectations, &signer.claims, evidence.key_place)?],
        Voucher::Key if track.is_some() => Vec::new(),
        Voucher::Key => stated(expectations, evidence)?,
    };
    // E-46: each commit that a statement about the source is about has a ref that is expected. Drafts name none: then the
    // certificate's counts alone.
    for references in track.map(|track| track.references).unwrap_or_default() {
        match (best(expectations, &references), voucher) {
            (Some(best), _) => found.push(best),
            (None, Voucher::Key) => return Err(nothing(expectations, PAYLOAD)),
            (None, Voucher::Certificate(_)) => {}
        }
    }
    for (reference, place) in &found {
        compare(expectations, reference, place).map_err(Outcome::Failed)?;
    }
    let (reference, _) = found.into_iter().next().ok_or_else(|| nothing(expectations, PAYLOAD))?;
    Ok((reference.clone(), MatchedRef { reference }))
}

/// The certificate's ref.
fn certified(expectations: &Expectations, claims: &FulcioExtensions, place: &str) -> Result<(String, String), Outcome> {
    let certified = claims.source_repository_ref().or_else(|| claims.github_workflow_ref());
    certified.map(|said| (said.to_owned(), place.to_owned())).ok_or_else(|| nothing(expectations, place))
}

/// Without a certificate, every ref that the provenance names counts.
fn stated(expectations: &Expectations, evidence: &SignedWords<'_>) -> Result<Vec<(String, String)>, Outcome> {
    let (provenance, _, _) = evidence.provenance(Cause::SourceRefAbsent, &wanted(expectations))?;
    let stated = stated_source::references(provenance)?;
    Ok(stated.into_iter().map(|(reference, path)| (reference, in_statement(&path))).collect())
}

/// Of the refs of one commit one that is expected; else the first, which is told.
fn best(expectations: &Expectations, references: &[(String, String)]) -> Option<(String, String)> {
    let matches = |(reference, path): &&(String, String)| compare(expectations, reference, path).is_ok();
    let (reference, path) = references.iter().find(matches).or_else(|| references.first())?;
    Some((reference.clone(), in_statement(path)))
}

fn nothing(expectations: &Expectations, place: &str) -> Outcome {
    let found = "nothing that names a branch or tag";
    Outcome::Failed(Failure::new(Cause::SourceRefAbsent, wanted(expectations), found, place))
}

fn wanted(expectations: &Expectations) -> String {
    let branch = expectations.source_branch.as_ref().map(|branch| format!("branch {branch}"));
    let tag = expectations.source_tag.as_ref().map(|tag| format!("tag {tag}"));
    let version = expectations.source_versioned_tag.as_ref().map(|version| format!("a tag that begins with {version}"));
    let all: Vec<String> = [branch, tag, version].into_iter().flatten().collect();
    all.join(", ")
}

/// E-27: all that was asked, of one ref.
fn compare(expectations: &Expectations, reference: &str, place: &str) -> Result<(), Failure> {
    let fail = |cause, expected: &str| Err(Failure::new(cause, expected, reference, place));
    if let Some(branch) = &expectations.source_branch {
        let expected = format!("refs/heads/{branch}");
        if branch.is_empty() || reference != expected {
            return fail(Cause::SourceBranchDiffers, &expected);
        }
    }
    if let Some(tag) = &expectations.source_tag {
        let expected = format!("refs/tags/{tag}");
        if tag.is_empty() || reference != expected {
            return fail(Cause::SourceTagDiffers, &expected);
        }
    }
    if let Some(version) = &expectations.source_versioned_tag {
        if Tag::parse(version).is_none() {
            let form = "v1, v1.2 or v1.2.3";
            return Err(Failure::new(Cause::SourceVersionedTagMalformed, form, version.clone(), ""));
        }
        let tag = reference.strip_prefix("refs/tags/");
        if !tag.is_some_and(|tag| versioned_tag_matches(tag, version)) {
            return fail(Cause::SourceVersionedTagDiffers, &format!("a tag that begins with {version}"));
        }
    }
    Ok(())
}
