//! What an expectation about the statement can be measured against: the signer's words, who stands behind them, and why
//! there may be none.

use touchstone_formats::predicate::Predicate;
use touchstone_formats::predicate::slsa::Provenance;
use touchstone_formats::statement::Statement as Parsed;

use crate::check::Check;
use crate::checks::chain::{Chain, VerifiedChain};
use crate::checks::identity::{self, Names};
use crate::checks::key::Key;
use crate::checks::predicate::{Predicate as PredicateCheck, ReadPredicate};
use crate::checks::profile::{Profile, SignerCertificate};
use crate::checks::statement::{AuthenticStatement, Statement};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};
use crate::policy::{SignerPolicy, TextMatch};
use crate::stated_source::{self, SourceTrack};

/// Where the statement is in the input.
pub(crate) const PAYLOAD: &str = "$.dsseEnvelope.payload";

/// Who stands behind the statement's words, proven.
#[derive(Clone, Copy)]
pub(crate) enum Voucher<'p> {
    /// A certificate whose profile and path held.
    Certificate(&'p SignerCertificate),
    /// The key that the person gave.
    Key,
}

impl<'p> Voucher<'p> {
    /// From the proofs; without them, the check that stopped it.
    pub(crate) fn from_proofs(
        has_certificate: bool,
        signer: Option<&'p SignerCertificate>,
        chain: Option<&VerifiedChain<'_>>,
        key_is_given: bool,
    ) -> Result<Self, Check> {
        match (has_certificate, signer, chain) {
            (true, None, _) => Err(Profile::CHECK),
            (true, Some(_), None) => Err(Chain::CHECK),
            (true, Some(signer), Some(_)) => Ok(Self::Certificate(signer)),
            (false, ..) if key_is_given => Ok(Self::Key),
            (false, ..) => Err(Key::CHECK),
        }
    }
}

/// The signer's words and who stands behind them.
#[derive(Clone, Copy)]
pub(crate) struct SignedWords<'p> {
    /// Who stands behind them; else the check that stopped it.
    pub(crate) voucher: Result<Voucher<'p>, Check>,
    /// The statement, if the signature over it holds.
    pub(crate) statement: Option<&'p AuthenticStatement>,
    /// Its predicate, if it could be read.
    pub(crate) predicate: Option<&'p ReadPredicate>,
    /// What came out of reading the statement.
    pub(crate) statement_finding: &'p Finding,
    /// What came out of reading the predicate.
    pub(crate) predicate_finding: &'p Finding,
    /// Where the certificate or key is in the input.
    pub(crate) key_place: &'p str,
    /// Whether the registry's own statement about the package comes with it, and verifies (G-17).
    pub(crate) registry_speaks: bool,
}

impl<'p> SignedWords<'p> {
    /// Whether `expected` names whoever says this in particular: not whoever comes, and not one of many whom a pattern fits (B-6).
    pub(crate) fn is_named_by(&self, expected: &SignerPolicy) -> bool {
        match expected {
            SignerPolicy::Anybody(_) => false,
            // A name that is written out is one signer's. Where it is another's, or nobody vouches, nothing passes anyway.
            SignerPolicy::Certificate { identity: TextMatch::Pattern(_), .. } => self.is_named_by_pattern(expected),
            _ => true,
        }
    }

    #[inline(never)] // Patterns are not for the widget's first module.
    fn is_named_by_pattern(&self, expected: &SignerPolicy) -> bool {
        match (expected, self.voucher) {
            (SignerPolicy::Certificate { identity, issuer }, Ok(Voucher::Certificate(signer))) => {
                // Who vouches for the name is another question.
                identity::named(identity, issuer.as_ref(), &signer.name, &signer.claims)
                    .is_some_and(|names| !matches!(names, Names::Strangers(_) | Names::Untried))
            }
            _ => false,
        }
    }

    /// The statement that an expectation is measured against. Where there is none because none was signed or read, the
    /// expectation is not met: `cause` with what was `expected`.
    pub(crate) fn statement(&self, cause: Cause, expected: &str) -> Result<&'p Parsed, Outcome> {
        if let Some(statement) = self.statement {
            return Ok(statement.statement());
        }
        Err(match &self.statement_finding.outcome {
            Outcome::Failed(_) | Outcome::Blocked(_) => Outcome::Blocked(Statement::CHECK),
            Outcome::Waived(_) => absent(cause, expected, "the statement is not read, on purpose"),
            _ => absent(cause, expected, "no statement was signed"),
        })
    }

    /// The predicate that an expectation is measured against, with who stands behind it.
    pub(crate) fn predicate(
        &self,
        cause: Cause,
        expected: &str,
    ) -> Result<(&'p Predicate, &'p Parsed, Voucher<'p>), Outcome> {
        let statement = self.statement(cause, expected)?;
        let predicate = self.predicate.ok_or(Outcome::Blocked(PredicateCheck::CHECK))?;
        let voucher = self.voucher.map_err(Outcome::Blocked)?;
        Ok((predicate.predicate(), statement, voucher))
    }

    /// The provenance that an expectation is measured against, with who stands behind it.
    pub(crate) fn provenance(
        &self,
        cause: Cause,
        expected: &str,
    ) -> Result<(&'p Provenance, &'p Parsed, Voucher<'p>), Outcome> {
        let (predicate, statement, voucher) = self.predicate(cause, expected)?;
        match predicate {
            Predicate::Provenance(provenance) => Ok((provenance, statement, voucher)),
            _ => Err(absent(cause, expected, &format!("no provenance, but {}", statement.predicate_type))),
        }
    }

    /// Refuses what cannot be read: it cannot be compared, and may say something else.
    pub(crate) fn is_read(&self) -> Result<(), Outcome> {
        let is_unreadable = |finding: &Finding| matches!(finding.outcome, Outcome::Failed(_) | Outcome::Blocked(_));
        if is_unreadable(self.statement_finding) {
            return Err(Outcome::Blocked(self.statement_finding.check));
        }
        if is_unreadable(self.predicate_finding) {
            return Err(Outcome::Blocked(PredicateCheck::CHECK));
        }
        Ok(())
    }

    /// What the statement says its source is, where it is one of the source track (E-46, E-47).
    pub(crate) fn source_track(&self) -> Option<SourceTrack> {
        stated_source::source_track(self.predicate?.predicate(), self.statement?.statement())
    }

    /// The provenance, if one was signed and could be read; whether it is expected or not.
    pub(crate) fn provenance_at_hand(&self) -> Option<&'p Provenance> {
        match self.predicate?.predicate() {
            Predicate::Provenance(provenance) => Some(provenance),
            _ => None,
        }
    }
}

/// Something expected that the evidence does not say.
pub(crate) fn absent(cause: Cause, expected: &str, found: &str) -> Outcome {
    Outcome::Failed(Failure::new(cause, expected, found, PAYLOAD))
}

/// A place in the statement.
pub(crate) fn in_statement(path: &str) -> String {
    format!("{PAYLOAD}:{path}")
}

/// A judged expectation as finding and proof.
pub(crate) fn concluded<P>(check: Check, judged: Result<(String, P), Outcome>) -> (Finding, Option<P>) {
    match judged {
        Ok((said, proof)) => (Finding::new(check, Outcome::Passed(said)), Some(proof)),
        Err(outcome) => (Finding::new(check, outcome), None),
    }
}
