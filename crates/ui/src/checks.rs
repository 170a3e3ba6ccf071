//! Every check once.

use crate::{Doc, Dom};
use yew::prelude::*;

/// Properties of [`Checks`].
#[derive(Properties, PartialEq)]
pub struct ChecksProps {
    /// The document.
    pub document: Doc,
    /// Id of a check that was asked for (by address): its group and it are open.
    #[prop_or_default]
    pub asked: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Checks (`checks`, `check`): a check has the address `check-<id>`.
#[component]
pub fn Checks(props: &ChecksProps) -> Html {
    let _ = props;
    html! {}
}
