//! RFC 6962 § 2.1 (RFC 9162 § 2.1) tree arithmetic: it takes numbers and hashes, and reads nothing.

use core::fmt;

/// A node of the tree: a SHA-256 digest.
pub type Hash = [u8; 32];

/// Hash of a leaf: `SHA-256(0x00 ‖ entry)` (B-58, RFC 9162 § 2.1.1).
#[must_use]
pub fn leaf_hash(_entry: &[u8]) -> Hash {
    todo!()
}

/// Hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)` (B-58, RFC 9162 § 2.1.1).
#[must_use]
pub fn node_hash(_left: &Hash, _right: &Hash) -> Hash {
    todo!()
}

/// The root of the tree of `size` leaves in which `hashes` leads from the leaf `leaf` at `index` to the top (B-60,
/// RFC 9162 § 2.1.3.2). It proves nothing until it is compared with a root that is believed:
/// [`verify_inclusion`](crate::verify_inclusion) does.
///
/// # Errors
/// See [`ProofError`].
pub fn root_from_inclusion(
    _index: u64,
    _size: u64,
    _leaf: Hash,
    _hashes: &[Hash],
) -> Result<Hash, ProofError> {
    todo!()
}

/// Proof that the tree of `size1` leaves is the beginning of the tree of `size2` leaves (RFC 9162 § 2.1.4).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConsistentTrees {
    size1: u64,
    root1: Hash,
    size2: u64,
    root2: Hash,
}

impl ConsistentTrees {
    /// Size and root of the earlier tree.
    #[must_use]
    pub const fn earlier(&self) -> (u64, &Hash) {
        (self.size1, &self.root1)
    }

    /// Size and root of the later tree.
    #[must_use]
    pub const fn later(&self) -> (u64, &Hash) {
        (self.size2, &self.root2)
    }
}

/// Verifies a consistency proof (RFC 9162 § 2.1.4.2).
///
/// # Errors
/// See [`ProofError`].
pub fn verify_consistency(
    _size1: u64,
    _root1: Hash,
    _size2: u64,
    _root2: Hash,
    _hashes: &[Hash],
) -> Result<ConsistentTrees, ProofError> {
    todo!()
}

/// Why a proof does not hold.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ProofError {
    /// A tree without leaves contains nothing, and is consistent with everything.
    EmptyTree,
    /// The leaf would stand outside the tree.
    IndexOutsideTree {
        /// Index of the leaf, counted from 0.
        index: u64,
        /// Leaves of the tree.
        size: u64,
    },
    /// Not exactly as many hashes as the way to the root has steps.
    HashCount {
        /// Steps of the way.
        expected: usize,
        /// Hashes that were given.
        found: usize,
    },
    /// The hashes lead to another root than the one that is believed.
    RootMismatch {
        /// Leaves of the tree whose root it is.
        size: u64,
        /// The root that is believed.
        expected: Hash,
        /// The root that the hashes lead to.
        computed: Hash,
    },
    /// The earlier tree is larger than the later one.
    SizesOutOfOrder {
        /// Leaves of the tree that was called earlier.
        earlier: u64,
        /// Leaves of the tree that was called later.
        later: u64,
    },
    /// A tree larger than [`MAX_TREE_SIZE`](crate::limits::MAX_TREE_SIZE).
    TreeTooLarge {
        /// Its leaves.
        size: u64,
    },
}

impl fmt::Display for ProofError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyTree => f.write_str("a tree without leaves proves nothing"),
            Self::IndexOutsideTree { index, size } => {
                write!(f, "leaf {index} is outside a tree of {size} leaves")
            }
            Self::HashCount { expected, found } => {
                write!(
                    f,
                    "the proof needs exactly {expected} hashes, here are {found}"
                )
            }
            Self::RootMismatch { size, .. } => {
                write!(
                    f,
                    "the hashes do not lead to the root of the tree of {size} leaves"
                )
            }
            Self::SizesOutOfOrder { earlier, later } => {
                write!(
                    f,
                    "a tree of {earlier} leaves cannot be the beginning of one of {later}"
                )
            }
            Self::TreeTooLarge { size } => {
                write!(f, "a tree of {size} leaves is larger than 2^63 - 1")
            }
        }
    }
}

impl core::error::Error for ProofError {}
