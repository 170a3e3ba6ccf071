//! The icons, one sprite of symbols for the whole page.

use yew::prelude::*;

/// A symbol of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A file.
    File,
}

/// The sprite; rendered once, by [`Frame`](crate::Frame).
#[component]
pub fn Sprite() -> Html {
    html! {}
}

/// An icon beside its word; hidden from assistive technology.
#[must_use]
pub fn icon(icon: Icon) -> Html {
    let _ = icon;
    html! {}
}
