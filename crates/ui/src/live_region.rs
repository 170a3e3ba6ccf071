//! Says a new verdict once.

use crate::Doc;
use yew::prelude::*;

/// Properties of [`LiveRegion`].
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// The document shown. Its verdict word and sentence are said when it changes.
    #[prop_or_default]
    pub document: Option<Doc>,
    /// Progress in words, changed by the page every 10 seconds at most; said when there is no document.
    #[prop_or_default]
    pub progress: AttrValue,
}

/// Polite live region. Keep it in the page from the start: regions that appear with their text are not announced.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let _ = props;
    html! {}
}
