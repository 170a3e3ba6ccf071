//! Where in a JSON document something is.

use core::fmt;

use crate::limits::MAX_QUOTED_CHARS;

/// A place in a JSON document, written `$.verificationMaterial.tlogEntries[0].logIndex`.
///
/// A key that is no plain identifier is written `["…"]`, escaped and shortened, so that a path is
/// always one readable line whatever the document holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// The document itself, `$`.
    #[must_use]
    pub fn root() -> Self {
        Self("$".to_owned())
    }

    /// A place that was kept as text.
    pub(crate) fn parsed(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// A document that is found inside another: `$.dsseEnvelope.payload:$`.
    ///
    /// Paths below it start there, so that a fault in an embedded document still says which one.
    #[must_use]
    pub fn embedded(&self) -> Self {
        Self(format!("{}:$", self.0))
    }

    /// A document that is one line of a JSON Lines file, lines counted from 1: `line 2:$`.
    #[must_use]
    pub fn line(number: usize) -> Self {
        Self(format!("line {number}:$"))
    }

    /// A document of a YAML text with several, counted from 1: `document 2:$`.
    #[must_use]
    pub fn document(number: usize) -> Self {
        Self(format!("document {number}:$"))
    }

    /// The member `key` of the object here.
    #[must_use]
    pub fn member(&self, key: &str) -> Self {
        let mut text = self.0.clone();
        push_member(&mut text, key);
        Self(text)
    }

    /// The element `index` of the array here.
    #[must_use]
    pub fn element(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text of a path built from the innermost step outwards, as a parser unwinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReversePath(Vec<String>);

impl ReversePath {
    pub(crate) fn push_member(&mut self, key: &str) {
        let mut step = String::new();
        push_member(&mut step, key);
        self.0.push(step);
    }

    pub(crate) fn push_element(&mut self, index: usize) {
        self.0.push(format!("[{index}]"));
    }

    pub(crate) fn into_path(self) -> Path {
        let mut text = "$".to_owned();
        for step in self.0.iter().rev() {
            text.push_str(step);
        }
        Path(text)
    }
}

fn push_member(text: &mut String, key: &str) {
    let plain = !key.is_empty()
        && key.len() <= MAX_QUOTED_CHARS
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if plain {
        text.push('.');
        text.push_str(key);
    } else {
        text.push('[');
        text.push_str(&quoted(key));
        text.push(']');
    }
}

/// Foreign text made safe to show on one line: quoted, escaped, shortened.
#[must_use]
pub fn quoted(text: &str) -> String {
    let shortened: String = text.chars().take(MAX_QUOTED_CHARS).collect();
    let ellipsis = if shortened.len() < text.len() { "…" } else { "" };
    format!("{:?}{ellipsis}", shortened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_keys_are_dotted_and_strange_ones_quoted() {
        let path = Path::root().member("a").element(3).member("x y").member("");
        assert_eq!(path.as_str(), r#"$.a[3]["x y"][""]"#);
    }

    #[test]
    fn control_and_bidirectional_characters_never_reach_a_path_raw() {
        let path = Path::root().member("a\n\u{202e}b");
        assert_eq!(path.as_str(), r#"$["a\n\u{202e}b"]"#);
    }

    #[test]
    fn long_keys_are_shortened() {
        let path = Path::root().member(&"k".repeat(100_000));
        assert!(path.as_str().len() < 140, "{}", path.as_str().len());
    }

    #[test]
    fn a_path_built_while_unwinding_reads_outside_in() {
        let mut reverse = ReversePath::default();
        reverse.push_element(1);
        reverse.push_member("b");
        assert_eq!(reverse.into_path().as_str(), "$.b[1]");
    }
}
