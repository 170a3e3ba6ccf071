//! What stands behind a line or an answer: the statement and the checks.

use touchstone_report::document::custody::{Edge, Stage, StageQuestion, Statement, Strength};
use touchstone_report::document::{Check, NamedValue};
use yew::prelude::*;

use super::strip::title;
use super::words::{self as shown, edge as drawn};
use super::{Opened, PANEL, Section};
use crate::status::status;
use crate::strings::custody as words;
use crate::vouchers::voucher_mark;
use crate::{Icon, Jump, icon, jump, visible};

/// The panel. Escape closes it; the focus goes back to what opened it.
pub(super) fn panel(section: &Section<'_>, what: Opened, onclose: &Callback<()>, onfurther: &Callback<Opened>) -> Html {
    let custody = section.custody;
    let (heading, body) = match what {
        Opened::Stage(at) => match custody.stages.get(at) {
            Some(stage) => (visible(&stage.question), whole_stage(section, stage, onfurther)),
            None => return html! {},
        },
        Opened::Answer(at, place) => {
            match custody.stages.get(at).and_then(|stage| Some((stage, stage.questions.get(place)?))) {
                Some((stage, question)) => (
                    html! { <>{ visible(&stage.title) }{ ": " }{ visible(&question.title) }</> },
                    html! { <>{ answer(section, question, false) }{ behind(section, question.statement) }</> },
                ),
                None => return html! {},
            }
        }
        Opened::Edge(at) => match custody.edges.get(at) {
            Some(edge) => (
                html! { <>{ title(section, &edge.from) }{ words::TO }{ title(section, &edge.to) }</> },
                html! { <>{ of_edge(section, edge) }{ behind(section, edge.statement) }</> },
            ),
            None => return html! {},
        },
        Opened::Statement(at) => (html! { { words::STATEMENT } }, behind(section, Some(at))),
    };
    let close = onclose.reform(|_: MouseEvent| ());
    let onkeydown = {
        let onclose = onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                onclose.emit(());
            }
        })
    };
    html! {
        <section class="card opened" id={PANEL} tabindex="-1" aria-labelledby="custody-open-h" {onkeydown}>
            <div class="opened__head">
                <h3 id="custody-open-h">{ heading }</h3>
                <button class="btn btn--small" type="button" onclick={close}>{ icon(Icon::Remove) }{ words::CLOSE }</button>
            </div>
            { body }
        </section>
    }
}

fn whole_stage(section: &Section<'_>, stage: &Stage, onfurther: &Callback<Opened>) -> Html {
    let one = |question: &StageQuestion| {
        html! {
            <li>
                <h4>{ visible(&question.title) }</h4>
                { answer(section, question, true) }
                { for question.statement.map(|at| further(section, at, onfurther)) }
            </li>
        }
    };
    html! { <ul class="opened__all" role="list">{ for stage.questions.iter().map(one) }</ul> }
}

/// The button to a statement, by its name.
fn further(section: &Section<'_>, at: usize, onfurther: &Callback<Opened>) -> Html {
    let Some(statement) = section.custody.statements.get(at) else {
        return html! {};
    };
    let onclick = onfurther.reform(move |_: MouseEvent| Opened::Statement(at));
    html! {
        <p class="small">
            { words::STATED_IN }<button class="opens" type="button" {onclick}>{ name(statement) }</button>
        </p>
    }
}

pub(super) fn name(statement: &Statement) -> Html {
    if statement.name.is_empty() {
        return visible(&statement.kind);
    }
    html! { <>{ visible(&statement.kind) }{ ", " }<span translate="no">{ visible(&statement.name) }</span></> }
}

fn answer(section: &Section<'_>, question: &StageQuestion, brief: bool) -> Html {
    html! {
        <>
            <p class="opened__answer">{ crate::pair::value(&question.answer, false) }</p>
            <p class="opened__how">
                { shown::strength(question.strength, section.quiet) }
                { for question.vouchers.iter().map(|&voucher| voucher_mark(voucher)) }
            </p>
            if question.strength != Strength::Proven && !question.to_close.is_empty() {
                <p class="small"><b>{ words::TO_CLOSE }</b>{ visible(&question.to_close) }</p>
            }
            { checks(section, std::slice::from_ref(&question.check), brief) }
        </>
    }
}

fn of_edge(section: &Section<'_>, edge: &Edge) -> Html {
    let (state, symbol, _) = drawn(edge.state);
    html! {
        <>
            <p class="edge opened__edge" data-edge={state}>
                <span class="edge__label">{ for symbol.map(icon) }<span>{ visible(edge.label.trim_start_matches(['=', '≠']).trim_start()) }</span></span>
            </p>
            <p>{ visible(&edge.why) }</p>
            if !edge.value.is_empty() {
                <p class="opened__answer">{ crate::pair::value(&edge.value, false) }</p>
            }
            { checks(section, &edge.checks, false) }
        </>
    }
}

/// Checks of the report, by id, with what came out of each and the way to it.
fn checks(section: &Section<'_>, ids: &[String], brief: bool) -> Html {
    let found: Vec<&Check> =
        ids.iter().filter_map(|id| section.document.checks.iter().find(|check| check.id == *id)).collect();
    if found.is_empty() {
        return html! {};
    }
    let one = |check: &&Check| {
        let link = jump(section.dom, format!("check-{}", check.id).into(), Jump::default(), visible(&check.title));
        html! {
            <li>
                { status(check.state, section.quiet) }
                <span>{ link }
                    if !brief {
                        { ": " }{ visible(&check.summary) }
                    }
                </span>
            </li>
        }
    };
    html! {
        <div>
            <p class="cap">{ words::CHECKS }</p>
            <ul class="items" role="list">{ for found.iter().map(one) }</ul>
        </div>
    }
}

/// The statement behind something, whole.
fn behind(section: &Section<'_>, at: Option<usize>) -> Html {
    let Some(statement) = at.and_then(|at| section.custody.statements.get(at)) else {
        return html! {};
    };
    let says = |said: &NamedValue| html! { <><dt>{ visible(&said.name) }</dt><dd>{ crate::pair::value(&said.value, false) }</dd></> };
    html! {
        <div class="opened__statement">
            <h4>{ name(statement) }</h4>
            <p class="opened__how">{ shown::standing(statement.standing, section.quiet) }</p>
            <p>{ visible(&statement.reason) }</p>
            <dl class="kv kv--stack">
                { text(words::SIGNER, &statement.signer) }
                { text(words::SIGNED, &statement.time) }
                { text(words::TYPE, &statement.predicate_type) }
                if !statement.subjects.is_empty() {
                    <dt>{ words::ABOUT }</dt>
                    { for statement.subjects.iter().map(|subject| html! { <dd>{ crate::pair::value(subject, false) }</dd> }) }
                }
                { for statement.says.iter().map(says) }
            </dl>
            if !statement.checks.is_empty() {
                <p class="cap">{ words::ITS_CHECKS }</p>
                <ul class="items" role="list">
                    { for statement.checks.iter().map(|check| html! {
                        <li>
                            { status(check.state, section.quiet) }
                            <span>{ visible(&check.title) }{ ": " }{ visible(&check.summary) }</span>
                        </li>
                    }) }
                </ul>
            }
        </div>
    }
}

fn text(label: &'static str, text: &str) -> Html {
    if text.is_empty() {
        return html! {};
    }
    html! { <><dt>{ label }</dt><dd translate={crate::visible_text::foreign(text)}>{ visible(text) }</dd></> }
}
