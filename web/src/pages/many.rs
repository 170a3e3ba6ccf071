//! "Check many": an inventory beside a pile of statements.

use std::rc::Rc;

use touchstone_browser::file;
use touchstone_browser::listen::{self, Transfer};
use touchstone_browser::{clock, page, spawn_local};
use touchstone_report::document::Outcome;
use touchstone_report::export::Form;
use touchstone_ui::{self as ui, BatchProps, Dom, DraftErrors, DropState, Intake, ResultView, SignerFieldsProps};
use yew::prelude::*;

use super::result;
use crate::hooks::{PROGRESS, PileDesk, use_pile_desk};
use crate::state::{Many, ManyAction, Phase, Saving};

/// Properties of [`ManyPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct ManyPageProps {
    /// Whether it is the page that is shown. What was answered stays while it is not.
    pub(crate) shown: bool,
    /// Takes a line of the history.
    pub(crate) keep: Callback<Vec<u8>>,
    /// Page abilities.
    pub(crate) dom: Dom,
}

/// The page.
#[component]
pub(crate) fn ManyPage(props: &ManyPageProps) -> Html {
    let many = use_reducer(Many::default);
    let over = use_state(|| false);
    let desk = use_pile_desk(&many, &props.keep);
    {
        let (desk, over) = (desk.clone(), over.setter());
        use_effect_with(props.shown, move |shown| {
            let listeners = shown.then(|| {
                listen::transfers(move |transfer| match transfer {
                    Transfer::Over => over.set(true),
                    Transfer::Left => over.set(false),
                    Transfer::Given(given) => {
                        over.set(false);
                        desk.give(given);
                    }
                })
            });
            move || drop(listeners)
        });
    }
    {
        // What was pressed is gone with the table, or with the result: the keyboard goes on where it makes sense.
        let (opened, unfolded) = (many.opened.is_some(), many.unfolded);
        use_effect_with(opened, move |opened| match (opened, unfolded) {
            (true, _) => page::focus(BACK),
            (false, Some(position)) => page::focus(&ui::row_id(position)),
            (false, None) => {}
        });
    }
    {
        // What was pressed is far above what comes of it. Whoever went elsewhere in the meantime stays there.
        let place = match &many.phase {
            Phase::Idle => None,
            Phase::Reading { .. } | Phase::Answering { .. } => Some(PROGRESS),
            Phase::Done => Some(ANSWER),
            Phase::Stuck(_) => Some(STUCK),
        };
        use_effect_with(place, move |place| {
            let goes = place.filter(|place| *place == PROGRESS || page::focus_is_nowhere());
            // In a task of its own: it lays the page out.
            if let Some(place) = goes {
                spawn_local(async move {
                    clock::drawn().await;
                    page::jump(place);
                });
            }
        });
    }
    {
        // The rest of the table comes in the frames that follow.
        let dispatch = many.dispatcher();
        use_effect_with((many.draws(), many.drawn), move |(draws, _)| {
            if *draws {
                spawn_local(async move {
                    clock::drawn().await;
                    dispatch.dispatch(ManyAction::Draw);
                });
            }
        });
    }
    if !props.shown {
        return html! {};
    }
    if let Some(document) = &many.opened {
        return opened(&many, document.clone(), &props.dom);
    }
    html! {
        <>
            <div class="hero">
                <h1>{ "Check many" }</h1>
                <p>{ "What runs, beside the statements about it: which source, which build, which approval, and what nobody states." }</p>
            </div>
            { intake(&many, &desk, *over, &props.dom) }
            { progress(&many, &desk) }
            <p class="vh" role="status" id="many-said">{ said(&many) }</p>
            if let Some(head) = &many.head {
                if many.asked != many.draft {
                    <div class="note note--part" id="many-stale">
                        <p>{ "You changed what is expected. The table answers what was asked before; its policy stands below." }</p>
                    </div>
                }
                <div id="many-saving" role="status">
                    if let Some(words) = saving_words(&many.saving) {
                        <div class="note note--part"><p>{ touchstone_ui::visible(&words) }</p></div>
                    }
                </div>
                { answered(&many, head.clone(), &desk, &props.dom) }
            }
        </>
    }
}

/// Id of the way back to the table.
const BACK: &str = "many-back";
/// Id of what is said when it came to nothing.
const STUCK: &str = "many-stuck";
/// Id of the first part of the answer.
const ANSWER: &str = "coverage";

/// For a live region: in steps of a quarter, so that it speaks seldom.
fn said(many: &Many) -> String {
    let quarters =
        |done: usize, of: usize| done.saturating_mul(4).checked_div(of).unwrap_or_default().saturating_mul(25);
    match &many.phase {
        Phase::Idle | Phase::Stuck(_) => String::new(),
        Phase::Reading { done } => format!("Reading files: {}%", quarters(*done, many.files)),
        Phase::Answering { of } => format!("Checking artifacts: {}%", quarters(many.rows.len(), *of)),
        Phase::Done => format!(
            "All checked: {} rejected, {} incomplete, {} verified",
            many.all.rejected, many.all.incomplete, many.all.verified
        ),
    }
}

fn about() -> Html {
    html! {
        <>
            { "What runs: the output of " }<code>{ "kubectl get pods -A -o json" }</code>
            { ", Kubernetes YAML, a compose file, deployment records or a list of digests. Beside it signed statements " }
            { "(bundles, envelopes, what npm and PyPI hand out), or folders of them. Without an inventory every artifact that " }
            { "a statement is about is a row." }
        </>
    }
}

fn intake(many: &UseReducerHandle<Many>, desk: &PileDesk, over: bool, dom: &Dom) -> Html {
    let taking = {
        let desk = desk.clone();
        Callback::from(move |event: Event| desk.give(file::chosen(&event)))
    };
    let ontext = {
        let desk = desk.clone();
        Callback::from(move |text: String| {
            desk.give(file::Given::from_bytes("pasted text", text.as_bytes()).into_iter().collect());
        })
    };
    let (start, clear) = (desk.clone(), desk.clone());
    let (question, busy) = (many.draft.clone(), many.is_busy());
    let files = match many.files {
        1 => "1 file given".to_owned(),
        count => format!("{count} files given"),
    };
    html! {
        <Intake state={if over { DropState::Over } else { DropState::Rest }}
            onfiles={taking.clone()} onfolder={taking} {ontext} about={Some((" what runs, and a folder of statements", about()))} dom={dom.clone()}>
            { signer(many, desk, dom) }
            if many.files > 0 {
                <div class="btns">
                    <button class="btn btn--main" type="button" id="check-many" disabled={busy}
                        onclick={Callback::from(move |_: MouseEvent| start.start(&question))}>{ "Check all of it" }</button>
                    <span role="status">{ files }</span>
                    <button class="btn btn--small" type="button" disabled={busy}
                        onclick={Callback::from(move |_: MouseEvent| clear.clear())}>{ "Start again" }</button>
                </div>
            }
        </Intake>
    }
}

fn signer(many: &UseReducerHandle<Many>, desk: &PileDesk, dom: &Dom) -> Html {
    let dispatch = many.dispatcher();
    let (key, root) = (desk.clone(), desk.clone());
    let mut errors = DraftErrors::default();
    let mut elsewhere = None;
    if let Some((part, message)) = &many.unaskable {
        let said = Some(AttrValue::from(message.clone()));
        match part.as_str() {
            "identity" => errors.identity = said,
            "issuer" => errors.issuer = said,
            "key" => errors.key = said,
            "trusted-root" => errors.root = said,
            _ => elsewhere = said,
        }
    }
    html! {
        <>
            { ui::signer_fields(&SignerFieldsProps {
                draft: many.draft.clone(),
                onedit: Callback::from(move |edit| dispatch.dispatch(ManyAction::Edit(edit))),
                onkeyfile: Callback::from(move |event: Event| key.give_key(file::chosen(&event))),
                onrootfile: Callback::from(move |event: Event| root.give_root(file::chosen(&event))),
                errors,
                onapply: None,
                dom: dom.clone(),
            }) }
            if let Some(said) = elsewhere {
                <div class="note note--part" role="alert"><p>{ said }</p></div>
            }
        </>
    }
}

fn progress(many: &UseReducerHandle<Many>, desk: &PileDesk) -> Html {
    let (what, done, of) = match &many.phase {
        Phase::Idle | Phase::Done => return html! {},
        Phase::Stuck(why) => {
            return html! {
                <div class="note note--part" role="alert" id={STUCK}>
                    <p><b>{ "Could not check. " }</b>{ ui::visible(why) }{ " This says nothing about your artifacts." }</p>
                </div>
            };
        }
        Phase::Reading { done } => ("Reading files", *done, many.files),
        Phase::Answering { of } => ("Checking artifacts", many.rows.len(), *of),
    };
    let stop = desk.clone();
    html! {
        <section class="card card__in task" id={PROGRESS} aria-labelledby="many-h" aria-busy="true">
            <div class="task__top"><h2 id="many-h" class="h-s">{ what }</h2><span>{ done }{ " of " }{ of }</span></div>
            <progress max={of.max(1).to_string()} value={done.to_string()} aria-labelledby="many-h" />
            <div class="task__row">
                <p class="small muted">{ "Nothing leaves this browser." }</p>
                <button class="btn btn--small" type="button" onclick={Callback::from(move |_: MouseEvent| stop.stop())}>{ "Cancel" }</button>
            </div>
        </section>
    }
}

/// What there is to say about a page that is saved.
fn saving_words(saving: &Saving) -> Option<String> {
    match saving {
        Saving::Not | Saving::Going => None,
        Saving::Bare => Some(
            "The page is saved without the program that lets it check itself: that could not be fetched, or the host has another \
             version of it now. All evidence is in it, and the command touchstone recheck checks it."
                .to_owned(),
        ),
        Saving::Failed(why) => Some(format!("No page was saved. {why}")),
    }
}

fn answered(
    many: &UseReducerHandle<Many>,
    head: Rc<touchstone_report::document::inventory::Inventory>,
    desk: &PileDesk,
    dom: &Dom,
) -> Html {
    let on = |make: fn(usize) -> ManyAction| {
        let dispatch = many.dispatcher();
        Callback::from(move |value| dispatch.dispatch(make(value)))
    };
    let onfilter = {
        let dispatch = many.dispatcher();
        Callback::from(move |edit| dispatch.dispatch(ManyAction::Filter(edit)))
    };
    let onopen = {
        let (desk, rows) = (desk.clone(), many.rows.clone());
        Callback::from(move |position: usize| {
            if let Some(listed) = rows.get(position) {
                desk.open(&listed.listed.row.digest);
            }
        })
    };
    let onexport = {
        let (desk, many) = (desk.clone(), many.clone());
        Callback::from(move |form: Form| {
            desk.export(form, many.shown.to_vec(), many.filter.words());
        })
    };
    ui::batch(&BatchProps {
        head,
        rows: many.rows.clone(),
        shown: many.shown.clone(),
        all: many.all.clone(),
        coverage: many.coverage.clone(),
        namespaces: many.namespaces.clone(),
        filter: many.filter.clone(),
        onfilter,
        page: many.page,
        drawn: many.drawn,
        onpage: on(ManyAction::Page),
        unfolded: many.unfolded,
        onfold: on(ManyAction::Fold),
        onopen,
        onexport,
        onsave: {
            let desk = desk.clone();
            Callback::from(move |()| desk.save_page())
        },
        saving: many.saving == Saving::Going,
        dom: dom.clone(),
    })
}

fn opened(many: &UseReducerHandle<Many>, document: Rc<touchstone_report::document::Document>, dom: &Dom) -> Html {
    let dispatch = many.dispatcher();
    let back = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(ManyAction::Opened(None));
    });
    let text = document.clone();
    let onsave = Callback::from(move |()| {
        let text = serde_json::to_vec(&*text).unwrap_or_default();
        file::save("touchstone-report.json", "application/json", &text);
    });
    let rejected = document.verdict.outcome == Outcome::Rejected;
    html! {
        <div data-verdict={rejected.then_some("rejected")}>
            <div class="btns"><button class="btn" type="button" id={BACK} onclick={back}>{ "Back to all artifacts" }</button></div>
            <ResultView onmarkdown={result::save_markdown(&document)} {document} requests={Vec::new()} {onsave}
                onprint={Callback::from(|()| page::print())} dom={dom.clone()} />
        </div>
    }
}
