//! The corpus, natively: every case of the kinds that are verified today, and the bulk files.

use std::collections::BTreeSet;

use touchstone_tests::corpus::{Expectations, Expected, VERIFIED_KINDS, read_manifest};
use touchstone_tests::corpus_folder;

/// What the tests of the projects that the cases come from call the failure, and the checks of ours that tell it. Where they
/// stop at a first general error, ours say which of its parts it is.
const NAMED: [(&str, &[&str]); 29] = [
    ("ErrDSSEInvalidSignatureCount", &["bundle-form"]),
    ("ErrorEmptyRequiredField", &["subjects"]),
    ("ErrorInvalidBuilderID", &["builder"]),
    ("ErrorInvalidDssePayload", &["bundle-form", "signature"]),
    ("ErrorInvalidRef", &["source-ref"]),
    ("ErrorInvalidRekorEntry", &["inclusion-promise"]),
    ("ErrorInvalidSignature", &["signature", "wrapper"]),
    ("ErrorMismatchBranch", &["source-ref"]),
    ("ErrorMismatchBuilderID", &["builder"]),
    ("ErrorMismatchHash", &["artifact", "wrapper"]),
    ("ErrorMismatchIntoto", &["wrapper"]),
    ("ErrorMismatchPackageName", &["package"]),
    ("ErrorMismatchPackageVersion", &["package"]),
    ("ErrorMismatchSource", &["source"]),
    ("ErrorMismatchTag", &["source-ref"]),
    ("ErrorMismatchVerifiedLevels", &["summary"]),
    ("ErrorMismatchVerifierID", &["summary"]),
    ("ErrorMismatchVersionedTag", &["source-ref"]),
    ("ErrorMismatchWorkflowInputs", &["workflow-inputs"]),
    ("ErrorNoValidSignature", &["signature", "key", "bundle-form"]),
    ("ErrorNotSupported", &["builder"]),
    // Nothing is asked of a log's search here: its entry is not in the file.
    ("ErrorRekorSearch", &["logged"]),
    ("ErrorUntrustedReusableWorkflow", &["builder", "identity"]),
    ("ErrorVerifierNotSupported", &["builder"]),
    ("TIMESTAMP_ERROR", &["signing-time", "timestamps"]),
    ("TLOG_ERROR", &["logged"]),
    ("TLOG_MISSING_INCLUSION_ERROR", &["inclusion-promise", "logged"]),
    ("errrorInvalidAttestations", &["wrapper"]),
    ("unsupported bundle version", &["bundle-form"]),
];

/// The cases themselves run in `cargo xtask corpus`, which `cargo xtask test` calls; here stands that none of them can be
/// right by accident.
#[test]
fn every_case_that_must_be_rejected_names_the_check_it_is_about() {
    let Some(folder) = corpus_folder() else { return };
    let expectations = Expectations::read().0;
    let failing: BTreeSet<String> = read_manifest(&folder)
        .into_iter()
        .filter(|case| VERIFIED_KINDS.contains(&case.kind.as_str()) && case.expected == Expected::Fail)
        .map(|case| case.id)
        .collect();
    let without: Vec<&String> = failing.iter().filter(|id| !expectations.contains_key(*id)).collect();
    assert!(without.is_empty(), "no entry in corpus-expectations.json for {without:?}");
    assert!(failing.len() > 150, "only {} cases must be rejected", failing.len());
}

/// A rejection is right by what the case's own project says is wrong with it (`expect_error`).
#[test]
fn an_expectation_is_about_the_failure_that_the_case_names() {
    let Some(folder) = corpus_folder() else { return };
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let cases = manifest.as_array().or_else(|| manifest["cases"].as_array()).unwrap();
    let expectations = Expectations::read().0;
    let mut named = 0;
    for case in cases.iter().filter(|case| case["expect"] == "fail") {
        let error = case["policy"]["expect_error"].as_str().or(case["expect_error"].as_str());
        let (Some(error), Some(expectation)) = (error, case["id"].as_str().and_then(|id| expectations.get(id))) else {
            continue;
        };
        let (_, checks) = NAMED.iter().find(|(name, _)| *name == error).expect(error);
        assert!(expectation.checks.iter().any(|check| checks.contains(&check.as_str())), "{}: {error}", case["id"]);
        named += 1;
    }
    assert!(named > 70, "only {named} cases name their failure");
}

#[test]
fn an_expectation_names_few_checks() {
    for (id, expectation) in Expectations::read().0 {
        assert!((1..=5).contains(&expectation.checks.len()), "{id}");
        assert!(!expectation.about.is_empty(), "{id}");
    }
}
