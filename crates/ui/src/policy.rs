//! What was expected, said back.

use touchstone_report::document::World;
use yew::prelude::*;

use crate::strings::{policy as words, sections};
use crate::visible_text::foreign;
use crate::{Doc, Icon, visible};

/// Properties of [`policy`].
#[derive(Properties, PartialEq)]
pub struct PolicyProps {
    /// The document.
    pub document: Doc,
    /// The [`signer_fields`](crate::signer_fields), under a fold: ask for something else.
    #[prop_or_default]
    pub children: Html,
}

/// Policy, said back, with the trusted root that judged.
pub fn policy(props: &PolicyProps) -> Html {
    let lines = &props.document.policy.lines;
    html! {
        <section class="sec" id="expected" aria-labelledby="expected-h">
            <div class="sec__head"><h2 id="expected-h">{ sections::EXPECTED }</h2><p>{ words::WHY }</p></div>
            <div class="card card__in">
                if lines.is_empty() {
                    <p>{ words::NOTHING }</p>
                }
                <dl class="kv kv--stack">
                    { for lines.iter().map(|line| html! {
                        <><dt>{ visible(&line.name) }</dt><dd translate={foreign(&line.value)}>{ visible(&line.value) }</dd></>
                    }) }
                    if let Some(world) = &props.document.world {
                        <dt>{ words::ROOT }</dt><dd>{ root(world) }</dd>
                    }
                </dl>
                if props.children != Html::default() {
                    <details class="more">
                        <summary>{ crate::icon::icon_of(Icon::Chevron, "i chev") }{ words::CHANGE }</summary>
                        { props.children.clone() }
                    </details>
                }
            </div>
        </section>
    }
}

fn root(world: &World) -> Html {
    html! {
        <>
            <b>{ visible(&world.name) }</b>{ ", " }{ visible(&world.source) }
            <span class="sub">{ visible(&world.chosen) }</span>
            { for world.lacks.iter().map(|lack| html! { <span class="sub">{ visible(lack) }</span> }) }
        </>
    }
}
