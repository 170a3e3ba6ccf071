//! Strict JSON: no duplicate keys, no lost integers, a cap on everything, and errors that say where.
//!
//! One reader for every document. `serde_json::Value` keeps the last of two equal keys in silence
//! (A-12, H-37); this one refuses the document.

mod error;

pub use error::{CODES, Error, Position};

use core::cell::{Cell, RefCell};
use core::fmt;
use std::collections::BTreeSet;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::limits::{MAX_JSON_DEPTH, MAX_JSON_NODES};
use crate::path::ReversePath;

/// A JSON value; members keep the order of the document and no key occurs twice in an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order of the document.
    Object(Vec<(String, Value)>),
}

/// A JSON number. Integers keep every digit (H-37).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer from 0 to 2^64 − 1.
    Unsigned(u64),
    /// An integer from −2^63 to −1.
    Negative(i64),
    /// Anything else: a fraction, an exponent, `-0`, an integer beyond 64 bits. Rounded.
    Other(f64),
}

impl Value {
    /// The member `key`, `null` members included; `None` if there is none or this is no object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let members = self.as_object()?;
        members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// What kind of value this is, for people: `a string`, `an object` …
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Caps on one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of input.
    pub bytes: usize,
    /// Nested arrays and objects; at most 120, where the parser beneath gives up by itself.
    pub depth: usize,
    /// Values in all.
    pub nodes: usize,
}

impl Limits {
    /// The usual caps for a document of at most `bytes` bytes.
    #[must_use]
    pub const fn of_size(bytes: usize) -> Self {
        Self { bytes, depth: MAX_JSON_DEPTH, nodes: MAX_JSON_NODES }
    }
}

/// Reads exactly one JSON document.
///
/// # Errors
/// The first thing that is wrong, cheapest first: size, emptiness, encoding, then syntax, duplicate
/// keys, depth and number of values in the order of the text.
pub fn parse(bytes: &[u8], limits: Limits) -> Result<Value, Error> {
    let text = checked_text(bytes, limits)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = read_value(&mut deserializer, limits)?;
    deserializer.end().map_err(|error| Error::TrailingData(Position::of(&error)))?;
    Ok(value)
}

/// Reads JSON Lines: one document a line, blank lines skipped, at least one. Each comes with the number
/// of its line, from 1.
///
/// # Errors
/// As [`parse`]; positions count from the start of the input. [`Error::TooManyDocuments`] beyond
/// `count` documents.
pub fn parse_lines(bytes: &[u8], limits: Limits, count: usize) -> Result<Vec<(usize, Value)>, Error> {
    let text = checked_text(bytes, limits)?;
    let mut values = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        if values.len() >= count {
            return Err(Error::TooManyDocuments { limit: count });
        }
        let value = parse(line.as_bytes(), limits).map_err(|error| error.moved_down(index))?;
        values.push((index.saturating_add(1), value));
    }
    Ok(values)
}

/// The input as text, once size, emptiness and encoding are right.
fn checked_text(bytes: &[u8], limits: Limits) -> Result<&str, Error> {
    if bytes.len() > limits.bytes {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let text = core::str::from_utf8(bytes).map_err(|error| Error::NotUtf8 { offset: error.valid_up_to() })?;
    if text.starts_with('\u{feff}') {
        return Err(Error::ByteOrderMark);
    }
    if text.trim_ascii().is_empty() {
        return Err(Error::Empty);
    }
    Ok(text)
}

fn read_value<'de>(
    deserializer: &mut serde_json::Deserializer<serde_json::de::StrRead<'de>>,
    limits: Limits,
) -> Result<Value, Error> {
    let state =
        State { limits, nodes: Cell::new(0), raised: Cell::new(None), path: RefCell::new(ReversePath::default()) };
    let result = ValueSeed { state: &state, depth: 0 }.deserialize(deserializer);
    result.map_err(|error| state.into_error(&error))
}

/// What the visitors share: counters, and what serde's error type cannot carry.
struct State {
    limits: Limits,
    nodes: Cell<usize>,
    raised: Cell<Option<Raised>>,
    path: RefCell<ReversePath>,
}

#[derive(Clone, Copy)]
enum Raised {
    DuplicateKey,
    TooDeep,
    TooManyNodes,
}

impl State {
    fn raise<E: serde::de::Error>(&self, raised: Raised) -> E {
        self.raised.set(Some(raised));
        E::custom("refused")
    }

    fn count_node<E: serde::de::Error>(&self) -> Result<(), E> {
        let nodes = self.nodes.get().saturating_add(1);
        self.nodes.set(nodes);
        if nodes > self.limits.nodes { Err(self.raise(Raised::TooManyNodes)) } else { Ok(()) }
    }

    fn into_error(self, error: &serde_json::Error) -> Error {
        let position = Position::of(error);
        let path = self.path.into_inner().into_path();
        match self.raised.into_inner() {
            Some(Raised::DuplicateKey) => Error::DuplicateKey { path, position },
            Some(Raised::TooDeep) => Error::TooDeep { limit: self.limits.depth, position },
            Some(Raised::TooManyNodes) => Error::TooManyValues { limit: self.limits.nodes, position },
            None if error.is_eof() => Error::Truncated { path, position },
            None => Error::Syntax { path, position, problem: problem_of(error) },
        }
    }
}

struct ValueSeed<'s> {
    state: &'s State,
    depth: usize,
}

impl ValueSeed<'_> {
    fn child<E: serde::de::Error>(&self) -> Result<Self, E>
    where
        Self: Sized,
    {
        let depth = self.depth.saturating_add(1);
        if depth > self.state.limits.depth {
            return Err(self.state.raise(Raised::TooDeep));
        }
        Ok(Self { state: self.state, depth })
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.state.count_node()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(Number::Unsigned(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(u64::try_from(value).map_or(Number::Negative(value), Number::Unsigned)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(Number::Other(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        loop {
            match access.next_element_seed(self.child()?) {
                Ok(Some(element)) => elements.push(element),
                Ok(None) => return Ok(Value::Array(elements)),
                Err(error) => {
                    self.state.path.borrow_mut().push_element(elements.len());
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        let mut keys = SeenKeys::default();
        while let Some(key) = access.next_key::<String>()? {
            if keys.has_seen(&key, &members) {
                self.state.path.borrow_mut().push_member(&key);
                return Err(self.state.raise(Raised::DuplicateKey));
            }
            match access.next_value_seed(self.child()?) {
                Ok(value) => members.push((key, value)),
                Err(error) => {
                    self.state.path.borrow_mut().push_member(&key);
                    return Err(error);
                }
            }
        }
        Ok(Value::Object(members))
    }
}

/// The keys of one object so far. Most objects are small, where looking through them beats a set; a
/// set keeps a hostile object with a million keys from costing a million squared.
#[derive(Default)]
struct SeenKeys(BTreeSet<String>);

impl SeenKeys {
    const SMALL: usize = 16;

    fn has_seen(&mut self, key: &str, members: &[(String, Value)]) -> bool {
        if members.len() < Self::SMALL {
            return members.iter().any(|(name, _)| name == key);
        }
        if self.0.is_empty() {
            self.0.extend(members.iter().map(|(name, _)| name.clone()));
        }
        !self.0.insert(key.to_owned())
    }
}

/// What the parser beneath says, without the position that it appends.
fn problem_of(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(at) = text.rfind(" at line ") {
        text.truncate(at);
    }
    text
}
