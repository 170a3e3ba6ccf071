//! Log entry against bundle: spec B.13.

use touchstone_crypto::{Digest, DigestAlgorithm, KeyKind, PublicKey, SignatureScheme, sha256};
use touchstone_formats::bundle::Content;
use touchstone_formats::dsse::Envelope;
use touchstone_formats::rekor::{Digest as LoggedDigest, EntryBody, HashedRekord002, Intoto002, Verifier};
use touchstone_formats::x509::Certificate;
use touchstone_formats::{PublicKeyDetails, hex};
use touchstone_trust::digest_algorithm;

use crate::check::check;
use crate::checks::key::Key;
use crate::entry::EntryInView;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};

check! {
    /// Is the log entry about this very signature?
    ///
    /// # What
    /// The entry records a signature, the certificate or key that made it and a digest. Each is compared with the
    /// bundle's, byte for byte.
    ///
    /// # Why
    /// Any entry of a public log can be copied into any bundle. Only this comparison says that the log saw this
    /// signature and no other.
    ///
    /// # Harmless
    /// - the bundle was put together by hand from two others
    ///
    /// # Do
    /// Download the bundle again from the project itself.
    ///
    /// # Specification
    /// Sigstore client specification §4.4; Rekor entry types (B-72 to B-87)
    EntryBinding, "entry-binding", Log, "Entry binding"
}

/// Proof that an entry's body records this bundle's signature, key and digest.
pub(crate) struct BoundEntry {
    _private: (),
}

/// What the entry is compared with.
pub(crate) struct Bundled<'a> {
    pub(crate) content: &'a Content,
    /// DER of the leaf certificate, if the bundle has one.
    pub(crate) leaf: Option<&'a [u8]>,
    /// The key that verifies the signature, if it is known.
    pub(crate) key: Option<&'a PublicKey>,
    /// Digest that the signature verified over (message signatures), or the artifact's.
    pub(crate) digest: &'a dyn Fn(DigestAlgorithm) -> Option<Digest>,
    /// The scheme that verified.
    pub(crate) verified_with: Option<SignatureScheme>,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(entries: &[EntryInView<'_>], bundled: &Bundled<'_>) -> (Finding, Vec<Option<BoundEntry>>) {
    let mut items = Vec::new();
    let mut proofs = Vec::new();
    for view in entries {
        let (outcome, proof) = match view.log {
            None => (Outcome::NotPresent(view.unknown_log()), None),
            // Without the key there is nothing to compare the entry's signer with.
            Some(_) if bundled.leaf.is_none() && bundled.key.is_none() => (Outcome::Blocked(Key::CHECK), None),
            Some(_) => match bind(view, bundled) {
                Ok(proof) => (Outcome::Passed("Same signature, same signer, same digest".to_owned()), Some(proof)),
                Err(failure) => (Outcome::Failed(failure), None),
            },
        };
        items.push(Item { place: view.place("canonicalizedBody"), outcome });
        proofs.push(proof);
    }
    let blocked = items.iter().any(|item| matches!(item.outcome, Outcome::Blocked(_)));
    let whole = if proofs.iter().any(Option::is_some) {
        Outcome::Passed("The entry records this signature, its signer and its digest".to_owned())
    } else if blocked {
        Outcome::Blocked(Key::CHECK)
    } else {
        Outcome::NotPresent("No entry by a log of the trusted root".to_owned())
    };
    (Finding::from_items(EntryBinding::CHECK, items, whole), proofs)
}

fn bind(view: &EntryInView<'_>, bundled: &Bundled<'_>) -> Result<BoundEntry, Failure> {
    let place = view.place("canonicalizedBody");
    let body = view.body.as_ref().map_err(|error| Failure::from_fault(error, &place))?;
    let compare = Compare { bundled, place: &place };
    match (body, bundled.content) {
        (EntryBody::HashedRekord001(body), Content::Message(message)) => {
            compare.digest(&body.digest)?;
            compare.signature(&body.signature, &message.signature)?;
            compare.signer(&body.verifier)?;
        }
        (EntryBody::HashedRekord002(body), Content::Message(message)) => {
            compare.key_details(body)?;
            compare.digest(&body.digest)?;
            compare.signature(&body.signature, &message.signature)?;
            compare.signer(&body.verifier)?;
        }
        (EntryBody::HashedRekord002(body), Content::Dsse(envelope)) => {
            compare.key_details(body)?;
            compare.encoding_digest(&body.digest, envelope)?;
            compare.envelope_signature(&body.signature, envelope)?;
            compare.signer(&body.verifier)?;
        }
        (EntryBody::Dsse001(body), Content::Dsse(envelope)) => {
            compare.payload(&body.payload_hash, envelope)?;
            compare.envelope_signature(&body.signature, envelope)?;
            compare.signer(&body.verifier)?;
        }
        (EntryBody::Intoto002(body), Content::Dsse(envelope)) => compare.intoto(body, envelope)?,
        (EntryBody::Intoto001(_), Content::Dsse(_)) => {
            return Err(Failure::new(
                Cause::EntryBindingWeak,
                "an entry that records the signature",
                "intoto 0.0.1, which records none",
                place,
            ));
        }
        (body, content) => return Err(compare.kind(body, content)),
    }
    Ok(BoundEntry { _private: () })
}

/// The single comparisons; each fails with its own cause.
struct Compare<'c> {
    bundled: &'c Bundled<'c>,
    place: &'c str,
}

impl Compare<'_> {
    fn fail(&self, cause: Cause, expected: String, found: String) -> Failure {
        Failure::new(cause, expected, found, self.place)
    }

    /// B-82.
    fn kind(&self, body: &EntryBody, content: &Content) -> Failure {
        let (kind, version) = body.entry_type();
        let expected = match content {
            Content::Message(_) => "an entry for a signature over a file (hashedrekord)",
            Content::Dsse(_) => "an entry for an envelope (dsse, intoto 0.0.2, hashedrekord 0.0.2)",
        };
        self.fail(Cause::EntryKindDoesNotFit, expected.to_owned(), format!("{kind} {version}"))
    }

    fn signature(&self, logged: &[u8], bundled: &[u8]) -> Result<(), Failure> {
        if logged == bundled {
            return Ok(());
        }
        Err(self.fail(
            Cause::EntrySignatureDiffers,
            format!("the bundle's signature, {}", hex::encode(bundled)),
            hex::encode(logged),
        ))
    }

    fn envelope_signature(&self, logged: &[u8], envelope: &Envelope) -> Result<(), Failure> {
        self.signature(logged, envelope.signatures.first().map_or(&[], |signature| &signature.sig))
    }

    /// B-83, B-84: the certificate itself, not only its key; DER against DER.
    fn signer(&self, logged: &Verifier) -> Result<(), Failure> {
        match (logged, self.bundled.leaf, self.bundled.key) {
            (Verifier::Certificate(logged), Some(leaf), _) if logged == leaf => Ok(()),
            (Verifier::Certificate(logged), Some(leaf), _) => Err(self.fail(
                Cause::EntryKeyDiffers,
                format!("the bundle's certificate, SHA-256 {}", hex::encode(&sha256(leaf))),
                format!("a certificate with SHA-256 {}", hex::encode(&sha256(logged))),
            )),
            (Verifier::PublicKey(logged), None, Some(key)) if logged == key.spki_der() => Ok(()),
            (Verifier::PublicKey(logged), None, key) => Err(self.fail(
                Cause::EntryKeyDiffers,
                key.map_or_else(
                    || "the key that you give".to_owned(),
                    |key| format!("the key given, SHA-256 {}", hex::encode(&sha256(key.spki_der()))),
                ),
                format!("a key with SHA-256 {}", hex::encode(&sha256(logged))),
            )),
            (Verifier::PublicKey(_), Some(_), _) => Err(self.fail(
                Cause::EntryKeyKindDiffers,
                "the bundle's certificate".to_owned(),
                "a bare public key".to_owned(),
            )),
            // Logged with a certificate, bundled with its bare key: the key is what can be compared.
            (Verifier::Certificate(logged), None, Some(key)) if certifies(logged, key) => Ok(()),
            (Verifier::Certificate(_), None, _) => {
                Err(self.fail(Cause::EntryKeyKindDiffers, "a bare public key".to_owned(), "a certificate".to_owned()))
            }
        }
    }

    /// Digest of the artifact, under the algorithm that verified (B-89).
    fn digest(&self, logged: &LoggedDigest) -> Result<(), Failure> {
        let name = logged.algorithm.digest_name();
        let algorithm = digest_algorithm(logged.algorithm);
        self.digest_algorithm(algorithm, name)?;
        // Without the artifact and without a hint there is nothing to compare with; the verdict is open then anyway.
        let Some(expected) = algorithm.and_then(|algorithm| (self.bundled.digest)(algorithm)) else { return Ok(()) };
        if expected.as_bytes() == logged.bytes {
            return Ok(());
        }
        Err(self.fail(
            Cause::EntryDigestDiffers,
            expected.to_string(),
            format!("{name}:{}", hex::encode(&logged.bytes)),
        ))
    }

    /// B-89: the entry's digest is of the algorithm that the signature is over.
    fn digest_algorithm(&self, algorithm: Option<DigestAlgorithm>, name: &str) -> Result<(), Failure> {
        let with = self.bundled.verified_with.and_then(|scheme| scheme.digest_algorithm());
        match with {
            Some(with) if algorithm != Some(with) => Err(self.fail(
                Cause::EntryDigestAlgorithmDiffers,
                format!("a {} digest, which the signature is over", with.name()),
                format!("a {name} digest"),
            )),
            _ => Ok(()),
        }
    }

    /// B-74: the digest of the pre-authentication encoding.
    fn encoding_digest(&self, logged: &LoggedDigest, envelope: &Envelope) -> Result<(), Failure> {
        let name = logged.algorithm.digest_name();
        let algorithm = digest_algorithm(logged.algorithm);
        self.digest_algorithm(algorithm, name)?;
        let computed = algorithm.map(|algorithm| algorithm.digest(&envelope.pre_authentication_encoding()));
        if computed.is_some_and(|computed| computed.as_bytes() == logged.bytes) {
            return Ok(());
        }
        Err(self.fail(
            Cause::EntryPayloadHashDiffers,
            computed.map_or_else(|| "a SHA-2 digest of the envelope".to_owned(), |computed| computed.to_string()),
            format!("{name}:{}", hex::encode(&logged.bytes)),
        ))
    }

    fn payload(&self, logged: &LoggedDigest, envelope: &Envelope) -> Result<(), Failure> {
        let computed = digest_algorithm(logged.algorithm).map(|algorithm| algorithm.digest(&envelope.payload));
        if computed.is_some_and(|computed| computed.as_bytes() == logged.bytes) {
            return Ok(());
        }
        let name = logged.algorithm.digest_name();
        Err(self.fail(
            Cause::EntryPayloadHashDiffers,
            computed.map_or_else(|| "a SHA-2 digest of the payload".to_owned(), |computed| computed.to_string()),
            format!("{name}:{}", hex::encode(&logged.bytes)),
        ))
    }

    fn intoto(&self, body: &Intoto002, envelope: &Envelope) -> Result<(), Failure> {
        self.payload(&body.payload_hash, envelope)?;
        if body.payload_type != envelope.payload_type {
            return Err(self.fail(
                Cause::EntryPayloadTypeDiffers,
                envelope.payload_type.clone(),
                body.payload_type.clone(),
            ));
        }
        let keyid = envelope.signatures.first().map_or("", |signature| signature.keyid.as_str());
        if let Some(logged) = body.keyid.as_deref().filter(|logged| *logged != keyid) {
            return Err(self.fail(Cause::EntryKeyIdDiffers, format!("key id {keyid:?}"), format!("key id {logged:?}")));
        }
        self.envelope_signature(&body.signature, envelope)?;
        self.signer(&body.verifier)
    }

    /// B-76: what the log recorded of the key is what the key is, and how it signed. Of what signs without a digest, and of the
    /// older choices of hash, such a log has no entry (B-74).
    fn key_details(&self, body: &HashedRekord002) -> Result<(), Failure> {
        let Some(key) = self.bundled.key else { return Ok(()) };
        let with = self.bundled.verified_with;
        if fits(body.key_details, key.kind()) && with.is_none_or(|scheme| names_scheme(body.key_details, scheme)) {
            return Ok(());
        }
        let expected = match with {
            Some(scheme) => format!("the details of a {} key that signed with {}", key.kind(), scheme.name()),
            None => format!("the details of the signer's {} key", key.kind()),
        };
        Err(self.fail(Cause::EntryKeyDetailsDiffer, expected, body.key_details.proto_name().to_owned()))
    }
}

fn certifies(certificate: &[u8], key: &PublicKey) -> bool {
    Certificate::parse(certificate).is_ok_and(|certificate| certificate.spki_der == key.spki_der())
}

/// Whether `details` of the right kind of key stand for `scheme`.
fn names_scheme(details: PublicKeyDetails, scheme: SignatureScheme) -> bool {
    use PublicKeyDetails as D;
    match scheme {
        SignatureScheme::Ecdsa { curve, digest } => curve.own_digest() == digest,
        SignatureScheme::Ed25519ph => true,
        SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256) => matches!(
            details,
            D::PkixRsaPkcs1v15_2048Sha256 | D::PkixRsaPkcs1v15_3072Sha256 | D::PkixRsaPkcs1v15_4096Sha256
        ),
        SignatureScheme::RsaPss(DigestAlgorithm::Sha256) => {
            matches!(details, D::PkixRsaPss2048Sha256 | D::PkixRsaPss3072Sha256 | D::PkixRsaPss4096Sha256)
        }
        _ => false,
    }
}

fn fits(details: PublicKeyDetails, key: KeyKind) -> bool {
    use PublicKeyDetails as D;
    match key {
        KeyKind::EcdsaP256 => details == D::PkixEcdsaP256Sha256,
        KeyKind::EcdsaP384 => details == D::PkixEcdsaP384Sha384,
        KeyKind::EcdsaP521 => details == D::PkixEcdsaP521Sha512,
        KeyKind::Ed25519 => details == D::PkixEd25519Ph,
        KeyKind::Rsa { bits: 2048 } => matches!(details, D::PkixRsaPkcs1v15_2048Sha256 | D::PkixRsaPss2048Sha256),
        KeyKind::Rsa { bits: 3072 } => matches!(details, D::PkixRsaPkcs1v15_3072Sha256 | D::PkixRsaPss3072Sha256),
        KeyKind::Rsa { bits: 4096 } => matches!(details, D::PkixRsaPkcs1v15_4096Sha256 | D::PkixRsaPss4096Sha256),
        KeyKind::Rsa { .. } => false,
    }
}
