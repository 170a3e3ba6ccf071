//! Says a new verdict once.

use yew::prelude::*;

use crate::Doc;

/// Properties of [`live_region`].
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// The document shown. Its verdict word and sentence are said when it changes.
    #[prop_or_default]
    pub document: Option<Doc>,
    /// Progress in words, changed by the page every 10 seconds at most; said when there is no document.
    #[prop_or_default]
    pub progress: AttrValue,
}

/// Polite live region. Keep it in the page from the start: regions that appear with their text are not announced. Yew
/// leaves a text node alone whose text is the same, so a new document with the same verdict is not said again.
pub fn live_region(props: &LiveRegionProps) -> Html {
    let said = match &props.document {
        Some(document) => AttrValue::from(format!("{}. {}", document.verdict.title, document.verdict.sentence)),
        None => props.progress.clone(),
    };
    html! { <p class="vh" role="status" aria-live="polite">{ said }</p> }
}
