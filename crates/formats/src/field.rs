//! Typed reading of a [`Value`]: each step says where it is, so each error says expected, found, where.

mod error;

pub use error::{CODES, FieldError};

use crate::base64;
use crate::json::{Number, Value};
use crate::limits::MAX_UNKNOWN_FIELDS;
use crate::path::{Path, quoted};
use crate::time::UnixMillis;

/// A value and where it is.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    value: &'a Value,
    path: Path,
}

impl<'a> Field<'a> {
    /// A whole document.
    #[must_use]
    pub fn root(value: &'a Value) -> Self {
        Self { value, path: Path::root() }
    }

    /// A document inside another.
    #[must_use]
    pub fn at(value: &'a Value, path: Path) -> Self {
        Self { value, path }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The value as an object.
    ///
    /// # Errors
    /// Another type.
    pub fn object(&self) -> Result<Object<'a>, FieldError> {
        match self.value {
            Value::Object(members) => Ok(Object { members, path: self.path.clone() }),
            _ => Err(self.wrong_type("an object")),
        }
    }

    /// The value as an array of at most `limit` elements.
    ///
    /// # Errors
    /// Another type, or more elements.
    pub fn array(&self, limit: usize) -> Result<Vec<Field<'a>>, FieldError> {
        let Value::Array(elements) = self.value else {
            return Err(self.wrong_type("an array"));
        };
        if elements.len() > limit {
            return Err(FieldError::TooMany { path: self.path.clone(), found: elements.len(), limit });
        }
        let field = |(index, value)| Field { value, path: self.path.element(index) };
        Ok(elements.iter().enumerate().map(field).collect())
    }

    /// The value as a string, which may be empty.
    ///
    /// # Errors
    /// Another type.
    pub fn string(&self) -> Result<&'a str, FieldError> {
        self.value.as_str().ok_or_else(|| self.wrong_type("a string"))
    }

    /// The value as a string that is not empty.
    ///
    /// # Errors
    /// Another type, or empty, which is the same as absent.
    pub fn filled_string(&self) -> Result<&'a str, FieldError> {
        match self.string()? {
            "" => Err(FieldError::Empty { path: self.path.clone() }),
            text => Ok(text),
        }
    }

    /// The value as a boolean.
    ///
    /// # Errors
    /// Another type.
    pub fn boolean(&self) -> Result<bool, FieldError> {
        match self.value {
            Value::Bool(value) => Ok(*value),
            _ => Err(self.wrong_type("a boolean")),
        }
    }

    /// The value as bytes in base64 of either alphabet, which may be empty.
    ///
    /// # Errors
    /// Another type, or not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, FieldError> {
        base64::decode(self.string()?).map_err(|problem| FieldError::Base64 { path: self.path.clone(), problem })
    }

    /// As [`Field::bytes`], not empty.
    ///
    /// # Errors
    /// As [`Field::bytes`], or empty.
    pub fn filled_bytes(&self) -> Result<Vec<u8>, FieldError> {
        self.filled(self.bytes()?)
    }

    /// The value as bytes in strict standard base64, not empty.
    ///
    /// # Errors
    /// Another type, not strict standard base64, or empty.
    pub fn filled_standard_bytes(&self) -> Result<Vec<u8>, FieldError> {
        let bytes = base64::decode_standard(self.string()?)
            .map_err(|problem| FieldError::StandardBase64 { path: self.path.clone(), problem })?;
        self.filled(bytes)
    }

    fn filled(&self, bytes: Vec<u8>) -> Result<Vec<u8>, FieldError> {
        if bytes.is_empty() { Err(FieldError::Empty { path: self.path.clone() }) } else { Ok(bytes) }
    }

    /// The value as an int64 that is not negative, written as a string or as an integer.
    ///
    /// # Errors
    /// Another type, not an integer in its only spelling, negative, or beyond 2^63 − 1.
    pub fn integer(&self) -> Result<i64, FieldError> {
        let path = || self.path.clone();
        match self.value {
            Value::Number(Number::Unsigned(number)) => {
                i64::try_from(*number).map_err(|_| FieldError::NotInteger { path: path(), found: number.to_string() })
            }
            Value::Number(Number::Negative(number)) => {
                Err(FieldError::Negative { path: path(), found: number.to_string() })
            }
            Value::Number(Number::Other(number)) => {
                Err(FieldError::NotInteger { path: path(), found: number.to_string() })
            }
            Value::String(text) => integer_of_text(text, &self.path),
            _ => Err(self.wrong_type("an integer, as a string or a number")),
        }
    }

    /// The value as an instant in RFC 3339 (B-9).
    ///
    /// # Errors
    /// Another type, or not an instant.
    pub fn instant(&self) -> Result<UnixMillis, FieldError> {
        let text = self.string()?;
        UnixMillis::parse_rfc3339(text).map_err(|problem| FieldError::Time {
            path: self.path.clone(),
            found: quoted(text),
            problem,
        })
    }

    /// The value as one of a set of names, found by `lookup`.
    ///
    /// # Errors
    /// Another type, or a name that `lookup` does not know.
    pub fn name<T>(&self, expected: &'static str, lookup: impl FnOnce(&str) -> Option<T>) -> Result<T, FieldError> {
        let text = match self.value {
            Value::String(text) => text.as_str(),
            _ => return Err(self.wrong_type(expected)),
        };
        lookup(text).ok_or_else(|| FieldError::UnknownName { path: self.path.clone(), expected, found: quoted(text) })
    }

    fn wrong_type(&self, expected: &'static str) -> FieldError {
        FieldError::WrongType { path: self.path.clone(), expected, found: self.value.kind() }
    }
}

/// Digits only, no leading zero, so that each number has one spelling.
fn integer_of_text(text: &str, path: &Path) -> Result<i64, FieldError> {
    let not_integer = || FieldError::NotInteger { path: path.clone(), found: quoted(text) };
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if !canonical {
        return Err(not_integer());
    }
    if digits.len() < text.len() {
        return Err(FieldError::Negative { path: path.clone(), found: quoted(text) });
    }
    digits.parse().map_err(|_| not_integer())
}

/// An object and where it is.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    members: &'a [(String, Value)],
    path: Path,
}

impl<'a> Object<'a> {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All members in the order of the document, `null` ones included.
    pub fn members(&self) -> impl Iterator<Item = (&'a str, Field<'a>)> {
        self.members.iter().map(|(key, value)| (key.as_str(), Field { value, path: self.path.member(key) }))
    }

    /// How many members there are, `null` ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// The object, if it has at most `limit` members.
    ///
    /// # Errors
    /// It has more.
    pub fn capped(self, limit: usize) -> Result<Self, FieldError> {
        if self.len() > limit {
            return Err(FieldError::TooMany { found: self.len(), path: self.path, limit });
        }
        Ok(self)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The member `key`; `null` is absent.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Field<'a>> {
        let (_, value) = self.members.iter().find(|(name, _)| name == key)?;
        match value {
            Value::Null => None,
            value => Some(Field { value, path: self.path.member(key) }),
        }
    }

    /// The member `key`, which has to be there.
    ///
    /// # Errors
    /// Absent or `null`.
    pub fn required(&self, key: &str) -> Result<Field<'a>, FieldError> {
        self.get(key).ok_or_else(|| FieldError::Missing { path: self.path.member(key) })
    }

    /// The member under one of two names that producers use for it, camel case and snake case.
    ///
    /// # Errors
    /// Both at once: two readers could take different ones.
    pub fn in_either_spelling(&self, key: &str, other: &str) -> Result<Option<Field<'a>>, FieldError> {
        match (self.get(key), self.get(other)) {
            (Some(_), Some(field)) if key != other => Err(FieldError::TwoSpellings { path: field.path }),
            (one, two) => Ok(one.or(two)),
        }
    }

    /// The string `key`; absent, `null` or empty is none.
    ///
    /// # Errors
    /// Not a string.
    pub fn text(&self, key: &str) -> Result<Option<String>, FieldError> {
        let text = self.string_or_empty(key)?;
        Ok((!text.is_empty()).then_some(text))
    }

    /// The string `key`, which has to be there and not empty.
    ///
    /// # Errors
    /// Absent, `null`, not a string, or empty.
    pub fn required_text(&self, key: &str) -> Result<String, FieldError> {
        Ok(self.required(key)?.filled_string()?.to_owned())
    }

    /// The strings of the array `key`; absent is empty.
    ///
    /// # Errors
    /// Not an array of strings, or more than `limit` of them.
    pub fn texts(&self, key: &str, limit: usize) -> Result<Vec<String>, FieldError> {
        self.list(key, limit)?.iter().map(|field| Ok(field.string()?.to_owned())).collect()
    }

    /// The boolean `key`; absent is none.
    ///
    /// # Errors
    /// Not a boolean.
    pub fn boolean(&self, key: &str) -> Result<Option<bool>, FieldError> {
        self.get(key).map(|field| field.boolean()).transpose()
    }

    /// The elements of the array `key`; absent is empty.
    ///
    /// # Errors
    /// Not an array, or more than `limit` elements.
    pub fn list(&self, key: &str, limit: usize) -> Result<Vec<Field<'a>>, FieldError> {
        self.get(key).map_or_else(|| Ok(Vec::new()), |field| field.array(limit))
    }

    /// The string `key`; absent is empty, as protobuf has it.
    ///
    /// # Errors
    /// Not a string.
    pub fn string_or_empty(&self, key: &str) -> Result<String, FieldError> {
        self.get(key).map_or_else(|| Ok(String::new()), |field| Ok(field.string()?.to_owned()))
    }

    /// The int64 `key`; absent is 0.
    ///
    /// # Errors
    /// As [`Field::integer`].
    pub fn integer_or_zero(&self, key: &str) -> Result<i64, FieldError> {
        self.get(key).map_or(Ok(0), |field| field.integer())
    }

    /// Adds the path of each member that is not in `known` to `unknown`, up to a cap.
    pub fn collect_unknown(&self, known: &[&str], unknown: &mut Vec<String>) {
        for (key, _) in self.members {
            if unknown.len() >= MAX_UNKNOWN_FIELDS {
                return;
            }
            if !known.contains(&key.as_str()) {
                unknown.push(self.path.member(key).to_string());
            }
        }
    }
}
