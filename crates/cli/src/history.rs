//! `touchstone history check FILE`: whether a history that the page exported is whole.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use touchstone_report::document::Outcome;
use touchstone_report::history::{self, Checked};

use crate::input;
use crate::run::{REJECTED, VERIFIED, stopped};

/// Arguments of `touchstone history`.
#[derive(Debug, Args)]
pub struct HistoryArguments {
    /// What to do.
    #[command(subcommand)]
    pub command: HistoryCommand,
}

/// What can be done with a history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Tell whether no line was removed, changed or moved, and where if one was.
    ///
    /// Exit status: 0 when it is whole, 1 when it is not, 2 when it cannot be read.
    Check(HistoryCheck),
}

/// Arguments of `touchstone history check`.
#[derive(Debug, Args)]
pub struct HistoryCheck {
    /// The history, as the page exported it: JSON lines.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// SHA-256 of a line that was noted earlier. Without one, a history that somebody wrote anew from some line on looks
    /// whole.
    #[arg(long, value_name = "SHA256")]
    pub noted: Option<String>,
}

/// Runs the command to its exit code.
#[must_use]
pub fn command(arguments: &HistoryArguments) -> ExitCode {
    let HistoryCommand::Check(asked) = &arguments.command;
    let noted = match asked.noted.as_deref().map(digest_noted).transpose() {
        Ok(noted) => noted,
        Err(error) => return stopped(&error),
    };
    let limit = u64::try_from(history::MAX_BYTES).unwrap_or(u64::MAX);
    let bytes = match input::read_capped(&asked.file, "history", limit) {
        Ok(bytes) => bytes,
        Err(error) => return stopped(&error.to_string()),
    };
    let (said, is_whole) = match core::str::from_utf8(&bytes) {
        Ok(text) => {
            let checked = history::check(text, noted.as_deref());
            (words(&asked.file, &checked, asked.noted.is_some()), checked.problems.is_empty())
        }
        // Other bytes could stand in the place of those that a line had.
        Err(error) => {
            let line = bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
            let shown = asked.file.display();
            let line = line.saturating_add(1);
            (format!("{shown} is not whole:\n  line {line}: is not UTF-8, so it was changed.\n"), false)
        }
    };
    if let Err(error) = write!(io::stdout(), "{said}") {
        return stopped(&format!("cannot write the result: {error}"));
    }
    ExitCode::from(if is_whole { VERIFIED } else { REJECTED })
}

/// The 64 hex digits of a digest, alone or after `sha256:`.
///
/// # Errors
/// What is no such digest: looked for, it would make a whole history look as if it were written anew.
fn digest_noted(written: &str) -> Result<String, String> {
    let written = written.trim().to_ascii_lowercase();
    let digits = written.strip_prefix("sha256:").unwrap_or(&written);
    if digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(digits.to_owned());
    }
    Err(format!("--noted: expected the SHA-256 of a line, 64 hex digits, found {written:?}"))
}

/// What is said of a history.
#[must_use]
pub fn words(path: &Path, checked: &Checked, noted: bool) -> String {
    let shown = path.display();
    let mut out = if checked.problems.is_empty() {
        let count = |outcome: Outcome| checked.lines.iter().filter(|line| line.verdict == outcome).count();
        format!(
            "{shown} is whole: {} line{}, {} verified, {} rejected, {} incomplete.\n",
            checked.lines.len(),
            if checked.lines.len() == 1 { "" } else { "s" },
            count(Outcome::Verified),
            count(Outcome::Rejected),
            count(Outcome::Incomplete)
        )
    } else {
        format!("{shown} is not whole:\n")
    };
    for problem in &checked.problems {
        out.push_str(&format!("  {}\n", touchstone_report::text::visible(&problem.to_string())));
    }
    if checked.problems.is_empty() && !checked.head.digest.is_empty() {
        out.push_str(&format!("SHA-256 of the last line: {}\n", checked.head.digest));
    }
    if !noted {
        out.push_str(
            "Whoever holds the whole file can write it anew. Note the last line\u{2019}s SHA-256 elsewhere, and give it with \
             --noted the next time.\n",
        );
    }
    out
}
