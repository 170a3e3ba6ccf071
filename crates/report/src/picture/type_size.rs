//! How wide a text may become, without knowing the reader's fonts: an upper estimate, so that what is laid out by it fits.

/// Sizes of type, in user units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Sans serif of 12.
    Small,
    /// Sans serif of 14.
    Body,
    /// Sans serif of 16, semibold.
    Heading,
}

impl Type {
    const fn size(self) -> u32 {
        match self {
            Self::Small => 12,
            Self::Body => 14,
            Self::Heading => 16,
        }
    }

    /// Distance of two lines.
    pub(super) const fn line(self) -> u32 {
        match self {
            Self::Small => 16,
            Self::Body => 18,
            Self::Heading => 22,
        }
    }

    /// Width of `text`, in user units, at the most.
    pub(super) fn width(self, text: &str) -> u32 {
        text.chars().map(hundredths).sum::<u32>().saturating_mul(self.size()).div_ceil(100)
    }

    /// `text` in lines of at most `width`, at most `lines` of them; a longer one ends in an ellipsis. Breaks at spaces,
    /// and a word that is too long anywhere.
    pub(super) fn wrap(self, text: &str, width: u32, lines: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (word, tail) = rest.split_once(' ').unwrap_or((rest, ""));
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined) <= width {
                line = joined;
                rest = tail.trim_start();
            } else if line.is_empty() {
                let fitting = self.beginning(word, width);
                out.push(fitting.to_owned());
                rest = rest.get(fitting.len()..).unwrap_or_default();
            } else {
                out.push(core::mem::take(&mut line));
            }
            if out.len() > lines {
                break;
            }
        }
        if !line.is_empty() {
            out.push(line);
        }
        if out.len() > lines {
            out.truncate(lines);
            if let Some(last) = out.last_mut() {
                self.end_in_ellipsis(last, width);
            }
        }
        out
    }

    /// `text` in one line of at most `width`.
    pub(super) fn fit(self, text: &str, width: u32) -> String {
        self.wrap(text, width, 1).pop().unwrap_or_default()
    }

    /// The longest beginning of `word` that fits, one character at least.
    fn beginning(self, word: &str, width: u32) -> &str {
        let mut end = 0;
        for (at, character) in word.char_indices() {
            let next = at.saturating_add(character.len_utf8());
            if end > 0 && word.get(..next).is_none_or(|start| self.width(start) > width) {
                break;
            }
            end = next;
        }
        word.get(..end).unwrap_or(word)
    }

    fn end_in_ellipsis(self, line: &mut String, width: u32) {
        line.push('\u{2026}');
        while self.width(line) > width && line.chars().count() > 1 {
            line.pop();
            line.pop();
            line.push('\u{2026}');
        }
    }
}

/// Hundredths of the type size that a character takes at the most, in the usual sans-serif fonts. What is spelled out
/// when it is written counts as it is written.
const fn hundredths(character: char) -> u32 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 34,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 100,
        'A'..='Z' | '&' => 78,
        ' '..='~' => 62,
        '\u{a0}'..='\u{2ff}' => 80,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{ffff}' => 560,
        _ => 120,
    }
}

#[cfg(test)]
mod tests {
    use super::Type;

    #[test]
    fn words_are_kept_whole_where_they_fit_and_cut_where_not() {
        let wrapped = Type::Body.wrap("one two aaaaaaaaaaaaaaaaaaaaaaaa b", 70, 9);
        assert_eq!(wrapped, ["one two", "aaaaaaaa", "aaaaaaaa", "aaaaaaaa", "b"]);
        assert!(wrapped.iter().all(|line| Type::Body.width(line) <= 70));
    }

    #[test]
    fn what_is_cut_off_ends_in_an_ellipsis_and_what_fits_does_not() {
        assert_eq!(Type::Body.wrap("one two three four", 70, 1), ["one tw\u{2026}"]);
        assert_eq!(Type::Body.wrap("one two", 70, 1), ["one two"]);
        assert_eq!(Type::Body.fit("", 70), "");
    }
}
