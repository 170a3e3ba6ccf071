//! What an incomplete result waits for.

use touchstone_report::document::Open;
use yew::prelude::*;

use crate::chooser::{Chooser, PLAIN, Takes, chooser};
use crate::strings::{sections, task as words};
use crate::{
    ArtifactTaskProps, Doc, HashTaskProps, Icon, Progress, SignerTaskProps, artifact_task, hash_task, signer_task,
    visible,
};

/// Properties of [`open_tasks`].
#[derive(Properties, PartialEq)]
pub struct OpenTasksProps {
    /// The document.
    pub document: Doc,
    /// A file being read.
    #[prop_or_default]
    pub progress: Option<Progress>,
    /// Cancel pressed.
    #[prop_or_default]
    pub oncancel: Callback<()>,
    /// Shown for an open thing of kind `signer` or `key`: the [`signer_fields`](crate::signer_fields).
    #[prop_or_default]
    pub signer: Html,
    /// "Use the signer shown" pressed.
    #[prop_or_default]
    pub onfill: Callback<()>,
    /// Shown for an open thing of kind `artifact`: the [`digest_field`](crate::digest_field).
    #[prop_or_default]
    pub digest: Html,
    /// "Ask about the statement only" pressed. Without it there is no button.
    #[prop_or_default]
    pub onwaive: Option<Callback<()>>,
    /// Change of a file chooser (artifact, evidence).
    #[prop_or_default]
    pub onfiles: Callback<Event>,
}

/// Whether the fields for the signer are shown among the open tasks.
pub(crate) fn asks_signer(document: &Doc) -> bool {
    document.verdict.open.iter().any(|open| open.kind == "signer" || open.kind == "key")
}

/// "What is open". Empty unless something is open or being read.
pub fn open_tasks(props: &OpenTasksProps) -> Html {
    let open = &props.document.verdict.open;
    if open.is_empty() && props.progress.is_none() {
        return html! {};
    }
    // The fields are shown once, for the first thing that they answer.
    let fields = open.iter().position(|open| open.kind == "signer" || open.kind == "key");
    html! {
        <section class="sec" id="open" aria-labelledby="open-h">
            <div class="sec__head"><h2 id="open-h">{ sections::OPEN }</h2></div>
            <div class="two two--top">
                if let Some(progress) = &props.progress {
                    { hash_task(&HashTaskProps { progress: progress.clone(), oncancel: props.oncancel.clone() }) }
                }
                { for open.iter().enumerate().map(|(at, open)| task(props, open, Some(at) == fields)) }
            </div>
        </section>
    }
}

fn task(props: &OpenTasksProps, open: &Open, fields: bool) -> Html {
    match open.kind.as_str() {
        "signer" | "key" if fields => signer_task(SignerTaskProps {
            key: open.kind.clone(),
            signer: props.document.signer.as_ref(),
            onfill: &props.onfill,
            children: props.signer.clone(),
        }),
        // While the file is read, the card that reads it stands for the question.
        "artifact" if props.progress.is_some() => html! {},
        "artifact" => artifact_task(ArtifactTaskProps {
            open,
            onfiles: &props.onfiles,
            onwaive: props.onwaive.as_ref(),
            children: props.digest.clone(),
        }),
        _ => other(props, open),
    }
}

fn other(props: &OpenTasksProps, open: &Open) -> Html {
    let title = match open.kind.as_str() {
        "key" => words::KEY,
        "signer" => words::SIGNER,
        "trusted-root" => words::ROOT,
        _ => words::EVIDENCE,
    };
    // Nothing that is given closes it: the person says so, in the fields.
    let takes_files = open.kind != "trusted-root";
    let choose = Chooser { label: words::CHOOSE_EVIDENCE, symbol: Icon::File, class: PLAIN, takes: Takes::Several };
    html! {
        <section class="card card__in task">
            <h3>{ title }</h3>
            <p class="small">{ visible(&open.sentence) }</p>
            <p class="small muted">{ visible(&open.to_do) }</p>
            if takes_files {
                <div class="btns">{ chooser(choose, &props.onfiles) }</div>
            }
        </section>
    }
}
