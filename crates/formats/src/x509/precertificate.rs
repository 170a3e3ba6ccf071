//! The TBS that a certificate-transparency log signed (RFC 6962 §3.2).

use der::Tag;

use super::{CertificateError, extension::Extension};
use crate::{
    oid,
    tlv::{NotDer, Tlv, constructed, wrap},
};

/// Tag octet of SEQUENCE.
const SEQUENCE: u8 = 0x30;
/// Tag octet of `extensions [3] EXPLICIT`.
const EXTENSIONS: u8 = 0xa3;

/// Copies every field of the TBS but the SCT list extension, and writes the three lengths around it anew (B-47).
pub(super) fn tbs_without_sct_list(tbs: &[u8]) -> Result<Vec<u8>, CertificateError> {
    splice(tbs).map_err(|_| CertificateError::Malformed { field: "tbsCertificate" })
}

fn splice(tbs: &[u8]) -> Result<Vec<u8>, NotDer> {
    let mut fields = Tlv::only(tbs, Tag::Sequence)?.walk();
    let mut kept_fields = Vec::with_capacity(tbs.len());
    while let Some(field) = fields.next()? {
        if field.tag != constructed(3) {
            kept_fields.extend_from_slice(field.raw);
            continue;
        }
        let mut extensions = field.inner(Tag::Sequence)?.walk();
        let mut kept = Vec::with_capacity(field.raw.len());
        while let Some(extension) = extensions.next()? {
            if Extension::read(&extension)?.oid != oid::SCT_LIST {
                kept.extend_from_slice(extension.raw);
            }
        }
        if !kept.is_empty() {
            kept_fields.extend_from_slice(&wrap(EXTENSIONS, &wrap(SEQUENCE, &kept)));
        }
    }
    Ok(wrap(SEQUENCE, &kept_fields))
}
