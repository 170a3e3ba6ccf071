//! RFC 3161 timestamps: spec B.5.

use touchstone_crypto::PublicKey;
use touchstone_crypto::{SignatureVerifier, Signed, legacy_sha1};
use touchstone_formats::timestamp::{IssuerSerial, SignerInfo, TimeStampResponse, TimeStampToken};
use touchstone_formats::x509::{AlgorithmIdentifier, Certificate, SignatureAlgorithm};
use touchstone_formats::{UnixMillis, hex, oid};
use touchstone_trust::{Authority, CheckedAuthority, TrustedRoot, certificate_signature_scheme, digest_algorithm};

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::text;

check! {
    /// Did a timestamp authority see this signature, and when?
    ///
    /// # What
    /// A timestamp is a signed statement: these bytes existed at that moment. The bytes must be this bundle's
    /// signature; the certificate that signed must be an authority of the trusted root, made for timestamps alone and
    /// valid at that moment. Timestamps by authorities that the root does not name are listed and not counted.
    ///
    /// # Why
    /// It is an independent word for the time of signing, and the only one where the log gives none.
    ///
    /// # Harmless
    /// - the trusted root is older than the authority: get a newer one
    /// - the timestamp was made for another signature of the same file
    ///
    /// # Do
    /// Ask the project for a bundle with a timestamp by an authority that the trusted root names.
    ///
    /// # Specification
    /// RFC 3161, RFC 5652, RFC 5035; client specification §4.2.1 (B-25 to B-35)
    Timestamps, "timestamps", Time, "Timestamps"
}

/// Proof that an authority of the trusted root stamped this bundle's signature.
pub(crate) struct VerifiedTimestamp<'a> {
    authority: &'a Authority,
    time: UnixMillis,
}

impl<'a> VerifiedTimestamp<'a> {
    pub(crate) fn authority(&self) -> &'a Authority {
        self.authority
    }

    pub(crate) fn time(&self) -> UnixMillis {
        self.time
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    timestamps: &[Vec<u8>],
    signature: &[u8],
    root: &'a TrustedRoot,
    required: u32,
    crypto: &dyn SignatureVerifier,
) -> (Finding, Vec<Option<VerifiedTimestamp<'a>>>) {
    let mut items = Vec::new();
    let mut proofs = Vec::new();
    for (index, der) in timestamps.iter().enumerate() {
        let place =
            format!("$.verificationMaterial.timestampVerificationData.rfc3161Timestamps[{index}].signedTimestamp");
        let (outcome, proof) = examine(der, signature, root, &place, crypto);
        items.push(Item { place, outcome });
        proofs.push(proof);
    }
    set_strays_aside(&mut items, &proofs);
    let whole = whole(&proofs, timestamps.len(), required);
    (Finding::from_items(Timestamps::CHECK, items, whole), proofs)
}

/// A timestamp of other bytes, right in all else, says nothing about this signature, and nothing against it. Beside one that is over
/// this signature it is reported and not counted; alone it fails (B-5, B-27).
fn set_strays_aside(items: &mut [Item], proofs: &[Option<VerifiedTimestamp<'_>>]) {
    if proofs.iter().all(Option::is_none) {
        return;
    }
    for item in items {
        if matches!(&item.outcome, Outcome::Failed(failure) if failure.cause == Cause::TimestampImprintDiffers) {
            item.outcome =
                Outcome::NotPresent("A timestamp by this authority, but of other bytes: not counted".to_owned());
        }
    }
}

fn whole(proofs: &[Option<VerifiedTimestamp<'_>>], present: usize, required: u32) -> Outcome {
    let mut authorities: Vec<usize> = proofs.iter().flatten().map(|proof| proof.authority.party()).collect();
    authorities.sort_unstable();
    authorities.dedup();
    let found = u32::try_from(authorities.len()).unwrap_or(u32::MAX);
    if found < required {
        return Outcome::Failed(Failure::new(
            Cause::NotEnoughTimestampAuthorities,
            format!("timestamps by {required} authorities of the trusted root"),
            format!("by {found}, of {present} timestamps in the bundle"),
            "$.verificationMaterial.timestampVerificationData",
        ));
    }
    match proofs.iter().flatten().next() {
        Some(first) => {
            Outcome::Passed(format!("{} saw the signature at {}", first.authority.name(), text::instant(first.time)))
        }
        None if present == 0 => Outcome::NotPresent("No timestamp, and none is required".to_owned()),
        None => Outcome::NotPresent("No timestamp by an authority of the trusted root".to_owned()),
    }
}

fn examine<'a>(
    der: &[u8],
    signature: &[u8],
    root: &'a TrustedRoot,
    place: &str,
    crypto: &dyn SignatureVerifier,
) -> (Outcome, Option<VerifiedTimestamp<'a>>) {
    let token = match TimeStampResponse::parse(der) {
        Ok(response) => response.token,
        Err(error) => return (Outcome::Failed(Failure::from_fault(&error, place)), None),
    };
    let mut best: Option<Failure> = None;
    for authority in &root.timestamp_authorities {
        let signer = match signer_certificate(&token, authority, crypto) {
            SignerMatch::Other => continue,
            SignerMatch::Refused(failure) => Err(failure),
            SignerMatch::Found { certificate, issuer } => Ok((certificate, issuer)),
        };
        let verified = signer.and_then(|(certificate, issuer)| {
            Examined { token: &token, certificate: &certificate, authority, issuer, place }.verify(signature, crypto)
        });
        match verified {
            Ok(time) => {
                let said = format!("{}: {}", authority.name(), text::instant(time));
                return (Outcome::Passed(said), Some(VerifiedTimestamp { authority, time }));
            }
            Err(failure) => {
                let tells_more = best.as_ref().is_none_or(|best| best.cause.rank() < failure.cause.rank());
                if tells_more {
                    best = Some(Failure { place: place.to_owned(), ..failure });
                }
            }
        }
    }
    match best {
        Some(failure) => (Outcome::Failed(failure), None),
        None => {
            let unknown = "By an authority that the trusted root does not name: not counted".to_owned();
            (Outcome::NotPresent(unknown), None)
        }
    }
}

/// Whether the token is this authority's, and which certificate signed it.
enum SignerMatch {
    /// Not this authority's.
    Other,
    /// It says that it is, and cannot be.
    Refused(Failure),
    /// This certificate: every later check is on this one (B-29, H-13).
    Found {
        certificate: Box<Certificate>,
        /// Where its issuer stands in the authority's chain; `None` when the root holds the certificate itself.
        issuer: Option<usize>,
    },
}

/// B-29: the authority's own certificate where the root has it, else the embedded one that this authority issued.
fn signer_certificate(token: &TimeStampToken, authority: &Authority, crypto: &dyn SignatureVerifier) -> SignerMatch {
    let embedded =
        || token.parsed_certificates().flatten().filter(|certificate| token.signer.sid.identifies(certificate));
    if let Some(leaf) = &authority.leaf {
        if !token.signer.sid.identifies(leaf) {
            return SignerMatch::Other;
        }
        let refused = |found: String| {
            SignerMatch::Refused(Failure::new(
                Cause::TimestampEmbeddedCertificateDiffers,
                format!("the certificate of {} in the trusted root", leaf.subject),
                found,
                "",
            ))
        };
        if let Some(other) = embedded().find(|certificate| certificate.der != leaf.der) {
            return refused(format!("another one of {}", other.subject));
        }
        // A token that brings certificates brings its signer's (RFC 3161 §2.4.1, certReq); others may stand beside it.
        if !token.certificates.is_empty() && !token.certificates.contains(&leaf.der) {
            return refused("other certificates alone".to_owned());
        }
        return SignerMatch::Found { certificate: Box::new(leaf.clone()), issuer: None };
    }
    let issued = embedded().find_map(|certificate| {
        let issued = |issuer: &usize| authority.verify_issued(&certificate, *issuer, crypto).is_ok();
        let issuer = authority.named_by(&certificate).find(issued)?;
        Some(SignerMatch::Found { certificate: Box::new(certificate), issuer: Some(issuer) })
    });
    issued.unwrap_or(SignerMatch::Other)
}

/// A token with the certificate that must have signed it.
struct Examined<'e> {
    token: &'e TimeStampToken,
    certificate: &'e Certificate,
    authority: &'e Authority,
    /// Where in the authority's chain the certificate's issuer stands; `None` when the root holds the certificate.
    issuer: Option<usize>,
    place: &'e str,
}

impl Examined<'_> {
    fn fail(&self, cause: Cause, expected: impl Into<String>, found: impl Into<String>) -> Failure {
        Failure::new(cause, expected, found, self.place)
    }

    fn verify(&self, signature: &[u8], crypto: &dyn SignatureVerifier) -> Result<UnixMillis, Failure> {
        let path = self.check_path(crypto)?;
        self.check_profile()?;
        self.check_signature(crypto)?;
        self.check_digest_attribute()?;
        self.check_certificate_id()?;
        let time = self.check_time(path)?;
        // Last, so that a token which fails here is genuine in everything else.
        self.check_imprint(signature)?;
        Ok(time)
    }

    /// B-31, B-37: the authority's chain, up to its anchor.
    fn check_path(&self, crypto: &dyn SignatureVerifier) -> Result<CheckedAuthority<'_>, Failure> {
        let path = match self.issuer {
            None => self.authority.check_path_from_leaf(crypto),
            Some(issuer) => self.authority.check_path_from(issuer, crypto),
        };
        path.map_err(|failure| {
            let found = format!("the certificate of {} {}", failure.subject, failure.kind.describe());
            self.fail(Cause::TimestampPathInvalid, "a path to the anchor of the trusted root", found)
        })
    }

    /// B-32.
    fn check_profile(&self) -> Result<(), Failure> {
        let wrong = |found: &str| {
            let expected = "a certificate for timestamps alone (critical extended key usage timeStamping)";
            Err(self.fail(Cause::TimestampCertificateProfile, expected, found))
        };
        if self.certificate.basic_constraints.is_some_and(|constraints| constraints.ca) {
            return wrong("an authority's certificate");
        }
        match &self.certificate.extended_key_usage {
            Some(usage) if !usage.critical => return wrong("an extended key usage that is not critical"),
            Some(usage) if usage.purposes != [oid::TIME_STAMPING] => return wrong("another extended key usage"),
            Some(_) => {}
            None => return wrong("no extended key usage"),
        }
        if self.certificate.key_usage.is_some_and(|usage| !usage.digital_signature() && !usage.content_commitment()) {
            return wrong("a key usage without digitalSignature and nonRepudiation");
        }
        if self.certificate.unrecognised_critical().is_empty() {
            Ok(())
        } else {
            wrong("a critical extension that is not understood here")
        }
    }

    /// B-28: over the signed attributes, re-tagged as a SET OF.
    fn check_signature(&self, crypto: &dyn SignatureVerifier) -> Result<(), Failure> {
        let signer = &self.token.signer;
        let unsupported = || {
            self.fail(
                Cause::TimestampAlgorithmUnsupported,
                "ECDSA or RSA with SHA-256, SHA-384 or SHA-512",
                format!("{} with {}", signer.signature_algorithm.oid, signer.digest_algorithm.oid),
            )
        };
        let key = PublicKey::from_spki_der(&self.certificate.spki_der)
            .map_err(|error| self.fail(Cause::TimestampAlgorithmUnsupported, "a usable key", error.to_string()))?;
        let scheme = cms_algorithm(signer)
            .and_then(|algorithm| certificate_signature_scheme(algorithm, &key))
            .ok_or_else(unsupported)?;
        let signed = signer.signed_attributes.as_set();
        crypto.verify(scheme, &key, Signed::Message(&signed), &signer.signature).map_err(|error| {
            let expected = format!("a signature by {}", self.certificate.subject);
            self.fail(Cause::TimestampSignatureInvalid, expected, error.to_string())
        })
    }

    /// B-28: the attributes speak about this content.
    fn check_digest_attribute(&self) -> Result<(), Failure> {
        let signer = &self.token.signer;
        let computed = self.hash(&signer.digest_algorithm, &self.token.content)?;
        if computed == signer.signed_attributes.message_digest {
            return Ok(());
        }
        Err(self.fail(
            Cause::TimestampDigestAttributeDiffers,
            hex::encode(&computed),
            hex::encode(&signer.signed_attributes.message_digest),
        ))
    }

    /// B-30: the token names the certificate that signed it.
    fn check_certificate_id(&self) -> Result<(), Failure> {
        let attributes = &self.token.signer.signed_attributes;
        let differs = |expected: Vec<u8>, found: &[u8]| {
            self.fail(
                Cause::TimestampCertificateIdDiffers,
                format!("the certificate with digest {}", hex::encode(&expected)),
                hex::encode(found),
            )
        };
        if let Some(id) = &attributes.signing_certificate {
            let computed = legacy_sha1(&self.certificate.der);
            if computed.as_slice() != id.cert_hash {
                return Err(differs(computed.to_vec(), &id.cert_hash));
            }
            self.check_issuer_serial(id.issuer_serial.as_ref())?;
        }
        match &attributes.signing_certificate_v2 {
            Some(id) => {
                let computed = self.hash(&id.hash_algorithm, &self.certificate.der)?;
                // The digest keeps a token's certificate from being exchanged for another of the same key. Where the
                // root itself holds the certificate there is no choice to attack, and issuer and serial are enough:
                // that is all that Sigstore's own verifier compares, and some authorities' digests are wrong.
                let pinned = self.issuer.is_none() && id.issuer_serial.is_some();
                if computed != id.cert_hash && !pinned {
                    return Err(differs(computed, &id.cert_hash));
                }
                self.check_issuer_serial(id.issuer_serial.as_ref())
            }
            // SHA-1 may agree, it may not decide: then the root itself must hold the certificate.
            None if self.authority.leaf.is_some() => Ok(()),
            None => Err(self.fail(
                Cause::TimestampCertificateIdWeak,
                "the certificate's SHA-2 digest, or the certificate itself in the trusted root",
                "its SHA-1 digest alone",
            )),
        }
    }

    fn check_issuer_serial(&self, named: Option<&IssuerSerial>) -> Result<(), Failure> {
        let matches = named.is_none_or(|named| {
            named.serial == self.certificate.serial && named.issuer.same_as(&self.certificate.issuer)
        });
        if matches {
            return Ok(());
        }
        Err(self.fail(
            Cause::TimestampCertificateIdDiffers,
            format!("issuer {} and serial {}", self.certificate.issuer, hex::encode(&self.certificate.serial)),
            named.map(|named| format!("{} and {}", named.issuer, hex::encode(&named.serial))).unwrap_or_default(),
        ))
    }

    /// B-27: the imprint is of the signature's bytes.
    fn check_imprint(&self, signature: &[u8]) -> Result<(), Failure> {
        let imprint = &self.token.tst_info.imprint;
        let computed = self.hash(&imprint.hash_algorithm, signature)?;
        if computed == imprint.hashed_message {
            return Ok(());
        }
        Err(self.fail(
            Cause::TimestampImprintDiffers,
            format!("{}, the digest of the bundle's signature", hex::encode(&computed)),
            hex::encode(&imprint.hashed_message),
        ))
    }

    /// B-31: at the token's own time, not now.
    fn check_time(&self, path: CheckedAuthority<'_>) -> Result<UnixMillis, Failure> {
        let time = self.token.tst_info.gen_time;
        let outside = |certificate: &Certificate| {
            self.fail(
                Cause::TimestampOutsideCertificate,
                format!(
                    "{} valid then: {} to {}",
                    certificate.subject,
                    text::instant(certificate.not_before),
                    text::instant(certificate.not_after)
                ),
                text::instant(time),
            )
        };
        if time < self.certificate.not_before || self.certificate.not_after < time {
            return Err(outside(self.certificate));
        }
        if let Some(certificate) = path.invalid_at(time) {
            return Err(outside(certificate));
        }
        if self.authority.window.contains(time) {
            return Ok(time);
        }
        Err(self.fail(
            Cause::TimestampOutsideAuthorityWindow,
            format!("a time {}", text::window(&self.authority.window)),
            text::instant(time),
        ))
    }

    fn hash(&self, algorithm: &AlgorithmIdentifier, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let known = algorithm.hash_algorithm().ok().and_then(digest_algorithm);
        let Some(known) = known else {
            return Err(self.fail(
                Cause::TimestampAlgorithmUnsupported,
                "SHA-256, SHA-384 or SHA-512",
                algorithm.oid.to_string(),
            ));
        };
        Ok(known.digest(bytes).as_bytes().to_vec())
    }
}

/// B-28: a bare key algorithm takes its hash from the signer's digest algorithm.
fn cms_algorithm(signer: &SignerInfo) -> Option<SignatureAlgorithm> {
    use touchstone_formats::HashAlgorithm::{Sha2_256, Sha2_384, Sha2_512};
    let named = signer.signature_algorithm.signature_algorithm().ok()?;
    let hash = signer.digest_algorithm.hash_algorithm().ok()?;
    Some(match (named, hash) {
        (SignatureAlgorithm::EcPublicKey, Sha2_256) => SignatureAlgorithm::EcdsaWithSha256,
        (SignatureAlgorithm::EcPublicKey, Sha2_384) => SignatureAlgorithm::EcdsaWithSha384,
        (SignatureAlgorithm::EcPublicKey, Sha2_512) => SignatureAlgorithm::EcdsaWithSha512,
        (SignatureAlgorithm::RsaEncryption, Sha2_256) => SignatureAlgorithm::RsaPkcs1Sha256,
        (SignatureAlgorithm::RsaEncryption, Sha2_384) => SignatureAlgorithm::RsaPkcs1Sha384,
        (SignatureAlgorithm::RsaEncryption, Sha2_512) => SignatureAlgorithm::RsaPkcs1Sha512,
        (named, _) => named,
    })
}
