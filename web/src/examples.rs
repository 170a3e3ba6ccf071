//! Three real cases, built in, so that trying them makes no request. Where they come from: `examples/SOURCE.md`.

use touchstone_browser::file::Given;
use touchstone_report::document::Outcome;
use touchstone_report::question::{Name, Question, Signer};
use touchstone_ui as ui;

use crate::hooks::Desk;
use crate::state::Action;

struct Example {
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
    bytes: &'static [u8],
}

enum Artifact {
    File(File),
    /// The file with one bit turned over at this place.
    Altered(File, usize),
    Stated(&'static str),
}

const CONDA: File = File {
    name: "signed-package-2.1.0-hb0f4dca_0.conda",
    bytes: include_bytes!("../examples/signed-package-2.1.0-hb0f4dca_0.conda"),
};

const CONDA_BUNDLE: File = File {
    name: "signed-package-2.1.0-hb0f4dca_0.conda.sigstore.json",
    bytes: include_bytes!("../examples/conda-attestation.sigstore.json"),
};

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
        bundle: File {
            name: "sigstore-2.0.0.tgz.sigstore.json",
            bytes: include_bytes!("../examples/sigstore-2.0.0.tgz.sigstore.json"),
        },
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

/// Gives the example with this name; `None` when there is none.
pub(crate) fn given(id: &str, desk: &Desk) -> Option<Action> {
    let example = EXAMPLES.iter().find(|example| example.id == id)?;
    let mut files = vec![Given::from_bytes(example.bundle.name, example.bundle.bytes)?];
    let stated = match &example.artifact {
        Artifact::File(file) => {
            files.push(Given::from_bytes(file.name, file.bytes)?);
            None
        }
        Artifact::Altered(file, at) => {
            files.push(Given::from_bytes(file.name, &altered(file.bytes, *at))?);
            None
        }
        Artifact::Stated(digest) => Some((*digest).to_owned()),
    };
    Some(Action::Example {
        id: id.to_owned(),
        inputs: desk.keep(files, None),
        question: question(example.signer),
        stated,
    })
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
        let changed = altered(CONDA.bytes, 800);
        assert_eq!(changed.len(), CONDA.bytes.len());
        let bits: u32 = changed.iter().zip(CONDA.bytes).map(|(one, other)| (one ^ other).count_ones()).sum();
        assert_eq!(bits, 1);
    }
}
