//! A managed key: spec.

use touchstone_crypto::{PublicKey, sha256};
use touchstone_formats::bundle::KeyMaterial;
use touchstone_formats::hex;

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::{ManagedKey, SignerPolicy};

check! {
    /// Was it signed with the key that you trust?
    ///
    /// # What
    /// A bundle may be signed with a bare key in place of a certificate. Then the key has to come from you: the bundle
    /// only hints at it. A bundle with a certificate is refused when a key was expected, and the reverse.
    ///
    /// # Why
    /// A bare key names nobody. What it proves is that the holder of that key signed; who that is, you have to know.
    ///
    /// # Harmless
    /// - the project changed from keys to certificates, or the reverse
    ///
    /// # Do
    /// Take the key from the project's own site, not from the download.
    ///
    /// # Specification
    /// Sigstore bundle format, PublicKeyIdentifier; client specification §4.1
    Key, "key", Expected, "Key"
}

/// The key of the policy, where the bundle is signed with a key.
#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(material: &KeyMaterial, policy: &'a SignerPolicy) -> (Finding, Option<&'a ManagedKey>) {
    let given = match (policy, material) {
        (SignerPolicy::Key(key), _) => Some(key),
        (SignerPolicy::Keys(ring), KeyMaterial::PublicKeyHint(hint)) => ring.find(hint),
        (SignerPolicy::Anybody(ring), KeyMaterial::PublicKeyHint(hint)) => ring.only().or_else(|| ring.find(hint)),
        _ => None,
    };
    let signed_with_key = matches!(material, KeyMaterial::PublicKeyHint(_));
    let outcome = match (signed_with_key, given, policy) {
        (true, Some(key), _) if key.built_in => {
            Outcome::Passed(format!("A registry's key that is built in, {}", describe(&key.key)))
        }
        (true, Some(key), _) => Outcome::Passed(format!("The key given, {}", describe(&key.key))),
        (true, None, SignerPolicy::Anybody(ring)) if ring.is_empty() => Outcome::NotAsked(Open::Key),
        // E-41: no key of that id is a failure, not a question: keys were given, and none of them can have signed.
        (true, None, SignerPolicy::Keys(ring) | SignerPolicy::Anybody(ring)) => Outcome::Failed(Failure::new(
            Cause::KeyIdUnknown,
            format!("signed with one of the {} keys given", ring.keys().count()),
            hinted(material),
            material.path(),
        )),
        (true, None, _) => Outcome::NotAsked(Open::Key),
        (false, _, SignerPolicy::Key(key)) => Outcome::Failed(Failure::new(
            Cause::CertificateInsteadOfKey,
            format!("signed with the key given, {}", describe(&key.key)),
            "signed with a certificate",
            material.path(),
        )),
        (false, _, SignerPolicy::Keys(ring)) => Outcome::Failed(Failure::new(
            Cause::CertificateInsteadOfKey,
            format!("signed with one of the {} keys given", ring.keys().count()),
            "signed with a certificate",
            material.path(),
        )),
        (false, _, _) => Outcome::NotPresent("Signed with a certificate, not with a bare key".to_owned()),
    };
    (Finding::new(Key::CHECK, outcome), given.filter(|_| signed_with_key))
}

fn hinted(material: &KeyMaterial) -> String {
    match material {
        KeyMaterial::PublicKeyHint(hint) if !hint.is_empty() => format!("a key with the id {hint}"),
        _ => "a key without an id".to_owned(),
    }
}

fn describe(key: &PublicKey) -> String {
    format!("{} with SHA-256 {}", key.kind(), hex::encode(&sha256(key.spki_der())))
}
