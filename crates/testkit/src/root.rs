//! Trusted roots as JSON (B.2).

use crate::ca::Authority;
use crate::encoding::base64;
use crate::keys::Key;
use crate::note;
use crate::rekor::Log;
use crate::time::{WORLD_START, rfc3339};
use crate::tsa::TimestampAuthority;
use serde_json::{Value, json};

/// The media type that production serves.
pub const MEDIA_TYPE_V01: &str = "application/vnd.dev.sigstore.trustedroot+json;version=0.1";
/// The media type with operators and checkpoint key ids.
pub const MEDIA_TYPE_V02: &str = "application/vnd.dev.sigstore.trustedroot.v0.2+json";

/// What a trusted root lists.
#[derive(Clone)]
pub struct TrustedRootRecipe {
    /// `mediaType`.
    pub media_type: String,
    /// Rekor logs.
    pub tlogs: Vec<TrustedLog>,
    /// CT logs.
    pub ctlogs: Vec<TrustedLog>,
    /// Certificate authorities.
    pub certificate_authorities: Vec<TrustedAuthority>,
    /// Timestamp authorities.
    pub timestamp_authorities: Vec<TrustedAuthority>,
}

/// One log instance.
#[derive(Clone)]
pub struct TrustedLog {
    /// `baseUrl`.
    pub base_url: String,
    /// `hashAlgorithm`.
    pub hash_algorithm: String,
    /// Key bytes.
    pub raw_bytes: Vec<u8>,
    /// `keyDetails`.
    pub key_details: String,
    /// RFC 3339; `None` leaves it out.
    pub start: Option<String>,
    /// RFC 3339; `None` leaves it open.
    pub end: Option<String>,
    /// `logId.keyId`.
    pub log_id: Vec<u8>,
    /// v0.2: `checkpointKeyId`.
    pub checkpoint_key_id: Option<Vec<u8>>,
    /// v0.2: `operator`.
    pub operator: Option<String>,
}

impl TrustedLog {
    /// A Rekor log, valid from the world's start.
    pub fn rekor(log: &Log) -> Self {
        TrustedLog { log_id: log.id(), base_url: format!("https://{}", log.host), ..TrustedLog::ct(&log.key) }
    }

    /// A CT log, valid from the world's start.
    pub fn ct(key: &Key) -> Self {
        TrustedLog {
            base_url: "https://ct.touchstone.test/2024".to_owned(),
            hash_algorithm: "SHA2_256".to_owned(),
            raw_bytes: key.spki(),
            key_details: key.details().to_owned(),
            start: Some(rfc3339(WORLD_START)),
            end: None,
            log_id: key.log_id(),
            checkpoint_key_id: None,
            operator: None,
        }
    }

    /// Adds the v0.2 members.
    pub fn operated_by(mut self, operator: &str, log: &Log) -> Self {
        self.operator = Some(operator.to_owned());
        self.checkpoint_key_id = Some(note::key_id(&log.key, &log.host));
        self
    }

    fn write(&self) -> Value {
        let mut written = json!({
            "baseUrl": self.base_url,
            "hashAlgorithm": self.hash_algorithm,
            "publicKey": {
                "rawBytes": base64(&self.raw_bytes),
                "keyDetails": self.key_details,
                "validFor": window(self.start.as_ref(), self.end.as_ref()),
            },
            "logId": { "keyId": base64(&self.log_id) },
        });
        if let Some(id) = &self.checkpoint_key_id {
            written["checkpointKeyId"] = json!({ "keyId": base64(id) });
        }
        if let Some(operator) = &self.operator {
            written["operator"] = json!(operator);
        }
        written
    }
}

/// A certificate or timestamp authority.
#[derive(Clone)]
pub struct TrustedAuthority {
    /// Organisation in the informative subject.
    pub organization: String,
    /// `uri`.
    pub uri: String,
    /// Leaf-ward first, anchor last.
    pub certificates: Vec<Vec<u8>>,
    /// RFC 3339; `None` leaves it out.
    pub start: Option<String>,
    /// RFC 3339; `None` leaves it open.
    pub end: Option<String>,
    /// v0.2: `operator`.
    pub operator: Option<String>,
}

impl TrustedAuthority {
    /// A certificate authority, trusted from the world's start.
    pub fn fulcio(authority: &Authority) -> Self {
        TrustedAuthority {
            organization: "touchstone.test".to_owned(),
            uri: "https://fulcio.touchstone.test".to_owned(),
            certificates: authority.certificates(),
            start: Some(rfc3339(WORLD_START)),
            end: None,
            operator: None,
        }
    }

    /// A timestamp authority, trusted from the world's start.
    pub fn timestamping(authority: &TimestampAuthority) -> Self {
        TrustedAuthority {
            organization: authority.organization.clone(),
            uri: format!("https://{}/api/v1/timestamp", authority.organization),
            certificates: authority.chain(),
            start: Some(rfc3339(WORLD_START)),
            end: None,
            operator: None,
        }
    }

    fn write(&self) -> Value {
        let certificates: Vec<Value> = self.certificates.iter().map(|der| json!({ "rawBytes": base64(der) })).collect();
        let mut written = json!({
            "subject": { "organization": self.organization, "commonName": "touchstone" },
            "uri": self.uri,
            "certChain": { "certificates": certificates },
        });
        if self.start.is_some() || self.end.is_some() {
            written["validFor"] = window(self.start.as_ref(), self.end.as_ref());
        }
        if let Some(operator) = &self.operator {
            written["operator"] = json!(operator);
        }
        written
    }
}

fn window(start: Option<&String>, end: Option<&String>) -> Value {
    let mut written = json!({});
    if let Some(start) = start {
        written["start"] = json!(start);
    }
    if let Some(end) = end {
        written["end"] = json!(end);
    }
    written
}

impl TrustedRootRecipe {
    /// CA, CT log, Rekor v1, Rekor v2 and a TSA, as the public-good instance has.
    pub fn public_good_like(ca: &Authority, tsa: &TimestampAuthority) -> Self {
        TrustedRootRecipe {
            media_type: MEDIA_TYPE_V01.to_owned(),
            tlogs: vec![TrustedLog::rekor(&Log::v1()), TrustedLog::rekor(&Log::v2())],
            ctlogs: vec![TrustedLog::ct(&crate::ct::log_key("first"))],
            certificate_authorities: vec![TrustedAuthority::fulcio(ca)],
            timestamp_authorities: vec![TrustedAuthority::timestamping(tsa)],
        }
    }

    /// CA and TSA only, as GitHub's private instance has.
    pub fn github_like(ca: &Authority, tsa: &TimestampAuthority) -> Self {
        TrustedRootRecipe { tlogs: Vec::new(), ctlogs: Vec::new(), ..Self::public_good_like(ca, tsa) }
    }

    /// The logs alone: for bundles signed with a managed key.
    pub fn key_only() -> Self {
        TrustedRootRecipe {
            media_type: MEDIA_TYPE_V01.to_owned(),
            tlogs: vec![TrustedLog::rekor(&Log::v1()), TrustedLog::rekor(&Log::v2())],
            ctlogs: Vec::new(),
            certificate_authorities: Vec::new(),
            timestamp_authorities: Vec::new(),
        }
    }

    /// The trusted root's JSON value.
    pub fn write(&self) -> Value {
        let logs = |logs: &[TrustedLog]| logs.iter().map(TrustedLog::write).collect::<Vec<_>>();
        let authorities = |all: &[TrustedAuthority]| all.iter().map(TrustedAuthority::write).collect::<Vec<_>>();
        json!({
            "mediaType": self.media_type,
            "tlogs": logs(&self.tlogs),
            "ctlogs": logs(&self.ctlogs),
            "certificateAuthorities": authorities(&self.certificate_authorities),
            "timestampAuthorities": authorities(&self.timestamp_authorities),
        })
    }
}
