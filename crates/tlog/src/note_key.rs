//! Keys that are trusted to sign notes, and why a note is not by any of them.

use core::fmt;

use touchstone_crypto::{PublicKey, SignatureError, SignatureScheme};

use crate::{KeyId, key_id};

/// A name that a key may sign notes under, and the key id that goes with it (B-65: for most keys the id depends on the
/// name).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct KeyName {
    /// The name.
    pub name: String,
    /// The key id under that name.
    pub key_id: KeyId,
}

/// A key that is trusted to sign notes, and the names it may do so under.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NoteVerifierKey {
    /// The names, with their key ids. A log is known by its authority with and without a port (B-66), hence several.
    pub names: Vec<KeyName>,
    /// The key.
    pub key: PublicKey,
    /// How it signs (B-68).
    pub scheme: SignatureScheme,
}

impl NoteVerifierKey {
    /// A log's key under some names, its ids by the B-65 table.
    #[must_use]
    pub fn of_log<'n>(names: impl IntoIterator<Item = &'n str>, key: PublicKey, scheme: SignatureScheme) -> Self {
        let named = |name: &str| KeyName { name: name.to_owned(), key_id: key_id::of_log_key(name, &key) };
        Self { names: names.into_iter().map(named).collect(), scheme, key }
    }
}

/// Why a note was not accepted. Lines are counted from 1 through the whole note.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NoteVerificationError {
    /// A line has the key id of a known key, but another name (B-66).
    KeyIdMatchesButNameDiffers {
        /// The line.
        line: usize,
        /// The key id.
        key_id: KeyId,
        /// The names that the key may sign under.
        expected: Vec<String>,
        /// The name on the line.
        found: String,
    },
    /// A line has the name of a known key, but another key id (B-66).
    NameMatchesButKeyIdDiffers {
        /// The line.
        line: usize,
        /// The name.
        name: String,
        /// The ids of the known keys of that name.
        expected: Vec<KeyId>,
        /// The key id on the line.
        found: KeyId,
    },
    /// No key was given that could have signed.
    NoKeys,
    /// Neither name nor key id of any line is known.
    NoKnownSignature {
        /// The names and key ids that are listed.
        listed: Vec<KeyName>,
    },
    /// The signature of a known key does not verify (B-70).
    SignatureInvalid {
        /// The line.
        line: usize,
        /// The name and key id on it.
        name: KeyName,
        /// Why.
        error: SignatureError,
    },
}

impl fmt::Display for NoteVerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyIdMatchesButNameDiffers { line, key_id, expected, found } => {
                write!(f, "line {line}: key {key_id} signs as {found:?}, but is known as {}", expected.join(", "))
            }
            Self::NameMatchesButKeyIdDiffers { line, name, expected, found } => {
                write!(f, "line {line}: {name} signs with key {found}, but its known keys are {expected:?}")
            }
            Self::NoKeys => f.write_str("there is no trusted key that could have signed"),
            Self::NoKnownSignature { listed } => {
                f.write_str("no signature by a known key; the note lists")?;
                listed.iter().try_for_each(|key| write!(f, " {} ({})", key.name, key.key_id))
            }
            Self::SignatureInvalid { line, name, error } => {
                write!(f, "line {line}: signature of {} ({}): {error}", name.name, name.key_id)
            }
        }
    }
}

impl core::error::Error for NoteVerificationError {}
