#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::tlv::wrap;

struct Item {
    version: u8,
    extensions: Vec<u8>,
    hash: u8,
    algorithm: u8,
    behind: Vec<u8>,
}

impl Default for Item {
    fn default() -> Self {
        Self { version: 0, extensions: vec![1, 2], hash: 4, algorithm: 3, behind: Vec::new() }
    }
}

fn vector(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&length.to_be_bytes()[..], bytes].concat()
}

impl Item {
    fn bytes(&self) -> Vec<u8> {
        [
            &[self.version][..],
            &[9; 32],
            &0x0102_0304_0506_0708_u64.to_be_bytes(),
            &vector(&self.extensions),
            &[self.hash, self.algorithm],
            &vector(&[7; 5]),
            &self.behind,
        ]
        .concat()
    }
}

fn extension(items: &[Item]) -> Vec<u8> {
    let items: Vec<u8> = items.iter().flat_map(|item| vector(&item.bytes())).collect();
    wrap(4, &vector(&items))
}

fn good() -> SignedCertificateTimestamp {
    SignedCertificateTimestamp {
        version: 0,
        log_id: [9; 32],
        timestamp_ms: 0x0102_0304_0506_0708,
        extensions: vec![1, 2],
        hash_algorithm: 4,
        signature_algorithm: 3,
        signature: vec![7; 5],
    }
}

#[test]
fn a_list_is_read_in_order() {
    let rsa = Item { algorithm: 1, extensions: Vec::new(), ..Item::default() };
    let read = parse_extension(&extension(&[Item::default(), rsa])).unwrap();
    let second = SignedCertificateTimestamp { signature_algorithm: 1, extensions: Vec::new(), ..good() };
    assert_eq!(read, [good(), second]);
    assert_eq!(parse_extension(&extension(&[])).unwrap(), [], "B-45: no SCT");
}

#[test]
fn each_change_is_refused_for_its_own_reason() {
    let item = Item::default;
    let bytes = item().bytes();
    let cut = |length: usize| wrap(4, &vector(&vector(&bytes[..length])));
    let huge = [0; 1 << 16];
    let many: Vec<Item> = std::iter::repeat_with(item).take(MAX_SCTS + 1).collect();
    let long = SignedCertificateTimestamp { extensions: huge.to_vec(), ..good() };
    let rows = [
        ("sct-extension", "B-45", parse_extension(&vector(&[])).map(drop)),
        ("sct-extension", "B-45", parse_extension(&[extension(&[]), vec![0]].concat()).map(drop)),
        ("sct-extension", "B-45", parse_extension(&[]).map(drop)),
        ("sct-hash-algorithm", "B-46", parse_extension(&extension(&[Item { hash: 2, ..item() }])).map(drop)),
        ("sct-length", "B-45", parse_extension(&wrap(4, &[])).map(drop)),
        ("sct-length", "B-45", parse_extension(&wrap(4, &[0, 1])).map(drop)),
        ("sct-length", "B-45", parse_extension(&wrap(4, &[0, 0, 0])).map(drop)),
        ("sct-length", "B-45", parse_extension(&cut(0)).map(drop)),
        ("sct-length", "B-45", parse_extension(&cut(20)).map(drop)),
        ("sct-length", "B-45", parse_extension(&cut(bytes.len() - 1)).map(drop)),
        ("sct-length", "B-45", parse_extension(&extension(&[Item { behind: vec![0], ..item() }])).map(drop)),
        ("sct-signature-algorithm", "B-46", parse_extension(&extension(&[Item { algorithm: 2, ..item() }])).map(drop)),
        ("sct-too-long", "B-48", signed_data(&long, [0; 32], &[]).map(drop)),
        ("sct-too-long", "B-48", signed_data(&good(), [0; 32], &vec![0; 1 << 24]).map(drop)),
        ("sct-too-many", "A-16", parse_extension(&extension(&many)).map(drop)),
        ("sct-version", "B-46", parse_extension(&extension(&[Item { version: 1, ..item() }])).map(drop)),
    ];
    let mut codes = BTreeSet::new();
    for (code, rule, result) in rows {
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.rule()), (code, rule), "{error}");
        codes.insert(code);
    }
    assert_eq!(codes, SctError::ALL_CODES.iter().copied().collect());
}

#[test]
fn the_signed_data_is_b_48() {
    let mut expected = vec![0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1];
    expected.extend([8; 32]);
    expected.extend([0, 1, 0]);
    expected.extend([6; 256]);
    expected.extend([0, 2, 1, 2]);
    assert_eq!(signed_data(&good(), [8; 32], &[6; 256]).unwrap(), expected);
}

#[test]
fn the_largest_fields_fit() {
    let sct = SignedCertificateTimestamp { extensions: vec![0; 0xffff], ..good() };
    let data = signed_data(&sct, [0; 32], &vec![0; 0xff_ffff]).unwrap();
    assert_eq!(data.len(), 12 + 32 + 3 + 0xff_ffff + 2 + 0xffff);
}

proptest! {
    #[test]
    fn arbitrary_lists_never_panic(bytes: Vec<u8>) {
        let _ = parse_extension(&bytes);
        let _ = parse_extension(&wrap(4, &vector(&vector(&bytes))));
    }
}
