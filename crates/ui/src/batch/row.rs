//! A row of the table, and what unfolds under it.

use touchstone_report::document::custody::Strength;
use touchstone_report::document::inventory::{Cell, QUESTIONS, Row};
use touchstone_report::export::where_words;
use yew::prelude::*;

use super::{BatchProps, Listed, outcome_word};
use crate::icon::icon_of;
use crate::strings::batch as words;
use crate::{Icon, visible};

/// Places named one by one under an unfolded row; the JSON export has all of them.
const PLACES_SHOWN: usize = 20;

pub(super) fn row(props: &BatchProps, position: usize, listed: &Listed) -> Html {
    let row = &listed.row;
    let open = props.unfolded == Some(position);
    let onclick = props.onfold.reform(move |_: MouseEvent| position);
    let cells = row.cells().into_iter().zip(QUESTIONS);
    html! {
        <>
            <tr key={position} class={open.then_some("open")}>
                <td data-l="">{ outcome_word(row.outcome, "st st--wrap", &row.title) }</td>
                <th scope="row">
                    <button class="rowbtn" type="button" aria-expanded={if open { "true" } else { "false" }} {onclick}>
                        { icon_of(Icon::Chevron, "i chev") }<span class="img">{ visible(row.heading()) }</span>
                    </button>
                    <span class="imgsub mono">{ short(row) }</span>
                </th>
                <td data-l={words::WHERE}>{ visible(&where_words(row)) }</td>
                { for cells.map(|(cell, (_, title))| html! { <td data-l={title}>{ answer(cell) }</td> }) }
            </tr>
            if open {
                { unfolded(props, position, row) }
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

fn unfolded(props: &BatchProps, position: usize, row: &Row) -> Html {
    let onclick = props.onopen.reform(move |_: MouseEvent| position);
    let place = |place: &touchstone_report::document::inventory::Place| {
        let parts = [&place.cluster, &place.namespace, &place.name, &place.container];
        let named: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        html! { <li class="break">{ place.standing.word() }{ ": " }{ visible(&named.join(", ")) }</li> }
    };
    let more = row.places.len().saturating_sub(PLACES_SHOWN);
    let can_open = !row.statements.is_empty() && !row.digest.is_empty() && !row.signer.is_empty();
    html! {
        <tr class="more">
            <td colspan="7">
                <div class="more__in" data-s={crate::frame::outcome_name(row.outcome)}>
                    <div>
                        <p>{ visible(&row.reason) }</p>
                        if !row.digest.is_empty() {
                            <p class="mono break">{ &row.digest }</p>
                        }
                        if !row.levels.is_empty() {
                            <p>{ row.levels.join(", ") }</p>
                        }
                        if !row.signer.is_empty() {
                            <p class="break">{ words::SIGNER }{ visible(&row.signer) }</p>
                        }
                        { for row.warnings.iter().map(|said| html! { <p class="break">{ visible(said) }</p> }) }
                        if row.places.iter().any(|place| !place.name.is_empty()) {
                            <ul class="plain small">{ for row.places.iter().take(PLACES_SHOWN).map(place) }</ul>
                        }
                        if more > 0 {
                            <p class="muted">{ words::and_more(more) }</p>
                        }
                    </div>
                    if can_open {
                        <div class="btns">
                            <button class="btn btn--small" type="button" {onclick}>{ words::OPEN }</button>
                        </div>
                    }
                </div>
            </td>
        </tr>
    }
}
