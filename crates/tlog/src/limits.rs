//! Caps on everything this crate reads.

/// Longest signed note, in bytes. A checkpoint with sixteen cosignatures takes about 3 KiB.
pub const MAX_NOTE_BYTES: usize = 64 * 1024;

/// Most signature lines of a note. At least 16 must be accepted (B-63).
pub const MAX_SIGNATURES: usize = 64;

/// Longest decoded signature of one line, key id included, in bytes. ML-DSA-44 takes 2432.
pub const MAX_SIGNATURE_BYTES: usize = 8 * 1024;

/// Most extension lines of a checkpoint.
pub const MAX_EXTENSION_LINES: usize = 64;

/// Largest tree, in leaves: the largest number that a signed 64-bit integer holds (B-60).
pub const MAX_TREE_SIZE: u64 = (1 << 63) - 1;

/// Latest time of a cosignature, in seconds since 1970 (B-80).
pub const MAX_TIMESTAMP: u64 = (1 << 63) - 1;
