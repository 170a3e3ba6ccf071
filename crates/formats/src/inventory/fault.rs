//! Why an inventory is refused.

use crate::fault::display_fault;
use crate::field::{Field, FieldError};
use crate::limits::{MAX_INVENTORY_BYTES, MAX_INVENTORY_ITEMS, MAX_INVENTORY_PLACES};
use crate::path::{Path, quoted};
use crate::{Explanation, Fault, json, yaml};

/// Every code of [`InventoryError`] that is its own.
pub const CODES: &[&str] = &[
    "inventory-too-large",
    "inventory-unrecognised",
    "inventory-nothing",
    "inventory-no-containers",
    "inventory-line",
    "inventory-nested-list",
    "inventory-too-many-items",
    "inventory-too-many-places",
];

/// Why an inventory was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InventoryError {
    /// More bytes than the cap; nothing was read (A-16, H-15).
    TooLarge {
        /// Bytes given.
        bytes: usize,
    },
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// Not YAML, or beyond a cap.
    Yaml(yaml::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// None of the forms that are read.
    Unrecognised {
        /// Where.
        path: Path,
        /// What is there instead.
        found: String,
    },
    /// It names no artifact at all.
    Nothing,
    /// Only objects that hold no containers.
    NoContainers {
        /// Their kinds, eight at most.
        kinds: Vec<String>,
    },
    /// A line of a list is neither a digest nor an image reference.
    Line {
        /// From 1.
        number: usize,
        /// The line.
        found: String,
    },
    /// A list of objects inside a list of objects.
    NestedList {
        /// Where.
        path: Path,
    },
    /// More distinct artifacts than the cap.
    TooManyItems,
    /// More places than the cap.
    TooManyPlaces,
}

impl InventoryError {
    pub(super) fn unrecognised(field: &Field<'_>) -> Self {
        let found = match field.value().as_object() {
            Some(members) => {
                let keys: Vec<_> = members.iter().take(4).map(|(key, _)| quoted(key)).collect();
                format!("an object with the members {}", keys.join(", "))
            }
            None => field.value().kind().to_owned(),
        };
        Self::Unrecognised { path: field.path().clone(), found }
    }
}

impl Fault for InventoryError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Yaml(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::TooLarge { bytes } => Explanation::new("inventory-too-large", "A-16")
                .expected(format!("at most {MAX_INVENTORY_BYTES} bytes"))
                .found(format!("{bytes} bytes")),
            Self::Unrecognised { path, found } => Explanation::new("inventory-unrecognised", "E.8")
                .at(path.as_str())
                .expected(
                    "Kubernetes objects, a compose file, deployment records, or a list of digests and image references",
                )
                .found(found.as_str()),
            Self::Nothing => Explanation::new("inventory-nothing", "E.8")
                .expected("an inventory that names at least one artifact")
                .found("none"),
            Self::NoContainers { kinds } => Explanation::new("inventory-no-containers", "E.8")
                .expected("pods, or objects that make pods")
                .found(format!("only {}", kinds.iter().map(|kind| quoted(kind)).collect::<Vec<_>>().join(", "))),
            Self::Line { number, found } => Explanation::new("inventory-line", "E.8")
                .at(format!("line {number}"))
                .expected("a digest such as sha256:… or an image reference, one a line")
                .found(quoted(found)),
            Self::NestedList { path } => Explanation::new("inventory-nested-list", "A-16")
                .at(path.as_str())
                .expected("an object that is no list")
                .found("a list inside a list"),
            Self::TooManyItems => Explanation::new("inventory-too-many-items", "A-16")
                .expected(format!("at most {MAX_INVENTORY_ITEMS} distinct artifacts"))
                .found("more"),
            Self::TooManyPlaces => Explanation::new("inventory-too-many-places", "A-16")
                .expected(format!("at most {MAX_INVENTORY_PLACES} places"))
                .found("more"),
        }
    }
}
display_fault!(InventoryError);

impl From<json::Error> for InventoryError {
    fn from(error: json::Error) -> Self {
        Self::Json(error)
    }
}

impl From<yaml::Error> for InventoryError {
    fn from(error: yaml::Error) -> Self {
        Self::Yaml(error)
    }
}

impl From<FieldError> for InventoryError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
