//! Icon and word. Shape and word carry the meaning, hue confirms it: one function each maps a state to them.

use touchstone_report::document::{Outcome, State};
use yew::prelude::*;

use crate::icon::icon_of;
use crate::strings::state as words;
use crate::{Icon, icon};

/// Status of a check (`st`). `quiet` takes the colour from passed checks, on a rejection.
pub(crate) fn status(state: State, quiet: bool) -> Html {
    let (name, symbol, word) = shown(state, quiet);
    html! { <span class="st" data-s={name}>{ icon(symbol) }{ word }</span> }
}

/// "3 passed", for the head of a group.
pub(crate) fn tally(state: State, count: usize, quiet: bool) -> Html {
    let (name, symbol, word) = shown(state, quiet);
    let plain = quiet && state == State::Passed;
    html! {
        <span class="st" data-s={name}>
            if !plain {
                { icon(symbol) }
            }
            { count }{ " " }{ word.to_ascii_lowercase() }
        </span>
    }
}

fn shown(state: State, quiet: bool) -> (&'static str, Icon, &'static str) {
    match state {
        State::Passed if quiet => ("plain", Icon::Check, words::PASSED),
        State::Passed => ("pass", Icon::Pass, words::PASSED),
        State::Failed => ("fail", Icon::Fail, words::FAILED),
        State::Blocked => ("blocked", Icon::Blocked, words::BLOCKED),
        State::NotPresent => ("none", Icon::None, words::NOT_PRESENT),
        State::NotAsked => ("gap", Icon::Gap, words::NOT_ASKED),
        State::Waived => ("waived", Icon::Waived, words::WAIVED),
    }
}

/// Icon of an outcome.
pub(crate) fn outcome_icon(outcome: Outcome) -> Html {
    icon(outcome_symbol(outcome))
}

/// Icon of an outcome for the banner.
pub(crate) fn outcome_icon_large(outcome: Outcome) -> Html {
    icon_of(outcome_symbol(outcome), "i verdict__icon")
}

fn outcome_symbol(outcome: Outcome) -> Icon {
    match outcome {
        Outcome::Verified => Icon::Pass,
        Outcome::Rejected => Icon::Fail,
        Outcome::Incomplete => Icon::Part,
    }
}

/// How a request went (`st`).
pub(crate) fn request_state(state: &crate::RequestState) -> Html {
    use crate::RequestState::{Done, Refused, Running};

    match state {
        Running => {
            html! { <span class="st" data-s="run">{ icon_of(Icon::Run, "i spin") }{ words::RUNNING }</span> }
        }
        Done => {
            html! { <span class="st" data-s="plain">{ icon(Icon::Check) }{ words::DONE }</span> }
        }
        Refused(why) => html! {
            <span class="st st--wrap" data-s="none">{ icon(Icon::None) }{ crate::visible(why) }</span>
        },
    }
}
