//! The verdict.

use touchstone_report::document::{Artifact, Fact, Outcome, Signer, Voucher};
use yew::prelude::*;

use crate::figures::counted;
use crate::frame::outcome_name;
use crate::status::outcome_icon_large;
use crate::strings::{frame, verdict as words};
use crate::visible_text::breakable;
use crate::{Doc, Icon, grouped_digest, icon, scope, visible};

/// Properties of [`verdict`].
#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// The document.
    pub document: Doc,
    /// Requests made so far.
    #[prop_or_default]
    pub requests: usize,
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
    /// Copy a link to the question (never to the answer). Without it there is no button.
    #[prop_or_default]
    pub onlink: Option<Callback<Callback<bool>>>,
}

/// Verdict banner (`verdict`): the h1, sentence, counts; signer, issuer, time, digest and scope when verified.
pub fn verdict(props: &VerdictProps) -> Html {
    let document = &props.document;
    let verdict = &document.verdict;
    html! {
        <section class="verdict" data-s={outcome_name(verdict.outcome)} id="verdict" aria-labelledby="verdict-h">
            <div class="verdict__head">
                { outcome_icon_large(verdict.outcome) }
                <h1 id="verdict-h">{ verdict.title.clone() }</h1>
                <Actions onsave={props.onsave.clone()} onpage={props.onpage.clone()} onmarkdown={props.onmarkdown.clone()} onprint={props.onprint.clone()} onlink={props.onlink.clone()} />
                <p class="verdict__lead">
                    <b>{ visible(&verdict.sentence) }</b>
                    if !verdict.detail.is_empty() {
                        { " " }{ visible(&verdict.detail) }
                    }
                </p>
                if !verdict.open.is_empty() {
                    <ul class="verdict__open" role="list">
                        { for verdict.open.iter().map(|open| html! { <li>{ visible(&open.sentence) }</li> }) }
                    </ul>
                }
                <p class="verdict__sum">
                    <span>{ verdict.counts.clone() }</span>
                    if !verdict.waived.is_empty() {
                        <span>{ words::WAIVED }{ verdict.waived.join(", ") }</span>
                    }
                    <span>{ counted(props.requests, frame::REQUEST, frame::REQUESTS) }{ frame::MADE }</span>
                </p>
            </div>
            if verdict.outcome == Outcome::Verified {
                { strip(document) }
                { scope(document) }
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ActionsProps {
    onsave: Callback<()>,
    onpage: Option<Callback<()>>,
    onmarkdown: Option<Callback<()>>,
    onprint: Callback<()>,
    onlink: Option<Callback<Callback<bool>>>,
}

#[component]
fn Actions(props: &ActionsProps) -> Html {
    let copied = use_state(|| None::<bool>);
    let link = props.onlink.as_ref().map(|onlink| {
        let onclick = {
            let (onlink, copied) = (onlink.clone(), copied.setter());
            Callback::from(move |_: MouseEvent| {
                let copied = copied.clone();
                onlink.emit(Callback::from(move |is_there| copied.set(Some(is_there))));
            })
        };
        let word = match *copied {
            None => words::LINK,
            Some(true) => words::LINK_COPIED,
            Some(false) => words::LINK_NOT_COPIED,
        };
        let onblur = Callback::from(move |_: FocusEvent| copied.set(None));
        html! {
            <button class="btn btn--small" type="button" {onclick} {onblur}>
                { icon(Icon::Link) }<span aria-live="polite">{ word }</span>
            </button>
        }
    });
    html! {
        <div class="btns">
            <button class="btn btn--small" type="button" onclick={props.onsave.reform(|_: MouseEvent| ())}>
                { icon(Icon::Save) }{ words::SAVE }
            </button>
            { for props.onpage.as_ref().map(|onpage| html! {
                <button class="btn btn--small" type="button" title={words::SAVE_PAGE_WHY}
                    onclick={onpage.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Save) }{ words::SAVE_PAGE }
                </button>
            }) }
            { for props.onmarkdown.as_ref().map(|onmarkdown| html! {
                <button class="btn btn--small" type="button" onclick={onmarkdown.reform(|_: MouseEvent| ())}>
                    { icon(Icon::Save) }{ words::SAVE_MARKDOWN }
                </button>
            }) }
            <button class="btn btn--small" type="button" onclick={props.onprint.reform(|_: MouseEvent| ())}>
                { icon(Icon::Print) }{ words::PRINT }
            </button>
            { for link }
        </div>
    }
}

fn strip(document: &Doc) -> Html {
    html! {
        <dl class="verdict__strip">
            { for document.signer.as_ref().map(signed_by) }
            { for document.signer.as_ref().and_then(|signer| signer.issuer.as_ref()).map(|issuer| html! {
                <div><dt>{ words::VOUCHED }</dt><dd>{ breakable(issuer) }</dd></div>
            }) }
            { for signed_on(document).map(|time| html! {
                <div><dt>{ words::SIGNED_ON }</dt><dd>{ moment(&time.value) }</dd></div>
            }) }
            { for document.artifact.as_ref().and_then(digest) }
        </dl>
    }
}

fn signed_by(signer: &Signer) -> Html {
    html! {
        <div>
            <dt>{ words::SIGNED_BY }</dt>
            <dd>
                <b translate={(signer.short == signer.identity).then_some("no")}>{ visible(&signer.short) }</b>
                if signer.short != signer.identity {
                    <span class="sub">{ breakable(&signer.identity) }</span>
                }
            </dd>
        </div>
    }
}

/// The fact that says when the signature was made: the first one of the artifact that a clock or a log vouches for.
fn signed_on(document: &Doc) -> Option<&Fact> {
    let timed = |fact: &&Fact| fact.check.contains("time");
    let says = |voucher: Voucher| document.facts.iter().filter(timed).find(|fact| fact.vouchers.contains(&voucher));
    says(Voucher::TimestampAuthority).or_else(|| says(Voucher::TransparencyLog))
}

/// A time, and who says so in brackets after it.
fn moment(value: &str) -> Html {
    match value.split_once(" (") {
        Some((time, source)) => html! {
            <><b>{ visible(time) }</b><span class="sub">{ visible(source.trim_end_matches(')')) }</span></>
        },
        None => html! { <b>{ visible(value) }</b> },
    }
}

fn digest(artifact: &Artifact) -> Option<Html> {
    let digest = artifact.digests.first()?;
    let whose = if artifact.computed { words::COMPUTED } else { words::STATED };
    let algorithm = match digest.algorithm.as_str() {
        "sha256" => "SHA-256",
        "sha384" => "SHA-384",
        "sha512" => "SHA-512",
        other => other,
    };
    Some(html! {
        <div>
            <dt>{ algorithm.to_owned() }{ whose }</dt>
            <dd><span class="dg">{ grouped_digest(&digest.hex) }</span></dd>
        </div>
    })
}
