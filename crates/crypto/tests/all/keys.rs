//! Keys: good ones in each form, and bad ones that differ from a good one in one thing.

use crate::vectors::*;
use base64::Engine as _;
use proptest::prelude::*;
use touchstone_crypto::limits::{MAX_PEM_BYTES, MAX_SPKI_BYTES};
use touchstone_crypto::{KeyError, KeyKind, PemError, PublicKey};

#[test]
fn good_keys() {
    let rows = [
        (P256_SPKI, KeyKind::EcdsaP256, "ECDSA P-256"),
        (P384_SPKI, KeyKind::EcdsaP384, "ECDSA P-384"),
        (P521_SPKI, KeyKind::EcdsaP521, "ECDSA P-521"),
        (RSA2048_SPKI, KeyKind::Rsa { bits: 2048 }, "RSA 2048"),
        (ED25519_SPKI, KeyKind::Ed25519, "Ed25519"),
    ];
    for (spki, kind, name) in rows {
        let key = PublicKey::from_spki_der(&hex(spki)).unwrap();
        assert_eq!(key.kind(), kind);
        assert_eq!(key.kind().to_string(), name);
        assert_eq!(key.spki_der(), hex(spki));
        assert_eq!(PublicKey::from_pem(&pem("PUBLIC KEY", &hex(spki))), Ok(key));
    }
}

#[test]
fn compressed_points() {
    for (spki, compressed) in [(P256_SPKI, P256_COMPRESSED), (P384_SPKI, P384_COMPRESSED), (P521_SPKI, P521_COMPRESSED)]
    {
        let long = PublicKey::from_spki_der(&hex(spki)).unwrap();
        let short = PublicKey::from_spki_der(&with_point(spki, &hex(compressed))).unwrap();
        assert_eq!(long.kind(), short.kind());
        assert_ne!(long, short, "two encodings have two key ids");
    }
}

#[test]
fn pkcs1_is_wrapped() {
    let key = PublicKey::from_pkcs1_rsa_der(&hex(RSA2048_PKCS1)).unwrap();
    assert_eq!(key.spki_der(), hex(RSA2048_SPKI));
    assert_eq!(PublicKey::from_pem(&pem("RSA PUBLIC KEY", &hex(RSA2048_PKCS1))), Ok(key));
}

#[test]
fn ed25519_bytes() {
    let key = PublicKey::from_spki_der(&hex(ED25519_SPKI)).unwrap();
    let bytes = *key.ed25519_bytes().unwrap();
    assert_eq!(bytes[..], hex(ED25519_SPKI)[12..]);
    assert_eq!(PublicKey::from_ed25519_bytes(&bytes), Ok(key));
    assert_eq!(PublicKey::from_spki_der(&hex(P256_SPKI)).unwrap().ed25519_bytes(), None);
}

#[test]
fn refused_keys() {
    let rsa = |from: &str, to: &str| {
        assert!(RSA2048_PKCS1.contains(from));
        PublicKey::from_pkcs1_rsa_der(&hex(&RSA2048_PKCS1.replacen(from, to, 1))).unwrap_err()
    };
    let bits = |found| KeyError::RsaModulusBits { found, min: 2048, max: 4096 };
    let spki = |der: &[u8]| PublicKey::from_spki_der(der).unwrap_err();
    let changed = |key: &str, from: &str, to: &str| {
        assert!(key.contains(from));
        PublicKey::from_spki_der(&hex(&key.replacen(from, to, 1))).unwrap_err()
    };
    let point = |point: &str| spki(&with_point(P256_SPKI, &hex(point)));
    let x = &P256_COMPRESSED[2..];
    let modulus_end = &RSA2048_PKCS1[RSA2048_PKCS1.len() - 14..RSA2048_PKCS1.len() - 10];
    let even = format!("{:04x}", u16::from_str_radix(modulus_end, 16).unwrap() & 0xff00 | 0x0200);
    let rows = [
        ("empty", spki(&[]), KeyError::Der),
        ("trailing byte", spki(&[hex(P256_SPKI), vec![0]].concat()), KeyError::Der),
        ("cut short", spki(&hex(P256_SPKI)[..90]), KeyError::Der),
        ("unused bits", changed(P256_SPKI, "034200", "034201"), KeyError::Der),
        (
            "too long",
            spki(&vec![0x30; MAX_SPKI_BYTES + 1]),
            KeyError::TooLong { found: MAX_SPKI_BYTES + 1, limit: MAX_SPKI_BYTES },
        ),
        ("secp256k1", spki(&hex(SECP256K1_SPKI)), KeyError::UnsupportedCurve { oid: "1.3.132.0.10".to_owned() }),
        ("explicit curve", spki(&hex(EXPLICIT_CURVE_SPKI)), KeyError::CurveNotNamed),
        ("Ed448", spki(&hex(ED448_SPKI)), KeyError::UnsupportedAlgorithm { oid: "1.3.101.113".to_owned() }),
        ("y changed", changed(P256_SPKI, &P256_SPKI[P256_SPKI.len() - 4..], "0000"), KeyError::NotAPoint),
        ("point at infinity", point("00"), KeyError::NotAPoint),
        ("hybrid point", changed(P256_SPKI, "03420004", "03420006"), KeyError::NotAPoint),
        ("compact point", point(&format!("05{x}")), KeyError::NotAPoint),
        ("no point at all", point(""), KeyError::NotAPoint),
        ("point too short", point(&format!("02{}", &x[2..])), KeyError::Length { expected: 33, found: 32 }),
        ("point too long", point(&format!("03{x}00")), KeyError::Length { expected: 33, found: 34 }),
        ("x is not below p", point(&format!("02{}", "ff".repeat(32))), KeyError::NotAPoint),
        (
            "P-384 point under P-256",
            spki(&with_point(P256_SPKI, &hex(P384_COMPRESSED))),
            KeyError::Length { expected: 33, found: 49 },
        ),
        (
            "RSA without NULL",
            spki(&hex(RSA_WITHOUT_NULL).into_iter().chain(hex(RSA2048_PKCS1)).collect::<Vec<_>>()),
            KeyError::UnexpectedParameters,
        ),
        ("RSA 1024", spki(&hex(RSA1024_SPKI)), bits(1024)),
        (
            "RSA 4104",
            PublicKey::from_pkcs1_rsa_der(&large_rsa()).unwrap_err(),
            KeyError::RsaModulusBits { found: 4104, min: 2048, max: 4096 },
        ),
        (
            "even modulus",
            rsa(&format!("{modulus_end}0203010001"), &format!("{even}0203010001")),
            KeyError::RsaModulusEven,
        ),
        ("negative modulus", rsa("0282010100", "0282010180"), KeyError::Der),
        ("exponent 65536", rsa("0203010001", "0203010000"), KeyError::RsaExponent),
        (
            "RSA key with a third number",
            PublicKey::from_pkcs1_rsa_der(&[hex(RSA2048_PKCS1), vec![2, 1, 1]].concat()).unwrap_err(),
            KeyError::Der,
        ),
        (
            "Ed25519 with parameters",
            spki(&hex(&ED25519_SPKI.replacen("302a300506032b6570", "302c300706032b65700500", 1))),
            KeyError::UnexpectedParameters,
        ),
        ("Ed25519 of 31 bytes", spki(&with_ed25519(&[7; 31])), KeyError::Length { expected: 32, found: 31 }),
        ("Ed25519 not on the curve", spki(&with_ed25519(&not_on_the_curve())), KeyError::NotAPoint),
        ("Ed25519 neutral element", spki(&with_ed25519(&first(1))), KeyError::SmallOrder),
        ("Ed25519 of order 4", spki(&with_ed25519(&[0; 32])), KeyError::SmallOrder),
    ];
    for (fault, found, expected) in rows {
        assert_eq!(found, expected, "{fault}");
    }
}

#[test]
fn exponents() {
    let with = |exponent: &[u8]| {
        let mut der = hex(RSA2048_PKCS1);
        der.truncate(der.len() - 5);
        der.extend([0x02, u8::try_from(exponent.len()).unwrap()]);
        der.extend(exponent);
        let length = u16::try_from(der.len() - 4).unwrap().to_be_bytes();
        der[2..4].copy_from_slice(&length);
        PublicKey::from_pkcs1_rsa_der(&der).map(|key| key.kind())
    };
    assert_eq!(with(&[3]), Ok(KeyKind::Rsa { bits: 2048 }));
    assert_eq!(with(&[0x01, 0xff, 0xff, 0xff, 0xff]), Ok(KeyKind::Rsa { bits: 2048 }));
    for refused in [&[1][..], &[2], &[0], &[0x02, 0, 0, 0, 1], &[0x01, 0, 0, 0, 0, 0, 0, 0, 1]] {
        assert_eq!(with(refused), Err(KeyError::RsaExponent), "{refused:?}");
    }
    assert_eq!(with(&[0, 3]), Err(KeyError::Der), "a leading zero is no DER");
}

/// RFC 8032 § 5.1.3: y is below p = 2^255 − 19, so of the 19 encodings from p on none is a key, whatever it reduces to.
#[test]
fn ed25519_keys_are_canonical() {
    for low in 0xed..=0xff {
        for sign in [0x7f, 0xff] {
            let mut bytes = [0xff; 32];
            bytes[0] = low;
            bytes[31] = sign;
            let error = PublicKey::from_ed25519_bytes(&bytes).unwrap_err();
            assert!(matches!(error, KeyError::NotAPoint | KeyError::SmallOrder), "{low:x} {error:?}");
        }
    }
}

#[test]
fn refused_pem() {
    let der = hex(P256_SPKI);
    let good = pem("PUBLIC KEY", &der);
    let rows = [
        ("empty", String::new(), PemError::NotPem),
        ("DER in base64 alone", base64::engine::general_purpose::STANDARD.encode(&der), PemError::NotPem),
        ("text before", format!("my key:\n{good}"), PemError::SurroundingText),
        ("text after", format!("{good}my key\n"), PemError::SurroundingText),
        ("two blocks", format!("{good}{good}"), PemError::SurroundingText),
        ("no end", good.replace("-----END", "-----FIN"), PemError::Unfinished),
        ("another end", good.replace("-----END PUBLIC", "-----END PRIVATE"), PemError::Unfinished),
        ("cut in the first line", "-----BEGIN PUBLIC KEY".to_owned(), PemError::Unfinished),
        ("bad digit", good.replacen("MFkw", "MF*w", 1), PemError::Base64),
        ("no padding", good.replacen("==", "", 1), PemError::Base64),
        ("spaces", good.replacen("MFkw", "MF kw", 1), PemError::Base64),
        ("base64 on the first line", good.replacen("-----\n", "-----", 1), PemError::Base64),
        ("header", good.replacen("-----\n", "-----\nProc-Type: 4\n\n", 1), PemError::Base64),
        ("certificate", pem("CERTIFICATE", &der), PemError::Certificate),
        ("private key", pem("PRIVATE KEY", &der), PemError::PrivateKey),
        ("encrypted key", pem("ENCRYPTED SIGSTORE PRIVATE KEY", &der), PemError::PrivateKey),
        ("OpenSSH private key", pem("OPENSSH PRIVATE KEY", &der), PemError::PrivateKey),
        ("ssh", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@home\n".to_owned(), PemError::SshKey),
        ("ssh ecdsa", "ecdsa-sha2-nistp256 AAAAE2VjZHNh me@home\n".to_owned(), PemError::SshKey),
        ("ssh 2", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n".to_owned(), PemError::SshKey),
        ("pgp", pem("PGP PUBLIC KEY BLOCK", &der), PemError::OtherLabel { found: "PGP PUBLIC KEY BLOCK".to_owned() }),
        (
            "too long",
            format!("{good}{}", " ".repeat(MAX_PEM_BYTES)),
            PemError::TooLong { found: good.len() + MAX_PEM_BYTES, limit: MAX_PEM_BYTES },
        ),
    ];
    for (fault, text, expected) in rows {
        assert_eq!(PublicKey::from_pem(&text), Err(KeyError::Pem(expected)), "{fault}");
    }
    assert_eq!(PublicKey::from_pem(&pem("RSA PUBLIC KEY", &der)), Err(KeyError::Der));
    let empty = "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n";
    assert_eq!(PublicKey::from_pem(empty), Err(KeyError::Der));
}

#[test]
fn pem_with_other_line_ends() {
    let good = pem("PUBLIC KEY", &hex(P256_SPKI));
    let key = PublicKey::from_spki_der(&hex(P256_SPKI)).unwrap();
    for text in [
        good.replace('\n', "\r\n"),
        format!("\n \t{good}\r\n "),
        good.trim_end().to_owned(),
        good.replacen("KEY-----\n", "KEY-----#", 1)
            .replace("\n-----END", "%")
            .replace('\n', "")
            .replace('#', "\n")
            .replace('%', "\n-----END"),
    ] {
        assert_eq!(PublicKey::from_pem(&text), Ok(key.clone()), "{text}");
    }
}

proptest! {
    #[test]
    fn decoding_never_panics(der in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
        let _ = PublicKey::from_spki_der(&der);
        let _ = PublicKey::from_pkcs1_rsa_der(&der);
        let _ = PublicKey::from_pem(&text);
    }

    #[test]
    fn a_mutated_key_never_panics(at in 0_usize..294, to: u8) {
        for spki in [P256_SPKI, P521_SPKI, ED25519_SPKI, RSA2048_SPKI] {
            let mut der = hex(spki);
            let length = der.len();
            der[at % length] = to;
            if let Ok(key) = PublicKey::from_spki_der(&der) {
                prop_assert_eq!(key.spki_der(), der);
            }
        }
    }
}

/// `SubjectPublicKeyInfo` up to an RSA-2048 key of 270 bytes, the algorithm without its NULL.
const RSA_WITHOUT_NULL: &str = "30820120300b06092a864886f70d0101010382010f00";

fn pem(label: &str, der: &[u8]) -> String {
    let digits = base64::engine::general_purpose::STANDARD.encode(der);
    let lines: Vec<&str> = (0..digits.len()).step_by(64).map(|at| &digits[at..digits.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The same curve with another point.
fn with_point(spki: &str, point: &[u8]) -> Vec<u8> {
    let der = hex(spki);
    let start = if der[1] == 0x81 { 3 } else { 2 };
    let algorithm = &der[start..start + 2 + usize::from(der[start + 1])];
    let length = u8::try_from(point.len() + 1).unwrap();
    let value = [algorithm, &[0x03, length, 0x00], point].concat();
    [&[0x30, u8::try_from(value.len()).unwrap()], &value[..]].concat()
}

fn with_ed25519(key: &[u8]) -> Vec<u8> {
    let length = u8::try_from(key.len()).unwrap();
    [&[0x30, 10 + length], &hex("300506032b6570")[..], &[0x03, length + 1, 0x00], key].concat()
}

fn first(byte: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = byte;
    bytes
}

/// y = 2 belongs to no point.
fn not_on_the_curve() -> [u8; 32] {
    first(2)
}

/// An `RSAPublicKey` of 4104 bits.
fn large_rsa() -> Vec<u8> {
    let modulus = [vec![0x02, 0x82, 0x02, 0x02, 0x00], vec![0xff; 513]].concat();
    let value = [modulus, vec![0x02, 0x03, 0x01, 0x00, 0x01]].concat();
    let [high, low] = u16::try_from(value.len()).unwrap().to_be_bytes();
    [vec![0x30, 0x82, high, low], value].concat()
}
