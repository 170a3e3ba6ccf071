//! What a question asks that no field of the page holds. It comes with a link, a command line or a kept policy, stays until
//! the fields are filled anew or the person leaves it out, and is told beside them: nothing is dropped silently (H-14).

use touchstone_report::question::{KeyValidity, Question, Scope, Thresholds};

/// The members of a [`Question`] that have no field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beyond {
    thresholds: Thresholds,
    minimum_bundle_version: Option<String>,
    key_validity: KeyValidity,
    key_details: Option<String>,
    scope: Scope,
}

impl Beyond {
    /// Of this question.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        Self {
            thresholds: question.thresholds,
            minimum_bundle_version: question.minimum_bundle_version.clone(),
            key_validity: question.key_validity.clone(),
            key_details: question.key_details.clone(),
            scope: question.scope,
        }
    }

    /// What is not about one key alone: for a question that names another signer.
    #[must_use]
    pub fn without_key(mut self) -> Self {
        self.key_validity = KeyValidity::default();
        self.key_details = None;
        self
    }

    /// `question` with this beside it.
    #[must_use]
    pub fn beside(&self, question: Question) -> Question {
        let Self { thresholds, minimum_bundle_version, key_validity, key_details, scope } = self.clone();
        Question { thresholds, minimum_bundle_version, key_validity, key_details, scope, ..question }
    }

    /// Each of them in words; empty when nothing is asked beside the fields.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let all = &self.thresholds;
        let counts = [
            (all.transparency_logs, "transparency logs"),
            (all.signed_certificate_timestamps, "certificate logs"),
            (all.timestamp_authorities, "timestamp authorities"),
            (all.observer_timestamps, "sources of time"),
        ];
        let count = |(count, what): (Option<u32>, &str)| count.map(|count| format!("{what}: {count} at least"));
        let mut words: Vec<String> = counts.into_iter().filter_map(count).collect();
        let texts = [
            ("bundle version, at least: ", &self.minimum_bundle_version),
            ("key valid from: ", &self.key_validity.from),
            ("key valid until: ", &self.key_validity.until),
            ("how the key signs: ", &self.key_details),
        ];
        words.extend(texts.into_iter().filter_map(|(what, text)| Some(format!("{what}{}", text.as_ref()?))));
        if self.scope == Scope::SignatureOnly {
            words.push("the signature alone, not what the statement says".to_owned());
        }
        words
    }
}
