//! Merkle arithmetic and signed notes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod corpus;
mod merkle;
mod notes;
mod verified;
