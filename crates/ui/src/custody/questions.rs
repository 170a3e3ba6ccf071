//! The three questions, answered or not, before the picture.

use touchstone_report::document::Voucher;
use touchstone_report::document::custody::{Stage, StageState, Strength};
use yew::prelude::*;

use super::words::stage_status;
use super::{Opened, Section};
use crate::strings::custody as words;
use crate::visible;
use crate::vouchers::voucher_mark;

/// Source, build and deployment; the artifact is what they are asked about.
pub(super) fn questions(section: &Section<'_>) -> Html {
    let stages = section.custody.stages.iter().enumerate().filter(|(_, stage)| stage.id != "artifact");
    html! { <ul class="asked" role="list">{ for stages.map(|(at, stage)| question(section, at, stage)) }</ul> }
}

fn question(section: &Section<'_>, at: usize, stage: &Stage) -> Html {
    let gap = matches!(stage.state, StageState::Gap | StageState::Off).then_some("asked--gap");
    html! {
        <li class={classes!("card", "asked__one", gap)}>
            <h3>{ visible(&stage.question) }</h3>
            <p class="asked__answer">{ section.opens("opens", Opened::Stage(at), visible(&stage.answer)) }</p>
            <p class="asked__who">
                { stage_status(stage, section.quiet) }
                { for vouchers(stage).into_iter().map(voucher_mark) }
            </p>
            { open(stage) }
        </li>
    }
}

/// Who stands behind what is proven, each once.
fn vouchers(stage: &Stage) -> Vec<Voucher> {
    let mut all = Vec::new();
    let proven = stage.questions.iter().filter(|one| one.strength == Strength::Proven);
    for voucher in proven.flat_map(|one| &one.vouchers) {
        if !all.contains(voucher) {
            all.push(*voucher);
        }
    }
    all
}

/// The first thing that would close the gap, and how many more are open.
fn open(stage: &Stage) -> Html {
    let mut open = stage.questions.iter().filter(|one| one.strength != Strength::Proven && !one.to_close.is_empty());
    let Some(first) = open.next() else {
        return html! {};
    };
    let more = open.count();
    html! {
        <p class="asked__open">
            <b>{ visible(&first.title) }{ ": " }</b>{ visible(&first.to_close) }
            if more > 0 {
                { " " }{ words::AND }{ more }{ words::MORE_OPEN }
            }
        </p>
    }
}
