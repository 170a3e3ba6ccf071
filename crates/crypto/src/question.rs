//! A question about a signature, for somebody else's arithmetic: a browser's own is compiled already when a page is opened.

use crate::self_test::{CHANGED, KNOWN};
use crate::{Curve, DigestAlgorithm, PublicKey, SignatureScheme, Signed, ecdsa};

/// Whether an ECDSA signature on P-256 or P-384 over a message is right, in the terms of Web Cryptography.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignatureQuestion {
    /// Curve of the key.
    pub curve: Curve,
    /// What the message is hashed with.
    pub digest: DigestAlgorithm,
    /// The key, as `SubjectPublicKeyInfo` in DER.
    pub key: Vec<u8>,
    /// r and s, each as long as a coordinate of the curve.
    pub signature: Vec<u8>,
    /// What was signed.
    pub message: Vec<u8>,
}

impl SignatureQuestion {
    /// The question that [`crate::SignatureVerifier::verify`] is asked; `None` where browsers have no name for it, or where the answer is
    /// no before anything is computed: the signature is no strict DER of two numbers in 1..n−1 (B-90), or the key does not fit.
    #[must_use]
    pub fn of(scheme: SignatureScheme, key: &PublicKey, signed: Signed<'_>, signature: &[u8]) -> Option<Self> {
        let SignatureScheme::Ecdsa { curve, digest } = scheme else { return None };
        let Signed::Message(message) = signed else { return None };
        if key.kind().curve() != Some(curve) {
            return None;
        }
        let signature = match curve {
            Curve::P256 => ecdsa::side_by_side::<p256::NistP256>(signature),
            Curve::P384 => ecdsa::side_by_side::<p384::NistP384>(signature),
            Curve::P521 => None,
        }?;
        Some(Self { curve, digest, key: key.spki_der().to_vec(), signature, message: message.to_vec() })
    }

    /// What Web Cryptography calls the curve. There is no question about another.
    #[must_use]
    pub const fn named_curve(&self) -> &'static str {
        match self.curve {
            Curve::P256 => "P-256",
            _ => "P-384",
        }
    }

    /// What it calls the digest.
    #[must_use]
    pub const fn hash(&self) -> &'static str {
        match self.digest {
            DigestAlgorithm::Sha256 => "SHA-256",
            DigestAlgorithm::Sha384 => "SHA-384",
            DigestAlgorithm::Sha512 => "SHA-512",
        }
    }

    /// One for each curve to which the answer is no (see [`crate::refuses_known`]): whoever says yes to one is not believed. `None` where
    /// this program cannot put them, and then nobody is.
    #[must_use]
    pub fn known_wrong() -> Option<Vec<Self>> {
        let wrong = |known: &crate::self_test::Known| {
            let key = PublicKey::from_spki_der(known.key).ok()?;
            Self::of(known.scheme(), &key, Signed::Message(CHANGED), known.signature)
        };
        KNOWN.iter().map(wrong).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::SignatureQuestion;
    use crate::self_test::{CHANGED, KNOWN, MESSAGE};
    use crate::{Curve, DigestAlgorithm, PublicKey, SignatureScheme, Signed};

    #[test]
    fn a_question_is_what_web_cryptography_asks() {
        for known in &KNOWN {
            let Ok(key) = PublicKey::from_spki_der(known.key) else { unreachable!() };
            let asked = SignatureQuestion::of(known.scheme(), &key, Signed::Message(MESSAGE), known.signature);
            let Some(asked) = asked else { unreachable!() };
            assert_eq!((asked.key.as_slice(), asked.message.as_slice()), (known.key, MESSAGE));
            assert_eq!(asked.signature.len(), 2 * asked.curve.field_bytes());
            // Trailing bytes are no signature, whatever stands before them.
            let longer = [known.signature, &[0]].concat();
            assert_eq!(SignatureQuestion::of(known.scheme(), &key, Signed::Message(MESSAGE), &longer), None);
            // Nor are numbers out of their range.
            let zeros = [0x30, 6, 2, 1, 0, 2, 1, 0];
            assert_eq!(SignatureQuestion::of(known.scheme(), &key, Signed::Message(MESSAGE), &zeros), None);
            let digest = DigestAlgorithm::Sha256.digest(MESSAGE);
            assert_eq!(SignatureQuestion::of(known.scheme(), &key, Signed::Digest(&digest), known.signature), None);
            let other = SignatureScheme::Ecdsa { curve: Curve::P521, digest: DigestAlgorithm::Sha512 };
            assert_eq!(SignatureQuestion::of(other, &key, Signed::Message(MESSAGE), known.signature), None);
        }
    }

    #[test]
    fn what_is_known_to_be_wrong_is_of_both_curves() {
        let wrong = SignatureQuestion::known_wrong().unwrap_or_default();
        assert_eq!(wrong.iter().map(|asked| asked.curve).collect::<Vec<_>>(), [Curve::P256, Curve::P384]);
        assert!(wrong.iter().all(|asked| asked.message == CHANGED));
    }
}
