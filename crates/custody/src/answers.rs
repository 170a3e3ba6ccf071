//! The fixed questions of each stage, and how several voices become one answer.

use crate::model::{Answer, Strength, Voucher};
use crate::proof::Proof;

/// One of the fixed questions.
pub(crate) struct Question {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// The sentence when nobody answers it: a gap has an owner.
    pub(crate) gap: &'static str,
    /// What would close the gap.
    pub(crate) to_close: &'static str,
}

const fn question(id: &'static str, title: &'static str, gap: &'static str, to_close: &'static str) -> Question {
    Question { id, title, gap, to_close }
}

pub(crate) const REPOSITORY: Question = question(
    "repository",
    "Repository",
    "Nobody states which repository it came from.",
    "Provenance of the build, signed by a builder that you name or that is on the builder list.",
);
pub(crate) const REFERENCE: Question = question(
    "ref",
    "Branch or tag",
    "Nobody states from which branch or tag.",
    "Provenance of the build that names the branch or tag.",
);
pub(crate) const COMMIT: Question =
    question("commit", "Commit", "Nobody states from which commit.", "Provenance of the build that names the commit.");
pub(crate) const HISTORY: Question = question(
    "history",
    "Protected history",
    "Nobody states whether the history of the source is kept.",
    "A source summary of this commit, Source L2 or higher, by a source verifier on your list.",
);
pub(crate) const REVIEW: Question = question(
    "review",
    "Second-person review",
    "Nobody states whether a second person reviewed the change.",
    "A source summary of this commit that states two-party review (Source L4), by a source verifier on your list.",
);
pub(crate) const SYSTEM: Question = question(
    "system",
    "System",
    "Nobody states what built it.",
    "Provenance of the build, signed by a builder that you name or that is on the builder list.",
);
pub(crate) const RECIPE: Question = question(
    "recipe",
    "Recipe",
    "Nobody states by which instructions it was built.",
    "Provenance of the build that names its workflow or configuration.",
);
pub(crate) const RUNNER: Question = question(
    "runner",
    "Runner",
    "Nobody states on what kind of machine it was built.",
    "Provenance signed with a certificate that names the runner (extension .11).",
);
pub(crate) const INPUTS: Question = question(
    "inputs",
    "Inputs listed by digest",
    "Nobody lists by digest what went into the build.",
    "Provenance with resolved dependencies, or a signed bill of materials, each entry with its digest.",
);
pub(crate) const INPUTS_COMPLETE: Question = question(
    "inputs-complete",
    "List of inputs complete",
    "Nobody states whether that list of inputs is complete.",
    "Provenance of a builder that states that its list of materials is complete.",
);
pub(crate) const BYTES: Question = question(
    "bytes",
    "Same bytes",
    "Nothing in this chain is about these bytes.",
    "A signed statement that names the digest of this file.",
);
pub(crate) const SIGNER: Question = question(
    "signer",
    "Signer",
    "Nobody whom you named signed it.",
    "Name the signer that you expect, from the project's own site.",
);
pub(crate) const TIME: Question = question(
    "time",
    "Signing time",
    "No authority states when it was signed.",
    "A bundle with a timestamp or with a log's promise.",
);
pub(crate) const RELEASED: Question = question(
    "released",
    "Released",
    "Nobody states that it was released.",
    "The release or publish statement of the place where it was published.",
);
pub(crate) const APPROVED: Question = question(
    "approved",
    "Approved",
    "Nobody states who approved it for production.",
    "A deployment approval or a verification summary by the gate that you rely on.",
);
pub(crate) const RUNNING: Question = question(
    "running",
    "Running",
    "Nobody states where it is running.",
    "The list of pods of your cluster. It is unsigned: it shows, and proves nothing.",
);

/// One voice in answer to a question.
#[derive(Clone, Debug)]
pub(crate) struct Voiced {
    /// What is shown.
    pub(crate) value: String,
    /// What is compared.
    pub(crate) key: String,
    pub(crate) voucher: Voucher,
    pub(crate) statement: Option<usize>,
    /// `None`: the word does not count.
    pub(crate) proof: Option<Proof>,
    pub(crate) check: &'static str,
}

impl Voiced {
    pub(crate) fn new(value: impl Into<String>, voucher: Voucher, statement: usize, proof: Option<Proof>) -> Self {
        let value = value.into();
        Self { key: value.clone(), value, voucher, statement: Some(statement), proof, check: "" }
    }

    pub(crate) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    pub(crate) fn check(mut self, check: &'static str) -> Self {
        self.check = check;
        self
    }
}

/// Whether voices that differ contradict each other, or speak of different things.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Differing {
    /// One file has one source: they contradict (E-63).
    Contradict,
    /// Two builders have two names: the first is shown.
    Coexist,
}

/// One answer from several voices. A voice that does not count never outweighs one that does, and never contradicts it.
pub(crate) fn pool(question: &Question, voices: &[Voiced], differing: Differing) -> Answer {
    let answer = |strength, text: String, vouchers, first: Option<&Voiced>| Answer {
        id: question.id,
        title: question.title,
        strength,
        text,
        vouchers,
        check: first.map_or("", |first| first.check),
        statement: first.and_then(|first| first.statement),
        to_close: if matches!(strength, Strength::Proven(_)) { "" } else { question.to_close },
    };
    let mut counted = voices.iter().filter(|voice| voice.proof.is_some());
    if let Some(first) = counted.next() {
        let others: Vec<&Voiced> = counted.filter(|voice| voice.key != first.key).collect();
        if let (Differing::Contradict, Some(other)) = (differing, others.first()) {
            let text = format!("Two statements contradict each other: {}, and {}.", first.value, other.value);
            return answer(Strength::Contradicted, text, distinct([first.voucher, other.voucher]), Some(first));
        }
        let agreeing = voices.iter().filter(|voice| voice.proof.is_some() && voice.key == first.key);
        let strength = first.proof.map_or(Strength::NameOnly, Strength::Proven);
        return answer(strength, first.value.clone(), distinct(agreeing.map(|voice| voice.voucher)), Some(first));
    }
    match voices.first() {
        Some(first) => answer(Strength::NameOnly, first.value.clone(), vec![first.voucher], Some(first)),
        None => answer(Strength::Gap, question.gap.to_owned(), vec![Voucher::Nobody], None),
    }
}

fn distinct(vouchers: impl IntoIterator<Item = Voucher>) -> Vec<Voucher> {
    let mut seen = Vec::new();
    for voucher in vouchers {
        if !seen.contains(&voucher) {
            seen.push(voucher);
        }
    }
    seen
}
