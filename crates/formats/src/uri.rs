//! URIs that say where a source is, which workflow signed, and which package this is. Compared after normalising, never
//! by prefix (E-3, C-3, C-4, H-52).

mod fault;
mod package;
mod tag;

pub use fault::{CODES, UriError};
pub use package::{MAX_PURL_BYTES, Purl};
pub use tag::{Tag, versioned_tag_matches};

use core::fmt;

use crate::path::quoted;

/// Where a repository is: scheme, host and path, normalised (E-3).
///
/// Equality is by text; use [`Repository::is`] to compare, which knows whose names ignore case (C-3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Repository {
    scheme: String,
    host: String,
    path: String,
}

impl Repository {
    /// Reads `https://host/owner/repo`, with or without `git+` in front and `.git` behind.
    ///
    /// # Errors
    /// Another scheme, user-info, a port or host with other characters than those of a host, a query or fragment, an
    /// empty or relative path segment, or characters that belong in no URI.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let (scheme, host, path) = split(text)?;
        if path.contains(['?', '#', '@']) {
            return Err(UriError::NotRepository { found: quoted(text) });
        }
        Self::of_parts(scheme, host, path, text)
    }

    fn of_parts(scheme: &str, host: &str, path: &str, whole: &str) -> Result<Self, UriError> {
        let scheme = scheme.to_ascii_lowercase();
        let scheme = scheme.strip_prefix("git+").unwrap_or(&scheme);
        if !matches!(scheme, "https" | "http" | "ssh" | "git") {
            return Err(UriError::Scheme { found: quoted(whole) });
        }
        let path = path.strip_suffix(".git").unwrap_or(path);
        let is_segment = |segment: &str| !matches!(segment, "" | "." | "..");
        if !path.split('/').all(is_segment) || path.bytes().any(is_strange) {
            return Err(UriError::NotRepository { found: quoted(whole) });
        }
        Ok(Self { scheme: scheme.to_owned(), host: host.to_ascii_lowercase(), path: path.to_owned() })
    }

    /// Whether both are the same repository: owner and name regardless of case on github.com, exactly elsewhere (C-3).
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.host == other.host && self.same_path(&self.path, &other.path)
    }

    /// Whether this repository belongs to `owner`, a whole path segment or several of them (C-4).
    #[must_use]
    pub fn is_owned_by(&self, owner: &str) -> bool {
        !owner.is_empty() && self.same_path(self.owner(), owner)
    }

    fn same_path(&self, one: &str, other: &str) -> bool {
        if self.host == "github.com" { one.eq_ignore_ascii_case(other) } else { one == other }
    }

    /// Host, lower case, with its port if one is written.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// `owner/repo`, or more segments; as written, without `.git`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Everything before the last segment of the path; empty when there is only one.
    #[must_use]
    pub fn owner(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(owner, _)| owner)
    }

    /// The last segment of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, name)| name)
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/{}", self.scheme, self.host, self.path)
    }
}

/// `git+https://host/owner/repo@ref` (E-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitUri {
    /// The repository.
    pub repository: Repository,
    /// The ref or revision, as written; may hold `@`.
    pub reference: Option<String>,
}

impl GitUri {
    /// Reads a source URI, split at the first `@` after the authority (E-3).
    ///
    /// # Errors
    /// As [`Repository::parse`], or an `@` with nothing after it.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let (scheme, host, rest) = split(text)?;
        let (path, reference) = match rest.split_once('@') {
            Some((path, reference)) => (path, Some(checked_reference(reference, text)?)),
            None => (rest, None),
        };
        if path.contains(['?', '#']) {
            return Err(UriError::NotRepository { found: quoted(text) });
        }
        Ok(Self { repository: Repository::of_parts(scheme, host, path, text)?, reference })
    }
}

/// A workflow at a ref: a subject alternative name, .9 or .18 of GitHub (E-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkflowReference {
    /// The repository that holds the workflow.
    pub repository: Repository,
    /// `.github/workflows/….yml`, case counts (C-3).
    pub path: String,
    /// The ref, or a commit in 40 hexadecimal digits; may hold `@`; case counts.
    pub reference: String,
}

impl WorkflowReference {
    /// Reads `https://host/owner/repo/.github/workflows/file.yml@ref`, split at the first `@` after the file.
    ///
    /// # Errors
    /// Any other form: another scheme or folder, no owner or repository, user-info, a file that is not YAML, no ref.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let malformed = || UriError::NotWorkflow { found: quoted(text) };
        if !text.starts_with("https://") {
            return Err(malformed());
        }
        let (scheme, host, rest) = split(text)?;
        let mut parts = rest.splitn(3, '/');
        let (Some(owner), Some(name), Some(rest)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed());
        };
        let (path, reference) = rest.split_once('@').ok_or_else(malformed)?;
        let file = path.strip_prefix(".github/workflows/").ok_or_else(malformed)?;
        let stem = file.strip_suffix(".yml").or_else(|| file.strip_suffix(".yaml")).unwrap_or_default();
        let is_plain = |part: &str| !part.is_empty() && !part.contains(['@', '?', '#']);
        let leads_away = path.split('/').any(|part| matches!(part, "" | "." | ".."));
        if stem.is_empty() || leads_away || path.bytes().any(is_strange) || !is_plain(owner) || !is_plain(name) {
            return Err(malformed());
        }
        let repository =
            Repository { scheme: scheme.to_owned(), host: host.to_ascii_lowercase(), path: format!("{owner}/{name}") };
        if repository.path.bytes().any(is_strange) {
            return Err(malformed());
        }
        Ok(Self { repository, path: path.to_owned(), reference: checked_reference(reference, text)? })
    }

    /// Whether both are the same workflow, at whatever ref.
    #[must_use]
    pub fn is_same_workflow(&self, other: &Self) -> bool {
        self.repository.is(&other.repository) && self.path == other.path
    }

    /// The workflow without its ref, `https://host/owner/repo/.github/workflows/file.yml`.
    #[must_use]
    pub fn without_reference(&self) -> String {
        format!("{}/{}", self.repository, self.path)
    }

    /// The release tag at which the workflow is pinned, `refs/tags/vX.Y.Z` (E-21); `None` for branches, commits,
    /// pre-releases.
    #[must_use]
    pub fn release_tag(&self) -> Option<Tag> {
        Tag::parse(self.reference.strip_prefix("refs/tags/")?).filter(Tag::is_release)
    }
}

/// The source of a Google Cloud Build, in any of its forms (E-43).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudBuildSource {
    /// A repository: `<repo>/commit/<sha>`, `<repo>` or `<repo>@<rev>`, each with or without `git+`.
    Git(GitUri),
    /// `gs://…`: an archive in a bucket, which is never a repository.
    Storage(String),
}

impl CloudBuildSource {
    /// Reads any of the forms.
    ///
    /// # Errors
    /// As [`GitUri::parse`], or a storage URI that names nothing.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        if let Some(object) = text.strip_prefix("gs://") {
            return if object.is_empty() {
                Err(UriError::NotRepository { found: quoted(text) })
            } else {
                Ok(Self::Storage(text.to_owned()))
            };
        }
        if let Some((repository, commit)) = text.rsplit_once("/commit/")
            && is_commit(commit)
        {
            let repository = Repository::parse(repository)?;
            return Ok(Self::Git(GitUri { repository, reference: Some(commit.to_owned()) }));
        }
        GitUri::parse(text).map(Self::Git)
    }
}

/// Whether this is a commit, in 40 (SHA-1) or 64 (SHA-256) hexadecimal digits.
#[must_use]
pub fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Scheme, authority and the rest after its slash; the authority checked.
fn split(text: &str) -> Result<(&str, &str, &str), UriError> {
    let (scheme, rest) = text.split_once("://").ok_or_else(|| UriError::Scheme { found: quoted(text) })?;
    let (authority, rest) = rest.split_once('/').ok_or_else(|| UriError::NotRepository { found: quoted(text) })?;
    if authority.contains('@') {
        return Err(UriError::UserInfo { found: quoted(text) });
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if host.is_empty() || !host.bytes().all(is_host) || !is_port {
        return Err(UriError::Host { found: quoted(authority) });
    }
    Ok((scheme, authority, rest))
}

/// A ref is not empty and has none of the characters that git forbids in one and that would hide in a report.
fn checked_reference(reference: &str, whole: &str) -> Result<String, UriError> {
    if reference.is_empty() || reference.chars().any(|char| char.is_control() || char == ' ') {
        return Err(UriError::Reference { found: quoted(whole) });
    }
    Ok(reference.to_owned())
}

/// No part of a repository or workflow that anybody could have made, and a way to write one that looks like another.
fn is_strange(byte: u8) -> bool {
    byte <= b' ' || byte >= 0x7f || matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'`' | b'{' | b'}' | b'|' | b'^' | b'%')
}

#[cfg(test)]
mod tests;
