//! Icon and word.

use yew::prelude::*;

use touchstone_report::document::State;

/// Status of a check (`st`).
#[must_use]
pub(crate) fn status(state: State) -> Html {
    let _ = state;
    html! {}
}
