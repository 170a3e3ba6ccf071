//! `{"attestations":[{"predicateType":…,"bundle":{…}}]}`: npm (G-10) and, with other members, GitHub (G-22).

use super::{Beside, Form, Piece, bundle};
use crate::bundle::BundleFault;
use crate::field::Object;
use crate::limits::MAX_EVIDENCE_PIECES;

/// Predicate type of npm's publish attestations (G-11).
pub const PUBLISH_PREDICATE: &str = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";

pub(super) fn read(answer: &Object<'_>) -> (Form, Result<Vec<Piece>, BundleFault>) {
    let attestations = match answer.list("attestations", MAX_EVIDENCE_PIECES) {
        Ok(attestations) => attestations,
        Err(error) => return (Form::Npm, Err(error.into())),
    };
    let named_by_npm = |object: &Object<'_>| object.get("predicateType").is_some();
    let from_npm = attestations.iter().any(|field| field.object().is_ok_and(|object| named_by_npm(&object)));
    if !from_npm {
        let pieces = attestations.iter().map(|field| {
            let wrapped = field.object()?.required("bundle")?;
            Ok(bundle(wrapped.value(), Some(wrapped.path().to_string())))
        });
        return (Form::GitHub, pieces.collect());
    }
    let pieces = attestations.iter().map(|field| {
        let object = field.object()?;
        let predicate_type = object.required("predicateType")?.filled_string()?.to_owned();
        let wrapped = object.required("bundle")?;
        let piece = bundle(wrapped.value(), Some(wrapped.path().to_string()));
        Ok(Piece { beside: Beside::Npm { predicate_type }, ..piece })
    });
    (Form::Npm, pieces.collect())
}
