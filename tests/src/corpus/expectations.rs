//! `tests/corpus-expectations.json`: for each case that must be rejected, the checks that may decide it, written by reading
//! what the case is about. Read by people as much as by this module.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Which check a rejected case is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Ids of the checks of which one must decide the verdict; the first is the best answer.
    pub checks: Vec<String>,
    /// What is wrong with the case, in our words.
    pub about: String,
}

/// All expectations by case id.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Expectations(pub BTreeMap<String, Expectation>);

impl Expectations {
    /// Reads the file that lies beside the tests.
    ///
    /// # Panics
    /// When it is not of the known form.
    #[must_use]
    pub fn read() -> Self {
        serde_json::from_str(include_str!("../../corpus-expectations.json")).expect("corpus-expectations.json")
    }
}
