//! Levels, computed from the evidence: two ladders and the table of the first draft. Track and version stand beside each
//! number.

use touchstone_report::document::Outcome;
use touchstone_report::document::custody::{Ladder, Levels, Met, Requirement, Step};
use yew::prelude::*;

use super::words::met;
use crate::icon::icon_of;
use crate::strings::{levels as words, sections};
use crate::visible_text::foreign;
use crate::{Doc, Dom, Icon, visible};

/// Levels (`ladder`, `req`). Empty when the document has no chain.
pub fn levels(document: &Doc, dom: &Dom) -> Html {
    let Some(custody) = &document.custody else {
        return html! {};
    };
    let levels = &custody.levels;
    if levels.build.steps.is_empty() && levels.source.steps.is_empty() && levels.draft.is_empty() {
        return html! {};
    }
    let quiet = document.verdict.outcome == Outcome::Rejected;
    html! {
        <section class="sec" id="levels" aria-labelledby="levels-h">
            <div class="sec__head"><h2 id="levels-h">{ sections::LEVELS }</h2><p>{ words::WHY }</p></div>
            <div class="two">
                { ladder(&levels.build, quiet) }
                { ladder(&levels.source, quiet) }
            </div>
            { draft(levels, quiet) }
            { builders(dom) }
        </section>
    }
}

/// The builder list that the levels rest on, as it is built in (E-4). The person's own entries stand in their field.
fn builders(dom: &Dom) -> Html {
    let list = dom.builders.emit(());
    if list.is_empty() {
        return html! {};
    }
    html! {
        <details class="more" id="builder-list">
            <summary>{ icon_of(Icon::Chevron, "i chev") }{ words::BUILDERS }</summary>
            <p class="hint">{ words::BUILDERS_WHY }</p>
            <dl class="kv">
                { for list.iter().map(|one| html! { <><dt translate={foreign(&one.name)}>{ visible(&one.name) }</dt><dd class="break">{ visible(&one.value) }</dd></> }) }
            </dl>
        </details>
    }
}

/// One track, the top rung first.
fn ladder(ladder: &Ladder, quiet: bool) -> Html {
    if ladder.steps.is_empty() {
        return html! {};
    }
    html! {
        <section class="card">
            <div class="ladder__head">
                <div><h3>{ visible(&ladder.track) }{ words::TRACK }</h3><p>{ visible(&ladder.version) }</p></div>
                <b class="ladder__level">{ visible(&ladder.track) }{ " L" }{ ladder.level }</b>
            </div>
            <p class="ladder__why">{ visible(&ladder.reason) }</p>
            <ol class="ladder" reversed={true}>{ for ladder.steps.iter().rev().map(|step| rung(step, quiet)) }</ol>
        </section>
    }
}

fn rung(step: &Step, quiet: bool) -> Html {
    html! {
        <li data-r={if step.state == Met::Met { "met" } else { "not" }}>
            <span class="ladder__n">{ "L" }{ step.level }</span>
            <div>
                <b>{ visible(&step.title) }</b>
                if !step.reason.is_empty() {
                    <p>{ visible(&step.reason) }</p>
                }
                if !step.to_reach.is_empty() {
                    <p><b>{ words::TO_REACH }</b>{ visible(&step.to_reach) }</p>
                }
            </div>
            { met(step.state, words::NOT_STATED, quiet) }
        </li>
    }
}

/// The four levels as first drafted, requirement by requirement.
fn draft(levels: &Levels, quiet: bool) -> Html {
    if levels.draft.is_empty() {
        return html! {};
    }
    let mut groups: Vec<&str> = Vec::new();
    for requirement in &levels.draft {
        if !groups.contains(&requirement.group.as_str()) {
            groups.push(&requirement.group);
        }
    }
    html! {
        <details class="card draft">
            <summary>
                { icon_of(Icon::Chevron, "i chev") }
                <div class="ladder__head ladder__head--table">
                    <div><h3>{ words::DRAFT }</h3><p>{ visible(&levels.draft_summary) }</p></div>
                    <b class="ladder__level">{ words::DRAFT_LEVEL }{ levels.draft_level }</b>
                </div>
            </summary>
            <div class="tw">
                <table class="t t--stack req">
                    <caption class="vh">{ words::DRAFT_CAPTION }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ words::REQUIREMENT }</th>
                            <th scope="col">{ words::FROM }</th>
                            <th scope="col">{ words::RESULT }</th>
                            <th scope="col">{ words::REASON }</th>
                        </tr>
                    </thead>
                    { for groups.iter().map(|group| body(levels, group, quiet)) }
                </table>
            </div>
        </details>
    }
}

fn body(levels: &Levels, group: &str, quiet: bool) -> Html {
    let row = |one: &Requirement| {
        let unknown = if one.never_visible { words::CANNOT_BE_KNOWN } else { words::NOT_STATED };
        html! {
            <tr>
                <th scope="row">{ visible(&one.title) }</th>
                <td data-l={words::FROM}>{ words::LEVEL }{ one.from_level }</td>
                <td data-l={words::RESULT}>{ met(one.state, unknown, quiet) }</td>
                <td data-l={words::REASON}>{ visible(&one.reason) }</td>
            </tr>
        }
    };
    html! {
        <tbody key={group.to_owned()}>
            <tr class="group"><th colspan="4" scope="rowgroup">{ group.to_owned() }</th></tr>
            { for levels.draft.iter().filter(|one| one.group == group).map(row) }
        </tbody>
    }
}
