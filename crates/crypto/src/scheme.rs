//! Signature schemes: which arithmetic, with which digest.

use core::fmt;

use crate::{DigestAlgorithm, KeyKind};

/// A named curve of ECDSA keys. Complete by definition: the curves of B-37.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Curve {
    /// NIST P-256, secp256r1.
    P256,
    /// NIST P-384, secp384r1.
    P384,
    /// NIST P-521, secp521r1.
    P521,
}

impl Curve {
    /// Length of a coordinate, and of r and s, in bytes.
    #[must_use]
    pub const fn field_bytes(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// The digest that goes with the curve (B-88): as long as the curve allows.
    #[must_use]
    pub const fn own_digest(self) -> DigestAlgorithm {
        match self {
            Self::P256 => DigestAlgorithm::Sha256,
            Self::P384 => DigestAlgorithm::Sha384,
            Self::P521 => DigestAlgorithm::Sha512,
        }
    }
}

/// A signature scheme. The key and the place where the signature stands decide which one applies (B-88), never a field
/// that came along with the signature.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SignatureScheme {
    /// ECDSA, the signature in DER. A P-256 authority may sign with SHA-384, and old clients signed with P-384 and
    /// SHA-256 (B-89), so the digest is not tied to the curve.
    Ecdsa {
        /// The curve of the key.
        curve: Curve,
        /// What the message is hashed with.
        digest: DigestAlgorithm,
    },
    /// Ed25519 over the message itself (RFC 8032 § 5.1).
    Ed25519,
    /// Ed25519ph: over SHA-512 of the message, with an empty context (RFC 8032 § 5.1, `dom2(1, "")`).
    Ed25519ph,
    /// RSASSA-PKCS1-v1_5 (RFC 8017 § 8.2) with that digest.
    RsaPkcs1(DigestAlgorithm),
    /// RSASSA-PSS (RFC 8017 § 8.1) with that digest, MGF1 with the same one, and a salt as long as the digest.
    RsaPss(DigestAlgorithm),
}

impl SignatureScheme {
    /// ECDSA with P-256 and SHA-256, the scheme of most signatures there are.
    pub const ECDSA_P256_SHA256: Self = Self::Ecdsa { curve: Curve::P256, digest: DigestAlgorithm::Sha256 };
    /// ECDSA with P-384 and SHA-384.
    pub const ECDSA_P384_SHA384: Self = Self::Ecdsa { curve: Curve::P384, digest: DigestAlgorithm::Sha384 };
    /// ECDSA with P-384 and SHA-256: the deprecated fallback of B-88 and B-89.
    pub const ECDSA_P384_SHA256: Self = Self::Ecdsa { curve: Curve::P384, digest: DigestAlgorithm::Sha256 };
    /// ECDSA with P-521 and SHA-512.
    pub const ECDSA_P521_SHA512: Self = Self::Ecdsa { curve: Curve::P521, digest: DigestAlgorithm::Sha512 };
    /// ECDSA with P-521 and SHA-256: the deprecated fallback of B-88 and B-89.
    pub const ECDSA_P521_SHA256: Self = Self::Ecdsa { curve: Curve::P521, digest: DigestAlgorithm::Sha256 };

    /// What the message is hashed with; `None` for pure Ed25519, which needs the message itself (B-92).
    #[must_use]
    pub const fn digest_algorithm(self) -> Option<DigestAlgorithm> {
        match self {
            Self::Ecdsa { digest, .. } | Self::RsaPkcs1(digest) | Self::RsaPss(digest) => Some(digest),
            Self::Ed25519ph => Some(DigestAlgorithm::Sha512),
            Self::Ed25519 => None,
        }
    }

    /// Whether a key of that kind can make such a signature.
    #[must_use]
    pub fn fits(self, key: KeyKind) -> bool {
        match self {
            Self::Ecdsa { curve, .. } => key.curve() == Some(curve),
            Self::Ed25519 | Self::Ed25519ph => key == KeyKind::Ed25519,
            Self::RsaPkcs1(_) | Self::RsaPss(_) => matches!(key, KeyKind::Rsa { .. }),
        }
    }

    /// The name to show, such as `ECDSA P-256 SHA-256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        match self {
            Self::Ecdsa { curve: Curve::P256, digest: Sha256 } => "ECDSA P-256 SHA-256",
            Self::Ecdsa { curve: Curve::P256, digest: Sha384 } => "ECDSA P-256 SHA-384",
            Self::Ecdsa { curve: Curve::P256, digest: Sha512 } => "ECDSA P-256 SHA-512",
            Self::Ecdsa { curve: Curve::P384, digest: Sha256 } => "ECDSA P-384 SHA-256",
            Self::Ecdsa { curve: Curve::P384, digest: Sha384 } => "ECDSA P-384 SHA-384",
            Self::Ecdsa { curve: Curve::P384, digest: Sha512 } => "ECDSA P-384 SHA-512",
            Self::Ecdsa { curve: Curve::P521, digest: Sha256 } => "ECDSA P-521 SHA-256",
            Self::Ecdsa { curve: Curve::P521, digest: Sha384 } => "ECDSA P-521 SHA-384",
            Self::Ecdsa { curve: Curve::P521, digest: Sha512 } => "ECDSA P-521 SHA-512",
            Self::Ed25519 => "Ed25519",
            Self::Ed25519ph => "Ed25519ph",
            Self::RsaPkcs1(Sha256) => "RSA PKCS#1 v1.5 SHA-256",
            Self::RsaPkcs1(Sha384) => "RSA PKCS#1 v1.5 SHA-384",
            Self::RsaPkcs1(Sha512) => "RSA PKCS#1 v1.5 SHA-512",
            Self::RsaPss(Sha256) => "RSA PSS SHA-256",
            Self::RsaPss(Sha384) => "RSA PSS SHA-384",
            Self::RsaPss(Sha512) => "RSA PSS SHA-512",
        }
    }
}

impl fmt::Display for SignatureScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
