//! Label, hint, input, error.

use yew::prelude::*;

/// Properties of [`Field`].
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// Marked as optional.
    #[prop_or_default]
    pub optional: bool,
    /// Hint, tied to the input as its description.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Error under the input.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Text in the input.
    pub value: AttrValue,
    /// New text.
    pub oninput: Callback<InputEvent>,
    /// Example of what to type.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Id of a `<datalist>` with suggestions.
    #[prop_or_default]
    pub list: Option<AttrValue>,
    /// Button beside the input.
    #[prop_or_default]
    pub children: Html,
}

/// Field (`field`).
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let _ = props;
    html! {}
}
