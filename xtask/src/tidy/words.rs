//! Words that must not stand in some places.

use super::File;

/// Crates that read no clock, no file, no network and no randomness.
const CORE: &[&str] =
    &["crates/formats", "crates/crypto", "crates/tlog", "crates/trust", "crates/verify", "crates/report"];

const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "SystemTime",
    "Instant::now",
    "Date::now",
    "getrandom",
    "println!",
    "thread_rng",
];

const PAGE: &[&str] = &["web_sys", "gloo_"];

/// The outside world in a core crate, or the page's world outside `browser`.
pub(super) fn outside(files: &[File]) -> Vec<String> {
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && !file.crate_folder().is_empty()) {
        let folder = file.crate_folder();
        let core = CORE.contains(&folder);
        let page = !matches!(folder, "crates/browser" | "xtask");
        for (number, line) in file.production_lines().filter(|(_, line)| !is_comment(line)) {
            let core_words = OUTSIDE.iter().filter(|_| core);
            for word in core_words.chain(PAGE.iter().filter(|_| page)).filter(|word| line.contains(**word)) {
                broken.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    broken
}

/// Work left over, and lint exceptions without a reason.
pub(super) fn left_over(files: &[File]) -> Vec<String> {
    // Put together here, so that this file does not find itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["todo", "!("], ["unimplemented", "!("]]
        .map(|parts| parts.concat());
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() || file.path.ends_with(".md") || file.path.ends_with(".mjs"))
    {
        for (index, line) in file.text.lines().enumerate() {
            for mark in marks.iter().filter(|mark| contains_word(line, mark)) {
                broken.push(format!("{}:{}: {mark}", file.path, index + 1));
            }
        }
        if file.is_rust() {
            broken.extend(exceptions_without_reason(file));
        }
    }
    broken
}

/// Host names of package registries: a mirror or a proxy may stand in for any of them. A Cargo.lock names its own source.
pub(super) fn registries(files: &[File]) -> Vec<String> {
    let hosts = [
        ["crates", ".io"],
        ["registry.npm", "js.org"],
        ["npm", "js.com"],
        ["py", "pi.org"],
        ["python", "hosted.org"],
        ["deb.debian", ".org"],
        ["proxy.golang", ".org"],
    ]
    .map(|parts| parts.concat());
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| !file.path.ends_with("Cargo.lock")) {
        for (index, line) in file.text.lines().enumerate() {
            for host in hosts.iter().filter(|host| line.contains(host.as_str())) {
                broken.push(format!("{}:{}: {host}", file.path, index + 1));
            }
        }
    }
    broken
}

fn exceptions_without_reason(file: &File) -> Vec<String> {
    let starts = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
    let mut broken = Vec::new();
    for (offset, _) in file.text.match_indices('#') {
        let rest = file.text.get(offset..).unwrap_or_default();
        let line_start = file.text.get(..offset).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        if starts.iter().any(|start| rest.starts_with(start)) && line_start.trim().is_empty() {
            let attribute = rest.split_once(")]").map_or(rest, |(attribute, _)| attribute);
            if !attribute.contains("reason") {
                let line = file.text.get(..offset).unwrap_or_default().lines().count() + 1;
                broken.push(format!("{}:{line}: {attribute})] gives no reason", file.path));
            }
        }
    }
    broken
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn contains_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric)
            && (word.ends_with(['(', ':']) || !after.is_some_and(char::is_alphanumeric))
    })
}
