//! The checks of what a statement says against what is expected of it, together: their findings, and the proofs that the
//! second lock of the verdict asks for.

use crate::checks::agreement::{self, AgreedProvenance, AgreementRow, Reliance};
use crate::checks::builder::{self, TrustedBuilder};
use crate::checks::identity::Implied;
use crate::checks::package::{self, MatchedPackage};
use crate::checks::predicate::ReadPredicate;
use crate::checks::publisher::{self, MatchedPublisher};
use crate::checks::source::{self, MatchedSource};
use crate::checks::source_ref::{self, MatchedRef};
use crate::checks::subjects::{self, MatchedDigests};
use crate::checks::summary::{self, AcceptedSummary};
use crate::checks::workflow_inputs::{self, MatchedInputs};
use crate::finding::Finding;
use crate::policy::{Expectations, Policy, SignerPolicy};
use crate::signed_words::SignedWords;

/// What came out of comparing the statement with the expectations.
pub(crate) struct Said {
    pub(crate) findings: Vec<Finding>,
    /// Certificate and provenance side by side, whatever came out.
    pub(crate) rows: Vec<AgreementRow>,
    pub(crate) proofs: SaidProofs,
}

/// One proof a check; `None` where it was not asked or did not hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct SaidProofs {
    pub(crate) agreed: Option<AgreedProvenance>,
    pub(crate) builder: Option<TrustedBuilder>,
    pub(crate) source: Option<MatchedSource>,
    pub(crate) source_ref: Option<MatchedRef>,
    pub(crate) inputs: Option<MatchedInputs>,
    pub(crate) publisher: Option<MatchedPublisher>,
    pub(crate) package: Option<MatchedPackage>,
    pub(crate) summary: Option<AcceptedSummary>,
    pub(crate) digests: Option<MatchedDigests>,
}

#[inline(never)] // See checks/mod.rs.
pub(crate) fn run(policy: &Policy, evidence: &SignedWords<'_>) -> Said {
    let expectations = &policy.expectations;
    let compared = agreement::run(evidence, reliance(policy, evidence));
    let (builder_finding, builder) = builder::run(policy, evidence, &compared.finding, compared.proof.as_ref());
    let (source_finding, source) = source::run(expectations.source_uri.as_deref(), evidence);
    let (ref_finding, source_ref) = source_ref::run(expectations, evidence);
    let (inputs_finding, inputs) = workflow_inputs::run(&expectations.workflow_inputs, evidence);
    let (publisher_finding, publisher) = publisher::run(expectations.publisher.as_ref(), evidence);
    let (package_finding, package) = package::run(policy, evidence);
    let (summary_finding, summary) = summary::run(expectations, evidence);
    let (subjects_finding, digests) = subjects::run(expectations.subject_digests.as_deref(), evidence);
    Said {
        findings: vec![
            subjects_finding,
            compared.finding,
            source_finding,
            ref_finding,
            builder_finding,
            inputs_finding,
            publisher_finding,
            package_finding,
            summary_finding,
        ],
        rows: compared.rows,
        proofs: SaidProofs {
            agreed: compared.proof,
            builder,
            source,
            source_ref,
            inputs,
            publisher,
            package,
            summary,
            digests,
        },
    }
}

impl Said {
    /// What can say who the signer has to be.
    pub(crate) fn implied<'s>(&'s self, expectations: &'s Expectations) -> Implied<'s> {
        Implied {
            expectations,
            publisher: self.proofs.publisher.as_ref(),
            builder: self.proofs.builder.as_ref(),
            source: self.proofs.source.as_ref(),
        }
    }
}

impl SaidProofs {
    /// Whether there is a proof of everything that `policy` asks of the statement, whose predicate is `predicate`.
    pub(crate) fn cover(&self, policy: &Policy, predicate: Option<&ReadPredicate>) -> bool {
        let expectations = &policy.expectations;
        let is_proven = |is_asked: bool, is_proven: bool| !is_asked || is_proven;
        // B-101: of this very type, whatever the check said of it.
        let is_of_type = |expected: &String| predicate.is_some_and(|predicate| predicate.is_of(expected));
        is_proven(builder::is_asked(policy), self.builder.is_some())
            && is_proven(expectations.source_uri.is_some(), self.source.is_some())
            && is_proven(source_ref::is_asked(expectations), self.source_ref.is_some())
            && is_proven(!expectations.workflow_inputs.is_empty(), self.inputs.is_some())
            && is_proven(expectations.publisher.is_some(), self.publisher.is_some())
            && is_proven(package::is_asked(expectations), self.package.is_some())
            && is_proven(summary::is_asked(expectations), self.summary.is_some())
            && is_proven(expectations.subject_digests.is_some(), self.digests.is_some())
            && expectations.predicate_type.as_ref().is_none_or(is_of_type)
    }
}

/// Whether anything rests on the provenance beside the word of the signer whom the person named.
fn reliance(policy: &Policy, evidence: &SignedWords<'_>) -> Reliance {
    let expectations = &policy.expectations;
    let is_source_asked = expectations.source_uri.is_some()
        || source_ref::is_asked(expectations)
        || !expectations.workflow_inputs.is_empty();
    let is_certificate = matches!(policy.signer, SignerPolicy::Certificate { .. });
    if is_certificate && !is_source_asked && expectations.builder_id.is_none() && evidence.is_named_by(&policy.signer) {
        Reliance::SignerNamed
    } else {
        Reliance::Full
    }
}

#[cfg(test)]
mod tests {
    use touchstone_formats::statement::Statement;

    use super::*;

    const TYPE: &str = "https://in-toto.io/attestation/scai/v0.3";

    /// What the check makes of a statement when nobody asks for its type.
    fn read(predicate_type: &str) -> Option<ReadPredicate> {
        let text = format!(
            r#"{{"_type":"https://in-toto.io/Statement/v1","subject":[{{"digest":{{"sha256":"{}"}}}}],
            "predicateType":"{predicate_type}","predicate":{{}}}}"#,
            "0".repeat(64)
        );
        ReadPredicate::for_test(Statement::parse(text.as_bytes()).ok()?)
    }

    fn asking(predicate_type: Option<&str>) -> Policy {
        let expectations =
            Expectations { predicate_type: predicate_type.map(str::to_owned), ..Expectations::default() };
        Policy { expectations, ..Policy::default() }
    }

    /// B-101: the second lock asks for the type itself. A check of the predicate that forgot to compare is no pass.
    #[test]
    fn a_predicate_of_another_type_proves_nothing_about_the_expected_one() {
        let proofs = SaidProofs::default();
        let other = read("https://example.org/other/v1");
        assert!(other.is_some());
        assert!(proofs.cover(&asking(None), None), "nothing was asked");
        assert!(proofs.cover(&asking(Some("https://example.org/other/v1")), other.as_ref()));
        assert!(!proofs.cover(&asking(Some(TYPE)), other.as_ref()), "another type was taken for the expected one");
        assert!(!proofs.cover(&asking(Some(TYPE)), None), "no predicate was taken for the expected one");
    }
}
