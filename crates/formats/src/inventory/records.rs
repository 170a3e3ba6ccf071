//! GitHub's deployment records, as its interface for artifact metadata answers them (E.8). Unsigned.

use super::collect::Collector;
use super::reference;
use super::{Identity, InventoryError, Place, Standing};
use crate::field::Field;
use crate::limits::MAX_INVENTORY_PLACES;

/// Reads `{"total_count": …, "deployment_records": […]}`.
pub(super) fn read(field: &Field<'_>, collector: &mut Collector) -> Result<(), InventoryError> {
    for record in field.object()?.list("deployment_records", MAX_INVENTORY_PLACES)? {
        let record = record.object()?;
        let digest = record.required("digest")?.filled_string()?;
        let identity = reference::digest(digest).unwrap_or_else(|| Identity::Malformed {
            found: digest.chars().take(200).collect(),
            problem: "Expected a digest such as sha256:…".to_owned(),
        });
        let standing = match record.string_or_empty("status")?.as_str() {
            "decommissioned" => Standing::Decommissioned,
            _ => Standing::Recorded,
        };
        let (cluster, physical) = (record.string_or_empty("cluster")?, record.string_or_empty("physical_environment")?);
        let name = record.string_or_empty("name")?;
        let place = Place {
            standing,
            cluster: if cluster.is_empty() { physical } else { cluster },
            namespace: record.string_or_empty("logical_environment")?,
            kind: "deployment record".to_owned(),
            name: record.string_or_empty("deployment_name")?,
            container: String::new(),
            declared: String::new(),
            path: record.path().to_string(),
        };
        collector.add(identity, &name, place)?;
    }
    Ok(())
}
