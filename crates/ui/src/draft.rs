//! The question as a person is still typing it.

use touchstone_report::question::{Name, Question, Signer, Trust};
use yew::prelude::*;

/// What the fields hold. Plain text: nothing is checked here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Which kind of signer is expected.
    pub who: Who,
    /// The name in the certificate: an address of a workflow, an e-mail address.
    pub identity: String,
    /// How `identity` is compared.
    pub identity_match: Match,
    /// Who vouched for the signer when signing: an OIDC issuer's address; empty leaves it open.
    pub issuer: String,
    /// How `issuer` is compared.
    pub issuer_match: Match,
    /// Name of the key file, when one was given.
    pub key_file: Option<String>,
    /// Key pasted as text; the file wins when both are there.
    pub key_text: String,
    /// Rows of NAME=VALUE; rows with an empty name are ignored.
    pub extensions: Vec<(String, String)>,
    /// Which trusted root judges.
    pub trust: Trust,
    /// Name of the trusted root file, when one was given.
    pub root_file: Option<String>,
}

/// Which kind of signer is expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// A person or a workflow, by the name in the certificate. With an empty name nobody is named yet.
    #[default]
    Named,
    /// The holder of a key.
    Key,
    /// Nobody, on purpose.
    Anybody,
}

/// How a name is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Match {
    /// Equal, letter for letter.
    #[default]
    Exact,
    /// A regular expression over the whole name.
    Pattern,
}

/// One change to a [`Draft`].
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Kind of signer chosen.
    Who(Who),
    /// Text of the name.
    Identity(String),
    /// Comparison of the name.
    IdentityMatch(Match),
    /// Text of the issuer.
    Issuer(String),
    /// Comparison of the issuer.
    IssuerMatch(Match),
    /// Pasted key.
    KeyText(String),
    /// Forget the key file.
    KeyFileRemoved,
    /// Add an empty row of NAME=VALUE.
    ExtensionAdded,
    /// Name of the row at this place.
    ExtensionName(usize, String),
    /// Value of the row at this place.
    ExtensionValue(usize, String),
    /// Remove the row at this place.
    ExtensionRemoved(usize),
    /// Trusted root chosen.
    Trust(Trust),
    /// Forget the trusted root file.
    RootFileRemoved,
}

/// What is wrong with the fields, a sentence each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftErrors {
    /// About the name.
    pub identity: Option<AttrValue>,
    /// About the issuer.
    pub issuer: Option<AttrValue>,
    /// About the key.
    pub key: Option<AttrValue>,
    /// About a row of NAME=VALUE: (place, sentence).
    pub extensions: Vec<(usize, AttrValue)>,
    /// About the trusted root file.
    pub root: Option<AttrValue>,
}

impl Draft {
    /// The draft after a change. Places outside the rows change nothing.
    #[must_use]
    pub fn after(&self, edit: Edit) -> Draft {
        let mut next = self.clone();
        match edit {
            Edit::Who(who) => next.who = who,
            Edit::Identity(text) => next.identity = text,
            Edit::IdentityMatch(how) => next.identity_match = how,
            Edit::Issuer(text) => next.issuer = text,
            Edit::IssuerMatch(how) => next.issuer_match = how,
            Edit::KeyText(text) => next.key_text = text,
            Edit::KeyFileRemoved => next.key_file = None,
            Edit::ExtensionAdded => next.extensions.push(Default::default()),
            Edit::ExtensionName(at, text) => {
                if let Some(row) = next.extensions.get_mut(at) {
                    row.0 = text;
                }
            }
            Edit::ExtensionValue(at, text) => {
                if let Some(row) = next.extensions.get_mut(at) {
                    row.1 = text;
                }
            }
            Edit::ExtensionRemoved(at) => {
                if at < next.extensions.len() {
                    next.extensions.remove(at);
                }
            }
            Edit::Trust(trust) => next.trust = trust,
            Edit::RootFileRemoved => next.root_file = None,
        }
        next
    }

    /// The question that the fields ask.
    #[must_use]
    pub fn question(&self) -> Question {
        Question {
            signer: self.signer(),
            extensions: self
                .extensions
                .iter()
                .map(|(name, value)| (name.trim().to_owned(), value.clone()))
                .filter(|(name, _)| !name.is_empty())
                .collect(),
            trust: self.trust,
            ..Question::default()
        }
    }

    /// The fields that ask a question (of a link that was opened). Thresholds have no field and are lost.
    #[must_use]
    pub fn of(question: &Question) -> Draft {
        let mut draft = Draft { extensions: question.extensions.clone(), trust: question.trust, ..Draft::default() };
        match &question.signer {
            Signer::Unnamed | Signer::Implied => {}
            Signer::Anybody => draft.who = Who::Anybody,
            Signer::Key => draft.who = Who::Key,
            Signer::Certificate { identity, issuer } => {
                (draft.identity, draft.identity_match) = typed(identity);
                if let Some(issuer) = issuer {
                    (draft.issuer, draft.issuer_match) = typed(issuer);
                }
            }
        }
        draft
    }

    fn signer(&self) -> Signer {
        match self.who {
            Who::Anybody => Signer::Anybody,
            Who::Key if self.key_file.is_some() || !self.key_text.trim().is_empty() => Signer::Key,
            Who::Named if !self.identity.trim().is_empty() => Signer::Certificate {
                identity: name(&self.identity, self.identity_match),
                issuer: (!self.issuer.trim().is_empty()).then(|| name(&self.issuer, self.issuer_match)),
            },
            Who::Key | Who::Named => Signer::Unnamed,
        }
    }
}

fn name(text: &str, how: Match) -> Name {
    let text = text.trim().to_owned();
    match how {
        Match::Exact => Name::Exact(text),
        Match::Pattern => Name::Pattern(text),
    }
}

fn typed(name: &Name) -> (String, Match) {
    match name {
        Name::Exact(text) => (text.clone(), Match::Exact),
        Name::Pattern(text) => (text.clone(), Match::Pattern),
    }
}
