//! The list of the npm registry's public keys, `keys.json` (G-13).

use crate::field::{Field, FieldError};
use crate::json::{self, Limits};
use crate::limits::{MAX_REGISTRY_KEYS, MAX_TRUSTED_ROOT_BYTES};
use crate::{Explanation, Fault, PublicKeyDetails, UnixMillis};

/// `keyUsage` of the keys that sign attestations; those of `npm:signatures` sign nothing that is read here (G-13).
pub const ATTESTATIONS: &str = "npm:attestations";

/// One key of the list. Not believed: its id has to be computed again from the key (G-14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NpmKey {
    /// `keyId`.
    pub key_id: String,
    /// `keyUsage`.
    pub usage: String,
    /// `publicKey.rawBytes`: `SubjectPublicKeyInfo`, DER.
    pub spki: Vec<u8>,
    /// `publicKey.keyDetails`.
    pub details: PublicKeyDetails,
    /// `publicKey.validFor.start`, inclusive.
    pub valid_from: UnixMillis,
    /// `publicKey.validFor.end`, inclusive; `None` while it is in use.
    pub valid_until: Option<UnixMillis>,
    /// Where it is, e.g. `$.keys[1]`.
    pub path: String,
}

/// Reads the list.
///
/// # Errors
/// Not JSON, a member missing or malformed, no key or too many.
pub fn parse(bytes: &[u8]) -> Result<Vec<NpmKey>, NpmKeysError> {
    let value = json::parse(bytes, Limits::of_size(MAX_TRUSTED_ROOT_BYTES)).map_err(NpmKeysError::Json)?;
    let keys = Field::root(&value).object()?.required("keys")?.array(MAX_REGISTRY_KEYS)?;
    if keys.is_empty() {
        return Err(NpmKeysError::NoKey);
    }
    Ok(keys.iter().map(key).collect::<Result<_, _>>()?)
}

fn key(field: &Field<'_>) -> Result<NpmKey, FieldError> {
    let object = field.object()?;
    let public_key = object.required("publicKey")?.object()?;
    let window = public_key.required("validFor")?.object()?;
    Ok(NpmKey {
        key_id: object.required("keyId")?.filled_string()?.to_owned(),
        usage: object.required("keyUsage")?.filled_string()?.to_owned(),
        spki: public_key.required("rawBytes")?.filled_bytes()?,
        details: public_key
            .required("keyDetails")?
            .name("a kind of key that Sigstore knows", PublicKeyDetails::from_proto_name)?,
        valid_from: window.required("start")?.instant()?,
        valid_until: window.get("end").map(|end| end.instant()).transpose()?,
        path: field.path().to_string(),
    })
}

/// Why a list of keys was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NpmKeysError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// An empty list.
    NoKey,
}

/// Every code of [`NpmKeysError`] that is its own.
pub const CODES: &[&str] = &["npm-keys-empty"];

impl Fault for NpmKeysError {
    fn explain(&self) -> Explanation<'_> {
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::NoKey => {
                Explanation::new("npm-keys-empty", "G-13").at("$.keys").expected("at least one key").found("none")
            }
        }
    }
}
crate::fault::display_fault!(NpmKeysError);

impl From<FieldError> for NpmKeysError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
