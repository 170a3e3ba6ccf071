//! Jumps within a result.

use crate::{Doc, Dom};
use yew::prelude::*;

/// One jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Id of the section.
    pub id: AttrValue,
    /// Word.
    pub title: AttrValue,
    /// Count beside it.
    pub count: Option<usize>,
}

/// The sections that [`ResultView`](crate::ResultView) shows for a document, in order.
#[must_use]
pub fn sections(document: &Doc, requests: usize) -> Vec<Section> {
    let _ = (document, requests);
    Vec::new()
}

/// Properties of [`SectionBar`].
#[derive(Properties, PartialEq)]
pub struct SectionBarProps {
    /// Jumps, in the order of the page.
    pub sections: Vec<Section>,
    /// Id of the section in view.
    #[prop_or_default]
    pub current: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Section bar (`sections`).
#[component]
pub fn SectionBar(props: &SectionBarProps) -> Html {
    let _ = props;
    html! {}
}
