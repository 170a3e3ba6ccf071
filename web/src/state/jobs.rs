//! The work that a state asks for. The hooks do each job once; a job that is no longer asked for is stopped or its
//! answer dropped.

use touchstone_acquire::limits::GITHUB_PAGE;
use touchstone_acquire::{Kind, Role};
use touchstone_report::question::Signer;

use super::{Fetching, Hashing, Input, Seen, Session, Work};
use crate::limits::MAX_FURTHER;
use crate::worker::messages::{ArtifactPart, BundlePart, InputId, Part, Verify};

/// A piece of work. Equal jobs are the same job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Recognise an input.
    Inspect(InputId),
    /// Read a large artifact for its digests.
    Hash {
        /// The artifact.
        input: InputId,
        /// Algorithms.
        algorithms: Vec<String>,
    },
    /// Ask the core.
    Verify {
        /// Generation.
        run: u64,
    },
    /// Ask the core again, for the chain of custody too: the verdict stands already, and is shown.
    Custody {
        /// Generation.
        run: u64,
    },
    /// Perform the request with this number in the ledger.
    Fetch {
        /// Number.
        number: usize,
    },
}

/// The jobs that `session` asks for.
#[must_use]
pub fn jobs(session: &Session) -> Vec<Job> {
    let mut jobs = Vec::new();
    if let Fetching::Running { number, .. } = &session.fetching {
        jobs.push(Job::Fetch { number: *number });
    }
    let waiting = session.inputs.iter().filter(|input| input.seen == Seen::Waiting);
    jobs.extend(waiting.map(|input| Job::Inspect(input.id)));
    if session.inspecting() {
        return jobs;
    }
    if matches!(session.work, Work::Running { .. }) {
        jobs.push(Job::Verify { run: session.run });
    }
    if session.lacks_custody() {
        jobs.push(Job::Custody { run: session.run });
    }
    if let Some(input) = session.artifact()
        && let Hashing::Running { algorithms, .. } = &input.hashing
    {
        jobs.push(Job::Hash { input: input.id, algorithms: algorithms.clone() });
    }
    jobs
}

/// Digests of the artifact that the evidence speaks of; SHA-256 always, because people compare it.
pub(super) fn digests_needed(session: &Session) -> Vec<String> {
    let mut needed = vec!["sha256".to_owned()];
    for input in session.with_role(Role::Bundle) {
        if let Seen::Recognised { digests_needed, .. } = &input.seen {
            for algorithm in digests_needed {
                if !needed.contains(algorithm) {
                    needed.push(algorithm.clone());
                }
            }
        }
    }
    needed
}

/// How much of an answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The verdict with its checks.
    First,
    /// All of it: the chain of custody too, with further evidence.
    Whole,
}

/// What is asked of the core, and the inputs whose bytes go with it, in order.
#[must_use]
pub fn verify_ask(session: &Session, extent: Extent) -> (Verify, Vec<InputId>) {
    let mut blobs = Vec::new();
    let bundle = session.chosen.and_then(|(id, index)| Some((session.input(id)?, index))).and_then(|(input, index)| {
        Some(BundlePart {
            name: input.name.clone(),
            blob: place(&mut blobs, input.id),
            kind: input.recognised()?.kind,
            index,
        })
    });
    let artifact = artifact(session, &mut blobs);
    let whole = extent == Extent::Whole;
    let further = if whole { further(session, &mut blobs) } else { indexes(session, &mut blobs) };
    // A key that merely lies beside the file says nothing: whoever made the download may have put it there. It is used
    // when the person says that its holder is meant, or that anybody is.
    let meant = matches!(session.asked.signer, Signer::Key | Signer::Anybody);
    let key = last(session, Role::Key).filter(|_| meant).map(|input| part(&mut blobs, input));
    let key_text = Some(session.asked_key.clone()).filter(|text| meant && key.is_none() && !text.is_empty());
    let others: Vec<&Input> = session.with_role(Role::Key).filter(|_| meant).collect();
    let others = others.split_last().map(|(_, others)| others).unwrap_or_default();
    let further_keys = others.iter().map(|input| part(&mut blobs, input)).collect();
    let trusted_root = last(session, Role::TrustedRoot).map(|input| part(&mut blobs, input));
    let (run, question) = (session.run, session.asked.clone());
    let ask = Verify {
        run,
        question,
        bundle,
        artifact,
        further,
        key,
        key_text,
        further_keys,
        trusted_root,
        whole,
        save: None,
        keep: None,
    };
    (ask, blobs)
}

/// Every bundle but the one that is asked about, and what else was given as evidence: as much as goes with a question.
fn further(session: &Session, blobs: &mut Vec<InputId>) -> Vec<BundlePart> {
    let mut further = all_further(session, blobs);
    further.sort_by_key(|part| !part.kind.is_image_list());
    further.truncate(MAX_FURTHER);
    further
}

/// Image indexes and manifests: what a signature on one of them covers is a matter of the verdict (F-22). They go before all other
/// evidence, so that the whole answer has those that the first one had.
fn indexes(session: &Session, blobs: &mut Vec<InputId>) -> Vec<BundlePart> {
    let mut indexes = Vec::new();
    for input in session.with_role(Role::Further) {
        if let Some(kind) = input.recognised().map(|one| one.kind).filter(|kind| kind.is_image_list()) {
            let (blob, name) = (place(blobs, input.id), input.name.clone());
            indexes.push(BundlePart { name, blob, kind, index: 0 });
        }
    }
    indexes.truncate(MAX_FURTHER);
    indexes
}

/// How many pieces of evidence do not go with the question.
pub(crate) fn left_out(session: &Session) -> usize {
    all_further(session, &mut Vec::new()).len().saturating_sub(MAX_FURTHER)
}

/// Whether a list of GitHub's is a full page: there may be more, of which nothing is known here (G-22).
pub(crate) fn list_is_full(session: &Session) -> bool {
    let listed = session.listed;
    let of_github = |input: &Input| {
        let found = input.recognised().filter(|found| found.kind == Kind::GitHubAttestations)?;
        let elsewhere = if listed.inside == Some(input.id) { listed.all } else { 0 };
        Some(found.bundles.len().saturating_add(elsewhere))
    };
    let inside = session.inputs.iter().filter_map(of_github).max().unwrap_or(0);
    inside.max(listed.all) >= GITHUB_PAGE
}

fn all_further(session: &Session, blobs: &mut Vec<InputId>) -> Vec<BundlePart> {
    let evidence = session.inputs.iter().filter(|input| matches!(input.role(), Some(Role::Bundle | Role::Further)));
    let mut further = Vec::new();
    for input in evidence {
        let Some(recognised) = input.recognised() else { continue };
        let pieces: Vec<usize> =
            (0..recognised.bundles.len().max(1)).filter(|index| session.chosen != Some((input.id, *index))).collect();
        if pieces.is_empty() {
            continue;
        }
        let blob = place(blobs, input.id);
        let (name, kind) = (&input.name, recognised.kind);
        further.extend(pieces.into_iter().map(|index| BundlePart { name: name.clone(), blob, kind, index }));
    }
    further
}

fn artifact(session: &Session, blobs: &mut Vec<InputId>) -> ArtifactPart {
    match session.artifact() {
        Some(input) if input.is_small() => ArtifactPart::Whole(part(blobs, input)),
        Some(input) if missing(session, input).is_empty() => {
            ArtifactPart::Hashed { name: input.name.clone(), size: input.size, digests: input.digests.clone() }
        }
        // Being read: what the rest of the evidence says can be known already. Never a file that was stated instead.
        Some(_) => ArtifactPart::None,
        None => session.stated.clone().map_or(ArtifactPart::None, |digest| ArtifactPart::Stated { digest }),
    }
}

/// Algorithms that the evidence needs and that `input` was not read for yet.
pub(super) fn missing(session: &Session, input: &Input) -> Vec<String> {
    digests_needed(session)
        .into_iter()
        .filter(|needed| !input.digests.iter().any(|(known, _)| known == needed))
        .collect()
}

fn last(session: &Session, role: Role) -> Option<&Input> {
    session.with_role(role).last()
}

fn part(blobs: &mut Vec<InputId>, input: &Input) -> Part {
    Part { name: input.name.clone(), blob: place(blobs, input.id) }
}

fn place(blobs: &mut Vec<InputId>, id: InputId) -> usize {
    blobs.push(id);
    blobs.len().saturating_sub(1)
}
