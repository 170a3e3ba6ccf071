//! The program of a saved report, which the page's loader hands over.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::loader::call;

/// What a saved report takes along to check itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Kit {
    /// The script.
    pub script: Blob,
    /// The module, in base64.
    pub module: Blob,
    /// SHA-256 of the module, in hex.
    pub digest: String,
}

/// The kit, by the function that the page's loader left as `touchstone.kit`. It asks the page's own server for the offline
/// edition, unless this is that. `None` when it cannot be had.
pub async fn kit() -> Option<Kit> {
    let parts: Array = JsFuture::from(asked().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Kit {
        script: parts.get(0).dyn_into().ok()?,
        module: parts.get(1).dyn_into().ok()?,
        digest: parts.get(2).as_string()?,
    })
}

fn asked() -> Result<Promise, JsValue> {
    call("kit", &[])?.dyn_into()
}
