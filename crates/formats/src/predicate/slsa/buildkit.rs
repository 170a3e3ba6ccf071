//! Where BuildKit says that the source came from: spec E-65. Nobody signs it.

use super::{Provenance, ProvenanceVersion};
use crate::json::Value;

/// BuildKit's build types, of v0.2 and of v1.
pub(super) const BUILD_TYPES: [&str; 2] = [
    "https://mobyproject.org/buildkit@v1",
    "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md",
];
/// Where v0.2 keeps what v1 keeps in `buildkit_metadata`.
const OLD_METADATA: &str = "https://mobyproject.org/buildkit@v1#metadata";

/// Where the source came from, as BuildKit says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuildkitSource<'p> {
    /// URI of the repository, without the `#…` behind it.
    pub repository: &'p str,
    /// What stood behind the `#`, without a folder: `refs/tags/v1`, `main`; never a commit.
    pub reference: Option<&'p str>,
    /// The commit, as written. `revision` of a tree with changes ends in `-dirty`, and is none.
    pub commit: Option<&'p str>,
}

impl Provenance {
    /// What a provenance of BuildKit says about its source; `None` for every other build type, and where it says nothing.
    ///
    /// The repository that BuildKit itself fetched comes first. `vcs` is the word of whoever ran the build in a folder of
    /// their own: BuildKit did not look.
    #[must_use]
    pub fn buildkit_source(&self) -> Option<BuildkitSource<'_>> {
        if !BUILD_TYPES.contains(&self.build_type.as_str()) {
            return None;
        }
        self.fetched().or_else(|| self.version_control())
    }

    fn fetched(&self) -> Option<BuildkitSource<'_>> {
        let (uri, commit) = if self.version == ProvenanceVersion::V1 {
            let source = self.parameters.as_ref()?.get("configSource")?;
            (text(source, "uri")?, source.get("digest").and_then(|digest| text(digest, "sha1")))
        } else {
            let source = self.config_source.as_ref()?;
            let commit = source.digests.iter().find(|digest| digest.algorithm == "sha1");
            (source.uri.as_deref()?, commit.map(|digest| digest.value.as_str()))
        };
        let (repository, behind) = uri.split_once('#').map_or((uri, None), |(uri, behind)| (uri, Some(behind)));
        let reference = behind.and_then(|behind| behind.split(':').next());
        let is_commit =
            |text: &str| [40, 64].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_name = |reference: &&str| !reference.is_empty() && !is_commit(reference);
        Some(BuildkitSource { repository, reference: reference.filter(is_name), commit })
    }

    fn version_control(&self) -> Option<BuildkitSource<'_>> {
        let name = if self.version == ProvenanceVersion::V1 { "buildkit_metadata" } else { OLD_METADATA };
        let (_, metadata) = self.other_metadata.iter().find(|(key, _)| key == name)?;
        let said = metadata.get("vcs")?;
        Some(BuildkitSource { repository: text(said, "source")?, reference: None, commit: text(said, "revision") })
    }
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str().filter(|text| !text.is_empty())
}
