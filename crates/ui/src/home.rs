//! The first page.

use yew::prelude::*;

use crate::{Dom, Example};

/// Properties of [`Home`].
#[derive(Properties, PartialEq)]
pub struct HomeProps {
    /// The [`Intake`](crate::Intake) with its fields.
    pub children: Html,
    /// Examples.
    pub examples: Vec<Example>,
    /// An example was chosen: its id.
    #[prop_or_default]
    pub onexample: Callback<AttrValue>,
    /// The [`Ledger`](crate::Ledger), target of the counter.
    #[prop_or_default]
    pub ledger: Html,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// The first page, composed: hero, intake, privacy, limits, examples, what you find out, ledger.
#[component]
pub fn Home(props: &HomeProps) -> Html {
    let _ = props;
    html! {}
}

/// "Nothing leaves this browser".
#[component]
pub fn Privacy() -> Html {
    html! {}
}

/// "What a result cannot tell you".
#[component]
pub fn Limits() -> Html {
    html! {}
}

/// "What you find out".
#[component]
pub fn FindOut() -> Html {
    html! {}
}
