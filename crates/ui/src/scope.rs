//! What this shows, and what it does not.

use yew::prelude::*;

use crate::strings::verdict as words;
use crate::{Doc, visible};

/// Scope (`scope`): always both.
pub fn scope(document: &Doc) -> Html {
    let list = |sentences: &[String]| {
        let item = |sentence: &String| html! { <li>{ visible(sentence) }</li> };
        html! { <ul role="list">{ for sentences.iter().map(item) }</ul> }
    };
    html! {
        <div class="scope">
            <div><h2>{ words::SHOWS }</h2>{ list(&document.shows) }</div>
            <div class="isnot"><h2>{ words::SHOWS_NOT }</h2>{ list(&document.does_not_show) }</div>
        </div>
    }
}
