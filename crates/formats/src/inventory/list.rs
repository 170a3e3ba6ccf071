//! Plain lists: a digest or an image reference a line, or the lines of a checksum file.

use super::collect::Collector;
use super::reference::{self, Reference};
use super::{Format, Inventory, InventoryError, Place, Standing};
use crate::yaml;

/// Whether a text is a list rather than YAML, by its first line that is neither empty nor a comment.
pub(super) fn is_list(bytes: &[u8]) -> bool {
    let first = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).find(|line| !is_remark(line));
    first.is_some_and(|line| {
        !line.starts_with(b"---")
            && !line.starts_with(b"%")
            && !line.starts_with(b"- ")
            && !line.ends_with(b":")
            && !line.windows(2).any(|pair| pair == b": ")
    })
}

fn is_remark(line: &[u8]) -> bool {
    line.is_empty() || line.starts_with(b"#")
}

/// Reads a list. A line that could not be meant as a digest or a reference refuses the whole: it is another file.
pub(super) fn read(bytes: &[u8]) -> Result<Inventory, InventoryError> {
    let text = core::str::from_utf8(bytes)
        .map_err(|error| InventoryError::Yaml(yaml::Error::NotUtf8 { offset: error.valid_up_to() }))?;
    let mut collector = Collector::default();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if is_remark(line.as_bytes()) {
            continue;
        }
        let number = index.saturating_add(1);
        let found = entry(line).ok_or_else(|| InventoryError::Line { number, found: line.to_owned() })?;
        let place = Place {
            standing: Standing::Listed,
            cluster: String::new(),
            namespace: String::new(),
            kind: String::new(),
            name: String::new(),
            container: String::new(),
            declared: String::new(),
            path: format!("line {number}"),
        };
        collector.add(found.identity, &found.name, place)?;
    }
    collector.finish(Format::List)
}

/// `digest`, `digest  name`, `digest *name` or an image reference.
fn entry(line: &str) -> Option<Reference> {
    let (first, rest) = match line.split_once([' ', '\t']) {
        Some((first, rest)) => (first, rest.trim_start().trim_start_matches('*')),
        None => (line, ""),
    };
    if let Some(identity) = reference::digest(first).or_else(|| reference::bare_hex(first)) {
        return Some(Reference { name: rest.to_owned(), identity });
    }
    (rest.is_empty() && reference::is_reference(line)).then(|| reference::image(line))
}
