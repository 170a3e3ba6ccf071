//! Policies that are kept: keep, use, export, import, delete.

use touchstone_browser::{file, spawn_local};
use touchstone_report::kept::{Kept, MAX_BYTES};
use touchstone_report::lint;
use touchstone_ui::{self as ui, FieldProps, Icon};
use yew::prelude::*;

use super::Acts;
use crate::hooks::stored;
use crate::state::{Action, Session, ShelfAct};

/// The list, under a fold; open when it holds something.
pub(crate) fn shelf(session: &Session, acts: &Acts) -> Html {
    let shelf = &session.shelf;
    let open = !shelf.all.is_empty() || shelf.problem.is_some();
    let onsubmit = {
        let dispatch = acts.dispatch.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.dispatch(Action::Shelf(ShelfAct::Keep { stored: stored() }));
        })
    };
    let dom = acts.dom.clone();
    let name = FieldProps {
        id: "policy-name".into(),
        label: "Keep what the fields ask as",
        placeholder: "Releases of owner/repository",
        value: shelf.name.clone().into(),
        oninput: acts.on(move |event: InputEvent| Action::Shelf(ShelfAct::Name(dom.text.emit(event)))),
        error: shelf.problem.clone().map(AttrValue::from),
        children: html! { <button class="btn" type="submit">{ ui::icon(Icon::Pin) }{ "Keep" }</button> },
        ..FieldProps::default()
    };
    html! {
        <details class="more more--policies" {open}>
            <summary>{ "Policies you keep" }</summary>
            <p class="hint">
                { "In this browser alone, and only what you press Keep for. Files are no part of a policy: a key or a \
                   trusted root is given again. The command reads an exported one: touchstone verify --policy FILE." }
            </p>
            <ul class="policies" role="list">{ for shelf.all.iter().map(|one| policy(one, acts)) }</ul>
            <form {onsubmit}>{ ui::field(name) }</form>
            <label class="btn btn--file btn--small">
                { ui::icon(Icon::File) }<span>{ "Import a policy" }</span>
                <input type="file" onchange={import(acts)} />
            </label>
        </details>
    }
}

/// One of them, with what is weak about it.
fn policy(kept: &Kept, acts: &Acts) -> Html {
    let act = |make: fn(String) -> ShelfAct| {
        let name = kept.name.clone();
        acts.on(move |_: MouseEvent| Action::Shelf(make(name.clone())))
    };
    let onexport = {
        let kept = kept.clone();
        Callback::from(move |_: MouseEvent| {
            file::save("touchstone-policy.json", "application/json", kept.print().as_bytes());
        })
    };
    let button = |word: &'static str, onclick: Callback<MouseEvent>| {
        let label = format!("{word} {}", kept.name);
        html! { <button class="btn btn--small" type="button" aria-label={label} {onclick}>{ word }</button> }
    };
    html! {
        <li key={kept.name.clone()}>
            <p><b class="break" translate="no">{ ui::visible(&kept.name) }</b></p>
            <div class="btns">
                { button("Use", act(ShelfAct::Use)) }
                { button("Export", onexport) }
                { button("Delete", act(|name| ShelfAct::Delete { name, stored: stored() })) }
            </div>
            { ui::advice(&lint(&kept.question)) }
        </li>
    }
}

/// Reads the file that was chosen; more bytes than a policy has are not read.
fn import(acts: &Acts) -> Callback<Event> {
    let dispatch = acts.dispatch.clone();
    Callback::from(move |event: Event| {
        let Some(given) = file::chosen(&event).into_iter().next() else { return };
        let dispatch = dispatch.clone();
        spawn_local(async move {
            let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
            let bytes = file::slice(&given.blob, 0, given.size.min(limit)).await;
            let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            dispatch.dispatch(Action::Shelf(ShelfAct::Import { text, stored: stored() }));
        });
    })
}
