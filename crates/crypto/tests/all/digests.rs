//! Digests against published values, in one piece and in many.

use proptest::prelude::*;
use touchstone_crypto::{Digest, DigestAlgorithm, DigestParseError, Digests, Hasher, MultiHasher, legacy_sha1, sha256};

/// FIPS 180-4, the message "abc" and the empty one.
const KNOWN: [(DigestAlgorithm, &[u8], &str); 6] = [
    (DigestAlgorithm::Sha256, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (DigestAlgorithm::Sha256, b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (
        DigestAlgorithm::Sha384,
        b"abc",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    ),
    (
        DigestAlgorithm::Sha384,
        b"",
        "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
    ),
    (
        DigestAlgorithm::Sha512,
        b"abc",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
    (
        DigestAlgorithm::Sha512,
        b"",
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
    ),
];

#[test]
fn known_digests() {
    for (algorithm, message, hex) in KNOWN {
        let digest = algorithm.digest(message);
        assert_eq!(digest.hex(), hex);
        assert_eq!(digest.as_bytes().len(), algorithm.len());
        assert_eq!(Digest::from_hex(algorithm, hex), Ok(digest));
        assert_eq!(Digest::from_hex(algorithm, &hex.to_uppercase()), Ok(digest));
        assert_eq!(Digest::parse(&digest.to_string()), Ok(digest));
        assert_eq!(Digest::from_bytes(algorithm, digest.as_bytes()), Ok(digest));
        assert_eq!(DigestAlgorithm::from_name(algorithm.name()), Some(algorithm));
    }
    assert_eq!(sha256(b"abc")[..], *DigestAlgorithm::Sha256.digest(b"abc").as_bytes());
    let sha1 = legacy_sha1(b"abc").map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
}

#[test]
fn malformed_digests() {
    let zeros = "0".repeat(64);
    let algorithm = DigestAlgorithm::Sha256;
    let rows: [(&str, DigestParseError); 10] = [
        ("", DigestParseError::NoAlgorithm),
        (&zeros, DigestParseError::NoAlgorithm),
        ("sha256:", DigestParseError::HexLength { algorithm, expected: 64, found: 0 }),
        (&format!("sha256:{zeros}0"), DigestParseError::HexLength { algorithm, expected: 64, found: 65 }),
        (&format!("sha256:{}", &zeros[1..]), DigestParseError::HexLength { algorithm, expected: 64, found: 63 }),
        (&format!("sha256:g{}", &zeros[1..]), DigestParseError::NotHex { position: 0, found: 'g' }),
        (&format!("sha256:{}é", &zeros[2..]), DigestParseError::NotHex { position: 62, found: 'é' }),
        (&format!("sha256: {}", &zeros[1..]), DigestParseError::NotHex { position: 0, found: ' ' }),
        (&format!("SHA256:{zeros}"), DigestParseError::UnknownAlgorithm { found: "SHA256".to_owned() }),
        (&format!("sha1:{zeros}"), DigestParseError::UnknownAlgorithm { found: "sha1".to_owned() }),
    ];
    for (text, error) in rows {
        assert_eq!(Digest::parse(text), Err(error), "{text}");
    }
    assert_eq!(
        Digest::from_bytes(algorithm, &[0; 48]),
        Err(DigestParseError::Length { algorithm, expected: 32, found: 48 })
    );
}

/// The same leading bytes under another algorithm are another digest.
#[test]
fn equality_is_of_algorithm_and_bytes() {
    let short = Digest::from_bytes(DigestAlgorithm::Sha256, &[0; 32]).unwrap();
    let long = Digest::from_bytes(DigestAlgorithm::Sha512, &[0; 64]).unwrap();
    assert_ne!(short, long);
}

#[test]
fn only_the_digests_asked_for() {
    let digests = Digests::of(b"abc", &[DigestAlgorithm::Sha512, DigestAlgorithm::Sha256, DigestAlgorithm::Sha512]);
    assert_eq!(digests.iter().count(), 2);
    assert!(digests.by(DigestAlgorithm::Sha384).is_none());
    assert_eq!(digests.by(DigestAlgorithm::Sha512), Some(&DigestAlgorithm::Sha512.digest(b"abc")));
    assert_eq!(Digests::of(b"abc", &[]).iter().count(), 0);
}

proptest! {
    #[test]
    fn pieces_hash_as_the_whole(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..12)) {
        let mut multi = MultiHasher::new(&DigestAlgorithm::ALL);
        for piece in &pieces {
            multi.update(piece);
        }
        let digests = multi.finish();
        let whole = pieces.concat();
        for algorithm in DigestAlgorithm::ALL {
            let mut hasher = Hasher::new(algorithm);
            for piece in &pieces {
                hasher.update(piece);
            }
            let expected = algorithm.digest(&whole);
            prop_assert_eq!(hasher.finish(), expected);
            prop_assert_eq!(digests.by(algorithm), Some(&expected));
        }
    }

    #[test]
    fn parsing_never_panics(text in "\\PC{0,80}|sha(256|384|512):[0-9a-fA-F]{60,130}") {
        if let Ok(digest) = Digest::parse(&text) {
            prop_assert_eq!(digest.to_string(), text.to_lowercase());
        }
    }
}
