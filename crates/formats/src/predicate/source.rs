//! Source provenance and tag provenance of slsa-framework/source-tool (E-47).

use super::PredicateError;
use super::read::Reader;
use crate::field::{Field, FieldError, Object};
use crate::limits::{MAX_LEVELS, MAX_NAMES, MAX_SOURCE_REFS};

/// Version of a source or tag provenance: the older `v1` has controls as `properties`, and may lack everything but the
/// commit before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceVersion {
    /// `…/v1`
    V1,
    /// `…/v1-draft`, the newer one
    V1Draft,
}

/// What the predicate types of source-tool start with; a name and a version follow (E-47).
const PREFIX: &str = "https://github.com/slsa-framework/slsa-source-poc/";

/// The version of the predicate type `name`, such as `source-provenance`; exact (H-52).
pub(super) fn version_of(predicate_type: &str, name: &str) -> Option<SourceVersion> {
    match predicate_type.strip_prefix(PREFIX)?.strip_prefix(name)? {
        "/v1" => Some(SourceVersion::V1),
        "/v1-draft" => Some(SourceVersion::V1Draft),
        _ => None,
    }
}

/// `…/source-provenance/v1-draft` (and `v1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceProvenance {
    /// Commit before.
    pub previous_commit: String,
    /// Repository; empty where `v1` has none.
    pub repository_uri: String,
    /// `pr_merge`, `push`, …; empty where `v1` has none.
    pub activity_type: String,
    /// Who; empty where `v1` has none.
    pub actor: String,
    /// Branch, fully qualified; empty where `v1` has none.
    pub branch: String,
    /// As written; a claim.
    pub created_on: Option<String>,
    /// Controls in force: (name, since as written, or empty).
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
    /// `activity_type`, where there is one.
    pub activity_type: Option<String>,
    /// As written.
    pub created_on: Option<String>,
    /// Controls in force.
    pub controls: Vec<(String, String)>,
    /// Summaries that the tag rests on: (source refs, verified levels).
    pub summaries: Vec<(Vec<String>, Vec<String>)>,
    /// Unknown members.
    pub unknown_fields: Vec<String>,
}

/// Both spellings occur: the tool first wrote snake case, and now camel case (observed in its notes).
fn text(root: &Object<'_>, camel: &str, snake: &str) -> Result<Option<String>, FieldError> {
    let text = root.in_either_spelling(camel, snake)?.map(|field| field.string()).transpose()?;
    Ok(text.filter(|text| !text.is_empty()).map(str::to_owned))
}

fn required(root: &Object<'_>, camel: &str, snake: &str) -> Result<String, FieldError> {
    match root.in_either_spelling(camel, snake)? {
        Some(field) => Ok(field.filled_string()?.to_owned()),
        None => root.required_text(snake),
    }
}

fn controls(reader: &mut Reader, root: &Object<'_>) -> Result<Vec<(String, String)>, FieldError> {
    let mut controls = Vec::new();
    for field in root.list("controls", MAX_LEVELS)? {
        let control = reader.object(&field, &["name", "since"])?;
        controls.push((control.required_text("name")?, control.string_or_empty("since")?));
    }
    if let Some(properties) = root.get("properties") {
        for (name, field) in properties.object()?.capped(MAX_LEVELS)?.members() {
            controls.push((name.to_owned(), reader.object(&field, &["since"])?.string_or_empty("since")?));
        }
    }
    Ok(controls)
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
pub(super) fn source_provenance(
    predicate: &Field<'_>,
    version: SourceVersion,
) -> Result<SourceProvenance, PredicateError> {
    let mut reader = Reader::default();
    let common = ["actor", "branch", "activityType", "activity_type", "createdOn", "created_on"];
    let own = ["prevCommit", "prev_commit", "repoUri", "repo_uri", "controls", "properties"];
    let root = reader.object(predicate, &[common, own].concat())?;
    let text_of = |camel: &str, snake: &str| match version {
        SourceVersion::V1 => Ok(text(&root, camel, snake)?.unwrap_or_default()),
        SourceVersion::V1Draft => required(&root, camel, snake),
    };
    Ok(SourceProvenance {
        previous_commit: required(&root, "prevCommit", "prev_commit")?,
        repository_uri: text_of("repoUri", "repo_uri")?,
        activity_type: text_of("activityType", "activity_type")?,
        actor: text_of("actor", "actor")?,
        branch: text_of("branch", "branch")?,
        created_on: text(&root, "createdOn", "created_on")?,
        controls: controls(&mut reader, &root)?,
        unknown_fields: reader.unknown,
    })
}

pub(super) fn tag_provenance(predicate: &Field<'_>) -> Result<TagProvenance, PredicateError> {
    let mut reader = Reader::default();
    let common = ["actor", "tag", "activityType", "activity_type", "createdOn", "created_on"];
    let own = ["vsaSummaries", "vsa_summaries", "repoUri", "repo_uri", "controls", "properties"];
    let root = reader.object(predicate, &[common, own].concat())?;
    let mut summaries = Vec::new();
    if let Some(field) = root.in_either_spelling("vsaSummaries", "vsa_summaries")? {
        for field in field.array(MAX_NAMES)? {
            let known = ["sourceRefs", "source_refs", "verifiedLevels", "verified_levels"];
            let summary = reader.object(&field, &known)?;
            let list = |camel: &str, snake: &str, limit: usize| {
                let Some(field) = summary.in_either_spelling(camel, snake)? else { return Ok(Vec::new()) };
                field
                    .array(limit)?
                    .iter()
                    .map(|field| Ok(field.string()?.to_owned()))
                    .collect::<Result<_, FieldError>>()
            };
            summaries.push((
                list("sourceRefs", "source_refs", MAX_SOURCE_REFS)?,
                list("verifiedLevels", "verified_levels", MAX_LEVELS)?,
            ));
        }
    }
    Ok(TagProvenance {
        repository_uri: required(&root, "repoUri", "repo_uri")?,
        tag: root.required_text("tag")?,
        actor: root.required_text("actor")?,
        activity_type: text(&root, "activityType", "activity_type")?,
        created_on: text(&root, "createdOn", "created_on")?,
        controls: controls(&mut reader, &root)?,
        summaries,
        unknown_fields: reader.unknown,
    })
}
