//! From JSON to a [`TrustedRoot`].

use super::{Authority, LogInstance, LogPublicKey, TrustedRoot, TrustedRootError, TrustedRootVersion};
use crate::field::{Field, FieldError, Object};
use crate::limits::{MAX_CERTIFICATES, MAX_ROOT_INSTANCES};
use crate::time::TimeRange;
use crate::{HashAlgorithm, PublicKeyDetails};

pub(super) fn trusted_root(root: &Field<'_>) -> Result<TrustedRoot, TrustedRootError> {
    let object = root.object()?;
    let Some(media_type) = object.get("mediaType") else {
        return Err(TrustedRootError::NoMediaType { path: root.path().member("mediaType") });
    };
    let path = media_type.path().clone();
    let media_type = media_type.string()?.to_owned();
    let Some(version) = TrustedRootVersion::from_media_type(&media_type) else {
        return Err(TrustedRootError::UnknownMediaType { path, found: media_type });
    };
    let mut reader = Reader { unknown: Vec::new() };
    object.collect_unknown(
        &["mediaType", "tlogs", "ctlogs", "certificateAuthorities", "timestampAuthorities"],
        &mut reader.unknown,
    );
    let root = TrustedRoot {
        tlogs: reader.logs(&object, "tlogs")?,
        ctlogs: reader.logs(&object, "ctlogs")?,
        certificate_authorities: reader.authorities(&object, "certificateAuthorities")?,
        timestamp_authorities: reader.authorities(&object, "timestampAuthorities")?,
        media_type,
        version,
    };
    // It is configuration, not evidence: a misspelt "ctlogs" would ask for no certificate log, a misspelt "end" for ever.
    match reader.unknown.into_iter().next() {
        Some(path) => Err(TrustedRootError::UnknownMember { path }),
        None => Ok(root),
    }
}

struct Reader {
    unknown: Vec<String>,
}

impl Reader {
    fn logs(&mut self, root: &Object<'_>, key: &str) -> Result<Vec<LogInstance>, TrustedRootError> {
        let fields = root.list(key, MAX_ROOT_INSTANCES)?;
        fields.iter().map(|field| self.log(field)).collect()
    }

    /// B-8, B-11.
    fn log(&mut self, field: &Field<'_>) -> Result<LogInstance, TrustedRootError> {
        let log = field.object()?;
        let known = ["baseUrl", "hashAlgorithm", "publicKey", "logId", "checkpointKeyId", "operator"];
        log.collect_unknown(&known, &mut self.unknown);
        let hash = log.required("hashAlgorithm")?;
        let hash_algorithm = hash.name("SHA2_256", HashAlgorithm::from_proto_name)?;
        if hash_algorithm != HashAlgorithm::Sha2_256 {
            return Err(TrustedRootError::HashAlgorithm { path: hash.path().clone(), found: hash_algorithm });
        }
        Ok(LogInstance {
            base_url: log.string_or_empty("baseUrl")?,
            hash_algorithm,
            public_key: self.public_key(&log.required("publicKey")?)?,
            log_id: self.key_id(&log.required("logId")?)?,
            checkpoint_key_id: match log.get("checkpointKeyId") {
                Some(field) => Some(self.key_id(&field)?),
                None => None,
            },
            operator: operator(&log)?,
            path: field.path().to_string(),
        })
    }

    fn public_key(&mut self, field: &Field<'_>) -> Result<LogPublicKey, TrustedRootError> {
        let key = field.object()?;
        key.collect_unknown(&["rawBytes", "keyDetails", "validFor"], &mut self.unknown);
        Ok(LogPublicKey {
            raw_bytes: key.required("rawBytes")?.filled_bytes()?,
            key_details: key
                .required("keyDetails")?
                .name("a public key type such as PKIX_ECDSA_P256_SHA_256", PublicKeyDetails::from_proto_name)?,
            // The message is optional for keys: one without it is accepted at any time. One that is there must have
            // its start (B-10).
            valid_for: match key.get("validFor") {
                Some(_) => self.valid_for(&key)?,
                None => TimeRange::ALWAYS,
            },
        })
    }

    fn key_id(&mut self, field: &Field<'_>) -> Result<Vec<u8>, FieldError> {
        let log_id = field.object()?;
        log_id.collect_unknown(&["keyId"], &mut self.unknown);
        log_id.required("keyId")?.filled_bytes()
    }

    fn authorities(&mut self, root: &Object<'_>, key: &str) -> Result<Vec<Authority>, TrustedRootError> {
        let fields = root.list(key, MAX_ROOT_INSTANCES)?;
        fields.iter().map(|field| self.authority(field)).collect()
    }

    /// B-13, B-14.
    fn authority(&mut self, field: &Field<'_>) -> Result<Authority, TrustedRootError> {
        let authority = field.object()?;
        let known = ["subject", "uri", "certChain", "validFor", "operator"];
        authority.collect_unknown(&known, &mut self.unknown);
        let (organization, common_name) = match authority.get("subject") {
            Some(subject) => self.subject(&subject)?,
            None => (String::new(), String::new()),
        };
        Ok(Authority {
            organization,
            common_name,
            uri: authority.string_or_empty("uri")?,
            cert_chain: self.cert_chain(&authority)?,
            valid_for: self.authority_validity(&authority)?,
            operator: operator(&authority)?,
            path: field.path().to_string(),
        })
    }

    fn subject(&mut self, field: &Field<'_>) -> Result<(String, String), FieldError> {
        let subject = field.object()?;
        subject.collect_unknown(&["organization", "commonName"], &mut self.unknown);
        Ok((subject.string_or_empty("organization")?, subject.string_or_empty("commonName")?))
    }

    fn cert_chain(&mut self, authority: &Object<'_>) -> Result<Vec<Vec<u8>>, TrustedRootError> {
        let chain = authority.required("certChain")?.object()?;
        chain.collect_unknown(&["certificates"], &mut self.unknown);
        let fields = chain.list("certificates", MAX_CERTIFICATES)?;
        if fields.is_empty() {
            return Err(TrustedRootError::EmptyChain { path: chain.path().member("certificates") });
        }
        let mut certificates = Vec::with_capacity(fields.len());
        for field in &fields {
            let certificate = field.object()?;
            certificate.collect_unknown(&["rawBytes"], &mut self.unknown);
            certificates.push(certificate.required("rawBytes")?.filled_bytes()?);
        }
        Ok(certificates)
    }

    /// B-10: the span must be there. Its start may be missing, since the certificates bound the time as well.
    fn authority_validity(&mut self, authority: &Object<'_>) -> Result<TimeRange, TrustedRootError> {
        match self.valid_for(authority) {
            Err(TrustedRootError::NoValidityStart { .. }) => {
                let end = authority.required("validFor")?.object()?.get("end");
                let end = end.map(|end| end.instant()).transpose()?;
                Ok(TimeRange { end, ..TimeRange::ALWAYS })
            }
            other => other,
        }
    }

    /// B-9, B-10: a log key's span without a start makes the whole root malformed.
    fn valid_for(&mut self, owner: &Object<'_>) -> Result<TimeRange, TrustedRootError> {
        let Some(field) = owner.get("validFor") else {
            return Err(TrustedRootError::NoValidity { path: owner.path().member("validFor") });
        };
        let range = field.object()?;
        range.collect_unknown(&["start", "end"], &mut self.unknown);
        let Some(start) = range.get("start") else {
            return Err(TrustedRootError::NoValidityStart { path: range.path().member("start") });
        };
        let end = match range.get("end") {
            Some(end) => Some(end.instant()?),
            None => None,
        };
        let start = start.instant()?;
        if end.is_some_and(|end| end < start) {
            return Err(TrustedRootError::WindowReversed { path: range.path().member("end") });
        }
        Ok(TimeRange { start, end })
    }
}

/// An empty operator is no operator.
fn operator(object: &Object<'_>) -> Result<Option<String>, FieldError> {
    let operator = object.string_or_empty("operator")?;
    Ok((!operator.is_empty()).then_some(operator))
}
