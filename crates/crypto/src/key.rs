//! Public keys, decoded once and kept.

use core::fmt;
use core::hash::{Hash, Hasher};

use der::asn1::{BitStringRef, ObjectIdentifier, UintRef};
use der::{AnyRef, Decode, Encode, Reader, SliceReader};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use crate::limits::{MAX_RSA_BITS, MAX_RSA_EXPONENT, MAX_SPKI_BYTES, MIN_RSA_BITS, MIN_RSA_EXPONENT};
use crate::pem::{self, Label};
use crate::{Curve, KeyError};

/// `id-ecPublicKey` (RFC 5480 § 2.1.1).
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// `rsaEncryption` (RFC 3279 § 2.3.1).
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// `id-Ed25519` (RFC 8410 § 3).
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// `secp256r1` (RFC 5480 § 2.1.1.1).
const SECP256R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
/// `secp384r1` (RFC 5480 § 2.1.1.1).
const SECP384R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
/// `secp521r1` (RFC 5480 § 2.1.1.1).
const SECP521R1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");

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
    /// The length of the modulus is kept because the arithmetic knows only that of its storage.
    Rsa {
        key: rsa::RsaPublicKey,
        bits: u32,
    },
}

impl PublicKey {
    /// A key from a DER `SubjectPublicKeyInfo` (RFC 5280 § 4.1.2.7), with nothing after it.
    ///
    /// # Errors
    /// See [`KeyError`]: named curves only, RSA of 2048 to 4096 bits, no Ed25519 key of small order (B-90).
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        if der.len() > MAX_SPKI_BYTES {
            return Err(KeyError::TooLong { found: der.len(), limit: MAX_SPKI_BYTES });
        }
        let spki = SubjectPublicKeyInfoRef::from_der(der).map_err(|_| KeyError::Der)?;
        let key = spki.subject_public_key.as_bytes().ok_or(KeyError::Der)?;
        let parameters = spki.algorithm.parameters;
        let decoded = match spki.algorithm.oid {
            EC_PUBLIC_KEY => decode_ecdsa(parameters, key),
            RSA_ENCRYPTION if parameters != Some(AnyRef::NULL) => Err(KeyError::UnexpectedParameters),
            RSA_ENCRYPTION => decode_rsa(key),
            ED25519 if parameters.is_some() => Err(KeyError::UnexpectedParameters),
            ED25519 => decode_ed25519(key),
            oid => Err(KeyError::UnsupportedAlgorithm { oid: oid.to_string() }),
        }?;
        Ok(Self { spki: der.to_vec(), decoded })
    }

    /// A key from a DER `RSAPublicKey` (RFC 8017 § A.1.1), the deprecated form of B-12. [`spki_der`](Self::spki_der)
    /// is then the `SubjectPublicKeyInfo` around it.
    ///
    /// # Errors
    /// As [`from_spki_der`](Self::from_spki_der).
    pub fn from_pkcs1_rsa_der(der: &[u8]) -> Result<Self, KeyError> {
        Self::from_parts(RSA_ENCRYPTION, Some(AnyRef::NULL), der)
    }

    /// A key from one PEM block, `PUBLIC KEY` or `RSA PUBLIC KEY`, with nothing but white space around it (B-83).
    ///
    /// # Errors
    /// [`KeyError::Pem`], which says what the text is instead, or as [`from_spki_der`](Self::from_spki_der).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let (label, der) = pem::decode(text)?;
        match label {
            Label::PublicKey => Self::from_spki_der(&der),
            Label::RsaPublicKey => Self::from_pkcs1_rsa_der(&der),
        }
    }

    /// An Ed25519 key from its 32 bytes (RFC 8032 § 5.1.5).
    ///
    /// # Errors
    /// [`KeyError::NotAPoint`] or [`KeyError::SmallOrder`].
    pub fn from_ed25519_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        Self::from_parts(ED25519, None, bytes)
    }

    fn from_parts(oid: ObjectIdentifier, parameters: Option<AnyRef<'_>>, key: &[u8]) -> Result<Self, KeyError> {
        let subject_public_key = BitStringRef::from_bytes(key).map_err(|_| KeyError::Der)?;
        let spki =
            SubjectPublicKeyInfoRef { algorithm: AlgorithmIdentifierRef { oid, parameters }, subject_public_key };
        Self::from_spki_der(&spki.to_der().map_err(|_| KeyError::Der)?)
    }

    /// The DER `SubjectPublicKeyInfo`, byte for byte as it was given.
    #[must_use]
    pub fn spki_der(&self) -> &[u8] {
        &self.spki
    }

    /// What the key is.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        match &self.decoded {
            Decoded::EcdsaP256(_) => KeyKind::EcdsaP256,
            Decoded::EcdsaP384(_) => KeyKind::EcdsaP384,
            Decoded::EcdsaP521(_) => KeyKind::EcdsaP521,
            Decoded::Ed25519(_) => KeyKind::Ed25519,
            Decoded::Rsa { bits, .. } => KeyKind::Rsa { bits: *bits },
        }
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
        f.debug_struct("PublicKey").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

fn decode_ecdsa(parameters: Option<AnyRef<'_>>, point: &[u8]) -> Result<Decoded, KeyError> {
    // RFC 5480 § 2.1.1: implicitCurve and specifiedCurve MUST NOT be used.
    let curve = parameters
        .and_then(|parameters| parameters.decode_as::<ObjectIdentifier>().ok())
        .ok_or(KeyError::CurveNotNamed)?;
    match curve {
        SECP256R1 => {
            check_point_form(point, Curve::P256)?;
            p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Decoded::EcdsaP256)
        }
        SECP384R1 => {
            check_point_form(point, Curve::P384)?;
            p384::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Decoded::EcdsaP384)
        }
        SECP521R1 => {
            check_point_form(point, Curve::P521)?;
            p521::ecdsa::VerifyingKey::from_sec1_bytes(point).map(Decoded::EcdsaP521)
        }
        oid => {
            return Err(KeyError::UnsupportedCurve { oid: oid.to_string() });
        }
    }
    .map_err(|_| KeyError::NotAPoint)
}

/// RFC 5480 § 2.2: the point is uncompressed (0x04) or compressed (0x02, 0x03); the hybrid and compact forms that the
/// arithmetic beneath would read are no part of a certificate.
fn check_point_form(point: &[u8], curve: Curve) -> Result<(), KeyError> {
    let expected = match point.first() {
        Some(0x04) => 1 + 2 * curve.field_bytes(),
        Some(0x02 | 0x03) => 1 + curve.field_bytes(),
        _ => return Err(KeyError::NotAPoint),
    };
    if point.len() == expected { Ok(()) } else { Err(KeyError::Length { expected, found: point.len() }) }
}

fn decode_ed25519(key: &[u8]) -> Result<Decoded, KeyError> {
    let bytes: &[u8; 32] = key.try_into().map_err(|_| KeyError::Length { expected: 32, found: key.len() })?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
    if key.is_weak() {
        return Err(KeyError::SmallOrder);
    }
    // RFC 8032 § 5.1.3: y must be below p. The arithmetic beneath reduces it; writing the point out again tells.
    if key.to_edwards().compress().as_bytes() != bytes {
        return Err(KeyError::NotAPoint);
    }
    Ok(Decoded::Ed25519(key))
}

/// ```text
/// RSAPublicKey ::= SEQUENCE {
///     modulus           INTEGER,  -- n
///     publicExponent    INTEGER   -- e
/// }
/// ```
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn decode_rsa(der: &[u8]) -> Result<Decoded, KeyError> {
    let (modulus, exponent) = read_rsa(der).map_err(|_| KeyError::Der)?;
    let bits = bit_length(modulus);
    if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
        return Err(KeyError::RsaModulusBits { found: bits, min: MIN_RSA_BITS, max: MAX_RSA_BITS });
    }
    if modulus.last().is_none_or(|byte| byte % 2 == 0) {
        return Err(KeyError::RsaModulusEven);
    }
    if exponent.len() > 8 {
        return Err(KeyError::RsaExponent);
    }
    let e = exponent.iter().fold(0_u64, |e, byte| (e << 8) | u64::from(*byte));
    if e % 2 == 0 || !(MIN_RSA_EXPONENT..=MAX_RSA_EXPONENT).contains(&e) {
        return Err(KeyError::RsaExponent);
    }
    let n = rsa::BoxedUint::from_be_slice_vartime(modulus);
    let key = rsa::RsaPublicKey::new(n, e.into()).map_err(|_| KeyError::Der)?;
    Ok(Decoded::Rsa { key, bits })
}

/// Modulus and exponent, without leading zeros.
fn read_rsa(der: &[u8]) -> der::Result<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(der)?;
    let numbers = reader.sequence(|reader| {
        let modulus = UintRef::decode(reader)?;
        let exponent = UintRef::decode(reader)?;
        Ok::<_, der::Error>((modulus.as_bytes(), exponent.as_bytes()))
    })?;
    reader.finish()?;
    Ok(numbers)
}

/// Length in bits of a number without leading zeros.
fn bit_length(number: &[u8]) -> u32 {
    let bytes = u32::try_from(number.len()).unwrap_or(u32::MAX);
    bytes.saturating_mul(8).saturating_sub(number.first().map_or(0, |byte| byte.leading_zeros()))
}
