//! in-toto statements, the payload of most DSSE envelopes (B-95 to B-100).

use crate::field::{Field, FieldError, Object};
use crate::json::{self, Limits};
use crate::limits::{MAX_BUNDLE_BYTES, MAX_DIGESTS, MAX_SOURCE_REFS, MAX_SUBJECTS};
use crate::path::{Path, quoted};
use crate::{Explanation, Fault};

/// The payload type of an in-toto statement (B-95).
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// A parsed in-toto statement. Not believed: it becomes an authentic one only with the envelope's
/// signature.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Which of the two statement types.
    pub version: StatementVersion,
    /// What the statement is about; 1 to 1024 of them.
    pub subjects: Vec<Subject>,
    /// Type of the predicate, not empty, compared exactly (H-52).
    pub predicate_type: String,
    /// The predicate, uninterpreted; `None` when absent or `null`.
    pub predicate: Option<json::Value>,
    /// Paths of members that no rule knows.
    pub unknown_fields: Vec<String>,
}

/// The `_type` of a statement (B-96).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatementVersion {
    /// `https://in-toto.io/Statement/v0.1`.
    V0_1,
    /// `https://in-toto.io/Statement/v1`.
    V1,
}

impl StatementVersion {
    /// The version behind a `_type`; exact, no other spelling (B-96, H-52).
    #[must_use]
    pub fn from_type_uri(type_uri: &str) -> Option<Self> {
        [Self::V0_1, Self::V1].into_iter().find(|version| version.type_uri() == type_uri)
    }

    /// The exact `_type` string.
    #[must_use]
    pub fn type_uri(self) -> &'static str {
        match self {
            Self::V0_1 => "https://in-toto.io/Statement/v0.1",
            Self::V1 => "https://in-toto.io/Statement/v1",
        }
    }
}

/// One thing that a statement is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Name chosen by the producer; no identity (B-99).
    pub name: Option<String>,
    /// URI of the subject (v1 resource descriptors).
    pub uri: Option<String>,
    /// Its digests in the order of the document; may be empty, and then never matches.
    pub digests: Vec<SubjectDigest>,
    /// `annotations`, uninterpreted (F-19); see [`Subject::source_refs`].
    pub annotations: Option<json::Value>,
    /// Where it is in the statement, e.g. `$.subject[2]`.
    pub path: String,
}

/// One member of a subject's digest set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectDigest {
    /// Name as written, e.g. `sha256`, `gitCommit` (B-100).
    pub algorithm: String,
    /// Value as written; hexadecimal for every hash.
    pub value: String,
}

impl SubjectDigest {
    /// The member `digest` of a resource descriptor; absent is empty.
    ///
    /// # Errors
    /// Not an object of strings, or too many of them.
    pub(crate) fn read_set(descriptor: &Object<'_>) -> Result<Vec<Self>, FieldError> {
        let Some(field) = descriptor.get("digest") else { return Ok(Vec::new()) };
        let set = field.object()?.capped(MAX_DIGESTS)?;
        let digest = |(algorithm, value): (&str, Field<'_>)| {
            Ok(Self { algorithm: algorithm.to_owned(), value: value.string()?.to_owned() })
        };
        set.members().map(digest).collect()
    }

    /// The digest's bytes, hexadecimal in either case (B-97); `None` if it is not hexadecimal.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        crate::hex::decode(&self.value)
    }
}

impl Statement {
    /// Reads a statement from the exact payload bytes of an envelope.
    ///
    /// # Errors
    /// Malformed JSON (H-7), another `_type`, no subject, a `null` subject, too many subjects or
    /// digests, a missing or empty `predicateType`.
    pub fn parse(payload: &[u8]) -> Result<Self, StatementError> {
        let value = json::parse(payload, Limits::of_size(MAX_BUNDLE_BYTES)).map_err(StatementError::Json)?;
        let mut statement = Self::read(&Field::root(&value))?;
        // Moved rather than copied: a predicate may be megabytes.
        if let json::Value::Object(members) = value {
            statement.predicate = members
                .into_iter()
                .find(|(key, value)| key == "predicate" && *value != json::Value::Null)
                .map(|(_, value)| value);
        }
        Ok(statement)
    }

    /// Everything but the predicate.
    fn read(root: &Field<'_>) -> Result<Self, StatementError> {
        let object = root.object()?;
        let (type_path, type_uri) = type_uri(&object)?;
        let version = StatementVersion::from_type_uri(type_uri)
            .ok_or_else(|| StatementError::UnknownType { path: type_path.clone(), found: type_uri.to_owned() })?;
        let predicate_type = object.string_or_empty("predicateType")?;
        if predicate_type.is_empty() {
            return Err(StatementError::NoPredicateType);
        }
        let mut unknown_fields = Vec::new();
        object.collect_unknown(&["_type", "subject", "predicateType", "predicate"], &mut unknown_fields);
        unknown_fields.retain(|path| path != type_path.as_str());
        let fields = object.list("subject", MAX_SUBJECTS)?;
        if fields.is_empty() {
            return Err(StatementError::NoSubject);
        }
        let mut subjects = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            if *field.value() == json::Value::Null {
                return Err(StatementError::NullSubject { index });
            }
            subjects.push(Subject::read(field, &mut unknown_fields)?);
        }
        Ok(Self { version, subjects, predicate_type, predicate: None, unknown_fields })
    }
}

/// `_type`, or `type` where that alone is there: the name of the member in in-toto's own protobuf, which
/// Go's reader takes as well, so that such statements are in circulation. With both, `type` is an
/// unknown member like any other.
fn type_uri<'a>(statement: &Object<'a>) -> Result<(Path, &'a str), FieldError> {
    let field = match statement.get("_type") {
        None => statement.get("type"),
        found => found,
    };
    let field = match field {
        Some(field) => field,
        None => statement.required("_type")?,
    };
    Ok((field.path().clone(), field.string()?))
}

impl Subject {
    fn read(field: &Field<'_>, unknown: &mut Vec<String>) -> Result<Self, FieldError> {
        let object = field.object()?;
        object.collect_unknown(&RESOURCE_DESCRIPTOR, unknown);
        let text = |key: &str| match object.get(key) {
            Some(field) => Ok(Some(field.string()?.to_owned())),
            None => Ok(None),
        };
        Ok(Self {
            name: text("name")?,
            uri: text("uri")?,
            digests: SubjectDigest::read_set(&object)?,
            annotations: object.get("annotations").map(|field| field.value().clone()),
            path: field.path().to_string(),
        })
    }

    /// The refs for which a source summary about this commit holds: `annotations.sourceRefs`, or `source_refs` as the
    /// source tool writes it (E-45), `source_branches` in its first summaries. Empty when the annotation is absent.
    ///
    /// # Errors
    /// Not a list of strings, or two spellings at once.
    pub fn source_refs(&self) -> Result<Vec<&str>, FieldError> {
        let Some(annotations) = &self.annotations else { return Ok(Vec::new()) };
        let path = self.annotations_path();
        let object = Field::at(annotations, path).object()?;
        let field = match (object.in_either_spelling("sourceRefs", "source_refs")?, object.get("source_branches")) {
            (Some(_), Some(field)) => return Err(FieldError::TwoSpellings { path: field.path().clone() }),
            (one, other) => one.or(other),
        };
        let Some(field) = field else { return Ok(Vec::new()) };
        field.array(MAX_SOURCE_REFS)?.iter().map(Field::string).collect()
    }

    fn annotations_path(&self) -> Path {
        Path::parsed(&self.path).member("annotations")
    }
}

/// Members that in-toto's resource descriptor has; those that say nothing about identity are left
/// unread.
pub(crate) const RESOURCE_DESCRIPTOR: [&str; 7] =
    ["name", "uri", "digest", "content", "downloadLocation", "mediaType", "annotations"];

/// Why a statement was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatementError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// `_type` is neither of the two known ones.
    UnknownType {
        /// Where.
        path: Path,
        /// The `_type` found.
        found: String,
    },
    /// `predicateType` is absent or empty.
    NoPredicateType,
    /// `subject` is absent or empty.
    NoSubject,
    /// An entry of `subject` is `null`.
    NullSubject {
        /// Its position.
        index: usize,
    },
}

/// Every code of [`StatementError`] that is its own.
pub const CODES: &[&str] =
    &["statement-unknown-type", "statement-no-predicate-type", "statement-no-subject", "statement-null-subject"];

impl Fault for StatementError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::UnknownType { path, found } => Explanation::new("statement-unknown-type", "B-96")
                .at(path.as_str())
                .expected("the type of an in-toto statement, v0.1 or v1")
                .found(quoted(found)),
            Self::NoPredicateType => Explanation::new("statement-no-predicate-type", "B-96")
                .at("$.predicateType")
                .expected("the type of the predicate")
                .found("none"),
            Self::NoSubject => Explanation::new("statement-no-subject", "B-96")
                .at("$.subject")
                .expected("at least one subject")
                .found("none"),
            Self::NullSubject { index } => Explanation::new("statement-null-subject", "B-96")
                .at(format!("$.subject[{index}]"))
                .expected("a subject")
                .found("null"),
        }
    }
}
crate::fault::display_fault!(StatementError);

impl From<FieldError> for StatementError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
