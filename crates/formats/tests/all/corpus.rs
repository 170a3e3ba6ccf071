//! Real inputs: whatever a verifier has to accept has to parse, and the malformed ones have to be
//! refused for the reason that they are malformed for.

use std::path::{Path, PathBuf};

use touchstone_formats::Fault;
use touchstone_formats::bundle::{Bundle, BundlePart, Content};
use touchstone_formats::json::{self, Limits, Value};
use touchstone_formats::rekor::EntryBody;
use touchstone_formats::statement::{PAYLOAD_TYPE, Statement, StatementError};
use touchstone_formats::trusted_root::TrustedRoot;

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

struct Case {
    id: String,
    bundle: PathBuf,
    expect: String,
}

/// The cases that are one bundle a file.
fn bundle_cases(folder: &Path) -> Vec<Case> {
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let manifest = json::parse(&manifest, Limits::of_size(64 << 20)).unwrap();
    let text = |case: &Value, key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
    let cases: Vec<_> = manifest
        .as_array()
        .unwrap()
        .iter()
        .filter(|case| {
            let is = |key: &str, test: fn(&str) -> bool| case.get(key).and_then(Value::as_str).is_some_and(test);
            is("kind", |kind| matches!(kind, "sigstore-bundle" | "gh-attestation"))
                || is("format", |format| format.starts_with("bundle-v"))
        })
        .filter_map(|case| {
            Some(Case {
                id: text(case, "id")?,
                bundle: folder.join(text(case.get("files")?, "bundle")?),
                expect: text(case, "expect_offline").or_else(|| text(case, "expect"))?,
            })
        })
        .collect();
    assert!(cases.len() > 100, "only {} cases read from the manifest", cases.len());
    cases
}

#[test]
fn every_bundle_that_must_be_accepted_parses_with_its_bodies_and_statement() {
    let Some(folder) = corpus() else { return };
    let mut wrong = Vec::new();
    let mut passed = 0;
    for case in bundle_cases(&folder).iter().filter(|case| case.expect == "pass") {
        match read_whole(&case.id, &std::fs::read(&case.bundle).unwrap()) {
            Ok(()) => passed += 1,
            Err(error) => wrong.push(format!("{}: {error}", case.id)),
        }
    }
    assert!(wrong.is_empty(), "{} parsed, but not:\n{}", passed, wrong.join("\n"));
    assert!(passed > 50, "only {passed}");
}

fn read_whole(id: &str, bytes: &[u8]) -> Result<(), String> {
    let bundle = Bundle::parse(bytes).map_err(|error| error.to_string())?;
    for entry in &bundle.material.tlog_entries {
        let body = EntryBody::parse(&entry.canonicalized_body).map_err(|error| error.to_string())?;
        assert_eq!(body.entry_type(), (entry.kind.as_str(), entry.version.as_str()));
    }
    match &bundle.content {
        Content::Dsse(envelope) if envelope.payload_type == PAYLOAD_TYPE => {
            match Statement::parse(&envelope.payload) {
                // One case is a statement without predicate type, accepted for its signature alone.
                Err(StatementError::NoPredicateType) if id == "slsa-ghaunit-valid" => {}
                result => drop(result.map_err(|error| error.to_string())?),
            }
        }
        _ => {}
    }
    Ok(())
}

/// Which of the cases that must be refused are refused here, with which code, and at which part. Every
/// other case of the corpus is well-formed and falls to a check that needs crypto.
const MALFORMED: &[(&str, &str, BundlePart)] = &[
    ("chainloop-bundle-valid-nomaterial", "field-missing", BundlePart::Document),
    ("chainloop-bundle-with-bad-timestamp", "bundle-no-key-material", BundlePart::KeyMaterial),
    ("conf-bundle-empty-certificate-chain_fail", "bundle-empty-chain", BundlePart::KeyMaterial),
    ("conf-bundle-invalid-base64-signature_fail", "field-invalid-base64", BundlePart::Content),
    ("conf-bundle-malformed-json_fail", "json-truncated", BundlePart::Document),
    ("conf-bundle-unknown-version_fail", "bundle-unknown-media-type", BundlePart::Document),
    ("conf-intoto-missing-inclusion-proof_fail", "bundle-no-inclusion-proof", BundlePart::InclusionProof),
    ("conf-invalid-inclusion-proof_fail", "bundle-proof-without-checkpoint", BundlePart::Checkpoint),
    ("conf-rekor2-no-inclusion-proof_fail", "bundle-no-inclusion-proof", BundlePart::InclusionProof),
    ("oms-v0.2.0-certificate", "bundle-chain-in-v03", BundlePart::KeyMaterial),
    ("oms-v0.3.1-certificate", "bundle-chain-in-v03", BundlePart::KeyMaterial),
    ("oms-v1.0.1-certificate", "bundle-chain-in-v03", BundlePart::KeyMaterial),
    ("oms-v1.1.0-certificate", "bundle-chain-in-v03", BundlePart::KeyMaterial),
    ("sggo-dsse-2sigs", "bundle-signature-count", BundlePart::Content),
    ("sgja-bundle.v2.no.inclusion", "bundle-no-inclusion-proof", BundlePart::InclusionProof),
    ("sgja-bundle.v3_1.no.inclusion", "bundle-no-inclusion-proof", BundlePart::InclusionProof),
    ("sgjs-verify-v1-no-inclusion-promise", "bundle-no-inclusion-promise", BundlePart::InclusionPromise),
    ("sgjs-verify-v3-repeated-tlog-threshold2", "bundle-duplicate-log-entry", BundlePart::LogEntry),
    ("sgpy-bundle_no_cert_v1.txt.sigstore", "bundle-empty-chain", BundlePart::KeyMaterial),
    ("sgpy-bundle_no_checkpoint.txt.sigstore", "bundle-proof-without-checkpoint", BundlePart::Checkpoint),
    ("sgpy-tsa-duplicate", "bundle-duplicate-timestamp", BundlePart::Timestamps),
    ("sgrs-cosign-v3-missing-fields", "field-missing", BundlePart::LogBody),
    ("srctrack-malformed-1ea4cfbe", "bundle-no-media-type", BundlePart::Document),
];

#[test]
fn malformed_bundles_are_refused_for_what_is_wrong_with_them() {
    let Some(folder) = corpus() else { return };
    let mut found = Vec::new();
    for case in bundle_cases(&folder) {
        let bytes = std::fs::read(&case.bundle).unwrap();
        if let Err(error) = Bundle::parse(&bytes) {
            found.push((case.id, error.code(), error.part(), error.to_string()));
        }
    }
    let codes: Vec<_> = found.iter().map(|(id, code, part, _)| (id.as_str(), *code, *part)).collect();
    let texts: Vec<_> = found.iter().map(|(id, _, _, text)| format!("{id}: {text}")).collect();
    assert_eq!(codes, MALFORMED, "\n{}", texts.join("\n"));
}

#[test]
fn every_body_in_the_corpus_is_read_or_refused_for_its_type() {
    let Some(folder) = corpus() else { return };
    let mut refused = Vec::new();
    for case in bundle_cases(&folder) {
        let Ok(bundle) = Bundle::parse(&std::fs::read(&case.bundle).unwrap()) else {
            continue;
        };
        for entry in &bundle.material.tlog_entries {
            if let Err(error) = EntryBody::parse(&entry.canonicalized_body) {
                refused.push((case.id.clone(), error.code(), error.to_string()));
            }
        }
    }
    let codes: Vec<_> = refused.iter().map(|(id, code, _)| (id.as_str(), *code)).collect();
    assert_eq!(
        codes,
        [
            ("sgja-bundle.dsse.rekor-v2.bad-entry-type", "body-dsse-002-removed"),
            ("sgja-rekor-v2-unsupported-digest-algorithm", "field-unknown-name"),
            ("sgja-rekor-v2-unsupported-version", "body-unsupported-version"),
        ],
        "{refused:#?}"
    );
}

#[test]
fn trusted_roots_of_every_client_parse() {
    let Some(folder) = corpus() else { return };
    let mut read = 0;
    for entry in std::fs::read_dir(folder.join("roots")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let result = TrustedRoot::parse_many(&std::fs::read(&path).unwrap());
        if name == "index.json" {
            assert_eq!(result.unwrap_err().code(), "field-wrong-type", "{name}");
        } else if name.starts_with("signing_config") || name.contains("trustconfig") || name.contains("trust-config") {
            assert_eq!(result.unwrap_err().code(), "root-unknown-media-type", "{name}");
        } else {
            let roots = result.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(roots.len(), 1, "{name}");
            read += 1;
        }
    }
    assert!(read >= 15, "only {read}");
}

#[test]
fn cf_trust_root_tlog_missing_validity_start_fail() {
    let Some(folder) = corpus() else { return };
    let path = "files/conf-trust-root-tlog-missing-validity-start_fail/trusted_root.json";
    let error = TrustedRoot::parse(&std::fs::read(folder.join(path)).unwrap()).unwrap_err();
    assert_eq!((error.code(), error.rule()), ("root-no-validity-start", "B-10"));
}

#[test]
fn d_34_json_lines_of_roots() {
    let Some(folder) = corpus() else { return };
    let mut lines = Vec::new();
    for name in ["production.json", "github.json"] {
        let text = std::fs::read_to_string(folder.join("roots").join(name)).unwrap();
        lines.push(text.replace('\n', " "));
    }
    let roots = TrustedRoot::parse_many(lines.join("\n").as_bytes()).unwrap();
    assert_eq!(roots.len(), 2);
    assert!(!roots[0].tlogs.is_empty());
    assert!(roots[1].tlogs.is_empty());
}

#[test]
fn bulk_bundles_parse() {
    let Some(folder) = corpus() else { return };
    let text = std::fs::read_to_string(folder.join("bulk/cpython.shared.jsonl")).unwrap();
    let mut count = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let value = json::parse(line.as_bytes(), Limits::of_size(16 << 20)).unwrap();
        let Some(bundle) = value.get("bundle") else { panic!("{:.300}", line) };
        let bundle = match bundle {
            Value::String(text) => Bundle::parse(text.as_bytes()),
            value => Bundle::from_value(value),
        };
        let bundle = bundle.unwrap_or_else(|error| panic!("{error}: {line:.300}"));
        for entry in &bundle.material.tlog_entries {
            EntryBody::parse(&entry.canonicalized_body).unwrap_or_else(|error| panic!("{error}: {line:.300}"));
        }
        count += 1;
    }
    assert!(count > 100, "only {count}");
}
