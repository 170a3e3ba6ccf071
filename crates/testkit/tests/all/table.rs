//! The table keeps its own promises: unique names, known checks, the same bytes every time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use touchstone_testkit::keys::Hash;
use touchstone_testkit::{Expect, Row, good, table};

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(table);

/// Ids of the checks that a row may expect to fail.
const CHECKS: [&str; 31] = [
    "bundle-form",
    "trusted-root",
    "entry-binding",
    "inclusion-promise",
    "checkpoint",
    "inclusion-proof",
    "witnesses",
    "logged",
    "timestamps",
    "signing-time",
    "chain",
    "profile",
    "sct",
    "signature",
    "statement",
    "artifact",
    "identity",
    "key",
    "extensions",
    "predicate",
    "subjects",
    "agreement",
    "source",
    "source-ref",
    "builder",
    "workflow-inputs",
    "publisher",
    "package",
    "summary",
    "wrapper",
    "good",
];

#[test]
fn names_are_unique_and_each_check_has_rows() {
    let rows = &ROWS;
    let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len(), "two rows of one name");
    let mut per_check: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter() {
        let check = match row.expect {
            Expect::Verified => "good",
            Expect::Incomplete | Expect::RejectedTogether(_) => continue,
            Expect::Rejected { check, .. } => check,
        };
        assert!(CHECKS.contains(&check), "{}: no check {check}", row.name);
        assert!(!row.rule.is_empty(), "{}: no rule", row.name);
        *per_check.entry(check).or_default() += 1;
    }
    assert_eq!(per_check.len(), CHECKS.len(), "{per_check:?}");
}

#[test]
fn the_same_bytes_every_time() {
    for (first, second) in ROWS.iter().zip(table()) {
        assert_eq!(first.case, second.case, "{}", first.name);
    }
}

#[test]
fn no_two_rows_ask_the_same() {
    let mut seen: BTreeMap<Vec<u8>, &str> = BTreeMap::new();
    for row in ROWS.iter() {
        let whole = [
            row.case.bundle.clone(),
            row.case.trusted_root.clone(),
            row.case.artifact.clone(),
            format!("{:?}", row.policy).into_bytes(),
        ]
        .concat();
        if let Some(other) = seen.insert(whole, row.name) {
            panic!("{} and {other} are the same case", row.name);
        }
    }
}

/// A change that changes nothing would make a row that no verifier can reject.
#[test]
fn every_rejected_row_differs_from_the_good_bundle() {
    let good = good();
    let policy = touchstone_testkit::PolicyKnobs::default();
    for row in ROWS.iter().filter(|row| matches!(row.expect, Expect::Rejected { .. })) {
        let same = row.case.bundle == good.bundle && row.case.trusted_root == good.trusted_root && row.policy == policy;
        assert!(!same, "{} is the good bundle", row.name);
    }
}

/// Keys, signatures and times are the same in another process, on another machine, tomorrow.
#[test]
fn the_same_bytes_everywhere() {
    let bytes = [good().bundle, good().trusted_root].concat();
    let digest = touchstone_testkit::encoding::hex(&Hash::Sha256.of(&bytes));
    assert_eq!(
        digest, "fce23ef164a53fd98d434e391308ac78408a32e73bf765d43f2eccc83fdd9500",
        "a change to the kit changed the good bundle: on purpose?"
    );
}
