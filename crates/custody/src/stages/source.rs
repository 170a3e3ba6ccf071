//! Where did the source come from, and was it reviewed?

use touchstone_formats::predicate::summary::{Summary, VerifiedLevel};

use super::{given, state};
use crate::answers::{COMMIT, Differing, HISTORY, REFERENCE, REPOSITORY, REVIEW, Voiced, pool};
use crate::chain::Chain;
use crate::model::{Stage, StageId, StageState, Voucher};
use crate::proof::{Proof, Weighed};
use crate::repository;

/// Controls and properties that state a review by a second person (E-47).
const REVIEW_CONTROLS: [&str; 3] =
    ["SLSA_SOURCE_SCS_TWO_PARTY_REVIEW", "SLSA_SOURCE_TWO_PARTY_REVIEWED", "REVIEW_ENFORCED"];

/// What the certificate says is so of the job that signed, and of nothing else (E-58).
const OF_THE_JOB: &str = " (of the job that signed)";

#[derive(Default)]
struct Voices {
    repository: Vec<Voiced>,
    reference: Vec<Voiced>,
    commit: Vec<Voiced>,
    history: Vec<Voiced>,
    review: Vec<Voiced>,
}

fn stage_voices(chain: &Chain<'_, '_>) -> Vec<Vec<Voiced>> {
    let mut voices = Voices::default();
    for build in chain.builds() {
        let proof = build.counted().map(|counted| counted.proof());
        let certified = build.certified_source();
        let voucher = build.certifier().unwrap_or(build.voice);
        voices.take(&certified, voucher, build, proof, "chain");
        voices.take(&build.said.source, build.voice, build, proof, "statement");
    }
    if chain.builds().is_empty() {
        voices.signing_job(chain);
    }
    for link in chain.sources.iter().filter(|link| link.same_repository) {
        let Some(one) = chain.get(link.statement) else { continue };
        // Joined to a build whose word does not count, even a good summary answers nothing about this file.
        let build_counts = match link.build {
            Some(build) => chain.get(build).is_some_and(|build| build.counted().is_some()),
            None => true,
        };
        let is_of_build = build_counts && chain.other_branch(link).is_none();
        let proof = one.counted().filter(|_| is_of_build).map(|counted| counted.proof());
        voices.source_statement(one, &link.commit.to_string(), proof);
    }
    vec![voices.repository, voices.reference, voices.commit, voices.history, voices.review]
}

pub(super) fn stage(chain: &Chain<'_, '_>) -> Stage {
    let voices = stage_voices(chain);
    let rules = [
        (&REPOSITORY, Differing::Contradict),
        (&REFERENCE, Differing::Coexist),
        (&COMMIT, Differing::Contradict),
        (&HISTORY, Differing::Coexist),
        (&REVIEW, Differing::Coexist),
    ];
    let answers: Vec<_> =
        rules.iter().zip(&voices).map(|((question, rule), heard)| pool(question, heard, *rule)).collect();
    let mut state = state(&answers);
    // Said of each value below; in one line it is said once.
    let of_the_job = given(&answers, REPOSITORY.id).is_some_and(|value| value.ends_with(OF_THE_JOB));
    let value = |id| given(&answers, id).map(|value| value.strip_suffix(OF_THE_JOB).unwrap_or(value));
    let place = value(REPOSITORY.id).map(|uri| repository::short(uri).to_owned());
    let commit = value(COMMIT.id).map(|commit| commit.get(..7).unwrap_or(commit).to_owned());
    let answer = match (place, value(REFERENCE.id), commit) {
        (Some(place), Some(reference), Some(commit)) => format!("{place} at {reference}, commit {commit}"),
        (Some(place), None, Some(commit)) => format!("{place}, commit {commit}"),
        (Some(place), ..) => place,
        (None, _, Some(commit)) => format!("commit {commit}, in a repository that nobody names"),
        (None, ..) if state == StageState::Differs => "Statements contradict each other about the source.".to_owned(),
        (None, ..) => REPOSITORY.gap.to_owned(),
    };
    let mut answer = if of_the_job { format!("{answer}{OF_THE_JOB}") } else { answer };
    if let Some((expected, found)) = chain.input.cut.as_ref().and_then(|cut| cut.signer.as_ref()) {
        state = StageState::Differs;
        answer = format!("Signed by {found}. You expect {expected}.");
    }
    super::stage(StageId::Source, state, answer, answers)
}

impl Voices {
    fn take(
        &mut self,
        source: &crate::said::Source,
        voucher: Voucher,
        one: &Weighed<'_>,
        proof: Option<Proof>,
        check: &'static str,
    ) {
        let voiced = |value: &str| Voiced::new(value, voucher, one.index, proof).check(check);
        if let Some(repository) = &source.repository {
            self.repository.push(voiced(repository));
        }
        if let Some(reference) = &source.reference {
            self.reference.push(voiced(reference));
        }
        if let Some(commit) = &source.commit {
            self.commit.push(voiced(commit.hex()));
        }
    }

    /// Without provenance the certificate says where the job ran that signed, and nobody says that the file was built
    /// from that (E-58).
    fn signing_job(&mut self, chain: &Chain<'_, '_>) {
        let Some(asked) = chain.asked().filter(|asked| !asked.said.is_about_source()) else { return };
        let Some(certifier) = asked.certifier() else { return };
        let source = asked.certified_source();
        let said =
            |value: &str| Voiced::new(format!("{value}{OF_THE_JOB}"), certifier, asked.index, None).check("chain");
        self.repository.extend(source.repository.as_deref().map(said));
        self.reference.extend(source.reference.as_deref().map(said));
        self.commit.extend(source.commit.as_ref().map(|commit| said(commit.hex())));
    }

    fn source_statement(&mut self, one: &Weighed<'_>, commit: &str, proof: Option<Proof>) {
        let voiced = |value: String| Voiced::new(value, one.voice, one.index, proof);
        let commit = commit.rsplit(':').next().unwrap_or(commit);
        self.repository.extend(one.said.source.repository.clone().map(voiced));
        self.reference.extend(one.said.source.reference.clone().map(voiced));
        self.commit.push(voiced(commit.to_owned()));
        // Levels and controls count only as a verifier's word (E-46, E-49).
        let proof = proof.filter(|_| one.verifier.is_some());
        let voiced = |value: String| Voiced::new(value, one.voice, one.index, proof);
        if let Some(summary) = one.said.passed() {
            if let Some(level) = source_level(summary).filter(|level| *level >= 2) {
                self.history.push(voiced(format!("kept, by {} (Source L{level})", summary.verifier_id)));
            }
            if states_review(summary) {
                self.review.push(voiced(format!("reviewed by a second person, by {}", summary.verifier_id)));
            }
        }
        let controls = one.said.source_provenance().map(|said| &said.controls).into_iter().flatten();
        for (name, since) in controls {
            let since = if since.is_empty() { String::new() } else { format!(" since {since}") };
            if REVIEW_CONTROLS.contains(&name.as_str()) {
                self.review.push(voiced(format!("required{since} ({name})")));
            }
            if ["CONTINUITY_ENFORCED", "SLSA_SOURCE_SCS_CONTINUITY"].contains(&name.as_str()) {
                self.history.push(voiced(format!("continuous{since} ({name})")));
            }
        }
    }
}

/// The source level that a summary states; `None` when it states none or two.
pub(crate) fn source_level(summary: &Summary) -> Option<u8> {
    let mut levels = summary.levels.iter().filter_map(|level| match level {
        VerifiedLevel::Level { track, level } if track == "SOURCE" => Some(*level),
        _ => None,
    });
    levels.next().filter(|_| levels.next().is_none())
}

/// Whether a summary states a review by a second person.
pub(crate) fn states_review(summary: &Summary) -> bool {
    source_level(summary).is_some_and(|level| level >= 4)
        || summary
            .levels
            .iter()
            .any(|level| matches!(level, VerifiedLevel::Property(name) if REVIEW_CONTROLS.contains(&name.as_str())))
}
