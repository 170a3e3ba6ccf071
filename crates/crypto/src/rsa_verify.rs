//! RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 § 8) over a digest.

use rsa::traits::PublicKeyParts as _;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey};

use crate::verifier::Refusal;
use crate::{Digest, DigestAlgorithm};

/// RFC 8017 § 8.2.2.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(crate) fn verify_pkcs1(key: &RsaPublicKey, digest: &Digest, signature: &[u8]) -> Result<(), Refusal> {
    check_length(key, signature)?;
    let scheme = Pkcs1v15Sign {
        hash_len: Some(digest.algorithm().len()),
        prefix: digest_info_prefix(digest.algorithm()).into(),
    };
    key.verify(scheme, digest.as_bytes(), signature).map_err(|_| Refusal::DoesNotVerify)
}

/// RFC 8017 § 8.1.2, with MGF1 of the same digest and a salt as long as the digest.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(crate) fn verify_pss(key: &RsaPublicKey, digest: &Digest, signature: &[u8]) -> Result<(), Refusal> {
    check_length(key, signature)?;
    match digest.algorithm() {
        DigestAlgorithm::Sha256 => key.verify(Pss::<sha2::Sha256>::new(), digest.as_bytes(), signature),
        DigestAlgorithm::Sha384 => key.verify(Pss::<sha2::Sha384>::new(), digest.as_bytes(), signature),
        DigestAlgorithm::Sha512 => key.verify(Pss::<sha2::Sha512>::new(), digest.as_bytes(), signature),
    }
    .map_err(|_| Refusal::DoesNotVerify)
}

/// RFC 8017 § 8.1.2 and § 8.2.2, step 1: a signature is exactly as long as the modulus.
fn check_length(key: &RsaPublicKey, signature: &[u8]) -> Result<(), Refusal> {
    if signature.len() == key.size() { Ok(()) } else { Err(Refusal::Malformed) }
}

/// The DER of `DigestInfo` up to the digest (RFC 8017 § 9.2, note 1), parameters NULL.
const fn digest_info_prefix(algorithm: DigestAlgorithm) -> [u8; 19] {
    // 30 len 30 0d 06 09 <id-sha…> 05 00 04 len
    let (id, length) = match algorithm {
        DigestAlgorithm::Sha256 => (1, 32),
        DigestAlgorithm::Sha384 => (2, 48),
        DigestAlgorithm::Sha512 => (3, 64),
    };
    [
        0x30,
        17 + length,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x60,
        0x86,
        0x48,
        0x01,
        0x65,
        0x03,
        0x04,
        0x02,
        id,
        0x05,
        0x00,
        0x04,
        length,
    ]
}
