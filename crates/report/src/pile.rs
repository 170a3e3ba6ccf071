//! Many artifacts against many statements: an inventory beside a pile of evidence, answered row by row.
//!
//! What is given is read once: each statement is indexed by the digests that it claims to be about, so that a row looks
//! only at the statements about its own digest, and the whole grows with the number of rows and statements, not with
//! their product. Nothing is believed from the index. A row is judged by [`answer`](crate::answer), the same that judges
//! a single file, with the same question; opening a row puts that question again and gives the whole document.

mod claims;
mod limits;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use touchstone_crypto::{DigestAlgorithm, KNOWN_CURVES};
use touchstone_formats::inventory::{self as read, Identity};
use touchstone_formats::{Fault, image_index};

use crate::answer::{QuestionError, is_sound};
use crate::document::inventory::{Coverage, Inventory, Row, SCHEMA, Source};
use crate::document::{Document, Policy};
use crate::question::{Material, Named, Question};
use claims::Claims;
pub use limits::{MAX_PILE_BYTES, MAX_PILE_STATEMENTS};

/// A piece of evidence, kept as it was given.
#[derive(Debug)]
struct Evidence {
    name: String,
    bytes: Vec<u8>,
    signed: bool,
}

/// An image index or manifest, kept as it was given.
#[derive(Debug)]
struct Index {
    name: String,
    bytes: Vec<u8>,
    /// (algorithm, hex) of the bytes.
    digests: Vec<(String, String)>,
}

/// One artifact to answer for.
#[derive(Debug)]
struct Subject {
    identity: Identity,
    names: Vec<String>,
    /// The same, to look them up.
    known: BTreeSet<String>,
    places: Vec<read::Place>,
}

/// A file that belongs to the policy: a key, a trusted root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyFile {
    /// File name.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl PolicyFile {
    fn named(&self) -> Named<'_> {
        Named { name: &self.name, bytes: &self.bytes }
    }
}

/// Why something was not taken into a pile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// Expected, found and what to do, in a sentence.
    pub message: String,
}

/// An inventory and the evidence beside it.
#[derive(Debug, Default)]
pub struct Pile {
    question: Question,
    keys: Vec<PolicyFile>,
    trusted_root: Option<PolicyFile>,
    given: Vec<Source>,
    evidence: Vec<Evidence>,
    bytes: usize,
    /// (algorithm, hex) → statements that claim to be about it.
    about: BTreeMap<(String, String), Vec<usize>>,
    /// Subject name → statements that use it.
    named: BTreeMap<String, Vec<usize>>,
    /// Image indexes and manifests.
    indexes: Vec<Index>,
    /// (algorithm, hex) → the index with this digest.
    index_of: BTreeMap<(String, String), usize>,
    /// (algorithm, hex) → indexes that list it.
    listed_by: BTreeMap<(String, String), Vec<usize>>,
    /// What each statement says it was made from: for the statements about those.
    made_from: BTreeMap<usize, Vec<(String, String)>>,
    subjects: Vec<Subject>,
    by_identity: BTreeMap<Identity, usize>,
    claimed: Vec<(Identity, Option<String>)>,
    has_inventory: bool,
    warnings: Vec<String>,
    policy: Policy,
}

impl Pile {
    /// An empty pile, judged by one question for all rows. Its artifact is each row's own.
    ///
    /// # Errors
    /// When the question cannot be put: a pattern that does not parse, a key that is none. Found out here, before
    /// anything is read.
    pub fn new(
        question: Question,
        keys: Vec<PolicyFile>,
        trusted_root: Option<PolicyFile>,
    ) -> Result<Self, QuestionError> {
        is_sound(&KNOWN_CURVES, true)?;
        let mut pile = Self { question, keys, trusted_root, ..Self::default() };
        pile.policy = row::policy_of(&pile)?;
        Ok(pile)
    }

    /// Takes an inventory.
    ///
    /// # Errors
    /// When it is none that can be read, in words; the pile is then as before.
    pub fn add_inventory(&mut self, name: &str, bytes: &[u8]) -> Result<(), NotTaken> {
        let inventory = read::Inventory::parse(bytes).map_err(|error| NotTaken { message: unread(name, &error) })?;
        self.has_inventory = true;
        self.given.push(Source {
            name: name.to_owned(),
            kind: inventory_words(inventory.format).to_owned(),
            count: inventory.places(),
        });
        for (kind, count) in &inventory.left_out {
            self.warn(format!("{name}: {count} of kind {kind:?} left out. No containers are read from that kind."));
        }
        for item in inventory.items {
            self.add_subject(item.identity, item.names, item.places);
        }
        Ok(())
    }

    /// Takes a piece of evidence in whatever form its statements are signed: a bundle, an envelope, what a package registry
    /// hands out. One that cannot be read is said, for a statement that is left out in silence could have been the one that
    /// matters.
    ///
    /// # Errors
    /// When the pile is full.
    pub fn add_bundle(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), NotTaken> {
        self.room(name, bytes.len())?;
        match claims::of_evidence(&bytes) {
            Ok(claims) => self.index(name, bytes, claims, true),
            Err(why) => self.warn(format!("{name}: not used. {why}")),
        }
        Ok(())
    }

    /// Takes an in-toto statement that nobody signed: it can only ever be said, never proven (E-62).
    ///
    /// # Errors
    /// When the pile is full.
    pub fn add_unsigned(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), NotTaken> {
        self.room(name, bytes.len())?;
        match claims::of_statement(&bytes) {
            Ok(claims) => self.index(name, bytes, claims, false),
            Err(why) => self.warn(format!("{name}: not used. {why}")),
        }
        Ok(())
    }

    /// Takes an image index or manifest: a statement about it covers what it lists (F-22, E-64). It is no statement itself.
    ///
    /// # Errors
    /// When the pile is full.
    pub fn add_index(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), NotTaken> {
        self.room(name, bytes.len())?;
        let Some(list) = image_index::read(&bytes) else {
            self.not_used(
                name,
                "It looks like the index or the manifest of an image, and cannot be read as one alone.",
            );
            return Ok(());
        };
        let digests: Vec<(String, String)> = DigestAlgorithm::ALL
            .map(|algorithm| (algorithm.name().to_owned(), algorithm.digest(&bytes).hex()))
            .to_vec();
        if digests.first().is_some_and(|digest| self.index_of.contains_key(digest)) {
            return Ok(());
        }
        let number = self.indexes.len();
        for digest in &digests {
            self.index_of.insert(digest.clone(), number);
        }
        for listed in list.digests {
            let listed_by = self.listed_by.entry(listed).or_default();
            if listed_by.last() != Some(&number) {
                listed_by.push(number);
            }
        }
        self.indexes.push(Index { name: name.to_owned(), bytes, digests });
        Ok(())
    }

    /// Says that a thing was given and is not used.
    pub fn not_used(&mut self, name: &str, what: &str) {
        self.warn(format!("{name}: not used. {what}"));
    }

    /// Says a sentence in the document's notes.
    pub fn say(&mut self, sentence: String) {
        self.warn(sentence);
    }

    /// Ends the reading. Without an inventory, every artifact that a statement is about becomes a row of its own. With one,
    /// a statement may be about none of it: that is said, for otherwise nobody would miss it.
    pub fn close(&mut self) {
        let claimed = core::mem::take(&mut self.claimed);
        if !self.has_inventory {
            let mut seen = BTreeSet::new();
            for (identity, name) in claimed {
                if let Some(name) = &name
                    && !seen.insert((identity.clone(), name.clone()))
                {
                    continue;
                }
                self.add_subject(identity, name.into_iter().collect(), Vec::new());
            }
        }
        let reached: BTreeSet<usize> =
            self.subjects.iter().flat_map(|subject| row::reached(self, &subject.identity)).collect();
        match self.evidence.len().saturating_sub(reached.len()) {
            0 => {}
            1 => self.warn("1 statement that was given is about no artifact here, and is in no row.".to_owned()),
            left => {
                self.warn(format!("{left} statements that were given are about no artifact here, and are in no row."))
            }
        }
    }

    /// How many rows there are; known once the pile is closed.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.subjects.len()
    }

    /// Statements taken.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.evidence.len()
    }

    /// Answers row number `index`, in the order of the inventory.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row> {
        Some(row::row(self, self.subjects.get(index)?))
    }

    /// Whether there is a document to [`open`](Self::open) for row number `index`: somebody signed something about it.
    #[must_use]
    pub fn opens(&self, index: usize) -> bool {
        self.subjects.get(index).is_some_and(|subject| row::is_signed(self, &subject.identity))
    }

    /// The whole document of the artifact with this digest (`algorithm:hex`), by the statement that decided its row.
    #[must_use]
    pub fn open(&self, digest: &str) -> Option<Document> {
        let subject = self.subjects.iter().find(|subject| row::digest_text(&subject.identity) == digest)?;
        row::decide(self, subject).document
    }

    /// The document of these rows, put in order, the worst first.
    #[must_use]
    pub fn document(&self, mut rows: Vec<Row>) -> Inventory {
        // Stable: rows alike stay in the order of the inventory.
        rows.sort_by_key(Row::badness);
        Inventory {
            schema: SCHEMA.to_owned(),
            tool: concat!("touchstone ", env!("CARGO_PKG_VERSION")).to_owned(),
            given: self.given(),
            policy: self.policy.clone(),
            shown: String::new(),
            coverage: Coverage::of(&rows),
            rows,
            warnings: self.warnings.clone(),
        }
    }

    fn given(&self) -> Vec<Source> {
        let mut given = self.given.clone();
        if !self.evidence.is_empty() {
            let count = self.evidence.len();
            let kind = if count == 1 { "statement or signature" } else { "statements and signatures" };
            given.push(Source { name: String::new(), kind: kind.to_owned(), count });
        }
        if !self.indexes.is_empty() {
            let count = self.indexes.len();
            let kind = if count == 1 { "image index or manifest" } else { "image indexes and manifests" };
            given.push(Source { name: String::new(), kind: kind.to_owned(), count });
        }
        given
    }

    fn room(&mut self, name: &str, bytes: usize) -> Result<(), NotTaken> {
        let full = |what: String| NotTaken { message: format!("{name}: not used. {what}") };
        if self.evidence.len().saturating_add(self.indexes.len()) >= MAX_PILE_STATEMENTS {
            return Err(full(format!("At most {MAX_PILE_STATEMENTS} statements are taken at once.")));
        }
        let sum = self.bytes.saturating_add(bytes);
        if sum > MAX_PILE_BYTES {
            return Err(full(format!("At most {MAX_PILE_BYTES} bytes of statements are taken at once.")));
        }
        self.bytes = sum;
        Ok(())
    }

    fn index(&mut self, name: &str, bytes: Vec<u8>, claims: Claims, signed: bool) {
        let number = self.evidence.len();
        self.evidence.push(Evidence { name: name.to_owned(), bytes, signed });
        for subject in claims.subjects {
            for key in &subject.digests {
                let about = self.about.entry(key.clone()).or_default();
                if about.last() != Some(&number) {
                    about.push(number);
                }
            }
            if let Some(name) = &subject.name {
                let named = self.named.entry(name.clone()).or_default();
                if named.last() != Some(&number) && named.len() < limits::MAX_SAME_NAME {
                    named.push(number);
                }
            }
            if !self.has_inventory
                && let Some(identity) = subject.identity()
            {
                self.claimed.push((identity, subject.name));
            }
        }
        if !claims.made_from.is_empty() {
            self.made_from.insert(number, claims.made_from);
        }
    }

    fn add_subject(&mut self, identity: Identity, names: Vec<String>, places: Vec<read::Place>) {
        match self.by_identity.get(&identity).and_then(|index| self.subjects.get_mut(*index)) {
            Some(subject) => {
                for name in names {
                    if subject.known.insert(name.clone()) {
                        subject.names.push(name);
                    }
                }
                subject.places.extend(places);
            }
            None => {
                self.by_identity.insert(identity.clone(), self.subjects.len());
                let known = names.iter().cloned().collect();
                self.subjects.push(Subject { identity, names, known, places });
            }
        }
    }

    fn warn(&mut self, sentence: String) {
        match self.warnings.len().cmp(&limits::MAX_WARNINGS) {
            core::cmp::Ordering::Less => self.warnings.push(sentence),
            core::cmp::Ordering::Equal => {
                self.warnings.push("More things were not used than are listed here.".to_owned())
            }
            core::cmp::Ordering::Greater => {}
        }
    }

    /// What belongs to the policy, the same for every row.
    fn material(&self) -> Material<'_> {
        let mut keys = self.keys.iter().map(PolicyFile::named);
        Material {
            key: keys.next(),
            further_keys: keys.collect(),
            trusted_root: self.trusted_root.as_ref().map(PolicyFile::named),
            ..Material::default()
        }
    }
}

fn unread(name: &str, error: &dyn Fault) -> String {
    format!("{name}: cannot be read as an inventory. {error}")
}

const fn inventory_words(format: read::Format) -> &'static str {
    match format {
        read::Format::Kubernetes => "Kubernetes objects",
        read::Format::Compose => "compose file",
        read::Format::DeploymentRecords => "deployment records",
        read::Format::List => "list of artifacts",
    }
}
