//! What the page's loader (`web/boot.js`, `web/worker.js`) left for its programs: the functions of `touchstone`.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Calls one of them.
pub(crate) fn call(name: &str, with: &[JsValue]) -> Result<JsValue, JsValue> {
    let loader = Reflect::get(&js_sys::global(), &"touchstone".into())?;
    let function: Function = Reflect::get(&loader, &name.into())?.dyn_into()?;
    function.apply(&loader, &with.iter().collect())
}
