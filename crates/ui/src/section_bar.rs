//! Jumps within a result.

use yew::prelude::*;

use crate::{Doc, Dom, Jump, jump, strings};

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
    use strings::sections as words;

    let section = |id: &'static str, title: &'static str, count| Section { id: id.into(), title: title.into(), count };
    let mut all = vec![section("verdict", words::VERDICT, None)];
    if !document.verdict.failed.is_empty() {
        all.push(section("failures", words::FAILED, Some(document.verdict.failed.len())));
    }
    if !document.to_do.is_empty() {
        all.push(section("todo", words::TO_DO, None));
    }
    if !document.verdict.open.is_empty() {
        all.push(section("open", words::OPEN, Some(document.verdict.open.len())));
    }
    if document.custody.is_some() {
        all.push(section("chain", words::CHAIN, None));
    }
    if !document.facts.is_empty() {
        all.push(section("facts", words::FACTS, Some(document.facts.len())));
    }
    all.push(section("checks", words::CHECKS, Some(document.checks.len())));
    if let Some(custody) = &document.custody {
        if !custody.levels.build.steps.is_empty() {
            all.push(section("levels", words::LEVELS, None));
        }
        if !custody.inputs.rows.is_empty() {
            all.push(section("inputs", words::INPUTS, Some(custody.inputs.rows.len())));
        }
    }
    all.push(section("expected", words::EXPECTED, None));
    all.push(section("evidence", words::EVIDENCE, None));
    all.push(section("network", words::NETWORK, Some(requests)));
    all
}

/// Properties of [`section_bar`].
#[derive(Default, Properties, PartialEq)]
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
pub fn section_bar(props: &SectionBarProps) -> Html {
    let item = |section: &Section| {
        let link = Jump { current: (section.id == props.current).then_some("true"), ..Jump::default() };
        let text = html! {
            <>
                { section.title.clone() }
                if let Some(count) = section.count {
                    { " " }<span class="n">{ count }</span>
                }
            </>
        };
        html! { <li>{ jump(&props.dom, section.id.clone(), link, text) }</li> }
    };
    html! {
        <nav class="sections" aria-label={strings::frame::ON_THIS_PAGE}>
            <div class="wrap"><ul class="sections__list">{ for props.sections.iter().map(item) }</ul></div>
        </nav>
    }
}
