#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use super::*;
use crate::Fault;

fn repository(text: &str) -> Repository {
    Repository::parse(text).unwrap()
}

#[test]
fn e_3_git_uris_split_at_the_first_at_after_the_authority() {
    let cases = [
        ("git+https://github.com/o/r@refs/heads/main", "https://github.com/o/r", Some("refs/heads/main")),
        ("git+https://github.com/o/r@refs/tags/pkg@1.2.3", "https://github.com/o/r", Some("refs/tags/pkg@1.2.3")),
        ("GIT+HTTPS://GitHub.com/Own/Rep.git@refs/heads/a", "https://github.com/Own/Rep", Some("refs/heads/a")),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c", None),
        ("git+http://host:8080/o/r.git", "http://host:8080/o/r", None),
        ("git+https://h/o/r@dead#beef?", "https://h/o/r", Some("dead#beef?")),
    ];
    for (text, repository, reference) in cases {
        let uri = GitUri::parse(text).unwrap();
        assert_eq!((uri.repository.to_string().as_str(), uri.reference.as_deref()), (repository, reference), "{text}");
    }
}

#[test]
fn every_code_has_a_refused_text() {
    let git = |text: &str| GitUri::parse(text).map(drop);
    let workflow = |text: &str| WorkflowReference::parse(text).map(drop);
    let purl = |text: &str| Purl::parse(text).map(drop);
    let w = "https://github.com/o/r/.github/workflows";
    let rows = [
        (git(""), "uri-scheme"),
        (workflow(&format!("{w}/../../other/.github/workflows/w.yml@refs/tags/v1")), "uri-not-workflow"),
        (workflow(&format!("{w}//w.yml@refs/tags/v1")), "uri-not-workflow"),
        (git("github.com/o/r"), "uri-scheme"),
        (git("gs://bucket/object"), "uri-scheme"),
        (git("git+file:///etc/passwd"), "uri-host"),
        (git("git+file://h/etc/passwd"), "uri-scheme"),
        (git("git+git+https://h/o/r"), "uri-scheme"),
        (git("git+https://user@github.com/o/r"), "uri-user-info"),
        (git("git+https://github.com:x@evil.example/o/r"), "uri-user-info"),
        (git("https://github.com@evil.example/o/r@refs/heads/main"), "uri-user-info"),
        (git("https:///o/r"), "uri-host"),
        (git("https://git hub.com/o/r"), "uri-host"),
        (git("https://github.com:/o/r"), "uri-host"),
        (git("https://github.com:4a/o/r"), "uri-host"),
        (git("https://github.com:443:1/o/r"), "uri-host"),
        (git("https://g\u{456}thub.com/o/r"), "uri-host"),
        (git("https://github.com"), "uri-not-repository"),
        (git("https://github.com/"), "uri-not-repository"),
        (git("https://github.com/o/r/"), "uri-not-repository"),
        (git("https://github.com//r"), "uri-not-repository"),
        (git("https://github.com/o/../r"), "uri-not-repository"),
        (git("https://github.com/o/./r"), "uri-not-repository"),
        (git("https://github.com/o/r?x=1"), "uri-not-repository"),
        (git("https://github.com/o/r#main"), "uri-not-repository"),
        (git("https://github.com/o/r\\x"), "uri-not-repository"),
        (git("https://github.com/o/%72"), "uri-not-repository"),
        (git("https://github.com/o/r\u{200b}"), "uri-not-repository"),
        (git("https://github.com/o/.git"), "uri-not-repository"),
        (Repository::parse("https://github.com/o/r@main").map(drop), "uri-not-repository"),
        (git("https://github.com/o/r@"), "uri-reference"),
        (git("https://github.com/o/r@refs/heads/a b"), "uri-reference"),
        (git("https://github.com/o/r@a\nb"), "uri-reference"),
        (workflow(&format!("{w}/f.yml")), "uri-not-workflow"),
        (workflow(&format!("{w}/f.yml@")), "uri-reference"),
        (workflow(&format!("{w}/f.json@refs/heads/main")), "uri-not-workflow"),
        (workflow(&format!("{w}/.yml@refs/heads/main")), "uri-not-workflow"),
        (workflow(&format!("{w}/f@x.yml@refs/heads/main")), "uri-not-workflow"),
        (workflow("https://github.com/o/.github/workflows/f.yml@main"), "uri-not-workflow"),
        (workflow("https://github.com/o/r/workflows/f.yml@main"), "uri-not-workflow"),
        (workflow("https://github.com/o/r/x/.github/workflows/f.yml@main"), "uri-not-workflow"),
        (workflow("http://github.com/o/r/.github/workflows/f.yml@main"), "uri-not-workflow"),
        (workflow("https://github.com/o/r@x/.github/workflows/f.yml@main"), "uri-not-workflow"),
        (workflow("https://github.com@evil.example/o/r/.github/workflows/f.yml@main"), "uri-user-info"),
        (purl(""), "uri-not-package"),
        (purl("npm/x@1"), "uri-not-package"),
        (purl("pkg:npm"), "uri-not-package"),
        (purl("pkg:npm/x@1?checksum=sha256"), "uri-not-package"),
        (purl("pkg:npm/x@1?checksum=sha256:zz"), "uri-not-package"),
        (purl(&format!("pkg:npm/{}", "x".repeat(MAX_PURL_BYTES))), "uri-not-package"),
    ];
    let mut codes = BTreeSet::new();
    for (result, code) in rows {
        let error = result.expect_err(code);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().len() < 400, "{error}");
        codes.insert(code);
    }
    assert_eq!(codes, CODES.iter().copied().collect());
}

#[test]
fn c_3_owner_and_name_ignore_case_on_github_only() {
    let is = |one: &str, other: &str| repository(one).is(&repository(other));
    assert!(is("https://github.com/Acme/Tool", "git+https://github.com/acme/tool.git"));
    assert!(is("https://GITHUB.com/acme/tool", "https://github.com/acme/tool"));
    assert!(!is("https://gitlab.com/Acme/Tool", "https://gitlab.com/acme/tool"));
    assert!(!is("https://github.com/acme/tool", "https://github.com.evil.example/acme/tool"));
    assert!(!is("https://github.com/acme/tool", "http://github.com/acme/tool"));
    assert!(!is("https://github.com/acme/tool", "https://github.com:443/acme/tool"));
    assert!(!is("https://github.com/acme/tool", "https://github.com/acme/tool2"));
}

#[test]
fn c_4_an_owner_is_a_whole_segment() {
    assert!(repository("https://github.com/Acme/tool").is_owned_by("acme"));
    assert!(!repository("https://github.com/acme-evil/tool").is_owned_by("acme"));
    assert!(!repository("https://github.com/acme/tool").is_owned_by(""));
    assert!(!repository("https://github.com/tool").is_owned_by(""));
    assert!(!repository("https://gitlab.com/Acme/tool").is_owned_by("acme"));
    assert!(repository("https://gitlab.com/acme/sub/tool").is_owned_by("acme/sub"));
    assert_eq!(repository("https://gitlab.com/acme/sub/tool").name(), "tool");
}

#[test]
fn e_3_workflow_references() {
    let read = |text: &str| WorkflowReference::parse(text).unwrap();
    let plain = read("https://github.com/o/r/.github/workflows/f.yml@refs/tags/pkg@1.2.3");
    assert_eq!((plain.path.as_str(), plain.reference.as_str()), (".github/workflows/f.yml", "refs/tags/pkg@1.2.3"));
    assert_eq!(plain.repository.to_string(), "https://github.com/o/r");
    assert_eq!(plain.without_reference(), "https://github.com/o/r/.github/workflows/f.yml");
    let commit = read(&format!("https://ghe.example/o/r/.github/workflows/a/f.yaml@{}", "a".repeat(40)));
    assert_eq!((commit.path.as_str(), is_commit(&commit.reference)), (".github/workflows/a/f.yaml", true));
    let is_same = |one: &str, other: &str| read(one).is_same_workflow(&read(other));
    let w = "https://github.com/o/r/.github/workflows/f.yml@refs/heads/main";
    assert!(is_same(w, "https://github.com/O/R/.github/workflows/f.yml@refs/tags/v1"));
    assert!(!is_same(w, "https://github.com/o/r/.github/workflows/F.yml@refs/heads/main"));
    assert!(!is_same(w, "https://github.com/o/s/.github/workflows/f.yml@refs/heads/main"));
}

#[test]
fn e_21_release_tags() {
    let at = |reference: &str| {
        let text = format!("https://github.com/o/r/.github/workflows/f.yml@{reference}");
        WorkflowReference::parse(&text).unwrap().release_tag().is_some()
    };
    assert!(at("refs/tags/v1.2.3") && at("refs/tags/v0.0.0"));
    let not_releases = [
        "v1.2.3",
        "refs/heads/v1.2.3",
        "refs/tags/1.2.3",
        "refs/tags/v1.2",
        "refs/tags/v1",
        "refs/tags/v1.2.3.4",
        "refs/tags/v1.2.3-rc.1",
        "refs/tags/v1.2.3+build",
        "refs/tags/v01.2.3",
        "refs/tags/v1.2.03",
        "refs/tags/v1.2.x",
        "refs/tags/v1..3",
        "refs/tags/V1.2.3",
        "refs/tags/v1.2.3/x",
        "refs/tags/v99999999999999999999.0.0",
        "0123456789012345678901234567890123456789",
    ];
    for reference in not_releases {
        assert!(!at(reference), "{reference}");
    }
}

#[test]
fn e_27_versioned_tags() {
    let covered = [
        ("v1.2.3", "v1"),
        ("v1.2.3", "v1.2"),
        ("v1.2.3", "v1.2.3"),
        ("v1.2.3+b", "v1.2.3"),
        ("v1.2.3", "v1.2.3+other"),
        ("v1.2.3-rc.1", "v1.2.3-rc.1"),
        ("v1.2", "v1.2.0"),
        ("v1", "v1"),
    ];
    for (tag, expected) in covered {
        assert!(versioned_tag_matches(tag, expected), "{tag} {expected}");
    }
    let not_covered = [
        ("v1.2.3", "v2"),
        ("v1.2.3", "v1.3"),
        ("v1.2.3", "v1.2.4"),
        ("v1.2.3-rc.1", "v1"),
        ("v1.2.3-rc.1", "v1.2.3"),
        ("v1.2.3", "v1.2.3-rc.1"),
        ("v1.2.3-rc.1", "v1.2.3-rc.2"),
        ("v12.2.3", "v1"),
        ("v1.2.3", "1.2.3"),
        ("1.2.3", "v1"),
        ("v1.2.3", ""),
        ("", "v1"),
        ("v1.2.3-", "v1.2.3-"),
        ("v1.2.3-01", "v1.2.3-01"),
        ("v1.2.3+", "v1.2.3"),
        ("v1.2-rc", "v1.2-rc"),
    ];
    for (tag, expected) in not_covered {
        assert!(!versioned_tag_matches(tag, expected), "{tag} {expected}");
    }
}

#[test]
fn e_43_sources_of_google_cloud_build() {
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let git = |text: &str| match CloudBuildSource::parse(text).unwrap() {
        CloudBuildSource::Git(uri) => (uri.repository.to_string(), uri.reference),
        CloudBuildSource::Storage(_) => panic!("{text}"),
    };
    let repository = "https://github.com/o/r".to_owned();
    assert_eq!(git(&format!("https://github.com/o/r/commit/{sha}")), (repository.clone(), Some(sha.to_owned())));
    assert_eq!(git("https://github.com/o/r"), (repository.clone(), None));
    assert_eq!(git("git+https://github.com/o/r@refs/heads/main"), (repository, Some("refs/heads/main".to_owned())));
    // Not a commit, and so a path of its own, which no expected repository equals.
    assert_eq!(git("https://github.com/o/r/commit/main").0, "https://github.com/o/r/commit/main");
    let storage = "gs://bucket/source.tgz#123";
    assert_eq!(CloudBuildSource::parse(storage), Ok(CloudBuildSource::Storage(storage.to_owned())));
    assert!(CloudBuildSource::parse("gs://").is_err());
}

#[test]
fn g_11_package_urls_of_npm() {
    let purl = Purl::parse("pkg:npm/%40scope/name@1.2.3").unwrap();
    assert!(purl.is_npm("@scope/name", "1.2.3"));
    assert_eq!(purl.full_name(), "@scope/name");
    for (name, version) in
        [("scope/name", "1.2.3"), ("@scope/name", "1.2.4"), ("@Scope/name", "1.2.3"), ("name", "1.2.3")]
    {
        assert!(!purl.is_npm(name, version), "{name} {version}");
    }
    assert!(Purl::parse("pkg:npm/name@1.2.3").unwrap().is_npm("name", "1.2.3"));
    for other in ["pkg:npm/name", "pkg:pypi/name@1.2.3", "pkg:npm/name@1.2.3?a=b", "pkg:npm/name@1.2.3#sub"] {
        assert!(!Purl::parse(other).unwrap().is_npm("name", "1.2.3"), "{other}");
    }
}

#[test]
fn e_50_package_urls_of_github() {
    let purl = Purl::parse("pkg:github/Owner/Repo@v1.0.0").unwrap();
    assert!(purl.is_github("owner/repo", "v1.0.0"));
    assert!(!purl.is_github("owner/repo", "V1.0.0"));
    assert!(!purl.is_github("owner/repo2", "v1.0.0"));
    assert!(!purl.is_github("repo", "v1.0.0"));
}

#[test]
fn the_checksum_of_a_package_url() {
    let purl = Purl::parse("pkg:generic/x@1?checksum=sha1:ad9503c3,sha256:41BF9088").unwrap();
    let due = [("sha1".to_owned(), "ad9503c3".to_owned()), ("sha256".to_owned(), "41BF9088".to_owned())];
    assert_eq!(purl.checksums, due);
    assert!(Purl::parse("pkg:generic/x@1").unwrap().checksums.is_empty());
}
