//! Facts, and who vouches for them.

use touchstone_report::document::{Fact, Voucher};
use yew::prelude::*;

use crate::figures::is_digest;
use crate::strings::facts as words;
use crate::visible_text::foreign;
use crate::vouchers::voucher_mark;
use crate::{Doc, Dom, Jump, Tab, VouchersProps, jump, visible, vouchers};

/// Titles of the stages, in the order of the chain of custody.
const STAGES: [(&str, &str); 4] =
    [("source", words::SOURCE), ("build", words::BUILD), ("artifact", words::ARTIFACT), ("deploy", words::DEPLOY)];

/// Properties of [`facts`].
#[derive(Properties, PartialEq)]
pub struct FactsProps {
    /// The document.
    pub document: Doc,
    /// A voucher was pressed whose evidence is in this tab.
    #[prop_or_default]
    pub ontab: Callback<Tab>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Fact table (`facts`). Empty when the document has no fact.
pub fn facts(props: &FactsProps) -> Html {
    let facts = &props.document.facts;
    if facts.is_empty() {
        return html! {};
    }
    let mut named: Vec<Voucher> = Vec::new();
    for voucher in facts.iter().flat_map(|fact| &fact.vouchers) {
        if !named.contains(voucher) {
            named.push(*voucher);
        }
    }
    html! {
        <section class="sec" id="facts" aria-labelledby="facts-h">
            <div class="sec__head"><h2 id="facts-h">{ words::TITLE }</h2></div>
            <div class="card tw">
                <table class="t t--stack facts">
                    <caption class="vh">{ words::CAPTION }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ words::FACT }</th>
                            <th scope="col">{ words::VALUE }</th>
                            <th scope="col">{ words::VOUCHED }</th>
                        </tr>
                    </thead>
                    { for STAGES.iter().map(|(stage, title)| body(props, stage, title)) }
                </table>
            </div>
            { vouchers(&VouchersProps { vouchers: named }) }
        </section>
    }
}

fn body(props: &FactsProps, stage: &str, title: &'static str) -> Html {
    let rows: Vec<Html> =
        props.document.facts.iter().filter(|fact| fact.stage == stage).map(|fact| row(props, fact)).collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <tbody key={stage.to_owned()}>
            <tr class="group"><th colspan="3" scope="rowgroup">{ title }</th></tr>
            { for rows }
        </tbody>
    }
}

fn row(props: &FactsProps, fact: &Fact) -> Html {
    let digest = is_digest(&fact.value).then_some("dg");
    html! {
        <tr>
            <th scope="row">{ visible(&fact.name) }</th>
            <td data-l={words::VALUE}><span class={digest} translate={foreign(&fact.value)}>{ visible(&fact.value) }</span></td>
            <td data-l={words::VOUCHED}>
                <span class="vs">{ for fact.vouchers.iter().map(|&voucher| link(props, voucher)) }</span>
            </td>
        </tr>
    }
}

/// The voucher, with a link to the evidence that it signed.
fn link(props: &FactsProps, voucher: Voucher) -> Html {
    let tab = match voucher {
        Voucher::CertificateAuthority => Tab::Certificate,
        Voucher::TransparencyLog => Tab::LogEntry,
        Voucher::TimestampAuthority => Tab::Timestamps,
        Voucher::Builder | Voucher::Publisher | Voucher::Verifier => Tab::Statement,
        Voucher::ThisBrowser | Voucher::You | Voucher::Nobody => return voucher_mark(voucher),
    };
    let onjump = props.ontab.reform(move |()| tab);
    let link = Jump { class: Some("v__link"), onjump, ..Jump::default() };
    jump(&props.dom, tab.panel().into(), link, voucher_mark(voucher))
}
