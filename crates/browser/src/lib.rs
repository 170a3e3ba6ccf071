//! The outside world as a page sees it: fetch, files, worker, clipboard, storage, address, clock. The only crate that
//! names web-sys and gloo; everything else is plain data and can be tested natively.

pub mod clock;
pub mod fetch;
pub mod file;
mod folder;
pub mod kit;
pub mod listen;
mod loader;
pub mod page;
pub mod route;
pub mod storage;
pub mod worker;

pub use wasm_bindgen_futures::spawn_local;
pub use web_sys::{Blob, Event, InputEvent};
