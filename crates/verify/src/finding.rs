//! What came out of each check. A report lists every check exactly once.

use crate::check::Check;
use crate::failure::Failure;

/// State of a check, or of one item that it examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Proven. The sentence says what was found out.
    Passed(String),
    /// Disproven.
    Failed(Failure),
    /// Could not run, because the named check failed or is itself open.
    Blocked(Check),
    /// The material holds nothing of the kind, and nothing requires it. The sentence says why that is no failure.
    NotPresent(String),
    /// No expectation was given, or the input that it needs is missing.
    NotAsked(Open),
    /// The person said so. The sentence says what was given up.
    Waived(String),
}

/// Something an incomplete result waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// Nobody was named as the expected signer.
    Signer,
    /// The artifact is missing.
    Artifact,
    /// The artifact's digest is known, but not the one that this signature speaks about.
    OtherDigest {
        /// Algorithms given.
        have: String,
        /// Algorithm needed.
        need: &'static str,
    },
    /// Digests of the artifact are known, and the signature is over its bytes (B-92).
    Bytes,
    /// The key that the signature names is missing.
    Key,
    /// Only an instance for tests vouches for the signer, and nobody said that it is to judge.
    TestInstance,
    /// An option of the question was left unused; decides nothing.
    Nothing(&'static str),
}

impl Open {
    /// Whether the verdict must stay incomplete because of it.
    #[must_use]
    pub const fn keeps_verdict_open(&self) -> bool {
        !matches!(self, Self::Nothing(_))
    }
}

/// One item that a check examined: an entry, a timestamp, a signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Path into the input.
    pub place: String,
    /// What came out.
    pub outcome: Outcome,
}

/// A check and what came out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// What came out.
    pub outcome: Outcome,
    /// What it examined, when that was more than one thing or worth naming.
    pub items: Vec<Item>,
}

impl Finding {
    /// A finding without items.
    #[must_use]
    pub const fn new(check: Check, outcome: Outcome) -> Self {
        Self { check, outcome, items: Vec::new() }
    }

    /// Whether it failed.
    #[must_use]
    pub const fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }

    /// Folds items into one finding: the most telling failure decides, else `whole`.
    #[must_use]
    pub fn from_items(check: Check, items: Vec<Item>, whole: Outcome) -> Self {
        let failure = items
            .iter()
            .filter_map(|item| match &item.outcome {
                Outcome::Failed(failure) => Some(failure),
                _ => None,
            })
            .max_by_key(|failure| failure.cause.rank())
            .cloned();
        let outcome = failure.map_or(whole, Outcome::Failed);
        Self { check, outcome, items }
    }
}
