//! Signed notes (B-63; C2SP `signed-note.md`).
//!
//! ```text
//! text, one or more lines
//! (blank line)
//! — <key name> <base64 of: 4-byte key id ‖ signature>
//! …
//! ```

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::KeyId;
use crate::limits::{MAX_NOTE_BYTES, MAX_SIGNATURE_BYTES, MAX_SIGNATURES};

/// What begins a signature line: an em dash, U+2014, and a space.
const SIGNATURE_START: &str = "\u{2014} ";

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
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong { found: note.len(), limit: MAX_NOTE_BYTES });
        }
        check_characters(note)?;
        if !note.ends_with('\n') {
            return Err(NoteError::NoFinalNewline);
        }
        // A text may hold blank lines of its own, so the last one counts. A note that ends with a blank line has no
        // signatures.
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::NoBlankLine)?;
        if text.is_empty() {
            return Err(NoteError::NoBlankLine);
        }
        let first_line = text.split('\n').count() + 2;
        Ok(Self { text: format!("{text}\n"), signatures: parse_signatures(signatures, first_line)? })
    }

    /// Reads a note that must be UTF-8.
    ///
    /// # Errors
    /// [`NoteError::NotUtf8`], or as [`SignedNote::parse`].
    pub fn parse_bytes(note: &[u8]) -> Result<Self, NoteError> {
        let text = core::str::from_utf8(note).map_err(|error| NoteError::NotUtf8 { offset: error.valid_up_to() })?;
        Self::parse(text)
    }
}

impl fmt::Display for SignedNote {
    /// Writes the note as [`SignedNote::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}

impl fmt::Display for NoteSignature {
    /// Writes the line, its newline included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key_id.0, self.signature.as_slice()].concat();
        writeln!(f, "{SIGNATURE_START}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// No ASCII control characters but newline (C2SP `signed-note.md`, "Format").
fn check_characters(note: &str) -> Result<(), NoteError> {
    let mut line = 1;
    for found in note.chars() {
        match found {
            '\n' => line += 1,
            _ if found.is_ascii_control() => {
                return Err(NoteError::ControlCharacter { line, found });
            }
            _ => {}
        }
    }
    Ok(())
}

fn parse_signatures(lines: &str, first_line: usize) -> Result<Vec<NoteSignature>, NoteError> {
    if lines.is_empty() {
        return Err(NoteError::NoSignatures);
    }
    let found = lines.matches('\n').count();
    if found > MAX_SIGNATURES {
        return Err(NoteError::TooManySignatures { found, limit: MAX_SIGNATURES });
    }
    lines.split_terminator('\n').zip(first_line..).map(|(text, line)| parse_signature(text, line)).collect()
}

fn parse_signature(text: &str, line: usize) -> Result<NoteSignature, NoteError> {
    let rest = text.strip_prefix(SIGNATURE_START).ok_or(NoteError::SignatureLine { line })?;
    let (name, digits) = rest.split_once(' ').ok_or(NoteError::SignatureLine { line })?;
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '+') {
        return Err(NoteError::KeyName { line });
    }
    if digits.len() > MAX_SIGNATURE_BYTES.div_ceil(3) * 4 {
        return Err(NoteError::SignatureTooLong { line, limit: MAX_SIGNATURE_BYTES });
    }
    let bytes = STANDARD.decode(digits).map_err(|_| NoteError::SignatureBase64 { line })?;
    match bytes.split_first_chunk() {
        Some((key_id, signature)) if !signature.is_empty() => {
            Ok(NoteSignature { name: name.to_owned(), key_id: KeyId(*key_id), signature: signature.to_vec(), line })
        }
        _ => Err(NoteError::SignatureTooShort { line, found: bytes.len() }),
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
    /// A signature longer than [`MAX_SIGNATURE_BYTES`].
    SignatureTooLong {
        /// The line.
        line: usize,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// Longer than [`MAX_NOTE_BYTES`].
    TooLong {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
    /// More signature lines than [`MAX_SIGNATURES`].
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
            Self::KeyName { line } => {
                write!(f, "line {line}: the key name is empty or holds white space or a plus sign")
            }
            Self::SignatureBase64 { line } => {
                write!(f, "line {line}: the signature is not standard base64")
            }
            Self::SignatureTooShort { line, found } => {
                write!(f, "line {line}: {found} bytes are too short for a key id and a signature")
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
