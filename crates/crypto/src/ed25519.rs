//! Ed25519 and Ed25519ph (RFC 8032 § 5.1.7), strictly: S below the group's order, R canonical and not of small order
//! (B-90). Keys of small order are refused when they are decoded.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::digest::consts::U64;
use sha2::digest::{FixedOutput, HashMarker, Output, OutputSizeUser, Update};

use crate::Digest;
use crate::verifier::Refusal;

/// Pure Ed25519 over the message.
#[inline(never)] // A browser compiles the algorithms that are met, and no others.
pub(crate) fn verify(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
    let signature = read(signature)?;
    key.verify_strict(message, &signature).map_err(|_| Refusal::DoesNotVerify)
}

/// Ed25519ph over the SHA-512 digest of the message, with an empty context: `dom2(1, "")`.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(crate) fn verify_prehashed(key: &VerifyingKey, digest: &Digest, signature: &[u8]) -> Result<(), Refusal> {
    let signature = read(signature)?;
    let finished = FinishedSha512(digest.as_bytes().try_into().map_err(|_| Refusal::DoesNotVerify)?);
    key.verify_prehashed_strict(finished, None, &signature).map_err(|_| Refusal::DoesNotVerify)
}

/// R and S, 32 bytes each; S is refused here if it is not below the group's order.
fn read(signature: &[u8]) -> Result<Signature, Refusal> {
    let bytes: &[u8; 64] = signature.try_into().map_err(|_| Refusal::Malformed)?;
    let (_, s) = signature.split_at_checked(32).ok_or(Refusal::Malformed)?;
    if !is_below_order(s) {
        return Err(Refusal::Malformed);
    }
    Ok(Signature::from_bytes(bytes))
}

/// Whether a little-endian number is below L = 2^252 + 27742317777372353535851937790883648493.
fn is_below_order(s: &[u8]) -> bool {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    s.iter().rev().lt(ORDER.iter().rev())
}

/// A SHA-512 state that is already finished. Ed25519ph is offered only over a running hash, and the message may be
/// gone by the time its signature is verified; nothing but `finalize` is ever called on it.
struct FinishedSha512([u8; 64]);

impl Default for FinishedSha512 {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl OutputSizeUser for FinishedSha512 {
    type OutputSize = U64;
}

impl Update for FinishedSha512 {
    fn update(&mut self, _: &[u8]) {
        debug_assert!(false, "the message is hashed already");
    }
}

impl FixedOutput for FinishedSha512 {
    fn finalize_into(self, out: &mut Output<Self>) {
        out.copy_from_slice(&self.0);
    }
}

impl HashMarker for FinishedSha512 {}
