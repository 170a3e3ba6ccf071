//! Every request, and what it gave away.

use yew::prelude::*;

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

/// Properties of [`Ledger`].
#[derive(Properties, PartialEq)]
pub struct LedgerProps {
    /// Requests in the order made.
    pub requests: Vec<Request>,
    /// The trusted root that judged, a line: "Trusted root: Sigstore public good, built in, of 12 Aug 2026".
    #[prop_or_default]
    pub root_line: AttrValue,
}

/// Network ledger (section `network`).
#[component]
pub fn Ledger(props: &LedgerProps) -> Html {
    let _ = props;
    html! {}
}
