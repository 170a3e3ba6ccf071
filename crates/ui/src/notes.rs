//! Things that decide nothing.

use yew::prelude::*;

use crate::strings::policy as words;
use crate::{Doc, Icon, icon, visible};

/// Notes (`note`). Empty when the document has none.
pub fn notes(document: &Doc) -> Html {
    if document.notes.is_empty() {
        return html! {};
    }
    html! {
        <section class="sec" id="notes" aria-labelledby="notes-h">
            <div class="sec__head"><h2 id="notes-h">{ words::NOTES }</h2><p>{ words::NOTES_WHY }</p></div>
            <ul class="noted" role="list">{ for document.notes.iter().map(|said| note(said)) }</ul>
        </section>
    }
}

/// One note of a list (`noted`).
pub(crate) fn note(said: &str) -> Html {
    html! { <li class="note">{ icon(Icon::Info) }<p class="break">{ visible(said) }</p></li> }
}
