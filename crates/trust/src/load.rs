//! From a parsed root to one that can judge.

use touchstone_crypto::{PublicKey, sha256};
use touchstone_formats::oid::{self, ObjectIdentifier};
use touchstone_formats::trusted_root as parsed;
use touchstone_formats::x509::Certificate;
use touchstone_formats::{Fault, PublicKeyDetails};
use touchstone_tlog::NoteVerifierKey;

use crate::log::{LogName, log_signature_scheme};
use crate::party::numbered;
use crate::{Authority, CertificateLog, Instance, TransparencyLog, TrustedRoot};

/// Why a well-formed root cannot judge.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// A certificate is none.
    Certificate {
        /// Where.
        place: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A log's key cannot be decoded, or is not of the kind that the file says.
    Key {
        /// Where.
        place: String,
        /// The kind that the file says.
        expected: String,
        /// What is wrong.
        found: String,
    },
    /// The file holds no root.
    Empty,
    /// The file is not a trusted root: code, place, expected and found of the parser.
    Malformed {
        /// The parser's code.
        code: &'static str,
        /// The rule broken.
        rule: &'static str,
        /// Where.
        place: String,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
    },
    /// A log's id is not the id of its key (B-11).
    LogIdDiffers {
        /// Where.
        place: String,
        /// The id of its key, in hex.
        expected: String,
        /// The id in the file, in hex.
        found: String,
    },
}

impl core::fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => formatter.write_str("it holds no root"),
            Self::Certificate { place, expected, found }
            | Self::Key { place, expected, found }
            | Self::Malformed { place, expected, found, .. }
            | Self::LogIdDiffers { place, expected, found } => {
                write!(formatter, "expected {expected}, found {found}, at {place}")
            }
        }
    }
}

impl TrustedRoot {
    /// Reads a file with one trusted root, or with one a line (D-34).
    ///
    /// # Errors
    /// The first thing that is wrong with any of them.
    pub fn read_many(bytes: &[u8], instance: Instance, source: &str) -> Result<Vec<Self>, LoadError> {
        // Editors on Windows put a mark before a text.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let parsed = parsed::TrustedRoot::parse_many(bytes).map_err(|error| malformed(&error))?;
        let roots: Vec<Self> =
            parsed.into_iter().map(|root| Self::load(root, instance, source)).collect::<Result<_, _>>()?;
        if roots.is_empty() { Err(LoadError::Empty) } else { Ok(roots) }
    }

    /// Decodes every key and certificate of a parsed root and recomputes the ids of its logs (B-11).
    ///
    /// # Errors
    /// The first key, id or certificate that is not what the file says.
    pub fn load(root: parsed::TrustedRoot, instance: Instance, source: &str) -> Result<Self, LoadError> {
        let mut root = Self {
            instance,
            source: source.to_owned(),
            transparency_logs: root.tlogs.into_iter().map(transparency_log).collect::<Result<_, _>>()?,
            certificate_logs: root.ctlogs.into_iter().map(certificate_log).collect::<Result<_, _>>()?,
            certificate_authorities: authorities(root.certificate_authorities, oid::CODE_SIGNING)?,
            timestamp_authorities: authorities(root.timestamp_authorities, oid::TIME_STAMPING)?,
            witnesses: Vec::new(),
        };
        root.number();
        Ok(root)
    }

    /// B-4: who is behind each entry that a threshold counts. Whatever a key is listed as, and in however many windows, it is one.
    fn number(&mut self) {
        // Chained iterators over three lists are more code than the widget's first module has room for.
        let mut signs = Vec::new();
        self.transparency_logs.iter().for_each(|log| signs.push(log.signs()));
        self.certificate_logs.iter().for_each(|log| signs.push(log.signs()));
        self.timestamp_authorities.iter().for_each(|authority| signs.push(authority.signs()));
        let mut numbers = numbered(&signs).into_iter();
        let mut next = || numbers.next().unwrap_or_default();
        self.transparency_logs.iter_mut().for_each(|log| log.party = next());
        self.certificate_logs.iter_mut().for_each(|log| log.party = next());
        self.timestamp_authorities.iter_mut().for_each(|authority| authority.party = next());
    }
}

pub(crate) fn malformed(error: &dyn Fault) -> LoadError {
    let told = error.explain();
    LoadError::Malformed {
        code: told.code,
        rule: told.rule,
        place: told.path.map(Into::into).unwrap_or_default(),
        expected: told.expected.into_owned(),
        found: told.found.into_owned(),
    }
}

fn authorities(list: Vec<parsed::Authority>, purpose: ObjectIdentifier) -> Result<Vec<Authority>, LoadError> {
    list.into_iter().map(|authority| load_authority(authority, purpose)).collect()
}

fn load_authority(authority: parsed::Authority, purpose: ObjectIdentifier) -> Result<Authority, LoadError> {
    let certificates = authority
        .cert_chain
        .iter()
        .enumerate()
        .map(|(index, der)| {
            Certificate::parse(der).map_err(|error| LoadError::Certificate {
                place: format!("{}.certChain.certificates[{index}]", authority.path),
                expected: error.expected(),
                found: error.found(),
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Authority::new(authority.uri, authority.operator, authority.valid_for, certificates, purpose, authority.path))
}

fn transparency_log(log: parsed::LogInstance) -> Result<TransparencyLog, LoadError> {
    let key = decode_key(&log)?;
    let name = LogName::from_base_url(&log.base_url);
    // An Ed25519 log names itself by host and key, any other by its key alone (B-11).
    let mut ids = name.ed25519_log_ids(&key);
    ids.push(sha256(key.spki_der()));
    let log_id = check_log_id(&log, &ids).map_err(|differs| without_host(&log, &key, &name).unwrap_or(differs))?;
    let scheme = scheme_of(&log, &key)?;
    let note_key = NoteVerifierKey::of_log(name.all(), key, scheme);
    if let Some(id) = &log.checkpoint_key_id {
        check_checkpoint_key_id(&log.path, id, &ids, &note_key)?;
    }
    Ok(TransparencyLog {
        note_key,
        name,
        log_id,
        listed_id: log.log_id,
        operator: log.operator,
        window: log.public_key.valid_for,
        base_url: log.base_url,
        party: 0,
    })
}

fn certificate_log(log: parsed::LogInstance) -> Result<CertificateLog, LoadError> {
    let key = decode_key(&log)?;
    Ok(CertificateLog {
        // Whole, as certificates name it, however a root lists it (B-8).
        log_id: check_log_id(&log, &[sha256(key.spki_der())])?,
        scheme: scheme_of(&log, &key)?,
        key,
        operator: log.operator,
        window: log.public_key.valid_for,
        base_url: log.base_url,
        party: 0,
    })
}

fn scheme_of(log: &parsed::LogInstance, key: &PublicKey) -> Result<touchstone_crypto::SignatureScheme, LoadError> {
    log_signature_scheme(log.public_key.key_details, key).ok_or_else(|| LoadError::Key {
        place: format!("{}.publicKey", log.path),
        expected: log.public_key.key_details.proto_name().to_owned(),
        found: key.kind().to_string(),
    })
}

fn decode_key(log: &parsed::LogInstance) -> Result<PublicKey, LoadError> {
    let raw = &log.public_key.raw_bytes;
    let decoded = match log.public_key.key_details {
        PublicKeyDetails::Pkcs1RsaPkcs1v5 | PublicKeyDetails::Pkcs1RsaPss => PublicKey::from_pkcs1_rsa_der(raw),
        _ => PublicKey::from_spki_der(raw),
    };
    decoded.map_err(|error| LoadError::Key {
        place: format!("{}.publicKey.rawBytes", log.path),
        expected: log.public_key.key_details.proto_name().to_owned(),
        found: error.to_string(),
    })
}

/// B-11: of a log without an address the id of an Ed25519 key cannot be made.
#[inline(never)] // Rare: not in the widget's first module.
fn without_host(log: &parsed::LogInstance, key: &PublicKey, name: &LogName) -> Option<LoadError> {
    (key.ed25519_bytes().is_some() && name.host.is_empty()).then(|| LoadError::Key {
        place: format!("{}.baseUrl", log.path),
        expected: "the log's address: the id of a log with an Ed25519 key is made of its host and its key".to_owned(),
        found: "none".to_owned(),
    })
}

/// B-11: the id must be the one that the key has; it is given back whole.
fn check_log_id(log: &parsed::LogInstance, of_key: &[[u8; 32]]) -> Result<[u8; 32], LoadError> {
    whole_id(&log.log_id, of_key).ok_or_else(|| differs(format!("{}.logId.keyId", log.path), &log.log_id, of_key))
}

/// B-8: the id under which the log signs checkpoints, where a v0.2 root says it: one of the B-65 table, or as a log id.
#[inline(never)] // Rare: not in the widget's first module.
fn check_checkpoint_key_id(
    log: &str,
    id: &[u8],
    of_key: &[[u8; 32]],
    note_key: &NoteVerifierKey,
) -> Result<(), LoadError> {
    if whole_id(id, of_key).is_some() || note_key.names.iter().any(|name| name.key_id.0 == id) {
        return Ok(());
    }
    Err(differs(format!("{log}.checkpointKeyId.keyId"), id, of_key))
}

/// The id of the key that `listed` is, or, with four bytes, that it begins (B-8).
fn whole_id(listed: &[u8], of_key: &[[u8; 32]]) -> Option<[u8; 32]> {
    of_key.iter().find(|id| id.starts_with(listed) && (listed.len() == 4 || listed.len() == id.len())).copied()
}

fn differs(place: String, found: &[u8], of_key: &[[u8; 32]]) -> LoadError {
    let expected = of_key.first().map(|id| touchstone_formats::hex::encode(id)).unwrap_or_default();
    LoadError::LogIdDiffers { place, expected, found: touchstone_formats::hex::encode(found) }
}
