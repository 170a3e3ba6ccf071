//! The words and marks of the chain's states, for every medium that writes it.

use crate::document::custody::{Agreement, EdgeState, Met, StageState, Standing, Strength};

impl StageState {
    /// Before the answer of a stage that is not answered.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Answered => "",
            Self::Gap => "Gap: ",
            Self::Differs => "Unexpected: ",
            Self::Off => "Not counted: ",
            Self::Wait => "Not read yet: ",
        }
    }
}

impl Strength {
    /// Before the answer of a question that is not proven.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Proven => "",
            Self::NameOnly => "name only. ",
            Self::Contradicted => "contradicted. ",
            Self::Gap => "gap. ",
        }
    }
}

impl EdgeState {
    /// One column of the line at the left of an edge's text.
    #[must_use]
    pub const fn gutter(self) -> char {
        match self {
            Self::Match => '|',
            Self::Name => ':',
            Self::Gap => '/',
            Self::Differs => 'x',
            Self::Wait => '.',
        }
    }

    /// The sign that begins a label of this state.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Match => "=",
            Self::Name => "- -",
            Self::Gap => "gap:",
            Self::Differs => "\u{2260}",
            Self::Wait => ". . .",
        }
    }

    /// The label with its sign, once: a label may bring its own.
    #[must_use]
    pub fn labelled(self, label: &str) -> String {
        let bare = label.trim_start();
        if bare.starts_with(self.sign()) { bare.to_owned() } else { format!("{} {bare}", self.sign()) }
    }

    /// How two things are joined, in words.
    #[must_use]
    pub fn joined(self, to: &str) -> String {
        match self {
            Self::Match => format!("joined to {to}"),
            Self::Name => format!("has the same name as {to}, no more"),
            Self::Gap => format!("not joined to {to}"),
            Self::Differs => format!("differs from {to}"),
            Self::Wait => format!("not yet compared with {to}"),
        }
    }
}

impl Standing {
    /// What a statement counts for, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Named => "verified, by the signer you named or accepted",
            Self::Relied => "verified, by a signer on the list of those relied on",
            Self::Unnamed => "the signature verifies, by a signer that nobody named",
            Self::Unsigned => "signed by nobody",
            Self::Failed => "a check failed, so it joins nothing",
            Self::Elsewhere => "verified, about another file",
        }
    }
}

impl Met {
    /// Whether a requirement is met, in a word. "Cannot be known" is for what no attestation ever holds.
    #[must_use]
    pub const fn word(self, never_visible: bool) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Unknown if never_visible => "cannot be known",
            Self::Unknown => "not stated",
        }
    }

    /// The same as three columns.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Met => "[x]",
            Self::NotMet => "[ ]",
            Self::Unknown => "[?]",
        }
    }
}

impl Agreement {
    /// What comparing gave, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::OnlyClaimed => "only claimed by the provenance",
            Self::OnlyCertificate => "only in the certificate",
            Self::Contradicts => "contradicts",
        }
    }
}
