//! ECDSA (FIPS 186-5 § 6.4.2) over a digest.

use der::asn1::UintRef;
use der::{Decode, Reader, SliceReader};
use ecdsa::elliptic_curve::{CurveArithmetic, FieldBytes};
use ecdsa::signature::hazmat::PrehashVerifier as _;
use ecdsa::{EcdsaCurve, Signature, VerifyingKey};

use crate::verifier::Refusal;

/// Strict DER with r and s in 1..n−1, and nothing after it; s may be in the upper half of its range (B-90).
///
/// The digest is cut or padded to the length of n as FIPS 186-5 § 6.4.2 says, so any digest goes with any curve.
#[inline(never)] // A browser compiles the algorithms that are met, and no others.
pub(crate) fn verify<C: EcdsaCurve + CurveArithmetic>(
    key: &VerifyingKey<C>,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), Refusal> {
    let (r, s) = read(signature).map_err(|_| Refusal::Malformed)?;
    let scalar = |number| field_bytes::<C>(number).ok_or(Refusal::Malformed);
    let signature = Signature::<C>::from_scalars(scalar(r)?, scalar(s)?).map_err(|_| Refusal::Malformed)?;
    key.verify_prehash(digest, &signature).map_err(|_| Refusal::DoesNotVerify)
}

/// [`verify`] on P-521, which hardly anybody signs with.
#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(crate) fn verify_p521(key: &VerifyingKey<p521::NistP521>, digest: &[u8], signature: &[u8]) -> Result<(), Refusal> {
    verify(key, digest, signature)
}

/// ```text
/// ECDSA-Sig-Value ::= SEQUENCE {
///     r  INTEGER,
///     s  INTEGER
/// }
/// ```
///
/// (RFC 3279 § 2.2.3.) Both without leading zeros.
fn read(signature: &[u8]) -> der::Result<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(signature)?;
    let numbers = reader.sequence(|reader| {
        let r = UintRef::decode(reader)?;
        let s = UintRef::decode(reader)?;
        Ok::<_, der::Error>((r.as_bytes(), s.as_bytes()))
    })?;
    reader.finish()?;
    Ok(numbers)
}

/// r and s of a strict DER signature, each with leading zeros up to `length` bytes.
pub(crate) fn side_by_side(signature: &[u8], length: usize) -> Option<Vec<u8>> {
    let (r, s) = read(signature).ok()?;
    let mut bytes = vec![0; length.checked_mul(2)?];
    let (first, second) = bytes.split_at_mut(length);
    put(first, r)?;
    put(second, s)?;
    Some(bytes)
}

/// The number with leading zeros up to the length of n; `None` if it is longer.
fn field_bytes<C: EcdsaCurve + CurveArithmetic>(number: &[u8]) -> Option<FieldBytes<C>> {
    let mut bytes = FieldBytes::<C>::default();
    put(&mut bytes, number)?;
    Some(bytes)
}

/// Puts a number at the end of `bytes`; `None` if it is longer.
fn put(bytes: &mut [u8], number: &[u8]) -> Option<()> {
    let zeros = bytes.len().checked_sub(number.len())?;
    bytes.get_mut(zeros..)?.copy_from_slice(number);
    Some(())
}
