//! A policy that a person keeps: a question under a name, as a file that page and command both read and write.

use serde::{Deserialize, Serialize};

use crate::question::Question;

/// What the file says it is.
pub const SCHEMA: &str = "touchstone-policy-1";
/// Bytes of a policy, or of several in one list.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Characters of a name.
pub const MAX_NAME: usize = 100;
/// Policies of one list.
pub const MAX_KEPT: usize = 100;

/// A question under a name. Files (a key, a trusted root) are no part of it: they are given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// [`SCHEMA`].
    pub schema: String,
    /// What the person calls it.
    pub name: String,
    /// What is asked.
    pub question: Question,
}

/// Why a text is no policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeptError {
    /// Too many bytes.
    TooLarge {
        /// How many.
        found: usize,
    },
    /// Not what it has to be: what was found, and where.
    Malformed {
        /// In words.
        found: String,
    },
    /// Another format, or a newer one.
    OtherSchema {
        /// What it says it is.
        found: String,
    },
    /// No name, or one that is too long.
    Name {
        /// Characters.
        found: usize,
    },
    /// More policies than are kept.
    TooMany {
        /// How many.
        found: usize,
    },
}

impl core::fmt::Display for KeptError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::TooLarge { found } => {
                write!(
                    formatter,
                    "A policy has at most {MAX_BYTES} bytes; this has {found}. Choose the policy's own file."
                )
            }
            Self::Malformed { found } => write!(
                formatter,
                "This is no policy: {found}. Expected JSON with schema, name and question, as Export writes it."
            ),
            Self::OtherSchema { found } => {
                write!(formatter, "This is {found:?}, not {SCHEMA:?}. Export the policy again with this version.")
            }
            Self::Name { found } => write!(
                formatter,
                "A policy has a name of 1 to {MAX_NAME} characters; this one has {found}. Give it another name."
            ),
            Self::TooMany { found } => {
                write!(formatter, "At most {MAX_KEPT} policies are kept; these are {found}. Delete one first.")
            }
        }
    }
}

impl core::error::Error for KeptError {}

impl Kept {
    /// `question` under `name`.
    ///
    /// # Errors
    /// A name that is empty or too long.
    pub fn new(name: &str, question: Question) -> Result<Self, KeptError> {
        Self { schema: SCHEMA.to_owned(), name: name.trim().to_owned(), question }.checked()
    }

    /// Reads a policy's file. A member that is not known is an error: what cannot be asked must not seem to be (H-14).
    ///
    /// # Errors
    /// See [`KeptError`].
    pub fn parse(text: &str) -> Result<Self, KeptError> {
        read::<Self>(text)?.checked()
    }

    /// The file's text.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    fn checked(self) -> Result<Self, KeptError> {
        if self.schema != SCHEMA {
            return Err(KeptError::OtherSchema { found: self.schema });
        }
        match self.name.chars().count() {
            1..=MAX_NAME => Ok(self),
            found => Err(KeptError::Name { found }),
        }
    }
}

/// Reads a list of policies, as [`print_all`] writes it.
///
/// # Errors
/// See [`KeptError`]; one that cannot be read is an error of the list.
pub fn parse_all(text: &str) -> Result<Vec<Kept>, KeptError> {
    let all = read::<Vec<Kept>>(text)?;
    if all.len() > MAX_KEPT {
        return Err(KeptError::TooMany { found: all.len() });
    }
    all.into_iter().map(Kept::checked).collect()
}

/// Several policies as one text.
#[must_use]
pub fn print_all(all: &[Kept]) -> String {
    serde_json::to_string(all).unwrap_or_default()
}

/// Puts `one` into the list, in place of the one of its name.
///
/// # Errors
/// When the list is full.
pub fn put(all: &mut Vec<Kept>, one: Kept) -> Result<(), KeptError> {
    let is_full = all.len() >= MAX_KEPT;
    match all.iter_mut().find(|known| known.name == one.name) {
        Some(known) => *known = one,
        None if is_full => return Err(KeptError::TooMany { found: all.len().saturating_add(1) }),
        None => all.push(one),
    }
    Ok(())
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, KeptError> {
    if text.len() > MAX_BYTES {
        return Err(KeptError::TooLarge { found: text.len() });
    }
    serde_json::from_str(text).map_err(|error| KeptError::Malformed { found: error.to_string() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::question::{Expect, Name, Signer};

    fn question() -> Question {
        Question {
            signer: Signer::Certificate { identity: Name::Pattern("a+".to_owned()), issuer: None },
            expect: Expect { source_uri: Some("github.com/acme/app".to_owned()), ..Expect::default() },
            builders: vec!["s=i=3=j".to_owned()],
            ..Question::default()
        }
    }

    #[test]
    fn reading_undoes_writing() {
        let kept = Kept::new(" Releases of acme/app ", question()).unwrap();
        assert_eq!(kept.name, "Releases of acme/app");
        assert_eq!(Kept::parse(&kept.print()), Ok(kept.clone()));
        assert_eq!(parse_all(&print_all(&[kept.clone(), kept.clone()])), Ok(vec![kept.clone(), kept]));
    }

    #[test]
    fn what_is_no_policy_says_why() {
        let good = Kept::new("name", question()).unwrap().print();
        let refused = |text: &str| Kept::parse(text).map_err(|error| error.to_string()).err().unwrap_or_default();
        assert_eq!(refused(&good), "");
        for (text, said) in [
            (String::new(), "no policy"),
            ("[]".to_owned(), "no policy"),
            ("{}".to_owned(), "missing field"),
            // A member of a newer version asks for something: it is not dropped.
            (good.replace("\"sourceUri\"", "\"sourceUrl\""), "unknown field"),
            (good.replace("\"builders\"", "\"builder\""), "unknown field"),
            (good.replace(SCHEMA, "touchstone-policy-2"), "Export the policy again"),
            (good.replace("\"name\": \"name\"", "\"name\": \"\""), "1 to 100 characters"),
            (good.replace("\"name\": \"name\"", &format!("\"name\": \"{}\"", "x".repeat(101))), "1 to 100 characters"),
            (" ".repeat(MAX_BYTES + 1), "at most"),
        ] {
            assert!(refused(&text).contains(said), "{said}: {}", refused(&text));
        }
    }

    /// H-14: a condition under a name that is not known is refused at every depth, not only at the top.
    #[test]
    fn a_misspelt_condition_is_refused_at_every_depth() {
        let refused = |question: &str| {
            let text = format!(r#"{{"schema":"{SCHEMA}","name":"n","question":{{{question}}}}}"#);
            Kept::parse(&text).map_err(|error| error.to_string()).err().unwrap_or_default()
        };
        let name = r#"{"match":"exact","text":"a"}"#;
        for (good, bad) in [
            (r#""keyValidity":{"until":"x"}"#.to_owned(), r#""keyValidity":{"validUntil":"x"}"#.to_owned()),
            (r#""thresholds":{"transparencyLogs":2}"#.to_owned(), r#""thresholds":{"transparencyLog":2}"#.to_owned()),
            (
                format!(r#""signer":{{"kind":"certificate","identity":{name},"issuer":{name}}}"#),
                format!(r#""signer":{{"kind":"certificate","identity":{name},"issuers":{name}}}"#),
            ),
            (
                format!(r#""signer":{{"kind":"certificate","identity":{name}}}"#),
                r#""signer":{"kind":"certificate","identity":{"match":"exact","text":"a","case":"any"}}"#.to_owned(),
            ),
        ] {
            assert_eq!(refused(&good), "");
            let said = refused(&bad);
            assert!(said.contains("unknown field") || said.contains("expected \"match\" or \"text\""), "{bad}: {said}");
        }
        for kind in ["unnamed", "anybody", "key", "implied"] {
            assert_eq!(refused(&format!(r#""signer":{{"kind":"{kind}"}}"#)), "");
            let bad = format!(r#""signer":{{"kind":"{kind}","issuer":{name}}}"#);
            assert!(refused(&bad).contains("unknown field"), "{bad}: {}", refused(&bad));
        }
    }

    #[test]
    fn a_name_is_kept_once_and_a_full_list_is_said() {
        let mut all = Vec::new();
        for number in 0..MAX_KEPT {
            put(&mut all, Kept::new(&number.to_string(), Question::default()).unwrap()).unwrap();
        }
        put(&mut all, Kept::new("7", question()).unwrap()).unwrap();
        assert_eq!((all.len(), &all[7].question), (MAX_KEPT, &question()));
        let error = put(&mut all, Kept::new("one more", question()).unwrap());
        assert_eq!(error, Err(KeptError::TooMany { found: MAX_KEPT + 1 }));
    }
}
