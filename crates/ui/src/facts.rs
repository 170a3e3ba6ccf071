//! Facts, and who vouches for them.

use yew::prelude::*;

use crate::{Doc, Dom, Tab};

/// Properties of [`Facts`].
#[derive(Properties, PartialEq)]
pub struct FactsProps {
    /// The document.
    pub document: Doc,
    /// A voucher was pressed whose evidence is in this tab.
    #[prop_or_default]
    pub ontab: Callback<Tab>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Fact table (`facts`). Empty when the document has no fact.
#[component]
pub fn Facts(props: &FactsProps) -> Html {
    let _ = props;
    html! {}
}
