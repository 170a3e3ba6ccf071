//! From what was seen to what is expected the next time.

use crate::command::escaped;
use crate::document::{Document, Outcome};
use crate::question::{Name, Question, Signer};

/// The arc of Fulcio's certificate extensions.
const ARC: &str = "1.3.6.1.4.1.57264.1.";
/// Extensions that stay the same from release to release: (number, name).
const PINNED: [(&str, &str); 3] =
    [("12", "source-repository-uri"), ("15", "source-repository-identifier"), ("11", "runner-environment")];

/// Why nothing can be pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PinError {
    /// The report says that a check failed: what it holds is not to be expected again.
    Rejected,
    /// Who signed was read and not proven.
    NotProven,
}

impl core::fmt::Display for PinError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(match self {
            Self::Rejected => {
                "A check failed, so nothing of this is to be expected again. Pin a result that is verified."
            }
            Self::NotProven => "Who signed is not proven here. Pin a result whose signature and certificate passed.",
        })
    }
}

impl core::error::Error for PinError {}

/// What was seen of the signer as expectations: issuer exactly, the workflow at any tag of the same shape, the repository
/// by name and by number, the runner. Where the signer has a key, the key must be given again.
///
/// # Errors
/// When the report is rejected, or the signer is not proven.
pub fn pin(document: &Document) -> Result<Question, PinError> {
    if document.verdict.outcome == Outcome::Rejected {
        return Err(PinError::Rejected);
    }
    let signer = document.signer.as_ref().filter(|signer| signer.proven).ok_or(PinError::NotProven)?;
    if signer.kind == "key" {
        return Ok(Question { signer: Signer::Key, ..Question::default() });
    }
    let rows = document.evidence.certificate.iter().flat_map(|table| &table.rows);
    let value = |number: &str| {
        let mut found = rows.clone().filter(|row| row.reference.strip_prefix(ARC) == Some(number));
        found.next().map(|row| row.value.clone()).filter(|value| !value.is_empty())
    };
    let issuer = signer.issuer.clone().or_else(|| value("8"));
    let extensions = PINNED.iter().filter_map(|(number, name)| Some(((*name).to_owned(), value(number)?))).collect();
    Ok(Question {
        signer: Signer::Certificate { identity: identity(&signer.identity), issuer: issuer.map(Name::Exact) },
        extensions,
        ..Question::default()
    })
}

/// A workflow at a tag: at any tag of the same shape. Everything else stays as it is.
fn identity(text: &str) -> Name {
    match text.split_once("@refs/tags/") {
        Some((workflow, tag)) if !tag.is_empty() => {
            Name::Pattern(format!("{}@refs/tags/{}", escaped(workflow), tag_pattern(tag)))
        }
        _ => Name::Exact(text.to_owned()),
    }
}

/// `v1.12.0` becomes `v[0-9]+\.[0-9]+\.[0-9]+`: numbers are left open, nothing else.
fn tag_pattern(tag: &str) -> String {
    let mut out = String::new();
    let mut rest = tag;
    while !rest.is_empty() {
        let digits = rest.find(|one: char| !one.is_ascii_digit()).unwrap_or(rest.len());
        if digits > 0 {
            out.push_str("[0-9]+");
        }
        rest = rest.get(digits..).unwrap_or_default();
        let text = rest.find(|one: char| one.is_ascii_digit()).unwrap_or(rest.len());
        out.push_str(&escaped(rest.get(..text).unwrap_or_default()));
        rest = rest.get(text..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tag_pattern;

    #[test]
    fn numbers_of_a_tag_are_left_open_and_nothing_else() {
        for (tag, pattern) in [
            ("v1.12.0", r"v[0-9]+\.[0-9]+\.[0-9]+"),
            ("2026-08", "[0-9]+-[0-9]+"),
            ("release/v2-rc.1+b", r"release/v[0-9]+-rc\.[0-9]+\+b"),
            ("latest", "latest"),
            ("v(1|2)", r"v\([0-9]+\|[0-9]+\)"),
        ] {
            assert_eq!(tag_pattern(tag), pattern);
        }
    }
}
