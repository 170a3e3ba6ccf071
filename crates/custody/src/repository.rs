//! Repositories and references in URIs, as keys to look up by (E-3).

use touchstone_formats::uri::GitUri;

/// `https://host/owner/name`, normalised for comparing, and the reference behind the `@`, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// Scheme and host in lower case, without `git+`, without `.git`; on github.com all of it in lower case.
    pub(crate) repository: String,
    /// `refs/…`, or what else stood behind the `@`.
    pub(crate) reference: Option<String>,
}

/// Reads a repository's URI. `None` when it is none.
#[must_use]
pub(crate) fn located(uri: &str) -> Option<Located> {
    let read = GitUri::parse(uri.trim_end_matches('/')).ok()?;
    let text = read.repository.to_string();
    // GitHub's repositories are owner and name: what has more behind is a file of one.
    let is_github = read.repository.host() == "github.com";
    let path = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    if is_github && path.matches('/').count() != 2 {
        return None;
    }
    // A tarball is a file, wherever it lies, and its SHA-1 no commit.
    if !uri.starts_with("git+") && is_archive(path) {
        return None;
    }
    let repository = if is_github { text.to_ascii_lowercase() } else { text };
    Some(Located { repository, reference: read.reference })
}

/// Whether a path ends as the name of an archive does.
fn is_archive(path: &str) -> bool {
    const ENDS: [&str; 14] =
        ["tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst", "zip", "7z", "jar", "whl", "crate", "gem"];
    let end = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| ENDS.contains(&end.as_str()))
}

/// The repository alone, normalised.
#[must_use]
pub(crate) fn normalised(uri: &str) -> Option<String> {
    located(uri).map(|located| located.repository)
}

/// `owner/name` on github.com, which is what people take such a name for; any other host is named.
#[must_use]
pub(crate) fn short(repository: &str) -> &str {
    repository.strip_prefix("https://github.com/").unwrap_or(repository)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_repository_are_equal_and_other_repositories_are_not() {
        let one = normalised("git+https://github.com/Acme/App.git@refs/tags/v1");
        assert_eq!(one.as_deref(), Some("https://github.com/acme/app"));
        assert_eq!(one, normalised("https://GitHub.com/acme/app/"));
        for other in ["https://github.com/acme/app2", "https://gitlab.com/acme/app", "http://github.com/acme/app"] {
            assert_ne!(one, normalised(other), "{other}");
        }
        assert_ne!(normalised("https://gitlab.com/Acme/app"), normalised("https://gitlab.com/acme/app"));
    }

    #[test]
    fn a_repository_is_one_under_every_scheme_that_is_read() {
        for uri in ["http://github.com/acme/app", "git+ssh://github.com/acme/app", "git://github.com/acme/app.git"] {
            assert_eq!(located(uri).is_some(), GitUri::parse(uri).is_ok(), "{uri}");
        }
        assert!(located("http://github.com/acme/app").is_some());
        assert!(located("git+https://example.org/acme/app.zip").is_some(), "said to be one");
        assert!(located("https://example.org/acme/app.js").is_some());
    }

    #[test]
    fn the_first_at_of_the_path_begins_the_reference() {
        let located = located("git+https://github.com/acme/app@refs/tags/pkg@1.2.3");
        assert_eq!(located.and_then(|found| found.reference).as_deref(), Some("refs/tags/pkg@1.2.3"));
    }

    #[test]
    fn what_is_no_repository_is_refused() {
        for uri in [
            "",
            "acme/app",
            "https://github.com@evil.example/acme/app",
            "https://github.com/",
            "pkg:npm/acme@1",
            "file:///x",
            "https://github.com/acme",
            "https://github.com/acme/app/releases/download/v1/app.tgz",
            "https://example.org/acme/app-1.0.tar.GZ",
            "https://example.org/acme/app.zip",
        ] {
            assert_eq!(located(uri), None, "{uri}");
        }
    }
}
