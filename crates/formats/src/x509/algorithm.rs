//! Algorithm identifiers: what a signature or digest claims to be made with.

use der::Tag;

use crate::{
    algorithm::HashAlgorithm,
    fault::{Explanation, Fault, display_fault},
    hex,
    oid::{self, ObjectIdentifier},
    tlv::{NotDer, Tlv, constructed},
};

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
        /// Hash of the message and of MGF1; one of SHA-2
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

const NULL: &[u8] = &[0x05, 0x00];

impl AlgorithmIdentifier {
    pub(crate) fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let oid = walk.take(Tag::ObjectIdentifier)?.oid()?;
        let parameters = walk.next()?.map(|parameters| parameters.raw.to_vec());
        walk.finish()?;
        Ok(Self { oid, parameters })
    }

    /// Whether there are no parameters, or NULL ones.
    pub(crate) fn has_no_parameters(&self) -> bool {
        self.parameters.as_deref().is_none_or(|parameters| parameters == NULL)
    }

    /// The signature algorithm, parameters decoded strictly.
    ///
    /// # Errors
    /// [`AlgorithmError`] if a known algorithm has parameters that its RFC does not allow, or PSS a hash outside SHA-2.
    pub fn signature_algorithm(&self) -> Result<SignatureAlgorithm, AlgorithmError> {
        use SignatureAlgorithm as S;
        match self.oid {
            oid::ECDSA_WITH_SHA256 => self.without_parameters(S::EcdsaWithSha256),
            oid::ECDSA_WITH_SHA384 => self.without_parameters(S::EcdsaWithSha384),
            oid::ECDSA_WITH_SHA512 => self.without_parameters(S::EcdsaWithSha512),
            oid::ED25519 => self.without_parameters(S::Ed25519),
            oid::SHA256_WITH_RSA => self.null_or_absent(S::RsaPkcs1Sha256),
            oid::SHA384_WITH_RSA => self.null_or_absent(S::RsaPkcs1Sha384),
            oid::SHA512_WITH_RSA => self.null_or_absent(S::RsaPkcs1Sha512),
            oid::RSA_ENCRYPTION => self.null_or_absent(S::RsaEncryption),
            // The curve that may stand here says nothing: the key names its own (RFC 5480 §2.1.1).
            oid::EC_PUBLIC_KEY => Ok(S::EcPublicKey),
            oid::RSASSA_PSS => self
                .pss_parameters()
                .map_err(|_| self.wrong("one SHA-2 hash for message and MGF1, salt length, trailer 1")),
            unknown => Ok(S::Unknown(unknown)),
        }
    }

    /// The digest algorithm, one of SHA-2; parameters NULL or absent (B-27).
    ///
    /// # Errors
    /// [`AlgorithmError`] if the algorithm is another or has other parameters.
    pub fn hash_algorithm(&self) -> Result<HashAlgorithm, AlgorithmError> {
        let hash = match self.oid {
            oid::SHA256 => HashAlgorithm::Sha2_256,
            oid::SHA384 => HashAlgorithm::Sha2_384,
            oid::SHA512 => HashAlgorithm::Sha2_512,
            algorithm => return Err(AlgorithmError::UnknownHash { algorithm }),
        };
        self.null_or_absent(hash)
    }

    /// RFC 5758 §3.2, RFC 8410 §3: parameters must be absent.
    fn without_parameters<T>(&self, is: T) -> Result<T, AlgorithmError> {
        if self.parameters.is_none() { Ok(is) } else { Err(self.wrong("absent")) }
    }

    /// RFC 4055 §2.1, §5: NULL is to be written, absence to be accepted.
    fn null_or_absent<T>(&self, is: T) -> Result<T, AlgorithmError> {
        if self.has_no_parameters() { Ok(is) } else { Err(self.wrong("NULL or absent")) }
    }

    /// RFC 4055 §3.1:
    ///
    /// ```text
    /// RSASSA-PSS-params ::= SEQUENCE {
    ///    hashAlgorithm     [0] HashAlgorithm     DEFAULT sha1Identifier,
    ///    maskGenAlgorithm  [1] MaskGenAlgorithm  DEFAULT mgf1SHA1Identifier,
    ///    saltLength        [2] INTEGER           DEFAULT 20,
    ///    trailerField      [3] INTEGER           DEFAULT 1 }
    /// ```
    ///
    /// Both defaulted hashes are SHA-1, so `[0]` and `[1]` must be there.
    fn pss_parameters(&self) -> Result<SignatureAlgorithm, NotDer> {
        let parameters = self.parameters.as_deref().ok_or(NotDer)?;
        let mut walk = Tlv::only(parameters, Tag::Sequence)?.walk();
        let message = Self::read(&walk.take(constructed(0))?.inner(Tag::Sequence)?)?;
        let mask = Self::read(&walk.take(constructed(1))?.inner(Tag::Sequence)?)?;
        let salt_len = match walk.take_optional(constructed(2))? {
            Some(salt) => u16::try_from(salt.inner(Tag::Integer)?.small()?).map_err(|_| NotDer)?,
            None => 20,
        };
        if let Some(trailer) = walk.take_optional(constructed(3))?
            && trailer.inner(Tag::Integer)?.small()? != 1
        {
            return Err(NotDer);
        }
        walk.finish()?;

        let mask_hash = mask.parameters.as_deref().ok_or(NotDer)?;
        let mask_hash = Self::read(&Tlv::only(mask_hash, Tag::Sequence)?)?;
        let hash = message.hash_algorithm().map_err(|_| NotDer)?;
        if mask.oid != oid::MGF1 || mask_hash.hash_algorithm().ok() != Some(hash) {
            return Err(NotDer);
        }
        Ok(SignatureAlgorithm::RsaPss { hash, salt_len })
    }

    fn wrong(&self, expected: &'static str) -> AlgorithmError {
        AlgorithmError::Parameters { algorithm: self.oid, expected, found: self.parameters.clone().unwrap_or_default() }
    }
}

impl AlgorithmError {
    /// Every code that [`Fault::code`] can give.
    pub const ALL_CODES: &[&str] = &["algorithm-parameters", "hash-algorithm-unknown"];
}

impl Fault for AlgorithmError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Parameters { algorithm, expected, found } => Explanation {
                code: "algorithm-parameters",
                rule: "B-37",
                path: Some(format!("parameters of {algorithm}").into()),
                expected: (*expected).into(),
                found: if found.is_empty() { "absent".into() } else { hex::encode(found).into() },
            },
            Self::UnknownHash { algorithm } => Explanation {
                code: "hash-algorithm-unknown",
                rule: "B-27",
                path: None,
                expected: "SHA-256, SHA-384 or SHA-512".into(),
                found: match *algorithm {
                    oid::SHA1 => "SHA-1".into(),
                    other => other.to_string().into(),
                },
            },
        }
    }
}

display_fault!(AlgorithmError);
