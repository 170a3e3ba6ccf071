//! Digests, keys and signatures, with vectors of others.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod digests;
mod keys;
mod signatures;
mod vectors;
mod wycheproof;
