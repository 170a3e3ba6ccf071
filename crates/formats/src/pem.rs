//! PEM in its canonical form, as Rekor writes it into log entry bodies (B-83).

use core::fmt;

use crate::base64::{self, Base64Problem};

/// One PEM block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The label, e.g. `CERTIFICATE`.
    pub label: String,
    /// The bytes inside, never empty.
    pub der: Vec<u8>,
}

/// Reads exactly one PEM block: no text before it, no headers, no empty lines, nothing after it but line
/// ends (B-83). Lines may have any length: entries with the whole certificate on one line were logged
/// and have to verify.
///
/// # Errors
/// What of this the text breaks.
pub fn decode(text: &str) -> Result<Block, PemProblem> {
    let body = text.strip_prefix("-----BEGIN ").ok_or(PemProblem::NoBlockAtStart)?;
    let (label, body) = body.split_once("-----\n").ok_or(PemProblem::NoBlockAtStart)?;
    if label.is_empty() || !label.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ') {
        return Err(PemProblem::NoBlockAtStart);
    }
    let end = format!("-----END {label}-----");
    let (content, rest) = body.split_once(&end).ok_or(PemProblem::NoEnd)?;
    if rest.bytes().any(|byte| byte != b'\n') {
        return Err(PemProblem::TextAfter);
    }
    let mut dense = String::with_capacity(content.len());
    for line in content.strip_suffix('\n').ok_or(PemProblem::NoEnd)?.split('\n') {
        if line.is_empty() {
            return Err(PemProblem::EmptyLine);
        }
        dense.push_str(line);
    }
    let der = base64::decode_standard(&dense).map_err(PemProblem::Base64)?;
    if der.is_empty() {
        return Err(PemProblem::EmptyLine);
    }
    Ok(Block { label: label.to_owned(), der })
}

/// Why a text is not one canonical PEM block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PemProblem {
    /// The bytes around which PEM is due are not text at all.
    NotText,
    /// Does not begin with `-----BEGIN LABEL-----`.
    NoBlockAtStart,
    /// No `-----END LABEL-----` with the same label on a line of its own.
    NoEnd,
    /// Something follows the block: text, or a second block.
    TextAfter,
    /// An empty line, or no content at all.
    EmptyLine,
    /// The content is not base64; offsets count without line ends.
    Base64(Base64Problem),
}

impl fmt::Display for PemProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("bytes that are no text"),
            Self::NoBlockAtStart => f.write_str("no PEM block at the start"),
            Self::NoEnd => f.write_str("a PEM block without its end"),
            Self::TextAfter => f.write_str("text, or a second block, after the PEM block"),
            Self::EmptyLine => f.write_str("an empty line in the PEM block"),
            Self::Base64(problem) => write!(f, "{problem} in the PEM block"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "-----BEGIN PUBLIC KEY-----\nYWJj\n-----END PUBLIC KEY-----\n";

    #[test]
    fn one_block_with_or_without_final_line_ends() {
        let block = Block { label: "PUBLIC KEY".to_owned(), der: b"abc".to_vec() };
        for text in [GOOD, GOOD.trim_end(), &format!("{GOOD}\n")] {
            assert_eq!(decode(text), Ok(block.clone()), "{text}");
        }
    }

    #[test]
    fn lines_may_be_long() {
        let text = GOOD.replace("YWJj", &"YWJj".repeat(1000));
        assert_eq!(decode(&text).map(|block| block.der.len()), Ok(3000));
    }

    #[test]
    fn b_83_refusals() {
        let table = [
            (String::new(), PemProblem::NoBlockAtStart),
            (format!("\n{GOOD}"), PemProblem::NoBlockAtStart),
            (format!("subject: x\n{GOOD}"), PemProblem::NoBlockAtStart),
            (GOOD.replace("BEGIN PUBLIC", "BEGIN public"), PemProblem::NoBlockAtStart),
            (GOOD.replace('\n', "\r\n"), PemProblem::NoBlockAtStart),
            (GOOD.replace("END PUBLIC KEY", "END CERTIFICATE"), PemProblem::NoEnd),
            (GOOD.replace("YWJj\n", "YWJj"), PemProblem::NoEnd),
            (GOOD.replace("-----END", "----END"), PemProblem::NoEnd),
            (GOOD.repeat(2), PemProblem::TextAfter),
            (format!("{GOOD}x"), PemProblem::TextAfter),
            (GOOD.replace("YWJj\n", "YWJj\n\n"), PemProblem::EmptyLine),
            (GOOD.replace("YWJj", ""), PemProblem::EmptyLine),
            (GOOD.replace("YWJj", "YW J"), PemProblem::Base64(Base64Problem::Character { offset: 2, byte: b' ' })),
            (
                GOOD.replace("YWJj", "Proc-Type: 4"),
                PemProblem::Base64(Base64Problem::Character { offset: 4, byte: b'-' }),
            ),
            (GOOD.replace("YWJj", "YR=="), PemProblem::Base64(Base64Problem::TrailingBits)),
        ];
        for (text, problem) in table {
            assert_eq!(decode(&text), Err(problem), "{text}");
        }
    }
}
