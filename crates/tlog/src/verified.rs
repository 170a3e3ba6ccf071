//! What has been proved of a note, a checkpoint and a leaf. The types here are made only by the checks beside them.

use touchstone_crypto::{SignatureVerifier, Signed};

use crate::merkle::{check_root, root_from_inclusion};
use crate::{
    Checkpoint, Hash, KeyName, NoteSignature, NoteVerificationError, NoteVerifierKey, ProofError, SignedCheckpoint,
    SignedNote,
};

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
            if !signers.iter().any(|other| other.candidate == signer.candidate) {
                signers.push(signer);
            }
        }
    }
    let mut signers = signers.into_iter();
    let first = signers.next().ok_or_else(|| why_nobody_signed(note, keys))?;
    Ok(VerifiedNote { text: note.text.clone(), first, others: signers.collect() })
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
    Ok(VerifiedCheckpoint { note, checkpoint: checkpoint.checkpoint().clone() })
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
    Ok(VerifiedInclusion { index, leaf, size, root })
}

/// The keys that the line is a signature of; none if none of that name and id is known.
fn verify_line(
    verifier: &dyn SignatureVerifier,
    text: &str,
    line: &NoteSignature,
    keys: &[&NoteVerifierKey],
) -> Result<Vec<Signer>, NoteVerificationError> {
    let name = KeyName { name: line.name.clone(), key_id: line.key_id };
    let mut signers = Vec::new();
    let mut failure = None;
    for (candidate, key) in keys.iter().enumerate().filter(|(_, key)| key.names.contains(&name)) {
        match verifier.verify(key.scheme, &key.key, Signed::Message(text.as_bytes()), &line.signature) {
            Ok(()) => signers.push(Signer { candidate, name: name.clone(), line: line.line }),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(error) if signers.is_empty() => {
            Err(NoteVerificationError::SignatureInvalid { line: line.line, name, error })
        }
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
    let of_known_name = note.signatures.iter().find(|line| known().any(|key| key.name == line.name));
    if let Some(line) = of_known_name {
        return NoteVerificationError::NameMatchesButKeyIdDiffers {
            line: line.line,
            name: line.name.clone(),
            expected: known().filter(|key| key.name == line.name).map(|key| key.key_id).collect(),
            found: line.key_id,
        };
    }
    let of_known_id = note.signatures.iter().find(|line| known().any(|key| key.key_id == line.key_id));
    if let Some(line) = of_known_id {
        return NoteVerificationError::KeyIdMatchesButNameDiffers {
            line: line.line,
            key_id: line.key_id,
            expected: known().filter(|key| key.key_id == line.key_id).map(|key| key.name.clone()).collect(),
            found: line.name.clone(),
        };
    }
    let listed = |line: &NoteSignature| KeyName { name: line.name.clone(), key_id: line.key_id };
    NoteVerificationError::NoKnownSignature { listed: note.signatures.iter().map(listed).collect() }
}
