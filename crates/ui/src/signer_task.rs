//! Who should have signed it?

use yew::prelude::*;

use crate::Doc;

/// Properties of [`SignerTask`].
#[derive(Properties, PartialEq)]
pub struct SignerTaskProps {
    /// The document: shows the signer that it holds.
    pub document: Doc,
    /// "Use the signer shown": the page fills the fields with `document.signer`, and nothing is compared yet.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// The [`SignerFields`](crate::SignerFields), with `onapply`.
    pub children: Html,
}

/// Asks for the signer (`task`).
#[component]
pub fn SignerTask(props: &SignerTaskProps) -> Html {
    let _ = props;
    html! {}
}
