//! The history of what was checked, in the footer.

use yew::prelude::*;

use crate::chooser::{Chooser, Takes, chooser_at};
use crate::strings::history as words;
use crate::{Icon, visible};

/// Properties of [`history`].
#[derive(Properties, PartialEq)]
pub struct HistoryProps {
    /// Whether answers are kept.
    pub on: bool,
    /// Answers kept.
    pub lines: usize,
    /// SHA-256 of the last one; empty where none is known.
    pub head: AttrValue,
    /// Whether it was asked to be forgotten, and is when it is asked once more.
    pub forgetting: bool,
    /// What there is to say about it.
    pub said: Vec<String>,
    /// Turn it on, or off.
    pub onturn: Callback<bool>,
    /// Save it as a file.
    pub onexport: Callback<()>,
    /// A file was chosen.
    pub onimport: Callback<Event>,
    /// Forget it: at the second press. The focus then goes to [`HISTORY_IMPORT`].
    pub onforget: Callback<()>,
}

/// Id of the chooser of a history. It stays when the button that forgets is gone.
pub const HISTORY_IMPORT: &str = "history-import";

/// The history (`history`): off unless it was turned on.
pub fn history(props: &HistoryProps) -> Html {
    let (on, onturn) = (props.on, props.onturn.clone());
    let count = if props.lines == 1 { words::ONE.to_owned() } else { format!("{} {}", props.lines, words::MANY) };
    let forget = match (props.forgetting, props.lines) {
        (false, _) => words::FORGET.to_owned(),
        (true, 1) => words::FORGET_ONE.to_owned(),
        (true, lines) => format!("Forget {lines} answers for good"),
    };
    let button = |label: String, act: &Callback<()>| {
        html! {
            <button class="btn btn--small" type="button" onclick={act.reform(|_: MouseEvent| ())}>{ label }</button>
        }
    };
    let take =
        Chooser { label: words::IMPORT, symbol: Icon::File, class: "btn btn--file btn--small", takes: Takes::One };
    html! {
        <div id="history">
            <p>{ words::WHY }</p>
            <p>
                <button class="btn btn--small" type="button"
                    onclick={Callback::from(move |_: MouseEvent| onturn.emit(!on))}>
                    { if on { words::TURN_OFF } else { words::TURN_ON } }
                </button>
            </p>
            <div class="btns">
                if props.lines > 0 {
                    <span>{ count }</span>
                    { button(words::EXPORT.to_owned(), &props.onexport) }
                    { button(forget, &props.onforget) }
                }
                { chooser_at(Some(HISTORY_IMPORT), take, &props.onimport) }
            </div>
            if props.lines > 0 && !props.head.is_empty() {
                <p class="hint">{ words::HEAD }{ " " }<span class="dg" translate="no">{ props.head.clone() }</span></p>
            }
            <div role="status">{ for props.said.iter().map(|line| html! { <p>{ visible(line) }</p> }) }</div>
        </div>
    }
}
