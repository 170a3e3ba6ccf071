//! What to do on a rejection.

use yew::prelude::*;

use crate::strings::sections as words;
use crate::{Doc, visible};

/// To do (`todo`): numbered actions. Empty when the document has none.
pub fn to_do(document: &Doc) -> Html {
    if document.to_do.is_empty() {
        return html! {};
    }
    html! {
        <section class="sec" id="todo" aria-labelledby="todo-h">
            <div class="sec__head"><h2 id="todo-h">{ words::TO_DO }</h2></div>
            <div class="card card__in">
                <ol class="todo">
                    { for document.to_do.iter().map(|action| html! {
                        <li><div><b>{ visible(&action.title) }</b><p>{ visible(&action.detail) }</p></div></li>
                    }) }
                </ol>
            </div>
        </section>
    }
}
