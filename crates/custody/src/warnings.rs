//! Contradictions and oddities, a sentence each. None of them decides a verdict.

use touchstone_formats::predicate::slsa::Provenance;
use touchstone_verify::text;

use crate::chain::Chain;
use crate::evidence::Held;
use crate::levels::independent;
use crate::limits::{MAX_EVIDENCE, MAX_NODES, MAX_WARNINGS};
use crate::model::{Inputs, Standing};
use crate::stages::{Use, asset_names, uses};

pub(crate) fn warnings(chain: &Chain<'_, '_>, inputs: &Inputs, left_out: usize) -> Vec<String> {
    let mut warnings = Vec::new();
    denials(chain, &mut warnings);
    sources(chain, &mut warnings);
    branches(chain, &mut warnings);
    order(chain, &mut warnings);
    releases(chain, &mut warnings);
    parameters(chain, &mut warnings);
    let forks = chain.sources.iter().filter(|link| !link.same_repository && link.build.is_some());
    for link in forks {
        let name = chain.get(link.statement).map(|one| one.name).unwrap_or_default();
        warnings.push(format!(
            "{name} names commit {} in another repository than the build. It counts for nothing here: a commit may exist in forks.",
            link.commit.hex()
        ));
    }
    for one in chain.weighed.iter().filter(|one| one.said.malformed && one.standing != Standing::Failed) {
        let kind = one.said.statement.map(|statement| statement.predicate_type.as_str()).unwrap_or_default();
        warnings.push(if one.said.two_releases {
            format!(
                "{} names another repository or tag in its package URL than in what it says. It counts for no release.",
                one.name
            )
        } else {
            format!("{} says {kind}, and cannot be read as that.", one.name)
        });
    }
    warnings.extend(
        inputs.rows.iter().filter(|row| !row.warning.is_empty()).map(|row| format!("{}: {}", row.name, row.warning)),
    );
    let more = warnings.len().saturating_sub(MAX_WARNINGS);
    warnings.truncate(MAX_WARNINGS);
    if more > 0 {
        warnings.push(format!("There are {more} more warnings."));
    }
    if let Some((one, other)) = independent(chain) {
        warnings.push(format!(
            "Two independent builders made this digest: {one} and {other}. That is evidence of a reproducible build."
        ));
    }
    let unread = chain.input.evidence.len().saturating_sub(MAX_EVIDENCE);
    if unread > 0 {
        warnings.push(format!("{unread} further files were not looked at: {MAX_EVIDENCE} at most in one go."));
    }
    if chain.is_capped {
        warnings.push("Not every subject was looked at: there are too many.".to_owned());
    }
    if left_out > 0 {
        warnings.push(format!("The picture shows the first {MAX_NODES} things; {left_out} more are not drawn."));
    }
    warnings
}

/// E-62: evidence decides no verdict, and what speaks against the file must not be overlooked among what counts for
/// nothing.
fn denials(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    for one in chain.weighed {
        let Held::Unproven(unproven) = one.held else { continue };
        let is_about = || chain.covers.iter().any(|cover| one.said.subjects.binary_search(&cover.identity).is_ok());
        let Some(summary) = one.said.summary().filter(|_| unproven.denies && is_about()) else { continue };
        let signer = if unproven.signer.is_empty() { "the holder of a key" } else { &unproven.signer };
        warnings.push(format!(
            "{}, signed by {signer}, says that this file did not pass: {} states {}. It decides nothing here; ask the verifier why.",
            one.name, summary.verifier_id, summary.result
        ));
    }
}

/// E-5: what nobody reads must not be overlooked.
fn parameters(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    for build in chain.builds() {
        let unknown = build.said.provenance().map(Provenance::unknown_parameters).unwrap_or_default();
        if let Some(first) = unknown.first() {
            warnings.push(format!(
                "{} has {} that its build type does not define, first {first}. What they do to the build is not known.",
                build.name,
                if unknown.len() == 1 { "a parameter".to_owned() } else { format!("{} parameters", unknown.len()) },
            ));
        }
    }
}

/// E-63: one file has one source.
fn sources(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    let mut first = None;
    for build in chain.counted_builds() {
        let weighed = build.weighed();
        let certified = weighed.certified_source();
        let source = if certified.pinned().is_some() { certified } else { weighed.said.source.clone() };
        let Some((repository, commit)) = source.pinned() else { continue };
        let this = (repository.to_owned(), commit.clone());
        match &first {
            None => first = Some(this),
            Some(known) if *known != this => {
                warnings.push(format!(
                    "Two provenances of this digest name different sources: {} at {}, and {} at {}.",
                    known.0,
                    known.1.hex(),
                    this.0,
                    this.1.hex()
                ));
                return;
            }
            Some(_) => {}
        }
    }
}

/// E-46: a source summary holds for the refs that it names. A tag may stand on a commit of a branch; another branch is
/// another history.
fn branches(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    for link in chain.sources.iter().filter(|link| link.same_repository) {
        let counts = link.build.and_then(|build| chain.get(build)).is_some_and(|build| build.counted().is_some());
        let Some(built) = chain.other_branch(link).filter(|_| counts) else { continue };
        let Some(one) = chain.get(link.statement).filter(|one| one.counted().is_some()) else { continue };
        let said = one.said.source.reference.as_deref().unwrap_or_default();
        warnings.push(format!(
            "{} speaks of the commit on {said}; the build was for {built}. It counts for no level of this file.",
            one.name
        ));
    }
}

/// E-50: a release says of which repository, at which tag, and under which name it lists these bytes. The name of a file
/// on a disk is whatever somebody called it, so another one is said and decides nothing.
fn releases(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    let given = chain.input.artifact.as_ref().map(|artifact| artifact.name.as_str()).unwrap_or_default();
    for one in chain.about() {
        let names = asset_names(chain, one);
        if !given.is_empty() && !names.is_empty() && !names.contains(&given) {
            warnings.push(format!(
                "{} lists these bytes as {}; the file that you gave is called {given}. Somebody renamed it, or meant \
                 another asset of the release.",
                one.name,
                names.join(" and as ")
            ));
        }
    }
}

/// E-60: by verified times only. Those inside a predicate are claims.
fn order(chain: &Chain<'_, '_>, warnings: &mut Vec<String>) {
    let built = chain.counted_builds().filter_map(|build| build.weighed().time()).min();
    let Some(built) = built else { return };
    for (one, used) in uses(chain) {
        let Some(time) = one.time() else { continue };
        if time < built && one.counted().is_some() {
            let word = match used {
                Use::Released(_) => "released",
                Use::Approved(_) => "judged",
            };
            warnings.push(format!(
                "{} was {word} at {}, before its provenance was signed at {}.",
                one.name,
                text::instant(time),
                text::instant(built)
            ));
        }
    }
}
