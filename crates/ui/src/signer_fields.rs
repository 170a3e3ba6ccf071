//! Who should have signed.

use yew::prelude::*;

use crate::{Dom, Draft, DraftErrors, Edit};

/// Properties of [`SignerFields`].
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

/// Expected signer: name, key, or nobody on purpose; and under "More" extensions and trusted root.
#[component]
pub fn SignerFields(props: &SignerFieldsProps) -> Html {
    let _ = props;
    html! {}
}
