//! Checkpoints: the text of a note in which a log states its size and root (B-64; C2SP `tlog-checkpoint.md`).
//!
//! ```text
//! <origin>
//! <tree size, decimal>
//! <root hash, base64>
//! <extension line>…
//! ```

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::limits::{MAX_EXTENSION_LINES, MAX_TREE_SIZE};
use crate::{Hash, NoteError, SignedNote};

/// A checkpoint that nobody believes yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    /// The name of the log. Not empty.
    pub origin: String,
    /// Leaves of the tree, at most 2^63 − 1.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
    /// The lines after the root, none of them empty. Rekor v1 writes `Timestamp: <ns>`.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Reads the text of a note, its final newline included.
    ///
    /// # Errors
    /// See [`CheckpointError`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let text = text.strip_suffix('\n').ok_or(CheckpointError::NoFinalNewline)?;
        let mut lines = text.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::MissingLines { found: text.split('\n').count() });
        };
        if origin.is_empty() {
            return Err(CheckpointError::EmptyOrigin);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: parse_size(size)?,
            root: parse_root(root)?,
            extensions: parse_extensions(lines)?,
        })
    }
}

impl fmt::Display for Checkpoint {
    /// Writes the checkpoint as [`Checkpoint::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// A number that is written as we would write it: no sign, no leading zero, no white space.
fn parse_size(text: &str) -> Result<u64, CheckpointError> {
    let size: u64 = text.parse().map_err(|_| CheckpointError::Size)?;
    if size > MAX_TREE_SIZE || size.to_string() != text {
        return Err(CheckpointError::Size);
    }
    Ok(size)
}

fn parse_root(text: &str) -> Result<Hash, CheckpointError> {
    let root = STANDARD.decode(text).map_err(|_| CheckpointError::RootBase64)?;
    root.try_into().map_err(|root: Vec<u8>| CheckpointError::RootLength { found: root.len() })
}

fn parse_extensions<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> Result<Vec<String>, CheckpointError> {
    let found = lines.clone().count();
    if found > MAX_EXTENSION_LINES {
        return Err(CheckpointError::TooManyExtensions { found, limit: MAX_EXTENSION_LINES });
    }
    lines
        .zip(4..)
        .map(
            |(text, line)| {
                if text.is_empty() { Err(CheckpointError::EmptyExtension { line }) } else { Ok(text.to_owned()) }
            },
        )
        .collect()
}

/// A note whose text is a checkpoint. Nobody believes it yet.
///
/// The fields are private because they belong together: the checkpoint is what the note's text says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedCheckpoint {
    note: SignedNote,
    checkpoint: Checkpoint,
}

impl SignedCheckpoint {
    /// Reads a note and the checkpoint that its text is.
    ///
    /// # Errors
    /// See [`SignedCheckpointError`].
    pub fn parse(note: &str) -> Result<Self, SignedCheckpointError> {
        let note = SignedNote::parse(note)?;
        let checkpoint = Checkpoint::parse(&note.text)?;
        Ok(Self { note, checkpoint })
    }

    /// The note.
    #[must_use]
    pub const fn note(&self) -> &SignedNote {
        &self.note
    }

    /// What its text says.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

/// Why a text is no checkpoint. Lines are counted from 1.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CheckpointError {
    /// An extension line is empty.
    EmptyExtension {
        /// The line.
        line: usize,
    },
    /// The first line, the origin, is empty.
    EmptyOrigin,
    /// Fewer than the three lines that must be there.
    MissingLines {
        /// Lines that are there.
        found: usize,
    },
    /// The last line does not end with a newline.
    NoFinalNewline,
    /// The third line is not standard, padded, canonical base64.
    RootBase64,
    /// The root hash has another length than 32 bytes.
    RootLength {
        /// Its length in bytes.
        found: usize,
    },
    /// The second line is not a decimal number without sign and leading zeros, or larger than 2^63 − 1.
    Size,
    /// More extension lines than [`MAX_EXTENSION_LINES`].
    TooManyExtensions {
        /// How many.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyExtension { line } => write!(f, "line {line}: an extension line is empty"),
            Self::EmptyOrigin => f.write_str("line 1: the origin is empty"),
            Self::MissingLines { found } => write!(f, "origin, size and root take three lines, here are {found}"),
            Self::NoFinalNewline => f.write_str("the last line does not end with a newline"),
            Self::RootBase64 => f.write_str("line 3: the root hash is not standard base64"),
            Self::RootLength { found } => {
                write!(f, "line 3: the root hash has {found} bytes, not 32")
            }
            Self::Size => f.write_str("line 2: the tree size is not a plain decimal number up to 2^63 - 1"),
            Self::TooManyExtensions { found, limit } => {
                write!(f, "{found} extension lines are too many (at most {limit})")
            }
        }
    }
}

impl core::error::Error for CheckpointError {}

/// Why a text is no signed checkpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignedCheckpointError {
    /// It is a note, but its text is no checkpoint.
    Checkpoint(CheckpointError),
    /// It is not even a note.
    Note(NoteError),
}

impl fmt::Display for SignedCheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint(error) => error.fmt(f),
            Self::Note(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for SignedCheckpointError {}

impl From<CheckpointError> for SignedCheckpointError {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoint(error)
    }
}

impl From<NoteError> for SignedCheckpointError {
    fn from(error: NoteError) -> Self {
        Self::Note(error)
    }
}
