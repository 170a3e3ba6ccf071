//! Evidence that is not one Sigstore bundle: which of its statements counts, which must all hold, and with which keys
//! (E-40, E-41, E-66, G-4, G-10 to G-18).

use touchstone_crypto::{DigestAlgorithm, KeyKind, SignatureScheme, SignatureVerifier};
use touchstone_formats::bundle::{Bundle, KeyMaterial};
use touchstone_formats::evidence::{Beside, Evidence, Form, Piece};
use touchstone_formats::predicate::Predicate;

use crate::checks::trusted_root::TrustedRoot;
use crate::finding::{Finding, Outcome};
use crate::policy::{Expectations, KeyRing, ManagedKey, Policy, SignedForm, SignerPolicy};
use crate::report::{Report, Verdict};
use crate::{Artifact, Trust, verify_wrapped};

/// Most verifications of one file of evidence. Whoever hands in more gets an answer about the first ones, which is never a
/// pass for a reason that lies beyond them.
const MAX_ATTEMPTS: usize = 256;

/// What stands around a signed statement.
#[derive(Clone, Copy, Debug)]
pub struct Wrapping<'a> {
    /// What the file was read as.
    pub form: Form,
    /// What stands beside the statement, unsigned.
    pub beside: &'a Beside,
    /// Statements that must hold together with it.
    pub companions: &'a [Companion<'a>],
}

impl Wrapping<'static> {
    /// A Sigstore bundle by itself.
    pub const NONE: Self = Self { form: Form::Bundle, beside: &Beside::Nothing, companions: &[] };
}

/// A statement that comes with another and was verified by itself.
#[derive(Clone, Debug)]
pub struct Companion<'a> {
    /// What it is, in words that follow "expected": `a publish attestation`.
    pub name: &'static str,
    /// Where it is in the file.
    pub place: String,
    /// What came out.
    pub report: &'a Report,
}

impl Companion<'_> {
    /// Whether it is the registry's own statement, and verifies (G-17). With a certificate anybody signs such a statement; what a key
    /// signed was held against the registry's keys.
    pub(crate) fn is_registry(&self) -> bool {
        self.report.verified.as_ref().is_some_and(|verified| {
            let says =
                |read: &crate::checks::predicate::ReadPredicate| matches!(read.predicate(), Predicate::NpmPublish(_));
            verified.signer().is_none() && verified.predicate().is_some_and(says)
        })
    }
}

/// The answer about a file of evidence: about one of its statements, and about all that must hold with it.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The statement.
    pub piece: &'a Piece,
    /// Its place among [`Evidence::pieces`].
    pub index: usize,
    /// The policy that it was held against: the person's, with the one key that was used.
    pub policy: Policy,
    /// What came out. Places are those of the file.
    pub report: Report,
}

/// Verifies a file of evidence. Where any one of several statements is enough, the best answer is given: verified, else
/// incomplete, else the rejection with the fewest faults. Where all must hold, one that fails rejects.
///
/// `None` only for evidence without any piece, which [`Evidence::parse`] never makes.
#[must_use]
pub fn verify_evidence<'a>(
    evidence: &'a Evidence,
    artifact: &Artifact<'_>,
    trust: Trust<'a>,
    policy: &Policy,
    crypto: &dyn SignatureVerifier,
) -> Option<Judged<'a>> {
    let policy = if evidence.form == Form::CloudBuild { policy.clone() } else { without_raw_payloads(policy.clone()) };
    let asked = Asked { evidence, artifact, trust, policy: &policy, crypto };
    if evidence.form.all_must_hold() { asked.all() } else { asked.best() }
}

struct Asked<'q, 'a> {
    evidence: &'a Evidence,
    artifact: &'q Artifact<'q>,
    trust: Trust<'a>,
    policy: &'q Policy,
    crypto: &'q dyn SignatureVerifier,
}

impl<'a> Asked<'_, 'a> {
    fn best(&self) -> Option<Judged<'a>> {
        let attempts = self
            .evidence
            .pieces
            .iter()
            .enumerate()
            .flat_map(|(index, piece)| self.policies(piece).into_iter().map(move |policy| (index, piece, policy)));
        let mut best: Option<Judged<'a>> = None;
        for (index, piece, policy) in attempts.take(MAX_ATTEMPTS) {
            let judged = self.judge(index, piece, policy, &[]);
            if judged.report.verdict.is_verified() {
                return Some(judged);
            }
            if best.as_ref().is_none_or(|best| merit(&judged.report) > merit(&best.report)) {
                best = Some(judged);
            }
        }
        best
    }

    /// The first statement that is not the registry's own leads; the others must hold with it.
    fn all(&self) -> Option<Judged<'a>> {
        let pieces = &self.evidence.pieces;
        let leading = pieces.iter().position(|piece| !is_publish(piece)).unwrap_or(0);
        let lead = pieces.get(leading)?;
        let judged = |publish: bool, companions: &[Companion<'_>]| -> Vec<Judged<'a>> {
            let others = pieces.iter().enumerate().filter(|(index, _)| *index != leading);
            others
                .filter(|(_, piece)| is_publish(piece) == publish)
                .map(|(index, piece)| self.judge(index, piece, self.policy_of_companion(piece), companions))
                .collect()
        };
        // What the registry says stands by every other statement.
        let publishes = judged(true, &[]);
        let mut companions: Vec<Companion<'_>> = publishes.iter().map(Judged::companion).collect();
        let others = judged(false, &companions);
        companions.extend(others.iter().map(Judged::companion));
        let policy = if is_publish(lead) { self.policy_of_registry(lead) } else { self.policy.clone() };
        Some(self.judge(leading, lead, policy, &companions))
    }

    fn judge(&self, index: usize, piece: &'a Piece, policy: Policy, companions: &[Companion<'_>]) -> Judged<'a> {
        let wrapping = Wrapping { form: self.evidence.form, beside: &piece.beside, companions };
        let trust = self.trust_for(piece);
        let mut report = verify_wrapped(piece.bundle.as_ref(), &wrapping, self.artifact, trust, &policy, self.crypto);
        report.findings.iter_mut().for_each(|finding| move_places(finding, piece));
        Judged { piece, index, policy, report }
    }

    /// A bare envelope that names no certificate belongs to no instance of Sigstore: the key alone judges, unless the
    /// person named a root.
    fn trust_for(&self, piece: &Piece) -> Trust<'a> {
        let bare = matches!(self.evidence.form, Form::Envelope | Form::EnvelopeLines | Form::CloudBuild);
        match self.trust {
            Trust::Automatic if bare && is_by_key(piece) => Trust::KeyAlone,
            trust => trust,
        }
    }

    /// The policies under which a statement may be verified: one for each key that can have signed it.
    fn policies(&self, piece: &Piece) -> Vec<Policy> {
        let with_key = |key: ManagedKey| {
            let signer = match &self.policy.signer {
                SignerPolicy::Anybody(_) => SignerPolicy::Anybody(key.into()),
                _ => SignerPolicy::Key(key),
            };
            Policy { signer, ..self.policy.clone() }
        };
        let keys: Vec<&ManagedKey> = match &self.policy.signer {
            SignerPolicy::Key(key) => vec![key],
            // Whoever signed with a certificate is anybody too, and needs no key.
            SignerPolicy::Anybody(_) if !is_by_key(piece) => Vec::new(),
            SignerPolicy::Keys(ring) | SignerPolicy::Anybody(ring) => {
                let hint = hint_of(piece);
                let only = ring.only().filter(|_| matches!(self.policy.signer, SignerPolicy::Anybody(_)));
                match (only, self.evidence.form) {
                    (Some(key), _) => vec![key],
                    // E-41: the id names the key; no other can have signed.
                    (None, Form::CloudBuild) => ring.named(hint, true).collect(),
                    // Elsewhere nobody signed the id (A-27, B-95): it says which key to try first.
                    (None, _) => ring.named(hint, true).chain(ring.named(hint, false)).collect(),
                }
            }
            _ => Vec::new(),
        };
        if keys.is_empty() {
            return vec![self.policy.clone()];
        }
        keys.into_iter().flat_map(|key| self.ways_of(key)).map(with_key).collect()
    }

    /// The ways in which a key may have signed. Outside of Sigstore, RSA keys sign in either padding, and nothing but the person says in which.
    fn ways_of(&self, key: &ManagedKey) -> Vec<ManagedKey> {
        let outside = matches!(self.evidence.form, Form::Envelope | Form::EnvelopeLines);
        if outside && key.scheme.is_none() && matches!(key.key.kind(), KeyKind::Rsa { .. }) {
            let pss = SignatureScheme::RsaPss(DigestAlgorithm::Sha256);
            return vec![key.clone(), ManagedKey { scheme: Some(pss), ..key.clone() }];
        }
        vec![key.clone()]
    }

    /// What a statement is held against that comes with the one asked about: the registry's own against the registry's
    /// keys (G-17), any other against all that the person expects.
    fn policy_of_companion(&self, piece: &Piece) -> Policy {
        if !is_publish(piece) {
            return self.policy.clone();
        }
        let expectations = Expectations {
            package_name: self.policy.expectations.package_name.clone(),
            package_version: self.policy.expectations.package_version.clone(),
            ..Expectations::default()
        };
        let mut policy = Policy {
            signer: SignerPolicy::Keys(self.policy.registry_keys.clone()),
            extensions: Vec::new(),
            expectations,
            ..self.timed()
        };
        // Asked of the statement in question: the registry signs with a key, and has no certificate to be logged.
        policy.thresholds.signed_certificate_timestamps = None;
        policy
    }

    /// The registry's own statement is all there is: its key is known here, and whom the person expects is still theirs to
    /// say.
    fn policy_of_registry(&self, piece: &Piece) -> Policy {
        let key = self.policy.registry_keys.find(hint_of(piece)).cloned();
        let signer = match (&self.policy.signer, key) {
            // Keys at hand for "anybody" name nobody; that one goes by the hint's name.
            (SignerPolicy::Anybody(ring), Some(key)) if ring.find(hint_of(piece)).is_none() => {
                SignerPolicy::Anybody(key.into())
            }
            (signer, _) => signer.clone(),
        };
        Policy { signer, ..self.timed() }
    }

    /// H-12, G-15: a key with a window proves nothing without a time that lies in it.
    fn timed(&self) -> Policy {
        let mut policy = self.policy.clone();
        let asked = policy.thresholds.observer_timestamps.unwrap_or(0);
        policy.thresholds.observer_timestamps = Some(asked.max(1));
        policy
    }
}

impl Judged<'_> {
    fn companion(&self) -> Companion<'_> {
        Companion {
            name: if is_publish(self.piece) { "a publish attestation" } else { "a second attestation" },
            place: self.piece.places.root(),
            report: &self.report,
        }
    }
}

/// What signs the payload alone is a key of Google Cloud Build, and nothing else (E-41).
fn without_raw_payloads(mut policy: Policy) -> Policy {
    match &mut policy.signer {
        SignerPolicy::Key(key) => key.form = SignedForm::default(),
        SignerPolicy::Keys(ring) | SignerPolicy::Anybody(ring) => {
            ring.keys_mut().for_each(|named| named.key.form = SignedForm::default())
        }
        _ => {}
    }
    policy
}

/// Better is greater: incomplete before rejected, then the fewest faults; the first of equals stays.
fn merit(report: &Report) -> (u8, core::cmp::Reverse<usize>) {
    let rank = match report.verdict {
        Verdict::Verified { .. } => 2,
        Verdict::Incomplete => 1,
        Verdict::Rejected => 0,
    };
    (rank, core::cmp::Reverse(report.findings.iter().filter(|finding| finding.failed()).count()))
}

/// Signed with a key, and of the registry's own type as far as anybody can tell before it is verified. A statement that
/// lies about its type is held to the stricter policy, or fails under the registry's keys.
fn is_publish(piece: &Piece) -> bool {
    piece.is_npm_publish()
}

fn is_by_key(piece: &Piece) -> bool {
    piece.bundle.as_ref().is_ok_and(|bundle| bundle.material.key.leaf().is_none())
}

fn hint_of(piece: &Piece) -> &str {
    match &piece.bundle {
        Ok(Bundle { material, .. }) => match &material.key {
            KeyMaterial::PublicKeyHint(hint) => hint,
            _ => "",
        },
        Err(_) => "",
    }
}

fn move_places(finding: &mut Finding, piece: &Piece) {
    // Its places are in the trusted root.
    if finding.check == TrustedRoot::CHECK {
        return;
    }
    let moved = |place: &str| if place.is_empty() { String::new() } else { piece.places.in_file(place) };
    let outcome = |outcome: &mut Outcome| {
        if let Outcome::Failed(failure) = outcome {
            failure.place = moved(&failure.place);
        }
    };
    outcome(&mut finding.outcome);
    for item in &mut finding.items {
        item.place = moved(&item.place);
        outcome(&mut item.outcome);
    }
}

impl KeyRing {
    /// A ring of a registry's keys; `built_in`: those that came with this program.
    #[must_use]
    pub fn of_registry(keys: &[touchstone_trust::npm::RegistryKey], built_in: bool) -> Self {
        let named = |key: &touchstone_trust::npm::RegistryKey| crate::policy::NamedKey {
            id: key.key_id.clone(),
            key: ManagedKey {
                key: key.key.clone(),
                scheme: Some(key.scheme),
                valid_from: Some(key.valid_from.0),
                valid_until: key.valid_until.map(|until| until.0),
                form: SignedForm::default(),
                built_in,
            },
        };
        Self::new(keys.iter().map(named).collect())
    }
}
