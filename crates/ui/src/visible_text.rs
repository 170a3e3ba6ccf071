//! Untrusted text, with what hides in it made visible (H-51).

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

/// The same for an address or a path, which may break after its separators.
pub(crate) fn breakable(text: &str) -> Html {
    if !text.is_ascii() || text.contains(hides) {
        return visible(text);
    }
    let parts = text.split_inclusive(['/', '@', '.']);
    html! { <>{ for parts.map(|part| html! { <>{ part.to_owned() }<wbr /></> }) }</> }
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
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{a0}' // controls but tab and newline; no-break space
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{2000}'..='\u{200f}' // other spaces, zero-width characters, direction marks
        | '\u{2028}'..='\u{202f}' // separators, bidirectional embeddings and overrides
        | '\u{205f}'..='\u{206f}' // joiners, invisible operators, bidirectional isolates
        | '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
