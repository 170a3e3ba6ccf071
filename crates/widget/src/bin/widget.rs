//! The widget's module: what JavaScript may call, and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called when the module is started; there is nothing to do until something is asked.
fn main() {}

/// Whether anything may be asked of what computes here.
#[wasm_bindgen]
#[must_use]
pub fn make_ready() -> bool {
    touchstone_widget::make_ready()
}

/// Whether anything may be asked of what the browser computes for.
#[wasm_bindgen]
#[must_use]
pub fn read_root() -> bool {
    touchstone_widget::read_root()
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

/// See [`touchstone_widget::Asked`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Asked(touchstone_widget::Asked);

#[wasm_bindgen]
impl Asked {
    /// A question about these bytes.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(request: &str, bundle: Vec<u8>, artifact: Vec<u8>, trusted_root: Vec<u8>) -> Self {
        Self(touchstone_widget::Asked::new(request, bundle, artifact, trusted_root))
    }

    /// The signatures that the browser may look at, as JSON.
    pub fn questions(&mut self) -> String {
        self.0.questions()
    }

    /// Their bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.bytes()
    }

    /// The answer; `right` says which of the signatures are right.
    #[must_use]
    pub fn answer(self, right: &[u8]) -> String {
        self.0.answer(right)
    }
}
