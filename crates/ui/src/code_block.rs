//! Raw text.

use yew::prelude::*;

use crate::strings::evidence as words;
use crate::{Dom, Icon, icon, visible};

/// Properties of [`CodeBlock`].
#[derive(Properties, PartialEq)]
pub struct CodeBlockProps {
    /// The text.
    pub text: AttrValue,
    /// What it is, for the copy button: "bundle".
    pub name: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Code (`code`) with a copy button.
#[component]
pub fn CodeBlock(props: &CodeBlockProps) -> Html {
    let copied = use_state(|| None::<bool>);
    let onclick = {
        let (copied, copy, text) = (copied.setter(), props.dom.copy.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            copy.emit((text.clone(), Callback::from(move |is_there| copied.set(Some(is_there)))));
        })
    };
    let (symbol, word) = match *copied {
        None => (Icon::Copy, ""),
        Some(true) => (Icon::Check, words::COPIED),
        Some(false) => (Icon::Copy, words::NOT_COPIED),
    };
    // A check mark says it to whoever sees.
    let class = (*copied != Some(false)).then_some("vh");
    let onblur = Callback::from(move |_: FocusEvent| copied.set(None));
    html! {
        <div class="code">
            <pre tabindex="0" role="region" aria-label={props.name.clone()}>{ visible(&props.text) }</pre>
            <button class="copy" type="button" aria-label={format!("{}{}", words::COPY, props.name)} {onclick} {onblur}>
                { icon(symbol) }
            </button>
            <span {class} role="status">{ word }</span>
        </div>
    }
}
