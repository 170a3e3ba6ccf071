//! The command as a program: exit statuses, several bundles in one file, and the conformance protocol.

use std::path::{Path, PathBuf};

use touchstone_cli::arguments::{Artifact, Request};
use touchstone_cli::run::{self, INCOMPLETE, REJECTED, UNUSABLE, VERIFIED};
use touchstone_report::document::Outcome;
use touchstone_report::question::{Name, Publisher, Question, Signer, Trust};
use touchstone_report::saved::{self, Program, Saved};
use touchstone_testkit::keys::Kind;
use touchstone_testkit::{Case, Recipe, change};

/// The built program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_touchstone");

struct Files {
    folder: PathBuf,
    case: Case,
}

impl Files {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("touchstone-command-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let case = Recipe::message().make();
        for (name, bytes) in [("root.json", &case.trusted_root), ("artifact", &case.artifact)] {
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        Self { folder, case }
    }

    fn request(&self, bundle: &[u8]) -> Request {
        let path = self.folder.join("bundle.jsonl");
        std::fs::write(&path, bundle).unwrap();
        let signer = Signer::Certificate {
            identity: Name::Exact(self.case.identity.clone()),
            issuer: Some(Name::Exact(self.case.issuer.clone())),
        };
        Request {
            question: Question { signer, trust: Trust::File, ..Question::default() },
            bundle: path,
            artifact: Artifact::File(self.folder.join("artifact")),
            keys: Vec::new(),
            trusted_root: Some(self.folder.join("root.json")),
            ..Request::default()
        }
    }

    /// Names and exit status.
    fn ask(&self, bundle: &[u8]) -> (Vec<String>, u8) {
        let answers = run::answers(&self.request(bundle)).unwrap();
        (answers.iter().map(|answer| answer.name.clone()).collect(), run::status(&answers))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn lines(bundles: &[&[u8]]) -> Vec<u8> {
    bundles.join(&b'\n')
}

#[test]
fn one_verified_bundle_of_several_is_enough_and_each_is_named() {
    let files = Files::new("several");
    let good = files.case.bundle.clone();
    let mut other = Recipe::message();
    other.artifact = b"another artifact".to_vec();
    let bad = other.make().bundle;
    let named: Vec<String> = (1..=3).map(|number| format!("bundle.jsonl, bundle {number}")).collect();
    assert_eq!(files.ask(&lines(&[&bad, &good, &bad])), (named, VERIFIED));
    assert_eq!(files.ask(&lines(&[&bad, &bad])).1, REJECTED);
    assert_eq!(files.ask(&good), (vec!["bundle.jsonl".to_owned()], VERIFIED));
    // By the protocol of the conformance suite, a file with a bundle that is rejected is not accepted.
    let of_all = |bundles: &[&[u8]]| {
        run::answers(&files.request(&lines(bundles)))
            .map(|answers| run::status_of_all(&answers))
            .map_err(|e| e.to_string())
    };
    assert_eq!(of_all(&[&good, &bad]), Ok(REJECTED));
    assert_eq!(of_all(&[&good, &good]), Ok(VERIFIED));
}

/// One file, one reading: what some editors write in front of it changes no answer.
#[test]
fn a_byte_order_mark_changes_nothing() {
    let files = Files::new("mark");
    let marked = [&[0xef, 0xbb, 0xbf][..], &files.case.bundle].concat();
    assert_eq!(files.ask(&marked).1, VERIFIED);
    let pieces = run::pieces_of("bundle.json", marked);
    assert_eq!(pieces, [("bundle.json".to_owned(), files.case.bundle.clone())]);
}

/// B-2, B-3: of several roots in one file, none of which a bundle signed with a key leads to, the one that asks for a log judges.
/// Otherwise whoever takes the entries out of a bundle chooses the root.
#[test]
fn the_order_of_roots_in_a_file_decides_nothing() {
    let files = Files::new("order");
    let mut recipe = Recipe::managed();
    recipe.entries.clear();
    let case = recipe.make();
    let key = files.folder.join("key.pub");
    std::fs::write(&key, case.key.as_deref().unwrap()).unwrap();
    let line = |text: &[u8]| {
        let value: serde_json::Value = serde_json::from_slice(text).unwrap();
        serde_json::to_vec(&value).unwrap()
    };
    let (with_logs, without) = (line(&case.trusted_root), line(&Recipe::github().make().trusted_root));
    let root = files.folder.join("root.jsonl");
    let failed = |first: &[u8], second: &[u8]| {
        std::fs::write(&root, lines(&[first, second])).unwrap();
        let request = files.request(&case.bundle);
        let question = Question { signer: Signer::Key, ..request.question.clone() };
        let trusted_root = Some(root.clone());
        let answers = run::answers(&Request { question, keys: vec![key.clone()], trusted_root, ..request }).unwrap();
        answers[0].result.as_ref().unwrap().verdict.failed.clone()
    };
    let one = failed(&with_logs, &without);
    assert!(one.contains(&"logged".to_owned()), "{one:?}");
    assert_eq!(failed(&without, &with_logs), one);
}

/// B-3, B-15: a newer and an older root of one instance, whose authority is the same. Each judges alone.
#[test]
fn one_root_that_verifies_it_is_enough_wherever_it_stands() {
    let files = Files::new("older");
    let mut older: serde_json::Value = serde_json::from_slice(&files.case.trusted_root).unwrap();
    older["tlogs"] = serde_json::json!([older["tlogs"][1]]);
    let (older, newer) = (serde_json::to_vec(&older).unwrap(), files.case.trusted_root.clone());
    let root = files.folder.join("root.jsonl");
    for roots in [[&older, &newer], [&newer, &older]] {
        std::fs::write(&root, lines(&[roots[0], roots[1]])).unwrap();
        let request = Request { trusted_root: Some(root.clone()), ..files.request(&files.case.bundle) };
        assert_eq!(run::status(&run::answers(&request).unwrap()), VERIFIED);
    }
    std::fs::write(&root, lines(&[&older, &older])).unwrap();
    let request = Request { trusted_root: Some(root), ..files.request(&files.case.bundle) };
    assert_eq!(run::status(&run::answers(&request).unwrap()), REJECTED);
}

/// B-3, B-5: no root helps a bundle over what another says of it, and none makes it need less.
#[test]
fn a_root_that_asks_less_or_closed_no_window_overrides_no_other() {
    let files = Files::new("stricter");
    let case = {
        let mut recipe = Recipe::both_times();
        recipe.entries.clear();
        recipe.make()
    };
    let root = |change: fn(&mut serde_json::Value)| {
        let mut root: serde_json::Value = serde_json::from_slice(&files.case.trusted_root).unwrap();
        change(&mut root);
        serde_json::to_vec(&root).unwrap()
    };
    let same = root(|_| {});
    let without_logs = root(|root| root["tlogs"] = serde_json::json!([]));
    let closed = root(|root| {
        let window = &mut root["tlogs"][0]["publicKey"]["validFor"];
        window["end"] = window["start"].clone();
    });
    let path = files.folder.join("root.jsonl");
    let asked = |bundle: &[u8], roots: [&[u8]; 2]| {
        std::fs::write(&path, lines(&roots)).unwrap();
        let request = Request { trusted_root: Some(path.clone()), ..files.request(bundle) };
        run::status(&run::answers(&request).unwrap())
    };
    let ended = root(|root| {
        let window = &mut root["certificateAuthorities"][0]["validFor"];
        window["end"] = window["start"].clone();
    });
    for (bundle, one, other) in [
        (&case.bundle, &same, &without_logs),
        (&files.case.bundle, &same, &closed),
        (&files.case.bundle, &same, &ended),
    ] {
        assert_eq!(asked(bundle, [one, other]), REJECTED);
        assert_eq!(asked(bundle, [other, one]), REJECTED);
    }
    // That one knows an authority from later on contradicts nobody (B-15).
    let later = root(|root| root["certificateAuthorities"][0]["validFor"]["start"] = "2100-01-01T00:00:00Z".into());
    assert_eq!(asked(&files.case.bundle, [&same, &later]), VERIFIED);
    assert_eq!(asked(&files.case.bundle, [&later, &same]), VERIFIED);
    assert_eq!(asked(&case.bundle, [&without_logs, &without_logs]), VERIFIED);
    assert_eq!(asked(&files.case.bundle, [&same, &same]), VERIFIED);
}

/// B-3: a bundle signed with a key, and no log that any root knows. Each root says what it knows of the time.
#[test]
fn every_root_judges_a_key_whose_log_none_knows() {
    let files = Files::new("unlogged");
    let mut recipe = Recipe::managed();
    recipe.entries.clear();
    recipe.timestamps = Recipe::both_times().timestamps;
    let case = recipe.make();
    let key = files.folder.join("key.pub");
    std::fs::write(&key, case.key.as_deref().unwrap()).unwrap();
    let root = |change: fn(&mut serde_json::Value)| {
        let mut root: serde_json::Value = serde_json::from_slice(&case.trusted_root).unwrap();
        root["tlogs"] = serde_json::json!([]);
        change(&mut root);
        serde_json::to_vec(&root).unwrap()
    };
    let knows = root(|_| {});
    let knows_none = root(|root| root["timestampAuthorities"] = serde_json::json!([]));
    let ended = root(|root| {
        let window = &mut root["timestampAuthorities"][0]["validFor"];
        window["end"] = window["start"].clone();
    });
    let path = files.folder.join("root.jsonl");
    let asked = |roots: [&[u8]; 2]| {
        std::fs::write(&path, lines(&roots)).unwrap();
        let mut request =
            Request { trusted_root: Some(path.clone()), keys: vec![key.clone()], ..files.request(&case.bundle) };
        request.question.signer = Signer::Key;
        request.question.thresholds.timestamp_authorities = Some(1);
        run::status(&run::answers(&request).unwrap())
    };
    for (one, other, status) in
        [(&knows, &knows_none, VERIFIED), (&knows, &ended, REJECTED), (&knows_none, &knows_none, REJECTED)]
    {
        assert_eq!(asked([one, other]), status);
        assert_eq!(asked([other, one]), status);
    }
}

/// A-27, B-95: nobody signed an envelope's key id, so it keeps no other key from being tried.
#[test]
fn the_name_of_a_key_decides_nothing() {
    let files = Files::new("hint");
    let mut recipe = Recipe::dsse();
    recipe.key_form = touchstone_testkit::recipe::KeyForm::PublicKey("release".to_owned());
    let case = recipe.make();
    std::fs::write(files.folder.join("root.json"), &case.trusted_root).unwrap();
    std::fs::write(files.folder.join("artifact"), &case.artifact).unwrap();
    let other = touchstone_testkit::keys::Key::new(Kind::P256, "other").public_pem();
    for (name, text) in [("release.pub", &other), ("old.pub", case.key.as_ref().unwrap())] {
        std::fs::write(files.folder.join(name), text).unwrap();
    }
    let asked = |keys: &[&str]| {
        let mut request = files.request(&case.bundle);
        request.question.signer = Signer::Key;
        request.keys = keys.iter().map(|name| files.folder.join(name)).collect();
        run::status(&run::answers(&request).unwrap())
    };
    assert_eq!(asked(&["release.pub", "old.pub"]), VERIFIED);
    assert_eq!(asked(&["old.pub", "release.pub"]), VERIFIED);
    assert_eq!(asked(&["release.pub", "release.pub"]), REJECTED);
}

/// H-14: what is in a file says whether it is a key or a registry's list, not its name. A key that is given is looked at.
#[test]
fn a_key_in_a_file_of_any_name_is_a_key() {
    let files = Files::new("named");
    std::fs::write(files.folder.join("bundle"), &files.case.bundle).unwrap();
    let key = Recipe::managed().make().key.unwrap();
    let asked = |name: &str, bytes: &[u8]| {
        std::fs::write(files.folder.join(name), bytes).unwrap();
        let arguments = "verify --bundle bundle --trusted-root root.json --source-uri github.com/acme/app --key";
        let arguments = arguments.split(' ').chain([name, "artifact"]);
        let ran = std::process::Command::new(PROGRAM).args(arguments).current_dir(&files.folder).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap().contains("certificate-instead-of-key"))
    };
    for name in ["key.pem", "key.json", "key"] {
        assert_eq!(asked(name, key.as_bytes()), (Some(i32::from(REJECTED)), true), "{name}");
    }
    // A list names nobody, whatever it is called.
    let list = include_bytes!("../../../trust/roots/npm-keys.json");
    for name in ["keys.json", "keys.txt"] {
        // It gets as far as the source that was expected.
        assert_eq!(asked(name, list), (Some(i32::from(REJECTED)), false), "{name}");
    }
}

/// B-6: whoever writes a pattern that anybody fits has named nobody, and the verdict says so.
#[test]
fn a_pattern_that_strangers_fit_is_a_waiver() {
    let files = Files::new("strangers");
    let bundle = files.case.bundle.clone();
    let said = |pattern: &str| {
        let request = files.request(&bundle);
        let Signer::Certificate { issuer, .. } = request.question.signer.clone() else { unreachable!() };
        let signer = Signer::Certificate { identity: Name::Pattern(pattern.to_owned()), issuer };
        let question = Question { signer, ..request.question.clone() };
        let answers = run::answers(&Request { question, ..request }).unwrap();
        let verdict = answers[0].result.as_ref().unwrap().verdict.clone();
        (verdict.title, verdict.detail)
    };
    let (title, detail) = said(r"https://github\.com/.*");
    assert_eq!(title, "Verified, 1 check waived");
    assert!(detail.starts_with("Your pattern fits others too, https://github.com/"), "{detail}");
    assert_eq!(said(r"https://github\.com/touchstone-test/.*").0, "Verified");
}

/// A-1, in its order.
#[test]
fn the_bundle_beside_the_artifact_is_found() {
    let files = Files::new("beside");
    let request = Request { bundle: PathBuf::new(), ..files.request(b"") };
    let status = || run::answers(&request).map(|answers| run::status(&answers)).map_err(|error| error.to_string());
    let missing = status().unwrap_err();
    assert!(missing.contains("artifact.sigstore.json or ") && missing.contains("--bundle"), "{missing}");
    std::fs::write(files.folder.join("artifact.sigstore"), &files.case.bundle).unwrap();
    assert_eq!(status(), Ok(VERIFIED));
    std::fs::write(files.folder.join("artifact.sigstore.json"), b"{}").unwrap();
    assert_eq!(status(), Ok(REJECTED));
    let stated = Request { artifact: Artifact::Digest("sha256:00".to_owned()), ..request.clone() };
    assert!(run::answers(&stated).unwrap_err().to_string().contains("no bundle was named"));
}

/// H-14: a variable that was not set says nothing about the file.
#[test]
fn an_empty_expectation_is_no_question() {
    let files = Files::new("empty");
    type Place = fn(&mut touchstone_report::question::Expect) -> &mut Option<String>;
    let places: [Place; 11] = [
        |expect| &mut expect.source_uri,
        |expect| &mut expect.source_branch,
        |expect| &mut expect.source_tag,
        |expect| &mut expect.source_versioned_tag,
        |expect| &mut expect.builder_id,
        |expect| &mut expect.package_name,
        |expect| &mut expect.package_version,
        |expect| &mut expect.distribution_name,
        |expect| &mut expect.resource_uri,
        |expect| &mut expect.verifier_id,
        |expect| &mut expect.predicate_type,
    ];
    for place in places {
        let mut request = files.request(&files.case.bundle);
        *place(&mut request.question.expect) = Some(String::new());
        let answers = run::answers(&request).unwrap();
        assert_eq!(run::status(&answers), UNUSABLE);
        assert_eq!(answers[0].result.as_ref().unwrap_err().part, "expectation");
    }
    let mut request = files.request(&files.case.bundle);
    request.question.expect.verified_levels.push(String::new());
    assert_eq!(run::status(&run::answers(&request).unwrap()), UNUSABLE);
    let mut request = files.request(&files.case.bundle);
    request.question.expect.workflow_inputs.push((" ".to_owned(), "v".to_owned()));
    let answers = run::answers(&request).unwrap();
    let said = &answers[0].result.as_ref().unwrap_err().message;
    assert_eq!(said, "The expected workflow input is empty. Name one, or leave it out.");
    // G-7: without its workflow a publisher is met by no certificate.
    let mut request = files.request(&files.case.bundle);
    let repository = Some("acme/app".to_owned());
    request.question.expect.publisher = Some(Publisher { kind: "GitHub".to_owned(), repository, ..Default::default() });
    let answers = run::answers(&request).unwrap();
    let said = &answers[0].result.as_ref().unwrap_err().message;
    assert_eq!(said, "A trusted publisher is a repository and its workflow file: name both.");
}

/// What cannot be read says nothing about the file, and a member of another kind of publisher would be compared with nothing (H-14).
#[test]
fn an_expectation_that_cannot_be_read_is_no_question() {
    let files = Files::new("unread");
    let said = |change: &dyn Fn(&mut touchstone_report::question::Expect)| {
        let mut request = files.request(&files.case.bundle);
        change(&mut request.question.expect);
        let answers = run::answers(&request).unwrap();
        answers[0].result.as_ref().err().map(|error| (error.part, error.message.clone()))
    };
    let source = |uri: &str| said(&|expect| expect.source_uri = Some(uri.to_owned()));
    assert!(source("git@github.com:o/r.git").unwrap().1.starts_with("The expected source “git@github.com:o/r.git”"));
    // As it is copied from a browser.
    assert_eq!(source("https://github.com/o/r/"), None);
    let tag = |tag: &str| said(&|expect| expect.source_versioned_tag = Some(tag.to_owned()));
    assert!(tag("1.2").unwrap().1.starts_with("The expected versioned tag “1.2”"));
    assert_eq!(tag("v1.2"), None);
    let some = |text: &str| Some(text.to_owned());
    let forge = Publisher {
        kind: "GitHub".to_owned(),
        repository: some("acme/app"),
        workflow: some("release.yml"),
        ..Publisher::default()
    };
    let google = Publisher { kind: "Google".to_owned(), email: some("jo@acme.example"), ..Publisher::default() };
    for (publisher, is_one) in [
        (forge.clone(), true),
        (google.clone(), true),
        (Publisher { email: some("x@y.example"), ..forge }, false),
        (Publisher { environment: some("prod"), ..google }, false),
    ] {
        let refused = said(&|expect| expect.publisher = Some(publisher.clone()));
        assert_eq!(refused.is_none(), is_one, "{publisher:?}: {refused:?}");
    }
}

/// A bundle that was read is not said to be unreadable.
#[test]
fn a_bundle_older_than_asked_for_is_said_to_be_older() {
    let files = Files::new("older");
    let mut request = files.request(&files.case.bundle);
    let said = |request: &Request| {
        let answers = run::answers(request).unwrap();
        let verdict = &answers[0].result.as_ref().unwrap().verdict;
        (verdict.outcome, verdict.detail.clone())
    };
    assert_eq!(said(&request).0, Outcome::Verified);
    request.question.minimum_bundle_version = Some("0.3".to_owned());
    assert_eq!(said(&request).0, Outcome::Verified);
    let mut older = Recipe::message();
    older.media_type = touchstone_testkit::recipe::BUNDLE_V02.to_owned();
    older.key_form = touchstone_testkit::recipe::KeyForm::Chain(Vec::new());
    let older = older.make();
    std::fs::write(&request.bundle, &older.bundle).unwrap();
    let (outcome, detail) = said(&request);
    assert_eq!(outcome, Outcome::Rejected);
    assert!(detail.contains("of an older version than you ask for"), "{detail}");
}

/// B-92: what signs the bytes is shown them, and where only digests are known nothing is said of the file.
#[test]
fn a_signature_over_the_bytes_themselves_needs_them() {
    let files = Files::new("pure");
    let mut recipe = Recipe::managed();
    recipe.managed_key = touchstone_testkit::keys::Key::new(Kind::Ed25519, "pure");
    recipe.scheme = Some(touchstone_testkit::keys::Scheme::Ed25519);
    recipe.entries.clear();
    let case = recipe.make();
    std::fs::write(files.folder.join("artifact"), &case.artifact).unwrap();
    std::fs::write(files.folder.join("key.pub"), case.key.as_ref().unwrap()).unwrap();
    let asked = |artifact: Artifact| {
        let mut request = files.request(&case.bundle);
        request.question.signer = Signer::Key;
        request.question.trust = Trust::KeyAlone;
        request.question.key_details = Some("PKIX_ED25519".to_owned());
        request.trusted_root = None;
        request.keys = vec![files.folder.join("key.pub")];
        request.artifact = artifact;
        run::status(&run::answers(&request).unwrap())
    };
    assert_eq!(asked(Artifact::File(files.folder.join("artifact"))), VERIFIED);
    let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(&case.artifact));
    assert_eq!(asked(Artifact::Digest(format!("sha256:{digest}"))), INCOMPLETE);
    std::fs::write(files.folder.join("artifact"), "another").unwrap();
    assert_eq!(asked(Artifact::File(files.folder.join("artifact"))), REJECTED);
    // Of a file about which something is signed the digest is enough, however large it is.
    let large = files.folder.join("large");
    std::fs::File::create(&large).unwrap().set_len(256 * 1024 * 1024 + 1).unwrap();
    let answered = |bundle: &[u8]| {
        let mut request = files.request(bundle);
        request.question.key_details = Some("PKIX_ED25519".to_owned());
        request.artifact = Artifact::File(large.clone());
        run::answers(&request).is_ok()
    };
    assert_eq!([answered(&Recipe::dsse().make().bundle), answered(&case.bundle)], [true, false]);
}

/// B-6: what says nothing about who has to have signed leaves that question open, or to the key that is given.
#[test]
fn an_expectation_that_implies_no_signer_leaves_the_signer_open() {
    let mut files = Files::new("implied");
    let mut recipe = Recipe::dsse();
    recipe.key_form = touchstone_testkit::recipe::KeyForm::PublicKey("the key".to_owned());
    files.case = recipe.make();
    std::fs::write(files.folder.join("root.json"), &files.case.trusted_root).unwrap();
    std::fs::write(files.folder.join("artifact"), &files.case.artifact).unwrap();
    std::fs::write(files.folder.join("key.pub"), files.case.key.as_ref().unwrap()).unwrap();
    let mut request = files.request(&files.case.bundle);
    request.question.signer = Signer::Implied;
    let opens = |request: &Request| {
        let answers = run::answers(request).unwrap();
        let verdict = &answers[0].result.as_ref().unwrap().verdict;
        (run::status(&answers), verdict.open.iter().map(|open| open.kind.clone()).collect::<Vec<_>>())
    };
    request.question.expect.predicate_type = Some("https://slsa.dev/provenance/v1".to_owned());
    let (status, open) = opens(&request);
    assert_eq!(status, INCOMPLETE, "{open:?}");
    assert!(open.contains(&"signer".to_owned()), "{open:?}");
    request.keys = vec![files.folder.join("key.pub")];
    assert_eq!(opens(&request), (VERIFIED, Vec::new()));
    // Where the builder is named it has to be one that may vouch.
    request.question.expect.builder_id = Some("https://builder.example/x".to_owned());
    assert_eq!(opens(&request).0, REJECTED);
}

/// B-6, A-27: keys that are at hand name nobody on purpose named, however many they are, and a certificate needs none.
#[test]
fn anybody_beside_several_keys_is_still_a_waiver() {
    let mut files = Files::new("anybody");
    let mut recipe = Recipe::dsse();
    recipe.key_form = touchstone_testkit::recipe::KeyForm::PublicKey(String::new());
    files.case = recipe.make();
    let pem = |label: &str| touchstone_testkit::keys::Key::new(Kind::P256, label).public_pem();
    let own = files.case.key.clone().unwrap();
    for (name, text) in [("own.pub", own), ("a.pub", pem("a")), ("b.pub", pem("b"))] {
        std::fs::write(files.folder.join(name), text).unwrap();
    }
    let ask = |case: &Case, keys: &[&str]| {
        std::fs::write(files.folder.join("root.json"), &case.trusted_root).unwrap();
        std::fs::write(files.folder.join("artifact"), &case.artifact).unwrap();
        let mut request = files.request(&case.bundle);
        request.question.signer = Signer::Anybody;
        request.keys = keys.iter().map(|name| files.folder.join(name)).collect();
        let answers = run::answers(&request).unwrap();
        (run::status(&answers), answers[0].result.as_ref().unwrap().verdict.waived.len())
    };
    let by_key = &files.case;
    assert_eq!(ask(by_key, &[]), (INCOMPLETE, 1));
    for keys in [&["own.pub"][..], &["a.pub", "own.pub"], &["own.pub", "a.pub", "b.pub"]] {
        assert_eq!(ask(by_key, keys), (VERIFIED, 1), "{keys:?}");
    }
    assert_eq!(ask(by_key, &["a.pub", "b.pub"]).0, REJECTED);
    let by_certificate = Recipe::dsse().make();
    for keys in [&[][..], &["a.pub"], &["a.pub", "own.pub"]] {
        assert_eq!(ask(&by_certificate, keys), (VERIFIED, 1), "{keys:?}");
    }
}

/// A key is none of a registry's list, which names nobody.
#[test]
fn a_list_of_a_registrys_keys_names_nobody() {
    let files = Files::new("registry-keys");
    let request = files.request(&files.case.bundle);
    let pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    std::fs::write(files.folder.join("keys.json"), pem).unwrap();
    let mut request = Request { registry_keys: Some(files.folder.join("keys.json")), ..request };
    assert!(run::answers(&request).unwrap_err().to_string().contains("is no list of a registry's keys"));
    // A policy may expect a key: the registry's are not the one.
    std::fs::write(files.folder.join("keys.json"), include_bytes!("../../../trust/roots/npm-keys.json")).unwrap();
    request.question.signer = Signer::Key;
    let answers = run::answers(&request).unwrap();
    assert_eq!((run::status(&answers), answers[0].result.as_ref().unwrap_err().part), (UNUSABLE, "key"));
}

/// H-51: a name does not move the cursor of a terminal.
#[test]
fn the_name_of_a_file_is_shown_as_it_is() {
    let files = Files::new("names");
    let name = "a\u{1b}[2J\nVerified\n.jsonl";
    let bundle = files.case.bundle.as_slice();
    std::fs::write(files.folder.join(name), lines(&[bundle, bundle])).unwrap();
    let run = |name: &str| {
        let mut command = std::process::Command::new(PROGRAM);
        command.current_dir(&files.folder).args([
            "verify",
            "--any-identity",
            "--trusted-root",
            "root.json",
            "--bundle",
            name,
        ]);
        let output = command.arg("artifact").output().unwrap();
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat()
    };
    for said in [run(name), run(&format!("{name}x"))] {
        assert!(said.contains("a") && !said.contains('\u{1b}'), "{said}");
    }
    assert!(!run(name).contains("\nVerified\n.jsonl"));
}

/// A root that cannot be used says nothing about the file, whoever asks.
#[test]
fn a_root_that_is_none_is_unusable_for_every_command() {
    let files = Files::new("no-root");
    std::fs::write(files.folder.join("none.json"), b"{}").unwrap();
    std::fs::write(files.folder.join("b.sigstore.json"), &files.case.bundle).unwrap();
    for arguments in [
        &["verify", "--bundle", "b.sigstore.json", "artifact"][..],
        &["chain", "b.sigstore.json", "artifact"],
        &["inventory", "--evidence", "b.sigstore.json"],
    ] {
        let mut command = std::process::Command::new(PROGRAM);
        command.current_dir(&files.folder).args(arguments).args(["--any-identity", "--trusted-root", "none.json"]);
        let output = command.output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(i32::from(UNUSABLE)),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn more_bundles_than_are_looked_at_are_refused_and_none_is_left_out_silently() {
    let files = Files::new("many");
    let good = files.case.bundle.as_slice();
    assert_eq!(files.ask(&lines(&[good; 100])).0.len(), 100);
    let refused = run::answers(&files.request(&lines(&[good; 101]))).unwrap_err();
    assert!(refused.to_string().contains("more than 100 bundles"), "{refused}");
}

/// B-99: a name is the producer's choice and decides nothing; but one signature may be over many files, so the verdict says which.
#[test]
fn a_file_that_was_signed_under_another_name_is_said_to_be() {
    let mut files = Files::new("renamed");
    let mut detail = |signed: &'static [&str], here: &str| {
        let mut recipe = Recipe::dsse();
        recipe.statement.push(change(move |statement: &mut serde_json::Value| {
            let subject = statement["subject"][0].clone();
            let named = |name: &&str| {
                let mut subject = subject.clone();
                subject["name"] = (*name).into();
                subject
            };
            statement["subject"] = signed.iter().map(named).collect();
        }));
        files.case = recipe.make();
        std::fs::write(files.folder.join("root.json"), &files.case.trusted_root).unwrap();
        std::fs::write(files.folder.join(here), &files.case.artifact).unwrap();
        let artifact = Artifact::File(files.folder.join(here));
        let answers = run::answers(&Request { artifact, ..files.request(&files.case.bundle) }).unwrap();
        assert_eq!(run::status(&answers), VERIFIED);
        let detail = &answers[0].result.as_ref().unwrap().verdict.detail;
        detail.strip_prefix("That is the signer you said to expect.").unwrap().trim().to_owned()
    };
    assert_eq!(detail(&["release.tar.gz"], "release.tar.gz"), "");
    assert_eq!(detail(&["dist/release.tar.gz"], "release.tar.gz"), "");
    assert_eq!(detail(&["release.tar.gz"], "mine"), "It was signed under the name release.tar.gz.");
    assert_eq!(detail(&["latest.tar.gz", "release.tar.gz"], "release.tar.gz"), "", "both are these bytes");
    assert_eq!(detail(&["", "release.tar.gz"], "mine"), "It was signed under the name release.tar.gz.");
    // Nothing that could pass for a sentence of ours.
    let other = "It was signed under another name, which the check of the file says.";
    assert_eq!(detail(&["x. That is the signer you said to expect"], "mine"), other);
    assert_eq!(detail(&["x\u{202e}gz.rat"], "mine"), other);
}

#[test]
fn the_program_ends_with_the_verdicts_status() {
    let files = Files::new("program");
    let bundle = files.folder.join("bundle.json");
    std::fs::write(&bundle, &files.case.bundle).unwrap();
    let (root, artifact) = (files.folder.join("root.json"), files.folder.join("artifact"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let common = ["verify".to_owned(), "--bundle".to_owned(), text(&bundle), "--trusted-root".to_owned(), text(&root)];
    let status = |more: &[&str]| {
        let output = std::process::Command::new(PROGRAM).args(&common).args(more).output().unwrap();
        (output.status.code(), output.stdout)
    };
    let (identity, issuer, artifact) = (files.case.identity.as_str(), files.case.issuer.as_str(), text(&artifact));
    let identity_option = "--identity";
    let named = [identity_option, identity, "--issuer", issuer];
    let code = |status: u8| Some(i32::from(status));
    assert_eq!(status(&[&named[..], &[&artifact]].concat()).0, code(VERIFIED));
    assert_eq!(status(&["--identity", "somebody@else.test", &artifact]).0, code(REJECTED));
    assert_eq!(status(&[&artifact]).0, code(INCOMPLETE));
    assert_eq!(status(&named).0, code(INCOMPLETE));
    assert_eq!(status(&["--no-such-option"]).0, code(UNUSABLE));
    assert_eq!(status(&["no-such-file"]).0, code(UNUSABLE));
    // A digest that is cut off is no file that is missing.
    let cut = std::process::Command::new(PROGRAM).args(&common).args([&named[..], &["sha256:zz"]].concat()).output();
    let cut = cut.unwrap();
    let said = String::from_utf8_lossy(&cut.stderr).into_owned();
    assert_eq!(cut.status.code(), code(UNUSABLE));
    assert!(said.contains("64 hexadecimal digits") && !said.contains("No such file"), "{said}");
    // A root that is none says nothing about the file.
    let no_root = ["verify", "--bundle", &common[2], "--trusted-root", &artifact, identity_option, identity, &artifact];
    let no_root = std::process::Command::new(PROGRAM).args(no_root).output().unwrap();
    assert_eq!(no_root.status.code(), code(UNUSABLE));
    let said = String::from_utf8_lossy(&no_root.stdout).into_owned();
    assert!(said.contains("This says nothing about the file") && !said.contains("Do not open or run"), "{said}");
    // What is no bundle proves nothing: an answer, as for a damaged one (H-16).
    let swapped = ["verify", "--any-identity", "--bundle", &artifact, &artifact];
    let swapped = std::process::Command::new(PROGRAM).args(swapped).output().unwrap();
    assert_eq!(swapped.status.code(), code(REJECTED));
    assert!(String::from_utf8_lossy(&swapped.stderr).contains("This is no Sigstore bundle"));
    let (_, json) = status(&[&named[..], &["--format", "json", &artifact]].concat());
    let report: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(report["verdict"]["outcome"], "verified");

    let conformance = |more: &[&str]| {
        let start = ["verify-bundle", "--bundle", &common[2], "--trusted-root", &common[4]];
        std::process::Command::new(PROGRAM).args(start).args(more).output().unwrap().status.code()
    };
    let expected = ["--certificate-identity", identity, "--certificate-oidc-issuer", issuer];
    assert_eq!(conformance(&[&expected[..], &[&artifact]].concat()), Some(0));
    let digest = format!("sha256:{}", hex(&files.case.artifact));
    assert_eq!(conformance(&[&expected[..], &[&digest]].concat()), Some(0));
    let wrong = ["--certificate-identity", "x", "--certificate-oidc-issuer", issuer, &artifact];
    assert_ne!(conformance(&wrong), Some(0));
    assert_ne!(conformance(&[&artifact]), Some(0));
}

/// More bundles than are looked at are no answer, in GitHub's form as in lines: the one that matters could be beyond.
#[test]
fn too_many_bundles_of_one_answer_are_refused() {
    let files = Files::new("github-list");
    let bundle = String::from_utf8(files.case.bundle.clone()).unwrap();
    let list = |count: usize| {
        let one = format!(r#"{{"repository_id":1,"bundle":{bundle}}}"#);
        let text = format!(r#"{{"attestations":[{}]}}"#, vec![one; count].join(","));
        run::answers(&files.request(text.as_bytes()))
    };
    assert_eq!(list(100).unwrap().len(), 100);
    let said = list(101).unwrap_err().to_string();
    assert!(said.contains("more than 100 bundles"), "{said}");
}

/// Whoever can change a saved page can change its program: `recheck` says whether it is the one that the person has.
#[test]
fn the_program_inside_a_saved_page_is_compared() {
    let files = Files::new("inside");
    let path = |name: &str| files.folder.join(name);
    let page = |script: &str, name: &str| {
        let program = Program::new(script, "AAAA", &"0".repeat(64), env!("CARGO_PKG_VERSION")).unwrap();
        let mut saved = Saved::new("", Some(&program));
        run::answers_seen(&files.request(&files.case.bundle), |question, material, document| {
            saved.record(question, material, document);
        })
        .unwrap();
        std::fs::write(path(name), saved::page(&saved, Some(&program)).unwrap()).unwrap();
    };
    page("one();", "report.html");
    page("other();", "other.html");
    let said = |edition: Option<&str>| {
        let mut command = std::process::Command::new(PROGRAM);
        command.arg("recheck").arg(path("report.html"));
        edition.iter().for_each(|edition| {
            command.arg("--offline-edition").arg(path(edition));
        });
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(i32::from(VERIFIED)));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(said(Some("report.html")).contains("is that of the offline edition"));
    assert!(said(Some("other.html")).contains("is another than that of the offline edition"));
    let unknown = said(None);
    assert!(unknown.contains("was not judged") && unknown.contains(&hex(b"one();")), "{unknown}");
    // Whoever saved it chose by which root it is judged, and for which signer.
    for chosen in
        ["judged by", "root.json", "asked", files.case.identity.as_str(), "Compare both with what you expect."]
    {
        assert!(unknown.contains(chosen), "{chosen}: {unknown}");
    }
}

/// Other bytes could stand in the place of those that a line had.
#[test]
fn a_history_that_is_no_text_is_not_whole() {
    let files = Files::new("history");
    let status = |bytes: &[u8]| {
        let path = files.folder.join("history.jsonl");
        std::fs::write(&path, bytes).unwrap();
        let output = std::process::Command::new(PROGRAM).args(["history", "check"]).arg(&path).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let whole = b"{\"end\":0,\"head\":\"\"}\n";
    assert_eq!(status(whole).0, Some(i32::from(VERIFIED)));
    let (code, said) = status(&[b"\n".as_slice(), b"\xff", whole].concat());
    assert_eq!(code, Some(i32::from(REJECTED)));
    assert!(said.contains("line 2: is not UTF-8"), "{said}");
}

fn hex(bytes: &[u8]) -> String {
    touchstone_crypto::DigestAlgorithm::Sha256.digest(bytes).hex()
}

/// A policy's file holds everything that is asked: the same answers as the options, and nothing may be asked beside it.
#[test]
fn a_policy_that_was_kept_asks_what_it_asked() {
    use touchstone_report::kept::Kept;
    let files = Files::new("policy");
    let bundle = files.folder.join("bundle.json");
    std::fs::write(&bundle, &files.case.bundle).unwrap();
    let write = |name: &str, text: &str| {
        let path = files.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let asked = files.request(&files.case.bundle).question;
    let good = write("good.json", &Kept::new("releases", asked.clone()).unwrap().print());
    let stranger = Signer::Certificate { identity: Name::Exact("somebody@else.test".to_owned()), issuer: None };
    let other = Kept::new("other", Question { signer: stranger, ..asked }).unwrap();
    let other = write("other.json", &other.print());
    let newer = write("newer.json", &std::fs::read_to_string(&good).unwrap().replace("minimum", "newest"));
    let text = |name: &str| files.folder.join(name).to_str().unwrap().to_owned();
    let run = |policy: &str, more: &[&str]| {
        let (root, artifact) = (text("root.json"), text("artifact"));
        let common = ["verify", "--bundle", bundle.to_str().unwrap(), "--trusted-root", &root, "--policy", policy];
        let output = std::process::Command::new(PROGRAM).args(common).args(more).arg(&artifact).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let code = |status: u8| Some(i32::from(status));
    assert_eq!(run(&good, &[]).0, code(VERIFIED));
    assert_eq!(run(&other, &[]).0, code(REJECTED));
    // Keys are files too: for one who expects nobody they are at hand, and name nobody.
    let key = write("key.pub", &Recipe::managed().make().key.unwrap());
    let anybody = Question { signer: Signer::Anybody, trust: Trust::File, ..Question::default() };
    let anybody = write("anybody.json", &Kept::new("anybody", anybody).unwrap().print());
    assert_eq!(run(&anybody, &["--key", &key]).0, code(VERIFIED));
    for (policy, more, said) in [
        (&good, &["--any-identity"][..], "everything that is asked"),
        (&good, &["--source-uri", "github.com/acme/app"], "everything that is asked"),
        (&good, &["--transparency-logs", "0"], "everything that is asked"),
        (&good, &["--builder-entry", "x=y=1=z"], "everything that is asked"),
        (&good, &["--key", &text("root.json"), "--key", &text("artifact")], "expects no key"),
        (&newer, &[], "unknown field"),
        (&text("artifact"), &[], "no policy"),
        (&text("missing"), &[], "cannot read"),
    ] {
        let (status, stderr) = run(policy, more);
        assert_eq!(status, code(UNUSABLE), "{more:?}: {stderr}");
        assert!(stderr.contains(said), "{more:?}: {stderr}");
    }
}

#[test]
fn builders_are_listed_and_one_s_own_come_first() {
    let run = |entry: &str| {
        let output = std::process::Command::new(PROGRAM).args(["builders", "--builder-entry", entry]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, out, _) = run("https://github.com/acme/builder/.github/workflows/build.yml==3");
    assert_eq!(status, Some(0));
    assert!(out.starts_with("your own entry for https://github.com/acme/builder"), "{out}");
    assert!(out.contains("Build L3 at most; your own word") && out.contains("Build L2 at most; built in"), "{out}");
    let (status, _, error) = run("nothing");
    assert_eq!(status, Some(i32::from(UNUSABLE)));
    assert!(error.contains("Expected SIGNER=BUILDER_ID=LEVEL"), "{error}");
}
