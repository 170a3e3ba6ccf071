//! File names of Python distributions, as what they mean: spec G-6 step 2. The same project, version, build and platforms
//! can be written in several ways.

use std::collections::BTreeSet;

/// Longest file name read, in bytes; file systems allow no longer one.
const MAX_NAME: usize = 255;

/// A parsed file name. Two names of one distribution are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Distribution {
    project: String,
    version: Version,
    /// `None`: a source distribution.
    wheel: Option<Wheel>,
}

/// What only a wheel's name says.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wheel {
    /// Build tag: number, then the rest.
    build: Option<(u64, String)>,
    /// Python, ABI and platform tags, each a set: its order means nothing.
    tags: [BTreeSet<String>; 3],
}

impl Distribution {
    /// Reads the name of a wheel or a source distribution.
    pub(crate) fn parse(file_name: &str) -> Option<Self> {
        if file_name.len() > MAX_NAME || file_name.contains(['/', '\\']) {
            return None;
        }
        match file_name.strip_suffix(".whl") {
            Some(stem) => Self::wheel(stem),
            None => Self::source(file_name.strip_suffix(".tar.gz").or_else(|| file_name.strip_suffix(".zip"))?),
        }
    }

    fn source(stem: &str) -> Option<Self> {
        let (project, version) = stem.rsplit_once('-')?;
        Some(Self { project: project_name(project)?, version: Version::parse(version)?, wheel: None })
    }

    fn wheel(stem: &str) -> Option<Self> {
        let parts: Vec<&str> = stem.split('-').collect();
        let (project, version, build, tags) = match parts.as_slice() {
            [project, version, python, abi, platform] => (project, version, None, [python, abi, platform]),
            [project, version, build, python, abi, platform] => {
                (project, version, Some(build_tag(build)?), [python, abi, platform])
            }
            _ => return None,
        };
        if project.contains("__") {
            return None;
        }
        let [python, abi, platform] = tags.map(|tag| tag_set(tag));
        Some(Self {
            project: project_name(project)?,
            version: Version::parse(version)?,
            wheel: Some(Wheel { build, tags: [python?, abi?, platform?] }),
        })
    }
}

/// PEP 503: case, and runs of `-`, `_` and `.`, mean nothing.
fn project_name(name: &str) -> Option<String> {
    let is_edge = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    let characters = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    if !name.chars().all(characters) || !is_edge(name.chars().next()) || !is_edge(name.chars().next_back()) {
        return None;
    }
    let parts: Vec<&str> = name.split(['-', '_', '.']).filter(|part| !part.is_empty()).collect();
    Some(parts.join("-").to_ascii_lowercase())
}

/// Begins with a digit (wheel specification).
fn build_tag(tag: &str) -> Option<(u64, String)> {
    let digits = tag.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = tag.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest.to_owned()))
}

/// A compressed tag set, expanded.
fn tag_set(tag: &str) -> Option<BTreeSet<String>> {
    let is_tag = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    tag.split('.').map(|part| is_tag(part).then(|| part.to_ascii_lowercase())).collect()
}

/// A version as PEP 440 compares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Version {
    epoch: u64,
    /// Without the zeros at its end: 1.0 is 1.
    release: Vec<u64>,
    pre: Option<(&'static str, u64)>,
    post: Option<u64>,
    dev: Option<u64>,
    local: Vec<String>,
}

/// Spellings of pre-releases, longest first, with the one that counts.
const PRE: [(&str, &str); 8] = [
    ("preview", "rc"),
    ("alpha", "a"),
    ("beta", "b"),
    ("pre", "rc"),
    ("rc", "rc"),
    ("a", "a"),
    ("b", "b"),
    ("c", "rc"),
];
const POST: [(&str, &str); 3] = [("post", "post"), ("rev", "post"), ("r", "post")];
const DEV: [(&str, &str); 1] = [("dev", "dev")];

impl Version {
    fn parse(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let (public, local) = match lower.split_once('+') {
            Some((public, local)) => (public, local_parts(local)?),
            None => (lower.as_str(), Vec::new()),
        };
        let public = public.strip_prefix('v').unwrap_or(public);
        let (epoch, rest) = match public.split_once('!') {
            Some((epoch, rest)) => (whole_number(epoch)?, rest),
            None => (0, public),
        };
        let (release, rest) = release(rest)?;
        let (pre, rest) = segment(rest, &PRE);
        let (post, rest) = match rest.strip_prefix('-').map(leading_number) {
            Some((Some(number), after)) => (Some(number), after),
            _ => {
                let (post, after) = segment(rest, &POST);
                (post.map(|(_, number)| number), after)
            }
        };
        let (dev, rest) = segment(rest, &DEV);
        rest.is_empty().then(|| Self { epoch, release, pre, post, dev: dev.map(|(_, number)| number), local })
    }
}

fn release(text: &str) -> Option<(Vec<u64>, &str)> {
    let (first, mut rest) = leading_number(text);
    let mut numbers = vec![first?];
    while let Some((Some(number), after)) = rest.strip_prefix('.').map(leading_number) {
        numbers.push(number);
        rest = after;
    }
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some((numbers, rest))
}

/// One optional segment: separator, word, separator, number; the number may be left out and is then 0.
fn segment<'t>(text: &'t str, words: &[(&str, &'static str)]) -> (Option<(&'static str, u64)>, &'t str) {
    let after_separator = text.strip_prefix(['-', '_', '.']).unwrap_or(text);
    let word = words.iter().find_map(|(word, meant)| Some((*meant, after_separator.strip_prefix(word)?)));
    let Some((meant, rest)) = word else { return (None, text) };
    match leading_number(rest.strip_prefix(['-', '_', '.']).unwrap_or(rest)) {
        (Some(number), after) => (Some((meant, number)), after),
        (None, _) => (Some((meant, 0)), rest),
    }
}

/// The digits that `text` begins with; none where there are none or too many.
fn leading_number(text: &str) -> (Option<u64>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.split_at_checked(digits) {
        Some((number, rest)) => (number.parse().ok(), rest),
        None => (None, text),
    }
}

fn whole_number(text: &str) -> Option<u64> {
    match leading_number(text) {
        (number, "") => number,
        _ => None,
    }
}

/// A number there is compared as one: 1.0+1 is 1.0+01.
fn local_parts(local: &str) -> Option<Vec<String>> {
    let part = |part: &str| {
        let is_part = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_part.then(|| whole_number(part).map_or_else(|| part.to_owned(), |number| number.to_string()))
    };
    local.split(['-', '_', '.']).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::Distribution;

    fn same(one: &str, other: &str) -> bool {
        let (one, other) = (Distribution::parse(one), Distribution::parse(other));
        assert!(one.is_some() && other.is_some(), "{one:?} {other:?}");
        one == other
    }

    #[test]
    fn one_distribution_written_in_two_ways_is_one() {
        for (one, other) in [
            ("My_Project-1.0.tar.gz", "my.project-1.0.0.tar.gz"),
            ("p-1.0-py3-none-any.whl", "P-1.0.0-py3-none-any.whl"),
            ("p-1.0-py2.py3-none-any.whl", "p-1.0-py3.py2-none-any.whl"),
            (
                "spt3g-1.0-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
                "spt3g-1.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            ),
            ("p-1.0alpha1.tar.gz", "p-1.0a1.tar.gz"),
            ("p-1.0.preview.tar.gz", "p-1.0rc0.tar.gz"),
            ("p-1.0_rev2.tar.gz", "p-1.0.post2.tar.gz"),
            ("p-v1.0.DEV.tar.gz", "p-1.0.dev0.tar.gz"),
            ("p-0!1.tar.gz", "p-1.0.0.tar.gz"),
            ("p-1.0+ubuntu.01.tar.gz", "p-1.0+ubuntu_1.tar.gz"),
            ("p-1.0-01-py3-none-any.whl", "p-1.0-1-py3-none-any.whl"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn another_distribution_is_another() {
        for (one, other) in [
            ("p-1.0.tar.gz", "q-1.0.tar.gz"),
            ("p-1.0.tar.gz", "p-1.1.tar.gz"),
            ("p-1.0.tar.gz", "p-1.0-py3-none-any.whl"),
            ("p-1.0-py3-none-any.whl", "p-1.0-py2.py3-none-any.whl"),
            ("p-1.0-py3-none-any.whl", "p-1.0-1-py3-none-any.whl"),
            ("p-1.0a1.tar.gz", "p-1.0b1.tar.gz"),
            ("p-1.0a1.tar.gz", "p-1.0.tar.gz"),
            ("p-1.0.post1.tar.gz", "p-1.0.dev1.tar.gz"),
            ("p-1!1.0.tar.gz", "p-1.0.tar.gz"),
            ("p-1.0+a.tar.gz", "p-1.0.tar.gz"),
            ("p-10.tar.gz", "p-1.0.tar.gz"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_no_distribution_is_refused() {
        for name in [
            "",
            "p.tar.gz",
            "p-.tar.gz",
            "-1.0.tar.gz",
            "p-1.0.tgz",
            "p-1.0.whl",
            "p-1.0-py3-none.whl",
            "p-1.0-x1-py3-none-any.whl",
            "p-1.0-py3--any.whl",
            "p-1.0-py3.-none-any.whl",
            "p__q-1.0-py3-none-any.whl",
            "p-1.0x.tar.gz",
            "p-1..0.tar.gz",
            "dir/p-1.0.tar.gz",
            "p-1.0+.tar.gz",
            "p-1.0+a..b.tar.gz",
            "_p-1.tar.gz",
            "p-1.0-1-2-py3-none-any.whl",
            "p-99999999999999999999.tar.gz",
        ] {
            assert_eq!(Distribution::parse(name), None, "{name}");
        }
    }
}
