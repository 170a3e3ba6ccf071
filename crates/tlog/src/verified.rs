//! What has been proved of a note, a checkpoint and a leaf. The types here are made only by the checks beside them.

use core::fmt;

use touchstone_crypto::{PublicKey, SignatureError, SignatureScheme, SignatureVerifier, Signed};

use crate::merkle::{check_root, root_from_inclusion};
use crate::{
    Checkpoint, Hash, KeyId, NoteSignature, ProofError, SignedCheckpoint, SignedNote, key_id,
};

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
    pub fn of_log<'n>(
        names: impl IntoIterator<Item = &'n str>,
        key: PublicKey,
        scheme: SignatureScheme,
    ) -> Self {
        let named = |name: &str| KeyName {
            name: name.to_owned(),
            key_id: key_id::of_log_key(name, &key),
        };
        Self {
            names: names.into_iter().map(named).collect(),
            scheme,
            key,
        }
    }
}

/// A trusted key that was proved to have signed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signer {
    candidate: usize,
    name: KeyName,
    line: usize,
}

impl Signer {
    /// Which of the keys that were given, counted from 0.
    #[must_use]
    pub const fn candidate(&self) -> usize {
        self.candidate
    }

    /// The name and key id that it signed under.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The line of the note that its signature stands on, counted from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }
}

/// Proof that at least one trusted key signed a note, and that no trusted key's signature on it failed (B-70).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedNote {
    text: String,
    first: Signer,
    others: Vec<Signer>,
}

impl VerifiedNote {
    /// The text that was signed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The keys that signed, in the order of their lines; each key once. Never empty.
    pub fn signers(&self) -> impl Iterator<Item = &Signer> {
        core::iter::once(&self.first).chain(&self.others)
    }

    /// Whether the key at that place of the keys given is among the signers.
    #[must_use]
    pub fn is_signed_by(&self, candidate: usize) -> bool {
        self.signers().any(|signer| signer.candidate == candidate)
    }
}

/// Proof that a trusted key signed a checkpoint.
///
/// Says nothing about the origin: whether the key that signed may speak for it (B-67) and is the key of the log that an
/// entry names (B-69) is for the caller to decide.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedCheckpoint {
    note: VerifiedNote,
    checkpoint: Checkpoint,
}

impl VerifiedCheckpoint {
    /// The note and who signed it.
    #[must_use]
    pub const fn note(&self) -> &VerifiedNote {
        &self.note
    }

    /// What was signed.
    #[must_use]
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }
}

/// Proof that a leaf stands in the tree of a verified checkpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedInclusion {
    index: u64,
    leaf: Hash,
    size: u64,
    root: Hash,
}

impl VerifiedInclusion {
    /// Index of the leaf, counted from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Hash of the leaf.
    #[must_use]
    pub const fn leaf(&self) -> &Hash {
        &self.leaf
    }

    /// Leaves of the tree.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub const fn root(&self) -> &Hash {
        &self.root
    }
}

/// Verifies the signatures of the keys that are known; lines of unknown name or key id are ignored (B-70).
///
/// A key is known by name *and* key id (B-66). Several keys may share both: one key trusted at two times, or two keys by
/// chance. Then one of them must verify, and all that do are signers.
///
/// # Errors
/// See [`NoteVerificationError`].
pub fn verify_note(
    verifier: &dyn SignatureVerifier,
    note: &SignedNote,
    keys: &[&NoteVerifierKey],
) -> Result<VerifiedNote, NoteVerificationError> {
    let mut signers: Vec<Signer> = Vec::new();
    for line in &note.signatures {
        for signer in verify_line(verifier, &note.text, line, keys)? {
            if !signers
                .iter()
                .any(|other| other.candidate == signer.candidate)
            {
                signers.push(signer);
            }
        }
    }
    let mut signers = signers.into_iter();
    let first = signers
        .next()
        .ok_or_else(|| why_nobody_signed(note, keys))?;
    Ok(VerifiedNote {
        text: note.text.clone(),
        first,
        others: signers.collect(),
    })
}

/// As [`verify_note`], for a note whose text is a checkpoint.
///
/// # Errors
/// See [`NoteVerificationError`].
pub fn verify_checkpoint(
    verifier: &dyn SignatureVerifier,
    checkpoint: &SignedCheckpoint,
    keys: &[&NoteVerifierKey],
) -> Result<VerifiedCheckpoint, NoteVerificationError> {
    let note = verify_note(verifier, checkpoint.note(), keys)?;
    Ok(VerifiedCheckpoint {
        note,
        checkpoint: checkpoint.checkpoint().clone(),
    })
}

/// Verifies that the leaf with hash `leaf` stands at `index` of the checkpoint's tree (B-58 to B-60).
///
/// # Errors
/// See [`ProofError`].
pub fn verify_inclusion(
    checkpoint: &VerifiedCheckpoint,
    index: u64,
    leaf: Hash,
    hashes: &[Hash],
) -> Result<VerifiedInclusion, ProofError> {
    let Checkpoint { size, root, .. } = checkpoint.checkpoint;
    check_root(size, root, root_from_inclusion(index, size, leaf, hashes)?)?;
    Ok(VerifiedInclusion {
        index,
        leaf,
        size,
        root,
    })
}

/// The keys that the line is a signature of; none if none of that name and id is known.
fn verify_line(
    verifier: &dyn SignatureVerifier,
    text: &str,
    line: &NoteSignature,
    keys: &[&NoteVerifierKey],
) -> Result<Vec<Signer>, NoteVerificationError> {
    let name = KeyName {
        name: line.name.clone(),
        key_id: line.key_id,
    };
    let mut signers = Vec::new();
    let mut failure = None;
    for (candidate, key) in keys
        .iter()
        .enumerate()
        .filter(|(_, key)| key.names.contains(&name))
    {
        match verifier.verify(
            key.scheme,
            &key.key,
            Signed::Message(text.as_bytes()),
            &line.signature,
        ) {
            Ok(()) => signers.push(Signer {
                candidate,
                name: name.clone(),
                line: line.line,
            }),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(error) if signers.is_empty() => Err(NoteVerificationError::SignatureInvalid {
            line: line.line,
            name,
            error,
        }),
        _ => Ok(signers),
    }
}

/// The most telling reason why no line is of a known key: a name that is known beats a key id that is known, which may
/// be chance.
fn why_nobody_signed(note: &SignedNote, keys: &[&NoteVerifierKey]) -> NoteVerificationError {
    if keys.iter().all(|key| key.names.is_empty()) {
        return NoteVerificationError::NoKeys;
    }
    let known = || keys.iter().flat_map(|key| &key.names);
    let of_known_name = note
        .signatures
        .iter()
        .find(|line| known().any(|key| key.name == line.name));
    if let Some(line) = of_known_name {
        return NoteVerificationError::NameMatchesButKeyIdDiffers {
            line: line.line,
            name: line.name.clone(),
            expected: known()
                .filter(|key| key.name == line.name)
                .map(|key| key.key_id)
                .collect(),
            found: line.key_id,
        };
    }
    let of_known_id = note
        .signatures
        .iter()
        .find(|line| known().any(|key| key.key_id == line.key_id));
    if let Some(line) = of_known_id {
        return NoteVerificationError::KeyIdMatchesButNameDiffers {
            line: line.line,
            key_id: line.key_id,
            expected: known()
                .filter(|key| key.key_id == line.key_id)
                .map(|key| key.name.clone())
                .collect(),
            found: line.name.clone(),
        };
    }
    let listed = |line: &NoteSignature| KeyName {
        name: line.name.clone(),
        key_id: line.key_id,
    };
    NoteVerificationError::NoKnownSignature {
        listed: note.signatures.iter().map(listed).collect(),
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
            Self::KeyIdMatchesButNameDiffers {
                line,
                key_id,
                expected,
                found,
            } => {
                write!(
                    f,
                    "line {line}: key {key_id} signs as {found:?}, but is known as {}",
                    expected.join(", ")
                )
            }
            Self::NameMatchesButKeyIdDiffers {
                line,
                name,
                expected,
                found,
            } => {
                write!(
                    f,
                    "line {line}: {name} signs with key {found}, but its known keys are {expected:?}"
                )
            }
            Self::NoKeys => f.write_str("there is no trusted key that could have signed"),
            Self::NoKnownSignature { listed } => {
                f.write_str("no signature by a known key; the note lists")?;
                listed
                    .iter()
                    .try_for_each(|key| write!(f, " {} ({})", key.name, key.key_id))
            }
            Self::SignatureInvalid { line, name, error } => {
                write!(
                    f,
                    "line {line}: signature of {} ({}): {error}",
                    name.name, name.key_id
                )
            }
        }
    }
}

impl core::error::Error for NoteVerificationError {}
