//! Who should have signed.

use yew::prelude::*;

use crate::chooser::{Chooser, PLAIN, Takes, chooser};
use crate::field::{error, hint_id};
use crate::more_conditions::more_conditions;
use crate::strings::signer as words;
use crate::{Dom, Draft, DraftErrors, Edit, FieldProps, Icon, Match, Who, field, icon, visible};

/// Where people log in to sign: (address, name). Suggestions only; any address may be typed.
const ISSUERS: [(&str, &str); 9] = [
    ("https://token.actions.githubusercontent.com", "GitHub Actions (workflows)"),
    ("https://github.com/login/oauth", "GitHub (people)"),
    ("https://accounts.google.com", "Google (people and service accounts)"),
    ("https://login.microsoftonline.com", "Microsoft (people)"),
    ("https://gitlab.com", "GitLab (pipelines)"),
    ("https://agent.buildkite.com", "Buildkite (pipelines)"),
    ("https://oidc.codefresh.io", "Codefresh (pipelines)"),
    ("https://issuer.enforce.dev", "Chainguard"),
    ("https://oauth2.sigstore.dev/auth", "Sigstore’s own login"),
];

/// Properties of [`signer_fields`].
#[derive(Properties, PartialEq)]
pub struct SignerFieldsProps {
    /// What the fields hold.
    pub draft: Draft,
    /// A change: `draft = draft.after(edit)`.
    #[prop_or_default]
    pub onedit: Callback<Edit>,
    /// Change of the key file chooser.
    #[prop_or_default]
    pub onkeyfile: Callback<Event>,
    /// Change of the trusted root file chooser.
    #[prop_or_default]
    pub onrootfile: Callback<Event>,
    /// Errors, under the inputs.
    #[prop_or_default]
    pub errors: DraftErrors,
    /// "Compare" pressed (or Enter). Without it there is no button: the page reads the draft when evidence arrives.
    #[prop_or_default]
    pub onapply: Option<Callback<()>>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

impl SignerFieldsProps {
    /// A callback that turns the text of an input into an edit.
    pub(crate) fn typed(&self, edit: impl Fn(String) -> Edit + 'static) -> Callback<InputEvent> {
        let (dom, onedit) = (self.dom.clone(), self.onedit.clone());
        Callback::from(move |event: InputEvent| onedit.emit(edit(dom.text.emit(event))))
    }

    /// A callback that makes one edit, whatever the event.
    pub(crate) fn edits<E: 'static>(&self, edit: Edit) -> Callback<E> {
        self.onedit.reform(move |_: E| edit.clone())
    }
}

/// Expected signer: name, key, or nobody on purpose; and under "More conditions" extensions and trusted root.
pub fn signer_fields(props: &SignerFieldsProps) -> Html {
    let onsubmit = {
        let onapply = props.onapply.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(onapply) = &onapply {
                onapply.emit(());
            }
        })
    };
    html! {
        <form class="signer" {onsubmit}>
            <fieldset aria-describedby={hint_id("who")}>
                <legend>{ words::LEGEND }</legend>
                <p class="hint" id={hint_id("who")}>{ words::HINT }</p>
                <div class="choices">
                    { choice(props, Who::Named, words::NAMED) }
                    { choice(props, Who::Key, words::KEY) }
                    { choice(props, Who::Anybody, words::ANYBODY) }
                </div>
                if let Some(name) = props.draft.key_file.as_ref().filter(|_| props.draft.who == Who::Named) {
                    <div class="note note--part">
                        { icon(Icon::Key) }
                        <p><b class="break" translate="no">{ visible(name) }</b>{ words::KEY_BESIDE }</p>
                    </div>
                }
                {
                    match props.draft.who {
                        Who::Named => named(props),
                        Who::Key => key(props),
                        Who::Anybody => html! {
                            <div class="note note--part">{ icon(Icon::Waived) }<p>{ words::ANYBODY_WHY }</p></div>
                        },
                    }
                }
            </fieldset>
            { more_conditions(props) }
            if props.onapply.is_some() {
                <div class="btns"><button class="btn btn--main" type="submit">{ words::COMPARE }</button></div>
            }
        </form>
    }
}

fn choice(props: &SignerFieldsProps, who: Who, label: &'static str) -> Html {
    let checked = props.draft.who == who;
    html! {
        <label class="choice">
            <input type="radio" name="who" {checked} onchange={props.edits::<Event>(Edit::Who(who))} />
            <span>{ label }</span>
        </label>
    }
}

fn named(props: &SignerFieldsProps) -> Html {
    let issuer = |&(address, name): &(&'static str, &'static str)| html! { <option value={address}>{ name }</option> };
    let identity = FieldProps {
        id: "identity".into(),
        label: words::IDENTITY,
        hint: Some(html! { { words::IDENTITY_HINT } }),
        placeholder: words::IDENTITY_PLACEHOLDER,
        value: props.draft.identity.clone().into(),
        error: props.errors.identity.clone(),
        oninput: props.typed(Edit::Identity),
        ..FieldProps::default()
    };
    let of_issuer = FieldProps {
        id: "issuer".into(),
        label: words::ISSUER,
        optional: true,
        hint: Some(html! { { words::ISSUER_HINT } }),
        placeholder: words::ISSUER_PLACEHOLDER,
        value: props.draft.issuer.clone().into(),
        list: Some("issuers"),
        error: props.errors.issuer.clone().or_else(|| props.draft.lonely_issuer().map(AttrValue::from)),
        oninput: props.typed(Edit::Issuer),
        ..FieldProps::default()
    };
    html! {
        <>
            { field(identity) }
            { pattern(props, words::IDENTITY_PATTERN, props.draft.identity_match, Edit::IdentityMatch) }
            { field(of_issuer) }
            <datalist id="issuers">{ for ISSUERS.iter().map(issuer) }</datalist>
            { pattern(props, words::ISSUER_PATTERN, props.draft.issuer_match, Edit::IssuerMatch) }
        </>
    }
}

fn pattern(props: &SignerFieldsProps, label: &'static str, how: Match, edit: fn(Match) -> Edit) -> Html {
    let (checked, next) = match how {
        Match::Exact => (false, Match::Pattern),
        Match::Pattern => (true, Match::Exact),
    };
    html! {
        <label class="choice choice--under">
            <input type="checkbox" {checked} onchange={props.edits::<Event>(edit(next))} />
            <span>{ label }</span>
        </label>
    }
}

fn key(props: &SignerFieldsProps) -> Html {
    if let Some(name) = &props.draft.key_file {
        return html! {
            <>
                <p class="chosen">
                    <span class="break">{ words::KEY_GIVEN }<b translate="no">{ visible(name) }</b></span>
                    <button class="btn btn--small" type="button" onclick={props.edits::<MouseEvent>(Edit::KeyFileRemoved)}>
                        { icon(Icon::Remove) }{ words::REMOVE }
                    </button>
                </p>
                { error("key", props.errors.key.as_ref()) }
            </>
        };
    }
    let choose = Chooser { label: words::KEY_FILE, symbol: Icon::Key, class: PLAIN, takes: Takes::One };
    field(FieldProps {
        id: "key".into(),
        label: words::KEY_LABEL,
        hint: Some(html! { { words::KEY_HINT } }),
        long: true,
        value: props.draft.key_text.clone().into(),
        error: props.errors.key.clone(),
        oninput: props.typed(Edit::KeyText),
        children: chooser(choose, &props.onkeyfile),
        ..FieldProps::default()
    })
}
