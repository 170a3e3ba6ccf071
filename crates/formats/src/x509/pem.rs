//! Certificates in PEM (RFC 7468).

use super::{Certificate, CertificateError};

/// Parses all the certificates of a PEM text, in order; at least one.
///
/// Text between the blocks is ignored; a block with another label, or one that does not end, is an error.
///
/// # Errors
/// [`CertificateError`] of the first block that is not a certificate.
pub fn parse_pem_certificates(_pem: &str) -> Result<Vec<Certificate>, CertificateError> {
    todo!()
}
