//! The TBS that a certificate-transparency log signed (RFC 6962 §3.2).

use super::CertificateError;

pub(super) fn tbs_without_sct_list(_tbs: &[u8]) -> Result<Vec<u8>, CertificateError> {
    todo!()
}
