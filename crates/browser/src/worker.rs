//! The worker, from both sides. A message is one JSON text, followed by blobs and byte arrays that travel beside it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, Event, MessageEvent, Worker};

use crate::listen::Listener;
use crate::loader::call;

/// One message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// JSON.
    pub text: String,
    /// Blobs: handed over without copying what is in them.
    pub blobs: Vec<Blob>,
    /// Bytes: copied.
    pub bytes: Vec<Vec<u8>>,
}

impl Message {
    /// A message of text alone.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    fn to_js(&self) -> JsValue {
        let parts = Array::of1(&self.text.as_str().into());
        for blob in &self.blobs {
            parts.push(blob);
        }
        for bytes in &self.bytes {
            parts.push(&Uint8Array::from(bytes.as_slice()));
        }
        parts.into()
    }

    fn from_js(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        let mut message = Self::text(parts.get(0).as_string()?);
        for part in parts.iter().skip(1) {
            if let Some(blob) = part.dyn_ref::<Blob>() {
                message.blobs.push(blob.clone());
            } else if let Some(bytes) = part.dyn_ref::<Uint8Array>() {
                message.bytes.push(bytes.to_vec());
            }
        }
        Some(message)
    }
}

/// A question about an ECDSA signature in the words of Web Cryptography: curve, hash, key (`spki`), signature, message.
pub type SignatureAsked<'a> = (&'a str, &'a str, &'a [u8], &'a [u8], &'a [u8]);

/// Which signatures are right, by the browser's own arithmetic; empty where it has none, or did not answer.
pub async fn signatures(asked: impl Iterator<Item = SignatureAsked<'_>>) -> Vec<bool> {
    let list: Array = asked
        .map(|(curve, hash, key, signature, message)| {
            let all = Array::of2(&curve.into(), &hash.into());
            for bytes in [key, signature, message] {
                all.push(&Uint8Array::from(bytes));
            }
            all
        })
        .collect();
    let Ok(promise) = call("signatures", &[list.into()]) else { return Vec::new() };
    let answers =
        JsFuture::from(Promise::resolve(&promise)).await.ok().and_then(|answers| answers.dyn_into::<Array>().ok());
    answers.iter().flat_map(Array::iter).map(|answer| answer == JsValue::TRUE).collect()
}

/// What the page hears of its worker.
#[derive(Clone, Debug)]
pub enum Heard {
    /// A message.
    Message(Message),
    /// The worker stopped by an error, or never started. It answers nothing any more.
    Crashed(String),
}

/// The page's end. Dropping it ends the worker.
pub struct Handle {
    worker: Worker,
    listening: Rc<Cell<bool>>,
    _listeners: Vec<Listener>,
}

impl Handle {
    /// Starts a worker by the function that the page's loader left as `touchstone.start`, or takes the one that it
    /// started already.
    ///
    /// # Errors
    /// When there is no such function, or the browser refuses a worker: why, in words.
    pub fn start(heard: impl Fn(Heard) + Clone + 'static) -> Result<Self, String> {
        let worker = started().map_err(|error| words(&error))?;
        let listening = Rc::new(Cell::new(false));
        let listeners = vec![on_message(&worker, listening.clone(), heard.clone()), on_error(&worker, heard)];
        Ok(Self { worker, listening, _listeners: listeners })
    }

    /// Whether the worker ever said that it listens.
    #[must_use]
    pub fn was_listening(&self) -> bool {
        self.listening.get()
    }

    /// Sends a message. The worker's loader keeps what comes before its program listens.
    pub fn send(&self, message: &Message) {
        let _ = self.worker.post_message(&message.to_js());
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Sends a message to the worker that the page's loader started, before there is a [`Handle`] to it (`touchstone.ahead`). What it
/// answers is kept for the handle. Where the browser refused a worker nothing is sent, and the handle says so.
pub fn ask_ahead(message: &Message) {
    let _ = call("ahead", &[message.to_js()]);
}

fn started() -> Result<Worker, JsValue> {
    call("start", &[])?.dyn_into()
}

fn on_message(worker: &Worker, listening: Rc<Cell<bool>>, heard: impl Fn(Heard) + 'static) -> Listener {
    Listener::new(worker, "message", move |event: Event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        let Some(message) = Message::from_js(&event.data()) else {
            return;
        };
        match message.text.as_str() {
            LISTENING => listening.set(true),
            CRASHED => heard(Heard::Crashed("it met a defect of its own.".to_owned())),
            _ => heard(Heard::Message(message)),
        }
    })
}

fn on_error(worker: &Worker, heard: impl Fn(Heard) + 'static) -> Listener {
    Listener::new(worker, "error", move |event: Event| {
        let said = event.dyn_ref::<web_sys::ErrorEvent>().map(web_sys::ErrorEvent::message);
        heard(Heard::Crashed(said.unwrap_or_else(|| "The checking program could not be loaded.".to_owned())));
    })
}

/// Said by a worker once it listens.
const LISTENING: &str = "listening";

/// Said by the worker's loader when an error reached it: a trap stops the program, so it cannot say it itself (H-21).
const CRASHED: &str = "crashed";

/// Inside the worker: answers each message with `answer`, until the worker ends.
pub fn serve(answer: impl Fn(Message) + 'static) {
    let scope = scope();
    let listener = Listener::new(&scope, "message", move |event: Event| {
        if let Some(message) = event.dyn_ref::<MessageEvent>().and_then(|event| Message::from_js(&event.data())) {
            answer(message);
        }
    });
    // It listens as long as the worker lives.
    std::mem::forget(listener);
    post(&Message::text(LISTENING.to_owned()));
}

/// Inside the worker: does this after what waits already.
pub fn later(act: impl FnOnce() + 'static) {
    let _ = scope().set_timeout_with_callback(Closure::once_into_js(act).unchecked_ref());
}

/// Inside the worker: says that this program must not be asked anything, as a trap would.
pub fn give_up() {
    post(&Message::text(CRASHED.to_owned()));
}

/// Inside the worker: sends a message to the page.
pub fn post(message: &Message) {
    let _ = scope().post_message(&message.to_js());
}

/// Inside the worker: milliseconds on a clock that never jumps.
#[must_use]
pub fn ticks() -> f64 {
    scope().performance().map_or_else(crate::clock::now, |performance| performance.now())
}

/// Whether this program runs in a worker.
#[must_use]
pub fn is_here() -> bool {
    // By name: asking a window for the type throws inside, and an error with its stack takes milliseconds.
    js_sys::Reflect::has(&js_sys::global(), &"DedicatedWorkerGlobalScope".into()).unwrap_or(false)
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| "This browser starts no worker.".to_owned(), |error| String::from(error.message()))
}
