//! Things that decide nothing.

use crate::Doc;
use yew::prelude::*;

/// Properties of [`Notes`].
#[derive(Properties, PartialEq)]
pub struct NotesProps {
    /// The document.
    pub document: Doc,
}

/// Notes (`note`). Empty when the document has none.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let _ = props;
    html! {}
}
