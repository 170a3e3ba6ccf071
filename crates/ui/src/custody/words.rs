//! States of the chain as mark, icon and word: one function each.

use touchstone_report::document::custody::{Agreement, EdgeState, Met, Stage, StageState, Standing, Strength};
use yew::prelude::*;

use crate::strings::custody as words;
use crate::{Icon, icon};

/// Icon and word (`st`). On a rejection the colour of passing is taken away.
fn st(name: &'static str, symbol: Icon, word: Html, quiet: bool) -> Html {
    let (name, symbol) = if quiet && name == "pass" { ("plain", Icon::Check) } else { (name, symbol) };
    html! { <span class="st" data-s={name}>{ icon(symbol) }{ word }</span> }
}

/// "4 of 5 answered", with the mark of the stage's state.
pub(super) fn stage_status(stage: &Stage, quiet: bool) -> Html {
    let (name, symbol) = match stage.state {
        StageState::Differs => ("fail", Icon::Fail),
        StageState::Off => ("blocked", Icon::Blocked),
        StageState::Wait => ("run", Icon::Run),
        StageState::Gap => ("gap", Icon::Gap),
        StageState::Answered if stage.answered == stage.of => ("pass", Icon::Pass),
        StageState::Answered => ("part", Icon::Part),
    };
    let word = match stage.state {
        StageState::Wait => words::WAITS.to_owned(),
        StageState::Off => format!("{}, {}", answered(stage), words::NOT_COUNTED),
        StageState::Answered | StageState::Gap | StageState::Differs => answered(stage),
    };
    st(name, symbol, html! { { word } }, quiet)
}

fn answered(stage: &Stage) -> String {
    format!("{}{}{}{}", stage.answered, words::OF, stage.of, words::ANSWERED)
}

pub(super) const fn stage_state(state: StageState) -> &'static str {
    match state {
        StageState::Answered => "answered",
        StageState::Gap => "gap",
        StageState::Differs => "differs",
        StageState::Off => "off",
        StageState::Wait => "wait",
    }
}

pub(super) const fn stage_icon(index: usize) -> Icon {
    match index {
        0 => Icon::Source,
        1 => Icon::Build,
        2 => Icon::File,
        _ => Icon::Deploy,
    }
}

pub(super) fn strength(strength: Strength, quiet: bool) -> Html {
    let (name, symbol, word) = match strength {
        Strength::Proven => ("pass", Icon::Pass, words::PROVEN),
        Strength::NameOnly => ("part", Icon::Part, words::NAME_ONLY),
        Strength::Contradicted => ("fail", Icon::Fail, words::CONTRADICTED),
        Strength::Gap => ("gap", Icon::Gap, words::GAP),
    };
    st(name, symbol, html! { { word } }, quiet)
}

/// Name for the style sheet, icon before the label, how it is said before the label.
pub(super) const fn edge(state: EdgeState) -> (&'static str, Option<Icon>, &'static str) {
    match state {
        EdgeState::Match => ("match", Some(Icon::Equal), words::JOINED),
        EdgeState::Name => ("name", None, words::JOINED_BY_NAME),
        EdgeState::Gap => ("gap", None, words::JOINED_NOT),
        EdgeState::Differs => ("differs", Some(Icon::Differs), words::CUT),
        EdgeState::Wait => ("wait", None, words::WAITS_FOR),
    }
}

pub(super) fn standing(standing: Standing, quiet: bool) -> Html {
    let (name, symbol, word) = match standing {
        Standing::Named => ("pass", Icon::Pass, words::BY_NAMED),
        Standing::Relied => ("pass", Icon::Pass, words::BY_RELIED),
        Standing::Unnamed => ("part", Icon::Part, words::BY_UNNAMED),
        Standing::Unsigned => ("part", Icon::Part, words::BY_NOBODY),
        Standing::Failed => ("fail", Icon::Fail, words::BY_FAILED),
        Standing::Elsewhere => ("blocked", Icon::Blocked, words::ELSEWHERE),
    };
    st(name, symbol, html! { { word } }, quiet)
}

/// `unknown` is the word where nothing tells.
pub(super) fn met(state: Met, unknown: &'static str, quiet: bool) -> Html {
    let (name, symbol, word) = match state {
        Met::Met => ("pass", Icon::Pass, words::MET),
        Met::NotMet => ("none", Icon::None, words::NOT_MET),
        Met::Unknown => ("gap", Icon::Gap, unknown),
    };
    st(name, symbol, html! { { word } }, quiet)
}

pub(super) fn agreement(state: Agreement, quiet: bool) -> Html {
    let (name, symbol, word) = match state {
        Agreement::Agree => ("pass", Icon::Pass, words::AGREE),
        Agreement::OnlyClaimed => ("part", Icon::Part, words::ONLY_CLAIMED),
        Agreement::OnlyCertificate => ("none", Icon::None, words::ONLY_CERTIFICATE),
        Agreement::Contradicts => ("fail", Icon::Fail, words::CONTRADICTS),
    };
    st(name, symbol, html! { { word } }, quiet)
}

/// How an input is held to its content.
pub(super) fn pinned(by_digest: bool, quiet: bool) -> Html {
    if by_digest {
        st("pass", Icon::Pass, html! { { words::PINNED } }, quiet)
    } else {
        st("part", Icon::Part, html! { { words::BY_NAME } }, quiet)
    }
}
