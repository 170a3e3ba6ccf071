//! The question against the verdict: what a person leaves out or asks for less of is stated as a waiver or keeps the
//! verdict open, and no combination of questions turns missing evidence into "verified" (B-1, B-2, B-6, H-14, H-23).

use touchstone_crypto::{Digest, PublicKey, RustCrypto};
use touchstone_formats::bundle::Bundle;
use touchstone_testkit::ca::{ISSUER, San, WORKFLOW};
use touchstone_testkit::encoding::hex;
use touchstone_testkit::keys::{Hash, Kind};
use touchstone_testkit::recipe::ARTIFACT;
use touchstone_testkit::rekor::EntryRecipe;
use touchstone_testkit::{Case, Recipe, change};
use touchstone_trust::{Instance, TrustedRoot};
use touchstone_verify::{
    Artifact, KeyRing, ManagedKey, Outcome, Pattern, PatternError, Policy, Report, Scope, SignedForm, SignerPolicy,
    TextMatch, ThresholdOverrides, Trust, Verdict, verify,
};

const NONE: ThresholdOverrides = ThresholdOverrides {
    transparency_logs: Some(0),
    signed_certificate_timestamps: Some(0),
    timestamp_authorities: Some(0),
    observer_timestamps: Some(0),
};

fn expecting(san: &str) -> Policy {
    let signer = SignerPolicy::Certificate {
        identity: TextMatch::Exact(san.to_owned()),
        issuer: Some(TextMatch::Exact(ISSUER.to_owned())),
    };
    Policy { signer, ..Policy::default() }
}

fn holder_of_key(case: &Case) -> ManagedKey {
    let key = PublicKey::from_pem(case.key.as_ref().unwrap()).unwrap();
    ManagedKey { key, scheme: None, valid_from: None, valid_until: None, form: SignedForm::default(), built_in: false }
}

fn ask(case: &Case, instance: Instance, artifact: &Artifact<'_>, policy: &Policy) -> Report {
    let roots = TrustedRoot::read_many(&case.trusted_root, instance, "testkit").unwrap();
    verify(Bundle::parse(&case.bundle).as_ref(), artifact, Trust::Roots(&roots), policy, &RustCrypto)
}

fn ask_whole(case: &Case, instance: Instance, policy: &Policy) -> Report {
    ask(case, instance, &Artifact::Bytes(&case.artifact), policy)
}

fn waived(report: &Report) -> Vec<&'static str> {
    let is_waived = |outcome: &Outcome| matches!(outcome, Outcome::Waived(_));
    report.findings.iter().filter(|finding| is_waived(&finding.outcome)).map(|finding| finding.check.id).collect()
}

fn failed(report: &Report) -> Vec<&'static str> {
    report.findings.iter().filter(|finding| finding.failed()).map(|finding| finding.check.id).collect()
}

#[test]
fn evidence_that_is_missing_and_not_asked_for_on_purpose_is_a_waiver() {
    let mut unlogged = Recipe::both_times();
    unlogged.entries.clear();
    unlogged.leaf.scts.clear();
    let policy = Policy { thresholds: NONE, ..expecting(WORKFLOW) };
    let report = ask_whole(&unlogged.make(), Instance::PublicGood, &policy);
    assert_eq!(report.verdict, Verdict::Verified { waived: 2 });
    assert_eq!(waived(&report), ["sct", "logged"]);
}

#[test]
fn evidence_that_is_there_is_no_waiver_though_it_was_not_asked_for() {
    let report = ask_whole(
        &Recipe::both_times().make(),
        Instance::PublicGood,
        &Policy { thresholds: NONE, ..expecting(WORKFLOW) },
    );
    assert_eq!(report.verdict, Verdict::Verified { waived: 0 });
}

/// C-6: a text with a scheme is a URI, though an `@` stands in it.
#[test]
fn a_uri_with_an_at_sign_is_no_mail_address() {
    const NAME: &str = "acct:jo@touchstone.test";
    let mut recipe = Recipe::both_times();
    recipe.leaf.san = Some(vec![San::Uri(NAME.to_owned())]);
    let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(NAME));
    assert_eq!(report.verdict, Verdict::Verified { waived: 0 });
}

/// C-3: a name is worth as much as who vouches for it.
#[test]
fn a_name_without_its_issuer_is_a_waiver() {
    let mut policy = expecting(WORKFLOW);
    if let SignerPolicy::Certificate { issuer, .. } = &mut policy.signer {
        *issuer = None;
    }
    let report = ask_whole(&Recipe::both_times().make(), Instance::PublicGood, &policy);
    assert_eq!((report.verdict, waived(&report)), (Verdict::Verified { waived: 1 }, vec!["identity"]));
    // Nor is a pattern for it that anybody fits.
    let open = [
        ".*",
        "https://.*",
        "https://[^-]+",
        "https://[a-z./]+",
        r".*\.com",
        "http[a-z:/.]*",
        r"https://token\.actions\.githubusercontent\.com.*",
    ];
    let closed = [
        r"https://token\.actions\.(githubusercontent|acme)\.com",
        r"https://token\.actions\.githubusercontent\.com(/.*)?",
    ];
    for (pattern, count) in open.map(|one| (one, 1)).into_iter().chain(closed.map(|one| (one, 0))) {
        if let SignerPolicy::Certificate { issuer, .. } = &mut policy.signer {
            *issuer = Some(TextMatch::Pattern(Pattern::new(pattern).unwrap()));
        }
        let report = ask_whole(&Recipe::both_times().make(), Instance::PublicGood, &policy);
        assert_eq!(report.verdict, Verdict::Verified { waived: count }, "{pattern}");
    }
    if let SignerPolicy::Certificate { identity, .. } = &mut policy.signer {
        *identity = TextMatch::Exact(format!("{WORKFLOW}x"));
    }
    assert_eq!(failed(&ask_whole(&Recipe::both_times().make(), Instance::PublicGood, &policy)), ["identity"]);
}

/// B.13, B-17: an entry that records another signature is no word about this one, nor about when it was made.
#[test]
fn the_promise_of_another_entry_proves_no_time_and_no_signer() {
    let mut other = Recipe::message();
    other.entry().body.push(change(|body: &mut serde_json::Value| {
        let hash = &mut body["spec"]["data"]["hash"]["value"];
        *hash = serde_json::Value::String("0".repeat(64));
    }));
    let report = ask_whole(&other.make(), Instance::PublicGood, &expecting(WORKFLOW));
    let outcome = |id: &str| report.findings.iter().find(|finding| finding.check.id == id).map(|one| &one.outcome);
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["entry-binding"]));
    assert!(matches!(outcome("signing-time"), Some(Outcome::Blocked(check)) if check.id == "entry-binding"));
    assert!(matches!(outcome("chain"), Some(Outcome::Blocked(_))));
    assert!(!report.signer_proven && report.times.is_empty());
}

#[test]
fn what_an_instance_does_not_have_is_no_waiver() {
    let policy = Policy { signer: SignerPolicy::Anybody(KeyRing::default()), ..Policy::default() };
    let report = ask_whole(&Recipe::github().make(), Instance::GitHub, &policy);
    assert_eq!((report.verdict, waived(&report)), (Verdict::Verified { waived: 1 }, vec!["identity"]));
}

#[test]
fn no_threshold_lets_a_certificate_stand_without_a_time() {
    for instance in [Instance::PublicGood, Instance::GitHub, Instance::Custom] {
        let mut timeless = Recipe::message_v2();
        timeless.timestamps.clear();
        timeless.entries.clear();
        let policy = Policy { thresholds: NONE, ..expecting(WORKFLOW) };
        let report = ask_whole(&timeless.make(), instance, &policy);
        assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["signing-time"]), "{instance:?}");
    }
}

#[test]
fn no_threshold_lets_a_false_entry_of_a_known_log_stand() {
    let mut forged = Recipe::both_times();
    forged.entry().promise().key = Some(touchstone_testkit::keys::Key::new(Kind::P256, "forger"));
    let report = ask_whole(&forged.make(), Instance::PublicGood, &Policy { thresholds: NONE, ..expecting(WORKFLOW) });
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["inclusion-promise"]));
}

#[test]
fn a_root_that_names_nobody_proves_nothing_of_a_certificate() {
    let mut recipe = Recipe::both_times();
    recipe.root.push(change(|root: &mut touchstone_testkit::root::TrustedRootRecipe| {
        root.tlogs.clear();
        root.ctlogs.clear();
        root.timestamp_authorities.clear();
        root.certificate_authorities.clear();
    }));
    let case = recipe.make();
    for signer in [SignerPolicy::Anybody(KeyRing::default()), expecting(WORKFLOW).signer, SignerPolicy::Unnamed] {
        let policy = Policy { signer, thresholds: NONE, ..Policy::default() };
        let report = ask_whole(&case, Instance::Custom, &policy);
        assert!(report.verdict == Verdict::Rejected && report.verified.is_none(), "{:?}", report.verdict);
    }
}

#[test]
fn a_key_that_nobody_gave_is_never_waived() {
    let case = Recipe::managed().make();
    for (signer, verdict) in [
        (SignerPolicy::Anybody(KeyRing::default()), Verdict::Incomplete),
        (SignerPolicy::Unnamed, Verdict::Incomplete),
        (SignerPolicy::Anybody(holder_of_key(&case).into()), Verdict::Verified { waived: 1 }),
        (SignerPolicy::Key(holder_of_key(&case)), Verdict::Verified { waived: 0 }),
        (expecting(WORKFLOW).signer, Verdict::Rejected),
    ] {
        let policy = Policy { signer, thresholds: NONE, ..Policy::default() };
        let report = ask_whole(&case, Instance::PublicGood, &policy);
        assert_eq!(report.verdict, verdict, "{:?}", policy.signer);
        assert_eq!(report.verified.is_some(), report.verdict.is_verified());
    }
}

#[test]
fn a_key_signed_bundle_that_no_log_holds_is_waived_and_not_passed_over() {
    let mut recipe = Recipe::managed();
    recipe.entries.clear();
    let case = recipe.make();
    let policy = Policy { signer: SignerPolicy::Key(holder_of_key(&case)), thresholds: NONE, ..Policy::default() };
    let report = ask_whole(&case, Instance::PublicGood, &policy);
    assert_eq!((report.verdict, waived(&report)), (Verdict::Verified { waived: 1 }, vec!["logged"]));
}

#[test]
fn a_waived_artifact_needs_a_digest_that_the_signature_is_over() {
    let stated = Recipe::message().make();
    let report = ask(&stated, Instance::PublicGood, &Artifact::Waived, &expecting(WORKFLOW));
    assert_eq!((report.verdict, waived(&report)), (Verdict::Verified { waived: 1 }, vec!["artifact"]));

    let mut unstated = Recipe::message();
    unstated.bundle.push(change(|bundle: &mut serde_json::Value| {
        bundle.pointer_mut("/messageSignature").unwrap().as_object_mut().unwrap().remove("messageDigest").unwrap();
    }));
    let report = ask(&unstated.make(), Instance::PublicGood, &Artifact::Waived, &expecting(WORKFLOW));
    assert_eq!(report.verdict, Verdict::Incomplete);
}

#[test]
fn asking_for_the_signature_alone_lets_no_other_artifact_pass_under_a_message_signature() {
    let policy = Policy { scope: Scope::SignatureOnly, ..expecting(WORKFLOW) };
    let case = Recipe::message().make();
    let report = ask(&case, Instance::PublicGood, &Artifact::Bytes(b"another"), &policy);
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["artifact"]));
    let report = ask_whole(&Recipe::dsse().make(), Instance::PublicGood, &policy);
    assert_eq!((report.verdict, waived(&report)), (Verdict::Verified { waived: 2 }, vec!["artifact", "statement"]));
}

#[test]
fn a_digest_may_be_in_capitals_and_must_be_of_the_right_algorithm() {
    let case = Recipe::message().make();
    let capitals = format!("sha256:{}", hex(&Hash::Sha256.of(ARTIFACT)).to_uppercase());
    let other = format!("sha512:{}", hex(&Hash::Sha512.of(ARTIFACT)));
    for (digest, verdict) in [(capitals, Verdict::Verified { waived: 0 }), (other, Verdict::Incomplete)] {
        let given = Artifact::Digests(vec![Digest::parse(&digest).unwrap()]);
        assert_eq!(ask(&case, Instance::PublicGood, &given, &expecting(WORKFLOW)).verdict, verdict, "{digest}");
    }
    // Of no algorithm at all: the same as no artifact, never a match.
    let report = ask(&case, Instance::PublicGood, &Artifact::Digests(Vec::new()), &expecting(WORKFLOW));
    assert_eq!(report.verdict, Verdict::Incomplete);
}

#[test]
fn an_empty_artifact_is_an_artifact() {
    for mut recipe in [Recipe::message(), Recipe::dsse()] {
        let full = recipe.make();
        recipe.artifact = Vec::new();
        let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
        assert_eq!(report.verdict, Verdict::Verified { waived: 0 });
        let report = ask(&full, Instance::PublicGood, &Artifact::Bytes(b""), &expecting(WORKFLOW));
        assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["artifact"]));
    }
}

/// B-59: nobody signs the index that stands beside an entry without a promise.
#[test]
fn the_index_of_a_verified_entry_is_one_that_the_log_vouches_for() {
    let mut unpromised = Recipe::both_times();
    unpromised.entry().promise = None;
    unpromised.entry().log_index = 999;
    let mut promised = Recipe::both_times();
    promised.entry().log_index = 999;
    for (recipe, index) in [(unpromised, 13), (promised, 999)] {
        let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
        assert_eq!(report.verified.unwrap().logs(), [("rekor.touchstone.test".to_owned(), index)]);
    }
}

/// B-95: what looks like a statement and is of another payload type is not read as one.
#[test]
fn a_payload_of_another_type_is_not_shown_as_a_statement() {
    let mut recipe = Recipe::dsse();
    recipe.payload_type = "application/vnd.other+json".to_owned();
    let case = recipe.make();
    let report = ask_whole(&case, Instance::PublicGood, &expecting(WORKFLOW));
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["statement"]));
    assert!(report.reading.statement.is_none());
}

#[test]
fn an_expectation_says_which_kind_of_name_it_means() {
    let branch = "https://github.com/evil/app/.github/workflows/release.yml@refs/heads/a@acme.test";
    let mut recipe = Recipe::message();
    recipe.leaf.san = Some(vec![San::Uri(branch.to_owned())]);
    let identity = TextMatch::Pattern(Pattern::new(".*@acme\\.test").unwrap());
    let policy = Policy { signer: SignerPolicy::Certificate { identity, issuer: None }, ..Policy::default() };
    let report = ask_whole(&recipe.make(), Instance::PublicGood, &policy);
    let finding = report.findings.iter().find(|finding| finding.check.id == "identity").unwrap();
    let Outcome::Failed(failure) = &finding.outcome else { panic!("{:?}", finding.outcome) };
    assert_eq!(failure.expected, "a text that matches .*@acme\\.test, as an email address");
    assert_eq!(failure.found, format!("{branch} (URI)"));

    for (san, accepted) in
        [(San::Username("ada!acme.test".to_owned()), true), (San::Uri("ada!acme.test".to_owned()), false)]
    {
        let mut recipe = Recipe::message();
        recipe.leaf.san = Some(vec![san]);
        let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting("ada!acme.test"));
        assert_eq!(report.verdict.is_verified(), accepted);
    }
}

#[test]
fn a_time_beyond_all_calendars_is_refused_and_said() {
    for time in [i64::MAX, i64::MAX / 1000 + 1, 1 << 53] {
        let mut recipe = Recipe::message();
        recipe.entry().integrated_time = Some(time);
        let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
        assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["signing-time"]), "{time}");
    }
}

#[test]
fn an_index_beyond_what_a_double_holds_is_exact() {
    let mut recipe = Recipe::message();
    recipe.entry().log_index = (1 << 53) + 1;
    let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
    assert_eq!(report.verified.unwrap().logs(), [("rekor.touchstone.test".to_owned(), (1 << 53) + 1)]);
    recipe.bundle.push(change(|bundle: &mut serde_json::Value| {
        *bundle.pointer_mut("/verificationMaterial/tlogEntries/0/logIndex").unwrap() = serde_json::json!(1_u64 << 53);
    }));
    let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["inclusion-promise"]));
}

#[test]
fn a_failure_repeats_no_megabytes() {
    let mut recipe = Recipe::message();
    recipe.bundle.push(change(|bundle: &mut serde_json::Value| {
        *bundle.pointer_mut("/messageSignature/signature").unwrap() = serde_json::json!("A".repeat(4 << 20));
    }));
    let report = ask_whole(&recipe.make(), Instance::PublicGood, &expecting(WORKFLOW));
    let longest = report.findings.iter().filter_map(|finding| match &finding.outcome {
        Outcome::Failed(failure) => Some(failure.expected.len().max(failure.found.len())),
        _ => None,
    });
    assert!(longest.max().unwrap() < 4096);
}

#[test]
fn a_pattern_with_a_huge_repetition_is_refused() {
    for pattern in ["(a{1000}){1000}", "((a{100}){100}){100}", "(?:a{0,1000}){0,1000}x"] {
        assert!(matches!(Pattern::new(pattern).err(), Some(PatternError::Malformed(_))), "{pattern}");
    }
}

/// H-11: as many entries as a bundle may hold, and still one log.
#[test]
fn many_entries_of_one_log_are_one_log() {
    let mut recipe = Recipe::message_v2();
    let first = recipe.entry().clone();
    for more in 1..32 {
        let mut entry: EntryRecipe = first.clone();
        entry.log_index += more;
        entry.proof().tree_size = 64;
        entry.proof().index = usize::try_from(entry.log_index).unwrap();
        recipe.entries.push(entry);
    }
    let two = ThresholdOverrides { transparency_logs: Some(2), ..ThresholdOverrides::default() };
    let case = recipe.make();
    let report = ask_whole(&case, Instance::PublicGood, &expecting(WORKFLOW));
    assert_eq!(report.verdict, Verdict::Verified { waived: 0 });
    let report = ask_whole(&case, Instance::PublicGood, &Policy { thresholds: two, ..expecting(WORKFLOW) });
    assert_eq!((report.verdict, failed(&report)), (Verdict::Rejected, vec!["logged"]));
}

/// The document's words about `case`, asked with `question` and a digest that the person states.
fn told(case: &Case, question: touchstone_report::question::Question) -> touchstone_report::document::Document {
    use touchstone_report::question::{ArtifactInput, Material, Named, Question, Trust};
    let material = Material {
        bundle: Some(Named { name: "b.json", bytes: &case.bundle }),
        artifact: ArtifactInput::Stated(format!("sha256:{}", hex(&Hash::Sha256.of(&case.artifact)).to_uppercase())),
        key: None,
        trusted_root: Some(Named { name: "root.json", bytes: &case.trusted_root }),
        ..Material::default()
    };
    touchstone_report::answer(&Question { trust: Trust::File, ..question }, &material).unwrap()
}

#[test]
fn the_verdict_names_the_host_of_a_workflow_and_says_that_a_digest_was_stated() {
    use touchstone_report::question::{Name, Question, Signer};
    let other_host = "https://git.evil.test/touchstone-test/beacon/.github/workflows/release.yml@refs/heads/main";
    for (san, signer) in [
        (WORKFLOW, "the workflow release.yml of touchstone-test/beacon"),
        (
            other_host,
            "the workflow release.yml of https://git.evil.test/touchstone-test/beacon, run for touchstone-test/beacon",
        ),
    ] {
        let mut recipe = Recipe::message();
        recipe.leaf.san = Some(vec![San::Uri(san.to_owned())]);
        let identity = Name::Exact(san.to_owned());
        let question = Question { signer: Signer::Certificate { identity, issuer: None }, ..Question::default() };
        assert_eq!(
            told(&recipe.make(), question).verdict.sentence,
            format!("A file with the digest given is byte for byte the file that {signer} signed.")
        );
    }
}

#[test]
fn what_is_said_of_a_key_without_a_key_is_an_error() {
    use touchstone_report::question::{ArtifactInput, KeyValidity, Material, Named, Question};
    let case = Recipe::message().make();
    let material = Material {
        bundle: Some(Named { name: "b.json", bytes: &case.bundle }),
        artifact: ArtifactInput::None,
        ..Material::default()
    };
    let validity = KeyValidity { from: None, until: Some("2020-01-01T00:00:00Z".to_owned()) };
    for question in [
        Question { key_validity: validity, ..Question::default() },
        Question { key_details: Some("PKIX_RSA_PSS_2048_SHA256".to_owned()), ..Question::default() },
    ] {
        assert_eq!(touchstone_report::answer(&question, &material).unwrap_err().part, "key");
    }
}

/// Only a person decides that an instance for tests is to judge (B-2).
#[test]
fn the_staging_instance_vouches_for_nobody_who_did_not_ask_for_it() {
    let Some(folder) = touchstone_tests::corpus_folder() else {
        println!("skipped: no corpus");
        return;
    };
    let file = folder.join("files/sgrs-sct-multi-intermediate/staging_bundle.sigstore.json");
    let bytes = std::fs::read(&file).unwrap();
    let bundle = Bundle::parse(&bytes);
    let policy = Policy { signer: SignerPolicy::Anybody(KeyRing::default()), ..Policy::default() };
    let ask = |trust| verify(bundle.as_ref(), &Artifact::Waived, trust, &policy, &RustCrypto);
    let root = |instance| Trust::Roots(core::slice::from_ref(touchstone_trust::embedded::root(instance).unwrap()));
    assert!(matches!(ask(root(Instance::Staging)).verdict, Verdict::Verified { .. }));
    let chosen = ask(Trust::Automatic);
    assert_eq!(chosen.verdict, Verdict::Incomplete);
    assert_eq!(chosen.root.as_ref().map(|root| root.instance), Some(Instance::Staging));
    // Whoever asked for another instance is told which one names its issuer.
    let elsewhere = ask(root(Instance::PublicGood));
    let found = elsewhere.findings.iter().find_map(|finding| match &finding.outcome {
        Outcome::Failed(failure) if finding.check.id == "chain" => Some(failure.found.clone()),
        _ => None,
    });
    assert!(found.as_deref().is_some_and(|found| found.ends_with("Sigstore staging names it")), "{found:?}");
}

/// People compare the SHA-256 of what they downloaded: it stands beside the digest that the statement names.
#[test]
fn a_small_file_has_its_sha256_in_the_document_whatever_digest_the_statement_names() {
    use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
    for (recipe, algorithms) in
        [(Recipe::dsse(), vec!["sha256"]), (Recipe::dsse().about_npm(), vec!["sha512", "sha256"])]
    {
        let case = recipe.make();
        let named = |bytes| Named { name: "a", bytes };
        let material = Material {
            bundle: Some(named(&case.bundle)),
            artifact: ArtifactInput::Bytes(named(&case.artifact)),
            trusted_root: Some(named(&case.trusted_root)),
            ..Material::default()
        };
        let signer = Signer::Certificate { identity: Name::Exact(case.identity.clone()), issuer: None };
        let question = Question { signer, trust: Trust::File, ..Question::default() };
        let digests = touchstone_report::answer(&question, &material).unwrap().artifact.unwrap().digests;
        assert_eq!(digests.iter().map(|one| one.algorithm.as_str()).collect::<Vec<_>>(), algorithms);
        assert_eq!(digests.last().unwrap().hex, hex(&Hash::Sha256.of(&case.artifact)));
    }
}
