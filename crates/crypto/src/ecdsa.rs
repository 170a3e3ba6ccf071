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

/// r and s of a strict DER signature, both in 1..n−1, each as long as n.
#[inline(never)] // A browser compiles the algorithms that are met, and no others.
pub(crate) fn side_by_side<C: EcdsaCurve + CurveArithmetic>(signature: &[u8]) -> Option<Vec<u8>> {
    let (r, s) = read(signature).ok()?;
    let (r, s) = (field_bytes::<C>(r)?, field_bytes::<C>(s)?);
    // What computes elsewhere is not trusted to look (CVE-2022-21449).
    Signature::<C>::from_scalars(r, s).ok()?;
    Some([r.as_slice(), s.as_slice()].concat())
}

/// The number with leading zeros up to the length of n; `None` if it is longer.
fn field_bytes<C: EcdsaCurve + CurveArithmetic>(number: &[u8]) -> Option<FieldBytes<C>> {
    let mut bytes = FieldBytes::<C>::default();
    let zeros = bytes.len().checked_sub(number.len())?;
    bytes.get_mut(zeros..)?.copy_from_slice(number);
    Some(bytes)
}
