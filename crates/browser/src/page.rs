//! The page itself: title, theme, focus, clipboard, printing, and the value of a field.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, InputEvent,
};

use crate::loader::call;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Hides all of the page, or shows it. Nothing that is hidden is laid out.
pub fn set_hidden(hidden: bool) {
    if let Some(body) = document().and_then(|document| document.body()) {
        body.set_hidden(hidden);
    }
}

/// An attribute of the root element; `None` removes it.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// The element with this id.
#[must_use]
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// What the document says of itself in `<meta name="…">`; empty when it says nothing.
#[must_use]
pub fn meta(name: &str) -> String {
    let found = document().and_then(|document| document.query_selector(&format!("meta[name={name}]")).ok().flatten());
    found.and_then(|element| element.get_attribute("content")).unwrap_or_default()
}

/// Whether a service worker answers for the page, which comes without a network then. Browsers that have none, or not here, say so
/// in three ways: a member that is missing, one that is null, and an exception.
#[must_use]
pub fn is_kept() -> bool {
    let of = |value: &JsValue, member: &str| Reflect::get(value, &member.into()).ok();
    web_sys::window()
        .and_then(|window| of(&of(&window.navigator(), "serviceWorker")?, "controller"))
        .is_some_and(|controller| controller.is_truthy())
}

/// Moves the keyboard focus.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether the keyboard is on nothing: what had the focus is gone.
#[must_use]
pub fn focus_is_nowhere() -> bool {
    document().and_then(|document| document.active_element()).is_none_or(|element| element.tag_name() == "BODY")
}

/// Takes the focus away from the element with this id, when it or something in it has it.
pub fn leave(id: &str) {
    let focused = document().and_then(|document| document.active_element());
    let Some((focused, place)) = focused.zip(element(id)) else { return };
    if place.contains(Some(&focused))
        && let Ok(focused) = focused.dyn_into::<HtmlElement>()
    {
        let _ = focused.blur();
    }
}

/// Follows a link inside the page: opens what hides the element, scrolls to it and moves the focus there. A button that
/// opens something is pressed: who follows a link to it wants to see that.
pub fn jump(id: &str) {
    let Some(target) = element(id) else { return };
    open_ancestors(&target);
    target.scroll_into_view();
    if let Ok(target) = target.dyn_into::<HtmlElement>() {
        if target.tab_index() < 0 && !target.has_attribute("tabindex") {
            let _ = target.set_attribute("tabindex", "-1");
        }
        let _ = target.focus();
        if target.get_attribute("aria-expanded").as_deref() == Some("false") {
            target.click();
        }
    }
}

fn open_ancestors(target: &Element) {
    let mut at = Some(target.clone());
    while let Some(element) = at {
        if element.tag_name() == "DETAILS" {
            let _ = element.set_attribute("open", "");
        }
        at = element.parent_element();
    }
}

/// Scrolls to the top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Puts text on the clipboard, and tells whether it is there: a browser may forbid it, and has no clipboard for a page that came
/// over plain HTTP.
pub fn copy(text: &str, tell: impl FnOnce(bool) + 'static) {
    let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
    let Some(clipboard) = clipboard.filter(|clipboard| !clipboard.is_undefined()) else { return tell(false) };
    let writing = JsFuture::from(clipboard.write_text(text));
    spawn_local(async move { tell(writing.await.is_ok()) });
}

/// Opens the print dialogue.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// The value of the field that an input event came from.
#[must_use]
pub fn field_text(event: &InputEvent) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
}

/// How far the element that a scroll event came from is scrolled, the height of what is in view, and the height of the
/// first numbered row of the table in it (0 without one), in pixels.
#[must_use]
pub fn scrolled(event: &Event) -> (usize, usize, usize) {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return (0, 0, 0);
    };
    let row = element.query_selector("tbody tr[aria-rowindex]").ok().flatten();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()).map_or(0, |row| row.offset_height());
    let pixels = |length: i32| usize::try_from(length).unwrap_or(0);
    (pixels(element.scroll_top()), pixels(element.client_height()), pixels(row))
}

/// Reports a defect of ours where a developer looks.
pub fn report_defect(text: &str) {
    web_sys::console::error_1(&text.into());
}

/// Waits until the second part of the program is there, where the page comes in two (`touchstone.second` of the loader).
/// Returns in any case: what is in it and not there is fetched on the spot.
pub async fn second_part() {
    if let Ok(promise) = call("second", &[]).and_then(|promise| promise.dyn_into::<Promise>()) {
        let _ = JsFuture::from(promise).await;
    }
}
