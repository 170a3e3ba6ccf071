//! An artifact that is asked about through an image index or manifest that lists it (E-64, F-22).

use touchstone_crypto::{Digest, DigestAlgorithm};
use touchstone_formats::image_index::{self, Lists};

/// Most lists, each within the next, through which one artifact is looked for.
const MAX_PATHS: usize = 256;

/// Proof that an image index, or the manifest of an image, lists an artifact by digest, directly or through others between them.
/// Made of the lists' own bytes alone; that anybody vouches for them is for the checks to find out. Upwards only: nothing makes
/// an index part of its manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    // What is known of the artifact; the first is the one listed.
    artifact: Vec<Digest>,
    // SHA-256 of the list that holds the artifact, of the one that holds that, and so on.
    path: Vec<Digest>,
    // Of the last of the path.
    outermost: Vec<Digest>,
    lists: Lists,
}

/// A list, with its own digests.
struct List {
    own: Vec<Digest>,
    lists: Lists,
    digests: Vec<Digest>,
}

impl List {
    fn read(bytes: &[u8]) -> Option<Self> {
        let image_index::ImageList { lists, digests } = image_index::read(bytes)?;
        let digests = digests
            .iter()
            .filter_map(|(algorithm, hex)| Digest::from_hex(DigestAlgorithm::from_name(algorithm)?, hex).ok())
            .collect();
        Some(Self { own: DigestAlgorithm::ALL.map(|algorithm| algorithm.digest(bytes)).to_vec(), lists, digests })
    }
}

impl Covered {
    /// Every list among `files` that lists one of `artifact`'s digests, the nearest first. Files that are no list are passed over.
    #[must_use]
    pub fn find<'a>(artifact: &[Digest], files: impl IntoIterator<Item = &'a [u8]>) -> Vec<Self> {
        let lists: Vec<List> = files.into_iter().filter_map(List::read).collect();
        let mut found: Vec<Self> = Vec::new();
        // Each list once, over as many steps as there are: a circle of them ends.
        let add = |found: &mut Vec<Self>, artifact: &[Digest], path: &[Digest], listed: &[Digest]| {
            for list in &lists {
                let is_known = found.iter().any(|known| known.outermost == list.own);
                let Some(first) = list.digests.iter().find(|digest| listed.contains(digest)) else { continue };
                if found.len() < MAX_PATHS && !is_known {
                    // The first step says which of its digests the artifact is listed by.
                    let mut artifact = artifact.to_vec();
                    if path.is_empty() {
                        artifact.sort_by_key(|digest| digest != first);
                    }
                    let sha256 = list.own.iter().find(|digest| digest.algorithm() == DigestAlgorithm::Sha256);
                    let path = path.iter().chain(sha256).copied().collect();
                    found.push(Self { artifact, path, outermost: list.own.clone(), lists: list.lists });
                }
            }
        };
        add(&mut found, artifact, &[], artifact);
        let mut next = 0_usize;
        while let Some(Self { artifact, path, outermost, .. }) = found.get(next).cloned() {
            add(&mut found, &artifact, &path, &outermost);
            next = next.saturating_add(1);
        }
        found
    }

    /// The artifact: what is known of it, first the digest that is listed.
    #[must_use]
    pub fn artifact(&self) -> &[Digest] {
        &self.artifact
    }

    /// The digests of the list that is asked about in its place.
    #[must_use]
    pub fn list(&self) -> &[Digest] {
        &self.outermost
    }

    /// Whether that is an index or the manifest of one image.
    #[must_use]
    pub const fn lists(&self) -> Lists {
        self.lists
    }

    /// The way from the artifact, in SHA-256: the list that holds it, the one that holds that, and so on.
    #[must_use]
    pub fn path(&self) -> &[Digest] {
        &self.path
    }

    /// What the outermost list is called.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.lists {
            Lists::Manifests => "image index",
            Lists::Blobs => "image manifest",
        }
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
        assert!(found.iter().all(|one| one.artifact() == [own] && one.list().contains(one.path().last().unwrap())));
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
    fn a_manifest_lists_its_configuration_and_layers() {
        let digest = |bytes: &[u8]| DigestAlgorithm::Sha256.digest(bytes);
        let entry = |bytes: &[u8]| format!(r#"{{"digest":"{}"}}"#, digest(bytes));
        let (config, layer) = (entry(b"config"), entry(b"layer"));
        let manifest = format!(r#"{{"schemaVersion":2,"config":{config},"layers":[{layer}]}}"#).into_bytes();
        let outer = index(&[&manifest]);
        for blob in [b"config".as_slice(), b"layer"] {
            let found = Covered::find(&[digest(blob)], [outer.as_slice(), &manifest]);
            assert_eq!(found.iter().map(Covered::name).collect::<Vec<_>>(), ["image manifest", "image index"]);
        }
    }

    #[test]
    fn the_digest_that_is_listed_stands_first() {
        let [small, _, large] = DigestAlgorithm::ALL.map(|algorithm| algorithm.digest(b"a"));
        let index = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"{large}"}}]}}"#).into_bytes();
        let outer = self::index(&[&index]);
        let found = Covered::find(&[small, large], [index.as_slice(), &outer]);
        assert_eq!(found.iter().map(Covered::artifact).collect::<Vec<_>>(), [[large, small].as_slice(); 2]);
    }
}
