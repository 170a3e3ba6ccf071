//! Puts a question to the core and tells the answer as a [`Document`].

use crate::document::Document;
use crate::question::{Material, Question};

/// The question itself is unusable: the person must put it differently. Verifies nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionError {
    /// Which part: `identity`, `issuer`, `extension`, `key`, `trusted-root`, `digest`, `bundle`.
    pub part: &'static str,
    /// What was expected, what was found, what to do: one sentence or two.
    pub message: String,
}

/// Which digests of the artifact this bundle speaks about (`sha256`, `sha384`, `sha512`); `sha256` when it can't be read.
#[must_use]
pub fn digests_needed(bundle: &[u8]) -> Vec<&'static str> {
    let _ = bundle;
    vec!["sha256"]
}

/// Answers `question` about `material`.
///
/// # Errors
/// When the question cannot be put (a pattern that does not parse, a key that is none, a trusted root that is none).
/// A bundle that cannot be read is an answer: rejected, by the check `bundle-form`.
pub fn answer(question: &Question, material: &Material<'_>) -> Result<Document, QuestionError> {
    let _ = (question, material);
    todo!("the core is being written")
}
