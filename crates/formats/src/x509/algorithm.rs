//! Algorithm identifiers: what a signature or digest claims to be made with.

use crate::fault::{Explanation, Fault, display_fault};
use crate::{algorithm::HashAlgorithm, oid::ObjectIdentifier};

/// `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }` (RFC 5280 §4.1.1.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AlgorithmIdentifier {
    /// `algorithm`
    pub oid: ObjectIdentifier,
    /// `parameters`, header included, if present. NULL is `05 00`.
    pub parameters: Option<Vec<u8>>,
}

/// A signature algorithm with its parameters decoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ECDSA over SHA-256; the curve is the key's.
    EcdsaWithSha256,
    /// ECDSA over SHA-384; the curve is the key's.
    EcdsaWithSha384,
    /// ECDSA over SHA-512; the curve is the key's.
    EcdsaWithSha512,
    /// Ed25519 (pure)
    Ed25519,
    /// RSASSA-PKCS1-v1_5 over SHA-256
    RsaPkcs1Sha256,
    /// RSASSA-PKCS1-v1_5 over SHA-384
    RsaPkcs1Sha384,
    /// RSASSA-PKCS1-v1_5 over SHA-512
    RsaPkcs1Sha512,
    /// RSASSA-PSS, MGF1 over the same hash, trailer field 1
    RsaPss {
        /// Hash of the message and of MGF1; never SHA-1
        hash: HashAlgorithm,
        /// Length of the salt, in bytes
        salt_len: u16,
    },
    /// Bare `ecPublicKey` in a CMS signer: ECDSA over the signer's digest algorithm (B-28).
    EcPublicKey,
    /// Bare `rsaEncryption` in a CMS signer: PKCS1-v1_5 over the signer's digest algorithm (B-28).
    RsaEncryption,
    /// Anything else
    Unknown(ObjectIdentifier),
}

/// Why an algorithm identifier says nothing usable. The identifier itself was well-formed.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AlgorithmError {
    /// The parameters are not those that the algorithm's RFC allows.
    Parameters {
        /// The algorithm
        algorithm: ObjectIdentifier,
        /// What its parameters may be
        expected: &'static str,
        /// The parameters found, DER; empty if absent
        found: Vec<u8>,
    },
    /// Not SHA-256, SHA-384 or SHA-512; SHA-1, say (B-27).
    UnknownHash {
        /// The algorithm found
        algorithm: ObjectIdentifier,
    },
}

impl AlgorithmIdentifier {
    /// The signature algorithm, parameters decoded strictly.
    ///
    /// # Errors
    /// [`AlgorithmError`] if a known algorithm has parameters that its RFC does not allow, or PSS a hash outside SHA-2.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm, AlgorithmError> {
        todo!()
    }

    /// The digest algorithm; parameters NULL or absent (B-27).
    ///
    /// # Errors
    /// [`AlgorithmError`] if the algorithm is unknown or has other parameters.
    pub fn hash_algorithm(&self) -> Result<HashAlgorithm, AlgorithmError> {
        todo!()
    }
}

impl AlgorithmError {
    /// Every code that [`Self::code`] can give.
    pub const ALL_CODES: &[&str] = &["algorithm-parameters", "hash-algorithm-unknown"];
}

impl Fault for AlgorithmError {
    fn explain(&self) -> Explanation<'_> {
        todo!()
    }
}

display_fault!(AlgorithmError);
