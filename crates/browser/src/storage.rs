//! What the person asked this browser to remember. Nothing is kept unasked.

use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use crate::listen::Listener;

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Whether this browser keeps anything for this page.
#[must_use]
pub fn is_there() -> bool {
    storage().is_some()
}

/// What was kept under `key`.
#[must_use]
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps `value` under `key`; `None` forgets it.
pub fn keep(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

/// Hears when another window changed what is kept under one of `keys`, or forgot everything.
pub fn changed_elsewhere(keys: &'static [&'static str], heard: impl Fn() + 'static) -> Option<Listener> {
    let window = web_sys::window()?;
    Some(Listener::new(&window, "storage", move |event| {
        let changed = event.dyn_into::<StorageEvent>().ok().map(|event| event.key());
        if changed.is_some_and(|changed| changed.is_none_or(|changed| keys.contains(&&*changed))) {
            heard();
        }
    }))
}
