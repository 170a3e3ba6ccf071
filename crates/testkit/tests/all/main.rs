//! The testkit itself: another program accepts what it makes, and its table has a row for every failure.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

mod openssl;
mod table;
