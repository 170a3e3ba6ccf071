//! PEM around a public key, read strictly (B-83).

use core::fmt;

/// Why a text is not the PEM form of one public key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PemError {
    /// Between the lines BEGIN and END is no well-formed base64.
    Base64,
    /// A certificate: it holds a key, but the key is not what was given.
    Certificate,
    /// Longer than any key.
    TooLong {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
    /// No line `-----BEGIN …-----` at all.
    NotPem,
    /// Another kind of block.
    OtherLabel {
        /// The label in its first line (at most 64 characters of it).
        found: String,
    },
    /// A private key. It should not be here.
    PrivateKey,
    /// A key as ssh writes it (`ssh-ed25519 AAAA…` or a block of SSH's own).
    SshKey,
    /// Something other than white space stands before or after the block, or there are several blocks.
    SurroundingText,
    /// A line BEGIN without its line END.
    Unfinished,
}

impl fmt::Display for PemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64 => f.write_str("the block holds no well-formed base64"),
            Self::Certificate => f.write_str("this is a certificate, not a public key"),
            Self::TooLong { found, limit } => write!(f, "{found} bytes are too long for a key (at most {limit})"),
            Self::NotPem => f.write_str("this is not PEM: no line -----BEGIN PUBLIC KEY-----"),
            Self::OtherLabel { found } => write!(f, "the block is labelled {found:?}, not PUBLIC KEY"),
            Self::PrivateKey => f.write_str("this is a private key; a public key is needed, and this file is better kept to yourself"),
            Self::SshKey => f.write_str("this is a key in the form of SSH, not PEM"),
            Self::SurroundingText => f.write_str("there is more than one block of PEM and white space"),
            Self::Unfinished => f.write_str("the line -----END …----- that goes with the first line is missing"),
        }
    }
}

impl core::error::Error for PemError {}
