//! Places gathered by artifact, so that a thousand pods of one image are one item.

use std::collections::{BTreeMap, BTreeSet};

use super::{Format, Identity, Inventory, InventoryError, Item, Place};
use crate::limits::{MAX_INVENTORY_ITEMS, MAX_INVENTORY_PLACES};

#[derive(Debug, Default)]
pub(super) struct Collector {
    items: Vec<Item>,
    by_identity: BTreeMap<Identity, usize>,
    names: BTreeSet<(usize, String)>,
    left_out: BTreeMap<String, usize>,
    places: usize,
}

impl Collector {
    /// Adds one place of an artifact, under `name` there.
    pub(super) fn add(&mut self, identity: Identity, name: &str, place: Place) -> Result<(), InventoryError> {
        self.places = self.places.saturating_add(1);
        if self.places > MAX_INVENTORY_PLACES {
            return Err(InventoryError::TooManyPlaces);
        }
        let index = match self.by_identity.get(&identity) {
            Some(index) => *index,
            None => {
                if self.items.len() >= MAX_INVENTORY_ITEMS {
                    return Err(InventoryError::TooManyItems);
                }
                let index = self.items.len();
                self.by_identity.insert(identity.clone(), index);
                self.items.push(Item { identity, names: Vec::new(), places: Vec::new() });
                index
            }
        };
        let Some(item) = self.items.get_mut(index) else { return Ok(()) };
        if !name.is_empty() && self.names.insert((index, name.to_owned())) {
            item.names.push(name.to_owned());
        }
        item.places.push(place);
        Ok(())
    }

    /// Counts an object that holds no containers.
    pub(super) fn leave_out(&mut self, kind: &str) {
        // Kinds are foreign text: what does not fit is counted under one name.
        let kind = if kind.len() <= 64 && self.left_out.len() < 256 { kind } else { "other kinds" };
        let count = self.left_out.entry(kind.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    /// # Errors
    /// Nothing that runs was found.
    pub(super) fn finish(self, format: Format) -> Result<Inventory, InventoryError> {
        let left_out: Vec<_> = self.left_out.into_iter().collect();
        if self.items.is_empty() {
            return Err(if left_out.is_empty() {
                InventoryError::Nothing
            } else {
                InventoryError::NoContainers { kinds: left_out.into_iter().map(|(kind, _)| kind).take(8).collect() }
            });
        }
        Ok(Inventory { format, items: self.items, left_out })
    }
}
