//! What this page is made of.

use yew::prelude::*;

/// A trusted root that is built in.
#[derive(Clone, Debug, PartialEq)]
pub struct RootBuiltIn {
    /// "Sigstore public good".
    pub name: AttrValue,
    /// "trusted root of 12 Aug 2026".
    pub source: AttrValue,
}

/// Properties of [`Footer`].
#[derive(Properties, PartialEq)]
pub struct FooterProps {
    /// Trusted roots built in.
    pub roots: Vec<RootBuiltIn>,
    /// "Touchstone 0.1.0".
    pub version: AttrValue,
    /// File name and SHA-256 of the program that checks, when the page knows it.
    #[prop_or_default]
    pub wasm: Option<(AttrValue, AttrValue)>,
}

/// Footer (`foot`).
#[component]
pub fn Footer(props: &FooterProps) -> Html {
    let _ = props;
    html! {}
}
