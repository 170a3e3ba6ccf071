//! What was given, and what it was recognised as.

use yew::prelude::*;

use crate::Dom;

/// What an input is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenKind {
    /// The file in question.
    Artifact,
    /// A Sigstore bundle.
    Bundle,
    /// A public key.
    Key,
    /// A trusted root.
    TrustedRoot,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenItem {
    /// The page's own number for it.
    pub id: usize,
    /// Name; empty for pasted text.
    pub name: AttrValue,
    /// In words: "Sigstore bundle v0.3".
    pub recognised_as: AttrValue,
    /// Bytes, when known.
    pub size: Option<u64>,
    /// What it is used as.
    pub kind: GivenKind,
}

/// Properties of [`Given`].
#[derive(Properties, PartialEq)]
pub struct GivenProps {
    /// Inputs in the order given.
    pub items: Vec<GivenItem>,
    /// Remove the input with this number.
    #[prop_or_default]
    pub onremove: Callback<usize>,
    /// Use the input with this number as something else.
    #[prop_or_default]
    pub onkind: Callback<(usize, GivenKind)>,
    /// "Add evidence": change of a file chooser.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Given chips (`given`) and "Add evidence".
#[component]
pub fn Given(props: &GivenProps) -> Html {
    let _ = props;
    html! {}
}
