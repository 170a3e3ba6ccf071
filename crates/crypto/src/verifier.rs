//! The seam between what must be verified and the arithmetic that does it.

use core::fmt;

use crate::key::Decoded;
use crate::{Digest, DigestAlgorithm, KeyKind, PublicKey, SignatureScheme, ecdsa, ed25519, rsa_verify as rsa};

/// What was signed: the message, or its digest where only that is at hand (B-92).
#[derive(Clone, Copy, Debug)]
pub enum Signed<'a> {
    /// The digest of the message. Impossible for pure Ed25519.
    Digest(&'a Digest),
    /// The message itself.
    Message(&'a [u8]),
}

/// Verifies one signature.
///
/// The answer is `()`, against the habit of this project that a check returns the proof it makes: this is the
/// primitive, which knows neither what the message means nor who is trusted to sign it. The proof types are made by
/// its callers, in `tlog` and `verify`, where the meaning is known; and an implementation that answers `Ok` could
/// build any such type anyway.
pub trait SignatureVerifier {
    /// `Ok` iff `signature` by `key` under `scheme` over `signed` verifies. The key is trusted to be the one meant;
    /// message and signature are not trusted at all.
    ///
    /// # Errors
    /// See [`SignatureError`]. An implementation must never answer `Ok` to a question that it cannot decide.
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError>;
}

/// [`SignatureVerifier`] by the RustCrypto crates, for every face of the product.
#[derive(Clone, Copy, Debug, Default)]
pub struct RustCrypto;

impl SignatureVerifier for RustCrypto {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        if !scheme.fits(key.kind()) {
            return Err(SignatureError::KeyDoesNotFitScheme { scheme, key: key.kind() });
        }
        match scheme.digest_algorithm() {
            Some(algorithm) => verify_digest(scheme, key, &digest_of(signed, algorithm)?, signature),
            None => verify_message(scheme, key, signed, signature),
        }
        .map_err(|refusal| match refusal {
            Refusal::DoesNotVerify => SignatureError::DoesNotVerify,
            Refusal::KeyDoesNotFit => SignatureError::KeyDoesNotFitScheme { scheme, key: key.kind() },
            Refusal::Malformed => SignatureError::MalformedSignature { scheme, length: signature.len() },
            Refusal::NeedsMessage => SignatureError::NeedsMessage,
        })
    }
}

/// Why a signature was not accepted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SignatureError {
    /// Well formed, but not made with this key over this message.
    DoesNotVerify,
    /// A key of this kind cannot make a signature of this scheme.
    KeyDoesNotFitScheme {
        /// What was asked for.
        scheme: SignatureScheme,
        /// What the key is.
        key: KeyKind,
    },
    /// Not an encoding of a signature of this scheme: empty, of a wrong length, not strict DER, or a number out of
    /// range (B-90).
    MalformedSignature {
        /// What was asked for.
        scheme: SignatureScheme,
        /// Length of what was given, in bytes.
        length: usize,
    },
    /// Pure Ed25519 signs the message itself; only a digest was given (B-92).
    NeedsMessage,
    /// The digest that was given is of another algorithm than the scheme's (B-92).
    WrongDigest {
        /// The scheme's.
        expected: DigestAlgorithm,
        /// What was given.
        found: DigestAlgorithm,
    },
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DoesNotVerify => f.write_str("the signature does not verify with this key over this message"),
            Self::KeyDoesNotFitScheme { scheme, key } => {
                write!(f, "a signature by {scheme} cannot be made with a key of kind {key}")
            }
            Self::MalformedSignature { scheme, length } => {
                write!(f, "these {length} bytes are not a well-formed signature by {scheme}")
            }
            Self::NeedsMessage => f.write_str("pure Ed25519 signs the message itself, and only its digest is at hand"),
            Self::WrongDigest { expected, found } => {
                write!(f, "the scheme hashes with {expected}, and only a {found} digest is at hand")
            }
        }
    }
}

impl core::error::Error for SignatureError {}

/// Why the arithmetic refused, before it is told for which scheme and key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refusal {
    DoesNotVerify,
    KeyDoesNotFit,
    Malformed,
    NeedsMessage,
}

fn digest_of(signed: Signed<'_>, expected: DigestAlgorithm) -> Result<Digest, SignatureError> {
    match signed {
        Signed::Message(message) => Ok(expected.digest(message)),
        Signed::Digest(digest) if digest.algorithm() == expected => Ok(*digest),
        Signed::Digest(digest) => Err(SignatureError::WrongDigest { expected, found: digest.algorithm() }),
    }
}

fn verify_digest(scheme: SignatureScheme, key: &PublicKey, digest: &Digest, signature: &[u8]) -> Result<(), Refusal> {
    match (scheme, &key.decoded) {
        (SignatureScheme::Ecdsa { .. }, Decoded::EcdsaP256(key)) => ecdsa::verify(key, digest.as_bytes(), signature),
        (SignatureScheme::Ecdsa { .. }, Decoded::EcdsaP384(key)) => ecdsa::verify(key, digest.as_bytes(), signature),
        (SignatureScheme::Ecdsa { .. }, Decoded::EcdsaP521(key)) => {
            ecdsa::verify_p521(key, digest.as_bytes(), signature)
        }
        (SignatureScheme::Ed25519ph, Decoded::Ed25519(key)) => ed25519::verify_prehashed(key, digest, signature),
        (SignatureScheme::RsaPkcs1(_), Decoded::Rsa { key, .. }) => rsa::verify_pkcs1(key, digest, signature),
        (SignatureScheme::RsaPss(_), Decoded::Rsa { key, .. }) => rsa::verify_pss(key, digest, signature),
        _ => Err(Refusal::KeyDoesNotFit),
    }
}

fn verify_message(
    scheme: SignatureScheme,
    key: &PublicKey,
    signed: Signed<'_>,
    signature: &[u8],
) -> Result<(), Refusal> {
    match (scheme, &key.decoded, signed) {
        (SignatureScheme::Ed25519, Decoded::Ed25519(key), Signed::Message(message)) => {
            ed25519::verify(key, message, signature)
        }
        (SignatureScheme::Ed25519, Decoded::Ed25519(_), Signed::Digest(_)) => Err(Refusal::NeedsMessage),
        _ => Err(Refusal::KeyDoesNotFit),
    }
}
