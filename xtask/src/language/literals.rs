//! The string literals of a source, without those of its tests, its attributes and its comments.

/// A string literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    /// Line, from 1.
    pub(super) line: usize,
    /// The code before it, on its own line or the one before, white space left out.
    pub(super) before: String,
    /// What it says, escapes taken back.
    pub(super) text: String,
}

/// How much of the code before a literal is kept.
const BEFORE: usize = 48;

/// Every string literal of Rust or JavaScript code that can run outside of tests, in order. A JavaScript template is given with
/// `{}` for each of its values.
pub(super) fn literals(text: &str, script: bool) -> Vec<Literal> {
    let mut reader = Reader { rest: text.chars().collect::<Vec<_>>().into(), line: 1, before: String::new() };
    let mut found = Vec::new();
    let mut muted: Option<Muted> = None;
    while let Some(next) = reader.peek(0) {
        if !script && muted.is_none() && reader.starts("#[cfg(test)]") {
            reader.skip("#[cfg(test)]".len());
            muted = Some(Muted { depth: 0, attribute: false });
            continue;
        }
        if !script && muted.is_none() && (reader.starts("#[") || reader.starts("#![")) {
            muted = Some(Muted { depth: 0, attribute: true });
        }
        let line = reader.line;
        let before = reader.before.clone();
        if let Some(text) = reader.literal(script) {
            if muted.is_none() {
                found.push(Literal { line, before, text });
            }
            continue;
        }
        reader.skip(1);
        if let Some(state) = &mut muted {
            let (open, close) = if state.attribute { ('[', ']') } else { ('{', '}') };
            let depth = match next {
                _ if next == open => state.depth + 1,
                _ if next == close => state.depth.saturating_sub(1),
                _ => state.depth,
            };
            let ended = depth == 0 && (next == close || (!state.attribute && next == ';'));
            state.depth = depth;
            if ended {
                muted = None;
            }
        }
    }
    found
}

/// Code that is passed over: an attribute, or what `#[cfg(test)]` stands before.
struct Muted {
    depth: usize,
    attribute: bool,
}

struct Reader {
    rest: std::collections::VecDeque<char>,
    line: usize,
    before: String,
}

impl Reader {
    fn peek(&self, at: usize) -> Option<char> {
        self.rest.get(at).copied()
    }

    fn starts(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(at, character)| self.peek(at) == Some(character))
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.pop_front()?;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    /// Passes over what is no code.
    fn drop(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    /// Passes over code, and remembers it.
    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            let Some(next) = self.next() else { return };
            if !next.is_whitespace() {
                self.before.push(next);
            }
        }
        if let Some((cut, _)) = self.before.char_indices().rev().nth(BEFORE) {
            self.before.drain(..cut);
        }
    }

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|next| next != '\n') {
            self.next();
        }
    }

    /// The string literal that begins here; a comment, a character or a literal of bytes is passed over as an empty one.
    fn literal(&mut self, script: bool) -> Option<String> {
        let word = self.before.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '_');
        match self.peek(0)? {
            '/' if self.starts("//") => self.skip_line(),
            '/' if self.starts("/*") => {
                while self.peek(0).is_some() && !self.starts("*/") {
                    self.next();
                }
                self.next();
                self.next();
            }
            '"' => {
                self.next();
                let text = self.quoted('"');
                self.before.push_str("\"\"");
                return Some(text);
            }
            '`' if script => {
                self.next();
                let text = self.quoted('`');
                self.before.push_str("\"\"");
                return Some(text);
            }
            '\'' if self.peek(1) == Some('\\') => {
                self.next();
                self.next();
                self.next();
                while self.next().is_some_and(|next| next != '\'') {}
            }
            '\'' if self.peek(2) == Some('\'') => self.drop(3),
            'r' if !script && !word && matches!(self.peek(1), Some('"' | '#')) => return self.raw(),
            'b' if !script && !word && self.peek(1) == Some('"') => {
                self.next();
                self.next();
                self.quoted('"');
            }
            _ => return None,
        }
        Some(String::new())
    }

    fn raw(&mut self) -> Option<String> {
        let hashes = (1..).take_while(|&at| self.peek(at) == Some('#')).count();
        if self.peek(1 + hashes) != Some('"') {
            return None;
        }
        self.drop(2 + hashes);
        let end = format!("\"{}", "#".repeat(hashes));
        let mut text = String::new();
        while !self.starts(&end) {
            text.push(self.next()?);
        }
        self.drop(end.len());
        Some(text)
    }

    /// Up to the closing quote, which is passed over too.
    fn quoted(&mut self, quote: char) -> String {
        let mut text = String::new();
        while let Some(next) = self.next() {
            match next {
                _ if next == quote => break,
                '\\' => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('u') => text.extend(self.code_point()),
                    Some('\n') => {
                        while self.peek(0).is_some_and(char::is_whitespace) {
                            self.next();
                        }
                    }
                    Some(other) => text.push(other),
                    None => {}
                },
                '$' if quote == '`' && self.peek(0) == Some('{') => {
                    text.push_str("{}");
                    let mut depth = 0_usize;
                    while let Some(next) = self.next() {
                        depth = match next {
                            '{' => depth + 1,
                            '}' => depth.saturating_sub(1),
                            _ => depth,
                        };
                        if depth == 0 {
                            break;
                        }
                    }
                }
                _ => text.push(next),
            }
        }
        text
    }

    /// `{2026}` of Rust, `2026` of JavaScript.
    fn code_point(&mut self) -> Option<char> {
        let braced = self.peek(0) == Some('{');
        let mut digits = String::new();
        if braced {
            self.next();
            while let Some(digit) = self.next().filter(|next| *next != '}') {
                digits.push(digit);
            }
        } else {
            for _ in 0..4 {
                digits.extend(self.next());
            }
        }
        u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)
    }
}

#[cfg(test)]
mod tests {
    use super::literals;

    fn texts(source: &str, script: bool) -> Vec<String> {
        literals(source, script).into_iter().map(|literal| literal.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn what_stands_in_comments_attributes_characters_and_tests_is_no_literal() {
        let source = r##"
            // "a comment"
            /* "another" */
            #[expect(lint, reason = "a reason")]
            fn said<'a>(quote: char) -> &'a str {
                if quote == '"' || quote == '\'' || quote == '\u{201c}' { b"bytes"; "one\u{a0}word" } else { r#"a "raw" one"# }
            }
            #[cfg(test)]
            mod tests { fn it() { "of a { test" } }
            const LONG: &str = "over two \
                lines";
        "##;
        assert_eq!(texts(source, false), ["one\u{a0}word", "a \"raw\" one", "over two lines"]);
    }

    #[test]
    fn a_template_of_a_script_has_places_for_its_values() {
        assert_eq!(texts("say(`open ${n === 1 ? \"once\" : `${n} times`} more`)", true), ["open {} more"]);
    }
}
