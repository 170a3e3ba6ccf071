//! The fields that both pages have.

use touchstone_acquire::{AddressError, FetchProblem as Refused, Request, Role, read_address, requests_for};
use touchstone_browser::file;
use touchstone_report::question::Signer;
use touchstone_ui::{
    self as ui, CommandFieldProps, DigestFieldProps, DraftErrors, FetchElsewhereProps, FetchFieldProps, FetchProblem,
    SignerFieldsProps,
};
use yew::prelude::*;

use super::Acts;
use super::shelf::shelf;
use crate::state::{Action, Fetching, Problem, Session, Work};

/// Takes files from a chooser.
pub(crate) fn onfiles(acts: &Acts, role: Option<Role>) -> Callback<Event> {
    let desk = acts.desk.clone();
    Callback::from(move |event: Event| desk.give(file::chosen(&event), role))
}

/// Takes text that was handed over.
pub(crate) fn ontext(acts: &Acts) -> Callback<String> {
    let desk = acts.desk.clone();
    Callback::from(move |text: String| {
        desk.give(file::Given::from_bytes("", text.as_bytes()).into_iter().collect(), None)
    })
}

/// The field for an address, with the requests that wait for the person.
pub(crate) fn fetch_field(session: &Session, acts: &Acts) -> Html {
    let read = read_address(&session.address);
    let request = read.as_ref().ok().map(requests_for);
    let error = match &read {
        Ok(_) | Err(AddressError::Empty) => None,
        Err(error) => Some(AttrValue::from(error.words())),
    };
    let artifact = session.artifact().map(|input| input.name.as_str()).unwrap_or_default();
    if acts.offline {
        let command = request.map(|request| Refused::Offline.command_instead(&request, artifact)).unwrap_or_default();
        return ui::fetch_elsewhere(&FetchElsewhereProps {
            value: session.address.clone().into(),
            oninput: acts.on(Action::AddressText),
            command: command.into(),
            error,
            dom: acts.dom.clone(),
        });
    }
    let problem = match &session.fetching {
        Fetching::Failed { request, problem, .. } => {
            let command = problem.command_instead(request, artifact);
            Some(FetchProblem {
                title: problem.title().into(),
                detail: problem.words(request).into(),
                command: (!command.is_empty()).then(|| command.into()),
                is_answered_there: problem.is_answered_there(),
            })
        }
        Fetching::Idle | Fetching::Running { .. } | Fetching::Proposed { .. } => None,
    };
    let now = touchstone_browser::clock::now_utc;
    let field = FetchFieldProps {
        value: session.address.clone().into(),
        oninput: acts.on(Action::AddressText),
        onfetch: acts.on(move |()| Action::Fetch { at: now() }),
        asks: request.iter().map(|one| AttrValue::from(one.host.clone())).collect(),
        reveals: request.map(|one| one.reveals).unwrap_or_default().into(),
        busy: matches!(session.fetching, Fetching::Running { .. }),
        error,
        problem,
        dom: acts.dom.clone(),
    };
    html! { <>{ ui::fetch_field(&field) }{ under_way(session, acts) }</> }
}

fn under_way(session: &Session, acts: &Acts) -> Html {
    match &session.fetching {
        Fetching::Idle => html! {},
        Fetching::Running { request, .. } => html! {
            <div class="btns">
                <p class="hint">{ format!("Asking {} …", request.host) }</p>
                <button class="btn btn--small" type="button" onclick={acts.on(|_: MouseEvent| Action::StopFetching)}>
                    { "Stop" }
                </button>
            </div>
        },
        Fetching::Proposed { requests } => {
            let kept = bundles(session.listed.all.saturating_sub(session.listed.foreign));
            waiting(requests, acts, |host, reveals| format!("The answer keeps {kept} on {host}. {reveals}"))
        }
        Fetching::Failed { left, .. } => {
            let left_over = bundles(left.len());
            waiting(left, acts, |_, reveals| format!("Still to be fetched, as you allowed: {left_over}. {reveals}"))
        }
    }
}

/// Requests that wait for the person: what is said of them, with their host and what they reveal, and whether to make them.
fn waiting(requests: &[Request], acts: &Acts, said: impl FnOnce(&str, &str) -> String) -> Html {
    let Some(Request { host, reveals, .. }) = requests.first() else {
        return html! {};
    };
    let now = touchstone_browser::clock::now_utc;
    html! {
        <div class="note" id="proposed" role="group" aria-label="Requests that wait for you">
            <p>{ said(host, reveals) }</p>
            <div class="btns">
                <button class="btn btn--main btn--small" type="button"
                    onclick={acts.on(move |_: MouseEvent| Action::FetchProposed { at: now() })}>
                    { format!("Fetch {} from {host}", bundles(requests.len())) }
                </button>
                <button class="btn btn--small" type="button" onclick={acts.on(|_: MouseEvent| Action::FetchDismissed)}>
                    { "Leave it" }
                </button>
            </div>
        </div>
    }
}

fn bundles(count: usize) -> String {
    if count == 1 { "1 bundle".to_owned() } else { format!("{count} bundles") }
}

/// The field for a digest.
pub(crate) fn digest_field(session: &Session, acts: &Acts) -> Html {
    ui::digest_field(&DigestFieldProps {
        value: session.digest_text.clone().into(),
        oninput: acts.on(Action::DigestText),
        onuse: acts.on(Action::UseDigest),
        error: session.digest_problem().map(AttrValue::from),
        id: "digest".into(),
        dom: acts.dom.clone(),
    })
}

/// The fields about the signer; with a button that asks, or without, where evidence will ask. With them what is weak
/// about what they ask, and the field for a command line.
pub(crate) fn signer_fields(session: &Session, acts: &Acts, onapply: Option<Callback<()>>) -> Html {
    let fields = ui::signer_fields(&SignerFieldsProps {
        draft: session.draft.clone(),
        onedit: acts.on(Action::Edit),
        onkeyfile: onfiles(acts, Some(Role::Key)),
        onrootfile: onfiles(acts, Some(Role::TrustedRoot)),
        errors: errors(session),
        onapply,
        dom: acts.dom.clone(),
    });
    let question = session.question();
    // A question that names nobody is incomplete, not weak.
    let advice = if question.signer == Signer::Unnamed { Vec::new() } else { touchstone_report::lint(&question) };
    html! { <>{ pin(session, acts) }{ fields }{ beyond(session, acts) }{ ui::advice(&advice) }{ command_field(session, acts) }{ shelf(session, acts) }</> }
}

/// "Pin this signer", where one is proven.
fn pin(session: &Session, acts: &Acts) -> Html {
    let proven = session.shown().and_then(|settled| settled.document.signer.as_ref()).is_some_and(|one| one.proven);
    if !proven {
        return html! {};
    }
    let onclick = acts.on(|_: MouseEvent| Action::Pin);
    html! {
        <div class="pin">
            <button class="btn btn--small" type="button" {onclick}>{ ui::icon(ui::Icon::Pin) }{ "Pin this signer" }</button>
            <p class="hint">
                { "Fills the fields below with what was seen, in a form that the next release passes as well. Nothing is \
                   compared before you say so; the link to the question keeps it." }
            </p>
            if let Some(why) = &session.not_pinned {
                <p class="error" role="status">{ ui::icon(ui::Icon::Fail) }<span>{ why.clone() }</span></p>
            }
        </div>
    }
}

/// What is asked beside the fields.
fn beyond(session: &Session, acts: &Acts) -> Html {
    let words = session.beyond.words();
    if words.is_empty() {
        return html! {};
    }
    let onclick = acts.on(|_: MouseEvent| Action::LeaveBeyond);
    html! {
        <div class="note" role="note">
            <div>
                <p><b>{ "Asked as well, with no field here" }</b></p>
                <ul>{ for words.iter().map(|word| html! { <li>{ ui::visible(word) }</li> }) }</ul>
            </div>
            <div class="btns">
                <button class="btn btn--small" type="button" {onclick}>{ "Leave these out" }</button>
            </div>
        </div>
    }
}

fn command_field(session: &Session, acts: &Acts) -> Html {
    let (notes, error) = match &session.command_read {
        None => (None, None),
        Some(Ok(notes)) => (Some(notes.clone()), None),
        Some(Err(error)) => (None, Some(AttrValue::from(error.clone()))),
    };
    ui::command_field(CommandFieldProps {
        value: session.command_text.clone().into(),
        oninput: acts.on(Action::CommandText),
        onread: acts.on(|()| Action::ReadCommand),
        notes,
        error,
        dom: acts.dom.clone(),
    })
}

/// What the core could not be asked, beside the field that it is about.
fn errors(session: &Session) -> DraftErrors {
    let mut errors = DraftErrors::default();
    let Work::Stuck(Problem::Unaskable { part, message }) = &session.work else {
        return errors;
    };
    let said = AttrValue::from(message.clone());
    match part.as_str() {
        "identity" => errors.identity = Some(said),
        "issuer" => errors.issuer = Some(said),
        "key" => errors.key = Some(said),
        "trusted-root" => errors.root = Some(said),
        "extension" => {
            // The core names the part, not the row: every row that is filled may be meant.
            let rows = session.draft.extensions.iter().enumerate();
            errors.extensions =
                rows.filter(|(_, row)| !row.0.trim().is_empty()).map(|(at, _)| (at, said.clone())).collect();
        }
        "digest" | "bundle" => {}
        _ => errors.expect = Some(said),
    }
    errors
}
