//! The saved report: one HTML page with what was found out, and everything needed to find it out again.
//!
//! The page holds a printed part, a block with the question and the evidence, and, where it is at hand, the program of the
//! offline edition. On opening, that program hands the block to [`Saved::again`], writes the printed part anew, and compares
//! the two element by element. The printed part names the SHA-256 of the whole block, so no byte of the block can differ
//! unnoticed, whether or not it decides anything.

mod check;
mod page;
mod pile;
mod record;

pub use check::{Checked, Difference, check};
pub use page::{Program, page};
pub(crate) use pile::judges;
pub use pile::{PileItem, Step};
pub(crate) use record::judged_by;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use touchstone_formats::{base64, hex};

use crate::document::Document;
use crate::document::inventory::Inventory;
use crate::question::{ArtifactInput, Material, Named, Question};
use crate::sheet::html::Html;
use crate::{QuestionError, answer};

/// The value of [`Saved::schema`].
pub const SCHEMA: &str = "touchstone-saved/1";

/// Questions with their evidence, as a saved page keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Saved {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// When it was saved, by the clock of whoever saved it: `2026-08-14 14:02:11 UTC`. Proves nothing; may be empty.
    pub made: String,
    /// SHA-256 of the module inside, in hex; empty when there is no program.
    pub module: String,
    /// Bytes of the program inside; 0 when there is none.
    pub program_bytes: usize,
    /// The files.
    pub files: Vec<File>,
    /// The questions, in order.
    pub items: Vec<Item>,
    /// A pile with its inventories, in place of questions one by one.
    pub pile: Option<PileItem>,
}

/// A file of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub base64: String,
}

/// One question. Numbers are places in [`Saved::files`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// What was asked.
    pub question: Question,
    /// The bundle.
    pub bundle: Option<usize>,
    /// The artifact: its digests, never its bytes.
    pub artifact: Artifact,
    /// The key.
    pub key: Option<usize>,
    /// Further keys.
    pub further_keys: Vec<usize>,
    /// Further evidence.
    pub further: Vec<usize>,
    /// The trusted root that the person gave.
    pub trusted_root: Option<usize>,
    /// The built-in trusted root that judged: for the reader, it is not read again.
    pub judged_by: Option<usize>,
}

/// What a file of a saved page is named as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamedAs {
    /// Something that a question is answered from.
    Material,
    /// The built-in root that judged: for the reader, it is not read again.
    Judge,
}

/// What is known of an artifact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Artifact {
    /// Nothing.
    None,
    /// The program that made the page read it.
    Hashed {
        /// File name.
        name: String,
        /// Bytes.
        size: u64,
        /// (algorithm, lower-case hex).
        digests: Vec<(String, String)>,
    },
    /// The person stated a digest.
    Stated(String),
    /// Nothing, on purpose.
    Waived,
}

/// Why a block of evidence cannot be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SavedError {
    /// It is no such block: what is wrong with it.
    Unreadable(String),
    /// A question in it cannot be put.
    Question(QuestionError),
}

impl core::fmt::Display for SavedError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(found) => write!(formatter, "The evidence in this report cannot be read: {found}."),
            Self::Question(error) => write!(formatter, "{error}"),
        }
    }
}

impl core::error::Error for SavedError {}

impl Saved {
    /// Reads a block.
    ///
    /// # Errors
    /// When it is not JSON of this schema.
    pub fn read(text: &str) -> Result<Self, SavedError> {
        let saved: Self = serde_json::from_str(text).map_err(|error| SavedError::Unreadable(error.to_string()))?;
        if saved.schema != SCHEMA {
            return Err(SavedError::Unreadable(format!("its schema is {:?}, expected {SCHEMA}", saved.schema)));
        }
        Ok(saved)
    }

    /// The block: JSON in ASCII without `<`, so that it can stand in a `<script>` element whatever it holds.
    #[must_use]
    pub fn block(&self) -> String {
        // Plain data with string keys always serialises.
        let json = serde_json::to_string(self).unwrap_or_default();
        let mut block = String::with_capacity(json.len());
        for character in json.chars() {
            if character.is_ascii() && character != '<' && character != '\u{7f}' {
                block.push(character);
                continue;
            }
            for unit in character.encode_utf16(&mut [0; 2]) {
                block.push_str(&format!("\\u{unit:04x}"));
            }
        }
        block
    }

    /// Asks everything again.
    ///
    /// # Errors
    /// As [`Saved::again`].
    pub fn answers(&self) -> Result<Answers, SavedError> {
        let inventory = self.pile.as_ref().map(|pile| pile.again(&self.files, self.bytes()?)).transpose()?;
        Ok(Answers { documents: self.again()?, inventory })
    }

    /// Asks every question again.
    ///
    /// # Errors
    /// When a file is not there or not base64, or a question cannot be put.
    pub fn again(&self) -> Result<Vec<Document>, SavedError> {
        let bytes = self.bytes()?;
        let at = |place: usize| {
            let (file, bytes) = self.files.get(place).zip(bytes.get(place))?;
            Some(Named { name: &file.name, bytes })
        };
        let missing = || SavedError::Unreadable("a file that a question names is not there".to_owned());
        let one = |place: usize| at(place).ok_or_else(missing);
        let some = |place: Option<usize>| place.map(one).transpose();
        let all = |places: &[usize]| places.iter().map(|place| one(*place)).collect::<Result<Vec<_>, _>>();
        let ask = |item: &Item| {
            let material = Material {
                bundle: some(item.bundle)?,
                artifact: item.artifact.input(),
                key: some(item.key)?,
                further_keys: all(&item.further_keys)?,
                further: all(&item.further)?,
                trusted_root: some(item.trusted_root)?,
            };
            answer(&item.question, &material).map_err(SavedError::Question)
        };
        self.items.iter().map(ask).collect()
    }

    /// The files that the questions name, and as what.
    fn named(&self) -> BTreeMap<usize, NamedAs> {
        let mut named = BTreeMap::new();
        for item in &self.items {
            named.extend(item.judged_by.map(|place| (place, NamedAs::Judge)));
        }
        for item in &self.items {
            let single = [item.bundle, item.key, item.trusted_root].into_iter().flatten();
            let all = single.chain(item.further_keys.iter().chain(&item.further).copied());
            named.extend(all.map(|place| (place, NamedAs::Material)));
        }
        if let Some(pile) = &self.pile {
            named.extend(pile.judged_by.iter().map(|place| (*place, NamedAs::Judge)));
            named.extend(pile.places().map(|place| (place, NamedAs::Material)));
        }
        named
    }

    fn bytes(&self) -> Result<Vec<Vec<u8>>, SavedError> {
        let decode = |file: &File| {
            base64::decode_standard(&file.base64)
                .map_err(|problem| SavedError::Unreadable(format!("{} is not base64: {problem}", file.name)))
        };
        self.files.iter().map(decode).collect()
    }
}

impl Artifact {
    fn input(&self) -> ArtifactInput<'static> {
        match self {
            Self::None => ArtifactInput::None,
            Self::Hashed { name, size, digests } => {
                ArtifactInput::Hashed { name: name.clone(), size: *size, digests: digests.clone() }
            }
            Self::Stated(digest) => ArtifactInput::Stated(digest.clone()),
            Self::Waived => ArtifactInput::Waived,
        }
    }
}

/// The printed part of a page, from the text of its block alone: what a page compares itself with. Also its title.
///
/// # Errors
/// When the block cannot be read or asked.
pub fn printed(block: &str) -> Result<(String, String), SavedError> {
    let saved = Saved::read(block)?;
    let answers = saved.answers()?;
    Ok((page::printed(&saved, block, &answers)?, answers.title()))
}

/// What a saved page prints.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// The answers to its questions.
    pub documents: Vec<Document>,
    /// The answer about its pile.
    pub inventory: Option<Inventory>,
}

impl Answers {
    fn title(&self) -> String {
        self.inventory.as_ref().map_or_else(
            || crate::sheet::title(&self.documents),
            |inventory| format!("{} - Touchstone report", crate::sheet::inventory::title(inventory)),
        )
    }

    fn tool(&self) -> &str {
        let inventory = self.inventory.as_ref().map(|inventory| inventory.tool.as_str());
        inventory.or_else(|| self.documents.first().map(|one| one.tool.as_str())).unwrap_or_default()
    }
}

/// A moment, in seconds since 1970, as [`Saved::made`] has it.
#[must_use]
pub fn moment(seconds: i64) -> String {
    touchstone_verify::text::instant(touchstone_formats::UnixMillis::from_seconds(seconds))
}

/// SHA-256 in hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(&touchstone_crypto::sha256(bytes))
}

impl Html {
    /// A row of a name and a value in machine's letters.
    fn value(&mut self, name: &str, value: &str) {
        self.element("<tr><th scope=\"row\">", name, "</th>");
        self.element("<td class=\"dg\">", value, "</td></tr>\n");
    }
}
