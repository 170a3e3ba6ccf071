//! The chain of custody as text: complete, 80 columns, and nothing foreign steers it.

use expect_test::expect_file;
use proptest::prelude::*;
use touchstone_report::document::Custody;
use touchstone_report::text::chain;

use crate::samples;

#[test]
fn three_chains_read_as_written() {
    expect_file!["chain_text/whole.txt"].assert_eq(&chain(&samples::whole()));
    expect_file!["chain_text/cut.txt"].assert_eq(&chain(&samples::cut()));
    expect_file!["chain_text/sparse.txt"].assert_eq(&chain(&samples::sparse()));
}

/// A line that is wider holds one value that must stay whole, and the words before it.
#[test]
fn lines_have_eighty_columns_where_their_values_allow() {
    for (name, custody) in samples::all() {
        for line in chain(&custody).lines().filter(|line| line.chars().count() > 80) {
            let longest = line.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
            assert!(longest > 40, "{name}: {line}");
        }
    }
}

#[test]
fn a_level_never_stands_without_its_track_and_version() {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    for (name, custody) in samples::all() {
        for line in chain(&custody).lines() {
            for (at, _) in line.match_indices(" L").filter(|(at, _)| digit(&line[at + 2..])) {
                let (before, after) = (&line[..at], &line[at + 3..]);
                assert!(before.ends_with("Build") || before.ends_with("Source"), "{name}: {line}");
                assert!(after.starts_with(", SLSA v1.2"), "{name}: {line}");
            }
        }
    }
}

#[test]
fn an_edge_has_its_sign_once_whether_or_not_the_label_brings_it() {
    let mut custody = samples::whole();
    custody.edges[0].label = "commit 9409f67".to_owned();
    let text = chain(&custody);
    assert!(text.contains("  | Source to Build: = commit 9409f67\n"), "{text}");
    assert!(text.contains("  | Build to Artifact: = SHA-256 a78cfdb\n"), "{text}");
    assert!(text.contains("  : Deploy to Source: - - name match only\n"), "{text}");
}

/// Every state that is not proven has a word of its own: nothing rests on a mark alone.
#[test]
fn what_is_not_proven_says_so_in_words() {
    let text = chain(&samples::cut());
    for words in [
        "Unexpected: a1me/app",
        "contradicted. https://github.com/acme/app",
        "Not counted: GitHub Actions",
        "gap. Nobody states",
        "\u{2260} digest differs",
        "gap: no release or deployment record",
        "verified, about another file",
        "a check failed, so it joins nothing",
        "cannot be known",
        "not stated",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

/// What a document of foreign text may hold at its worst.
fn poisoned(text: &str) -> Custody {
    let mut custody = samples::whole();
    for stage in &mut custody.stages {
        text.clone_into(&mut stage.answer);
        text.clone_into(&mut stage.questions[0].answer);
        text.clone_into(&mut stage.questions[0].title);
    }
    for edge in &mut custody.edges {
        text.clone_into(&mut edge.label);
        text.clone_into(&mut edge.value);
    }
    for statement in &mut custody.statements {
        text.clone_into(&mut statement.name);
        text.clone_into(&mut statement.signer);
    }
    for node in &mut custody.graph.nodes {
        text.clone_into(&mut node.label);
        text.clone_into(&mut node.identity);
    }
    text.clone_into(&mut custody.claims[0].certificate);
    text.clone_into(&mut custody.inputs.rows[1].name);
    custody.warnings.push(text.to_owned());
    custody
}

#[test]
fn a_foreign_line_end_forges_no_line() {
    let text = chain(&poisoned("x\nSource: 5 of 5 answered\u{1b}[32m\u{202e}\u{2028}\u{feff}"));
    assert!(!text.lines().any(|line| line.starts_with("Source: 5")), "{text}");
    assert!(text.contains("x<U+000A>Source:"), "{text}");
    assert!(text.contains("<U+001B>[32m<U+202E><U+2028><U+FEFF>"), "{text}");
}

proptest! {
    #[test]
    fn no_foreign_text_steers_a_terminal(text in "\\PC{0,40}|[\\x00-\\x1f\\u{7f}-\\u{9f}\\u{200b}-\\u{202e}]{0,20}") {
        let clean = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'));
        let shown = chain(&poisoned(&text));
        prop_assert!(shown.chars().all(clean), "{:?}", shown);
    }
}
