//! Why a URI is refused.

use crate::fault::display_fault;
use crate::{Explanation, Fault};

/// Why a URI was refused. What was found is quoted and shortened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UriError {
    /// No scheme, or one that no repository has (E-3).
    Scheme {
        /// The URI.
        found: String,
    },
    /// A user name or password before the host (E-3).
    UserInfo {
        /// The URI.
        found: String,
    },
    /// A host or port that is none (E-3).
    Host {
        /// The authority.
        found: String,
    },
    /// The path names no repository (E-3).
    NotRepository {
        /// The URI.
        found: String,
    },
    /// Not the form of a workflow at a ref (E-3).
    NotWorkflow {
        /// The URI.
        found: String,
    },
    /// An `@` with no ref after it, or with control characters or spaces in it (E-3).
    Reference {
        /// The URI.
        found: String,
    },
    /// Not a package URL (E-50, G-11).
    Package {
        /// The text.
        found: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Every code of [`UriError`].
pub const CODES: &[&str] = &[
    "uri-scheme",
    "uri-user-info",
    "uri-host",
    "uri-not-repository",
    "uri-not-workflow",
    "uri-reference",
    "uri-not-package",
];

impl Fault for UriError {
    fn explain(&self) -> Explanation<'_> {
        let (code, rule, expected, found) = match self {
            Self::Scheme { found } => ("uri-scheme", "E-3", "a URI of a repository, such as git+https://…", found),
            Self::UserInfo { found } => ("uri-user-info", "E-3", "a URI without user name or password", found),
            Self::Host { found } => ("uri-host", "E-3", "a host name, and at most a port", found),
            Self::NotRepository { found } => ("uri-not-repository", "E-3", "https://host/owner/repository", found),
            Self::NotWorkflow { found } => {
                ("uri-not-workflow", "E-3", "https://host/owner/repository/.github/workflows/file.yml@ref", found)
            }
            Self::Reference { found } => ("uri-reference", "E-3", "a ref after the @", found),
            Self::Package { found, problem } => ("uri-not-package", "E-50", *problem, found),
        };
        Explanation::new(code, rule).expected(expected).found(found.as_str())
    }
}
display_fault!(UriError);
