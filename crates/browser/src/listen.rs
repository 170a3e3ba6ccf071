//! Listeners that end when they are dropped, and what is heard anywhere on the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, DragEvent, Event, EventTarget};

use crate::file::{self, Given};
use crate::folder;

/// A listener; dropping it ends it.
#[must_use = "dropping it ends it"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    call: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens on `target`.
    pub fn new(target: &EventTarget, event: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        let call = Closure::<dyn FnMut(Event)>::new(heard);
        // Fails for no event that has a name.
        let _ = target.add_event_listener_with_callback(event, call.as_ref().unchecked_ref());
        Self { target: target.clone(), event, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.event, self.call.as_ref().unchecked_ref());
    }
}

/// Something dropped or pasted anywhere on the page, or held over it.
#[derive(Clone, Debug, PartialEq)]
pub enum Transfer {
    /// Files are held over the page.
    Over,
    /// They were taken away again.
    Left,
    /// Files or text were dropped or pasted.
    Given(Vec<Given>),
}

/// Listens for drops and pastes on the whole page.
pub fn transfers(heard: impl Fn(Transfer) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let on = |event, call: Box<dyn FnMut(Event)>| Listener::new(&window, event, call);
    let (over, left, dropped) = (heard.clone(), heard.clone(), heard.clone());
    vec![
        on(
            "dragover",
            Box::new(move |event| {
                // Without this the browser opens the file instead of the page taking it.
                event.prevent_default();
                over(Transfer::Over);
            }),
        ),
        on(
            "dragleave",
            Box::new(move |event| {
                if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
                    left(Transfer::Left);
                }
            }),
        ),
        on(
            "drop",
            Box::new(move |event| {
                event.prevent_default();
                let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
                match transfer.as_ref().and_then(folder::entries) {
                    None => dropped(Transfer::Given(file::transferred(transfer))),
                    Some(entries) => {
                        let dropped = dropped.clone();
                        wasm_bindgen_futures::spawn_local(async move {
                            dropped(Transfer::Given(folder::files(entries).await));
                        });
                    }
                }
            }),
        ),
        on(
            "paste",
            Box::new(move |event| {
                // Text pasted into a field belongs to the field.
                if in_a_field(&event) {
                    return;
                }
                let transfer = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
                heard(Transfer::Given(file::transferred(transfer)));
            }),
        ),
    ]
}

fn in_a_field(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
