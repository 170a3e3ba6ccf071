//! The corpus, natively: every case of the kinds that are verified today, and the bulk files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use touchstone_tests::corpus::{Expectations, Expected, read_manifest};
use touchstone_tests::corpus_folder;

const KINDS: [&str; 2] = ["sigstore-bundle", "gh-attestation"];

/// The cases themselves run in `cargo xtask corpus`, which `cargo xtask test` calls; here stands that none of them can be
/// right by accident.
#[test]
fn every_case_that_must_be_rejected_names_the_check_it_is_about() {
    let Some(folder) = corpus_folder() else { return };
    let expectations = Expectations::read().0;
    let failing: BTreeSet<String> = read_manifest(&folder)
        .into_iter()
        .filter(|case| KINDS.contains(&case.kind.as_str()) && case.expected == Expected::Fail)
        .map(|case| case.id)
        .collect();
    let without: Vec<&String> = failing.iter().filter(|id| !expectations.contains_key(*id)).collect();
    assert!(without.is_empty(), "no entry in corpus-expectations.json for {without:?}");
    assert!(failing.len() > 50, "only {} cases must be rejected", failing.len());
}

#[test]
fn an_expectation_names_few_checks() {
    for (id, expectation) in Expectations::read().0 {
        assert!((1..=5).contains(&expectation.checks.len()), "{id}");
        assert!(!expectation.about.is_empty(), "{id}");
    }
}
