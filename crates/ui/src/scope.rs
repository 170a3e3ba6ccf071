//! What this shows, and what it does not.

use crate::Doc;
use yew::prelude::*;

/// Properties of [`Scope`].
#[derive(Properties, PartialEq)]
pub struct ScopeProps {
    /// The document.
    pub document: Doc,
}

/// Scope (`scope`): always both.
#[component]
pub fn Scope(props: &ScopeProps) -> Html {
    let _ = props;
    html! {}
}
