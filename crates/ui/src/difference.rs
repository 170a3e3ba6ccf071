//! In what two values differ, as far as an eye can use it.

/// So many differing characters are underlined one by one; with more the whole value is.
const FEW: usize = 4;

/// In what a found value differs from an expected one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Equal, or nothing to compare with.
    None,
    /// In most of it.
    Whole,
    /// In a few characters.
    Few {
        /// The found value in pieces: (text, whether it differs).
        marked: Vec<(String, bool)>,
        /// Characters that stand in the place of others; empty when characters were added or left out.
        spelled: Vec<Substitution>,
    },
}

/// One character in the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Substitution {
    /// Place, from 1.
    pub place: usize,
    /// Expected here.
    pub expected: char,
    /// Found here.
    pub found: char,
}

/// Compares by character, never by meaning.
pub(crate) fn difference(expected: &str, found: &str) -> Difference {
    if expected == found || expected.is_empty() || found.is_empty() {
        return Difference::None;
    }
    let (length, other) = (expected.chars().count(), found.chars().count());
    if length == other {
        return substituted(expected, found, length);
    }
    inserted(expected, found)
}

fn substituted(expected: &str, found: &str, length: usize) -> Difference {
    let spelled: Vec<Substitution> = (1..)
        .zip(expected.chars().zip(found.chars()))
        .filter(|(_, (expected, found))| expected != found)
        .map(|(place, (expected, found))| Substitution { place, expected, found })
        .take(FEW + 1)
        .collect();
    if spelled.len() > FEW || spelled.len() * 2 > length {
        return Difference::Whole;
    }
    let mut marked: Vec<(String, bool)> = Vec::new();
    for (wanted, character) in expected.chars().zip(found.chars()) {
        let differs = wanted != character;
        match marked.last_mut() {
            Some((text, same)) if *same == differs => text.push(character),
            _ => marked.push((character.to_string(), differs)),
        }
    }
    Difference::Few { marked, spelled }
}

/// One run of characters added or left out, with the same before and after it.
fn inserted(expected: &str, found: &str) -> Difference {
    let same = |(a, b): &(char, char)| a == b;
    let before: usize = expected.chars().zip(found.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (expected, rest) = (expected.get(before..).unwrap_or_default(), found.get(before..).unwrap_or_default());
    let after: usize = expected.chars().rev().zip(rest.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (added, tail) = rest.split_at_checked(rest.len() - after).unwrap_or((rest, ""));
    let left_out = expected.len() - after;
    if added.chars().count().max(left_out) > FEW || before + after < found.len() / 2 {
        return Difference::Whole;
    }
    let head = found.get(..before).unwrap_or_default();
    let pieces = [(head, false), (added, true), (tail, false)];
    // What was only left out cannot be underlined; the neighbour before the hole stands for it.
    if added.is_empty() {
        return Difference::Whole;
    }
    let marked =
        pieces.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, differs)| (text.to_owned(), differs));
    Difference::Few { marked: marked.collect(), spelled: Vec::new() }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "rows read better")]
    fn check(expected: &str, found: &str, told: Expect) {
        let said = match difference(expected, found) {
            Difference::None => "equal".to_owned(),
            Difference::Whole => "whole".to_owned(),
            Difference::Few { marked, spelled } => {
                let marks: String = marked
                    .iter()
                    .map(|(text, differs)| if *differs { format!("[{text}]") } else { text.clone() })
                    .collect();
                let places: String =
                    spelled.iter().map(|one| format!(" {}:{}>{}", one.place, one.expected, one.found)).collect();
                marks + &places
            }
        };
        told.assert_eq(&said);
    }

    #[test]
    fn few_or_whole() {
        check("aldersea/lantern", "aldersea/lantern", expect!["equal"]);
        check("aldersea/lantern", "a1dersea/lantern", expect!["a[1]dersea/lantern 2:l>1"]);
        check("alice@example.com", "аlice@example.com", expect!["[а]lice@example.com 1:a>а"]);
        check("refs/tags/v1.2.0", "refs/tags/v1.2.0-rc", expect!["refs/tags/v1.2.0[-rc]"]);
        check("modern/tool", "modem/tool", expect!["mode[m]/tool"]);
        check("modem/tool", "modern/tool", expect!["mode[rn]/tool"]);
        check("refs/heads/main", "refs/heads/mai", expect!["whole"]);
        check("alice@example.com", "bob@example.org", expect!["whole"]);
        check("f6a66ac1ba1453ed", "f5226a9b0d801be1", expect!["whole"]);
        check("ab", "ba", expect!["whole"]);
        check("", "x", expect!["equal"]);
    }
}
