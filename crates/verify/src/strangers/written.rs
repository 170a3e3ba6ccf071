//! How a pattern is written: what it costs to try it, and whether it spells out whose the names are that fit it.

/// Of how many steps a pattern is, at most: what a `{n}` stands behind counts so often, and a group as much as all that is in it.
pub(super) fn states(pattern: &str) -> usize {
    let Some(pieces) = pieces(pattern) else {
        // No bracket can be told: as if each count were around all others.
        let counts = pattern.split('{').filter_map(|text| most_of(text.split_once('}')?.0));
        return counts.fold(pattern.len(), |states, count| states.saturating_mul(count.max(1)));
    };
    // Of each group that is open, what came before it; what is counted of the innermost one, and of the last thing in that.
    let (mut outer, mut all, mut last) = (Vec::new(), 0_usize, 0_usize);
    for piece in pieces {
        let more = match piece {
            Piece::Opens => {
                outer.push(core::mem::take(&mut all));
                last = 0;
                continue;
            }
            Piece::Closes => {
                last = all;
                outer.pop().unwrap_or_default()
            }
            Piece::Repeats(most) => {
                let before = last;
                last = before.saturating_mul(most).saturating_add(1);
                last.saturating_sub(before)
            }
            Piece::Or | Piece::Thing(_) => {
                last = if let Piece::Thing(length) = piece { length } else { 1 };
                last
            }
        };
        all = all.saturating_add(more);
    }
    outer.into_iter().fold(all, usize::saturating_add)
}

/// A piece of a pattern, as far as who reads it for its brackets must know.
enum Piece {
    Opens,
    Closes,
    Or,
    /// What stands before it is repeated: so often at most, or in a loop.
    Repeats(usize),
    /// Anything else, of so many steps.
    Thing(usize),
}

/// A pattern in pieces. `None` where its brackets cannot be told: it may have comments (`(?x)`), or has a class with a bracket in it.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let flags = pattern.split("(?").skip(1).map(|flags| flags.split([':', ')', '<']).next().unwrap_or_default());
    if flags.into_iter().any(|flags| flags.contains('x')) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        pieces.push(match character {
            '(' => Piece::Opens,
            ')' => Piece::Closes,
            '|' => Piece::Or,
            '*' | '+' | '?' => Piece::Repeats(1),
            '{' => {
                let counts = rest.as_str().split_once('}').and_then(|(counts, _)| most_of(counts));
                counts.map_or(Piece::Thing(1), Piece::Repeats)
            }
            '[' => {
                let (class, after) = rest.as_str().split_once(']')?;
                if class.is_empty() || class == "^" || class.contains('[') || class.ends_with('\\') {
                    return None;
                }
                rest = after.chars();
                // One step, which looks at each of its ranges: that is quickly done.
                Piece::Thing(class.len().div_ceil(8))
            }
            '\\' => {
                rest.next();
                Piece::Thing(1)
            }
            _ => Piece::Thing(1),
        });
    }
    Some(pieces)
}

/// How often at most `n`, `n,` or `n,m` repeats.
fn most_of(counts: &str) -> Option<usize> {
    counts.split(',').filter_map(|count| count.trim().parse().ok()).max()
}

/// Whether everything that a pattern fits begins with `text`, as far as that can be seen from how it is written: it spells `text` out, has
/// no other choice beside that, and repeats none of it. In the host a dot may stand for itself: no host is called like another
/// but for its dots. An owner may be.
pub(super) fn begins_with(pattern: &str, text: &str) -> bool {
    let written = pattern.strip_prefix('^').unwrap_or(pattern);
    // Nobody else has a host, or a name at GitHub, that differs in the case of its letters alone.
    let any_case = written.strip_prefix("(?i)").filter(|_| in_any_case(text));
    let is_same = |one: char, other: char| one == other || any_case.is_some() && one.eq_ignore_ascii_case(&other);
    let mut written = any_case.map_or(written, |rest| rest.strip_prefix('^').unwrap_or(rest));
    for (slashes, character) in text.chars().scan(0, |slashes, character| {
        *slashes += u8::from(character == '/' && *slashes < 3);
        Some((*slashes, character))
    }) {
        let escaped = written.strip_prefix('\\').filter(|_| character.is_ascii_punctuation());
        let is_plain = (character == '.' && slashes < 3) || !"\\.+*?()|[]{}^$#".contains(character);
        let Some(rest) = escaped
            .or(Some(written).filter(|_| is_plain))
            .and_then(|rest| rest.strip_prefix(|written| is_same(written, character)))
        else {
            return false;
        };
        if rest.starts_with(['?', '*', '+', '{']) {
            return false;
        }
        written = rest;
    }
    !text.is_empty() && !has_choice(written)
}

/// Whether a beginning says whose a name is in whatever case its letters are: its scheme and host do, and a name at GitHub.
fn in_any_case(begins: &str) -> bool {
    let is_host_alone = begins.matches('/').count() == 3;
    is_host_alone || begins.get(.."https://github.com/".len()).is_some_and(|host| host == "https://github.com/")
}

/// Whether a `|` stands outside of all brackets, or that cannot be told: what is not understood here is tried.
fn has_choice(pattern: &str) -> bool {
    let Some(pieces) = pieces(pattern) else { return true };
    let mut depth = 0_i32;
    for piece in pieces {
        match piece {
            Piece::Opens => depth = depth.saturating_add(1),
            Piece::Closes => depth = depth.saturating_sub(1),
            Piece::Or if depth <= 0 => return true,
            Piece::Or | Piece::Repeats(_) | Piece::Thing(_) => {}
        }
    }
    depth != 0
}

/// The ends of the ranges that a pattern's classes have, as far as they can be told: what a class lets in beside the signer's own
/// letter, its other end is.
pub(super) fn ends_of_ranges(pattern: &str) -> Vec<char> {
    let characters: Vec<char> = pattern.chars().collect();
    let mut ends: Vec<char> = characters
        .windows(3)
        .filter_map(|three| match three {
            [first, '-', last] if first < last => Some([*first, *last]),
            _ => None,
        })
        .flatten()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}
