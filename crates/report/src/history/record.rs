//! From an answer to its line.

use super::{Line, SCHEMA};
use crate::document::{Document, NamedValue};
use crate::question::{Material, Named, Question, Trust};
use crate::saved::{judged_by, sha256_hex};

/// The line of an answered question, not yet in any chain. `at` is the moment, by the clock of the device.
#[must_use]
pub fn record(at: &str, question: &Question, material: &Material<'_>, document: &Document) -> Line {
    let own = material.bundle.iter().chain(&material.further).chain(&material.key).chain(&material.further_keys);
    let evidence =
        own.map(|named| NamedValue { name: named.name.to_owned(), value: sha256_hex(named.bytes) }).collect();
    let given = material.trusted_root.filter(|_| question.trust == Trust::File);
    let root: Option<Named<'_>> = judged_by(question, document).or(given);
    let artifact = document.artifact.as_ref();
    Line {
        schema: SCHEMA.to_owned(),
        number: 0,
        before: String::new(),
        at: at.to_owned(),
        tool: document.tool.clone(),
        verdict: document.verdict.outcome,
        sentence: document.verdict.sentence.clone(),
        artifact: artifact.map(|artifact| artifact.name.clone()).unwrap_or_default(),
        digests: artifact.map(|artifact| artifact.digests.clone()).unwrap_or_default(),
        signer: document.signer.as_ref().map(|signer| signer.identity.clone()).unwrap_or_default(),
        evidence,
        root: document.world.as_ref().map(|world| format!("{}, {}", world.name, world.source)).unwrap_or_default(),
        root_sha256: root.map(|root| sha256_hex(root.bytes)).unwrap_or_default(),
        policy: document.policy.lines.clone(),
        question: question.clone(),
    }
}
