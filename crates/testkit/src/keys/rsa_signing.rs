//! RSA signatures without randomness.

use super::Hash;
use rsa::rand_core;
use rsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use sha2::{Sha256, Sha384, Sha512};

pub(super) fn sign_pkcs1(key: &rsa::RsaPrivateKey, hash: Hash, message: &[u8]) -> Vec<u8> {
    use rsa::pkcs1v15::SigningKey;
    match hash {
        Hash::Sha1 => panic!("SHA-1 signatures are not made"),
        Hash::Sha256 => SigningKey::<Sha256>::new(key.clone()).sign(message).to_vec(),
        Hash::Sha384 => SigningKey::<Sha384>::new(key.clone()).sign(message).to_vec(),
        Hash::Sha512 => SigningKey::<Sha512>::new(key.clone()).sign(message).to_vec(),
    }
}

pub(super) fn sign_pss(key: &rsa::RsaPrivateKey, hash: Hash, message: &[u8]) -> Vec<u8> {
    use rsa::pss::SigningKey;
    match hash {
        Hash::Sha1 => panic!("SHA-1 signatures are not made"),
        Hash::Sha256 => SigningKey::<Sha256>::new(key.clone()).sign_with_rng(&mut FixedSalt, message).to_vec(),
        Hash::Sha384 => SigningKey::<Sha384>::new(key.clone()).sign_with_rng(&mut FixedSalt, message).to_vec(),
        Hash::Sha512 => SigningKey::<Sha512>::new(key.clone()).sign_with_rng(&mut FixedSalt, message).to_vec(),
    }
}

/// A constant in place of randomness: PSS salts and RSA blinding stay the same from run to run.
struct FixedSalt;

impl rand_core::TryRng for FixedSalt {
    type Error = core::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(0x5a5a_5a5a)
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(0x5a5a_5a5a_5a5a_5a5a)
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        out.fill(0x5a);
        Ok(())
    }
}

impl rand_core::TryCryptoRng for FixedSalt {}
