//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::place;

/// What went wrong, as one line for the person.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// A command that runs in the project's root, with our own tools first on the path.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(place::root()).env("PATH", path());
    command
}

/// Cargo, as the one that runs us.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Prints and runs; an exit status other than zero is an error.
pub(crate) fn run(command: &mut Command) -> Outcome {
    println!("$ {}", line(command));
    let status = command.status().map_err(|error| format!("{}: {error}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("failed ({status}): {}", line(command))) }
}

/// Runs without printing and returns the standard output; standard error is dropped.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::null()).output().map_err(|error| format!("{}: {error}", line(command)))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("failed ({}): {}", output.status, line(command)))
    }
}

/// Runs a program on a text; returns what it makes of it.
pub(crate) fn filtered(command: &mut Command, text: &str) -> Outcome<String> {
    let failed = |why: String| format!("failed ({why}): {}", line(command));
    let mut child = Command::new(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    // It reads all before it writes, so neither waits for the other.
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).map_err(|error| failed(error.to_string()))?;
    }
    let output = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
    } else {
        Err(failed(output.status.to_string()))
    }
}

/// Where a program is found, if it is.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

fn path() -> std::ffi::OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(place::tools().join("bin")).chain(std::env::split_paths(&old));
    std::env::join_paths(folders).unwrap_or(old)
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Tests, as their runner counted them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Those that held.
    pub(crate) passed: u64,
    /// Those that did not.
    pub(crate) failed: u64,
}

/// Runs and prints, and adds up the runner's closing lines: "test result: ok. 3 passed; 0 failed; …" of cargo, "e2e: 3 passed,
/// 0 failed" of our scripts, "corpus: 3 right of 3".
pub(crate) fn counted(command: &mut Command) -> Outcome<Count> {
    println!("$ {}", line(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{}: {error}", line(command)))?;
    let mut count = Count::default();
    for text in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok)
    {
        println!("{text}");
        if let Some(closing) = closing_line(&text) {
            count.passed += closing.passed;
            count.failed += closing.failed;
        }
    }
    let status = child.wait().map_err(|error| format!("{}: {error}", line(command)))?;
    // A runner that stopped before it counted has failed all the same.
    if !status.success() && count.failed == 0 {
        return Err(format!("failed ({status}): {}", line(command)));
    }
    Ok(count)
}

fn closing_line(text: &str) -> Option<Count> {
    let number_before =
        |word: &str| -> Option<u64> { text.split(word).next()?.split_whitespace().next_back()?.parse().ok() };
    if let Some(rest) = text.strip_prefix("corpus: ") {
        let mut numbers = rest.split_whitespace().filter_map(|word| word.parse::<u64>().ok());
        let (right, all) = (numbers.next()?, numbers.next()?);
        return Some(Count { passed: right, failed: all.saturating_sub(right) });
    }
    let counts = text.starts_with("test result: ") || text.starts_with("e2e: ");
    counts.then(|| Some(Count { passed: number_before(" passed")?, failed: number_before(" failed")? }))?
}

#[cfg(test)]
mod tests {
    use super::{Count, closing_line};

    #[test]
    fn closing_lines_are_counted() {
        let count = |passed, failed| Some(Count { passed, failed });
        for (text, expected) in [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", count(12, 0)),
            ("test result: FAILED. 1 passed; 2 failed; 0 ignored", count(1, 2)),
            ("e2e: 31 passed, 1 failed", count(31, 1)),
            ("corpus: 190 right of 191", count(190, 1)),
            ("running 3 tests", None),
            ("3 passed, 0 failed", None),
        ] {
            assert_eq!(closing_line(text), expected, "{text}");
        }
    }
}
