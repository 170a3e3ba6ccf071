//! The time, for the ledger and for rates. Never for a verdict.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Milliseconds since 1970.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the page's clock")]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// The moment now in UTC, as `2026-08-22T09:41:07.120Z`.
#[must_use]
pub fn now_utc() -> String {
    String::from(js_sys::Date::new_0().to_iso_string())
}

/// A call that is made once after a delay, unless this is dropped first.
#[must_use = "dropping it cancels the call"]
pub struct Delay {
    handle: i32,
    _call: Closure<dyn FnMut()>,
}

impl Delay {
    /// Calls `then` after `milliseconds`.
    #[must_use = "dropping it cancels the call"]
    pub fn new(milliseconds: i32, then: impl FnOnce() + 'static) -> Self {
        let call = Closure::once(then);
        let handle = web_sys::window()
            .and_then(|window| {
                window
                    .set_timeout_with_callback_and_timeout_and_arguments_0(call.as_ref().unchecked_ref(), milliseconds)
                    .ok()
            })
            .unwrap_or_default();
        Self { handle, _call: call }
    }
}

/// Waits until the page was drawn once more. What follows is a task of its own: neither the drawing nor the work waits for the
/// other.
pub async fn drawn() {
    let mut ask = |done: js_sys::Function, _: js_sys::Function| {
        let Some(window) = web_sys::window() else { return };
        let after = window.clone();
        let then = Closure::once_into_js(move || {
            let _ = after.set_timeout_with_callback(&done);
        });
        let _ = window.request_animation_frame(then.unchecked_ref());
    };
    let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::new(&mut ask)).await;
}

impl Drop for Delay {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}
