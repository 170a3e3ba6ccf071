//! The history of what was checked: kept in this browser, and only where the person turned it on. Lines are made and checked
//! by the worker (`report::history`); here they are only put one after the other.

use touchstone_browser::listen::Listener;
use touchstone_browser::{file, storage};
use yew::prelude::*;

const ON: &str = "touchstone-history-on";
/// The lines with their closing line, as they are exported.
const TEXT: &str = "touchstone-history";

/// How many answers there were when one was kept last: lines that are gone altogether say nothing of it.
const COUNT: &str = "touchstone-history-count";

const NOTHING_KEPT: &str = "This browser keeps nothing for this page.";

/// What is shown of the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    /// Whether answers are kept.
    pub(crate) on: bool,
    /// Answers kept.
    pub(crate) lines: usize,
    /// SHA-256 of the last one, as the closing line names it.
    pub(crate) head: String,
    /// Whether the last answer was not kept, though answers are; `said` says why.
    pub(crate) not_kept: bool,
    /// When it was asked to be forgotten, in milliseconds, where nothing came of it since.
    pub(crate) forgetting: Option<f64>,
    /// What there is to say about it.
    pub(crate) said: Vec<String>,
}

/// What is shown, and how to change it. Every change writes what is kept first.
#[hook]
pub(crate) fn use_history() -> UseStateHandle<History> {
    use_state(|| look(Vec::new()))
}

/// What is kept, with something to say.
pub(crate) fn look(mut said: Vec<String>) -> History {
    let text = text();
    said.extend(gone(&text));
    History { on: is_on(), lines: lines(&text), head: head(&text).to_owned(), not_kept: false, forgetting: None, said }
}

/// That everything that was kept is gone, where nobody forgot it.
fn gone(text: &str) -> Option<String> {
    let count = storage::kept(COUNT).filter(|_| is_on() && text.is_empty())?;
    Some(format!(
        "Answers that were kept here: {count}. None is left: this browser’s storage was cleared or changed, not by this page. What is \
         kept from now on begins anew."
    ))
}

/// The same, where an answer was not kept.
pub(crate) fn refuse(said: Vec<String>) -> History {
    History { not_kept: true, ..look(said) }
}

/// Whether answers are kept.
pub(crate) fn is_on() -> bool {
    storage::kept(ON).is_some()
}

/// Turns it on or off. What is kept stays.
pub(crate) fn turn(on: bool) -> History {
    storage::keep(ON, on.then_some("yes"));
    let refused = on && !is_on();
    look(if refused { vec![NOTHING_KEPT.to_owned()] } else { Vec::new() })
}

/// The last line that is kept, and the closing line, which says how the history ended when that was kept; both empty when there is
/// none. Read at once: another window may write.
pub(crate) fn tail() -> (String, String) {
    let text = text();
    let (own, closing) = text.split_at_checked(own_lines(&text).len()).unwrap_or_default();
    let last = own.lines().last().unwrap_or_default();
    (last.to_owned(), closing.trim_end_matches('\n').to_owned())
}

/// Puts `next` and the closing line `end` after `last_known`. `None` when that is not the last any more: another window kept
/// an answer meanwhile.
pub(crate) fn append(last_known: &str, next: &str, end: &str) -> Option<History> {
    if tail().0 != last_known {
        return None;
    }
    let text = text();
    let no_room =
        "This browser has no room for another answer: the last one was not kept. Export the history and forget it.";
    let is_kept = keep(&format!("{}{next}\n{end}\n", own_lines(&text)));
    Some(if is_kept { look(Vec::new()) } else { refuse(vec![no_room.to_owned()]) })
}

/// Whether this line is still kept. Two windows that write in one moment do not see each other's line, and the later one
/// wins: browsers keep a copy for each process.
pub(crate) fn has(line: &str) -> bool {
    own_lines(&text()).lines().any(|kept| kept == line)
}

/// Whether anything is kept.
pub(crate) fn is_any() -> bool {
    !text().is_empty()
}

/// Hears when another window changed the history, or turned it on or off.
pub(crate) fn changed_elsewhere(heard: impl Fn() + 'static) -> Option<Listener> {
    storage::changed_elsewhere(&[TEXT, ON], heard)
}

/// Takes a history that was found whole, where it goes on from what is kept.
pub(crate) fn import(imported: &str, count: usize) -> History {
    let own = text();
    if imported.starts_with(own_lines(&own)) {
        let whole = match count {
            1 => "The history is whole: 1 answer.".to_owned(),
            _ => format!("The history is whole: {count} answers."),
        };
        let said = match (keep(imported), storage::is_there()) {
            (true, _) => "It is kept here now.",
            (false, true) => "This browser has no room for it, so it was not taken over.",
            (false, false) => NOTHING_KEPT,
        };
        look(vec![whole, said.to_owned()])
    } else if own.starts_with(own_lines(imported)) {
        look(vec!["It is whole, and an earlier state of the one kept here.".to_owned()])
    } else {
        look(vec![
            "It is whole, and it is another history than the one kept here. Export that one and forget it first."
                .to_owned(),
        ])
    }
}

/// Offers it as a file.
pub(crate) fn export() {
    file::save("touchstone-history.jsonl", "application/jsonl", text().as_bytes());
}

/// Forgets it.
pub(crate) fn forget() -> History {
    // First, so that no window finds the lines gone and the count not.
    storage::keep(COUNT, None);
    storage::keep(TEXT, None);
    look(Vec::new())
}

/// Keeps it, and says whether it is kept.
fn keep(text: &str) -> bool {
    storage::keep(TEXT, Some(text));
    let is_kept = storage::kept(TEXT).as_deref() == Some(text);
    if is_kept {
        storage::keep(COUNT, Some(&lines(text).to_string()));
    }
    is_kept
}

/// All of it, as it is kept.
pub(crate) fn text() -> String {
    storage::kept(TEXT).unwrap_or_default()
}

/// All but the closing line.
fn own_lines(text: &str) -> &str {
    let end = text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at.saturating_add(1));
    text.get(..end).unwrap_or_default()
}

/// What the closing line names as the last answer's digest. Whether that is so, who checks the history finds out.
fn head(text: &str) -> &str {
    let closing = text.get(own_lines(text).len()..).unwrap_or_default();
    let named = closing.split_once("\"head\":\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
    if named.len() == 64 { named } else { "" }
}

fn lines(text: &str) -> usize {
    own_lines(text).lines().count()
}

#[cfg(test)]
mod tests {
    use super::{head, lines, own_lines};

    #[test]
    fn the_last_answer_is_named_by_the_closing_line() {
        let digest = "7a".repeat(32);
        assert_eq!(head(&format!("a\n{{\"end\":1,\"head\":\"{digest}\"}}\n")), digest);
        assert_eq!((head(""), head("a\nend\n"), head("{\"head\":\"7a\"}\n")), ("", "", ""));
    }

    #[test]
    fn the_closing_line_is_no_answer() {
        assert_eq!((own_lines(""), lines("")), ("", 0));
        assert_eq!((own_lines("end\n"), lines("end\n")), ("", 0));
        assert_eq!((own_lines("a\nb\nend\n"), lines("a\nb\nend\n")), ("a\nb\n", 2));
    }
}
