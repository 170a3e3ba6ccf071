//! What is weak about a policy, in words: each advice says what, why, and what to write instead. Decides nothing.

mod patterns;
mod rules;

use serde::{Deserialize, Serialize};

use crate::question::Question;

/// One weakness of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// Stable id of the rule: `no-issuer`, `open-pattern`, …
    pub rule: String,
    /// What is weak, with the value that is.
    pub weak: String,
    /// Why it counts: who could pass.
    pub why: String,
    /// What to write instead.
    pub instead: String,
}

/// Everything that is weak about `question`, the weakest first. Empty: nothing of what is known here.
#[must_use]
pub fn lint(question: &Question) -> Vec<Advice> {
    rules::ALL.iter().filter_map(|rule| rule(question)).collect()
}

#[cfg(test)]
mod tests;
