//! The question as a person is still typing it.

use touchstone_report::question::{Expect, Name, Publisher, Question, Signer, Trust};
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
    /// What the statement must say, as typed: texts may be blank, and so may rows.
    pub expect: Expect,
    /// Levels that a summary must cover, with spaces or commas between them.
    pub levels: String,
    /// Digests that some subject must have: `algorithm:value`, with spaces or commas between them.
    pub subjects: String,
    /// Builders of the person's own: `SIGNER=BUILDER_ID=LEVEL`, with spaces or commas between them.
    pub builders: String,
}

/// A text about what the statement must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Source repository.
    SourceUri,
    /// Branch.
    SourceBranch,
    /// Tag, exactly.
    SourceTag,
    /// Version that the tag begins with.
    SourceVersionedTag,
    /// Builder.
    BuilderId,
    /// Builders of the person's own.
    Builders,
    /// npm package.
    PackageName,
    /// Its version.
    PackageVersion,
    /// File name of a Python distribution.
    DistributionName,
    /// Where a trusted publisher is: GitHub, GitLab, Google.
    PublisherKind,
    /// Its repository.
    PublisherRepository,
    /// Its workflow.
    PublisherWorkflow,
    /// Its environment.
    PublisherEnvironment,
    /// Its email address.
    PublisherEmail,
    /// What a summary is about.
    ResourceUri,
    /// Who made it.
    VerifierId,
    /// Levels that it must cover.
    VerifiedLevels,
    /// Digests of subjects.
    SubjectDigests,
    /// Type of the predicate.
    PredicateType,
}

/// Where a trusted publisher is, while nothing was typed.
const PUBLISHER_KIND: &str = "GitHub";

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
    /// Text about what the statement must say.
    Condition(Condition, String),
    /// Add an empty row of a workflow's input.
    InputAdded,
    /// Name of the input at this place.
    InputName(usize, String),
    /// Value of the input at this place.
    InputValue(usize, String),
    /// Remove the input at this place.
    InputRemoved(usize),
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
    /// About what the statement must say.
    pub expect: Option<AttrValue>,
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
            Edit::ExtensionName(at, text) => set(&mut next.extensions, at, |row| row.0 = text),
            Edit::ExtensionValue(at, text) => set(&mut next.extensions, at, |row| row.1 = text),
            Edit::ExtensionRemoved(at) => remove(&mut next.extensions, at),
            Edit::InputAdded => next.expect.workflow_inputs.push(Default::default()),
            Edit::InputName(at, text) => set(&mut next.expect.workflow_inputs, at, |row| row.0 = text),
            Edit::InputValue(at, text) => set(&mut next.expect.workflow_inputs, at, |row| row.1 = text),
            Edit::InputRemoved(at) => remove(&mut next.expect.workflow_inputs, at),
            Edit::Condition(condition, text) => next.set_condition(condition, text),
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
                // A value without a name is refused; only what nobody has filled in is no row.
                .filter(|(name, value)| !name.is_empty() || !value.is_empty())
                .collect(),
            trust: self.trust,
            expect: self.expectations(),
            builders: listed(&self.builders).map(str::to_owned).collect(),
            ..Question::default()
        }
    }

    /// The text that stands in a field about the statement.
    #[must_use]
    pub fn condition(&self, condition: Condition) -> String {
        let mut draft = self.clone();
        match draft.place(condition) {
            Place::Text(text) => text.clone(),
            Place::Slot(slot) => slot.clone().unwrap_or_default(),
        }
    }

    fn set_condition(&mut self, condition: Condition, text: String) {
        match self.place(condition) {
            Place::Text(place) => *place = text,
            Place::Slot(slot) => *slot = (!text.is_empty()).then_some(text),
        }
        if self.expect.publisher.as_ref() == Some(&Publisher::default()) {
            self.expect.publisher = None;
        }
    }

    fn place(&mut self, condition: Condition) -> Place<'_> {
        let expect = &mut self.expect;
        let publisher = Option::<Publisher>::get_or_insert_default;
        Place::Slot(match condition {
            Condition::VerifiedLevels => return Place::Text(&mut self.levels),
            Condition::SubjectDigests => return Place::Text(&mut self.subjects),
            Condition::Builders => return Place::Text(&mut self.builders),
            Condition::PublisherKind => return Place::Text(&mut publisher(&mut expect.publisher).kind),
            Condition::SourceUri => &mut expect.source_uri,
            Condition::SourceBranch => &mut expect.source_branch,
            Condition::SourceTag => &mut expect.source_tag,
            Condition::SourceVersionedTag => &mut expect.source_versioned_tag,
            Condition::BuilderId => &mut expect.builder_id,
            Condition::PackageName => &mut expect.package_name,
            Condition::PackageVersion => &mut expect.package_version,
            Condition::DistributionName => &mut expect.distribution_name,
            Condition::PublisherRepository => &mut publisher(&mut expect.publisher).repository,
            Condition::PublisherWorkflow => &mut publisher(&mut expect.publisher).workflow,
            Condition::PublisherEnvironment => &mut publisher(&mut expect.publisher).environment,
            Condition::PublisherEmail => &mut publisher(&mut expect.publisher).email,
            Condition::ResourceUri => &mut expect.resource_uri,
            Condition::VerifierId => &mut expect.verifier_id,
            Condition::PredicateType => &mut expect.predicate_type,
        })
    }

    /// What the statement must say: blank texts and rows ask nothing.
    fn expectations(&self) -> Expect {
        let mut expect = self.expect.clone();
        for slot in [
            &mut expect.source_uri,
            &mut expect.source_branch,
            &mut expect.source_tag,
            &mut expect.source_versioned_tag,
            &mut expect.builder_id,
            &mut expect.package_name,
            &mut expect.package_version,
            &mut expect.distribution_name,
            &mut expect.resource_uri,
            &mut expect.verifier_id,
            &mut expect.predicate_type,
        ] {
            trim(slot);
        }
        // As with extensions: a value without a name is refused.
        expect.workflow_inputs.retain(|(name, value)| !name.trim().is_empty() || !value.is_empty());
        expect.verified_levels = listed(&self.levels).map(str::to_owned).collect();
        if !self.subjects.trim().is_empty() {
            let digest = |text: &str| {
                let (algorithm, value) = text.split_once(':').unwrap_or(("", text));
                (algorithm.to_owned(), value.to_owned())
            };
            expect.subject_digests = Some(listed(&self.subjects).map(digest).collect());
        }
        if let Some(publisher) = &mut expect.publisher {
            for slot in
                [&mut publisher.repository, &mut publisher.workflow, &mut publisher.environment, &mut publisher.email]
            {
                trim(slot);
            }
            if publisher.kind.trim().is_empty() {
                PUBLISHER_KIND.clone_into(&mut publisher.kind);
            }
        }
        expect
    }

    /// What is wrong with an issuer that stands alone where the other fields would imply the signer.
    #[must_use]
    pub fn lonely_issuer(&self) -> Option<&'static str> {
        let is_alone = self.identity.trim().is_empty() && !self.issuer.trim().is_empty();
        (is_alone && self.who == Who::Named && self.implies_a_signer())
            .then_some("An issuer alone names nobody. Say which name it vouches for, or leave it out.")
    }

    /// Whether what is expected of the statement says whose signature is meant.
    fn implies_a_signer(&self) -> bool {
        let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        said(&self.expect.source_uri) || said(&self.expect.builder_id) || self.expect.publisher.is_some()
    }

    /// The fields that ask a question (of a link that was opened). What has no field is kept beside them by the page.
    #[must_use]
    pub fn of(question: &Question) -> Draft {
        let mut draft = Draft {
            extensions: question.extensions.clone(),
            trust: question.trust,
            levels: question.expect.verified_levels.join(" "),
            builders: question.builders.join(" "),
            expect: Expect { verified_levels: Vec::new(), subject_digests: None, ..question.expect.clone() },
            ..Draft::default()
        };
        match &question.expect.subject_digests {
            // Asks for what cannot be answered: there is no text that says it, and dropping it would ask less.
            Some(digests) if digests.is_empty() => draft.expect.subject_digests = Some(Vec::new()),
            Some(digests) => {
                let texts: Vec<String> =
                    digests.iter().map(|(algorithm, value)| format!("{algorithm}:{value}")).collect();
                draft.subjects = texts.join(" ");
            }
            None => {}
        }
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

    /// Whom the fields mean where they name nobody yet: the holder of a key that is not here, or, with an empty name, whoever an
    /// issuer vouches for. A question cannot say it; a link has to, or it would be opened as one that names somebody (H-14).
    #[must_use]
    pub fn meant(&self) -> Signer {
        match self.who {
            Who::Key => Signer::Key,
            Who::Named if !self.issuer.trim().is_empty() => Signer::Certificate {
                identity: Name::Exact(String::new()),
                issuer: Some(name(&self.issuer, self.issuer_match)),
            },
            Who::Named | Who::Anybody => Signer::Unnamed,
        }
    }

    fn signer(&self) -> Signer {
        match self.who {
            Who::Anybody => Signer::Anybody,
            Who::Key if self.key_file.is_some() || !self.key_text.trim().is_empty() => Signer::Key,
            Who::Named if !self.identity.trim().is_empty() => Signer::Certificate {
                identity: name(&self.identity, self.identity_match),
                issuer: (!self.issuer.trim().is_empty()).then(|| name(&self.issuer, self.issuer_match)),
            },
            // An issuer without a name cannot be asked for, and must not be forgotten: nobody is named until it is there.
            Who::Named if self.issuer.trim().is_empty() && self.implies_a_signer() => Signer::Implied,
            Who::Key | Who::Named => Signer::Unnamed,
        }
    }
}

/// Where a text stands.
enum Place<'a> {
    Text(&'a mut String),
    Slot(&'a mut Option<String>),
}

fn set(rows: &mut [(String, String)], at: usize, change: impl FnOnce(&mut (String, String))) {
    if let Some(row) = rows.get_mut(at) {
        change(row);
    }
}

fn remove(rows: &mut Vec<(String, String)>, at: usize) {
    if at < rows.len() {
        rows.remove(at);
    }
}

fn trim(slot: &mut Option<String>) {
    *slot = slot.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n', '\t']).filter(|one| !one.is_empty())
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
