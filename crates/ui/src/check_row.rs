//! One check, explained.

use touchstone_report::document::{Check, Item, State};
use yew::prelude::*;

use crate::icon::icon_of;
use crate::status::status;
use crate::strings::checks as words;
use crate::{ChecksProps, Icon, Jump, jump, visible};

/// A row that opens to expected, found, where, what, why, specification and what to do.
pub(crate) fn check_row(props: &ChecksProps, check: &Check, rejected: bool) -> Html {
    let open = check.state == State::Failed || check.id == *props.asked;
    html! {
        <details class="check" id={format!("check-{}", check.id)} {open} key={check.id.clone()}>
            <summary>
                { icon_of(Icon::Chevron, "i chev") }
                <span class="nm">{ check.title.clone() }</span>
                <span class="check__sum">{ visible(&check.summary) }</span>
                { status(check.state, rejected) }
            </summary>
            <div class="check__body">
                <dl class="kv">
                    { value(words::EXPECTED, &check.expected) }
                    { value(words::FOUND, &check.found) }
                    { place(&check.place) }
                    { blocked_by(props, check) }
                    { text(words::WHAT, &check.what) }
                    { text(words::WHY, &check.why) }
                    { text(words::SPECIFICATION, &check.specification) }
                    if matches!(check.state, State::Failed | State::Blocked | State::NotAsked) {
                        { text(words::TO_DO, &check.to_do) }
                    }
                    if !check.code.is_empty() {
                        <dt>{ words::CODE }</dt><dd><code>{ check.code.clone() }</code></dd>
                    }
                </dl>
                { items(&check.items, rejected) }
            </div>
        </details>
    }
}

fn text(label: &'static str, text: &str) -> Html {
    if text.is_empty() {
        return html! {};
    }
    html! { <><dt>{ label }</dt><dd>{ visible(text) }</dd></> }
}

fn value(label: &'static str, value: &str) -> Html {
    if value.is_empty() {
        return html! {};
    }
    html! { <><dt>{ label }</dt><dd>{ crate::pair::value(value, false) }</dd></> }
}

fn place(place: &str) -> Html {
    if place.is_empty() {
        return html! {};
    }
    html! { <><dt>{ words::WHERE }</dt><dd><code class="break">{ visible(place) }</code></dd></> }
}

fn blocked_by(props: &ChecksProps, check: &Check) -> Html {
    let Some(blocker) = props.document.checks.iter().find(|other| other.id == check.blocked_by) else {
        return html! {};
    };
    let to = format!("check-{}", blocker.id);
    let title = html! { { blocker.title.clone() } };
    html! { <><dt>{ words::BLOCKED_BY }</dt><dd>{ jump(&props.dom, to.into(), Jump::default(), title) }</dd></> }
}

fn items(items: &[Item], rejected: bool) -> Html {
    if items.is_empty() {
        return html! {};
    }
    let item = |item: &Item| {
        html! {
            <li>
                { status(item.state, rejected) }
                <span class="break">
                    { visible(&item.summary) }
                    if !item.place.is_empty() {
                        { " " }<code>{ visible(&item.place) }</code>
                    }
                </span>
            </li>
        }
    };
    html! {
        <div>
            <p class="cap">{ words::ITEMS }</p>
            <ul class="items" role="list">{ for items.iter().map(item) }</ul>
        </div>
    }
}
