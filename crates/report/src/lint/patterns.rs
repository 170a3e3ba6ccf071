//! What a pattern leaves open: read, and for whether it leaves everything open, run.

use touchstone_verify::Pattern;

/// The beginning of a pattern that means itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    /// The text before the first sign that leaves something open.
    pub(super) literal: String,
    /// A full stop in it that stands for any character.
    pub(super) loose_stop: bool,
    /// What follows, as written; empty when the whole pattern means itself.
    pub(super) rest: String,
}

/// Reads the beginning. Groups that only change capitals (`(?i:…)`) are read as what is in them.
pub(super) fn beginning(pattern: &str) -> Beginning {
    let flat = single_classes(&flatten(pattern));
    let mut literal = String::new();
    let mut loose_stop = false;
    let mut characters = flat.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let repeated = matches!(next, Some('*' | '+' | '?' | '{'));
        match character {
            // `\d`, `\w` and their like stand for many.
            '\\' => match characters.next() {
                Some((_, escaped))
                    if !escaped.is_ascii_alphanumeric()
                        && !matches!(characters.peek(), Some((_, '*' | '+' | '?' | '{'))) =>
                {
                    literal.push(escaped);
                }
                _ => return Beginning { literal, loose_stop, rest: flat.get(at..).unwrap_or_default().to_owned() },
            },
            '.' if !repeated => {
                loose_stop = true;
                literal.push('.');
            }
            '.' | '*' | '+' | '?' | '[' | '{' | '(' | '|' => {
                return Beginning { literal, loose_stop, rest: flat.get(at..).unwrap_or_default().to_owned() };
            }
            ')' | '^' | '$' => {}
            _ if repeated => {
                return Beginning { literal, loose_stop, rest: flat.get(at..).unwrap_or_default().to_owned() };
            }
            _ => literal.push(character),
        }
    }
    Beginning { literal, loose_stop, rest: String::new() }
}

/// A class of one character, as `[.]`, written with a backslash.
fn single_classes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let mut following = rest.chars().skip(1);
        let (inside, end) = (following.next(), following.next());
        match (character, inside, end) {
            ('\\', Some(escaped), _) => {
                out.extend(['\\', escaped]);
                rest = rest.get(escaped.len_utf8().saturating_add(1)..).unwrap_or_default();
                continue;
            }
            ('[', Some(single), Some(']')) if !matches!(single, '^' | '\\' | '[' | ']') => {
                if !single.is_ascii_alphanumeric() {
                    out.push('\\');
                }
                out.push(single);
                rest = rest.get(single.len_utf8().saturating_add(2)..).unwrap_or_default();
                continue;
            }
            _ => out.push(character),
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Without groups that only set flags or hold things together, where they have no alternatives.
fn flatten(pattern: &str) -> String {
    let mut flat = pattern.to_owned();
    for start in ["(?i)", "(?s)"] {
        flat = flat.replace(start, "");
    }
    for start in ["(?i:", "(?:"] {
        while let Some(open) = flat.find(start) {
            let inside = open.saturating_add(start.len());
            let Some(close) = flat.get(inside..).and_then(|rest| rest.find(')')).map(|at| inside.saturating_add(at))
            else {
                return flat;
            };
            let body = flat.get(inside..close).unwrap_or_default().to_owned();
            if body.contains(['|', '('])
                || flat.get(close.saturating_add(1)..).is_some_and(|rest| rest.starts_with(['*', '+', '?', '{']))
            {
                return flat;
            }
            flat.replace_range(open..=close, &body);
        }
    }
    flat
}

/// Whether anything may follow the end.
pub(super) fn is_open_ended(pattern: &str) -> bool {
    let flat = flatten(pattern);
    let flat = flat.trim_end_matches(['$', ')']);
    [".*", ".+", "[^/]*", "[^/]+"].iter().any(|open| flat.ends_with(open))
}

/// Names that have nothing in common but that they are names: what fits all of them fits everybody.
const STRANGERS: [&str; 3] = ["x", "nobody@touchstone.invalid", "https://touchstone.invalid/~!#%20?a=b"];

/// Whether it matches everything, however it is written.
pub(super) fn is_anything(pattern: &str) -> bool {
    Pattern::new(pattern).is_ok_and(|pattern| STRANGERS.iter().all(|stranger| pattern.matches(stranger)))
}

/// Most alternatives of one pattern that are looked at by themselves.
const MAX_ALTERNATIVES: usize = 16;

/// What stands between the bars of a pattern, outside of groups and classes; the whole where there is none, or too many.
pub(super) fn alternatives(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut depth, mut in_class, mut escaped, mut from) = (0_usize, false, false, 0_usize);
    for (place, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                found.extend(text.get(from..place));
                from = place.saturating_add(1);
            }
            _ => {}
        }
    }
    found.extend(text.get(from..));
    if found.len() > MAX_ALTERNATIVES { vec![text] } else { found }
}
