//! A whole result.

use yew::prelude::*;

use crate::custody::{graph_rows, input_rows};
use crate::open_tasks::asks_signer;
use crate::{
    ChecksProps, Custody, Doc, Dom, EvidenceProps, FactsProps, FailuresProps, LedgerProps, OpenTasksProps, PolicyProps,
    Progress, Request, Rows, Tab, VerdictProps, checks, claims, custody_pending, evidence, facts, failures, graph,
    inputs, ledger, levels, notes, open_tasks, policy, to_do, verdict,
};

/// Properties of [`ResultView`].
#[derive(Properties, PartialEq)]
pub struct ResultViewProps {
    /// The document.
    pub document: Doc,
    /// [`given`](crate::given) chips, above the verdict.
    #[prop_or_default]
    pub given: Html,
    /// Requests made so far.
    pub requests: Vec<Request>,
    /// A file being read.
    #[prop_or_default]
    pub progress: Option<Progress>,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
    /// The [`signer_fields`](crate::signer_fields) with `onapply`: in "What is open" when no signer is named, else under
    /// "What you expected".
    #[prop_or_default]
    pub signer: Html,
    /// "Use the signer shown" pressed: fill the fields with `document.signer`, compare nothing yet.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// The [`digest_field`](crate::digest_field), shown when no artifact was given.
    #[prop_or_default]
    pub digest: Html,
    /// "Ask about the statement only" pressed, when no artifact was given. Without it there is no button.
    #[prop_or_default]
    pub onwaive: Option<Callback<()>>,
    /// Change of a file chooser for what is open.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// Save the JSON report.
    #[prop_or_default]
    pub onsave: Callback<()>,
    /// Save as a page that checks itself. Without it there is no button.
    #[prop_or_default]
    pub onpage: Option<Callback<()>>,
    /// Save as Markdown. Without it there is no button.
    #[prop_or_default]
    pub onmarkdown: Option<Callback<()>>,
    /// Print.
    #[prop_or_default]
    pub onprint: Callback<()>,
    /// Copy a link to the question. Without it there is no button.
    #[prop_or_default]
    pub onlink: Option<Callback<Callback<bool>>>,
    /// Id of a check that was asked for by address.
    #[prop_or_default]
    pub asked: AttrValue,
    /// The chain of custody is still to come.
    #[prop_or_default]
    pub pending: bool,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// What is drawn beside the verdict, one portion after the other: all at once takes longer than a frame or two.
const CHECKS: usize = 1;
const EVIDENCE: usize = 2;
const CHAIN: usize = 3;
const TABLES: usize = 4;

/// A result, composed from all of its parts in the order a doubter asks. Holds which evidence tab is open, and how much is
/// drawn by now.
#[component]
pub fn ResultView(props: &ResultViewProps) -> Html {
    let tab = use_state(Tab::default);
    let drawn = use_portions(&props.dom, if props.pending { EVIDENCE } else { TABLES });
    let document = &props.document;
    let long = use_memo((document.clone(), props.dom.clone()), |(document, dom)| {
        (input_rows(document.clone(), dom.clone()), graph_rows(document.clone(), dom.clone()))
    });
    let (fields_open, fields_below) = if asks_signer(document) {
        (props.signer.clone(), Html::default())
    } else {
        (Html::default(), props.signer.clone())
    };
    let stretch = |stretch| {
        html! {
            <Stretch {stretch} document={document.clone()} tab={tab.clone()} asked={props.asked.clone()}
                inputs={long.0.clone()} joined={long.1.clone()} tables={drawn >= TABLES} dom={props.dom.clone()} />
        }
    };
    html! {
        <>
            { props.given.clone() }
            { banner(props) }
            { stretch(Part::WhatFailed) }
            { tasks(props, fields_open) }
            if props.pending || (drawn < CHAIN && document.custody.is_some()) {
                { custody_pending() }
            } else {
                <Custody document={document.clone()} dom={props.dom.clone()} />
            }
            if drawn >= CHECKS {
                { stretch(Part::FactsAndChecks) }
            }
            if drawn >= EVIDENCE {
                { policy(&PolicyProps { document: document.clone(), children: fields_below }) }
                { stretch(Part::NotesAndEvidence) }
                { ledger(&LedgerProps { requests: props.requests.clone(), ..LedgerProps::default() }) }
            }
        </>
    }
}

/// How many portions are drawn by now: one more with each drawing of the page until there are `all`. All of them where
/// nothing is drawn, as in a test.
#[hook]
fn use_portions(dom: &Dom, all: usize) -> usize {
    let drawn = use_state_eq(|| 0_usize);
    let later = dom.later.clone();
    {
        let (drawn, later) = (drawn.clone(), later.clone());
        use_effect_with((*drawn, all), move |&(now, all)| {
            if let Some(later) = later.filter(|_| now < all) {
                later.emit(Callback::from(move |()| drawn.set(now.saturating_add(1))));
            }
        });
    }
    if later.is_some() { all.min(*drawn) } else { all }
}

fn banner(props: &ResultViewProps) -> Html {
    verdict(&VerdictProps {
        document: props.document.clone(),
        requests: props.requests.len(),
        onsave: props.onsave.clone(),
        onpage: props.onpage.clone(),
        onmarkdown: props.onmarkdown.clone(),
        onprint: props.onprint.clone(),
        onlink: props.onlink.clone(),
    })
}

fn tasks(props: &ResultViewProps, signer: Html) -> Html {
    open_tasks(&OpenTasksProps {
        document: props.document.clone(),
        progress: props.progress.clone(),
        oncancel: props.oncancel.clone(),
        signer,
        onfill: props.onfill.clone(),
        digest: props.digest.clone(),
        onwaive: props.onwaive.clone(),
        onfiles: props.onfiles.clone(),
    })
}

/// A stretch of the result.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    WhatFailed,
    FactsAndChecks,
    NotesAndEvidence,
}

#[derive(Properties, PartialEq)]
struct StretchProps {
    stretch: Part,
    document: Doc,
    tab: UseStateHandle<Tab>,
    asked: AttrValue,
    inputs: Rows,
    joined: Rows,
    tables: bool,
    dom: Dom,
}

/// What only a document, the open tab and the address decide: a component, so that Yew leaves these many elements alone
/// while a person types in the fields between them.
#[component]
fn Stretch(props: &StretchProps) -> Html {
    match props.stretch {
        Part::WhatFailed => what_failed(props),
        Part::FactsAndChecks => facts_and_checks(props),
        Part::NotesAndEvidence => notes_and_evidence(props),
    }
}

impl StretchProps {
    fn ontab(&self) -> Callback<Tab> {
        let tab = self.tab.clone();
        Callback::from(move |chosen| tab.set(chosen))
    }
}

// Each is a function of its own, so that the browser compiles the later ones only after the verdict is drawn.
#[inline(never)]
fn what_failed(props: &StretchProps) -> Html {
    let (document, dom) = (props.document.clone(), props.dom.clone());
    let to_do = to_do(&document);
    html! { <>{ failures(&FailuresProps { document, dom }) }{ to_do }</> }
}

#[inline(never)]
fn facts_and_checks(props: &StretchProps) -> Html {
    let (document, dom) = (props.document.clone(), props.dom.clone());
    let facts = facts(&FactsProps { document: document.clone(), ontab: props.ontab(), dom: dom.clone() });
    let custody = if props.tables && document.custody.is_some() { custody_tables(props) } else { Html::default() };
    let checks = checks(&ChecksProps { document, asked: props.asked.clone(), dom });
    html! { <>{ facts }{ checks }{ custody }</> }
}

#[inline(never)]
fn notes_and_evidence(props: &StretchProps) -> Html {
    let (document, dom) = (props.document.clone(), props.dom.clone());
    let notes = notes(&document);
    html! { <>{ notes }{ evidence(&EvidenceProps { document, tab: *props.tab, ontab: props.ontab(), dom }) }</> }
}

/// What the chain of custody rests on.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn custody_tables(props: &StretchProps) -> Html {
    let document = &props.document;
    let (levels, claims) = (levels(document, &props.dom), claims(document));
    let inputs = inputs(document, &props.inputs, &props.dom);
    let graph = graph(document, &props.joined, &props.dom);
    html! { <>{ levels }{ claims }{ inputs }{ graph }</> }
}
