//! The four bytes that stand for a key before each signature of a note (B-65; C2SP `signed-note.md`, "Signature types").

use core::fmt;

use touchstone_crypto::{KeyKind, PublicKey, sha256, sha256_concat};

/// A key id: a hint by which the key to a signature is found, together with the key's name. It proves nothing.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct KeyId(pub [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The id of a log's key under a name, by the row of the B-65 table for its kind.
#[must_use]
pub fn of_log_key(name: &str, key: &PublicKey) -> KeyId {
    match (key.kind(), key.ed25519_bytes()) {
        (_, Some(bytes)) => ed25519_log(name, bytes),
        (KeyKind::Rsa { .. }, None) => rsa(name, key.spki_der()),
        (_, None) => ecdsa(key.spki_der()),
    }
}

/// `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4]`.
#[must_use]
pub fn ed25519_log(name: &str, key: &[u8; 32]) -> KeyId {
    first_four(&ed25519_log_id(name, key))
}

/// All 32 bytes of which [`ed25519_log`] is the beginning: the log id of such a log (B-11).
#[must_use]
pub fn ed25519_log_id(name: &str, key: &[u8; 32]) -> [u8; 32] {
    sha256_concat(&[name.as_bytes(), b"\n", &[0x01 /* signature type */], key])
}

/// `SHA-256(SPKI DER)[:4]`, without the name.
#[must_use]
pub fn ecdsa(spki_der: &[u8]) -> KeyId {
    first_four(&sha256(spki_der))
}

/// `SHA-256(name ‖ 0x0A ‖ 0xFF ‖ "PKIX-RSA-PKCS#1v1.5" ‖ SPKI DER)[:4]`.
#[must_use]
pub fn rsa(name: &str, spki_der: &[u8]) -> KeyId {
    let unregistered = [0xff /* signature type */];
    let type_name = b"PKIX-RSA-PKCS#1v1.5";
    first_four(&sha256_concat(&[name.as_bytes(), b"\n", &unregistered, type_name, spki_der]))
}

/// `SHA-256(name ‖ 0x0A ‖ 0x04 ‖ key)[:4]`.
#[must_use]
pub fn ed25519_cosigner(name: &str, key: &[u8; 32]) -> KeyId {
    first_four(&sha256_concat(&[name.as_bytes(), b"\n", &[0x04 /* signature type */], key]))
}

fn first_four(digest: &[u8; 32]) -> KeyId {
    let [a, b, c, d, ..] = *digest;
    KeyId([a, b, c, d])
}
