//! The outline of a JSON document: its top-level keys and a few short values, read without building the rest. Skipping
//! is iterative in `serde_json`, so that nesting 100,000 deep costs nothing here.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Keys that decide, in one object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// Top-level keys in order, at most [`MAX_KEYS`].
    pub(crate) keys: Vec<String>,
    /// `mediaType`, when a string.
    pub(crate) media_type: Option<String>,
    /// `_type`, when a string.
    pub(crate) statement_type: Option<String>,
    /// The value of `version` as it is written.
    pub(crate) version: Option<String>,
    /// The first element of the array that decides: `attestations`, `signatures`, `keys`.
    pub(crate) first: Option<Box<RawValue>>,
    /// `signed`, for TUF metadata.
    pub(crate) signed: Option<Box<RawValue>>,
}

// Evidence has at most a dozen keys at the top; more say nothing new.
const MAX_KEYS: usize = 64;

impl Outline {
    /// Whether every one of `keys` is at the top.
    pub(crate) fn has(&self, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.keys.iter().any(|found| found == key))
    }
}

/// Reads the outline of one JSON object that fills `text`.
pub(crate) fn outline(text: &str) -> Result<Outline, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = reader.deserialize_map(Reader)?;
    reader.end()?;
    Ok(found)
}

/// The same of bytes that may be no text.
pub(crate) fn outline_of(bytes: &[u8]) -> Option<Outline> {
    outline(std::str::from_utf8(bytes).ok()?).ok()
}

/// Reads JSON of a shape that is known. Always from text: a second reader, for bytes, would weigh as much again.
pub(crate) fn read<'a, T: serde::Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Outline;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut found = Outline::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "mediaType" => found.media_type = text_of(&map.next_value::<Box<RawValue>>()?),
                "_type" => found.statement_type = text_of(&map.next_value::<Box<RawValue>>()?),
                "version" => found.version = Some(map.next_value::<Box<RawValue>>()?.get().to_owned()),
                "attestations" | "signatures" | "keys" => found.first = first_of(&map.next_value::<Box<RawValue>>()?),
                "signed" => found.signed = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if found.keys.len() < MAX_KEYS {
                found.keys.push(key);
            }
        }
        Ok(found)
    }
}

fn text_of(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

fn first_of(raw: &RawValue) -> Option<Box<RawValue>> {
    serde_json::from_str::<Vec<&RawValue>>(raw.get()).ok()?.first().map(|first| (*first).to_owned())
}
