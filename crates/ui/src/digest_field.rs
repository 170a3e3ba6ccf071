//! A digest instead of a file.

use yew::prelude::*;

use crate::strings::digest as words;
use crate::{Dom, FieldProps, field};

/// Properties of [`digest_field`].
#[derive(Properties, PartialEq)]
pub struct DigestFieldProps {
    /// Text in the field.
    pub value: AttrValue,
    /// New text.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// "Use this digest" pressed (or Enter), with the text.
    #[prop_or_default]
    pub onuse: Callback<String>,
    /// Error under the input.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Id of the input; give another one when two are on the page.
    #[prop_or(AttrValue::Static("digest"))]
    pub id: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Digest instead of a file.
pub fn digest_field(props: &DigestFieldProps) -> Html {
    let oninput = {
        let (dom, oninput) = (props.dom.clone(), props.oninput.clone());
        Callback::from(move |event: InputEvent| oninput.emit(dom.text.emit(event)))
    };
    let onsubmit = {
        let (onuse, value) = (props.onuse.clone(), props.value.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onuse.emit(value.to_string());
        })
    };
    let input = FieldProps {
        id: props.id.clone(),
        label: words::LABEL,
        hint: Some(html! { { words::HINT } }),
        error: props.error.clone(),
        placeholder: words::PLACEHOLDER,
        value: props.value.clone(),
        oninput,
        children: html! { <button class="btn" type="submit">{ words::USE }</button> },
        ..FieldProps::default()
    };
    html! { <form class="digest" {onsubmit}>{ field(input) }</form> }
}
