//! The artifact that the question is about, as bytes or as digests.

use core::cell::RefCell;

use touchstone_crypto::{Digest, DigestAlgorithm};

use crate::covered::Covered;

/// What is known of the artifact.
#[derive(Clone, Debug, Default)]
pub enum Artifact<'a> {
    /// Nothing: the verdict stays incomplete.
    #[default]
    Missing,
    /// Nothing, on purpose: only the statement is asked about.
    Waived,
    /// Its bytes.
    Bytes(&'a [u8]),
    /// Digests of it, computed elsewhere or stated by the person.
    Digests(Vec<Digest>),
    /// An image index or manifest in its place, which lists it (F-22).
    Covered(Covered),
}

/// Digests of the artifact, each computed once.
pub(crate) struct ArtifactDigests<'a> {
    artifact: &'a Artifact<'a>,
    computed: RefCell<Vec<Digest>>,
}

impl<'a> ArtifactDigests<'a> {
    pub(crate) fn new(artifact: &'a Artifact<'a>) -> Self {
        Self { artifact, computed: RefCell::new(Vec::new()) }
    }

    pub(crate) const fn artifact(&self) -> &'a Artifact<'a> {
        self.artifact
    }

    /// Whether there is an artifact to compare with.
    pub(crate) const fn is_at_hand(&self) -> bool {
        !matches!(self.artifact, Artifact::Missing | Artifact::Waived)
    }

    /// The digest, if the bytes are at hand or this algorithm's digest was given.
    pub(crate) fn digest(&self, algorithm: DigestAlgorithm) -> Option<Digest> {
        match self.artifact {
            Artifact::Missing | Artifact::Waived => None,
            Artifact::Digests(given) => given.iter().find(|digest| digest.algorithm() == algorithm).copied(),
            Artifact::Covered(covered) => covered.list().iter().find(|digest| digest.algorithm() == algorithm).copied(),
            Artifact::Bytes(bytes) => {
                let known = self.computed.borrow().iter().find(|digest| digest.algorithm() == algorithm).copied();
                Some(known.unwrap_or_else(|| {
                    let digest = algorithm.digest(bytes);
                    self.computed.borrow_mut().push(digest);
                    digest
                }))
            }
        }
    }

    /// Names of the algorithms given, for words.
    pub(crate) fn algorithms(&self) -> String {
        match self.artifact {
            Artifact::Digests(given) => {
                given.iter().map(|digest| digest.algorithm().name()).collect::<Vec<_>>().join(", ")
            }
            _ => String::new(),
        }
    }
}
