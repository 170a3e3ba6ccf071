//! From a question and its material to what a saved page keeps.

use touchstone_crypto::{DigestAlgorithm, MultiHasher};
use touchstone_formats::base64;
use touchstone_trust::{Instance, embedded};

use super::{Artifact, File, Item, Program, SCHEMA, Saved};
use crate::digests_needed;
use crate::document::Document;
use crate::question::{ArtifactInput, Material, Named, Question, Trust};

impl Saved {
    /// Nothing yet. `program` is what the page will take along.
    #[must_use]
    pub fn new(made: &str, program: Option<&Program>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            made: made.to_owned(),
            module: program.map(|program| program.digest().to_owned()).unwrap_or_default(),
            program_bytes: program.map(Program::size).unwrap_or_default(),
            files: Vec::new(),
            items: Vec::new(),
            pile: None,
        }
    }

    /// Adds a question that was answered by `document`. Files that several questions share are kept once.
    pub fn record(&mut self, question: &Question, material: &Material<'_>, document: &Document) {
        let item = Item {
            question: question.clone(),
            bundle: material.bundle.map(|named| self.keep(named)),
            artifact: artifact(material),
            key: material.key.map(|named| self.keep(named)),
            further_keys: material.further_keys.iter().map(|named| self.keep(*named)).collect(),
            further: material.further.iter().map(|named| self.keep(*named)).collect(),
            trusted_root: material.trusted_root.map(|named| self.keep(named)),
            judged_by: judged_by(question, document).map(|named| self.keep(named)),
        };
        self.items.push(item);
    }

    pub(super) fn keep(&mut self, named: Named<'_>) -> usize {
        let file = File { name: named.name.to_owned(), base64: base64::encode(named.bytes) };
        self.files.iter().position(|kept| *kept == file).unwrap_or_else(|| {
            self.files.push(file);
            self.files.len().saturating_sub(1)
        })
    }
}

/// Bytes become digests: those of which the evidence speaks, and SHA-256 always.
fn artifact(material: &Material<'_>) -> Artifact {
    match &material.artifact {
        ArtifactInput::None => Artifact::None,
        ArtifactInput::Waived => Artifact::Waived,
        ArtifactInput::Stated(digest) => Artifact::Stated(digest.clone()),
        ArtifactInput::Hashed { name, size, digests } => {
            Artifact::Hashed { name: name.clone(), size: *size, digests: digests.clone() }
        }
        ArtifactInput::Bytes(named) => {
            let mut algorithms = vec![DigestAlgorithm::Sha256];
            let evidence = material.bundle.iter().chain(&material.further);
            for name in evidence.flat_map(|named| digests_needed(named.bytes)) {
                if let Some(algorithm) = DigestAlgorithm::from_name(name)
                    && !algorithms.contains(&algorithm)
                {
                    algorithms.push(algorithm);
                }
            }
            let mut hasher = MultiHasher::new(&algorithms);
            hasher.update(named.bytes);
            let digests = hasher.finish();
            Artifact::Hashed {
                name: named.name.to_owned(),
                size: u64::try_from(named.bytes.len()).unwrap_or(u64::MAX),
                digests: digests.iter().map(|one| (one.algorithm().name().to_owned(), one.hex())).collect(),
            }
        }
    }
}

/// The built-in root behind the answer, if one was.
pub(crate) fn judged_by(question: &Question, document: &Document) -> Option<Named<'static>> {
    if question.trust == Trust::File {
        return None;
    }
    let world = document.world.as_ref()?;
    let instance: Instance = embedded::ALL.into_iter().find(|instance| instance.name() == world.name)?;
    Some(Named { name: instance.name(), bytes: embedded::json(instance)? })
}
