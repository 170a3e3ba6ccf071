//! From a predicate to [`Provenance`] (E-1, the table of E.1).

use super::{Completeness, ConfigSource, Provenance, ProvenanceVersion};
use crate::field::{Field, FieldError, Object};
use crate::predicate::PredicateError;
use crate::predicate::read::{Reader, pairs, raw_object};

pub(in crate::predicate) fn provenance(
    predicate: &Field<'_>,
    version: ProvenanceVersion,
) -> Result<Provenance, PredicateError> {
    let mut reader = Reader::default();
    let mut provenance = match version {
        ProvenanceVersion::V1 => v1(&mut reader, predicate)?,
        ProvenanceVersion::V0_2 => v0_2(&mut reader, predicate)?,
        ProvenanceVersion::V0_1 => v0_1(&mut reader, predicate)?,
    };
    provenance.unknown_fields = reader.unknown;
    Ok(provenance)
}

fn v1(reader: &mut Reader, predicate: &Field<'_>) -> Result<Provenance, PredicateError> {
    let root = reader.object(predicate, &["buildDefinition", "runDetails"])?;
    let known = ["buildType", "externalParameters", "internalParameters", "resolvedDependencies"];
    let definition = reader.required(&root, "buildDefinition", &known)?;
    let run = reader.required(&root, "runDetails", &["builder", "metadata", "byproducts"])?;
    let builder = reader.required(&run, "builder", &["id", "version", "builderDependencies"])?;
    let metadata = run.get("metadata").map(|field| field.object()).transpose()?;
    let build_type = definition.required_text("buildType")?;
    let builder_id = builder_id(&builder, &build_type)?;
    Ok(Provenance {
        builder_version: pairs(&builder, "version")?,
        builder_dependencies: reader.descriptors(&builder, "builderDependencies")?,
        parameters: raw_object(&definition, "externalParameters")?,
        environment: raw_object(&definition, "internalParameters")?,
        dependencies: reader.descriptors(&definition, "resolvedDependencies")?,
        byproducts: reader.things(&run, "byproducts")?,
        ..with_metadata(
            Provenance::empty(ProvenanceVersion::V1, build_type, builder_id),
            metadata.as_ref(),
            &["invocationId", "startedOn", "finishedOn"],
        )?
    })
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn v0_2(reader: &mut Reader, predicate: &Field<'_>) -> Result<Provenance, PredicateError> {
    let known = ["builder", "buildType", "invocation", "buildConfig", "metadata", "materials"];
    let root = reader.object(predicate, &known)?;
    let builder = reader.required(&root, "builder", &["id"])?;
    let known = ["configSource", "parameters", "environment"];
    let invocation = reader.optional(&root, "invocation", &known)?;
    let metadata = root.get("metadata").map(|field| field.object()).transpose()?;
    let build_type = root.required_text("buildType")?;
    let builder_id = builder_id(&builder, &build_type)?;
    let mut provenance = with_metadata(
        Provenance::empty(ProvenanceVersion::V0_2, build_type, builder_id),
        metadata.as_ref(),
        &OLD_METADATA,
    )?;
    provenance.completeness = completeness(reader, metadata.as_ref(), "parameters")?;
    if let Some(invocation) = &invocation {
        provenance.config_source = config_source(reader, invocation)?;
        provenance.parameters = invocation.get("parameters").map(|field| field.value().clone());
        provenance.environment = raw_object(invocation, "environment")?;
    }
    provenance.build_config = root.get("buildConfig").map(|field| field.value().clone());
    provenance.dependencies = reader.descriptors(&root, "materials")?;
    Ok(provenance)
}

fn config_source(reader: &mut Reader, invocation: &Object<'_>) -> Result<Option<ConfigSource>, PredicateError> {
    let Some(source) = reader.optional(invocation, "configSource", &["uri", "digest", "entryPoint"])? else {
        return Ok(None);
    };
    Ok(Some(ConfigSource {
        uri: source.text("uri")?,
        digests: crate::statement::SubjectDigest::read_set(&source)?,
        entry_point: source.text("entryPoint")?,
    }))
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn v0_1(reader: &mut Reader, predicate: &Field<'_>) -> Result<Provenance, PredicateError> {
    let root = reader.object(predicate, &["builder", "recipe", "metadata", "materials"])?;
    let builder = reader.required(&root, "builder", &["id"])?;
    let known = ["type", "definedInMaterial", "entryPoint", "arguments", "environment"];
    let recipe = reader.required(&root, "recipe", &known)?;
    let metadata = root.get("metadata").map(|field| field.object()).transpose()?;
    let build_type = recipe.required_text("type")?;
    let builder_id = builder_id(&builder, &build_type)?;
    let mut provenance = with_metadata(
        Provenance::empty(ProvenanceVersion::V0_1, build_type, builder_id),
        metadata.as_ref(),
        &OLD_METADATA,
    )?;
    provenance.completeness = completeness(reader, metadata.as_ref(), "arguments")?;
    provenance.parameters = recipe.get("arguments").map(|field| field.value().clone());
    provenance.environment = recipe.get("environment").map(|field| field.value().clone());
    provenance.dependencies = reader.descriptors(&root, "materials")?;
    let entry_point = recipe.text("entryPoint")?;
    let material = defined_in(&recipe, provenance.dependencies.len())?;
    let material = material.and_then(|index| provenance.dependencies.get(index));
    if material.is_some() || entry_point.is_some() {
        provenance.config_source = Some(ConfigSource {
            uri: material.and_then(|material| material.uri.clone()),
            digests: material.map(|material| material.digests.clone()).unwrap_or_default(),
            entry_point,
        });
    }
    Ok(provenance)
}

/// The material that holds the recipe: its index, or none when absent or −1, as Google Cloud Build writes it.
fn defined_in(recipe: &Object<'_>, materials: usize) -> Result<Option<usize>, PredicateError> {
    let Some(field) = recipe.get("definedInMaterial") else { return Ok(None) };
    let index = match field.integer() {
        Err(FieldError::Negative { found, .. }) if found.trim_matches('"') == "-1" => return Ok(None),
        index => index?,
    };
    match usize::try_from(index) {
        Ok(position) if position < materials => Ok(Some(position)),
        _ => Err(PredicateError::MaterialIndex { path: field.path().clone(), index, materials }),
    }
}

/// Not empty (E-1), but for BuildKit, whose statements are unsigned and say nothing about the builder (E-65).
fn builder_id(builder: &Object<'_>, build_type: &str) -> Result<String, FieldError> {
    let id = builder.required("id")?;
    let text = if super::buildkit::BUILD_TYPES.contains(&build_type) { id.string()? } else { id.filled_string()? };
    Ok(text.to_owned())
}

/// `buildInvocationID` is what the generators of slsa-github-generator write, in Go, where case does not count.
const OLD_METADATA: [&str; 6] =
    ["buildInvocationId", "buildInvocationID", "buildStartedOn", "buildFinishedOn", "completeness", "reproducible"];

fn with_metadata(
    provenance: Provenance,
    metadata: Option<&Object<'_>>,
    known: &[&str],
) -> Result<Provenance, FieldError> {
    let Some(metadata) = metadata else { return Ok(provenance) };
    let other = metadata.members().filter(|(key, _)| !known.contains(key));
    let other_metadata = other.map(|(key, field)| (key.to_owned(), field.value().clone())).collect();
    let provenance = Provenance { other_metadata, ..provenance };
    if provenance.version == ProvenanceVersion::V1 {
        return Ok(Provenance {
            invocation_id: metadata.text("invocationId")?,
            started_on: metadata.text("startedOn")?,
            finished_on: metadata.text("finishedOn")?,
            ..provenance
        });
    }
    let invocation_id = metadata.in_either_spelling("buildInvocationId", "buildInvocationID")?;
    let invocation_id = invocation_id.map(|field| field.string()).transpose()?;
    Ok(Provenance {
        invocation_id: invocation_id.filter(|id| !id.is_empty()).map(str::to_owned),
        started_on: metadata.text("buildStartedOn")?,
        finished_on: metadata.text("buildFinishedOn")?,
        reproducible: metadata.boolean("reproducible")?,
        ..provenance
    })
}

fn completeness(
    reader: &mut Reader,
    metadata: Option<&Object<'_>>,
    parameters: &str,
) -> Result<Completeness, FieldError> {
    let Some(metadata) = metadata else { return Ok(Completeness::default()) };
    let known = [parameters, "environment", "materials"];
    let Some(object) = reader.optional(metadata, "completeness", &known)? else {
        return Ok(Completeness::default());
    };
    Ok(Completeness {
        parameters: object.boolean(parameters)?,
        environment: object.boolean("environment")?,
        materials: object.boolean("materials")?,
    })
}
