//! A row of the table, and what unfolds under it.

use touchstone_report::document::custody::Strength;
use touchstone_report::document::inventory::{Cell, QUESTIONS, Row};
use touchstone_report::limits::PLACES_SHOWN;
use yew::prelude::*;

use super::{BatchProps, Listed, outcome_word};
use crate::icon::icon_of;
use crate::strings::batch as words;
use crate::visible_text::foreign;
use crate::{Icon, visible};

/// Names and statements listed in a sentence.
const LISTED: usize = 5;

/// Id of the button that unfolds the row at this position.
#[must_use]
pub fn row_id(position: usize) -> AttrValue {
    format!("batch-{position}").into()
}

pub(super) fn row(props: &BatchProps, position: usize, listed: &Listed) -> Html {
    let row = &listed.row;
    let open = props.unfolded == Some(position);
    let onclick = props.onfold.reform(move |_: MouseEvent| position);
    let cells = row.cells().into_iter().zip(QUESTIONS);
    // The key is on the whole: a list whose parts have none is compared from its end, and a row more changes all.
    html! {
        <key={position}>
            <tr class={open.then_some("open")}>
                <td data-l="">{ outcome_word(row.outcome, "st st--wrap", &row.title) }</td>
                <th scope="row">
                    <button class="rowbtn" type="button" id={row_id(position)} aria-expanded={if open { "true" } else { "false" }} {onclick}>
                        { icon_of(Icon::Chevron, "i chev") }<span class="img" translate={(!row.names.is_empty()).then_some("no")}>{ visible(row.heading()) }</span>
                    </button>
                    <span class="imgsub mono">{ short(row) }</span>
                </th>
                <td data-l={words::WHERE}>{ visible(&listed.whereabouts) }</td>
                { for cells.map(|(cell, (_, title))| html! { <td data-l={title}>{ answer(cell) }</td> }) }
            </tr>
            if open {
                { unfolded(props, position, listed) }
            }
        </>
    }
}

/// `sha256:2a0141cd…`; the whole of it is one step away, in the unfolded row.
fn short(row: &Row) -> String {
    match row.digest.split_once(':') {
        Some((algorithm, hex)) if row.heading() != row.digest => {
            format!("{algorithm}:{}…", hex.get(..8).unwrap_or(hex))
        }
        Some(_) => String::new(),
        None => words::NO_DIGEST.to_owned(),
    }
}

/// Solid, dashed, red or a dashed box: the drawing says how well it is answered, and so does a word.
fn answer(cell: &Cell) -> Html {
    let class = match cell.strength {
        Strength::Proven => "",
        Strength::NameOnly => "cell-name",
        Strength::Contradicted => "cell-dif",
        Strength::Gap => "cell-gap",
    };
    html! {
        <>
            <span class={format!("{class} break")}>{ visible(&cell.text) }</span>
            if !cell.detail.is_empty() {
                <span class="sub break">{ visible(&cell.detail) }</span>
            }
        </>
    }
}

/// The first few of a list, and how many more there are.
fn list(all: &[String]) -> Html {
    let shown: Vec<&str> = all.iter().take(LISTED).map(String::as_str).collect();
    let more = all.len().saturating_sub(shown.len());
    html! {
        <>
            { visible(&shown.join(", ")) }
            if more > 0 {
                { ", " }{ words::and_more(more) }
            }
        </>
    }
}

fn unfolded(props: &BatchProps, position: usize, listed: &Listed) -> Html {
    let row = &listed.row;
    let onclick = props.onopen.reform(move |_: MouseEvent| position);
    let place = |place: &touchstone_report::document::inventory::Place| {
        let parts = [&place.cluster, &place.namespace, &place.name, &place.container];
        let named: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        html! { <li class="break">{ place.standing.word() }{ ": " }<span translate="no">{ visible(&named.join(", ")) }</span></li> }
    };
    let named = row.places.iter().take(PLACES_SHOWN);
    let more = listed.places.saturating_sub(named.len());
    html! {
        <tr class="more">
            <td colspan="7">
                <div class="more__in" data-s={crate::frame::outcome_name(row.outcome)}>
                    <div>
                        <p><b>{ visible(&row.reason) }</b></p>
                        if !row.digest.is_empty() {
                            <p class="mono break">{ &row.digest }</p>
                        }
                        if !row.levels.is_empty() {
                            <p>{ row.levels.join(", ") }</p>
                        }
                        if !row.signer.is_empty() {
                            <p class="break">{ words::SIGNER }<span translate={foreign(&row.signer)}>{ visible(&row.signer) }</span></p>
                        }
                        { for row.warnings.iter().map(|said| html! { <p class="break">{ visible(said) }</p> }) }
                        if !row.statements.is_empty() {
                            <p class="break">{ words::STATEMENTS }{ list(&row.statements) }</p>
                        }
                        if let Some(others) = row.names.get(1..).filter(|others| !others.is_empty()) {
                            <p class="break">{ words::ALSO }{ list(others) }</p>
                        }
                        if named.clone().any(|place| !place.name.is_empty()) {
                            <ul class="places">{ for named.clone().map(place) }</ul>
                            if more > 0 {
                                <p class="muted">{ words::and_more(more) }</p>
                            }
                        }
                    </div>
                    if listed.opens {
                        <div class="btns">
                            <button class="btn btn--small" type="button" {onclick}>{ words::OPEN }</button>
                        </div>
                    }
                </div>
            </td>
        </tr>
    }
}
