//! Inventories: which artifacts run, are declared, recorded or listed, and where (E.8, E-54). Nothing here is signed and
//! nothing is believed: an inventory says what to ask about, never what is true of it.
//!
//! Five forms are read: Kubernetes objects as JSON or YAML, compose files, GitHub's deployment records, and plain lists.
//! An artifact is its digest (E-55): 5,000 pods with one digest are one [`Item`] with 5,000 places. What has no digest
//! stays in the inventory as an item that cannot be checked; it is never left out.

mod collect;
mod compose;
mod fault;
mod kubernetes;
mod list;
mod records;
mod reference;

pub use fault::{CODES, InventoryError};

use crate::field::Field;
use crate::json::{self, Value};
use crate::limits::{
    MAX_INVENTORY_BYTES, MAX_INVENTORY_VALUES, MAX_JSON_DEPTH, MAX_YAML_ALIAS_BYTES, MAX_YAML_DOCUMENTS,
};
use crate::path::Path;
use crate::yaml;
use collect::Collector;

/// A parsed inventory. Not believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// What it was read from.
    pub format: Format,
    /// Distinct artifacts, in the order of their first place.
    pub items: Vec<Item>,
    /// Objects that hold no containers, or are of a kind that is not known here: (kind, how many).
    pub left_out: Vec<(String, usize)>,
}

/// What an inventory was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Kubernetes objects: pods of a cluster, or manifests.
    Kubernetes,
    /// A compose file.
    Compose,
    /// GitHub deployment records.
    DeploymentRecords,
    /// A list of digests or image references.
    List,
}

/// One artifact and every place that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub identity: Identity,
    /// Names that it has in its places, as written, without digest; distinct, in order.
    pub names: Vec<String>,
    /// Where it is; never empty.
    pub places: Vec<Place>,
}

/// What an artifact is identified by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// A digest (E-55, F-1).
    Digest {
        /// `sha256`, `sha384`, `sha512`, `sha1` or `gitCommit`.
        algorithm: &'static str,
        /// Lower-case hexadecimal, of the length that the algorithm has.
        hex: String,
    },
    /// The text names no digest: a tag may be moved, so it cannot be checked.
    NoDigest {
        /// As written.
        found: String,
    },
    /// The node gives the id of the image's configuration, which nobody signs (F-1).
    ConfigurationOnly {
        /// As written.
        found: String,
    },
    /// Something that is to be a digest or a reference and is none.
    Malformed {
        /// As written.
        found: String,
        /// What is wrong with it: what is due and what is there.
        problem: String,
    },
    /// Built from a folder where it runs: there is no image to name.
    BuiltInPlace {
        /// Name of the service.
        found: String,
    },
}

/// What is said of an artifact in one place. Words that must be kept apart (E-54); all of them unsigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A node reported the container as running.
    Running,
    /// A node reported the container, and it was not running then.
    Ended,
    /// A node reported the container, and not whether it runs.
    Unknown,
    /// A manifest, a pod without a status or a compose file asks for it.
    Declared,
    /// A platform's record says that it was deployed.
    Recorded,
    /// A record says that it was taken out of use.
    Decommissioned,
    /// A list has it.
    Listed,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is said.
    pub standing: Standing,
    /// Cluster, or physical environment; empty when not named.
    pub cluster: String,
    /// Namespace, or logical environment; empty when not named.
    pub namespace: String,
    /// Kind of the object: `Pod`, `Deployment`, `service`; empty in lists.
    pub kind: String,
    /// Name of the object; empty in lists.
    pub name: String,
    /// Name of the container; empty where there is none.
    pub container: String,
    /// What was asked for, where it names another digest than what runs: `name@sha256:…`; else empty.
    pub declared: String,
    /// Where in the input.
    pub path: String,
}

impl Inventory {
    /// Reads an inventory; which of its forms it is, the content says.
    ///
    /// # Errors
    /// Not one of the forms, malformed, or beyond a cap: where, what is due, what was found.
    pub fn parse(bytes: &[u8]) -> Result<Self, InventoryError> {
        if bytes.len() > MAX_INVENTORY_BYTES {
            return Err(InventoryError::TooLarge { bytes: bytes.len() });
        }
        let start = bytes.trim_ascii_start();
        match start.first() {
            Some(b'{' | b'[') => Self::parse_json(bytes),
            _ if list::is_list(start) => list::read(bytes),
            _ => Self::of_documents(&yaml::parse(bytes, YAML)?),
        }
    }

    /// Reads an inventory that is JSON: what `kubectl get -o json` and GitHub print. Whoever needs no other form takes no YAML
    /// along.
    ///
    /// # Errors
    /// As [`Inventory::parse`].
    pub fn parse_json(bytes: &[u8]) -> Result<Self, InventoryError> {
        let limits = json::Limits { bytes: MAX_INVENTORY_BYTES, depth: MAX_JSON_DEPTH, nodes: MAX_INVENTORY_VALUES };
        let value = json::parse(bytes, limits)?;
        Self::of_documents(core::slice::from_ref(&value))
    }

    /// Places in all.
    #[must_use]
    pub fn places(&self) -> usize {
        self.items.iter().map(|item| item.places.len()).sum()
    }

    fn of_documents(documents: &[Value]) -> Result<Self, InventoryError> {
        let mut collector = Collector::default();
        let mut format = None;
        for (index, document) in documents.iter().enumerate() {
            let path = if documents.len() == 1 { Path::root() } else { Path::document(index.saturating_add(1)) };
            let field = Field::at(document, path);
            let found = form_of(&field)?;
            // One file, one form: a manifest with a compose file behind it is a mistake of whoever joined them.
            if *format.get_or_insert(found) != found {
                return Err(InventoryError::unrecognised(&field));
            }
            match found {
                Format::Compose => compose::read(&field, &mut collector)?,
                Format::DeploymentRecords => records::read(&field, &mut collector)?,
                Format::Kubernetes | Format::List => kubernetes::read(&field, &mut collector)?,
            }
        }
        let format = format.ok_or(InventoryError::Nothing)?;
        collector.finish(format)
    }
}

const YAML: yaml::Limits = yaml::Limits {
    bytes: MAX_INVENTORY_BYTES,
    depth: MAX_JSON_DEPTH,
    nodes: MAX_INVENTORY_VALUES,
    alias_bytes: MAX_YAML_ALIAS_BYTES,
    documents: MAX_YAML_DOCUMENTS,
};

fn form_of(field: &Field<'_>) -> Result<Format, InventoryError> {
    let has = |key: &str| field.value().get(key).is_some();
    if has("apiVersion") && has("kind") {
        Ok(Format::Kubernetes)
    } else if has("deployment_records") {
        Ok(Format::DeploymentRecords)
    } else if has("services") {
        Ok(Format::Compose)
    } else {
        Err(InventoryError::unrecognised(field))
    }
}
