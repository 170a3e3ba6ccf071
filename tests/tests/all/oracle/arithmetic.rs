//! The arithmetic under the oracle: `ring`. Its own choice, `aws-lc-rs`, takes two processors a minute to compile.

use std::collections::BTreeMap;
use std::sync::Mutex;

use ring::digest::{self, Context};
use ring::signature::{self as algorithms, UnparsedPublicKey, VerificationAlgorithm};
use sigstore_verify::crypto::provider::{CryptoProvider, HashContext};
use sigstore_verify::crypto::{Error, Result, SigningScheme};
use sigstore_verify::types::HashAlgorithm;
use touchstone_crypto::{
    Curve, Digest, DigestAlgorithm, PublicKey, RustCrypto, SignatureScheme, SignatureVerifier, Signed,
};

/// What was hashed since [`forget`], by its digest. The oracle verifies a signature over an artifact by the artifact's digest, and `ring`
/// takes no digest.
static HASHED: Mutex<BTreeMap<Vec<u8>, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// Has the oracle compute with `ring` from here on.
pub(crate) fn install() {
    let _ = sigstore_verify::crypto::provider::install_default_provider(&Ring);
}

/// Before the next case: what was hashed for this one is no longer needed.
pub(crate) fn forget() {
    HASHED.lock().unwrap().clear();
}

#[derive(Debug)]
struct Ring;

struct Hashing {
    context: Context,
    message: Vec<u8>,
}

impl HashContext for Hashing {
    fn update(&mut self, data: &[u8]) {
        self.context.update(data);
        self.message.extend_from_slice(data);
    }

    fn finalize(self: Box<Self>) -> Vec<u8> {
        let digest = self.context.finish().as_ref().to_vec();
        HASHED.lock().unwrap().insert(digest.clone(), self.message);
        digest
    }
}

impl CryptoProvider for Ring {
    fn hash(&self, algorithm: HashAlgorithm) -> Result<Box<dyn HashContext>> {
        let algorithm = match algorithm {
            HashAlgorithm::Sha2256 => &digest::SHA256,
            HashAlgorithm::Sha2384 => &digest::SHA384,
            HashAlgorithm::Sha2512 => &digest::SHA512,
            other => return Err(Error::UnsupportedAlgorithm(format!("ring: no {other}"))),
        };
        Ok(Box::new(Hashing { context: Context::new(algorithm), message: Vec::new() }))
    }

    fn verify_raw(&self, scheme: SigningScheme, key: &[u8], data: &[u8], signature: &[u8]) -> Result<()> {
        UnparsedPublicKey::new(algorithm(scheme)?, key)
            .verify(data, signature)
            .map_err(|_| Error::Verification(format!("{} signature invalid", scheme.name())))
    }

    fn verify_prehashed(&self, scheme: SigningScheme, key: &[u8], digest: &[u8], signature: &[u8]) -> Result<()> {
        let message = HASHED.lock().unwrap().get(digest).cloned();
        match message {
            Some(message) => self.verify_raw(scheme, key, &message, signature),
            None => over_digest(scheme, key, digest, signature),
        }
    }
}

/// An artifact of which only the digest is known: `ring` takes none, so here the curve is ours, and only the rest is a second opinion.
fn over_digest(scheme: SigningScheme, key: &[u8], digest: &[u8], signature: &[u8]) -> Result<()> {
    let (curve, algorithm, head) = match scheme {
        SigningScheme::EcdsaP256Sha256 => (Curve::P256, DigestAlgorithm::Sha256, P256_SPKI),
        SigningScheme::EcdsaP384Sha256 => (Curve::P384, DigestAlgorithm::Sha256, P384_SPKI),
        other => {
            return Err(Error::UnsupportedAlgorithm(format!("{} over a digest without its message", other.name())));
        }
    };
    let invalid = |what: &dyn std::fmt::Display| Error::Verification(what.to_string());
    let key = PublicKey::from_spki_der(&[head, key].concat()).map_err(|error| invalid(&error))?;
    let digest = Digest::from_bytes(algorithm, digest).map_err(|error| invalid(&error))?;
    let ours = SignatureScheme::Ecdsa { curve, digest: algorithm };
    RustCrypto.verify(ours, &key, Signed::Digest(&digest), signature).map_err(|error| invalid(&error))
}

/// What stands before the point in a public key in DER (RFC 5480 § 2).
const P256_SPKI: &[u8] =
    b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07\x03\x42\x00";
const P384_SPKI: &[u8] =
    b"\x30\x76\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x05\x2b\x81\x04\x00\x22\x03\x62\x00";

fn algorithm(scheme: SigningScheme) -> Result<&'static dyn VerificationAlgorithm> {
    Ok(match scheme {
        SigningScheme::EcdsaP256Sha256 => &algorithms::ECDSA_P256_SHA256_ASN1,
        SigningScheme::EcdsaP256Sha384 => &algorithms::ECDSA_P256_SHA384_ASN1,
        SigningScheme::EcdsaP384Sha256 => &algorithms::ECDSA_P384_SHA256_ASN1,
        SigningScheme::EcdsaP384Sha384 => &algorithms::ECDSA_P384_SHA384_ASN1,
        SigningScheme::Ed25519 => &algorithms::ED25519,
        SigningScheme::RsaPssSha256 => &algorithms::RSA_PSS_2048_8192_SHA256,
        SigningScheme::RsaPssSha384 => &algorithms::RSA_PSS_2048_8192_SHA384,
        SigningScheme::RsaPssSha512 => &algorithms::RSA_PSS_2048_8192_SHA512,
        SigningScheme::RsaPkcs1Sha256 => &algorithms::RSA_PKCS1_2048_8192_SHA256,
        SigningScheme::RsaPkcs1Sha384 => &algorithms::RSA_PKCS1_2048_8192_SHA384,
        SigningScheme::RsaPkcs1Sha512 => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        other => return Err(Error::UnsupportedAlgorithm(format!("ring: no {}", other.name()))),
    })
}
