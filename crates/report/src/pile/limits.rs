//! Every cap on a pile.

/// Statements in a pile.
pub const MAX_PILE_STATEMENTS: usize = 20_000;

/// Bytes of all statements in a pile: 256 MiB.
pub const MAX_PILE_BYTES: usize = 256 * 1024 * 1024;

/// Statements remembered for one subject name; they only serve to say that the name is known with another digest.
pub(super) const MAX_SAME_NAME: usize = 8;

/// Sentences about things that were not used.
pub(super) const MAX_WARNINGS: usize = 200;

/// Further statements that one row takes in, about what its own were made from, and about lists that lead to it.
pub(super) const MAX_LINKED: usize = 64;
