//! Each file in `crates/verify/src/checks` is one check, and its doc comment is the text behind "why?".

use super::File;

/// Checks whose documentation names no rule of the specification.
pub(super) fn without_reference(files: &[File]) -> Vec<String> {
    let checks = files.iter().filter(|file| is_check(file));
    checks
        .filter(|file| !documentation(file).split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(is_rule_id))
        .map(|file| format!("{}: no rule id such as B-41 in its documentation", file.path))
        .collect()
}

/// `mod.rs` only lists the checks.
fn is_check(file: &File) -> bool {
    file.path.starts_with("crates/verify/src/checks/") && file.is_rust() && !file.path.ends_with("/mod.rs")
}

fn documentation(file: &File) -> String {
    let comments =
        file.text.lines().map(str::trim_start).filter(|line| line.starts_with("//!") || line.starts_with("///"));
    comments.collect::<Vec<_>>().join("\n")
}

/// `B-41`: a letter from A to J, a hyphen, digits.
fn is_rule_id(word: &str) -> bool {
    word.split_once('-').is_some_and(|(letter, digits)| {
        matches!(letter.as_bytes(), [b'A'..=b'J'])
            && !digits.is_empty()
            && digits.bytes().all(|digit| digit.is_ascii_digit())
    })
}
