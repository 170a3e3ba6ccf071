//! What the readers of several predicates share.

use super::PredicateError;
use crate::field::{Field, FieldError, Object};
use crate::json::Value;
use crate::limits::{MAX_DESCRIPTORS, MAX_NAMES};
use crate::resource::ResourceDescriptor;

/// Collects the paths of unknown members while a predicate is read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) unknown: Vec<String>,
}

impl Reader {
    /// The object `key`, which has to be there.
    pub(super) fn required<'a>(
        &mut self,
        parent: &Object<'a>,
        key: &str,
        known: &[&str],
    ) -> Result<Object<'a>, FieldError> {
        self.object(&parent.required(key)?, known)
    }

    /// The object `key`, or none.
    pub(super) fn optional<'a>(
        &mut self,
        parent: &Object<'a>,
        key: &str,
        known: &[&str],
    ) -> Result<Option<Object<'a>>, FieldError> {
        parent.get(key).map(|field| self.object(&field, known)).transpose()
    }

    /// The object, with the members that this type has.
    pub(super) fn object<'a>(&mut self, field: &Field<'a>, known: &[&str]) -> Result<Object<'a>, FieldError> {
        let object = field.object()?;
        object.collect_unknown(known, &mut self.unknown);
        Ok(object)
    }

    /// A descriptor that names something (E-2).
    pub(super) fn descriptor(&mut self, field: &Field<'_>) -> Result<ResourceDescriptor, PredicateError> {
        let descriptor = ResourceDescriptor::read(field, &mut self.unknown)?;
        if descriptor.names_nothing() {
            return Err(PredicateError::EmptyDescriptor { path: field.path().clone() });
        }
        Ok(descriptor)
    }

    /// The descriptors of the array `key`, where one may name nothing: Google Cloud Build lists `{}` as a by-product.
    pub(super) fn things(&mut self, parent: &Object<'_>, key: &str) -> Result<Vec<ResourceDescriptor>, FieldError> {
        let fields = parent.list(key, MAX_DESCRIPTORS)?;
        fields.iter().map(|field| ResourceDescriptor::read(field, &mut self.unknown)).collect()
    }

    /// The descriptors of the array `key`; absent is empty.
    pub(super) fn descriptors(
        &mut self,
        parent: &Object<'_>,
        key: &str,
    ) -> Result<Vec<ResourceDescriptor>, PredicateError> {
        parent.list(key, MAX_DESCRIPTORS)?.iter().map(|field| self.descriptor(field)).collect()
    }
}

/// The object `key` of strings, as pairs; absent is empty.
pub(super) fn pairs(parent: &Object<'_>, key: &str) -> Result<Vec<(String, String)>, FieldError> {
    let Some(field) = parent.get(key) else { return Ok(Vec::new()) };
    let object = field.object()?.capped(MAX_NAMES)?;
    object.members().map(|(key, value)| Ok((key.to_owned(), value.string()?.to_owned()))).collect()
}

/// The object `key`, uninterpreted; none when absent.
pub(super) fn raw_object(parent: &Object<'_>, key: &str) -> Result<Option<Value>, FieldError> {
    let Some(field) = parent.get(key) else { return Ok(None) };
    field.object()?;
    Ok(Some(field.value().clone()))
}

/// An identifier: a string, or a number in its only spelling, as text. Absent or empty is none.
pub(super) fn identifier(parent: &Object<'_>, key: &str) -> Result<Option<String>, FieldError> {
    let Some(field) = parent.get(key) else { return Ok(None) };
    match field.value() {
        Value::Number(_) => Ok(Some(field.integer()?.to_string())),
        _ => parent.text(key),
    }
}
