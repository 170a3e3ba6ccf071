//! One zone for anything.

use yew::prelude::*;

use crate::Dom;

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
    /// Fields under the zone: [`FetchField`](crate::FetchField), [`DigestField`](crate::DigestField),
    /// [`SignerFields`](crate::SignerFields).
    #[prop_or_default]
    pub children: Html,
}

/// Intake (`intake`, `drop`). Dropping is handled by the page, globally.
#[component]
pub fn Intake(props: &IntakeProps) -> Html {
    let _ = props;
    html! {}
}
