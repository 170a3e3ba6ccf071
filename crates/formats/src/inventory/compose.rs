//! Compose files: services and their images.

use super::collect::Collector;
use super::reference;
use super::{Identity, InventoryError, Place, Standing};
use crate::field::Field;
use crate::limits::MAX_INVENTORY_PLACES;

/// Reads the services of a compose file.
pub(super) fn read(field: &Field<'_>, collector: &mut Collector) -> Result<(), InventoryError> {
    let object = field.object()?;
    let project = object.string_or_empty("name")?;
    let services = object.required("services")?.object()?;
    if services.len() > MAX_INVENTORY_PLACES {
        return Err(InventoryError::TooManyPlaces);
    }
    for (name, service) in services.members() {
        let service = service.object()?;
        let place = Place {
            standing: Standing::Declared,
            cluster: String::new(),
            namespace: project.clone(),
            kind: "service".to_owned(),
            name: name.to_owned(),
            container: String::new(),
            declared: String::new(),
            path: service.path().to_string(),
        };
        // With `build` beside it, `image` only names what the build makes there.
        let built = service.get("build").is_some();
        match service.get("image") {
            Some(image) => {
                let found = reference::image(image.string()?);
                let identity = match found.identity {
                    Identity::NoDigest { .. } if built => Identity::BuiltInPlace { found: name.to_owned() },
                    identity => identity,
                };
                collector.add(identity, &found.name, place)?;
            }
            None if built => collector.add(Identity::BuiltInPlace { found: name.to_owned() }, name, place)?,
            None => {
                let problem = "The service names no image and nothing to build.".to_owned();
                collector.add(Identity::Malformed { found: name.to_owned(), problem }, name, place)?;
            }
        }
    }
    Ok(())
}
