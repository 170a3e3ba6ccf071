//! The npm registry's keys for attestations (G-13, G-14): built in, or from the list that a person gives.

use std::sync::OnceLock;

use touchstone_crypto::{KeyKind, PublicKey, SignatureScheme, sha256};
use touchstone_formats::npm_keys::{self, ATTESTATIONS, NpmKey};
use touchstone_formats::{UnixMillis, base64};

use crate::load::malformed;
use crate::{LoadError, log_signature_scheme};

/// A key of the registry, with the window in which it may have signed.
#[derive(Clone, Debug)]
pub struct RegistryKey {
    /// Computed from the key, and equal to what the list says (G-14).
    pub key_id: String,
    /// The key.
    pub key: PublicKey,
    /// How it signs.
    pub scheme: SignatureScheme,
    /// First moment, inclusive.
    pub valid_from: UnixMillis,
    /// Last moment, inclusive; `None` while it is in use.
    pub valid_until: Option<UnixMillis>,
}

/// The keys that are built in. `roots/SOURCE.md` says which package ships them.
#[must_use]
pub fn built_in() -> &'static [RegistryKey] {
    static KEYS: OnceLock<Vec<RegistryKey>> = OnceLock::new();
    // The file is a constant: that it loads is what the test below says.
    KEYS.get_or_init(|| read(include_bytes!("../roots/npm-keys.json")).unwrap_or_default())
}

/// Reads a list: the keys for attestations in it, none of which may have another id than its own.
///
/// # Errors
/// The list cannot be read, a key cannot be used, or an id is not the key's.
pub fn read(bytes: &[u8]) -> Result<Vec<RegistryKey>, LoadError> {
    let listed = npm_keys::parse(bytes).map_err(|error| malformed(&error))?;
    listed.iter().filter(|listed| listed.usage == ATTESTATIONS).map(load).collect()
}

fn load(listed: &NpmKey) -> Result<RegistryKey, LoadError> {
    let unusable = |member: &str, expected: &str, found: String| LoadError::Key {
        place: format!("{}.{member}", listed.path),
        expected: expected.to_owned(),
        found,
    };
    let key = PublicKey::from_spki_der(&listed.spki)
        .map_err(|error| unusable("publicKey.rawBytes", "a public key", error.to_string()))?;
    let scheme = log_signature_scheme(listed.details, &key)
        .ok_or_else(|| unusable("publicKey.keyDetails", "the kind of the key", format!("{} key", key.kind())))?;
    let computed = key_id(&key)
        .ok_or_else(|| unusable("publicKey.rawBytes", "an ECDSA key on P-256", format!("{} key", key.kind())))?;
    if computed != listed.key_id {
        return Err(unusable("keyId", &computed, listed.key_id.clone()));
    }
    Ok(RegistryKey { key_id: computed, key, scheme, valid_from: listed.valid_from, valid_until: listed.valid_until })
}

/// `SHA256:` and unpadded base64 of the SHA-256 of the key in SSH's wire encoding (G-14); `None` for any other than P-256.
#[must_use]
pub fn key_id(key: &PublicKey) -> Option<String> {
    /// An uncompressed point.
    const POINT: usize = 65;
    if key.kind() != KeyKind::EcdsaP256 {
        return None;
    }
    let point = key.spki_der().last_chunk::<POINT>().filter(|point| point.first() == Some(&0x04))?;
    let mut wire = Vec::with_capacity(104);
    for part in [b"ecdsa-sha2-nistp256".as_slice(), b"nistp256", point] {
        wire.extend_from_slice(&u32::try_from(part.len()).ok()?.to_be_bytes());
        wire.extend_from_slice(part);
    }
    Some(format!("SHA256:{}", base64::encode(&sha256(&wire)).trim_end_matches('=')))
}

#[cfg(test)]
mod tests {
    use super::{built_in, read};
    use crate::LoadError;

    const LIST: &str = include_str!("../roots/npm-keys.json");

    #[test]
    fn g_13_two_generations_are_built_in_with_their_windows() {
        let keys = built_in();
        assert_eq!(keys.len(), 2, "two keys for attestations");
        assert!(keys.iter().all(|key| key.key_id.starts_with("SHA256:")));
        assert_eq!(keys.iter().filter(|key| key.valid_until.is_some()).count(), 1, "one is out of use");
    }

    #[test]
    fn g_14_an_id_that_is_not_the_key_s_is_refused() {
        let first = built_in().first().map(|key| key.key_id.as_str()).unwrap_or_default();
        assert!(!first.is_empty(), "keys are built in");
        let other = LIST.replace(first, "SHA256:AAAAswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA");
        assert_ne!(other, LIST);
        assert!(matches!(read(other.as_bytes()), Err(LoadError::Key { place, .. }) if place.ends_with("keyId")));
    }

    #[test]
    fn g_13_keys_for_other_uses_are_left_out() {
        let other = LIST.replace("npm:attestations", "npm:signatures");
        assert!(read(other.as_bytes()).is_ok_and(|keys| keys.is_empty()));
    }

    #[test]
    fn a_list_without_keys_is_refused() {
        assert!(read(br#"{"keys":[]}"#).is_err());
        assert!(read(b"{}").is_err());
    }
}
