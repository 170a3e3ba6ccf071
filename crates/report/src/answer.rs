//! Puts a question to the core and tells the answer as a [`Document`].

use std::collections::BTreeSet;
use std::sync::OnceLock;

use touchstone_crypto::{Curve, Digest, DigestAlgorithm, KNOWN_CURVES, SignatureVerifier};
use touchstone_formats::bundle::Content;
use touchstone_formats::evidence::{Evidence, Form};
use touchstone_formats::statement::Statement;
use touchstone_trust::{Instance, LoadError, TrustedRoot};
use touchstone_verify::{
    Artifact, Covered, Judged, Outcome as Found, Report, Trust as CoreTrust, Verdict, verify_evidence,
};

use crate::ahead::{Ahead, Knowing, Noting, Right};
use crate::custody;
use crate::document::{Custody, Document, Outcome, Policy};
use crate::policy::policy;
use crate::question::{ArtifactInput, Material, Named, Question, Trust};
use crate::tell;

/// The question itself is unusable: the person must put it differently. Verifies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionError {
    /// Which part: `identity`, `issuer`, `extension`, `key`, `key-validity`, `minimum-bundle-version`, `trusted-root`,
    /// `builders`, `expectation`, `digest`, `bundle`; or [`PROGRAM`].
    pub part: &'static str,
    /// What was expected, what was found, what to do: one sentence or two.
    pub message: String,
}

impl core::fmt::Display for QuestionError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl core::error::Error for QuestionError {}

/// Which digests of the artifact this evidence speaks about (`sha256`, `sha384`, `sha512`); `sha256` when it can't be read.
#[must_use]
pub fn digests_needed(evidence: &[u8]) -> Vec<&'static str> {
    let evidence = Evidence::parse(evidence);
    let mut needed = Vec::new();
    for bundle in evidence.pieces.iter().filter_map(|piece| piece.bundle.as_ref().ok()) {
        for algorithm in touchstone_verify::digests_needed(bundle) {
            if !needed.contains(&algorithm.name()) {
                needed.push(algorithm.name());
            }
        }
    }
    if needed.is_empty() {
        needed.push("sha256");
    }
    needed
}

/// Whether this evidence signs a file itself, and no statement about it: a key of pure Ed25519 then signs its bytes (B-92).
#[must_use]
pub fn signs_a_file(evidence: &[u8]) -> bool {
    let evidence = Evidence::parse(evidence);
    let mut bundles = evidence.pieces.iter().filter_map(|piece| piece.bundle.as_ref().ok());
    bundles.any(|bundle| matches!(bundle.content, Content::Message(_)))
}

/// Answers `question` about `material`.
///
/// # Errors
/// When the question cannot be put (a pattern that does not parse, a key that is none, a digest that is none). A bundle
/// or a trusted root that cannot be read is an answer: rejected, by the check `bundle-form` or `trusted-root`.
pub fn answer(question: &Question, material: &Material<'_>) -> Result<Document, QuestionError> {
    answered(question, material, Extent::Whole, &Right::default())
}

/// Does early what every answer needs: it sees that the arithmetic says no where it must, and reads the root of Sigstore's public
/// good instance, which most questions need. Called while a page still draws, it takes this time from the first answer. What comes out
/// is known to every answer too: on `false` none will be given that was computed here.
pub fn make_ready() -> bool {
    KNOWN_CURVES.into_iter().all(refuses_known) && read_root()
}

/// Of [`make_ready`] the part that an answer needs too to which nothing is computed here.
pub fn read_root() -> bool {
    touchstone_trust::embedded::root(Instance::PublicGood).is_some()
}

/// The part of a [`QuestionError`] that says that this program must answer nothing more.
pub const PROGRAM: &str = "program";

/// What was found out once about each of [`KNOWN_CURVES`].
type Once = [OnceLock<bool>; 2];

fn once(found: &'static Once, curve: Curve, find: fn(Curve) -> bool) -> bool {
    let [p256, p384] = found;
    *if curve == Curve::P256 { p256 } else { p384 }.get_or_init(|| find(curve))
}

fn refuses_known(curve: Curve) -> bool {
    static REFUSES: Once = [OnceLock::new(), OnceLock::new()];
    once(&REFUSES, curve, touchstone_crypto::refuses_known)
}

fn accepts_known(curve: Curve) -> bool {
    static ACCEPTS: Once = [OnceLock::new(), OnceLock::new()];
    once(&ACCEPTS, curve, touchstone_crypto::accepts_known)
}

/// Refuses to answer where the arithmetic of this program on `curves` cannot say no, or, where anything but "verified" may be said
/// (`else_too`), where it cannot say yes, or hashes wrongly. Asked for last: by then what verifies signatures is compiled, and a first answer does
/// not wait for it twice.
#[inline(never)]
pub(crate) fn is_sound(curves: &[Curve], else_too: bool) -> Result<(), QuestionError> {
    let is_known = |curve: &Curve| refuses_known(*curve) && (!else_too || accepts_known(*curve));
    if curves.iter().all(is_known) && (!else_too || touchstone_crypto::hashes_known()) {
        return Ok(());
    }
    Err(QuestionError {
        part: PROGRAM,
        message: "This program does not tell a right signature from a wrong one, so its answers mean nothing: it was not built, \
                  or did not arrive, as it should. Load it again, and check the digest of what you have."
            .to_owned(),
    })
}

/// The same answer without its chain of custody, for a page that fetches the program for that afterwards. Of further evidence
/// only image indexes and manifests matter to it.
///
/// # Errors
/// As [`answer`].
pub fn first_answer(question: &Question, material: &Material<'_>) -> Result<Document, QuestionError> {
    first_answer_knowing(question, material, &Right::default())
}

/// The same, where some signatures are known to be right.
///
/// # Errors
/// As [`answer`].
pub fn first_answer_knowing(
    question: &Question,
    material: &Material<'_>,
    right: &Right,
) -> Result<Document, QuestionError> {
    answered(question, material, Extent::First, right)
}

/// Largest bundle of which the signatures are asked ahead, in bytes.
const MAX_AHEAD: usize = 1 << 20;

/// The signatures that a first answer will ask about. Of none in a large bundle, which takes longer to read twice than its signatures to
/// compute. A trusted root remembers of its authorities what it found out, and a run that says yes to all must leave nothing behind: a
/// person's own is read anew here and dropped, and of the built-in ones nothing of that kind is asked.
#[must_use]
pub fn ahead(question: &Question, material: &Material<'_>) -> Ahead {
    let noting = Noting::default();
    if let Some(bundle) = material.bundle.filter(|bundle| bundle.bytes.len() <= MAX_AHEAD)
        && let Ok(policy) = policy(question, material)
        && let Ok(artifact) = artifact(&material.artifact)
        && let Ok(custom) = custom_roots(question, material)
    {
        drop(judge(&evidence(bundle.bytes), &artifact, question.trust, custom.as_ref(), &policy, &noting));
    }
    Ahead::new(noting)
}

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    First,
    Whole,
}

fn answered(
    question: &Question,
    material: &Material<'_>,
    extent: Extent,
    right: &Right,
) -> Result<Document, QuestionError> {
    let bundle_input = material.bundle.ok_or_else(|| QuestionError {
        part: "bundle",
        message: "There is no bundle to check. Give the signature file that belongs to the artifact, \
                  often named like it with .sigstore.json at the end."
            .to_owned(),
    })?;
    let policy = policy(question, material)?;
    let artifact = artifact(&material.artifact)?;
    let evidence = evidence(bundle_input.bytes);
    let custom = custom_roots(question, material)?;
    let crypto = Knowing::new(right);
    let about = |artifact: &Artifact<'_>| judge(&evidence, artifact, question.trust, custom.as_ref(), &policy, &crypto);
    let judged = about(&artifact).ok_or_else(|| QuestionError {
        part: "bundle",
        message: "There is nothing in the evidence that could be checked.".to_owned(),
    })?;
    let judged = through_a_list(judged, &evidence, &artifact, &material.further, about);
    let told = tell::Told {
        question,
        material,
        form: evidence.form,
        policy: &judged.policy,
        bundle: judged.piece.bundle.as_ref(),
        report: &judged.report,
        open: None,
        further: &[],
    };
    let mut document = tell::document(&told);
    // Signatures that were not computed here this program cannot have got wrong; a chain may need all of its arithmetic.
    let curves = if extent == Extent::Whole { &KNOWN_CURVES } else { crypto.computed_with() };
    is_sound(curves, extent == Extent::Whole || document.verdict.outcome != Outcome::Verified)?;
    if extent == Extent::Whole {
        let judge = |evidence: &_, policy: &_| {
            let judged = judge(evidence, &Artifact::Waived, question.trust, custom.as_ref(), policy, &crypto);
            judged.map(|judged| judged.report)
        };
        let asked = evidence.pieces.iter().position(|piece| core::ptr::eq(piece, judged.piece)).unwrap_or(0);
        document.custody = chain(told, &evidence, asked, &policy, judge);
    }
    Ok(document)
}

/// Where the artifact itself is rejected, the same question about an image index or manifest that lists it (E-64, F-22): a signature
/// on that covers it. A further file can only add, so the first answer stays unless the other is better.
fn through_a_list<'a>(
    judged: Judged<'a>,
    evidence: &Evidence,
    artifact: &Artifact<'_>,
    further: &[Named<'_>],
    about: impl Fn(&Artifact<'_>) -> Option<Judged<'a>>,
) -> Judged<'a> {
    if judged.report.verdict != Verdict::Rejected || further.is_empty() {
        return judged;
    }
    let digests = match artifact {
        Artifact::Bytes(bytes) => DigestAlgorithm::ALL.map(|algorithm| algorithm.digest(bytes)).to_vec(),
        Artifact::Digests(digests) => digests.clone(),
        Artifact::Missing | Artifact::Waived | Artifact::Covered(_) => return judged,
    };
    let mut covers = Covered::find(&digests, further.iter().map(|file| file.bytes));
    // Lists that nobody here speaks of could be many, and none of them changes the answer.
    if let Some(named) = named_digests(evidence) {
        covers.retain(|through| through.list().iter().any(|own| named.contains(own)));
    }
    covers.truncate(MAX_COVERS_TRIED);
    let is_about = |judged: &Judged<'_>| {
        let finding = judged.report.findings.iter().find(|finding| finding.check.id == "artifact");
        finding.is_some_and(|finding| matches!(finding.outcome, Found::Passed(_)))
    };
    let mut rejected = None;
    for through in covers.into_iter().map(Artifact::Covered).filter_map(|through| about(&through)) {
        match through.report.verdict {
            Verdict::Verified { .. } | Verdict::Incomplete if is_about(&through) => return through,
            _ if is_about(&through) => rejected = rejected.or(Some(through)),
            _ => {}
        }
    }
    // Which of two rejections is told: the one of the statement that is about the artifact.
    rejected.filter(|_| !is_about(&judged)).unwrap_or(judged)
}

/// Lists that are asked about in an artifact's place. Beyond them only signatures without a word on what they are over are not
/// looked at under every list.
const MAX_COVERS_TRIED: usize = 64;

/// The digests that the evidence claims to be about; `None` where a signature does not say what it is over.
fn named_digests(evidence: &Evidence) -> Option<BTreeSet<Digest>> {
    let mut named = BTreeSet::new();
    for bundle in evidence.pieces.iter().filter_map(|piece| piece.bundle.as_ref().ok()) {
        match &bundle.content {
            Content::Message(message) => {
                let stated = message.digest.as_ref()?;
                let algorithm = touchstone_trust::digest_algorithm(stated.algorithm)?;
                named.extend(Digest::from_bytes(algorithm, &stated.bytes));
            }
            Content::Dsse(envelope) => {
                let statement = Statement::parse(&envelope.payload);
                let listed = statement.iter().flat_map(|statement| &statement.subjects).flat_map(|one| &one.digests);
                named.extend(listed.filter_map(|digest| {
                    Digest::from_hex(DigestAlgorithm::from_name(&digest.algorithm)?, &digest.value).ok()
                }));
            }
        }
    }
    Some(named)
}

/// The chain of custody, from the evidence and what was given beside it.
#[inline(never)] // Asked for afterwards: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn chain(
    told: tell::Told<'_>,
    evidence: &Evidence,
    asked: usize,
    policy: &touchstone_verify::Policy,
    judge: impl Fn(&Evidence, &touchstone_verify::Policy) -> Option<Report>,
) -> Option<Custody> {
    // For the chain of custody a piece of evidence is judged by itself: what it is about decides what it joins.
    let incomplete = told.report.verdict == Verdict::Incomplete;
    let open = if incomplete { judge(evidence, &custody::of_open(policy)) } else { None };
    // What else a file of npm's, PyPI's or of lines says is further evidence, as in a file of its own (E-63).
    let beside = told.material.bundle.map(|file| (file, evidence.beside(asked)));
    let further = custody::read_further(beside, &told.material.further, policy, judge);
    custody::custody(&tell::Told { open: open.as_ref(), further: &further, ..told })
}

/// What a question expects, said back without any material to judge, and whether it can be put at all.
///
/// # Errors
/// As [`answer`], but for the bundle and the artifact, which are not looked at.
pub(crate) fn policy_said_back(question: &Question, material: &Material<'_>) -> Result<Policy, QuestionError> {
    let policy = policy(question, material)?;
    if let Some(Err(error)) = custom_roots(question, material)? {
        let message = format!("The trusted root cannot be used: {error}. Give a trusted_root.json that can be.");
        return Err(QuestionError { part: "trusted-root", message });
    }
    Ok(Policy { lines: tell::said_back(question, &policy) })
}

/// Several bundles are several answers: whoever asks about a file of them asks about one after the other.
fn evidence(bytes: &[u8]) -> Evidence {
    let parsed = Evidence::parse(bytes);
    match parsed.form {
        Form::BundleLines | Form::GitHub => Evidence::one_bundle(bytes),
        _ => parsed,
    }
}

fn judge<'a>(
    evidence: &'a Evidence,
    artifact: &Artifact<'_>,
    trust: Trust,
    custom: Option<&'a Result<Vec<TrustedRoot>, LoadError>>,
    policy: &touchstone_verify::Policy,
    crypto: &dyn SignatureVerifier,
) -> Option<Judged<'a>> {
    let built_in = |instance| match touchstone_trust::embedded::root(instance) {
        Some(root) => CoreTrust::Roots(core::slice::from_ref(root)),
        None => CoreTrust::Unusable(&LoadError::Empty),
    };
    let trust = match (trust, custom) {
        (Trust::Automatic, _) => CoreTrust::Automatic,
        (Trust::PublicGood, _) => built_in(Instance::PublicGood),
        (Trust::Staging, _) => built_in(Instance::Staging),
        (Trust::GitHub, _) => built_in(Instance::GitHub),
        (Trust::KeyAlone, _) => CoreTrust::KeyAlone,
        (Trust::File, Some(Ok(roots))) => CoreTrust::Roots(roots),
        (Trust::File, Some(Err(error))) => CoreTrust::Unusable(error),
        (Trust::File, None) => CoreTrust::Unusable(&LoadError::Empty),
    };
    verify_evidence(evidence, artifact, trust, policy, crypto)
}

/// The roots of the person's file. They are judged as their own world, whatever instance they may be a copy of: what a
/// file says of itself is not authenticated (D-18).
fn custom_roots(
    question: &Question,
    material: &Material<'_>,
) -> Result<Option<Result<Vec<TrustedRoot>, LoadError>>, QuestionError> {
    if question.trust != Trust::File {
        return Ok(None);
    }
    let file = material.trusted_root.ok_or_else(no_root)?;
    let name = if file.name.is_empty() { "the file given" } else { file.name };
    Ok(Some(TrustedRoot::read_many(file.bytes, Instance::Custom, name)))
}

#[inline(never)] // As in `policy`: rare, and not in the widget's first module.
fn no_root() -> QuestionError {
    let message = "The trusted root is to come from a file, and none was given. Give a trusted_root.json, or choose one of the \
                   built-in roots.";
    QuestionError { part: "trusted-root", message: message.to_owned() }
}

#[inline(never)]
fn no_digest(error: impl core::fmt::Display) -> QuestionError {
    QuestionError {
        part: "digest",
        message: format!(
            "This is no digest: {error}. Expected sha256: and 64 hexadecimal digits (or sha384:, sha512:)."
        ),
    }
}

#[inline(never)]
fn twice() -> QuestionError {
    let message = "The file has two digests of one algorithm. A file has one of each.";
    QuestionError { part: "digest", message: message.to_owned() }
}

fn artifact<'a>(input: &ArtifactInput<'a>) -> Result<Artifact<'a>, QuestionError> {
    let parse = |text: &str| Digest::parse(text).map_err(no_digest);
    Ok(match input {
        ArtifactInput::None => Artifact::Missing,
        ArtifactInput::Waived => Artifact::Waived,
        ArtifactInput::Bytes(named) => Artifact::Bytes(named.bytes),
        ArtifactInput::Stated(text) => Artifact::Digests(vec![parse(text.trim())?]),
        ArtifactInput::Hashed { digests, .. } => {
            let read = digests.iter().map(|(algorithm, hex)| parse(&format!("{algorithm}:{hex}")));
            let read = read.collect::<Result<Vec<_>, _>>()?;
            let before =
                |at: usize, one: &Digest| read.iter().take(at).any(|other| other.algorithm() == one.algorithm());
            if read.iter().enumerate().any(|(at, one)| before(at, one)) {
                return Err(twice());
            }
            Artifact::Digests(read)
        }
    })
}
