//! The saved report: nothing in it can leave its place, it says what the document says, and no byte of its evidence can be
//! another without the page noticing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use serde_json::Value;
use touchstone_report::document::{Document, Outcome, State};
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::saved::{self, Program, Saved};
use touchstone_report::{answer, sheet};
use touchstone_testkit::{Case, Recipe};
use touchstone_tests::full::full;

fn question(case: &Case) -> Question {
    let signer = Signer::Certificate {
        identity: Name::Exact(case.identity.clone()),
        issuer: Some(Name::Exact(case.issuer.clone())),
    };
    Question { signer, trust: Trust::File, ..Question::default() }
}

fn material<'a>(case: &'a Case, artifact: &'a [u8]) -> Material<'a> {
    Material {
        bundle: Some(Named { name: "a.sigstore.json", bytes: &case.bundle }),
        artifact: ArtifactInput::Bytes(Named { name: "a.tar.gz", bytes: artifact }),
        trusted_root: Some(Named { name: "root.json", bytes: &case.trusted_root }),
        ..Material::default()
    }
}

/// A saved report of `case`, about each of these artifacts.
fn save(case: &Case, artifacts: &[&[u8]], module: &str) -> Saved {
    let mut saved = Saved::new("28 Nov 2026, 20:34:00 UTC", module);
    for artifact in artifacts {
        let (question, material) = (question(case), material(case, artifact));
        let document = answer(&question, &material).unwrap();
        saved.record(&question, &material, &document);
    }
    saved
}

/// What stands between `<script id="touchstone-evidence" …>` and its end.
fn block_of(page: &str) -> &str {
    let start = "<script id=\"touchstone-evidence\" type=\"application/json\">";
    page.split_once(start).unwrap().1.split_once("</script>").unwrap().0
}

fn main_of(page: &str) -> &str {
    let start = page.find("<main").unwrap();
    &page[start..page.find("</main>").unwrap() + "</main>\n".len()]
}

#[test]
fn a_page_agrees_with_its_own_evidence() {
    let case = Recipe::message().make();
    let saved = save(&case, &[&case.artifact], "");
    let page = saved::page(&saved, None).unwrap();
    assert_eq!(Saved::read(block_of(&page)).unwrap(), saved);
    let (main, title) = saved::printed(block_of(&page)).unwrap();
    assert_eq!(main, main_of(&page));
    assert!(page.contains(&format!("<title>{title}</title>")));
    assert!(main.contains("<h1>Verified</h1>"), "{main}");
    assert!(page.contains("This page cannot check itself"));
    assert!(page.contains("script-src 'none'"));
    // The file itself is not inside, whatever its name.
    assert!(!page.contains(&base64(&case.artifact)));
}

#[test]
fn no_byte_of_the_evidence_can_be_another_unnoticed() {
    let case = Recipe::message().make();
    let page = saved::page(&save(&case, &[&case.artifact], ""), None).unwrap();
    let (block, main) = (block_of(&page).to_owned(), main_of(&page).to_owned());
    let mut tried = 0;
    for at in (0..block.len()).step_by(37) {
        for bit in [0, 5] {
            let mut bytes = block.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let changed = String::from_utf8(bytes).unwrap();
            // White space between tokens is read over, and still is not what was saved.
            let again = saved::printed(&changed);
            assert_ne!(again.as_ref().ok().map(|(again, _)| again), Some(&main), "byte {at} bit {bit}");
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

#[test]
fn a_rejection_stays_one_and_several_results_have_an_index() {
    let case = Recipe::message().make();
    let saved = save(&case, &[b"another file", &case.artifact], "");
    assert_eq!(saved.files.len(), 2, "what both share is kept once");
    let page = saved::page(&saved, None).unwrap();
    assert!(page.contains("<title>2 results: 1 verified, 1 rejected, 0 incomplete - Touchstone report</title>"));
    assert!(page.contains("<a href=\"#item-2\">2</a>") && page.contains("<article id=\"item-2\">"));
    let documents = saved.again().unwrap();
    assert_eq!(
        documents.iter().map(|one| one.verdict.outcome).collect::<Vec<_>>(),
        [Outcome::Rejected, Outcome::Verified]
    );
}

#[test]
fn what_is_recorded_gives_the_answer_that_was_given() {
    for recipe in [Recipe::message(), Recipe::attestation(), Recipe::both_times()] {
        let case = recipe.make();
        let (question, material) = (question(&case), material(&case, &case.artifact));
        let document = answer(&question, &material).unwrap();
        let mut saved = Saved::new("", "");
        saved.record(&question, &material, &document);
        let again = saved.again().unwrap().remove(0);
        assert_eq!(again.verdict, document.verdict);
        assert_eq!(again.checks, document.checks);
        assert_eq!(again.facts, document.facts);
    }
}

#[test]
fn another_schema_or_an_unknown_field_is_no_block() {
    let case = Recipe::message().make();
    let block = save(&case, &[&case.artifact], "").block();
    for (from, to) in
        [("touchstone-saved/1", "touchstone-saved/2"), ("\"made\"", "\"maid\""), ("\"bundle\":0", "\"bundle\":9")]
    {
        assert!(block.contains(from));
        assert!(saved::printed(&block.replacen(from, to, 1)).is_err(), "{to}");
    }
}

#[test]
fn a_program_that_could_leave_its_place_is_refused() {
    let digest = "ab".repeat(32);
    assert!(Program::new("start()", "AAAA", &digest).is_some());
    for (script, module, digest) in [
        ("</script><p>", "AAAA", digest.as_str()),
        ("<!-- x", "AAAA", &digest),
        ("", "AAAA", &digest),
        ("start()", "", &digest),
        ("start()", "AA<A", &digest),
        ("start()", "AAAA", "ab"),
        ("start()", "AAAA", &"\"".repeat(64)),
    ] {
        assert_eq!(Program::new(script, module, digest), None, "{script:?} {module:?}");
    }
    let edition = format!(
        "<meta name=\"touchstone-module\" content=\"{digest}\" /><script id=\"touchstone-module\" \
         type=\"application/wasm+gzip+base64\">AAAA</script><script id=\"touchstone-program\">start()</script>"
    );
    let program = Program::from_edition(&edition).unwrap();
    assert_eq!(Some(&program), Program::new("start()", "AAAA", &digest).as_ref());
    let case = Recipe::message().make();
    let page = saved::page(&save(&case, &[&case.artifact], &digest), Some(&program)).unwrap();
    assert_eq!(Program::from_edition(&page), Some(program), "a page hands its program on");
    assert!(page.contains("connect-src 'none'") && page.contains("This page has not checked itself"));
}

/// Markup alone, in order: everything between `<` and `>`.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|piece| piece.split('>').next().unwrap_or_default()).collect()
}

/// `document` with `text` in place of every text that is free.
fn with(document: &Document, text: &str) -> Document {
    fn fill(value: &mut Value, text: &str) {
        match value {
            Value::String(found) if found == "text" => *found = text.to_owned(),
            Value::Array(values) => values.iter_mut().for_each(|value| fill(value, text)),
            Value::Object(members) => members.values_mut().for_each(|value| fill(value, text)),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(document).unwrap();
    fill(&mut value, text);
    serde_json::from_value(value).unwrap()
}

const HOSTILE: [&str; 10] = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'-alert(1)-'",
    "<!--",
    "]]>&lt;b&gt;",
    "</title></style></main></body>",
    "a\u{202e}b\u{0}c\u{feff}d\re",
    "| x | ](https://example.test) `` ``` ~~~ # h",
    "https://example.test www.example.test a@example.test",
    "\n# heading\n\n---\n- point\n1. one\n    code",
];

fn stays_in_its_place(text: &str) {
    let plain = full(State::Failed, Outcome::Rejected);
    let filled = with(&plain, text);
    // The printed part.
    assert_eq!(tags(&sheet::html::render(&[filled.clone()])), tags(&sheet::html::render(&[plain.clone()])), "{text:?}");
    // Markdown: as many lines that begin something, and nothing that becomes markup.
    let (ours, theirs) = (sheet::markdown::render(&[plain]), sheet::markdown::render(&[filled]));
    let begins = |markdown: &str| {
        let outside = outside_fences(markdown);
        outside.iter().filter(|line| line.starts_with(['#', '|', '-']) || line.starts_with("1.")).count()
    };
    assert_eq!(begins(&theirs), begins(&ours), "{text:?}\n{theirs}");
    let outside = outside_fences(&theirs).join("\n");
    for bad in ["](", "<", "://", "www.", "@e"] {
        for (at, _) in outside.match_indices(bad) {
            let before = outside[..at].chars().next_back();
            let inside_escape = bad == "www." || bad == "](";
            assert!(!inside_escape && before == Some('\\'), "{bad:?} at {at} of {outside}");
        }
    }
}

/// Lines that are not in a fence.
fn outside_fences(markdown: &str) -> Vec<&str> {
    let mut fence = None;
    let mut outside = Vec::new();
    for line in markdown.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            None if ticks >= 3 => fence = Some(ticks),
            Some(open) if ticks >= open && line.trim_matches('`').is_empty() => fence = None,
            None => outside.push(line),
            Some(_) => {}
        }
    }
    outside
}

#[test]
fn hostile_text_stays_in_its_place() {
    for text in HOSTILE {
        stays_in_its_place(text);
    }
}

#[test]
fn hostile_names_stay_in_the_block_and_come_back() {
    for text in HOSTILE {
        let mut saved = save(&Recipe::message().make(), &[b"x"], "");
        saved.files[0].name = text.to_owned();
        let block = saved.block();
        assert!(block.is_ascii() && !block.contains('<'), "{block}");
        assert_eq!(Saved::read(&block).unwrap(), saved);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_breaks_out(text in "[\\PC<>&\"'`|\\\\\\n#\\[\\]()*_-]{1,24}") {
        stays_in_its_place(&text);
    }
}

fn base64(bytes: &[u8]) -> String {
    touchstone_formats::base64::encode(bytes)
}
