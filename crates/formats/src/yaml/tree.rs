//! The tree that YAML events build.

use std::collections::{BTreeMap, BTreeSet};

use super::{Error, Limits, Position};
use crate::json::Value;
use crate::path::{Path, ReversePath};

/// What memory one value is counted as, beside its text.
const VALUE_BYTES: usize = 32;

/// Which collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sequence,
    Mapping,
}

/// An open list or mapping.
#[derive(Debug)]
struct Open {
    kind: Kind,
    anchor: usize,
    elements: Vec<Value>,
    members: Vec<(String, Value)>,
    seen: BTreeSet<String>,
    /// A mapping's key that waits for its value.
    key: Option<Key>,
    /// Mappings to merge below the own members.
    merged: Vec<(Value, Position)>,
}

#[derive(Debug)]
enum Key {
    Named(String),
    Merge,
}

/// An anchored value, and the memory that a copy of it takes.
#[derive(Debug)]
enum Anchored {
    /// Its end has not come yet: an alias here would stand inside itself.
    Open,
    Complete {
        value: Value,
        nodes: usize,
        bytes: usize,
    },
}

#[derive(Debug)]
pub(super) struct Tree {
    limits: Limits,
    open: Vec<Open>,
    document: Option<Value>,
    anchors: BTreeMap<usize, Anchored>,
    nodes: usize,
    copied: usize,
}

impl Tree {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, open: Vec::new(), document: None, anchors: BTreeMap::new(), nodes: 0, copied: 0 }
    }

    pub(super) fn begin_document(&mut self) {
        self.open.clear();
        self.document = None;
        // Anchors end with their document (YAML 1.2.2 § 3.2.2.2).
        self.anchors.clear();
    }

    pub(super) fn end_document(&mut self) -> Option<Value> {
        self.document.take()
    }

    pub(super) fn begin(&mut self, kind: Kind, anchor: usize, position: Position) -> Result<(), Error> {
        if self.open.last().is_some_and(Open::waits_for_key) {
            return Err(Error::KeyNotText { position });
        }
        if self.open.len() >= self.limits.depth {
            return Err(Error::TooDeep { limit: self.limits.depth, position });
        }
        self.count(1, position)?;
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored::Open);
        }
        self.open.push(Open {
            kind,
            anchor,
            elements: Vec::new(),
            members: Vec::new(),
            seen: BTreeSet::new(),
            key: None,
            merged: Vec::new(),
        });
        Ok(())
    }

    pub(super) fn end(&mut self, position: Position) -> Result<(), Error> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        let value = match open.kind {
            Kind::Sequence => Value::Array(core::mem::take(&mut open.elements)),
            Kind::Mapping => {
                for (value, place) in core::mem::take(&mut open.merged) {
                    if !open.merge(value) {
                        return Err(Error::Merge { path: self.path(None), position: place });
                    }
                }
                Value::Object(core::mem::take(&mut open.members))
            }
        };
        self.remember(open.anchor, &value, position)?;
        self.place(value, position)
    }

    /// A scalar, which in a mapping may be a key; `text` is how it is written.
    pub(super) fn scalar(
        &mut self,
        value: Value,
        text: &str,
        plain: bool,
        anchor: usize,
        position: Position,
    ) -> Result<(), Error> {
        if let Some(open) = self.open.last_mut().filter(|open| open.waits_for_key()) {
            if plain && text == "<<" {
                open.key = Some(Key::Merge);
                return Ok(());
            }
            // `1` and `"1"` are one key here: two spellings of a key must not hold two values.
            if !open.seen.insert(text.to_owned()) {
                return Err(Error::DuplicateKey { path: self.path(Some(text)), position });
            }
            open.key = Some(Key::Named(text.to_owned()));
            self.remember(anchor, &Value::String(text.to_owned()), position)?;
            return Ok(());
        }
        self.count(1, position)?;
        self.remember(anchor, &value, position)?;
        self.place(value, position)
    }

    pub(super) fn alias(&mut self, anchor: usize, position: Position) -> Result<(), Error> {
        if self.open.last().is_some_and(Open::waits_for_key) {
            return Err(Error::KeyNotText { position });
        }
        let (nodes, bytes) = match self.anchors.get(&anchor) {
            Some(Anchored::Complete { nodes, bytes, .. }) => (*nodes, *bytes),
            Some(Anchored::Open) | None => return Err(Error::AliasInItself { position }),
        };
        // Counted before it is copied.
        self.count(nodes, position)?;
        self.count_copy(bytes, position)?;
        let copy = match self.anchors.get(&anchor) {
            Some(Anchored::Complete { value, .. }) => value.clone(),
            _ => Value::Null,
        };
        self.place(copy, position)
    }

    /// Puts a complete value where it belongs.
    fn place(&mut self, value: Value, position: Position) -> Result<(), Error> {
        let Some(open) = self.open.last_mut() else {
            self.document = Some(value);
            return Ok(());
        };
        match (open.kind, open.key.take()) {
            (Kind::Sequence, _) => open.elements.push(value),
            (Kind::Mapping, Some(Key::Named(key))) => open.members.push((key, value)),
            (Kind::Mapping, Some(Key::Merge)) => open.merged.push((value, position)),
            (Kind::Mapping, None) => return Err(Error::KeyNotText { position }),
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, value: &Value, position: Position) -> Result<(), Error> {
        if anchor == 0 {
            return Ok(());
        }
        let (nodes, bytes) = size_of(value);
        self.count_copy(bytes, position)?;
        self.anchors.insert(anchor, Anchored::Complete { value: value.clone(), nodes, bytes });
        Ok(())
    }

    fn count(&mut self, nodes: usize, position: Position) -> Result<(), Error> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.limits.nodes {
            return Err(Error::TooManyValues { limit: self.limits.nodes, position });
        }
        Ok(())
    }

    fn count_copy(&mut self, bytes: usize, position: Position) -> Result<(), Error> {
        self.copied = self.copied.saturating_add(bytes);
        if self.copied > self.limits.alias_bytes {
            return Err(Error::AliasExpansion { limit: self.limits.alias_bytes, position });
        }
        Ok(())
    }

    /// Where the innermost open value is, and its member `key`.
    fn path(&self, key: Option<&str>) -> Path {
        let mut path = ReversePath::default();
        if let Some(key) = key {
            path.push_member(key);
        }
        // The innermost one is not a step itself: its parent's key or position is.
        let parents = if key.is_some() { self.open.len().saturating_sub(1) } else { self.open.len() };
        for open in self.open.iter().take(parents).rev() {
            match (&open.kind, &open.key) {
                (Kind::Sequence, _) => path.push_element(open.elements.len()),
                (Kind::Mapping, Some(Key::Named(key))) => path.push_member(key),
                (Kind::Mapping, _) => path.push_member("<<"),
            }
        }
        path.into_path()
    }
}

impl Open {
    fn waits_for_key(&self) -> bool {
        self.kind == Kind::Mapping && self.key.is_none()
    }

    /// Adds the members of `value` that are not there yet; false when it is nothing to merge.
    fn merge(&mut self, value: Value) -> bool {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    if self.seen.insert(key.clone()) {
                        self.members.push((key, value));
                    }
                }
                true
            }
            Value::Array(mappings) => {
                mappings.into_iter().all(|one| matches!(one, Value::Object(_)) && self.merge(one))
            }
            _ => false,
        }
    }
}

/// Values in `value`, and the memory that they are counted as. As deep as the cap on depth at most.
fn size_of(value: &Value) -> (usize, usize) {
    let (mut nodes, mut bytes) = (1_usize, VALUE_BYTES);
    let mut add = |key: &str, value: &Value| {
        let (more_nodes, more_bytes) = size_of(value);
        nodes = nodes.saturating_add(more_nodes);
        bytes = bytes.saturating_add(more_bytes).saturating_add(key.len());
    };
    match value {
        Value::String(text) => bytes = bytes.saturating_add(text.len()),
        Value::Array(elements) => elements.iter().for_each(|value| add("", value)),
        Value::Object(members) => members.iter().for_each(|(key, value)| add(key, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    (nodes, bytes)
}
