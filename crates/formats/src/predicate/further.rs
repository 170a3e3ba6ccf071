//! Predicates that are shown and decide nothing: tests, links, attributes, vulnerabilities, traces, references (E-52).

use super::read::Reader;
use super::{Link, PredicateError, RuntimeTrace, ScaiAttribute, TestResult, VexStatement, VulnerabilityScan};
use crate::field::{Field, FieldError, Object};
use crate::json::{Number, Value};
use crate::limits::{MAX_DESCRIPTORS, MAX_NAMES};
use crate::resource::ResourceDescriptor;

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn test_result(predicate: &Field<'_>) -> Result<TestResult, PredicateError> {
    let root = predicate.object()?;
    Ok(TestResult {
        result: root.required_text("result")?,
        configuration: Reader::default().descriptors(&root, "configuration")?,
        url: root.text("url")?,
        passed_tests: root.texts("passedTests", MAX_NAMES)?,
        warned_tests: root.texts("warnedTests", MAX_NAMES)?,
        failed_tests: root.texts("failedTests", MAX_NAMES)?,
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn link(predicate: &Field<'_>) -> Result<Link, PredicateError> {
    let root = predicate.object()?;
    let mut byproducts = Vec::new();
    if let Some(field) = root.get("byproducts") {
        for (key, field) in field.object()?.capped(MAX_NAMES)?.members() {
            byproducts.push((key.to_owned(), shown(field.value())));
        }
    }
    Ok(Link {
        name: root.required_text("name")?,
        command: root.texts("command", MAX_NAMES)?,
        materials: Reader::default().descriptors(&root, "materials")?,
        byproducts,
    })
}

/// A scalar as text, and of everything else what it is.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Number(Number::Unsigned(number)) => number.to_string(),
        Value::Number(Number::Negative(number)) => number.to_string(),
        Value::Number(Number::Other(number)) => number.to_string(),
        other => other.kind().to_owned(),
    }
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn scai(predicate: &Field<'_>) -> Result<Vec<ScaiAttribute>, PredicateError> {
    let fields = predicate.object()?.required("attributes")?.array(MAX_DESCRIPTORS)?;
    let mut reader = Reader::default();
    let mut attributes = Vec::with_capacity(fields.len());
    for field in &fields {
        let object = field.object()?;
        let mut described =
            |key: &str| object.get(key).map(|field| ResourceDescriptor::read(&field, &mut reader.unknown)).transpose();
        attributes.push(ScaiAttribute {
            attribute: object.required_text("attribute")?,
            target: described("target")?,
            evidence: described("evidence")?,
        });
    }
    Ok(attributes)
}

/// in-toto's v0.1 and v0.2. A result is `{id, severity[]}`; v0.1's text nests it in `vulnerability`, its producers do not.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn vulnerabilities(predicate: &Field<'_>) -> Result<VulnerabilityScan, PredicateError> {
    let root = predicate.object()?;
    let scanner = root.required("scanner")?.object()?;
    let mut results = Vec::new();
    for field in scanner.list("result", MAX_DESCRIPTORS)? {
        let outer = field.object()?;
        let result = outer.get("vulnerability").map_or_else(|| Ok(outer.clone()), |field| field.object())?;
        let severities = result.list("severity", MAX_NAMES)?;
        let severities: Vec<_> = severities.iter().map(severity).collect::<Result<_, _>>()?;
        results.push((result.required_text("id")?, severities.join(", ")));
    }
    scan(&root, &scanner, results)
}

fn severity(field: &Field<'_>) -> Result<String, FieldError> {
    let severity = field.object()?;
    Ok(format!("{} {}", severity.string_or_empty("method")?, severity.string_or_empty("score")?))
}

/// cosign's: the result is what the scanner wrote, in its own format, and is not interpreted.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn cosign_vulnerabilities(predicate: &Field<'_>) -> Result<VulnerabilityScan, PredicateError> {
    let root = predicate.object()?;
    let scanner = root.required("scanner")?.object()?;
    scan(&root, &scanner, Vec::new())
}

fn scan(
    root: &Object<'_>,
    scanner: &Object<'_>,
    results: Vec<(String, String)>,
) -> Result<VulnerabilityScan, PredicateError> {
    let metadata = root.get("metadata").map(|field| field.object()).transpose()?;
    let finished_on = metadata.map_or(Ok(None), |metadata| metadata.text("scanFinishedOn"))?;
    Ok(VulnerabilityScan {
        scanner: scanner.required_text("uri")?,
        version: scanner.text("version")?,
        finished_on,
        results,
    })
}

/// `statements` may be absent: a document that says nothing yet.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn open_vex(predicate: &Field<'_>) -> Result<Vec<VexStatement>, PredicateError> {
    // Signed documents without any are about (the corpus has one): they say nothing, and are not refused.
    let fields = predicate.object()?.list("statements", MAX_DESCRIPTORS)?;
    let mut statements = Vec::with_capacity(fields.len());
    for field in &fields {
        let object = field.object()?;
        let products = object.list("products", MAX_DESCRIPTORS)?;
        statements.push(VexStatement {
            vulnerability: vulnerability(&object.required("vulnerability")?)?,
            status: object.required("status")?.name("a status of OpenVEX", status)?,
            products: products.iter().map(|field| identified(field, &["@id"])).collect::<Result<_, _>>()?,
            justification: object.text("justification")?,
        });
    }
    Ok(statements)
}

fn vulnerability(field: &Field<'_>) -> Result<String, FieldError> {
    match identified(field, &["name", "@id"])? {
        name if name.is_empty() => Err(FieldError::Missing { path: field.path().member("name") }),
        name => Ok(name),
    }
}

fn status(text: &str) -> Option<String> {
    matches!(text, "not_affected" | "affected" | "fixed" | "under_investigation").then(|| text.to_owned())
}

/// A text, or in later versions an object that holds it under one of `keys`; the first that is there. An object without
/// any, as a product that is told by its hashes alone, is empty.
fn identified(field: &Field<'_>, keys: &[&str]) -> Result<String, FieldError> {
    if field.value().as_str().is_some() {
        return Ok(field.filled_string()?.to_owned());
    }
    let object = field.object()?;
    for key in keys {
        if let Some(text) = object.text(key)? {
            return Ok(text);
        }
    }
    Ok(String::new())
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn runtime_trace(predicate: &Field<'_>) -> Result<RuntimeTrace, PredicateError> {
    let root = predicate.object()?;
    let log = root.required("monitorLog")?.object()?.capped(MAX_NAMES)?;
    let mut logs = Vec::new();
    for (key, field) in log.members() {
        if *field.value() != Value::Null {
            logs.push((key.to_owned(), field.array(MAX_DESCRIPTORS)?.len()));
        }
    }
    Ok(RuntimeTrace { monitor: root.required("monitor")?.object()?.required_text("type")?, logs })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn references(predicate: &Field<'_>) -> Result<Vec<ResourceDescriptor>, PredicateError> {
    let root = predicate.object()?;
    root.required("references")?;
    Ok(Reader::default().things(&root, "references")?)
}
