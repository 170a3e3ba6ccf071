//! A pile of evidence with its inventories, as a saved page keeps it.

use serde::{Deserialize, Serialize};
use touchstone_formats::base64;
use touchstone_trust::{Instance, embedded};

use super::{File, Saved, SavedError};
use crate::document::inventory::{Inventory, Row};
use crate::pile::{NotTaken, Pile, PolicyFile};
use crate::question::{Question, Trust};

/// What was asked of a pile, and how it was put together. Numbers are places in [`Saved::files`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PileItem {
    /// What was asked of every row.
    pub question: Question,
    /// The keys.
    pub keys: Vec<usize>,
    /// The trusted root that the person gave.
    pub trusted_root: Option<usize>,
    /// The built-in trusted roots of which each judged its own world: for the reader, they are not read again.
    #[serde(default)]
    pub judged_by: Vec<usize>,
    /// What was added, in order.
    pub steps: Vec<Step>,
}

/// One thing that was added to a pile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Step {
    /// An inventory.
    Inventory(usize),
    /// A bundle.
    Bundle(usize),
    /// A statement that nobody signed.
    Unsigned(usize),
    /// An image index.
    Index(usize),
    /// Something that is not used: its name, and why.
    NotUsed(String, String),
}

impl Saved {
    /// Begins a page about a pile.
    pub fn begin_pile(&mut self, question: &Question, keys: &[PolicyFile], trusted_root: Option<&PolicyFile>) {
        let mut keep = |file: &PolicyFile| self.add(&file.name, &file.bytes);
        let keys = keys.iter().map(&mut keep).collect();
        let trusted_root = trusted_root.map(&mut keep);
        let roots = judges(question.trust).filter_map(|instance| Some((instance, embedded::json(instance)?)));
        let judged_by = roots.map(|(instance, json)| keep(&of_root(instance, json))).collect();
        self.pile = Some(PileItem { question: question.clone(), keys, trusted_root, judged_by, steps: Vec::new() });
    }

    /// Takes along what was added to the pile: `make` says as what.
    pub fn step(&mut self, name: &str, bytes: &[u8], make: impl FnOnce(usize) -> Step) {
        let step = make(self.add(name, bytes));
        self.push(step);
    }

    /// Takes along that something is not used.
    pub fn not_used(&mut self, name: &str, why: &str) {
        self.push(Step::NotUsed(name.to_owned(), why.to_owned()));
    }

    fn push(&mut self, step: Step) {
        if let Some(pile) = &mut self.pile {
            pile.steps.push(step);
        }
    }

    /// Without looking whether it is there already: piles are large.
    fn add(&mut self, name: &str, bytes: &[u8]) -> usize {
        self.files.push(File { name: name.to_owned(), base64: base64::encode(bytes) });
        self.files.len().saturating_sub(1)
    }
}

/// The built-in roots that judge a question.
pub(crate) fn judges(trust: Trust) -> impl Iterator<Item = Instance> {
    embedded::ALL.into_iter().filter(move |instance| match trust {
        Trust::Automatic => true,
        Trust::PublicGood => *instance == Instance::PublicGood,
        Trust::Staging => *instance == Instance::Staging,
        Trust::GitHub => *instance == Instance::GitHub,
        Trust::KeyAlone | Trust::File => false,
    })
}

fn of_root(instance: Instance, json: &[u8]) -> PolicyFile {
    PolicyFile { name: instance.name().to_owned(), bytes: json.to_vec() }
}

impl PileItem {
    /// The files that it names.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let steps = self.steps.iter().filter_map(|step| match step {
            Step::Inventory(place) | Step::Bundle(place) | Step::Unsigned(place) | Step::Index(place) => Some(*place),
            Step::NotUsed(..) => None,
        });
        self.keys.iter().copied().chain(self.trusted_root).chain(steps)
    }

    /// Puts the pile together again and answers for every row.
    pub(super) fn again(&self, files: &[File], mut bytes: Vec<Vec<u8>>) -> Result<Inventory, SavedError> {
        let mut take = |place: usize| {
            let file = files.get(place).zip(bytes.get_mut(place));
            let (file, bytes) =
                file.ok_or_else(|| SavedError::Unreadable("a file that the pile names is not there".to_owned()))?;
            Ok((file.name.as_str(), core::mem::take(bytes)))
        };
        let mut policy = |place: usize| take(place).map(|(name, bytes)| PolicyFile { name: name.to_owned(), bytes });
        let keys = self.keys.iter().map(|place| policy(*place)).collect::<Result<_, SavedError>>()?;
        let trusted_root = self.trusted_root.map(policy).transpose()?;
        let mut pile = Pile::new(self.question.clone(), keys, trusted_root).map_err(SavedError::Question)?;
        let full = |NotTaken { message }| SavedError::Unreadable(message);
        for step in &self.steps {
            match step {
                Step::Inventory(place) => {
                    let (name, bytes) = take(*place)?;
                    pile.add_inventory(name, &bytes).map_err(full)?;
                }
                Step::Bundle(place) => {
                    let (name, bytes) = take(*place)?;
                    pile.add_bundle(name, bytes).map_err(full)?;
                }
                Step::Unsigned(place) => {
                    let (name, bytes) = take(*place)?;
                    pile.add_unsigned(name, bytes).map_err(full)?;
                }
                Step::Index(place) => {
                    let (name, bytes) = take(*place)?;
                    pile.add_index(name, bytes).map_err(full)?;
                }
                Step::NotUsed(name, why) => pile.not_used(name, why),
            }
        }
        pile.close();
        let rows: Vec<Row> = (0..pile.rows()).filter_map(|index| pile.row(index)).collect();
        Ok(pile.document(rows))
    }
}
