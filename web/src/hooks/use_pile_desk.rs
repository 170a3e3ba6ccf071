//! The desk of "Check many": keeps the files that were given and asks the worker for one slice after the other.

use std::cell::RefCell;
use std::rc::Rc;

use touchstone_browser::file::{self, Given};
use touchstone_browser::worker::{Handle, Heard, Message};
use touchstone_browser::{Blob, clock, kit, page, spawn_local};
use touchstone_report::export::Form;
use touchstone_report::question::Question;
use touchstone_ui::{Draft, Listed};
use yew::prelude::*;

use crate::limits::PILE_FILES;
use crate::state::{Many, ManyAction, Saving};
use crate::worker::messages::{Ask, SavePart, Told};
use crate::worker::pile::{Crossing, PileAsk, PileTold};

/// Id of what is shown while the worker is at work.
pub(crate) const PROGRESS: &str = "many-progress";
/// Address of the page.
pub(crate) const MANY: &str = "#/many";

/// Keeps the files and does the work. Clones are the same desk.
#[derive(Clone)]
pub(crate) struct PileDesk {
    state: Rc<RefCell<State>>,
    dispatch: UseReducerDispatcher<Many>,
    /// Takes a line of the history.
    keep: Callback<Vec<u8>>,
}

#[derive(Default)]
struct State {
    /// A worker of its own, started with the first pile: a trap in one of a thousand bundles must not take away what the
    /// first page shows, and stopping it ends the work at once.
    worker: Option<Handle>,
    files: Vec<Given>,
    key: Option<Given>,
    root: Option<Given>,
    run: u64,
    read: usize,
    answered: usize,
    /// What was asked last: for a page that asks it again.
    asked: Option<Asked>,
}

#[derive(Clone)]
struct Asked {
    question: Question,
    key: Option<Given>,
    root: Option<Given>,
}

impl Asked {
    fn names(&self) -> [Option<String>; 2] {
        [&self.key, &self.root].map(|file| file.as_ref().map(|file| file.name.clone()))
    }

    fn blobs(&self) -> impl Iterator<Item = Blob> {
        [&self.key, &self.root].into_iter().flatten().map(|file| file.blob.clone())
    }
}

/// The desk of `many`; `keep` takes the lines of the history.
#[hook]
pub(crate) fn use_pile_desk(many: &UseReducerHandle<Many>, keep: &Callback<Vec<u8>>) -> PileDesk {
    PileDesk { state: use_mut_ref(State::default), dispatch: many.dispatcher(), keep: keep.clone() }
}

impl PileDesk {
    /// Takes files.
    pub(crate) fn give(&self, given: Vec<Given>) {
        if given.is_empty() {
            return;
        }
        let count = given.len();
        {
            let mut state = self.state.borrow_mut();
            state.run = state.run.wrapping_add(1);
            state.files.extend(given);
        }
        self.dispatch.dispatch(ManyAction::Given(count));
    }

    /// Takes a key file.
    pub(crate) fn give_key(&self, given: Vec<Given>) {
        if let Some(one) = given.into_iter().next() {
            self.dispatch.dispatch(ManyAction::KeyFile(one.name.clone()));
            self.state.borrow_mut().key = Some(one);
        }
    }

    /// Takes a trusted root.
    pub(crate) fn give_root(&self, given: Vec<Given>) {
        if let Some(one) = given.into_iter().next() {
            self.dispatch.dispatch(ManyAction::RootFile(one.name.clone()));
            self.state.borrow_mut().root = Some(one);
        }
    }

    /// Forgets everything that was given.
    pub(crate) fn clear(&self) {
        {
            let mut state = self.state.borrow_mut();
            state.run = state.run.wrapping_add(1);
            state.files.clear();
        }
        self.dispatch.dispatch(ManyAction::Cleared);
    }

    /// Checks everything that was given by this question.
    pub(crate) fn start(&self, draft: &Draft) {
        let (run, asked) = {
            let mut state = self.state.borrow_mut();
            state.run = state.run.wrapping_add(1);
            (state.read, state.answered) = (0, 0);
            let pasted = || Given::from_bytes("pasted key", draft.key_text.as_bytes());
            let key = match (&draft.key_file, draft.key_text.trim()) {
                (Some(_), _) => state.key.clone(),
                (None, "") => None,
                (None, _) => pasted(),
            };
            let root = state.root.clone().filter(|_| draft.root_file.is_some());
            let asked = Asked { question: draft.question(), key, root };
            state.asked = Some(asked.clone());
            (state.run, asked)
        };
        self.dispatch.dispatch(ManyAction::Began);
        let blobs = asked.blobs().collect();
        let [key, trusted_root] = asked.names();
        let ask = PileAsk::Begin { run, question: Box::new(asked.question), key, trusted_root };
        let desk = self.clone();
        spawn_local(async move {
            // A worker that starts when the second part is at hand has it from the beginning, and fetches nothing itself.
            page::second_part().await;
            let asked_still = desk.state.borrow().run == run;
            if asked_still && desk.has_worker() {
                desk.send(ask, blobs);
            }
        });
    }

    /// Stops: ends the worker, in the middle of whatever it does, and with it what it holds.
    pub(crate) fn stop(&self) {
        self.end_worker();
        self.dispatch.dispatch(ManyAction::Stopped("You stopped it.".to_owned()));
    }

    fn end_worker(&self) {
        let mut state = self.state.borrow_mut();
        state.run = state.run.wrapping_add(1);
        state.worker = None;
    }

    /// Asks for the full result of a row.
    pub(crate) fn open(&self, digest: &str) {
        let run = self.state.borrow().run;
        self.send(PileAsk::Open { run, digest: digest.to_owned() }, Vec::new());
    }

    /// Asks for these rows as a file.
    pub(crate) fn export(&self, form: Form, rows: Vec<usize>, shown: String) {
        let run = self.state.borrow().run;
        self.send(PileAsk::Export { run, form, rows, shown }, Vec::new());
    }

    /// Asks for all of it as one page that can answer again.
    pub(crate) fn save_page(&self) {
        let (run, asked, names, files) = {
            let state = self.state.borrow();
            let Some(asked) = state.asked.clone() else { return };
            let names = state.files.iter().map(|file| file.name.clone()).collect();
            let files: Vec<Blob> = state.files.iter().map(|file| file.blob.clone()).collect();
            (state.run, asked, names, files)
        };
        self.dispatch.dispatch(ManyAction::Saving(Saving::Going));
        let desk = self.clone();
        spawn_local(async move {
            let kit = kit::kit().await;
            // Something else was given or asked meanwhile.
            if desk.state.borrow().run != run {
                return;
            }
            if kit.is_none() {
                desk.dispatch.dispatch(ManyAction::Saving(Saving::Bare));
            }
            let mut blobs: Vec<Blob> = asked.blobs().chain(files).collect();
            let digest = kit.as_ref().map(|kit| kit.digest.clone()).unwrap_or_default();
            let part = SavePart { made: clock::now_utc(), digest, script: blobs.len() };
            blobs.extend(kit.into_iter().flat_map(|kit| [kit.script, kit.module]));
            let [key, trusted_root] = asked.names();
            let question = Box::new(asked.question);
            desk.send(PileAsk::Save { run, question, key, trusted_root, names, part }, blobs);
        });
    }

    fn has_worker(&self) -> bool {
        if self.state.borrow().worker.is_some() {
            return true;
        }
        let desk = self.clone();
        match Handle::start(move |heard| desk.heard(heard)) {
            Ok(worker) => {
                self.state.borrow_mut().worker = Some(worker);
                true
            }
            Err(why) => {
                self.dispatch.dispatch(ManyAction::Stopped(why));
                false
            }
        }
    }

    fn heard(&self, heard: Heard) {
        match heard {
            Heard::Crashed(why) => {
                self.end_worker();
                self.dispatch.dispatch(ManyAction::Stopped(format!("The checking program stopped: {why}")));
            }
            Heard::Message(message) => {
                let Ok(Told::Pile(told)) = serde_json::from_str::<Told>(&message.text) else { return };
                // An answer to an earlier pile.
                if told.run() == self.state.borrow().run {
                    self.go_on(told, message.bytes.first().map(Vec::as_slice).unwrap_or_default());
                }
            }
        }
    }

    /// The next slice, or the end.
    fn go_on(&self, told: PileTold, bytes: &[u8]) {
        match told {
            PileTold::Begun { .. } => self.read_on(),
            PileTold::Unaskable { part, message, .. } => {
                self.dispatch.dispatch(ManyAction::Unaskable(part, message));
            }
            PileTold::Taken { files, .. } => {
                let read = {
                    let mut state = self.state.borrow_mut();
                    state.read = state.read.saturating_add(files);
                    state.read
                };
                self.dispatch.dispatch(ManyAction::Read(read));
                self.read_on();
            }
            PileTold::Rows { run, of } => match serde_json::from_slice::<Vec<Crossing>>(bytes) {
                Ok(rows) => {
                    let answered = {
                        let mut state = self.state.borrow_mut();
                        state.answered = state.answered.saturating_add(rows.len());
                        state.answered
                    };
                    // The worker goes on while the page draws.
                    let ask =
                        if answered < of && !rows.is_empty() { PileAsk::Answer { run } } else { PileAsk::Head { run } };
                    self.send(ask, Vec::new());
                    let listed = |(row, places, whereabouts, namespaces, opens): Crossing| Listed {
                        row,
                        places,
                        whereabouts,
                        namespaces,
                        opens,
                    };
                    self.dispatch.dispatch(ManyAction::Rows(of, rows.into_iter().map(listed).collect()));
                }
                Err(_) => self.unreadable(),
            },
            PileTold::Head { run } => match serde_json::from_slice(bytes) {
                Ok(head) => {
                    // What has the focus goes away. Were it there until then, the browser would lay out the answer at once.
                    page::leave(PROGRESS);
                    self.dispatch.dispatch(ManyAction::Finished(Box::new(head)));
                    if super::use_history::is_on() {
                        self.send(PileAsk::Line { run, at: clock::now_utc() }, Vec::new());
                    }
                }
                Err(_) => self.unreadable(),
            },
            PileTold::Opened { .. } => {
                // Without bytes there is nothing to open; the row has already said why.
                if let Ok(document) = serde_json::from_slice(bytes) {
                    self.dispatch.dispatch(ManyAction::Opened(Some(Rc::new(document))));
                    page::scroll_to_top();
                }
            }
            PileTold::Line { .. } => self.keep.emit(bytes.to_vec()),
            PileTold::Saved { .. } => {
                file::save("touchstone-report.html", "text/html", bytes);
                self.dispatch.dispatch(ManyAction::Saved);
            }
            PileTold::NotSaved { message, .. } => {
                self.dispatch.dispatch(ManyAction::Saving(Saving::Failed(message)));
            }
            PileTold::Exported { form, .. } => {
                if let Some((_, _, name, media_type)) = Form::ALL.iter().find(|(one, ..)| *one == form) {
                    file::save(name, media_type, bytes);
                }
            }
        }
    }

    fn read_on(&self) {
        let (ask, blobs) = {
            let state = self.state.borrow();
            let run = state.run;
            let next: Vec<&Given> = state.files.iter().skip(state.read).take(PILE_FILES).collect();
            if next.is_empty() {
                (PileAsk::Answer { run }, Vec::new())
            } else {
                let names = next.iter().map(|file| file.name.clone()).collect();
                (PileAsk::Take { run, names }, next.iter().map(|file| file.blob.clone()).collect())
            }
        };
        self.send(ask, blobs);
    }

    fn unreadable(&self) {
        self.dispatch
            .dispatch(ManyAction::Stopped("The checking program gave an answer that cannot be read.".to_owned()));
    }

    fn send(&self, ask: PileAsk, blobs: Vec<Blob>) {
        let state = self.state.borrow();
        let Some(worker) = &state.worker else { return };
        // Plain data with string keys always serialises.
        let text = serde_json::to_string(&Ask::Pile(ask)).unwrap_or_default();
        worker.send(&Message { text, blobs, bytes: Vec::new() });
    }
}
