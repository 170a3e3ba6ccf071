//! Digests: their names and values, and hashing of bytes that are at hand.

use core::fmt;

use sha2::Digest as _;

use crate::Hasher;

/// A digest algorithm of the SHA-2 family. Complete by definition: nothing weaker is ever accepted as a binding, and
/// nothing else is written in bundles today.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DigestAlgorithm {
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

impl DigestAlgorithm {
    /// All of them, shortest first.
    pub const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The name in lower case without a hyphen, as in in-toto digest sets and `sha256:…`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The algorithm of that exact [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// Length of a digest, in bytes.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "the length of a digest, not of a collection")]
    pub const fn len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Hashes `bytes` in one go.
    #[must_use]
    pub fn digest(self, bytes: &[u8]) -> Digest {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        hasher.finish()
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A digest: its algorithm and as many bytes as that algorithm gives.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Digest {
    pub(crate) algorithm: DigestAlgorithm,
    /// The digest, followed by zeros up to the longest one.
    pub(crate) bytes: [u8; 64],
}

impl Digest {
    /// A digest from its bytes.
    ///
    /// # Errors
    /// [`DigestParseError::Length`] unless there are exactly [`DigestAlgorithm::len`] of them.
    pub fn from_bytes(algorithm: DigestAlgorithm, bytes: &[u8]) -> Result<Self, DigestParseError> {
        let length = DigestParseError::Length { algorithm, expected: algorithm.len(), found: bytes.len() };
        if bytes.len() != algorithm.len() {
            return Err(length);
        }
        let mut padded = [0; 64];
        padded.get_mut(..bytes.len()).ok_or(length)?.copy_from_slice(bytes);
        Ok(Self { algorithm, bytes: padded })
    }

    /// A digest from hexadecimal digits of either case, without a prefix.
    ///
    /// # Errors
    /// [`DigestParseError::Length`] (counted in bytes) or [`DigestParseError::NotHex`].
    pub fn from_hex(algorithm: DigestAlgorithm, hex: &str) -> Result<Self, DigestParseError> {
        if let Some((position, found)) = hex.chars().enumerate().find(|(_, c)| !c.is_ascii_hexdigit()) {
            return Err(DigestParseError::NotHex { position, found });
        }
        let mut bytes = Vec::with_capacity(algorithm.len());
        if hex.len() != 2 * algorithm.len() {
            return Err(DigestParseError::HexLength { algorithm, expected: 2 * algorithm.len(), found: hex.len() });
        }
        let mut digits = hex.bytes().filter_map(hex_value);
        while let (Some(high), Some(low)) = (digits.next(), digits.next()) {
            bytes.push((high << 4) | low);
        }
        Self::from_bytes(algorithm, &bytes)
    }

    /// A digest written as `algorithm:hex`, such as `sha256:e3b0…`.
    ///
    /// # Errors
    /// [`DigestParseError::NoAlgorithm`], [`DigestParseError::UnknownAlgorithm`], or as [`Digest::from_hex`].
    pub fn parse(text: &str) -> Result<Self, DigestParseError> {
        let (name, hex) = text.split_once(':').ok_or(DigestParseError::NoAlgorithm)?;
        let algorithm = DigestAlgorithm::from_name(name)
            .ok_or_else(|| DigestParseError::UnknownAlgorithm { found: name.chars().take(32).collect() })?;
        Self::from_hex(algorithm, hex)
    }

    /// Which algorithm made it.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// The bytes, [`DigestAlgorithm::len`] of them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.algorithm.len()).unwrap_or(&self.bytes)
    }

    /// The bytes as lower-case hexadecimal digits, without a prefix.
    #[must_use]
    pub fn hex(&self) -> String {
        self.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Digest {
    /// Writes `sha256:e3b0…`, which [`Digest::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.algorithm.name())?;
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a digest could not be read.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DigestParseError {
    /// Not as many hexadecimal digits as the algorithm needs.
    HexLength {
        /// The algorithm that was named.
        algorithm: DigestAlgorithm,
        /// Digits that it needs.
        expected: usize,
        /// Digits that were there.
        found: usize,
    },
    /// Not as many bytes as the algorithm gives.
    Length {
        /// The algorithm that was named.
        algorithm: DigestAlgorithm,
        /// Bytes that it gives.
        expected: usize,
        /// Bytes that were there.
        found: usize,
    },
    /// No `algorithm:` before the digits.
    NoAlgorithm,
    /// A character that is no hexadecimal digit.
    NotHex {
        /// Its place, counted in characters from 0.
        position: usize,
        /// The character.
        found: char,
    },
    /// An algorithm that is not accepted as a binding.
    UnknownAlgorithm {
        /// The name that was written (at most 32 characters of it).
        found: String,
    },
}

impl fmt::Display for DigestParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HexLength { algorithm, expected, found } => {
                write!(f, "a {algorithm} digest has {expected} hexadecimal digits, here are {found}")
            }
            Self::Length { algorithm, expected, found } => {
                write!(f, "a {algorithm} digest has {expected} bytes, here are {found}")
            }
            Self::NoAlgorithm => f.write_str("a digest is written as algorithm:hex, such as sha256:e3b0…"),
            Self::NotHex { position, found } => {
                write!(f, "{found:?} at place {position} is not a hexadecimal digit")
            }
            Self::UnknownAlgorithm { found } => {
                write!(f, "{found:?} is not one of sha256, sha384, sha512")
            }
        }
    }
}

impl core::error::Error for DigestParseError {}

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(bytes).into()
}

/// SHA-256 of the parts, one after the other: for signed forms that put a few bytes before a long message.
#[must_use]
pub fn sha256_concat(parts: &[&[u8]]) -> [u8; 32] {
    let mut state = sha2::Sha256::new();
    for part in parts {
        state.update(part);
    }
    state.finalize().into()
}

/// SHA-1 of `bytes`. Only for the consistency check of an `ESSCertID` version 1 (B-30): SHA-1 binds nothing.
#[must_use]
pub fn legacy_sha1(bytes: &[u8]) -> [u8; 20] {
    sha1::Sha1::digest(bytes).into()
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
