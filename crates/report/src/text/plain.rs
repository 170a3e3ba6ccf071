//! Text that no form makes anything else of.

use super::visible;

/// One line of text in which no character means anything to Markdown or to HTML.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut number = true;
    for character in visible(text).trim_start().chars() {
        // Every ASCII punctuation character may be escaped (CommonMark 0.31, §2.4); those that can begin something are:
        // marks anywhere, a list's at the start, and what GitHub would make a link of (`www.`, `scheme:`).
        let marks = "\\`*_{}[]<>()#+!|~&@:".contains(character);
        let starts = before.is_none() && "-=".contains(character);
        let joins = character == '.' && (number || matches!(before, Some('w' | 'W')));
        if marks || starts || joins {
            out.push('\\');
        }
        out.push(character);
        number = number && character.is_ascii_digit();
        before = Some(character);
    }
    out
}
