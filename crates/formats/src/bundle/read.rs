//! From JSON to a [`Bundle`], in the order of A.5.

use super::{
    Bundle, BundleError, BundleFault, BundleVersion, Content, InclusionProof, KeyMaterial, LogEntry, MessageDigest,
    MessageSignature, VerificationMaterial,
};
use crate::HashAlgorithm;
use crate::base64;
use crate::dsse::Envelope;
use crate::field::{Field, FieldError, Object};
use crate::json::{self, Limits};
use crate::limits::{MAX_BODY_BYTES, MAX_CERTIFICATES, MAX_LOG_ENTRIES, MAX_PROOF_HASHES, MAX_TIMESTAMPS};
use crate::path::Path;
use crate::rekor::EntryType;

pub(super) fn bundle(root: &Field<'_>) -> Result<Bundle, BundleError> {
    let object = root.object()?;
    let media_type = object.get("mediaType").ok_or(BundleFault::NoMediaType)?.string()?.to_owned();
    let about_this_type = |fault| BundleError { media_type: Some(media_type.clone()), fault };
    let version = BundleVersion::from_media_type(&media_type)
        .ok_or_else(|| about_this_type(BundleFault::UnknownMediaType { found: media_type.clone() }))?;
    let mut reader = Reader { version, unknown: Vec::new(), irregular: Vec::new() };
    let (material, content) = reader.members(&object).map_err(about_this_type)?;
    let unknown_fields = reader.unknown;
    let irregular = reader.irregular;
    Ok(Bundle { version, media_type, material, content, unknown_fields, irregular })
}

/// A bundle of evidence in another form (G-4): v0.3, whatever the form.
pub(super) fn converted(
    key: KeyMaterial,
    envelope: Envelope,
    entries: &[Field<'_>],
    unknown: Vec<String>,
) -> Result<Bundle, BundleFault> {
    let version = BundleVersion::V0_3;
    let mut reader = Reader { version, unknown, irregular: Vec::new() };
    let tlog_entries = reader.log_entries_of(entries)?;
    Ok(Bundle {
        version,
        media_type: String::new(),
        material: VerificationMaterial { key, tlog_entries, timestamps: Vec::new() },
        content: Content::Dsse(envelope),
        unknown_fields: reader.unknown,
        irregular: reader.irregular,
    })
}

struct Reader {
    version: BundleVersion,
    unknown: Vec<String>,
    irregular: Vec<FieldError>,
}

impl Reader {
    /// Bytes of a promise or a timestamp. White space and stray bits in their base64 break A-8 and are kept as
    /// irregular, and the bytes are read all the same: the signature inside decides what they are worth, and the
    /// report can then name every fault, not the first one only (B-17).
    fn evidence_bytes(&mut self, field: &Field<'_>) -> Result<Vec<u8>, FieldError> {
        let refused = match field.filled_bytes() {
            Ok(bytes) => return Ok(bytes),
            Err(error) => error,
        };
        match base64::decode_tolerant(field.string()?) {
            Some(bytes) if !bytes.is_empty() => {
                self.irregular.push(refused);
                Ok(bytes)
            }
            _ => Err(refused),
        }
    }

    fn members(&mut self, root: &Object<'_>) -> Result<(VerificationMaterial, Content), BundleFault> {
        let material = root.required("verificationMaterial")?.object()?;
        let key = self.key_material(&material)?;
        let content = self.content(root)?;
        hint_is_keyid(&key, &content)?;
        let tlog_entries = self.log_entries(&material)?;
        let timestamps = self.timestamps(&material)?;
        root.collect_unknown(
            &["mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope"],
            &mut self.unknown,
        );
        material.collect_unknown(
            &["publicKey", "x509CertificateChain", "certificate", "tlogEntries", "timestampVerificationData"],
            &mut self.unknown,
        );
        Ok((VerificationMaterial { key, tlog_entries, timestamps }, content))
    }

    /// and the first rows of A.4.
    fn key_material(&mut self, material: &Object<'_>) -> Result<KeyMaterial, BundleFault> {
        let forms = ["publicKey", "x509CertificateChain", "certificate"];
        let found: Vec<_> =
            forms.into_iter().filter_map(|form| material.get(form).map(|field| (form, field))).collect();
        match found.as_slice() {
            [] => Err(BundleFault::NoKeyMaterial),
            [("publicKey", field)] => {
                let key = field.object()?;
                key.collect_unknown(&["hint"], &mut self.unknown);
                Ok(KeyMaterial::PublicKeyHint(key.string_or_empty("hint")?))
            }
            [("certificate", field)] => Ok(KeyMaterial::Certificate(self.certificate(field)?)),
            [(_, field)] => self.certificate_chain(field),
            several => Err(BundleFault::SeveralKeyMaterials { found: several.iter().map(|(form, _)| *form).collect() }),
        }
    }

    fn certificate_chain(&mut self, field: &Field<'_>) -> Result<KeyMaterial, BundleFault> {
        if self.version == BundleVersion::V0_3 {
            return Err(BundleFault::ChainInV03);
        }
        let chain = field.object()?;
        chain.collect_unknown(&["certificates"], &mut self.unknown);
        let certificates = chain.list("certificates", MAX_CERTIFICATES)?;
        if certificates.is_empty() {
            return Err(BundleFault::EmptyChain);
        }
        let certificates: Result<_, FieldError> = certificates.iter().map(|field| self.certificate(field)).collect();
        Ok(KeyMaterial::CertificateChain(certificates?))
    }

    fn certificate(&mut self, field: &Field<'_>) -> Result<Vec<u8>, FieldError> {
        let certificate = field.object()?;
        certificate.collect_unknown(&["rawBytes"], &mut self.unknown);
        certificate.required("rawBytes")?.filled_bytes()
    }

    ///
    fn content(&mut self, root: &Object<'_>) -> Result<Content, BundleFault> {
        match (root.get("messageSignature"), root.get("dsseEnvelope")) {
            (Some(message), None) => Ok(Content::Message(self.message_signature(&message)?)),
            (None, Some(envelope)) => self.envelope(&envelope),
            (Some(_), Some(_)) => Err(BundleFault::TwoContents),
            (None, None) => Err(BundleFault::NoContent),
        }
    }

    fn message_signature(&mut self, field: &Field<'_>) -> Result<MessageSignature, BundleFault> {
        let message = field.object()?;
        message.collect_unknown(&["messageDigest", "signature"], &mut self.unknown);
        let signature = message.required("signature")?.filled_bytes()?;
        let digest = match message.get("messageDigest") {
            Some(field) => Some(self.message_digest(&field)?),
            None => None,
        };
        Ok(MessageSignature { digest, signature })
    }

    /// a hint, but one that has to make sense: of an algorithm that the artifact is hashed with here, since one
    /// that is never compared would go by as one that agrees.
    fn message_digest(&mut self, field: &Field<'_>) -> Result<MessageDigest, BundleFault> {
        let object = field.object()?;
        object.collect_unknown(&["algorithm", "digest"], &mut self.unknown);
        let algorithm = object.required("algorithm")?.name("SHA2_256, SHA2_384 or SHA2_512", |name| {
            HashAlgorithm::from_proto_name(name).filter(|algorithm| algorithm.is_sha2())
        })?;
        let digest = object.required("digest")?;
        let bytes = digest.filled_bytes()?;
        if bytes.len() != algorithm.digest_len() {
            return Err(BundleFault::DigestLength {
                path: digest.path().clone(),
                expected: algorithm.digest_len(),
                found: bytes.len(),
            });
        }
        Ok(MessageDigest { algorithm, bytes })
    }

    fn envelope(&mut self, field: &Field<'_>) -> Result<Content, BundleFault> {
        let envelope = Envelope::read(field, &mut self.unknown)?;
        match envelope.signatures.as_slice() {
            [_] => Ok(Content::Dsse(envelope)),
            several => Err(BundleFault::SignatureCount { found: several.len() }),
        }
    }

    fn log_entries(&mut self, material: &Object<'_>) -> Result<Vec<LogEntry>, BundleFault> {
        match material.get("tlogEntries") {
            Some(field) => self.log_entries_of(&field.array(usize::MAX)?),
            None => Ok(Vec::new()),
        }
    }

    fn log_entries_of(&mut self, fields: &[Field<'_>]) -> Result<Vec<LogEntry>, BundleFault> {
        if fields.len() > MAX_LOG_ENTRIES {
            return Err(BundleFault::TooManyLogEntries { found: fields.len() });
        }
        let mut entries: Vec<LogEntry> = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let entry = self.log_entry(index, field)?;
            let same = |other: &LogEntry| other.log_id == entry.log_id && other.log_index == entry.log_index;
            if let Some(first) = entries.iter().position(same) {
                return Err(BundleFault::DuplicateLogEntry { first, second: index });
            }
            entries.push(entry);
        }
        Ok(entries)
    }

    /// A-24 and the rows of A.4 on promise and proof, for each entry.
    fn log_entry(&mut self, index: usize, field: &Field<'_>) -> Result<LogEntry, BundleFault> {
        let object = field.object()?;
        let log_index = unsigned(&object, "logIndex")?;
        let log_id = self.log_id(&object)?;
        let entry_type = self.kind_version(&object)?;
        let integrated_time = object.integer_or_zero("integratedTime")?;
        let inclusion_promise = self.inclusion_promise(&object)?;
        let inclusion_proof = match object.get("inclusionProof") {
            Some(field) => Some(self.inclusion_proof(index, &field)?),
            None => None,
        };
        if self.version == BundleVersion::V0_1 {
            if inclusion_promise.is_none() {
                return Err(BundleFault::NoInclusionPromise { index });
            }
        } else if inclusion_proof.is_none() {
            return Err(BundleFault::NoInclusionProof { index, version: self.version });
        }
        let body = object.required("canonicalizedBody")?;
        let canonicalized_body = body.filled_bytes()?;
        body_names_type(index, body.path(), &canonicalized_body, &entry_type)?;
        self.collect_unknown_of_entry(&object);
        Ok(LogEntry {
            log_index,
            log_id,
            kind: entry_type.kind,
            version: entry_type.version,
            integrated_time,
            inclusion_promise,
            inclusion_proof,
            canonicalized_body,
            path: field.path().to_string(),
        })
    }

    fn collect_unknown_of_entry(&mut self, entry: &Object<'_>) {
        let known = [
            "logIndex",
            "logId",
            "kindVersion",
            "integratedTime",
            "inclusionPromise",
            "inclusionProof",
            "canonicalizedBody",
        ];
        entry.collect_unknown(&known, &mut self.unknown);
    }

    fn log_id(&mut self, entry: &Object<'_>) -> Result<Vec<u8>, FieldError> {
        let log_id = entry.required("logId")?.object()?;
        log_id.collect_unknown(&["keyId"], &mut self.unknown);
        log_id.required("keyId")?.filled_bytes()
    }

    fn kind_version(&mut self, entry: &Object<'_>) -> Result<EntryType, FieldError> {
        let kind_version = entry.required("kindVersion")?.object()?;
        kind_version.collect_unknown(&["kind", "version"], &mut self.unknown);
        Ok(EntryType {
            kind: kind_version.required("kind")?.filled_string()?.to_owned(),
            version: kind_version.required("version")?.filled_string()?.to_owned(),
        })
    }

    /// The SET; an empty one is absent.
    fn inclusion_promise(&mut self, entry: &Object<'_>) -> Result<Option<Vec<u8>>, FieldError> {
        let Some(field) = entry.get("inclusionPromise") else {
            return Ok(None);
        };
        let promise = field.object()?;
        promise.collect_unknown(&["signedEntryTimestamp"], &mut self.unknown);
        let set = match promise.get("signedEntryTimestamp") {
            Some(field) if field.string()?.is_empty() => Vec::new(),
            Some(field) => self.evidence_bytes(&field)?,
            None => Vec::new(),
        };
        Ok((!set.is_empty()).then_some(set))
    }

    fn inclusion_proof(&mut self, index: usize, field: &Field<'_>) -> Result<InclusionProof, BundleFault> {
        let proof = field.object()?;
        proof.collect_unknown(&["logIndex", "rootHash", "treeSize", "hashes", "checkpoint"], &mut self.unknown);
        let checkpoint = self.checkpoint(&proof)?;
        let hashes = proof.list("hashes", MAX_PROOF_HASHES)?;
        let hashes: Result<_, BundleFault> = hashes.iter().map(tree_hash).collect();
        Ok(InclusionProof {
            log_index: unsigned(&proof, "logIndex")?,
            // What the checkpoint says counts; a copy may be left out (A-11, B-61).
            root_hash: match proof.get("rootHash") {
                Some(field) if !field.string()?.is_empty() => Some(tree_hash(&field)?),
                _ => None,
            },
            tree_size: unsigned(&proof, "treeSize")?,
            hashes: hashes?,
            checkpoint: checkpoint.ok_or(BundleFault::ProofWithoutCheckpoint { index, version: self.version })?,
        })
    }

    /// The signed note; an empty one is absent.
    fn checkpoint(&mut self, proof: &Object<'_>) -> Result<Option<String>, FieldError> {
        let Some(field) = proof.get("checkpoint") else {
            return Ok(None);
        };
        let checkpoint = field.object()?;
        checkpoint.collect_unknown(&["envelope"], &mut self.unknown);
        let envelope = checkpoint.string_or_empty("envelope")?;
        Ok((!envelope.is_empty()).then_some(envelope))
    }

    fn timestamps(&mut self, material: &Object<'_>) -> Result<Vec<Vec<u8>>, BundleFault> {
        let Some(field) = material.get("timestampVerificationData") else {
            return Ok(Vec::new());
        };
        let data = field.object()?;
        data.collect_unknown(&["rfc3161Timestamps"], &mut self.unknown);
        let fields = data.list("rfc3161Timestamps", usize::MAX)?;
        if fields.len() > MAX_TIMESTAMPS {
            return Err(BundleFault::TooManyTimestamps { found: fields.len() });
        }
        let mut timestamps: Vec<Vec<u8>> = Vec::with_capacity(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let object = field.object()?;
            object.collect_unknown(&["signedTimestamp"], &mut self.unknown);
            let timestamp = self.evidence_bytes(&object.required("signedTimestamp")?)?;
            if let Some(first) = timestamps.iter().position(|other| *other == timestamp) {
                return Err(BundleFault::DuplicateTimestamp { first, second: index });
            }
            timestamps.push(timestamp);
        }
        Ok(timestamps)
    }
}

/// a managed key's hint names the key that signed the envelope. An envelope without key id names
/// none, which is no contradiction: model-signing and sigstore-js write such bundles.
fn hint_is_keyid(key: &KeyMaterial, content: &Content) -> Result<(), BundleFault> {
    let (KeyMaterial::PublicKeyHint(hint), Content::Dsse(envelope)) = (key, content) else {
        return Ok(());
    };
    match envelope.signatures.first() {
        Some(signature) if !signature.keyid.is_empty() && signature.keyid != *hint => {
            Err(BundleFault::HintIsNotKeyid { hint: hint.clone(), keyid: signature.keyid.clone() })
        }
        _ => Ok(()),
    }
}

/// the body is a JSON object of the type that `kindVersion` says.
fn body_names_type(index: usize, path: &Path, body: &[u8], claimed: &EntryType) -> Result<(), BundleFault> {
    let value = json::parse(body, Limits::of_size(MAX_BODY_BYTES))
        .map_err(|error| BundleFault::BodyNotJson { index, error })?;
    let found = EntryType::read(&Field::at(&value, path.embedded()).object()?)?;
    if found == *claimed {
        Ok(())
    } else {
        Err(BundleFault::BodyOfOtherType { index, claimed: Box::new(claimed.clone()), found: Box::new(found) })
    }
}

fn unsigned(object: &Object<'_>, key: &str) -> Result<u64, FieldError> {
    // `integer_or_zero` refuses negatives, so the magnitude is the number.
    Ok(object.integer_or_zero(key)?.unsigned_abs())
}

fn tree_hash(field: &Field<'_>) -> Result<[u8; 32], BundleFault> {
    let bytes = field.filled_bytes()?;
    <[u8; 32]>::try_from(bytes.as_slice())
        .map_err(|_| BundleFault::HashLength { path: field.path().clone(), found: bytes.len() })
}
