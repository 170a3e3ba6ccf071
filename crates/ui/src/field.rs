//! Label, hint, input, error.

use yew::prelude::*;

use crate::{Icon, icon, strings};

/// What [`field`] shows.
#[derive(Default)]
pub struct FieldProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Label.
    pub label: &'static str,
    /// Marked as optional.
    pub optional: bool,
    /// Hint, tied to the input as its description.
    pub hint: Option<Html>,
    /// Error under the input.
    pub error: Option<AttrValue>,
    /// Text in the input.
    pub value: AttrValue,
    /// New text.
    pub oninput: Callback<InputEvent>,
    /// Example of what to type.
    pub placeholder: &'static str,
    /// Id of a `<datalist>` with suggestions.
    pub list: Option<&'static str>,
    /// Several lines.
    pub long: bool,
    /// Button beside the input.
    pub children: Html,
}

/// Field (`field`).
pub fn field(props: FieldProps) -> Html {
    let input = input(&props);
    html! {
        <div class="field">
            <label for={props.id.clone()}>
                { props.label }
                if props.optional {
                    { " " }<span class="opt">{ strings::OPTIONAL }</span>
                }
            </label>
            if let Some(hint) = props.hint {
                <p class="hint" id={hint_id(&props.id)}>{ hint }</p>
            }
            <div class="field__row">{ input }{ props.children }</div>
            { error(&props.id, props.error.as_ref()) }
        </div>
    }
}

fn input(props: &FieldProps) -> Html {
    let described = described_by(&props.id, props.hint.is_some(), props.error.is_some());
    let invalid = props.error.is_some().then_some("true");
    if props.long {
        return html! {
            <textarea class="input" id={props.id.clone()} rows="4" aria-describedby={described} aria-invalid={invalid}
                placeholder={props.placeholder} autocomplete="off" spellcheck="false"
                value={props.value.clone()} oninput={props.oninput.clone()} />
        };
    }
    html! {
        <input class="input" id={props.id.clone()} aria-describedby={described} aria-invalid={invalid}
            placeholder={props.placeholder} autocomplete="off" autocapitalize="off" spellcheck="false"
            list={props.list} value={props.value.clone()} oninput={props.oninput.clone()} />
    }
}

/// The line under an input that says what is wrong, with icon and word.
pub(crate) fn error(id: &str, error: Option<&AttrValue>) -> Html {
    let Some(error) = error else { return html! {} };
    html! {
        <p class="error" id={error_id(id)}>
            { icon(Icon::Fail) }<span><b>{ strings::ERROR }</b>{ error.clone() }</span>
        </p>
    }
}

pub(crate) fn described_by(id: &str, hint: bool, error: bool) -> Option<AttrValue> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(hint_id(id).into()),
        (false, true) => Some(error_id(id).into()),
        (true, true) => Some(format!("{} {}", hint_id(id), error_id(id)).into()),
    }
}

pub(crate) fn hint_id(id: &str) -> String {
    format!("{id}-h")
}

fn error_id(id: &str) -> String {
    format!("{id}-e")
}
