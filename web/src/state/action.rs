//! Everything that can happen.

use std::rc::Rc;

use touchstone_acquire::{FetchProblem, Recognised, Request, Role};
use touchstone_report::document::Document;
use touchstone_report::question::Question;
use touchstone_ui::Edit;

use super::{Link, Problem, ShelfAct};
use crate::worker::messages::InputId;

/// A thing that was given, under the number that its bytes are kept under.
#[derive(Clone, Debug, PartialEq)]
pub struct NewInput {
    /// Number.
    pub id: InputId,
    /// File name; empty for pasted text.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What the person gave it as, where they said so (a chooser for a key).
    pub role: Option<Role>,
}

/// What a second artifact is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondArtifact {
    /// Check it with the evidence that is here.
    Replace,
    /// Forget everything else.
    StartAgain,
    /// It says something about the first one.
    Further,
    /// Forget it.
    Ignore,
}

/// Everything that can happen: an act of the person, or news from the worker or a server.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The result of a verification is saved as a page.
    Saved {
        /// Its generation.
        run: u64,
        /// Whether the page is without its program.
        bare: bool,
    },
    /// Files are held over the page, or no longer.
    HeldOver(bool),
    /// Things were given.
    Given(Vec<NewInput>),
    /// An example was chosen, or a link to one opened: its name. Its files are on their way.
    ExampleAsked(String),
    /// The files of an example are here.
    Example {
        /// Its name.
        id: String,
        /// Its inputs.
        inputs: Vec<NewInput>,
        /// Its question.
        question: Question,
        /// A digest that stands for its artifact.
        stated: Option<String>,
    },
    /// The files of the example with this name could not be had.
    NoExample(String),
    /// The page "Check many".
    Many,
    /// A link was opened: it fills the fields and asks for nothing.
    Opened(Link),
    /// Forget an input.
    Remove(InputId),
    /// An input is for something else than was recognised.
    Correct(InputId, Role),
    /// Another bundle of several.
    Choose(InputId, usize),
    /// What a second artifact is meant for.
    Second(SecondArtifact),
    /// A field about the signer changed.
    Edit(Edit),
    /// The fields about the signer are to be asked.
    Ask,
    /// Fill the fields with the signer of the result; asks nothing yet.
    FillSigner,
    /// Fill the fields with what was seen, so that the next release passes as well; asks nothing yet.
    Pin,
    /// Leave out what is asked beside the fields; asks nothing yet.
    LeaveBeyond,
    /// About the policies that are kept.
    Shelf(ShelfAct),
    /// Text in the field for a command line.
    CommandText(String),
    /// Fill the fields with what the command line asks; asks nothing yet.
    ReadCommand,
    /// Text in the field for a digest.
    DigestText(String),
    /// Use the digest instead of a file.
    UseDigest(String),
    /// Text in the field for an address.
    AddressText(String),
    /// Fetch from the address.
    Fetch {
        /// The moment now.
        at: String,
    },
    /// Fetch what an answer proposed.
    FetchProposed {
        /// The moment now.
        at: String,
    },
    /// Drop what an answer proposed, or the word about a failure.
    FetchDismissed,
    /// Stop the request that runs.
    StopFetching,
    /// A body came and is being read.
    Fetched {
        /// Number in the ledger.
        number: usize,
        /// Bytes.
        received: u64,
        /// Where the server sent the browser on to.
        redirected_to: Option<String>,
    },
    /// A body was read.
    AnswerRead {
        /// Number in the ledger.
        number: usize,
        /// The evidence in it.
        input: Option<NewInput>,
        /// Requests that it names.
        elsewhere: Vec<Request>,
        /// Addresses that the answer named for them; more than are asked for, where there is no room for all.
        listed: usize,
        /// How many of these are on a host that is not asked.
        foreign: usize,
        /// The moment now.
        at: String,
    },
    /// A request brought nothing.
    NotFetched {
        /// Number in the ledger.
        number: usize,
        /// Why.
        problem: FetchProblem,
    },
    /// An input was recognised.
    Inspected {
        /// Its number.
        input: InputId,
        /// As what.
        recognised: Recognised,
        /// Digests of the artifact that its bundles speak of.
        digests_needed: Vec<String>,
    },
    /// An input cannot be read.
    Unreadable(InputId),
    /// How far reading is.
    Progress {
        /// Number of the input.
        input: InputId,
        /// Bytes read.
        read: u64,
        /// Bytes a second.
        rate: u64,
    },
    /// Read to the end.
    Hashed {
        /// Number of the input.
        input: InputId,
        /// (algorithm, hex).
        digests: Vec<(String, String)>,
    },
    /// Stop reading; keeps every other result.
    StopHashing,
    /// Read again what was stopped.
    ReadAgain,
    /// The core answered.
    Answered {
        /// Generation.
        run: u64,
        /// The document.
        document: Rc<Document>,
        /// The same as text.
        text: Rc<str>,
        /// Whether the chain of custody is in it.
        whole: bool,
    },
    /// The core was not asked, or did not answer.
    NotAnswered {
        /// Generation.
        run: u64,
        /// Why.
        problem: Problem,
    },
    /// A moment passed since this generation began: what is shown is no longer kept for it.
    Late(u64),
    /// The worker stopped.
    Crashed(String),
    /// Try again after a failure of ours.
    Retry,
    /// To the first page. Forgets nothing.
    Home,
    /// Back to the result.
    ShowResult,
    /// Forget everything that was given and asked; the ledger stays.
    StartAgain,
}
