//! The verdict.

use crate::{Doc, Dom};
use yew::prelude::*;

/// Properties of [`Verdict`].
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// The document.
    pub document: Doc,
    /// Requests made so far.
    #[prop_or_default]
    pub requests: usize,
    /// Save the JSON report.
    #[prop_or_default]
    pub onsave: Callback<()>,
    /// Print.
    #[prop_or_default]
    pub onprint: Callback<()>,
    /// Copy a link to the question (never to the answer). Without it there is no button.
    #[prop_or_default]
    pub onlink: Option<Callback<()>>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Verdict banner (`verdict`): the h1, sentence, counts; signer, issuer, time, digest and scope when verified.
#[component]
pub fn Verdict(props: &VerdictProps) -> Html {
    let _ = props;
    html! {}
}
