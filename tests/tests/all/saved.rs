//! The saved report: nothing in it can leave its place, it says what the document says, and no byte of its evidence can be
//! another without the page noticing.

use proptest::prelude::*;
use serde_json::Value;
use touchstone_report::document::{Document, Outcome, State};
use touchstone_report::pile::PolicyFile;
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::saved::{self, Program, Saved, Step};
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
fn save(case: &Case, artifacts: &[&[u8]], program: Option<&Program>) -> Saved {
    let mut saved = Saved::new("28 Nov 2026, 20:34:00 UTC", program);
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
    let saved = save(&case, &[&case.artifact], None);
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
    let page = saved::page(&save(&case, &[&case.artifact], None), None).unwrap();
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

/// The page of one verified artifact, with a program inside.
fn whole_page() -> String {
    let case = Recipe::message().make();
    let program = Program::new("start()", "AAAA", &"ab".repeat(32), "0.1.0").unwrap();
    saved::page(&save(&case, &[&case.artifact], Some(&program)), Some(&program)).unwrap()
}

#[test]
fn a_page_as_it_was_saved_agrees_and_names_its_program() {
    let page = whole_page();
    let checked = saved::check(&page).unwrap();
    assert_eq!(checked.differs, None);
    assert_eq!(checked.module, "ab".repeat(32));
    assert_eq!(checked.answers.documents[0].verdict.outcome, Outcome::Verified);
    assert!(saved::check("<html></html>").is_err());
}

/// Outside of the program, which is taken as it is.
#[test]
fn no_byte_of_a_page_can_be_another_unnoticed() {
    let page = whole_page();
    let policy = page.find("Content-Security-Policy").unwrap();
    let module = page.find("AAAA").unwrap();
    let mut tried = 0;
    for at in (0..page.len()).step_by(211).chain(policy..policy + 20).filter(|at| !(module..module + 4).contains(at)) {
        let mut bytes = page.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        let noticed = saved::check(&changed).map_or(true, |checked| checked.differs.is_some());
        assert!(noticed, "byte {at}: {:?}", &page[at.saturating_sub(20)..(at + 20).min(page.len())]);
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn a_changed_verdict_is_shown_with_its_line() {
    let page = whole_page();
    let changed = page.replacen("<h1>Verified</h1>", "<h1>Rejected</h1>", 1);
    let difference = saved::check(&changed).unwrap().differs.unwrap();
    assert!(difference.found.ends_with("<h1>Rejected</h1>"), "{difference:?}");
    assert!(difference.expected.ends_with("<h1>Verified</h1>"), "{difference:?}");
    assert_eq!(changed.lines().nth(difference.line - 1), Some(difference.found.as_str()));
}

#[test]
fn a_rejection_stays_one_and_several_results_have_an_index() {
    let case = Recipe::message().make();
    let saved = save(&case, &[b"another file", &case.artifact], None);
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

/// A list of three: one with a statement, one without, and a digest that nobody knows.
fn pile_page() -> String {
    let case = Recipe::message().make();
    let sha256 = |bytes: &[u8]| touchstone_formats::hex::encode(&touchstone_crypto::sha256(bytes));
    let list = format!("sha256:{} a.tar.gz\nsha256:{} b.tar.gz\n", sha256(&case.artifact), sha256(b"another"));
    let root = PolicyFile { name: "root.json".to_owned(), bytes: case.trusted_root.clone() };
    let mut saved = Saved::new("28 Nov 2026, 20:34:00 UTC", None);
    saved.begin_pile(&question(&case), &[], Some(&root));
    saved.step("list.txt", list.as_bytes(), Step::Inventory);
    saved.step("a.sigstore.json", &case.bundle, Step::Bundle);
    saved.not_used("picture.png", "It is no text.");
    saved::page(&saved, None).unwrap()
}

#[test]
fn an_inventory_is_one_page_with_an_index_and_all_evidence() {
    let page = pile_page();
    assert!(
        page.contains("<title>2 artifacts: 0 rejected, 1 incomplete, 1 verified - Touchstone report</title>"),
        "{page}"
    );
    for item in ["<a href=\"#item-2\">2</a>", "<article id=\"item-2\">", "a.sigstore.json", "picture.png: not used"] {
        assert!(page.contains(item), "{item}");
    }
    let checked = saved::check(&page).unwrap();
    assert_eq!(checked.differs, None);
    assert_eq!(checked.answers.inventory.unwrap().rows.len(), 2);
}

#[test]
fn no_byte_of_an_inventory_s_page_can_be_another_unnoticed() {
    let page = pile_page();
    let mut tried = 0;
    for at in (0..page.len()).step_by(97) {
        let mut bytes = page.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        let noticed = saved::check(&changed).map_or(true, |checked| checked.differs.is_some());
        assert!(noticed, "byte {at}: {:?}", &page[at.saturating_sub(20)..(at + 20).min(page.len())]);
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn what_is_recorded_gives_the_answer_that_was_given() {
    for recipe in [Recipe::message(), Recipe::dsse(), Recipe::both_times()] {
        let case = recipe.make();
        let (question, material) = (question(&case), material(&case, &case.artifact));
        let document = answer(&question, &material).unwrap();
        let mut saved = Saved::new("", None);
        saved.record(&question, &material, &document);
        let again = saved.again().unwrap().remove(0);
        assert_eq!(again.verdict, document.verdict);
        assert_eq!(again.checks, document.checks);
        assert_eq!(again.facts, document.facts);
    }
}

/// What nobody looked at does not stand among what was, and another root is not what judged.
#[test]
fn a_file_that_no_question_names_is_called_so() {
    let case = Recipe::message().make();
    let mut saved = save(&case, &[&case.artifact], None);
    let text = saved::page(&saved, None).unwrap();
    assert!(!text.contains("No question here names it") && !text.contains("judged nothing"));
    let file = |name: &str, bytes: &[u8]| saved::File { name: name.to_owned(), base64: base64(bytes) };
    saved.files.push(file("approval.json", b"{}"));
    saved.items[0].judged_by = Some(saved.files.len());
    saved.files.push(file("root.json", b"{}"));
    let text = saved::page(&saved, None).unwrap();
    assert_eq!(text.matches("No question here names it: it was not looked at").count(), 1, "{text}");
    assert_eq!(text.matches("It is no trusted root that is built in here: it judged nothing").count(), 1);
}

/// A file has one digest of each algorithm: another beside it could be that of any file.
#[test]
fn two_digests_of_one_algorithm_are_no_file() {
    let case = Recipe::message().make();
    let mut saved = save(&case, &[&case.artifact], None);
    let saved::Artifact::Hashed { digests, .. } = &mut saved.items[0].artifact else { panic!("hashed") };
    digests.push(("sha256".to_owned(), "0".repeat(64)));
    assert!(saved::page(&saved, None).is_err());
}

#[test]
fn another_schema_or_an_unknown_field_is_no_block() {
    let case = Recipe::message().make();
    let block = save(&case, &[&case.artifact], None).block();
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
    assert!(Program::new("start()", "AAAA", &digest, "0.1.0").is_some());
    for (script, module, digest) in [
        ("</script><p>", "AAAA", digest.as_str()),
        ("<!-- x", "AAAA", &digest),
        ("", "AAAA", &digest),
        ("start()", "", &digest),
        ("start()", "AA<A", &digest),
        ("start()", "AAAA", "ab"),
        ("start()", "AAAA", &"\"".repeat(64)),
    ] {
        assert_eq!(Program::new(script, module, digest, "0.1.0"), None, "{script:?} {module:?}");
    }
    let edition = format!(
        "<meta name=\"touchstone-module\" content=\"{digest}\" /><meta name=\"touchstone-version\" \
         content=\"0.1.0\" /><script id=\"touchstone-module\" \
         type=\"application/wasm+gzip+base64\">AAAA</script><script id=\"touchstone-program\">start()</script>"
    );
    let program = Program::from_edition(&edition).unwrap();
    assert_eq!(program.version(), "0.1.0");
    assert_eq!(Some(&program), Program::new("start()", "AAAA", &digest, "0.1.0").as_ref());
    let case = Recipe::message().make();
    let page = saved::page(&save(&case, &[&case.artifact], Some(&program)), Some(&program)).unwrap();
    assert_eq!(Program::from_edition(&page), Some(program), "a page hands its program on");
    assert!(page.contains("connect-src 'none'") && page.contains("This page has not checked itself"));
    // The page looks for these words in itself.
    let (_, rest) = page.split_once("aria-label=\"Self-check\">").unwrap();
    let (words, _) = rest.split_once("</section>").unwrap();
    assert!(include_str!("../../../web/report.js").contains(&format!("{words:?}")), "{words}");
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
    assert_eq!(
        tags(&sheet::html::render(std::slice::from_ref(&filled))),
        tags(&sheet::html::render(std::slice::from_ref(&plain))),
        "{text:?}"
    );
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
        let mut saved = save(&Recipe::message().make(), &[b"x"], None);
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
