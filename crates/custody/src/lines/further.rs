//! What is said by statements that decide nothing: tests, steps, attributes, scans, traces, references (E-52).

use std::collections::BTreeSet;

use touchstone_formats::predicate::release::PolicyPublish;
use touchstone_formats::predicate::{Link, RuntimeTrace, ScaiAttribute, TestResult, VexStatement, VulnerabilityScan};
use touchstone_formats::resource::ResourceDescriptor;

use super::Rows;
use crate::chain::Chain;
use crate::limits::MAX_NAMES_SHOWN;

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn test_result(rows: &mut Rows, said: &TestResult) {
    rows.push("Result", &said.result);
    rows.names("Passed", &said.passed_tests);
    rows.names("Passed with a warning", &said.warned_tests);
    rows.names("Not passed", &said.failed_tests);
    rows.names("Configuration", &said.configuration.iter().map(named).collect::<Vec<_>>());
    rows.push("Address of the results", said.url.as_deref().unwrap_or_default());
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn link(rows: &mut Rows, said: &Link) {
    rows.push("Step", &said.name);
    rows.push("Command", &said.command.join(" "));
    rows.names("Materials", &said.materials.iter().map(named).collect::<Vec<_>>());
    for (name, value) in said.byproducts.iter().take(MAX_NAMES_SHOWN) {
        rows.push(name, value);
    }
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn scai(rows: &mut Rows, said: &[ScaiAttribute]) {
    for attribute in said.iter().take(MAX_NAMES_SHOWN) {
        rows.push("Attribute", &attribute.attribute);
        rows.push("Of", &attribute.target.as_ref().map(named).unwrap_or_default());
        rows.push("Evidence that it names", &attribute.evidence.as_ref().map(named).unwrap_or_default());
    }
    rows.more("Attributes", said.len());
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn vulnerability_scan(rows: &mut Rows, said: &VulnerabilityScan) {
    rows.push("Scanner", format!("{} {}", said.scanner, said.version.as_deref().unwrap_or_default()).trim());
    rows.push("Finished at, as claimed", said.finished_on.as_deref().unwrap_or_default());
    let found = said.results.iter().map(|(id, severity)| match severity.trim() {
        "" => id.clone(),
        severity => format!("{id} ({severity})"),
    });
    rows.names("Found", &found.collect::<Vec<_>>());
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn open_vex(rows: &mut Rows, said: &[VexStatement]) {
    for one in said.iter().take(MAX_NAMES_SHOWN) {
        let reason = one.justification.iter().cloned();
        let parts = core::iter::once(one.status.clone()).chain(reason).chain(one.products.iter().take(1).cloned());
        rows.push(&one.vulnerability, &parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "));
    }
    rows.more("Statements", said.len());
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn runtime_trace(rows: &mut Rows, said: &RuntimeTrace) {
    rows.push("Monitor", &said.monitor);
    rows.names("Logged", &said.logs.iter().map(|(kind, count)| format!("{kind} ({count})")).collect::<Vec<_>>());
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn policy_publish(rows: &mut Rows, said: &PolicyPublish) {
    let text = |key: &str| said.package.as_ref().and_then(|package| package.get(key)?.as_str()).unwrap_or_default();
    rows.push("Package", text("name"));
    rows.push("Version", text("version"));
    rows.push("Registry", text("registry"));
    rows.push("Build level, as claimed", &said.build_level.map(|level| level.to_string()).unwrap_or_default());
    rows.push("Decided at, as claimed", &said.creation_time);
}

/// E-52: a reference points at documents by digest; those whose very bytes are at hand are named.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn references(rows: &mut Rows, chain: &Chain<'_, '_>, said: &[ResourceDescriptor]) {
    let mut missing = Vec::new();
    let mut at_hand = Vec::new();
    let mut seen = BTreeSet::new();
    for (listed, found) in chain.at_hand(said) {
        match found.and_then(|(_, index)| chain.get(index)) {
            Some(one) if seen.insert(one.index) => at_hand.push(one.name.to_owned()),
            Some(_) => {}
            None => missing.push(named(listed)),
        }
    }
    rows.names("Points at, at hand", &at_hand);
    rows.names("Points at, not at hand", &missing);
}

/// What a descriptor calls the thing: its name, else its address, else its first digest (E-2).
fn named(descriptor: &ResourceDescriptor) -> String {
    let digest = || descriptor.digests.first().map(|digest| format!("{}:{}", digest.algorithm, digest.value));
    descriptor.name.clone().or_else(|| descriptor.uri.clone()).or_else(digest).unwrap_or_default()
}
