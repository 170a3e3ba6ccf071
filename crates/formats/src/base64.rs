//! Base64 in the three degrees of strictness that the specification asks for.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{
    GeneralPurpose, GeneralPurposeConfig, STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD,
};
use core::fmt;

/// Why a text is not the base64 that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Base64Problem {
    /// A byte outside the alphabet, whitespace included.
    Character {
        /// Its offset in the text.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// A length that no encoding has.
    Length {
        /// Length of the text in bytes.
        length: usize,
    },
    /// Padding missing, superfluous or incomplete.
    Padding,
    /// Bits beyond the last byte are not zero, so that two texts would mean the same bytes.
    TrailingBits,
}

impl fmt::Display for Base64Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character { offset, byte } => {
                write!(f, "{:?} at offset {offset}", char::from(*byte))
            }
            Self::Length { length } => write!(f, "a text of impossible length {length}"),
            Self::Padding => f.write_str("wrong padding"),
            Self::TrailingBits => f.write_str("non-zero bits after the last byte"),
        }
    }
}

/// Decodes base64 of protobuf JSON and DSSE: standard or URL-safe alphabet (never mixed), padded or
/// not, no whitespace, no non-zero trailing bits.
///
/// # Errors
/// What of this the text breaks.
pub fn decode(text: &str) -> Result<Vec<u8>, Base64Problem> {
    let url_safe = text.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let padded = text.len().is_multiple_of(4);
    let engine = match (url_safe, padded) {
        (false, true) => &STANDARD,
        (false, false) => &STANDARD_NO_PAD,
        (true, true) => &URL_SAFE,
        (true, false) => &URL_SAFE_NO_PAD,
    };
    engine.decode(text).map_err(|error| problem(error, text))
}

/// Decodes strict standard base64 with padding, as log entry bodies hold it.
///
/// # Errors
/// What of this the text breaks; the URL-safe alphabet is an error here.
pub fn decode_standard(text: &str) -> Result<Vec<u8>, Base64Problem> {
    STANDARD.decode(text).map_err(|error| problem(error, text))
}

/// Decodes strict standard base64 after dropping ASCII whitespace: PEP 740 documents only (G-5).
///
/// # Errors
/// As [`decode_standard`]; offsets count without the whitespace.
pub fn decode_standard_spaced(text: &str) -> Result<Vec<u8>, Base64Problem> {
    let dense: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    decode_standard(&dense)
}

/// Decodes what [`decode`] refuses for white space or for stray bits beyond the last byte; `None` for anything else.
///
/// Only for material whose bytes a signature vouches for, and only to say more about a bundle that is refused anyway.
#[must_use]
pub fn decode_tolerant(text: &str) -> Option<Vec<u8>> {
    let dense: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    let url_safe = dense.bytes().any(|byte| matches!(byte, b'-' | b'_'));
    let alphabet = if url_safe { &alphabet::URL_SAFE } else { &alphabet::STANDARD };
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, config).decode(dense).ok()
}

/// Encodes in the standard alphabet with padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn problem(error: base64::DecodeError, text: &str) -> Base64Problem {
    match error {
        base64::DecodeError::InvalidByte(_, b'=') | base64::DecodeError::InvalidPadding => Base64Problem::Padding,
        base64::DecodeError::InvalidByte(offset, byte) => Base64Problem::Character { offset, byte },
        base64::DecodeError::InvalidLength(_) => Base64Problem::Length { length: text.len() },
        base64::DecodeError::InvalidLastSymbol(..) => Base64Problem::TrailingBits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_8_either_alphabet_with_or_without_padding() {
        for text in ["+/+/YQ==", "+/+/YQ", "-_-_YQ==", "-_-_YQ"] {
            assert_eq!(decode(text), Ok(vec![0xfb, 0xff, 0xbf, 0x61]), "{text}");
        }
        assert_eq!(decode(""), Ok(vec![]));
    }

    #[test]
    fn a_8_refusals() {
        let table = [
            ("YQ =", Base64Problem::Character { offset: 2, byte: b' ' }),
            ("YW\nE=", Base64Problem::Character { offset: 2, byte: b'\n' }),
            ("YWFh\n", Base64Problem::Character { offset: 4, byte: b'\n' }),
            ("+/-_", Base64Problem::Character { offset: 0, byte: b'+' }),
            ("YQ=", Base64Problem::Padding),
            ("YQ===", Base64Problem::Padding),
            ("Y===", Base64Problem::Padding),
            ("=", Base64Problem::Padding),
            ("YWFhY", Base64Problem::Length { length: 5 }),
            ("YR==", Base64Problem::TrailingBits),
            ("YR", Base64Problem::TrailingBits),
            ("Yé==", Base64Problem::Character { offset: 1, byte: 0xc3 }),
        ];
        for (text, expected) in table {
            assert_eq!(decode(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn a_9_strict_standard_refuses_what_a_8_tolerates() {
        assert_eq!(decode_standard("+/+/YQ=="), Ok(vec![0xfb, 0xff, 0xbf, 0x61]));
        assert_eq!(decode_standard("YQ"), Err(Base64Problem::Padding));
        assert_eq!(decode_standard("-_-_"), Err(Base64Problem::Character { offset: 0, byte: b'-' }));
    }

    #[test]
    fn g_5_drops_whitespace_and_stays_strict_otherwise() {
        assert_eq!(decode_standard_spaced("Y\r\nQ =\t="), Ok(vec![0x61]));
        assert_eq!(decode_standard_spaced("Y Q"), Err(Base64Problem::Padding));
    }
}
