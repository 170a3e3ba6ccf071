//! What a provenance says about the GitHub run that made it, ready to be compared with the certificate (the table before
//! E-31).

use std::borrow::Cow;

use super::{Provenance, ProvenanceVersion, Workflow};
use crate::field::{Field, FieldError, Object};
use crate::json::{Number, Value};
use crate::path::Path;

/// Build type of Google Cloud Build's provenance v1 (E-42).
pub const GOOGLE_WORKER: &str = "https://cloud.google.com/build/gcb-buildtypes/google-worker/v1";

/// The build types of v1 whose `externalParameters.workflow` is defined: npm's and GitHub's attestations (E.4).
pub const GITHUB_BUILD_TYPES: [&str; 2] = [
    "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1",
    "https://actions.github.io/buildtypes/workflow/v1",
];

/// The build types whose environment is that of a GitHub run, in names such as `github_ref` or `GITHUB_REF` (E.4).
pub const GENERATOR_BUILD_TYPES: [&str; 9] = [
    "https://github.com/slsa-framework/slsa-github-generator/generic@v1",
    "https://github.com/slsa-framework/slsa-github-generator/container@v1",
    "https://github.com/slsa-framework/slsa-github-generator/go@v1",
    "https://github.com/slsa-framework/slsa-github-generator-go@v1",
    "https://github.com/slsa-framework/slsa-github-generator@v1",
    "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0",
    "https://slsa.dev/container-based-build/v0.1?draft",
    "https://github.com/npm/cli/gha/v2",
    "https://github.com/npm/cli/gha@v1",
];

/// One claim of a provenance, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim<'p> {
    /// As written, not empty; a number as its digits.
    pub value: Cow<'p, str>,
    /// Where, e.g. `$.predicate.buildDefinition.externalParameters.workflow.ref`.
    pub path: Path,
}

/// The claims of one provenance; an empty list or `None`: it makes no such claim. An empty text is no claim.
///
/// Numbers such as .12 are the certificate's extensions of C.1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims<'p> {
    /// Source URIs with their ref, `git+https://…@refs/…`: repository .12, ref .14. Some builders leave the ref out.
    pub sources: Vec<Claim<'p>>,
    /// Repository URIs: .12.
    pub repositories: Vec<Claim<'p>>,
    /// `owner/name`: .12 without its host.
    pub repository_name: Option<Claim<'p>>,
    /// Refs: .14.
    pub references: Vec<Claim<'p>>,
    /// Commits: .13.
    pub commits: Vec<Claim<'p>>,
    /// Path of the top-level workflow in its repository: the path in .18. npm's first builders write
    /// `owner/repo/path@ref`.
    pub config_path: Option<Claim<'p>>,
    /// `owner/repo/path@ref` of the top-level workflow: .18 without its host.
    pub config_reference: Option<Claim<'p>>,
    /// Commit of the top-level workflow: .19.
    pub config_commit: Option<Claim<'p>>,
    /// Event: .20.
    pub trigger: Option<Claim<'p>>,
    /// Number of the repository: .15.
    pub repository_id: Option<Claim<'p>>,
    /// Number of the owner: .17.
    pub owner_id: Option<Claim<'p>>,
    /// `github-hosted` or `self-hosted`: .11.
    pub runner: Option<Claim<'p>>,
    /// v1: the URI in .21. Older: `<run>-<attempt>`.
    pub invocation: Option<Claim<'p>>,
    /// Number of the run, in .21.
    pub run_id: Option<Claim<'p>>,
    /// Number of the attempt, in .21.
    pub run_attempt: Option<Claim<'p>>,
}

impl Provenance {
    /// v1 `externalParameters.workflow` of the two GitHub build types; `None` for every other build type, whose
    /// parameters mean something else.
    ///
    /// # Errors
    /// One of the two build types, and no `workflow` with `repository`, `ref` and `path` that are not empty. It must not
    /// pass for a provenance that says nothing.
    pub fn workflow(&self) -> Result<Option<Workflow>, FieldError> {
        let Some(workflow) = self.workflow_object()? else { return Ok(None) };
        Ok(Some(Workflow {
            repository: workflow.required_text("repository")?,
            reference: workflow.required_text("ref")?,
            path: workflow.required_text("path")?,
        }))
    }

    fn workflow_object(&self) -> Result<Option<Object<'_>>, FieldError> {
        if self.version != ProvenanceVersion::V1 || !GITHUB_BUILD_TYPES.contains(&self.build_type.as_str()) {
            return Ok(None);
        }
        let path = self.parameters_path();
        let Some(parameters) = &self.parameters else { return Err(FieldError::Missing { path }) };
        Ok(Some(Field::at(parameters, path).object()?.required("workflow")?.object()?))
    }

    /// Whether the build type is one whose `externalParameters` are defined to mean what is read here (E-67).
    #[must_use]
    pub fn defines_parameters(&self) -> bool {
        let name = self.build_type.as_str();
        name == GOOGLE_WORKER || GITHUB_BUILD_TYPES.contains(&name) || GENERATOR_BUILD_TYPES.contains(&name)
    }

    /// Members of v1 `externalParameters` that the two GitHub build types do not define (E-5): whoever reads such a
    /// provenance by its build type does not see them. None for every other build type, which defines its own.
    #[must_use]
    pub fn unknown_parameters(&self) -> Vec<Path> {
        let Ok(Some(_)) = self.workflow_object() else { return Vec::new() };
        let path = self.parameters_path();
        let unknown = |value: Option<&Value>, path: &Path, known: &[&str]| {
            let members = value.and_then(Value::as_object).unwrap_or_default().iter();
            let unknown = members.filter(|(name, _)| !known.contains(&name.as_str()));
            unknown.map(|(name, _)| path.member(name)).collect::<Vec<_>>()
        };
        let parameters = self.parameters.as_ref();
        let workflow = parameters.and_then(|parameters| parameters.get("workflow"));
        let mut found = unknown(parameters, &path, &["workflow", "inputs", "vars"]);
        found.extend(unknown(workflow, &path.member("workflow"), &["repository", "ref", "path", "inputs"]));
        found
    }

    /// Where [`Provenance::parameters`] stands.
    #[must_use]
    pub fn parameters_path(&self) -> Path {
        let predicate = Path::root().member("predicate");
        match self.version {
            ProvenanceVersion::V1 => predicate.member("buildDefinition").member("externalParameters"),
            ProvenanceVersion::V0_2 => predicate.member("invocation").member("parameters"),
            ProvenanceVersion::V0_1 => predicate.member("recipe").member("arguments"),
        }
    }

    /// Where [`Provenance::environment`] stands.
    #[must_use]
    pub fn environment_path(&self) -> Path {
        let predicate = Path::root().member("predicate");
        match self.version {
            ProvenanceVersion::V1 => predicate.member("buildDefinition").member("internalParameters"),
            ProvenanceVersion::V0_2 => predicate.member("invocation").member("environment"),
            ProvenanceVersion::V0_1 => predicate.member("recipe").member("environment"),
        }
    }

    /// What this provenance says about its GitHub run; `None` for build types whose fields are not defined to say that
    /// (E-67).
    ///
    /// # Errors
    /// A build type of GitHub's whose fields do not have their shapes: it must not pass for one that claims nothing.
    pub fn claims(&self) -> Result<Option<Claims<'_>>, FieldError> {
        if let Some(workflow) = self.workflow_object()? {
            return self.workflow_claims(&workflow).map(Some);
        }
        if !GENERATOR_BUILD_TYPES.contains(&self.build_type.as_str()) {
            return Ok(None);
        }
        self.generator_claims().map(Some)
    }

    fn workflow_claims<'p>(&'p self, workflow: &Object<'p>) -> Result<Claims<'p>, FieldError> {
        let mut claims = Claims {
            repositories: vec![required_claim(workflow, "repository")?],
            references: vec![required_claim(workflow, "ref")?],
            config_path: Some(required_claim(workflow, "path")?),
            ..self.source_claims()
        };
        let Some(environment) = &self.environment else { return Ok(claims) };
        let Some(github) = Field::at(environment, self.environment_path()).object()?.get("github") else {
            return Ok(claims);
        };
        let github = github.object()?;
        claims.trigger = claim(&github, "event_name")?;
        claims.repository_id = claim(&github, "repository_id")?;
        claims.owner_id = claim(&github, "repository_owner_id")?;
        claims.runner = claim(&github, "runner_environment")?;
        Ok(claims)
    }

    fn generator_claims(&self) -> Result<Claims<'_>, FieldError> {
        let mut claims = self.source_claims();
        if let Some(source) = &self.config_source {
            let path = Path::root().member("predicate").member("invocation").member("configSource");
            claims.sources.extend(text_claim(source.uri.as_deref(), path.member("uri")));
            let commit = source.digests.iter().filter(|digest| is_commit(&digest.algorithm));
            claims.commits.extend(
                commit.filter_map(|digest| {
                    text_claim(Some(&digest.value), path.member("digest").member(&digest.algorithm))
                }),
            );
            claims.config_path = text_claim(source.entry_point.as_deref(), path.member("entryPoint"));
        }
        let Some(environment) = &self.environment else { return Ok(claims) };
        let environment = Field::at(environment, self.environment_path()).object()?;
        let either = |name: &str, other: &str| {
            let field = environment.in_either_spelling(name, other)?;
            Ok::<_, FieldError>(field.map(|field| field_claim(&field)).transpose()?.flatten())
        };
        claims.references.extend(either("github_ref", "GITHUB_REF")?);
        claims.commits.extend(either("github_sha1", "GITHUB_SHA")?);
        claims.trigger = either("github_event_name", "GITHUB_EVENT_NAME")?;
        claims.repository_name = either("github_repository", "GITHUB_REPOSITORY")?;
        claims.repository_id = either("github_repository_id", "GITHUB_REPOSITORY_ID")?;
        claims.owner_id = either("github_repository_owner_id", "GITHUB_REPOSITORY_OWNER_ID")?;
        claims.config_reference = either("github_workflow_ref", "GITHUB_WORKFLOW_REF")?;
        claims.config_commit = either("github_workflow_sha", "GITHUB_WORKFLOW_SHA")?;
        claims.run_id = either("github_run_id", "GITHUB_RUN_ID")?;
        claims.run_attempt = either("github_run_attempt", "GITHUB_RUN_ATTEMPT")?;
        Ok(claims)
    }

    /// The first dependency, which is the source in every build type here, and the invocation.
    fn source_claims(&self) -> Claims<'_> {
        let predicate = Path::root().member("predicate");
        let invocation = match self.version {
            ProvenanceVersion::V1 => predicate.member("runDetails").member("metadata").member("invocationId"),
            _ => predicate.member("metadata").member("buildInvocationId"),
        };
        let mut claims =
            Claims { invocation: text_claim(self.invocation_id.as_deref(), invocation), ..Claims::default() };
        if let Some(source) = self.dependencies.first() {
            let path = Path::parsed(&source.path);
            claims.sources.extend(text_claim(source.uri.as_deref(), path.member("uri")));
            let commits = source.digests.iter().filter(|digest| is_commit(&digest.algorithm));
            claims.commits.extend(
                commits.filter_map(|digest| {
                    text_claim(Some(&digest.value), path.member("digest").member(&digest.algorithm))
                }),
            );
        }
        claims
    }
}

/// Both names denote git commits here (E-2).
fn is_commit(algorithm: &str) -> bool {
    matches!(algorithm, "gitCommit" | "sha1")
}

fn text_claim(text: Option<&str>, path: Path) -> Option<Claim<'_>> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(Claim { value: Cow::Borrowed(text), path })
}

fn required_claim<'p>(object: &Object<'p>, key: &str) -> Result<Claim<'p>, FieldError> {
    let field = object.required(key)?;
    Ok(Claim { value: Cow::Borrowed(field.filled_string()?), path: field.path().clone() })
}

fn claim<'p>(object: &Object<'p>, key: &str) -> Result<Option<Claim<'p>>, FieldError> {
    object.get(key).map_or(Ok(None), |field| field_claim(&field))
}

/// A text or a number that is not negative.
fn field_claim<'p>(field: &Field<'p>) -> Result<Option<Claim<'p>>, FieldError> {
    match field.value() {
        Value::Number(Number::Unsigned(number)) => {
            Ok(Some(Claim { value: Cow::Owned(number.to_string()), path: field.path().clone() }))
        }
        _ => Ok(text_claim(Some(field.string()?), field.path().clone())),
    }
}
