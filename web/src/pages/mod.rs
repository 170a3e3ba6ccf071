//! The pages, put together from components.

mod fields;
mod home;
mod many;
mod material;
mod result;
mod shelf;

use touchstone_browser::{clock, file, page};
use touchstone_ui::{self as ui, Dom, HistoryProps};
use yew::prelude::*;

use crate::hooks::{self, Desk, History};
use crate::limits::FORGET_MILLIS;
use crate::state::{Action, Hashing, Problem, Session, Work};

pub(crate) use home::home;
pub(crate) use many::ManyPage;
pub(crate) use result::result;

/// What the pages can do.
#[derive(Clone)]
pub(crate) struct Acts {
    /// Sends actions to the state.
    pub(crate) dispatch: UseReducerDispatcher<Session>,
    /// Takes what was given.
    pub(crate) desk: Desk,
    /// Abilities lent to components.
    pub(crate) dom: Dom,
    /// Whether this is the edition that can make no request.
    pub(crate) offline: bool,
}

impl Acts {
    /// A callback that sends the action made of its argument.
    pub(crate) fn on<T: 'static>(&self, make: impl Fn(T) -> Action + 'static) -> Callback<T> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |value| dispatch.dispatch(make(value)))
    }
}

/// Properties of [`Drawn`].
#[derive(Properties, PartialEq)]
struct DrawnProps {
    draw: Callback<(), Html>,
}

/// Something that is put together only where it is drawn.
#[component]
fn Drawn(props: &DrawnProps) -> Html {
    props.draw.emit(())
}

/// Said beside the verdict: the history itself stands at the other end of the page.
pub(crate) fn not_kept() -> Html {
    html! {
        <p class="note" data-s="part" id="not-kept">
            { "This answer was not put into your history. The end of this page says why." }
        </p>
    }
}

/// The history, in the footer.
pub(crate) fn history(history: &UseStateHandle<History>, acts: &Acts) -> Html {
    let (turned, desk) = (history.setter(), acts.desk.clone());
    // Nothing brings back what is forgotten, so it takes two presses.
    let onforget = {
        let (history, desk) = (history.clone(), acts.desk.clone());
        Callback::from(move |()| {
            let now = clock::now();
            if let Some(at) = history.forgetting {
                // Two presses, and not one that was a double click or is held: each that a key repeats moves the moment on.
                if (0.0..FORGET_MILLIS).contains(&(now - at)) {
                    history.set(History { forgetting: Some(now), ..(*history).clone() });
                    return;
                }
                desk.forget_history();
                page::focus(ui::HISTORY_IMPORT);
            } else {
                let said = vec!["Only an export brings it back. Press once more to forget it.".to_owned()];
                history.set(History { forgetting: Some(now), said, ..(*history).clone() });
            }
        })
    };
    ui::history(&HistoryProps {
        on: history.on,
        lines: history.lines,
        head: history.head.clone().into(),
        forgetting: history.forgetting.is_some(),
        said: history.said.clone(),
        onturn: Callback::from(move |on| turned.set(hooks::turn(on))),
        onexport: Callback::from(|()| hooks::export()),
        onimport: Callback::from(move |event: Event| desk.import_history(file::chosen(&event))),
        onforget,
    })
}

/// What is going on while there is no document, in a few words.
pub(crate) fn state_words(session: &Session) -> &'static str {
    match &session.work {
        Work::Stuck(_) => "Could not check",
        Work::Idle | Work::Coming | Work::Running { .. } | Work::Settled(_) => "Checking",
    }
}

/// What happened when nothing could be checked. Never a verdict.
pub(crate) fn problem_words(problem: &Problem) -> String {
    let said = match problem {
        Problem::Crashed(said) => format!("The checking program stopped: {said}"),
        Problem::Silent => "The checking program did not answer in time.".to_owned(),
        Problem::Gone => {
            "A file that you gave can no longer be read: it was changed, moved or removed. Give it again.".to_owned()
        }
        Problem::NoExample => {
            return "The example could not be fetched from where this page came from. Load the page again.".to_owned();
        }
        Problem::BadAnswer => "The checking program gave an answer that cannot be read.".to_owned(),
        Problem::Unaskable { message, .. } => message.clone(),
    };
    format!("{said} This says nothing about your file.")
}

/// Progress for the live region, in steps of a quarter so that it speaks seldom.
pub(crate) fn progress_words(session: &Session) -> AttrValue {
    let Some(input) = session.artifact() else {
        return AttrValue::default();
    };
    let Hashing::Running { read, .. } = &input.hashing else {
        return AttrValue::default();
    };
    let quarters = read.saturating_mul(4).checked_div(input.size).unwrap_or_default();
    format!("Reading {}: {}%", input.name, quarters.saturating_mul(25)).into()
}
