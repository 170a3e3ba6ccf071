//! Tree arithmetic: every tree of up to 64 leaves against one that is built, and every proof with anything changed.

use proptest::prelude::*;
use touchstone_crypto::sha256;
use touchstone_tlog::limits::MAX_TREE_SIZE;
use touchstone_tlog::{Hash, ProofError, leaf_hash, node_hash, root_from_inclusion, verify_consistency};

const LARGEST: usize = 64;

/// RFC 6962 § 2.1 by its definition: a tree is built, and proofs are cut out of it.
mod naive {
    use super::{Hash, node_hash, sha256};

    /// `MTH(D[n])`.
    pub(crate) fn root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => sha256(&[]),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(split(leaves.len()));
                node_hash(&root(left), &root(right))
            }
        }
    }

    /// `PATH(m, D[n])`.
    pub(crate) fn path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return Vec::new();
        }
        let k = split(leaves.len());
        let (left, right) = leaves.split_at(k);
        let (mut below, neighbour) =
            if index < k { (path(index, left), root(right)) } else { (path(index - k, right), root(left)) };
        below.push(neighbour);
        below
    }

    /// `PROOF(m, D[n])`.
    pub(crate) fn consistency(size: usize, leaves: &[Hash]) -> Vec<Hash> {
        subproof(size, leaves, true)
    }

    fn subproof(size: usize, leaves: &[Hash], complete: bool) -> Vec<Hash> {
        if size == leaves.len() {
            return if complete { Vec::new() } else { vec![root(leaves)] };
        }
        let k = split(leaves.len());
        let (left, right) = leaves.split_at(k);
        let (mut below, neighbour) = if size <= k {
            (subproof(size, left, complete), root(right))
        } else {
            (subproof(size - k, right, false), root(left))
        };
        below.push(neighbour);
        below
    }

    /// The largest power of two below `n`.
    fn split(n: usize) -> usize {
        n.next_power_of_two() / 2
    }
}

/// RFC 9162 by its letter: the verification algorithms as they are printed there.
mod printed {
    use super::{Hash, node_hash};

    /// § 2.1.3.2, the root that is computed; `None` where it stops and fails.
    pub(crate) fn inclusion(index: u64, size: u64, leaf: Hash, path: &[Hash]) -> Option<Hash> {
        if index >= size {
            return None;
        }
        let (mut node, mut last, mut r) = (index, size - 1, leaf);
        for p in path {
            if last == 0 {
                return None;
            }
            if node & 1 == 1 || node == last {
                r = node_hash(p, &r);
                while node & 1 == 0 && node != 0 {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                r = node_hash(&r, p);
            }
            node >>= 1;
            last >>= 1;
        }
        (last == 0).then_some(r)
    }

    /// § 2.1.4.2.
    pub(crate) fn consistency(first: u64, first_hash: Hash, second: u64, second_hash: Hash, path: &[Hash]) -> bool {
        if first == second {
            return path.is_empty() && first_hash == second_hash;
        }
        if first == 0 || first > second || path.is_empty() {
            return false;
        }
        let mut path = path.to_vec();
        if first.is_power_of_two() {
            path.insert(0, first_hash);
        }
        let (mut node, mut last) = (first - 1, second - 1);
        while node & 1 == 1 {
            node >>= 1;
            last >>= 1;
        }
        let (mut fr, mut sr) = (path[0], path[0]);
        for c in &path[1..] {
            if last == 0 {
                return false;
            }
            if node & 1 == 1 || node == last {
                fr = node_hash(c, &fr);
                sr = node_hash(c, &sr);
                while node & 1 == 0 && node != 0 {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                sr = node_hash(&sr, c);
            }
            node >>= 1;
            last >>= 1;
        }
        fr == first_hash && sr == second_hash && last == 0
    }
}

fn leaves() -> Vec<Hash> {
    (0..LARGEST).map(|index| leaf_hash(&index.to_be_bytes())).collect()
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap()
}

/// The proof with one hash changed, left out, doubled or swapped with the next, or one more at either end.
fn altered(hashes: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = vec![[hashes, &[[7; 32]]].concat(), [&[[7; 32]], hashes].concat()];
    for at in 0..hashes.len() {
        let mut changed = hashes.to_vec();
        changed[at][at % 32] ^= 1;
        let mut without = hashes.to_vec();
        without.remove(at);
        let mut doubled = hashes.to_vec();
        doubled.insert(at, hashes[at]);
        all.extend([changed, without, doubled]);
        if at + 1 < hashes.len() {
            let mut swapped = hashes.to_vec();
            swapped.swap(at, at + 1);
            all.push(swapped);
        }
    }
    all
}

/// RFC 6962 § 2.1: the hashes of the empty leaf, and of two empty leaves.
#[test]
fn leaves_and_nodes_are_kept_apart() {
    let hex = |hash: Hash| hash.map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(hex(leaf_hash(b"")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(leaf_hash(b""), sha256(&[0]));
    let node = node_hash(&[1; 32], &[2; 32]);
    assert_eq!(node, sha256(&[&[1][..], &[1; 32], &[2; 32]].concat()));
    assert_ne!(node, node_hash(&[2; 32], &[1; 32]));
    assert_ne!(node, leaf_hash(&[[1; 32], [2; 32]].concat()));
}

#[test]
fn every_inclusion_in_every_small_tree() {
    let all = leaves();
    for size in 1..=LARGEST {
        let leaves = &all[..size];
        let root = naive::root(leaves);
        for index in 0..size {
            let hashes = naive::path(index, leaves);
            let (index, leaf) = (wide(index), leaves[index]);
            assert_eq!(root_from_inclusion(index, wide(size), leaf, &hashes), Ok(root), "{index} in {size}");
            for bad in altered(&hashes) {
                assert_ne!(root_from_inclusion(index, wide(size), leaf, &bad), Ok(root), "{index} in {size}");
            }
            for other in (0..wide(size) + 2).filter(|other| *other != index) {
                assert_ne!(root_from_inclusion(other, wide(size), leaf, &hashes), Ok(root), "{other} for {index}");
            }
            for other in 0..wide(LARGEST) + 6 {
                // The way to the root may look the same in trees of several sizes, which is why the size must come
                // from a checkpoint that is believed (B-60); then, and only then, the root is the same.
                let found = root_from_inclusion(index, other, leaf, &hashes).ok();
                assert_eq!(found, printed::inclusion(index, other, leaf, &hashes), "{index} in {other} for {size}");
            }
        }
    }
}

#[test]
fn every_consistency_of_every_small_tree() {
    let all = leaves();
    let roots: Vec<Hash> = (0..=LARGEST).map(|size| naive::root(&all[..size])).collect();
    for size2 in 1..=LARGEST {
        for size1 in 1..=size2 {
            let hashes = naive::consistency(size1, &all[..size2]);
            let (root1, root2, n1, n2) = (roots[size1], roots[size2], wide(size1), wide(size2));
            let proof = verify_consistency(n1, root1, n2, root2, &hashes).unwrap();
            assert_eq!((proof.earlier(), proof.later()), ((n1, &root1), (n2, &root2)));
            for bad in altered(&hashes) {
                assert!(verify_consistency(n1, root1, n2, root2, &bad).is_err(), "{n1} in {n2}");
            }
            assert!(verify_consistency(n1, [0; 32], n2, root2, &hashes).is_err());
            assert!(verify_consistency(n1, root1, n2, [0; 32], &hashes).is_err());
            for other in 0..wide(LARGEST) + 6 {
                let found = verify_consistency(other, root1, n2, root2, &hashes).is_ok();
                assert_eq!(found, printed::consistency(other, root1, n2, root2, &hashes), "{other} for {n1} in {n2}");
                assert!(!found || other == n1, "{other} for {n1} in {n2}");
                let found = verify_consistency(n1, root1, other, root2, &hashes).is_ok();
                assert_eq!(found, printed::consistency(n1, root1, other, root2, &hashes), "{n1} in {other} for {n2}");
            }
        }
    }
}

#[test]
fn sizes_at_the_edge() {
    let leaf = leaf_hash(b"leaf");
    let max = MAX_TREE_SIZE;
    assert_eq!(root_from_inclusion(0, 0, leaf, &[]), Err(ProofError::EmptyTree));
    assert_eq!(root_from_inclusion(0, 1, leaf, &[]), Ok(leaf));
    assert_eq!(root_from_inclusion(0, 1, leaf, &[leaf]), Err(ProofError::HashCount { expected: 0, found: 1 }));
    assert_eq!(root_from_inclusion(1, 1, leaf, &[]), Err(ProofError::IndexOutsideTree { index: 1, size: 1 }));
    assert_eq!(
        root_from_inclusion(u64::MAX, 1, leaf, &[]),
        Err(ProofError::IndexOutsideTree { index: u64::MAX, size: 1 })
    );
    for size in [max + 1, u64::MAX] {
        assert_eq!(root_from_inclusion(0, size, leaf, &[leaf; 64]), Err(ProofError::TreeTooLarge { size }));
        assert_eq!(
            verify_consistency(1, leaf, size, leaf, &[leaf; 64]).unwrap_err(),
            ProofError::TreeTooLarge { size }
        );
    }
    for index in [0, max / 2, max - 2, max - 1] {
        let count = (0..=130).filter(|count| root_from_inclusion(index, max, leaf, &vec![leaf; *count]).is_ok());
        let count: Vec<usize> = count.collect();
        assert_eq!(count.len(), 1, "{index}");
        let hashes = vec![leaf; count[0]];
        let expected = printed::inclusion(index, max, leaf, &hashes);
        assert_eq!(root_from_inclusion(index, max, leaf, &hashes).ok(), expected);
    }
    assert_eq!(
        verify_consistency(2, leaf, 1, leaf, &[]).unwrap_err(),
        ProofError::SizesOutOfOrder { earlier: 2, later: 1 }
    );
    assert_eq!(verify_consistency(0, sha256(&[]), 1, leaf, &[]).unwrap_err(), ProofError::EmptyTree);
    assert_eq!(
        verify_consistency(1, leaf, 1, [0; 32], &[]).unwrap_err(),
        ProofError::RootMismatch { size: 1, expected: [0; 32], computed: leaf }
    );
    assert_eq!(verify_consistency(3, leaf, 4, leaf, &[]).unwrap_err(), ProofError::HashCount { expected: 3, found: 0 });
}

fn hashes() -> impl Strategy<Value = Vec<Hash>> {
    prop::collection::vec(any::<Hash>(), 0..70)
}

/// Sizes of every magnitude, and their neighbours.
fn sizes() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), (0_u32..64, -2_i64..=2).prop_map(|(bit, more)| (1_u64 << bit).wrapping_add_signed(more))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn large_inclusions_by_the_letter(index in sizes(), size in sizes(), leaf: Hash, hashes in hashes()) {
        let found = root_from_inclusion(index, size, leaf, &hashes);
        if size <= MAX_TREE_SIZE {
            prop_assert_eq!(found.clone().ok(), printed::inclusion(index, size, leaf, &hashes));
        }
        // With as many hashes as it asks for, it must agree to the end.
        if let Err(ProofError::HashCount { expected, .. }) = found {
            let hashes = vec![leaf; expected];
            let found = root_from_inclusion(index, size, leaf, &hashes);
            prop_assert!(found.is_ok());
            prop_assert_eq!(found.ok(), printed::inclusion(index, size, leaf, &hashes));
        }
    }

    #[test]
    fn large_consistencies_by_the_letter(size1 in sizes(), size2 in sizes(), root: Hash, hashes in hashes()) {
        let Err(error) = verify_consistency(size1, root, size2, root, &hashes) else {
            prop_assert!(printed::consistency(size1, root, size2, root, &hashes));
            return Ok(());
        };
        if size2 <= MAX_TREE_SIZE && size1 != 0 {
            prop_assert!(!printed::consistency(size1, root, size2, root, &hashes));
        }
        if let ProofError::HashCount { expected, .. } = error {
            let hashes = vec![root; expected];
            let found = verify_consistency(size1, root, size2, root, &hashes);
            let is_decided_by_roots = match &found {
                Ok(_) => size1 == size2,
                Err(error) => matches!(error, ProofError::RootMismatch { .. }),
            };
            prop_assert!(is_decided_by_roots, "{:?}", found);
        }
    }
}
