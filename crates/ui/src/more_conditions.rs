//! The fold under the expected signer: what the statement must say, values of the certificate, trusted root.

use touchstone_report::question::Trust;
use yew::prelude::*;

use crate::chooser::{Chooser, Takes, chooser};
use crate::conditions::{conditions, used};
use crate::field::{error, hint_id};
use crate::icon::icon_of;
use crate::strings::signer as words;
use crate::{Edit, Icon, SignerFieldsProps, icon, visible};

const TRUST: [(Trust, &str); 6] = [
    (Trust::Automatic, words::TRUST_AUTOMATIC),
    (Trust::PublicGood, words::TRUST_PUBLIC_GOOD),
    (Trust::GitHub, words::TRUST_GITHUB),
    (Trust::Staging, words::TRUST_STAGING),
    (Trust::File, words::TRUST_FILE),
    (Trust::KeyAlone, words::TRUST_KEY),
];

/// Open when it holds something, so that no condition is out of sight.
pub(crate) fn more_conditions(props: &SignerFieldsProps) -> Html {
    let draft = &props.draft;
    let open = !draft.extensions.is_empty()
        || draft.trust != Trust::Automatic
        || draft.root_file.is_some()
        || used(props)
        || props.errors.expect.is_some();
    html! {
        <details class="more" {open}>
            <summary>{ icon_of(Icon::Chevron, "i chev") }{ words::MORE }</summary>
            { conditions(props) }
            <fieldset aria-describedby={hint_id("ext")}>
                <legend>{ words::EXTENSIONS }</legend>
                <p class="hint" id={hint_id("ext")}>{ words::EXTENSIONS_HINT }</p>
                { for draft.extensions.iter().enumerate().map(|(at, row)| extension(props, at, row)) }
                <button class="btn btn--small" type="button" onclick={props.edits::<MouseEvent>(Edit::ExtensionAdded)}>
                    { icon(Icon::Plus) }{ words::EXTENSION_ADD }
                </button>
            </fieldset>
            <fieldset aria-describedby={hint_id("trust")}>
                <legend>{ words::TRUST }</legend>
                <p class="hint" id={hint_id("trust")}>{ words::TRUST_HINT }</p>
                <div class="choices choices--down">{ for TRUST.iter().map(|&(trust, label)| world(props, trust, label)) }</div>
                if draft.trust == Trust::File {
                    { root_file(props) }
                }
                { error("trust", props.errors.root.as_ref()) }
            </fieldset>
        </details>
    }
}

fn extension(props: &SignerFieldsProps, at: usize, (name, value): &(String, String)) -> Html {
    let id = format!("ext-{at}");
    let wrong = props.errors.extensions.iter().find(|(row, _)| *row == at).map(|(_, sentence)| sentence);
    let invalid = wrong.is_some().then_some("true");
    let described = crate::field::described_by(&id, false, wrong.is_some());
    let label = |words: &str| format!("{words} {}", at + 1);
    html! {
        <div class="pairrow" key={at}>
            <input class="input" aria-label={label(words::EXTENSION_NAME)} placeholder="Source Repository Ref"
                aria-invalid={invalid} aria-describedby={described} autocomplete="off" spellcheck="false"
                value={name.clone()} oninput={props.typed(move |text| Edit::ExtensionName(at, text))} />
            <span aria-hidden="true">{ "=" }</span>
            <input class="input" aria-label={label(words::EXTENSION_VALUE)} placeholder="refs/tags/v1.2.0"
                autocomplete="off" spellcheck="false"
                value={value.clone()} oninput={props.typed(move |text| Edit::ExtensionValue(at, text))} />
            <button class="iconbtn" type="button" aria-label={label(words::EXTENSION_REMOVE)}
                onclick={props.edits::<MouseEvent>(Edit::ExtensionRemoved(at))}>{ icon(Icon::Remove) }</button>
            { error(&id, wrong) }
        </div>
    }
}

fn world(props: &SignerFieldsProps, trust: Trust, label: &'static str) -> Html {
    html! {
        <label class="choice">
            <input type="radio" name="trust" checked={props.draft.trust == trust}
                onchange={props.edits::<Event>(Edit::Trust(trust))} />
            <span>{ label }</span>
        </label>
    }
}

fn root_file(props: &SignerFieldsProps) -> Html {
    match &props.draft.root_file {
        Some(name) => html! {
            <p class="chosen">
                <span class="break">{ words::TRUST_GIVEN }<b translate="no">{ visible(name) }</b></span>
                <button class="btn btn--small" type="button" onclick={props.edits::<MouseEvent>(Edit::RootFileRemoved)}>
                    { icon(Icon::Remove) }{ words::REMOVE }
                </button>
            </p>
        },
        None => {
            let class = "btn btn--file btn--small";
            let choose = Chooser { label: words::TRUST_CHOOSE, symbol: Icon::File, class, takes: Takes::One };
            chooser(choose, &props.onrootfile)
        }
    }
}
