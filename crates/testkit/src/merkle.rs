//! An RFC 6962 tree of chosen size with one chosen leaf; all other leaves are filler.

use crate::keys::Hash;

/// SHA-256(0x00 ‖ data).
pub fn leaf_hash(data: &[u8]) -> Vec<u8> {
    Hash::Sha256.of(&[&[0], data].concat())
}

/// SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &[u8], right: &[u8]) -> Vec<u8> {
    Hash::Sha256.of(&[&[1], left, right].concat())
}

/// A tree held as its leaf hashes.
pub struct Tree {
    leaves: Vec<Vec<u8>>,
}

impl Tree {
    /// `size` leaves, `data` at `index`, filler elsewhere.
    pub fn with_leaf(size: usize, index: usize, data: &[u8]) -> Self {
        let filler = |i: usize| leaf_hash(format!("filler leaf {i}").as_bytes());
        Tree { leaves: (0..size).map(|i| if i == index { leaf_hash(data) } else { filler(i) }).collect() }
    }

    /// Merkle tree hash (RFC 6962 §2.1), by its recursive definition.
    pub fn root(&self) -> Vec<u8> {
        root_of(&self.leaves)
    }

    /// Audit path (RFC 6962 §2.1.1), by its recursive definition.
    pub fn path(&self, index: usize) -> Vec<Vec<u8>> {
        path_of(&self.leaves, index)
    }
}

/// Largest power of two below `size`; `size` is at least 2.
fn split(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn root_of(leaves: &[Vec<u8>]) -> Vec<u8> {
    match leaves {
        [] => Hash::Sha256.of(&[]),
        [only] => only.clone(),
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

fn path_of(leaves: &[Vec<u8>], index: usize) -> Vec<Vec<u8>> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let middle = split(leaves.len());
    let (left, right) = leaves.split_at(middle);
    let (mut path, sibling) = if index < middle {
        (path_of(left, index), root_of(right))
    } else {
        (path_of(right, index - middle), root_of(left))
    };
    path.push(sibling);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9162 §2.1.3.2, written from its text: another way to fold than the recursion above.
    fn fold(index: u64, size: u64, leaf: Vec<u8>, path: &[Vec<u8>]) -> Option<Vec<u8>> {
        let (mut fn_, mut sn, mut r) = (index, size - 1, leaf);
        for p in path {
            if sn == 0 {
                return None;
            }
            if fn_ & 1 == 1 || fn_ == sn {
                r = node_hash(p, &r);
                while fn_ & 1 == 0 && fn_ != 0 {
                    fn_ >>= 1;
                    sn >>= 1;
                }
            } else {
                r = node_hash(&r, p);
            }
            fn_ >>= 1;
            sn >>= 1;
        }
        (sn == 0).then_some(r)
    }

    #[test]
    fn every_leaf_of_small_trees() {
        for size in 1..=33 {
            for index in 0..size {
                let tree = Tree::with_leaf(size, index, b"the leaf");
                let folded = fold(index as u64, size as u64, leaf_hash(b"the leaf"), &tree.path(index));
                assert_eq!(folded, Some(tree.root()), "size {size} index {index}");
            }
        }
    }
}
