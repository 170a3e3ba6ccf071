//! Public keys, decoded once and kept.

use core::fmt;
use core::hash::{Hash, Hasher};

use crate::{Curve, PemError};

/// What a key is. Complete by definition: the keys of B-12.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum KeyKind {
    /// ECDSA on NIST P-256.
    EcdsaP256,
    /// ECDSA on NIST P-384.
    EcdsaP384,
    /// ECDSA on NIST P-521.
    EcdsaP521,
    /// Ed25519.
    Ed25519,
    /// RSA.
    Rsa {
        /// Length of the modulus, in bits.
        bits: u32,
    },
}

impl KeyKind {
    /// The curve, if it is an ECDSA key.
    #[must_use]
    pub const fn curve(self) -> Option<Curve> {
        match self {
            Self::EcdsaP256 => Some(Curve::P256),
            Self::EcdsaP384 => Some(Curve::P384),
            Self::EcdsaP521 => Some(Curve::P521),
            Self::Ed25519 | Self::Rsa { .. } => None,
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EcdsaP256 => f.write_str("ECDSA P-256"),
            Self::EcdsaP384 => f.write_str("ECDSA P-384"),
            Self::EcdsaP521 => f.write_str("ECDSA P-521"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Rsa { bits } => write!(f, "RSA {bits}"),
        }
    }
}

/// A public key: its `SubjectPublicKeyInfo` as it was given, and the decoded numbers, so that a key is decoded once
/// however many signatures it verifies.
///
/// Two keys are equal iff their encodings are: the same point compressed and uncompressed makes two keys, as it makes
/// two key identifiers.
#[derive(Clone)]
pub struct PublicKey {
    spki: Vec<u8>,
    pub(crate) decoded: Decoded,
}

#[derive(Clone)]
pub(crate) enum Decoded {
    EcdsaP256(p256::ecdsa::VerifyingKey),
    EcdsaP384(p384::ecdsa::VerifyingKey),
    EcdsaP521(p521::ecdsa::VerifyingKey),
    Ed25519(ed25519_dalek::VerifyingKey),
    Rsa(rsa::RsaPublicKey),
}

impl PublicKey {
    /// A key from a DER `SubjectPublicKeyInfo` (RFC 5280 § 4.1.2.7), with nothing after it.
    ///
    /// # Errors
    /// See [`KeyError`]: named curves only, RSA of 2048 to 4096 bits, no Ed25519 key of small order (B-90).
    pub fn from_spki_der(_der: &[u8]) -> Result<Self, KeyError> {
        todo!()
    }

    /// A key from a DER `RSAPublicKey` (RFC 8017 § A.1.1), the deprecated form of B-12. [`spki_der`](Self::spki_der)
    /// is then the `SubjectPublicKeyInfo` around it.
    ///
    /// # Errors
    /// As [`from_spki_der`](Self::from_spki_der).
    pub fn from_pkcs1_rsa_der(_der: &[u8]) -> Result<Self, KeyError> {
        todo!()
    }

    /// A key from one PEM block, `PUBLIC KEY` or `RSA PUBLIC KEY`, with nothing but white space around it (B-83).
    ///
    /// # Errors
    /// [`KeyError::Pem`], which says what the text is instead, or as [`from_spki_der`](Self::from_spki_der).
    pub fn from_pem(_text: &str) -> Result<Self, KeyError> {
        todo!()
    }

    /// An Ed25519 key from its 32 bytes (RFC 8032 § 5.1.5).
    ///
    /// # Errors
    /// [`KeyError::NotAPoint`] or [`KeyError::SmallOrder`].
    pub fn from_ed25519_bytes(_bytes: &[u8; 32]) -> Result<Self, KeyError> {
        todo!()
    }

    /// The DER `SubjectPublicKeyInfo`, byte for byte as it was given.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        &self.spki
    }

    /// What the key is.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        todo!()
    }

    /// The 32 bytes of an Ed25519 key (RFC 8032 § 5.1.5); `None` for any other.
    #[must_use]
    pub fn ed25519_bytes(&self) -> Option<&[u8; 32]> {
        match &self.decoded {
            Decoded::Ed25519(key) => Some(key.as_bytes()),
            _ => None,
        }
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.spki == other.spki
    }
}

impl Eq for PublicKey {}

impl Hash for PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.spki.hash(state);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey")
            .field("kind", &self.kind())
            .finish_non_exhaustive()
    }
}

/// Why a key was not accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeyError {
    /// Not strict DER of the structure expected, or something follows it.
    Der,
    /// An elliptic curve other than P-256, P-384 and P-521.
    UnsupportedCurve {
        /// Its object identifier, dotted.
        oid: String,
    },
    /// Curve parameters written out, or none: only named curves are accepted (RFC 5480 § 2.1.1).
    CurveNotNamed,
    /// A kind of key other than ECDSA, RSA and Ed25519.
    UnsupportedAlgorithm {
        /// Its object identifier, dotted.
        oid: String,
    },
    /// Parameters where the algorithm wants none (Ed25519) or others than NULL (RSA).
    UnexpectedParameters,
    /// The key bytes have a length that the algorithm does not know.
    Length {
        /// What the algorithm needs, in bytes.
        expected: usize,
        /// What was there.
        found: usize,
    },
    /// The bytes are no point of the curve, or not its canonical encoding.
    NotAPoint,
    /// An Ed25519 key of small order, with which anybody can sign (B-90).
    SmallOrder,
    /// An RSA modulus of a length that is not accepted.
    RsaModulusBits {
        /// Its length in bits.
        found: u32,
        /// The least accepted.
        min: u32,
        /// The most accepted.
        max: u32,
    },
    /// An even RSA modulus is no product of two large primes.
    RsaModulusEven,
    /// An RSA exponent that is even, below 3 or above 2^33 − 1.
    RsaExponent,
    /// The text is not the PEM form of a public key.
    Pem(PemError),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Der => f.write_str("not strict DER of a public key, or something follows it"),
            Self::UnsupportedCurve { oid } => write!(f, "curve {oid} is not P-256, P-384 or P-521"),
            Self::CurveNotNamed => f.write_str("the curve is not given by its name"),
            Self::UnsupportedAlgorithm { oid } => {
                write!(f, "algorithm {oid} is not ECDSA, RSA or Ed25519")
            }
            Self::UnexpectedParameters => {
                f.write_str("the key algorithm carries parameters that it must not have")
            }
            Self::Length { expected, found } => {
                write!(f, "the key needs {expected} bytes, here are {found}")
            }
            Self::NotAPoint => {
                f.write_str("the key is not a point of its curve in canonical encoding")
            }
            Self::SmallOrder => {
                f.write_str("the Ed25519 key is of small order: anybody could sign with it")
            }
            Self::RsaModulusBits { found, min, max } => {
                write!(
                    f,
                    "an RSA modulus of {found} bits is not accepted ({min} to {max} are)"
                )
            }
            Self::RsaModulusEven => f.write_str("the RSA modulus is even"),
            Self::RsaExponent => f.write_str("the RSA exponent is even, below 3 or above 2^33 - 1"),
            Self::Pem(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for KeyError {}

impl From<PemError> for KeyError {
    fn from(error: PemError) -> Self {
        Self::Pem(error)
    }
}
