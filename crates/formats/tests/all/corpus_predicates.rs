//! The predicates and bills of materials of real inputs: none of a known type may be refused, unless that is what the
//! case is about.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use touchstone_formats::dsse::Envelope;
use touchstone_formats::json::{self, Limits, Value};
use touchstone_formats::predicate::{self, Predicate};
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::Statement;
use touchstone_formats::{Fault, base64};

const LIMITS: Limits = Limits { bytes: 128 << 20, depth: 100, nodes: 20_000_000 };

/// The corpus, or a line that says that it is absent.
fn corpus() -> Option<PathBuf> {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = std::env::var_os("TOUCHSTONE_CORPUS").map_or_else(default, PathBuf::from);
    if folder.join("manifest.json").is_file() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus at {}", folder.display());
    None
}

/// Every file below `folder`, in order.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// A file's documents: the whole as JSON, or each of its lines.
fn documents(path: &Path) -> Vec<Value> {
    let mut bytes = std::fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut text = Vec::new();
        if flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut text).is_ok() {
            bytes = text;
        }
    }
    match json::parse(&bytes, LIMITS) {
        Ok(value) => vec![value],
        Err(_) => bytes.split(|byte| *byte == b'\n').filter_map(|line| json::parse(line, LIMITS).ok()).collect(),
    }
}

/// Every statement in a document: payloads of envelopes, PEP 740 statements, statements as they are.
fn statements(value: &Value, found: &mut Vec<Vec<u8>>) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| statements(element, found)),
        Value::Object(members) => {
            for key in ["payload", "statement"] {
                let payload = value.get(key).and_then(Value::as_str).and_then(|text| base64::decode(text).ok());
                found.extend(payload);
            }
            members.iter().for_each(|(_, member)| statements(member, found));
        }
        _ => {}
    }
}

/// Files whose predicates are refused, and what the refusal is: each has to be listed.
const REFUSED: &[(&str, &str, &str)] = &[
    // Unsigned, and a case of "parses" alone: it parses as a statement. A provenance without a build type says nothing
    // that could be compared (E-1).
    (
        "components/doc-guac-oci-kubectl-linux-amd64-in-toto/oci-kubectl-linux-amd64-in-toto.json",
        "field-missing",
        "$.predicate.buildType",
    ),
];

#[test]
fn no_predicate_of_a_known_type_is_refused() {
    let Some(folder) = corpus() else { return };
    let mut paths = Vec::new();
    for part in ["files", "components", "bulk"] {
        files(&folder.join(part), &mut paths);
    }
    let (mut refused, mut read, mut unread) = (Vec::new(), BTreeMap::<String, usize>::new(), 0);
    let (mut claims, mut unknown) = (0, 0);
    for path in paths.iter().filter(|path| path.metadata().unwrap().len() < 30_000_000) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let mut payloads = Vec::new();
        let documents = documents(path);
        documents.iter().for_each(|document| statements(document, &mut payloads));
        if documents.len() == 1 && documents[0].get("predicateType").is_some() {
            payloads.push(std::fs::read(path).unwrap());
        }
        for payload in payloads {
            let statement = match Statement::parse(&payload) {
                Ok(statement) => statement,
                Err(error) => {
                    eprintln!("      no statement in {name}: {error}");
                    unread += 1;
                    continue;
                }
            };
            match predicate::read(&statement) {
                Ok(Predicate::Unknown) => unknown += 1,
                Ok(predicate) => {
                    if let Predicate::Provenance(provenance) = &predicate
                        && let Some(found) = provenance.claims().unwrap_or_else(|error| panic!("{name}: {error}"))
                    {
                        assert!(!found.commits.is_empty() && found.trigger.is_some(), "{name}: {found:?}");
                        claims += 1;
                    }
                    *read.entry(statement.predicate_type.clone()).or_default() += 1;
                }
                Err(error) => refused.push((name.clone(), error.code(), error.path().unwrap_or_default())),
            }
        }
    }
    refused.dedup();
    for (predicate_type, count) in &read {
        eprintln!("{count:>5} {predicate_type}");
    }
    eprintln!(
        "{unknown:>5} of unknown types; {claims} provenances with claims; {unread} payloads that are no statement"
    );
    let found: Vec<_> = refused.iter().map(|(name, code, path)| (name.as_str(), *code, path.as_str())).collect();
    assert_eq!(found, REFUSED);
    assert!(read.len() >= 14 && read.values().sum::<usize>() > 700 && claims > 50, "{read:?} {claims}");
}

/// What a document of the corpus is read as, by whichever reader takes it.
fn read_document(bytes: &[u8]) -> Option<&'static str> {
    if Sbom::parse(bytes).is_ok() {
        Some("bill of materials")
    } else if Statement::parse(bytes).is_ok() {
        Some("statement")
    } else if let Ok(envelope) = Envelope::parse(bytes) {
        Statement::parse(&envelope.payload).ok().map(|_| "envelope")
    } else {
        None
    }
}

#[test]
fn documents_are_read_or_refused_as_the_corpus_says() {
    let Some(folder) = corpus() else { return };
    let index = json::parse(&std::fs::read(folder.join("components.json")).unwrap(), LIMITS).unwrap();
    let text = |case: &Value, key: &str| case.get(key).and_then(Value::as_str).unwrap().to_owned();
    let (mut passed, mut failed) = (Vec::new(), Vec::new());
    for case in index.as_array().unwrap() {
        if text(case, "kind") != "document" {
            continue;
        }
        let id = text(case, "id");
        let bytes = std::fs::read(folder.join(text(case.get("files").unwrap(), "document"))).unwrap();
        let read = read_document(&bytes);
        if text(case, "expect") == "pass" {
            // GUAC's own list of what it ingested, which is JSON of its own and no format of anybody else.
            assert!(read.is_some() || id == "doc-guac-ingest_predicates", "{id}: {:?}", Sbom::parse(&bytes).err());
            passed.push((id, read));
        } else {
            assert_eq!(read, None, "{id}");
            failed.push((id, Sbom::parse(&bytes).unwrap_err().code()));
        }
    }
    let due = [
        ("doc-guac-invalid-spdx", "field-wrong-type"),
        ("doc-guac-invalid-spdx-identifier-spdx", "sbom-identifier"),
        ("doc-guac-invalid-cyclonedx", "sbom-unknown-version"),
        ("doc-guac-invalid-scorecard", "sbom-unknown-format"),
    ];
    assert_eq!(failed, due.map(|(id, code)| (id.to_owned(), code)));
    assert_eq!(passed.len(), 12, "{passed:#?}");
    eprintln!("{} documents read, {} refused", passed.len(), failed.len());
}
