//! What page and worker say to each other: JSON, with blobs and bytes beside it in the order that each message names.
//!
//! Enums are tagged from outside (`{"verify":{…}}`): serde's other forms buffer every value and weigh several times more.

use serde::{Deserialize, Serialize};
use touchstone_acquire::limits::MAX_EVIDENCE_BYTES;
use touchstone_acquire::{Asked, FetchProblem, Kind, Recognised};
use touchstone_report::question::Question;

/// Number that the page gives to an input.
pub type InputId = u32;

/// Asked of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// What is this? Blob 0 is the input.
    Inspect {
        /// Number of the input.
        input: InputId,
        /// File name; may be empty.
        name: String,
    },
    /// Hash it. Blob 0 is the input. Another `Hash` or `StopHashing` ends one that runs.
    Hash {
        /// Number of the input.
        input: InputId,
        /// Names of the algorithms.
        algorithms: Vec<String>,
    },
    /// Stop hashing.
    StopHashing,
    /// Read the answer to a request. Blob 0 is its body.
    Read {
        /// Number of the request in the ledger.
        request_number: usize,
        /// What is asked of the answer.
        asked: Asked,
    },
    /// Verify. The blobs are those that the parts name by their place.
    Verify(Box<Verify>),
    /// About many artifacts.
    Pile(super::pile::PileAsk),
    /// Make a line of a history the next one. Blob 0 is the line as it was told, blob 1 the last line that is kept and blob 2 the
    /// closing line, both empty when there is none.
    Chain,
    /// Blob 0 is a history: is it whole?
    ReadHistory {
        /// Whether it is the one that is kept here, to see whether it is whole; else one to take over.
        own: bool,
    },
    /// Blob 0 is the evidence of a saved report: write its printed part anew.
    Recheck,
}

/// A question about one artifact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verify {
    /// Generation: comes back with the answer.
    pub run: u64,
    /// The question.
    pub question: Question,
    /// The bundle.
    pub bundle: Option<BundlePart>,
    /// The artifact.
    pub artifact: ArtifactPart,
    /// Everything else that may be about the same artifact.
    pub further: Vec<BundlePart>,
    /// The key.
    pub key: Option<Part>,
    /// The key as text, where no file holds it.
    #[serde(default)]
    pub key_text: Option<String>,
    /// Further keys, each under its file name.
    pub further_keys: Vec<Part>,
    /// The trusted root.
    pub trusted_root: Option<Part>,
    /// With the chain of custody, or the verdict first.
    pub whole: bool,
    /// Answer with a page to save instead of the document.
    #[serde(default)]
    pub save: Option<SavePart>,
    /// Also tell the line of a history, of this moment in UTC.
    #[serde(default)]
    pub keep: Option<String>,
}

/// What a page asks while it starts, before any [`Ask`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AskFirst {
    /// Verify an example of the page. Bytes 0 and 1 are its files.
    Example {
        /// Its name.
        id: String,
    },
}

/// What a page to save takes along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavePart {
    /// The moment, in UTC.
    pub made: String,
    /// SHA-256 of the module, in hex; empty when there is no program, and then no blobs either.
    pub digest: String,
    /// Place of the program's script among the message's blobs; the module follows it.
    pub script: usize,
}

/// A named blob.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// File name.
    pub name: String,
    /// Place among the message's blobs.
    pub blob: usize,
}

/// A bundle within a blob.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BundlePart {
    /// File name.
    pub name: String,
    /// Place among the message's blobs.
    pub blob: usize,
    /// What the blob was recognised as.
    pub kind: Kind,
    /// Number of the bundle in the blob.
    pub index: usize,
}

/// The artifact, or what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ArtifactPart {
    /// Nothing.
    None,
    /// A small file.
    Whole(Part),
    /// A large file that was hashed.
    Hashed {
        /// File name.
        name: String,
        /// Bytes.
        size: u64,
        /// (algorithm, lower-case hex).
        digests: Vec<(String, String)>,
    },
    /// A digest that the person stated.
    Stated {
        /// `sha256:…`.
        digest: String,
    },
    /// Nothing, on purpose.
    Waived,
}

/// Told by the worker before any [`Told`]: what a first verdict waits for is read, and compiled, by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ToldFirst {
    /// Verified. Bytes 0 are the document, as JSON.
    Answered {
        /// Generation.
        run: u64,
        /// With the chain of custody.
        whole: bool,
    },
}

/// Told by the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Told {
    /// What an input is.
    Inspected {
        /// Number of the input.
        input: InputId,
        /// What it is.
        recognised: Recognised,
        /// Digests of the artifact that its bundles speak of; empty when it holds none.
        digests_needed: Vec<String>,
    },
    /// An input could not be read: it changed or went away since it was given.
    Unreadable {
        /// Number of the input.
        input: InputId,
    },
    /// How far hashing is.
    Progress {
        /// Number of the input.
        input: InputId,
        /// Bytes read.
        read: u64,
        /// Bytes a second, since the start.
        rate: u64,
    },
    /// Hashed to the end.
    Hashed {
        /// Number of the input.
        input: InputId,
        /// (algorithm, lower-case hex).
        digests: Vec<(String, String)>,
    },
    /// The answer to a request, read. Bytes 0 are the evidence, unless all of it is elsewhere.
    Read {
        /// Number of the request in the ledger.
        request_number: usize,
        /// Addresses of what is elsewhere.
        elsewhere: Vec<String>,
    },
    /// The answer to a request is none.
    NotRead {
        /// Number of the request in the ledger.
        request_number: usize,
        /// Why.
        problem: AnswerProblem,
    },
    /// A page to save: bytes 0 are its HTML. For `recheck`: bytes 0 are the printed part, bytes 1 the title.
    Saved,
    /// Bytes 0 are a line of a history that does not follow any other yet.
    Line,
    /// Bytes 0 are the last line as it was asked with, bytes 1 the one that follows it, bytes 2 the closing line.
    Chained,
    /// Bytes 0 are the lines of a history that is whole, with their closing line; empty where one to import is not whole.
    HistoryRead {
        /// As asked.
        own: bool,
        /// How many answers it holds.
        lines: usize,
        /// What is wrong with it, in words; empty when it is whole.
        problems: Vec<String>,
    },
    /// The evidence of a saved page cannot be asked again.
    NotSaved {
        /// Why.
        message: String,
    },
    /// The question could not be put.
    Unaskable {
        /// Generation.
        run: u64,
        /// Which part of it.
        part: String,
        /// What is wrong with it and what to do.
        message: String,
    },
    /// The material could not be read any more.
    Gone {
        /// Generation.
        run: u64,
    },
    /// About many artifacts.
    Pile(super::pile::PileTold),
}

/// Those [`FetchProblem`]s that reading an answer finds, in the form that crosses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerProblem {
    kind: AnswerProblemKind,
    expected: String,
    found: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum AnswerProblemKind {
    Bad,
    Other,
    None,
    TooLarge,
}

impl From<FetchProblem> for AnswerProblem {
    fn from(problem: FetchProblem) -> Self {
        let (kind, expected, found) = match problem {
            FetchProblem::NotWhatWasAsked { expected, found } => (AnswerProblemKind::Other, expected, found),
            FetchProblem::NoAttestations => (AnswerProblemKind::None, String::new(), String::new()),
            FetchProblem::TooLarge { .. } => (AnswerProblemKind::TooLarge, String::new(), String::new()),
            FetchProblem::BadAnswer { found } => (AnswerProblemKind::Bad, String::new(), found),
            _ => (AnswerProblemKind::Bad, String::new(), "it cannot be read".to_owned()),
        };
        Self { kind, expected, found }
    }
}

impl From<AnswerProblem> for FetchProblem {
    fn from(AnswerProblem { kind, expected, found }: AnswerProblem) -> Self {
        match kind {
            AnswerProblemKind::Bad => Self::BadAnswer { found },
            AnswerProblemKind::Other => Self::NotWhatWasAsked { expected, found },
            AnswerProblemKind::None => Self::NoAttestations,
            AnswerProblemKind::TooLarge => Self::TooLarge { cap: MAX_EVIDENCE_BYTES },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_first_and_nothing_else_is() -> Result<(), serde_json::Error> {
        let answer = ToldFirst::Answered { run: 3, whole: true };
        let text = serde_json::to_string(&answer)?;
        assert_eq!(serde_json::from_str::<ToldFirst>(&text)?, answer);
        assert!(serde_json::from_str::<Told>(&text).is_err());
        for other in [Told::Gone { run: 3 }, Told::Saved] {
            assert!(serde_json::from_str::<ToldFirst>(&serde_json::to_string(&other)?).is_err());
        }
        Ok(())
    }
}
