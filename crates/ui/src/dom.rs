//! What a view asks of the page, because this crate names no browser interface.

use touchstone_report::document::NamedValue;
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
    /// Put text on the clipboard, and tell whether it is there.
    pub copy: Callback<(AttrValue, Callback<bool>)>,
    /// Where the element that a scroll event came from stands.
    pub scrolled: Callback<Event, Scrolled>,
    /// Call this when the page was drawn once more. With `None` nothing is ever drawn, and everything is there at once.
    pub later: Option<Callback<Callback<()>>>,
    /// The builder list that is built in: the core has it, of which this crate knows nothing.
    pub builders: Callback<(), Vec<NamedValue>>,
}

/// Where a scrolled element stands, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scrolled {
    /// How far it is scrolled.
    pub top: usize,
    /// Height of what is in view.
    pub height: usize,
    /// Height of a row of the table in it; 0 when it has none.
    pub row: usize,
}

impl Default for Dom {
    fn default() -> Self {
        Dom {
            text: Callback::from(|_| String::new()),
            focus: Callback::noop(),
            jump: None,
            copy: Callback::noop(),
            scrolled: Callback::from(|_| Scrolled::default()),
            later: None,
            builders: Callback::from(|()| Vec::new()),
        }
    }
}

impl html::ImplicitClone for Dom {}

/// What a link inside the page may have beside its place and text.
#[derive(Default)]
pub struct Jump {
    /// Class of the link.
    pub class: Option<&'static str>,
    /// `aria-current` value.
    pub current: Option<&'static str>,
    /// Called as well, before the jump (to open a tab, a fold).
    pub onjump: Callback<()>,
}

/// A link inside the page, to the element with the id `to` (without `#`).
pub fn jump(dom: &Dom, to: AttrValue, Jump { class, current, onjump }: Jump, text: Html) -> Html {
    let href = format!("#{to}");
    let onclick = {
        let jump = dom.jump.clone();
        Callback::from(move |event: MouseEvent| {
            onjump.emit(());
            if let Some(jump) = &jump {
                event.prevent_default();
                jump.emit(to.clone());
            }
        })
    };
    html! { <a {class} {href} aria-current={current} {onclick}>{ text }</a> }
}
