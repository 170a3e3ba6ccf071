//! What evidence would close the gaps, most useful first.

use crate::chain::Chain;
use crate::model::{Stage, Strength};

/// Ids of questions in the order in which their answers help, with the imperative for each.
const ORDER: [(&str, &str); 8] = [
    ("system", "Add the provenance of the build"),
    ("signer", "Name the signer that you expect"),
    ("released", "Add the release or publish statement"),
    ("history", "Add the source summary of the commit"),
    ("review", "Ask for a statement of the review"),
    ("approved", "Add the approval for production"),
    ("running", "Add what is running"),
    ("inputs", "Add a bill of materials"),
];

/// (imperative, detail); none for a chain that is cut: what to do then is another question.
pub(crate) fn next(chain: &Chain<'_, '_>, stages: &[Stage]) -> Vec<(String, String)> {
    if chain.input.cut.is_some() {
        return Vec::new();
    }
    ORDER
        .iter()
        .filter_map(|(id, title)| {
            let open = stages
                .iter()
                .flat_map(|stage| &stage.answers)
                .find(|answer| answer.id == *id && !matches!(answer.strength, Strength::Proven(_)))?;
            Some(((*title).to_owned(), open.to_close.to_owned()))
        })
        .collect()
}
