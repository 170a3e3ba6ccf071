//! Figures as people read them.

/// Bytes with a unit, three digits: `441 B`, `48.6 MB`, `3.20 GB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let _ = bytes;
    String::new()
}

/// A count with thin spaces between groups of three: `1 482 906 117`.
#[must_use]
pub fn thin_groups(count: u64) -> String {
    count.to_string()
}

/// Hex in groups of eight, for comparing by eye.
#[must_use]
pub fn grouped_digest(hex: &str) -> String {
    hex.to_owned()
}
