//! A digest instead of a file.

use yew::prelude::*;

use crate::Dom;

/// Properties of [`DigestField`].
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
#[component]
pub fn DigestField(props: &DigestFieldProps) -> Html {
    let _ = props;
    html! {}
}
