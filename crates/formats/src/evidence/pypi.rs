//! PEP 740 attestation and provenance objects (G-1 to G-5).

use super::{Beside, Piece, Places};
use crate::base64;
use crate::bundle::{Bundle, BundleFault, KeyMaterial};
use crate::dsse::{Envelope, EnvelopeSignature};
use crate::field::{Field, FieldError, Object};
use crate::limits::{MAX_EVIDENCE_PIECES, MAX_LOG_ENTRIES};
use crate::path::quoted;
use crate::statement::PAYLOAD_TYPE;

/// The trusted publisher that the index names for an attestation: asserted by the index, not signed (G-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PypiPublisher {
    /// `GitHub`, `GitLab`, `Google` …
    pub kind: String,
    /// `owner/name`.
    pub repository: Option<String>,
    /// `workflow` (GitHub) or `workflow_filepath` (GitLab).
    pub workflow: Option<String>,
    /// `environment`; `None` when `null` or empty.
    pub environment: Option<String>,
    /// `email` (Google).
    pub email: Option<String>,
}

/// G-2: all attestations of all bundles.
pub(super) fn provenance(object: &Object<'_>) -> Result<Vec<Piece>, BundleFault> {
    version(object)?;
    let mut pieces = Vec::new();
    for bundle in object.list("attestation_bundles", MAX_EVIDENCE_PIECES)? {
        let bundle = bundle.object()?;
        let publisher = publisher(&bundle.required("publisher")?.object()?)?;
        for field in bundle.list("attestations", MAX_EVIDENCE_PIECES)? {
            if pieces.len() >= MAX_EVIDENCE_PIECES {
                let path = object.path().member("attestation_bundles");
                return Err(FieldError::TooMany {
                    path,
                    found: pieces.len().saturating_add(1),
                    limit: MAX_EVIDENCE_PIECES,
                }
                .into());
            }
            pieces.push(attestation(&field, Some(publisher.clone()))?);
        }
    }
    Ok(pieces)
}

/// G-1, G-4.
pub(super) fn attestation(field: &Field<'_>, publisher: Option<PypiPublisher>) -> Result<Piece, BundleFault> {
    let object = field.object()?;
    version(&object)?;
    let path = object.path().as_str();
    let material = format!("{path}.verification_material");
    let places = Places {
        table: vec![
            ("$.verificationMaterial.certificate.rawBytes", format!("{material}.certificate")),
            ("$.verificationMaterial.tlogEntries", format!("{material}.transparency_entries")),
            ("$.verificationMaterial", material),
            ("$.dsseEnvelope.payload", format!("{path}.envelope.statement")),
            ("$.dsseEnvelope.signatures[0].sig", format!("{path}.envelope.signature")),
            ("$.dsseEnvelope", format!("{path}.envelope")),
        ],
        base: None,
    };
    Ok(Piece { bundle: converted(&object).map_err(Into::into), beside: Beside::Pypi(publisher), places })
}

fn converted(object: &Object<'_>) -> Result<Bundle, BundleFault> {
    let mut unknown = Vec::new();
    object.collect_unknown(&["version", "verification_material", "envelope"], &mut unknown);
    let material = object.required("verification_material")?.object()?;
    material.collect_unknown(&["certificate", "transparency_entries"], &mut unknown);
    let envelope = object.required("envelope")?.object()?;
    envelope.collect_unknown(&["statement", "signature"], &mut unknown);
    let sig = spaced_bytes(&envelope.required("signature")?)?;
    let signed = Envelope {
        payload_type: PAYLOAD_TYPE.to_owned(),
        payload: spaced_bytes(&envelope.required("statement")?)?,
        signatures: vec![EnvelopeSignature { sig, keyid: String::new() }],
    };
    let certificate = spaced_bytes(&material.required("certificate")?)?;
    let entries = material.list("transparency_entries", MAX_LOG_ENTRIES)?;
    Bundle::converted(KeyMaterial::Certificate(certificate), signed, &entries, unknown)
}

/// G-2: another version is refused.
fn version(object: &Object<'_>) -> Result<(), BundleFault> {
    let field = object.required("version")?;
    match field.integer()? {
        1 => Ok(()),
        found => Err(FieldError::UnknownName {
            path: field.path().clone(),
            expected: "version 1, the only one there is",
            found: quoted(&found.to_string()),
        }
        .into()),
    }
}

fn publisher(object: &Object<'_>) -> Result<PypiPublisher, FieldError> {
    let text = |key: &str| -> Result<Option<String>, FieldError> {
        let text = object.string_or_empty(key)?;
        Ok((!text.is_empty()).then_some(text))
    };
    let workflow = match text("workflow")? {
        None => text("workflow_filepath")?,
        found => found,
    };
    Ok(PypiPublisher {
        kind: object.required("kind")?.filled_string()?.to_owned(),
        repository: text("repository")?,
        workflow,
        environment: text("environment")?,
        email: text("email")?,
    })
}

/// G-5: base64 of the standard alphabet, in which white space is let through here and nowhere else.
fn spaced_bytes(field: &Field<'_>) -> Result<Vec<u8>, FieldError> {
    let bytes = base64::decode_standard_spaced(field.string()?)
        .map_err(|problem| FieldError::Base64 { path: field.path().clone(), problem })?;
    if bytes.is_empty() { Err(FieldError::Empty { path: field.path().clone() }) } else { Ok(bytes) }
}
