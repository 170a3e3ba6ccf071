//! What is weak about a policy, in words: each advice says what, why, and what to write instead. Decides nothing.

#[cfg(feature = "core")]
mod patterns;
#[cfg(feature = "core")]
mod rules;

use serde::{Deserialize, Serialize};

#[cfg(feature = "core")]
use crate::question::Question;

#[cfg(feature = "core")]
pub use touchstone_verify::Strangers;

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

/// Everything that is weak about `question`, the weakest first. Empty: nothing of what is known here. Of the core, which has
/// the language that patterns are in.
#[must_use]
#[cfg(feature = "core")]
pub fn lint(question: &Question) -> Vec<Advice> {
    let each = alternatives(question);
    // The weakest alternative of a pattern is what lets somebody pass.
    rules::ALL.iter().filter_map(|rule| each.iter().find_map(rule)).collect()
}

/// Whom else the pattern of `question` lets through ([`touchstone_verify::strangers_that_fit`]).
#[must_use]
#[cfg(feature = "core")]
pub fn strangers_that_fit(question: &Question, identity: &str) -> Strangers {
    use crate::question::{Name, Signer};

    match &question.signer {
        Signer::Certificate { identity: Name::Pattern(text), .. } => fits(text, identity),
        _ => Strangers::Nobody,
    }
}

#[inline(never)] // Patterns are rare: the widget's first module is without them.
#[cfg(feature = "core")]
fn fits(text: &str, identity: &str) -> Strangers {
    use touchstone_verify::{Pattern, TextMatch};

    // Of what is no pattern nothing is verified.
    let pattern = Pattern::new(text).map(TextMatch::Pattern);
    pattern.map_or(Strangers::Nobody, |pattern| touchstone_verify::strangers_that_fit(&pattern, identity))
}

/// The question once for each alternative that its pattern leaves.
#[cfg(feature = "core")]
fn alternatives(question: &Question) -> Vec<Question> {
    use crate::question::{Name, Signer};

    let Signer::Certificate { identity: Name::Pattern(text), issuer } = &question.signer else {
        return vec![question.clone()];
    };
    let with = |text: &str| Question {
        signer: Signer::Certificate { identity: Name::Pattern(text.to_owned()), issuer: issuer.clone() },
        ..question.clone()
    };
    patterns::alternatives(text).into_iter().map(with).collect()
}

#[cfg(all(test, feature = "core"))]
mod tests;
