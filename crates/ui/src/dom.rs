//! What a view asks of the page, because this crate names no browser interface.

use yew::prelude::*;

/// Abilities lent by the page. Make one, keep it (`use_memo`) and hand it to every component that asks for it.
///
/// The default does nothing, which is what static rendering needs.
#[derive(Clone, PartialEq)]
pub struct Dom {
    /// The `value` of the `<input>`, `<textarea>` or `<select>` that an input event came from.
    pub text: Callback<InputEvent, String>,
    /// Move the keyboard focus to the element with this id. Called at once, before the next render.
    pub focus: Callback<AttrValue>,
    /// Follow a link inside the page (an element's id). With `None` the browser follows `#id` itself; give one when
    /// the fragment of the address is used for something else. The default action is already prevented.
    pub jump: Option<Callback<AttrValue>>,
    /// Put text on the clipboard.
    pub copy: Callback<AttrValue>,
}

impl Default for Dom {
    fn default() -> Self {
        Dom { text: Callback::from(|_| String::new()), focus: Callback::noop(), jump: None, copy: Callback::noop() }
    }
}

impl html::ImplicitClone for Dom {}

/// Properties of [`Jump`].
#[derive(Properties, PartialEq)]
pub struct JumpProps {
    /// Id of the element to go to, without `#`.
    pub to: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
    /// Classes of the link.
    #[prop_or_default]
    pub class: Classes,
    /// `aria-current` value; empty for none.
    #[prop_or_default]
    pub current: AttrValue,
    /// Called as well, before the jump (to open a tab, a fold).
    #[prop_or_default]
    pub onjump: Callback<()>,
    /// Text of the link.
    pub children: Html,
}

/// A link inside the page.
#[component]
pub fn Jump(props: &JumpProps) -> Html {
    let onclick = {
        let (to, jump, onjump) = (props.to.clone(), props.dom.jump.clone(), props.onjump.clone());
        Callback::from(move |event: MouseEvent| {
            onjump.emit(());
            if let Some(jump) = &jump {
                event.prevent_default();
                jump.emit(to.clone());
            }
        })
    };
    let current = (!props.current.is_empty()).then(|| props.current.clone());
    html! {
        <a class={props.class.clone()} href={format!("#{}", props.to)} aria-current={current} {onclick}>
            { props.children.clone() }
        </a>
    }
}
