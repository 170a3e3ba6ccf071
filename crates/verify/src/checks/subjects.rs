//! Digests that the statement must be about, of any algorithm: spec E-49 step 2, B-100.

use touchstone_formats::hex;
use touchstone_formats::statement::{Statement as Parsed, SubjectDigest};

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::signed_words::{SignedWords, absent, concluded, in_statement};

check! {
    /// Is the statement about everything you named by digest?
    ///
    /// # What
    /// Each digest that you named must be among those of the statement's subjects, under the same algorithm: a file's
    /// SHA-256, a commit, an image id.
    ///
    /// # Why
    /// Not everything that is signed is a file that could be hashed here. A commit or a disk image is named by its
    /// digest alone.
    ///
    /// # Harmless
    /// - the statement belongs to another commit or image
    ///
    /// # Do
    /// Compare the digest with the one that the project or the cloud's console shows.
    ///
    /// # Specification
    /// in-toto digest sets; SLSA verification summary (B-100, E-46, E-49)
    Subjects, "subjects", Content, "Subject digests"
}

/// Proof that every digest expected is among the statement's.
#[derive(Clone, Debug)]
pub struct MatchedDigests {
    digests: Vec<(String, String)>,
}

impl MatchedDigests {
    /// (algorithm, value) of each, as the person named it.
    #[must_use]
    pub fn digests(&self) -> &[(String, String)] {
        &self.digests
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    expected: Option<&[(String, String)]>,
    evidence: &SignedWords<'_>,
) -> (Finding, Option<MatchedDigests>) {
    concluded(Subjects::CHECK, judge(expected, evidence))
}

fn judge(
    expected: Option<&[(String, String)]>,
    evidence: &SignedWords<'_>,
) -> Result<(String, MatchedDigests), Outcome> {
    let expected = expected.ok_or(Outcome::NotAsked(Open::Nothing("No digest was named")))?;
    if expected.is_empty() {
        // E-49: whoever asks for digests and names none has asked for something that nothing can meet.
        return Err(absent(Cause::SubjectDigestsEmpty, "at least one digest", "an empty list"));
    }
    let statement = evidence.statement(Cause::SubjectDigestAbsent, &listed(expected))?;
    let missing = expected.iter().find(|(algorithm, value)| !is_among(statement, algorithm, value));
    if let Some((algorithm, value)) = missing {
        return Err(Outcome::Failed(Failure::new(
            Cause::SubjectDigestAbsent,
            format!("{algorithm}:{value}"),
            found(statement),
            in_statement("$.subject"),
        )));
    }
    Ok((format!("About {}", listed(expected)), MatchedDigests { digests: expected.to_vec() }))
}

fn is_among(statement: &Parsed, algorithm: &str, value: &str) -> bool {
    !value.is_empty()
        && statement
            .subjects
            .iter()
            .flat_map(|subject| &subject.digests)
            .any(|digest| digest.algorithm == algorithm && is_same(digest, value))
}

/// Equal as text, or as hexadecimal in either case (B-97).
fn is_same(digest: &SubjectDigest, value: &str) -> bool {
    digest.value == value || hex::decode(value).is_some_and(|bytes| digest.bytes() == Some(bytes))
}

fn listed(digests: &[(String, String)]) -> String {
    let texts: Vec<String> = digests.iter().map(|(algorithm, value)| format!("{algorithm}:{value}")).collect();
    texts.join(", ")
}

/// Up to three of the statement's digests.
fn found(statement: &Parsed) -> String {
    let all: Vec<String> = statement
        .subjects
        .iter()
        .flat_map(|subject| &subject.digests)
        .map(|digest| format!("{}:{}", digest.algorithm, digest.value))
        .collect();
    match all.len().saturating_sub(3) {
        0 if all.is_empty() => "no digest at all".to_owned(),
        0 => all.join(", "),
        more => format!("{} and {more} more", all.get(..3).unwrap_or_default().join(", ")),
    }
}
