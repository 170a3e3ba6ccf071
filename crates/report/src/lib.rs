//! The boundary of Touchstone: serialisable documents, the words that state a verdict, text and JSON rendering.
//! Converts from the core, never back. The words live here alone, so page, widget and terminal cannot disagree.

pub mod document;
pub mod question;

#[cfg(feature = "core")]
mod answer;
#[cfg(feature = "core")]
pub use answer::{answer, digests_needed, QuestionError};
