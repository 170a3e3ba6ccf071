//! How did it get into use? Released, approved, recorded and running are four different things (E-54).

use touchstone_formats::predicate::Predicate;

use super::state;
use crate::answers::{APPROVED, Differing, RELEASED, RUNNING, Voiced, pool};
use crate::chain::Chain;
use crate::evidence::{Deployed, Held, Record};
use crate::model::{Stage, StageId, StageState, Strength, Voucher};
use crate::proof::Weighed;
use crate::said::identities;

/// What a statement says of how something got into use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It was released or published.
    Released(String),
    /// It was approved, or checked and let pass.
    Approved(String),
}

pub(super) fn stage(chain: &Chain<'_, '_>) -> Stage {
    let (mut released, mut approved, mut running) = (Vec::new(), Vec::new(), Vec::new());
    for (one, used) in uses(chain) {
        let proof = one.counted().map(|counted| counted.proof());
        match used {
            Use::Released(value) => released.push(Voiced::new(value, one.voice, one.index, proof)),
            Use::Approved(value) => approved.push(Voiced::new(value, one.voice, one.index, proof)),
        }
    }
    for (index, deployed) in records(chain) {
        let word = if deployed.observed { "observed running" } else { "recorded as deployed" };
        running.push(Voiced::new(format!("{word}: {}", deployed.place), Voucher::Nobody, index, None));
    }
    let heard = [(&RELEASED, &released), (&APPROVED, &approved), (&RUNNING, &running)];
    let mut answers: Vec<_> =
        heard.iter().map(|(question, voices)| pool(question, voices, Differing::Coexist)).collect();
    let more = running.len().saturating_sub(1);
    if let Some(places) = answers.get_mut(2).filter(|_| more > 0) {
        places.text = format!("{}, and {more} more", places.text);
    }
    let state = state(&answers);
    let first = |wanted: fn(&Strength) -> bool| answers.iter().find(|answer| wanted(&answer.strength));
    let proven = first(|strength| matches!(strength, Strength::Proven(_)));
    let said = proven.or_else(|| first(|strength| matches!(strength, Strength::NameOnly)));
    let answer = match (said, &chain.input.cut) {
        (_, Some(_)) => "Not looked at: no statement that holds names this file.".to_owned(),
        (Some(answer), None) => format!("{}: {}", answer.title, answer.text),
        (None, None) => "Nobody states how it got into use.".to_owned(),
    };
    let state = if chain.input.cut.is_some() { StageState::Gap } else { state };
    super::stage(StageId::Deploy, state, answer, answers)
}

/// Statements about the artifact that say how it got into use.
pub(crate) fn uses<'w, 'a>(chain: &Chain<'w, 'a>) -> Vec<(&'w Weighed<'a>, Use)> {
    chain.about().filter_map(|one| Some((one, used(chain, one)?))).collect()
}

/// Names under which a release lists the bytes asked about, each once (E-50); empty for every other statement.
pub(crate) fn asset_names<'a>(chain: &Chain<'_, 'a>, one: &Weighed<'a>) -> Vec<&'a str> {
    let (Predicate::Release(_), Some(statement)) = (&one.said.predicate, one.said.statement) else { return Vec::new() };
    let mut names: Vec<&str> = Vec::new();
    for subject in &statement.subjects {
        // The name of an index that lists them is not theirs.
        let mut own = chain.covers.iter().filter(|cover| cover.through.is_none());
        let mut is_ours = || identities(subject, true).any(|found| own.any(|own| own.identity == found));
        if let Some(name) =
            subject.name.as_deref().filter(|name| !name.is_empty() && !names.contains(name) && is_ours())
        {
            names.push(name);
        }
    }
    names
}

fn used(chain: &Chain<'_, '_>, one: &Weighed<'_>) -> Option<Use> {
    Some(match &one.said.predicate {
        Predicate::Release(release) => {
            let named = match asset_names(chain, one).as_slice() {
                [] => String::new(),
                names => format!(", as {}", names.join(" and as ")),
            };
            Use::Released(format!("{} of {}{named}", release.tag, release.repository))
        }
        Predicate::NpmPublish(publish) => {
            Use::Released(format!("{} {} on {}", publish.name, publish.version, publish.registry))
        }
        Predicate::PypiPublish => Use::Released("published to a Python package index".to_owned()),
        Predicate::PolicyPublish(publish) => Use::Approved(match publish.build_level {
            Some(level) => format!("for publishing, at build level {level}"),
            None => "for publishing".to_owned(),
        }),
        Predicate::Deployment(deployment) => Use::Approved(match deployment.scopes.as_slice() {
            [] => "for any place".to_owned(),
            scopes => scopes.iter().map(|(kind, value)| format!("{kind} {value}")).collect::<Vec<_>>().join(" and "),
        }),
        // A summary counts as a decision only as a listed verifier's word, and only one that passed (E-49).
        Predicate::Summary(summary)
            if !one.said.is_about_source() && one.verifier.is_some() && one.said.passed().is_some() =>
        {
            Use::Approved(format!("passed by {} for {}", summary.verifier_id, summary.resource_uri))
        }
        Predicate::Svr(result) if one.verifier.is_some() => {
            Use::Approved(format!("checked by {}: {}", result.verifier_id, result.properties.join(", ")))
        }
        _ => return None,
    })
}

/// Unsigned records of the artifact, by digest.
pub(crate) fn records<'w, 'a>(chain: &Chain<'w, 'a>) -> Vec<(usize, &'a Deployed)> {
    let ours = |deployed: &&Deployed| {
        deployed.identity.as_ref().is_some_and(|identity| chain.covers.iter().any(|cover| cover.identity == *identity))
    };
    chain
        .weighed
        .iter()
        .filter_map(|one| match one.held {
            Held::Record(Record::Deployed(all)) => Some((one.index, all)),
            _ => None,
        })
        .flat_map(|(index, all)| all.iter().filter(ours).map(move |deployed| (index, deployed)))
        .collect()
}
