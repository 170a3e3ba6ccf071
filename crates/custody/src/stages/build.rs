//! How was it built, by what, and from what?

use std::collections::BTreeSet;

use touchstone_formats::predicate::Predicate;
use touchstone_formats::sbom::{Component, Sbom};

use super::{given, state};
use crate::answers::{Differing, INPUTS, INPUTS_COMPLETE, RECIPE, RUNNER, SYSTEM, Voiced, pool};
use crate::chain::Chain;
use crate::identity::Identity;
use crate::model::{Stage, StageId, StageState, Strength};
use crate::parties::{GITHUB_ACTIONS, issuer_of};
use crate::proof::Weighed;
use crate::said::{dependency, workflow};

pub(super) fn stage(chain: &Chain<'_, '_>) -> Stage {
    let builds = chain.builds();
    let mut voices: [Vec<Voiced>; 5] = Default::default();
    for build in &builds {
        let [systems, recipes, runners, inputs, complete] = &mut voices;
        voices_of(build, systems, recipes, runners, inputs, complete);
    }
    let [_, _, _, inputs, _] = &mut voices;
    inputs.extend(chain.about().filter_map(of_bill));
    let questions = [&SYSTEM, &RECIPE, &RUNNER, &INPUTS, &INPUTS_COMPLETE];
    let answers: Vec<_> =
        questions.iter().zip(&voices).map(|(question, heard)| pool(question, heard, Differing::Coexist)).collect();
    let mut state = match state(&answers) {
        StageState::Differs => StageState::Answered,
        other => other,
    };
    let mut answer = match (given(&answers, SYSTEM.id), given(&answers, RECIPE.id), given(&answers, RUNNER.id)) {
        (Some(system), Some(recipe), Some(runner)) => format!("{system}: {} on {runner}", file(recipe)),
        (Some(system), Some(recipe), None) => format!("{system}: {}", file(recipe)),
        (Some(system), None, _) => system.to_owned(),
        _ => SYSTEM.gap.to_owned(),
    };
    let is_proven = answers.iter().any(|answer| matches!(answer.strength, Strength::Proven(_)));
    if chain.input.cut.as_ref().is_some_and(|cut| cut.artifact.is_some()) {
        state = StageState::Off;
        "About another file.".clone_into(&mut answer);
    } else if !is_proven && builds.iter().any(|build| build.said.provenance().is_some()) {
        answer = format!("{answer}. Nobody whose word counts says so.");
    }
    super::stage(StageId::Build, state, answer, answers)
}

fn voices_of(
    build: &Weighed<'_>,
    systems: &mut Vec<Voiced>,
    recipes: &mut Vec<Voiced>,
    runners: &mut Vec<Voiced>,
    inputs: &mut Vec<Voiced>,
    complete: &mut Vec<Voiced>,
) {
    let Some(provenance) = build.said.provenance() else { return };
    let proof = build.counted().map(|counted| counted.proof());
    let voiced = |value: String, voucher| Voiced::new(value, voucher, build.index, proof);
    let builder = system(build);
    // Whose token it was is the authority's word; which builder it was is the builder's own.
    let certifier = build.certifier();
    if let (Some(platform), Some(certifier)) = (platform(build), certifier) {
        systems.push(voiced(platform.to_owned(), certifier).check("chain"));
        systems.push(voiced(builder, build.voice).key(platform).check("statement"));
    } else {
        systems.push(voiced(builder, build.voice).check("statement"));
    }
    let certified = build.claims().and_then(|claims| claims.build_config_uri());
    if let (Some(config), Some(certifier)) = (certified, certifier) {
        recipes.push(voiced(config.to_owned(), certifier).check("chain"));
    }
    if let Some(recipe) = recipe(build) {
        let key = certified.filter(|config| config.contains(&recipe)).map_or_else(|| recipe.clone(), str::to_owned);
        recipes.push(voiced(recipe, build.voice).key(key).check("statement"));
    }
    // CircleCI writes two quotation marks where it has nothing to say (C.3).
    let runner = build.claims().and_then(|claims| claims.runner_environment()).filter(|runner| *runner != "\"\"");
    if let (Some(runner), Some(certifier)) = (runner, certifier) {
        let said = match runner {
            "github-hosted" => "a GitHub-hosted runner",
            "self-hosted" => "a self-hosted runner",
            "gitlab-hosted" => "a runner hosted by GitLab",
            "buildkite-hosted" => "a runner hosted by Buildkite",
            "ssh-rerun" => "a job in which somebody had a shell",
            other => other,
        };
        runners.push(voiced(said.to_owned(), certifier).check("chain"));
    }
    let listed = provenance.dependencies.len();
    let pinned = provenance.dependencies.iter().filter(|listed| dependency(listed).is_some()).count();
    if pinned > 0 {
        inputs.push(voiced(format!("{listed} listed, {pinned} pinned by digest"), build.voice).check("statement"));
    }
    if provenance.completeness.materials == Some(true) {
        complete.push(voiced("the builder states that the list is complete".to_owned(), build.voice));
    }
}

/// What a signed bill of materials of the artifact lists.
fn of_bill(one: &Weighed<'_>) -> Option<Voiced> {
    let Predicate::Sbom(format) = &one.said.predicate else { return None };
    let bill = Sbom::of_predicate(one.said.statement?, *format).ok()?;
    let described: BTreeSet<usize> = bill.described.iter().copied().collect();
    let components = || bill.components.iter().enumerate().filter(|(index, _)| !described.contains(index));
    let is_pinned = |component: &Component| {
        component.digests.iter().any(|digest| Identity::of_file(&digest.algorithm, &digest.value).is_some())
    };
    let pinned = components().filter(|(_, component)| is_pinned(component)).count();
    let said = format!("{} in a bill of materials, {pinned} pinned by digest", components().count());
    let proof = one.counted().map(|counted| counted.proof());
    (pinned > 0).then(|| Voiced::new(said, one.voice, one.index, proof).check("statement"))
}

/// The builder, as it names itself.
fn system(build: &Weighed<'_>) -> String {
    build.said.provenance().map(|provenance| provenance.builder_id.clone()).unwrap_or_default()
}

/// The build platform whose token the certificate rests on.
fn platform(build: &Weighed<'_>) -> Option<&'static str> {
    match issuer_of(build.claims()) {
        Some(GITHUB_ACTIONS) => Some("GitHub Actions"),
        Some("https://gitlab.com") => Some("GitLab CI"),
        _ => None,
    }
}

/// What the provenance names as its instructions: workflow path, entry point.
pub(crate) fn recipe(build: &Weighed<'_>) -> Option<String> {
    let provenance = build.said.provenance()?;
    let path = workflow(provenance).map(|(_, _, path)| path.to_owned()).filter(|path| !path.is_empty());
    path.or_else(|| provenance.config_source.as_ref()?.entry_point.clone().filter(|entry| !entry.is_empty()))
}

/// The file of a workflow's URI.
fn file(recipe: &str) -> &str {
    let path = recipe.split_once("/.github/workflows/").map_or(recipe, |(_, file)| file);
    path.strip_prefix(".github/workflows/").unwrap_or(path).split('@').next().unwrap_or(path)
}
