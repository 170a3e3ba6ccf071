//! PEM around a public key, read strictly (B-83).

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::limits::MAX_PEM_BYTES;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// What a block is said to hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Label {
    /// `PUBLIC KEY`: a `SubjectPublicKeyInfo` (RFC 7468 § 13).
    PublicKey,
    /// `RSA PUBLIC KEY`: an `RSAPublicKey`.
    RsaPublicKey,
}

/// The label and the bytes of the one block that `text` is.
pub(crate) fn decode(text: &str) -> Result<(Label, Vec<u8>), PemError> {
    if text.len() > MAX_PEM_BYTES {
        return Err(PemError::TooLong { found: text.len(), limit: MAX_PEM_BYTES });
    }
    let text = text.trim_ascii();
    if is_ssh(text) {
        return Err(PemError::SshKey);
    }
    let Some(after_begin) = text.strip_prefix(BEGIN) else {
        return Err(if text.contains(BEGIN) { PemError::SurroundingText } else { PemError::NotPem });
    };
    let (name, after_label) = after_begin.split_once(DASHES).ok_or(PemError::Unfinished)?;
    let label = read_label(name)?;
    let (body, after_end) =
        after_label.split_once(&format!("{DASHES}END {name}{DASHES}")).ok_or(PemError::Unfinished)?;
    if !after_end.is_empty() {
        return Err(PemError::SurroundingText);
    }
    Ok((label, decode_body(body)?))
}

/// The lines between BEGIN and END, which stand alone on theirs. Lines of any length are read: the bytes decide.
fn decode_body(body: &str) -> Result<Vec<u8>, PemError> {
    if !body.starts_with(['\r', '\n']) || !body.ends_with('\n') {
        return Err(PemError::Base64);
    }
    let digits: String = body.lines().collect();
    STANDARD.decode(digits).map_err(|_| PemError::Base64)
}

fn read_label(name: &str) -> Result<Label, PemError> {
    match name {
        "PUBLIC KEY" => Ok(Label::PublicKey),
        "RSA PUBLIC KEY" => Ok(Label::RsaPublicKey),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Err(PemError::Certificate),
        _ if name.ends_with("PRIVATE KEY") => Err(PemError::PrivateKey),
        _ => Err(PemError::OtherLabel { found: name.chars().take(64).collect() }),
    }
}

fn is_ssh(text: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-", "---- BEGIN SSH2"].iter().any(|start| text.starts_with(start))
}

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
            Self::PrivateKey => {
                f.write_str("this is a private key; a public key is needed, and this file is better kept to yourself")
            }
            Self::SshKey => f.write_str("this is a key in the form of SSH, not PEM"),
            Self::SurroundingText => f.write_str("there is more than one block of PEM and white space"),
            Self::Unfinished => f.write_str("the line -----END …----- that goes with the first line is missing"),
        }
    }
}

impl core::error::Error for PemError {}
