//! How each action changes the state. Pure: no clock, no browser.

mod fetch;

use std::rc::Rc;

use touchstone_acquire::{FetchProblem, Role, default_candidate};
use touchstone_report::command;
use touchstone_report::question::{Name, Question, Signer, Trust};
use touchstone_ui::{Draft, Edit, Match, Who};
use yew::Reducible;

use super::jobs::missing;
use super::{
    Action, Beyond, Fetching, Hashing, Input, Link, Listed, NewInput, Page, Problem, SecondArtifact, Seen, Session,
    Settled, Work,
};
use crate::limits::MAX_INPUTS;
use crate::worker::messages::InputId;

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(action);
        Rc::new(next)
    }
}

impl Session {
    /// What is rarely done is a function of its own each, which a browser compiles only then.
    fn apply(&mut self, action: Action) {
        match action {
            Action::HeldOver(over) => self.held_over = over,
            Action::Saved { run, bare } => self.saved_bare = bare.then_some(run),
            Action::Given(inputs) => {
                // The example is one thing with what is given beside it; what was typed before is not about that.
                self.set_aside = None;
                self.given(inputs);
            }
            Action::ExampleAsked(id) => {
                self.set_aside();
                self.forget();
                self.page = Page::Result;
                self.work = Work::Coming;
                self.example = Some(id);
            }
            // Whoever did something else meanwhile is not called away from it.
            Action::Example { id, inputs, question, stated } if self.awaits(&id) => {
                self.forget();
                self.page = Page::Result;
                self.fill(&question);
                self.digest_text = stated.clone().unwrap_or_default();
                self.stated = stated;
                self.given(inputs);
                self.example = Some(id);
            }
            Action::NoExample(id) if self.awaits(&id) => self.work = Work::Stuck(Problem::NoExample),
            Action::Example { .. } | Action::NoExample(_) => {}
            Action::Opened(link) => {
                self.set_aside = None;
                self.opened(link);
            }
            Action::Remove(id) => self.remove(id),
            Action::Correct(id, role) => self.correct(id, role),
            Action::Choose(id, index) => {
                self.chosen = Some((id, index));
                self.restart(Keep::Nothing);
            }
            Action::Second(answer) => self.second_artifact(answer),
            Action::Edit(edit) => self.edit(edit),
            Action::Ask => {
                self.ask();
                self.restart(Keep::Shown);
            }
            Action::FillSigner => self.fill_signer(),
            Action::LeaveBeyond => self.beyond = Beyond::default(),
            Action::Pin => self.pin(),
            Action::ReadCommand => self.read_command(),
            Action::Shelf(act) => self.on_shelf(act),
            Action::StartAgain => {
                let is_example = self.example.is_some();
                self.forget();
                if is_example {
                    self.take_back();
                }
            }
            Action::Home => {
                if self.example.is_some() && self.set_aside.is_some() {
                    self.forget();
                    self.take_back();
                }
                self.leave_for(Page::Home);
            }
            Action::Many => self.leave_for(Page::Many),
            Action::ShowResult => {
                if self.has_material() {
                    self.page = Page::Result;
                }
            }
            Action::DigestText(_) | Action::UseDigest(_) | Action::AddressText(_) | Action::CommandText(_) => {
                self.typed(action);
            }
            Action::Fetch { .. }
            | Action::FetchProposed { .. }
            | Action::FetchDismissed
            | Action::StopFetching
            | Action::Fetched { .. }
            | Action::AnswerRead { .. }
            | Action::NotFetched { .. } => self.fetching(action),
            Action::Inspected { .. }
            | Action::Unreadable(_)
            | Action::Progress { .. }
            | Action::Hashed { .. }
            | Action::StopHashing
            | Action::ReadAgain => self.reading(action),
            Action::Answered { .. }
            | Action::NotAnswered { .. }
            | Action::Late(_)
            | Action::Crashed(_)
            | Action::Retry => self.verifying(action),
        }
    }

    fn awaits(&self, example: &str) -> bool {
        self.work == Work::Coming && self.example.as_deref() == Some(example)
    }

    fn leave_for(&mut self, page: Page) {
        self.page = page;
        if self.work == Work::Coming {
            self.work = Work::Idle;
            self.example = None;
            self.take_back();
        }
    }

    // What is there, and what the core is asked about it.

    fn given(&mut self, inputs: Vec<NewInput>) {
        self.held_over = false;
        self.example = None;
        let room = MAX_INPUTS.saturating_sub(self.inputs.len());
        self.not_taken = inputs.len().saturating_sub(room);
        self.inputs.extend(inputs.into_iter().take(room).map(|new| Input {
            id: new.id,
            name: new.name,
            size: new.size,
            seen: Seen::Waiting,
            corrected: new.role,
            hashing: Hashing::Rest,
            digests: Vec::new(),
        }));
        // What stands in the fields is what is asked about the new evidence.
        self.ask();
        self.restart(Keep::Nothing);
    }

    #[inline(never)] // See `apply`.
    fn opened(&mut self, mut link: Link) {
        // Back and forward again: what no link carries, and what was typed since, stays.
        if link.print() == self.link().print() {
            self.page = if self.has_material() { Page::Result } else { Page::Home };
            return;
        }
        self.example = None;
        // No link can name a root of the person's own. Where it names none, theirs judges for as long as it is here: the
        // built-in ones never take its place unasked (D-18).
        if (self.asked.trust, link.question.trust) == (Trust::File, Trust::Automatic) && self.draft.root_file.is_some()
        {
            link.question.trust = Trust::File;
        }
        let key_text = std::mem::take(&mut self.draft.key_text);
        self.fill(&link.question);
        // No link can carry a key. The one that was typed stands in its field, and a link goes on from what stands there.
        self.draft.key_text = key_text;
        self.draft.key_text.trim().clone_into(&mut self.asked_key);
        self.asked = link.question;
        self.meant = Signer::Unnamed;
        if names_no_one(&self.asked.signer) {
            self.meant = std::mem::take(&mut self.asked.signer);
        }
        let is_stated = link.digest.is_some();
        self.digest_text = link.digest.unwrap_or_default();
        self.digest_error = None;
        self.stated = None;
        self.listed = Listed::default();
        if is_stated {
            self.state_typed();
        }
        if let Some(source) = &link.source {
            self.address = source.print();
        }
        self.restart(Keep::Nothing);
    }

    #[inline(never)] // See `apply`.
    fn remove(&mut self, id: InputId) {
        self.example = None;
        let had_file = self.file().is_some();
        self.inputs.retain(|input| input.id != id);
        self.state_again(had_file);
        let comes = matches!(self.fetching, Fetching::Running { .. }) || !self.fetching.waiting().is_empty();
        if !comes && !self.inspecting() && self.with_role(Role::Bundle).next().is_none() {
            self.listed = Listed::default();
        }
        if self.second == Some(id) {
            self.second = None;
        }
        if self.chosen.is_some_and(|(chosen, _)| chosen == id) {
            self.chosen = None;
            self.choose_bundle();
        }
        self.roles_changed();
        self.restart(Keep::Nothing);
    }

    #[inline(never)] // See `apply`.
    fn correct(&mut self, id: InputId, role: Role) {
        self.example = None;
        let had_file = self.file().is_some();
        if let Some(input) = self.inputs.iter_mut().find(|input| input.id == id) {
            input.corrected = Some(role);
        }
        self.state_again(had_file);
        if role == Role::Bundle {
            self.chosen = None;
        }
        self.place(id);
        self.restart(Keep::Nothing);
    }

    /// Gives an input that was just recognised, or corrected, its place.
    fn place(&mut self, id: InputId) {
        let role = self.input(id).and_then(Input::role);
        let bundle_left = self.chosen.is_some_and(|(chosen, _)| chosen == id) && role != Some(Role::Bundle);
        if bundle_left {
            self.chosen = None;
            self.choose_bundle();
        }
        if self.second == Some(id) && role != Some(Role::Artifact) {
            self.second = None;
        }
        match role {
            // What is asked about stays: more evidence can only add to it (E-62).
            Some(Role::Bundle) if self.chosen.is_none() => {
                let index = self
                    .input(id)
                    .and_then(Input::recognised)
                    .map_or(0, |recognised| default_candidate(&recognised.bundles));
                self.chosen = Some((id, index));
            }
            Some(Role::Artifact) => self.place_artifact(id),
            // Whoever made the download may have put a root beside it: one judges only where the person says so.
            Some(Role::TrustedRoot) if self.input(id).is_some_and(|input| input.corrected.is_some()) => {
                self.draft.trust = Trust::File;
            }
            Some(Role::Bundle | Role::TrustedRoot | Role::Key | Role::Further | Role::Unusable) | None => {}
        }
        self.roles_changed();
    }

    /// A file takes the place of a digest that was stated, which is compared with it from then on (`Session::digest_problem`). A
    /// second file waits for the person. A bill of materials or an image index beside a file, or beside the digest of one, is about
    /// that.
    fn place_artifact(&mut self, id: InputId) {
        let beside = self.stated.is_some() || self.with_role(Role::Artifact).any(|input| input.id != id);
        let is_one = self.input(id).is_some_and(Input::lists_contents);
        for input in &mut self.inputs {
            if input.lists_contents() && (if input.id == id { beside } else { !is_one }) {
                input.corrected = Some(Role::Further);
            }
        }
        if is_one && beside {
            return;
        }
        self.stated = None;
        let others: Vec<InputId> =
            self.with_role(Role::Artifact).map(|input| input.id).filter(|other| *other != id).collect();
        if others.is_empty() {
            return;
        }
        // One waiting artifact is enough to ask about; the newest one is meant.
        if let Some(waiting) = self.second.replace(id).filter(|waiting| *waiting != id)
            && let Some(input) = self.inputs.iter_mut().find(|input| input.id == waiting)
        {
            // It is not lost: it stays where it can be seen, and its use can be corrected.
            input.corrected = Some(Role::Further);
        }
    }

    #[inline(never)] // See `apply`.
    fn second_artifact(&mut self, answer: SecondArtifact) {
        let Some(id) = self.second.take() else { return };
        match answer {
            SecondArtifact::Further => {
                if let Some(input) = self.inputs.iter_mut().find(|input| input.id == id) {
                    input.corrected = Some(Role::Further);
                }
            }
            SecondArtifact::Ignore => self.inputs.retain(|input| input.id != id),
            SecondArtifact::Replace => {
                self.listed = Listed::default();
                self.inputs.retain(|input| input.id == id || input.role() != Some(Role::Artifact));
            }
            SecondArtifact::StartAgain => {
                self.listed = Listed::default();
                self.digest_text.clear();
                self.digest_error = None;
                self.inputs.retain(|input| input.id == id);
                self.chosen = None;
            }
        }
        self.example = None;
        self.roles_changed();
        self.restart(Keep::Nothing);
    }

    fn choose_bundle(&mut self) {
        let first = self
            .with_role(Role::Bundle)
            .next()
            .and_then(|input| Some((input.id, default_candidate(&input.recognised()?.bundles))));
        self.chosen = first;
    }

    /// The fields become the question.
    fn ask(&mut self) {
        self.asked = self.question();
        self.meant = self.draft.meant();
        self.draft.key_text.trim().clone_into(&mut self.asked_key);
    }

    /// Keeps the fields in step with the files that stand in them.
    fn roles_changed(&mut self) {
        let name = |input: &Input| {
            if input.name.is_empty() { "pasted text".to_owned() } else { input.name.clone() }
        };
        self.draft.key_file = self.with_role(Role::Key).last().map(name);
        self.draft.root_file = self.with_role(Role::TrustedRoot).last().map(name);
        if self.draft.root_file.is_none() && self.draft.trust == Trust::File {
            self.draft.trust = Trust::Automatic;
        }
        self.ask();
    }

    #[inline(never)] // See `apply`.
    fn edit(&mut self, edit: Edit) {
        let removed = match edit {
            Edit::KeyFileRemoved => self.with_role(Role::Key).last().map(|input| input.id),
            Edit::RootFileRemoved => self.with_role(Role::TrustedRoot).last().map(|input| input.id),
            _ => None,
        };
        self.draft = self.draft.after(edit);
        if let Some(id) = removed {
            self.remove(id);
        }
    }

    #[inline(never)] // See `apply`.
    fn fill_signer(&mut self) {
        let Some(signer) = self.shown().and_then(|settled| settled.document.signer.clone()) else {
            return;
        };
        self.draft.who = Who::Named;
        self.draft.identity = signer.identity;
        self.draft.identity_match = Match::Exact;
        self.draft.issuer = signer.issuer.unwrap_or_default();
        self.draft.issuer_match = Match::Exact;
    }

    /// The fields, asking `question`; files stay where they stand, for no question holds them. A key that was typed was meant for
    /// another question: it is not the one that this one expects.
    pub(super) fn fill(&mut self, question: &Question) {
        let draft = std::mem::replace(&mut self.draft, Draft::of(question));
        self.beyond = Beyond::of(question);
        (self.draft.key_file, self.draft.root_file) = (draft.key_file, draft.root_file);
    }

    /// Fills the fields with `question` if it is then asked, all of it; else changes nothing (H-14). Whether it is: a key is
    /// part of no text, so that nobody is named until it is given, and then less is not proven but open.
    pub(super) fn holds(&mut self, question: &Question) -> bool {
        let before = (self.draft.clone(), self.beyond.clone());
        self.fill(question);
        let mut asked = self.question();
        // Where nobody is named, nobody may be implied.
        if !matches!(question.signer, Signer::Certificate { .. } | Signer::Unnamed) {
            asked.signer.clone_from(&question.signer);
        }
        if asked != *question {
            (self.draft, self.beyond) = before;
            return false;
        }
        true
    }

    #[inline(never)] // See `apply`.
    fn pin(&mut self) {
        let Some(settled) = self.shown() else { return };
        match touchstone_report::pin(&settled.document) {
            Ok(question) => {
                self.not_pinned = None;
                // What was asked of the statement, and the root, is kept: pinning asks no less than before.
                let (expect, builders) = (self.asked.expect.clone(), self.asked.builders.clone());
                let kept = Question { expect, builders, trust: self.asked.trust, ..question };
                let kept = Beyond::of(&self.asked).without_key().beside(kept);
                self.fill(&kept);
                // The key that is pinned is the one that was asked with.
                self.draft.key_text.clone_from(&self.asked_key);
            }
            Err(error) => self.not_pinned = Some(error.to_string()),
        }
    }

    #[inline(never)] // See `apply`.
    fn read_command(&mut self) {
        let read = match command::read(&self.command_text) {
            Ok(read) => read,
            Err(error) => {
                self.command_read = Some(Err(error.to_string()));
                return;
            }
        };
        let mut notes = read.notes;
        if !self.holds(&read.question) {
            self.command_read =
                Some(Err("Part of what this command asks cannot be asked here, so nothing was filled in. \
                                          Run the command itself."
                    .to_owned()));
            return;
        }
        if self.artifact().is_none() && is_digest(&read.files.artifact) {
            self.digest_text.clone_from(&read.files.artifact);
            notes
                .push(format!("It names the digest {}. Press “Use this digest” to ask about it.", read.files.artifact));
        }
        self.command_read = Some(Ok(notes));
    }

    fn forget(&mut self) {
        // Its answer would be dropped, and the ledger would say for ever that it runs.
        self.stop_fetching();
        let ledger = std::mem::take(&mut self.ledger);
        let shelf = std::mem::take(&mut self.shelf);
        let set_aside = self.set_aside.take();
        let run = self.run.wrapping_add(1);
        *self = Self { ledger, shelf, set_aside, run, ..Self::default() };
    }

    #[inline(never)] // See `apply`.
    fn typed(&mut self, action: Action) {
        match action {
            Action::DigestText(text) => {
                self.digest_text = text;
                self.digest_error = None;
            }
            Action::UseDigest(text) => self.use_digest(text),
            Action::CommandText(text) => {
                self.command_text = text;
                self.command_read = None;
            }
            Action::AddressText(text) => {
                self.address = text;
                if matches!(self.fetching, Fetching::Failed { .. }) {
                    self.leave_waiting();
                }
            }
            _ => {}
        }
    }

    fn use_digest(&mut self, text: String) {
        self.digest_text = text;
        let before = self.stated.clone();
        if !self.state_typed() {
            return;
        }
        if self.stated != before {
            self.listed = Listed::default();
        }
        self.example = None;
        self.restart(Keep::Nothing);
    }

    /// States the digest that stands in the field, if it is one.
    fn state_typed(&mut self) -> bool {
        let digest = with_algorithm(self.digest_text.trim());
        let is_one = is_digest(&digest);
        self.digest_error = (!is_one)
            .then_some("Not a digest. Type sha256: and 64 hexadecimal digits (sha384: and 96, sha512: and 128).");
        if is_one {
            self.state(digest);
        }
        is_one
    }

    /// The file was taken out: the digest that was compared with it is what is asked about.
    fn state_again(&mut self, had_file: bool) {
        if had_file && self.file().is_none() && is_digest(&with_algorithm(self.digest_text.trim())) {
            self.state_typed();
        }
    }

    /// A digest stands for a file that is not here. Beside one it is compared with that (`Session::digest_problem`), and the
    /// file stays what is asked about.
    fn state(&mut self, digest: String) {
        if self.file().is_some() {
            return;
        }
        for input in self.inputs.iter_mut().filter(|input| input.lists_contents()) {
            input.corrected = Some(Role::Further);
        }
        self.stated = Some(digest);
    }

    /// Something changed: whatever the core was asked before, it is asked anew.
    fn restart(&mut self, keep: Keep) {
        self.run = self.run.wrapping_add(1);
        if !self.has_material() {
            self.work = Work::Idle;
            self.page = Page::Home;
            self.hash_what_is_missing();
            return;
        }
        self.page = Page::Result;
        let shown = match keep {
            Keep::Shown => self.shown().cloned(),
            Keep::Nothing => None,
        };
        self.work = Work::Running { shown };
        self.hash_what_is_missing();
    }

    fn hash_what_is_missing(&mut self) {
        if self.inspecting() {
            return;
        }
        // A small file beside its evidence is handed over whole. One that is alone is read for its digest, by which its
        // evidence can be found.
        let whole = |input: &Input| input.is_small() && self.chosen.is_some();
        let Some((id, algorithms)) = self
            .artifact()
            .filter(|input| input.hashing != Hashing::Stopped)
            .map(|input| (input.id, if whole(input) { Vec::new() } else { missing(self, input) }))
        else {
            return;
        };
        let Some(input) = self.inputs.iter_mut().find(|input| input.id == id) else {
            return;
        };
        let under_way =
            matches!(&input.hashing, Hashing::Running { algorithms: running, .. } if *running == algorithms);
        if algorithms.is_empty() {
            input.hashing = Hashing::Rest;
        } else if !under_way {
            input.hashing = Hashing::Running { algorithms, read: 0, rate: 0 };
        }
    }

    /// Whether there is something that the core can be asked about: evidence, or what may turn out to be some.
    fn has_material(&self) -> bool {
        self.chosen.is_some() || (self.inspecting() && self.page == Page::Result)
    }

    // Fetching.

    // Reading.

    fn reading(&mut self, action: Action) {
        match action {
            Action::Inspected { input: id, recognised, digests_needed } => {
                self.see(id, Seen::Recognised { recognised, digests_needed });
            }
            Action::Unreadable(id) => self.unreadable(id),
            Action::Progress { input: id, read: now, rate: a_second } => {
                if let Some(Hashing::Running { read, rate, .. }) = self.hashing_of(id) {
                    (*read, *rate) = (now, a_second);
                }
            }
            Action::Hashed { input: id, digests } => self.hashed(id, digests),
            Action::StopHashing => self.each_hashing(|hashing| {
                if matches!(hashing, Hashing::Running { .. }) {
                    *hashing = Hashing::Stopped;
                }
            }),
            Action::ReadAgain => {
                self.each_hashing(|hashing| {
                    if *hashing == Hashing::Stopped {
                        *hashing = Hashing::Rest;
                    }
                });
                self.hash_what_is_missing();
            }
            _ => {}
        }
    }

    fn see(&mut self, id: InputId, seen: Seen) {
        let Some(input) = self.inputs.iter_mut().find(|input| input.id == id && input.seen == Seen::Waiting) else {
            return;
        };
        input.seen = seen;
        let example = self.example.take();
        self.place(id);
        self.example = example;
        self.restart(Keep::Nothing);
    }

    fn unreadable(&mut self, id: InputId) {
        let Some(input) = self.inputs.iter_mut().find(|input| input.id == id) else {
            return;
        };
        input.seen = Seen::Unreadable;
        input.hashing = Hashing::Rest;
        if self.chosen.is_some_and(|(chosen, _)| chosen == id) {
            self.chosen = None;
            self.choose_bundle();
        }
        self.restart(Keep::Nothing);
    }

    fn hashing_of(&mut self, id: InputId) -> Option<&mut Hashing> {
        self.inputs.iter_mut().find(|input| input.id == id).map(|input| &mut input.hashing)
    }

    fn each_hashing(&mut self, change: impl Fn(&mut Hashing)) {
        self.inputs.iter_mut().for_each(|input| change(&mut input.hashing));
    }

    fn hashed(&mut self, id: InputId, digests: Vec<(String, String)>) {
        let Some(input) = self.inputs.iter_mut().find(|input| input.id == id) else {
            return;
        };
        if !matches!(input.hashing, Hashing::Running { .. }) {
            return;
        }
        input.hashing = Hashing::Rest;
        for digest in digests {
            if !input.digests.iter().any(|known| known.0 == digest.0) {
                input.digests.push(digest);
            }
        }
        // The same material, now known better: what was found out so far may stay for the moment.
        self.restart(Keep::Shown);
    }

    // Verifying.

    fn verifying(&mut self, action: Action) {
        match action {
            // The whole answer takes the place of the first one, its verdict too.
            Action::Answered { run, document, text, whole } if self.waits_for(run) => {
                self.work = Work::Settled(Settled { document, text, whole });
            }
            // No verdict outlives the program that gave it (H-51), though it be only the chain that did not come.
            Action::NotAnswered { run, problem } if self.waits_for(run) => self.work = Work::Stuck(problem),
            Action::Late(run) if self.waits_for(run) && !self.lacks_custody() => {
                self.work = Work::Running { shown: None }
            }
            Action::Crashed(said) => self.crashed(said),
            Action::Retry if matches!(self.work, Work::Stuck(_)) => self.restart(Keep::Nothing),
            _ => {}
        }
    }

    /// Whether an answer of this generation is wanted: only while the core is at work on it.
    fn waits_for(&self, run: u64) -> bool {
        run == self.run && (matches!(self.work, Work::Running { .. }) || self.lacks_custody())
    }

    /// The worker stopped, perhaps over one of these inputs. No earlier verdict stays (H-21, H-51).
    fn crashed(&mut self, said: String) {
        self.run = self.run.wrapping_add(1);
        for input in &mut self.inputs {
            if input.seen == Seen::Waiting {
                input.seen = Seen::Unreadable;
            }
            if matches!(input.hashing, Hashing::Running { .. }) {
                input.hashing = Hashing::Stopped;
            }
        }
        if let Fetching::Running { number, .. } = self.fetching {
            let problem = FetchProblem::BadAnswer { found: "the checking program stopped while reading it".to_owned() };
            self.not_fetched(number, problem);
        }
        self.work = Work::Stuck(Problem::Crashed(said));
    }
}

/// Whether the last result may stay while the core is asked anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// The material is the same.
    Shown,
    /// It is not.
    Nothing,
}

/// Whether it is an issuer alone, as a link has it.
fn names_no_one(signer: &Signer) -> bool {
    matches!(signer, Signer::Certificate { identity: Name::Exact(name), .. } if name.is_empty())
}

/// A bare hexadecimal digest is taken for the algorithm that its length says.
pub(super) fn with_algorithm(text: &str) -> String {
    let hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let text = text.to_ascii_lowercase();
    match text.len() {
        64 if hex => format!("sha256:{text}"),
        96 if hex => format!("sha384:{text}"),
        128 if hex => format!("sha512:{text}"),
        _ => text,
    }
}

pub(super) fn is_digest(text: &str) -> bool {
    let length = match text.split_once(':') {
        Some(("sha256", hex)) if hex.len() == 64 => hex,
        Some(("sha384", hex)) if hex.len() == 96 => hex,
        Some(("sha512", hex)) if hex.len() == 128 => hex,
        _ => return false,
    };
    length.bytes().all(|byte| byte.is_ascii_hexdigit())
}
