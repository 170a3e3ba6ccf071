//! Policies that are kept: read once, written when the person kept, imported or deleted one.

use touchstone_browser::storage;
use touchstone_report::kept::print_all;
use yew::prelude::*;

use crate::state::{Action, Session, ShelfAct};

const KEY: &str = "touchstone-policies";

/// What the browser holds.
pub(crate) fn stored() -> Option<String> {
    storage::kept(KEY)
}

/// Keeps the list of `session` in this browser.
#[hook]
pub(crate) fn use_shelf(session: &UseReducerHandle<Session>) {
    let dispatch = session.dispatcher();
    use_effect_with((), move |()| dispatch.dispatch(Action::Shelf(ShelfAct::Read(stored()))));
    let dispatch = session.dispatcher();
    use_effect_with((session.shelf.changed, session.shelf.all.clone()), move |(changed, all)| {
        if !changed {
            return;
        }
        let text = (!all.is_empty()).then(|| print_all(all));
        storage::keep(KEY, text.as_deref());
        if stored() != text {
            dispatch.dispatch(Action::Shelf(ShelfAct::Refused));
        }
    });
}
