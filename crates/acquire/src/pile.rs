//! A file of a pile, taken apart: which statements it holds, or what else it may be.

use crate::bundles;
use crate::kind::{Kind, Role};
use crate::recognise::recognise;

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A bundle: its name (the file's, and a number where there are several) and its exact bytes.
    Signed(String, &'a [u8]),
    /// An in-toto statement that nobody signed.
    Unsigned,
    /// Text that is no evidence: it may be an inventory. What it looks like otherwise, in words.
    Text(String),
    /// Nothing that a pile can use: what it is, in words.
    Other(String),
}

/// The parts of a file. One of text is never left out because it holds many bundles: the pile has its own cap.
#[must_use]
pub fn pieces<'a>(name: &str, bytes: &'a [u8]) -> Vec<Piece<'a>> {
    let found = recognise(name, bytes);
    let several = |slices: Vec<&'a [u8]>| {
        let count = slices.len();
        let label = |index: usize| match count {
            0 | 1 => name.to_owned(),
            _ => format!("{name}, bundle {}", index.saturating_add(1)),
        };
        slices.into_iter().enumerate().map(|(index, slice)| Piece::Signed(label(index), slice)).collect()
    };
    match (found.kind, found.role) {
        (Kind::BundleLines, _) => several(bundles::lines(bytes).collect()),
        (_, Role::Bundle) => several(bundles::slices(found.kind, bytes)),
        (Kind::BareStatement, _) => vec![Piece::Unsigned],
        (Kind::OtherJson | Kind::Checksums | Kind::File, _) if is_text(bytes) => vec![Piece::Text(found.name)],
        _ => vec![Piece::Other(found.name)],
    }
}

/// Whether these first bytes of a file could be text; a character may be cut at the end.
#[must_use]
pub fn is_text(head: &[u8]) -> bool {
    let cut = match core::str::from_utf8(head) {
        Ok(_) => head.len(),
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Err(_) => return false,
    };
    head.get(..cut).unwrap_or_default().iter().all(|byte| *byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_file_of_bundles_is_a_piece() {
        let line = r#"{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}"#;
        let text = format!("{line}\n\n{line}\n").repeat(80);
        let pieces = pieces("all.jsonl", text.as_bytes());
        assert_eq!(pieces.len(), 160);
        assert_eq!(pieces.get(159), Some(&Piece::Signed("all.jsonl, bundle 160".to_owned(), line.as_bytes())));
    }

    #[test]
    fn what_may_be_an_inventory_is_text() {
        for text in ["sha256:00\n", "apiVersion: v1\n", r#"{"apiVersion": "v1", "kind": "List"}"#] {
            assert!(matches!(pieces("x", text.as_bytes()).as_slice(), [Piece::Text(_)]), "{text}");
        }
        assert!(matches!(pieces("x", b"\x7fELF\0").as_slice(), [Piece::Other(_)]));
        let statement = br#"{"_type": "https://in-toto.io/Statement/v1"}"#;
        assert_eq!(pieces("x", statement), [Piece::Unsigned]);
    }

    #[test]
    fn a_cut_character_is_text_and_a_zero_is_not() {
        assert!(is_text("Mühl".as_bytes().get(..2).unwrap_or_default()));
        assert!(!is_text(b"a\0b"));
        assert!(!is_text(b"\xff\xfe"));
    }
}
