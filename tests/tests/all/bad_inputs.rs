//! What people drop by mistake, and what attackers do: each answer has its own message, and none is verified. The messages
//! themselves are in `bad-inputs.txt`, to be read; `UPDATE_EXPECT=1 cargo test` writes it anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use serde_json::{Value, json};
use touchstone_cli::arguments::{Artifact, Request};
use touchstone_cli::run;
use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::{Name, Question, Signer, Trust};
use touchstone_testkit::recipe::KeyForm;
use touchstone_testkit::{Case, Recipe, change};

/// The files of one row; a row changes what its name says and nothing else.
struct Row {
    name: &'static str,
    bundle: Vec<u8>,
    artifact: Vec<u8>,
    trusted_root: Vec<u8>,
    key: Option<Vec<u8>>,
}

#[test]
fn each_bad_input_has_its_own_message() {
    let folder = Folder::new("bad-inputs");
    let mut told = String::new();
    let mut messages: BTreeMap<String, &'static str> = BTreeMap::new();
    for row in rows() {
        let message = ask(&row, folder.path());
        writeln!(told, "{}\n    {message}\n", row.name).unwrap();
        if let Some(other) = messages.insert(message, row.name) {
            panic!("{} and {other} say the same", row.name);
        }
    }
    expect_file!["../../bad-inputs.txt"].assert_eq(&told);
}

#[test]
fn the_unchanged_bundle_verifies() {
    let row = Row::of("good", Recipe::message().make());
    assert_eq!(ask(&row, Folder::new("good-input").path()), "VERIFIED");
}

/// Beside a good bundle: each says what it is and what is wrong with it, in reasonable time, and the verdict stays.
#[test]
fn bad_evidence_beside_a_good_bundle_is_told_and_changes_nothing() {
    let folder = Folder::new("bad-evidence");
    let bill =
        |components: &str| format!(r#"{{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{components}]}}"#);
    let padded = |bytes: usize| bill(&format!(r#"{{"type":"library","name":"{}"}}"#, "a".repeat(bytes)));
    let many = bill(&vec![r#"{"type":"library","name":"a"}"#; 100_001].join(","));
    let liar = format!(
        r#"{{"type":"library","name":"liar","purl":"pkg:generic/liar@1?checksum=sha256:{}",
        "hashes":[{{"alg":"SHA-256","content":"{}"}}]}}"#,
        "a".repeat(64),
        "b".repeat(64)
    );
    let bomb = format!(
        "services:\n  a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n{}",
        (1..12)
            .map(|at| format!("  a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 10].join(",")))
            .collect::<String>()
    );
    let mut told: Vec<String> = Vec::new();
    for (name, text, said) in [
        ("a bill of 50 MB", padded(50_000_000), "bill of materials that cannot be read: expected at most"),
        (
            "a bill of 100,001 components",
            many,
            "bill of materials that cannot be read: expected at most 100000 elements",
        ),
        (
            "a bill of another version",
            bill("").replace("1.5", "9.9"),
            "bill of materials that cannot be read: expected",
        ),
        ("a purl that lies about its digest", bill(&liar), "the digest beside it is another"),
        ("anchors that explode", bomb, "file that is not interpreted"),
    ] {
        let path = folder.path().join("evidence");
        std::fs::write(&path, text).unwrap();
        let case = Recipe::message().make();
        let mut request = request(&Row::of("good", case), folder.path());
        request.further = vec![path];
        let answers = run::answers(&request).unwrap();
        let document = answers[0].result.as_ref().unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Verified, "{name}");
        let custody = document.custody.as_ref().unwrap();
        let message = [&custody.warnings[..], &[custody.statements[1].kind.clone()]].concat().join(" | ");
        assert!(message.contains(said), "{name}: {message}");
        assert!(message.len() < 500, "{name}: {} bytes", message.len());
        assert!(!told.contains(&message), "{name} says what another says: {message}");
        told.push(message);
    }
}

fn rows() -> Vec<Row> {
    let good = Recipe::message().make();
    let bundle = |name: &'static str, bundle: Vec<u8>| Row { bundle, ..Row::of(name, good.clone()) };
    let text = String::from_utf8(good.bundle.clone()).unwrap();
    let other_world = Recipe { ca: touchstone_testkit::ca::Authority::fulcio("elsewhere"), ..Recipe::message() }.make();
    let mut rows = vec![
        bundle("an empty file", Vec::new()),
        bundle("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".to_vec()),
        bundle(
            "an HTML error page saved as .json",
            b"<!DOCTYPE html>\n<html><head><title>404</title></head></html>".to_vec(),
        ),
        bundle("truncated JSON", good.bundle[..good.bundle.len() / 2].to_vec()),
        bundle("a bundle of an unknown version", text.replace("bundle.v0.3+json", "bundle.v0.9+json").into_bytes()),
        Row { artifact: b"another file".to_vec(), ..Row::of("a bundle for another artifact", good.clone()) },
        recipe("a statement without subjects", |recipe| {
            recipe.statement.push(change(|statement: &mut Value| statement["subject"] = json!([])))
        }),
        recipe("a provenance (a statement) for another file", |recipe| {
            recipe.statement.push(change(|statement: &mut Value| {
                statement["subject"][0]["digest"]["sha256"] = json!("0".repeat(64));
            }))
        }),
        recipe("a provenance (a statement) of the wrong shape", |recipe| {
            recipe.statement.push(change(|statement: &mut Value| {
                statement["predicate"]["buildDefinition"]["resolvedDependencies"] = json!({ "uri": "x" });
            }))
        }),
        bundle("a certificate where a bundle is expected", pem("CERTIFICATE", &Recipe::message().leaf_der())),
        Row { trusted_root: other_world.trusted_root, ..Row::of("a trusted root from another world", good.clone()) },
        Row {
            key: Some(b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHqQb me@here".to_vec()),
            ..Row::of("a key in the wrong format", Recipe::managed().make())
        },
        Row {
            key: Some(pem("CERTIFICATE", &Recipe::message().leaf_der())),
            ..Row::of("a certificate where a key is expected", Recipe::managed().make())
        },
        bundle("a 200 MB JSON file", [&b"{\"mediaType\":\""[..], &vec![b'a'; 200_000_000], b"\"}"].concat()),
        bundle(
            "JSON nested 100,000 deep",
            ["{\"a\":".repeat(100_000), "1".to_owned(), "}".repeat(100_000)].concat().into_bytes(),
        ),
        bundle("duplicate keys", text.replacen("\"mediaType\":", "\"mediaType\":\"x\",\"mediaType\":", 1).into_bytes()),
        recipe("base64url where base64 is due", |recipe| {
            recipe.entry().body.push(change(|body: &mut Value| {
                let content = &mut body["spec"]["signature"]["content"];
                *content = json!(content.as_str().unwrap().replace('/', "_").replace('+', "-"));
            }))
        }),
        bundle(
            "invalid UTF-8",
            text.replacen("mediaType", "media\u{0}ype", 1)
                .into_bytes()
                .into_iter()
                .map(|byte| if byte == 0 { 0xff } else { byte })
                .collect(),
        ),
        recipe("a future date", |recipe| {
            recipe.bundle.push(change(|bundle: &mut Value| {
                bundle["verificationMaterial"]["tlogEntries"][0]["integratedTime"] = json!("32503680000");
            }))
        }),
        bundle("an array instead of an object", b"[]".to_vec()),
        bundle("a trusted root where a bundle is expected", good.trusted_root.clone()),
        Row { trusted_root: good.bundle.clone(), ..Row::of("a bundle where a trusted root is expected", good.clone()) },
    ];
    rows.push(recipe("a root certificate in the chain", |recipe| {
        recipe.media_type = "application/vnd.dev.sigstore.bundle+json;version=0.2".to_owned();
        recipe.key_form = KeyForm::Chain(recipe.ca.certificates());
    }));
    rows.push(recipe("an empty chain", |recipe| {
        recipe.media_type = "application/vnd.dev.sigstore.bundle+json;version=0.2".to_owned();
        recipe.key_form = KeyForm::Chain(Vec::new());
        recipe.bundle.push(change(|bundle: &mut Value| {
            bundle["verificationMaterial"]["x509CertificateChain"]["certificates"] = json!([])
        }));
    }));
    rows
}

fn recipe(name: &'static str, change: impl FnOnce(&mut Recipe)) -> Row {
    let mut recipe = if name.contains("statement") { Recipe::dsse() } else { Recipe::message() };
    change(&mut recipe);
    Row::of(name, recipe.make())
}

impl Row {
    fn of(name: &'static str, case: Case) -> Self {
        let key = case.key.map(String::into_bytes);
        Self { name, bundle: case.bundle, artifact: case.artifact, trusted_root: case.trusted_root, key }
    }
}

/// The request of a row.
fn request(row: &Row, folder: &Path) -> Request {
    let write = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let signer = match row.key {
        Some(_) => Signer::Key,
        None => Signer::Certificate {
            identity: Name::Exact(touchstone_testkit::ca::WORKFLOW.to_owned()),
            issuer: Some(Name::Exact(touchstone_testkit::ca::ISSUER.to_owned())),
        },
    };
    Request {
        question: Question { signer, trust: Trust::File, ..Question::default() },
        bundle: write("bundle.json", &row.bundle),
        artifact: Artifact::File(write("artifact", &row.artifact)),
        keys: row.key.iter().map(|key| write("key.pub", key)).collect(),
        trusted_root: Some(write("trusted-root.json", &row.trusted_root)),
        ..Request::default()
    }
}

/// Asks as the command does, and tells the first failure, or what stands in the way of asking.
fn ask(row: &Row, folder: &Path) -> String {
    let answers = match run::answers(&request(row, folder)) {
        Ok(answers) => answers,
        Err(unreadable) => {
            return format!("UNREADABLE {}", unreadable.to_string().replace(&format!("{}/", folder.display()), ""));
        }
    };
    assert_eq!(answers.len(), 1, "{}: one bundle is one answer", row.name);
    let told = match &answers[0].result {
        Err(error) => format!("UNUSABLE {}: {}", error.part, error.message),
        Ok(document) => tell(document),
    };
    answers[0].mistaken.iter().fold(told, |told, words| format!("{told}\n    {words}"))
}

fn tell(document: &Document) -> String {
    match document.verdict.outcome {
        Outcome::Verified => [&["VERIFIED".to_owned()][..], &document.notes].concat().join("\n    "),
        Outcome::Incomplete => format!("INCOMPLETE {}", document.verdict.sentence),
        Outcome::Rejected => {
            let id = document.verdict.failed.first().expect("a rejection names its check");
            let check = document.checks.iter().find(|check| check.id == *id).expect("a check");
            assert!(!check.to_do.is_empty(), "{id}: says nothing of what to do");
            format!(
                "REJECTED by {id} [{}]\n    {}\n    expected: {}\n    found:    {}\n    at:       {}",
                check.code, check.headline, check.expected, check.found, check.place
            )
        }
    }
}

fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    let text = touchstone_testkit::encoding::base64(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n")).into_bytes()
}

/// A folder of this run that goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("touchstone-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
