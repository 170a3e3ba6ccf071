//! A whole result.

use yew::prelude::*;

use crate::{Doc, Dom, Progress, Request};

/// Properties of [`ResultView`].
#[derive(Properties, PartialEq)]
pub struct ResultViewProps {
    /// The document.
    pub document: Doc,
    /// [`Given`](crate::Given) chips, above the verdict.
    #[prop_or_default]
    pub given: Html,
    /// Requests made so far.
    pub requests: Vec<Request>,
    /// A file being read.
    #[prop_or_default]
    pub progress: Option<Progress>,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
    /// The [`SignerFields`](crate::SignerFields) with `onapply`: in "What is open" when no signer is named, else under
    /// "What you expected".
    #[prop_or_default]
    pub signer: Html,
    /// "Use the signer shown" pressed: fill the fields with `document.signer`, compare nothing yet.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// The [`DigestField`](crate::DigestField), shown when no artifact was given.
    #[prop_or_default]
    pub digest: Html,
    /// Change of a file chooser for what is open.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// Save the JSON report.
    #[prop_or_default]
    pub onsave: Callback<()>,
    /// Print.
    #[prop_or_default]
    pub onprint: Callback<()>,
    /// Copy a link to the question. Without it there is no button.
    #[prop_or_default]
    pub onlink: Option<Callback<()>>,
    /// Id of a check that was asked for by address.
    #[prop_or_default]
    pub asked: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// A result, composed from all of the parts below in the order a doubter asks. Holds which evidence tab is open.
#[component]
pub fn ResultView(props: &ResultViewProps) -> Html {
    let _ = props;
    html! {}
}
