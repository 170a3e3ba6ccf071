//! "Check many": an inventory beside a pile of statements.

use std::rc::Rc;

use touchstone_browser::file;
use touchstone_browser::listen::{self, Transfer};
use touchstone_browser::page;
use touchstone_report::document::Outcome;
use touchstone_report::export::Form;
use touchstone_ui::{self as ui, BatchProps, Dom, DraftErrors, DropState, Intake, ResultView, SignerFieldsProps};
use yew::prelude::*;

use crate::hooks::{PileDesk, is_many, use_pile_desk};
use crate::state::{Many, ManyAction, Phase};

/// Properties of [`ManyPage`].
#[derive(Properties, PartialEq)]
pub(crate) struct ManyPageProps {
    /// Whether it is the page that is shown. What was answered stays while it is not.
    pub(crate) shown: bool,
    /// Page abilities.
    pub(crate) dom: Dom,
}

/// The page.
#[component]
pub(crate) fn ManyPage(props: &ManyPageProps) -> Html {
    let many = use_reducer(Many::default);
    let over = use_state(|| false);
    let desk = use_pile_desk(&many);
    {
        let (desk, over) = (desk.clone(), over.setter());
        use_effect_with((), move |()| {
            let listeners = listen::transfers(move |transfer| {
                if !is_many() {
                    return;
                }
                match transfer {
                    Transfer::Over => over.set(true),
                    Transfer::Left => over.set(false),
                    Transfer::Given(given) => {
                        over.set(false);
                        desk.give(given);
                    }
                }
            });
            move || drop(listeners)
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
            if let Some(head) = &many.head {
                { answered(&many, head.clone(), &desk, &props.dom) }
            }
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
            onfiles={taking.clone()} onfolder={taking} {ontext} dom={dom.clone()}>
            <p class="hint">
                { "An inventory: the output of " }<code>{ "kubectl get pods -A -o json" }</code>
                { ", Kubernetes YAML, a compose file, deployment records, or a list of digests. Beside it bundles, or a folder of them. Without an inventory, every artifact that a statement is about is a row." }
            </p>
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
                <div class="note note--part" role="alert" id="many-stuck">
                    <p><b>{ "Could not check. " }</b>{ ui::visible(why) }{ " This says nothing about your artifacts." }</p>
                </div>
            };
        }
        Phase::Reading { done } => ("Reading files", *done, many.files),
        Phase::Answering { of } => ("Checking artifacts", many.rows.len(), *of),
    };
    let stop = desk.clone();
    html! {
        <section class="card card__in task" aria-labelledby="many-h" aria-busy="true">
            <div class="task__top"><h2 id="many-h" class="h-s">{ what }</h2><span>{ done }{ " of " }{ of }</span></div>
            <progress max={of.max(1).to_string()} value={done.to_string()} aria-labelledby="many-h" />
            <div class="task__row">
                <p class="small muted">{ "Nothing leaves this browser." }</p>
                <button class="btn btn--small" type="button" onclick={Callback::from(move |_: MouseEvent| stop.stop())}>{ "Cancel" }</button>
            </div>
        </section>
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
                desk.open(&listed.row.digest);
            }
        })
    };
    let onexport = {
        let (desk, many) = (desk.clone(), many.clone());
        Callback::from(move |form: Form| {
            let numbers = many.view.shown.iter().filter_map(|at| many.rows.get(*at)).map(|listed| listed.number);
            desk.export(form, numbers.collect(), many.filter.words());
        })
    };
    ui::batch(&BatchProps {
        head,
        rows: many.rows.clone(),
        shown: many.view.shown.clone(),
        all: many.view.all.clone(),
        coverage: many.view.coverage.clone(),
        namespaces: many.view.namespaces.clone(),
        filter: many.filter.clone(),
        onfilter,
        page: many.page,
        onpage: on(ManyAction::Page),
        unfolded: many.unfolded,
        onfold: on(ManyAction::Fold),
        onopen,
        onexport,
        dom: dom.clone(),
    })
}

fn opened(many: &UseReducerHandle<Many>, document: Rc<touchstone_report::document::Document>, dom: &Dom) -> Html {
    let dispatch = many.dispatcher();
    let back = Callback::from(move |_: MouseEvent| {
        dispatch.dispatch(ManyAction::Opened(None));
        page::scroll_to_top();
    });
    let text = document.clone();
    let onsave = Callback::from(move |()| {
        let text = serde_json::to_vec(&*text).unwrap_or_default();
        file::save("touchstone-report.json", "application/json", &text);
    });
    let rejected = document.verdict.outcome == Outcome::Rejected;
    html! {
        <div data-verdict={rejected.then_some("rejected")}>
            <div class="btns"><button class="btn" type="button" onclick={back}>{ "Back to all artifacts" }</button></div>
            <ResultView document={document} requests={Vec::new()} {onsave}
                onprint={Callback::from(|()| page::print())} dom={dom.clone()} />
        </div>
    }
}
