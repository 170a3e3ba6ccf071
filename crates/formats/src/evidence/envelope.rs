//! Bare DSSE envelopes, one piece a signature (E-66).

use super::{Beside, Piece, Places};
use crate::base64;
use crate::bundle::{Bundle, BundleFault, KeyMaterial};
use crate::dsse::{Envelope, EnvelopeSignature};
use crate::field::{Field, FieldError, Object};
use crate::limits::{MAX_CERTIFICATES, MAX_ENVELOPE_SIGNATURES, MAX_EVIDENCE_COPIES};
use crate::path::quoted;

/// Bytes of payload that may still be copied: once for each signature.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new() -> Self {
        Self(MAX_EVIDENCE_COPIES)
    }

    fn spend(&mut self, payload: usize, signatures: usize) -> bool {
        match self.0.checked_sub(payload.saturating_mul(signatures)) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// Every signature of the envelope, each with the envelope as a bundle of its own. Any of them may be the one that
/// counts.
pub(super) fn read(field: &Field<'_>, base: Option<String>, budget: &mut Budget) -> Result<Vec<Piece>, BundleFault> {
    let object = field.object()?;
    let mut unknown = Vec::new();
    object.collect_unknown(&["payload", "payloadType", "signatures"], &mut unknown);
    let payload = object.required("payload")?.bytes()?;
    let payload_type = object.required("payloadType")?.filled_string()?.to_owned();
    let signatures = object.list("signatures", MAX_ENVELOPE_SIGNATURES)?;
    if signatures.is_empty() {
        return Err(BundleFault::Unsigned { path: object.path().member("signatures") });
    }
    if !budget.spend(payload.len(), signatures.len()) {
        return Err(BundleFault::TooManyCopies { path: object.path().member("signatures") });
    }
    let piece = |field: &Field<'_>| {
        let envelope =
            Envelope { payload_type: payload_type.clone(), payload: payload.clone(), signatures: Vec::new() };
        let bundle = signed(field, envelope, unknown.clone());
        let places = places(object.path().as_str(), field.path().as_str(), base.clone());
        Piece { bundle: bundle.map_err(Into::into), beside: Beside::Nothing, places }
    };
    Ok(signatures.iter().map(piece).collect())
}

/// Where the members of the bundle are, of an envelope at `envelope` and its signature at `signature`.
fn places(envelope: &str, signature: &str, base: Option<String>) -> Places {
    Places {
        table: vec![
            ("$.dsseEnvelope.signatures[0]", signature.to_owned()),
            ("$.dsseEnvelope", envelope.to_owned()),
            ("$.verificationMaterial.publicKey.hint", format!("{signature}.keyid")),
            ("$.verificationMaterial.certificate.rawBytes", format!("{signature}.cert")),
            ("$.verificationMaterial", envelope.to_owned()),
        ],
        base,
    }
}

/// A signature that cannot be read is refused by itself: another one may be the good one.
fn signed(field: &Field<'_>, mut envelope: Envelope, mut unknown: Vec<String>) -> Result<Bundle, BundleFault> {
    let signature = field.object()?;
    signature.collect_unknown(&["sig", "keyid", "cert"], &mut unknown);
    let keyid = signature.string_or_empty("keyid")?;
    let sig = signature.required("sig")?.filled_bytes()?;
    let key = match certificate(&signature)? {
        Some(der) => KeyMaterial::Certificate(der),
        None => KeyMaterial::PublicKeyHint(keyid.clone()),
    };
    envelope.signatures.push(EnvelopeSignature { sig, keyid });
    Bundle::converted(key, envelope, &[], unknown)
}

/// The first certificate of `cert`, PEM: the older form of slsa-github-generator (E-66). Any others are not used.
fn certificate(signature: &Object<'_>) -> Result<Option<Vec<u8>>, BundleFault> {
    let Some(field) = signature.get("cert") else { return Ok(None) };
    let text = match field.string()? {
        "" => return Ok(None),
        text => text,
    };
    first_certificate(text).map(Some).ok_or_else(|| {
        FieldError::UnknownName { path: field.path().clone(), expected: "a certificate in PEM", found: quoted(text) }
            .into()
    })
}

fn first_certificate(text: &str) -> Option<Vec<u8>> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    if text.matches(BEGIN).count() > MAX_CERTIFICATES {
        return None;
    }
    let (inside, _) = text.trim_start().strip_prefix(BEGIN)?.split_once(END)?;
    let joined: String = inside.split_ascii_whitespace().collect();
    base64::decode_standard(&joined).ok().filter(|der| !der.is_empty())
}
