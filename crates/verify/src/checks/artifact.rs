//! The artifact against what was signed: spec B.15, A-22.

use touchstone_crypto::{Digest, DigestAlgorithm};
use touchstone_formats::bundle::{Content, MessageSignature};
use touchstone_formats::statement::Subject;
use touchstone_trust::digest_algorithm;

use crate::artifact::{Artifact as Given, ArtifactDigests};
use crate::check::check;
use crate::checks::signature::{Signature, SignedOver, VerifiedSignature};
use crate::checks::statement::{AuthenticStatement, Statement};
use crate::covered::Covered;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::Scope;

check! {
    /// Is this the file that was signed?
    ///
    /// # What
    /// The file's digest is computed here and compared with what was signed: the signature is over the file itself, or
    /// over a statement that lists files by digest, one of which must be this one.
    ///
    /// # Why
    /// Everything else in the bundle speaks only about the files it names. A digest changes with every byte of a file.
    ///
    /// # Harmless
    /// - the download stopped early
    /// - it was unpacked or compressed again
    /// - the bundle belongs to another version
    ///
    /// # Do
    /// Download the file again from the project itself.
    ///
    /// # Specification
    /// in-toto Statement v1, digest set; client specification §4.5 (A-22, B-92, B-97 to B-100)
    Artifact, "artifact", Content, "Artifact digest"
}

/// Proof that the artifact is what was signed.
#[derive(Clone, Debug)]
pub struct MatchedSubject {
    digest: Digest,
    // Of every subject with these bytes.
    names: Vec<String>,
    through: Option<Covered>,
}

impl MatchedSubject {
    /// The digest that agreed: the artifact's, or that of the list that it is asked about [through](Self::through).
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The first name that the statement gives it: the producer's choice, no identity (B-99).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.names().next()
    }

    /// Every name that the statement gives it: several where several subjects have its digest.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The list that was signed and holds the artifact; `None` where the artifact itself was signed.
    #[must_use]
    pub const fn through(&self) -> Option<&Covered> {
        self.through.as_ref()
    }

    const fn unnamed(digest: Digest) -> Self {
        Self { digest, names: Vec::new(), through: None }
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    content: &Content,
    signature: Option<&VerifiedSignature>,
    signature_finding: &Finding,
    statement: Option<&AuthenticStatement>,
    artifact: &ArtifactDigests<'_>,
    scope: Scope,
) -> (Finding, Option<MatchedSubject>) {
    let judged = match (artifact.artifact(), content) {
        (_, Content::Dsse(_)) if scope == Scope::SignatureOnly => {
            Err(Outcome::Waived("Only the signature was asked about, on purpose: no file is compared".to_owned()))
        }
        (Given::Missing, _) => Err(Outcome::NotAsked(Open::Artifact)),
        (Given::Waived, _) => {
            Err(Outcome::Waived("No file was given, on purpose: only the signature counts".to_owned()))
        }
        (_, Content::Message(message)) => match_message(message, signature, signature_finding, artifact),
        (given, Content::Dsse(_)) => match (statement, given) {
            // B-98: who signed the list may not deny what it lists.
            (Some(statement), Given::Covered(through)) => match_statement(statement, artifact).and_then(|matched| {
                let own = Given::Digests(through.artifact().to_vec());
                match match_statement(statement, &ArtifactDigests::new(&own)) {
                    Err(Outcome::Failed(failure)) if failure.cause == Cause::ArtifactDigestsDisagree => {
                        Err(Outcome::Failed(failure))
                    }
                    _ => Ok(matched),
                }
            }),
            (Some(statement), _) => match_statement(statement, artifact),
            (None, _) => Err(Outcome::Blocked(Statement::CHECK)),
        },
    };
    match judged {
        Ok(mut matched) => {
            if let Given::Covered(through) = artifact.artifact() {
                matched.through = Some(through.clone());
            }
            let said = match (&matched.through, matched.name()) {
                (Some(through), name) => covered(through, name),
                (None, Some(name)) => format!("{} is the digest signed for {name}", matched.digest),
                (None, None) => format!("{} is what was signed", matched.digest),
            };
            (Finding::new(Artifact::CHECK, Outcome::Passed(said)), Some(matched))
        }
        Err(outcome) => (Finding::new(Artifact::CHECK, outcome), None),
    }
}

/// F-22: by which way the list that was signed covers the artifact.
fn covered(through: &Covered, name: Option<&str>) -> String {
    let artifact = through.artifact().first().map(ToString::to_string).unwrap_or_default();
    let path = through.path().iter().map(ToString::to_string).collect::<Vec<_>>().join(" in ");
    match name {
        Some(name) => format!("{artifact} is listed in {path}, which was signed for {name}"),
        None => format!("{artifact} is listed in {path}, which is what was signed"),
    }
}

/// the stated digest is a hint that must agree; the signature decides.
fn match_message(
    message: &MessageSignature,
    signature: Option<&VerifiedSignature>,
    signature_finding: &Finding,
    artifact: &ArtifactDigests<'_>,
) -> Result<MatchedSubject, Outcome> {
    let place = "$.messageSignature.messageDigest.digest";
    let mismatch = stated_mismatch(message, artifact);
    match (signature.map(VerifiedSignature::over), mismatch) {
        (Some(SignedOver::StatedDigest(signed)), Some((_, found))) => {
            Err(Outcome::Failed(Failure::new(Cause::ArtifactIsAnother, signed.to_string(), found.to_string(), place)))
        }
        (_, Some((stated, found))) => Err(Outcome::Failed(Failure::new(
            Cause::MessageDigestDiffers,
            found.to_string(),
            stated.to_string(),
            place,
        ))),
        (Some(SignedOver::Artifact(digest)), None) => match stated_alone(message, artifact) {
            None => Ok(MatchedSubject::unnamed(digest)),
            // Of a digest of another algorithm the same file could be told two opposite things.
            Some(need) => Err(Outcome::NotAsked(Open::OtherDigest { have: artifact.algorithms(), need: need.name() })),
        },
        // The signature is over the stated digest, and the artifact's digest of that algorithm is not at hand.
        (Some(SignedOver::StatedDigest(signed)), None) => match artifact.digest(signed.algorithm()) {
            Some(digest) if digest == signed => Ok(MatchedSubject::unnamed(digest)),
            _ => Err(Outcome::NotAsked(Open::OtherDigest {
                have: artifact.algorithms(),
                need: signed.algorithm().name(),
            })),
        },
        (Some(SignedOver::Envelope) | None, None) => match &signature_finding.outcome {
            Outcome::NotAsked(open) => Err(Outcome::NotAsked(open.clone())),
            _ => Err(Outcome::Blocked(Signature::CHECK)),
        },
    }
}

/// The stated digest and the artifact's, when they differ.
fn stated_mismatch(message: &MessageSignature, artifact: &ArtifactDigests<'_>) -> Option<(Digest, Digest)> {
    let stated = message.digest.as_ref()?;
    let algorithm = digest_algorithm(stated.algorithm)?;
    let stated = Digest::from_bytes(algorithm, &stated.bytes).ok()?;
    let found = artifact.digest(algorithm)?;
    (stated != found).then_some((stated, found))
}

/// The algorithm of the stated digest, where the artifact's of it is not at hand.
fn stated_alone(message: &MessageSignature, artifact: &ArtifactDigests<'_>) -> Option<DigestAlgorithm> {
    let algorithm = digest_algorithm(message.digest.as_ref()?.algorithm)?;
    artifact.digest(algorithm).is_none().then_some(algorithm)
}

/// What comparing one subject with the artifact gives (B-97).
enum Comparison {
    Matches(Digest),
    Differs,
    /// One digest agrees, another does not.
    Contradicts(String, String),
    /// Digests of accepted algorithms, none of which is known of the artifact.
    OtherAlgorithm(DigestAlgorithm),
    /// No digest of an accepted algorithm.
    Unusable,
}

/// B-97, B-98: any subject may match; in it every accepted algorithm must agree.
fn match_statement(statement: &AuthenticStatement, artifact: &ArtifactDigests<'_>) -> Result<MatchedSubject, Outcome> {
    let subjects = &statement.statement().subjects;
    let mut differs = 0_usize;
    let mut other_algorithm = None;
    let mut contradiction = None;
    for (place, subject) in subjects.iter().enumerate() {
        match compare(subject, artifact) {
            Comparison::Matches(digest) => {
                let same = |other: &&Subject| matches!(compare(other, artifact), Comparison::Matches(_));
                let names = subjects.iter().skip(place).filter(same).filter_map(|same| same.name.clone());
                let names = names.filter(|name| !name.is_empty()).collect();
                return Ok(MatchedSubject { digest, names, through: None });
            }
            Comparison::Differs => differs = differs.saturating_add(1),
            Comparison::Contradicts(expected, found) => contradiction = Some((expected, found, subject.path.clone())),
            Comparison::OtherAlgorithm(algorithm) => other_algorithm = other_algorithm.or(Some(algorithm)),
            Comparison::Unusable => {}
        }
    }
    let place = |path: &str| format!("$.dsseEnvelope.payload:{path}");
    if let Some((expected, found, path)) = contradiction {
        let failure = Failure::new(Cause::ArtifactDigestsDisagree, expected, found, place(&path));
        return Err(Outcome::Failed(failure));
    }
    match (differs, other_algorithm) {
        (0, None) => Err(Outcome::Failed(Failure::new(
            Cause::StatementWithoutUsableDigest,
            "a SHA-256, SHA-384 or SHA-512 digest of a file",
            "digests of other kinds only",
            place("$.subject"),
        ))),
        (0, Some(algorithm)) => {
            Err(Outcome::NotAsked(Open::OtherDigest { have: artifact.algorithms(), need: algorithm.name() }))
        }
        _ => Err(Outcome::Failed(Failure::new(
            Cause::ArtifactNotInStatement,
            listed(subjects),
            own_digest(subjects, artifact),
            place("$.subject"),
        ))),
    }
}

fn compare(subject: &Subject, artifact: &ArtifactDigests<'_>) -> Comparison {
    let mut matched = None;
    let mut differing = None;
    let mut unknown = None;
    for listed in &subject.digests {
        let Some(algorithm) = DigestAlgorithm::from_name(&listed.algorithm) else { continue };
        let Some(own) = artifact.digest(algorithm) else {
            unknown = Some(algorithm);
            continue;
        };
        if listed.bytes().is_some_and(|bytes| bytes == own.as_bytes()) {
            matched = Some(own);
        } else {
            differing = Some((own, listed.value.clone()));
        }
    }
    match (matched, differing, unknown) {
        (Some(_), Some((own, listed)), _) => Comparison::Contradicts(own.to_string(), listed),
        (Some(digest), None, _) => Comparison::Matches(digest),
        (None, Some(_), _) => Comparison::Differs,
        (None, None, Some(algorithm)) => Comparison::OtherAlgorithm(algorithm),
        (None, None, None) => Comparison::Unusable,
    }
}

/// Up to three of the digests listed, for words.
fn listed(subjects: &[Subject]) -> String {
    let shown: Vec<String> = subjects
        .iter()
        .filter_map(|subject| {
            let digest =
                subject.digests.iter().find(|digest| DigestAlgorithm::from_name(&digest.algorithm).is_some())?;
            let name = subject.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
            Some(format!("{}:{}{name}", digest.algorithm, digest.value))
        })
        .take(3)
        .collect();
    match subjects.len().saturating_sub(shown.len()) {
        0 => shown.join(", or "),
        more => format!("{}, or one of {more} more", shown.join(", or ")),
    }
}

/// The artifact's own digest, under the first algorithm that the statement uses.
fn own_digest(subjects: &[Subject], artifact: &ArtifactDigests<'_>) -> String {
    subjects
        .iter()
        .flat_map(|subject| &subject.digests)
        .filter_map(|digest| DigestAlgorithm::from_name(&digest.algorithm))
        .find_map(|algorithm| artifact.digest(algorithm))
        .map(|digest| digest.to_string())
        .unwrap_or_default()
}
