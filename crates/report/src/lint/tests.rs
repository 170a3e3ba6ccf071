use touchstone_verify::SHARED_BUILDERS;

use super::lint;
use crate::question::{Expect, KeyValidity, Name, Question, Scope, Signer, Thresholds};

const ISSUER: &str = "https://token.actions.githubusercontent.com";
const WORKFLOW: &str = "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1.2.3";

fn rules(question: &Question) -> Vec<String> {
    lint(question).into_iter().map(|advice| advice.rule).collect()
}

fn extensions(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Nothing to say against it.
fn strong() -> Question {
    Question {
        signer: Signer::Certificate {
            identity: Name::Exact(WORKFLOW.to_owned()),
            issuer: Some(Name::Exact(ISSUER.to_owned())),
        },
        extensions: extensions(&[("source-repository-identifier", "42"), ("runner-environment", "github-hosted")]),
        ..Question::default()
    }
}

fn pattern(text: &str) -> Question {
    let identity = Name::Pattern(text.to_owned());
    Question { signer: Signer::Certificate { identity, issuer: Some(Name::Exact(ISSUER.to_owned())) }, ..strong() }
}

#[test]
fn a_whole_policy_has_no_weakness() {
    assert_eq!(rules(&strong()), Vec::<String>::new());
    let shaped =
        pattern(r"https://github\.com/acme/app/\.github/workflows/release\.yml@refs/tags/v[0-9]+\.[0-9]+\.[0-9]+");
    assert_eq!(rules(&shaped), Vec::<String>::new());
    let classes = pattern(r"https://github[.]com/acme/app/[.]github/workflows/release[.]yml@refs/tags/v1[.]2[.]3");
    assert_eq!(rules(&classes), Vec::<String>::new());
}

/// One change to a policy without weakness, and the rules that it breaks.
#[test]
fn each_weakness_is_found() {
    let with = |change: fn(&mut Question)| {
        let mut question = strong();
        change(&mut question);
        question
    };
    let rows: Vec<(Question, &[&str])> = vec![
        (with(|question| question.signer = Signer::Anybody), &["any-identity"]),
        (with(|question| question.signer = Signer::Unnamed), &["any-identity"]),
        (pattern(".*"), &["any-identity"]),
        (pattern("^(.+)$"), &["any-identity"]),
        (pattern(".*.*"), &["any-identity"]),
        (pattern(r"[\s\S]{1,}"), &["any-identity"]),
        (pattern("(?s:.*)"), &["any-identity"]),
        (pattern(r"https://github\.com/acme/app/x|.*"), &["any-identity", "ref-not-pinned"]),
        (pattern(r"https://github\.com/.*"), &["any-owner", "open-pattern", "ref-not-pinned"]),
        // An alternative is looked at by itself.
        (
            pattern(r"https://github\.com/acme/app/\.github/workflows/r\.yml@refs/tags/v1|.*@acme\.com"),
            &["open-beginning"],
        ),
        // A workflow that others call says nothing of the source, nor does its ref.
        (
            with(|question| {
                question.signer = Signer::Certificate {
                    identity: Name::Exact(format!("{SHARED_BUILDERS}generator_generic_slsa3.yml@refs/tags/v2.0.0")),
                    issuer: Some(Name::Exact(ISSUER.to_owned())),
                };
                question.extensions = extensions(&[("runner-environment", "github-hosted")]);
            }),
            &["shared-builder", "ref-not-pinned"],
        ),
        (
            with(|question| question.thresholds = Thresholds { transparency_logs: Some(0), ..Thresholds::default() }),
            &["lowered-threshold"],
        ),
        (with(|question| question.scope = Scope::SignatureOnly), &["signature-only"]),
        (pattern(r".*/acme/app/\.github/workflows/release\.yml@refs/tags/v1"), &["open-beginning"]),
        (pattern(r".*@acme\.example"), &["open-beginning"]),
        (
            pattern(r"https://github\.com/acme.*"),
            &["owner-without-slash", "any-workflow", "open-pattern", "ref-not-pinned"],
        ),
        (pattern(r"(?i:https://github\.com/acme/app)/.*"), &["any-workflow", "open-pattern", "ref-not-pinned"]),
        (pattern(r"https://github\.com/acme/app.*@refs/tags/v1"), &["owner-without-slash", "any-workflow"]),
        (pattern("https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1"), &["loose-stop"]),
        (
            with(|question| {
                if let Signer::Certificate { issuer, .. } = &mut question.signer {
                    *issuer = None;
                }
            }),
            &["no-issuer"],
        ),
        (
            with(|question| {
                if let Signer::Certificate { issuer, .. } = &mut question.signer {
                    *issuer = Some(Name::Pattern(r"https://.*".to_owned()));
                }
            }),
            &["no-issuer"],
        ),
        (pattern(r"https://github\.com/acme/app/\.github/workflows/[a-z]+\.yml@refs/tags/v1"), &["any-workflow"]),
        (pattern(r"https://github\.com/acme/app/\.github/workflows/r\.yml@refs/tags/.*"), &["open-pattern"]),
        (pattern(r"https://github\.com/acme/app/\.github/workflows/r\.yml@.*"), &["open-pattern", "ref-not-pinned"]),
        (
            with(|question| {
                if let Signer::Certificate { identity, .. } = &mut question.signer {
                    *identity =
                        Name::Exact("https://github.com/acme/app/.github/workflows/r.yml@refs/heads/main".to_owned());
                }
            }),
            &["branch-instead-of-tag"],
        ),
        (
            with(|question| question.extensions.retain(|(name, _)| name == "runner-environment")),
            &["name-without-number"],
        ),
        (
            with(|question| question.extensions.retain(|(name, _)| name != "runner-environment")),
            &["self-hosted-runner"],
        ),
        (
            with(|question| {
                question.extensions =
                    extensions(&[("1.3.6.1.4.1.57264.1.15", "42"), ("1.3.6.1.4.1.57264.1.11", "self-hosted")])
            }),
            &["self-hosted-runner"],
        ),
        (with(|question| question.signer = Signer::Key), &["key-without-window"]),
    ];
    for (question, expected) in rows {
        assert_eq!(rules(&question), expected, "{:?}", question.signer);
    }
}

/// The core knows an extension by any spelling of its name, and by its number.
#[test]
fn an_extension_counts_however_its_name_is_written() {
    let spelled = extensions(&[("SourceRepositoryIdentifier", "42"), ("Runner Environment", "github-hosted")]);
    assert_eq!(rules(&Question { extensions: spelled, ..strong() }), Vec::<String>::new());
}

#[test]
fn an_implied_signer_is_pinned_by_its_source() {
    let expect = |expect: Expect| Question { signer: Signer::Implied, extensions: Vec::new(), expect, ..strong() };
    let source_uri = Some("github.com/acme/app".to_owned());
    let bare = expect(Expect { source_uri: source_uri.clone(), ..Expect::default() });
    assert_eq!(rules(&bare), ["ref-not-pinned", "name-without-number"]);
    let branch = Some("main".to_owned());
    let of_branch =
        expect(Expect { source_uri: source_uri.clone(), source_branch: branch.clone(), ..Expect::default() });
    assert_eq!(rules(&of_branch), ["branch-instead-of-tag", "name-without-number"]);
    let source_tag = Some("v1".to_owned());
    let of_tag = expect(Expect { source_uri, source_branch: branch, source_tag, ..Expect::default() });
    assert_eq!(rules(&of_tag), ["name-without-number"]);
}

#[test]
fn a_key_with_both_ends_has_no_weakness_and_with_one_end_it_has() {
    let window = |from: Option<&str>, until: Option<&str>| Question {
        signer: Signer::Key,
        key_validity: KeyValidity { from: from.map(str::to_owned), until: until.map(str::to_owned) },
        ..Question::default()
    };
    assert_eq!(rules(&window(Some("2026-01-01T00:00:00Z"), Some("2027-01-01T00:00:00Z"))), Vec::<String>::new());
    for weak in
        [window(None, None), window(Some("2026-01-01T00:00:00Z"), None), window(None, Some("2027-01-01T00:00:00Z"))]
    {
        assert_eq!(rules(&weak), ["key-without-window"]);
    }
}

/// What is written instead has the weakness no more.
#[test]
fn the_advice_about_a_pattern_takes_its_own_weakness_away() {
    for (text, rule) in
        [(r"https://github\.com/acme.*", "owner-without-slash"), ("https://github.com/acme/.*", "loose-stop")]
    {
        let advice = lint(&pattern(text))
            .into_iter()
            .find(|advice| advice.rule == rule)
            .unwrap_or_else(|| unreachable!("{rule}"));
        let better = advice.instead.rsplit(": ").next().unwrap_or_default();
        assert!(!rules(&pattern(better)).contains(&rule.to_owned()), "{better}");
    }
}

/// The policy of a gh command with a repository alone: G-26.
#[test]
fn gh_with_a_repository_alone_is_told_to_name_the_workflow() {
    let Ok(read) = crate::command::read("gh attestation verify f --repo acme/app") else { unreachable!() };
    let advice = lint(&read.question);
    let found = advice.iter().find(|advice| advice.rule == "any-workflow");
    assert!(found.is_some_and(|advice| advice.why.contains("G-26")), "{advice:?}");
}

/// Nothing is said of a repository where none is named, nor of a branch where the commit is pinned.
#[test]
fn what_is_named_and_pinned_is_told_as_it_is() {
    let advice = |line: &str| {
        let Ok(read) = crate::command::read(line) else { unreachable!("{line}") };
        lint(&read.question)
    };
    let of_owner = advice("gh attestation verify f --owner acme");
    let named = of_owner.iter().find(|one| one.rule == "name-without-number");
    assert_eq!(
        named.map(|one| one.weak.as_str()),
        Some("The owner acme of github.com is known by its name alone."),
        "{of_owner:?}"
    );
    let has = |all: &[super::Advice], rule: &str| all.iter().any(|one| one.rule == rule);
    assert!(has(&of_owner, "ref-not-pinned"));
    let of_commit =
        advice("gh attestation verify f --owner acme --source-digest 594e519a594e519a594e519a594e519a594e519a");
    assert!(!has(&of_commit, "ref-not-pinned"), "{of_commit:?}");
    let both = "gh attestation verify f --repo acme/app --source-ref refs/heads/main --source-digest 594e";
    assert!(!has(&advice(both), "branch-instead-of-tag"));
    let numbered = extensions(&[
        ("source-repository-owner-uri", "https://github.com/acme"),
        ("source-repository-owner-identifier", "7"),
        ("runner-environment", "github-hosted"),
    ]);
    let of_number = lint(&Question { extensions: numbered, ..pattern(r"(?i:https://github\.com/acme)/.*") });
    assert!(!has(&of_number, "name-without-number"), "{of_number:?}");
}
