//! Evidence by address or digest.

use yew::prelude::*;

use crate::icon::icon_of;
use crate::strings::fetch as words;
use crate::{CodeBlock, Dom, FieldProps, Icon, field, icon, visible};

/// Why nothing was fetched, and what to run instead.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchProblem {
    /// "github.com refused the request of this page".
    pub title: AttrValue,
    /// What it means, a sentence or two. Says that this says nothing about the file.
    pub detail: AttrValue,
    /// A command to run instead, whose output can be dropped here.
    pub command: Option<AttrValue>,
    /// Whether the command answers itself, and nothing of it is dropped here.
    pub is_answered_there: bool,
}

/// Properties of [`fetch_field`].
#[derive(Properties, PartialEq)]
pub struct FetchFieldProps {
    /// Text in the field.
    pub value: AttrValue,
    /// New text.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// Fetch pressed (or Enter). Never called while `busy`; with `asks` empty, answer with `error`.
    #[prop_or_default]
    pub onfetch: Callback<()>,
    /// Hosts that will be asked for the text as it stands, in order; empty while it is no address or digest.
    #[prop_or_default]
    pub asks: Vec<AttrValue>,
    /// What those hosts learn, a sentence: "GitHub learns your network address and the digest you typed."
    #[prop_or_default]
    pub reveals: AttrValue,
    /// A request is under way.
    #[prop_or_default]
    pub busy: bool,
    /// Error about the text: "This is no address".
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Why the last fetch brought nothing.
    #[prop_or_default]
    pub problem: Option<FetchProblem>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Fetch field. Its hint says whom it asks before anything is sent.
pub fn fetch_field(props: &FetchFieldProps) -> Html {
    let oninput = {
        let (dom, oninput) = (props.dom.clone(), props.oninput.clone());
        Callback::from(move |event: InputEvent| oninput.emit(dom.text.emit(event)))
    };
    let onsubmit = {
        let (onfetch, ready) = (props.onfetch.clone(), !props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                onfetch.emit(());
            }
        })
    };
    let input = FieldProps {
        id: "addr".into(),
        label: words::LABEL,
        hint: Some(hint(props)),
        error: props.error.clone(),
        placeholder: words::PLACEHOLDER,
        value: props.value.clone(),
        oninput,
        children: button(props.busy),
        ..FieldProps::default()
    };
    html! {
        <form class="fetch" id="fetch" {onsubmit}>
            { field(input) }
            if let Some(problem) = &props.problem {
                { problem_note(problem, &props.dom) }
            }
        </form>
    }
}

/// Properties of [`fetch_elsewhere`].
#[derive(Properties, PartialEq)]
pub struct FetchElsewhereProps {
    /// Text in the field.
    pub value: AttrValue,
    /// New text.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// The command that fetches what the text names; empty while it names nothing.
    #[prop_or_default]
    pub command: AttrValue,
    /// Error about the text: "This is no address".
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// In place of the [`fetch_field`] where no request is possible: names the command to run elsewhere.
pub fn fetch_elsewhere(props: &FetchElsewhereProps) -> Html {
    let oninput = {
        let (dom, oninput) = (props.dom.clone(), props.oninput.clone());
        Callback::from(move |event: InputEvent| oninput.emit(dom.text.emit(event)))
    };
    let input = FieldProps {
        id: "addr".into(),
        label: words::OFFLINE_LABEL,
        hint: Some(html! { { words::OFFLINE_HINT } }),
        error: props.error.clone(),
        placeholder: words::PLACEHOLDER,
        value: props.value.clone(),
        oninput,
        ..FieldProps::default()
    };
    html! {
        <div class="fetch" id="fetch">
            { field(input) }
            if !props.command.is_empty() {
                <p class="hint">{ words::OFFLINE_RUN }{ ":" }</p>
                <CodeBlock text={props.command.clone()} name={words::COMMAND} dom={props.dom.clone()} />
            }
        </div>
    }
}

fn button(busy: bool) -> Html {
    html! {
        <button class="btn" type="submit" disabled={busy}>
            if busy {
                { icon_of(Icon::Run, "i spin") }{ words::FETCHING }
            } else {
                { words::FETCH }
            }
        </button>
    }
}

fn hint(props: &FetchFieldProps) -> Html {
    if props.asks.is_empty() {
        return html! { { words::HINT } };
    }
    let host = |(at, host): (usize, &AttrValue)| {
        html! {
            <>
                if at > 0 {
                    { words::THEN }
                }
                <b translate="no">{ visible(host) }</b>
            </>
        }
    };
    html! {
        <>
            { words::ASKS }{ for props.asks.iter().enumerate().map(host) }{ words::NOBODY_ELSE }
            if !props.reveals.is_empty() {
                { " " }{ visible(&props.reveals) }
            }
        </>
    }
}

fn problem_note(problem: &FetchProblem, dom: &Dom) -> Html {
    html! {
        <div class="note note--part" role="alert">
            { icon(Icon::Info) }
            <div class="note__body">
                <p><b>{ visible(&problem.title) }</b></p>
                <p>{ visible(&problem.detail) }</p>
                if let Some(command) = &problem.command {
                    <p>{ if problem.is_answered_there { words::INSTEAD_OF_PAGE } else { words::INSTEAD } }{ ":" }</p>
                    <CodeBlock text={command.clone()} name={words::COMMAND} dom={dom.clone()} />
                }
            </div>
        </div>
    }
}
