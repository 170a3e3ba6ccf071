//! What an incomplete result waits for.

use yew::prelude::*;

use crate::{Doc, Progress};

/// Properties of [`OpenTasks`].
#[derive(Properties, PartialEq)]
pub struct OpenTasksProps {
    /// The document.
    pub document: Doc,
    /// A file being read.
    #[prop_or_default]
    pub progress: Option<Progress>,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
    /// Shown for an open thing of kind `signer` or `key`: the [`SignerFields`](crate::SignerFields).
    #[prop_or_default]
    pub signer: Html,
    /// "Use the signer shown" pressed.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// Shown for an open thing of kind `artifact`: the [`DigestField`](crate::DigestField).
    #[prop_or_default]
    pub digest: Html,
    /// Change of a file chooser (artifact, evidence).
    #[prop_or_default]
    pub onfiles: Callback<Event>,
}

/// "What is open". Empty unless something is open or being read.
#[component]
pub fn OpenTasks(props: &OpenTasksProps) -> Html {
    let _ = props;
    html! {}
}
