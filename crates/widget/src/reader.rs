//! The artifact, read as a stream.

use serde::Serialize;
use touchstone_crypto::{Digest, DigestAlgorithm, MultiHasher};

/// Hashes an artifact that comes in pieces, with every digest that a bundle or the page speaks of. Nothing is kept.
#[derive(Debug)]
pub struct Reader {
    hasher: MultiHasher,
    size: u64,
}

/// What is known of an artifact that was read.
#[derive(Serialize)]
struct Read {
    size: u64,
    /// (algorithm, hex).
    digests: Vec<(&'static str, String)>,
}

impl Reader {
    /// A reader of the artifact of `bundle`. `stated` is the digest that the page names; empty: it names none. SHA-256 is
    /// always computed, because people compare it.
    #[must_use]
    pub fn new(bundle: &[u8], stated: &str) -> Self {
        let mut algorithms = vec![DigestAlgorithm::Sha256];
        let needed = touchstone_report::digests_needed(bundle);
        algorithms.extend(needed.into_iter().filter_map(DigestAlgorithm::from_name));
        // One that is no digest is told when the question is put.
        algorithms.extend(Digest::parse(stated.trim()).map(|digest| digest.algorithm()));
        Self { hasher: MultiHasher::new(&algorithms), size: 0 }
    }

    /// Appends a piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    }

    /// Size and digests as JSON: `{"size":3,"digests":[["sha256","…"]]}`.
    #[must_use]
    pub fn finish(self) -> String {
        let digests = self.hasher.finish();
        let digests = digests.iter().map(|digest| (digest.algorithm().name(), digest.hex())).collect();
        // Numbers and strings always serialise.
        serde_json::to_string(&Read { size: self.size, digests }).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_one_message() {
        let mut reader = Reader::new(b"no bundle", &format!("sha512:{}", "0".repeat(128)));
        reader.push(b"a");
        reader.push(b"");
        reader.push(b"bc");
        let read = reader.finish();
        let sha256 = DigestAlgorithm::Sha256.digest(b"abc").hex();
        let sha512 = DigestAlgorithm::Sha512.digest(b"abc").hex();
        assert_eq!(read, format!(r#"{{"size":3,"digests":[["sha256","{sha256}"],["sha512","{sha512}"]]}}"#));
    }
}
