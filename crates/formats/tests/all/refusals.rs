//! One change to a good document a row, and the code, rule and place that must come back. Every code
//! that a reader can give has a row.

use std::collections::BTreeSet;

use touchstone_formats::bundle::{Bundle, BundleVersion, Content, KeyMaterial};
use touchstone_formats::dsse::Envelope;
use touchstone_formats::evidence::Evidence;
use touchstone_formats::inventory::Inventory;
use touchstone_formats::json::{self, Limits};
use touchstone_formats::npm_keys;
use touchstone_formats::predicate::{self, SbomFormat};
use touchstone_formats::rekor::{EntryBody, Verifier};
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::{Statement, StatementVersion};
use touchstone_formats::trusted_root::TrustedRoot;
use touchstone_formats::{ALL_CODES, Fault, HashAlgorithm, PublicKeyDetails, base64, yaml};

use crate::good;

mod inventories;
mod predicates;
mod sboms;

/// What a row is read as.
#[derive(Clone, Copy, Debug)]
enum As {
    Json,
    Lines,
    Bundle,
    Body,
    Envelope,
    Statement,
    Predicate,
    Sbom,
    /// A statement whose predicate is SPDX.
    AttestedSpdx,
    Root,
    Roots,
    Evidence,
    NpmKeys,
    Yaml,
    Inventory,
}

fn refusal(read_as: As, text: &[u8]) -> Option<Box<dyn Fault>> {
    fn boxed<T, E: Fault + 'static>(result: Result<T, E>) -> Option<Box<dyn Fault>> {
        result.err().map(|error| Box::new(error) as Box<dyn Fault>)
    }
    let small = Limits { bytes: 200_000, depth: 8, nodes: 1000 };
    match read_as {
        As::Json => boxed(json::parse(text, small)),
        As::Lines => boxed(json::parse_lines(text, small, 2)),
        As::Bundle => boxed(Bundle::parse(text)),
        As::Body => boxed(EntryBody::parse(text)),
        As::Envelope => boxed(Envelope::parse(text)),
        As::Statement => boxed(Statement::parse(text)),
        As::Predicate => boxed(predicate::read(&Statement::parse(text).unwrap())),
        As::Sbom => boxed(Sbom::parse(text)),
        As::AttestedSpdx => boxed(Sbom::of_predicate(&Statement::parse(text).unwrap(), SbomFormat::Spdx)),
        As::Root => boxed(TrustedRoot::parse(text)),
        As::Roots => boxed(TrustedRoot::parse_many(text)),
        As::Evidence => boxed(Evidence::parse(text).pieces.remove(0).bundle),
        As::NpmKeys => boxed(npm_keys::parse(text)),
        As::Yaml => {
            let limits = yaml::Limits { bytes: 200_000, depth: 8, nodes: 1000, alias_bytes: 50_000, documents: 3 };
            boxed(yaml::parse(text, limits))
        }
        As::Inventory => boxed(Inventory::parse(text)),
    }
}

struct Row {
    read_as: As,
    text: Vec<u8>,
    code: &'static str,
    rule: &'static str,
    path: Option<String>,
}

/// The good documents with one text replaced; the replacement has to change something.
fn changed(good: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(good.contains(from), "the good document has no {from}");
    let changed = good.replacen(from, to, 1);
    assert_ne!(good, changed);
    changed.into_bytes()
}

#[derive(Default)]
struct Table(Vec<Row>);

impl Table {
    fn row(&mut self, read_as: As, text: Vec<u8>, code: &'static str, rule: &'static str, path: &str) {
        let path = (!path.is_empty()).then(|| path.to_owned());
        self.0.push(Row { read_as, text, code, rule, path });
    }

    /// A row with the good document of this kind, changed once.
    fn change(
        &mut self,
        (read_as, good): (As, &str),
        (from, to): (&str, &str),
        (code, rule): (&'static str, &'static str),
        path: &str,
    ) {
        self.row(read_as, changed(good, from, to), code, rule, path);
    }
}

const ENTRY: &str = "$.verificationMaterial.tlogEntries[0]";

fn table() -> Table {
    let mut table = Table::default();
    json_rows(&mut table);
    bundle_rows(&mut table);
    bundle_content_rows(&mut table);
    bundle_evidence_rows(&mut table);
    field_rows(&mut table);
    body_rows(&mut table);
    statement_rows(&mut table);
    predicates::rows(&mut table);
    sboms::rows(&mut table);
    root_rows(&mut table);
    evidence_rows(&mut table);
    inventories::yaml_rows(&mut table);
    inventories::inventory_rows(&mut table);
    table
}

/// Forms of evidence that are no bundle (A-2, H-16).
fn evidence_rows(table: &mut Table) {
    let mut evidence =
        |text: &str, code, rule, path| table.row(As::Evidence, text.as_bytes().to_vec(), code, rule, path);
    evidence(r#"{"attestations": []}"#, "evidence-empty", "H-16", "$");
    evidence(r#"{"version": 1, "attestation_bundles": []}"#, "evidence-empty", "H-16", "$");
    evidence(r#"{"image_summary": {}}"#, "evidence-empty", "H-16", "$");
    evidence(r#"{"payload": "", "payloadType": "t"}"#, "envelope-no-signature", "A-21", "$.signatures");
    evidence(
        r#"{"payload": "", "payloadType": "t", "signatures": [{}]}"#,
        "field-missing",
        "A-11",
        "$.signatures[0].sig",
    );
    let cert = r#"{"payload": "", "payloadType": "t", "signatures": [{"sig": "AA==", "cert": "x"}]}"#;
    evidence(cert, "field-unknown-name", "A-15", "$.signatures[0].cert");
    let npm = r#"{"attestations": [{"predicateType": "t", "bundle": null}]}"#;
    evidence(npm, "field-missing", "A-11", "$.attestations[0].bundle");
    let pypi = r#"{"version": 2, "verification_material": {}, "envelope": {}}"#;
    evidence(pypi, "field-unknown-name", "A-15", "$.version");
    let payload = base64::encode(&vec![b' '; 3 << 20]);
    let signatures = vec![r#"{"sig": "AA=="}"#; 32].join(",");
    let many = format!(r#"{{"payload": "{payload}", "payloadType": "t", "signatures": [{signatures}]}}"#);
    evidence(&many, "evidence-too-many-signatures", "A-16", "$.signatures");
    table.row(As::NpmKeys, br#"{"keys": []}"#.to_vec(), "npm-keys-empty", "G-13", "$.keys");
}

fn json_rows(table: &mut Table) {
    let mut json = |text: &[u8], code, rule, path| table.row(As::Json, text.to_vec(), code, rule, path);
    json(b"", "json-empty", "A-1", "");
    json(b" \n\t\r ", "json-empty", "A-1", "");
    json(&[b' '; 200_001], "json-too-large", "A-16", "");
    json(b"{\"a\": \"\xff\"}", "json-not-utf8", "A-7", "");
    json("\u{feff}{}".as_bytes(), "json-byte-order-mark", "A-7", "");
    json(br#"{"a": [1, {"b": "#, "json-truncated", "A-1", "$.a[1].b");
    json(b"{\"a\": \"", "json-truncated", "A-1", "$.a");
    json(b"[", "json-truncated", "A-1", "$[0]");
    json(br#"{"a": [1, 2 3]}"#, "json-syntax", "A-1", "$.a[2]");
    json(br#"{"a": 01}"#, "json-syntax", "A-1", "$.a");
    json(br#"{"a": NaN}"#, "json-syntax", "A-1", "$.a");
    json(br#"{"a": 1,}"#, "json-syntax", "A-1", "$");
    json(br#"{"a": "\ud800"}"#, "json-syntax", "A-1", "$.a");
    json(b"{\"a\": \"line\nend\"}", "json-syntax", "A-1", "$.a");
    json(b"{'a': 1}", "json-syntax", "A-1", "$");
    json(b"<!DOCTYPE html>", "json-syntax", "A-1", "$");
    json(b"// note\n{}", "json-syntax", "A-1", "$");
    json(b"{} {}", "json-trailing-data", "A-1", "");
    json(b"1 x", "json-trailing-data", "A-1", "");
    json(br#"{"a": 1, "b": {"c": 1, "d": 2, "c": 3}}"#, "json-duplicate-key", "A-12", "$.b.c");
    json(br#"{"a": 1, "\u0061": 1}"#, "json-duplicate-key", "A-12", "$.a");
    let many: Vec<_> = (0..40).map(|index| format!("\"k{index}\": 0")).collect();
    let many = format!("{{{}, \"k7\": 0}}", many.join(", "));
    json(many.as_bytes(), "json-duplicate-key", "A-12", "$.k7");
    json("[".repeat(9).as_bytes(), "json-too-deep", "A-16", "");
    json("[".repeat(100_000).as_bytes(), "json-too-deep", "A-16", "");
    json(r#"{"a":"#.repeat(20_000).as_bytes(), "json-too-deep", "A-16", "");
    let wide = format!("[{}0]", "0,".repeat(1000));
    json(wide.as_bytes(), "json-too-many-values", "A-16", "");
    table.row(As::Lines, b"1\n\n2\n3".to_vec(), "json-too-many-documents", "A-16", "");
    table.row(As::Lines, b"1\n{\"a\":1,\"a\":2}".to_vec(), "json-duplicate-key", "A-12", "$.a");
}

fn bundle_rows(table: &mut Table) {
    let good = good::message_bundle();
    let bundle = (As::Bundle, good.as_str());
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change(bundle, (from, to), (code, rule), path);
    };
    let media_type = r#""mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json","#;
    change(media_type, "", "bundle-no-media-type", "A-19", "$.mediaType");
    change(media_type, r#""mediaType": null,"#, "bundle-no-media-type", "A-19", "$.mediaType");
    for other in [
        "application/vnd.dev.sigstore.bundle+json;version=99.9",
        "application/vnd.dev.sigstore.bundle+json; version=0.3",
        "application/vnd.dev.sigstore.bundle+JSON;version=0.3",
        "application/vnd.dev.sigstore.bundle.v0.1+json",
        "application/vnd.dev.sigstore.bundle.v0.3.7+json",
        " application/vnd.dev.sigstore.bundle.v0.3+json",
        "",
    ] {
        let other = format!(r#""mediaType": "{other}","#);
        change(media_type, &other, "bundle-unknown-media-type", "A-4", "$.mediaType");
    }
    let material = "$.verificationMaterial";
    let certificate = r#""certificate": {"rawBytes": "AQID"},"#;
    change(certificate, "", "bundle-no-key-material", "A-13", material);
    change(certificate, r#""certificate": null,"#, "bundle-no-key-material", "A-13", material);
    change(certificate, r#""pgpKey": {},"#, "bundle-no-key-material", "A-13", material);
    let two = format!(r#"{certificate} "publicKey": {{"hint": "a"}},"#);
    change(certificate, &two, "bundle-several-key-materials", "A-13", material);
    let chain = r#""x509CertificateChain": {"certificates": [{"rawBytes": "AQID"}]},"#;
    let path = format!("{material}.x509CertificateChain");
    change(certificate, chain, "bundle-chain-in-v03", "A.4", &path);
    table.row(
        As::Bundle,
        changed(
            &changed_text(&good, media_type, &media_type.replace(".v0.3+json", "+json;version=0.2")),
            certificate,
            r#""x509CertificateChain": {"certificates": []},"#,
        ),
        "bundle-empty-chain",
        "A-20",
        &format!("{path}.certificates"),
    );
    let many = r#"{"rawBytes": "AQID"},"#.repeat(16);
    let many = format!(r#""x509CertificateChain": {{"certificates": [{many}{{"rawBytes": "AQID"}}]}},"#);
    let v02 = changed_text(&good, media_type, &media_type.replace(".v0.3+json", "+json;version=0.2"));
    let path = format!("{path}.certificates");
    table.change((As::Bundle, &v02), (certificate, &many), ("field-too-many", "A-16"), &path);
}

fn bundle_content_rows(table: &mut Table) {
    let message = good::message_bundle();
    let dsse = good::dsse_bundle();
    let bundle = (As::Bundle, message.as_str());
    table.change(
        bundle,
        (r#""messageSignature": {"#, r#""dsseEnvelope": {}, "messageSignature": {"#),
        ("bundle-two-contents", "A-13"),
        "$",
    );
    table.change(bundle, (r#""messageSignature": {"#, r#""pgpSignature": {"#), ("bundle-no-content", "A-13"), "$");
    let digest = good::artifact_digest_base64();
    table.change(
        bundle,
        (&digest, "AQID"),
        ("bundle-digest-length", "A-22"),
        "$.messageSignature.messageDigest.digest",
    );
    let enveloped = (As::Bundle, dsse.as_str());
    for (signatures, count) in [("[]", 0), (r#"[{"sig": "AQID"}, {"sig": "AQIE"}]"#, 2)] {
        table.change(
            enveloped,
            (r#"[{"sig": "AQID", "keyid": "key"}]"#, signatures),
            ("bundle-signature-count", "A-21"),
            "$.dsseEnvelope.signatures",
        );
        let text = table.0.last().unwrap().text.clone();
        assert_eq!(refusal(As::Bundle, &text).unwrap().found(), count.to_string());
    }
    table.change(
        enveloped,
        (r#""keyid": "key""#, r#""keyid": "other""#),
        ("bundle-hint-is-not-keyid", "A-23"),
        "$.dsseEnvelope.signatures[0].keyid",
    );
    table.change(
        enveloped,
        (r#""hint": "key""#, r#""hint": """#),
        ("bundle-hint-is-not-keyid", "A-23"),
        "$.dsseEnvelope.signatures[0].keyid",
    );
    table.row(
        As::Envelope,
        br#"{"payload": "", "payloadType": "t", "signatures": []}"#.to_vec(),
        "envelope-no-signature",
        "A-21",
        "$.signatures",
    );
}

fn bundle_evidence_rows(table: &mut Table) {
    let good = good::message_bundle();
    let entry = good::log_entry(0);
    let one = format!("[{entry}]");
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Bundle, &good), (from, to), (code, rule), path);
    };
    let repeated = |count: u32| {
        let entries: Vec<_> = (0..count).map(good::log_entry).collect();
        format!("[{}]", entries.join(","))
    };
    let entries = "$.verificationMaterial.tlogEntries";
    change(&one, &repeated(33), "bundle-too-many-log-entries", "A-16", entries);
    let twice = format!("[{entry}, {}, {entry}]", good::log_entry(1));
    change(&one, &twice, "bundle-duplicate-log-entry", "A-25", &format!("{entries}[2]"));

    let timestamps = "$.verificationMaterial.timestampVerificationData.rfc3161Timestamps";
    let timestamp = r#"[{"signedTimestamp": "AQID"}]"#;
    let all_different: Vec<_> =
        (0..33_u8).map(|index| format!(r#"{{"signedTimestamp": "{}"}}"#, base64::encode(&[1, index]))).collect();
    let too_many = format!("[{}]", all_different.join(","));
    change(timestamp, &too_many, "bundle-too-many-timestamps", "A-16", timestamps);
    // The same bytes in two spellings of base64.
    let same = r#"[{"signedTimestamp": "AQI="}, {"signedTimestamp": "AQI"}]"#;
    change(timestamp, same, "bundle-duplicate-timestamp", "A-25", &format!("{timestamps}[1]"));

    let proof = format!("{ENTRY}.inclusionProof");
    change(r#""inclusionProof""#, r#""proof""#, "bundle-no-inclusion-proof", "A-17", &proof);
    let second = format!("[{entry}, {}]", good::log_entry(1).replace("\"inclusionProof\"", "\"x\""));
    let path = format!("{entries}[1].inclusionProof");
    change(&one, &second, "bundle-no-inclusion-proof", "A-17", &path);
    let envelope = format!("{proof}.checkpoint.envelope");
    for absent in [r#""checkpoint": {"envelope": """#, r#""checkpoint": {"x": "note""#, r#""x": {"envelope": "note""#] {
        let present = r#""checkpoint": {"envelope": "note""#;
        change(present, absent, "bundle-proof-without-checkpoint", "A-18", &envelope);
    }
    let root_hash = format!("\"rootHash\": \"{}\"", base64::encode(&[7; 32]));
    let path = format!("{proof}.rootHash");
    change(&root_hash, r#""rootHash": "AQID""#, "bundle-hash-length", "B-11", &path);
    let hash = format!("[\"{}\"]", base64::encode(&[8; 32]));
    let path = format!("{proof}.hashes[0]");
    change(&hash, r#"["AQID"]"#, "bundle-hash-length", "B-11", &path);
    let hashes = vec![format!("\"{}\"", base64::encode(&[8; 32])); 65].join(",");
    let path = format!("{proof}.hashes");
    change(&hash, &format!("[{hashes}]"), "field-too-many", "A-16", &path);

    let body = base64::encode(good::hashedrekord_001().as_bytes());
    let path = format!("{ENTRY}.canonicalizedBody");
    for bad in ["{", "{\"kind\":\"a\",\"kind\":\"b\"}", "\u{0}"] {
        let bad = base64::encode(bad.as_bytes());
        change(&body, &bad, "bundle-body-not-json", "A-24", &path);
    }
    let other = base64::encode(good::dsse_001().as_bytes());
    change(&body, &other, "bundle-body-of-other-type", "A-24", &path);
    let other = good::hashedrekord_001().replace("0.0.1", "0.0.2");
    change(&body, &base64::encode(other.as_bytes()), "bundle-body-of-other-type", "A-24", &path);
    let path = format!("{path}:$");
    change(&body, &base64::encode(b"[]"), "field-wrong-type", "A-7", &path);
    let path = format!("{path}.kind");
    change(&body, &base64::encode(b"{}"), "field-missing", "A-11", &path);

    let old = changed_text(&good, ".bundle.v0.3+json", ".bundle+json;version=0.1");
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Bundle, &old), (from, to), (code, rule), path);
    };
    let promise = format!("{ENTRY}.inclusionPromise");
    let set = r#""inclusionPromise": {"signedEntryTimestamp": "AQID"}"#;
    for absent in [r#""x": {}"#, r#""inclusionPromise": null"#, r#""inclusionPromise": {}"#] {
        change(set, absent, "bundle-no-inclusion-promise", "A-17", &promise);
    }
    let envelope = format!("{ENTRY}.inclusionProof.checkpoint.envelope");
    let present = r#""checkpoint": {"envelope": "note""#;
    change(present, r#""x": {"envelope": "note""#, "bundle-proof-without-checkpoint", "A-18", &envelope);
}

fn field_rows(table: &mut Table) {
    let good = good::message_bundle();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Bundle, &good), (from, to), (code, rule), path);
    };
    let index = |text: &str| format!(r#"{{"logIndex": {text}, "logId""#);
    let good_index = index("\"17\"");
    let path = format!("{ENTRY}.logIndex");
    for text in ["\"-1\"", "-1", "\"-17\"", "-9223372036854775808"] {
        change(&good_index, &index(text), "field-negative", "A-10", &path);
    }
    let not_integers = [
        "1.0",
        "1e3",
        "0.5",
        "-0",
        "-0.0",
        "18446744073709551616",
        "9223372036854775808",
        "\"9223372036854775808\"",
        "\"\"",
        "\"+1\"",
        "\"01\"",
        "\"-01\"",
        "\"1.0\"",
        "\"1e3\"",
        "\" 1\"",
        "\"1 \"",
        "\"0x1\"",
        "\"\u{661}\"",
        "\"-\"",
        "\"1_000\"",
    ];
    for text in not_integers {
        change(&good_index, &index(text), "field-not-integer", "A-10", &path);
    }
    for text in ["true", "[]", "{}"] {
        change(&good_index, &index(text), "field-wrong-type", "A-7", &path);
    }
    let path = format!("{ENTRY}.integratedTime");
    let time = r#""integratedTime": "1690000000""#;
    change(time, r#""integratedTime": "-1""#, "field-negative", "A-10", &path);

    let signature = r#""signature": "AQID""#;
    let path = "$.messageSignature.signature";
    for text in ["AQI D", "AQID\\n", "AQIDBA=", "AQJ", "A", "!!!!", "+-+-", "AQ==AQ==", "\u{e9}"] {
        let text = format!(r#""signature": "{text}""#);
        change(signature, &text, "field-invalid-base64", "A-8", path);
    }
    change(signature, r#""signature": """#, "field-empty", "A-11", path);
    change(signature, r#""signature": null"#, "field-missing", "A-11", path);
    change(signature, r#""sig": "AQID""#, "field-missing", "A-11", path);
    change(signature, r#""signature": 7"#, "field-wrong-type", "A-7", path);
    change(signature, r#""signature": ["AQID"]"#, "field-wrong-type", "A-7", path);
    let path = "$.messageSignature.messageDigest.algorithm";
    for name in ["\"sha256\"", "\"HASH_ALGORITHM_UNSPECIFIED\"", "\"\"", "\"SHA1\""] {
        change("\"SHA2_256\"", name, "field-unknown-name", "A-15", path);
    }
    change("\"SHA2_256\"", "1", "field-wrong-type", "A-7", path);
    let path = format!("{ENTRY}.logId");
    change(r#""logId": {"keyId": "AQID"}"#, r#""x": 0"#, "field-missing", "A-11", &path);
    let path = format!("{path}.keyId");
    change(r#""keyId": "AQID""#, r#""keyId": """#, "field-empty", "A-11", &path);
    let path = format!("{ENTRY}.kindVersion");
    change(r#""kindVersion""#, r#""kind_version""#, "field-missing", "A-11", &path);
    let path = format!("{path}.kind");
    change(r#"{"kind": "hashedrekord""#, r#"{"kind": """#, "field-empty", "A-11", &path);
    change(r#""verificationMaterial""#, r#""x""#, "field-missing", "A-11", "$.verificationMaterial");
    let path = "$.verificationMaterial.tlogEntries";
    change(r#""tlogEntries": ["#, r#""tlogEntries": {}, "x": ["#, "field-wrong-type", "A-7", path);
    let path = format!("{path}[0]");
    change(r#""tlogEntries": ["#, r#""tlogEntries": [null, "#, "field-wrong-type", "A-7", &path);
    for text in ["[]", "null", "\"x\"", "7"] {
        table.row(As::Bundle, text.as_bytes().to_vec(), "field-wrong-type", "A-7", "$");
    }
}

fn body_rows(table: &mut Table) {
    let hashedrekord = good::hashedrekord_001();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Body, &hashedrekord), (from, to), (code, rule), path);
    };
    let kind = r#""kind": "hashedrekord""#;
    for other in ["rekord", "cose", "HashedRekord", "hashedrekord "] {
        let other = format!(r#""kind": "{other}""#);
        change(kind, &other, "body-unsupported-kind", "B.13", "$.kind");
    }
    change(kind, r#""kind": 1"#, "field-wrong-type", "A-7", "$.kind");
    change(r#""0.0.1""#, r#""0.0.3""#, "body-unsupported-version", "B.13", "$.apiVersion");
    let twice = r#""kind": "hashedrekord", "kind": "hashedrekord""#;
    change(kind, twice, "json-duplicate-key", "A-12", "$.kind");
    change(r#""spec""#, r#""Spec""#, "field-missing", "A-11", "$.spec");
    let content = r#""content": "AQID""#;
    let path = "$.spec.signature.content";
    for text in ["-_-_", "AQI", "AQJ=", "AQ\\nID"] {
        let text = format!(r#""content": "{text}""#);
        change(content, &text, "field-invalid-standard-base64", "A-9", path);
    }
    change(content, r#""content": """#, "field-empty", "A-11", path);
    let path = "$.spec.data.hash.value";
    let value = "ab".repeat(32);
    change(&value, &"AB".repeat(32), "body-digest-not-hex", "B.13", path);
    change(&value, "zz", "body-digest-not-hex", "B.13", path);
    change(&value, "abc", "body-digest-not-hex", "B.13", path);
    change(&value, &"ab".repeat(31), "body-digest-length", "B.13", path);
    change("\"sha256\"", "\"sha512\"", "body-digest-length", "B.13", path);
    change("\"sha256\"", "\"md5\"", "field-unknown-name", "A-15", "$.spec.data.hash.algorithm");
    let path = "$.spec.signature.publicKey.content";
    let pem = base64::encode(good::pem("PUBLIC KEY").as_bytes());
    let mut verifier = |text: &[u8], code| change(&pem, &base64::encode(text), code, "B-83", path);
    verifier(b"subject: x\n-----BEGIN PUBLIC KEY-----\nAQID\n-----END PUBLIC KEY-----\n", "body-invalid-pem");
    verifier(good::pem("PUBLIC KEY").repeat(2).as_bytes(), "body-invalid-pem");
    verifier(b"\xff\xff", "body-invalid-pem");
    verifier(b"AQID", "body-invalid-pem");
    verifier(good::pem("PRIVATE KEY").as_bytes(), "body-pem-label");
    verifier(good::pem("RSA PUBLIC KEY").as_bytes(), "body-pem-label");

    dsse_and_intoto_rows(table);
    rekor_v2_rows(table);
}

fn dsse_and_intoto_rows(table: &mut Table) {
    let dsse = good::dsse_001();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Body, &dsse), (from, to), (code, rule), path);
    };
    change(r#""0.0.1""#, r#""0.0.2""#, "body-dsse-002-removed", "B-72", "$.apiVersion");
    let path = "$.spec.signatures";
    change(r#""signatures": ["#, r#""signatures": [{}, "#, "body-signature-count", "B.13", path);
    change(r#""signatures": ["#, r#""signatures": [], "x": ["#, "body-signature-count", "B.13", path);
    change("\"sha256\"", "\"sha512\"", "field-unknown-name", "A-15", "$.spec.payloadHash.algorithm");
    change(r#""payloadHash""#, r#""x""#, "field-missing", "A-11", "$.spec.payloadHash");
    change(r#""envelopeHash": {"#, r#""envelopeHash": 1, "x": {"#, "field-wrong-type", "A-7", "$.spec.envelopeHash");

    let intoto = good::intoto_002();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Body, &intoto), (from, to), (code, rule), path);
    };
    let signature = base64::encode(b"AQID");
    let path = "$.spec.content.envelope.signatures[0].sig";
    for inner in [&b"-_-_"[..], b"AQI", b"\xff\xff\xff", b"AQ ID"] {
        change(&signature, &base64::encode(inner), "body-invalid-inner-base64", "A-9", path);
    }
    change(&signature, "AQI", "field-invalid-standard-base64", "A-9", path);
    change(&signature, "", "field-empty", "A-11", path);
    let path = "$.spec.content.envelope.signatures";
    change(r#""signatures": ["#, r#""signatures": [{}, "#, "body-signature-count", "B.13", path);
    change(r#""payloadHash""#, r#""x""#, "field-missing", "A-11", "$.spec.content.payloadHash");
    change(r#""payloadType""#, r#""x""#, "field-missing", "A-11", "$.spec.content.envelope.payloadType");
    change(r#""0.0.2""#, r#""0.0.9""#, "body-unsupported-version", "B.13", "$.apiVersion");
}

fn rekor_v2_rows(table: &mut Table) {
    let body = good::hashedrekord_002();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Body, &body), (from, to), (code, rule), path);
    };
    let spec = "$.spec.hashedRekordV002";
    for other in ["hashedRekordV0_0_2", "dsseV002"] {
        change("hashedRekordV002", other, "field-missing", "A-11", spec);
    }
    let verifier = format!("{spec}.signature.verifier");
    let certificate = r#""x509Certificate": {"rawBytes": "AQID"}"#;
    change(certificate, r#""x": 0"#, "body-no-verifier", "B-73", &verifier);
    let two = format!(r#"{certificate}, "publicKey": {{"rawBytes": "AQID"}}"#);
    change(certificate, &two, "body-two-verifiers", "B-73", &verifier);
    let path = format!("{verifier}.keyDetails");
    change("PKIX_ECDSA_P256_SHA_256", "P256", "field-unknown-name", "A-15", &path);
    let path = format!("{spec}.data.algorithm");
    for name in ["sha256", "SHA3_256", "SHA1"] {
        change("SHA2_256", name, "field-unknown-name", "A-15", &path);
    }
    let path = format!("{spec}.data.digest");
    change("SHA2_256", "SHA2_512", "body-digest-length", "B.13", &path);
    let path = format!("{spec}.signature.content");
    change(r#""content": "AQID""#, r#""content": "-_-_""#, "field-invalid-standard-base64", "A-9", &path);
}

fn statement_rows(table: &mut Table) {
    let good = good::statement();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Statement, &good), (from, to), (code, rule), path);
    };
    let path = "$._type";
    for other in ["https://in-toto.io/Statement/v2", "https://in-toto.io/Statement/v1/", ""] {
        change("https://in-toto.io/Statement/v1", other, "statement-unknown-type", "B-96", path);
    }
    change(r#""_type""#, r#""x""#, "field-missing", "A-11", path);
    let plain = r#""type": "https://in-toto.io/Statement/v9", "x""#;
    change(r#""_type""#, plain, "statement-unknown-type", "B-96", "$.type");
    for absent in [r#""predicateType": """#, r#""x": """#, r#""predicateType": null"#] {
        let present = r#""predicateType": "https://slsa.dev/provenance/v1""#;
        change(present, absent, "statement-no-predicate-type", "B-96", "$.predicateType");
    }
    let subjects = good::subjects();
    for none in ["[]", "null"] {
        change(&subjects, none, "statement-no-subject", "B-96", "$.subject");
    }
    change(&subjects, "[null]", "statement-null-subject", "B-96", "$.subject[0]");
    let second = format!("{}, null]", subjects.trim_end_matches(']'));
    change(&subjects, &second, "statement-null-subject", "B-96", "$.subject[2]");
    change(&subjects, "{}", "field-wrong-type", "A-7", "$.subject");
    change(&subjects, "[7]", "field-wrong-type", "A-7", "$.subject[0]");
    let many = format!("[{}{{}}]", "{},".repeat(1024));
    change(&subjects, &many, "field-too-many", "A-16", "$.subject");
    let digests: Vec<_> = (0..33).map(|index| format!("\"alg{index}\": \"00\"")).collect();
    let many = format!("[{{\"digest\": {{{}}}}}]", digests.join(","));
    change(&subjects, &many, "field-too-many", "A-16", "$.subject[0].digest");
    change(&subjects, r#"[{"digest": {"sha256": 7}}]"#, "field-wrong-type", "A-7", "$.subject[0].digest.sha256");
    let twice = r#"[{"digest": {"sha256": "00", "sha256": "01"}}]"#;
    change(&subjects, twice, "json-duplicate-key", "A-12", "$.subject[0].digest.sha256");
    table.row(As::Statement, Vec::new(), "json-empty", "A-1", "");
    table.row(As::Statement, b"{}".to_vec(), "field-missing", "A-11", "$._type");
    table.row(As::Statement, b"not json".to_vec(), "json-syntax", "A-1", "$");
}

fn root_rows(table: &mut Table) {
    let good = good::trusted_root();
    let mut change = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Root, &good), (from, to), (code, rule), path);
    };
    let media_type = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
    change(r#""mediaType""#, r#""x""#, "root-no-media-type", "B-7", "$.mediaType");
    for other in [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.2",
        "application/vnd.dev.sigstore.trustedroot.v0.3+json",
        "application/vnd.dev.sigstore.bundle.v0.3+json",
    ] {
        change(media_type, other, "root-unknown-media-type", "B-7", "$.mediaType");
    }
    change(
        "SHA2_256\", \"publicKey",
        "SHA2_512\", \"publicKey",
        "root-hash-algorithm",
        "B-11",
        "$.tlogs[0].hashAlgorithm",
    );
    change(
        "SHA2_256\", \"publicKey",
        "SHA256\", \"publicKey",
        "field-unknown-name",
        "A-15",
        "$.tlogs[0].hashAlgorithm",
    );
    change("PKIX_ED25519", "ED25519", "field-unknown-name", "A-15", "$.tlogs[0].publicKey.keyDetails");
    let start = r#""validFor": {"start": "2025-09-23T00:00:00Z"}"#;
    let path = "$.tlogs[0].publicKey.validFor";
    for empty in ["{}", r#"{"end": "2026-01-01T00:00:00Z"}"#, r#"{"start": null}"#] {
        let empty = format!(r#""validFor": {empty}"#);
        change(start, &empty, "root-no-validity-start", "B-10", &format!("{path}.start"));
    }
    let reversed = r#""validFor": {"start": "2025-09-23T00:00:00Z", "end": "2025-09-22T23:59:59.999Z"}"#;
    change(start, reversed, "root-window-reversed", "B-9", &format!("{path}.end"));
    change(start, r#""validfor": {}"#, "root-unknown-member", "H-14", "$.tlogs[0].publicKey.validfor");
    change(r#""tlogs""#, r#""tLogs""#, "root-unknown-member", "H-14", "$.tLogs");
    let path = format!("{path}.start");
    for time in
        ["2025-09-23", "2025-02-30T00:00:00Z", "1758585600", "2025-09-23T24:00:00Z", "2025-09-23T00:00:00+24:00"]
    {
        change("2025-09-23T00:00:00Z", time, "field-invalid-time", "B-9", &path);
    }
    let span = r#""validFor": {"start": "2022-04-13T20:06:15.000Z", "end": "2022-10-31T23:59:59.999Z"}"#;
    let authority = "$.certificateAuthorities[0]";
    change(span, r#""x": 0"#, "root-no-validity", "B-10", &format!("{authority}.validFor"));
    let chain = r#"{"certificates": [{"rawBytes": "AQID"}, {"rawBytes": "AQIE"}]}"#;
    let path = format!("{authority}.certChain.certificates");
    for empty in ["{}", r#"{"certificates": []}"#] {
        change(chain, empty, "root-empty-chain", "B-13", &path);
    }
    change(r#""certChain""#, r#""x""#, "field-missing", "A-11", &format!("{authority}.certChain"));
    change(r#""logId""#, r#""x""#, "field-missing", "A-11", "$.tlogs[0].logId");

    let line = good.replace('\n', " ");
    let broken = changed_text(&line, "\"certChain\"", "\"x\"");
    let lines = format!("{line}\n\n{broken}\n");
    table.row(As::Roots, lines.into_bytes(), "field-missing", "A-11", "line 3:$.certificateAuthorities[0].certChain");
    let lines = vec![line; 17].join("\n");
    table.row(As::Roots, lines.into_bytes(), "json-too-many-documents", "A-16", "");
}

fn changed_text(good: &str, from: &str, to: &str) -> String {
    String::from_utf8(changed(good, from, to)).unwrap()
}

#[test]
fn every_row_is_refused_with_its_code_rule_and_place() {
    let mut wrong = Vec::new();
    for (number, row) in table().0.iter().enumerate() {
        let text = String::from_utf8_lossy(&row.text);
        let Some(error) = refusal(row.read_as, &row.text) else {
            wrong.push(format!("row {number} ({}) was accepted: {text:.400}", row.code));
            continue;
        };
        let found = (error.code(), error.rule(), error.path());
        if found != (row.code, row.rule, row.path.clone()) {
            let due = format!("{} {} {:?}", row.code, row.rule, row.path);
            wrong.push(format!("row {number}: due {due}\nfound {}: {error}\n{text:.300}", error.code()));
        }
        assert!(!error.expected().is_empty() && !error.found().is_empty(), "{error:?}");
        assert!(error.to_string().len() < 600, "row {number}: {error}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_row_and_every_row_a_listed_code() {
    let rows: BTreeSet<_> = table().0.iter().map(|row| row.code).collect();
    let listed: BTreeSet<_> = ALL_CODES.iter().copied().collect();
    assert_eq!(listed.len(), ALL_CODES.len(), "a code is listed twice");
    let without_row: Vec<_> = listed.difference(&rows).collect();
    let unlisted: Vec<_> = rows.difference(&listed).collect();
    assert!(without_row.is_empty() && unlisted.is_empty(), "{without_row:?} {unlisted:?}");
}

/// No code can be written in a fault without being listed, and so without a row.
#[test]
fn the_sources_hold_no_unlisted_code() {
    let sources = [
        include_str!("../../src/json/error.rs"),
        include_str!("../../src/field/error.rs"),
        include_str!("../../src/bundle/fault.rs"),
        include_str!("../../src/rekor/fault.rs"),
        include_str!("../../src/dsse.rs"),
        include_str!("../../src/statement.rs"),
        include_str!("../../src/predicate/fault.rs"),
        include_str!("../../src/sbom/fault.rs"),
        include_str!("../../src/trusted_root/fault.rs"),
        include_str!("../../src/npm_keys.rs"),
        include_str!("../../src/yaml/error.rs"),
        include_str!("../../src/inventory/fault.rs"),
    ];
    let mut written = BTreeSet::new();
    for source in sources {
        for call in source.split("Explanation::new(").skip(1) {
            written.insert(call.split('"').nth(1).unwrap());
        }
    }
    assert_eq!(written, ALL_CODES.iter().copied().collect());
}

#[test]
fn a_refused_bundle_still_says_what_it_was() {
    let text = changed(&good::message_bundle(), r#""signature": "AQID""#, r#""signature": """#);
    let error = Bundle::parse(&text).unwrap_err();
    assert_eq!(error.media_type.as_deref(), Some("application/vnd.dev.sigstore.bundle.v0.3+json"));
    let text = changed(&good::message_bundle(), ".v0.3+json", ".v9+json");
    let error = Bundle::parse(&text).unwrap_err();
    assert_eq!(error.media_type.as_deref(), Some("application/vnd.dev.sigstore.bundle.v9+json"));
    assert_eq!(Bundle::parse(b"{").unwrap_err().media_type, None);
}

#[test]
fn h_15_two_hundred_megabytes_are_refused_unread() {
    let spaces = vec![b' '; 200 << 20];
    assert_eq!(Bundle::parse(&spaces).unwrap_err().code(), "json-too-large");
    let deep = "[".repeat(100_000);
    assert_eq!(Bundle::parse(deep.as_bytes()).unwrap_err().code(), "json-too-deep");
    let wide = format!("[{}0]", "0,".repeat(3_000_000));
    assert_eq!(Bundle::parse(wide.as_bytes()).unwrap_err().code(), "json-too-many-values");
}

#[test]
fn the_good_bundle_reads_as_written() {
    let bundle = Bundle::parse(good::message_bundle().as_bytes()).unwrap();
    assert_eq!(bundle.version, BundleVersion::V0_3);
    assert_eq!(bundle.material.key, KeyMaterial::Certificate(vec![1, 2, 3]));
    assert_eq!(bundle.unknown_fields, Vec::<String>::new());
    assert_eq!(bundle.material.timestamps, [vec![1, 2, 3]]);
    let entry = &bundle.material.tlog_entries[0];
    assert_eq!((entry.log_index, entry.integrated_time), (17, 1_690_000_000));
    assert_eq!(entry.inclusion_promise.as_deref(), Some(&[1, 2, 3][..]));
    let proof = entry.inclusion_proof.as_ref().unwrap();
    assert_eq!((proof.log_index, proof.tree_size), (5, 9));
    assert_eq!((proof.root_hash, proof.hashes.as_slice()), (Some([7; 32]), &[[8; 32]][..]));
    assert_eq!(proof.checkpoint, "note");
    let Content::Message(message) = bundle.content else { panic!() };
    assert_eq!(message.signature, [1, 2, 3]);
    assert_eq!(message.digest.unwrap().algorithm, HashAlgorithm::Sha2_256);
}

#[test]
fn all_four_media_types_are_read() {
    let spellings = [
        ("application/vnd.dev.sigstore.bundle+json;version=0.1", BundleVersion::V0_1),
        ("application/vnd.dev.sigstore.bundle+json;version=0.2", BundleVersion::V0_2),
        ("application/vnd.dev.sigstore.bundle+json;version=0.3", BundleVersion::V0_3),
        ("application/vnd.dev.sigstore.bundle.v0.3+json", BundleVersion::V0_3),
    ];
    for (media_type, version) in spellings {
        let text = good::message_bundle().replace("application/vnd.dev.sigstore.bundle.v0.3+json", media_type);
        assert_eq!(Bundle::parse(text.as_bytes()).unwrap().version, version, "{media_type}");
    }
}

#[test]
fn tolerated_spellings() {
    let good = good::message_bundle();
    let read = |from: &str, to: &str| Bundle::parse(&changed(&good, from, to)).unwrap();
    // A-10: an integer or nothing instead of a string; 2^53 + 1 keeps its last digit (H-37).
    let index = |bundle: Bundle| bundle.material.tlog_entries[0].log_index;
    assert_eq!(index(read(r#""logIndex": "17""#, r#""logIndex": 9007199254740993"#)), 9_007_199_254_740_993);
    assert_eq!(index(read(r#""logIndex": "17","#, "")), 0);
    assert_eq!(index(read(r#""logIndex": "17""#, r#""logIndex": null"#)), 0);
    assert_eq!(index(read(r#""logIndex": "17""#, r#""logIndex": "0""#)), 0);
    assert_eq!(index(read(r#""logIndex": "17""#, r#""logIndex": "9223372036854775807""#)), 9_223_372_036_854_775_807);
    // A-8: either alphabet, with or without padding.
    let Content::Message(message) = read(r#""signature": "AQID""#, r#""signature": "-_8""#).content else { panic!() };
    assert_eq!(message.signature, [0xfb, 0xff]);
    // A-11, A-26: no entries, in each spelling of nothing.
    let entries = format!("\"tlogEntries\": [{}]", good::log_entry(0));
    for nothing in [r#""tlogEntries": []"#, r#""tlogEntries": null"#, r#""later": []"#] {
        assert_eq!(read(&entries, nothing).material.tlog_entries, []);
    }
    // A-14: unknown members are listed, not refused.
    let bundle = read(r#""checkpoint": {"#, r#""checkpoint": {"odd key": 1, "#);
    assert_eq!(bundle.unknown_fields, [format!(r#"{ENTRY}.inclusionProof.checkpoint["odd key"]"#)]);
    // A-23: no key id is no contradiction.
    let dsse = good::dsse_bundle();
    Bundle::parse(&changed(&dsse, r#", "keyid": "key""#, "")).unwrap();
    // A-21: an empty payload is a payload.
    let payload = format!(r#""payload": "{}""#, base64::encode(good::statement().as_bytes()));
    Bundle::parse(&changed(&dsse, &payload, r#""payload": """#)).unwrap();
}

#[test]
fn good_bodies_read_as_written() {
    let read = |text: String| EntryBody::parse(text.as_bytes()).unwrap();
    let EntryBody::HashedRekord001(body) = read(good::hashedrekord_001()) else { panic!() };
    assert_eq!(body.digest.bytes, [0xab; 32]);
    assert_eq!((body.signature, body.verifier), (vec![1, 2, 3], Verifier::PublicKey(vec![1, 2, 3])));
    let EntryBody::Dsse001(body) = read(good::dsse_001()) else { panic!() };
    assert_eq!((body.signature, body.verifier), (vec![1, 2, 3], Verifier::Certificate(vec![1, 2, 3])));
    assert!(body.envelope_hash.is_some());
    let EntryBody::Intoto002(body) = read(good::intoto_002()) else { panic!() };
    assert_eq!((body.signature, body.keyid), (vec![1, 2, 3], None));
    assert_eq!(body.payload_type, "application/vnd.in-toto+json");
    let EntryBody::Intoto001(body) = read(good::intoto_001()) else { panic!() };
    assert_eq!(body.payload_hash, None);
    let body = read(good::hashedrekord_002());
    assert!(body.is_rekor_v2());
    let EntryBody::HashedRekord002(body) = body else { panic!() };
    assert_eq!(body.key_details, PublicKeyDetails::PkixEcdsaP256Sha256);
    // B-87: unknown members are ignored.
    let text = changed(&good::hashedrekord_001(), r#""spec": {"#, r#""x": 1, "spec": {"y": 2, "#);
    EntryBody::parse(&text).unwrap();
}

#[test]
fn good_statements_read_as_written() {
    let statement = Statement::parse(good::statement().as_bytes()).unwrap();
    assert_eq!(statement.version, StatementVersion::V1);
    assert_eq!(statement.predicate_type, "https://slsa.dev/provenance/v1");
    assert_eq!(statement.subjects.len(), 2);
    assert_eq!(statement.subjects[1].path, "$.subject[1]");
    assert_eq!(statement.subjects[0].digests[1].bytes(), Some(vec![0xcd]));
    assert!(statement.predicate.unwrap().get("x").is_some());
    assert_eq!(statement.unknown_fields, ["$.more"]);
    let old = changed(&good::statement(), "Statement/v1", "Statement/v0.1");
    assert_eq!(Statement::parse(&old).unwrap().version, StatementVersion::V0_1);
    let plain = Statement::parse(&changed(&good::statement(), "\"_type\"", "\"type\"")).unwrap();
    assert_eq!((plain.version, plain.unknown_fields.as_slice()), (StatementVersion::V1, &["$.more".to_owned()][..]));
    let null = Statement::parse(&changed(&good::statement(), r#"{"x": 1}"#, "null")).unwrap();
    assert_eq!(null.predicate, None);
}

#[test]
fn good_trusted_roots_read_as_written() {
    let root = TrustedRoot::parse(good::trusted_root().as_bytes()).unwrap();
    assert_eq!(root.tlogs[0].operator.as_deref(), Some("sigstore.dev"));
    assert_eq!(root.tlogs[0].checkpoint_key_id.as_deref(), Some(&[1, 2, 3, 4][..]));
    assert_eq!(root.tlogs[0].log_id, [5; 32]);
    assert_eq!(root.certificate_authorities[0].valid_for.end.unwrap().0, 1_667_260_799_999);
    assert_eq!(root.certificate_authorities[0].cert_chain.len(), 2);
    for media_type in
        ["application/vnd.dev.sigstore.trustedroot.v0.1+json", "application/vnd.dev.sigstore.trustedroot.v0.2+json"]
    {
        let from = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
        TrustedRoot::parse(&changed(&good::trusted_root(), from, media_type)).unwrap();
    }
}
