//! Signed certificate timestamps (RFC 6962 §3.2, §3.3), parsed and not believed.

use der::Tag;

use crate::{
    fault::{Explanation, Fault, display_fault},
    limits::MAX_SCTS,
    tlv::Tlv,
};

/// One signed certificate timestamp of version 1 (wire value 0).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignedCertificateTimestamp {
    /// `sct_version`, always 0 (B-46)
    pub version: u8,
    /// Identifier of the log: SHA-256 of its key
    pub log_id: [u8; 32],
    /// Milliseconds since the Unix epoch
    pub timestamp_ms: u64,
    /// Extensions, which the log signed as well (B-48)
    pub extensions: Vec<u8>,
    /// TLS hash algorithm, always 4 = sha256 (B-46)
    pub hash_algorithm: u8,
    /// TLS signature algorithm: 3 = ecdsa, 1 = rsa (B-46)
    pub signature_algorithm: u8,
    /// The signature
    pub signature: Vec<u8>,
}

/// Why an SCT list is not one. One variant, one cause.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SctError {
    /// The extension is not one DER OCTET STRING (B-45).
    Extension,
    /// The hash is not sha256 (4).
    HashAlgorithm {
        /// The value found
        found: u8,
    },
    /// A length runs past the end, or bytes are left over (B-45, B-46).
    Length {
        /// The field, as RFC 6962 names it
        field: &'static str,
    },
    /// The signature algorithm is neither ecdsa (3) nor rsa (1).
    SignatureAlgorithm {
        /// The value found
        found: u8,
    },
    /// A field is too long for its length prefix in the signed data (B-48).
    TooLong {
        /// The field, as RFC 6962 names it
        field: &'static str,
        /// The most bytes that its prefix can say
        limit: usize,
        /// Its length in bytes
        found: usize,
    },
    /// More timestamps than the cap.
    TooMany {
        /// The cap
        limit: usize,
    },
    /// The version is not v1 (0).
    Version {
        /// The value found
        found: u8,
    },
}

/// TLS hash algorithm sha256 (RFC 5246 §7.4.1.4.1).
const SHA256: u8 = 4;
/// TLS signature algorithm rsa, PKCS #1 v1.5.
const RSA: u8 = 1;
/// TLS signature algorithm ecdsa.
const ECDSA: u8 = 3;

/// Parses the octets of the SCT list extension: a DER OCTET STRING around a TLS list (B-45). An empty list is no SCT.
///
/// ```text
/// opaque SerializedSCT<1..2^16-1>;
/// struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
/// ```
///
/// # Errors
/// [`SctError`] if anything is not exactly as RFC 6962 §3.3 has it.
pub fn parse_extension(value: &[u8]) -> Result<Vec<SignedCertificateTimestamp>, SctError> {
    let list = Tlv::only(value, Tag::OctetString).map_err(|_| SctError::Extension)?.value;
    let mut outside = Fields(list);
    let mut items = Fields(outside.vector("sct_list")?);
    outside.finish("sct_list")?;
    let mut timestamps = Vec::new();
    while !items.0.is_empty() {
        if timestamps.len() == MAX_SCTS {
            return Err(SctError::TooMany { limit: MAX_SCTS });
        }
        timestamps.push(parse_timestamp(items.vector("SerializedSCT")?)?);
    }
    Ok(timestamps)
}

/// RFC 6962 §3.2, with the `digitally-signed` of RFC 5246 §4.7 written out (B-46):
///
/// ```text
/// struct {
///    Version sct_version;            u8, v1 = 0
///    LogID id;                       opaque[32]
///    uint64 timestamp;
///    CtExtensions extensions;        opaque<0..2^16-1>
///    HashAlgorithm hash;             u8
///    SignatureAlgorithm signature;   u8
///    opaque signature<0..2^16-1>;
/// } SignedCertificateTimestamp;
/// ```
fn parse_timestamp(item: &[u8]) -> Result<SignedCertificateTimestamp, SctError> {
    let mut fields = Fields(item);
    let version = fields.byte("sct_version")?;
    if version != 0 {
        return Err(SctError::Version { found: version });
    }
    let log_id = *fields.array::<32>("id")?;
    let timestamp_ms = u64::from_be_bytes(*fields.array("timestamp")?);
    let extensions = fields.vector("extensions")?.to_vec();
    let hash_algorithm = fields.byte("hash")?;
    if hash_algorithm != SHA256 {
        return Err(SctError::HashAlgorithm { found: hash_algorithm });
    }
    let signature_algorithm = fields.byte("signature algorithm")?;
    if !matches!(signature_algorithm, ECDSA | RSA) {
        return Err(SctError::SignatureAlgorithm { found: signature_algorithm });
    }
    let signature = fields.vector("signature")?.to_vec();
    fields.finish("SerializedSCT")?;
    Ok(SignedCertificateTimestamp {
        version,
        log_id,
        timestamp_ms,
        extensions,
        hash_algorithm,
        signature_algorithm,
        signature,
    })
}

/// The bytes that the log signed for a precertificate (RFC 6962 §3.2, B-48):
///
/// ```text
/// Version sct_version;               u8, v1 = 0
/// SignatureType signature_type;      u8, certificate_timestamp = 0
/// uint64 timestamp;
/// LogEntryType entry_type;           u16, precert_entry = 1
/// opaque issuer_key_hash[32];
/// opaque TBSCertificate<1..2^24-1>;
/// CtExtensions extensions;           opaque<0..2^16-1>
/// ```
///
/// `issuer_spki_sha256` is the hash of the issuing certificate's key in the *verified* path; `tbs` comes from
/// [`crate::x509::Certificate::tbs_without_sct_list`].
///
/// # Errors
/// [`SctError::TooLong`] if a field does not fit its length prefix.
pub fn signed_data(
    sct: &SignedCertificateTimestamp,
    issuer_spki_sha256: [u8; 32],
    tbs: &[u8],
) -> Result<Vec<u8>, SctError> {
    const CERTIFICATE_TIMESTAMP: u8 = 0;
    const PRECERT_ENTRY: u16 = 1;

    let mut out = Vec::with_capacity(tbs.len().saturating_add(64));
    out.push(sct.version);
    out.push(CERTIFICATE_TIMESTAMP);
    out.extend_from_slice(&sct.timestamp_ms.to_be_bytes());
    out.extend_from_slice(&PRECERT_ENTRY.to_be_bytes());
    out.extend_from_slice(&issuer_spki_sha256);
    out.extend_from_slice(&length_prefix::<3>("TBSCertificate", tbs)?);
    out.extend_from_slice(tbs);
    out.extend_from_slice(&length_prefix::<2>("extensions", &sct.extensions)?);
    out.extend_from_slice(&sct.extensions);
    Ok(out)
}

/// The length of `bytes`, big-endian in `WIDTH` octets.
fn length_prefix<const WIDTH: usize>(field: &'static str, bytes: &[u8]) -> Result<[u8; WIDTH], SctError> {
    let length = bytes.len().to_be_bytes();
    match length.split_last_chunk::<WIDTH>() {
        Some((high, low)) if high.iter().all(|octet| *octet == 0) => Ok(*low),
        _ => Err(SctError::TooLong { field, limit: max_length(WIDTH), found: bytes.len() }),
    }
}

fn max_length(width: usize) -> usize {
    (0..width).fold(0, |sum, _| sum << 8 | 0xff)
}

/// TLS presentation language (RFC 5246 §4), read front to back.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn bytes(&mut self, length: usize, field: &'static str) -> Result<&'a [u8], SctError> {
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(SctError::Length { field })?;
        self.0 = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self, field: &'static str) -> Result<&'a [u8; N], SctError> {
        let (array, rest) = self.0.split_first_chunk().ok_or(SctError::Length { field })?;
        self.0 = rest;
        Ok(array)
    }

    fn byte(&mut self, field: &'static str) -> Result<u8, SctError> {
        self.array::<1>(field).map(|[byte]| *byte)
    }

    /// Bytes behind their length in two octets.
    fn vector(&mut self, field: &'static str) -> Result<&'a [u8], SctError> {
        let length = u16::from_be_bytes(*self.array(field)?);
        self.bytes(usize::from(length), field)
    }

    fn finish(&self, field: &'static str) -> Result<(), SctError> {
        if self.0.is_empty() { Ok(()) } else { Err(SctError::Length { field }) }
    }
}

impl SctError {
    /// Every code that [`Fault::code`] can give.
    pub const ALL_CODES: &[&str] = &[
        "sct-extension",
        "sct-hash-algorithm",
        "sct-length",
        "sct-signature-algorithm",
        "sct-too-long",
        "sct-too-many",
        "sct-version",
    ];
}

impl Fault for SctError {
    fn explain(&self) -> Explanation<'_> {
        let say = |code, rule, path: Option<&'static str>, expected: String, found: String| Explanation {
            code,
            rule,
            path: path.map(Into::into),
            expected: expected.into(),
            found: found.into(),
        };
        match self {
            Self::Extension => {
                say("sct-extension", "B-45", None, "one DER OCTET STRING".to_owned(), "other bytes".to_owned())
            }
            Self::HashAlgorithm { found } => {
                say("sct-hash-algorithm", "B-46", Some("hash"), "4 (sha256)".to_owned(), found.to_string())
            }
            Self::Length { field } => say(
                "sct-length",
                "B-45",
                Some(field),
                "exactly as many bytes as its length says".to_owned(),
                "more or fewer".to_owned(),
            ),
            Self::SignatureAlgorithm { found } => say(
                "sct-signature-algorithm",
                "B-46",
                Some("signature algorithm"),
                "3 (ecdsa) or 1 (rsa)".to_owned(),
                found.to_string(),
            ),
            Self::TooLong { field, limit, found } => {
                say("sct-too-long", "B-48", Some(field), format!("at most {limit} bytes"), format!("{found} bytes"))
            }
            Self::TooMany { limit } => say("sct-too-many", "A-16", None, format!("at most {limit}"), "more".to_owned()),
            Self::Version { found } => {
                say("sct-version", "B-46", Some("sct_version"), "0 (v1)".to_owned(), found.to_string())
            }
        }
    }
}

display_fault!(SctError);

#[cfg(test)]
mod tests;
