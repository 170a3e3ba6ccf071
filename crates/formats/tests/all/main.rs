//! What is read of the bytes of others, and what is refused.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod corpus;
mod corpus_der;
mod corpus_predicates;
mod good;
mod inventory;
mod predicates;
mod properties;
mod refusals;
mod sbom;
