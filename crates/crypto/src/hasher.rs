//! Hashing of bytes that arrive in pieces.

use core::fmt;

use sha2::Digest as _;

use crate::{Digest, DigestAlgorithm};

/// Hashes bytes that arrive in pieces, with one algorithm.
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    Sha256(sha2::Sha256),
    Sha384(sha2::Sha384),
    Sha512(sha2::Sha512),
}

impl Hasher {
    /// An empty message.
    #[must_use]
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        Self(match algorithm {
            DigestAlgorithm::Sha256 => State::Sha256(sha2::Sha256::new()),
            DigestAlgorithm::Sha384 => State::Sha384(sha2::Sha384::new()),
            DigestAlgorithm::Sha512 => State::Sha512(sha2::Sha512::new()),
        })
    }

    /// Appends to the message.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            State::Sha256(state) => state.update(bytes),
            State::Sha384(state) => state.update(bytes),
            State::Sha512(state) => state.update(bytes),
        }
    }

    /// The digest of everything that was appended.
    #[must_use]
    pub fn finish(self) -> Digest {
        let mut bytes = [0; 64];
        let algorithm = match self.0 {
            State::Sha256(state) => {
                fill(&mut bytes, &state.finalize());
                DigestAlgorithm::Sha256
            }
            State::Sha384(state) => {
                fill(&mut bytes, &state.finalize());
                DigestAlgorithm::Sha384
            }
            State::Sha512(state) => {
                fill(&mut bytes, &state.finalize());
                DigestAlgorithm::Sha512
            }
        };
        Digest { algorithm, bytes }
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher")
    }
}

/// Hashes bytes that arrive in pieces, with several algorithms in one pass, so that a file of several GiB is read once
/// and never sits in memory.
#[derive(Clone, Debug)]
pub struct MultiHasher {
    hashers: Vec<Hasher>,
}

impl MultiHasher {
    /// An empty message, for the algorithms named (each once, however often it is named).
    #[must_use]
    pub fn new(algorithms: &[DigestAlgorithm]) -> Self {
        let wanted = DigestAlgorithm::ALL.into_iter().filter(|algorithm| algorithms.contains(algorithm));
        Self { hashers: wanted.map(Hasher::new).collect() }
    }

    /// Appends to the message.
    pub fn update(&mut self, bytes: &[u8]) {
        for hasher in &mut self.hashers {
            hasher.update(bytes);
        }
    }

    /// The digests of everything that was appended.
    #[must_use]
    pub fn finish(self) -> Digests {
        Digests { digests: self.hashers.into_iter().map(Hasher::finish).collect() }
    }
}

/// Digests of one and the same message, at most one an algorithm.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Digests {
    digests: Vec<Digest>,
}

impl Digests {
    /// Hashes `bytes` with each of the algorithms.
    #[must_use]
    pub fn of(bytes: &[u8], algorithms: &[DigestAlgorithm]) -> Self {
        let mut hasher = MultiHasher::new(algorithms);
        hasher.update(bytes);
        hasher.finish()
    }

    /// The digest by that algorithm, if it was computed.
    #[must_use]
    pub fn by(&self, algorithm: DigestAlgorithm) -> Option<&Digest> {
        self.digests.iter().find(|digest| digest.algorithm() == algorithm)
    }

    /// All of them, shortest algorithm first.
    pub fn iter(&self) -> impl Iterator<Item = &Digest> {
        self.digests.iter()
    }
}

impl From<Digest> for Digests {
    fn from(digest: Digest) -> Self {
        Self { digests: vec![digest] }
    }
}

fn fill(padded: &mut [u8; 64], digest: &[u8]) {
    for (to, from) in padded.iter_mut().zip(digest) {
        *to = *from;
    }
}
