//! Every check once, in groups.

use touchstone_report::document::{Check, Outcome, State};
use yew::prelude::*;

use crate::check_row::check_row;
use crate::icon::icon_of;
use crate::status::tally;
use crate::strings::{checks as words, sections};
use crate::{Doc, Dom, Icon};

/// Titles of the groups, in the order in which they are shown.
const GROUPS: [(&str, &str); 6] = [
    ("bundle", "Signature file and trusted root"),
    ("log", "Public log"),
    ("time", "Time"),
    ("certificate", "Certificate"),
    ("content", "Signature and file"),
    ("expected", "What you expected"),
];

/// States in the order of a tally, what needs looking at first.
const TALLY: [State; 6] =
    [State::Failed, State::Blocked, State::Waived, State::Passed, State::NotPresent, State::NotAsked];

/// Properties of [`checks`].
#[derive(Properties, PartialEq)]
pub struct ChecksProps {
    /// The document.
    pub document: Doc,
    /// Id of a check that was asked for (by address): its group and it are open.
    #[prop_or_default]
    pub asked: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Checks (`checks`, `check`): a check has the address `check-<id>`. Groups with a failure come first.
pub fn checks(props: &ChecksProps) -> Html {
    let document = &props.document;
    let rejected = document.verdict.outcome == Outcome::Rejected;
    let mut groups: Vec<(&str, &str, Vec<&Check>)> = GROUPS
        .iter()
        .map(|&(id, title)| (id, title, document.checks.iter().filter(|check| check.group == id).collect()))
        .filter(|(_, _, checks): &(_, _, Vec<_>)| !checks.is_empty())
        .collect();
    groups.sort_by_key(|(_, _, checks)| checks.iter().map(|check| urgency(check.state)).min());
    html! {
        <section class="sec" id="checks" aria-labelledby="checks-h">
            <div class="sec__head">
                <h2 id="checks-h">{ sections::CHECKS }</h2>
                <p>
                    { document.verdict.counts.clone() }{ ". " }
                    if rejected {
                        { words::NO_BALANCE }
                    }
                </p>
            </div>
            <div class="card checks">
                { for groups.iter().map(|(id, title, checks)| group(props, id, title, checks, rejected)) }
            </div>
        </section>
    }
}

fn urgency(state: State) -> u8 {
    match state {
        State::Failed => 0,
        State::Blocked => 1,
        _ => 2,
    }
}

fn group(props: &ChecksProps, id: &str, title: &'static str, checks: &[&Check], rejected: bool) -> Html {
    let open = checks.iter().any(|check| urgency(check.state) < 2 || check.id == *props.asked);
    let names = checks.iter().map(|check| check.title.as_str()).collect::<Vec<_>>().join(", ");
    let counts = TALLY.iter().filter_map(|&state| {
        let count = checks.iter().filter(|check| check.state == state).count();
        (count > 0).then(|| tally(state, count, rejected))
    });
    html! {
        <details class="checks__group" id={format!("group-{id}")} {open} key={id.to_owned()}>
            <summary>
                { icon_of(Icon::Chevron, "i chev") }
                <span class="checks__names"><b>{ title }</b>{ " " }<span>{ names }</span></span>
                <span class="tally">{ for counts }</span>
            </summary>
            { for checks.iter().map(|check| check_row(props, check, rejected)) }
        </details>
    }
}
