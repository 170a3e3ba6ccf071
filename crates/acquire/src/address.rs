//! What a person types into the field for an address: a link to evidence, or a repository and a digest.

use crate::limits;

/// A typed address that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `https://host/…`.
    Link {
        /// The link as typed, trimmed, without its fragment.
        url: String,
        /// Its host, with the port if one was typed.
        host: String,
    },
    /// `owner/repo@sha256:…`, asked of GitHub's attestation API (G-22).
    GitHub {
        /// Account that owns the repository.
        owner: String,
        /// Repository.
        repo: String,
        /// 64 lower-case hex digits.
        sha256: String,
    },
}

/// Why a typed address was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressError {
    /// A digest that is not `sha256:` and 64 hex digits: GitHub looks up only those.
    Digest,
    /// Nothing was typed.
    Empty,
    /// A link with a user name or password in it.
    Credentials,
    /// A link that does not begin with `https://`.
    NotHttps,
    /// Characters that no address has.
    Characters,
    /// Neither a link nor `owner/repo@sha256:…`.
    Shape,
    /// Longer than an address may be.
    TooLong,
}

impl AddressError {
    /// What to do about it.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Digest => "After the @ stands sha256: and 64 hexadecimal digits, the digest of the file.",
            Self::Empty => "Type a link to a bundle, or owner/repo@sha256: and the digest of the file.",
            Self::Credentials => "The link holds a user name or password. Type it without: this page sends none.",
            Self::NotHttps => "Only links that begin with https:// are fetched.",
            Self::Characters => "The address holds a character that no address has, such as a space.",
            Self::Shape => "This is neither a link (https://…) nor a repository and digest (owner/repo@sha256:…).",
            Self::TooLong => "The address is too long.",
        }
    }
}

/// Reads what was typed.
///
/// # Errors
/// When it is neither an `https` link nor `owner/repo@sha256:…`.
pub fn read_address(typed: &str) -> Result<Address, AddressError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(AddressError::Empty);
    }
    if typed.len() > limits::MAX_ADDRESS_CHARS {
        return Err(AddressError::TooLong);
    }
    if typed.chars().any(|one| !one.is_ascii_graphic()) {
        return Err(AddressError::Characters);
    }
    match typed.split_once("://") {
        Some((scheme, rest)) => link(typed, scheme, rest),
        None => repository(typed),
    }
}

fn link(typed: &str, scheme: &str, rest: &str) -> Result<Address, AddressError> {
    if !scheme.eq_ignore_ascii_case("https") {
        return Err(AddressError::NotHttps);
    }
    // A browser reads `\` as `/` here; a person does not.
    if typed.contains('\\') {
        return Err(AddressError::Characters);
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains('@') {
        return Err(AddressError::Credentials);
    }
    if host.is_empty() || host.starts_with([':', '.']) {
        return Err(AddressError::Shape);
    }
    let url = typed.split('#').next().unwrap_or(typed);
    Ok(Address::Link { url: url.to_owned(), host: host.to_ascii_lowercase() })
}

fn repository(typed: &str) -> Result<Address, AddressError> {
    let (repository, digest) = typed.split_once('@').ok_or(AddressError::Shape)?;
    let repository = repository.strip_prefix("github.com/").unwrap_or(repository);
    let (owner, repo) = repository.split_once('/').ok_or(AddressError::Shape)?;
    if !is_github_name(owner) || !is_github_name(repo) {
        return Err(AddressError::Shape);
    }
    let hex = digest.strip_prefix("sha256:").ok_or(AddressError::Digest)?;
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(AddressError::Digest);
    }
    Ok(Address::GitHub { owner: owner.to_owned(), repo: repo.to_owned(), sha256: hex.to_ascii_lowercase() })
}

/// Letters, digits, `-`, `_` and `.`: all that GitHub allows, and nothing that could leave the path.
fn is_github_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
        && !matches!(name, "." | "..")
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

impl Address {
    /// As it is typed: `read_address` of this gives the same address.
    #[must_use]
    pub fn print(&self) -> String {
        match self {
            Self::Link { url, .. } => url.clone(),
            Self::GitHub { owner, repo, sha256 } => format!("{owner}/{repo}@sha256:{sha256}"),
        }
    }
}
