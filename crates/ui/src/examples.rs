//! Real results, one click away.

use touchstone_report::document::Outcome;
use yew::prelude::*;

/// One example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The page's own name for it.
    pub id: AttrValue,
    /// File name.
    pub name: AttrValue,
    /// One sentence about it.
    pub about: AttrValue,
    /// How it ends.
    pub outcome: Outcome,
    /// How it ends, in the words of the report: "Ends Verified".
    pub ends: AttrValue,
}

/// Properties of [`Examples`].
#[derive(Properties, PartialEq)]
pub struct ExamplesProps {
    /// Three of them.
    pub examples: Vec<Example>,
    /// One was chosen: its id.
    #[prop_or_default]
    pub onchoose: Callback<AttrValue>,
}

/// "Try one first": three cards (`ex`).
#[component]
pub fn Examples(props: &ExamplesProps) -> Html {
    let _ = props;
    html! {}
}
