//! What a file is, by all of its bytes.

use touchstone_acquire::{Recognised, Role, bundle_at, recognise};

/// What a file is, and the digests of which any bundle in it speaks: one reading of a large artifact then serves them all.
#[must_use]
pub fn look(name: &str, bytes: &[u8]) -> (Recognised, Vec<String>) {
    let recognised = recognise(name, bytes);
    let mut needed = Vec::new();
    if recognised.role == Role::Bundle {
        for index in 0..recognised.bundles.len().max(1) {
            let bundle = bundle_at(recognised.kind, bytes, index).unwrap_or_default();
            for algorithm in touchstone_report::digests_needed(bundle) {
                if !needed.iter().any(|known| known == algorithm) {
                    needed.push(algorithm.to_owned());
                }
            }
        }
    }
    (recognised, needed)
}
