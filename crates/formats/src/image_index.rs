//! Image indexes: which manifests they list, by digest (F-22). An index is signed by nobody: what it lists counts only where the
//! digest of these very bytes is one that a verified statement names.

use crate::json::{self, Limits, Number, Value};
use crate::limits::{MAX_INDEX_BYTES, MAX_INDEX_MANIFESTS};

/// OCI image index.
const OCI: &str = "application/vnd.oci.image.index.v1+json";
/// Docker's manifest list: the same under an older name.
const DOCKER: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// The digests that an index lists, as (algorithm, value), in its order. `None` for what is no index.
///
/// A document that could also be read as one image's manifest is none: who signed it may have meant that (CVE-2021-41190).
#[must_use]
pub fn manifests(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let document = json::parse(bytes, Limits::of_size(MAX_INDEX_BYTES)).ok()?;
    let is_index = match document.get("mediaType").map(Value::as_str) {
        None => true,
        Some(Some(name)) => name == OCI || name == DOCKER,
        Some(None) => false,
    };
    let is_manifest = ["layers", "config", "fsLayers"].iter().any(|name| document.get(name).is_some());
    if !is_index || is_manifest || !has_version(&document) {
        return None;
    }
    let listed = document.get("manifests")?.as_array()?.iter().filter_map(|listed| {
        let (algorithm, value) = listed.get("digest")?.as_str()?.split_once(':')?;
        Some((algorithm.to_owned(), value.to_owned()))
    });
    Some(listed.take(MAX_INDEX_MANIFESTS).collect())
}

/// `schemaVersion` is 2 in every index there is.
fn has_version(document: &Value) -> bool {
    matches!(document.get("schemaVersion"), Some(Value::Number(Number::Unsigned(2))))
}
