//! The build track of SLSA v1.2 (E.3).

use touchstone_formats::predicate::summary::{Summary, VerifiedLevel};

use super::{Judged, ladder, met, not_met, unknown};
use crate::chain::Chain;
use crate::model::{Ladder, Met};
use crate::proof::Weighed;

/// The ladder, and what the table of the first draft asks as well.
pub(crate) struct Build {
    pub(crate) ladder: Ladder,
    /// Provenance of the artifact exists.
    pub(crate) exists: Judged,
    /// A hosted platform signed it.
    pub(crate) hosted: Judged,
    /// The signer is a builder whose isolation the builder list vouches for.
    pub(crate) isolated: Judged,
}

pub(crate) fn judged(chain: &Chain<'_, '_>) -> Build {
    let builds = chain.builds();
    let exists = exists(chain, &builds);
    let hosted = best(builds.iter().map(|build| hosted(build)), "No provenance of this file is at hand.");
    let isolated = best(builds.iter().map(|build| isolated(build)), "No provenance of this file is at hand.");
    let stated = stated_level(chain);
    let or_stated = |level: u8, own: &Judged| match &stated {
        Some((verifier, stated)) if own.state != Met::Met && *stated >= level => {
            met(format!("{verifier}, a verifier on your list, states Build L{stated}."))
        }
        _ => own.clone(),
    };
    let rungs = vec![
        ("No requirement", "", met("Asks nothing.")),
        ("Provenance exists", "Provenance that names this file by digest.", or_stated(1, &exists)),
        (
            "Signed by a hosted platform",
            "Provenance signed by a hosted build platform, which agrees with the certificate.",
            or_stated(2, &hosted),
        ),
        (
            "Hardened build",
            "A reusable builder that the builder list names as isolated, at a release.",
            or_stated(3, &isolated),
        ),
    ];
    Build { ladder: ladder("Build", rungs), exists, hosted, isolated }
}

/// The best of several: met before unknown before not met.
fn best(all: impl Iterator<Item = Judged>, none: &str) -> Judged {
    let rank = |state| match state {
        Met::Met => 0,
        Met::Unknown => 1,
        Met::NotMet => 2,
    };
    all.min_by_key(|judged| rank(judged.state)).unwrap_or_else(|| not_met(none))
}

fn exists(chain: &Chain<'_, '_>, builds: &[&Weighed<'_>]) -> Judged {
    if chain.input.cut.is_some() {
        return not_met("The question about this file was answered with Rejected.");
    }
    if !chain.has_artifact() {
        return unknown("No file was given, so nothing says that a provenance is about it.");
    }
    match builds.first() {
        Some(build) => met(match (build.counted().is_some(), names_itself(chain, build)) {
            (true, true) => "The provenance names this file by digest and says how it was built.",
            (true, false) => {
                "The provenance names an image index or manifest that lists this file, and says how it was built."
            }
            (false, true) => "A provenance names this file by digest. Its word does not count for more than L1.",
            (false, false) => {
                "A provenance names an image index or manifest that lists this file. Its word does not count for more than L1."
            }
        }),
        None => not_met("No provenance of this file is at hand."),
    }
}

/// Whether a provenance names the artifact itself, and not only a list that holds it (F-22).
fn names_itself(chain: &Chain<'_, '_>, build: &Weighed<'_>) -> bool {
    let mut own = chain.covers.iter().filter(|cover| cover.through.is_none());
    own.any(|cover| build.said.subjects.binary_search(&cover.identity).is_ok())
}

/// L2: authentic, signed by a hosted platform, and confirmed by the certificate where a job wrote it itself. Only a pair of
/// signer and builder on the list meets it (E-4, E-7 to E-10).
fn hosted(build: &Weighed<'_>) -> Judged {
    let Some(counted) = build.counted() else {
        return not_met(format!("The provenance does not count as signed. {}", build.reason));
    };
    if let Some(listed) = build.listed.as_ref().filter(|listed| listed.level >= 2) {
        let agreed = counted
            .bundle()
            .agreed()
            .map(|agreed| format!(" {} of its claims agree with the certificate.", agreed.agreeing()));
        return met(format!("The builder is on the builder list: {}.{}", listed.name, agreed.unwrap_or_default()));
    }
    let Some(claims) = build.claims() else {
        return unknown("It is signed with a key. Nobody says that the key is a build platform's.");
    };
    let is_job = claims.run_invocation_uri().is_some() || claims.source_repository_digest().is_some();
    match claims.runner_environment() {
        Some("self-hosted") => not_met("It was built on a self-hosted runner, which is no hosted platform."),
        _ if claims.had_shell() => not_met(SHELL),
        _ if !is_job => not_met("It is signed by a person or a service account, not by a build platform."),
        None => unknown("The certificate does not say on what kind of runner it was built."),
        Some(_) if counted.bundle().agreed().is_none() => {
            unknown("Nothing in the provenance is confirmed by the certificate.")
        }
        Some(_) => unknown("The builder is not on the builder list."),
    }
}

/// C-7.
pub(super) const SHELL: &str = "Somebody had a shell in the job (ssh-rerun): that is no unattended build.";

/// Whether somebody had a shell in the job that signed.
pub(super) fn had_shell(build: &Weighed<'_>) -> bool {
    build.claims().is_some_and(touchstone_formats::fulcio::FulcioExtensions::had_shell)
}

/// L3: what no attestation shows comes from the builder list alone (E-11).
fn isolated(build: &Weighed<'_>) -> Judged {
    if build.counted().is_none() {
        return not_met(format!("The provenance does not count as signed. {}", build.reason));
    }
    let claims = build.claims();
    if had_shell(build) {
        return not_met(SHELL);
    }
    let in_job = claims.and_then(|claims| Some(claims.build_signer_uri()? == claims.build_config_uri()?)) == Some(true);
    match &build.listed {
        Some(listed) if listed.level >= 3 => {
            if claims.and_then(|claims| claims.runner_environment()) == Some("self-hosted") {
                return not_met("The builder ran on a self-hosted runner.");
            }
            met(format!("The builder is on the builder list: {}.", listed.name))
        }
        _ if in_job => not_met("The signer ran in the same job as the build steps, so they could reach it."),
        Some(listed) if listed.names_signer() => {
            not_met(format!("The builder list vouches for L{} at most: {}.", listed.level, listed.name))
        }
        _ => unknown(
            "No attestation shows whether builds are isolated. It rests on the builder list, \
             and this builder is not listed there as isolated.",
        ),
    }
}

/// The build level that a listed verifier states of the artifact (E-49).
fn stated_level(chain: &Chain<'_, '_>) -> Option<(String, u8)> {
    chain
        .about()
        .filter_map(|one| {
            let summary = chain.relied_summary(one)?;
            Some((summary.verifier_id.clone(), build_level(summary)?))
        })
        .max_by_key(|(_, level)| *level)
}

/// Highest level of the build track.
const HIGHEST: u8 = 3;

/// The build level of a summary; `None` when it states none or two, or one that the track does not have.
fn build_level(summary: &Summary) -> Option<u8> {
    let mut levels = summary.levels.iter().filter_map(|level| match level {
        VerifiedLevel::Level { track, level } if track == "BUILD" => Some(*level),
        _ => None,
    });
    levels.next().filter(|level| *level <= HIGHEST && levels.next().is_none())
}
