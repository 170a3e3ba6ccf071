//! What was read, proven or not.

use touchstone_report::document::{Raw, Table};
use yew::prelude::*;

use crate::figures::is_digest;
use crate::strings::{evidence as words, sections};
use crate::{CodeBlock, Doc, Dom, visible};

/// A tab of the evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The signing certificate.
    #[default]
    Certificate,
    /// Log entries.
    LogEntry,
    /// Timestamps.
    Timestamps,
    /// The statement.
    Statement,
    /// Raw material.
    Raw,
}

const TABS: [Tab; 5] = [Tab::Certificate, Tab::LogEntry, Tab::Timestamps, Tab::Statement, Tab::Raw];

impl Tab {
    /// Address of the panel: id of its element.
    #[must_use]
    pub fn panel(self) -> &'static str {
        match self {
            Tab::Certificate => "ev-certificate",
            Tab::LogEntry => "ev-log",
            Tab::Timestamps => "ev-time",
            Tab::Statement => "ev-statement",
            Tab::Raw => "ev-raw",
        }
    }

    /// The tab with this address.
    #[must_use]
    pub fn of_panel(panel: &str) -> Option<Tab> {
        TABS.into_iter().find(|tab| tab.panel() == panel)
    }

    fn id(self) -> String {
        format!("{}-tab", self.panel())
    }

    fn word(self) -> &'static str {
        match self {
            Tab::Certificate => words::CERTIFICATE,
            Tab::LogEntry => words::LOG,
            Tab::Timestamps => words::TIMESTAMPS,
            Tab::Statement => words::STATEMENT,
            Tab::Raw => words::RAW,
        }
    }

    /// The tab that an arrow key, Home or End leads to.
    fn after_key(self, key: &str) -> Option<Tab> {
        let at = TABS.iter().position(|&tab| tab == self)?;
        let last = TABS.len() - 1;
        let next = match key {
            "ArrowRight" if at == last => 0,
            "ArrowRight" => at + 1,
            "ArrowLeft" if at == 0 => last,
            "ArrowLeft" => at - 1,
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        TABS.get(next).copied()
    }
}

/// Properties of [`evidence`].
#[derive(Properties, PartialEq)]
pub struct EvidenceProps {
    /// The document.
    pub document: Doc,
    /// The tab that is shown.
    #[prop_or_default]
    pub tab: Tab,
    /// A tab was chosen.
    #[prop_or_default]
    pub ontab: Callback<Tab>,
    /// Page abilities: arrow keys move the focus.
    #[prop_or_default]
    pub dom: Dom,
}

/// Evidence tabs (`tabs`). All panels are in the page, and on paper.
pub fn evidence(props: &EvidenceProps) -> Html {
    html! {
        <section class="sec" id="evidence" aria-labelledby="evidence-h">
            <div class="sec__head"><h2 id="evidence-h">{ sections::EVIDENCE }</h2><p>{ words::WHY }</p></div>
            <div class="card">
                <div class="tabs" role="tablist" aria-label={words::TABS}>
                    { for TABS.iter().map(|&tab| button(props, tab)) }
                </div>
                { for TABS.iter().map(|&tab| panel(props, tab)) }
            </div>
        </section>
    }
}

fn button(props: &EvidenceProps, tab: Tab) -> Html {
    let selected = tab == props.tab;
    let onclick = props.ontab.reform(move |_: MouseEvent| tab);
    let onkeydown = {
        let (ontab, focus) = (props.ontab.clone(), props.dom.focus.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(next) = tab.after_key(&event.key()) {
                event.prevent_default();
                ontab.emit(next);
                focus.emit(next.id().into());
            }
        })
    };
    html! {
        <button role="tab" type="button" id={tab.id()} aria-controls={tab.panel()}
            aria-selected={if selected { "true" } else { "false" }} tabindex={if selected { "0" } else { "-1" }}
            {onclick} {onkeydown}>{ tab.word() }</button>
    }
}

fn panel(props: &EvidenceProps, tab: Tab) -> Html {
    let evidence = &props.document.evidence;
    let content = match tab {
        Tab::Certificate => tables(evidence.certificate.as_slice(), words::NO_CERTIFICATE),
        Tab::LogEntry => tables(&evidence.log_entries, words::NO_LOG),
        Tab::Timestamps => tables(&evidence.timestamps, words::NO_TIMESTAMPS),
        Tab::Statement => tables(evidence.statement.as_slice(), words::NO_STATEMENT),
        Tab::Raw => raw(&evidence.raw, &props.dom),
    };
    html! {
        <div class="tabpanel" role="tabpanel" id={tab.panel()} aria-labelledby={tab.id()} tabindex="0"
            hidden={tab != props.tab}>{ content }</div>
    }
}

fn tables(tables: &[Table], none: &'static str) -> Html {
    if tables.is_empty() {
        return html! { <p class="muted small">{ none }</p> };
    }
    html! { <>{ for tables.iter().map(table) }</> }
}

fn table(table: &Table) -> Html {
    let row = |row: &touchstone_report::document::Row| {
        html! {
            <tr>
                <th scope="row">{ visible(&row.name) }</th>
                <td data-l={words::VALUE}><span class={is_digest(&row.value).then_some("dg")}>{ visible(&row.value) }</span></td>
                <td data-l={(!row.reference.is_empty()).then_some(words::REFERENCE)} class="ref">{ visible(&row.reference) }</td>
            </tr>
        }
    };
    html! {
        <div class="ev">
            <h3>{ visible(&table.title) }</h3>
            <table class="t t--stack t--flush">
                <caption class="vh">{ visible(&table.title) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ words::FIELD }</th>
                        <th scope="col">{ words::VALUE }</th>
                        <th scope="col">{ words::REFERENCE }</th>
                    </tr>
                </thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn raw(raw: &[Raw], dom: &Dom) -> Html {
    if raw.is_empty() {
        return html! { <p class="muted small">{ words::NO_RAW }</p> };
    }
    let block = |raw: &Raw| {
        html! {
            <div class="ev">
                <h3>{ visible(&raw.title) }</h3>
                <CodeBlock text={raw.text.clone()} name={raw.title.clone()} dom={dom.clone()} />
            </div>
        }
    };
    html! { <>{ for raw.iter().map(block) }</> }
}
