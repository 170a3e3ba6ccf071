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
pub(crate) fn chooser(Chooser { label, symbol, class, takes }: Chooser, onchange: &Callback<Event>) -> Html {
    html! {
        <label {class}>
            { icon(symbol) }<span>{ label }</span>
            <input type="file" multiple={takes != Takes::One} webkitdirectory={takes == Takes::Folder}
                onchange={onchange.clone()} />
        </label>
    }
}
