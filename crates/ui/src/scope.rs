//! What this shows, and what it does not.

use yew::prelude::*;

use crate::strings::verdict as words;
use crate::{Doc, visible};

/// Properties of [`Scope`].
#[derive(Properties, PartialEq)]
pub struct ScopeProps {
    /// The document.
    pub document: Doc,
}

/// Scope (`scope`): always both.
#[component]
pub fn Scope(props: &ScopeProps) -> Html {
    let list = |sentences: &[String]| {
        let item = |sentence: &String| html! { <li>{ visible(sentence) }</li> };
        html! { <ul role="list">{ for sentences.iter().map(item) }</ul> }
    };
    html! {
        <div class="scope">
            <div><h2>{ words::SHOWS }</h2>{ list(&props.document.shows) }</div>
            <div class="isnot"><h2>{ words::SHOWS_NOT }</h2>{ list(&props.document.does_not_show) }</div>
        </div>
    }
}
