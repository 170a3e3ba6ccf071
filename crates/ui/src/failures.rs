//! What failed.

use crate::{Doc, Dom};
use yew::prelude::*;

/// Properties of [`Failures`].
#[derive(Properties, PartialEq)]
pub struct FailuresProps {
    /// The document.
    pub document: Doc,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Failure cards (`failure`), the most telling first. Empty when nothing failed.
#[component]
pub fn Failures(props: &FailuresProps) -> Html {
    let _ = props;
    html! {}
}
