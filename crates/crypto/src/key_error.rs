//! Why a key was not accepted.

use core::fmt;

use crate::PemError;

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
    /// Longer than any key.
    TooLong {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
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
            Self::UnexpectedParameters => f.write_str("the key algorithm carries parameters that it must not have"),
            Self::Length { expected, found } => {
                write!(f, "the key needs {expected} bytes, here are {found}")
            }
            Self::NotAPoint => f.write_str("the key is not a point of its curve in canonical encoding"),
            Self::SmallOrder => f.write_str("the Ed25519 key is of small order: anybody could sign with it"),
            Self::RsaModulusBits { found, min, max } => {
                write!(f, "an RSA modulus of {found} bits is not accepted ({min} to {max} are)")
            }
            Self::RsaModulusEven => f.write_str("the RSA modulus is even"),
            Self::RsaExponent => f.write_str("the RSA exponent is even, below 3 or above 2^33 - 1"),
            Self::Pem(error) => error.fmt(f),
            Self::TooLong { found, limit } => {
                write!(f, "{found} bytes are too long for a key (at most {limit})")
            }
        }
    }
}

impl core::error::Error for KeyError {}

impl From<PemError> for KeyError {
    fn from(error: PemError) -> Self {
        Self::Pem(error)
    }
}
