//! The frame around every page.

use touchstone_report::document::Outcome;
use yew::prelude::*;

/// Properties of [`Frame`].
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Outcome of the document shown, if one is shown: `rejected` removes all green from the page.
    #[prop_or_default]
    pub outcome: Option<Outcome>,
    /// Top bar, section bar, [`Main`], footer, live region, in this order.
    pub children: Html,
}

/// Sprite, skip link, and everything else. Root of every page.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let _ = props;
    html! {}
}

/// Properties of [`Main`].
#[derive(Properties, PartialEq)]
pub struct MainProps {
    /// Time and program for the head of a printed page: "Checked 22 Aug 2026, 09:41 UTC, with Touchstone 0.1.0".
    #[prop_or_default]
    pub print_line: AttrValue,
    /// The page.
    pub children: Html,
}

/// `<main id="main">`, target of the skip link.
#[component]
pub fn Main(props: &MainProps) -> Html {
    let _ = props;
    html! {}
}
