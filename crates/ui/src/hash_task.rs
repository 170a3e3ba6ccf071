//! A file being read.

use yew::prelude::*;

/// How far the reading is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// File name.
    pub name: AttrValue,
    /// Bytes read.
    pub read: u64,
    /// Bytes in all.
    pub total: u64,
    /// Bytes a second, once known.
    pub rate: Option<u64>,
    /// Seconds left, once known.
    pub left: Option<u64>,
}

/// Properties of [`HashTask`].
#[derive(Properties, PartialEq)]
pub struct HashTaskProps {
    /// How far.
    pub progress: Progress,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
}

/// Hashing (`task`).
#[component]
pub fn HashTask(props: &HashTaskProps) -> Html {
    let _ = props;
    html! {}
}
