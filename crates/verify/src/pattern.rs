//! The one pattern language (H-31): `regex-lite`, anchored at both ends by us (C-3).

use regex_lite::{Regex, RegexBuilder};

/// Longest pattern accepted, in bytes.
pub const MAX_PATTERN: usize = 2048;

/// Longest text that a pattern is matched against, in bytes. The work is pattern times text, and both may be hostile: a
/// link brings one, a bundle the other. No name of a signer comes near it.
const MAX_MATCHED: usize = 4096;

/// Cap on a compiled pattern, in bytes: a hostile link may carry one.
const MAX_COMPILED: usize = 1 << 20;

/// A regular expression that must match the whole text.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    compiled: Regex,
}

/// Why a pattern was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternError {
    /// It is empty: it would match nobody or everybody, and either is a mistake.
    Empty,
    /// It does not parse; the parser's words.
    Malformed(String),
    /// It is longer than [`MAX_PATTERN`].
    TooLong(usize),
}

impl Pattern {
    /// Compiles `written`, anchored as `^(?:…)$`.
    ///
    /// # Errors
    /// [`PatternError`] when it is empty, too long, too large compiled, or no regular expression.
    pub fn new(written: &str) -> Result<Self, PatternError> {
        if written.is_empty() {
            return Err(PatternError::Empty);
        }
        if written.len() > MAX_PATTERN {
            return Err(PatternError::TooLong(written.len()));
        }
        // Compiled alone first: `a)|(b` is no expression by itself and must not become one inside our brackets.
        let build = |text: &str| {
            RegexBuilder::new(text)
                .size_limit(MAX_COMPILED)
                .build()
                .map_err(|error| PatternError::Malformed(error.to_string()))
        };
        build(written)?;
        // A comment at the end of a `(?x)` pattern takes our bracket with it; the end of the line ends it. Of any other
        // pattern that is whole by itself, both fail for the same reason.
        let compiled = build(&format!("^(?:{written})$"))
            .or_else(|error| build(&format!("^(?:{written}\n)$")).map_err(|_| error))?;
        Ok(Self { written: written.to_owned(), compiled })
    }

    /// The expression as the person wrote it.
    #[must_use]
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// Whether the whole of `text` matches; never one of more than 4096 bytes.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        // `$` in regex-lite is the end of the text (multi-line mode is off); a pattern may turn it on with `(?m)`,
        // which is confined to our group, so the anchors outside keep their meaning.
        text.len() <= MAX_MATCHED && self.compiled.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, PatternError};

    #[test]
    fn a_pattern_is_anchored_at_both_ends() {
        let Ok(pattern) = Pattern::new("https://github.com/acme/.*|b") else { unreachable!() };
        assert!(pattern.matches("https://github.com/acme/app"));
        assert!(pattern.matches("b"));
        for text in ["xhttps://github.com/acme/app", "bb", "", "https://github.comX/acme/", "b\n", "\nb"] {
            assert!(!pattern.matches(text), "{text:?}");
        }
    }

    #[test]
    fn a_flag_inside_a_pattern_does_not_loosen_the_anchors() {
        let Ok(pattern) = Pattern::new("(?m)good") else { unreachable!() };
        for text in ["evil\ngood", "good\nevil", "evil\ngood\nevil"] {
            assert!(!pattern.matches(text), "{text:?}");
        }
    }

    /// C-3: a comment at the end of a `(?x)` pattern does not swallow our closing bracket.
    #[test]
    fn a_comment_at_the_end_is_no_fault() {
        for written in ["(?x) good | fine # either", "(?x)(?:good|fine)#)", "(?x)\n good # one\n | fine # other"] {
            let Ok(pattern) = Pattern::new(written) else { unreachable!("{written}") };
            assert_eq!(pattern.as_written(), written);
            assert!(pattern.matches("good") && pattern.matches("fine"), "{written}");
            for text in ["goodx", "xfine", "good\n", "", "good # either"] {
                assert!(!pattern.matches(text), "{written}: {text:?}");
            }
        }
        for written in ["(?x)good) # a", "(?x)a)|(b # c", "(?x)[a # b"] {
            assert!(matches!(Pattern::new(written).err(), Some(PatternError::Malformed(_))), "{written}");
        }
    }

    #[test]
    fn a_text_of_hostile_length_matches_nothing() {
        let Ok(pattern) = Pattern::new("a*") else { unreachable!() };
        assert!(pattern.matches(&"a".repeat(4096)));
        assert!(!pattern.matches(&"a".repeat(4097)));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        assert_eq!(Pattern::new("").err(), Some(PatternError::Empty));
        assert!(matches!(Pattern::new("a)|(b").err(), Some(PatternError::Malformed(_))));
        assert!(matches!(Pattern::new("a(").err(), Some(PatternError::Malformed(_))));
        assert!(matches!(Pattern::new(&"a".repeat(3000)).err(), Some(PatternError::TooLong(3000))));
    }
}
