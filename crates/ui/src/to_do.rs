//! What to do on a rejection.

use crate::Doc;
use yew::prelude::*;

/// Properties of [`ToDo`].
#[derive(Properties, PartialEq)]
pub struct ToDoProps {
    /// The document.
    pub document: Doc,
}

/// To do (`todo`): numbered actions. Empty when the document has none.
#[component]
pub fn ToDo(props: &ToDoProps) -> Html {
    let _ = props;
    html! {}
}
