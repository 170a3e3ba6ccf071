//! The page in other languages: what it can say in English, and whether each catalogue (`web/lang/*.json`) says it too.
//!
//! The English stands in the sources and nowhere else, so it is read from there: every string literal that can reach the page,
//! and the explanation of each check. A place of `format!` is written `{}` in a key, whatever it is called.

mod literals;

use std::collections::BTreeMap;

use literals::{Literal, literals};
use serde_json::Value;

use crate::process::Outcome;
use crate::tidy::{File, tracked_files};

/// Where the words of the page are.
const SOURCES: &[&str] = &[
    "crates/acquire/src/",
    "crates/browser/src/fetch.rs",
    "crates/browser/src/worker.rs",
    "crates/crypto/src/",
    "crates/custody/src/",
    "crates/formats/src/",
    "crates/report/src/",
    "crates/tlog/src/",
    "crates/trust/src/",
    "crates/ui/src/",
    "crates/verify/src/",
    "web/boot.js",
    "web/src/",
    "web/versions.js",
];

/// What is in one of those places and stays English.
const NOT_OF_THE_PAGE: &[(&str, &str)] = &[
    ("crates/formats/src/dsse.rs", "bytes that are signed"),
    ("crates/report/src/explanation.rs", "headings of the sources"),
    ("crates/report/src/history/record.rs", "kept in the history, which anybody may get"),
    ("crates/report/src/picture", "a picture that is saved as a file"),
    ("crates/report/src/saved", "saved as a report, which anybody may get"),
    ("crates/report/src/sheet", "saved as a report, which anybody may get"),
    ("crates/report/src/text", "the terminal"),
    ("crates/tlog/src/cosignature.rs", "bytes that are signed"),
    ("crates/ui/src/icon.rs", "shapes"),
];

/// Where a single word that begins with a capital letter is a label. Elsewhere it is a name of a format.
const LABELS: &[&str] = &[
    "crates/acquire/src/",
    "crates/custody/src/",
    "crates/report/src/",
    "crates/ui/src/",
    "crates/verify/src/builder_map.rs",
    "crates/verify/src/checks/",
    "web/src/app.rs",
    "web/src/edition.rs",
    "web/src/examples.rs",
    "web/src/pages/",
    "web/versions.js",
];

/// Every literal of these is a word of the page: its own strings, and how a time is written.
const STRINGS: [&str; 2] = ["crates/ui/src/strings.rs", "crates/verify/src/text.rs"];

/// Names of keys, which look like labels.
const KEYS: [&str; 3] = ["End", "Escape", "Home"];

/// Code before a literal that says: no word of the page.
const NO_WORDS_BEHIND: &[&str] = &[
    "class:",
    "class=",
    "class={format!(",
    "className=",
    "ends_with(",
    "expect(",
    "href=",
    "id=",
    "matches(",
    "querySelector(",
    "worker,",
];

/// Words that the program makes of others (the words of a state, small, behind a number) or sets into a sentence.
const MADE: [&str; 9] = ["blocked", "failed", "judged", "not asked", "passed", "released", "waived", "was", "were"];

/// Beginnings that the page takes off a sentence, and what it takes off its end.
const TAKEN_OFF: [(&str, &str); 2] = [("Nobody states ", "."), ("≠ ", "")];

/// `cargo xtask words LANGUAGE`.
pub(crate) fn run(arguments: &[String]) -> Outcome {
    let [language] = arguments else { return Err("words needs a language, such as de".to_owned()) };
    let files = tracked_files()?;
    let shown = shown(&files);
    let path = format!("web/lang/{language}.json");
    let empty = File { path: path.clone(), text: String::new() };
    let catalogue = catalogue(files.iter().find(|file| file.path == path).unwrap_or(&empty))?;
    for (english, place) in missing(&shown, &catalogue) {
        println!("  {}: {},  // {place}", Value::from(english.as_str()), Value::from(""));
    }
    for english in catalogue.keys().filter(|english| !shown.contains_key(*english)) {
        println!("  // no source says any more: {}", Value::from(english.as_str()));
    }
    Ok(())
}

/// What a catalogue lacks, holds needlessly, or has other places in than the English.
pub(crate) fn broken(files: &[File]) -> Outcome<Vec<String>> {
    let shown = shown(files);
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("web/lang/") && file.path.ends_with(".json")) {
        let catalogue = catalogue(file)?;
        for (english, place) in shown.iter().filter(|(english, _)| !catalogue.contains_key(*english)) {
            broken.push(format!("{}: has no entry for {english:?} ({place})", file.path));
        }
        for (english, said) in &catalogue {
            if !shown.contains_key(english) {
                broken.push(format!("{}: no source says {english:?} any more", file.path));
            }
            if said.trim().is_empty() {
                broken.push(format!("{}: nothing is said for {english:?}", file.path));
            }
            if !same_places(english, said) {
                broken.push(format!("{}: {said:?} has other places than {english:?}", file.path));
            }
        }
    }
    Ok(broken)
}

/// Where the widget's own words are, and the line that lists them by language.
const WIDGET: &str = "crates/widget/js/words.js";
const LANGUAGES: &str = "const LANGUAGES = {";

/// Languages that the page has and the widget lacks, or the other way round. English is in the page's sources.
pub(crate) fn apart(files: &[File]) -> Vec<String> {
    let catalogue = |file: &File| Some(file.path.strip_prefix("web/lang/")?.strip_suffix(".json")?.to_owned());
    let mut page: Vec<String> = files.iter().filter_map(catalogue).chain(["en".to_owned()]).collect();
    page.sort();
    let words = files.iter().find(|file| file.path == WIDGET).map_or("", |file| file.text.as_str());
    let listed = words.split_once(LANGUAGES).and_then(|(_, rest)| rest.split_once('}'));
    let Some((listed, _)) = listed else { return vec![format!("{WIDGET}: no {LANGUAGES:?}")] };
    let mut widget: Vec<String> =
        listed.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect();
    widget.sort();
    if widget == page {
        return Vec::new();
    }
    vec![format!("{WIDGET}: has {}; the page has {}", widget.join(", "), page.join(", "))]
}

/// An empty file has no entry yet: the shell makes one before `words` says what goes into it.
fn catalogue(file: &File) -> Outcome<BTreeMap<String, String>> {
    let text = if file.text.trim().is_empty() { "{}" } else { file.text.as_str() };
    serde_json::from_str(text).map_err(|error| format!("{}: {error}", file.path))
}

/// What has no entry yet, or one that says nothing, each with its place.
fn missing<'a>(
    shown: &'a BTreeMap<String, String>,
    catalogue: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = (&'a String, &'a String)> {
    let is_said = |english: &String| catalogue.get(english).is_some_and(|said| !said.trim().is_empty());
    shown.iter().filter(move |(english, _)| !is_said(english))
}

/// Whether each value of the English stands once in the translation: `{}` in order, or `{0}`, `{1}`, ….
fn same_places(english: &str, said: &str) -> bool {
    let count = english.matches("{}").count();
    let mut rest = said.to_owned();
    for at in 0..count {
        let named = format!("{{{at}}}");
        let place = if rest.contains(&named) { named.as_str() } else { "{}" };
        if !rest.contains(place) {
            return false;
        }
        rest = rest.replacen(place, "", 1);
    }
    !rest.contains("{}") && (0..10).all(|at| !rest.contains(&format!("{{{at}}}")))
}

/// Each thing that the page can say, as the key of a catalogue, with a place that says it.
fn shown(files: &[File]) -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    let mut add = |english: &str, place: String| {
        shown.entry(english.trim().to_owned()).or_insert(place);
    };
    for file in files.iter().filter(|file| of_the_page(&file.path)) {
        for literal in literals(&file.text, !file.is_rust()) {
            let text = key(&literal.text);
            if is_shown(&file.path, &literal, &text) {
                let place = format!("{}:{}", file.path, literal.line);
                for (start, end) in TAKEN_OFF {
                    if let Some(rest) = text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)) {
                        add(rest, place.clone());
                    }
                }
                add(&text, place);
            }
        }
        for part in explanations(file) {
            add(&part, file.path.clone());
        }
    }
    for word in MADE {
        add(word, "crates/ui/src/status.rs".to_owned());
    }
    for part in files.iter().filter(|file| file.path == "index.html").flat_map(|file| stopped(&file.text)) {
        add(&part, "index.html".to_owned());
    }
    shown
}

fn of_the_page(path: &str) -> bool {
    let tests = path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "testing.rs"));
    let here = |place: &&str| path.starts_with(*place);
    !tests && SOURCES.iter().any(here) && !NOT_OF_THE_PAGE.iter().map(|(place, _)| place).any(here)
}

fn is_shown(path: &str, literal: &Literal, text: &str) -> bool {
    let word = text.trim();
    if STRINGS.contains(&path) {
        return word.contains(char::is_alphabetic);
    }
    if !has_words(word) || is_markup(word) || NO_WORDS_BEHIND.iter().any(|code| literal.before.ends_with(code)) {
        return false;
    }
    // The second value of `icon_of` is a class; that of an assertion is for developers.
    if literal.before.ends_with(',') && ["icon_of(", "assert!("].iter().any(|call| literal.before.contains(call)) {
        return false;
    }
    let label = LABELS.iter().any(|place| path.starts_with(place)) && is_label(word) && !KEYS.contains(&word);
    // `counted(3, "artifact", "artifacts")`.
    let counted = literal.before.rsplit_once("counted(").is_some_and(|(_, behind)| !behind.contains(')'));
    word.contains(' ') || label || counted
}

/// `{name:?}` and `{0}` become `{}`.
fn key(text: &str) -> String {
    let mut key = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        key.push_str(before);
        key.push('{');
        rest = after;
        if let Some((_, behind)) = after.split_once('}').filter(|(name, _)| is_place(name)) {
            key.push('}');
            rest = behind;
        }
    }
    key + rest
}

/// What stands between the braces of a place: a name or a number, and how it is written.
fn is_place(name: &str) -> bool {
    let (name, _) = name.split_once(':').unwrap_or((name, ""));
    name.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '.'))
}

/// Whether there is something to translate: a small letter behind another letter.
fn has_words(text: &str) -> bool {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.into_iter().any(|(first, second)| first.is_ascii_alphabetic() && second.is_ascii_lowercase())
}

/// Elements, attributes, Markdown, PEM, and lists of classes.
fn is_markup(text: &str) -> bool {
    let class = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
    };
    let words: Vec<&str> = text.split(' ').collect();
    let classes = words.len() > 1
        && words.iter().all(|word| class(word))
        && words.iter().any(|word| word.contains("--") || word.contains("__"));
    classes || text.starts_with(['<', '#', '|']) || text.starts_with("-----") || text.contains("=\"")
}

/// `Signer`, `Where:`.
fn is_label(text: &str) -> bool {
    let word = text.strip_suffix(['.', ':', ',', '…']).unwrap_or(text);
    let mut letters = word.chars();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && word.len() > 1
        && letters.all(|letter| letter.is_ascii_lowercase())
}

/// What `check!` hands to the page of its doc comment: the question, the text of each section, each item of a list.
fn explanations(file: &File) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut lines = file.text.lines().map(str::trim);
    if !file.path.starts_with("crates/verify/src/checks/") || !lines.any(|line| line == "check! {") {
        return parts;
    }
    let mut fresh = true;
    for line in lines.map_while(|line| line.strip_prefix("///")).map(str::trim) {
        if line.is_empty() || line.starts_with("# ") {
            fresh |= line.starts_with("# ");
            continue;
        }
        match (line.strip_prefix("- "), parts.last_mut()) {
            (None, Some(last)) if !fresh => {
                last.push(' ');
                last.push_str(line);
            }
            (item, _) => parts.push(item.unwrap_or(line).to_owned()),
        }
        fresh = false;
    }
    parts
}

/// What the page says when its program stopped.
fn stopped(html: &str) -> Vec<String> {
    let inside = html.split_once("<div id=\"failed\"").and_then(|(_, rest)| rest.split_once("</div>"));
    let Some((inside, _)) = inside else { return Vec::new() };
    let texts = inside.split('>').filter_map(|part| part.split_once('<')).map(|(text, _)| text.trim());
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{File, apart, broken, catalogue, has_words, is_label, is_markup, key, missing, same_places, shown};

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn places_lose_their_names_and_other_braces_stay() {
        assert_eq!(key("{found:?} at place {position} is {}"), "{} at place {} is {}");
        assert_eq!(key("an empty { a b } {"), "an empty { a b } {");
    }

    #[test]
    fn each_value_stands_once_in_a_translation() {
        assert!(same_places("{} of {}", "{} von {}"));
        assert!(same_places("{} of {}", "{1} aus {0}"));
        assert!(!same_places("{} of {}", "{} von"));
        assert!(!same_places("{} of {}", "{0} von {0}"));
        assert!(!same_places("all", "alle {}"));
    }

    #[test]
    fn classes_and_elements_are_no_words() {
        assert!(is_markup("btn btn--small") && is_markup("<td class=\"dg\">") && is_markup("class=\"c\" {a}"));
        assert!(!is_markup("run touchstone verify --policy"));
        assert!(!has_words("RSA PSS SHA-256") && has_words("SHA-256 or more"));
        assert!(is_label("Signer") && is_label("Where:") && !is_label("SHA") && !is_label("hashedRekord"));
    }

    #[test]
    fn what_the_page_says_is_found_and_what_it_does_not_is_left() {
        let files = [
            file("crates/ui/src/strings.rs", "const A: &str = \"Copy \"; const B: &str = \" of \";"),
            file(
                "crates/report/src/tell.rs",
                "let a = format!(\"run for {x}\"); let b = \"Issuer\"; let c = \"issuer\";",
            ),
            file("crates/report/src/text.rs", "\"only on a terminal\""),
            file("crates/custody/src/answers.rs", "\"Nobody states where it runs.\""),
            file(
                "crates/verify/src/checks/x.rs",
                "check! {\n    /// Is it?\n    ///\n    /// # What\n    /// One\n    /// two.\n    X\n}",
            ),
            file("crates/ui/src/a.rs", "html! { <p class=\"muted small\">{ \"seen here\" }</p> }"),
        ];
        let mut found: Vec<String> =
            shown(&files).into_keys().filter(|key| !super::MADE.contains(&key.as_str())).collect();
        found.sort();
        let expected = [
            "Copy",
            "Is it?",
            "Issuer",
            "Nobody states where it runs.",
            "One two.",
            "of",
            "run for {}",
            "seen here",
            "where it runs",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn what_an_empty_file_or_an_empty_entry_does_not_say_is_missing() {
        let shown = shown(&[file("crates/ui/src/a.rs", "\"seen here\"")]);
        let lacks = |text: &str| {
            let catalogue = catalogue(&file("web/lang/xx.json", text)).unwrap_or_default();
            missing(&shown, &catalogue).any(|(english, _)| english == "seen here")
        };
        assert!(lacks("") && lacks("\n") && lacks("{}") && lacks("{\"seen here\": \" \"}"));
        assert!(!lacks("{\"seen here\": \"hier gesehen\"}"));
        assert!(catalogue(&file("web/lang/xx.json", "")).is_ok());
    }

    #[test]
    fn the_widget_has_the_languages_of_the_page() {
        let files = |words: &str| {
            [file("web/lang/de.json", "{}"), file("web/lang/fr.json", "{}"), file("crates/widget/js/words.js", words)]
        };
        assert_eq!(apart(&files("const LANGUAGES = { en, de, fr };\n")), Vec::<String>::new());
        assert_eq!(apart(&files("const LANGUAGES = {\n  en,\n  fr,\n  de,\n};\n")), Vec::<String>::new());
        let one = ["crates/widget/js/words.js: has de, en; the page has de, en, fr"];
        assert_eq!(apart(&files("const LANGUAGES = { en, de };\n")), one);
        assert_eq!(apart(&files("const languages = {};\n")).len(), 1);
    }

    #[test]
    fn a_catalogue_that_lacks_or_keeps_an_entry_is_named() {
        let made = super::MADE.map(|word| format!("{word:?}: \"x\"")).join(",");
        let of = |entries: &str| {
            let source = file("crates/ui/src/a.rs", "\"seen here\"");
            broken(&[source, file("web/lang/xx.json", &format!("{{{made}{entries}}}"))])
        };
        assert_eq!(of(", \"seen here\": \"hier gesehen\"").unwrap_or_default(), Vec::<String>::new());
        assert_eq!(of("").unwrap_or_default().len(), 1);
        assert_eq!(of(", \"seen here\": \"hier gesehen\", \"gone by\": \"weg\"").unwrap_or_default().len(), 1);
        assert_eq!(of(", \"seen here\": \"hier {}\"").unwrap_or_default().len(), 1);
    }
}
