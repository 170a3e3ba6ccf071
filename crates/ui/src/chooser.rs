//! A button that opens the file chooser.

use yew::prelude::*;

use crate::{Icon, icon};

/// Properties of [`Chooser`].
#[derive(Properties, PartialEq)]
pub(crate) struct ChooserProps {
    /// Word on the button.
    pub label: AttrValue,
    /// Icon before it.
    pub symbol: Icon,
    /// Further classes: `btn--main`, `btn--small`.
    #[prop_or_default]
    pub class: &'static str,
    /// One file only.
    #[prop_or_default]
    pub single: bool,
    /// A folder.
    #[prop_or_default]
    pub folder: bool,
    /// Files were chosen.
    pub onchange: Callback<Event>,
}

/// The native input lies invisibly over its label, so that it keeps its own keyboard, focus and target.
#[component]
pub(crate) fn Chooser(props: &ChooserProps) -> Html {
    html! {
        <label class={classes!("btn", "btn--file", props.class)}>
            { icon(props.symbol) }<span>{ props.label.clone() }</span>
            <input type="file" multiple={!props.single} webkitdirectory={props.folder} onchange={props.onchange.clone()} />
        </label>
    }
}
