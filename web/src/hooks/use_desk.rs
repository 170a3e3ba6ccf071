//! The desk: does the jobs that the state asks for, with the worker and the network, and reports what came of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use serde::Serialize;
use touchstone_acquire::{FetchProblem, Request, Role, bundle_requests};
use touchstone_browser::clock::{self, Delay};
use touchstone_browser::fetch::{self, Stop};
use touchstone_browser::file::{self, Given};
use touchstone_browser::worker::{Handle, Heard, Message};
use touchstone_browser::{Blob, kit, page, spawn_local};
use yew::prelude::*;

use super::use_history::{self, History};
use crate::examples::Begun;
use crate::limits::{OVERWRITTEN_MILLIS, PATIENCE_MILLIS, STALE_MILLIS};
use crate::state::{Action, Extent, Fetching, Job, NewInput, Problem, Session, jobs, verify_ask};
use crate::worker::messages::{Ask, InputId, SavePart, Told, ToldFirst, Verify};

/// Keeps the bytes that were given and does the work. Clones are the same desk.
#[derive(Clone)]
pub(crate) struct Desk {
    state: Rc<RefCell<State>>,
    dispatch: UseReducerDispatcher<Session>,
    history: UseStateSetter<History>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

#[derive(Default)]
struct State {
    next: InputId,
    blobs: BTreeMap<InputId, Blob>,
    worker: Option<Handle>,
    doing: Vec<Job>,
    request: Option<(usize, Request, Stop)>,
    timers: Vec<Delay>,
    /// Lines of the history that wait for their place in it: one is asked for at a time.
    lines: VecDeque<Blob>,
    /// Lines that this window kept a moment ago: as written, what each was made from, and when. Another window that wrote
    /// in the same moment may have written over one.
    kept: Vec<(String, Blob, f64)>,
    /// Whether the history that is kept here was found whole since this page was opened.
    is_whole: bool,
}

/// The desk of `session`. Starts the worker with the page, so that it is warm when something is given.
#[hook]
pub(crate) fn use_desk(
    session: &UseReducerHandle<Session>,
    history: &UseStateHandle<History>,
    begun: Option<&Begun>,
) -> Desk {
    let state = use_mut_ref(|| {
        let blobs = begun.map(|begun| begun.blobs.clone()).unwrap_or_default();
        let next = blobs.keys().next_back().map_or(0, |last| last.wrapping_add(1));
        // What was asked already, is.
        let doing = begun.map(|begun| jobs(&begun.session)).unwrap_or_default();
        State { next, blobs, doing, ..State::default() }
    });
    let desk = Desk { state, dispatch: session.dispatcher(), history: history.setter() };
    {
        let (desk, asked) = (desk.clone(), begun.map(|begun| begun.session.run));
        use_effect_with((), move |()| {
            desk.start_worker();
            if let Some(run) = asked {
                desk.watch(run, Job::Verify { run });
            }
        });
    }
    {
        let desk = desk.clone();
        use_effect_with((), move |()| {
            let listener = use_history::changed_elsewhere(move || desk.history_changed());
            move || drop(listener)
        });
    }
    {
        let (desk, now) = (desk.clone(), (**session).clone());
        use_effect_with(now, move |session| desk.attend(session));
    }
    desk
}

impl Desk {
    /// Takes things that were given.
    pub(crate) fn give(&self, given: Vec<Given>, role: Option<Role>) {
        if !given.is_empty() {
            let inputs = self.keep(given, role);
            self.dispatch.dispatch(Action::Given(inputs));
        }
    }

    /// Keeps the bytes of things that were given.
    pub(crate) fn keep(&self, given: Vec<Given>, role: Option<Role>) -> Vec<NewInput> {
        let mut state = self.state.borrow_mut();
        given
            .into_iter()
            .map(|one| {
                let id = state.next;
                state.next = id.wrapping_add(1);
                state.blobs.insert(id, one.blob);
                NewInput { id, name: one.name, size: one.size, role }
            })
            .collect()
    }

    fn start_worker(&self) {
        let desk = self.clone();
        match Handle::start(move |heard| desk.heard(heard)) {
            Ok(worker) => self.state.borrow_mut().worker = Some(worker),
            Err(why) => self.dispatch.dispatch(Action::Crashed(why)),
        }
    }

    /// Starts the jobs that are new and stops those that are no longer asked for.
    fn attend(&self, session: &Session) {
        let wanted = jobs(session);
        self.forget_bytes(session);
        let new: Vec<Job> = {
            let mut state = self.state.borrow_mut();
            let hashes = |jobs: &[Job]| jobs.iter().any(|job| matches!(job, Job::Hash { .. }));
            if hashes(&state.doing) && !hashes(&wanted) {
                state.send(&Ask::StopHashing, Vec::new());
            }
            state.stop_request(&wanted);
            let new = wanted.iter().filter(|job| !state.doing.contains(job)).cloned().collect();
            state.doing = wanted;
            new
        };
        // The last one never listened, or the browser refused it: the person tries again.
        if !new.is_empty() && self.state.borrow().worker.is_none() {
            self.start_worker();
        }
        for job in new {
            self.begin(&job, session);
        }
    }

    fn forget_bytes(&self, session: &Session) {
        // What was given a moment ago may not have reached the state: numbers only grow, so it is newer than all there.
        let newest = session.inputs.iter().map(|input| input.id).max();
        self.state
            .borrow_mut()
            .blobs
            .retain(|id, _| session.input(*id).is_some() || newest.is_none_or(|newest| *id > newest));
    }

    fn begin(&self, job: &Job, session: &Session) {
        match job {
            Job::Inspect(input) => {
                let name = session.input(*input).map(|input| input.name.clone()).unwrap_or_default();
                self.ask(&Ask::Inspect { input: *input, name }, &[*input]);
            }
            Job::Hash { input, algorithms } => {
                self.ask(&Ask::Hash { input: *input, algorithms: algorithms.clone() }, &[*input]);
            }
            Job::Verify { run } => {
                let (ask, inputs) = first_ask(session);
                self.ask(&Ask::Verify(ask.into()), &inputs);
                self.watch(*run, job.clone());
            }
            Job::Custody { run } => {
                let (ask, inputs) = verify_ask(session, Extent::Whole);
                let (desk, run, job) = (self.clone(), *run, job.clone());
                spawn_local(async move {
                    // What reads the answer is in the second part of the program. Without it, it is fetched on the spot.
                    page::second_part().await;
                    desk.ask(&Ask::Verify(ask.into()), &inputs);
                    desk.watch(run, job);
                });
            }
            Job::Fetch { number } => {
                if let Fetching::Running { request, .. } = &session.fetching {
                    self.fetch(*number, request.clone());
                }
            }
        }
    }

    fn ask(&self, ask: &Ask, inputs: &[InputId]) {
        let state = self.state.borrow();
        let blobs = inputs.iter().filter_map(|id| state.blobs.get(id).cloned()).collect();
        state.send(ask, blobs);
    }

    /// An answer that does not come counts as none (H-51).
    fn watch(&self, run: u64, job: Job) {
        let (late, silent) = (self.dispatch.clone(), self.dispatch.clone());
        let desk = self.clone();
        self.state.borrow_mut().timers = vec![
            Delay::new(STALE_MILLIS, move || late.dispatch(Action::Late(run))),
            Delay::new(PATIENCE_MILLIS, move || {
                silent.dispatch(Action::NotAnswered { run, problem: Problem::Silent });
                desk.state.borrow_mut().doing.retain(|doing| *doing != job);
            }),
        ];
    }

    fn fetch(&self, number: usize, request: Request) {
        let dispatch = self.dispatch.clone();
        let Some(stop) = Stop::new() else {
            dispatch.dispatch(Action::NotFetched { number, problem: FetchProblem::BlockedByBrowser });
            return;
        };
        self.state.borrow_mut().request = Some((number, request.clone(), stop.clone()));
        let desk = self.clone();
        spawn_local(async move {
            match fetch::fetch(&request, &stop).await {
                Ok(fetched) => {
                    let received = u64::try_from(fetched.body.len()).unwrap_or(u64::MAX);
                    let redirected_to = fetched.redirected_to;
                    dispatch.dispatch(Action::Fetched { number, received, redirected_to });
                    let body = Given::from_bytes("", &fetched.body).map(|given| given.blob);
                    let ask = Ask::Read { request_number: number, asked: request.asked() };
                    desk.state.borrow().send(&ask, body.into_iter().collect());
                }
                Err(problem) => dispatch.dispatch(Action::NotFetched { number, problem }),
            }
        });
    }

    fn heard(&self, heard: Heard) {
        match heard {
            Heard::Crashed(why) => {
                self.dispatch.dispatch(Action::Crashed(why));
                // A new one, in case the person tries again. The state asks for the jobs anew.
                let fresh = {
                    let mut state = self.state.borrow_mut();
                    state.doing.clear();
                    state.lines.clear();
                    state.worker.take().is_some_and(|old| old.was_listening())
                };
                // One that never listened would not do so the next time either, and each try would fail at once.
                if fresh {
                    self.start_worker();
                }
            }
            Heard::Message(message) => {
                if let Some(action) = self.action(message) {
                    self.dispatch.dispatch(action);
                }
            }
        }
    }

    /// `None` when it is no news for the state.
    fn action(&self, message: Message) -> Option<Action> {
        // What a first verdict waits for is read, and compiled, before the rest.
        match serde_json::from_str(&message.text) {
            Ok(ToldFirst::Answered { run, whole }) => Some(answered(run, whole, message)),
            Err(_) => self.action_of(serde_json::from_str(&message.text).ok()?, message),
        }
    }

    #[inline(never)] // Not on the way to a first verdict.
    fn action_of(&self, told: Told, message: Message) -> Option<Action> {
        Some(match told {
            Told::Saved => {
                let page = message.bytes.first()?;
                file::save("touchstone-report.html", "text/html", page);
                return None;
            }
            Told::NotSaved { message } => {
                // A line that waited is not kept then.
                let waited = !core::mem::take(&mut self.state.borrow_mut().lines).is_empty();
                let said = vec![message];
                self.history.set(if waited { use_history::refuse(said) } else { use_history::look(said) });
                return None;
            }
            Told::Line => {
                self.keep_line(message.bytes.first()?);
                return None;
            }
            Told::Chained => {
                let text = |place: usize| message.bytes.get(place).and_then(|bytes| core::str::from_utf8(bytes).ok());
                // Another window may have kept an answer meanwhile: then it is asked for once more.
                let Some(history) = use_history::append(text(0)?, text(1)?, text(2)?) else {
                    self.look_over();
                    return None;
                };
                {
                    let mut state = self.state.borrow_mut();
                    // Where the browser had no room for it, it was told, and is not tried again.
                    let written = text(1)?;
                    if let Some(line) = state.lines.pop_front().filter(|_| use_history::has(written)) {
                        state.kept.push((written.to_owned(), line, clock::now()));
                    }
                }
                self.history.set(history);
                self.chain();
                return None;
            }
            Told::HistoryRead { own, lines, problems } => {
                let text = core::str::from_utf8(message.bytes.first()?).ok()?;
                let whole = problems.is_empty();
                if own {
                    // Another window may have written meanwhile: what counts is what is kept now.
                    if text != use_history::text() {
                        self.look_over();
                        return None;
                    }
                    self.looked_over(problems);
                    return None;
                }
                let history = if whole { use_history::import(text, lines) } else { use_history::look(problems) };
                self.history.set(history);
                return None;
            }
            Told::Inspected { input, recognised, digests_needed } => {
                Action::Inspected { input, recognised, digests_needed }
            }
            Told::Unreadable { input } => Action::Unreadable(input),
            Told::Progress { input, read, rate } => Action::Progress { input, read, rate },
            Told::Hashed { input, digests } => Action::Hashed { input, digests },
            Told::Read { request_number, elsewhere } => {
                let evidence = message.bytes.into_iter().next();
                let input = evidence.and_then(|bytes| self.keep_answer(request_number, &bytes));
                read(request_number, input, &elsewhere)
            }
            Told::NotRead { request_number, problem } => {
                Action::NotFetched { number: request_number, problem: problem.into() }
            }
            Told::Unaskable { run, part, message } => {
                Action::NotAnswered { run, problem: Problem::Unaskable { part, message } }
            }
            Told::Gone { run } => Action::NotAnswered { run, problem: Problem::Gone },
            // Many artifacts have a desk and a worker of their own.
            Told::Pile(_) => return None,
        })
    }

    /// Another window changed the history: what it wrote over is put behind it.
    fn history_changed(&self) {
        self.state.borrow_mut().is_whole = false;
        self.history.set(use_history::look(Vec::new()));
        let is_first = {
            let mut state = self.state.borrow_mut();
            let is_idle = state.lines.is_empty();
            let now = clock::now();
            // Later than that, or where nothing is left, somebody forgot it, or took another history over.
            let may_be_lost = use_history::is_on() && use_history::is_any();
            for (line, made_from, at) in core::mem::take(&mut state.kept) {
                if !may_be_lost || now - at > OVERWRITTEN_MILLIS {
                    continue;
                }
                if use_history::has(&line) {
                    state.kept.push((line, made_from, at));
                } else {
                    state.lines.push_back(made_from);
                }
            }
            is_idle && !state.lines.is_empty()
        };
        if is_first {
            self.look_over();
        }
    }

    /// Forgets the history, and what of it might be put back.
    pub(crate) fn forget_history(&self) {
        let mut state = self.state.borrow_mut();
        state.kept.clear();
        state.lines.clear();
        state.is_whole = false;
        self.history.set(use_history::forget());
    }

    /// Puts the line of an answer behind the history.
    pub(crate) fn keep_line(&self, line: &[u8]) {
        let Some(line) = file::blob_of(line, "application/json") else { return };
        if self.state.borrow().worker.is_none() {
            self.start_worker();
        }
        // A line that nobody chains would stand before all that follow.
        if self.state.borrow().worker.is_none() {
            return;
        }
        let is_first = {
            let mut state = self.state.borrow_mut();
            state.lines.push_back(line);
            state.lines.len() == 1
        };
        if is_first {
            self.look_over();
        }
    }

    /// Before a first answer is put behind it, all of the history is read: of a change in its middle the last line knows nothing.
    fn look_over(&self) {
        if self.state.borrow().is_whole || !use_history::is_any() {
            return self.chain();
        }
        if let Some(text) = file::blob_of(use_history::text().as_bytes(), "") {
            self.state.borrow().send(&Ask::ReadHistory { own: true }, vec![text]);
        }
    }

    fn looked_over(&self, mut problems: Vec<String>) {
        let is_whole = problems.is_empty();
        {
            let mut state = self.state.borrow_mut();
            state.is_whole = is_whole;
            if !is_whole {
                state.lines.clear();
            }
        }
        if is_whole {
            return self.chain();
        }
        problems.push(
            "So this answer was not kept. Export the history, check it with touchstone history check, and forget it."
                .to_owned(),
        );
        self.history.set(use_history::refuse(problems));
    }

    /// Asks for the first line that waits to be made the next one of the history.
    fn chain(&self) {
        let state = self.state.borrow();
        let (last, closing) = use_history::tail();
        let blob = |text: &str| file::blob_of(text.as_bytes(), "");
        if let (Some(line), Some(last), Some(closing)) = (state.lines.front(), blob(&last), blob(&closing)) {
            state.send(&Ask::Chain, vec![line.clone(), last, closing]);
        }
    }

    /// Checks a history, and takes it over where it is whole and goes on from the one that is kept.
    pub(crate) fn import_history(&self, given: Vec<Given>) {
        let blobs: Vec<Blob> = given.into_iter().map(|one| one.blob).collect();
        if !blobs.is_empty() {
            self.state.borrow().send(&Ask::ReadHistory { own: false }, blobs);
        }
    }

    /// Asks for the result as one page, with the program that lets it check itself; without, where that cannot be had: the
    /// page then says so.
    pub(crate) fn save_page(&self, session: &Session) {
        let (mut ask, inputs) = verify_ask(session, Extent::Whole);
        let run = session.run;
        let mut blobs: Vec<Blob> = {
            let state = self.state.borrow();
            inputs.iter().filter_map(|id| state.blobs.get(id).cloned()).collect()
        };
        let desk = self.clone();
        spawn_local(async move {
            let kit = kit::kit().await;
            desk.dispatch.dispatch(Action::Saved { run, bare: kit.is_none() });
            let digest = kit.as_ref().map(|kit| kit.digest.clone()).unwrap_or_default();
            ask.save = Some(SavePart { made: clock::now_utc(), digest, script: blobs.len() });
            blobs.extend(kit.into_iter().flat_map(|kit| [kit.script, kit.module]));
            desk.state.borrow().send(&Ask::Verify(ask.into()), blobs);
        });
    }

    fn keep_answer(&self, number: usize, bytes: &[u8]) -> Option<NewInput> {
        let name = self
            .state
            .borrow()
            .request
            .as_ref()
            .filter(|(running, ..)| *running == number)
            .map(|(_, request, _)| request.file_name())?;
        let given = Given::from_bytes(&name, bytes)?;
        self.keep(vec![given], None).into_iter().next()
    }
}

pub(crate) fn message(ask: &impl Serialize, blobs: Vec<Blob>) -> Message {
    // Plain data with string keys always serialises.
    Message { text: serde_json::to_string(ask).unwrap_or_default(), blobs, bytes: Vec::new() }
}

/// What is asked first of what was given.
pub(crate) fn first_ask(session: &Session) -> (Verify, Vec<InputId>) {
    // A line of the history names all that was given.
    let is_kept = use_history::is_on();
    let (mut ask, inputs) = verify_ask(session, if is_kept { Extent::Whole } else { Extent::First });
    // With the first answer: a verdict that was shown is kept, though the person leaves before the chain comes.
    ask.keep = is_kept.then(clock::now_utc);
    ask.whole = false;
    (ask, inputs)
}

fn read(number: usize, input: Option<NewInput>, elsewhere: &[String]) -> Action {
    let requests = bundle_requests(elsewhere);
    if input.is_none() && requests.is_empty() {
        let problem = FetchProblem::NotWhatWasAsked {
            expected: "Bundles, or their addresses on the store that GitHub uses".to_owned(),
            found: "addresses elsewhere, which this page does not follow".to_owned(),
        };
        return Action::NotFetched { number, problem };
    }
    let foreign = elsewhere.iter().filter(|one| bundle_requests(std::slice::from_ref(one)).is_empty()).count();
    Action::AnswerRead { number, input, elsewhere: requests, listed: elsewhere.len(), foreign, at: clock::now_utc() }
}

fn answered(run: u64, whole: bool, message: Message) -> Action {
    let read = message.bytes.first().and_then(|bytes| {
        let text = std::str::from_utf8(bytes).ok()?;
        Some((serde_json::from_str(text).ok()?, text.into()))
    });
    match read {
        Some((document, text)) => Action::Answered { run, document: Rc::new(document), text, whole },
        None => Action::NotAnswered { run, problem: Problem::BadAnswer },
    }
}

impl State {
    fn send(&self, ask: &Ask, blobs: Vec<Blob>) {
        let Some(worker) = &self.worker else { return };
        worker.send(&message(ask, blobs));
    }

    fn stop_request(&mut self, wanted: &[Job]) {
        let running = self.request.as_ref().map(|(number, ..)| *number);
        if running.is_some_and(|number| !wanted.contains(&Job::Fetch { number }))
            && let Some((_, _, stop)) = self.request.take()
        {
            stop.stop();
        }
    }
}
