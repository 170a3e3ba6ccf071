//! A file of a pile, taken apart: which statements it holds, or what else it may be.

use crate::bundles;
use crate::kind::{Kind, Role};
use crate::recognise::{Recognised, recognise};

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Signed evidence: its name (the file's, and a number where there are several) and its exact bytes.
    Signed(String, &'a [u8]),
    /// An in-toto statement that nobody signed.
    Unsigned,
    /// An image index or manifest.
    Index,
    /// Text that is no evidence: it may be an inventory. What it looks like otherwise and what to do, in words.
    Text(String),
    /// Nothing that a pile can use: what it is and what to do, in words.
    Other(String),
}

/// The parts of a file. What holds several independent statements is taken apart, and none is left out because they are
/// many: the pile has its own cap. What a registry hands out is judged as a whole, for its parts must hold together.
#[must_use]
pub fn pieces<'a>(name: &str, bytes: &'a [u8]) -> Vec<Piece<'a>> {
    let found = recognise(name, bytes);
    let several = |slices: Vec<&'a [u8]>, what: &str| {
        let count = slices.len();
        let label = |index: usize| match count {
            0 | 1 => name.to_owned(),
            _ => format!("{name}, {what} {}", index.saturating_add(1)),
        };
        slices.into_iter().enumerate().map(|(index, slice)| Piece::Signed(label(index), slice)).collect()
    };
    let pieces: Vec<Piece<'a>> = match (found.kind, found.role) {
        (Kind::BundleLines, _) => several(bundles::lines(bytes).collect(), "bundle"),
        // Envelopes of one file stand for one another at most: no one needs the next (A-1).
        (Kind::DsseEnvelopeLines, _) => several(bundles::lines(bytes).collect(), "envelope"),
        (Kind::GitHubAttestations, _) => several(bundles::wrapped(bytes).collect(), "bundle"),
        (_, Role::Bundle) => several(bundles::slices(found.kind, bytes), "bundle"),
        (Kind::BareStatement, _) => vec![Piece::Unsigned],
        (kind, _) if kind.is_image_list() => vec![Piece::Index],
        (Kind::OtherJson | Kind::Checksums | Kind::File, _) if is_text(bytes) => vec![Piece::Text(unused(&found))],
        _ => vec![Piece::Other(unused(&found))],
    };
    if pieces.is_empty() { vec![Piece::Other(format!("{}, and none is in it.", looks(&found)))] } else { pieces }
}

fn looks(found: &Recognised) -> String {
    format!("It looks like this: {}", found.name)
}

/// What it is, and what to do with it beside many artifacts.
fn unused(found: &Recognised) -> String {
    let what_to_do = match (found.kind, found.role) {
        // What lies among downloads must not decide.
        (_, Role::Key) => "A key decides whom to believe: give it with the policy (--key), not as evidence.",
        (_, Role::TrustedRoot) => {
            "A trusted root decides whom to believe: give it with the policy (--trusted-root), not as evidence."
        }
        (Kind::Spdx | Kind::CycloneDx, _) => {
            "Nobody signed it, so no row can rest on it. Check its artifact alone and give it beside that."
        }
        (Kind::LargeJson, _) => "Evidence of more than 24 MiB is not read.",
        (_, Role::Artifact) => "It is no evidence. A file is checked by its digest: write that into the inventory.",
        _ => &found.advice,
    };
    format!("{}. {what_to_do}", looks(found)).trim_end().to_owned()
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
    fn every_signed_form_is_a_piece() {
        let envelope =
            r#"{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"AA=="}]}"#;
        let npm = r#"{"attestations":[{"predicateType":"p","bundle":{}},{"predicateType":"q","bundle":{}}]}"#;
        let pypi = r#"{"version":1,"attestation_bundles":[]}"#;
        let gcb = r#"{"image_summary":{},"provenance_summary":{}}"#;
        for whole in [envelope, npm, pypi, gcb] {
            let expected = [Piece::Signed("x.json".to_owned(), whole.as_bytes())];
            assert_eq!(pieces("x.json", whole.as_bytes()), expected, "{whole}");
        }
        let lines = format!("{envelope}\n{envelope}\n");
        let expected = ["x.jsonl, envelope 1", "x.jsonl, envelope 2"]
            .map(|name| Piece::Signed(name.to_owned(), envelope.as_bytes()));
        assert_eq!(pieces("x.jsonl", lines.as_bytes()), expected);
        let github = format!(r#"{{"attestations":[{}]}}"#, vec![r#"{"bundle":{}}"#; 130].join(","));
        assert_eq!(pieces("x.json", github.as_bytes()).len(), 130, "none is left out");
    }

    #[test]
    fn what_is_not_used_is_named_with_what_to_do() {
        let said = |text: &str| match pieces("x.json", text.as_bytes()).as_slice() {
            [Piece::Other(words)] => words.clone(),
            other => format!("{other:?}"),
        };
        for (text, name, what_to_do) in [
            (r#"{"attestations":[]}"#, "Attestations from GitHub", "none is in it"),
            ("-----BEGIN PUBLIC KEY-----\n", "Public key", "--key"),
            (r#"{"tlogs":[],"ctlogs":[]}"#, "Trusted root", "--trusted-root"),
            (r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#, "Bill of materials", "beside that"),
            (r#"{"base64Signature":"AA=="}"#, "Bundle of an older cosign", "cosign verify-blob"),
        ] {
            let said = said(text);
            assert!(said.starts_with("It looks like this: ") && said.contains(name), "{said}");
            assert!(said.contains(what_to_do), "{said}");
        }
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
