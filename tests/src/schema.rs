//! The part of JSON Schema that `schema/touchstone-report-1.json` uses. A keyword outside it is an error, so that nothing in
//! the schema can be silently without effect.

use serde_json::Value;

const ANNOTATIONS: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];
const KEYWORDS: [&str; 9] =
    ["$ref", "additionalProperties", "const", "items", "minimum", "oneOf", "properties", "required", "type"];

/// Where and how `value` breaks `schema`; empty when it is valid.
#[must_use]
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        found.push(format!("{path}: the schema is no object"));
        return;
    };
    for (keyword, argument) in keywords {
        let keyword = keyword.as_str();
        if ANNOTATIONS.contains(&keyword) {
            continue;
        }
        if !KEYWORDS.contains(&keyword) {
            found.push(format!("{path}: the schema uses {keyword}, which this checker does not know"));
        }
        match keyword {
            "$ref" => match argument.as_str().and_then(|name| root.pointer(name.trim_start_matches('#'))) {
                Some(target) => check(root, target, value, path, found),
                None => found.push(format!("{path}: {argument} leads nowhere")),
            },
            "const" if value != argument => found.push(format!("{path}: {value} is not {argument}")),
            "type" if !has_type(argument, value) => found.push(format!("{path}: {value} is no {argument}")),
            "minimum" if value.as_f64() < argument.as_f64() && value.is_number() => {
                found.push(format!("{path}: {value} is below {argument}"));
            }
            "oneOf" => one_of(root, argument, value, path, found),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, argument, item, &format!("{path}[{index}]"), found);
                }
            }
            "properties" => {
                for (name, property) in argument.as_object().into_iter().flatten() {
                    if let Some(value) = value.get(name) {
                        check(root, property, value, &format!("{path}.{name}"), found);
                    }
                }
            }
            "required" => {
                let names = argument.as_array().into_iter().flatten().filter_map(Value::as_str);
                let missing = names.filter(|name| value.is_object() && value.get(name).is_none());
                found.extend(missing.map(|name| format!("{path}: {name} is missing")));
            }
            "additionalProperties" => {
                let known = schema.get("properties");
                let names = value.as_object().into_iter().flatten().map(|(name, _)| name);
                let unknown = names.filter(|name| known.is_none_or(|known| known.get(name).is_none()));
                found.extend(unknown.map(|name| format!("{path}: {name} is not in the schema")));
            }
            _ => {}
        }
    }
}

fn one_of(root: &Value, choices: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let fitting = choices
        .as_array()
        .into_iter()
        .flatten()
        .filter(|choice| {
            let mut violations = Vec::new();
            check(root, choice, value, path, &mut violations);
            violations.is_empty()
        })
        .count();
    if fitting != 1 {
        found.push(format!("{path}: {fitting} choices fit {value}"));
    }
}

fn has_type(argument: &Value, value: &Value) -> bool {
    let fits = |name: &Value| match name.as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("null") => value.is_null(),
        _ => false,
    };
    argument.as_array().map_or_else(|| fits(argument), |names| names.iter().any(fits))
}
