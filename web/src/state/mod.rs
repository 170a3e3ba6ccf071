//! The state of the page: one value, changed by [`Action`]s in one pure function, tested natively. Everything that is
//! seen is a function of it, and so is every piece of work that is to be done ([`jobs`]).

mod action;
mod beyond;
mod command;
mod fetching;
mod input;
mod jobs;
mod link;
mod many;
mod reduce;
mod set_aside;
mod shelf;

use std::rc::Rc;

use touchstone_report::document::Document;
use touchstone_report::question::{Question, Signer};
use touchstone_ui::Draft;

pub use action::{Action, NewInput, SecondArtifact};
pub use beyond::Beyond;
pub use command::{command, command_of};
pub use fetching::{Fetching, LedgerEntry, LedgerState, Listed};
pub use input::{Hashing, Input, Seen};
pub use jobs::{Extent, Job, jobs, verify_ask};
pub(crate) use jobs::{left_out, list_is_full};
pub use link::Link;
pub use many::{Many, ManyAction, Phase, Saving};
use reduce::{is_digest, with_algorithm};
pub use set_aside::SetAside;
pub use shelf::{Shelf, ShelfAct};

use crate::worker::messages::InputId;

/// Everything the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Which page is shown.
    pub page: Page,
    /// What was given, in the order given.
    pub inputs: Vec<Input>,
    /// How many of the files given last were not taken: there was no room for more.
    pub not_taken: usize,
    /// The bundle that is verified: an input and a number in it. Given as soon as there is a bundle.
    pub chosen: Option<(InputId, usize)>,
    /// An artifact beside another one: the person is asked what it is meant for, until then it is not used.
    pub second: Option<InputId>,
    /// What the fields about the signer hold.
    pub draft: Draft,
    /// What is asked beside the fields because they have no place for it: of a link, a command or a kept policy.
    pub beyond: Beyond,
    /// The question that was put: what the fields held when it was.
    pub asked: Question,
    /// Whom the fields meant then, where they named nobody.
    pub meant: Signer,
    /// The key that goes with it, where it was typed or pasted.
    pub asked_key: String,
    /// Text in the field for a digest.
    pub digest_text: String,
    /// What is wrong with that text.
    pub digest_error: Option<&'static str>,
    /// The digest in use instead of a file.
    pub stated: Option<String>,
    /// Text in the field for a command line of this or another tool.
    pub command_text: String,
    /// What came of reading it: what is not carried over, or why it cannot be read.
    pub command_read: Option<Result<Vec<String>, String>>,
    /// Policies that are kept in this browser.
    pub shelf: Shelf,
    /// Why the signer cannot be pinned.
    pub not_pinned: Option<String>,
    /// Text in the field for an address.
    pub address: String,
    /// What is being fetched.
    pub fetching: Fetching,
    /// What the list fetched last keeps elsewhere.
    pub listed: Listed,
    /// Every request made, in order. Nothing is ever removed from it.
    pub ledger: Vec<LedgerEntry>,
    /// The verification.
    pub work: Work,
    /// Generation of the verification: an answer of an older one is dropped.
    pub run: u64,
    /// The example that is shown, while nothing was added to it, or that is to be: its files are on their way, or could not be had.
    pub example: Option<String>,
    /// What was typed before an example took its place: it comes back when that is left.
    pub set_aside: Option<Box<SetAside>>,
    /// Whether files are held over the page.
    pub held_over: bool,
    /// The verification whose result was saved as a page that cannot check itself.
    pub saved_bare: Option<u64>,
}

/// Which page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    #[default]
    Home,
    /// The result.
    Result,
    /// Many artifacts at once.
    Many,
}

/// The verification. A result that belongs to other bytes than those here cannot be represented: whatever changes the
/// material leaves this state.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Work {
    /// There is nothing to verify.
    #[default]
    Idle,
    /// The files of an example are on their way.
    Coming,
    /// Inputs are being recognised, or the core is at work.
    Running {
        /// The last result, for as long as only the question changed and no more than a moment passed: the page then
        /// does not jump.
        shown: Option<Settled>,
    },
    /// Answered.
    Settled(Settled),
    /// Could not check. This is never a verdict.
    Stuck(Problem),
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The document.
    pub document: Rc<Document>,
    /// The same as it came, for saving.
    pub text: Rc<str>,
    /// Whether the chain of custody is in it, if there can be one. The verdict comes first.
    pub whole: bool,
}

impl PartialEq for Settled {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document, &other.document)
    }
}

/// Why nothing could be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The worker stopped or never started; what it said.
    Crashed(String),
    /// It did not answer in time.
    Silent,
    /// A file that was given can no longer be read.
    Gone,
    /// The files of an example could not be had from the page's own server.
    NoExample,
    /// Its answer was none.
    BadAnswer,
    /// The question cannot be put.
    Unaskable {
        /// Which part: `identity`, `issuer`, `extension`, `expectation`, `key`, `trusted-root`, `builders`, `digest`,
        /// `bundle`.
        part: String,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Session {
    /// Whether a verdict stands whose chain of custody is still to come.
    #[must_use]
    pub fn lacks_custody(&self) -> bool {
        matches!(&self.work, Work::Settled(settled) if !settled.whole)
    }

    /// What the fields ask, and what is asked beside them.
    #[must_use]
    pub fn question(&self) -> Question {
        self.beyond.beside(self.draft.question())
    }

    /// The result to show, if there is one: also an earlier one, while the core is at work on the same question.
    #[must_use]
    pub fn shown(&self) -> Option<&Settled> {
        match &self.work {
            Work::Settled(settled) => Some(settled),
            Work::Running { shown } => shown.as_ref(),
            Work::Idle | Work::Coming | Work::Stuck(_) => None,
        }
    }

    /// The input with this number.
    #[must_use]
    pub fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.iter().find(|input| input.id == id)
    }

    /// The artifact in use.
    #[must_use]
    pub fn artifact(&self) -> Option<&Input> {
        self.with_role(touchstone_acquire::Role::Artifact).find(|input| Some(input.id) != self.second)
    }

    /// The artifact, when no evidence came with it yet.
    #[must_use]
    pub fn artifact_alone(&self) -> Option<&Input> {
        self.artifact().filter(|_| self.chosen.is_none() && !self.inspecting())
    }

    /// Inputs that are used as `role`.
    pub fn with_role(&self, role: touchstone_acquire::Role) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(move |input| input.role() == Some(role))
    }

    /// The last thing given that cannot be used.
    #[must_use]
    pub fn unusable(&self) -> Option<&Input> {
        self.inputs.iter().rev().find(|input| {
            matches!(input.seen, Seen::Unreadable) || input.role() == Some(touchstone_acquire::Role::Unusable)
        })
    }

    /// Whether an input is still being recognised.
    #[must_use]
    pub fn inspecting(&self) -> bool {
        self.inputs.iter().any(|input| input.seen == Seen::Waiting)
    }

    /// What is wrong with the text in the field for a digest: also that a file is here, which has another digest or is not
    /// known to have this one. A digest that somebody looked up is never passed over (H-14).
    #[must_use]
    pub fn digest_problem(&self) -> Option<&'static str> {
        self.digest_error.or_else(|| {
            let typed = with_algorithm(self.digest_text.trim());
            let Some(file) = self.file() else {
                let other = self.stated.as_ref().is_some_and(|stated| *stated != typed);
                return (other && is_digest(&typed))
                    .then_some("Another digest is asked about, until you press “Use this digest”.");
            };
            let (algorithm, typed) = typed.split_once(':').filter(|_| is_digest(&typed))?;
            let read = file.digests.iter().find(|(known, _)| known == algorithm).map(|(_, hex)| hex.as_str());
            match read.or_else(|| self.answered_digest(algorithm)) {
                Some(hex) if hex == typed => None,
                Some(_) => Some("The file that you gave has another digest. The file is what is checked."),
                None => {
                    Some("A file is given, and it is what is checked. Take it out to ask about this digest instead.")
                }
            }
        })
    }

    /// The file that no digest takes the place of.
    fn file(&self) -> Option<&Input> {
        self.with_role(touchstone_acquire::Role::Artifact).find(|input| !input.lists_contents())
    }

    /// Digest of the artifact that the answer is about.
    fn answered_digest(&self, algorithm: &str) -> Option<&str> {
        let digests = &self.shown()?.document.artifact.as_ref()?.digests;
        digests.iter().find(|one| one.algorithm == algorithm).map(|one| one.hex.as_str())
    }

    /// The question as a link: what was asked, never what was answered.
    #[must_use]
    pub fn link(&self) -> Link {
        let mut question = self.asked.clone();
        if question.signer == Signer::Unnamed {
            question.signer = self.meant.clone();
        }
        Link {
            question,
            digest: self.stated.clone(),
            source: touchstone_acquire::read_address(&self.address).ok(),
            example: self.example.clone(),
        }
    }

    /// The link to hand on: it also carries the digest of a file that was hashed here, so that the question can be
    /// asked without the file.
    #[must_use]
    pub fn link_to_hand_on(&self) -> Link {
        let mut link = self.link();
        if link.example.is_none() {
            link.digest = link.digest.or_else(|| Some(format!("sha256:{}", self.answered_digest("sha256")?)));
        }
        link
    }
}

#[cfg(test)]
mod tests;
