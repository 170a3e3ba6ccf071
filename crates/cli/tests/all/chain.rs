//! `touchstone chain` as a program, and what a verified report pins.

use std::path::PathBuf;
use std::process::{Command, Output};

use touchstone_cli::arguments::{Artifact, Request};
use touchstone_cli::run::{self, INCOMPLETE, REJECTED, UNUSABLE, VERIFIED};
use touchstone_report::document::custody::Standing;
use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::{Name, Question, Signer, Trust};
use touchstone_report::{PinError, lint, pin};
use touchstone_testkit::recipe::KeyForm;
use touchstone_testkit::{Case, Recipe};

/// A good case in a folder of its own.
struct Folder {
    path: PathBuf,
    case: Case,
}

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("touchstone-chain-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let case = Recipe::message().make();
        let folder = Self { path, case };
        folder.write("root.json", &folder.case.trusted_root);
        folder.write("app.bin", &folder.case.artifact);
        folder.write("app.sigstore.json", &folder.case.bundle);
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path.join(name), bytes).unwrap();
    }

    /// Runs `touchstone chain` in the folder.
    fn chain(&self, more: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_touchstone");
        Command::new(program).arg("chain").args(more).current_dir(&self.path).output().unwrap()
    }

    /// By the folder's root, for the case's signer.
    fn asked(&self, more: &[&str]) -> Output {
        let policy = ["--trusted-root", "root.json", "--identity", &self.case.identity, "--issuer", &self.case.issuer];
        self.chain(&[&policy[..], more].concat())
    }

    fn verify(&self, question: Question) -> Document {
        let request = Request {
            question: Question { trust: Trust::File, ..question },
            bundle: self.path.join("app.sigstore.json"),
            artifact: Artifact::File(self.path.join("app.bin")),
            trusted_root: Some(self.path.join("root.json")),
            ..Request::default()
        };
        run::answers(&request).unwrap().remove(0).result.unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.path).ok();
    }
}

fn code(output: &Output) -> Option<u8> {
    output.status.code().and_then(|code| u8::try_from(code).ok())
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn noted(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn files_in_any_order_are_one_chain_and_the_verdict_is_the_status() {
    let folder = Folder::new("order");
    for files in [["app.bin", "app.sigstore.json"], ["app.sigstore.json", "app.bin"]] {
        let output = folder.asked(&files);
        assert_eq!(code(&output), Some(VERIFIED), "{}", noted(&output));
        assert!(told(&output).starts_with("Verified\n"), "{}", told(&output));
        for words in ["\nChain of custody\n", "\n  Source: ", "\n  Build: ", "\n  Artifact: ", "\n  Deploy: "] {
            assert!(told(&output).contains(words), "{words}: {}", told(&output));
        }
    }
    let picture = folder.asked(&["app.bin", "app.sigstore.json", "--format", "svg"]);
    assert_eq!(code(&picture), Some(VERIFIED), "{}", noted(&picture));
    let picture = told(&picture);
    assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"), "{picture}");
    assert!(picture.contains("Chain of custody") && !picture.contains("<script"), "{picture}");
    let json = folder.asked(&["app.bin", "app.sigstore.json", "--format", "json"]);
    let document: Document = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(document.verdict.outcome, Outcome::Verified);

    folder.write("app.bin", b"something else");
    assert_eq!(code(&folder.asked(&["app.bin", "app.sigstore.json"])), Some(REJECTED));
    assert_eq!(code(&folder.asked(&["app.sigstore.json"])), Some(INCOMPLETE));
    assert_eq!(code(&folder.asked(&["app.bin"])), Some(UNUSABLE));
    assert_eq!(code(&folder.asked(&["no-such-file"])), Some(UNUSABLE));
}

#[test]
fn a_file_given_twice_is_one() {
    let folder = Folder::new("twice");
    let once = folder.asked(&["app.bin", "app.sigstore.json"]);
    let twice = folder.asked(&["app.bin", "./app.bin", "app.sigstore.json", "app.sigstore.json"]);
    assert_eq!(code(&twice), Some(VERIFIED), "{}", noted(&twice));
    assert_eq!((told(&twice), noted(&twice)), (told(&once), noted(&once)));
    let named = folder.asked(&["./app.bin", "app.sigstore.json", "--artifact", "app.bin"]);
    assert_eq!((code(&named), told(&named)), (Some(VERIFIED), told(&once)), "{}", noted(&named));
    let digest = folder.asked(&["app.sigstore.json", "sha256:zz"]);
    assert_eq!(code(&digest), Some(UNUSABLE));
    assert!(noted(&digest).contains("--artifact"), "{}", noted(&digest));
}

/// Whoever puts a file beside a download must not choose who judges it.
#[test]
fn a_root_among_the_files_judges_nothing() {
    let folder = Folder::new("root");
    let signer = ["--identity", &folder.case.identity, "--issuer", &folder.case.issuer];
    let output = folder.chain(&[&signer[..], &["app.bin", "app.sigstore.json", "root.json"]].concat());
    assert_eq!(code(&output), Some(REJECTED), "{}", told(&output));
    assert!(noted(&output).contains("name it with --trusted-root"), "{}", noted(&output));
}

#[test]
fn of_two_artifacts_one_must_be_named() {
    let folder = Folder::new("two");
    folder.write("other.bin", b"other");
    let output = folder.asked(&["app.bin", "other.bin", "app.sigstore.json"]);
    assert_eq!(code(&output), Some(UNUSABLE));
    assert!(noted(&output).contains("Name it with --artifact"), "{}", noted(&output));
    let named = folder.asked(&["app.bin", "other.bin", "app.sigstore.json", "--artifact", "app.bin"]);
    assert_eq!(code(&named), Some(VERIFIED), "{}", noted(&named));
    assert!(noted(&named).contains("other.bin is no evidence"), "{}", noted(&named));
}

/// Evidence can only add (E-62): a bundle about another file beside the good one takes nothing away.
#[test]
fn the_bundle_that_answers_best_is_the_one_asked_about() {
    let folder = Folder::new("best");
    let mut other = Recipe::message();
    other.artifact = b"another artifact".to_vec();
    folder.write("a-other.sigstore.json", &other.make().bundle);
    let output = folder.asked(&["a-other.sigstore.json", "app.sigstore.json", "app.bin"]);
    assert_eq!(code(&output), Some(VERIFIED), "{}", told(&output));
    let only = folder.asked(&["a-other.sigstore.json", "app.bin"]);
    assert_eq!(code(&only), Some(REJECTED));
}

/// F-22, E-64: among several bundles the one about the index answers for the manifest, by every command.
#[test]
fn an_image_index_among_the_files_covers_what_it_lists() {
    let mut folder = Folder::new("index");
    let digest = touchstone_testkit::keys::Hash::Sha256.of(&folder.case.artifact);
    let digest = touchstone_testkit::encoding::hex(&digest);
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"sha256:{digest}"}}]}}"#);
    folder.case = Recipe { artifact: index.clone().into_bytes(), ..Recipe::dsse_v2() }.make();
    folder.write("root.json", &folder.case.trusted_root);
    folder.write("app.sigstore.json", &folder.case.bundle);
    folder.write("index.json", index.as_bytes());
    folder.write("other.sigstore.json", &Recipe::message().make().bundle);
    folder.write("list.txt", format!("sha256:{digest}\n").as_bytes());
    let stated = format!("sha256:{digest}");
    for artifact in ["app.bin", &stated] {
        let together = folder.asked(&["--artifact", artifact, "app.sigstore.json", "index.json"]);
        assert_eq!(code(&together), Some(VERIFIED), "{}", told(&together));
        assert!(told(&together).contains("covered through an image index"), "{}", told(&together));
        assert_eq!(code(&folder.asked(&["--artifact", artifact, "app.sigstore.json"])), Some(REJECTED));
    }
    // The other bundle is about the file itself, and its root is another.
    let best = folder.asked(&["--artifact", &stated, "other.sigstore.json", "app.sigstore.json", "index.json"]);
    assert_eq!(code(&best), Some(VERIFIED), "{}", told(&best));
    let run = |command: &str, more: &[&str]| {
        let policy =
            ["--trusted-root", "root.json", "--identity", &folder.case.identity, "--issuer", &folder.case.issuer];
        let mut program = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        program.arg(command).args(policy).args(more).current_dir(&folder.path).output().unwrap()
    };
    let verify = ["--bundle", "app.sigstore.json", "--evidence", "index.json", "app.bin"];
    assert_eq!(code(&run("verify", &verify)), Some(VERIFIED));
    assert_eq!(code(&run("verify", &["--bundle", "app.sigstore.json", "app.bin"])), Some(REJECTED));
    let row = run("inventory", &["list.txt", "--evidence", "app.sigstore.json", "index.json"]);
    assert_eq!(code(&row), Some(VERIFIED), "{}", told(&row));
    assert_eq!(code(&run("inventory", &["list.txt", "--evidence", "app.sigstore.json"])), Some(INCOMPLETE));
}

#[test]
fn further_evidence_that_cannot_be_read_is_no_silent_loss() {
    let folder = Folder::new("further");
    let program = env!("CARGO_BIN_EXE_touchstone");
    let policy = ["--trusted-root", "root.json", "--identity", &folder.case.identity, "--issuer", &folder.case.issuer];
    let verify = |more: &[&str]| {
        let fixed = [&["verify", "--bundle", "app.sigstore.json"], &policy[..], more, &["app.bin"]].concat();
        Command::new(program).args(fixed).current_dir(&folder.path).output().unwrap()
    };
    assert_eq!(code(&verify(&["--evidence", "app.sigstore.json"])), Some(VERIFIED));
    let missing = verify(&["--evidence", "app.sigstore.json", "--evidence", "missing.json"]);
    assert_eq!(code(&missing), Some(UNUSABLE));
    assert!(noted(&missing).contains("missing.json"), "{}", noted(&missing));
}

/// B-98: a further statement that denies a digest of the file is about another, whichever digests the one asked about has.
#[test]
fn further_evidence_that_denies_a_digest_of_the_file_is_about_another() {
    let folder = Folder::new("denies");
    let standing = |sha512: String| {
        let mut recipe = Recipe::dsse();
        recipe.statement.push(touchstone_testkit::change(move |statement: &mut serde_json::Value| {
            statement["subject"][0]["digest"]["sha512"] = serde_json::json!(sha512);
        }));
        folder.write("further.json", &recipe.make().bundle);
        let signer = Signer::Certificate {
            identity: Name::Exact(folder.case.identity.clone()),
            issuer: Some(Name::Exact(folder.case.issuer.clone())),
        };
        let request = Request {
            question: Question { trust: Trust::File, signer, ..Question::default() },
            bundle: folder.path.join("app.sigstore.json"),
            artifact: Artifact::File(folder.path.join("app.bin")),
            trusted_root: Some(folder.path.join("root.json")),
            further: vec![folder.path.join("further.json")],
            ..Request::default()
        };
        let document = run::answers(&request).unwrap().remove(0).result.unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Verified);
        document.custody.unwrap().statements[1].standing
    };
    let own = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha512.of(&folder.case.artifact));
    assert_eq!(standing(own), Standing::Named);
    assert_eq!(standing("0".repeat(128)), Standing::Elsewhere);
}

/// What a verified report pins accepts the same again and nobody else.
#[test]
fn what_is_pinned_is_what_was_seen() {
    let folder = Folder::new("pin");
    let seen = Question {
        signer: Signer::Certificate {
            identity: Name::Exact(folder.case.identity.clone()),
            issuer: Some(Name::Exact(folder.case.issuer.clone())),
        },
        ..Question::default()
    };
    let document = folder.verify(seen);
    let pinned = pin(&document).unwrap();
    let Signer::Certificate { identity, issuer } = &pinned.signer else { unreachable!("{pinned:?}") };
    assert_eq!(issuer, &Some(Name::Exact(folder.case.issuer.clone())));
    assert_ne!(identity, &Name::Pattern(".*".to_owned()));
    let names: Vec<&str> = pinned.extensions.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&"source-repository-uri") && names.contains(&"source-repository-identifier"), "{names:?}");
    let weak: Vec<String> = lint(&pinned).into_iter().map(|advice| advice.rule).collect();
    for rule in ["any-identity", "no-issuer", "any-workflow", "name-without-number", "loose-stop"] {
        assert!(!weak.contains(&rule.to_owned()), "{weak:?}");
    }
    assert_eq!(folder.verify(pinned.clone()).verdict.outcome, Outcome::Verified);
    for (index, _) in pinned.extensions.iter().enumerate() {
        let mut other = pinned.clone();
        other.extensions[index].1.push('1');
        assert_eq!(folder.verify(other).verdict.outcome, Outcome::Rejected, "{:?}", pinned.extensions[index]);
    }
}

#[test]
fn nothing_is_pinned_of_what_is_rejected_or_not_proven() {
    let folder = Folder::new("unpinned");
    let nobody = Signer::Certificate { identity: Name::Exact("somebody@else.test".to_owned()), issuer: None };
    let rejected = folder.verify(Question { signer: nobody, ..Question::default() });
    assert_eq!(pin(&rejected), Err(PinError::Rejected));
    let mut unproven = folder.verify(Question::default());
    assert_eq!(unproven.verdict.outcome, Outcome::Incomplete);
    assert!(pin(&unproven).is_ok(), "who signed is proven, though nobody was named");
    unproven.signer.as_mut().unwrap().proven = false;
    assert_eq!(pin(&unproven), Err(PinError::NotProven));
}

#[test]
fn an_inventory_takes_what_a_chain_takes() {
    let folder = Folder::new("pile");
    let mut recipe =
        Recipe { dsse: true, key_form: KeyForm::PublicKey(String::new()), entries: Vec::new(), ..Recipe::managed() };
    recipe.artifact = b"beacon".to_vec();
    let bundle: serde_json::Value = serde_json::from_slice(&recipe.make().bundle).unwrap();
    std::fs::create_dir_all(folder.path.join("evidence")).unwrap();
    folder.write("beacon", &recipe.artifact);
    folder.write("evidence/app.intoto.json", bundle["dsseEnvelope"].to_string().as_bytes());
    folder.write("evidence/root.json", &folder.case.trusted_root);
    folder.write("key.pem", recipe.managed_key.public_pem().as_bytes());
    let key = ["--key", "key.pem", "--key-alone"];
    let program = env!("CARGO_BIN_EXE_touchstone");
    let run = |more: &[&str]| Command::new(program).args(more).args(key).current_dir(&folder.path).output().unwrap();
    let chain = run(&["chain", "beacon", "evidence/app.intoto.json"]);
    assert_eq!(code(&chain), Some(VERIFIED), "{}", noted(&chain));
    let pile = run(&["inventory", "--evidence", "evidence"]);
    assert_eq!(code(&pile), Some(VERIFIED), "{}{}", told(&pile), noted(&pile));
    let text = told(&pile).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.starts_with("1 artifact in 0 places: 0 rejected, 0 incomplete, 1 verified"), "{text}");
    assert!(text.contains("Trusted root. A trusted root decides whom to believe"), "{text}");
}
