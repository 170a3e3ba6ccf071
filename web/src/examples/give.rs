//! Giving an example to the page, as if its files had been dropped.

use std::collections::BTreeMap;
use std::rc::Rc;

use touchstone_acquire::{Candidate, Recognised, Role};
use touchstone_browser::file::{self, Given, ReadError};
use touchstone_browser::worker::{self, Message};
use touchstone_browser::{Blob, spawn_local};
use touchstone_ui as ui;
use yew::{Reducible, UseReducerDispatcher};

use super::{Artifact, EXAMPLES, Example, FIRST_RUN, File, Known};
use crate::hooks::{Desk, first_ask, history_is_on, message};
use crate::state::{Action, NewInput, Session};
use crate::worker::messages::{Ask, AskFirst, InputId};

/// The cards of the first page.
pub(crate) fn cards() -> Vec<ui::Example> {
    EXAMPLES
        .iter()
        .map(|example| ui::Example {
            id: example.id.into(),
            name: example.name.into(),
            about: example.about.into(),
            outcome: example.outcome,
            ends: example.ends.into(),
        })
        .collect()
}

/// Gives the example with this name. Nothing happens where there is none.
pub(crate) fn give(id: &str, desk: &Desk, dispatch: &UseReducerDispatcher<Session>) {
    if let Some(example) = Example::named(id) {
        example.give(desk, dispatch);
    }
}

/// An example that was asked for before anything was drawn.
#[derive(PartialEq)]
pub(crate) struct Begun {
    /// Where its files are given, recognised and to be checked.
    pub(crate) session: Session,
    /// Their bytes.
    pub(crate) blobs: BTreeMap<InputId, Blob>,
}

impl Example {
    /// Gives it, once its files are here.
    pub(crate) fn give(&'static self, desk: &Desk, dispatch: &UseReducerDispatcher<Session>) {
        dispatch.dispatch(Action::ExampleAsked(self.id.to_owned()));
        let (desk, dispatch) = (desk.clone(), dispatch.clone());
        let files = self.files();
        spawn_local(async move {
            let Ok(given) = files.await.and_then(|files| given(&files)) else {
                dispatch.dispatch(Action::NoExample(self.id.to_owned()));
                return;
            };
            for action in self.given(desk.keep(given, None)) {
                dispatch.dispatch(action);
            }
        });
    }

    /// The same for a page that is not drawn yet: asked of the worker that starts with the page, before anything listens to it.
    /// `None` when its files cannot be had.
    pub(crate) fn begun(&'static self) -> impl Future<Output = Option<Begun>> {
        let files = self.files();
        async move {
            let files = files.await.ok()?;
            // By its name, and at once: putting the whole question together takes longer than anything else on this side.
            let goes_into_history = history_is_on();
            if !goes_into_history {
                let bytes = files.iter().map(|(_, bytes)| bytes.clone()).collect();
                let message = message(&AskFirst::Example { id: self.id.to_owned() }, Vec::new());
                worker::ask_ahead(&Message { bytes, ..message });
            }
            let begun = self.begun_with(given(&files).ok()?);
            if goes_into_history {
                let (ask, inputs) = first_ask(&begun.session);
                let blobs = inputs.iter().filter_map(|id| begun.blobs.get(id).cloned()).collect();
                worker::ask_ahead(&message(&Ask::Verify(ask.into()), blobs));
            }
            Some(begun)
        }
    }

    fn begun_with(&self, given: Vec<Given>) -> Begun {
        let (mut inputs, mut blobs) = (Vec::new(), BTreeMap::new());
        for (id, Given { name, size, blob }) in (0..).zip(given) {
            inputs.push(NewInput { id, name, size, role: None });
            blobs.insert(id, blob);
        }
        Begun { session: self.session(inputs), blobs }
    }

    fn session(&self, inputs: Vec<NewInput>) -> Session {
        let mut session = Rc::new(Session::default()).reduce(Action::ExampleAsked(self.id.to_owned()));
        for action in self.given(inputs) {
            session = session.reduce(action);
        }
        Session { run: FIRST_RUN, ..Rc::unwrap_or_clone(session) }
    }

    /// Its files as they are given, with what they are.
    fn given(&self, inputs: Vec<NewInput>) -> Vec<Action> {
        let seen: Vec<Action> = inputs
            .iter()
            .zip([Some(self.bundle), self.artifact.file()].into_iter().flatten())
            .map(|(input, file)| {
                let (recognised, digests_needed) = file.is.look();
                Action::Inspected { input: input.id, recognised, digests_needed }
            })
            .collect();
        let given = Action::Example {
            id: self.id.to_owned(),
            inputs,
            question: self.question(),
            stated: self.stated().map(str::to_owned),
        };
        [given].into_iter().chain(seen).collect()
    }

    fn stated(&self) -> Option<&'static str> {
        match self.artifact {
            Artifact::Stated(digest) => Some(digest),
            Artifact::File(_) | Artifact::Altered(..) => None,
        }
    }

    /// Its files, all asked for at once: the bundle, and the artifact where it is one.
    fn files(&'static self) -> impl Future<Output = Result<Vec<(File, Vec<u8>)>, ReadError>> {
        let of = |file: File| (file, file::of_page(file.own));
        let bundle = of(self.bundle);
        let artifact = match &self.artifact {
            Artifact::File(file) => Some((of(*file), None)),
            Artifact::Altered(file, at) => Some((of(*file), Some(*at))),
            Artifact::Stated(_) => None,
        };
        async move {
            let (file, bytes) = bundle;
            let mut files = vec![(file, bytes.await?)];
            if let Some(((file, bytes), at)) = artifact {
                let bytes = bytes.await?;
                files.push((file, at.map(|at| altered(&bytes, at)).unwrap_or(bytes)));
            }
            Ok(files)
        }
    }
}

impl Known {
    /// What [`crate::worker::look::look`] finds.
    fn look(&self) -> (Recognised, Vec<String>) {
        let bundle = self.bundle.map(|(label, detail)| Candidate {
            label: label.to_owned(),
            detail: detail.to_owned(),
            needs_key: false,
            readable: true,
        });
        let recognised = Recognised {
            kind: self.kind,
            role: if self.bundle.is_some() { Role::Bundle } else { Role::Artifact },
            name: self.name.to_owned(),
            advice: String::new(),
            bundles: bundle.into_iter().collect(),
        };
        (recognised, self.digests_needed.iter().map(|&algorithm| algorithm.to_owned()).collect())
    }
}

fn given(files: &[(File, Vec<u8>)]) -> Result<Vec<Given>, ReadError> {
    files.iter().map(|(file, bytes)| Given::from_bytes(file.name, bytes).ok_or(ReadError)).collect()
}

fn altered(bytes: &[u8], at: usize) -> Vec<u8> {
    bytes.iter().enumerate().map(|(place, byte)| if place == at { byte ^ 1 } else { *byte }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Extent, verify_ask};
    use crate::worker::look::look;

    const CONDA: &[u8] = include_bytes!("../../examples/signed-package-2.1.0-hb0f4dca_0.conda");
    const CONDA_BUNDLE: &[u8] = include_bytes!("../../examples/conda-attestation.sigstore.json");
    const NPM_BUNDLE: &[u8] = include_bytes!("../../examples/sigstore-2.0.0.tgz.sigstore.json");

    #[test]
    fn the_altered_file_differs_in_one_bit() {
        let changed = altered(CONDA, 800);
        assert_eq!(changed.len(), CONDA.len());
        let bits: u32 = changed.iter().zip(CONDA).map(|(one, other)| (one ^ other).count_ones()).sum();
        assert_eq!(bits, 1);
    }

    #[test]
    fn every_file_of_an_example_is_a_file_of_the_page() {
        let (page, boot) = (include_str!("../../../index.html"), include_str!("../../boot.js"));
        for example in &EXAMPLES {
            let artifact = example.artifact.file().map(|file| file.own);
            for own in [Some(example.bundle.own), artifact].into_iter().flatten() {
                assert!(page.contains(&format!("href=\"web/examples/{own}\"")), "{own}");
                assert!(boot.contains(&format!("\"{own}\"")) && boot.contains(&format!("\"{}\"", example.id)), "{own}");
            }
        }
    }

    /// Its answer may come to a page that was drawn without it.
    #[test]
    fn what_was_asked_by_name_answers_nothing_else() {
        let mut session = Rc::new(Session::default());
        for id in 0..3 {
            let one = NewInput { id, name: "b".to_owned(), size: 9, role: None };
            session = session.reduce(Action::Given(vec![one]));
            assert_ne!(session.run, FIRST_RUN);
        }
        let begun = EXAMPLES[0].session(Vec::new());
        assert_eq!(begun.run, FIRST_RUN);
        assert_ne!(Rc::new(begun).reduce(Action::StartAgain).run, FIRST_RUN);
    }

    /// The worker is asked by the example's name before the page knows what its files are.
    #[test]
    fn what_is_asked_by_name_is_what_the_page_would_ask() {
        let files: [&[&[u8]]; 3] = [&[CONDA_BUNDLE, CONDA], &[NPM_BUNDLE], &[CONDA_BUNDLE, CONDA]];
        for (example, files) in EXAMPLES.iter().zip(files) {
            let names = [Some(example.bundle), example.artifact.file()].into_iter().flatten();
            let mut inputs = Vec::new();
            for ((id, bytes), file) in (0..).zip(files).zip(names) {
                let bytes = match example.artifact {
                    Artifact::Altered(_, at) if id == 1 => altered(bytes, at),
                    _ => (*bytes).to_vec(),
                };
                let size = u64::try_from(bytes.len()).unwrap_or_default();
                inputs.push(NewInput { id, name: file.name.to_owned(), size, role: None });
                assert_eq!(file.is.look(), look(file.name, &bytes), "{}", file.name);
            }
            let given: Vec<InputId> = inputs.iter().map(|input| input.id).collect();
            let (ask, blobs) = verify_ask(&example.session(inputs), Extent::First);
            assert_eq!(example.ask(), ask, "{}", example.id);
            assert_eq!(blobs, given, "{}", example.id);
        }
    }
}
