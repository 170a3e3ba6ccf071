//! What is fetched: asked for, answered, failed, left.

use touchstone_acquire::{FetchProblem, Purpose, Request, read_address, requests_for};

use super::super::{Action, Fetching, LedgerEntry, LedgerState, Listed, NewInput, Session};
use super::Keep;

impl Session {
    #[inline(never)] // See `apply`.
    pub(super) fn fetching(&mut self, action: Action) {
        match action {
            Action::Fetch { at } => {
                let Ok(address) = read_address(&self.address) else {
                    return;
                };
                self.request(at, vec![requests_for(&address)]);
            }
            Action::FetchProposed { at } => {
                let requests = self.fetching.waiting().to_vec();
                self.request(at, requests);
            }
            Action::FetchDismissed if !matches!(self.fetching, Fetching::Running { .. }) => {
                self.leave_waiting();
                self.fall_back();
            }
            Action::StopFetching => self.stop_fetching(),
            Action::Fetched { number, received, redirected_to } => {
                if let Some(entry) = self.ledger.get_mut(number) {
                    entry.received = Some(received);
                    entry.redirected_to = redirected_to;
                }
            }
            Action::AnswerRead { number, input, elsewhere, listed, foreign, at } => {
                let inside = input.as_ref().map(|input| input.id);
                let listed = Listed { all: listed, asked: elsewhere.len(), foreign, inside, missing: 0 };
                self.answer_read(number, input, elsewhere, listed, at);
            }
            Action::NotFetched { number, problem } => self.not_fetched(number, problem),
            _ => {}
        }
    }

    fn request(&mut self, at: String, mut requests: Vec<Request>) {
        if matches!(self.fetching, Fetching::Running { .. }) || requests.is_empty() {
            return;
        }
        let request = requests.remove(0);
        let number = self.ledger.len();
        self.ledger.push(LedgerEntry {
            at,
            request: request.clone(),
            redirected_to: None,
            received: None,
            state: LedgerState::Running,
        });
        self.fetching = Fetching::Running { number, request, queue: requests };
    }

    pub(super) fn stop_fetching(&mut self) {
        if let Fetching::Running { number, request, queue } = std::mem::take(&mut self.fetching) {
            self.end(number, LedgerState::Failed(FetchProblem::Cancelled));
            if is_of_list(&request) {
                self.missed(queue.len().saturating_add(1));
            }
            self.fall_back();
        }
    }

    fn answer_read(
        &mut self,
        number: usize,
        input: Option<NewInput>,
        elsewhere: Vec<Request>,
        listed: Listed,
        at: String,
    ) {
        let Some((request, queue)) = self.finish(number, LedgerState::Done) else {
            return;
        };
        if let Purpose::GitHubList { sha256, .. } = &request.purpose
            && self.artifact().is_none()
        {
            self.asked_about(format!("sha256:{sha256}"));
        }
        // The bundles of a list are given one by one.
        let mut before = std::mem::take(&mut self.not_taken);
        if !is_of_list(&request) {
            self.listed = listed;
            before = 0;
        }
        if let Some(input) = input {
            self.given(vec![input]);
        }
        self.not_taken = self.not_taken.saturating_add(before);
        if !queue.is_empty() {
            self.request(at, queue);
        } else if !elsewhere.is_empty() {
            self.fetching = Fetching::Proposed { requests: elsewhere };
        }
    }

    /// The person typed this digest into an address: it is what they ask about. What was chosen for another one is not about it.
    fn asked_about(&mut self, digest: String) {
        if self.stated.as_ref() == Some(&digest) {
            return;
        }
        if self.stated.is_some() {
            self.chosen = None;
        }
        self.digest_text.clone_from(&digest);
        self.digest_error = None;
        self.stated = Some(digest);
        self.restart(Keep::Nothing);
    }

    pub(super) fn not_fetched(&mut self, number: usize, problem: FetchProblem) {
        if let Some((request, mut left)) = self.finish(number, LedgerState::Failed(problem.clone())) {
            if is_of_list(&request) {
                // What is not there will not be there the next time either.
                if problem.may_pass() { left.push(request.clone()) } else { self.missed(1) }
            }
            self.fetching = Fetching::Failed { request, problem, left };
            self.fall_back();
        }
    }

    /// What waits for the person is not asked for.
    pub(super) fn leave_waiting(&mut self) {
        self.missed(self.fetching.waiting().len());
        self.fetching = Fetching::Idle;
    }

    /// So many bundles of a list are not here, and are not on their way.
    const fn missed(&mut self, count: usize) {
        self.listed.missing = self.listed.missing.saturating_add(count);
    }

    /// Nothing came for the digest of an address: what is here is asked about it, which says at least what that is.
    fn fall_back(&mut self) {
        if self.chosen.is_some() {
            return;
        }
        self.choose_bundle();
        if self.chosen.is_some() {
            self.restart(Keep::Nothing);
        }
    }

    /// Ends the request that runs, if it is this one: an answer to one that was stopped is dropped here.
    fn finish(&mut self, number: usize, state: LedgerState) -> Option<(Request, Vec<Request>)> {
        match &mut self.fetching {
            Fetching::Running { number: running, request, queue } if *running == number => {
                let ended = (request.clone(), std::mem::take(queue));
                self.fetching = Fetching::Idle;
                self.end(number, state);
                Some(ended)
            }
            _ => None,
        }
    }

    fn end(&mut self, number: usize, state: LedgerState) {
        if let Some(entry) = self.ledger.get_mut(number) {
            entry.state = state;
        }
    }
}

/// Whether this asks for one of the bundles that GitHub's list keeps elsewhere.
const fn is_of_list(request: &Request) -> bool {
    matches!(request.purpose, Purpose::GitHubBundle { .. })
}
