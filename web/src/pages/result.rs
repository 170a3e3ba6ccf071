//! The page of a result, or of why there is none.

use std::rc::Rc;

use touchstone_browser::{file, page, route};
use touchstone_report::command::Tool;
use touchstone_report::document::Document;
use touchstone_ui::{CodeBlock, Icon, ResultView};
use yew::prelude::*;

use super::{Acts, Drawn, fields, material};
use crate::examples;
use crate::state::{Action, Hashing, Problem, Session, Settled, Work, command, command_of};

/// The page of a result.
pub(crate) fn result(session: &Session, acts: &Acts) -> Html {
    match session.shown() {
        Some(settled) => answered(session, acts, settled),
        None => match &session.work {
            Work::Stuck(problem) => stuck(session, acts, problem),
            Work::Idle | Work::Coming | Work::Running { .. } | Work::Settled(_) => checking(session, acts),
        },
    }
}

#[inline(never)] // Compiled by the browser where it is drawn.
fn answered(session: &Session, acts: &Acts, settled: &Settled) -> Html {
    let signer = {
        let (session, acts) = (session.clone(), acts.clone());
        let onapply = Some(acts.on(|()| Action::Ask));
        Callback::from(move |()| fields::signer_fields(&session, &acts, onapply.clone()))
    };
    let link = AttrValue::from(route::address_with(&session.link_to_hand_on().print()));
    html! {
        <>
            <ResultView
                document={settled.document.clone()}
                given={above(session, acts)}
                requests={material::requests(session)}
                progress={material::progress(session)}
                oncancel={acts.on(|()| Action::StopHashing)}
                signer={html! { <Drawn draw={signer} /> }}
                onfill={acts.on(|()| Action::FillSigner)}
                digest={fields::digest_field(session, acts)}
                onfiles={fields::onfiles(acts, None)}
                onsave={save(settled)}
                onpage={save_page(session, acts)}
                onmarkdown={save_markdown(&settled.document)}
                onprint={Callback::from(|()| page::print())}
                onlink={Some(acts.dom.copy.reform(move |tell: Callback<bool>| (link.clone(), tell)))}
                pending={!settled.whole}
                dom={acts.dom.clone()}
            />
            if settled.whole {
                { on_a_terminal(session, acts) }
            }
        </>
    }
}

/// What stands above the verdict: what was given, and what is to be decided about it.
fn above(session: &Session, acts: &Acts) -> Html {
    let stopped = session.artifact().is_some_and(|input| input.hashing == Hashing::Stopped);
    // A live region that comes with its text may stay silent: this one is there, and takes no room, before it has any.
    let bare = session.saved_bare == Some(session.run);
    html! {
        <div class="above">
            { material::given(session, acts) }
            if let Some((_, found)) = material::unreadable(session) {
                <div class="note" data-s="part" id="not-used">
                    <p><b><span translate="no">{ touchstone_ui::visible(&found.name) }</span>{ " is not used. " }</b>
                    { touchstone_ui::visible(&found.found) }{ ". " }{ found.to_do }</p>
                    { material::correction(session, acts) }
                </div>
            }
            <div class={(!bare).then_some("vh")} id="saved-bare" role="status">
                if bare {
                    <div class="note" data-s="part">
                        <p>{ "The page is saved without the program that lets it check itself: that could not be fetched, or the \
                              host has another version of it now. All evidence is in it. The command touchstone recheck checks \
                              it; or, where this page has a new version, use that one and save it again." }</p>
                    </div>
                }
            </div>
            if stopped {
                <div class="note" id="stopped">
                    <p>{ "You stopped reading the file, so its digest is not known and nothing is said about it." }</p>
                    <div class="btns">
                        <button class="btn btn--small" type="button" onclick={acts.on(|_: MouseEvent| Action::ReadAgain)}>
                            { "Read it after all" }
                        </button>
                    </div>
                </div>
            }
            // With nothing left to read, no task asks for the file: what was typed beside it, and what is to say of it, stand here.
            if !stopped && session.artifact().is_some() && !session.digest_text.is_empty() {
                { fields::digest_field(session, acts) }
            }
            if session.chosen.is_none() {
                { fields::fetch_field(session, acts) }
            }
        </div>
    }
}

fn save(settled: &Settled) -> Callback<()> {
    let text = settled.text.clone();
    Callback::from(move |()| file::save("touchstone-report.json", "application/json", text.as_bytes()))
}

pub(super) fn save_markdown(document: &Rc<Document>) -> Callback<()> {
    let document = document.clone();
    Callback::from(move |()| {
        let text = touchstone_report::sheet::markdown::render(core::slice::from_ref(&*document));
        file::save("touchstone-report.md", "text/markdown", text.as_bytes());
    })
}

fn save_page(session: &Session, acts: &Acts) -> Callback<()> {
    let (desk, session) = (acts.desk.clone(), session.clone());
    Callback::from(move |()| desk.save_page(&session))
}

fn on_a_terminal(session: &Session, acts: &Acts) -> Html {
    let command = command(session);
    if command.is_empty() {
        return html! {};
    }
    html! {
        <section class="sec" id="command" aria-labelledby="command-h">
            <div class="sec__head">
                <h2 id="command-h">{ "On a terminal" }</h2>
                <p>{ "The same question, asked by the command. Look at it before you run it." }</p>
            </div>
            <CodeBlock text={command} name="command" dom={acts.dom.clone()} />
            { for OTHERS.iter().map(|(tool, name)| of_another(session, acts, *tool, name)) }
        </section>
    }
}

/// Tools that can ask much of the same.
const OTHERS: [(Tool, &str); 3] =
    [(Tool::Cosign, "cosign"), (Tool::Gh, "gh attestation verify"), (Tool::SlsaVerifier, "slsa-verifier")];

/// The same question for another tool, with what that does not check.
fn of_another(session: &Session, acts: &Acts, tool: Tool, name: &'static str) -> Html {
    let Some(written) = command_of(session, tool) else {
        return html! {};
    };
    html! {
        <details class="more">
            <summary>{ touchstone_ui::icon(Icon::Chevron) }{ "As " }{ name }</summary>
            if let Some(command) = written.command {
                <CodeBlock text={command} name={format!("command for {name}")} dom={acts.dom.clone()} />
            }
            <ul class="unlike">{ for written.unlike.iter().map(|one| html! { <li>{ touchstone_ui::visible(one) }</li> }) }</ul>
        </details>
    }
}

#[inline(never)] // Compiled by the browser where it is drawn.
fn checking(session: &Session, acts: &Acts) -> Html {
    html! {
        <div aria-busy="true" id="checking">
            <h1>{ "Checking" }</h1>
            { material::given(session, acts) }
            if session.work == Work::Coming {
                <div class="btns">
                    <button class="btn" type="button" onclick={acts.on(|_: MouseEvent| Action::StartAgain)}>{ "Start again" }</button>
                </div>
            }
        </div>
    }
}

#[inline(never)] // Compiled by the browser where it is drawn.
fn stuck(session: &Session, acts: &Acts, problem: &Problem) -> Html {
    let unaskable = matches!(problem, Problem::Unaskable { .. });
    let again = match (problem, &session.example) {
        (Problem::NoExample, Some(id)) => {
            let (id, desk, dispatch) = (id.clone(), acts.desk.clone(), acts.dispatch.clone());
            Callback::from(move |_: MouseEvent| examples::give(&id, &desk, &dispatch))
        }
        _ => acts.on(|_: MouseEvent| Action::Retry),
    };
    html! {
        <div id="could-not-check">
            <h1>{ if unaskable { "The question cannot be asked" } else { "Could not check" } }</h1>
            <div class="note" data-s="part" role="status">
                <p>{ super::problem_words(problem) }</p>
            </div>
            { above(session, acts) }
            if unaskable {
                { fields::signer_fields(session, acts, Some(acts.on(|()| Action::Ask))) }
            } else {
                <div class="btns">
                    <button class="btn btn--main" type="button" onclick={again}>{ "Try again" }</button>
                    <button class="btn" type="button" onclick={acts.on(|_: MouseEvent| Action::StartAgain)}>{ "Start again" }</button>
                </div>
            }
        </div>
    }
}
