//! Signed notes (B-63; C2SP `signed-note.md`).
//!
//! ```text
//! text, one or more lines
//! (blank line)
//! — <key name> <base64 of: 4-byte key id ‖ signature>
//! …
//! ```

use core::fmt;

use crate::KeyId;

/// A signed note that nobody believes yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedNote {
    /// The signed bytes: everything before the last blank line, the final newline included.
    pub text: String,
    /// The signature lines, in their order.
    pub signatures: Vec<NoteSignature>,
}

/// One signature line of a note.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub key_id: KeyId,
    /// What follows the key id; its form depends on the kind of key. At least one byte.
    pub signature: Vec<u8>,
    /// The line it stands on, counted from 1 through the whole note.
    pub line: usize,
}

impl SignedNote {
    /// Reads a note, strictly.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(_note: &str) -> Result<Self, NoteError> {
        todo!()
    }

    /// Reads a note that must be UTF-8.
    ///
    /// # Errors
    /// [`NoteError::NotUtf8`], or as [`SignedNote::parse`].
    pub fn parse_bytes(note: &[u8]) -> Result<Self, NoteError> {
        let text = core::str::from_utf8(note).map_err(|error| NoteError::NotUtf8 {
            offset: error.valid_up_to(),
        })?;
        Self::parse(text)
    }
}

impl fmt::Display for SignedNote {
    /// Writes the note as [`SignedNote::parse`] reads it.
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}

/// Why a text is no signed note. Lines are counted from 1 through the whole note.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NoteError {
    /// A control character other than newline.
    ControlCharacter {
        /// Its line.
        line: usize,
        /// The character.
        found: char,
    },
    /// There is no blank line between text and signatures, or no text before it.
    NoBlankLine,
    /// No line follows the blank line.
    NoSignatures,
    /// The last line does not end with a newline.
    NoFinalNewline,
    /// Not UTF-8.
    NotUtf8 {
        /// Place of the first byte that is not, counted from 0.
        offset: usize,
    },
    /// A signature line that is not `— <name> <base64>`, with a single space between.
    SignatureLine {
        /// The line.
        line: usize,
    },
    /// A key name that is empty or holds white space or `+`.
    KeyName {
        /// The line.
        line: usize,
    },
    /// A signature that is not standard, padded, canonical base64.
    SignatureBase64 {
        /// The line.
        line: usize,
    },
    /// A signature that is not longer than its key id.
    SignatureTooShort {
        /// The line.
        line: usize,
        /// Bytes that it decodes to; at least 5 are needed.
        found: usize,
    },
    /// A signature longer than [`MAX_SIGNATURE_BYTES`](crate::limits::MAX_SIGNATURE_BYTES).
    SignatureTooLong {
        /// The line.
        line: usize,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// Longer than [`MAX_NOTE_BYTES`](crate::limits::MAX_NOTE_BYTES).
    TooLong {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More signature lines than [`MAX_SIGNATURES`](crate::limits::MAX_SIGNATURES).
    TooManySignatures {
        /// How many.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
}

impl fmt::Display for NoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ControlCharacter { line, found } => {
                write!(f, "line {line} holds the control character {found:?}")
            }
            Self::NoBlankLine => f.write_str("no blank line between a text and its signatures"),
            Self::NoSignatures => f.write_str("no signature line after the blank line"),
            Self::NoFinalNewline => f.write_str("the last line does not end with a newline"),
            Self::NotUtf8 { offset } => write!(f, "not UTF-8 from byte {offset} on"),
            Self::SignatureLine { line } => {
                write!(f, "line {line} is not a signature line: — <name> <base64>")
            }
            Self::KeyName { line } => write!(
                f,
                "line {line}: the key name is empty or holds white space or a plus sign"
            ),
            Self::SignatureBase64 { line } => {
                write!(f, "line {line}: the signature is not standard base64")
            }
            Self::SignatureTooShort { line, found } => {
                write!(
                    f,
                    "line {line}: {found} bytes are too short for a key id and a signature"
                )
            }
            Self::SignatureTooLong { line, limit } => {
                write!(f, "line {line}: the signature is longer than {limit} bytes")
            }
            Self::TooLong { found, limit } => {
                write!(f, "{found} bytes are too long for a note (at most {limit})")
            }
            Self::TooManySignatures { found, limit } => {
                write!(f, "{found} signature lines are too many (at most {limit})")
            }
        }
    }
}

impl core::error::Error for NoteError {}
