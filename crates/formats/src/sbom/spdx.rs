//! SPDX 2.2 and 2.3.

use super::{
    Component, ComponentKind, Components, Relation, RelationKind, Sbom, SbomError, digest, purl_problem, said,
};
use crate::field::{Field, Object};
use crate::limits::{MAX_COMPONENT_DIGESTS, MAX_COMPONENTS, MAX_EXTERNAL_REFERENCES, MAX_RELATIONS};
use crate::path::quoted;
use crate::predicate::SbomFormat;
use crate::statement::SubjectDigest;

/// What every SPDX document calls itself.
const DOCUMENT: &str = "SPDXRef-DOCUMENT";

pub(super) fn read(root: &Object<'_>) -> Result<Sbom, SbomError> {
    let version = root.required("spdxVersion")?;
    let version = match version.string()? {
        "SPDX-2.2" => "2.2",
        "SPDX-2.3" => "2.3",
        other => {
            let (path, found) = (version.path().clone(), quoted(other));
            return Err(SbomError::Version { path, expected: "SPDX-2.2 or SPDX-2.3", found });
        }
    };
    let id = root.required("SPDXID")?;
    if id.string()? != DOCUMENT {
        let (path, found) = (id.path().clone(), id.string()?.to_owned());
        return Err(SbomError::Identifier { path, expected: DOCUMENT, found });
    }
    let mut components = Components::default();
    for field in root.list("packages", MAX_COMPONENTS)? {
        components.push(package(&field)?, field.path())?;
    }
    for field in root.list("files", MAX_COMPONENTS)? {
        components.push(file(&field)?, field.path())?;
    }
    let mut described = root.texts("documentDescribes", MAX_COMPONENTS)?;
    let mut relations = Vec::new();
    for field in root.list("relationships", MAX_RELATIONS)? {
        let relation = field.object()?;
        let (from, to) = (relation.required_text("spdxElementId")?, relation.required_text("relatedSpdxElement")?);
        match relation.required("relationshipType")?.filled_string()? {
            "DESCRIBES" if from == DOCUMENT => described.push(to),
            "DESCRIBED_BY" if to == DOCUMENT => described.push(from),
            name => relations.extend(relation_of(name, from, to)),
        }
    }
    // In the order of the components, each once: both ways of describing may be used for the same one.
    let mut positions: Vec<_> =
        described.iter().filter_map(|reference| components.references.get(reference)).copied().collect();
    positions.sort_unstable();
    positions.dedup();
    Ok(Sbom {
        format: SbomFormat::Spdx,
        version: version.to_owned(),
        name: root.text("name")?,
        described: positions,
        components: components.list,
        relations,
    })
}

/// Of the forty kinds of relationship those that say that one thing is in, or needed by, another.
fn relation_of(name: &str, from: String, to: String) -> Option<Relation> {
    if [from.as_str(), to.as_str()].iter().any(|end| matches!(*end, "NONE" | "NOASSERTION")) {
        return None;
    }
    let (kind, is_reversed) = match name {
        "DEPENDS_ON" | "DYNAMIC_LINK" | "STATIC_LINK" | "HAS_PREREQUISITE" => (RelationKind::DependsOn, false),
        "DEPENDENCY_OF" | "PREREQUISITE_FOR" => (RelationKind::DependsOn, true),
        name if name.ends_with("_DEPENDENCY_OF") => (RelationKind::DependsOn, true),
        "CONTAINS" => (RelationKind::Contains, false),
        "CONTAINED_BY" => (RelationKind::Contains, true),
        _ => return None,
    };
    let (from, to) = if is_reversed { (to, from) } else { (from, to) };
    Some(Relation { from, to, kind })
}

fn package(field: &Field<'_>) -> Result<Component, SbomError> {
    let package = field.object()?;
    let mut purl = None;
    for reference in package.list("externalRefs", MAX_EXTERNAL_REFERENCES)? {
        let reference = reference.object()?;
        if purl.is_none() && reference.string_or_empty("referenceType")? == "purl" {
            purl = Some(reference.required_text("referenceLocator")?);
        }
    }
    let digests = checksums(&package)?;
    Ok(Component {
        reference: Some(element_id(&package)?),
        kind: ComponentKind::Package,
        name: package.required_text("name")?,
        version: said(package.text("versionInfo")?),
        purl_problem: purl_problem(purl.as_deref(), &digests),
        purl,
        digests,
        path: field.path().to_string(),
    })
}

fn file(field: &Field<'_>) -> Result<Component, SbomError> {
    let file = field.object()?;
    Ok(Component {
        reference: Some(element_id(&file)?),
        kind: ComponentKind::File,
        name: file.required_text("fileName")?,
        version: None,
        purl: None,
        purl_problem: None,
        digests: checksums(&file)?,
        path: field.path().to_string(),
    })
}

fn element_id(element: &Object<'_>) -> Result<String, SbomError> {
    let field = element.required("SPDXID")?;
    let text = field.string()?;
    if !text.starts_with("SPDXRef-") || text == DOCUMENT {
        let (path, found) = (field.path().clone(), text.to_owned());
        return Err(SbomError::Identifier { path, expected: "SPDXRef- and a name of its own", found });
    }
    Ok(text.to_owned())
}

fn checksums(element: &Object<'_>) -> Result<Vec<SubjectDigest>, SbomError> {
    let mut digests = Vec::new();
    for field in element.list("checksums", MAX_COMPONENT_DIGESTS)? {
        let checksum = field.object()?;
        digests.push(digest(&checksum.required("algorithm")?, &checksum.required("checksumValue")?)?);
    }
    Ok(digests)
}
