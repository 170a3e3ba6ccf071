//! The text of a page's files, changed where a build changes it.

use crate::process::Outcome;

/// Puts `to` in the place of `from`, which `name` must hold once.
pub(crate) fn replace_once(name: &str, text: &str, from: &str, to: &str) -> Outcome<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        found => Err(format!("{name}: {from:?} stands there {found} times, expected once")),
    }
}

/// The names of the style sheets of a built page, in order.
pub(crate) fn style_sheets(index: &str) -> Vec<String> {
    let href = |line: &str| {
        Some(line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"./")?.split('"').next()?.to_owned())
    };
    index.lines().filter_map(href).collect()
}

/// A built page without comments, which the sources have, and without the lines that this leaves blank.
pub(crate) fn without_comments(html: &str) -> Outcome<String> {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").ok_or("index.html: a comment without end")?.1;
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().filter(|line| !line.trim().is_empty()).collect();
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{replace_once, without_comments};

    #[test]
    fn comments_stay_with_the_sources() {
        assert_eq!(without_comments("a <!-- b\n--> c <!-- d -->e").as_deref(), Ok("a  c e"));
        assert_eq!(without_comments("a\n <!-- b -->\nc\n").as_deref(), Ok("a\nc"));
        assert!(without_comments("a <!-- b").is_err());
    }

    #[test]
    fn what_is_not_there_once_is_not_replaced() {
        assert_eq!(replace_once("x", "a b", "b", "c").as_deref(), Ok("a c"));
        assert!(replace_once("x", "a", "b", "c").is_err() && replace_once("x", "b b", "b", "c").is_err());
    }
}
