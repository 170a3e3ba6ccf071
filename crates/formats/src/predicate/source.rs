//! Source provenance and tag provenance of slsa-framework/source-tool (E-47).

/// `…/source-provenance/v1-draft` (and `v1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceProvenance {
    /// Commit before.
    pub previous_commit: String,
    /// Repository.
    pub repository_uri: String,
    /// `pr_merge`, `push`, …
    pub activity_type: String,
    /// Who.
    pub actor: String,
    /// Branch, fully qualified.
    pub branch: String,
    /// As written; a claim.
    pub created_on: Option<String>,
    /// Controls in force: (name, since as written).
    pub controls: Vec<(String, String)>,
    /// Unknown members.
    pub unknown_fields: Vec<String>,
}

/// `…/tag-provenance/v1-draft` (and `v1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagProvenance {
    /// Repository.
    pub repository_uri: String,
    /// Tag.
    pub tag: String,
    /// Who.
    pub actor: String,
    /// As written.
    pub created_on: Option<String>,
    /// Controls in force.
    pub controls: Vec<(String, String)>,
    /// Summaries that the tag rests on: (source refs, verified levels).
    pub summaries: Vec<(Vec<String>, Vec<String>)>,
    /// Unknown members.
    pub unknown_fields: Vec<String>,
}
