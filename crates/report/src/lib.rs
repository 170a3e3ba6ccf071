//! The boundary of Touchstone: serialisable documents, the words that state a verdict, text and JSON rendering.
//! Converts from the core, never back. The words live here alone, so page, widget and terminal cannot disagree.

pub mod command;
pub mod document;
pub mod export;
pub mod kept;
pub mod limits;
pub mod lint;
pub mod picture;
pub mod pin;
pub mod question;
#[cfg(feature = "core")]
pub mod sheet;
pub mod text;

#[cfg(feature = "core")]
mod ahead;
#[cfg(feature = "core")]
mod answer;
#[cfg(feature = "core")]
mod builders;
#[cfg(feature = "core")]
mod checks;
#[cfg(feature = "core")]
mod custody;
#[cfg(feature = "core")]
mod evidence;
#[cfg(feature = "core")]
mod explanation;
#[cfg(feature = "core")]
mod facts;
#[cfg(feature = "core")]
pub mod history;
#[cfg(feature = "core")]
pub mod pile;
#[cfg(feature = "core")]
mod policy;
#[cfg(feature = "core")]
pub mod saved;
#[cfg(feature = "core")]
mod tell;
#[cfg(feature = "core")]
mod verdict;
#[cfg(feature = "core")]
pub mod words;

pub use lint::Advice;
#[cfg(feature = "core")]
pub use lint::{Strangers, lint, strangers_that_fit};
pub use pin::{PinError, pin};

#[cfg(feature = "core")]
pub use ahead::{Ahead, Right};
#[cfg(feature = "core")]
pub use answer::{
    PROGRAM, QuestionError, ahead, answer, digests_needed, first_answer, first_answer_knowing, make_ready, read_root,
    signs_a_file,
};
#[cfg(feature = "core")]
pub use builders::builder_list;
