//! Kubernetes objects: pods with what their nodes report, and everything that holds a pod's template.

use super::collect::Collector;
use super::reference::{self, Reference};
use super::{Identity, InventoryError, Place, Standing};
use crate::field::{Field, FieldError, Object};
use crate::json::Value;
use crate::limits::{MAX_CONTAINERS, MAX_INVENTORY_PLACES};

/// What each list of a pod's containers is called, and the list of their states.
const LISTS: [(&str, &str); 3] = [
    ("containers", "containerStatuses"),
    ("initContainers", "initContainerStatuses"),
    ("ephemeralContainers", "ephemeralContainerStatuses"),
];

/// Reads one object, or a list of them.
pub(super) fn read(field: &Field<'_>, collector: &mut Collector) -> Result<(), InventoryError> {
    let object = field.object()?;
    let kind = object.required("kind")?.filled_string()?;
    let Some(of) = kind.strip_suffix("List") else { return one(&object, kind, collector) };
    for item in object.list("items", MAX_INVENTORY_PLACES)? {
        let item = item.object()?;
        // The elements of a typed list (`PodList`) need not name their kind again.
        let kind = match item.get("kind") {
            Some(kind) => kind.filled_string()?,
            // Those of a plain `List` must: nothing else says what they are.
            None if of.is_empty() => item.required("kind")?.filled_string()?,
            None => of,
        };
        if kind.ends_with("List") {
            return Err(InventoryError::NestedList { path: item.path().clone() });
        }
        one(&item, kind, collector)?;
    }
    Ok(())
}

fn one(object: &Object<'_>, kind: &str, collector: &mut Collector) -> Result<(), InventoryError> {
    // Where each kind keeps the specification of its pods.
    let steps: &[&str] = match kind {
        "Pod" => &["spec"],
        "PodTemplate" => &["template", "spec"],
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "ReplicationController" | "Job" => {
            &["spec", "template", "spec"]
        }
        "CronJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
        _ => {
            collector.leave_out(kind);
            return Ok(());
        }
    };
    let metadata = object.required("metadata")?.object()?;
    let owner = Owner {
        kind,
        name: match metadata.get("name") {
            Some(name) => name.string()?.to_owned(),
            None => metadata.string_or_empty("generateName")?,
        },
        namespace: metadata.string_or_empty("namespace")?,
        phase: None,
    };
    let mut spec = object.clone();
    for step in steps {
        spec = spec.required(step)?.object()?;
    }
    let status = match (kind, object.get("status")) {
        ("Pod", Some(status)) => Some(status.object()?),
        _ => None,
    };
    let phase = status.as_ref().map(|status| status.string_or_empty("phase")).transpose()?;
    let owner = Owner { phase, ..owner };
    spec.required("containers")?;
    for (containers, statuses) in LISTS {
        let states = match &status {
            Some(status) => status.list(statuses, MAX_CONTAINERS)?,
            None => Vec::new(),
        };
        for container in spec.list(containers, MAX_CONTAINERS)? {
            owner.container(&container, &states, collector)?;
        }
    }
    Ok(())
}

struct Owner<'a> {
    kind: &'a str,
    name: String,
    namespace: String,
    phase: Option<String>,
}

impl Owner<'_> {
    fn container(
        &self,
        container: &Field<'_>,
        states: &[Field<'_>],
        collector: &mut Collector,
    ) -> Result<(), InventoryError> {
        let object = container.object()?;
        let name = object.string_or_empty("name")?;
        let declared = match object.get("image") {
            Some(image) => reference::image(image.string()?),
            None => Reference {
                name: String::new(),
                identity: Identity::Malformed {
                    found: String::new(),
                    problem: "The container names no image.".to_owned(),
                },
            },
        };
        let (found, standing) = match self.reported(&name, states)? {
            Some((reported, standing)) => (reported, standing),
            None => (None, Standing::Declared),
        };
        let place = Place {
            standing,
            cluster: String::new(),
            namespace: self.namespace.clone(),
            kind: self.kind.to_owned(),
            name: self.name.clone(),
            container: name,
            declared: String::new(),
            path: container.path().to_string(),
        };
        let Some(found) = found else {
            let shown = declared.name.clone();
            return collector.add(declared.identity, &shown, place);
        };
        let other = matches!(&declared.identity, Identity::Digest { .. }) && declared.identity != found.identity;
        let place = Place { declared: if other { written(&declared) } else { String::new() }, ..place };
        // A tag says more than the repository alone, which is all that the node repeats.
        let shown = if declared.name.is_empty() { &found.name } else { &declared.name };
        let identity = match found.identity {
            // The node says only which configuration it runs. What was asked for is not what was seen.
            Identity::ConfigurationOnly { .. } => found.identity,
            identity => identity,
        };
        collector.add(identity, shown, place)
    }

    /// What the node reports of the container: its image, if it has one yet, and whether it runs.
    fn reported(&self, name: &str, states: &[Field<'_>]) -> Result<Option<(Option<Reference>, Standing)>, FieldError> {
        for state in states {
            let state = state.object()?;
            if state.string_or_empty("name")? != name {
                continue;
            }
            let image_id = state.string_or_empty("imageID")?;
            if image_id.is_empty() {
                return Ok(None);
            }
            let standing = match (state.get("state"), self.phase.as_deref()) {
                (Some(now), _) => {
                    let is = |what: &str| now.value().get(what).is_some_and(|one| *one != Value::Null);
                    match () {
                        () if is("running") => Standing::Running,
                        () if is("terminated") || is("waiting") => Standing::Ended,
                        () => Standing::Unknown,
                    }
                }
                (None, Some("Running")) => Standing::Running,
                (None, Some("Succeeded" | "Failed")) => Standing::Ended,
                // What nobody says is not known; it has not ended.
                (None, _) => Standing::Unknown,
            };
            return Ok(Some((Some(reference::image_id(&image_id)), standing)));
        }
        Ok(None)
    }
}

fn written(reference: &Reference) -> String {
    match &reference.identity {
        Identity::Digest { algorithm, hex } => format!("{}@{algorithm}:{hex}", reference.name),
        _ => reference.name.clone(),
    }
}
