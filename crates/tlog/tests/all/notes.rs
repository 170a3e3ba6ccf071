//! Notes and checkpoints: what is read, and one fault a row.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use touchstone_tlog::limits::{MAX_EXTENSION_LINES, MAX_NOTE_BYTES, MAX_SIGNATURES};
use touchstone_tlog::{
    Checkpoint, CheckpointError, Cosignature, CosignatureError, KeyId, NoteError, NoteSignature, SignedCheckpoint,
    SignedCheckpointError, SignedNote,
};

const TEXT: &str = "log.example\n5\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

/// `— log.example` with key id 01020304 and the signature "sig".
const LINE: &str = "\u{2014} log.example AQIDBHNpZw==\n";

fn note() -> String {
    format!("{TEXT}\n{LINE}")
}

#[test]
fn a_note() {
    let text = format!("{TEXT}extension\n");
    let note = SignedNote::parse(&format!("{text}\n{LINE}\u{2014} witness AAAAAAA=\n")).unwrap();
    assert_eq!(note.text, text);
    let line = |name: &str, key_id, signature: &[u8], line| NoteSignature {
        name: name.to_owned(),
        key_id: KeyId(key_id),
        signature: signature.to_vec(),
        line,
    };
    let expected = [line("log.example", [1, 2, 3, 4], b"sig", 6), line("witness", [0; 4], &[0], 7)];
    assert_eq!(note.signatures, expected);
    assert_eq!(note.signatures[0].key_id.to_string(), "01020304");
}

/// B-63: the last blank line parts text and signatures, so lines of the text that look like signatures are text.
#[test]
fn the_last_blank_line_counts() {
    let text = format!("a\n\n{LINE}\nb\n");
    let note = SignedNote::parse(&format!("{text}\n{LINE}")).unwrap();
    assert_eq!(note.text, text);
    assert_eq!(note.signatures.len(), 1);
    assert_eq!(note.signatures[0].line, 7);
    // A blank line more belongs to the text, which a checkpoint then refuses.
    let note = SignedNote::parse(&format!("{TEXT}\n\n{LINE}")).unwrap();
    assert_eq!(note.text, format!("{TEXT}\n"));
    assert_eq!(Checkpoint::parse(&note.text), Err(CheckpointError::EmptyExtension { line: 4 }));
}

#[test]
fn malformed_notes() {
    let good = note();
    let with_line = |line: &str| format!("{TEXT}\n{line}");
    let signature = |bytes: &[u8]| with_line(&format!("\u{2014} log.example {}\n", STANDARD.encode(bytes)));
    let line = 5;
    let rows = [
        ("empty", String::new(), NoteError::NoFinalNewline),
        ("no blank line", format!("{TEXT}{LINE}"), NoteError::NoBlankLine),
        ("no text", format!("\n{LINE}"), NoteError::NoBlankLine),
        ("no text but a blank line", format!("\n\n{LINE}"), NoteError::NoBlankLine),
        ("no signatures", format!("{TEXT}\n"), NoteError::NoSignatures),
        ("no final newline", good.trim_end().to_owned(), NoteError::NoFinalNewline),
        ("carriage returns", good.replace('\n', "\r\n"), NoteError::ControlCharacter { line: 1, found: '\r' }),
        ("tab in the text", good.replacen('5', "5\t", 1), NoteError::ControlCharacter { line: 2, found: '\t' }),
        ("NUL in a name", good.replacen(" log", " \0log", 1), NoteError::ControlCharacter { line, found: '\0' }),
        ("no dash", with_line(&LINE[4..]), NoteError::SignatureLine { line }),
        ("hyphen for the dash", good.replace('\u{2014}', "-"), NoteError::SignatureLine { line }),
        ("no space after the dash", good.replace("\u{2014} ", "\u{2014}"), NoteError::SignatureLine { line }),
        ("no signature", with_line("\u{2014} log.example\n"), NoteError::SignatureLine { line }),
        ("junk before", with_line(&format!("junk\n{LINE}")), NoteError::SignatureLine { line }),
        ("junk after", format!("{good}junk\n"), NoteError::SignatureLine { line: 6 }),
        ("no name", with_line("\u{2014}  AQIDBHNpZw==\n"), NoteError::KeyName { line }),
        ("plus in the name", good.replace("\u{2014} log.", "\u{2014} log+"), NoteError::KeyName { line }),
        (
            "Unicode space in the name",
            good.replace("\u{2014} log.", "\u{2014} log\u{2003}"),
            NoteError::KeyName { line },
        ),
        ("three fields", good.replace("\u{2014} log.", "\u{2014} log "), NoteError::SignatureBase64 { line }),
        ("empty signature", with_line("\u{2014} log.example \n"), NoteError::SignatureTooShort { line, found: 0 }),
        ("trailing space", good.replace("Zw==\n", "Zw== \n"), NoteError::SignatureBase64 { line }),
        ("no padding", good.replace("Zw==", "Zw"), NoteError::SignatureBase64 { line }),
        ("bits left over", good.replace("Zw==", "Zx=="), NoteError::SignatureBase64 { line }),
        ("URL-safe alphabet", with_line("\u{2014} log.example ____\n"), NoteError::SignatureBase64 { line }),
        ("only a key id", signature(&[1, 2, 3, 4]), NoteError::SignatureTooShort { line, found: 4 }),
        ("half a key id", signature(&[1, 2]), NoteError::SignatureTooShort { line, found: 2 }),
        ("huge signature", signature(&[7; 9000]), NoteError::SignatureTooLong { line, limit: 8192 }),
        (
            "too many signatures",
            with_line(&LINE.repeat(MAX_SIGNATURES + 1)),
            NoteError::TooManySignatures { found: MAX_SIGNATURES + 1, limit: MAX_SIGNATURES },
        ),
        (
            "too long",
            format!("{}{good}", "a".repeat(MAX_NOTE_BYTES)),
            NoteError::TooLong { found: MAX_NOTE_BYTES + good.len(), limit: MAX_NOTE_BYTES },
        ),
    ];
    assert!(SignedNote::parse(&good).is_ok());
    for (fault, text, expected) in rows {
        assert_eq!(SignedNote::parse(&text), Err(expected), "{fault}");
    }
    let bytes = [good.as_bytes(), &[0xff]].concat();
    assert_eq!(SignedNote::parse_bytes(&bytes), Err(NoteError::NotUtf8 { offset: good.len() }));
    assert_eq!(SignedNote::parse_bytes(good.as_bytes()), SignedNote::parse(&good));
}

#[test]
fn as_many_signatures_as_are_allowed() {
    for count in [16, MAX_SIGNATURES] {
        let note = SignedNote::parse(&format!("{TEXT}\n{}", LINE.repeat(count))).unwrap();
        assert_eq!(note.signatures.len(), count);
    }
}

#[test]
fn a_checkpoint() {
    let checkpoint = Checkpoint::parse(&format!("{TEXT}Timestamp: 1\nmore\n")).unwrap();
    assert_eq!(checkpoint.origin, "log.example");
    assert_eq!(checkpoint.size, 5);
    assert_eq!(checkpoint.root[..3], [0, 1, 2]);
    assert_eq!(checkpoint.extensions, ["Timestamp: 1", "more"]);
    assert_eq!(Checkpoint::parse("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").unwrap().size, 0);
}

#[test]
fn malformed_checkpoints() {
    let size = |size: &str| TEXT.replacen("\n5\n", &format!("\n{size}\n"), 1);
    let root = |root: &str| format!("log.example\n5\n{root}\n");
    let rows = [
        ("empty", String::new(), CheckpointError::NoFinalNewline),
        ("one line", "log.example\n".to_owned(), CheckpointError::MissingLines { found: 1 }),
        ("two lines", "log.example\n5\n".to_owned(), CheckpointError::MissingLines { found: 2 }),
        ("no final newline", TEXT.trim_end().to_owned(), CheckpointError::NoFinalNewline),
        ("empty origin", TEXT.replacen("log.example", "", 1), CheckpointError::EmptyOrigin),
        ("no size", size(""), CheckpointError::Size),
        ("leading zero", size("05"), CheckpointError::Size),
        ("plus", size("+5"), CheckpointError::Size),
        ("minus", size("-5"), CheckpointError::Size),
        ("hexadecimal", size("0x5"), CheckpointError::Size),
        ("space", size(" 5"), CheckpointError::Size),
        ("fraction", size("5.0"), CheckpointError::Size),
        ("other digits", size("٥"), CheckpointError::Size),
        ("2^63", size("9223372036854775808"), CheckpointError::Size),
        ("2^64 + 5", size("18446744073709551621"), CheckpointError::Size),
        ("no root", root(""), CheckpointError::RootLength { found: 0 }),
        ("short root", root(&STANDARD.encode([0; 31])), CheckpointError::RootLength { found: 31 }),
        ("long root", root(&STANDARD.encode([0; 33])), CheckpointError::RootLength { found: 33 }),
        ("hexadecimal root", root(&"zz".repeat(33)), CheckpointError::RootBase64),
        ("root without padding", TEXT.replace("h8=", "h8"), CheckpointError::RootBase64),
        ("root with bits left over", TEXT.replace("h8=", "h9="), CheckpointError::RootBase64),
        ("empty extension", format!("{TEXT}a\n\nb\n"), CheckpointError::EmptyExtension { line: 5 }),
        (
            "too many extensions",
            format!("{TEXT}{}", "a\n".repeat(MAX_EXTENSION_LINES + 1)),
            CheckpointError::TooManyExtensions { found: MAX_EXTENSION_LINES + 1, limit: MAX_EXTENSION_LINES },
        ),
    ];
    assert!(Checkpoint::parse(TEXT).is_ok());
    assert_eq!(Checkpoint::parse(&size("9223372036854775807")).unwrap().size, (1 << 63) - 1);
    for (fault, text, expected) in rows {
        assert_eq!(Checkpoint::parse(&text), Err(expected.clone()), "{fault}");
        if text.ends_with('\n') {
            let whole = SignedCheckpoint::parse(&format!("{text}\n{LINE}"));
            assert_eq!(whole, Err(SignedCheckpointError::Checkpoint(expected)), "{fault}");
        }
    }
}

#[test]
fn cosignatures() {
    let line =
        |bytes: Vec<u8>| NoteSignature { name: "witness".to_owned(), key_id: KeyId([0; 4]), signature: bytes, line: 9 };
    let bytes = |time: u64, length| [time.to_be_bytes().to_vec(), vec![7; length]].concat();
    let good = Cosignature::parse(&line(bytes(1_700_000_000, 64))).unwrap();
    assert_eq!((good.time, good.signature), (1_700_000_000, [7; 64]));
    let latest = (1 << 63) - 1;
    assert_eq!(Cosignature::parse(&line(bytes(latest, 64))).unwrap().time, latest);
    for time in [latest + 1, u64::MAX] {
        let error = CosignatureError::TimeTooLarge { line: 9, found: time };
        assert_eq!(Cosignature::parse(&line(bytes(time, 64))), Err(error));
    }
    for (bytes, found) in [(bytes(0, 63), 71), (bytes(0, 65), 73), (vec![1], 1)] {
        assert_eq!(Cosignature::parse(&line(bytes)), Err(CosignatureError::Length { line: 9, found }));
    }
    assert_eq!(Cosignature::signed_message(17, TEXT), format!("cosignature/v1\ntime 17\n{TEXT}").as_bytes());
}

fn signatures() -> impl Strategy<Value = Vec<NoteSignature>> {
    let signature = ("[^\\s+\\pC]{1,20}", any::<[u8; 4]>(), prop::collection::vec(any::<u8>(), 1..80));
    prop::collection::vec(signature, 1..MAX_SIGNATURES).prop_map(|signatures| {
        let line = |(name, key_id, signature)| NoteSignature { name, key_id: KeyId(key_id), signature, line: 0 };
        signatures.into_iter().map(line).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_note_is_read_as_it_is_written(text in "[^\\pC]{1,30}(\n[^\\pC]{0,20}){0,6}", mut signatures in signatures()) {
        let text = format!("{text}\n");
        for (signature, line) in signatures.iter_mut().zip(text.split_inclusive('\n').count() + 2..) {
            signature.line = line;
        }
        let note = SignedNote { text, signatures };
        prop_assert_eq!(SignedNote::parse(&note.to_string()), Ok(note));
    }

    #[test]
    fn a_checkpoint_is_read_as_it_is_written(
        origin in "[^\\pC]{1,30}",
        size in 0_u64..1 << 63,
        root: [u8; 32],
        extensions in prop::collection::vec("[^\\pC]{1,30}", 0..8),
    ) {
        let checkpoint = Checkpoint { origin, size, root, extensions };
        prop_assert_eq!(Checkpoint::parse(&checkpoint.to_string()), Ok(checkpoint));
    }

    #[test]
    fn what_is_read_is_what_was_written(
        note in "(\u{2014} |[a-z0-9=+/ ]{1,9}|AQIDBHNpZw==|\n|\n\n|\\PC){0,24}\n",
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        if let Ok(parsed) = SignedNote::parse(&note) {
            prop_assert_eq!(parsed.to_string(), note.clone());
        }
        if let Ok(parsed) = Checkpoint::parse(&note) {
            prop_assert_eq!(parsed.to_string(), note.clone());
        }
        let _ = SignedNote::parse_bytes(&bytes);
        let _ = SignedCheckpoint::parse(&note);
    }

    #[test]
    fn a_mutated_note_is_read_as_it_stands_or_refused(at in 0_usize..100, to: char) {
        let mut characters: Vec<char> = note().chars().collect();
        let length = characters.len();
        characters[at % length] = to;
        let mutated: String = characters.into_iter().collect();
        if let Ok(parsed) = SignedCheckpoint::parse(&mutated) {
            prop_assert_eq!(parsed.note().to_string(), mutated);
            prop_assert_eq!(parsed.checkpoint().to_string(), parsed.note().text.clone());
        }
    }
}
