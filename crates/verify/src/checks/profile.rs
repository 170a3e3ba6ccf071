//! Certificate profile: spec B.6, C.1, C.2.

use touchstone_crypto::PublicKey;
use touchstone_formats::fulcio::{FulcioExtensions, identities};
use touchstone_formats::oid;
use touchstone_formats::x509::{Certificate, GeneralName};
use touchstone_trust::LeafProfile;

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};

check! {
    /// Is the certificate made for signing software, and does it say clearly who signs?
    ///
    /// # What
    /// The certificate belongs to a signer and to no authority; its key may sign data; it is for code signing; it names
    /// exactly one signer; what it says twice it says alike; and it demands nothing that is not understood here.
    ///
    /// # Why
    /// Authorities issue certificates for many purposes. One that was made for another purpose, or that can be read in
    /// two ways, must not vouch for software.
    ///
    /// # Harmless
    /// - the certificate was made by a private authority with other habits
    ///
    /// # Do
    /// Ask the project which authority issued its certificate and for what.
    ///
    /// # Specification
    /// Fulcio certificate specification; RFC 5280 §4.2 (B-37 to B-41, C-1, C-2)
    Profile, "profile", Certificate, "Profile"
}

/// A certificate that may sign software, with the one name and the claims that it makes.
#[derive(Debug)]
pub(crate) struct SignerCertificate {
    pub(crate) name: GeneralName,
    pub(crate) claims: FulcioExtensions,
    pub(crate) key: PublicKey,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    leaf: Option<&Certificate>,
    place: &str,
    profile: LeafProfile,
) -> (Finding, Option<SignerCertificate>) {
    let Some(leaf) = leaf else {
        let absent = Outcome::NotPresent("Signed with a key: there is no certificate.".to_owned());
        return (Finding::new(Profile::CHECK, absent), None);
    };
    match examine(leaf, place, profile) {
        Ok(signer) => {
            let passed = Outcome::Passed("A signing certificate that names one signer".to_owned());
            (Finding::new(Profile::CHECK, passed), Some(signer))
        }
        Err(failure) => (Finding::new(Profile::CHECK, Outcome::Failed(failure)), None),
    }
}

fn examine(leaf: &Certificate, place: &str, profile: LeafProfile) -> Result<SignerCertificate, Failure> {
    check_purpose(leaf, place)?;
    let name = only_name(leaf, place)?;
    let claims = FulcioExtensions::parse(leaf).map_err(|error| Failure::from_fault(&error, place))?;
    check_agreement(&claims, place)?;
    if profile == LeafProfile::Fulcio {
        check_fulcio(leaf, &name, &claims, place)?;
    }
    let key = PublicKey::from_spki_der(&leaf.spki_der).map_err(|error| {
        Failure::new(Cause::LeafKeyUnusable, "an ECDSA, RSA or Ed25519 key", error.to_string(), place)
    })?;
    Ok(SignerCertificate { name, claims, key })
}

/// B-37 to B-39.
fn check_purpose(leaf: &Certificate, place: &str) -> Result<(), Failure> {
    let fail = |cause, expected: &str, found: String| Err(Failure::new(cause, expected, found, place));
    if leaf.basic_constraints.is_some_and(|constraints| constraints.ca) {
        return fail(Cause::LeafIsAuthority, "a signer's certificate", "an authority's certificate".to_owned());
    }
    if !leaf.key_usage.is_some_and(|usage| usage.digital_signature()) {
        let found = if leaf.key_usage.is_some() { "key usage without it" } else { "no key usage" };
        return fail(Cause::LeafKeyUsage, "key usage digitalSignature", found.to_owned());
    }
    if !leaf.extended_key_usage.as_ref().is_some_and(|usage| usage.contains(&oid::CODE_SIGNING)) {
        let found = leaf.extended_key_usage.as_ref().map_or_else(
            || "no extended key usage".to_owned(),
            |usage| usage.purposes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        );
        return fail(Cause::LeafExtendedKeyUsage, "extended key usage codeSigning (1.3.6.1.5.5.7.3.3)", found);
    }
    let unknown = leaf.unrecognised_critical();
    if !unknown.is_empty() {
        let found = unknown.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return fail(Cause::LeafCriticalExtension, "no critical extension beyond those understood here", found);
    }
    Ok(())
}

/// B-40: exactly one name, of a kind that has a text.
fn only_name(leaf: &Certificate, place: &str) -> Result<GeneralName, Failure> {
    match identities(leaf) {
        [name] => Ok(name.clone()),
        names => Err(Failure::new(
            Cause::LeafNameCount,
            "exactly one subject alternative name",
            match names.len() {
                0 => "none".to_owned(),
                count => format!("{count}"),
            },
            place,
        )),
    }
}

/// C-2: what is said twice is said alike.
fn check_agreement(claims: &FulcioExtensions, place: &str) -> Result<(), Failure> {
    match claims.disagreements().into_iter().next() {
        None => Ok(()),
        Some(disagreement) => Err(Failure::new(
            Cause::LeafExtensionsDisagree,
            format!(
                "{} = {} (as {} says)",
                disagreement.current.name, disagreement.expected, disagreement.deprecated.oid
            ),
            disagreement.found,
            place,
        )),
    }
}

/// B-40: what Fulcio's certificates have beyond what every signing certificate has.
fn check_fulcio(leaf: &Certificate, name: &GeneralName, claims: &FulcioExtensions, place: &str) -> Result<(), Failure> {
    let fail = |cause, expected: &str, found: String| Err(Failure::new(cause, expected, found, place));
    if !matches!(name, GeneralName::Uri(_) | GeneralName::Email(_) | GeneralName::Username(_)) {
        return fail(
            Cause::LeafNameKind,
            "a URI, an email address or a username",
            format!("a name of kind {}", name.kind()),
        );
    }
    // Fulcio's first certificates (2021) had a subject; those of today have none, and then the name must be critical.
    if leaf.subject.is_empty() && !leaf.subject_alt_names.as_ref().is_some_and(|names| names.critical) {
        return fail(
            Cause::LeafNameNotCritical,
            "a critical name, since the subject is empty",
            "a name that is not critical".to_owned(),
        );
    }
    if !leaf.subject.is_empty() && claims.value(8).is_some() {
        return fail(Cause::LeafSubjectNotEmpty, "an empty subject", leaf.subject.to_string());
    }
    if claims.issuer().is_none() {
        return fail(
            Cause::LeafIssuerMissing,
            "the issuer of the identity (1.3.6.1.4.1.57264.1.8 or .1)",
            "neither".to_owned(),
        );
    }
    Ok(())
}
