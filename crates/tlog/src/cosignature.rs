//! Cosignatures of witnesses, version 1 (B-79; C2SP `tlog-cosignature.md`).
//!
//! ```text
//! signature bytes of the line:  key id (4) ‖ time (8, big endian) ‖ Ed25519 signature (64)
//! signed message:               "cosignature/v1\n" ‖ "time <decimal>\n" ‖ note text
//! ```

use core::fmt;

use touchstone_crypto::{KeyKind, PublicKey, SignatureError, SignatureScheme, SignatureVerifier, Signed};

use crate::limits::MAX_TIMESTAMP;
use crate::{KeyId, NoteSignature, SignedCheckpoint, key_id};

/// A cosignature that nobody believes yet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cosignature {
    /// When the witness says that it saw the checkpoint, in seconds since 1970; at most 2^63 − 1.
    pub time: u64,
    /// The Ed25519 signature.
    pub signature: [u8; 64],
}

impl Cosignature {
    /// Reads the bytes that follow the key id of a line.
    ///
    /// # Errors
    /// [`CosignatureError::Length`] or [`CosignatureError::TimeTooLarge`].
    pub fn parse(line: &NoteSignature) -> Result<Self, CosignatureError> {
        let length = CosignatureError::Length { line: line.line, found: line.signature.len() };
        let (time, signature) = line.signature.split_first_chunk().ok_or_else(|| length.clone())?;
        let signature = signature.try_into().map_err(|_| length)?;
        let time = u64::from_be_bytes(*time);
        if time > MAX_TIMESTAMP {
            return Err(CosignatureError::TimeTooLarge { line: line.line, found: time });
        }
        Ok(Self { time, signature })
    }

    /// The message that is signed: by this time, the note with this text was seen.
    #[must_use]
    pub fn signed_message(time: u64, text: &str) -> Vec<u8> {
        format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
    }
}

/// A witness whom the person decided to trust (B-81: no trusted root names any).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Witness {
    name: String,
    key: PublicKey,
    key_id: KeyId,
}

impl Witness {
    /// A witness by its key name and Ed25519 key.
    ///
    /// # Errors
    /// [`CosignatureError::WitnessKey`] for a key of another kind.
    pub fn new(name: String, key: PublicKey) -> Result<Self, CosignatureError> {
        let bytes = key.ed25519_bytes().ok_or(CosignatureError::WitnessKey { found: key.kind() })?;
        let key_id = key_id::ed25519_cosigner(&name, bytes);
        Ok(Self { name, key, key_id })
    }

    /// Its key name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// Its key id (B-65).
    #[must_use]
    pub const fn key_id(&self) -> KeyId {
        self.key_id
    }
}

/// Proof that a trusted witness cosigned a checkpoint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedCosignature {
    witness: usize,
    name: String,
    time: u64,
    line: usize,
}

impl VerifiedCosignature {
    /// Which of the witnesses that were given, counted from 0.
    #[must_use]
    pub const fn witness(&self) -> usize {
        self.witness
    }

    /// The witness's key name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When the witness says that it saw the checkpoint, in seconds since 1970. Not a time of signing (B-80).
    #[must_use]
    pub const fn time(&self) -> u64 {
        self.time
    }

    /// The line of the note that it stands on, counted from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }
}

/// Verifies the cosignatures of the witnesses that are known; lines of others are ignored (B-81).
///
/// At most one for each distinct key, however many lines it signed and however many names it goes by (B-80): the
/// length of the answer may be compared with a threshold.
///
/// # Errors
/// A line with the name and key id of a known witness that is malformed or does not verify fails the whole (B-70).
pub fn verify_cosignatures(
    verifier: &dyn SignatureVerifier,
    checkpoint: &SignedCheckpoint,
    witnesses: &[Witness],
) -> Result<Vec<VerifiedCosignature>, CosignatureError> {
    let mut verified: Vec<VerifiedCosignature> = Vec::new();
    let mut keys: Vec<&PublicKey> = Vec::new();
    for line in &checkpoint.note().signatures {
        let known = |(_, witness): &(usize, &Witness)| witness.name == line.name && witness.key_id == line.key_id;
        let candidates: Vec<(usize, &Witness)> = witnesses.iter().enumerate().filter(known).collect();
        let Some((index, witness, time)) = verify_line(verifier, checkpoint, line, &candidates)? else {
            continue;
        };
        if !keys.contains(&&witness.key) {
            keys.push(&witness.key);
            verified.push(VerifiedCosignature { witness: index, name: witness.name.clone(), time, line: line.line });
        }
    }
    Ok(verified)
}

/// The candidate that signed the line, and when; `None` if there are no candidates.
fn verify_line<'w>(
    verifier: &dyn SignatureVerifier,
    checkpoint: &SignedCheckpoint,
    line: &NoteSignature,
    candidates: &[(usize, &'w Witness)],
) -> Result<Option<(usize, &'w Witness, u64)>, CosignatureError> {
    if candidates.is_empty() {
        return Ok(None);
    }
    let cosignature = Cosignature::parse(line)?;
    let message = Cosignature::signed_message(cosignature.time, &checkpoint.note().text);
    let mut failure = SignatureError::DoesNotVerify;
    for (index, witness) in candidates {
        let signed = Signed::Message(&message);
        match verifier.verify(SignatureScheme::Ed25519, &witness.key, signed, &cosignature.signature) {
            Ok(()) => return Ok(Some((*index, witness, cosignature.time))),
            Err(error) => failure = error,
        }
    }
    Err(CosignatureError::Signature { line: line.line, name: line.name.clone(), error: failure })
}

/// Why a cosignature was not accepted. Lines are counted from 1 through the whole note.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CosignatureError {
    /// Not 8 bytes of time and 64 of signature after the key id.
    Length {
        /// The line.
        line: usize,
        /// Bytes after the key id.
        found: usize,
    },
    /// The signature of a known witness does not verify.
    Signature {
        /// The line.
        line: usize,
        /// The witness's key name.
        name: String,
        /// Why.
        error: SignatureError,
    },
    /// A time later than 2^63 − 1.
    TimeTooLarge {
        /// The line.
        line: usize,
        /// The time, in seconds since 1970.
        found: u64,
    },
    /// A witness's key must be Ed25519.
    WitnessKey {
        /// What it is.
        found: KeyKind,
    },
}

impl fmt::Display for CosignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { line, found } => {
                write!(f, "line {line}: a cosignature has 72 bytes after its key id, here are {found}")
            }
            Self::Signature { line, name, error } => {
                write!(f, "line {line}: cosignature of {name}: {error}")
            }
            Self::TimeTooLarge { line, found } => {
                write!(f, "line {line}: time {found} is later than 2^63 - 1")
            }
            Self::WitnessKey { found } => {
                write!(f, "the key of a witness is Ed25519, this one is {found}")
            }
        }
    }
}

impl core::error::Error for CosignatureError {}
