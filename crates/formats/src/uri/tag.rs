//! Tags that are versions (E-21, E-27).

/// A version tag: `v1`, `v1.2` or `v1.2.3`, the last also with a pre-release and build metadata.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    /// One to three numbers, most significant first.
    numbers: Vec<u64>,
    prerelease: String,
    build: String,
}

impl Tag {
    /// Reads a tag, without `refs/tags/`; `None` for everything that is not a semantic version after a `v`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v')?;
        let (text, build) = match text.split_once('+') {
            Some((text, build)) => (text, are_identifiers(build, false).then_some(build)?),
            None => (text, ""),
        };
        let (text, prerelease) = match text.split_once('-') {
            Some((text, prerelease)) => (text, are_identifiers(prerelease, true).then_some(prerelease)?),
            None => (text, ""),
        };
        let numbers = text.split('.').map(number).collect::<Option<Vec<_>>>()?;
        let is_short = numbers.len() < 3;
        if numbers.len() > 3 || (is_short && !(prerelease.is_empty() && build.is_empty())) {
            return None;
        }
        Some(Self { numbers, prerelease: prerelease.to_owned(), build: build.to_owned() })
    }

    /// Whether this is `vX.Y.Z`: three parts, no pre-release, no build metadata (E-21).
    #[must_use]
    pub fn is_release(&self) -> bool {
        self.numbers.len() == 3 && self.prerelease.is_empty() && self.build.is_empty()
    }
}

/// Whether `tag` is a version that `expected` covers: equal in as many numbers as `expected` has, with the same
/// pre-release; build metadata does not count (E-27). `false` if one of them is no version.
#[must_use]
pub fn versioned_tag_matches(tag: &str, expected: &str) -> bool {
    let (Some(tag), Some(expected)) = (Tag::parse(tag), Tag::parse(expected)) else { return false };
    // A tag that leaves numbers out means zeros there.
    let mut numbers = tag.numbers;
    numbers.resize(3, 0);
    numbers.starts_with(&expected.numbers) && tag.prerelease == expected.prerelease
}

/// Digits only, no leading zero.
fn number(text: &str) -> Option<u64> {
    let is_canonical = text == "0" || !text.starts_with('0');
    (is_canonical && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Identifiers between dots; in a pre-release a number has no leading zero.
fn are_identifiers(text: &str, is_prerelease: bool) -> bool {
    text.split('.').all(|part| {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        let is_word = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        !part.is_empty() && is_word && !(is_prerelease && is_number && number(part).is_none())
    })
}
