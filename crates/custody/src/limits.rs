//! Caps. What is beyond them is counted and said, never dropped in silence.

/// Pieces of evidence weighed in one go.
pub const MAX_EVIDENCE: usize = 10_000;
/// Nodes of the picture.
pub const MAX_NODES: usize = 200;
/// Edges of the picture.
pub const MAX_EDGES: usize = 600;
/// Rows of inputs.
pub const MAX_INPUTS: usize = 50_000;
/// Identities of subjects indexed, over all statements.
pub const MAX_SUBJECTS: usize = 200_000;
/// Identities that an artifact may be covered through (indexes of indexes).
pub const MAX_COVERS: usize = 256;
/// Subjects of a statement that are written out.
pub const MAX_SUBJECTS_SHOWN: usize = 10;
/// Names in one row of what a statement says, and rows of one kind.
pub const MAX_NAMES_SHOWN: usize = 10;
/// Warnings that are written out.
pub const MAX_WARNINGS: usize = 50;
