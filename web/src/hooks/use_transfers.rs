//! Dropping and pasting, anywhere on any page.

use touchstone_browser::listen::{self, Transfer};
use yew::prelude::*;

use super::Desk;
use crate::state::{Action, Page, Session};

/// Takes what is dropped or pasted, but on "Check many": that page takes it itself.
#[hook]
pub(crate) fn use_transfers(session: &UseReducerHandle<Session>, desk: &Desk) {
    let (dispatch, desk) = (session.dispatcher(), desk.clone());
    use_effect_with(session.page != Page::Many, move |here| {
        let listeners = here.then(|| {
            listen::transfers(move |transfer| match transfer {
                Transfer::Over => dispatch.dispatch(Action::HeldOver(true)),
                Transfer::Left => dispatch.dispatch(Action::HeldOver(false)),
                Transfer::Given(given) => {
                    dispatch.dispatch(Action::HeldOver(false));
                    desk.give(given, None);
                }
            })
        });
        move || drop(listeners)
    });
}
