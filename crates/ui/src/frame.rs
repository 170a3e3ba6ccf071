//! The frame around every page.

use touchstone_report::document::Outcome;
use yew::prelude::*;

use crate::icon::sprite;
use crate::{Dom, Jump, jump, strings};

/// Properties of [`frame`].
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// Outcome of the document shown, if one is shown: `rejected` removes all green from the page.
    #[prop_or_default]
    pub outcome: Option<Outcome>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
    /// Top bar, section bar, [`main_part`], footer, live region, in this order.
    pub children: Html,
}

/// Sprite, skip link, and everything else. Root of every page.
pub fn frame(props: &FrameProps) -> Html {
    let skip = Jump { class: Some("skip"), ..Jump::default() };
    html! {
        <div class="page" data-verdict={props.outcome.map(outcome_name)}>
            { sprite() }
            { jump(&props.dom, "main".into(), skip, html! { { strings::SKIP } }) }
            { props.children.clone() }
        </div>
    }
}

/// The outcome as the style sheet and scripts name it. Not a word of the page.
pub(crate) fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Verified => "verified",
        Outcome::Rejected => "rejected",
        Outcome::Incomplete => "incomplete",
    }
}

/// Properties of [`main_part`].
#[derive(Properties, PartialEq)]
pub struct MainProps {
    /// Time and program for the head of a printed page: "Checked 22 Aug 2026, 09:41 UTC, with Touchstone 0.1.0".
    #[prop_or_default]
    pub print_line: AttrValue,
    /// The page.
    pub children: Html,
}

/// `<main id="main">`, target of the skip link.
pub fn main_part(props: &MainProps) -> Html {
    html! {
        <main id="main" tabindex="-1">
            <div class="wrap">
                <p class="printhead"><b>{ strings::PRINT_HEAD }</b><span>{ props.print_line.clone() }</span></p>
                { props.children.clone() }
            </div>
        </main>
    }
}
