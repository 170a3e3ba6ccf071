//! Transparency logs: RFC 6962 tree arithmetic, signed notes, checkpoints and cosignatures.
//!
//! Knows nothing of Sigstore: what an entry means, which logs are trusted and how an origin must look is decided by
//! the caller. One file an artefact of the specifications.

pub mod checkpoint;
pub mod cosignature;
pub mod key_id;
pub mod limits;
pub mod merkle;
pub mod note;
pub mod note_key;
pub mod verified;

pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint, SignedCheckpointError};
pub use cosignature::{Cosignature, CosignatureError, VerifiedCosignature, Witness, verify_cosignatures};
pub use key_id::KeyId;
pub use merkle::{ConsistentTrees, Hash, ProofError, leaf_hash, node_hash, root_from_inclusion, verify_consistency};
pub use note::{NoteError, NoteSignature, SignedNote};
pub use note_key::{KeyName, NoteVerificationError, NoteVerifierKey};
pub use verified::{
    Signer, VerifiedCheckpoint, VerifiedInclusion, VerifiedNote, verify_checkpoint, verify_inclusion, verify_note,
};
