//! Three real cases, files of the page itself, so that trying them asks nobody else. Where they come from:
//! `examples/SOURCE.md`.

use std::collections::BTreeMap;
use std::rc::Rc;

use touchstone_acquire::Recognised;
use touchstone_browser::file::{self, Given, ReadError};
use touchstone_browser::{Blob, spawn_local, worker};
use touchstone_report::document::Outcome;
use touchstone_report::question::{Name, Question, Signer};
use touchstone_ui as ui;
use yew::{Reducible, UseReducerDispatcher};

use crate::hooks::{Desk, first_ask, message};
use crate::state::{Action, NewInput, Session};
use crate::worker::look::look;
use crate::worker::messages::InputId;

pub(crate) struct Example {
    id: &'static str,
    name: &'static str,
    about: &'static str,
    outcome: Outcome,
    ends: &'static str,
    bundle: File,
    artifact: Artifact,
    /// Name and issuer.
    signer: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Copy)]
struct File {
    name: &'static str,
    /// Its name beside the page.
    own: &'static str,
}

enum Artifact {
    File(File),
    /// The file with one bit turned over at this place.
    Altered(File, usize),
    Stated(&'static str),
}

const CONDA: File =
    File { name: "signed-package-2.1.0-hb0f4dca_0.conda", own: "signed-package-2.1.0-hb0f4dca_0.conda" };

const CONDA_BUNDLE: File =
    File { name: "signed-package-2.1.0-hb0f4dca_0.conda.sigstore.json", own: "conda-attestation.sigstore.json" };

const CONDA_SIGNER: (&str, &str) = (
    "https://github.com/prefix-dev/sigstore-example/.github/workflows/action.yaml@refs/heads/main",
    "https://token.actions.githubusercontent.com",
);

const EXAMPLES: [Example; 3] = [
    Example {
        id: "conda",
        name: CONDA.name,
        about: "A conda package that a workflow on GitHub built and signed in September 2025.",
        outcome: Outcome::Verified,
        ends: "Ends Verified",
        bundle: CONDA_BUNDLE,
        artifact: Artifact::File(CONDA),
        signer: Some(CONDA_SIGNER),
    },
    Example {
        id: "npm",
        name: "sigstore-2.0.0.tgz",
        about: "Build provenance of an npm package, by its digest alone, and nobody named to expect.",
        outcome: Outcome::Incomplete,
        ends: "Ends Incomplete",
        bundle: File { name: "sigstore-2.0.0.tgz.sigstore.json", own: "sigstore-2.0.0.tgz.sigstore.json" },
        artifact: Artifact::Stated(
            "sha512:46d4e2f74c4877316640000a6fdf8a8b59f1e0847667973e9859f774dd31b8f1e0937813b777fb66a2ac67d50540fe34640966eee9fc2ccca387082b4c85cd3c",
        ),
        signer: None,
    },
    Example {
        id: "altered",
        name: CONDA.name,
        about: "The same conda package with a single bit turned over, as this page alters it for the example.",
        outcome: Outcome::Rejected,
        ends: "Ends Rejected",
        bundle: CONDA_BUNDLE,
        artifact: Artifact::Altered(CONDA, 800),
        signer: Some(CONDA_SIGNER),
    },
];

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

impl Begun {
    /// Asks the worker that starts with the page, before anything listens to it.
    pub(crate) fn ask(&self) {
        let (ask, inputs) = first_ask(&self.session);
        let blobs = inputs.iter().filter_map(|id| self.blobs.get(id).cloned()).collect();
        worker::ask_ahead(&message(&ask, blobs));
    }
}

impl Example {
    /// The example with this name.
    pub(crate) fn named(id: &str) -> Option<&'static Self> {
        EXAMPLES.iter().find(|example| example.id == id)
    }

    /// Gives it, once its files are here.
    pub(crate) fn give(&'static self, desk: &Desk, dispatch: &UseReducerDispatcher<Session>) {
        dispatch.dispatch(Action::ExampleAsked(self.id.to_owned()));
        let (desk, dispatch) = (desk.clone(), dispatch.clone());
        let files = files(self);
        spawn_local(async move {
            let Ok(files) = files.await else {
                dispatch.dispatch(Action::NoExample(self.id.to_owned()));
                return;
            };
            let (given, seen): (Vec<_>, Vec<_>) = files.into_iter().unzip();
            for action in self.given(desk.keep(given, None), seen) {
                dispatch.dispatch(action);
            }
        });
    }

    /// The same for a page that is not drawn yet. `None` when its files cannot be had.
    pub(crate) fn begun(&'static self) -> impl Future<Output = Option<Begun>> {
        let files = files(self);
        async move {
            let (given, seen): (Vec<_>, Vec<_>) = files.await.ok()?.into_iter().unzip();
            let (mut inputs, mut blobs) = (Vec::new(), BTreeMap::new());
            for (id, Given { name, size, blob }) in (0..).zip(given) {
                inputs.push(NewInput { id, name, size, role: None });
                blobs.insert(id, blob);
            }
            let mut session = Rc::new(Session::default()).reduce(Action::ExampleAsked(self.id.to_owned()));
            for action in self.given(inputs, seen) {
                session = session.reduce(action);
            }
            Some(Begun { session: Rc::unwrap_or_clone(session), blobs })
        }
    }

    /// Its files as they are given. They are small and at hand, so the worker need not be asked what they are.
    fn given(&self, inputs: Vec<NewInput>, seen: Vec<Look>) -> Vec<Action> {
        let seen: Vec<Action> = inputs
            .iter()
            .zip(seen)
            .map(|(input, (recognised, digests_needed))| Action::Inspected {
                input: input.id,
                recognised,
                digests_needed,
            })
            .collect();
        let given = Action::Example {
            id: self.id.to_owned(),
            inputs,
            question: question(self.signer),
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
}

/// What a file is.
type Look = (Recognised, Vec<String>);

/// A file of an example, and what it is.
type Seen = (Given, Look);

/// The files of an example, all asked for at once.
fn files(example: &'static Example) -> impl Future<Output = Result<Vec<Seen>, ReadError>> {
    let of = |file: File| (file, file::of_page(file.own));
    let bundle = of(example.bundle);
    let artifact = match &example.artifact {
        Artifact::File(file) => Some((of(*file), None)),
        Artifact::Altered(file, at) => Some((of(*file), Some(*at))),
        Artifact::Stated(_) => None,
    };
    let seen = |file: File, bytes: &[u8]| -> Result<Seen, ReadError> {
        Ok((Given::from_bytes(file.name, bytes).ok_or(ReadError)?, look(file.name, bytes)))
    };
    async move {
        let (file, bytes) = bundle;
        let mut files = vec![seen(file, &bytes.await?)?];
        if let Some(((file, bytes), at)) = artifact {
            let bytes = bytes.await?;
            files.push(match at {
                Some(at) => seen(file, &altered(&bytes, at))?,
                None => seen(file, &bytes)?,
            });
        }
        Ok(files)
    }
}

fn altered(bytes: &[u8], at: usize) -> Vec<u8> {
    bytes.iter().enumerate().map(|(place, byte)| if place == at { byte ^ 1 } else { *byte }).collect()
}

fn question(signer: Option<(&str, &str)>) -> Question {
    let signer = signer.map_or(Signer::Unnamed, |(identity, issuer)| Signer::Certificate {
        identity: Name::Exact(identity.to_owned()),
        issuer: Some(Name::Exact(issuer.to_owned())),
    });
    Question { signer, ..Question::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_altered_file_differs_in_one_bit() {
        let whole = include_bytes!("../examples/signed-package-2.1.0-hb0f4dca_0.conda");
        let changed = altered(whole, 800);
        assert_eq!(changed.len(), whole.len());
        let bits: u32 = changed.iter().zip(whole).map(|(one, other)| (one ^ other).count_ones()).sum();
        assert_eq!(bits, 1);
    }

    #[test]
    fn every_file_of_an_example_is_a_file_of_the_page() {
        let (page, boot) = (include_str!("../../index.html"), include_str!("../boot.js"));
        for example in &EXAMPLES {
            let artifact = match example.artifact {
                Artifact::File(file) | Artifact::Altered(file, _) => Some(file.own),
                Artifact::Stated(_) => None,
            };
            for own in [Some(example.bundle.own), artifact].into_iter().flatten() {
                assert!(page.contains(&format!("href=\"web/examples/{own}\"")), "{own}");
                assert!(boot.contains(&format!("\"{own}\"")) && boot.contains(&format!("\"{}\"", example.id)), "{own}");
            }
        }
    }
}
