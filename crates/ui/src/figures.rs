//! Figures as people read them.

const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];

/// Bytes with a decimal unit and about three digits: `441 B`, `48.6 MB`, `3.20 GB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let (mut unit, mut whole) = (0_usize, 1_u64);
    while bytes / whole >= 1000 && unit + 1 < UNITS.len() {
        whole *= 1000;
        unit += 1;
    }
    let name = UNITS.get(unit).copied().unwrap_or_default();
    let hundredths = u128::from(bytes) * 100 / u128::from(whole);
    let (integer, rest) = (hundredths / 100, hundredths % 100);
    match (unit, integer) {
        (0, _) | (_, 100..) => format!("{integer} {name}"),
        (3.., 0..=9) => format!("{integer}.{rest:02} {name}"),
        _ => format!("{integer}.{} {name}", rest / 10),
    }
}

/// A count with thin spaces between groups of three: `1 482 906 117`.
#[must_use]
pub fn thin_groups(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{2009}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A digest in groups of eight, for comparing by eye. Text that is not hex is returned as it is.
#[must_use]
pub fn grouped_digest(hex: &str) -> String {
    let (algorithm, hex) = parts(hex);
    if !is_hex(hex) {
        return format!("{algorithm}{hex}");
    }
    let mut grouped = String::with_capacity(algorithm.len() + hex.len() + hex.len() / 8 + 1);
    grouped.push_str(algorithm);
    if !algorithm.is_empty() {
        grouped.push(' ');
    }
    for (at, digit) in hex.chars().enumerate() {
        if at > 0 && at.is_multiple_of(8) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// Whether a text is a digest: hex, perhaps after the name of its algorithm (`sha256:…`).
pub(crate) fn is_digest(text: &str) -> bool {
    is_hex(parts(text).1)
}

/// `sha256:` and the hex after it.
fn parts(text: &str) -> (&str, &str) {
    ["sha1:", "sha256:", "sha384:", "sha512:"]
        .iter()
        .find_map(|algorithm| text.split_at_checked(algorithm.len()).filter(|(start, _)| start == algorithm))
        .unwrap_or(("", text))
}

/// Hex of 40 digits (SHA-1) or more.
fn is_hex(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// "1 request", "2 requests".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "rows read better")]
    fn check(bytes: u64, expected: Expect) {
        expected.assert_eq(&size(bytes));
    }

    #[test]
    fn sizes() {
        check(0, expect!["0 B"]);
        check(441, expect!["441 B"]);
        check(999, expect!["999 B"]);
        check(1100, expect!["1.1 kB"]);
        check(48_612_345, expect!["48.6 MB"]);
        check(200_000_000, expect!["200 MB"]);
        check(3_204_000_000, expect!["3.20 GB"]);
        check(u64::MAX, expect!["18446744 TB"]);
    }

    #[test]
    fn groups() {
        expect!["1\u{2009}482\u{2009}906\u{2009}117"].assert_eq(&thin_groups(1_482_906_117));
        expect!["12"].assert_eq(&thin_groups(12));
        expect!["f6a66ac1 ba1453ed 00b8a21f 1defd617 a941ec87"]
            .assert_eq(&grouped_digest("f6a66ac1ba1453ed00b8a21f1defd617a941ec87"));
        expect!["sha1: f6a66ac1 ba1453ed 00b8a21f 1defd617 a941ec87"]
            .assert_eq(&grouped_digest("sha1:f6a66ac1ba1453ed00b8a21f1defd617a941ec87"));
        expect!["sha256:no"].assert_eq(&grouped_digest("sha256:no"));
    }
}
