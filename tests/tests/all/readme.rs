//! Commands that README.md, CONTRIBUTING.md and the guides show exist, with the options that they show.

use std::collections::BTreeSet;

use clap::Parser;
use touchstone_cli::arguments::{Arguments, Command};
use touchstone_tests::project_root;

fn read(name: &str) -> String {
    std::fs::read_to_string(project_root().join(name)).expect(name)
}

/// Indented command lines, with those that a backslash continues joined.
fn commands(text: &str, program: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    joined.lines().map(str::trim).filter(|line| line.starts_with(program)).map(str::to_owned).collect()
}

/// The guides in `docs/`.
fn guides() -> Vec<String> {
    let entries = std::fs::read_dir(project_root().join("docs")).expect("docs");
    let names = entries.map(|entry| entry.expect("docs").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")).collect()
}

/// As a shell splits it; what goes to another program or a file ends it.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let own = line.split_whitespace().take_while(|word| !matches!(*word, "|" | ">" | ">>"));
    own.map(|word| word.trim_matches('\''))
}

#[test]
fn each_command_of_the_readme_and_the_guides_is_understood() {
    let guides = guides();
    assert!(guides.len() >= 6, "{guides:?}");
    let texts = guides.iter().map(String::as_str).chain(["README.md"]);
    let lines: Vec<String> = texts.flat_map(|name| commands(&read(name), "touchstone ")).collect();
    assert!(lines.len() > 12, "{lines:?}");
    for line in lines {
        let parsed = Arguments::try_parse_from(words(&line)).unwrap_or_else(|error| panic!("{line}\n{error}"));
        match parsed.command {
            Command::Verify(verify) => assert!(verify.artifact.is_some(), "{line}"),
            Command::Chain(chain) => assert!(chain.files.len() > 1, "{line}"),
            Command::Inventory(inventory) => assert!(!inventory.inventories.is_empty(), "{line}"),
            Command::VerifyBundle(_) | Command::Builders(_) | Command::Recheck(_) | Command::History(_) => {}
        }
    }
}

/// Each link to a file of this checkout leads somewhere.
#[test]
fn each_link_of_the_readme_and_the_guides_leads_to_a_file() {
    let mut followed = 0;
    for name in guides().iter().map(String::as_str).chain(["README.md"]) {
        let text = read(name);
        let folder = project_root().join(name).parent().expect("a folder").to_owned();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                assert!(folder.join(target).is_file(), "{name}: {target}");
                followed += 1;
            }
        }
    }
    assert!(followed > 10, "{followed}");
}

#[test]
fn each_task_named_in_the_documents_exists() {
    let main = read("xtask/src/main.rs");
    let known: BTreeSet<&str> =
        main.lines().filter_map(|line| line.trim().strip_prefix("Some(\"")?.split('"').next()).collect();
    let mut named = BTreeSet::new();
    for document in guides().iter().map(String::as_str).chain(["README.md", "CONTRIBUTING.md"]) {
        let text = read(document);
        for (at, _) in text.match_indices("cargo xtask ") {
            let task: String = text[at + "cargo xtask ".len()..].chars().take_while(char::is_ascii_lowercase).collect();
            assert!(known.contains(task.as_str()), "{document} names cargo xtask {task}");
            named.insert(task);
        }
    }
    let unnamed: Vec<&&str> = known.iter().filter(|task| !named.contains(**task)).collect();
    assert!(unnamed.is_empty(), "no document names {unnamed:?}");
}

/// The exit statuses are a promise to scripts.
#[test]
fn the_readme_gives_each_exit_status() {
    use touchstone_cli::run::{INCOMPLETE, REJECTED, UNUSABLE, VERIFIED};
    let text = read("README.md");
    for (status, word) in
        [(VERIFIED, "verified"), (REJECTED, "rejected"), (UNUSABLE, "could not be used"), (INCOMPLETE, "incomplete")]
    {
        let row = text.lines().find(|line| line.starts_with(&format!("| {status} |"))).expect("a row for each status");
        assert!(row.contains(word), "{row}");
    }
}
