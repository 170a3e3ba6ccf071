//! Resource descriptors: a thing named by URI, digest or content (in-toto v1; E-2).

use crate::statement::SubjectDigest;

/// A parsed resource descriptor, or an older `{uri, digest}` material. Not believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceDescriptor {
    /// Name chosen by the producer; may be absent.
    pub name: Option<String>,
    /// URI; may be absent.
    pub uri: Option<String>,
    /// Digests in the order of the document; may be empty.
    pub digests: Vec<SubjectDigest>,
    /// Where to get it; never followed.
    pub download_location: Option<String>,
    /// Media type of the thing.
    pub media_type: Option<String>,
    /// Where it is in the predicate, e.g. `$.predicate.buildDefinition.resolvedDependencies[0]`.
    pub path: String,
}

impl ResourceDescriptor {
    /// The commit that the digests name: `gitCommit`, else the older `sha1` (E-2).
    #[must_use]
    pub fn git_commit(&self) -> Option<&str> {
        let named = |name: &str| self.digests.iter().find(|digest| digest.algorithm == name);
        named("gitCommit").or_else(|| named("sha1")).map(|digest| digest.value.as_str())
    }
}
