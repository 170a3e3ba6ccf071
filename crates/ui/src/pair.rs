//! Expected over found.

use yew::prelude::*;

use crate::difference::{Difference, Substitution, difference};
use crate::strings::failure as words;
use crate::visible_text::code_point;
use crate::{Icon, grouped_digest, icon, visible};

/// Properties of [`pair`].
#[derive(Properties, PartialEq)]
pub struct PairProps {
    /// Expected.
    pub expected: AttrValue,
    /// Found.
    pub found: AttrValue,
}

/// Pair (`pair`): differing characters underlined if few, the whole value if many; look-alikes spelled out.
pub fn pair(props: &PairProps) -> Html {
    let (expected, expected_note) = annotated(&props.expected);
    let (found, found_note) = annotated(&props.found);
    let difference = difference(expected, found);
    let few = matches!(difference, Difference::Few { .. });
    // Equal values with other notes differ in what the notes say.
    let by_note = difference == Difference::None && expected == found && expected_note != found_note;
    html! {
        <dl class="pair">
            <div><dt>{ words::EXPECTED }</dt><dd>{ value(expected, few) }{ note(expected_note, false) }</dd></div>
            <div>
                <dt>
                    { words::FOUND }
                    if difference != Difference::None || by_note {
                        { icon(Icon::Differs) }<span class="vh">{ words::DIFFERS }</span>
                    }
                </dt>
                <dd>{ marked(found, &difference) }{ note(found_note, by_note) }</dd>
            </div>
        </dl>
    }
}

/// A value, and the note in brackets that the report set after it.
fn annotated(text: &str) -> (&str, &str) {
    match text.strip_suffix(')').and_then(|text| text.split_once(" (")) {
        Some((value, note)) if !value.is_empty() && !value.contains(' ') => (value, note),
        _ => (text, ""),
    }
}

fn note(note: &str, differs: bool) -> Html {
    if note.is_empty() {
        return html! {};
    }
    html! { <span class={classes!("sub", differs.then_some("differs"))}>{ visible(note) }</span> }
}

fn marked(found: &str, difference: &Difference) -> Html {
    match difference {
        Difference::None => value(found, false),
        Difference::Whole => html! { <span class="differs">{ value(found, false) }</span> },
        Difference::Few { marked, spelled } => html! {
            <>
                <span class="dg">
                    { for marked.iter().map(|(text, differs)| if *differs {
                        html! { <mark class="diff">{ visible(text) }</mark> }
                    } else {
                        visible(text)
                    }) }
                </span>
                { for spelled.iter().map(spell) }
            </>
        },
    }
}

fn spell(substitution: &Substitution) -> Html {
    let Substitution { place, expected, found } = substitution;
    html! { <span class="sub">{ format!("Character {place}: {} expected, {} found", named(*expected), named(*found)) }</span> }
}

/// A value: prose as prose, names and digests in the digits' own type. Digests in groups of eight unless they must
/// line up with marks.
pub(crate) fn value(text: &str, unbroken: bool) -> Html {
    if text.contains(' ') {
        return visible(text);
    }
    let shown = if unbroken { text.to_owned() } else { grouped_digest(text) };
    html! { <span class="dg">{ visible(&shown) }</span> }
}

/// A character by name and code point: "small letter l (U+006C)".
fn named(character: char) -> String {
    let point = code_point(character);
    match character {
        'a'..='z' => format!("small letter {character} ({point})"),
        'A'..='Z' => format!("capital letter {character} ({point})"),
        '0'..='9' => format!("digit {character} ({point})"),
        ' ' => format!("space ({point})"),
        '!'..='~' => format!("sign {character} ({point})"),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => format!("a Greek letter ({point})"),
        '\u{400}'..='\u{52f}' => format!("a Cyrillic letter ({point})"),
        '\u{530}'..='\u{58f}' => format!("an Armenian letter ({point})"),
        '\u{13a0}'..='\u{13ff}' => format!("a Cherokee letter ({point})"),
        '\u{ff00}'..='\u{ffef}' => format!("a full-width form ({point})"),
        _ if crate::visible_text::hides(character) => format!("an invisible character ({point})"),
        _ => format!("another character ({point})"),
    }
}
