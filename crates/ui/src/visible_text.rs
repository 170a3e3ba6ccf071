//! Untrusted text, with what hides in it made visible (H-51).

use touchstone_report::text::is_hidden;
use yew::prelude::*;

use crate::strings;

/// Untrusted text: bidirectional controls, zero-width and other invisible characters become marked `U+202E` chips, and
/// text of another direction cannot reorder what stands around it.
pub fn visible(text: &str) -> Html {
    if text.is_ascii() && !text.contains(hides) {
        return html! { { text.to_owned() } };
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(hides) {
        let (shown, from) = rest.split_at(at);
        if !shown.is_empty() {
            pieces.push(html! { { shown.to_owned() } });
        }
        let mut characters = from.chars();
        if let Some(hidden) = characters.next() {
            pieces.push(chip(hidden));
        }
        rest = characters.as_str();
    }
    if !rest.is_empty() {
        pieces.push(html! { { rest.to_owned() } });
    }
    html! { <bdi>{ for pieces }</bdi> }
}

/// The same for an address or a path, which may break after its separators. A part of one can be a word of the page's own.
pub(crate) fn breakable(text: &str) -> Html {
    if !text.is_ascii() || text.contains(hides) {
        return html! { <span translate="no">{ visible(text) }</span> };
    }
    let parts = text.split_inclusive(['/', '@', '.']);
    html! { <span translate="no">{ for parts.map(|part| html! { <>{ part.to_owned() }<wbr /></> }) }</span> }
}

/// `translate` of an element that holds a value or, with spaces in it, prose of the page's own.
pub(crate) fn foreign(value: &str) -> Option<&'static str> {
    (!value.contains(' ')).then_some("no")
}

fn chip(hidden: char) -> Html {
    html! {
        <span class="inv">
            <span class="vh">{ strings::INVISIBLE_CHARACTER }</span>{ code_point(hidden) }
        </span>
    }
}

/// `U+202E`.
pub(crate) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Characters that a reader cannot see, that change the order of what they see, or that look like a plain space.
pub(crate) fn hides(character: char) -> bool {
    let is_space = matches!(character, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    is_space || (is_hidden(character) && !matches!(character, '\t' | '\n'))
}
