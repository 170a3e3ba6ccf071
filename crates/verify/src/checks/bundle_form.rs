//! Bundle form: spec A.

use touchstone_formats::bundle::{Bundle, BundleError, KeyMaterial};
use touchstone_formats::evidence::Form;
use touchstone_formats::x509::Certificate;

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};
use crate::policy::Policy;

check! {
    /// Can the bundle be read, whole and without doubt?
    ///
    /// # What
    /// The bundle is one JSON object of a known version, with one signature, one form of key and everything that its
    /// version must hold. Every size, depth and count is capped. A member that stands twice is refused, because two
    /// programs could read two different things.
    ///
    /// # Why
    /// Everything else is read from it. A bundle that can be read in two ways can be verified in one and used in the
    /// other.
    ///
    /// # Harmless
    /// - the download stopped early
    /// - a web page was saved in place of the file
    /// - it is another kind of file with a similar name
    ///
    /// # Do
    /// Download the bundle again from the project itself.
    ///
    /// # Specification
    /// Sigstore bundle format; client specification §4.1, §5
    BundleForm, "bundle-form", Bundle, "Bundle form"
}

/// A bundle whose shape is known and whose certificates could be read. Still believed by nobody.
pub(crate) struct WellFormed<'a> {
    pub(crate) bundle: &'a Bundle,
    /// The signing certificate; none when the bundle was signed with a key.
    pub(crate) leaf: Option<Certificate>,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run<'a>(
    bundle: Result<&'a Bundle, &BundleError>,
    wrapped_as: Form,
    policy: &Policy,
) -> (Finding, Option<WellFormed<'a>>) {
    match read(bundle, policy) {
        Ok(form) => {
            let outcome = match form.bundle.irregular.first() {
                None if form.bundle.media_type.is_empty() => {
                    Outcome::Passed(format!("Read from: {}", wrapped_as.name()))
                }
                None => Outcome::Passed(format!("Sigstore bundle v{}", form.bundle.version.as_str())),
                Some(irregular) => Outcome::Failed(Failure::from_fault(irregular, "")),
            };
            (Finding::new(BundleForm::CHECK, outcome), Some(form))
        }
        Err(failure) => (Finding::new(BundleForm::CHECK, Outcome::Failed(failure)), None),
    }
}

fn read<'a>(bundle: Result<&'a Bundle, &BundleError>, policy: &Policy) -> Result<WellFormed<'a>, Failure> {
    let bundle = bundle.map_err(|error| Failure::from_fault(error, ""))?;
    if let Some(minimum) = policy.minimum_version.filter(|minimum| bundle.version < *minimum) {
        return Err(Failure::new(
            Cause::BundleVersionTooOld,
            format!("v{} or newer", minimum.as_str()),
            format!("v{}", bundle.version.as_str()),
            "$.mediaType",
        ));
    }
    Ok(WellFormed { bundle, leaf: certificates(&bundle.material.key)? })
}

/// each certificate is one DER certificate. The first is the signer's; nothing is taken from the others.
fn certificates(key: &KeyMaterial) -> Result<Option<Certificate>, Failure> {
    let parse = |der: &[u8], place: &str| Certificate::parse(der).map_err(|error| Failure::from_fault(&error, place));
    match key {
        KeyMaterial::Certificate(der) => parse(der, key.path()).map(Some),
        KeyMaterial::CertificateChain(chain) => {
            let mut leaf = None;
            for (index, der) in chain.iter().enumerate() {
                let place = format!("$.verificationMaterial.x509CertificateChain.certificates[{index}].rawBytes");
                let certificate = parse(der, &place)?;
                if index == 0 {
                    leaf = Some(certificate);
                }
            }
            Ok(leaf)
        }
        KeyMaterial::PublicKeyHint(_) => Ok(None),
    }
}
