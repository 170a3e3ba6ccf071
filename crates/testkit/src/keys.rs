//! Test keys and deterministic signatures. Elliptic-curve keys come from their label; RSA keys are stored.

mod hash;
mod rsa_signing;

use crate::der;
pub use hash::Hash;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs1::{DecodeRsaPrivateKey, EncodeRsaPublicKey};
use rsa::signature::Signer;
use rsa_signing::{sign_pkcs1, sign_pss};
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

/// Kinds of test keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// RSA, 2048-bit modulus.
    Rsa2048,
    /// RSA, 3072-bit modulus.
    Rsa3072,
    /// RSA, 4096-bit modulus.
    Rsa4096,
    /// Edwards25519.
    Ed25519,
}

/// What is done with a message to sign it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// ECDSA over the named digest, ASN.1 DER encoded.
    Ecdsa(Hash),
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Hash),
    /// RSASSA-PSS, salt as long as the digest.
    RsaPss(Hash),
    /// Ed25519 over the message itself.
    Ed25519,
    /// Ed25519ph: SHA-512 prehash, empty context (RFC 8032 §5.1).
    Ed25519ph,
}

/// A private test key.
#[derive(Clone)]
pub struct Key {
    kind: Kind,
    secret: Secret,
    raw_public: Vec<u8>,
}

/// Keys and signatures are functions of their inputs and dear to make, and the table asks for the same ones again and
/// again: both are kept. Nothing can be observed of it but the time.
static KEYS: LazyLock<Mutex<HashMap<(Kind, String), Key>>> = LazyLock::new(Mutex::default);
static SIGNATURES: LazyLock<Mutex<HashMap<Question, Vec<u8>>>> = LazyLock::new(Mutex::default);

/// Public key, scheme, SHA-256 of the message.
type Question = (Vec<u8>, Scheme, Vec<u8>);

#[derive(Clone)]
enum Secret {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Rsa(Box<rsa::RsaPrivateKey>),
    Ed25519(ed25519_dalek::SigningKey),
}

impl Key {
    /// The key of that kind for that label. RSA 2048 has two keys (label `other` is the second); RSA 3072 and 4096 have
    /// one each, whatever the label.
    pub fn new(kind: Kind, label: &str) -> Self {
        let mut known = KEYS.lock().expect("no panic while held");
        known.entry((kind, label.to_owned())).or_insert_with(|| Self::derive(kind, label)).clone()
    }

    fn derive(kind: Kind, label: &str) -> Self {
        let secret = match kind {
            Kind::P256 => Secret::P256(
                p256::ecdsa::SigningKey::from_slice(&Sha256::digest(label)).expect("a scalar below the order"),
            ),
            Kind::P384 => Secret::P384(
                p384::ecdsa::SigningKey::from_slice(&Sha384::digest(label)).expect("a scalar below the order"),
            ),
            Kind::P521 => Secret::P521(
                p521::ecdsa::SigningKey::from_slice(&[&[0, 0][..], &Sha512::digest(label)].concat())
                    .expect("a scalar below the order"),
            ),
            Kind::Ed25519 => Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(&Sha256::digest(label).into())),
            Kind::Rsa2048 if label == "other" => rsa_key(include_str!("../keys/TEST-ONLY-rsa-2048-other.pem")),
            Kind::Rsa2048 => rsa_key(include_str!("../keys/TEST-ONLY-rsa-2048.pem")),
            Kind::Rsa3072 => rsa_key(include_str!("../keys/TEST-ONLY-rsa-3072.pem")),
            Kind::Rsa4096 => rsa_key(include_str!("../keys/TEST-ONLY-rsa-4096.pem")),
        };
        let mut key = Key { kind, secret, raw_public: Vec::new() };
        key.raw_public = key.encode_public();
        key
    }

    /// Which kind of key this is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The public key without its SubjectPublicKeyInfo: SEC1 point, PKCS#1 `RSAPublicKey`, or 32 raw bytes.
    pub fn raw_public(&self) -> Vec<u8> {
        self.raw_public.clone()
    }

    fn encode_public(&self) -> Vec<u8> {
        match &self.secret {
            Secret::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Secret::P384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Secret::P521(key) => p521::ecdsa::VerifyingKey::from(key).to_sec1_point(false).as_bytes().to_vec(),
            Secret::Rsa(key) => key.to_public_key().to_pkcs1_der().expect("an encodable key").as_bytes().to_vec(),
            Secret::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
        }
    }

    /// SubjectPublicKeyInfo, DER.
    pub fn spki(&self) -> Vec<u8> {
        let ec = |curve: &str| der::algorithm("1.2.840.10045.2.1", der::oid(curve));
        let algorithm = match self.kind {
            Kind::P256 => ec("1.2.840.10045.3.1.7"),
            Kind::P384 => ec("1.3.132.0.34"),
            Kind::P521 => ec("1.3.132.0.35"),
            Kind::Rsa2048 | Kind::Rsa3072 | Kind::Rsa4096 => der::algorithm("1.2.840.113549.1.1.1", der::null()),
            Kind::Ed25519 => der::algorithm("1.3.101.112", Vec::new()),
        };
        der::sequence(&[algorithm, der::bit_string(&self.raw_public())])
    }

    /// SubjectPublicKeyInfo as PEM, 64 columns.
    pub fn public_pem(&self) -> String {
        crate::encoding::pem("PUBLIC KEY", &self.spki())
    }

    /// Key identifier: SHA-1 of the public key bits (RFC 5280 §4.2.1.2, method 1).
    pub fn key_id(&self) -> Vec<u8> {
        Hash::Sha1.of(&self.raw_public())
    }

    /// SHA-256 of the SubjectPublicKeyInfo: log id of a CT log or of a Rekor v1 log (B-11).
    pub fn log_id(&self) -> Vec<u8> {
        Hash::Sha256.of(&self.spki())
    }

    /// The hash that goes with the key by default (B-88); SHA-512 for Ed25519ph.
    pub fn default_hash(&self) -> Hash {
        match self.kind {
            Kind::P384 => Hash::Sha384,
            Kind::P521 | Kind::Ed25519 => Hash::Sha512,
            _ => Hash::Sha256,
        }
    }

    /// The scheme of certificates, notes and DSSE envelopes by this key.
    pub fn default_scheme(&self) -> Scheme {
        match self.kind {
            Kind::Ed25519 => Scheme::Ed25519,
            Kind::Rsa2048 | Kind::Rsa3072 | Kind::Rsa4096 => Scheme::RsaPkcs1(Hash::Sha256),
            _ => Scheme::Ecdsa(self.default_hash()),
        }
    }

    /// The scheme for a message signature logged as hashedrekord: Ed25519ph instead of Ed25519 (B-88).
    pub fn message_scheme(&self) -> Scheme {
        if self.kind == Kind::Ed25519 { Scheme::Ed25519ph } else { self.default_scheme() }
    }

    /// `PublicKeyDetails` name of the key with its default scheme, as trusted roots write it.
    pub fn details(&self) -> &'static str {
        match self.kind {
            Kind::P256 => "PKIX_ECDSA_P256_SHA_256",
            Kind::P384 => "PKIX_ECDSA_P384_SHA_384",
            Kind::P521 => "PKIX_ECDSA_P521_SHA_512",
            Kind::Rsa2048 => "PKIX_RSA_PKCS1V15_2048_SHA256",
            Kind::Rsa3072 => "PKIX_RSA_PKCS1V15_3072_SHA256",
            Kind::Rsa4096 => "PKIX_RSA_PKCS1V15_4096_SHA256",
            Kind::Ed25519 => "PKIX_ED25519",
        }
    }

    /// Signs with the key's default scheme.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.sign_with(self.default_scheme(), message)
    }

    /// Signs with the given scheme; a scheme of another key type is a mistake in a recipe and panics.
    pub fn sign_with(&self, scheme: Scheme, message: &[u8]) -> Vec<u8> {
        let question: Question = (self.raw_public(), scheme, Hash::Sha256.of(message));
        if let Some(known) = SIGNATURES.lock().expect("no panic while held").get(&question) {
            return known.clone();
        }
        let signature = self.make_signature(scheme, message);
        SIGNATURES.lock().expect("no panic while held").insert(question, signature.clone());
        signature
    }

    fn make_signature(&self, scheme: Scheme, message: &[u8]) -> Vec<u8> {
        match (&self.secret, scheme) {
            (Secret::P256(key), Scheme::Ecdsa(hash)) => {
                let signature: p256::ecdsa::DerSignature = key.sign_prehash(&hash.of(message)).expect("a signature");
                signature.as_bytes().to_vec()
            }
            (Secret::P384(key), Scheme::Ecdsa(hash)) => {
                let signature: p384::ecdsa::DerSignature = key.sign_prehash(&hash.of(message)).expect("a signature");
                signature.as_bytes().to_vec()
            }
            (Secret::P521(key), Scheme::Ecdsa(hash)) => {
                // Zeros on the left keep the integer and satisfy the library's minimum length of a prehash.
                let digest = hash.of(message);
                let padded = [vec![0; 64 - digest.len()], digest].concat();
                let signature: p521::ecdsa::Signature = key.sign_prehash(&padded).expect("a signature");
                signature.to_der().as_bytes().to_vec()
            }
            (Secret::Rsa(key), Scheme::RsaPkcs1(hash)) => sign_pkcs1(key, hash, message),
            (Secret::Rsa(key), Scheme::RsaPss(hash)) => sign_pss(key, hash, message),
            (Secret::Ed25519(key), Scheme::Ed25519) => Signer::sign(key, message).to_bytes().to_vec(),
            (Secret::Ed25519(key), Scheme::Ed25519ph) => {
                key.sign_prehashed(Sha512::new_with_prefix(message), None).expect("a signature").to_bytes().to_vec()
            }
            (_, other) => panic!("{other:?} is not a scheme of a {:?} key", self.kind),
        }
    }
}

/// The other valid ECDSA P-256 signature, (r, n − s): same key, same message, other bytes.
pub fn twin_signature(der_signature: &[u8]) -> Vec<u8> {
    let signature = p256::ecdsa::Signature::from_der(der_signature).expect("an ECDSA P-256 signature");
    let (r, s) = signature.split_scalars();
    p256::ecdsa::Signature::from_scalars(r, -s).expect("a signature").to_der().as_bytes().to_vec()
}

/// AlgorithmIdentifier of signatures by this scheme in X.509 and CMS.
pub fn signature_algorithm(scheme: Scheme) -> Vec<u8> {
    match scheme {
        Scheme::Ecdsa(Hash::Sha1) => der::algorithm("1.2.840.10045.4.1", Vec::new()),
        Scheme::Ecdsa(Hash::Sha256) => der::algorithm("1.2.840.10045.4.3.2", Vec::new()),
        Scheme::Ecdsa(Hash::Sha384) => der::algorithm("1.2.840.10045.4.3.3", Vec::new()),
        Scheme::Ecdsa(Hash::Sha512) => der::algorithm("1.2.840.10045.4.3.4", Vec::new()),
        Scheme::RsaPkcs1(Hash::Sha1) => der::algorithm("1.2.840.113549.1.1.5", der::null()),
        Scheme::RsaPkcs1(Hash::Sha256) => der::algorithm("1.2.840.113549.1.1.11", der::null()),
        Scheme::RsaPkcs1(Hash::Sha384) => der::algorithm("1.2.840.113549.1.1.12", der::null()),
        Scheme::RsaPkcs1(Hash::Sha512) => der::algorithm("1.2.840.113549.1.1.13", der::null()),
        Scheme::RsaPss(_) => der::algorithm("1.2.840.113549.1.1.10", Vec::new()),
        Scheme::Ed25519 | Scheme::Ed25519ph => der::algorithm("1.3.101.112", Vec::new()),
    }
}

fn rsa_key(pem: &str) -> Secret {
    Secret::Rsa(Box::new(rsa::RsaPrivateKey::from_pkcs1_pem(pem).expect("a stored test key")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMES: [(Kind, Scheme); 13] = [
        (Kind::P256, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::P256, Scheme::Ecdsa(Hash::Sha384)),
        (Kind::P384, Scheme::Ecdsa(Hash::Sha384)),
        (Kind::P384, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::P521, Scheme::Ecdsa(Hash::Sha512)),
        (Kind::P521, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::Rsa2048, Scheme::RsaPkcs1(Hash::Sha256)),
        (Kind::Rsa2048, Scheme::RsaPkcs1(Hash::Sha512)),
        (Kind::Rsa2048, Scheme::RsaPss(Hash::Sha256)),
        (Kind::Rsa3072, Scheme::RsaPkcs1(Hash::Sha256)),
        (Kind::Rsa4096, Scheme::RsaPkcs1(Hash::Sha256)),
        (Kind::Ed25519, Scheme::Ed25519),
        (Kind::Ed25519, Scheme::Ed25519ph),
    ];

    #[test]
    fn signatures_are_functions_of_key_scheme_and_message() {
        for (kind, scheme) in SCHEMES {
            let (first, second) = (Key::derive(kind, "a"), Key::derive(kind, "a"));
            assert_eq!(first.make_signature(scheme, b"m"), second.make_signature(scheme, b"m"), "{kind:?} {scheme:?}");
            assert_ne!(first.make_signature(scheme, b"m"), first.make_signature(scheme, b"n"), "{kind:?} {scheme:?}");
        }
    }

    #[test]
    fn the_twin_signature_is_another_and_valid() {
        use p256::ecdsa::signature::Verifier as _;
        let key = Key::new(Kind::P256, "twin");
        let signature = key.sign(b"m");
        let twin = twin_signature(&signature);
        assert_ne!(signature, twin);
        let public = p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.raw_public()).expect("a key");
        public.verify(b"m", &p256::ecdsa::DerSignature::try_from(&twin[..]).expect("DER")).expect("valid");
    }
}
