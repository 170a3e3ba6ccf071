//! A certificate transparency log that signs timestamps over precertificates (RFC 6962 §3.2).

use crate::ca::Extension;
use crate::der;
use crate::keys::{Hash, Key, Kind, Scheme};
use crate::time::LEAF_START;

/// One SCT. The default is a good one by the world's first CT log.
#[derive(Clone)]
pub struct SctRecipe {
    /// The log's key.
    pub key: Key,
    /// Written log id, where it shall not be the key's.
    pub log_id: Option<Vec<u8>>,
    /// Version octet.
    pub version: u8,
    /// Milliseconds since the epoch.
    pub timestamp: u64,
    /// Extension bytes: written and signed.
    pub extensions: Vec<u8>,
    /// Hash octet (4 = SHA-256).
    pub hash: u8,
    /// Signature octet; `None` writes the key's (3 = ECDSA, 1 = RSA).
    pub signature: Option<u8>,
    /// Key whose SPKI hash is signed, where it shall not be the issuer's (B-48).
    pub issuer_key: Option<Key>,
    /// Extension bytes that are signed, where they shall not be those written.
    pub signed_extensions: Option<Vec<u8>>,
    /// Flips one bit of the signature.
    pub tamper: bool,
}

impl Default for SctRecipe {
    fn default() -> Self {
        SctRecipe {
            key: log_key("first"),
            log_id: None,
            version: 0,
            timestamp: LEAF_START as u64 * 1000 + 234,
            extensions: Vec::new(),
            hash: 4,
            signature: None,
            issuer_key: None,
            signed_extensions: None,
            tamper: false,
        }
    }
}

/// Key of a CT log of the world.
pub fn log_key(label: &str) -> Key {
    Key::new(Kind::P256, &format!("CT log {label}"))
}

impl SctRecipe {
    fn encode(&self, precertificate: &[u8], issuer: &Key) -> Vec<u8> {
        let issuer_hash = self.issuer_key.as_ref().unwrap_or(issuer).log_id();
        let signed_extensions = self.signed_extensions.as_ref().unwrap_or(&self.extensions);
        let signed = [
            &[0, 0][..],
            &self.timestamp.to_be_bytes(),
            &[0, 1],
            &issuer_hash,
            &u24(precertificate),
            precertificate,
            &prefixed(signed_extensions),
        ]
        .concat();
        let rsa = matches!(self.key.kind(), Kind::Rsa2048 | Kind::Rsa3072 | Kind::Rsa4096);
        let scheme = if rsa { Scheme::RsaPkcs1(Hash::Sha256) } else { Scheme::Ecdsa(Hash::Sha256) };
        let mut signature = self.key.sign_with(scheme, &signed);
        if self.tamper {
            crate::flip_last_bit(&mut signature);
        }
        [
            &[self.version][..],
            self.log_id.as_ref().unwrap_or(&self.key.log_id()),
            &self.timestamp.to_be_bytes(),
            &prefixed(&self.extensions),
            &[self.hash, self.signature.unwrap_or(if rsa { 1 } else { 3 })],
            &prefixed(&signature),
        ]
        .concat()
    }
}

/// The TLS `SignedCertificateTimestampList` of these recipes over one precertificate.
pub fn list(recipes: &[SctRecipe], precertificate: &[u8], issuer: &Key) -> Vec<u8> {
    let items: Vec<u8> = recipes.iter().flat_map(|recipe| prefixed(&recipe.encode(precertificate, issuer))).collect();
    prefixed(&items)
}

/// The SCT list extension: the list inside an OCTET STRING (B-45).
pub fn extension(list: &[u8]) -> Extension {
    Extension::new("1.3.6.1.4.1.11129.2.4.2", false, der::octet_string(list))
}

fn prefixed(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("below 64 KiB");
    [&length.to_be_bytes()[..], bytes].concat()
}

fn u24(bytes: &[u8]) -> Vec<u8> {
    u32::try_from(bytes.len()).expect("below 4 GiB").to_be_bytes()[1..].to_vec()
}
