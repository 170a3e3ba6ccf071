//! What a thing is: an algorithm and a digest (E-55). Names, tags, purls and URIs are labels and never an identity.

use core::fmt;

use touchstone_formats::statement::SubjectDigest;

/// The algorithms that an identity may have. MD5, SHA-1 of files and digests of unknown kinds join nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// SHA-256 of a file.
    Sha256,
    /// SHA-384 of a file.
    Sha384,
    /// SHA-512 of a file.
    Sha512,
    /// Name of a git object: a commit or an annotated tag (E-2, E-59).
    Git,
}

/// An algorithm and a digest, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    algorithm: Algorithm,
    hex: String,
}

impl Algorithm {
    /// Name in a digest set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
            Self::Git => "gitCommit",
        }
    }
}

impl Identity {
    /// Of a file: `sha256`, `sha384`, `sha512` with as many digits as the algorithm gives; anything else is no identity.
    #[must_use]
    pub fn of_file(algorithm: &str, hex: &str) -> Option<Self> {
        let (algorithm, digits) = match algorithm {
            "sha256" => (Algorithm::Sha256, 64),
            "sha384" => (Algorithm::Sha384, 96),
            "sha512" => (Algorithm::Sha512, 128),
            _ => return None,
        };
        Self::with_digits(algorithm, hex, &[digits])
    }

    /// Of a git object: 40 digits, or 64 in repositories that name objects by SHA-256.
    #[must_use]
    pub fn of_git(hex: &str) -> Option<Self> {
        Self::with_digits(Algorithm::Git, hex, &[40, 64])
    }

    /// Of a statement's subject: `gitCommit` and `gitTag` name git objects, everything else a file.
    #[must_use]
    pub fn of_subject(digest: &SubjectDigest) -> Option<Self> {
        match digest.algorithm.as_str() {
            "gitCommit" | "gitTag" => Self::of_git(&digest.value),
            name => Self::of_file(name, &digest.value),
        }
    }

    fn with_digits(algorithm: Algorithm, hex: &str, digits: &[usize]) -> Option<Self> {
        let is_hex = digits.contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| Self { algorithm, hex: hex.to_ascii_lowercase() })
    }

    /// Which algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Lower-case hexadecimal.
    #[must_use]
    pub fn hex(&self) -> &str {
        &self.hex
    }

    /// "commit 9409f67", "SHA-256 a78cfdb": for a line in the picture.
    #[must_use]
    pub fn short(&self) -> String {
        let algorithm = match self.algorithm {
            Algorithm::Sha256 => "SHA-256",
            Algorithm::Sha384 => "SHA-384",
            Algorithm::Sha512 => "SHA-512",
            Algorithm::Git => "commit",
        };
        format!("{algorithm} {}", self.hex.get(..7).unwrap_or(&self.hex))
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.algorithm.name(), self.hex)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(algorithm: &str, value: &str) -> SubjectDigest {
        SubjectDigest { algorithm: algorithm.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn weak_short_and_unknown_digests_are_no_identity() {
        let hex = "ab".repeat(32);
        for (algorithm, value) in [
            ("sha256", "abcd"),
            ("sha256", &"zz".repeat(32)),
            ("md5", &"ab".repeat(16)),
            ("sha1", &"ab".repeat(20)),
            ("SHA256", &hex),
            ("gitCommit", "abcdef0"),
            ("", &hex),
        ] {
            assert_eq!(Identity::of_subject(&digest(algorithm, value)), None, "{algorithm}:{value}");
        }
    }

    #[test]
    fn digits_of_either_case_are_one_identity_and_algorithms_are_kept_apart() {
        let lower = Identity::of_subject(&digest("sha256", &"ab".repeat(32)));
        assert!(lower.is_some());
        assert_eq!(lower, Identity::of_subject(&digest("sha256", &"AB".repeat(32))));
        assert_ne!(lower, Identity::of_subject(&digest("gitCommit", &"ab".repeat(32))));
    }
}
