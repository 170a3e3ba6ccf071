//! Schemes that the vectors of Wycheproof do not reach, and the strictness of B-90.

use crate::vectors::*;
use touchstone_crypto::{
    Curve, DigestAlgorithm, KeyKind, PublicKey, RustCrypto, SignatureError, SignatureScheme, SignatureVerifier, Signed,
};

fn key(spki: &str) -> PublicKey {
    PublicKey::from_spki_der(&hex(spki)).unwrap()
}

fn verify(scheme: SignatureScheme, key: &PublicKey, message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
    let verifier: &dyn SignatureVerifier = &RustCrypto;
    verifier.verify(scheme, key, Signed::Message(message), signature)
}

/// Every digest with every curve, both longer and shorter than the curve's order; signatures by another implementation.
#[test]
fn ecdsa_with_each_curve_and_digest() {
    use DigestAlgorithm::{Sha256, Sha384, Sha512};
    let rows = [
        (P256_SPKI, Curve::P256, Sha256, P256_SHA256),
        (P256_SPKI, Curve::P256, Sha384, P256_SHA384),
        (P256_SPKI, Curve::P256, Sha512, P256_SHA512),
        (P384_SPKI, Curve::P384, Sha256, P384_SHA256),
        (P384_SPKI, Curve::P384, Sha384, P384_SHA384),
        (P384_SPKI, Curve::P384, Sha512, P384_SHA512),
        (P521_SPKI, Curve::P521, Sha256, P521_SHA256),
        (P521_SPKI, Curve::P521, Sha384, P521_SHA384),
        (P521_SPKI, Curve::P521, Sha512, P521_SHA512),
    ];
    for (spki, curve, digest, signature) in rows {
        let (key, signature, scheme) = (key(spki), hex(signature), SignatureScheme::Ecdsa { curve, digest });
        assert_eq!(verify(scheme, &key, MESSAGE, &signature), Ok(()), "{scheme}");
        assert_eq!(verify(scheme, &key, b"Touchstone", &signature), Err(SignatureError::DoesNotVerify), "{scheme}");
        let by_digest = digest.digest(MESSAGE);
        assert_eq!(RustCrypto.verify(scheme, &key, Signed::Digest(&by_digest), &signature), Ok(()), "{scheme}");
        for other in DigestAlgorithm::ALL.into_iter().filter(|other| *other != digest) {
            let other_scheme = SignatureScheme::Ecdsa { curve, digest: other };
            assert_eq!(verify(other_scheme, &key, MESSAGE, &signature), Err(SignatureError::DoesNotVerify));
            assert_eq!(
                RustCrypto.verify(other_scheme, &key, Signed::Digest(&by_digest), &signature),
                Err(SignatureError::WrongDigest { expected: other, found: digest })
            );
        }
    }
}

/// Order of P-256 (FIPS 186-5, SP 800-186 § 3.2.1.3).
const P256_ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

fn der_integer(number: &[u8]) -> Vec<u8> {
    let number: Vec<u8> = number.iter().copied().skip_while(|byte| *byte == 0).collect();
    let sign = if number.first().is_none_or(|byte| *byte >= 0x80) { vec![0] } else { vec![] };
    let value = [sign, number].concat();
    [vec![0x02, u8::try_from(value.len()).unwrap()], value].concat()
}

fn der_sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    let value = parts.concat();
    [vec![0x30, u8::try_from(value.len()).unwrap()], value].concat()
}

/// B-90: s and n − s are both in range, and both verify; the vectors here were made with a high s.
#[test]
fn high_and_low_s_are_accepted() {
    let signature = hex(P256_SHA256);
    let (r, s) = (&signature[5..37], &signature[40..72]);
    assert!(s[0] >= 0x80, "the vector has a high s");
    let mut low = hex(P256_ORDER);
    let mut borrow = 0;
    for i in (0..32).rev() {
        let difference = i32::from(low[i]) - i32::from(s[i]) - borrow;
        borrow = i32::from(difference < 0);
        low[i] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
    for s in [s, &low] {
        let signature = der_sequence(&[der_integer(r), der_integer(s)]);
        assert_eq!(verify(SignatureScheme::ECDSA_P256_SHA256, &key(P256_SPKI), MESSAGE, &signature), Ok(()));
    }
}

/// B-90, one fault a row.
#[test]
fn malformed_ecdsa_signatures() {
    let good = hex(P256_SHA256);
    let (r, s, n) = (&good[5..37], &good[40..72], hex(P256_ORDER));
    let (r_der, s_der) = (der_integer(r), der_integer(s));
    assert_eq!(der_sequence(&[r_der.clone(), s_der.clone()]), good);
    let rows: [(&str, Vec<u8>); 14] = [
        ("empty", vec![]),
        ("trailing byte", [good.clone(), vec![0]].concat()),
        ("trailing byte inside", der_sequence(&[r_der.clone(), s_der.clone(), vec![0]])),
        ("cut short", good[..good.len() - 1].to_vec()),
        ("length in long form", [vec![0x30, 0x81], good[1..].to_vec()].concat()),
        ("no sequence", [r_der.clone(), s_der.clone()].concat()),
        ("only r", der_sequence(std::slice::from_ref(&r_der))),
        ("r is zero", der_sequence(&[der_integer(&[]), s_der.clone()])),
        ("s is zero", der_sequence(&[r_der.clone(), der_integer(&[])])),
        ("r is n", der_sequence(&[der_integer(&n), s_der.clone()])),
        ("s is n", der_sequence(&[r_der.clone(), der_integer(&n)])),
        ("s is longer than n", der_sequence(&[r_der.clone(), der_integer(&[&[1], s].concat())])),
        ("r is negative", der_sequence(&[[vec![0x02, 32], r.to_vec()].concat(), s_der.clone()])),
        ("fixed width instead of DER", [r, s].concat()),
    ];
    for (fault, signature) in rows {
        assert_eq!(
            verify(SignatureScheme::ECDSA_P256_SHA256, &key(P256_SPKI), MESSAGE, &signature),
            Err(SignatureError::MalformedSignature {
                scheme: SignatureScheme::ECDSA_P256_SHA256,
                length: signature.len()
            }),
            "{fault}"
        );
    }
    let padded = der_sequence(&[[vec![0x02, 34, 0, 0], r.to_vec()].concat(), s_der]);
    assert!(matches!(
        verify(SignatureScheme::ECDSA_P256_SHA256, &key(P256_SPKI), MESSAGE, &padded),
        Err(SignatureError::MalformedSignature { .. })
    ));
}

#[test]
fn a_key_must_fit_the_scheme() {
    let schemes = [
        SignatureScheme::ECDSA_P256_SHA256,
        SignatureScheme::ECDSA_P384_SHA384,
        SignatureScheme::ECDSA_P384_SHA256,
        SignatureScheme::ECDSA_P521_SHA512,
        SignatureScheme::Ed25519,
        SignatureScheme::Ed25519ph,
        SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256),
        SignatureScheme::RsaPss(DigestAlgorithm::Sha256),
    ];
    for spki in [P256_SPKI, P384_SPKI, P521_SPKI, ED25519_SPKI, RSA2048_SPKI] {
        let key = key(spki);
        for scheme in schemes {
            let answer = verify(scheme, &key, MESSAGE, &[]);
            let expected = if scheme.fits(key.kind()) {
                SignatureError::MalformedSignature { scheme, length: 0 }
            } else {
                SignatureError::KeyDoesNotFitScheme { scheme, key: key.kind() }
            };
            assert_eq!(answer, Err(expected));
        }
        assert!(schemes.iter().any(|scheme| scheme.fits(key.kind())));
    }
    assert!(!SignatureScheme::ECDSA_P384_SHA256.fits(KeyKind::EcdsaP256));
}

#[test]
fn ed25519_needs_the_message() {
    let (key, signature) = (key(ED25519_SPKI), hex(ED25519_SIGNATURE));
    assert_eq!(verify(SignatureScheme::Ed25519, &key, MESSAGE, &signature), Ok(()));
    let digest = DigestAlgorithm::Sha512.digest(MESSAGE);
    assert_eq!(
        RustCrypto.verify(SignatureScheme::Ed25519, &key, Signed::Digest(&digest), &signature),
        Err(SignatureError::NeedsMessage)
    );
    // A pure signature is none over the digest (B-88), nor the other way round: `dom2` keeps them apart.
    assert_eq!(verify(SignatureScheme::Ed25519ph, &key, MESSAGE, &signature), Err(SignatureError::DoesNotVerify));
}

/// RFC 8032 § 7.3.
#[test]
fn ed25519ph_of_the_rfc() {
    let key: [u8; 32] = hex("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf").try_into().unwrap();
    let key = PublicKey::from_ed25519_bytes(&key).unwrap();
    let signature = hex(concat!(
        "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41",
        "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"
    ));
    assert_eq!(verify(SignatureScheme::Ed25519ph, &key, b"abc", &signature), Ok(()));
    let digest = DigestAlgorithm::Sha512.digest(b"abc");
    assert_eq!(RustCrypto.verify(SignatureScheme::Ed25519ph, &key, Signed::Digest(&digest), &signature), Ok(()));
    assert_eq!(verify(SignatureScheme::Ed25519ph, &key, b"abd", &signature), Err(SignatureError::DoesNotVerify));
    assert_eq!(verify(SignatureScheme::Ed25519, &key, b"abc", &signature), Err(SignatureError::DoesNotVerify));
    let sha256 = DigestAlgorithm::Sha256.digest(b"abc");
    assert_eq!(
        RustCrypto.verify(SignatureScheme::Ed25519ph, &key, Signed::Digest(&sha256), &signature),
        Err(SignatureError::WrongDigest { expected: DigestAlgorithm::Sha512, found: DigestAlgorithm::Sha256 })
    );
}

/// B-90: S + L is the same number modulo L, but not canonical.
#[test]
fn ed25519_with_a_large_s() {
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut signature = hex(ED25519_SIGNATURE);
    let mut carry = 0;
    for (byte, addend) in signature[32..].iter_mut().zip(&order) {
        let sum = u16::from(*byte) + u16::from(*addend) + carry;
        *byte = u8::try_from(sum % 256).unwrap();
        carry = sum / 256;
    }
    for scheme in [SignatureScheme::Ed25519, SignatureScheme::Ed25519ph] {
        assert_eq!(
            verify(scheme, &key(ED25519_SPKI), MESSAGE, &signature),
            Err(SignatureError::MalformedSignature { scheme, length: 64 })
        );
    }
}

/// B-90: made with the nonce 0, so that R is the neutral element and S = k·a. The equation holds; only the check that R
/// is not of small order refuses.
#[test]
fn ed25519_with_a_small_order_r() {
    let key: [u8; 32] = hex("bcb49ea79564f5f1a983b58b0b9c29e4cdf794ba20073d697ef442b9e773bf99").try_into().unwrap();
    let key = PublicKey::from_ed25519_bytes(&key).unwrap();
    let rows = [
        (
            SignatureScheme::Ed25519,
            "01000000000000000000000000000000000000000000000000000000000000006dc46adf51072f76a36d20073588167513f085483ff941adc2bd42ccb8500307",
        ),
        (
            SignatureScheme::Ed25519ph,
            "010000000000000000000000000000000000000000000000000000000000000026dd007e7714d8560d84f16db2c7add0386a76ddc0afca2b9002d0ec75edc80a",
        ),
    ];
    for (scheme, signature) in rows {
        assert_eq!(verify(scheme, &key, MESSAGE, &hex(signature)), Err(SignatureError::DoesNotVerify));
    }
}

#[test]
fn signatures_of_the_wrong_length() {
    let rsa = SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256);
    let pss = SignatureScheme::RsaPss(DigestAlgorithm::Sha512);
    for (scheme, spki, right) in [
        (SignatureScheme::Ed25519, ED25519_SPKI, 64),
        (SignatureScheme::Ed25519ph, ED25519_SPKI, 64),
        (rsa, RSA2048_SPKI, 256),
        (pss, RSA2048_SPKI, 256),
    ] {
        for length in [0, 1, right - 1, right + 1, 2 * right] {
            assert_eq!(
                verify(scheme, &key(spki), MESSAGE, &vec![0; length]),
                Err(SignatureError::MalformedSignature { scheme, length })
            );
        }
        assert_eq!(verify(scheme, &key(spki), MESSAGE, &vec![0; right]), Err(SignatureError::DoesNotVerify));
    }
}

#[test]
fn every_single_bit_counts() {
    let (key, good) = (key(P256_SPKI), hex(P256_SHA256));
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(SignatureScheme::ECDSA_P256_SHA256, &key, MESSAGE, &bad).is_err(), "bit {bit}");
    }
    assert!(verify(SignatureScheme::ECDSA_P256_SHA256, &key, MESSAGE, &good).is_ok());
    for bit in 0..MESSAGE.len() * 8 {
        let mut other = MESSAGE.to_vec();
        other[bit / 8] ^= 1 << (bit % 8);
        assert!(verify(SignatureScheme::ECDSA_P256_SHA256, &key, &other, &good).is_err(), "bit {bit} of the message");
    }
}
