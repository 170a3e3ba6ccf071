//! What the page's loader (`web/boot.js`, `web/worker.js`) left for its programs: the functions of `touchstone`.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Calls one of them.
pub(crate) fn call(name: &str, with: &[JsValue]) -> Result<JsValue, JsValue> {
    let loader = Reflect::get(&js_sys::global(), &"touchstone".into())?;
    let function: Function = Reflect::get(&loader, &name.into())?.dyn_into()?;
    function.apply(&loader, &with.iter().collect())
}

/// Calls one of them and waits until what it promises is there, or is known not to come.
pub(crate) async fn settled(name: &str) {
    if let Ok(promise) = call(name, &[]).and_then(|promise| promise.dyn_into::<Promise>()) {
        let _ = JsFuture::from(promise).await;
    }
}
