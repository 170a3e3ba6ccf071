//! How much of a long document a terminal or a picture shows. What is left out is counted, and is in the JSON report.

/// Inputs with a warning, as text.
pub(crate) const TEXT_INPUTS: usize = 20;
/// Joins of the graph, as text.
pub(crate) const TEXT_JOINS: usize = 60;
/// Nodes of the graph, as a picture.
pub const PICTURE_NODES: usize = 200;
/// Joins between these nodes, as a picture.
pub const PICTURE_JOINS: usize = 1_000;
/// Lines of a card's answer, as a picture.
pub(crate) const PICTURE_LINES: usize = 4;
/// Questions of one stage, as a picture.
pub(crate) const PICTURE_QUESTIONS: usize = 12;
/// Edges across the chain, as a picture.
pub(crate) const PICTURE_ACROSS: usize = 6;
/// Places of one row of an inventory that a page names one by one; the JSON export has all of them.
pub const PLACES_SHOWN: usize = 20;
/// Bytes of a command line that is read.
pub const COMMAND_BYTES: usize = 64 * 1024;
/// Words of a command line that is read.
pub const COMMAND_WORDS: usize = 1_024;
