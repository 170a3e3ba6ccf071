//! Evidence by address or digest.

use yew::prelude::*;

use crate::Dom;

/// Why nothing was fetched, and what to run instead.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchProblem {
    /// "github.com refused the request of this page".
    pub title: AttrValue,
    /// What it means, a sentence or two. Says that this says nothing about the file.
    pub detail: AttrValue,
    /// A command to run instead, whose output can be dropped here.
    pub command: Option<AttrValue>,
}

/// Properties of [`FetchField`].
#[derive(Properties, PartialEq)]
pub struct FetchFieldProps {
    /// Text in the field.
    pub value: AttrValue,
    /// New text.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// Fetch pressed (or Enter). Never called while `asks` is empty or `busy`.
    #[prop_or_default]
    pub onfetch: Callback<()>,
    /// Hosts that will be asked for the text as it stands, in order; empty while it is no address or digest.
    #[prop_or_default]
    pub asks: Vec<AttrValue>,
    /// What those hosts learn: "that somebody at your address asks for sha256:…".
    #[prop_or_default]
    pub reveals: AttrValue,
    /// A request is under way.
    #[prop_or_default]
    pub busy: bool,
    /// Error about the text: "This is no address".
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Why the last fetch brought nothing.
    #[prop_or_default]
    pub problem: Option<FetchProblem>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Fetch field. Its hint says whom it asks before anything is sent.
#[component]
pub fn FetchField(props: &FetchFieldProps) -> Html {
    let _ = props;
    html! {}
}
