//! Sizes and times of the page.

/// An artifact up to this size is handed to the core whole: it then also serves signature schemes that sign the bytes
/// instead of a digest. A larger one is hashed from a stream and never held.
pub const SMALL_ARTIFACT_BYTES: u64 = 4 * 1024 * 1024;

/// Bytes read at a time while hashing.
pub const SLICE_BYTES: u64 = 4 * 1024 * 1024;

/// Milliseconds between two reports of progress.
pub const PROGRESS_MILLIS: f64 = 100.0;

/// Milliseconds for which an earlier result may stay while the question was changed and nothing else.
pub const STALE_MILLIS: i32 = 300;

/// Milliseconds after the first press of "Forget" in which another counts as the same one.
pub const FORGET_MILLIS: f64 = 500.0;

/// Milliseconds after keeping a line of the history in which another window may have written over it.
pub const OVERWRITTEN_MILLIS: f64 = 5_000.0;

/// Milliseconds after which a verification that did not answer counts as "could not check" (H-51).
pub const PATIENCE_MILLIS: i32 = 60_000;

/// Pieces of further evidence that go with a question; a file may hold hundreds.
pub const MAX_FURTHER: usize = 64;

/// Inputs that a page takes; a dropped folder may hold thousands.
pub const MAX_INPUTS: usize = 32;

/// Bytes of a file of a pile: the largest inventory that is read.
pub const PILE_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Files handed to the worker at a time.
pub const PILE_FILES: usize = 40;

/// Milliseconds that the worker answers rows before it hands them over.
pub const PILE_SLICE_MILLIS: f64 = 100.0;

/// Bytes of rows after which it hands them over: what the page reads within a frame or two.
pub const PILE_SLICE_BYTES: usize = 48 * 1024;

/// Names, namespaces, statements and warnings of one row that the page keeps.
pub const PILE_ROW_TEXTS: usize = 100;

/// Milliseconds that a page whose address asks for an example may be hidden, so that its first picture is the answer.
pub const CURTAIN_MILLIS: i32 = 250;

/// Milliseconds that the files of an example in the page's address may take before the page is drawn without them.
pub const EXAMPLE_MILLIS: i32 = 500;
