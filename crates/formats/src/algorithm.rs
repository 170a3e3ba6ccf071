//! Names of algorithms, exactly as the protobuf specifications spell them.

/// A hash function. Spelled `SHA2_256` in bundles and trusted roots, `sha256` in log entry bodies and
/// digest sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HashAlgorithm {
    /// SHA-256.
    Sha2_256,
    /// SHA-384.
    Sha2_384,
    /// SHA-512.
    Sha2_512,
    /// SHA3-256.
    Sha3_256,
    /// SHA3-384.
    Sha3_384,
}

impl HashAlgorithm {
    const ALL: [Self; 5] = [Self::Sha2_256, Self::Sha2_384, Self::Sha2_512, Self::Sha3_256, Self::Sha3_384];

    /// The algorithm whose protobuf name this is, e.g. `SHA2_256`; exact, no other spelling.
    #[must_use]
    pub fn from_proto_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.proto_name() == name)
    }

    /// The protobuf name, e.g. `SHA2_256`.
    #[must_use]
    pub fn proto_name(self) -> &'static str {
        match self {
            Self::Sha2_256 => "SHA2_256",
            Self::Sha2_384 => "SHA2_384",
            Self::Sha2_512 => "SHA2_512",
            Self::Sha3_256 => "SHA3_256",
            Self::Sha3_384 => "SHA3_384",
        }
    }

    /// The SHA-2 algorithm whose name in a digest set or a log entry body this is: `sha256`,
    /// `sha384` or `sha512`, lower case (B-97, B-100).
    #[must_use]
    pub fn from_digest_name(name: &str) -> Option<Self> {
        match name {
            "sha256" => Some(Self::Sha2_256),
            "sha384" => Some(Self::Sha2_384),
            "sha512" => Some(Self::Sha2_512),
            _ => None,
        }
    }

    /// The name in a digest set, e.g. `sha256`.
    #[must_use]
    pub fn digest_name(self) -> &'static str {
        match self {
            Self::Sha2_256 => "sha256",
            Self::Sha2_384 => "sha384",
            Self::Sha2_512 => "sha512",
            Self::Sha3_256 => "sha3-256",
            Self::Sha3_384 => "sha3-384",
        }
    }

    /// Whether this is SHA-256, SHA-384 or SHA-512, the hash functions that signatures use here.
    #[must_use]
    pub fn is_sha2(self) -> bool {
        matches!(self, Self::Sha2_256 | Self::Sha2_384 | Self::Sha2_512)
    }

    /// Bytes of a digest.
    #[must_use]
    pub fn digest_len(self) -> usize {
        match self {
            Self::Sha2_256 | Self::Sha3_256 => 32,
            Self::Sha2_384 | Self::Sha3_384 => 48,
            Self::Sha2_512 => 64,
        }
    }
}

macro_rules! public_key_details {
    ($($(#[$meta:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// Encoding of a public key together with the signature scheme that it is for (B-12, B-76).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PublicKeyDetails {
            $($(#[$meta])* $variant),+
        }

        impl PublicKeyDetails {
            /// The value whose protobuf name this is; exact, no other spelling.
            #[must_use]
            pub fn from_proto_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// The protobuf name, e.g. `PKIX_ECDSA_P256_SHA_256`.
            #[must_use]
            pub fn proto_name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }
    };
}

public_key_details! {
    /// PKCS#1 `RSAPublicKey`, PKCS#1 v1.5 signatures; deprecated, still in the staging CT log.
    Pkcs1RsaPkcs1v5 = "PKCS1_RSA_PKCS1V5",
    /// PKCS#1 `RSAPublicKey`, PSS signatures; deprecated.
    Pkcs1RsaPss = "PKCS1_RSA_PSS",
    /// SPKI RSA key of any size, PKCS#1 v1.5 signatures; deprecated.
    PkixRsaPkcs1v5 = "PKIX_RSA_PKCS1V5",
    /// SPKI RSA key of any size, PSS signatures; deprecated.
    PkixRsaPss = "PKIX_RSA_PSS",
    /// SPKI RSA-2048, PKCS#1 v1.5 with SHA-256.
    PkixRsaPkcs1v15_2048Sha256 = "PKIX_RSA_PKCS1V15_2048_SHA256",
    /// SPKI RSA-3072, PKCS#1 v1.5 with SHA-256.
    PkixRsaPkcs1v15_3072Sha256 = "PKIX_RSA_PKCS1V15_3072_SHA256",
    /// SPKI RSA-4096, PKCS#1 v1.5 with SHA-256.
    PkixRsaPkcs1v15_4096Sha256 = "PKIX_RSA_PKCS1V15_4096_SHA256",
    /// SPKI RSA-2048, PSS with SHA-256.
    PkixRsaPss2048Sha256 = "PKIX_RSA_PSS_2048_SHA256",
    /// SPKI RSA-3072, PSS with SHA-256.
    PkixRsaPss3072Sha256 = "PKIX_RSA_PSS_3072_SHA256",
    /// SPKI RSA-4096, PSS with SHA-256.
    PkixRsaPss4096Sha256 = "PKIX_RSA_PSS_4096_SHA256",
    /// RFC 6979 ECDSA on P-256; deprecated.
    PkixEcdsaP256HmacSha256 = "PKIX_ECDSA_P256_HMAC_SHA_256",
    /// ECDSA P-256 with SHA-256.
    PkixEcdsaP256Sha256 = "PKIX_ECDSA_P256_SHA_256",
    /// ECDSA P-384 with SHA-384.
    PkixEcdsaP384Sha384 = "PKIX_ECDSA_P384_SHA_384",
    /// ECDSA P-521 with SHA-512.
    PkixEcdsaP521Sha512 = "PKIX_ECDSA_P521_SHA_512",
    /// Pure Ed25519.
    PkixEd25519 = "PKIX_ED25519",
    /// Ed25519ph.
    PkixEd25519Ph = "PKIX_ED25519_PH",
    /// ECDSA P-384 with SHA-256; deprecated.
    PkixEcdsaP384Sha256 = "PKIX_ECDSA_P384_SHA_256",
    /// ECDSA P-521 with SHA-256; deprecated.
    PkixEcdsaP521Sha256 = "PKIX_ECDSA_P521_SHA_256",
    /// LMS; deprecated.
    LmsSha256 = "LMS_SHA256",
    /// LM-OTS; deprecated.
    LmotsSha256 = "LMOTS_SHA256",
    /// ML-DSA-44; experimental.
    MlDsa44 = "ML_DSA_44",
    /// ML-DSA-65; experimental.
    MlDsa65 = "ML_DSA_65",
    /// ML-DSA-87; experimental.
    MlDsa87 = "ML_DSA_87",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exact() {
        assert_eq!(HashAlgorithm::from_proto_name("SHA2_384"), Some(HashAlgorithm::Sha2_384));
        for wrong in ["sha2_256", "SHA256", "HASH_ALGORITHM_UNSPECIFIED", "1", ""] {
            assert_eq!(HashAlgorithm::from_proto_name(wrong), None, "{wrong}");
        }
        assert_eq!(HashAlgorithm::from_digest_name("SHA256"), None);
        assert_eq!(PublicKeyDetails::from_proto_name("PKIX_ED25519 "), None);
        assert_eq!(PublicKeyDetails::from_proto_name("PKIX_ED25519_PH"), Some(PublicKeyDetails::PkixEd25519Ph));
    }
}
