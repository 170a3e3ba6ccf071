//! What every parse error of this crate can say about itself.

use core::fmt;
use std::borrow::Cow;

/// A parse error, told in the five parts that a report needs.
///
/// Codes are stable: tests and translations key on them. A code names one cause; the path says which
/// member it struck.
pub trait Fault: fmt::Display + fmt::Debug {
    /// All five parts.
    fn explain(&self) -> Explanation<'_>;

    /// Stable kebab-case name of the cause, e.g. `bundle-two-contents`.
    fn code(&self) -> &'static str {
        self.explain().code
    }

    /// Id of the rule in the specification that the input breaks, e.g. `A-13`.
    fn rule(&self) -> &'static str {
        self.explain().rule
    }

    /// Where in the input, e.g. `$.verificationMaterial.tlogEntries[0].logIndex`; `None` where no
    /// place can be named, such as an empty input.
    fn path(&self) -> Option<String> {
        self.explain().path.map(Cow::into_owned)
    }

    /// What the rule wants there.
    fn expected(&self) -> String {
        self.explain().expected.into_owned()
    }

    /// What was there. Foreign text is quoted, escaped and shortened.
    fn found(&self) -> String {
        self.explain().found.into_owned()
    }
}

/// The five parts of a [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// Stable kebab-case name of the cause.
    pub code: &'static str,
    /// Id of the broken rule.
    pub rule: &'static str,
    /// Where in the input.
    pub path: Option<Cow<'a, str>>,
    /// What the rule wants there.
    pub expected: Cow<'a, str>,
    /// What was there.
    pub found: Cow<'a, str>,
}

impl<'a> Explanation<'a> {
    /// An explanation without a place, to be filled in.
    #[must_use]
    pub fn new(code: &'static str, rule: &'static str) -> Self {
        Self { code, rule, path: None, expected: "".into(), found: "".into() }
    }

    /// Names the place.
    #[must_use]
    pub fn at(self, path: impl Into<Cow<'a, str>>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// Names what the rule wants.
    #[must_use]
    pub fn expected(self, expected: impl Into<Cow<'a, str>>) -> Self {
        Self { expected: expected.into(), ..self }
    }

    /// Names what was there.
    #[must_use]
    pub fn found(self, found: impl Into<Cow<'a, str>>) -> Self {
        Self { found: found.into(), ..self }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        write!(f, "expected {}, found {} ({})", self.expected, self.found, self.rule)
    }
}

/// Gives an error that implements [`Fault`] its `Display` and `Error`.
macro_rules! display_fault {
    ($($name:ty),+ $(,)?) => {$(
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&$crate::fault::Fault::explain(self), f)
            }
        }

        impl core::error::Error for $name {}
    )+};
}
pub(crate) use display_fault;
