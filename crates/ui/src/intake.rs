//! One zone for anything.

use yew::prelude::*;

use crate::chooser::{Chooser, PLAIN, Takes, chooser};
use crate::icon::icon_of;
use crate::strings::intake as words;
use crate::{Dom, FieldProps, Icon, field, icon, visible};

/// State of the drop zone.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DropState {
    /// Waiting.
    #[default]
    Rest,
    /// Something is held over the page.
    Over,
    /// Reading what was given; the text says what.
    Busy(AttrValue),
    /// What was given is nothing that can be checked.
    Unreadable(Unreadable),
}

/// What was given and is not evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable {
    /// Its name; may be empty.
    pub name: AttrValue,
    /// What it turned out to be: "an HTML page, 12.4 kB".
    pub found: AttrValue,
    /// What to do instead.
    pub to_do: AttrValue,
}

/// Properties of [`Intake`].
#[derive(Properties, PartialEq)]
pub struct IntakeProps {
    /// State of the zone.
    #[prop_or_default]
    pub state: DropState,
    /// Change of the file chooser (`multiple`); the page takes the files and clears its value.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// Change of the folder chooser.
    #[prop_or_default]
    pub onfolder: Callback<Event>,
    /// Text handed over with the "Paste text" form.
    #[prop_or_default]
    pub ontext: Callback<String>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
    /// What is to be dropped and what comes of it, where it is not one file: the end of "Drop …", and the sentences under it.
    #[prop_or_default]
    pub about: Option<(&'static str, Html)>,
    /// Fields under the zone: [`fetch_field`](crate::fetch_field), [`digest_field`](crate::digest_field),
    /// [`signer_fields`](crate::signer_fields).
    #[prop_or_default]
    pub children: Html,
}

/// Intake (`intake`, `drop`). Dropping is handled by the page, globally.
#[component]
pub fn Intake(props: &IntakeProps) -> Html {
    let pasting = use_state(|| None::<String>);
    let state = match &props.state {
        DropState::Rest => "rest",
        DropState::Over => "over",
        DropState::Busy(_) => "busy",
        DropState::Unreadable(_) => "unreadable",
    };
    html! {
        <section class="intake" aria-label={words::START}>
            <div class="drop" data-state={state} aria-busy={matches!(props.state, DropState::Busy(_)).then_some("true")}>
                { heading(&props.state, props.about.as_ref().map_or(words::DROP_WHAT, |(what, _)| *what)) }
                { buttons(props, &pasting) }
                if let Some(text) = pasting.as_ref() {
                    { paste_form(props, text, &pasting) }
                }
                <p>{ props.about.as_ref().map_or_else(|| html! { { words::ABOUT } }, |(_, about)| about.clone()) }</p>
            </div>
            if let DropState::Unreadable(unreadable) = &props.state {
                { unreadable_note(unreadable) }
            }
            { props.children.clone() }
        </section>
    }
}

fn heading(state: &DropState, what: &'static str) -> Html {
    match state {
        DropState::Busy(what) => html! {
            <>{ icon_of(Icon::Run, "i spin") }<h2>{ visible(what) }</h2></>
        },
        DropState::Over => html! { <>{ icon(Icon::Drop) }<h2>{ words::OVER }</h2></> },
        DropState::Rest | DropState::Unreadable(_) => html! {
            <>
                { icon(Icon::Drop) }
                <h2>
                    <span class="if-fine">{ words::DROP_FINE }</span><span class="if-coarse">{ words::DROP_COARSE }</span>
                    { what }
                </h2>
            </>
        },
    }
}

fn buttons(props: &IntakeProps, pasting: &UseStateHandle<Option<String>>) -> Html {
    let open = pasting.is_some();
    let onclick = {
        let pasting = pasting.clone();
        Callback::from(move |_: MouseEvent| pasting.set((!open).then(String::new)))
    };
    let main = "btn btn--file btn--main";
    let files = Chooser { label: words::FILES, symbol: Icon::File, class: main, takes: Takes::Several };
    let folder = Chooser { label: words::FOLDER, symbol: Icon::Folder, class: PLAIN, takes: Takes::Folder };
    html! {
        <div class="btns">
            { chooser(files, &props.onfiles) }
            { chooser(folder, &props.onfolder) }
            <button class="btn" type="button" aria-expanded={if open { "true" } else { "false" }} {onclick}>
                { icon(Icon::Paste) }{ words::PASTE }
            </button>
        </div>
    }
}

fn paste_form(props: &IntakeProps, text: &str, pasting: &UseStateHandle<Option<String>>) -> Html {
    let oninput = {
        let (pasting, dom) = (pasting.clone(), props.dom.clone());
        Callback::from(move |event: InputEvent| pasting.set(Some(dom.text.emit(event))))
    };
    let onsubmit = {
        let (pasting, ontext, text) = (pasting.clone(), props.ontext.clone(), text.to_owned());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !text.trim().is_empty() {
                ontext.emit(text.clone());
                pasting.set(None);
            }
        })
    };
    let input = FieldProps {
        id: "paste".into(),
        label: words::PASTE_LABEL,
        long: true,
        value: text.to_owned().into(),
        oninput,
        children: html! { <button class="btn" type="submit">{ words::PASTE_USE }</button> },
        ..FieldProps::default()
    };
    html! { <form class="paste" {onsubmit}>{ field(input) }</form> }
}

fn unreadable_note(unreadable: &Unreadable) -> Html {
    html! {
        <div class="note note--part unreadable" role="alert">
            { icon(Icon::Info) }
            <div>
                <p><b>{ words::UNREADABLE }</b></p>
                <p>
                    if !unreadable.name.is_empty() {
                        <code class="break">{ visible(&unreadable.name) }</code>{ ". " }
                    }
                    { words::UNREADABLE_FOUND }{ visible(&unreadable.found) }{ "." }
                </p>
                <p>{ visible(&unreadable.to_do) }{ " " }{ words::UNREADABLE_END }</p>
            </div>
        </div>
    }
}
