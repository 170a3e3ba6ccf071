//! What failed.

use touchstone_report::document::Check;
use yew::prelude::*;

use crate::strings::{failure as words, sections};
use crate::{Doc, Dom, Icon, Jump, PairProps, icon, jump, pair, visible};

/// Properties of [`failures`].
#[derive(Properties, PartialEq)]
pub struct FailuresProps {
    /// The document.
    pub document: Doc,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Failure cards (`failure`), the most telling first. Empty when nothing failed.
pub fn failures(props: &FailuresProps) -> Html {
    let document = &props.document;
    let failed = document.verdict.failed.iter().filter_map(|id| document.checks.iter().find(|check| check.id == *id));
    let cards: Vec<Html> = failed.map(|check| card(check, &props.dom)).collect();
    if cards.is_empty() {
        return html! {};
    }
    html! {
        <section class="sec" id="failures" aria-labelledby="failures-h">
            <div class="sec__head"><h2 id="failures-h">{ sections::FAILED }</h2></div>
            { for cards }
        </section>
    }
}

fn card(check: &Check, dom: &Dom) -> Html {
    let headline = if check.headline.is_empty() { &check.title } else { &check.headline };
    html! {
        <article class="failure" id={format!("failure-{}", check.id)} key={check.id.clone()}>
            { icon(Icon::Fail) }
            <div class="failure__body">
                <h3>{ visible(headline) }</h3>
                if check.summary != *headline {
                    <p>{ visible(&check.summary) }</p>
                }
                if !check.expected.is_empty() || !check.found.is_empty() {
                    { pair(&PairProps { expected: check.expected.clone().into(), found: check.found.clone().into() }) }
                }
                { meaning(check) }
                { source(check, dom) }
            </div>
        </article>
    }
}

fn meaning(check: &Check) -> Html {
    html! {
        <div class="two">
            <div><h4>{ words::MEANS }</h4><p class="small">{ visible(&check.why) }</p></div>
            if !check.harmless.is_empty() {
                <div>
                    <h4>{ words::HARMLESS }</h4>
                    <ul>{ for check.harmless.iter().map(|cause| html! { <li>{ visible(cause) }</li> }) }</ul>
                </div>
            }
        </div>
    }
}

fn source(check: &Check, dom: &Dom) -> Html {
    let (to, title) = (format!("check-{}", check.id), html! { { check.title.clone() } });
    html! {
        <p class="cap break">
            { words::CHECK }
            { jump(dom, to.into(), Jump::default(), title) }{ ". " }
            { words::SPECIFICATION }{ check.specification.clone() }{ ". " }
            if !check.place.is_empty() {
                { words::WHERE }<code>{ visible(&check.place) }</code>{ ". " }
            }
            if !check.code.is_empty() {
                { words::CODE }<code>{ check.code.clone() }</code>
            }
        </p>
    }
}
