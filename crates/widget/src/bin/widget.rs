//! The widget's module: what JavaScript may call, and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called when the module is started; there is nothing to do until something is asked.
fn main() {}

/// Whether anything may be asked.
#[wasm_bindgen]
#[must_use]
pub fn make_ready() -> bool {
    touchstone_widget::make_ready()
}

/// See [`touchstone_widget::Reader`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Reader(touchstone_widget::Reader);

#[wasm_bindgen]
impl Reader {
    /// A reader of the artifact of `bundle`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(bundle: &[u8], stated: &str) -> Self {
        Self(touchstone_widget::Reader::new(bundle, stated))
    }

    /// Appends a piece.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// Size and digests as JSON.
    #[must_use]
    pub fn finish(self) -> String {
        self.0.finish()
    }
}

/// See [`touchstone_widget::answer`].
#[wasm_bindgen]
#[must_use]
pub fn answer(request: &str, bundle: &[u8], artifact: &[u8], trusted_root: &[u8]) -> String {
    touchstone_widget::answer(request, bundle, artifact, trusted_root)
}
