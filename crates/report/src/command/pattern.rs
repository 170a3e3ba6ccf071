//! Regular expressions: anchored at both ends here (C-3), unanchored in the other tools.

/// Reads a pattern that another tool would look for anywhere in a text. Here it must match the whole text: what it leaves
/// open at its end stays open (`.*`), but it must match from the beginning, so that `https://github.com/acme` is not found
/// inside another address. Returns the pattern and what is otherwise than there.
pub(super) fn from_unanchored(tool: &str, text: &str) -> (String, Option<String>) {
    let (flags, rest) = leading_flags(text);
    let (begins, rest) = match rest.strip_prefix('^') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (ends, body) = match rest.strip_suffix('$').filter(|body| !ends_in_escape(body)) {
        Some(body) => (true, body),
        None => (false, rest),
    };
    // `^(?:…)$` as it is written here for other tools.
    if begins
        && ends
        && let Some(inner) = whole_group(body)
    {
        return (format!("{flags}{inner}"), None);
    }
    let body = if begins && ends { body.to_owned() } else { grouped(body) };
    let open_end = if ends || body.ends_with(".*") { "" } else { ".*" };
    let note = match (begins, ends) {
        (true, true) => None,
        (true, false) => Some(format!(
            "{tool} accepts anything behind {text:?}; so does this, and it is open-ended. End it where the name ends."
        )),
        (false, _) => Some(format!(
            "{tool} looks for {text:?} anywhere in the name. Here the name must begin with it: another address could \
             hold it further on."
        )),
    };
    (format!("{flags}{body}{open_end}"), note)
}

/// What a pattern must be.
pub(super) const EXPECTED: &str = "a regular expression, each of its brackets closed";

/// Why a command with this pattern is not written.
pub(super) fn refused(pattern: &str) -> String {
    format!("{pattern:?} is no regular expression: a bracket has no partner. Put it right to write this command.")
}

/// A pattern of ours for a tool that anchors nothing.
pub(super) fn anchored(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

/// `text` as a pattern that matches nothing else.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' | '#' | '&' | '~'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// `(?i)` and the like at the beginning.
fn leading_flags(text: &str) -> (&str, &str) {
    let end = text.strip_prefix("(?").and_then(|rest| rest.find(')')).map(|at| at.saturating_add(3));
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((flags, rest)) if flags.chars().all(|one| one.is_ascii_alphabetic() || matches!(one, '(' | '?' | ')')) => {
            (flags, rest)
        }
        _ => ("", text),
    }
}

/// Whether the last character is escaped by what stands before it.
fn ends_in_escape(before: &str) -> bool {
    before.chars().rev().take_while(|one| *one == '\\').count() % 2 == 1
}

/// Whether parentheses and brackets are closed in order: a pattern that is not is none, and put into a group it could
/// close the group instead of itself.
pub(super) fn is_balanced(pattern: &str) -> bool {
    let (mut depth, mut escaped, mut class) = (0u32, false, false);
    for character in pattern.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth = depth.saturating_add(1),
            ')' if !class => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0 && !escaped && !class
}

/// The inside of `(?:…)` when the first parenthesis is closed by the last character.
fn whole_group(body: &str) -> Option<&str> {
    let inner = body.strip_prefix("(?:")?.strip_suffix(')')?;
    is_balanced(inner).then_some(inner)
}

/// In a group of its own where it has alternatives, so that what is put behind it belongs to all of them.
fn grouped(body: &str) -> String {
    if body.contains('|') { format!("(?:{body})") } else { body.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{anchored, escaped, from_unanchored, is_balanced};

    #[test]
    fn what_is_open_stays_open_at_the_end_and_is_closed_at_the_beginning() {
        for (written, read, noted) in [
            ("^https://github.com/acme/.*$", "https://github.com/acme/.*", false),
            ("^https://github.com/acme/", "https://github.com/acme/.*", true),
            ("https://github.com/acme/", "https://github.com/acme/.*", true),
            ("github.com/acme$", "github.com/acme", true),
            ("(?i)^https://github.com/acme/", "(?i)https://github.com/acme/.*", true),
            ("^a|b$", "a|b", false),
            ("^a|b", "(?:a|b).*", true),
            (r"^cost\$", r"cost\$.*", true),
            (r"^back\\$", r"back\\", false),
            (".*", ".*", true),
            ("^(?:a)(?:b)$", "(?:a)(?:b)", false),
        ] {
            let (pattern, note) = from_unanchored("cosign", written);
            assert_eq!((pattern.as_str(), note.is_some()), (read, noted), "{written}");
        }
    }

    #[test]
    fn what_is_written_here_is_read_as_it_was() {
        for pattern in ["a|b", "a.*", r"a\)", "[)]", "(?:a)|(?:b)", "(a)(b)", "", r"\\"] {
            assert_eq!(from_unanchored("gh", &anchored(pattern)), (pattern.to_owned(), None), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_closes_what_it_did_not_open_is_found_out() {
        for (pattern, good) in [
            ("a", true),
            ("(a|(b))", true),
            (r"\)", true),
            ("[)]", true),
            ("a)|(b", false),
            ("(", false),
            ("[", false),
            ("\\", false),
        ] {
            assert_eq!(is_balanced(pattern), good, "{pattern}");
        }
    }

    #[test]
    fn an_escaped_text_has_no_sign_of_its_own() {
        assert_eq!(escaped("v1.2+x (a|b)^$"), r"v1\.2\+x \(a\|b\)\^\$");
        assert_eq!(escaped("release-v1_2/x@y"), "release-v1_2/x@y");
    }
}
