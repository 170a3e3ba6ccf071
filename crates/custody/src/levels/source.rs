//! The source track of SLSA v1.2 (E.6).

use touchstone_formats::predicate::summary::{Summary, VerifiedLevel};

use super::{Judged, ladder, met, not_met, unknown};
use crate::chain::{Chain, SourceLink};
use crate::model::Ladder;
use crate::stages::{source_level, states_review};

/// The ladder, and what the table of the first draft asks as well.
pub(crate) struct Source {
    pub(crate) ladder: Ladder,
    pub(crate) history: Judged,
    pub(crate) retained: Judged,
    pub(crate) reviewed: Judged,
}

/// What the listed verifiers say of the commit.
struct Heard {
    verifier: String,
    level: Option<u8>,
    reviewed: bool,
    expunge: bool,
    refs: String,
}

const NOBODY: &str = "No source summary of this commit by a verifier on your list is at hand.";
const OTHER_BRANCH: &str =
    "A source summary of this commit is at hand, and speaks of another branch than the build was for.";
const TO_REACH: &str = "A source summary of this commit that states the level, by a source verifier on your list.";
const SAFE_EXPUNGE: &str = "SLSA_SOURCE_ORG_SAFE_EXPUNGE";

pub(crate) fn judged(chain: &Chain<'_, '_>) -> Source {
    let heard = heard(chain);
    let best = heard.iter().max_by_key(|one| one.level);
    let would_count = |link: &&SourceLink| {
        let one = chain.get(link.statement).filter(|_| link.same_repository);
        one.is_some_and(|one| one.counted().is_some() && one.verifier.is_some() && one.said.passed().is_some())
    };
    let is_other = chain.sources.iter().filter(would_count).any(|link| chain.other_branch(link).is_some());
    let nobody = if is_other { OTHER_BRANCH } else { NOBODY };
    let step = |level: u8| match best {
        Some(Heard { verifier, level: Some(stated), refs, .. }) if *stated > level => {
            met(format!("Included in L{stated}, which {verifier} states for this commit{refs}."))
        }
        Some(Heard { verifier, level: Some(stated), refs, .. }) if *stated == level => {
            met(format!("Stated by {verifier} for this commit{refs}."))
        }
        Some(Heard { verifier, level: Some(stated), .. }) => {
            not_met(format!("{verifier} states L{stated} for this commit, not more."))
        }
        Some(Heard { verifier, .. }) => unknown(format!("{verifier} states no source level for this commit.")),
        None => unknown(nobody),
    };
    let titles = [
        "Version controlled",
        "History kept, changes attributed",
        "Protected branches and tags",
        "Reviewed by two people",
    ];
    let mut rungs = vec![("No requirement", "", met("Asks nothing."))];
    rungs.extend((1_u8..).zip(titles).map(|(level, title)| (title, TO_REACH, step(level))));
    Source {
        ladder: ladder("Source", rungs),
        history: step(2),
        retained: property(&heard, nobody, |one| one.expunge, "a process for deletion"),
        reviewed: property(&heard, nobody, |one| one.reviewed, "a review by a second person"),
    }
}

fn property(heard: &[Heard], nobody: &str, has: fn(&Heard) -> bool, what: &str) -> Judged {
    match (heard.iter().find(|one| has(one)), heard.first()) {
        (Some(one), _) => met(format!("{} states {what}{}.", one.verifier, one.refs)),
        (None, Some(one)) => not_met(format!("{} speaks of this commit and does not state {what}.", one.verifier)),
        (None, None) => unknown(nobody),
    }
}

/// Summaries of the commit in the same repository by listed verifiers. One that did not pass fails a check, and says
/// nothing here.
fn heard(chain: &Chain<'_, '_>) -> Vec<Heard> {
    let mut heard = Vec::new();
    for link in chain.sources.iter().filter(|link| link.same_repository) {
        // The commit must be that of a build whose word counts, or be what is asked about.
        let build_counts = match link.build {
            Some(build) => chain.get(build).is_some_and(|build| build.counted().is_some()),
            None => true,
        };
        let counted = chain.get(link.statement).and_then(|one| one.counted()).filter(|_| build_counts);
        let Some(one) = counted.map(|counted| counted.weighed()).filter(|one| one.verifier.is_some()) else { continue };
        let Some(summary) = one.said.passed() else { continue };
        if chain.other_branch(link).is_some() {
            continue;
        }
        let refs = one.said.source.reference.as_ref().map(|refs| format!(" on {refs}")).unwrap_or_default();
        heard.push(Heard {
            verifier: summary.verifier_id.clone(),
            level: source_level(summary).filter(|level| *level <= 4),
            reviewed: states_review(summary),
            expunge: has_property(summary, SAFE_EXPUNGE),
            refs,
        });
    }
    heard
}

fn has_property(summary: &Summary, name: &str) -> bool {
    summary.levels.iter().any(|level| matches!(level, VerifiedLevel::Property(found) if found == name))
}
