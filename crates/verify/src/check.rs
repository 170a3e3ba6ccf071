//! What a check is: a stable id, a place in the report, and an explanation. One check, one file under `checks/`; the
//! doc comment of its type is the text behind the page's "why?", so the explanation cannot drift from the code.

use core::fmt;

/// Groups of the report, in its order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Is this the file, and is the signature over it?
    Content,
    /// Is it whom the person expected?
    Expected,
    /// Who vouches for the signer's name?
    Certificate,
    /// Was the signing made public?
    Log,
    /// When was it?
    Time,
    /// Could the inputs be read?
    Bundle,
}

impl Group {
    /// Stable id, as in the report.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Expected => "expected",
            Self::Certificate => "certificate",
            Self::Log => "log",
            Self::Time => "time",
            Self::Bundle => "bundle",
        }
    }
}

/// A check of the report. Compared by id.
#[derive(Clone, Copy)]
pub struct Check {
    /// Stable kebab-case id.
    pub id: &'static str,
    /// Where it stands.
    pub group: Group,
    /// Short name.
    pub title: &'static str,
    /// The doc comment of its type: a question, then sections under `# ` headings.
    pub explanation: &'static str,
}

impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Check {}

impl fmt::Debug for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// Declares the type of a check; its doc comment becomes [`Check::explanation`].
macro_rules! check {
    ($(#[doc = $line:literal])* $name:ident, $id:literal, $group:ident, $title:literal) => {
        $(#[doc = $line])*
        pub(crate) struct $name;

        impl $name {
            /// What the report says of this check.
            pub(crate) const CHECK: $crate::check::Check = $crate::check::Check {
                id: $id,
                group: $crate::check::Group::$group,
                title: $title,
                explanation: concat!($($line, "\n"),*),
            };
        }
    };
}
pub(crate) use check;
