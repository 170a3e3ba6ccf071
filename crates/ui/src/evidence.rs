//! What was read, proven or not.

use crate::{Doc, Dom};
use yew::prelude::*;

/// A tab of the evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The signing certificate.
    #[default]
    Certificate,
    /// Log entries.
    LogEntry,
    /// Timestamps.
    Timestamps,
    /// The statement.
    Statement,
    /// Raw material.
    Raw,
}

/// Properties of [`Evidence`].
#[derive(Properties, PartialEq)]
pub struct EvidenceProps {
    /// The document.
    pub document: Doc,
    /// The tab that is shown.
    #[prop_or_default]
    pub tab: Tab,
    /// A tab was chosen.
    #[prop_or_default]
    pub ontab: Callback<Tab>,
    /// Page abilities: arrow keys move the focus.
    #[prop_or_default]
    pub dom: Dom,
}

/// Evidence tabs (`tabs`).
#[component]
pub fn Evidence(props: &EvidenceProps) -> Html {
    let _ = props;
    html! {}
}
