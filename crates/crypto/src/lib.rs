//! Digests and signature verification: the only crate that names `p256`, `rsa`, `sha2` and their kin.
//!
//! It knows keys ([`PublicKey`]), schemes ([`SignatureScheme`]) and one small trait ([`SignatureVerifier`]) behind
//! which the arithmetic stands. It knows nothing of certificates, logs or bundles, and it never signs.

mod digest;
mod ecdsa;
mod ed25519;
mod hasher;
mod key;
mod key_error;
pub mod limits;
mod pem;
mod question;
mod rsa_verify;
mod scheme;
mod self_test;
mod verifier;

pub use digest::{Digest, DigestAlgorithm, DigestParseError, legacy_sha1, sha256, sha256_concat};
pub use hasher::{Digests, Hasher, MultiHasher};
pub use key::{KeyKind, PublicKey};
pub use key_error::KeyError;
pub use pem::PemError;
pub use question::SignatureQuestion;
pub use scheme::{Curve, SignatureScheme};
pub use self_test::{KNOWN_CURVES, accepts_known, hashes_known, refuses_known};
pub use verifier::{RustCrypto, SignatureError, SignatureVerifier, Signed};
