//! Resource descriptors: a thing named by URI, digest or content (in-toto v1; E-2).

use crate::field::{Field, FieldError};
use crate::statement::{RESOURCE_DESCRIPTOR, SubjectDigest};

/// A parsed resource descriptor, or an older `{uri, digest}` material. Not believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceDescriptor {
    /// Name chosen by the producer; may be absent.
    pub name: Option<String>,
    /// URI; may be absent.
    pub uri: Option<String>,
    /// Digests in the order of the document; may be empty.
    pub digests: Vec<SubjectDigest>,
    /// Whether the thing itself is in the predicate (`content`); it is not kept.
    pub has_content: bool,
    /// Where to get it; never followed.
    pub download_location: Option<String>,
    /// Media type of the thing.
    pub media_type: Option<String>,
    /// Where it is in the predicate, e.g. `$.predicate.buildDefinition.resolvedDependencies[0]`.
    pub path: String,
}

impl ResourceDescriptor {
    /// Reads a descriptor and adds the paths of its unknown members to `unknown`.
    ///
    /// # Errors
    /// A member of the wrong type, or too many digests.
    pub(crate) fn read(field: &Field<'_>, unknown: &mut Vec<String>) -> Result<Self, FieldError> {
        let object = field.object()?;
        object.collect_unknown(&RESOURCE_DESCRIPTOR, unknown);
        Ok(Self {
            name: object.text("name")?,
            uri: object.text("uri")?,
            digests: SubjectDigest::read_set(&object)?,
            has_content: object.text("content")?.is_some(),
            download_location: object.text("downloadLocation")?,
            media_type: object.text("mediaType")?,
            path: field.path().to_string(),
        })
    }

    /// Whether it has none of `uri`, `digest` and `content`, and so names nothing (E-2).
    #[must_use]
    pub fn names_nothing(&self) -> bool {
        self.uri.is_none() && self.digests.is_empty() && !self.has_content
    }

    /// The commit that the digests name: `gitCommit`, else the older `sha1` (E-2).
    #[must_use]
    pub fn git_commit(&self) -> Option<&str> {
        let named = |name: &str| self.digests.iter().find(|digest| digest.algorithm == name);
        named("gitCommit").or_else(|| named("sha1")).map(|digest| digest.value.as_str())
    }
}
