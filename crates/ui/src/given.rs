//! What was given, and what it was recognised as.

use yew::prelude::*;

use crate::chooser::{Chooser, Takes, chooser};
use crate::strings::given as words;
use crate::{Dom, Icon, icon, size, visible};

/// What an input is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenKind {
    /// The file in question.
    Artifact,
    /// A Sigstore bundle.
    Bundle,
    /// A public key.
    Key,
    /// A trusted root.
    TrustedRoot,
    /// Evidence beside the bundle.
    Further,
}

/// Every kind: (kind, value of the `<option>`, words, icon).
const KINDS: [(GivenKind, &str, &str, Icon); 5] = [
    (GivenKind::Artifact, "artifact", words::ARTIFACT, Icon::File),
    (GivenKind::Bundle, "bundle", words::BUNDLE, Icon::Paste),
    (GivenKind::Further, "further", words::FURTHER, Icon::Plus),
    (GivenKind::Key, "key", words::KEY, Icon::Key),
    (GivenKind::TrustedRoot, "root", words::ROOT, Icon::Authority),
];

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenItem {
    /// The page's own number for it.
    pub id: usize,
    /// Name; empty for pasted text.
    pub name: AttrValue,
    /// In words: "Sigstore bundle v0.3".
    pub recognised_as: AttrValue,
    /// Bytes, when known.
    pub size: Option<u64>,
    /// What it is used as.
    pub kind: GivenKind,
}

/// Properties of [`given`].
#[derive(Properties, PartialEq)]
pub struct GivenProps {
    /// Inputs in the order given.
    pub items: Vec<GivenItem>,
    /// Remove the input with this number.
    #[prop_or_default]
    pub onremove: Callback<usize>,
    /// Use the input with this number as something else.
    #[prop_or_default]
    pub onkind: Callback<(usize, GivenKind)>,
    /// "Add evidence": change of a file chooser.
    #[prop_or_default]
    pub onfiles: Callback<Event>,
    /// Page abilities.
    #[prop_or_default]
    pub dom: Dom,
}

/// Given chips (`given`) and "Add evidence".
pub fn given(props: &GivenProps) -> Html {
    const ADD: Chooser = Chooser {
        label: words::ADD,
        symbol: Icon::Plus,
        class: "btn btn--file btn--small btn--quiet",
        takes: Takes::Several,
    };
    html! {
        <ul class="given" role="list" aria-label={words::LABEL}>
            { for props.items.iter().map(|item| chip(props, item)) }
            <li>{ chooser(ADD, &props.onfiles) }</li>
        </ul>
    }
}

fn chip(props: &GivenProps, item: &GivenItem) -> Html {
    let name = if item.name.is_empty() { AttrValue::Static(words::PASTED) } else { item.name.clone() };
    let symbol = KINDS.iter().find(|kind| kind.0 == item.kind).map_or(Icon::File, |kind| kind.3);
    let onremove = {
        let (onremove, id) = (props.onremove.clone(), item.id);
        Callback::from(move |_: MouseEvent| onremove.emit(id))
    };
    html! {
        <li class="given__item" key={item.id}>
            { icon(symbol) }
            <span class="given__name" translate={(!item.name.is_empty()).then_some("no")}>{ visible(&name) }</span>
            <span class="given__what">
                { visible(&item.recognised_as) }
                if let Some(bytes) = item.size {
                    { ", " }{ size(bytes) }
                }
            </span>
            { kind_choice(props, item, &name) }
            <button class="iconbtn iconbtn--small" type="button" aria-label={format!("{}{name}", words::REMOVE)} onclick={onremove}>
                { icon(Icon::Remove) }
            </button>
        </li>
    }
}

fn kind_choice(props: &GivenProps, item: &GivenItem, name: &str) -> Html {
    let oninput = {
        let (onkind, dom, id) = (props.onkind.clone(), props.dom.clone(), item.id);
        Callback::from(move |event: InputEvent| {
            let value = dom.text.emit(event);
            if let Some(kind) = KINDS.iter().find(|kind| kind.1 == value) {
                onkind.emit((id, kind.0));
            }
        })
    };
    let option = |kind: &(GivenKind, &'static str, &'static str, Icon)| {
        html! { <option value={kind.1} selected={kind.0 == item.kind}>{ kind.2 }</option> }
    };
    html! {
        <select class="given__kind" aria-label={format!("{}{name}", words::USED_AS)} {oninput}>
            { for KINDS.iter().map(option) }
        </select>
    }
}
