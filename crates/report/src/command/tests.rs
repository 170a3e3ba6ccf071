use proptest::prelude::*;

use super::{CommandError, Files, Read, Tool, read, write};
use crate::question::{Expect, KeyValidity, Name, Publisher, Question, Scope, Signer, Thresholds, Trust};

const ISSUER: &str = "https://token.actions.githubusercontent.com";

fn ok(line: &str) -> Read {
    match read(line) {
        Ok(read) => read,
        Err(error) => unreachable!("{line}: {error}"),
    }
}

fn exact(text: &str) -> Name {
    Name::Exact(text.to_owned())
}

fn certificate(identity: Name, issuer: &str) -> Signer {
    Signer::Certificate { identity, issuer: Some(exact(issuer)) }
}

#[test]
fn a_cosign_command_of_a_release_page_is_read() {
    let line = r#"$ COSIGN_EXPERIMENTAL=1 cosign verify-blob app.tar.gz \
        --bundle "app tar.sigstore.json" --new-bundle-format \
        --certificate-identity-regexp='^https://github.com/acme/app/' \
        --certificate-oidc-issuer=https://token.actions.githubusercontent.com | jq ."#;
    let read = ok(line);
    assert_eq!(read.tool, Tool::Cosign);
    let pattern = Name::Pattern("https://github.com/acme/app/.*".to_owned());
    assert_eq!(read.question, Question { signer: certificate(pattern, ISSUER), ..Question::default() });
    assert_eq!((read.files.bundle.as_str(), read.files.artifact.as_str()), ("app tar.sigstore.json", "app.tar.gz"));
    let notes = read.notes.join("\n");
    for word in ["COSIGN_EXPERIMENTAL", "\"| jq .", "open-ended"] {
        assert!(notes.contains(word), "{word}: {notes}");
    }
}

#[test]
fn cosign_asks_of_an_attestation_the_type_that_it_has_by_itself() {
    let of = |line: &str| ok(line).question.expect.predicate_type;
    let base = "cosign verify-blob-attestation --key k f";
    assert_eq!(of(base).as_deref(), Some("https://cosign.sigstore.dev/attestation/v1"));
    assert_eq!(of(&format!("{base} --type slsaprovenance1")).as_deref(), Some("https://slsa.dev/provenance/v1"));
    assert_eq!(of(&format!("{base} --type https://x/y")).as_deref(), Some("https://x/y"));
    assert_eq!(of("cosign verify-blob --key k f"), None);
    assert!(matches!(read(&format!("{base} --type slsa")), Err(CommandError::BadValue { .. })));
}

#[test]
fn what_a_command_takes_away_is_carried_over_and_said() {
    let read = ok("cosign verify-blob --key k.pub --insecure-ignore-tlog --insecure-ignore-sct=true f");
    let zero =
        Thresholds { transparency_logs: Some(0), signed_certificate_timestamps: Some(0), ..Thresholds::default() };
    assert_eq!((read.question.thresholds, read.notes.len()), (zero, 2));
    let off = ok("cosign verify-blob --key k.pub --insecure-ignore-tlog=false f");
    assert_eq!((off.question.thresholds, off.notes), (Thresholds::default(), Vec::new()));
    let claims = ok("cosign verify-blob-attestation --key k.pub --check-claims=false f");
    assert_eq!(claims.question.scope, Scope::SignatureOnly);
}

#[test]
fn an_image_is_looked_at_by_its_digest_and_a_tag_is_none() {
    let hex = "a".repeat(64);
    let read = ok(&format!("cosign verify --key k ghcr.io/acme/app@sha256:{hex}"));
    assert_eq!(read.files.artifact, format!("sha256:{hex}"));
    let tagged = ok("cosign verify --key k ghcr.io/acme/app:v1");
    assert_eq!(tagged.files.artifact, "");
    assert!(tagged.notes.join("\n").contains("a tag, which can change"));
}

/// G-25, C-3, C-4.
#[test]
fn gh_brings_the_policy_that_it_has_without_being_asked() {
    let read = ok("gh attestation verify app.zip --repo acme/app");
    let pattern = Name::Pattern(r"(?i:https://github\.com/acme/app)/.*".to_owned());
    assert_eq!(read.question.signer, certificate(pattern, ISSUER));
    let repository = ("source-repository-uri".to_owned(), "https://github.com/acme/app".to_owned());
    assert_eq!(read.question.extensions, [repository]);
    assert_eq!(read.question.expect.predicate_type.as_deref(), Some("https://slsa.dev/provenance/v1"));

    let owner = ok("gh at verify app.zip -o acme --deny-self-hosted-runners --source-ref refs/heads/main");
    let pattern = Name::Pattern(r"(?i:https://github\.com/acme)/.*".to_owned());
    assert_eq!(owner.question.signer, certificate(pattern, ISSUER));
    let names: Vec<&str> = owner.question.extensions.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["runner-environment", "source-repository-ref", "source-repository-owner-uri"]);
}

#[test]
fn a_signer_workflow_of_gh_ends_at_its_name() {
    let read = ok("gh attestation verify a -R acme/app --signer-workflow tools/ci/.github/workflows/b.yml");
    let pattern = Name::Pattern(r"(?i:https://github\.com/tools/ci)/\.github/workflows/b\.yml@.*".to_owned());
    assert_eq!(read.question.signer, certificate(pattern, ISSUER));
    let tenant = ok("gh attestation verify a -R acme/app --hostname big.ghe.com");
    let Signer::Certificate { issuer, .. } = tenant.question.signer else { unreachable!() };
    assert_eq!(issuer, Some(exact("https://token.actions.big.ghe.com")));
}

#[test]
fn slsa_verifier_names_no_signer_and_one_is_implied() {
    let read =
        ok("slsa-verifier-linux-amd64 verify-artifact app --provenance-path p.jsonl --source-uri github.com/acme/app \
                   --source-tag v1 --build-workflow-input a=b=c");
    assert_eq!(read.question.signer, Signer::Implied);
    assert_eq!(read.question.expect.source_uri.as_deref(), Some("github.com/acme/app"));
    assert_eq!(read.question.expect.workflow_inputs, [("a".to_owned(), "b=c".to_owned())]);
    let vsa =
        ok("slsa-verifier verify-vsa --subject-digest gce_image_id:1 --subject-digest sha256:ab --attestation-path v \
                  --verifier-id https://v --resource-uri r --verified-level A,B --public-key-path k");
    assert_eq!((vsa.question.signer, vsa.question.trust), (Signer::Key, Trust::KeyAlone));
    assert_eq!(vsa.question.expect.verified_levels, ["A", "B"]);
    assert_eq!(vsa.question.expect.subject_digests.map(|digests| digests.len()), Some(2));
    assert_eq!(vsa.files.artifact, "sha256:ab");
}

#[test]
fn each_bad_command_has_a_message_of_its_own() {
    for (line, message) in [
        ("", "There is no command here"),
        ("  # nothing", "There is no command here"),
        ("curl -LO https://x", "no command that is read here"),
        ("cosign sign-blob f", "no command that is read here"),
        ("gh release verify", "no command that is read here"),
        ("cosign verify-blob 'f", "has no partner"),
        ("cosign verify-blob \"f", "has no partner"),
        ("cosign verify-blob $FILE", "filled in by a shell"),
        ("cosign verify-blob \"${FILE}\"", "filled in by a shell"),
        ("cosign verify-blob `ls`", "filled in by a shell"),
        ("cosign verify-blob --certificate-idenity x f", "no option of cosign verify-blob"),
        ("cosign verify-blob f --bundle", "needs a value"),
        ("cosign verify-blob f --key awskms://x", "key service"),
        ("cosign verify-blob f --certificate-identity a --certificate-identity b", "given twice"),
        ("cosign verify-blob f --certificate-oidc-issuer a", "--certificate-identity beside the issuer"),
        ("cosign verify-blob f --insecure-ignore-tlog=maybe", "true or false"),
        ("gh attestation verify f", "--owner or --repo"),
        ("cosign verify-blob f --certificate-identity-regexp 'a)|(b'", "each of its brackets closed"),
        ("gh attestation verify f --repo a/b --cert-identity-regex '('", "each of its brackets closed"),
        ("gh attestation verify f --repo acme", "owner/name"),
        ("gh attestation verify f --repo a/b --owner a", "given twice"),
        ("gh attestation verify f --repo a/b --signer-workflow x.yml", "owner/name/.github/workflows/file.yml"),
        ("slsa-verifier verify-artifact f", "--source-uri"),
        ("slsa-verifier verify-vsa --verifier-id v", "--public-key-path"),
        ("slsa-verifier verify-vsa --subject-digest x", "an algorithm, a colon"),
        ("slsa-verifier verify-artifact f --source-uri s --source-tag a --source-versioned-tag b", "given twice"),
        ("touchstone verify --bundle b --issuer i f", "--identity beside the issuer"),
        ("touchstone verify --bundle b --identity i --any-identity f", "excludes"),
        ("touchstone verify --bundle b --identity i --key k f", "excludes"),
        ("touchstone verify --bundle b --instance moon f", "public-good, staging or github"),
        ("touchstone verify --bundle b --publisher x f", "github:owner/name:workflow.yml"),
        // A variable that was not set is no environment (H-14).
        ("touchstone verify --bundle b --publisher github:a/b:w.yml: f", "github:owner/name:workflow.yml"),
        ("touchstone verify --bundle b --transparency-logs many f", "a number"),
    ] {
        match read(line) {
            Ok(read) => unreachable!("{line} was read as {read:?}"),
            Err(error) => assert!(error.to_string().contains(message), "{line}: {error}"),
        }
    }
    let long = format!("cosign verify-blob {}", "x ".repeat(2_000));
    assert!(matches!(read(&long), Err(CommandError::TooLong { .. })));
}

#[test]
fn a_file_that_is_named_like_an_option_is_written_as_a_file() {
    let identity = exact("https://x/it's");
    let issuer = Some(Name::Pattern(".*".to_owned()));
    let question = Question { signer: Signer::Certificate { identity, issuer }, ..Question::default() };
    let files = Files { bundle: "-b.json".to_owned(), artifact: "-f".to_owned(), ..Files::default() };
    assert_eq!(
        write(Tool::Touchstone, &question, &files).command.unwrap_or_default(),
        "touchstone verify \\\n  --bundle ./-b.json \\\n  --identity 'https://x/it'\\''s' \\\n  --issuer-regexp '.*' \\\n  ./-f"
    );
}

/// A question that another tool asks only in part says which part.
#[test]
fn what_another_tool_does_not_check_is_said() {
    let question = Question {
        signer: certificate(exact("https://github.com/acme/app/.github/workflows/r.yml@refs/tags/v1"), ISSUER),
        expect: Expect {
            source_uri: Some("github.com/acme/app".to_owned()),
            builder_id: Some("https://b".to_owned()),
            ..Expect::default()
        },
        ..Question::default()
    };
    let files = Files { bundle: "b.json".to_owned(), artifact: "a".to_owned(), ..Files::default() };
    for (tool, said) in [
        (Tool::Cosign, "does not look into the predicate"),
        (Tool::Gh, "does not look into the predicate"),
        (Tool::SlsaVerifier, "does not compare the signer"),
    ] {
        let written = write(tool, &question, &files);
        assert!(written.command.is_some(), "{tool:?}");
        assert!(written.unlike.join("\n").contains(said), "{tool:?}: {:?}", written.unlike);
    }
    let ours = write(Tool::Touchstone, &question, &files);
    assert_eq!(ours.unlike, Vec::<String>::new());
}

#[test]
fn a_command_that_would_ask_less_than_nothing_is_not_written() {
    let key = Question { signer: Signer::Key, ..Question::default() };
    let implied = Question { signer: Signer::Implied, ..Question::default() };
    for (tool, question) in [
        (Tool::Gh, &key),
        (Tool::Gh, &Question::default()),
        (Tool::SlsaVerifier, &key),
        (Tool::SlsaVerifier, &implied),
        (Tool::Cosign, &implied),
    ] {
        let written = write(tool, question, &Files::default());
        assert_eq!((written.command, written.unlike.len()), (None, 1), "{tool:?} {question:?}");
    }
    let anybody = write(Tool::Cosign, &Question { signer: Signer::Anybody, ..Question::default() }, &Files::default());
    assert!(anybody.unlike.join("\n").contains("accepts any signer"));
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,6}", "[ -~]{1,12}", "\\PC{1,8}", "[-'\"\\\\$`|;&<>#\n\t =]{1,8}"]
}

/// A file's name: one that begins with a dash is written with its folder before it.
fn file() -> impl Strategy<Value = String> {
    text().prop_filter("a dash", |name| !name.starts_with('-'))
}

fn name() -> impl Strategy<Value = Name> {
    prop_oneof![text().prop_map(Name::Exact), text().prop_map(Name::Pattern)]
}

fn word() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9-]{0,8}"
}

fn publisher() -> impl Strategy<Value = Publisher> {
    prop_oneof![
        ("[a-z]{1,4}/[a-z]{1,4}", word(), proptest::option::of(text())).prop_map(
            |(repository, workflow, environment)| Publisher {
                kind: "GitHub".to_owned(),
                repository: Some(repository),
                workflow: Some(workflow),
                environment,
                email: None
            }
        ),
        "[a-z]{1,4}@[a-z]{1,4}".prop_map(|email| Publisher {
            kind: "Google".to_owned(),
            email: Some(email),
            ..Publisher::default()
        }),
    ]
}

prop_compose! {
    fn expect()(
        texts in proptest::collection::vec(proptest::option::of(text()), 11),
        workflow_inputs in proptest::collection::vec((word(), text()), 0..3),
        verified_levels in proptest::collection::vec(text(), 0..3),
        subject_digests in proptest::option::of(proptest::collection::vec((word(), text()), 1..3)),
        publisher in proptest::option::of(publisher()),
    ) -> Expect {
        let at = |index: usize| texts.get(index).cloned().flatten();
        Expect {
            source_uri: at(0), source_branch: at(1), source_tag: at(2), source_versioned_tag: at(3), builder_id: at(4),
            package_name: at(5), package_version: at(6), distribution_name: at(7), resource_uri: at(8),
            verifier_id: at(9), predicate_type: at(10), workflow_inputs, verified_levels, subject_digests, publisher,
        }
    }
}

prop_compose! {
    /// Any question that a command line can hold, with its files.
    fn asked()(
        expect in prop_oneof![Just(Expect::default()), expect()],
        who in 0u8..5,
        (identity, issuer) in (name(), proptest::option::of(name())),
        extensions in proptest::collection::vec((word(), text()), 0..3),
        counts in proptest::collection::vec(proptest::option::of(any::<u32>()), 4),
        trust in proptest::sample::select(vec![Trust::Automatic, Trust::PublicGood, Trust::Staging, Trust::GitHub, Trust::File, Trust::KeyAlone]),
        (from, until, details, version) in (proptest::option::of(text()), proptest::option::of(text()), proptest::option::of(text()), proptest::option::of(text())),
        names in proptest::collection::vec(file(), 5),
        more in proptest::collection::vec(file(), 0..3),
        (any_artifact, signature_only) in any::<(bool, bool)>(),
    ) -> (Question, Files) {
        let at = |index: usize| names.get(index).cloned().unwrap_or_default();
        let signer = match who {
            0 => Signer::Certificate { identity, issuer },
            1 => Signer::Key,
            2 | 3 => Signer::Anybody,
            _ if expect == Expect::default() => Signer::Unnamed,
            _ => Signer::Implied,
        };
        let has_key = matches!(who, 1 | 2);
        let count = |index: usize| counts.get(index).copied().flatten();
        let question = Question {
            extensions, trust, key_details: details, minimum_bundle_version: version, expect,
            thresholds: Thresholds {
                transparency_logs: count(0), signed_certificate_timestamps: count(1), timestamp_authorities: count(2), observer_timestamps: count(3),
            },
            key_validity: KeyValidity { from, until },
            scope: if signature_only { Scope::SignatureOnly } else { Scope::Whole },
            signer,
            builders: more.clone(),
        };
        let files = Files {
            bundle: at(0),
            artifact: if any_artifact { String::new() } else { at(1) },
            any_artifact,
            key: if has_key { at(2) } else { String::new() },
            further_keys: if has_key { more.clone() } else { Vec::new() },
            registry_keys: at(4),
            evidence: more,
            trusted_root: if trust == Trust::File { at(3) } else { String::new() },
        };
        (question, files)
    }
}

/// Commands of the other tools, from the options that each of them has.
fn foreign() -> impl Strategy<Value = String> {
    let quoted = |text: &str| super::words::quoted(text);
    let name = "[a-z]{1,5}/[a-z]{1,5}";
    let cosign = ("verify-blob|verify-blob-attestation", text(), text(), any::<(bool, bool, bool)>()).prop_map(
        move |(verb, identity, issuer, (pattern, ignore, typed))| {
            let pattern = pattern && super::pattern::is_balanced(&identity);
            let regexp = if pattern { "-regexp" } else { "" };
            let ignore = if ignore { " --insecure-ignore-tlog" } else { "" };
            let typed = if typed && verb != "verify-blob" { " --type slsaprovenance" } else { "" };
            let (identity, issuer) = (quoted(&identity), quoted(&issuer));
            format!("cosign {verb} --bundle b{ignore}{typed} --certificate-identity{regexp}={identity} --certificate-oidc-issuer={issuer} f")
        },
    );
    let gh = (name, proptest::option::of(text()), any::<(bool, bool, bool)>()).prop_map(
        move |(repository, identity, (deny, private, owner))| {
            let place = match repository.split_once('/') {
                Some((owner_name, _)) if owner => format!("--owner {owner_name}"),
                _ => format!("--repo {repository}"),
            };
            let identity = identity.map_or_else(String::new, |text| format!(" --cert-identity={}", quoted(&text)));
            let deny = if deny { " --deny-self-hosted-runners" } else { "" };
            let private = if private { " --no-public-good" } else { "" };
            format!("gh attestation verify f -b b {place}{identity}{deny}{private}")
        },
    );
    let slsa = (name, proptest::option::of(text()), proptest::option::of(text()), any::<bool>()).prop_map(
        move |(repository, branch, builder, npm)| {
            let branch = branch.map_or_else(String::new, |text| format!(" --source-branch={}", quoted(&text)));
            let builder = builder.map_or_else(String::new, |text| format!(" --builder-id={}", quoted(&text)));
            let (verb, npm) = if npm { ("verify-npm-package", " --package-name p") } else { ("verify-artifact", "") };
            format!("slsa-verifier {verb} f --attestations-path b --source-uri github.com/{repository}{branch}{builder}{npm}")
        },
    );
    prop_oneof![cosign, gh, slsa]
}

proptest! {
    #[test]
    fn our_own_command_is_read_as_it_was_written((question, files) in asked()) {
        let line = write(Tool::Touchstone, &question, &files).command.unwrap_or_default();
        let read = read(&line);
        prop_assert_eq!(read, Ok(Read { tool: Tool::Touchstone, question, files, notes: Vec::new() }), "{}", line);
    }

    #[test]
    fn a_command_of_another_tool_is_written_as_it_was_read(line in foreign()) {
        let first = read(&line).map_err(|error| TestCaseError::fail(format!("{line}: {error}")))?;
        let written = write(first.tool, &first.question, &first.files).command.unwrap_or_default();
        let second = read(&written).map_err(|error| TestCaseError::fail(format!("{written}: {error}")))?;
        prop_assert_eq!(second.question, first.question, "{}\n{}", line, written);
        prop_assert_eq!(second.files, first.files, "{}\n{}", line, written);
    }

    /// What is written for another tool is a command that can be read, and no shell would take a part of it for its own.
    #[test]
    fn what_is_written_is_one_command((question, files) in asked()) {
        for tool in [Tool::Cosign, Tool::Gh, Tool::SlsaVerifier] {
            if let Some(line) = write(tool, &question, &files).command {
                let split = super::words::split(&line);
                prop_assert!(split.as_ref().is_ok_and(|split| split.notes.is_empty()), "{}: {:?}", line, split);
                prop_assert!(read(&line).is_ok(), "{}: {:?}", line, read(&line));
            }
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}|(cosign verify|gh attestation verify|slsa-verifier verify-vsa|touchstone verify)[ -~\n]{0,60}") {
        let _ = read(&text);
    }
}

#[test]
fn whoever_runs_a_command_is_no_part_of_it() {
    let plain = ok("cosign verify-blob --key k f");
    for line in ["sudo cosign verify-blob --key k f", "$ sudo -E -u root A=b cosign verify-blob --key k f"] {
        let read = ok(line);
        assert_eq!((read.question, read.files), (plain.question.clone(), plain.files.clone()), "{line}");
    }
    assert!(matches!(read("sudo"), Err(CommandError::Empty)));
    assert!(matches!(read("sudo rm -r x"), Err(CommandError::UnknownTool { .. })));
}

#[test]
fn two_commands_are_told_as_two() {
    let gh = "gh attestation verify a --owner o";
    for (text, found) in [
        (format!("{gh}\n{gh}"), "gh attestation"),
        (format!("$ {gh}\n$ {gh}\n"), "gh attestation verify"),
        // As an input field pastes two lines.
        (format!("{gh} /usr/bin/cosign verify-blob --key k f"), "/usr/bin/cosign verify-blob"),
    ] {
        let Err(error) = read(&text) else { unreachable!("{text}") };
        assert_eq!(error, CommandError::Several { found: found.to_owned() }, "{text}");
        assert!(error.to_string().ends_with("Paste one of them."), "{error}");
    }
    // A file may be called like a tool.
    assert_eq!(ok("cosign verify-blob --key cosign cosign").files.artifact, "cosign");
    assert_eq!(ok("cosign verify-blob \\\n  --key k \\\n  cosign").files.artifact, "cosign");
}
