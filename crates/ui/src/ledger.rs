//! Every request, and what it gave away.

use yew::prelude::*;

use crate::status::request_state;
use crate::strings::{ledger as words, sections};
use crate::visible_text::foreign;
use crate::{size, visible};

/// A request that the page made.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Time of day, UTC: "09:41:07.12".
    pub time: AttrValue,
    /// Host.
    pub server: AttrValue,
    /// Path or name asked for.
    pub asked_for: AttrValue,
    /// What it says about the person's file: "its SHA-256", "nothing".
    pub sent: AttrValue,
    /// Bytes received.
    pub received: Option<u64>,
    /// How it went.
    pub state: RequestState,
}

/// How a request went.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestState {
    /// Under way.
    Running,
    /// Answered.
    Done,
    /// Not answered, or not with what was asked: "Not found", "Blocked by the browser".
    Refused(AttrValue),
}

/// Properties of [`ledger`].
#[derive(Default, Properties, PartialEq)]
pub struct LedgerProps {
    /// Requests in the order made.
    pub requests: Vec<Request>,
    /// The trusted root that judged, a line: "Trusted root: Sigstore public good, built in, of 12 Aug 2026".
    #[prop_or_default]
    pub root_line: AttrValue,
}

/// Network ledger (section `network`).
pub fn ledger(props: &LedgerProps) -> Html {
    html! {
        <section class="sec" id="network" aria-labelledby="network-h">
            <div class="sec__head">
                <h2 id="network-h">{ sections::NETWORK }</h2>
                if !props.requests.is_empty() {
                    <p>
                        { props.requests.len() }{ " " }
                        { if props.requests.len() == 1 { words::REQUEST } else { words::REQUESTS } }
                        { " " }{ words::WHY }
                    </p>
                }
            </div>
            <div class="card tw">
                if props.requests.is_empty() {
                    <div class="ledger__zero">
                        <b>{ "0" }</b>
                        <div><p><b>{ words::ZERO }</b></p><p class="muted">{ words::ZERO_WHY }</p></div>
                    </div>
                } else {
                    { table(&props.requests) }
                }
            </div>
            if !props.root_line.is_empty() {
                <p class="cap below">{ props.root_line.clone() }</p>
            }
        </section>
    }
}

fn table(requests: &[Request]) -> Html {
    let row = |request: &Request| {
        html! {
            <tr>
                <td class="mono nowrap" data-l={words::TIME}>{ request.time.clone() }</td>
                <th scope="row" translate={foreign(&request.server)}>{ visible(&request.server) }</th>
                <td data-l={words::ASKED_FOR} class="break">{ visible(&request.asked_for) }</td>
                <td data-l={words::SENT} class="break">{ visible(&request.sent) }</td>
                <td data-l={words::RECEIVED} class="num">{ for request.received.map(size) }</td>
                <td data-l={words::RESULT}>{ request_state(&request.state) }</td>
            </tr>
        }
    };
    html! {
        <table class="t t--stack">
            <caption class="vh">{ words::CAPTION }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words::TIME }</th>
                    <th scope="col">{ words::SERVER }</th>
                    <th scope="col">{ words::ASKED_FOR }</th>
                    <th scope="col">{ words::SENT }</th>
                    <th scope="col" class="num">{ words::RECEIVED }</th>
                    <th scope="col">{ words::RESULT }</th>
                </tr>
            </thead>
            <tbody>{ for requests.iter().map(row) }</tbody>
        </table>
    }
}
