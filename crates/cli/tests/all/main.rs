//! What the program does, as the person at a terminal sees it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod chain;
mod command;
