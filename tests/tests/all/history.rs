//! The history of what was checked: a line removed, changed or moved is told, with where.

use touchstone_report::answer;
use touchstone_report::document::{NamedValue, Outcome};
use touchstone_report::history::{self, Head, Problem, check};
use touchstone_report::pile::Pile;
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::saved::sha256_hex;
use touchstone_testkit::Recipe;
use touchstone_trust::{Instance, embedded};

/// Five answers, the third a rejection, as they are kept: without a closing line.
fn five() -> Vec<String> {
    let case = Recipe::message().make();
    let signer = Signer::Certificate {
        identity: Name::Exact(case.identity.clone()),
        issuer: Some(Name::Exact(case.issuer.clone())),
    };
    let question = Question { signer, trust: Trust::File, ..Question::default() };
    let mut head = Head::default();
    let mut lines = Vec::new();
    for number in 1..=5 {
        let artifact: &[u8] = if number == 3 { b"another file" } else { &case.artifact };
        let material = Material {
            bundle: Some(Named { name: "a.sigstore.json", bytes: &case.bundle }),
            artifact: ArtifactInput::Bytes(Named { name: "a.tar.gz", bytes: artifact }),
            trusted_root: Some(Named { name: "root.json", bytes: &case.trusted_root }),
            ..Material::default()
        };
        let document = answer(&question, &material).unwrap();
        let at = format!("2026-11-29T00:0{number}:00.000Z");
        let line = head.next(history::record(&at, &question, &material, &document));
        head = Head::of(&line).unwrap();
        lines.push(line);
    }
    lines
}

/// With which roots a pile was judged is in its line, also where none was given.
#[test]
fn a_line_of_many_artifacts_names_the_roots_that_judged() {
    let line = |trust, given: Option<&NamedValue>| {
        let question = Question { trust, ..Question::default() };
        let inventory = Pile::new(Question::default(), Vec::new(), None).unwrap().document(Vec::new());
        let line = history::record_pile("", &question, &inventory, &[], given);
        (line.root, line.root_sha256)
    };
    let own = NamedValue { name: "root.json".to_owned(), value: "aa".to_owned() };
    let of = |instance: Instance| (instance.name(), sha256_hex(embedded::json(instance).unwrap()));
    let (name, digest) = of(Instance::PublicGood);
    assert_eq!(line(Trust::PublicGood, None), (name.to_owned(), digest));
    assert_eq!(line(Trust::File, Some(&own)), ("root.json".to_owned(), "aa".to_owned()));
    assert_eq!(line(Trust::KeyAlone, None), (String::new(), String::new()));
    let all: Vec<(&str, String)> = embedded::ALL.into_iter().map(of).collect();
    let list: String = all.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    assert_eq!(line(Trust::Automatic, Some(&own)), (names.join(", "), sha256_hex(list.as_bytes())));
}

fn exported(lines: &[String]) -> String {
    let head = lines.last().and_then(|line| Head::of(line)).unwrap_or_default();
    lines.iter().map(|line| format!("{line}\n")).chain([format!("{}\n", head.end())]).collect()
}

/// The five and their closing line, with one change to the lines of the file.
fn changed(change: impl FnOnce(&mut Vec<String>)) -> Vec<Problem> {
    let mut lines: Vec<String> = exported(&five()).lines().map(str::to_owned).collect();
    change(&mut lines);
    check(&lines.join("\n"), None).problems
}

#[test]
fn a_history_as_it_was_kept_is_whole_and_says_what_was_checked() {
    let lines = five();
    let checked = check(&exported(&lines), None);
    assert_eq!(checked.problems, []);
    let outcomes: Vec<Outcome> = checked.lines.iter().map(|line| line.verdict).collect();
    use Outcome::{Rejected, Verified};
    assert_eq!(outcomes, [Verified, Verified, Rejected, Verified, Verified]);
    assert_eq!(checked.head.digest, history::digest(&lines[4]));
    let case = Recipe::message().make();
    let sha256 = |bytes: &[u8]| touchstone_formats::hex::encode(&touchstone_crypto::sha256(bytes));
    let first = &checked.lines[0];
    assert_eq!(first.root_sha256, sha256(&case.trusted_root));
    assert_eq!(first.evidence[0].value, sha256(&case.bundle));
    assert_eq!(first.digests[0].hex, sha256(&case.artifact));
    assert_eq!(first.signer, case.identity);
    assert!(first.policy.iter().any(|line| line.value.contains(&case.identity)), "{:?}", first.policy);
}

#[test]
fn an_empty_history_is_whole() {
    assert_eq!(check(&exported(&[]), None).problems, []);
}

#[test]
fn line_ends_of_another_system_change_nothing() {
    assert_eq!(check(&exported(&five()).replace('\n', "\r\n"), None).problems, []);
}

#[test]
fn a_removed_line_is_told_with_where() {
    for gone in 0..4_usize {
        let problems = changed(|lines| drop(lines.remove(gone)));
        let expected = u64::try_from(gone).unwrap() + 1;
        assert_eq!(problems[0], Problem::Number { line: gone + 1, expected, found: expected + 1 });
    }
    let last = changed(|lines| drop(lines.remove(4)));
    assert!(matches!(&last[..], [Problem::End { line: 5, expected: (4, _), found: (5, _) }]), "{last:?}");
    let cut = changed(|lines| lines.truncate(3));
    assert_eq!(cut, [Problem::NoEnd { after: 3 }]);
}

#[test]
fn two_removed_lines_are_both_named() {
    let problems = changed(|lines| drop(lines.drain(1..3)));
    assert_eq!(problems, [Problem::Number { line: 2, expected: 2, found: 4 }]);
    assert_eq!(problems[0].to_string(), "Line 2 is number 4: numbers 2 to 3 are missing before it.");
    // Of many lines the first are told one by one, the others as a number, and the end all the same.
    let broken = check(&"no line\n".repeat(120), Some("00")).problems;
    let [told @ .., more, end, noted] = &broken[..] else { panic!("{broken:?}") };
    assert_eq!((told.len(), more), (50, &Problem::More(70)));
    assert_eq!(more.to_string(), "Something is wrong with 70 more lines.");
    assert_eq!((end, noted), (&Problem::NoEnd { after: 120 }, &Problem::Noted("00".to_owned())));
}

/// Every byte of a line, in two ways.
#[test]
fn a_changed_line_is_told_with_where() {
    let mut tried = 0;
    for (changed_line, text) in five().iter().enumerate() {
        for at in (0..text.len()).step_by(97) {
            let problems = changed(|lines| {
                let mut bytes = lines[changed_line].clone().into_bytes();
                bytes[at] ^= 1;
                if let Ok(text) = String::from_utf8(bytes) {
                    lines[changed_line] = text;
                }
            });
            let first = problems.first().unwrap_or_else(|| panic!("line {changed_line} byte {at} went unnoticed"));
            let told = match first {
                Problem::Unreadable { line, .. } | Problem::Number { line, .. } => *line == changed_line + 1,
                // Its own link was changed, or the next line's does not fit any more.
                Problem::Chain { line, .. } => *line == changed_line + 1 || *line == changed_line + 2,
                Problem::End { line, .. } => changed_line == 4 && *line == 6,
                _ => false,
            };
            assert!(told, "line {} byte {at}: {first:?}", changed_line + 1);
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn a_verdict_made_better_is_told() {
    let problems = changed(|lines| {
        lines[2] = lines[2].replacen("\"verdict\":\"rejected\"", "\"verdict\":\"verified\"", 1);
    });
    let [Problem::Chain { line: 4, .. }] = &problems[..] else { panic!("{problems:?}") };
    assert!(problems[0].to_string().contains("line 3 was changed"), "{}", problems[0]);
}

#[test]
fn moved_and_doubled_lines_are_told_with_where() {
    let moved = changed(|lines| lines.swap(1, 2));
    assert_eq!(moved[0], Problem::Number { line: 2, expected: 2, found: 3 });
    assert_eq!(moved[1], Problem::Number { line: 3, expected: 4, found: 2 });
    let doubled = changed(|lines| lines.insert(2, lines[1].clone()));
    assert_eq!(doubled[0], Problem::Number { line: 3, expected: 3, found: 2 });
    let after = changed(|lines| lines.push(lines[0].clone()));
    assert_eq!(after, [Problem::AfterEnd { line: 7 }]);
}

/// From some line on everything was written anew: the chain is whole, the digest that was noted is not there.
#[test]
fn a_history_written_anew_is_told_by_a_digest_that_was_noted() {
    let lines = five();
    let noted = history::digest(&lines[3]);
    assert_eq!(check(&exported(&lines), Some(&noted.to_uppercase())).problems, []);
    let mut anew = lines[..2].to_vec();
    for text in &lines[3..] {
        let head = Head::of(anew.last().unwrap()).unwrap();
        anew.push(head.next(serde_json::from_str(text).unwrap()));
    }
    assert_eq!(check(&exported(&anew), None).problems, []);
    assert_eq!(check(&exported(&anew), Some(&noted)).problems, [Problem::Noted(noted)]);
}

/// On a terminal the digest of a line comes with its end in it, and the last line that is seen there is the closing one.
#[test]
fn a_digest_that_was_noted_on_a_terminal_is_understood() {
    let lines = five();
    let whole = exported(&lines);
    let closing = whole.lines().last().unwrap();
    for noted in [&lines[3], closing].map(|line| [line.to_owned(), format!("{line}\n")]).iter().flatten() {
        assert_eq!(check(&whole, Some(&history::digest(noted))).problems, [], "{noted}");
    }
    // A closing line is gone once another answer is kept, and so is one that closed something else.
    let earlier = exported(&lines[..4]);
    let noted = history::digest(earlier.lines().last().unwrap());
    assert_eq!(check(&whole, Some(&noted)).problems, [Problem::Noted(noted)]);
}

/// What is wrong with a line is said in words of its own, which count no lines.
#[test]
fn a_line_that_is_none_is_told_in_words() {
    for (line, found) in [("hello", "it is not JSON"), ("{}", "a member of it is missing, or is not of its kind")] {
        let problems = check(line, None).problems;
        assert_eq!(problems[0], Problem::Unreadable { line: 1, found: found.to_owned() });
    }
}
