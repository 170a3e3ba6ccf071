//! Three real cases, files of the page itself, so that trying them asks nobody else. Where they come from:
//! `examples/SOURCE.md`. What they are and what they ask is known to page and worker alike; giving them is the page's (`give.rs`).

#[cfg(feature = "page")]
mod give;

use touchstone_acquire::Kind;
use touchstone_report::document::Outcome;
use touchstone_report::question::{Name, Question, Signer};

use crate::worker::messages::{ArtifactPart, BundlePart, Part, Verify};

#[cfg(feature = "page")]
pub(crate) use give::{Begun, cards, give};

/// The number of the question that a page asks first when its address asks for an example. No page that begins otherwise comes to
/// it: an answer that nobody waits for any more is not taken for that to another question.
const FIRST_RUN: u64 = u64::MAX;

/// One of them.
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
    #[cfg(feature = "page")]
    is: Known,
}

/// What a file is, known when the page is built: a page that begins with it need not read it, nor ask the worker.
#[cfg(feature = "page")]
#[derive(Clone, Copy)]
struct Known {
    kind: Kind,
    name: &'static str,
    /// What the bundle in it says that it holds, and about what.
    bundle: Option<(&'static str, &'static str)>,
    digests_needed: &'static [&'static str],
}

enum Artifact {
    File(File),
    /// The file with one bit turned over at this place.
    Altered(File, usize),
    Stated(&'static str),
}

impl Artifact {
    /// Its file, where it is one.
    #[cfg(feature = "page")]
    const fn file(&self) -> Option<File> {
        match self {
            Self::File(file) | Self::Altered(file, _) => Some(*file),
            Self::Stated(_) => None,
        }
    }
}

const CONDA: File = File {
    name: "signed-package-2.1.0-hb0f4dca_0.conda",
    own: "signed-package-2.1.0-hb0f4dca_0.conda",
    #[cfg(feature = "page")]
    is: Known { kind: Kind::Zip, name: "ZIP archive", bundle: None, digests_needed: &[] },
};

const CONDA_BUNDLE: File = File {
    name: "signed-package-2.1.0-hb0f4dca_0.conda.sigstore.json",
    own: "conda-attestation.sigstore.json",
    #[cfg(feature = "page")]
    is: Known {
        kind: Kind::Bundle,
        name: "Sigstore bundle v0.3",
        bundle: Some((
            "https://schemas.conda.org/attestations-publish-1.schema.json",
            "signed-package-2.1.0-hb0f4dca_0.conda",
        )),
        digests_needed: &["sha256"],
    },
};

const NPM_BUNDLE: File = File {
    name: "sigstore-2.0.0.tgz.sigstore.json",
    own: "sigstore-2.0.0.tgz.sigstore.json",
    #[cfg(feature = "page")]
    is: Known {
        kind: Kind::Bundle,
        name: "Sigstore bundle v0.1",
        bundle: Some(("SLSA provenance v1", "pkg:npm/sigstore@2.0.0")),
        digests_needed: &["sha512"],
    },
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
        bundle: NPM_BUNDLE,
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

impl Example {
    /// The example with this name.
    pub(crate) fn named(id: &str) -> Option<&'static Self> {
        EXAMPLES.iter().find(|example| example.id == id)
    }

    /// What a page whose address asks for it asks of the worker. Blob 0 is the bundle, blob 1 the file.
    pub(crate) fn ask(&self) -> Verify {
        let file = |file: File| ArtifactPart::Whole(Part { name: file.name.to_owned(), blob: 1 });
        Verify {
            run: FIRST_RUN,
            question: self.question(),
            bundle: Some(BundlePart { name: self.bundle.name.to_owned(), blob: 0, kind: Kind::Bundle, index: 0 }),
            artifact: match self.artifact {
                Artifact::File(name) | Artifact::Altered(name, _) => file(name),
                Artifact::Stated(digest) => ArtifactPart::Stated { digest: digest.to_owned() },
            },
            further: Vec::new(),
            key: None,
            key_text: None,
            further_keys: Vec::new(),
            trusted_root: None,
            whole: false,
            save: None,
            keep: None,
        }
    }

    fn question(&self) -> Question {
        let signer = self.signer.map_or(Signer::Unnamed, |(identity, issuer)| Signer::Certificate {
            identity: Name::Exact(identity.to_owned()),
            issuer: Some(Name::Exact(issuer.to_owned())),
        });
        Question { signer, ..Question::default() }
    }
}
