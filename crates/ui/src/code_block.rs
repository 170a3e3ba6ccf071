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
    let copied = use_state(|| false);
    let onclick = {
        let (copied, copy, text) = (copied.clone(), props.dom.copy.clone(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            copy.emit(text.clone());
            copied.set(true);
        })
    };
    let (symbol, word) = if *copied { (Icon::Check, words::COPIED) } else { (Icon::Copy, "") };
    let onblur = Callback::from(move |_: FocusEvent| copied.set(false));
    html! {
        <div class="code">
            <pre tabindex="0" role="region" aria-label={props.name.clone()}>{ visible(&props.text) }</pre>
            <button class="copy" type="button" aria-label={format!("{}{}", words::COPY, props.name)} {onclick} {onblur}>
                { icon(symbol) }
            </button>
            <span class="vh" role="status">{ word }</span>
        </div>
    }
}
