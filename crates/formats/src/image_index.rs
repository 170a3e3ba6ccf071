//! What an image index or an image manifest lists, by digest (F-22). Signed by nobody: the list counts only where the digest of these
//! very bytes is one that a verified statement names.

use crate::json::{self, Limits, Value};
use crate::limits::{MAX_INDEX_BYTES, MAX_INDEX_ENTRIES};

/// An index: OCI's name, and Docker's for the same.
const INDEXES: [&str; 2] =
    ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];
/// A manifest, by either's name.
const MANIFESTS: [&str; 2] =
    ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"];

/// What lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// An index: manifests and further indexes.
    Manifests,
    /// The manifest of one image: its configuration and layers.
    Blobs,
}

/// A list of digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageList {
    /// Of what.
    pub lists: Lists,
    /// (algorithm, value), in its order.
    pub digests: Vec<(String, String)>,
}

/// Reads an index or a manifest. `None` for what is neither, for what could be read as both (whoever signed it may have meant the
/// other one, CVE-2021-41190), and for what lists more than is read.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<ImageList> {
    let document = json::parse(bytes, Limits::of_size(MAX_INDEX_BYTES)).ok()?;
    if !matches!(document.get("schemaVersion"), Some(Value::Number(json::Number::Unsigned(2)))) {
        return None;
    }
    let has = |name: &str| document.get(name).is_some();
    let (lists, own) = match (has("manifests"), has("layers") || has("config") || has("fsLayers")) {
        (true, false) => (Lists::Manifests, INDEXES),
        (false, true) => (Lists::Blobs, MANIFESTS),
        _ => return None,
    };
    match document.get("mediaType").map(Value::as_str) {
        None => {}
        Some(Some(name)) if own.contains(&name) => {}
        Some(_) => return None,
    }
    let listed: Vec<&Value> = match lists {
        Lists::Manifests => document.get("manifests")?.as_array()?.iter().collect(),
        Lists::Blobs => document.get("config").into_iter().chain(document.get("layers")?.as_array()?).collect(),
    };
    if listed.len() > MAX_INDEX_ENTRIES {
        return None;
    }
    let digest = |listed: &&Value| {
        let (algorithm, value) = listed.get("digest")?.as_str()?.split_once(':')?;
        Some((algorithm.to_owned(), value.to_owned()))
    };
    Some(ImageList { lists, digests: listed.iter().filter_map(digest).collect() })
}
