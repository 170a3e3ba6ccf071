//! RFC 6962 § 2.1 (RFC 9162 § 2.1) tree arithmetic: it takes numbers and hashes, and reads nothing.

use core::fmt;

use touchstone_crypto::sha256_concat;

use crate::limits::MAX_TREE_SIZE;

/// A node of the tree: a SHA-256 digest.
pub type Hash = [u8; 32];

/// Hash of a leaf: `SHA-256(0x00 ‖ entry)` (B-58, RFC 9162 § 2.1.1).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    sha256_concat(&[&[0x00], entry])
}

/// Hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)` (B-58, RFC 9162 § 2.1.1).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256_concat(&[&[0x01], left, right])
}

/// The root of the tree of `size` leaves in which `hashes` leads from the leaf `leaf` at `index` to the top (B-60,
/// RFC 9162 § 2.1.3.2). It proves nothing until it is compared with a root that is believed:
/// [`verify_inclusion`](crate::verify_inclusion) does.
///
/// # Errors
/// See [`ProofError`].
pub fn root_from_inclusion(index: u64, size: u64, leaf: Hash, hashes: &[Hash]) -> Result<Hash, ProofError> {
    let last = last_index(size)?;
    if index > last {
        return Err(ProofError::IndexOutsideTree { index, size });
    }
    let (inner, border) = steps(index, last);
    let (inner, border) = split(hashes, inner, border)?;
    Ok(fold_left(fold_inner(leaf, index, inner), border))
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
    size1: u64,
    root1: Hash,
    size2: u64,
    root2: Hash,
    hashes: &[Hash],
) -> Result<ConsistentTrees, ProofError> {
    let (last1, last2) = (last_index(size1)?, last_index(size2)?);
    if size1 > size2 {
        return Err(ProofError::SizesOutOfOrder { earlier: size1, later: size2 });
    }
    let (computed1, computed2) = if size1 == size2 {
        split(hashes, 0, 0)?;
        (root1, root1)
    } else {
        roots_from_consistency(size1, root1, last1, last2, hashes)?
    };
    check_root(size1, root1, computed1)?;
    check_root(size2, root2, computed2)?;
    Ok(ConsistentTrees { size1, root1, size2, root2 })
}

/// `Ok` iff the root that was computed is the one that is believed.
pub(crate) fn check_root(size: u64, expected: Hash, computed: Hash) -> Result<(), ProofError> {
    if expected == computed { Ok(()) } else { Err(ProofError::RootMismatch { size, expected, computed }) }
}

/// Both roots that a proof leads to, for `last1 < last2`.
///
/// The proof is that of inclusion of the last leaf of the earlier tree in the later one, cut short: it begins at the
/// largest complete subtree that ends with that leaf. If that is the whole earlier tree, its root is known and left
/// out of the proof.
fn roots_from_consistency(
    size1: u64,
    root1: Hash,
    last1: u64,
    last2: u64,
    hashes: &[Hash],
) -> Result<(Hash, Hash), ProofError> {
    let level = size1.trailing_zeros();
    let (inner, border) = steps(last1, last2);
    // last1 ends in `level` ones and last2 is larger, so they differ at that level or above: inner > level.
    let inner = inner.saturating_sub(level);
    let given = u32::from(!size1.is_power_of_two());
    let (start, inner_and_border) = split(hashes, given, inner + border)?;
    let start = start.first().copied().unwrap_or(root1);
    let (inner, border) = split(inner_and_border, inner, border)?;
    let path = last1.checked_shr(level).unwrap_or(0);
    let earlier = fold_left(fold_left_where_set(start, path, inner), border);
    let later = fold_left(fold_inner(start, path, inner), border);
    Ok((earlier, later))
}

/// Index of the last leaf of a tree.
fn last_index(size: u64) -> Result<u64, ProofError> {
    if size > MAX_TREE_SIZE {
        return Err(ProofError::TreeTooLarge { size });
    }
    size.checked_sub(1).ok_or(ProofError::EmptyTree)
}

/// Steps of the way from leaf `index` to the root of the tree whose last leaf is `last`: those below the point where it
/// meets the way of the last leaf, on either side; and those above, where the neighbour is always on the left.
const fn steps(index: u64, last: u64) -> (u32, u32) {
    let inner = u64::BITS - (index ^ last).leading_zeros();
    let above = match index.checked_shr(inner) {
        Some(above) => above,
        None => 0,
    };
    (inner, above.count_ones())
}

/// The hashes of the two parts, if they are exactly so many.
fn split(hashes: &[Hash], first: u32, second: u32) -> Result<(&[Hash], &[Hash]), ProofError> {
    let expected = to_usize(first + second);
    if hashes.len() != expected {
        return Err(ProofError::HashCount { expected, found: hashes.len() });
    }
    hashes.split_at_checked(to_usize(first)).ok_or(ProofError::HashCount { expected, found: hashes.len() })
}

/// At most 64 + 64 + 1: fits every `usize` there is.
fn to_usize(steps: u32) -> usize {
    usize::try_from(steps).unwrap_or(usize::MAX)
}

/// Bit k of `path` says on which side the node of level k stands.
fn fold_inner(start: Hash, path: u64, hashes: &[Hash]) -> Hash {
    hashes.iter().zip(bits(path)).fold(
        start,
        |node, (hash, is_right)| {
            if is_right { node_hash(hash, &node) } else { node_hash(&node, hash) }
        },
    )
}

/// As [`fold_inner`], in the earlier tree: what stands to the right was not there yet.
fn fold_left_where_set(start: Hash, path: u64, hashes: &[Hash]) -> Hash {
    hashes
        .iter()
        .zip(bits(path))
        .filter(|(_, is_right)| *is_right)
        .fold(start, |node, (hash, _)| node_hash(hash, &node))
}

fn fold_left(start: Hash, hashes: &[Hash]) -> Hash {
    hashes.iter().fold(start, |node, hash| node_hash(hash, &node))
}

/// The bits of a number, lowest first.
fn bits(number: u64) -> impl Iterator<Item = bool> {
    (0..u64::BITS).map(move |level| (number >> level) & 1 == 1)
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
    /// A tree larger than [`MAX_TREE_SIZE`].
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
                write!(f, "the proof needs exactly {expected} hashes, here are {found}")
            }
            Self::RootMismatch { size, .. } => {
                write!(f, "the hashes do not lead to the root of the tree of {size} leaves")
            }
            Self::SizesOutOfOrder { earlier, later } => {
                write!(f, "a tree of {earlier} leaves cannot be the beginning of one of {later}")
            }
            Self::TreeTooLarge { size } => {
                write!(f, "a tree of {size} leaves is larger than 2^63 - 1")
            }
        }
    }
}

impl core::error::Error for ProofError {}
