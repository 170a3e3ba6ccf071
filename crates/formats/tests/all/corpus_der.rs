//! Real certificates, SCTs and timestamps: what a verifier has to accept has to parse.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use der::{Decode, Encode};
use serde_json::Value;
use touchstone_formats::{
    UnixMillis, base64,
    fulcio::FulcioExtensions,
    oid, sct,
    timestamp::TimeStampResponse,
    x509::{Certificate, SignatureAlgorithm, parse_pem_certificates},
};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

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

fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn cases(list: &Value) -> &Vec<Value> {
    list.as_array().or_else(|| list.get("cases")?.as_array()).unwrap()
}

/// Every document of every passing case's bundle file (a file is one JSON document, or one a line), and of the bundles
/// kept in bulk.
fn passing_documents(folder: &Path) -> Vec<(String, Value)> {
    let manifest = read_json(&folder.join("manifest.json"));
    let mut documents = Vec::new();
    for case in cases(&manifest) {
        let expected = case.get("expect_offline").or_else(|| case.get("expect"));
        let Some(bundle) = case.pointer("/files/bundle").and_then(Value::as_str) else {
            continue;
        };
        if expected.and_then(Value::as_str) != Some("pass") {
            continue;
        }
        let text = std::fs::read(folder.join(bundle)).unwrap();
        let id = case["id"].as_str().unwrap().to_owned();
        for document in serde_json::Deserializer::from_slice(&text).into_iter::<Value>() {
            documents.extend(document.ok().map(|document| (id.clone(), document)));
        }
    }
    let bulk = std::fs::read(folder.join("bulk/cpython.shared.jsonl")).unwrap();
    for case in serde_json::Deserializer::from_slice(&bulk).into_iter::<Value>() {
        let case = case.unwrap();
        if case["expect"] == "pass" {
            documents.push((case["id"].as_str().unwrap().to_owned(), case["bundle"].clone()));
        }
    }
    documents
}

/// Every string under one of these keys, wherever it is.
fn strings_under(value: &Value, keys: &[&str], out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(text) if keys.contains(&key.as_str()) => out.push(text.clone()),
                    _ => strings_under(member, keys, out),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                strings_under(element, keys, out);
            }
        }
        _ => {}
    }
}

/// Every certificate of the signing material, wherever a wrapper keeps its bundles: an object with `rawBytes`, a chain
/// of them, or (PEP 740) a plain string.
fn certificates_in(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("certificate", Value::String(text)) => out.push(text.clone()),
                    ("certificate" | "x509CertificateChain", object) => {
                        strings_under(object, &["rawBytes"], out);
                    }
                    _ => certificates_in(member, out),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                certificates_in(element, out);
            }
        }
        _ => {}
    }
}

/// A second reader, written by others, sees the same fields.
fn compare_with_second_reader(id: &str, ours: &Certificate) {
    let theirs = x509_cert::Certificate::from_der(&ours.der).unwrap();
    let tbs = theirs.tbs_certificate();
    assert_eq!(tbs.to_der().unwrap(), ours.tbs_der, "{id}");
    assert_eq!(tbs.serial_number().as_bytes(), ours.serial, "{id}");
    assert_eq!(tbs.issuer().to_der().unwrap(), ours.issuer.der, "{id}");
    assert_eq!(tbs.subject().to_der().unwrap(), ours.subject.der, "{id}");
    let spki = tbs.subject_public_key_info().to_der().unwrap();
    assert_eq!(spki, ours.spki_der, "{id}");
    for (theirs, ours) in [(tbs.validity().not_before, ours.not_before), (tbs.validity().not_after, ours.not_after)] {
        let seconds = i64::try_from(theirs.to_unix_duration().as_secs()).unwrap();
        assert_eq!(UnixMillis::from_seconds(seconds), ours, "{id}");
    }
    let extensions: Vec<_> = tbs.extensions().into_iter().flatten().collect();
    assert_eq!(extensions.len(), ours.extensions.len(), "{id}");
    for (theirs, ours) in extensions.into_iter().zip(&ours.extensions) {
        assert_eq!((theirs.extn_id, theirs.critical), (ours.oid, ours.critical), "{id}");
        assert_eq!(theirs.extn_value.as_bytes(), ours.value, "{id}");
    }
    compare_decoded_extensions(id, tbs, ours);
}

fn compare_decoded_extensions(id: &str, theirs: &x509_cert::TbsCertificate, ours: &Certificate) {
    let constraints = theirs.get_extension::<BasicConstraints>().unwrap();
    let constraints =
        constraints.map(|(critical, theirs)| (critical, theirs.ca, theirs.path_len_constraint.map(u32::from)));
    let our_constraints = ours.basic_constraints.map(|ours| (ours.critical, ours.ca, ours.path_len));
    assert_eq!(constraints, our_constraints, "{id}");

    let usage = theirs.get_extension::<KeyUsage>().unwrap();
    let usage = usage.map(|(critical, theirs)| {
        let bits = (theirs.digital_signature(), theirs.non_repudiation());
        (critical, bits, theirs.key_cert_sign(), theirs.crl_sign())
    });
    let our_usage = ours.key_usage.map(|ours| {
        let bits = (ours.digital_signature(), ours.content_commitment());
        (ours.critical, bits, ours.key_cert_sign(), ours.crl_sign())
    });
    assert_eq!(usage, our_usage, "{id}");

    let purposes = theirs.get_extension::<ExtendedKeyUsage>().unwrap();
    let purposes = purposes.map(|(critical, theirs)| (critical, theirs.0));
    let our_purposes = ours.extended_key_usage.clone();
    assert_eq!(purposes, our_purposes.map(|ours| (ours.critical, ours.purposes)), "{id}");
}

fn inspect(id: &str, certificate: &Certificate) -> usize {
    compare_with_second_reader(id, certificate);
    let algorithm = certificate.signature_algorithm.signature_algorithm().unwrap();
    assert!(!matches!(algorithm, SignatureAlgorithm::Unknown(_)), "{id}: {algorithm:?}");
    let claims = FulcioExtensions::parse(certificate).unwrap_or_else(|error| panic!("{id}: {error}"));
    assert_eq!(claims.disagreements(), [], "{id}: C-2");
    assert_eq!(certificate.unrecognised_critical(), [], "{id}: B-37");
    let without = certificate.tbs_without_sct_list().unwrap();
    let scts = match certificate.sct_list() {
        Some(list) => sct::parse_extension(list).unwrap_or_else(|error| panic!("{id}: {error}")),
        None => Vec::new(),
    };
    assert_eq!(without == certificate.tbs_der, certificate.sct_list().is_none(), "{id}: B-47");
    for sct in &scts {
        assert!(sct::signed_data(sct, [0; 32], &without).unwrap().len() > without.len());
    }
    scts.len()
}

#[test]
fn certificates_of_passing_cases_parse() {
    let Some(folder) = corpus() else { return };
    let (mut certificates, mut scts) = (BTreeSet::new(), 0);
    for (id, document) in passing_documents(&folder) {
        let mut found = Vec::new();
        certificates_in(&document, &mut found);
        for text in found {
            let der = base64::decode(&text).unwrap();
            let certificate = Certificate::parse(&der).unwrap_or_else(|error| panic!("{id}: {error}"));
            if certificates.insert(der) {
                scts += inspect(&id, &certificate);
            }
        }
    }
    eprintln!("{} certificates, {scts} SCTs", certificates.len());
    assert!(certificates.len() > 300 && scts > 300);
}

#[test]
fn certificates_of_trusted_roots_parse() {
    let Some(folder) = corpus() else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder.join("roots")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let root = read_json(&path);
        let mut found = Vec::new();
        for list in ["certificateAuthorities", "timestampAuthorities"] {
            if let Some(value) = root.get(list).or_else(|| root.pointer(&format!("/trustedRoot/{list}"))) {
                strings_under(value, &["rawBytes"], &mut found);
            }
        }
        for text in found {
            let der = base64::decode(&text).unwrap();
            let certificate = Certificate::parse(&der).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            inspect(&path.display().to_string(), &certificate);
            count += 1;
        }
    }
    eprintln!("{count} certificates of trusted roots");
    assert!(count > 10);
}

fn check_timestamp(id: &str, der: &[u8]) {
    let response = TimeStampResponse::parse(der).unwrap_or_else(|error| panic!("{id}: {error}"));
    let token = response.token;
    assert!(token.parsed_certificates().all(|certificate| certificate.is_ok()), "{id}");
    assert!(token.tst_info.imprint.hash_algorithm.hash_algorithm().is_ok(), "{id}");
    assert!(token.signer.digest_algorithm.hash_algorithm().is_ok(), "{id}");
    let algorithm = token.signer.signature_algorithm.signature_algorithm().unwrap();
    assert!(!matches!(algorithm, SignatureAlgorithm::Unknown(_)), "{id}");
    assert!(token.tst_info.gen_time.0 > 1_600_000_000_000, "{id}");
    for certificate in token.parsed_certificates().flatten() {
        if token.signer.sid.identifies(&certificate) {
            let purposes = certificate.extended_key_usage.unwrap();
            assert!(purposes.contains(&oid::TIME_STAMPING), "{id}");
        }
    }
}

#[test]
fn timestamps_of_passing_cases_parse() {
    let Some(folder) = corpus() else { return };
    let mut timestamps = BTreeSet::new();
    for (id, document) in passing_documents(&folder) {
        let mut found = Vec::new();
        strings_under(&document, &["signedTimestamp"], &mut found);
        for text in found {
            let der = base64::decode(&text).unwrap();
            check_timestamp(&id, &der);
            timestamps.insert(der);
        }
    }
    eprintln!("{} timestamps", timestamps.len());
    assert!(timestamps.len() > 10);
}

#[test]
fn components_parse() {
    let Some(folder) = corpus() else { return };
    let components = read_json(&folder.join("components.json"));
    let (mut certificates, mut timestamps) = (0, 0);
    for case in cases(&components) {
        let id = case["id"].as_str().unwrap();
        let file = |role: &str| {
            let path = case.pointer(&format!("/files/{role}"))?.as_str()?;
            Some(std::fs::read(folder.join(path)).unwrap())
        };
        for role in ["cert", "chain"] {
            if let Some(pem) = file(role) {
                let pem = String::from_utf8(pem).unwrap();
                let chain = parse_pem_certificates(&pem).unwrap_or_else(|error| panic!("{id}: {error}"));
                certificates += chain.len();
            }
        }
        if let Some(tsr) = file("tsr") {
            check_timestamp(id, &tsr);
            timestamps += 1;
        }
    }
    eprintln!("{certificates} certificates, {timestamps} timestamps");
    assert!(certificates >= 5 && timestamps >= 4);
}
