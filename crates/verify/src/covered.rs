//! An artifact that is asked about through an image index that lists it (E-64, F-22).

use touchstone_crypto::{Digest, DigestAlgorithm};
use touchstone_formats::image_index;

/// Most indexes through which one artifact is looked for.
const MAX_PATHS: usize = 16;

/// Proof that an image index lists an artifact by digest, directly or through indexes between them. Made of the indexes' own bytes
/// alone; that anybody vouches for the index is for the checks to find out. Upwards only: nothing makes an index part of its
/// manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    artifact: Digest,
    // The one that lists the artifact first; each further one lists the one before it.
    indexes: Vec<Digest>,
    outermost: Digest,
}

impl Covered {
    /// Every index among `files` that lists one of `artifact`'s digests, the nearest first. Files that are no index are passed over.
    #[must_use]
    pub fn find<'a>(artifact: &[Digest], files: impl IntoIterator<Item = &'a [u8]>) -> Vec<Self> {
        let indexes: Vec<(Digest, Vec<Digest>)> = files
            .into_iter()
            .filter_map(|bytes| {
                let listed = image_index::manifests(bytes)?;
                let digests = listed
                    .iter()
                    .filter_map(|(algorithm, hex)| Digest::from_hex(DigestAlgorithm::from_name(algorithm)?, hex).ok());
                Some((DigestAlgorithm::Sha256.digest(bytes), digests.collect()))
            })
            .collect();
        let mut found: Vec<Self> = Vec::new();
        let mut next = 0_usize;
        // Each index once, over as many steps as there are: a circle of them ends.
        let add = |found: &mut Vec<Self>, inner: Digest, path: &[Digest], own: Digest| {
            for (index, lists) in &indexes {
                if found.len() < MAX_PATHS
                    && lists.contains(&inner)
                    && !found.iter().any(|known| known.outermost == *index)
                {
                    let indexes = path.iter().copied().chain([*index]).collect();
                    found.push(Self { artifact: own, indexes, outermost: *index });
                }
            }
        };
        for own in artifact {
            add(&mut found, *own, &[], *own);
        }
        while let Some(Self { artifact, indexes, outermost }) = found.get(next).cloned() {
            add(&mut found, outermost, &indexes, artifact);
            next = next.saturating_add(1);
        }
        found
    }

    /// The artifact.
    #[must_use]
    pub const fn artifact(&self) -> &Digest {
        &self.artifact
    }

    /// The index that is asked about in its place.
    #[must_use]
    pub const fn index(&self) -> &Digest {
        &self.outermost
    }

    /// The way from the artifact: the index that lists it, the one that lists that, and so on to [`index`](Self::index).
    #[must_use]
    pub fn path(&self) -> &[Digest] {
        &self.indexes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn index(of: &[&[u8]]) -> Vec<u8> {
        let listed: Vec<String> =
            of.iter().map(|bytes| format!(r#"{{"digest":"{}"}}"#, DigestAlgorithm::Sha256.digest(bytes))).collect();
        format!(r#"{{"schemaVersion":2,"manifests":[{}]}}"#, listed.join(",")).into_bytes()
    }

    fn find(artifact: &[u8], files: &[&[u8]]) -> Vec<Vec<Digest>> {
        let own = DigestAlgorithm::Sha256.digest(artifact);
        let found = Covered::find(&[own], files.iter().copied());
        assert!(found.iter().all(|one| *one.artifact() == own && one.path().last() == Some(one.index())));
        found.iter().map(|one| one.path().to_vec()).collect()
    }

    #[test]
    fn every_index_on_the_way_up_is_found_once_and_the_nearest_first() {
        let digest = |bytes: &[u8]| DigestAlgorithm::Sha256.digest(bytes);
        let inner = index(&[b"a", b"b"]);
        let outer = index(&[&inner, b"c"]);
        let ways = [vec![digest(&inner)], vec![digest(&inner), digest(&outer)]];
        assert_eq!(find(b"a", &[&outer, &inner, &inner, b"no index"]), ways);
        assert_eq!(find(b"c", &[&outer, &inner]), [vec![digest(&outer)]]);
        assert!(find(b"d", &[&outer, &inner]).is_empty());
        assert!(find(&outer, &[&outer, &inner]).is_empty(), "nothing is above the outermost");
    }

    #[test]
    fn many_indexes_are_not_all_tried() {
        let many: Vec<Vec<u8>> = (0..100_u8).map(|number| index(&[b"a".as_slice(), [number].as_slice()])).collect();
        assert_eq!(find(b"a", &many.iter().map(Vec::as_slice).collect::<Vec<_>>()).len(), MAX_PATHS);
    }
}
