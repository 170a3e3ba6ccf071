//! CycloneDX 1.4 to 1.7.

use super::{Component, ComponentKind, Components, Relation, RelationKind, Sbom, SbomError, digest, purl_problem};
use crate::field::{Field, Object};
use crate::limits::{MAX_COMPONENT_DIGESTS, MAX_COMPONENTS, MAX_RELATIONS};
use crate::path::quoted;
use crate::predicate::SbomFormat;

pub(super) fn read(root: &Object<'_>) -> Result<Sbom, SbomError> {
    exactly(&root.required("bomFormat")?, &["CycloneDX"], "CycloneDX")?;
    let version = root.required("specVersion")?;
    exactly(&version, &["1.4", "1.5", "1.6", "1.7"], "version 1.4, 1.5, 1.6 or 1.7")?;
    let mut reader = Reader::default();
    let mut described = Vec::new();
    if let Some(metadata) = root.get("metadata")
        && let Some(primary) = metadata.object()?.get("component")
    {
        described.push(0);
        reader.component(&primary)?;
    }
    for field in root.list("components", MAX_COMPONENTS)? {
        reader.component(&field)?;
    }
    for field in root.list("dependencies", MAX_COMPONENTS)? {
        let dependency = field.object()?;
        let from = dependency.required_text("ref")?;
        for to in dependency.list("dependsOn", MAX_RELATIONS)? {
            reader.relate(&from, to.filled_string()?, RelationKind::DependsOn, &to)?;
        }
    }
    Ok(Sbom {
        format: SbomFormat::CycloneDx,
        version: version.string()?.to_owned(),
        name: None,
        described,
        components: reader.components.list,
        relations: reader.relations,
    })
}

fn exactly(field: &Field<'_>, allowed: &[&str], expected: &'static str) -> Result<(), SbomError> {
    let text = field.string()?;
    if allowed.contains(&text) {
        return Ok(());
    }
    Err(SbomError::Version { path: field.path().clone(), expected, found: quoted(text) })
}

#[derive(Default)]
struct Reader {
    components: Components,
    relations: Vec<Relation>,
}

impl Reader {
    /// A component and those within it; how deep is bounded by the depth of the JSON.
    fn component(&mut self, field: &Field<'_>) -> Result<Option<String>, SbomError> {
        let object = field.object()?;
        let reference = object.text("bom-ref")?;
        let mut digests = Vec::new();
        for hash in object.list("hashes", MAX_COMPONENT_DIGESTS)? {
            let hash = hash.object()?;
            digests.push(digest(&hash.required("alg")?, &hash.required("content")?)?);
        }
        let purl = object.text("purl")?;
        let component = Component {
            reference: reference.clone(),
            kind: match object.required("type")?.filled_string()? {
                "file" => ComponentKind::File,
                _ => ComponentKind::Package,
            },
            name: name(&object)?,
            version: object.text("version")?,
            purl_problem: purl_problem(purl.as_deref(), &digests),
            purl,
            digests,
            path: field.path().to_string(),
        };
        self.components.push(component, field.path())?;
        for inner in object.list("components", MAX_COMPONENTS)? {
            let held = self.component(&inner)?;
            if let (Some(from), Some(to)) = (&reference, &held) {
                self.relate(from, to, RelationKind::Contains, &inner)?;
            }
        }
        Ok(reference)
    }

    fn relate(&mut self, from: &str, to: &str, kind: RelationKind, field: &Field<'_>) -> Result<(), SbomError> {
        if self.relations.len() >= MAX_RELATIONS {
            let (path, found) = (field.path().clone(), MAX_RELATIONS.saturating_add(1));
            return Err(crate::field::FieldError::TooMany { path, found, limit: MAX_RELATIONS }.into());
        }
        self.relations.push(Relation { from: from.to_owned(), to: to.to_owned(), kind });
        Ok(())
    }
}

fn name(component: &Object<'_>) -> Result<String, SbomError> {
    let name = component.required_text("name")?;
    Ok(match component.text("group")? {
        Some(group) => format!("{group}/{name}"),
        None => name,
    })
}
