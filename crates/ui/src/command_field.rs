//! A command line of this or another tool, to fill the fields with; and what is weak about what they ask.

use touchstone_report::Advice;
use yew::prelude::*;

use crate::icon::icon_of;
use crate::strings::command as words;
use crate::{Dom, FieldProps, Icon, field, icon, visible};

/// What [`command_field`] shows.
pub struct CommandFieldProps {
    /// Text in the field.
    pub value: AttrValue,
    /// New text.
    pub oninput: Callback<String>,
    /// "Fill the fields" pressed.
    pub onread: Callback<()>,
    /// It was read: what is not carried over.
    pub notes: Option<Vec<String>>,
    /// It cannot be read.
    pub error: Option<AttrValue>,
    /// Page abilities.
    pub dom: Dom,
}

/// Paste a command (`more`).
pub fn command_field(props: CommandFieldProps) -> Html {
    let open = !props.value.is_empty();
    let oninput = {
        let (oninput, dom) = (props.oninput, props.dom);
        Callback::from(move |event: InputEvent| oninput.emit(dom.text.emit(event)))
    };
    let onsubmit = {
        let onread = props.onread;
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onread.emit(());
        })
    };
    let input = FieldProps {
        id: "command-line".into(),
        label: words::LABEL,
        hint: Some(html! { { words::HINT } }),
        placeholder: "gh attestation verify … --repo owner/repository",
        long: true,
        value: props.value,
        error: props.error,
        oninput,
        children: html! { <button class="btn" type="submit">{ words::READ }</button> },
        ..FieldProps::default()
    };
    html! {
        <details class="more more--command" {open}>
            <summary>{ icon_of(Icon::Chevron, "i chev") }{ words::TITLE }</summary>
            <form {onsubmit}>{ field(input) }</form>
            if let Some(notes) = props.notes {
                <div class="note" role="status">
                    <div>
                        <p><b>{ words::FILLED }</b></p>
                        <ul>{ for notes.iter().map(|note| html! { <li>{ visible(note) }</li> }) }</ul>
                    </div>
                </div>
            }
        </details>
    }
}

/// What is weak about what the fields ask (`lint`). Decides nothing.
pub fn advice(all: &[Advice]) -> Html {
    if all.is_empty() {
        return html! {};
    }
    let one = |advice: &Advice| {
        html! {
            <div class="note note--part">
                { icon(Icon::Info) }
                <p><b>{ visible(&advice.weak) }</b>{ " " }{ visible(&advice.why) }{ " " }{ visible(&advice.instead) }</p>
            </div>
        }
    };
    html! { <div class="lint" role="group" aria-label={words::ADVICE}>{ for all.iter().map(one) }</div> }
}
