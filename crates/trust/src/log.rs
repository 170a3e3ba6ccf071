//! Transparency logs and certificate logs of a root.

use touchstone_crypto::{Curve, DigestAlgorithm, KeyKind, PublicKey, SignatureScheme};
use touchstone_formats::time::TimeRange;
use touchstone_formats::x509::SignatureAlgorithm;
use touchstone_formats::{HashAlgorithm, PublicKeyDetails};
use touchstone_tlog::{NoteVerifierKey, key_id};

use crate::party::Signs;

/// A log that signings are published in.
#[derive(Debug)]
pub struct TransparencyLog {
    /// Address as the root gives it; its host is the log's name, and it is never fetched.
    pub base_url: String,
    /// Names that the log may sign checkpoints under.
    pub name: LogName,
    /// The log's key, with the names that it may sign notes under.
    pub note_key: NoteVerifierKey,
    /// Whole id, as in entries (B-8).
    pub log_id: [u8; 32],
    /// Id as the root lists it: the whole one, or its first four bytes (B-8).
    pub(crate) listed_id: Vec<u8>,
    /// Who runs it (v0.2 roots).
    pub operator: Option<String>,
    /// When the key was in use, both ends inclusive.
    pub window: TimeRange,
    pub(crate) party: usize,
}

impl TransparencyLog {
    /// The log's key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.note_key.key
    }

    /// How it signs promises and checkpoints; decided by the root, never by a bundle.
    #[must_use]
    pub const fn scheme(&self) -> SignatureScheme {
        self.note_key.scheme
    }

    /// Its name for reports; that of its key where the root gives it no address.
    #[must_use]
    pub fn called(&self) -> String {
        if self.name.authority.is_empty() { self.called_by_id() } else { self.name.authority.clone() }
    }

    #[inline(never)] // Rare: not in the widget's first module.
    fn called_by_id(&self) -> String {
        format!("the log with id {}", touchstone_formats::hex::encode(&self.log_id))
    }

    /// Whether an entry that gives `id` names this log: by its whole id, or by the four bytes that the root lists (B-8).
    #[must_use]
    pub fn is_named(&self, id: &[u8]) -> bool {
        self.log_id == id || self.listed_id == id
    }

    /// Who is behind it, as a number of its trusted root: what counts as one in a threshold. Not its id, of which an Ed25519 key
    /// may have several (B-4, B-11, H-23).
    #[must_use]
    pub const fn party(&self) -> usize {
        self.party
    }

    pub(crate) fn signs(&self) -> Signs<'_> {
        Signs::of_log(self.key(), self.operator.as_deref())
    }
}

/// A log that certificates are published in.
#[derive(Debug)]
pub struct CertificateLog {
    /// Address as the root gives it; used for nothing but its name (B-50).
    pub base_url: String,
    /// The log's key.
    pub key: PublicKey,
    /// How it signs.
    pub scheme: SignatureScheme,
    /// SHA-256 of its key.
    pub log_id: [u8; 32],
    /// Who runs it (v0.2 roots).
    pub operator: Option<String>,
    /// When the key was in use, both ends inclusive.
    pub window: TimeRange,
    pub(crate) party: usize,
}

impl CertificateLog {
    /// Who is behind it, as a number of its trusted root: what counts as one in a threshold (B-4).
    #[must_use]
    pub const fn party(&self) -> usize {
        self.party
    }

    pub(crate) fn signs(&self) -> Signs<'_> {
        Signs::of_log(&self.key, self.operator.as_deref())
    }
}

/// The names under which a log signs: the authority of its address, with and without port (B-66).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogName {
    /// With its port, if the address has one: `localhost:8000`.
    pub authority: String,
    /// Without it.
    pub host: String,
}

impl LogName {
    /// From an address, with or without a scheme (v0.2 roots leave it out, B-66).
    #[must_use]
    pub fn from_base_url(base_url: &str) -> Self {
        let after_scheme = base_url.split_once("://").map_or(base_url, |(_, rest)| rest).trim();
        let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        };
        Self { authority: authority.to_owned(), host: host.to_owned() }
    }

    /// The distinct names.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let host = (self.host != self.authority).then_some(self.host.as_str());
        core::iter::once(self.authority.as_str()).chain(host)
    }

    /// Whether `origin` is the origin line of this log (B-67): its name for Rekor v2, `<host> - <tree id>` for v1.
    #[must_use]
    pub fn is_origin(&self, origin: &str, tiled: bool) -> bool {
        if tiled {
            return self.all().any(|name| name == origin);
        }
        origin.split_once(" - ").is_some_and(|(name, tree)| {
            !tree.is_empty() && tree.bytes().all(|byte| byte.is_ascii_digit()) && self.all().any(|known| known == name)
        })
    }

    /// Log ids that an Ed25519 key has under these names (B-11).
    pub(crate) fn ed25519_log_ids(&self, key: &PublicKey) -> Vec<[u8; 32]> {
        let Some(bytes) = key.ed25519_bytes() else { return Vec::new() };
        self.all().map(|name| key_id::ed25519_log_id(name, bytes)).collect()
    }
}

/// How a log with a key of these details signs (B-12, B-68); `None` when the key is of another kind than the details
/// say, or of a kind without support.
#[must_use]
pub fn log_signature_scheme(details: PublicKeyDetails, key: &PublicKey) -> Option<SignatureScheme> {
    use PublicKeyDetails as D;
    let ecdsa = |curve, digest| SignatureScheme::Ecdsa { curve, digest };
    let sized = |wanted: u32, scheme| matches!(key.kind(), KeyKind::Rsa { bits } if bits == wanted).then_some(scheme);
    let pkcs1 = SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256);
    let pss = SignatureScheme::RsaPss(DigestAlgorithm::Sha256);
    let scheme = match details {
        D::PkixEcdsaP256Sha256 | D::PkixEcdsaP256HmacSha256 => ecdsa(Curve::P256, DigestAlgorithm::Sha256),
        D::PkixEcdsaP384Sha384 => ecdsa(Curve::P384, DigestAlgorithm::Sha384),
        D::PkixEcdsaP384Sha256 => ecdsa(Curve::P384, DigestAlgorithm::Sha256),
        D::PkixEcdsaP521Sha512 => ecdsa(Curve::P521, DigestAlgorithm::Sha512),
        D::PkixEcdsaP521Sha256 => ecdsa(Curve::P521, DigestAlgorithm::Sha256),
        D::PkixEd25519 => SignatureScheme::Ed25519,
        D::PkixEd25519Ph => SignatureScheme::Ed25519ph,
        D::Pkcs1RsaPkcs1v5 | D::PkixRsaPkcs1v5 => pkcs1,
        D::Pkcs1RsaPss | D::PkixRsaPss => pss,
        D::PkixRsaPkcs1v15_2048Sha256 => sized(2048, pkcs1)?,
        D::PkixRsaPkcs1v15_3072Sha256 => sized(3072, pkcs1)?,
        D::PkixRsaPkcs1v15_4096Sha256 => sized(4096, pkcs1)?,
        D::PkixRsaPss2048Sha256 => sized(2048, pss)?,
        D::PkixRsaPss3072Sha256 => sized(3072, pss)?,
        D::PkixRsaPss4096Sha256 => sized(4096, pss)?,
        D::LmsSha256 | D::LmotsSha256 | D::MlDsa44 | D::MlDsa65 | D::MlDsa87 => return None,
    };
    scheme.fits(key.kind()).then_some(scheme)
}

/// The scheme that an X.509 or CMS signature algorithm stands for with this key (B-37). `None` for anything that is not
/// accepted, or does not fit the key.
#[must_use]
pub fn certificate_signature_scheme(algorithm: SignatureAlgorithm, key: &PublicKey) -> Option<SignatureScheme> {
    use DigestAlgorithm::{Sha256, Sha384, Sha512};
    let ecdsa = |digest| key.kind().curve().map(|curve| SignatureScheme::Ecdsa { curve, digest });
    let scheme = match algorithm {
        SignatureAlgorithm::EcdsaWithSha256 => ecdsa(Sha256)?,
        SignatureAlgorithm::EcdsaWithSha384 => ecdsa(Sha384)?,
        SignatureAlgorithm::EcdsaWithSha512 => ecdsa(Sha512)?,
        SignatureAlgorithm::Ed25519 => SignatureScheme::Ed25519,
        SignatureAlgorithm::RsaPkcs1Sha256 => SignatureScheme::RsaPkcs1(Sha256),
        SignatureAlgorithm::RsaPkcs1Sha384 => SignatureScheme::RsaPkcs1(Sha384),
        SignatureAlgorithm::RsaPkcs1Sha512 => SignatureScheme::RsaPkcs1(Sha512),
        SignatureAlgorithm::RsaPss { hash, salt_len } => {
            let digest = digest_algorithm(hash)?;
            // The only salt that is used in practice; another length would be another scheme to audit.
            (usize::from(salt_len) == digest.len()).then_some(SignatureScheme::RsaPss(digest))?
        }
        _ => return None,
    };
    scheme.fits(key.kind()).then_some(scheme)
}

/// The digest algorithm that a name from a file stands for; `None` for SHA-3, which nothing in use signs with.
#[must_use]
pub const fn digest_algorithm(hash: HashAlgorithm) -> Option<DigestAlgorithm> {
    match hash {
        HashAlgorithm::Sha2_256 => Some(DigestAlgorithm::Sha256),
        HashAlgorithm::Sha2_384 => Some(DigestAlgorithm::Sha384),
        HashAlgorithm::Sha2_512 => Some(DigestAlgorithm::Sha512),
        HashAlgorithm::Sha3_256 | HashAlgorithm::Sha3_384 => None,
    }
}

#[cfg(test)]
mod tests {
    use super::LogName;

    #[test]
    fn a_log_is_named_by_the_authority_of_its_address() {
        for (url, authority, host) in [
            ("https://rekor.sigstore.dev", "rekor.sigstore.dev", "rekor.sigstore.dev"),
            ("https://rekor.sigstore.dev/", "rekor.sigstore.dev", "rekor.sigstore.dev"),
            ("log2025-1.rekor.sigstore.dev/x?y", "log2025-1.rekor.sigstore.dev", "log2025-1.rekor.sigstore.dev"),
            ("http://localhost:8000/api", "localhost:8000", "localhost"),
            ("", "", ""),
        ] {
            let name = LogName::from_base_url(url);
            assert_eq!((name.authority.as_str(), name.host.as_str()), (authority, host), "{url}");
        }
    }

    #[test]
    fn an_origin_is_the_whole_name_and_no_part_of_it() {
        let name = LogName::from_base_url("https://rekor.sigstore.dev");
        assert!(name.is_origin("rekor.sigstore.dev - 1193050959916656506", false));
        assert!(name.is_origin("rekor.sigstore.dev", true));
        for origin in ["sigstore.dev - 1", "rekor.sigstore.dev - ", "rekor.sigstore.dev - 1a", "rekor.sigstore.dev", ""]
        {
            assert!(!name.is_origin(origin, false), "{origin}");
        }
        for origin in ["sigstore.dev", "rekor.sigstore.dev - 1", "rekor.sigstore.devx", ""] {
            assert!(!name.is_origin(origin, true), "{origin}");
        }
    }
}
