//! Command lines of this and of other tools: read into a [`Question`], and a question written as each of them.
//!
//! What a tool means and what is asked here are not always the same. Reading says in a note what is not carried over, and
//! writing says in a sentence what the other tool does not check. Nothing is dropped silently (H-14): an option that no
//! table knows is an error.

mod cosign;
mod gh;
mod options;
mod pattern;
mod slsa_verifier;
mod touchstone;
mod words;

use serde::{Deserialize, Serialize};

pub(crate) use pattern::escaped;

use crate::question::Question;

/// A tool whose command lines are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// `touchstone verify`.
    Touchstone,
    /// `cosign verify-blob`, `verify-blob-attestation`, `verify-attestation`, `verify`.
    Cosign,
    /// `gh attestation verify`.
    Gh,
    /// `slsa-verifier verify-artifact`, `verify-image`, `verify-npm-package`, `verify-github-attestation`, `verify-vsa`.
    SlsaVerifier,
}

/// Names of the files that go with a question, as a command line gives them. Empty: none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Files {
    /// The bundle.
    pub bundle: String,
    /// The artifact: a file name, or `sha256:…`.
    pub artifact: String,
    /// No artifact, on purpose.
    pub any_artifact: bool,
    /// The public key.
    pub key: String,
    /// Further keys.
    pub further_keys: Vec<String>,
    /// A registry's list of its keys.
    pub registry_keys: String,
    /// Further evidence.
    pub evidence: Vec<String>,
    /// The trusted root.
    pub trusted_root: String,
}

/// A command line, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Whose command it is.
    pub tool: Tool,
    /// What it asks, in the terms of this program.
    pub question: Question,
    /// The files it names.
    pub files: Files,
    /// What is not carried over, or means something else here: a sentence or two each.
    pub notes: Vec<String>,
}

/// A question, written for a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The command line; `None` when the tool cannot ask this, and then [`Written::unlike`] says why.
    pub command: Option<String>,
    /// What the other tool does not check, or asks otherwise: a sentence each.
    pub unlike: Vec<String>,
}

/// A command line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommandError {
    /// Nothing was written.
    Empty,
    /// It has more than [`COMMAND_BYTES`](crate::limits::COMMAND_BYTES) or
    /// [`COMMAND_WORDS`](crate::limits::COMMAND_WORDS).
    TooLong {
        /// Bytes found.
        bytes: usize,
    },
    /// A quotation mark without its partner.
    OpenQuote {
        /// `'` or `"`.
        quote: char,
    },
    /// Something that only a shell can fill in: a variable or the output of another command.
    NeedsShell {
        /// The text from there on, a few characters.
        found: String,
    },
    /// More than one command.
    Several {
        /// The first words of the second.
        found: String,
    },
    /// It is the command of no tool that is known here.
    UnknownTool {
        /// Its first words.
        found: String,
    },
    /// The tool has no such option, as far as it is known here.
    UnknownOption {
        /// Tool and command.
        command: &'static str,
        /// The option as written.
        option: String,
    },
    /// An option that needs a value stands at the end.
    MissingValue {
        /// The option as written.
        option: String,
    },
    /// A value that cannot be used.
    BadValue {
        /// The option as written.
        option: String,
        /// The value found.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Two options that exclude each other, or one given twice that is given once.
    Twice {
        /// The option as written.
        option: String,
    },
    /// An option without which the question makes no sense.
    MissingOption {
        /// Tool and command.
        command: &'static str,
        /// Which option, in words.
        expected: &'static str,
    },
}

impl core::fmt::Display for CommandError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => formatter
                .write_str("There is no command here. Paste one, for example one that begins with cosign verify-blob."),
            Self::TooLong { bytes } => write!(
                formatter,
                "This has {bytes} bytes, more than a command line has here ({} bytes and {} words at most).",
                crate::limits::COMMAND_BYTES,
                crate::limits::COMMAND_WORDS
            ),
            Self::OpenQuote { quote } => {
                write!(formatter, "A quotation mark {quote} has no partner. Paste the whole command.")
            }
            Self::NeedsShell { found } => write!(
                formatter,
                "{found:?} is filled in by a shell, and there is none here. Put in what it stands for."
            ),
            Self::Several { found } => {
                write!(formatter, "These are two commands or more: another begins with {found:?}. Paste one of them.")
            }
            Self::UnknownTool { found } => write!(
                formatter,
                "{found:?} is no command that is read here. Expected touchstone verify, cosign verify-blob, \
                 verify-blob-attestation, verify-attestation or verify, gh attestation verify, or slsa-verifier verify-…"
            ),
            Self::UnknownOption { command, option } => write!(
                formatter,
                "{option:?} is no option of {command} that is known here. Nothing was filled in, because what it asks \
                 would be left out. Take it away if it does not matter."
            ),
            Self::MissingValue { option } => write!(formatter, "{option} needs a value, and the command ends there."),
            Self::BadValue { option, found, expected } => {
                write!(formatter, "{option} has the value {found:?}. Expected {expected}.")
            }
            Self::Twice { option } => {
                write!(formatter, "{option} is given twice, or excludes an option before it. Keep one of them.")
            }
            Self::MissingOption { command, expected } => {
                write!(formatter, "{command} needs {expected}, and it is not there.")
            }
        }
    }
}

impl core::error::Error for CommandError {}

/// Reads a command line as a person pastes it: quotes, line continuations, a prompt before it.
///
/// # Errors
/// When it is none that is known here, or asks something by an option that is not known here.
pub fn read(line: &str) -> Result<Read, CommandError> {
    let split = words::split(line)?;
    let mut read = read_words(&split.words)?;
    read.notes.splice(0..0, split.notes);
    Ok(read)
}

fn read_words(all: &[String]) -> Result<Read, CommandError> {
    let words: Vec<&str> = all.iter().map(String::as_str).collect();
    if let Some(found) = second_command(&words) {
        return Err(CommandError::Several { found });
    }
    let program = words.first().map_or("", |word| program_name(word));
    let unknown = || CommandError::UnknownTool { found: words.iter().take(3).copied().collect::<Vec<_>>().join(" ") };
    match (program, words.get(1..).unwrap_or_default()) {
        ("touchstone", ["verify", rest @ ..]) => touchstone::read(rest),
        ("cosign", [verb, rest @ ..]) => cosign::read(verb, rest).ok_or_else(unknown)?,
        ("gh", ["attestation" | "at", "verify", rest @ ..]) => gh::read(rest),
        ("slsa-verifier", [verb, rest @ ..]) => slsa_verifier::read(verb, rest).ok_or_else(unknown)?,
        _ => Err(unknown()),
    }
}

/// The beginning of another command further on. A file may be called like a tool, but a verb does not follow it.
fn second_command(words: &[&str]) -> Option<String> {
    let begins = |two: &&[&str]| match two {
        [program, verb] => match program_name(program) {
            "touchstone" | "cosign" | "slsa-verifier" => verb.starts_with("verify"),
            "gh" => matches!(*verb, "attestation" | "at"),
            _ => false,
        },
        _ => false,
    };
    words.windows(2).skip(1).find(begins).map(|two| two.join(" "))
}

/// `/usr/local/bin/cosign`, `cosign.exe`, `slsa-verifier-linux-amd64`: the program's own name.
fn program_name(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let name = name.strip_suffix(".exe").unwrap_or(name);
    if name.starts_with("slsa-verifier-") {
        return "slsa-verifier";
    }
    if name.starts_with("cosign-") { "cosign" } else { name }
}

/// Writes `question` as a command of `tool`. The command asks at most what the question asks; where it asks less,
/// [`Written::unlike`] says so.
#[must_use]
pub fn write(tool: Tool, question: &Question, files: &Files) -> Written {
    match tool {
        Tool::Touchstone => Written { command: Some(touchstone::write(question, files)), unlike: Vec::new() },
        Tool::Cosign => cosign::write(question, files),
        Tool::Gh => gh::write(question, files),
        Tool::SlsaVerifier => slsa_verifier::write(question, files),
    }
}

#[cfg(test)]
mod tests;
