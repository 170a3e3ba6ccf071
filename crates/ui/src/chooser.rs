//! A button that opens the file chooser.

use yew::prelude::*;

use crate::{Icon, icon};

/// What [`chooser`] shows.
pub(crate) struct Chooser {
    /// Word on the button.
    pub label: &'static str,
    /// Icon before it.
    pub symbol: Icon,
    /// All classes: `btn btn--file`, then perhaps `btn--main`, `btn--small`.
    pub class: &'static str,
    /// What can be chosen.
    pub takes: Takes,
}

/// What a [`chooser`] takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// One file only.
    One,
    /// Files.
    Several,
    /// A folder.
    Folder,
}

/// Classes of a plain chooser.
pub(crate) const PLAIN: &str = "btn btn--file";

/// Calls `onchange` when files were chosen. The native input lies invisibly over its label, so that it keeps its own
/// keyboard, focus and target.
pub(crate) fn chooser(what: Chooser, onchange: &Callback<Event>) -> Html {
    chooser_at(None, what, onchange)
}

/// The same where something moves the focus to it, by this id.
pub(crate) fn chooser_at(id: Option<&'static str>, what: Chooser, onchange: &Callback<Event>) -> Html {
    let Chooser { label, symbol, class, takes } = what;
    html! {
        <label {class}>
            { icon(symbol) }<span>{ label }</span>
            <input type="file" {id} multiple={takes != Takes::One} webkitdirectory={takes == Takes::Folder}
                onchange={onchange.clone()} />
        </label>
    }
}
