//! The core: evidence, a trusted root and a policy in; findings, a verdict and, where it held, verified facts out.
//!
//! It reads no clock, no file and no network, and it uses no randomness. The same inputs give the same report.
//!
//! [`verify`] runs every check and reports them all; the verdict is computed from the findings, never set. A check takes
//! the proofs that it relies on as arguments and returns the proof that it makes, so that none can be skipped: a
//! [`VerifiedBundle`] cannot be built without them.

mod artifact;
mod builder_map;
mod check;
mod checks;
mod covered;
mod distribution;
mod entry;
mod evidence;
mod expected;
mod failure;
mod finding;
mod pattern;
mod policy;
mod report;
mod signed_words;
mod stated_source;
mod strangers;
pub mod text;

use touchstone_crypto::{Digest, DigestAlgorithm, SignatureVerifier};
use touchstone_formats::bundle::{Bundle, BundleError, Content};
use touchstone_trust::{LeafProfile, LoadError, Thresholds, TrustedRoot};

pub use touchstone_trust::Instance;

pub use artifact::Artifact;
pub use builder_map::{
    BuilderEntry, BuilderKind, BuilderMap, BuilderSigner, GENERATOR as SHARED_BUILDERS, GOOGLE_HOSTED,
};
pub use check::{Check, Group};
pub use checks::ALL as CHECKS;
pub use checks::agreement::{AgreedProvenance, AgreementRow, AgreementState};
pub use checks::artifact::MatchedSubject;
pub use checks::builder::TrustedBuilder;
pub use checks::identity::{MatchedIdentity, Names, expected_kind};
pub use checks::package::MatchedPackage;
pub use checks::predicate::ReadPredicate;
pub use checks::publisher::MatchedPublisher;
pub use checks::signing_time::{VerifiedTime, VerifiedTimes};
pub use checks::source::{MatchedSource, is_source};
pub use checks::source_ref::MatchedRef;
pub use checks::statement::AuthenticStatement;
pub use checks::subjects::MatchedDigests;
pub use checks::summary::AcceptedSummary;
pub use checks::workflow_inputs::MatchedInputs;
pub use covered::Covered;
pub use evidence::{Companion, Judged, Wrapping, verify_evidence};
pub use failure::{Cause, Failure};
pub use finding::{Finding, Item, Open, Outcome};
pub use pattern::{MAX_PATTERN, Pattern, PatternError};
pub use policy::{
    Expectations, ExtensionExpectation, KeyRing, ManagedKey, NamedKey, Policy, Publisher, Scope, SignedForm,
    SignerPolicy, TextMatch, ThresholdOverrides,
};
use report::{Asked, CertificateProofs, Proofs};
pub use report::{Reading, Report, RootUsed, Verdict, VerifiedBundle};
pub use strangers::{Strangers, strangers_that_fit};

use artifact::ArtifactDigests;
use checks::entry_binding::Bundled;
use checks::logged::EntryProofs;
use checks::signature::{SignedOver, SigningKey, VerifiedSignature};
use checks::signing_time::SignerWindow;
use checks::trusted_root::{Chosen, Judges};
use checks::{
    bundle_form, chain, checkpoint, entry_binding, extensions, identity, inclusion_promise, inclusion_proof, key,
    logged, predicate, profile, sct, signature, signing_time, statement, timestamps, trusted_root, witnesses, wrapper,
};
use entry::EntryInView;
use signed_words::{SignedWords, Voucher};

/// What judges.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'a> {
    /// One of the roots that are built in, chosen from the material (B-3).
    Automatic,
    /// These; if there are several, chosen from the material and never merged (B-3).
    Roots(&'a [TrustedRoot]),
    /// The person named a root that cannot be used: the check `trusted-root` fails.
    Unusable(&'a LoadError),
    /// No instance judges: the key that the person gave is all there is. For envelopes outside of Sigstore; no log, no
    /// time and no certificate is expected, and the report says so.
    KeyAlone,
}

/// Verifies one bundle. Every check appears in the report exactly once, whatever happens.
#[must_use]
pub fn verify<'a>(
    bundle: Result<&'a Bundle, &BundleError>,
    artifact: &Artifact<'_>,
    trust: Trust<'a>,
    policy: &Policy,
    crypto: &dyn SignatureVerifier,
) -> Report {
    verify_wrapped(bundle, &Wrapping::NONE, artifact, trust, policy, crypto)
}

/// Verifies one statement of a file of evidence, as [`verify`] does a bundle, and what stands around it.
#[must_use]
pub fn verify_wrapped<'a>(
    bundle: Result<&'a Bundle, &BundleError>,
    wrapping: &Wrapping<'_>,
    artifact: &Artifact<'_>,
    trust: Trust<'a>,
    policy: &Policy,
    crypto: &dyn SignatureVerifier,
) -> Report {
    let (form_finding, form) = bundle_form::run(bundle, wrapping.form, policy);
    let Some(form) = form else { return Report::unreadable(form_finding) };
    let artifact = ArtifactDigests::new(artifact);
    let run = Run { bundle: form.bundle, leaf: form.leaf, wrapping, artifact, policy, crypto };
    let mut report = match trusted_root::run(&trust, run.bundle, run.leaf.as_ref(), crypto) {
        Ok(Judges { first, others }) if others.is_empty() => {
            let preset = run.preset(first.root);
            run.checks(form_finding, trusted_root::said(&trust, &first), first, preset)
        }
        Ok(judges) => by_several(&run, &form_finding, &trust, judges),
        Err(nobody) => Report::without_root(form_finding, *nobody),
    };
    report.reading = Reading::of(run.bundle, run.leaf);
    report
}

/// B-3: by each root alone, whatever stands first; what one of them asks for, all do.
#[inline(never)] // Rare: not in the widget's first module.
fn by_several<'a>(run: &Run<'_, 'a>, form: &Finding, trust: &Trust<'a>, judges: Judges<'a>) -> Report {
    let Judges { first, others } = judges;
    let preset = others.iter().fold(run.preset(first.root), |preset, other| preset.and(run.preset(other.root)));
    let report = |chosen| run.checks(form.clone(), trusted_root::said(trust, &chosen), chosen, preset);
    others.into_iter().fold(report(first), |best, other| {
        let report = report(other);
        if rank(&best) < rank(&report) { report } else { best }
    })
}

/// Which of several reports counts. One in which somebody whom its root knows is contradicted comes before all others (B-5): a
/// newer root may say of a key until when it was good. Else what is verified comes first, then what holds.
fn rank(report: &Report) -> (u8, usize) {
    let contradicts = report.findings.iter().any(|finding| match &finding.outcome {
        // That there is too little of it contradicts nobody.
        Outcome::Failed(failure) => match failure.cause {
            Cause::NotEnoughScts | Cause::NotEnoughTimestampAuthorities => false,
            // Of an authority that did issue the certificate the root says until when it was in use (B-36). That it knows it
            // from later on alone contradicts nobody (B-15).
            Cause::AuthorityEnded => true,
            _ => EVIDENCE.contains(&finding.check),
        },
        _ => false,
    });
    let verdict = match report.verdict {
        _ if contradicts => 3,
        Verdict::Verified { .. } => 2,
        Verdict::Incomplete => 1,
        Verdict::Rejected => 0,
    };
    let holds = report.findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Passed(_))).count();
    (verdict, holds)
}

/// What logs and authorities that a root knows say of a bundle.
const EVIDENCE: [Check; 5] = [
    inclusion_promise::InclusionPromise::CHECK,
    checkpoint::Checkpoint::CHECK,
    inclusion_proof::InclusionProof::CHECK,
    timestamps::Timestamps::CHECK,
    sct::CertificateLog::CHECK,
];

/// Digest algorithms of the artifact that `bundle` speaks about, so that a stream can be hashed once: those of its
/// statement or message digest and of its key.
#[must_use]
pub fn digests_needed(bundle: &Bundle) -> Vec<DigestAlgorithm> {
    let mut needed = Vec::new();
    match &bundle.content {
        Content::Message(message) => {
            needed.extend(
                message.digest.as_ref().and_then(|digest| touchstone_trust::digest_algorithm(digest.algorithm)),
            );
            let key = bundle
                .material
                .key
                .leaf()
                .and_then(|der| touchstone_formats::x509::Certificate::parse(der).ok())
                .and_then(|leaf| touchstone_crypto::PublicKey::from_spki_der(&leaf.spki_der).ok());
            match key {
                Some(key) => needed.extend(signature::digests_of(key.kind())),
                // A managed key is not in the bundle: it may be of any kind.
                None => needed.extend(DigestAlgorithm::ALL),
            }
        }
        Content::Dsse(envelope) => {
            let statement = touchstone_formats::statement::Statement::parse(&envelope.payload);
            let subjects = statement.map(|statement| statement.subjects).unwrap_or_default();
            needed.extend(
                subjects
                    .iter()
                    .flat_map(|subject| &subject.digests)
                    .filter_map(|digest| DigestAlgorithm::from_name(&digest.algorithm)),
            );
        }
    }
    if needed.is_empty() {
        needed.push(DigestAlgorithm::Sha256);
    }
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// One verification under way.
struct Run<'r, 'a> {
    bundle: &'a Bundle,
    leaf: Option<touchstone_formats::x509::Certificate>,
    wrapping: &'r Wrapping<'r>,
    artifact: ArtifactDigests<'r>,
    policy: &'r Policy,
    crypto: &'r dyn SignatureVerifier,
}

impl<'a> Run<'_, 'a> {
    fn checks(&self, form_finding: Finding, root_finding: Finding, chosen: Chosen<'a>, preset: Thresholds) -> Report {
        let place = self.bundle.material.key.path();
        let leaf = self.leaf.as_ref();
        let root = chosen.root;
        let thresholds = self.policy.thresholds.over(preset);

        let (key_finding, managed_key) = key::run(&self.bundle.material.key, &self.policy.signer);
        let (profile_finding, signer) = profile::run(leaf, place, self.leaf_profile(root));
        let signing_key = match (leaf, &signer, managed_key) {
            (Some(_), Some(signer), _) => SigningKey::Known(&signer.key, None, SignedForm::default()),
            (Some(_), None, _) => SigningKey::Blocked(profile_finding.check),
            (None, _, Some(managed)) => SigningKey::Known(&managed.key, managed.scheme, managed.form),
            (None, _, None) => SigningKey::Missing,
        };
        let (signature_finding, signed) =
            signature::run(&self.bundle.content, self.wrapping.form, &signing_key, &self.artifact, self.crypto);

        let entries = EntryInView::all(self.bundle, root);
        let (promise_finding, promises) = inclusion_promise::run(&entries, self.crypto);
        let (timestamps_finding, stamps) = timestamps::run(
            &self.bundle.material.timestamps,
            self.signature_bytes(),
            root,
            thresholds.timestamp_authorities,
            self.crypto,
        );
        let window = match (leaf, managed_key) {
            (Some(leaf), _) => SignerWindow::Certificate(leaf),
            (None, Some(key)) => SignerWindow::Key(key),
            (None, None) => SignerWindow::Unknown,
        };
        let binding_digest = |algorithm| self.binding_digest(signed.as_ref(), algorithm);
        let bundled = Bundled {
            content: &self.bundle.content,
            leaf: leaf.map(|leaf| leaf.der.as_slice()),
            key: match &signing_key {
                SigningKey::Known(key, ..) => Some(key),
                _ => None,
            },
            digest: &binding_digest,
            verified_with: signed.as_ref().map(VerifiedSignature::scheme),
        };
        let (binding_finding, bindings) = entry_binding::run(&entries, &bundled);
        // The time of an entry that records another signature is not the time of this one (B.13, B-17). Where no signature
        // verified there is none to compare with, and nothing is proven by the time.
        let about_it =
            |(promise, bound): (&'_ Option<_>, &Option<_>)| signed.is_none() || bound.is_some() || promise.is_none();
        let (time_finding, times) = signing_time::run(
            signing_time::collect(
                promises
                    .iter()
                    .zip(&bindings)
                    .filter(|pair| about_it(*pair))
                    .filter_map(|(promise, _)| promise.as_ref()),
                &stamps,
            ),
            &window,
            thresholds.observer_timestamps,
            &signing_time::TimeEvidence {
                findings: &[&binding_finding, &promise_finding, &timestamps_finding],
                present: self.holds_times(),
            },
        );
        let (checkpoint_finding, checkpoints) = checkpoint::run(&entries, times.as_ref(), self.crypto);
        let (proof_finding, inclusions) = inclusion_proof::run(&entries, &checkpoints);
        let witness_finding = witnesses::run(&entries, &checkpoints, &root.witnesses, self.crypto);
        let proofs = EntryProofs { promises: &promises, inclusions: &inclusions, bindings: &bindings };
        let (logged_finding, verified_entries) = logged::run(
            &entries,
            &proofs,
            thresholds.transparency_logs,
            &[&binding_finding, &promise_finding, &checkpoint_finding, &proof_finding],
        );

        let (chain_finding, chain) = chain::run(leaf, place, Some(&chosen), times.as_ref(), self.crypto);
        let sct_finding =
            sct::run(leaf, place, chain.as_ref(), Some(root), thresholds.signed_certificate_timestamps, self.crypto);
        let (statement_finding, statement) =
            statement::run(&self.bundle.content, signed.as_ref(), self.policy.scope, self.artifact.is_at_hand());
        let wrapper_finding = wrapper::run(&wrapper::Wrapped {
            wrapping: self.wrapping,
            bundle: self.bundle,
            leaf,
            signer: signer.as_ref(),
            statement: statement.as_ref(),
            statement_outcome: &statement_finding.outcome,
            artifact: &self.artifact,
            scope: self.policy.scope,
        });
        let (artifact_finding, matched) = checks::artifact::run(
            &self.bundle.content,
            signed.as_ref(),
            &signature_finding,
            statement.as_ref(),
            &self.artifact,
            self.policy.scope,
        );
        let (predicate_finding, predicate) =
            predicate::run(&statement_finding, statement.as_ref(), self.policy.expectations.predicate_type.as_deref());
        let evidence = SignedWords {
            voucher: Voucher::from_proofs(leaf.is_some(), signer.as_ref(), chain.as_ref(), managed_key.is_some()),
            statement: statement.as_ref(),
            predicate: predicate.as_ref(),
            statement_finding: &statement_finding,
            predicate_finding: &predicate_finding,
            key_place: place,
            registry_speaks: self.wrapping.companions.iter().any(Companion::is_registry),
        };
        let said = expected::run(self.policy, &evidence);
        let (identity_finding, named) = identity::run(
            &self.policy.signer,
            leaf.is_some(),
            signer.as_ref(),
            chain.as_ref(),
            &said.implied(&self.policy.expectations),
            place,
        );
        let extensions_finding = extensions::run(&self.policy.extensions, leaf, signer.as_ref(), chain.as_ref(), place);

        let mut all = vec![
            form_finding,
            root_finding,
            key_finding,
            profile_finding,
            signature_finding,
            promise_finding,
            timestamps_finding,
            time_finding,
            binding_finding,
            checkpoint_finding,
            proof_finding,
            witness_finding,
            logged_finding,
            chain_finding,
            sct_finding,
            statement_finding.clone(),
            predicate_finding.clone(),
            wrapper_finding,
            artifact_finding,
            identity_finding,
            extensions_finding,
        ];
        all.extend(said.findings);
        let mut findings = in_order(all);
        state_waivers(&mut findings, preset, thresholds);
        let proofs = Proofs {
            instance: root.instance,
            signature: signed.as_ref(),
            certificate: match (leaf, &signer, &chain, &times) {
                (None, ..) => CertificateProofs::KeySigned(managed_key),
                (Some(_), Some(signer), Some(chain), Some(times)) => CertificateProofs::Held { signer, chain, times },
                (Some(_), ..) => CertificateProofs::Missing,
            },
            times: times.as_ref(),
            entries: &verified_entries,
            required_logs: thresholds.transparency_logs,
            asked: Asked {
                statement: matches!(self.bundle.content, Content::Dsse(_)) && self.policy.scope == Scope::Whole,
                subject: self.artifact.is_at_hand()
                    && (matches!(self.bundle.content, Content::Message(_)) || self.policy.scope == Scope::Whole),
                identity: matches!(self.policy.signer, SignerPolicy::Certificate { .. } | SignerPolicy::Implied),
                said: said.proofs.cover(self.policy, predicate.as_ref()),
            },
            statement: statement.as_ref(),
            predicate: predicate.as_ref(),
            subject: matched.as_ref(),
            identity: named.as_ref(),
            said: &said.proofs,
        };
        let (verdict, verified) = VerifiedBundle::assemble(Verdict::of(&findings), &proofs);
        Report {
            verdict,
            root: Some(RootUsed {
                instance: root.instance,
                source: root.source.clone(),
                reason: chosen.reason,
                has_logs: !root.transparency_logs.is_empty(),
                has_certificate_logs: !root.certificate_logs.is_empty(),
            }),
            thresholds: Some(thresholds),
            signer_proven: leaf.is_none_or(|_| chain.is_some()) && signed.is_some(),
            times: times.map(|times| times.all().cloned().collect()).unwrap_or_default(),
            reading: Reading::default(),
            agreement: said.rows,
            findings,
            verified,
        }
    }

    /// B-2, B-24: a managed key has no certificate to be logged, and may sign without a time.
    fn preset(&self, root: &TrustedRoot) -> Thresholds {
        let preset = root.thresholds();
        if self.leaf.is_some() {
            return preset;
        }
        Thresholds { signed_certificate_timestamps: 0, observer_timestamps: 0, ..preset }
    }

    /// The strict profile is Fulcio's; a root of that instance demands it (B-40).
    fn leaf_profile(&self, root: &TrustedRoot) -> LeafProfile {
        root.leaf_profile()
    }

    /// Whether the bundle holds a promise or a timestamp at all.
    fn holds_times(&self) -> bool {
        let material = &self.bundle.material;
        !material.timestamps.is_empty() || material.tlog_entries.iter().any(|entry| entry.inclusion_promise.is_some())
    }

    /// The raw signature: what timestamps are over (B.5).
    fn signature_bytes(&self) -> &'a [u8] {
        match &self.bundle.content {
            Content::Message(message) => &message.signature,
            Content::Dsse(envelope) => envelope.signatures.first().map_or(&[], |signature| &signature.sig),
        }
    }

    /// The digest that a log entry of a message signature must record: the one that the signature verified over; where
    /// it did not verify, the artifact's, else the one stated.
    fn binding_digest(&self, signed: Option<&VerifiedSignature>, algorithm: DigestAlgorithm) -> Option<Digest> {
        if let Some(SignedOver::Artifact(digest) | SignedOver::StatedDigest(digest)) =
            signed.map(VerifiedSignature::over)
        {
            return Some(digest).filter(|digest| digest.algorithm() == algorithm);
        }
        let stated = || match &self.bundle.content {
            Content::Message(message) => {
                let digest = message.digest.as_ref()?;
                let stated = touchstone_trust::digest_algorithm(digest.algorithm)?;
                Digest::from_bytes(stated, &digest.bytes).ok().filter(|digest| digest.algorithm() == algorithm)
            }
            Content::Dsse(_) => None,
        };
        self.artifact.digest(algorithm).or_else(stated)
    }
}

/// A person may ask for less than the instance's preset (B-1, B-2). Where evidence is then missing that the preset
/// demands, this is a waiver, and the verdict states it; where it is there all the same, nothing was given up.
fn state_waivers(findings: &mut [Finding], preset: Thresholds, asked: Thresholds) {
    let lowered = [
        (
            logged::Logged::CHECK,
            asked.transparency_logs < preset.transparency_logs,
            "No log was asked for, on purpose: whether the signing was made public does not count",
        ),
        (
            sct::CertificateLog::CHECK,
            asked.signed_certificate_timestamps < preset.signed_certificate_timestamps,
            "No certificate log was asked for, on purpose: whether the certificate was made public does not count",
        ),
        (
            timestamps::Timestamps::CHECK,
            asked.timestamp_authorities < preset.timestamp_authorities,
            "No timestamp authority was asked for, on purpose: its word on the time does not count",
        ),
    ];
    for (check, is_lower, said) in lowered {
        let absent = findings
            .iter_mut()
            .find(|finding| is_lower && finding.check == check && matches!(finding.outcome, Outcome::NotPresent(_)));
        if let Some(finding) = absent {
            finding.outcome = Outcome::Waived(said.to_owned());
        }
    }
}

/// The findings in the order of the report; a check that did not run at all is a mistake of ours, and then blocked.
fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    CHECKS
        .iter()
        .map(|check| match findings.iter().position(|finding| finding.check == *check) {
            Some(position) => findings.swap_remove(position),
            None => Finding::new(*check, Outcome::Blocked(bundle_form::BundleForm::CHECK)),
        })
        .collect()
}
