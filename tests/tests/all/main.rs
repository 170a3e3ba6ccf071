//! The product as a whole. One program: each more would be linked with everything once more.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod ahead;
mod bad_inputs;
mod bit_flips;
mod builders;
mod corpus;
mod custody;
mod history;
mod inventory;
mod oracle;
mod questions;
mod readme;
mod report_schema;
mod saved;
mod table;
mod worst_cases;
