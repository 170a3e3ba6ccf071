//! The chain of custody: what is answered, the picture, and the statement behind each line and answer.

mod claims;
mod graph;
mod inputs;
mod levels;
mod panel;
mod questions;
mod strip;
mod words;

use touchstone_report::document::Outcome;
use yew::prelude::*;

pub use claims::claims;
pub use graph::graph;
pub(crate) use graph::graph_rows;
pub(crate) use inputs::input_rows;
pub use inputs::inputs;
pub use levels::levels;

use panel::panel;
use questions::questions;
use strip::{legend, strip};

use crate::strings::{custody as said, sections};
use crate::{Doc, Dom, visible};

/// Id of the panel that a line or an answer opens.
const PANEL: &str = "custody-open";

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    /// A stage with all of its questions, by place.
    Stage(usize),
    /// One answer: place of the stage, place of the question.
    Answer(usize, usize),
    /// What joins two stages, by place.
    Edge(usize),
    /// A statement, by place.
    Statement(usize),
}

impl Opened {
    /// Id of the button in the section that opens this; the focus returns there.
    fn button(self) -> String {
        match self {
            Opened::Stage(stage) => format!("open-stage-{stage}"),
            Opened::Answer(stage, question) => format!("open-answer-{stage}-{question}"),
            Opened::Edge(edge) => format!("open-edge-{edge}"),
            Opened::Statement(statement) => format!("open-statement-{statement}"),
        }
    }
}

/// What every part of the section needs.
struct Section<'a> {
    document: &'a Doc,
    custody: &'a touchstone_report::document::Custody,
    dom: &'a Dom,
    opened: Option<Opened>,
    onopen: Callback<Opened>,
    /// On a rejection nothing is marked as passed.
    quiet: bool,
}

impl Section<'_> {
    /// A button that opens the panel. The words are those of the answer itself.
    fn opens(&self, class: &'static str, what: Opened, text: Html) -> Html {
        let pressed = self.opened == Some(what);
        let onclick = self.onopen.reform(move |_: MouseEvent| what);
        html! {
            <button {class} type="button" id={what.button()} aria-expanded={if pressed { "true" } else { "false" }} {onclick}>
                { text }
            </button>
        }
    }
}

/// Properties of [`Custody`].
#[derive(Properties, PartialEq)]
pub struct CustodyProps {
    /// The document.
    pub document: Doc,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Chain of custody (`chain`). Holds which line or answer is open. Empty when the document has no chain.
#[component]
pub fn Custody(props: &CustodyProps) -> Html {
    // What is open, and the button that the focus goes back to.
    let opened = use_state_eq(|| None::<(Opened, Opened)>);
    {
        let (jump, focus) = (props.dom.jump.clone(), props.dom.focus.clone());
        use_effect_with(*opened, move |opened| match (opened, jump) {
            (Some(_), Some(jump)) => jump.emit(PANEL.into()),
            (Some(_), None) => focus.emit(PANEL.into()),
            (None, _) => {}
        });
    }
    let Some(custody) = &props.document.custody else {
        return html! {};
    };
    let onopen = {
        let opened = opened.clone();
        Callback::from(move |what: Opened| opened.set(Some((what, what))))
    };
    let section = Section {
        document: &props.document,
        custody,
        dom: &props.dom,
        opened: opened.map(|(what, _)| what),
        onopen,
        quiet: props.document.verdict.outcome == Outcome::Rejected,
    };
    html! {
        <section class="sec custody" id="chain" aria-labelledby="chain-h">
            <div class="sec__head"><h2 id="chain-h">{ sections::CHAIN }</h2><p>{ said::WHY }</p></div>
            { questions(&section) }
            { warnings(&custody.warnings) }
            { strip(&section) }
            { shown(&section, &opened) }
            { legend(custody) }
            { next(custody) }
            { statements(&section) }
        </section>
    }
}

/// What stands in the place of the chain while it is worked out.
pub fn custody_pending() -> Html {
    html! {
        <section class="sec custody" id="chain" aria-labelledby="chain-h" aria-busy="true">
            <div class="sec__head"><h2 id="chain-h">{ sections::CHAIN }</h2><p>{ said::WHY }</p></div>
            <p class="hint">{ said::PENDING }</p>
        </section>
    }
}

fn shown(section: &Section<'_>, opened: &UseStateHandle<Option<(Opened, Opened)>>) -> Html {
    let Some((what, from)) = **opened else {
        return html! {};
    };
    let onclose = {
        let (opened, focus) = (opened.clone(), section.dom.focus.clone());
        Callback::from(move |()| {
            focus.emit(from.button().into());
            opened.set(None);
        })
    };
    let onfurther = {
        let opened = opened.clone();
        Callback::from(move |further: Opened| opened.set(Some((further, from))))
    };
    panel(section, what, &onclose, &onfurther)
}

fn warnings(warnings: &[String]) -> Html {
    if warnings.is_empty() {
        return html! {};
    }
    html! {
        <div class="note" data-s="part" role="note">
            <div>
                <p><b>{ said::WARNINGS }</b></p>
                <ul>{ for warnings.iter().map(|warning| html! { <li>{ visible(warning) }</li> }) }</ul>
            </div>
        </div>
    }
}

/// What evidence would close the gaps.
fn next(custody: &touchstone_report::document::Custody) -> Html {
    if custody.next.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3 class="who__h">{ said::NEXT }</h3>
            <ol class="next">
                { for custody.next.iter().map(|action| html! {
                    <li><b>{ visible(&action.title) }</b>{ " " }{ visible(&action.detail) }</li>
                }) }
            </ol>
        </>
    }
}

/// Every piece of evidence, with what it counts for.
fn statements(section: &Section<'_>) -> Html {
    let all = &section.custody.statements;
    if all.is_empty() {
        return html! {};
    }
    let row = |(at, statement): (usize, &touchstone_report::document::custody::Statement)| {
        html! {
            <tr>
                <th scope="row">{ section.opens("opens", Opened::Statement(at), panel::name(statement)) }</th>
                <td data-l={said::STANDING}>{ words::standing(statement.standing, section.quiet) }</td>
                <td data-l={said::SIGNER}>{ crate::visible_text::breakable(&statement.signer) }</td>
            </tr>
        }
    };
    html! {
        <>
            <h3 class="who__h">{ said::RESTS_ON }</h3>
            <div class="card tw">
                <table class="t t--stack rests">
                    <caption class="vh">{ said::RESTS_ON }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ said::STATEMENT }</th>
                            <th scope="col">{ said::STANDING }</th>
                            <th scope="col">{ said::SIGNER }</th>
                        </tr>
                    </thead>
                    <tbody>{ for all.iter().enumerate().map(row) }</tbody>
                </table>
            </div>
        </>
    }
}
