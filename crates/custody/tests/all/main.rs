//! The chain of custody, laid from bundles of the testkit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod chain;
mod common;
mod levels;
mod picture;
mod scale;
mod unproven;
