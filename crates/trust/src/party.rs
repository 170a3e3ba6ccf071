//! Who is behind an entry of a trusted root: what counts as one in a threshold (B-4, H-11, H-23).

use touchstone_crypto::PublicKey;

/// What an entry tells of whose it is.
pub(crate) struct Signs<'a> {
    /// The key that signs, as SPKI in DER; an authority may be listed without it.
    pub(crate) key: Option<&'a [u8]>,
    /// The key that issued that one's certificate.
    pub(crate) issuer: Option<&'a [u8]>,
    /// Who runs it (v0.2 roots).
    pub(crate) operator: Option<&'a str>,
    /// Where it is, if that says whose it is; may be empty.
    pub(crate) address: &'a str,
}

impl<'a> Signs<'a> {
    /// B-4: one key is one log; a place may hold several.
    pub(crate) fn of_log(key: &'a PublicKey, operator: Option<&'a str>) -> Self {
        Self { key: Some(key.spki_der()), issuer: None, operator, address: "" }
    }

    /// Of one key, of one operator, or, unless two operators are named, at one address. Under one issuer stand many; only where
    /// the key of one is not listed it stands for the key.
    fn is_same(&self, other: &Self) -> bool {
        let both = |one: Option<&[u8]>, another: Option<&[u8]>| one.is_some() && one == another;
        let by_name = match (self.operator, other.operator) {
            (Some(one), Some(another)) => one == another,
            _ => !self.address.is_empty() && self.address == other.address,
        };
        let by_issuer = self.key.is_none() || other.key.is_none();
        by_name || both(self.key, other.key) || (by_issuer && both(self.issuer, other.issuer))
    }
}

/// For each entry a number that all entries of one party have in common. Whoever is the same as a third is the same.
pub(crate) fn numbered(entries: &[Signs<'_>]) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..entries.len()).collect();
    for (at, entry) in entries.iter().enumerate() {
        for (before, other) in entries.iter().enumerate().take(at) {
            if entry.is_same(other) {
                join(&mut numbers, before, at);
            }
        }
    }
    numbers
}

#[inline(never)] // Rare: not in the widget's first module.
fn join(numbers: &mut [usize], before: usize, at: usize) {
    let (Some(&joins), Some(&joined)) = (numbers.get(before), numbers.get(at)) else { return };
    numbers.iter_mut().filter(|number| **number == joined).for_each(|number| *number = joins);
}

#[cfg(test)]
mod tests {
    use super::{Signs, numbered};

    fn parties(entries: &[Signs<'_>]) -> usize {
        let mut numbers = numbered(entries);
        numbers.sort_unstable();
        numbers.dedup();
        numbers.len()
    }

    const fn at(key: &'static str, operator: Option<&'static str>, address: &'static str) -> Signs<'static> {
        Signs { key: Some(key.as_bytes()), issuer: None, operator, address }
    }

    const fn authority(
        key: Option<&'static str>,
        issuer: &'static str,
        operator: Option<&'static str>,
    ) -> Signs<'static> {
        let key = match key {
            Some(key) => Some(key.as_bytes()),
            None => None,
        };
        Signs { key, issuer: Some(issuer.as_bytes()), operator, address: "" }
    }

    #[test]
    fn one_key_is_one_whatever_is_said_of_it() {
        assert_eq!(parties(&[at("k", Some("one"), "a"), at("k", Some("two"), "b")]), 1);
        assert_eq!(parties(&[at("k", None, "a"), at("k", Some("two"), "a")]), 1);
        assert_eq!(parties(&[at("k", None, "a"), at("l", None, "b")]), 2);
    }

    #[test]
    fn one_operator_is_one_and_so_is_one_address() {
        assert_eq!(parties(&[at("k", Some("one"), "a"), at("l", Some("one"), "b")]), 1);
        assert_eq!(parties(&[at("k", None, "a"), at("l", Some("one"), "a")]), 1);
        assert_eq!(parties(&[at("k", Some("two"), "a"), at("l", Some("one"), "a")]), 2);
        assert_eq!(parties(&[at("k", None, ""), at("l", None, "")]), 2);
    }

    #[test]
    fn an_issuer_stands_for_a_key_that_is_not_listed() {
        assert_eq!(parties(&[authority(Some("k"), "ca", Some("one")), authority(Some("l"), "ca", Some("two"))]), 2);
        assert_eq!(parties(&[authority(None, "ca", Some("one")), authority(Some("l"), "ca", Some("two"))]), 1);
        assert_eq!(parties(&[authority(Some("k"), "ca", None), authority(Some("k"), "cb", None)]), 1);
    }

    #[test]
    fn who_is_the_same_as_a_third_is_the_same() {
        let entries = [at("k", Some("one"), ""), at("l", Some("two"), ""), at("k", Some("two"), "")];
        assert_eq!(parties(&entries), 1);
    }
}
