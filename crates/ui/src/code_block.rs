//! Raw text.

use yew::prelude::*;

use crate::Dom;

/// Properties of [`CodeBlock`].
#[derive(Properties, PartialEq)]
pub struct CodeBlockProps {
    /// The text.
    pub text: AttrValue,
    /// What it is, for the copy button: "bundle".
    pub name: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Code (`code`) with a copy button.
#[component]
pub fn CodeBlock(props: &CodeBlockProps) -> Html {
    let _ = props;
    html! {}
}
