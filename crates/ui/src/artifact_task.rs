//! Which file is it about?

use yew::prelude::*;

use touchstone_report::document::Open;

/// Properties of [`ArtifactTask`].
#[derive(Properties, PartialEq)]
pub struct ArtifactTaskProps {
    /// The open thing of kind `artifact`.
    pub open: Open,
    /// Change of a file chooser.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// The [`DigestField`](crate::DigestField).
    #[prop_or_default]
    pub children: Html,
}

/// Asks for the artifact (`task`).
#[component]
pub fn ArtifactTask(props: &ArtifactTaskProps) -> Html {
    let _ = props;
    html! {}
}
