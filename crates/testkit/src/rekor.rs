//! A transparency log in memory: what is the same for Rekor v1 and v2.

use crate::Change;
use crate::encoding::{base64, canonical_json, hex};
use crate::keys::{Hash, Key, Kind};
use crate::merkle::Tree;
use crate::note::{CheckpointRecipe, Head, full_key_id};
use crate::time::SIGNED_AT;
use serde_json::{Value, json};

/// A log: its key and its name.
#[derive(Clone)]
pub struct Log {
    /// Key of SETs and checkpoints.
    pub key: Key,
    /// Host of `baseUrl`; key name of checkpoint signatures.
    pub host: String,
    /// Rekor v1: the tree id behind ` - ` in the origin. `None`: Rekor v2.
    pub tree_id: Option<String>,
}

impl Log {
    /// The world's Rekor v1.
    pub fn v1() -> Self {
        Log::v1_named("rekor.touchstone.test", Kind::P256)
    }

    /// A Rekor v1 of another name or key kind.
    pub fn v1_named(host: &str, kind: Kind) -> Self {
        Log {
            key: Key::new(kind, &format!("Rekor {host}")),
            host: host.to_owned(),
            tree_id: Some("1193050959916656506".to_owned()),
        }
    }

    /// The world's Rekor v2, Ed25519.
    pub fn v2() -> Self {
        Log::v2_named("log2025-1.rekor.touchstone.test", Kind::Ed25519)
    }

    /// A Rekor v2 of another name or key kind.
    pub fn v2_named(host: &str, kind: Kind) -> Self {
        Log { key: Key::new(kind, &format!("Rekor {host}")), host: host.to_owned(), tree_id: None }
    }

    /// Log id (B-11).
    pub fn id(&self) -> Vec<u8> {
        if self.key.kind() == Kind::Ed25519 { full_key_id(&self.key, &self.host) } else { self.key.log_id() }
    }

    /// First line of its checkpoints (B-66).
    pub fn origin(&self) -> String {
        self.tree_id.as_ref().map_or(self.host.clone(), |tree| format!("{} - {tree}", self.host))
    }
}

/// What the log is asked to record: everything that a body may mention.
pub struct Submission {
    /// Signature bytes.
    pub signature: Vec<u8>,
    /// Leaf certificate, or SubjectPublicKeyInfo of a managed key.
    pub verifier: Verifier,
    /// `PublicKeyDetails` name of the signing key.
    pub details: String,
    /// Hash that was signed with.
    pub hash: Hash,
    /// Artifact (message signature) or PAE (envelope): what was signed.
    pub signed: Vec<u8>,
    /// Payload and payload type of an envelope.
    pub envelope: Option<Envelope>,
}

/// The parts of a DSSE envelope.
#[derive(Clone)]
pub struct Envelope {
    /// Payload bytes.
    pub payload: Vec<u8>,
    /// Payload type.
    pub payload_type: String,
    /// Key id; left out when empty.
    pub key_id: String,
}

/// Key material of a body.
#[derive(Clone)]
pub enum Verifier {
    /// DER certificate.
    Certificate(Vec<u8>),
    /// DER SubjectPublicKeyInfo.
    PublicKey(Vec<u8>),
}

impl Verifier {
    /// PEM block.
    pub fn pem(&self) -> String {
        match self {
            Verifier::Certificate(der) => crate::encoding::pem("CERTIFICATE", der),
            Verifier::PublicKey(der) => crate::encoding::pem("PUBLIC KEY", der),
        }
    }
}

/// Kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `hashedrekord` 0.0.1.
    HashedRekordV001,
    /// `dsse` 0.0.1.
    DsseV001,
    /// `intoto` 0.0.2.
    IntotoV002,
    /// `intoto` 0.0.1.
    IntotoV001,
    /// `hashedrekord` 0.0.2 (Rekor v2).
    HashedRekordV002,
    /// `dsse` 0.0.2 (removed from Rekor v2).
    DsseV002,
}

impl EntryKind {
    fn kind_version(self) -> (&'static str, &'static str) {
        match self {
            EntryKind::HashedRekordV001 => ("hashedrekord", "0.0.1"),
            EntryKind::DsseV001 => ("dsse", "0.0.1"),
            EntryKind::IntotoV002 => ("intoto", "0.0.2"),
            EntryKind::IntotoV001 => ("intoto", "0.0.1"),
            EntryKind::HashedRekordV002 => ("hashedrekord", "0.0.2"),
            EntryKind::DsseV002 => ("dsse", "0.0.2"),
        }
    }

    fn body(self, submission: &Submission) -> Value {
        let (kind, version) = self.kind_version();
        let spec = match self {
            EntryKind::HashedRekordV001 => crate::rekor_v1::hashedrekord(submission),
            EntryKind::DsseV001 => crate::rekor_v1::dsse(submission),
            EntryKind::IntotoV002 => crate::rekor_v1::intoto_v002(submission),
            EntryKind::IntotoV001 => crate::rekor_v1::intoto_v001(submission),
            EntryKind::HashedRekordV002 => crate::rekor_v2::hashedrekord(submission),
            EntryKind::DsseV002 => crate::rekor_v2::dsse(submission),
        };
        json!({ "apiVersion": version, "kind": kind, "spec": spec })
    }
}

/// The signed entry timestamp.
#[derive(Clone, Default)]
pub struct PromiseRecipe {
    /// Key that signs, where it shall not be the log's.
    pub key: Option<Key>,
    /// Flips one bit of the signature.
    pub tamper: bool,
    /// Signed integrated time, where it shall not be the one written.
    pub integrated_time: Option<i64>,
    /// Signed log index, where it shall not be the one written.
    pub log_index: Option<i64>,
}

/// The inclusion proof.
#[derive(Clone)]
pub struct ProofRecipe {
    /// Number of leaves.
    pub tree_size: usize,
    /// Index of the entry in the tree.
    pub index: usize,
    /// The checkpoint; `None` leaves it out.
    pub checkpoint: Option<CheckpointRecipe>,
    /// Bytes that the tree holds instead of the body.
    pub logged_body: Option<Vec<u8>>,
}

/// One log entry of a bundle.
#[derive(Clone)]
pub struct EntryRecipe {
    /// Where it is logged.
    pub log: Log,
    /// What is logged.
    pub kind: EntryKind,
    /// Kind and version written beside the body, where they shall not be the body's.
    pub kind_version: Option<(String, String)>,
    /// Log id written beside the body, where it shall not be the log's.
    pub log_id: Option<Vec<u8>>,
    /// `integratedTime`; `None` leaves it out.
    pub integrated_time: Option<i64>,
    /// Global index; 0 is left out, as proto3 JSON does (A-10).
    pub log_index: i64,
    /// Changes the body before it is logged: SET and proof hold for the changed body.
    pub body: Vec<Change<Value>>,
    /// Bytes to log instead of a body made here.
    pub raw_body: Option<Vec<u8>>,
    /// SET; `None` leaves it out.
    pub promise: Option<PromiseRecipe>,
    /// Inclusion proof; `None` leaves it out.
    pub proof: Option<ProofRecipe>,
}

impl EntryRecipe {
    /// An entry of the world's Rekor v1, with SET and proof.
    pub fn v1(kind: EntryKind) -> Self {
        EntryRecipe {
            log: Log::v1(),
            kind,
            kind_version: None,
            log_id: None,
            integrated_time: Some(SIGNED_AT),
            log_index: 155_690_847,
            body: Vec::new(),
            raw_body: None,
            promise: Some(PromiseRecipe::default()),
            proof: Some(ProofRecipe {
                tree_size: 21,
                index: 13,
                checkpoint: Some(CheckpointRecipe::default()),
                logged_body: None,
            }),
        }
    }

    /// An entry of the world's Rekor v2: proof only.
    pub fn v2() -> Self {
        EntryRecipe {
            log: Log::v2(),
            kind: EntryKind::HashedRekordV002,
            integrated_time: None,
            log_index: 13,
            promise: None,
            ..EntryRecipe::v1(EntryKind::HashedRekordV002)
        }
    }

    /// The proof, to change it.
    pub fn proof(&mut self) -> &mut ProofRecipe {
        self.proof.as_mut().expect("an entry with a proof")
    }

    /// The checkpoint, to change it.
    pub fn checkpoint(&mut self) -> &mut CheckpointRecipe {
        self.proof().checkpoint.as_mut().expect("an entry with a checkpoint")
    }

    /// The SET, to change it.
    pub fn promise(&mut self) -> &mut PromiseRecipe {
        self.promise.as_mut().expect("an entry with a promise")
    }

    /// `TransparencyLogEntry` as proto3 JSON.
    pub fn write(&self, submission: &Submission) -> Value {
        let body = self.raw_body.clone().unwrap_or_else(|| {
            let mut body = self.kind.body(submission);
            self.body.iter().for_each(|change| change(&mut body));
            canonical_json(&body).into_bytes()
        });
        let (kind, version) = self.kind.kind_version();
        let (kind, version) = self.kind_version.clone().unwrap_or((kind.to_owned(), version.to_owned()));
        let log_id = self.log_id.clone().unwrap_or_else(|| self.log.id());
        let mut entry = json!({
            "logId": { "keyId": base64(&log_id) },
            "kindVersion": { "kind": kind, "version": version },
            "canonicalizedBody": base64(&body),
        });
        if self.log_index != 0 {
            entry["logIndex"] = json!(self.log_index.to_string());
        }
        if let Some(time) = self.integrated_time {
            entry["integratedTime"] = json!(time.to_string());
        }
        if let Some(promise) = &self.promise {
            entry["inclusionPromise"] = json!({ "signedEntryTimestamp": base64(&self.sign_promise(promise, &body)) });
        }
        if let Some(proof) = &self.proof {
            entry["inclusionProof"] = self.prove(proof, &body);
        }
        entry
    }

    /// RFC 8785 JSON of four members (B-54).
    fn sign_promise(&self, promise: &PromiseRecipe, body: &[u8]) -> Vec<u8> {
        let payload = format!(
            r#"{{"body":"{}","integratedTime":{},"logID":"{}","logIndex":{}}}"#,
            base64(body),
            promise.integrated_time.or(self.integrated_time).unwrap_or(0),
            hex(&self.log.id()),
            promise.log_index.unwrap_or(self.log_index),
        );
        let mut signature = promise.key.as_ref().unwrap_or(&self.log.key).sign(payload.as_bytes());
        if promise.tamper {
            crate::flip_last_bit(&mut signature);
        }
        signature
    }

    fn prove(&self, proof: &ProofRecipe, body: &[u8]) -> Value {
        let tree = Tree::with_leaf(proof.tree_size, proof.index, proof.logged_body.as_deref().unwrap_or(body));
        let hashes: Vec<String> = tree.path(proof.index).iter().map(|hash| base64(hash)).collect();
        let mut written = json!({ "rootHash": base64(&tree.root()), "treeSize": proof.tree_size.to_string() });
        if !hashes.is_empty() {
            written["hashes"] = json!(hashes);
        }
        if proof.index != 0 {
            written["logIndex"] = json!(proof.index.to_string());
        }
        if let Some(checkpoint) = &proof.checkpoint {
            let head = Head {
                origin: self.log.origin(),
                name: &self.log.host,
                key: &self.log.key,
                size: proof.tree_size as u64,
                root: tree.root(),
            };
            written["checkpoint"] = json!({ "envelope": checkpoint.write(&head) });
        }
        written
    }
}
