//! What is being fetched, and the ledger of what was.

use touchstone_acquire::{FetchProblem, Request};

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
    },
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
