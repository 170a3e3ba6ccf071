//! SLSA levels, computed from what counts and never read out of a provenance (E-4, E-7). Each number stands with its
//! track and version (E-13).

mod build;
mod draft;
mod source;

pub(crate) use draft::independent;

use crate::chain::Chain;
use crate::model::{Ladder, Levels, Met, Step};

pub(crate) fn levels(chain: &Chain<'_, '_>) -> Levels {
    let build = build::judged(chain);
    let source = source::judged(chain);
    let draft = draft::requirements(chain, &build, &source);
    let (draft_level, draft_summary) = draft::level(&draft);
    Levels { build: build.ladder, source: source.ladder, draft, draft_level, draft_summary }
}

/// Whether something is so, and why.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) state: Met,
    pub(crate) reason: String,
}

pub(crate) fn met(reason: impl Into<String>) -> Judged {
    Judged { state: Met::Met, reason: reason.into() }
}

pub(crate) fn not_met(reason: impl Into<String>) -> Judged {
    Judged { state: Met::NotMet, reason: reason.into() }
}

pub(crate) fn unknown(reason: impl Into<String>) -> Judged {
    Judged { state: Met::Unknown, reason: reason.into() }
}

/// The rungs, the level (every rung up to it is met), and the sentence for it.
fn ladder(track: &'static str, rungs: Vec<(&'static str, &'static str, Judged)>) -> Ladder {
    let mut steps = Vec::with_capacity(rungs.len());
    for (level, (title, to_reach, judged)) in (0_u8..).zip(rungs) {
        steps.push(Step {
            level,
            title,
            state: judged.state,
            reason: judged.reason,
            to_reach: if judged.state == Met::Met { "" } else { to_reach },
        });
    }
    let reached = steps.iter().take_while(|step| step.state == Met::Met).last();
    let level = reached.map_or(0, |step| step.level);
    let why = reached.map(|step| step.reason.clone()).unwrap_or_default();
    let next = steps.iter().find(|step| step.state != Met::Met);
    let reason = match next {
        Some(next) if level == 0 => next.reason.clone(),
        Some(next) => format!("{why} Not L{}: {}", next.level, next.reason),
        None => why,
    };
    Ladder { track, level, title: format!("{track} L{level}, SLSA v1.2"), reason, steps }
}
