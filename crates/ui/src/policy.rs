//! What was expected, said back.

use crate::Doc;
use yew::prelude::*;

/// Properties of [`Policy`].
#[derive(Properties, PartialEq)]
pub struct PolicyProps {
    /// The document.
    pub document: Doc,
}

/// Policy, said back.
#[component]
pub fn Policy(props: &PolicyProps) -> Html {
    let _ = props;
    html! {}
}
