//! Google Cloud Build: `gcloud artifacts docker images describe … --show-provenance --format json` (E-40, E-43).

use super::{Beside, Piece, envelope};
use crate::bundle::BundleFault;
use crate::field::{FieldError, Object};
use crate::json::Value;
use crate::limits::MAX_EVIDENCE_PIECES;

/// What the description says of image and provenance, beside the signed envelope.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CloudBuild {
    /// `image_summary.digest`, with `sha256:`.
    pub image_digest: Option<String>,
    /// `image_summary.fully_qualified_digest`: name, `@`, digest.
    pub qualified_digest: Option<String>,
    /// `resourceUri`: name, `@`, digest.
    pub resource_uri: Option<String>,
    /// `build.intotoStatement` or `build.inTotoSlsaProvenanceV1`: the statement once more, as text.
    pub mirror: Option<Value>,
    /// Where the provenance is, e.g. `$.provenance_summary.provenance[0]`.
    pub path: String,
}

/// Every signature of every build provenance.
pub(super) fn read(description: &Object<'_>) -> Result<Vec<Piece>, BundleFault> {
    let text = |object: &Object<'_>, key: &str| -> Result<Option<String>, FieldError> {
        object.get(key).map(|field| Ok(field.filled_string()?.to_owned())).transpose()
    };
    let (image_digest, qualified_digest) = match description.get("image_summary") {
        Some(field) => {
            let summary = field.object()?;
            (text(&summary, "digest")?, text(&summary, "fully_qualified_digest")?)
        }
        None => (None, None),
    };
    let Some(summary) = description.get("provenance_summary") else { return Ok(Vec::new()) };
    let mut pieces = Vec::new();
    let mut budget = envelope::Budget::new();
    for field in summary.object()?.list("provenance", MAX_EVIDENCE_PIECES)? {
        let provenance = field.object()?;
        if text(&provenance, "kind")?.as_deref() != Some("BUILD") {
            continue;
        }
        let beside = CloudBuild {
            image_digest: image_digest.clone(),
            qualified_digest: qualified_digest.clone(),
            resource_uri: text(&provenance, "resourceUri")?,
            mirror: mirror(&provenance)?,
            path: provenance.path().to_string(),
        };
        let signed = match provenance.required("envelope").map_err(BundleFault::from) {
            Ok(field) => envelope::read(&field, None, &mut budget),
            Err(fault) => Err(fault),
        };
        match signed {
            Ok(signed) => pieces.extend(
                signed.into_iter().map(|piece| Piece { beside: Beside::CloudBuild(Box::new(beside.clone())), ..piece }),
            ),
            Err(fault) => pieces.push(Piece::refused(fault.into(), None)),
        }
        if pieces.len() > MAX_EVIDENCE_PIECES {
            let path = summary.path().member("provenance");
            return Err(FieldError::TooMany { path, found: pieces.len(), limit: MAX_EVIDENCE_PIECES }.into());
        }
    }
    Ok(pieces)
}

/// The one text form that is there.
fn mirror(provenance: &Object<'_>) -> Result<Option<Value>, FieldError> {
    let Some(build) = provenance.get("build") else { return Ok(None) };
    let build = build.object()?;
    Ok(["intotoStatement", "inTotoSlsaProvenanceV1"]
        .into_iter()
        .find_map(|name| build.get(name))
        .map(|field| field.value().clone()))
}

/// The region of a key id `projects/verified-builder/locations/<region>/keyRings/attestor/cryptoKeys/builtByGCB/…/1`:
/// those keys sign the payload alone (E-41). `None` for every other key id.
#[must_use]
pub fn region_of_key_id(key_id: &str) -> Option<&str> {
    key_id
        .strip_prefix("projects/verified-builder/locations/")?
        .strip_suffix("/keyRings/attestor/cryptoKeys/builtByGCB/cryptoKeyVersions/1")
        .filter(|region| {
            !region.is_empty()
                && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
}
