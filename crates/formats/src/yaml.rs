//! Strict YAML, as far as Kubernetes and compose files need it: documents of mappings with text keys, read into
//! [`Value`] like JSON. No duplicate keys, no cycles, a cap on everything, aliases included: a few lines of anchors can
//! otherwise stand for more memory than there is (H-15).
//!
//! The parser beneath gives events and builds nothing; the tree is built here, so that the caps hold while it grows.

mod error;
mod scalar;
mod tree;

pub use error::{CODES, Error, Position};

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use crate::json::Value;

/// Caps on one YAML text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of input.
    pub bytes: usize,
    /// Nested sequences and mappings.
    pub depth: usize,
    /// Values in all, those that aliases repeat included.
    pub nodes: usize,
    /// Bytes of memory that copies of anchored values may take.
    pub alias_bytes: usize,
    /// Documents.
    pub documents: usize,
}

/// Reads every document of a YAML text, in order; empty ones (`---` with nothing after it) are left out.
///
/// # Errors
/// The first thing that is wrong, cheapest first: size, encoding, emptiness, then in the order of the text.
pub fn parse(bytes: &[u8], limits: Limits) -> Result<Vec<Value>, Error> {
    if bytes.len() > limits.bytes {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    let text = core::str::from_utf8(bytes).map_err(|error| Error::NotUtf8 { offset: error.valid_up_to() })?;
    // Editors on Windows write one before YAML, and YAML allows it (YAML 1.2.2 § 5.2).
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut events = Parser::new_from_str(text);
    let mut documents = Vec::new();
    let mut tree = tree::Tree::new(limits);
    while let Some(event) = events.next_event() {
        if let Some(document) = step(&mut tree, event)? {
            if documents.len() >= limits.documents {
                return Err(Error::TooManyDocuments { limit: limits.documents });
            }
            documents.push(document);
        }
    }
    if documents.is_empty() {
        return Err(Error::Empty);
    }
    Ok(documents)
}

/// Feeds one event to the tree; gives a document when it is complete and not empty.
fn step(tree: &mut tree::Tree, event: Result<(Event<'_>, Span), ScanError>) -> Result<Option<Value>, Error> {
    let (event, span) = event
        .map_err(|error| Error::Syntax { position: Position::of(error.marker()), problem: error.info().to_owned() })?;
    let position = Position::of(&span.start);
    match event {
        Event::Nothing | Event::StreamStart | Event::StreamEnd => {}
        Event::DocumentStart(_) => tree.begin_document(),
        Event::DocumentEnd => return Ok(tree.end_document().filter(|document| *document != Value::Null)),
        Event::Alias(anchor) => tree.alias(anchor, position)?,
        Event::Scalar(text, style, anchor, tag) => {
            let plain = style == ScalarStyle::Plain;
            let value = scalar::value(&text, plain, tag.as_deref(), position)?;
            tree.scalar(value, &text, plain, anchor, position)?;
        }
        Event::SequenceStart(anchor, tag) => {
            scalar::check_collection_tag(tag.as_deref(), "seq", position)?;
            tree.begin(tree::Kind::Sequence, anchor, position)?;
        }
        Event::MappingStart(anchor, tag) => {
            scalar::check_collection_tag(tag.as_deref(), "map", position)?;
            tree.begin(tree::Kind::Mapping, anchor, position)?;
        }
        Event::SequenceEnd | Event::MappingEnd => tree.end(position)?,
    }
    Ok(None)
}
