//! What was given: chips, what cannot be used, which bundle of several, and a second artifact.

use touchstone_acquire::{Candidate, Role};
use touchstone_report::question::Trust;
use touchstone_ui::{
    self as ui, CodeBlock, GivenItem, GivenKind, GivenProps, HashTaskProps, LedgerProps, Progress, Request,
    RequestState, Unreadable, size,
};
use yew::prelude::*;

use super::{Acts, fields};
use crate::limits::{MAX_FURTHER, MAX_INPUTS};
use crate::state::{Action, Hashing, Input, LedgerState, SecondArtifact, Seen, Session, left_out, list_is_full};
use crate::worker::messages::InputId;

/// Chips of everything in use, and what is to be decided about them.
pub(crate) fn given(session: &Session, acts: &Acts) -> Html {
    let items: Vec<GivenItem> = session.inputs.iter().filter_map(item).collect();
    if items.is_empty() && session.second.is_none() {
        return html! {};
    }
    let chips = GivenProps {
        items,
        onremove: acts.on(|id: usize| Action::Remove(number(id))),
        onkind: acts.on(|(id, kind): (usize, GivenKind)| Action::Correct(number(id), role(kind))),
        onfiles: fields::onfiles(acts, None),
        dom: acts.dom.clone(),
    };
    html! {
        <>
            if !chips.items.is_empty() {
                { ui::given(&chips) }
            }
            { second_artifact(session, acts) }
            { picker(session, acts) }
            { root_waits(session, acts) }
            { not_used(session) }
        </>
    }
}

/// A trusted root that lies among the files judges nothing by itself (D-18).
fn root_waits(session: &Session, acts: &Acts) -> Html {
    let waiting = session.with_role(Role::TrustedRoot).last().filter(|_| session.asked.trust != Trust::File);
    let Some(input) = waiting else { return html! {} };
    let id = input.id;
    html! {
        <div class="note" data-s="part" id="root-waits" role="group" aria-label="A trusted root">
            <p>
                <b class="mono">{ touchstone_ui::visible(&input.name) }</b>
                { " decides whom to believe, and is not used until you say that it is yours: whoever made the download may have put it there." }
            </p>
            <div class="btns">
                <button class="btn btn--small" type="button" onclick={acts.on(move |_: MouseEvent| Action::Correct(id, Role::TrustedRoot))}>
                    { "It is mine: judge by it" }
                </button>
            </div>
        </div>
    }
}

/// Nothing that was given is left out in silence.
fn not_used(session: &Session) -> Html {
    let files = (session.not_taken > 0).then(|| {
        format!(
            "{} more files were not taken: a page takes {MAX_INPUTS}. For many artifacts there is Check many; touchstone chain takes 2,000 pieces of evidence about one.",
            session.not_taken
        )
    });
    let (listed, left) = (session.listed, session.listed.left());
    let listed_more = (left > 0).then(|| {
        format!(
            "GitHub lists {} bundles. Not fetched, for there is no room: {left}. gh attestation download brings them with --limit.",
            listed.all
        )
    });
    let foreign = (listed.foreign > 0).then(|| {
        format!(
            "GitHub lists {} bundles. Not fetched, for they are on a host that this page does not follow: {}.",
            listed.all, listed.foreign
        )
    });
    let missing = (listed.missing > 0)
        .then(|| format!("GitHub lists {} bundles. Asked for or left, and not here: {}.", listed.all, listed.missing));
    let left_out = left_out(session);
    let pieces = (left_out > 0).then(|| {
        format!(
            "{left_out} more pieces of evidence are not looked at: {MAX_FURTHER} go with a question here. touchstone chain takes 2,000."
        )
    });
    let full = list_is_full(session).then(|| {
        "GitHub lists at most 100 attestations at a time, and this list is full: there may be more. gh attestation download brings them with --limit."
            .to_owned()
    });
    let said: Vec<String> = [files, listed_more, foreign, missing, pieces, full].into_iter().flatten().collect();
    if said.is_empty() {
        return html! {};
    }
    html! { <div class="note" data-s="part" id="not-used" role="status">{ for said.into_iter().map(|said| html! { <p>{ said }</p> }) }</div> }
}

fn item(input: &Input) -> Option<GivenItem> {
    let kind = match input.role()? {
        Role::Artifact => GivenKind::Artifact,
        Role::Bundle => GivenKind::Bundle,
        Role::Key => GivenKind::Key,
        Role::TrustedRoot => GivenKind::TrustedRoot,
        Role::Further => GivenKind::Further,
        Role::Unusable => return None,
    };
    Some(GivenItem {
        id: usize::try_from(input.id).unwrap_or(usize::MAX),
        name: input.name.clone().into(),
        recognised_as: input.recognised()?.name.clone().into(),
        size: Some(input.size),
        kind,
    })
}

fn number(id: usize) -> InputId {
    InputId::try_from(id).unwrap_or(InputId::MAX)
}

const fn role(kind: GivenKind) -> Role {
    match kind {
        GivenKind::Artifact => Role::Artifact,
        GivenKind::Bundle => Role::Bundle,
        GivenKind::Key => Role::Key,
        GivenKind::TrustedRoot => Role::TrustedRoot,
        GivenKind::Further => Role::Further,
    }
}

fn second_artifact(session: &Session, acts: &Acts) -> Html {
    let Some(second) = session.second.and_then(|id| session.input(id)) else {
        return html! {};
    };
    let first = session.artifact().map(|input| input.name.clone()).unwrap_or_default();
    let button = |class: &'static str, text: &'static str, answer: SecondArtifact| {
        html! {
            <button class={class} type="button" onclick={acts.on(move |_: MouseEvent| Action::Second(answer))}>{ text }</button>
        }
    };
    html! {
        <div class="note" id="second-file" role="group" aria-label="A second file">
            <p>
                <b class="mono">{ touchstone_ui::visible(&second.name) }</b>
                { " is a second file to check, beside " }<b class="mono">{ touchstone_ui::visible(&first) }</b>
                { ". One file is checked at a time. Add it to this check, or start again?" }
            </p>
            <div class="btns">
                { button("btn btn--main btn--small", "Check it instead, with the same evidence", SecondArtifact::Replace) }
                { button("btn btn--small", "Start again with it", SecondArtifact::StartAgain) }
                { button("btn btn--small", "It is further evidence about the first", SecondArtifact::Further) }
                { button("btn btn--small", "Leave it out", SecondArtifact::Ignore) }
            </div>
        </div>
    }
}

/// A file without its evidence: says what is missing, and the digest by which it can be found.
pub(crate) fn alone(session: &Session, acts: &Acts) -> Html {
    let Some(input) = session.artifact_alone() else {
        return further_alone(session);
    };
    let digest = input.digests.iter().find(|(algorithm, _)| algorithm == "sha256");
    let oncancel = acts.on(|()| Action::StopHashing);
    html! {
        <div class="note" id="file-alone" role="status">
            <div>
                <p>
                    <b>{ "This is the file. Its signature is still missing. " }</b>
                    { "Drop the bundle that was published beside it, often a file that ends in .sigstore.json, or fetch \
                       it below. Until then nothing can be said about the file." }
                </p>
                if let Some(progress) = progress(session) {
                    { ui::hash_task(&HashTaskProps { progress, oncancel }) }
                }
                if let Some((_, hex)) = digest {
                    <p>{ "Its digest, computed here:" }</p>
                    <CodeBlock text={format!("sha256:{hex}")} name="digest" dom={acts.dom.clone()} />
                }
            </div>
        </div>
    }
}

/// Evidence that proves nothing by itself.
fn further_alone(session: &Session) -> Html {
    let alone = session.chosen.is_none() && !session.inspecting() && session.with_role(Role::Further).next().is_some();
    if !alone {
        return html! {};
    }
    html! {
        <div class="note" id="further-alone" role="status">
            <p>
                <b>{ "This is evidence that nobody signed. " }</b>
                { "It adds to what a signature says and proves nothing by itself. Drop the signature file (bundle) as well." }
            </p>
        </div>
    }
}

/// Which bundle of several is checked.
fn picker(session: &Session, acts: &Acts) -> Html {
    let bundles: Vec<(InputId, usize, &Input, &Candidate)> = session
        .with_role(Role::Bundle)
        .flat_map(|input| {
            let candidates = input.recognised().map(|one| one.bundles.as_slice()).unwrap_or_default();
            candidates.iter().enumerate().map(move |(index, candidate)| (input.id, index, input, candidate))
        })
        .collect();
    if bundles.len() < 2 {
        return html! {};
    }
    html! {
        <fieldset class="field" id="which-bundle">
            <legend>{ format!("{} bundles are here. This one is asked about:", bundles.len()) }</legend>
            <p class="hint">{ "The others count as further evidence about the same file, and can only add to its chain of custody." }</p>
            { for bundles.iter().map(|(id, index, input, candidate)| choice(session, acts, (*id, *index), input, candidate)) }
        </fieldset>
    }
}

fn choice(session: &Session, acts: &Acts, place: (InputId, usize), input: &Input, candidate: &Candidate) -> Html {
    let (id, index) = place;
    let onchange = acts.on(move |_: Event| Action::Choose(id, index));
    let mut about = vec![candidate.label.clone()];
    if !candidate.detail.is_empty() {
        about.push(candidate.detail.clone());
    }
    if candidate.needs_key {
        about.push("signed with a key that you must give".to_owned());
    }
    about.push(input.name.clone());
    about.retain(|part| !part.is_empty());
    html! {
        <label class="choice">
            <input type="radio" name="which-bundle" checked={session.chosen == Some(place)} {onchange} />
            { touchstone_ui::visible(&about.join(", ")) }
        </label>
    }
}

/// The last thing given that cannot be used.
pub(crate) fn unreadable(session: &Session) -> Option<(InputId, Unreadable)> {
    let input = session.unusable()?;
    let (found, to_do) = match (&input.seen, input.recognised()) {
        (Seen::Unreadable, _) | (_, None) => (
            "something that could not be read".to_owned(),
            "It was changed, moved or removed, or it is a folder. Give it again.".to_owned(),
        ),
        (_, Some(recognised)) => (format!("{}, {}", recognised.name, size(input.size)), recognised.advice.clone()),
    };
    Some((input.id, Unreadable { name: input.name.clone().into(), found: found.into(), to_do: to_do.into() }))
}

/// The way out when something usable was taken for unusable.
pub(crate) fn correction(session: &Session, acts: &Acts) -> Html {
    let Some(input) = session.unusable() else {
        return html! {};
    };
    let id = input.id;
    let use_as = |text: &'static str, role: Role| {
        html! {
            <button class="btn btn--small" type="button" onclick={acts.on(move |_: MouseEvent| Action::Correct(id, role))}>{ text }</button>
        }
    };
    html! {
        <div class="btns">
            if input.recognised().is_some() {
                { use_as("It is the file to check", Role::Artifact) }
                { use_as("It is the signature", Role::Bundle) }
            }
            <button class="btn btn--small" type="button" onclick={acts.on(move |_: MouseEvent| Action::Remove(id))}>
                { "Leave it out" }
            </button>
        </div>
    }
}

/// How far a large artifact is read.
pub(crate) fn progress(session: &Session) -> Option<Progress> {
    let input = session.artifact()?;
    let Hashing::Running { read, rate, .. } = &input.hashing else {
        return None;
    };
    Some(Progress {
        name: input.name.clone().into(),
        read: *read,
        total: input.size,
        rate: (*rate > 0).then_some(*rate),
        left: input.size.saturating_sub(*read).checked_div(*rate),
    })
}

/// The ledger's lines.
pub(crate) fn requests(session: &Session) -> Vec<Request> {
    session
        .ledger
        .iter()
        .map(|entry| Request {
            time: entry.at.get(11..22).unwrap_or(&entry.at).to_owned().into(),
            server: entry.request.host.clone().into(),
            asked_for: match &entry.redirected_to {
                Some(url) => format!("{}, sent on to {url}", entry.request.purpose.words()).into(),
                None => entry.request.purpose.words().into(),
            },
            sent: entry.request.reveals.clone().into(),
            received: entry.received,
            state: match &entry.state {
                LedgerState::Running => RequestState::Running,
                LedgerState::Done => RequestState::Done,
                LedgerState::Failed(problem) => RequestState::Refused(problem.title().into()),
            },
        })
        .collect()
}

/// The ledger.
pub(crate) fn ledger(session: &Session) -> Html {
    ui::ledger(&LedgerProps { requests: requests(session), ..LedgerProps::default() })
}
