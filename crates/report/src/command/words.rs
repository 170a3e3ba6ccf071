//! Words of a POSIX shell: taken apart, and put together again.

use super::CommandError;
use crate::limits::{COMMAND_BYTES, COMMAND_WORDS};

/// A command line in words, and what of it was not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) words: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Takes a command line apart. Ends at the first unquoted `|`, `;`, `&`, `<` or `>`, which a note says.
pub(super) fn split(line: &str) -> Result<Split, CommandError> {
    if line.len() > COMMAND_BYTES {
        return Err(CommandError::TooLong { bytes: line.len() });
    }
    let mut reader = Reader { rest: line, word: None, words: Vec::new(), notes: Vec::new(), begins: true };
    reader.read()?;
    let Reader { mut words, mut notes, .. } = reader;
    if words.len() > COMMAND_WORDS {
        return Err(CommandError::TooLong { bytes: line.len() });
    }
    // A prompt, whose rights it runs with, and variables set for this command alone.
    if words.first().is_some_and(|word| matches!(word.as_str(), "$" | "%" | ">")) {
        words.remove(0);
    }
    loop {
        while let Some((name, _)) =
            words.first().and_then(|word| word.split_once('=')).filter(|(name, _)| is_variable(name))
        {
            notes.push(format!("The variable {name} that is set for this command is not carried over."));
            words.remove(0);
        }
        if words.first().is_none_or(|word| word != "sudo") {
            break;
        }
        words.remove(0);
        while let Some(option) = words.first().filter(|word| word.starts_with('-')).cloned() {
            words.remove(0);
            if matches!(option.as_str(), "-u" | "-g" | "-p" | "-C" | "-D" | "-R" | "-T" | "--user" | "--group")
                && !words.is_empty()
            {
                words.remove(0);
            }
        }
    }
    if words.is_empty() { Err(CommandError::Empty) } else { Ok(Split { words, notes }) }
}

struct Reader<'a> {
    rest: &'a str,
    /// The word being read; `Some("")` after a pair of quotes with nothing between.
    word: Option<String>,
    words: Vec<String>,
    notes: Vec<String>,
    /// Nothing of this line was read yet.
    begins: bool,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), CommandError> {
        while let Some(character) = self.next() {
            match character {
                ' ' | '\t' | '\n' | '\r' => {
                    self.end_word();
                    self.begins |= character == '\n';
                }
                '\'' => self.single_quoted()?,
                '"' => self.double_quoted()?,
                '\\' => self.escaped(),
                '#' if self.word.is_none() => self.skip_line(),
                '$' if self.word.is_none() && self.rest.starts_with([' ', '\t']) && self.words.is_empty() => {
                    self.push('$');
                    self.end_word();
                }
                // A second prompt is a second command.
                '$' if self.word.is_none() && self.rest.starts_with([' ', '\t']) && self.begins => {
                    let found = self.rest.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
                    return Err(CommandError::Several { found });
                }
                '$' | '`' => return Err(self.needs_shell(character)),
                '|' | ';' | '&' | '<' | '>' => {
                    let what = format!("{character}{}", self.rest);
                    let few: String = what.chars().take(24).collect();
                    self.notes.push(format!("What begins with {few:?} was not read: it belongs to the shell."));
                    break;
                }
                _ => self.push(character),
            }
            if self.words.len() > COMMAND_WORDS {
                break;
            }
        }
        self.end_word();
        Ok(())
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
        Some(character)
    }

    fn push(&mut self, character: char) {
        self.word.get_or_insert_default().push(character);
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            self.words.push(word);
            self.begins = false;
        }
    }

    fn skip_line(&mut self) {
        self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
    }

    /// Outside of quotes: a line end after it joins two lines, as `\r\n` too.
    fn escaped(&mut self) {
        match self.next() {
            Some('\r') if self.rest.starts_with('\n') => drop(self.next()),
            Some('\n') | None => {}
            Some(character) => self.push(character),
        }
    }

    fn single_quoted(&mut self) -> Result<(), CommandError> {
        let (text, rest) = self.rest.split_once('\'').ok_or(CommandError::OpenQuote { quote: '\'' })?;
        self.word.get_or_insert_default().push_str(text);
        self.rest = rest;
        Ok(())
    }

    fn double_quoted(&mut self) -> Result<(), CommandError> {
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                None => return Err(CommandError::OpenQuote { quote: '"' }),
                Some('"') => return Ok(()),
                // A dollar sign at the end of a pattern is no variable.
                Some('$')
                    if !self.rest.starts_with(|next: char| {
                        next == '{' || next == '(' || next == '_' || next.is_ascii_alphanumeric()
                    }) =>
                {
                    self.push('$');
                }
                Some(character @ ('$' | '`')) => return Err(self.needs_shell(character)),
                Some('\\') => match self.next() {
                    Some('\n') => {}
                    Some(character @ ('"' | '\\' | '$' | '`')) => self.push(character),
                    Some(character) => {
                        self.push('\\');
                        self.push(character);
                    }
                    None => return Err(CommandError::OpenQuote { quote: '"' }),
                },
                Some(character) => self.push(character),
            }
        }
    }

    fn needs_shell(&self, character: char) -> CommandError {
        let found =
            core::iter::once(character).chain(self.rest.chars().take_while(|next| !next.is_whitespace()).take(20));
        CommandError::NeedsShell { found: found.collect() }
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|one| one == '_' || one.is_ascii_alphanumeric())
}

/// One word for a POSIX shell, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    let plain = |one: char| {
        one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | '/' | ':' | '@' | '%' | '+' | '=' | ',')
    };
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn file_word(name: &str) -> String {
    if name.starts_with('-') { quoted(&format!("./{name}")) } else { quoted(name) }
}

/// A command line being written: an option a line.
pub(super) struct Line {
    words: Vec<String>,
}

impl Line {
    pub(super) fn new(command: &str) -> Self {
        Self { words: vec![command.to_owned()] }
    }

    pub(super) fn switch(&mut self, name: &str) {
        self.words.push(name.to_owned());
    }

    /// With `=` where the value begins with a dash, so that it is not taken for an option.
    pub(super) fn option(&mut self, name: &str, value: &str) {
        let between = if value.starts_with('-') { '=' } else { ' ' };
        self.words.push(format!("{name}{between}{}", quoted(value)));
    }

    /// An option that is left out when there is no value.
    pub(super) fn maybe(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.option(name, value);
        }
    }

    /// A file; a name that begins with a dash is never read as an option.
    pub(super) fn file(&mut self, name: &str) {
        self.words.push(file_word(name));
    }

    /// An option that names a file; one without a name is called `otherwise`.
    pub(super) fn file_option(&mut self, option: &str, name: &str, otherwise: &str) {
        let name = if name.is_empty() { otherwise } else { name };
        self.words.push(format!("{option} {}", file_word(name)));
    }

    pub(super) fn finish(self) -> String {
        self.words.join(" \\\n  ")
    }
}
