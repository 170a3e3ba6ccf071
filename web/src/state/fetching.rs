//! What is being fetched, and the ledger of what was.

use touchstone_acquire::{FetchProblem, Request};

use crate::worker::messages::InputId;

/// What is being fetched. A request is made only from [`Fetching::Running`], and only the person's own act leads there.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Fetching {
    /// Nothing.
    #[default]
    Idle,
    /// One request is under way.
    Running {
        /// Its number in the ledger.
        number: usize,
        /// The request.
        request: Request,
        /// Requests that the person allowed together with it.
        queue: Vec<Request>,
    },
    /// An answer named more requests. They wait for the person.
    Proposed {
        /// The requests.
        requests: Vec<Request>,
    },
    /// It brought nothing.
    Failed {
        /// The request.
        request: Request,
        /// Why.
        problem: FetchProblem,
        /// Requests that the person allowed together with it, and that were not made: they wait again.
        left: Vec<Request>,
    },
}

impl Fetching {
    /// Requests that wait for the person.
    #[must_use]
    pub fn waiting(&self) -> &[Request] {
        match self {
            Self::Proposed { requests } | Self::Failed { left: requests, .. } => requests,
            Self::Idle | Self::Running { .. } => &[],
        }
    }
}

/// What GitHub's list names that is not in it. It stays said while its bundles come, and beside what is given then (G-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Bundles that it keeps elsewhere.
    pub all: usize,
    /// Those of them that are asked for.
    pub asked: usize,
    /// Those of them that are on another host than GitHub's own store, which is not asked (H-20).
    pub foreign: usize,
    /// Those that were asked for, or could have been, and did not come.
    pub missing: usize,
    /// The bundles that are in it.
    pub inside: Option<InputId>,
}

impl Listed {
    /// Those that there is no room for.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.all.saturating_sub(self.asked).saturating_sub(self.foreign)
    }
}

/// One request in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerEntry {
    /// When, in UTC, as `2026-08-22T09:41:07.120Z`.
    pub at: String,
    /// The request.
    pub request: Request,
    /// Where the server sent the browser on to.
    pub redirected_to: Option<String>,
    /// Bytes received.
    pub received: Option<u64>,
    /// How it went.
    pub state: LedgerState,
}

/// How a request went.
#[derive(Clone, Debug, PartialEq)]
pub enum LedgerState {
    /// Under way.
    Running,
    /// Answered with what was asked for.
    Done,
    /// It brought nothing.
    Failed(FetchProblem),
}
