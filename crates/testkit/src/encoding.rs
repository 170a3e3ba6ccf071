//! Text encodings: base64, PEM, lowercase hexadecimal, canonical JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// Standard base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Bytes of standard base64 that the testkit itself wrote.
pub fn from_base64(text: &str) -> Vec<u8> {
    STANDARD.decode(text).expect("base64 written by the testkit")
}

/// Lowercase hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One PEM block, 64 columns, final newline.
pub fn pem(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in base64(der).as_bytes().chunks(64) {
        text.push_str(core::str::from_utf8(line).expect("ASCII"));
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

/// RFC 8785 for the values Sigstore logs: members sorted, no spaces, whole numbers, ASCII member names.
pub fn canonical_json(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let inner: Vec<String> = names
                .iter()
                .map(|name| format!("{}:{}", Value::from(name.as_str()), canonical_json(&members[name.as_str()])))
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical_json).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}
