//! The signature over the content: spec B.14.

use std::borrow::Cow;

use touchstone_crypto::{
    Curve, Digest, DigestAlgorithm, KeyKind, PublicKey, SignatureError, SignatureScheme, SignatureVerifier, Signed,
};
use touchstone_formats::bundle::{Content, MessageSignature};
use touchstone_formats::dsse::Envelope;
use touchstone_formats::evidence::{Form, region_of_key_id};
use touchstone_trust::digest_algorithm;

use crate::artifact::{Artifact, ArtifactDigests};
use crate::check::{Check, check};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::SignedForm;

check! {
    /// Is the signature over this content, by this signer's key?
    ///
    /// # What
    /// The signature is verified with the key of the certificate (or the key given), over the file itself or over the
    /// statement about it. The key alone decides which algorithm applies.
    ///
    /// # Why
    /// This is what ties the content to the signer. If one bit of either changed, it fails.
    ///
    /// # Harmless
    /// - the download stopped early
    /// - the bundle belongs to another version of the file
    ///
    /// # Do
    /// Download file and bundle again from the project itself.
    ///
    /// # Specification
    /// Sigstore client specification §4.5; algorithm registry (B-88 to B-93)
    Signature, "signature", Content, "Signature"
}

/// Proof that a key made the bundle's signature, and over what. Says nothing about whose key it is.
pub(crate) struct VerifiedSignature {
    scheme: SignatureScheme,
    over: SignedOver,
}

/// What the signature was verified over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedOver {
    /// The artifact that the person gave.
    Artifact(Digest),
    /// The digest that the bundle states; what the person gave, if anything, is not that.
    StatedDigest(Digest),
    /// The envelope.
    Envelope,
}

impl VerifiedSignature {
    pub(crate) fn scheme(&self) -> SignatureScheme {
        self.scheme
    }

    pub(crate) fn over(&self) -> SignedOver {
        self.over
    }
}

/// The key to verify with, or why there is none.
pub(crate) enum SigningKey<'a> {
    /// This key, with the scheme that the person named for it, if any, and what it signs of an envelope.
    Known(&'a PublicKey, Option<SignatureScheme>, SignedForm),
    /// Another check says why it is not known.
    Blocked(Check),
    /// The person has not given it.
    Missing,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    content: &Content,
    wrapped_as: Form,
    key: &SigningKey<'_>,
    artifact: &ArtifactDigests<'_>,
    crypto: &dyn SignatureVerifier,
) -> (Finding, Option<VerifiedSignature>) {
    let key = match key {
        SigningKey::Known(key, scheme, form) => Signer { key, scheme: scheme.as_ref(), form: *form },
        SigningKey::Blocked(by) => return (Finding::new(Signature::CHECK, Outcome::Blocked(*by)), None),
        SigningKey::Missing => return (Finding::new(Signature::CHECK, Outcome::NotAsked(Open::Key)), None),
    };
    let verified = match content {
        Content::Dsse(envelope) => over_envelope(envelope, wrapped_as, &key, crypto),
        Content::Message(message) => over_message(message, &key, artifact, crypto),
    };
    match verified {
        Ok(proof) => {
            let passed = Outcome::Passed(said(&proof, &key));
            (Finding::new(Signature::CHECK, passed), Some(proof))
        }
        Err(outcome) => (Finding::new(Signature::CHECK, *outcome), None),
    }
}

/// A key and how it may sign.
struct Signer<'a> {
    key: &'a PublicKey,
    /// The scheme that the person named for the key.
    scheme: Option<&'a SignatureScheme>,
    form: SignedForm,
}

impl Signer<'_> {
    /// The schemes to try, the right one first. What the person said of the key leaves no choice (B-88).
    fn schemes(&self, purpose: Purpose) -> &[SignatureScheme] {
        match self.scheme {
            Some(scheme) => core::slice::from_ref(scheme),
            None => schemes(self.key.kind(), purpose),
        }
    }
}

fn said(proof: &VerifiedSignature, signer: &Signer<'_>) -> String {
    let over = match proof.over {
        SignedOver::Artifact(_) => "over the file",
        SignedOver::StatedDigest(_) => "over the digest that the bundle states",
        SignedOver::Envelope => "over the statement",
    };
    let purpose = if proof.over == SignedOver::Envelope { Purpose::Envelope } else { Purpose::Message };
    let is_fallback = signer.schemes(purpose).first() != Some(&proof.scheme);
    let note = match proof.scheme {
        SignatureScheme::Ecdsa { .. } if is_fallback => ", the older choice of hash for this key",
        _ if is_fallback => ", another choice than is due for this key",
        _ => "",
    };
    format!("{} {over}{note}", proof.scheme)
}

/// What is signed, where the key's kind alone does not decide.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Message,
    Envelope,
}

/// B-88: the schemes of a key, the right one first; the second is the fallback for clients that hashed everything with
/// SHA-256, tried only after the first has failed (B-89).
fn schemes(key: KeyKind, purpose: Purpose) -> &'static [SignatureScheme] {
    const P256: &[SignatureScheme] = &[SignatureScheme::ECDSA_P256_SHA256];
    const P384: &[SignatureScheme] = &[SignatureScheme::ECDSA_P384_SHA384, SignatureScheme::ECDSA_P384_SHA256];
    const P521: &[SignatureScheme] = &[SignatureScheme::ECDSA_P521_SHA512, SignatureScheme::ECDSA_P521_SHA256];
    match (key, purpose) {
        (KeyKind::EcdsaP256, _) => P256,
        (KeyKind::EcdsaP384, _) => P384,
        (KeyKind::EcdsaP521, _) => P521,
        (KeyKind::Ed25519, Purpose::Message) => &[SignatureScheme::Ed25519ph],
        (KeyKind::Ed25519, Purpose::Envelope) => &[SignatureScheme::Ed25519, SignatureScheme::Ed25519ph],
        (KeyKind::Rsa { .. }, _) => &[SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256)],
    }
}

/// Digest algorithms that a message signature by this key may be over, the right one first (B-88).
pub(crate) fn digests_of(key: KeyKind) -> impl Iterator<Item = DigestAlgorithm> {
    schemes(key, Purpose::Message).iter().filter_map(|scheme| scheme.digest_algorithm())
}

/// The words of a failure name the schemes that were tried.
fn expected(signer: &Signer<'_>, purpose: Purpose) -> String {
    let names: Vec<&str> = signer.schemes(purpose).iter().map(|scheme| scheme.name()).collect();
    format!("a signature by the signer's key ({})", names.join(", or "))
}

/// B-91: over the pre-authentication encoding, never over the payload alone; but for the regional keys of Google Cloud
/// Build, which sign nothing else (E-41), and only where the signature names one of them.
fn over_envelope(
    envelope: &Envelope,
    wrapped_as: Form,
    signer: &Signer<'_>,
    crypto: &dyn SignatureVerifier,
) -> Result<VerifiedSignature, Box<Outcome>> {
    let (signature, key_id) = match envelope.signatures.first() {
        Some(signature) => (signature.sig.as_slice(), signature.keyid.as_str()),
        None => (&[][..], ""),
    };
    let over_payload = signer.form == SignedForm::RawPayload && region_of_key_id(key_id).is_some();
    let encoded = if over_payload {
        Cow::Borrowed(&envelope.payload)
    } else {
        Cow::Owned(envelope.pre_authentication_encoding())
    };
    // Outside of Sigstore some key stores write the two numbers of an ECDSA signature side by side.
    let outside = matches!(wrapped_as, Form::Envelope | Form::EnvelopeLines);
    let der = if outside { der_of_fixed(signature, signer.key.kind()) } else { None };
    let signature = der.as_deref().unwrap_or(signature);
    let mut first_error = None;
    for scheme in signer.schemes(Purpose::Envelope) {
        match crypto.verify(*scheme, signer.key, Signed::Message(&encoded), signature) {
            Ok(()) => return Ok(VerifiedSignature { scheme: *scheme, over: SignedOver::Envelope }),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(refused(first_error, signer, Purpose::Envelope, "$.dsseEnvelope.signatures[0].sig"))
}

/// An ECDSA signature in DER, of one that is written as its two numbers in fixed length (IEEE P1363); `None` for any other.
fn der_of_fixed(signature: &[u8], key: KeyKind) -> Option<Vec<u8>> {
    let half = match key {
        KeyKind::EcdsaP256 => 32,
        KeyKind::EcdsaP384 => 48,
        // The sequence of a longer one would need a longer header; nobody writes P-521 this way.
        _ => return None,
    };
    if signature.len() != half * 2 {
        return None;
    }
    let (r, s) = signature.split_at_checked(half)?;
    let mut body = Vec::with_capacity(signature.len().saturating_add(6));
    for number in [r, s] {
        let zeros = number.iter().take_while(|byte| **byte == 0).count().min(half.saturating_sub(1));
        let digits = number.get(zeros..)?;
        let sign = digits.first().is_some_and(|first| *first >= 0x80);
        body.push(0x02);
        body.push(u8::try_from(digits.len().saturating_add(usize::from(sign))).ok()?);
        if sign {
            body.push(0);
        }
        body.extend_from_slice(digits);
    }
    let length = u8::try_from(body.len()).ok().filter(|length| *length < 0x80)?;
    Some([&[0x30, length], body.as_slice()].concat())
}

fn over_message(
    message: &MessageSignature,
    signer: &Signer<'_>,
    artifact: &ArtifactDigests<'_>,
    crypto: &dyn SignatureVerifier,
) -> Result<VerifiedSignature, Box<Outcome>> {
    let stated = message.digest.as_ref().and_then(|digest| {
        digest_algorithm(digest.algorithm).and_then(|algorithm| Digest::from_bytes(algorithm, &digest.bytes).ok())
    });
    let mut first_error = None;
    let mut tried = false;
    for scheme in signer.schemes(Purpose::Message) {
        let Some(algorithm) = scheme.digest_algorithm() else { continue };
        let candidates = [
            artifact.digest(algorithm).map(|digest| (digest, SignedOver::Artifact(digest))),
            stated
                .filter(|digest| digest.algorithm() == algorithm)
                .map(|digest| (digest, SignedOver::StatedDigest(digest))),
        ];
        for (digest, over) in candidates.into_iter().flatten() {
            tried = true;
            match crypto.verify(*scheme, signer.key, Signed::Digest(&digest), &message.signature) {
                Ok(()) => return Ok(VerifiedSignature { scheme: *scheme, over }),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
    }
    let need = signer.schemes(Purpose::Message).first().and_then(|scheme| scheme.digest_algorithm());
    // The digest that the bundle states says which hash the signer used: a failure under that one is final, where the key signs so.
    let is_tried = |digest: &Digest| {
        signer.schemes(Purpose::Message).iter().any(|scheme| scheme.digest_algorithm() == Some(digest.algorithm()))
    };
    let has_needed = need.is_some_and(|need| artifact.digest(need).is_some()) || stated.as_ref().is_some_and(is_tried);
    match (tried && has_needed, need, artifact.is_at_hand()) {
        (false, None, _) => over_bytes(message, signer, artifact, crypto),
        (true, _, _) => Err(refused(first_error, signer, Purpose::Message, MESSAGE)),
        (false, Some(need), true) => {
            // B-92: a digest of another algorithm can neither prove nor disprove it.
            let open = Open::OtherDigest { have: artifact.algorithms(), need: need.name() };
            Err(Box::new(Outcome::NotAsked(open)))
        }
        (false, Some(_), false) => Err(Box::new(Outcome::NotAsked(Open::Artifact))),
    }
}

const MESSAGE: &str = "$.messageSignature.signature";

/// B-92: pure Ed25519 signs the bytes, so that no digest proves or disproves it.
#[inline(never)] // Rare, and the widget's first module has no room for it.
fn over_bytes(
    message: &MessageSignature,
    signer: &Signer<'_>,
    artifact: &ArtifactDigests<'_>,
    crypto: &dyn SignatureVerifier,
) -> Result<VerifiedSignature, Box<Outcome>> {
    let Some(scheme) = signer.schemes(Purpose::Message).first().copied() else {
        return Err(refused(None, signer, Purpose::Message, MESSAGE));
    };
    let Artifact::Bytes(bytes) = artifact.artifact() else {
        let open = if artifact.is_at_hand() { Open::Bytes } else { Open::Artifact };
        return Err(Box::new(Outcome::NotAsked(open)));
    };
    crypto
        .verify(scheme, signer.key, Signed::Message(bytes), &message.signature)
        .map(|()| VerifiedSignature { scheme, over: SignedOver::Artifact(DigestAlgorithm::Sha256.digest(bytes)) })
        .map_err(|error| refused(Some(error), signer, Purpose::Message, MESSAGE))
}

fn refused(error: Option<SignatureError>, signer: &Signer<'_>, purpose: Purpose, place: &str) -> Box<Outcome> {
    let cause = match error {
        Some(SignatureError::MalformedSignature { .. }) => Cause::SignatureMalformed,
        _ => Cause::SignatureDoesNotVerify,
    };
    let found = error.map_or_else(|| "nothing to compare it with".to_owned(), |error| error.to_string());
    Box::new(Outcome::Failed(Failure::new(cause, expected(signer, purpose), found, place)))
}

/// The curve of an ECDSA key names its digest; asserted here so that the table above cannot drift from it.
const _: () = {
    assert!(matches!(Curve::P256.own_digest(), DigestAlgorithm::Sha256));
    assert!(matches!(Curve::P384.own_digest(), DigestAlgorithm::Sha384));
    assert!(matches!(Curve::P521.own_digest(), DigestAlgorithm::Sha512));
};
