//! What a scalar stands for: YAML 1.2's core schema (YAML 1.2.2 § 10.3), without infinities and not-a-numbers.

use saphyr_parser::Tag;

use super::{Error, Position};
use crate::json::{Number, Value};

/// The value of a scalar.
///
/// # Errors
/// A tag that is not known here.
pub(super) fn value(text: &str, plain: bool, tag: Option<&Tag>, position: Position) -> Result<Value, Error> {
    match tag {
        None if plain => Ok(resolved(text)),
        None => Ok(Value::String(text.to_owned())),
        // `!` alone and `!!str` both say: this is text.
        Some(tag) if (tag.handle == "!" || tag.handle.is_empty()) && matches!(tag.suffix.as_str(), "" | "!") => {
            Ok(Value::String(text.to_owned()))
        }
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Ok(Value::String(text.to_owned())),
        Some(tag) if tag.is_yaml_core_schema() && matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null") => {
            Ok(resolved(text))
        }
        Some(tag) => Err(Error::Tag { found: tag.to_string(), position }),
    }
}

/// Refuses a list or mapping with any tag but its own.
///
/// # Errors
/// Another tag.
pub(super) fn check_collection_tag(tag: Option<&Tag>, own: &str, position: Position) -> Result<(), Error> {
    match tag {
        None => Ok(()),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == own => Ok(()),
        Some(tag) => Err(Error::Tag { found: tag.to_string(), position }),
    }
}

fn resolved(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    // Words, names and image references are by far the most.
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.')) {
        return Value::String(text.to_owned());
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        if let Ok(number) = text.parse::<u64>() {
            return Value::Number(Number::Unsigned(number));
        }
        if let Ok(number) = text.parse::<i64>() {
            return Value::Number(Number::Negative(number));
        }
    }
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(number) if numeric && number.is_finite() => Value::Number(Number::Other(number)),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema_decides_what_a_plain_scalar_is() {
        assert_eq!(resolved("~"), Value::Null);
        assert_eq!(resolved("True"), Value::Bool(true));
        assert_eq!(resolved("8080"), Value::Number(Number::Unsigned(8080)));
        assert_eq!(resolved("-1"), Value::Number(Number::Negative(-1)));
        assert_eq!(resolved("0.5"), Value::Number(Number::Other(0.5)));
        // What YAML 1.1 took for something else is text: the country, a version, a port pair, an image.
        for text in ["no", "yes", "on", "1.2.3", "8080:80", "0x1f", ".inf", "-", "1e", "nginx:1.27", "1_000"] {
            assert_eq!(resolved(text), Value::String(text.to_owned()), "{text}");
        }
    }
}
