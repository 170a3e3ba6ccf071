//! The first page.

use touchstone_ui::{self as ui, DropState, HomeProps, Intake};
use yew::prelude::*;

use super::{Acts, fields, material};
use crate::examples;
use crate::state::{Action, Problem, Session, Work};

/// The first page.
#[inline(never)] // Compiled by the browser where it is drawn.
pub(crate) fn home(session: &Session, acts: &Acts) -> Html {
    let onexample = {
        let (dispatch, desk) = (acts.dispatch.clone(), acts.desk.clone());
        Callback::from(move |id: AttrValue| {
            examples::give(&id, &desk, &dispatch);
            touchstone_browser::page::scroll_to_top();
        })
    };
    let examples = examples::cards();
    ui::home(&HomeProps {
        children: intake(session, acts),
        examples,
        onexample,
        ledger: material::ledger(session),
        offline: acts.offline,
    })
}

fn intake(session: &Session, acts: &Acts) -> Html {
    html! {
        <Intake
            state={zone(session)}
            onfiles={fields::onfiles(acts, None)}
            onfolder={fields::onfiles(acts, None)}
            ontext={fields::ontext(acts)}
            dom={acts.dom.clone()}
        >
            { stuck(session) }
            if session.unusable().is_some() && !matches!(session.work, Work::Stuck(_)) {
                { material::correction(session, acts) }
            }
            { back(session, acts) }
            { material::given(session, acts) }
            { material::alone(session, acts) }
            { fields::fetch_field(session, acts) }
            { fields::digest_field(session, acts) }
            { fields::signer_fields(session, acts, None) }
        </Intake>
    }
}

fn zone(session: &Session) -> DropState {
    if session.held_over {
        return DropState::Over;
    }
    // The checking program is what failed, not the file: said below.
    if matches!(session.work, Work::Stuck(_)) {
        return DropState::Rest;
    }
    if session.inspecting() {
        return DropState::Busy("Looking at what you gave".into());
    }
    material::unreadable(session).map_or(DropState::Rest, |(_, found)| DropState::Unreadable(found))
}

/// The worker did not even start: said where it would be missed.
fn stuck(session: &Session) -> Html {
    match &session.work {
        Work::Stuck(problem @ Problem::Crashed(_)) => html! {
            <div class="note" data-s="part" role="status" id="could-not-check">
                <p><b>{ "Could not check. " }</b>{ super::problem_words(problem) }</p>
            </div>
        },
        _ => html! {},
    }
}

/// The way back to a result that is still there.
fn back(session: &Session, acts: &Acts) -> Html {
    if session.shown().is_none() {
        return html! {};
    }
    html! {
        <div class="btns">
            <button class="btn" type="button" onclick={acts.on(|_: MouseEvent| Action::ShowResult)}>{ "Back to the result" }</button>
            <button class="btn" type="button" onclick={acts.on(|_: MouseEvent| Action::StartAgain)}>{ "Start again" }</button>
        </div>
    }
}
