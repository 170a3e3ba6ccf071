//! Why a request brought nothing, and what to run instead.

use crate::limits;
use crate::request::{Purpose, Request};

/// Why a request brought nothing. None of these says anything about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchProblem {
    /// The answer came and could not be read.
    BadAnswer {
        /// What was wrong with it.
        found: String,
    },
    /// The browser kept the answer from the page: the server does not allow other pages to read it, or could not be
    /// reached. A page cannot tell these two apart.
    BlockedByBrowser,
    /// The person stopped it.
    Cancelled,
    /// GitHub answered with an empty list.
    NoAttestations,
    /// The server does not have it.
    NotFound,
    /// The answer is of another kind than the one that was asked for.
    NotWhatWasAsked {
        /// What was asked for.
        expected: String,
        /// What came.
        found: String,
    },
    /// This browser has no network.
    Offline,
    /// The server asks to wait.
    RateLimited {
        /// When it answers again, in seconds since 1970, if it said so.
        reset: Option<u64>,
    },
    /// The server refused with a status.
    RefusedByServer {
        /// HTTP status.
        status: u16,
    },
    /// The answer is larger than evidence may be.
    TooLarge {
        /// Bytes at which reading stopped.
        cap: usize,
    },
}

impl FetchProblem {
    /// A short title: "Not found".
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::BadAnswer { .. } => "The answer cannot be read",
            Self::BlockedByBrowser => "The browser did not get the answer",
            Self::Cancelled => "Stopped",
            Self::NoAttestations => "No attestation for this digest",
            Self::NotFound => "Not found",
            Self::NotWhatWasAsked { .. } => "Not what was asked for",
            Self::Offline => "No network",
            Self::RateLimited { .. } => "The server asks to wait",
            Self::RefusedByServer { .. } => "The server refused",
            Self::TooLarge { .. } => "Too large",
        }
    }

    /// Whether the same request may bring something later.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::BlockedByBrowser | Self::Cancelled | Self::Offline | Self::RateLimited { .. } => true,
            Self::RefusedByServer { status } => *status >= 500,
            Self::BadAnswer { .. }
            | Self::NoAttestations
            | Self::NotFound
            | Self::NotWhatWasAsked { .. }
            | Self::TooLarge { .. } => false,
        }
    }

    /// What happened and what it means. Never a verdict: "could not look" is not "bad".
    #[must_use]
    pub fn words(&self, request: &Request) -> String {
        let host = &request.host;
        let said = match self {
            Self::BadAnswer { found } => format!("{host} answered with something that cannot be read: {found}."),
            Self::BlockedByBrowser => format!(
                "{host} could not be reached, or it does not allow other pages to read its answers (CORS). A page \
                 cannot tell which."
            ),
            Self::Cancelled => "You stopped the request.".to_owned(),
            Self::NoAttestations => {
                "GitHub holds no attestation for this digest in this repository. Look at the digest and the name; \
                 absence proves nothing."
                    .to_owned()
            }
            Self::NotFound => format!("{host} has nothing at this address. Absence proves nothing."),
            Self::NotWhatWasAsked { expected, found } => format!("{expected} was asked for; {host} sent {found}."),
            Self::Offline => "This browser has no network at the moment.".to_owned(),
            Self::RateLimited { reset: Some(reset) } => {
                format!("{host} has answered this network too often. It answers again at {} UTC.", clock(*reset))
            }
            Self::RateLimited { reset: None } => format!("{host} has answered this network too often. Try later."),
            Self::RefusedByServer { status } => format!("{host} refused with HTTP status {status}."),
            Self::TooLarge { cap } => {
                format!("The answer is larger than {} MiB, more than evidence may be.", cap / (1024 * 1024))
            }
        };
        format!("{said} This says nothing about your file.")
    }

    /// A command whose output can be dropped on the page instead; of what is too large for a page, one that answers itself
    /// ([`Self::is_answered_there`]). Empty when nothing would help.
    #[must_use]
    pub fn command_instead(&self, request: &Request, artifact: &str) -> String {
        let file = if artifact.is_empty() { "FILE".to_owned() } else { file_word(artifact) };
        let (command, bundles) = match &request.purpose {
            Purpose::Link => (format!("curl -LO {}", shell_word(&request.url)), request.file_name()),
            Purpose::GitHubList { owner, repo, sha256 } => {
                // Without a limit gh stops at thirty (G-22). Its file is named by the digest (G-23).
                let limit = limits::GITHUB_PAGE;
                let command = format!("gh attestation download {file} --repo {owner}/{repo} --limit {limit}");
                (command, format!("sha256:{sha256}.jsonl"))
            }
            Purpose::GitHubBundle { number } => {
                let url = shell_word(&request.url);
                (format!("curl -L {url} | snzip -dc -t raw > bundle-{number}.sigstore.json"), String::new())
            }
        };
        match self {
            Self::NoAttestations => String::new(),
            // A single bundle of that size is none anywhere (A-16); several are read by the command.
            Self::TooLarge { .. } if bundles.is_empty() => String::new(),
            Self::TooLarge { .. } => {
                format!("{command} && touchstone verify --bundle {} {file}", file_word(&bundles))
            }
            _ => command,
        }
    }

    /// Whether [`Self::command_instead`] ends with the answer: what it brings is too large to be given to a page.
    #[must_use]
    pub const fn is_answered_there(&self) -> bool {
        matches!(self, Self::TooLarge { .. })
    }
}

/// One word for a POSIX shell, whatever is in it.
fn shell_word(text: &str) -> String {
    let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.' | '/' | ':' | '@' | '%' | '+');
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A file name as one word for a POSIX shell, never read as an option.
fn file_word(name: &str) -> String {
    if name.starts_with('-') { shell_word(&format!("./{name}")) } else { shell_word(name) }
}

/// Hours and minutes of a moment in seconds since 1970.
fn clock(seconds: u64) -> String {
    let minutes = seconds / 60 % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
