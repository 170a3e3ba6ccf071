//! Certificates in PEM (RFC 7468).

use super::{Certificate, CertificateError};
use crate::{
    limits::{MAX_CERTIFICATE_BYTES, MAX_PEM_CERTIFICATES},
    pem,
};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Parses all the certificates of a PEM text, in order; at least one.
///
/// Text between the blocks is ignored, and lines may end in CR LF; a block with another label, or one that is not
/// strict base64, is an error.
///
/// # Errors
/// [`CertificateError`] of the first block that is not a certificate.
pub fn parse_pem_certificates(text: &str) -> Result<Vec<Certificate>, CertificateError> {
    let limit = MAX_CERTIFICATE_BYTES.saturating_mul(2).saturating_mul(MAX_PEM_CERTIFICATES);
    if text.len() > limit {
        return Err(CertificateError::TooLarge { limit, found: text.len() });
    }
    let text = text.replace("\r\n", "\n");
    let mut certificates = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = find_line(rest, BEGIN) {
        let block = certificates.len().saturating_add(1);
        if block > MAX_PEM_CERTIFICATES {
            return Err(CertificateError::TooMany { field: "PEM blocks", limit: MAX_PEM_CERTIFICATES });
        }
        let unended = CertificateError::Pem { expected: "-----END CERTIFICATE----- at its end", block };
        let from = rest.get(start..).unwrap_or_default();
        let end_line = find_line(from, END).ok_or(unended)?;
        let end = from
            .get(end_line..)
            .and_then(|tail| tail.find('\n'))
            .map_or(from.len(), |length| end_line.saturating_add(length));
        let (armoured, after) = from.split_at_checked(end).unwrap_or((from, ""));
        certificates.push(parse_block(armoured.trim_end_matches([' ', '\t']), block)?);
        rest = after;
    }
    if certificates.is_empty() {
        return Err(CertificateError::Pem { expected: "a block -----BEGIN CERTIFICATE-----", block: 1 });
    }
    Ok(certificates)
}

/// Where the first line that begins with `prefix` begins.
fn find_line(text: &str, prefix: &str) -> Option<usize> {
    text.match_indices(prefix)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with('\n')))
}

fn parse_block(armoured: &str, block: usize) -> Result<Certificate, CertificateError> {
    let decoded = pem::decode(armoured).map_err(|_| CertificateError::Pem { expected: "canonical PEM", block })?;
    if decoded.label != "CERTIFICATE" {
        return Err(CertificateError::Pem { expected: "the label CERTIFICATE", block });
    }
    Certificate::parse(&decoded.der)
}
