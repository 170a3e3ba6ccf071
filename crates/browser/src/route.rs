//! The address of the page: only its fragment, which never leaves the browser.

use wasm_bindgen::JsValue;

use crate::listen::Listener;

/// The fragment, with its `#`; empty when there is none.
#[must_use]
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address of the page with another fragment.
#[must_use]
pub fn address_with(fragment: &str) -> String {
    let location = web_sys::window().map(|window| window.location());
    let href = location.and_then(|location| location.href().ok()).unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    format!("{base}{fragment}")
}

/// Changes the fragment as a new step in the history.
pub fn push(fragment: &str) {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&target(fragment)));
    }
}

/// Changes the fragment of the present step.
pub fn replace(fragment: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&target(fragment)));
    }
}

/// Calls `changed` with the fragment whenever the person moves through the history or edits the address.
pub fn on_change(changed: impl Fn(String) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    vec![Listener::new(&window, "hashchange", move |_| changed(fragment()))]
}

fn target(fragment: &str) -> String {
    // An empty fragment alone would mean the same address as now.
    if fragment.is_empty() { address_with("") } else { fragment.to_owned() }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}
