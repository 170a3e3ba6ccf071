//! The outside world on a terminal: files, standard output and exit codes around [`touchstone_report::answer`].
//!
//! The binary `touchstone` is a thin face of this library, so that the tests and the corpus run the very code that a
//! person runs. Nothing here decides a verdict.

pub mod arguments;
pub mod chain;
pub mod history;
pub mod input;
pub mod inventory;
pub mod report;
pub mod run;
