//! Inclusion proof: spec B.9.

use touchstone_crypto::sha256;
use touchstone_formats::bundle::InclusionProof as Proof;
use touchstone_formats::hex;
use touchstone_tlog::{ProofError, VerifiedInclusion, leaf_hash, verify_inclusion};

use crate::check::check;
use crate::checks::checkpoint::{Checkpoint, LogCheckpoint};
use crate::checks::entry_binding::EntryBinding;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};

check! {
    /// Does the log really hold this entry?
    ///
    /// # What
    /// The entry is hashed and folded together with the hashes of the proof, step by step. The result must be the root
    /// that the log signed.
    ///
    /// # Why
    /// It shows that the signing was made public, where the project and everybody else can see it. A signature that was
    /// made in secret cannot have such a proof.
    ///
    /// # Harmless
    /// - the bundle was put together by hand from two others
    ///
    /// # Do
    /// Download the bundle again from the project itself.
    ///
    /// # Specification
    /// RFC 6962 §2.1, RFC 9162 §2.1.3; client specification §4.4 (B-58 to B-62, B-77)
    InclusionProof, "inclusion-proof", Log, "Inclusion proof"
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    entries: &[EntryInView<'_>],
    checkpoints: &[Option<LogCheckpoint<'_>>],
) -> (Finding, Vec<Option<VerifiedInclusion>>) {
    let mut items = Vec::new();
    let mut proofs = Vec::new();
    for (view, checkpoint) in entries.iter().zip(checkpoints) {
        let (outcome, proof) = examine(view, checkpoint.as_ref());
        items.push(Item { place: view.place("inclusionProof"), outcome });
        proofs.push(proof);
    }
    let blocked = items.iter().find_map(|item| match item.outcome {
        Outcome::Blocked(by) => Some(by),
        _ => None,
    });
    let whole = match (proofs.iter().flatten().next(), blocked) {
        (Some(first), _) => Outcome::Passed(format!("Entry {} of a tree of {}", first.index(), first.size())),
        (None, Some(by)) => Outcome::Blocked(by),
        (None, None) => Outcome::NotPresent("No proof by a log of the trusted root".to_owned()),
    };
    (Finding::from_items(InclusionProof::CHECK, items, whole), proofs)
}

fn examine(view: &EntryInView<'_>, checkpoint: Option<&LogCheckpoint<'_>>) -> (Outcome, Option<VerifiedInclusion>) {
    if view.log.is_none() {
        return (Outcome::NotPresent(view.unknown_log()), None);
    }
    let Some(tiled) = view.is_rekor_v2() else { return (Outcome::Blocked(EntryBinding::CHECK), None) };
    let Some(proof) = &view.entry.inclusion_proof else {
        if tiled {
            let missing = Failure::new(
                Cause::ProofMissing,
                "a proof of inclusion: a Rekor v2 log makes no promises",
                "none",
                view.place("inclusionProof"),
            );
            return (Outcome::Failed(missing), None);
        }
        return (Outcome::NotPresent("No proof: the log's promise stands for it".to_owned()), None);
    };
    let Some(checkpoint) = checkpoint else { return (Outcome::Blocked(Checkpoint::CHECK), None) };
    match verify(view, proof, tiled, checkpoint) {
        Ok(inclusion) => {
            (Outcome::Passed(format!("Entry {} of {}", inclusion.index(), inclusion.size())), Some(inclusion))
        }
        Err(failure) => (Outcome::Failed(failure), None),
    }
}

fn verify(
    view: &EntryInView<'_>,
    proof: &Proof,
    tiled: bool,
    checkpoint: &LogCheckpoint<'_>,
) -> Result<VerifiedInclusion, Failure> {
    // B-59: a Rekor v2 log has one index; a v1 log has one of the whole log and one of the shard, which counts here.
    if tiled && proof.log_index != view.entry.log_index {
        return Err(Failure::new(
            Cause::ProofIndexDiffers,
            format!("index {}, as the entry says", view.entry.log_index),
            proof.log_index.to_string(),
            view.place("inclusionProof.logIndex"),
        ));
    }
    let hashes =
        proof.hashes.iter().map(|hash| <[u8; 32]>::try_from(hash.as_slice())).collect::<Result<Vec<_>, _>>().map_err(
            |_| {
                let found = "a hash of another length";
                Failure::new(Cause::ProofShapeWrong, "hashes of 32 bytes", found, view.place("inclusionProof.hashes"))
            },
        )?;
    check_claims(view, proof, checkpoint)?;
    let leaf = leaf_hash(&view.entry.canonicalized_body);
    verify_inclusion(checkpoint.verified(), proof.log_index, leaf, &hashes).map_err(|error| refused(view, &error))
}

/// B-61: what the proof repeats of the checkpoint must be the same.
fn check_claims(view: &EntryInView<'_>, proof: &Proof, checkpoint: &LogCheckpoint<'_>) -> Result<(), Failure> {
    let signed = checkpoint.verified().checkpoint();
    if let Some(claimed) = proof.root_hash.filter(|claimed| *claimed != signed.root) {
        return Err(Failure::new(
            Cause::ProofClaimsOtherRoot,
            format!("root {}, as the checkpoint says", hex::encode(&signed.root)),
            hex::encode(&claimed),
            view.place("inclusionProof.rootHash"),
        ));
    }
    if proof.tree_size != 0 && proof.tree_size != signed.size {
        return Err(Failure::new(
            Cause::ProofClaimsOtherSize,
            format!("{} entries, as the checkpoint says", signed.size),
            proof.tree_size.to_string(),
            view.place("inclusionProof.treeSize"),
        ));
    }
    Ok(())
}

fn refused(view: &EntryInView<'_>, error: &ProofError) -> Failure {
    let (cause, expected, found, member) = match error {
        ProofError::RootMismatch { expected, computed, .. } => (
            Cause::ProofRootDiffers,
            format!("root {}, which the log signed", hex::encode(expected)),
            format!(
                "root {}, from entry {}",
                hex::encode(computed),
                hex::encode(&sha256(&view.entry.canonicalized_body))
            ),
            "inclusionProof.hashes",
        ),
        ProofError::IndexOutsideTree { index, size } => (
            Cause::ProofIndexOutsideTree,
            format!("an index below {size}"),
            index.to_string(),
            "inclusionProof.logIndex",
        ),
        other => (
            Cause::ProofShapeWrong,
            "as many hashes as index and size ask for".to_owned(),
            other.to_string(),
            "inclusionProof.hashes",
        ),
    };
    Failure::new(cause, expected, found, view.place(member))
}
