//! A whole result.

use yew::prelude::*;

use crate::open_tasks::asks_signer;
use crate::{
    Checks, Doc, Dom, Evidence, Facts, Failures, Ledger, Notes, OpenTasks, Policy, Progress, Request, Tab, ToDo,
    Verdict,
};

/// Properties of [`ResultView`].
#[derive(Properties, PartialEq)]
pub struct ResultViewProps {
    /// The document.
    pub document: Doc,
    /// [`Given`](crate::Given) chips, above the verdict.
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
    /// The [`SignerFields`](crate::SignerFields) with `onapply`: in "What is open" when no signer is named, else under
    /// "What you expected".
    #[prop_or_default]
    pub signer: Html,
    /// "Use the signer shown" pressed: fill the fields with `document.signer`, compare nothing yet.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// The [`DigestField`](crate::DigestField), shown when no artifact was given.
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
    /// Print.
    #[prop_or_default]
    pub onprint: Callback<()>,
    /// Copy a link to the question. Without it there is no button.
    #[prop_or_default]
    pub onlink: Option<Callback<()>>,
    /// Id of a check that was asked for by address.
    #[prop_or_default]
    pub asked: AttrValue,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// A result, composed from all of its parts in the order a doubter asks. Holds which evidence tab is open.
#[component]
pub fn ResultView(props: &ResultViewProps) -> Html {
    let tab = use_state(Tab::default);
    let ontab = {
        let tab = tab.clone();
        Callback::from(move |chosen| tab.set(chosen))
    };
    let document = &props.document;
    let signer_open = asks_signer(document);
    let signer_below = if signer_open { Html::default() } else { props.signer.clone() };
    html! {
        <>
            { props.given.clone() }
            <Verdict document={document.clone()} requests={props.requests.len()} onsave={props.onsave.clone()}
                onprint={props.onprint.clone()} onlink={props.onlink.clone()} dom={props.dom.clone()} />
            <Failures document={document.clone()} dom={props.dom.clone()} />
            <ToDo document={document.clone()} />
            <OpenTasks document={document.clone()} progress={props.progress.clone()} oncancel={props.oncancel.clone()}
                signer={props.signer.clone()} onfill={props.onfill.clone()} digest={props.digest.clone()}
                onwaive={props.onwaive.clone()} onfiles={props.onfiles.clone()} />
            <Facts document={document.clone()} ontab={ontab.clone()} dom={props.dom.clone()} />
            <Checks document={document.clone()} asked={props.asked.clone()} dom={props.dom.clone()} />
            <Policy document={document.clone()}>{ signer_below }</Policy>
            <Notes document={document.clone()} />
            <Evidence document={document.clone()} tab={*tab} {ontab} dom={props.dom.clone()} />
            <Ledger requests={props.requests.clone()} />
        </>
    }
}
