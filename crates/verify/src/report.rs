//! What a verification hands over: findings, verdict, what was read, and the proofs where it held.

use touchstone_crypto::SignatureScheme;
use touchstone_formats::bundle::{Bundle, Content};
use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::statement::{PAYLOAD_TYPE, Statement};
use touchstone_formats::timestamp::TimeStampResponse;
use touchstone_formats::x509::{Certificate, GeneralName};
use touchstone_trust::{Instance, Thresholds};

use crate::checks::agreement::{AgreedProvenance, AgreementRow};
use crate::checks::artifact::MatchedSubject;
use crate::checks::builder::TrustedBuilder;
use crate::checks::bundle_form::BundleForm;
use crate::checks::chain::VerifiedChain;
use crate::checks::identity::{self, MatchedIdentity, Names};
use crate::checks::logged::VerifiedEntry;
use crate::checks::package::MatchedPackage;
use crate::checks::predicate::ReadPredicate;
use crate::checks::profile::SignerCertificate;
use crate::checks::publisher::MatchedPublisher;
use crate::checks::signature::VerifiedSignature;
use crate::checks::signing_time::{VerifiedTime, VerifiedTimes};
use crate::checks::source::MatchedSource;
use crate::checks::source_ref::MatchedRef;
use crate::checks::statement::AuthenticStatement;
use crate::checks::subjects::MatchedDigests;
use crate::checks::summary::AcceptedSummary;
use crate::checks::trusted_root;
use crate::checks::workflow_inputs::MatchedInputs;
use crate::expected::SaidProofs;
use crate::finding::{Finding, Outcome};
use crate::policy::{ManagedKey, SignerPolicy};
use crate::{CHECKS, Check};

/// The outcome of one verification.
#[derive(Debug)]
pub struct Report {
    /// Computed from the findings.
    pub verdict: Verdict,
    /// Every check once, in the order of the report.
    pub findings: Vec<Finding>,
    /// The root that judged.
    pub root: Option<RootUsed>,
    /// The thresholds that held.
    pub thresholds: Option<Thresholds>,
    /// Whether path and signature held, so that the signer's name (or key) is more than text in a bundle.
    pub signer_proven: bool,
    /// Times that trusted authorities vouch for.
    pub times: Vec<VerifiedTime>,
    /// What was read, proven or not.
    pub reading: Reading,
    /// Certificate and provenance side by side, where both are authentic; also where they contradict one another (E-31).
    pub agreement: Vec<AgreementRow>,
    /// The proofs; only where the verdict is verified.
    pub verified: Option<VerifiedBundle>,
}

/// The root that judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootUsed {
    /// Which instance.
    pub instance: Instance,
    /// Where the root came from.
    pub source: String,
    /// Why this one.
    pub reason: &'static str,
    /// Whether it names transparency logs.
    pub has_logs: bool,
    /// Whether it names certificate logs.
    pub has_certificate_logs: bool,
}

/// The verdict, computed from the findings and from nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every required check passed, for a signer and an artifact that the person named or waived; with the number of
    /// checks waived.
    Verified {
        /// Checks that the person waived.
        waived: usize,
    },
    /// A check failed.
    Rejected,
    /// Nothing failed, something is open.
    Incomplete,
}

impl Verdict {
    /// From findings of which none is missing.
    ///
    /// The words "every required check passed" mean here: nothing failed, nothing is blocked, nothing that keeps the
    /// verdict open is open, and the signature itself was verified. What is required beyond that (a log, a time) is a
    /// failure of the check that requires it, never an absence that passes.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        if findings.is_empty() || findings.iter().any(Finding::failed) {
            return Self::Rejected;
        }
        let open = findings.iter().any(|finding| match &finding.outcome {
            Outcome::NotAsked(open) => open.keeps_verdict_open(),
            Outcome::Blocked(_) => true,
            _ => false,
        });
        let must_pass =
            [crate::checks::signature::Signature::CHECK, BundleForm::CHECK, trusted_root::TrustedRoot::CHECK];
        let passed = |check: &Check| {
            findings.iter().any(|finding| finding.check == *check && matches!(finding.outcome, Outcome::Passed(_)))
        };
        if open || !must_pass.iter().all(passed) {
            return Self::Incomplete;
        }
        Self::Verified {
            waived: findings.iter().filter(|finding| matches!(finding.outcome, Outcome::Waived(_))).count(),
        }
    }

    /// Whether it is [`Verdict::Verified`].
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified { .. })
    }
}

/// What was read from the bundle, proven or not: for showing, never for deciding.
#[derive(Debug, Default)]
pub struct Reading {
    /// The signing certificate.
    pub leaf: Option<Certificate>,
    /// What the certificate says, if it could be read.
    pub claims: Option<FulcioExtensions>,
    /// The statement, if there is one and it could be read.
    pub statement: Option<Statement>,
    /// The timestamps that could be read, each with its position.
    pub timestamps: Vec<(usize, TimeStampResponse)>,
}

impl Reading {
    pub(crate) fn of(bundle: &Bundle, leaf: Option<Certificate>) -> Self {
        let statement = match &bundle.content {
            // Another payload type may look like a statement and is none (B-95).
            Content::Dsse(envelope) if envelope.payload_type == PAYLOAD_TYPE => {
                Statement::parse(&envelope.payload).ok()
            }
            Content::Dsse(_) | Content::Message(_) => None,
        };
        Self {
            claims: leaf.as_ref().and_then(|leaf| FulcioExtensions::parse(leaf).ok()),
            leaf,
            statement,
            timestamps: bundle
                .material
                .timestamps
                .iter()
                .enumerate()
                .filter_map(|(index, der)| TimeStampResponse::parse(der).ok().map(|parsed| (index, parsed)))
                .collect(),
        }
    }
}

/// A bundle of which every required check passed. Only [`crate::verify`] makes one.
#[derive(Debug)]
pub struct VerifiedBundle {
    scheme: SignatureScheme,
    times: Option<VerifiedTimes>,
    statement: Option<AuthenticStatement>,
    predicate: Option<ReadPredicate>,
    subject: Option<MatchedSubject>,
    identity: Option<MatchedIdentity>,
    signer: Option<GeneralName>,
    key_is_built_in: bool,
    said: SaidProofs,
    claims: Option<FulcioExtensions>,
    issuing_authority: Option<String>,
    instance: Instance,
    logs: Vec<(String, u64)>,
}

/// Every proof that one verification made.
pub(crate) struct Proofs<'p, 'a> {
    pub(crate) instance: Instance,
    pub(crate) signature: Option<&'p VerifiedSignature>,
    pub(crate) certificate: CertificateProofs<'p, 'a>,
    pub(crate) times: Option<&'p VerifiedTimes>,
    pub(crate) entries: &'p [VerifiedEntry<'a>],
    pub(crate) required_logs: u32,
    pub(crate) asked: Asked,
    pub(crate) statement: Option<&'p AuthenticStatement>,
    pub(crate) predicate: Option<&'p ReadPredicate>,
    pub(crate) subject: Option<&'p MatchedSubject>,
    pub(crate) identity: Option<&'p MatchedIdentity>,
    pub(crate) said: &'p SaidProofs,
}

/// Which proofs the question demands, whatever the findings say.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    /// An envelope was signed, and it is asked about whole.
    pub(crate) statement: bool,
    /// There is an artifact to compare.
    pub(crate) subject: bool,
    /// A certificate's name was expected, or is implied.
    pub(crate) identity: bool,
    /// Everything that was expected of what the statement says is proven.
    pub(crate) said: bool,
}

/// What ties the signature to a signer.
pub(crate) enum CertificateProofs<'p, 'a> {
    /// Signed with a bare key: the one that the person gave or that is built in, if any.
    KeySigned(Option<&'p ManagedKey>),
    /// Profile, path and times all held.
    Held { signer: &'p SignerCertificate, chain: &'p VerifiedChain<'a>, times: &'p VerifiedTimes },
    /// One of them did not.
    Missing,
}

impl VerifiedBundle {
    /// The second lock on the verdict. The findings say what happened; the proofs say what was established. Where the
    /// findings call for "verified" and a proof is missing, a check forgot to fail: that is a mistake of ours, and the
    /// verdict is then incomplete, never verified.
    pub(crate) fn assemble(by_findings: Verdict, proofs: &Proofs<'_, '_>) -> (Verdict, Option<Self>) {
        if !by_findings.is_verified() {
            return (by_findings, None);
        }
        match Self::from_proofs(proofs) {
            Some(verified) => (by_findings, Some(verified)),
            None => (Verdict::Incomplete, None),
        }
    }

    fn from_proofs(proofs: &Proofs<'_, '_>) -> Option<Self> {
        let signature = proofs.signature?;
        let key_is_built_in = matches!(&proofs.certificate, CertificateProofs::KeySigned(Some(key)) if key.built_in);
        let (name, claims, issuing_authority) = match &proofs.certificate {
            CertificateProofs::Held { signer, chain, times } => {
                debug_assert!(times.all().next().is_some(), "times are never empty");
                (Some(signer.name.clone()), Some(signer.claims.clone()), Some(chain.authority().name()))
            }
            CertificateProofs::KeySigned(Some(_)) => (None, None, None),
            CertificateProofs::KeySigned(None) | CertificateProofs::Missing => return None,
        };
        let lacks_log = proofs.required_logs > 0 && proofs.entries.is_empty();
        // Without an artifact the payload may be of another type than a statement (B-95).
        let lacks_statement = proofs.asked.statement && proofs.asked.subject && proofs.statement.is_none();
        let lacks_subject = proofs.asked.subject && proofs.subject.is_none();
        let lacks_identity = proofs.asked.identity && proofs.identity.is_none();
        if lacks_log || lacks_statement || lacks_subject || lacks_identity || !proofs.asked.said {
            return None;
        }
        Some(Self {
            scheme: signature.scheme(),
            times: proofs.times.cloned(),
            statement: proofs.statement.cloned(),
            predicate: proofs.predicate.cloned(),
            said: proofs.said.clone(),
            subject: proofs.subject.cloned(),
            identity: proofs.identity.cloned(),
            signer: name,
            key_is_built_in,
            claims,
            issuing_authority,
            instance: proofs.instance,
            logs: proofs.entries.iter().map(|entry| (entry.log().called(), entry.index())).collect(),
        })
    }

    /// How it was signed.
    #[must_use]
    pub const fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    /// When it was signed; `None` only for a key that may sign without a time (B-24).
    #[must_use]
    pub const fn times(&self) -> Option<&VerifiedTimes> {
        self.times.as_ref()
    }

    /// The signer's statement, if an envelope was signed.
    #[must_use]
    pub const fn statement(&self) -> Option<&AuthenticStatement> {
        self.statement.as_ref()
    }

    /// What the statement says, read by its type.
    #[must_use]
    pub const fn predicate(&self) -> Option<&ReadPredicate> {
        self.predicate.as_ref()
    }

    /// That nothing in the provenance contradicts the certificate, and something agrees; `None` where they could not be
    /// compared: nothing that the provenance says of itself is then more than a claim.
    #[must_use]
    pub const fn agreed(&self) -> Option<&AgreedProvenance> {
        self.said.agreed.as_ref()
    }

    /// The builder, where it may vouch for the build; `None`: no level above 1 (E-4).
    #[must_use]
    pub const fn builder(&self) -> Option<&TrustedBuilder> {
        self.said.builder.as_ref()
    }

    /// The source repository, where one was expected.
    #[must_use]
    pub const fn source(&self) -> Option<&MatchedSource> {
        self.said.source.as_ref()
    }

    /// The branch or tag, where one was expected.
    #[must_use]
    pub const fn source_ref(&self) -> Option<&MatchedRef> {
        self.said.source_ref.as_ref()
    }

    /// The workflow's inputs, where some were expected.
    #[must_use]
    pub const fn inputs(&self) -> Option<&MatchedInputs> {
        self.said.inputs.as_ref()
    }

    /// The trusted publisher, where one was expected.
    #[must_use]
    pub const fn publisher(&self) -> Option<&MatchedPublisher> {
        self.said.publisher.as_ref()
    }

    /// The package, where one was expected.
    #[must_use]
    pub const fn package(&self) -> Option<&MatchedPackage> {
        self.said.package.as_ref()
    }

    /// The verification summary, where something was expected of it.
    #[must_use]
    pub const fn summary(&self) -> Option<&AcceptedSummary> {
        self.said.summary.as_ref()
    }

    /// The digests that were expected among the subjects.
    #[must_use]
    pub const fn digests(&self) -> Option<&MatchedDigests> {
        self.said.digests.as_ref()
    }

    /// The artifact that was matched; `None` when the person waived it.
    #[must_use]
    pub const fn subject(&self) -> Option<&MatchedSubject> {
        self.subject.as_ref()
    }

    /// The identity that was matched; `None` when the person waived it or named a key.
    #[must_use]
    pub const fn identity(&self) -> Option<&MatchedIdentity> {
        self.identity.as_ref()
    }

    /// The same, where it names somebody: a pattern that strangers fit is a waiver, and so is a name without who vouches for it
    /// (B-6, C-3).
    #[must_use]
    pub fn named_identity(&self) -> Option<&MatchedIdentity> {
        self.identity().filter(|identity| *identity.names() == Names::Signer)
    }

    /// The name in the certificate, whether or not the person expected it; `None` for a key.
    #[must_use]
    pub const fn signer(&self) -> Option<&GeneralName> {
        self.signer.as_ref()
    }

    /// Whether the key that it was signed with is a registry's and came with this program. Nobody named its holder.
    #[must_use]
    pub const fn key_is_built_in(&self) -> bool {
        self.key_is_built_in
    }

    /// Whether `expected` names this signer, by the rules of the check `identity` (C-2, C-3, C-6). For evidence beside a
    /// bundle, which is verified without a question about its signer.
    #[must_use]
    pub fn is_by(&self, expected: &SignerPolicy) -> bool {
        let SignerPolicy::Certificate { identity, issuer } = expected else { return false };
        let (Some(name), Some(claims)) = (&self.signer, &self.claims) else { return false };
        identity::named(identity, issuer.as_ref(), name, claims) == Some(Names::Signer)
    }

    /// Which instance judged. A name that one instance gives out alone is that name only there (D-32).
    #[must_use]
    pub const fn instance(&self) -> Instance {
        self.instance
    }

    /// What the certificate authority vouches for; `None` for a key.
    #[must_use]
    pub const fn claims(&self) -> Option<&FulcioExtensions> {
        self.claims.as_ref()
    }

    /// The authority that issued the certificate.
    #[must_use]
    pub fn issuing_authority(&self) -> Option<&str> {
        self.issuing_authority.as_deref()
    }

    /// (log, index) of each entry that was proven.
    #[must_use]
    pub fn logs(&self) -> &[(String, u64)] {
        &self.logs
    }
}

impl Report {
    /// The bundle could not be read: everything else is blocked by that.
    pub(crate) fn unreadable(form: Finding) -> Self {
        Self::blocked(vec![form], BundleForm::CHECK)
    }

    /// No root to judge with: everything else is blocked by that.
    pub(crate) fn without_root(form: Finding, root: Finding) -> Self {
        Self::blocked(vec![form, root], trusted_root::TrustedRoot::CHECK)
    }

    fn blocked(known: Vec<Finding>, by: Check) -> Self {
        let findings: Vec<Finding> = CHECKS
            .iter()
            .map(|check| {
                known
                    .iter()
                    .find(|finding| finding.check == *check)
                    .cloned()
                    .unwrap_or_else(|| Finding::new(*check, Outcome::Blocked(by)))
            })
            .collect();
        Self {
            verdict: Verdict::of(&findings),
            findings,
            root: None,
            thresholds: None,
            signer_proven: false,
            times: Vec::new(),
            reading: Reading::default(),
            agreement: Vec::new(),
            verified: None,
        }
    }
}
