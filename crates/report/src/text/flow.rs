//! Lines of a width, and characters that must not reach a terminal.

use core::fmt::Write;

/// Columns of a line, where its values allow.
pub(super) const WIDTH: usize = 80;

/// Appends `text` after `indent`, wrapped at spaces under its beginning, so that a long value stays whole on a line of
/// its own. The text may be foreign: it is made [`visible`] first, and so ends no line by itself.
pub(super) fn wrap(out: &mut String, indent: &str, text: &str) {
    let hanging = " ".repeat(indent.chars().count());
    wrap_under(out, indent, &hanging, text);
}

/// As [`wrap`], with another indent from the second line on.
pub(super) fn wrap_under(out: &mut String, first: &str, hanging: &str, text: &str) {
    let text = visible(text);
    let mut line = String::from(first);
    let mut width = first.chars().count();
    let mut empty = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !empty && width.saturating_add(length) >= WIDTH {
            push_line(out, &line);
            hanging.clone_into(&mut line);
            width = hanging.chars().count();
            empty = true;
        }
        if !empty {
            line.push(' ');
            width = width.saturating_add(1);
        }
        line.push_str(word);
        width = width.saturating_add(length);
        empty = false;
    }
    push_line(out, &line);
}

/// A line of our own making, as it stands.
pub(super) fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Foreign text must not steer a terminal nor forge a line: control characters, line ends among them, and bidirectional
/// and zero-width characters are spelled out (H-51).
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            // Writing to a String cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// Characters that a reader cannot see, or that change the order of what they see. Not the spaces: they look like one.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' // zero-width characters, direction marks
            | '\u{2028}'..='\u{202e}' // separators, bidirectional embeddings and overrides
            | '\u{2060}'..='\u{206f}' // joiners, invisible operators, bidirectional isolates
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}
