//! Chains as text and as a picture.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod chain_text;
mod picture;
mod samples;
