//! From an answer to its line.

use super::{Line, SCHEMA};
use touchstone_trust::embedded;

use crate::document::inventory::{Inventory, counted};
use crate::document::{Document, NamedValue, Outcome};
use crate::question::{Material, Named, Question, Trust};
use crate::saved::{judged_by, judges, sha256_hex};

/// Most files of a pile that a line names one by one.
const MAX_NAMED: usize = 64;

/// The line of an answer about many artifacts, not yet in any chain. `files` are all that was read, each with the SHA-256 of its
/// bytes; `trusted_root` is that of the root that the person gave. Of several roots that judge, the line has the digest of their list.
#[must_use]
pub fn record_pile(
    at: &str,
    question: &Question,
    inventory: &Inventory,
    files: &[NamedValue],
    trusted_root: Option<&NamedValue>,
) -> Line {
    let coverage = &inventory.coverage;
    let evidence = if files.len() <= MAX_NAMED {
        files.to_vec()
    } else {
        // One digest for all: a browser has room for five million bytes of history.
        let name = format!("{} files: their list, as sha256sum prints it", files.len());
        vec![NamedValue { name, value: digest_of(files) }]
    };
    let given = trusted_root.filter(|_| question.trust == Trust::File).cloned();
    let built_in = judges(question.trust).filter_map(|instance| {
        Some(NamedValue { name: instance.name().to_owned(), value: sha256_hex(embedded::json(instance)?) })
    });
    let roots: Vec<NamedValue> = given.into_iter().chain(built_in).collect();
    let names: Vec<&str> = roots.iter().map(|root| root.name.as_str()).collect();
    Line {
        schema: SCHEMA.to_owned(),
        number: 0,
        before: String::new(),
        at: at.to_owned(),
        tool: inventory.tool.clone(),
        verdict: match (coverage.rejected, coverage.incomplete, coverage.verified) {
            (0, 0, verified) if verified > 0 => Outcome::Verified,
            (0, ..) => Outcome::Incomplete,
            _ => Outcome::Rejected,
        },
        sentence: format!(
            "{} rejected, {} incomplete, {} verified.",
            coverage.rejected, coverage.incomplete, coverage.verified
        ),
        artifact: counted(coverage.artifacts, "artifact", "artifacts"),
        digests: Vec::new(),
        signer: String::new(),
        evidence,
        root: names.join(", "),
        root_sha256: match roots.as_slice() {
            [] => String::new(),
            [one] => one.value.clone(),
            several => digest_of(several),
        },
        policy: inventory.policy.lines.clone(),
        question: question.clone(),
    }
}

/// SHA-256 of a list of files as `sha256sum` prints it.
fn digest_of(files: &[NamedValue]) -> String {
    let list: String = files.iter().map(|file| format!("{}  {}\n", file.value, file.name)).collect();
    sha256_hex(list.as_bytes())
}

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
