//! Dropping and pasting, anywhere on any page.

use touchstone_browser::listen::{self, Transfer};
use yew::prelude::*;

use super::{Desk, is_many};
use crate::state::{Action, Session};

/// Takes what is dropped or pasted.
#[hook]
pub(crate) fn use_transfers(session: &UseReducerHandle<Session>, desk: &Desk) {
    let (dispatch, desk) = (session.dispatcher(), desk.clone());
    use_effect_with((), move |()| {
        let listeners = listen::transfers(move |transfer| {
            // "Check many" takes what is dropped on it itself.
            if is_many() {
                return;
            }
            match transfer {
                Transfer::Over => dispatch.dispatch(Action::HeldOver(true)),
                Transfer::Left => dispatch.dispatch(Action::HeldOver(false)),
                Transfer::Given(given) => {
                    dispatch.dispatch(Action::HeldOver(false));
                    desk.give(given, None);
                }
            }
        });
        move || drop(listeners)
    });
}
