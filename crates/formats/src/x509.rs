//! X.509 certificates (RFC 5280), parsed and not believed.
//!
//! Signatures are over exact bytes, so every part that is signed, hashed or compared keeps the bytes it came with.

mod algorithm;
mod error;
mod extension;
mod name;
mod parse;
mod pem;
mod precertificate;

pub use algorithm::{AlgorithmError, AlgorithmIdentifier, SignatureAlgorithm};
pub use error::CertificateError;
pub use extension::{BasicConstraints, ExtendedKeyUsage, Extension, GeneralName, KeyUsage, SubjectAltNames};
pub use name::{Name, NameAttribute};
pub use pem::parse_pem_certificates;

pub(crate) use extension::{read_extensions, read_general_names};

use crate::{
    oid::{self, ObjectIdentifier},
    time::UnixMillis,
};

/// One X.509 v3 certificate: strict DER, nothing behind it, no extension twice (C-1).
///
/// The well-known extensions are decoded when the certificate is parsed; a malformed one is an error, never an absence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Certificate {
    /// The whole certificate, as it came.
    pub der: Vec<u8>,
    /// The `TBSCertificate`, header included: the bytes under the issuer's signature.
    pub tbs_der: Vec<u8>,
    /// Content octets of the serial number INTEGER, big-endian two's complement, minimal.
    pub serial: Vec<u8>,
    /// The signature algorithm; the outer and the inner one are byte-equal (RFC 5280 §4.1.1.2).
    pub signature_algorithm: AlgorithmIdentifier,
    /// The signature's bytes (the BIT STRING had no unused bits).
    pub signature: Vec<u8>,
    /// Issuer distinguished name.
    pub issuer: Name,
    /// Subject distinguished name; empty for Fulcio's leaves.
    pub subject: Name,
    /// First instant of validity, inclusive.
    pub not_before: UnixMillis,
    /// Last instant of validity, inclusive.
    pub not_after: UnixMillis,
    /// The `SubjectPublicKeyInfo`, header included.
    pub spki_der: Vec<u8>,
    /// All extensions, in order, each identifier once.
    pub extensions: Vec<Extension>,
    /// `basicConstraints`, if present.
    pub basic_constraints: Option<BasicConstraints>,
    /// `keyUsage`, if present.
    pub key_usage: Option<KeyUsage>,
    /// `extKeyUsage`, if present.
    pub extended_key_usage: Option<ExtendedKeyUsage>,
    /// `subjectAltName`, if present.
    pub subject_alt_names: Option<SubjectAltNames>,
    /// `keyIdentifier` of `authorityKeyIdentifier`; `None` if the extension or that field is absent.
    pub authority_key_id: Option<Vec<u8>>,
    /// `subjectKeyIdentifier`, if present.
    pub subject_key_id: Option<Vec<u8>>,
}

/// Extensions whose meaning is enforced, so that they may be critical (B-37). `nameConstraints` is not among them:
/// nothing enforces it.
const RECOGNISED: [ObjectIdentifier; 6] = [
    oid::BASIC_CONSTRAINTS,
    oid::CERTIFICATE_POLICIES,
    oid::EXTENDED_KEY_USAGE,
    oid::KEY_USAGE,
    oid::SCT_LIST,
    oid::SUBJECT_ALT_NAME,
];

impl Certificate {
    /// Parses one DER certificate of version 3 with no bytes behind it (A-20, C-1).
    ///
    /// # Errors
    /// [`CertificateError`] names the field that is not as RFC 5280 wants it.
    pub fn parse(der: &[u8]) -> Result<Self, CertificateError> {
        parse::certificate(der)
    }

    /// The extension with this identifier. Each identifier occurs once (C-1).
    #[must_use]
    pub fn extension(&self, oid: &ObjectIdentifier) -> Option<&Extension> {
        self.extensions.iter().find(|extension| &extension.oid == oid)
    }

    /// The `extnValue` octets of the SCT list extension, for [`crate::sct::parse_extension`] (B-45).
    #[must_use]
    pub fn sct_list(&self) -> Option<&[u8]> {
        self.extension(&oid::SCT_LIST).map(|extension| extension.value.as_slice())
    }

    /// `nameConstraints`, if present. Not decoded: B-37 fails a critical one that is not implemented.
    #[must_use]
    pub fn name_constraints(&self) -> Option<&Extension> {
        self.extension(&oid::NAME_CONSTRAINTS)
    }

    /// `certificatePolicies`, if present. Not decoded.
    #[must_use]
    pub fn certificate_policies(&self) -> Option<&Extension> {
        self.extension(&oid::CERTIFICATE_POLICIES)
    }

    /// The critical extensions outside B-37's recognised set; any one of them fails the path (B-37).
    ///
    /// `nameConstraints` counts as unrecognised, because nothing enforces it.
    #[must_use]
    pub fn unrecognised_critical(&self) -> Vec<ObjectIdentifier> {
        self.extensions
            .iter()
            .filter(|extension| extension.critical && !RECOGNISED.contains(&extension.oid))
            .map(|extension| extension.oid)
            .collect()
    }

    /// The `TBSCertificate` a log signed for this certificate's embedded SCTs: the TBS without the SCT list extension,
    /// spliced byte for byte, lengths re-encoded, and without the `[3]` wrapper if no extension remains (B-47).
    ///
    /// Without an SCT list the TBS comes back unchanged.
    ///
    /// # Errors
    /// [`CertificateError`] only if `tbs_der` was altered after parsing.
    pub fn tbs_without_sct_list(&self) -> Result<Vec<u8>, CertificateError> {
        precertificate::tbs_without_sct_list(&self.tbs_der)
    }
}

#[cfg(test)]
mod tests;
