//! A whole bundle by recipe: every knob is one field, every later change one closure.

mod worlds;

use crate::ca::{Authority, CertificateRecipe, ISSUER, WORKFLOW};
use crate::encoding::base64;
use crate::keys::{Hash, Key, Kind, Scheme};
use crate::rekor::{EntryRecipe, Envelope, Submission, Verifier};
use crate::root::TrustedRootRecipe;
use crate::tsa::{TimestampAuthority, TimestampRecipe};
use crate::{Case, Change};
use serde_json::{Value, json};

/// `mediaType` of new bundles.
pub const BUNDLE_V03: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";
/// `mediaType` of version 0.2.
pub const BUNDLE_V02: &str = "application/vnd.dev.sigstore.bundle+json;version=0.2";
/// `mediaType` of version 0.1.
pub const BUNDLE_V01: &str = "application/vnd.dev.sigstore.bundle+json;version=0.1";
/// Payload type of in-toto statements.
pub const IN_TOTO: &str = "application/vnd.in-toto+json";
/// The artifact of the good worlds.
pub const ARTIFACT: &[u8] = b"a release, bytes as they were built\n";

/// How the bundle names the key that signed.
#[derive(Clone)]
pub enum KeyForm {
    /// `certificate`.
    Certificate,
    /// `x509CertificateChain`: the leaf, then these.
    Chain(Vec<Vec<u8>>),
    /// `publicKey` with this hint; the bundle is signed by `managed_key`.
    PublicKey(String),
}

/// Which trusted root goes with the bundle.
#[derive(Clone, Copy)]
pub enum RootPreset {
    /// CA, CT log, Rekor v1 and v2, TSA.
    PublicGoodLike,
    /// CA and TSA.
    GithubLike,
    /// Logs only.
    KeyOnly,
}

/// The recipe of one case. Start from one of the constructors; change one thing.
#[derive(Clone)]
pub struct Recipe {
    /// `mediaType`.
    pub media_type: String,
    /// Bytes of the artifact.
    pub artifact: Vec<u8>,
    /// The certificate authority that the trusted root knows.
    pub ca: Authority,
    /// Who issues the leaf, where it shall not be `ca`.
    pub issued_by: Option<Authority>,
    /// The leaf certificate.
    pub leaf: CertificateRecipe,
    /// Form of the key in the bundle.
    pub key_form: KeyForm,
    /// The key of [`KeyForm::PublicKey`].
    pub managed_key: Key,
    /// DSSE envelope instead of a message signature.
    pub dsse: bool,
    /// `payloadType`.
    pub payload_type: String,
    /// Envelope `keyid`; left out when empty.
    pub key_id: String,
    /// Changes the in-toto statement before it is signed.
    pub statement: Vec<Change<Value>>,
    /// Payload instead of a statement.
    pub payload: Option<Vec<u8>>,
    /// Scheme of the signature, where it shall not be the key's.
    pub scheme: Option<Scheme>,
    /// Who signs the content, where it shall not be the key in the bundle.
    pub signing_key: Option<Key>,
    /// Bytes that are signed instead of the artifact or the PAE.
    pub sign_over: Option<Vec<u8>>,
    /// Changes the signature before it is stamped, logged and written.
    pub signature: Vec<Change<Vec<u8>>>,
    /// Log entries.
    pub entries: Vec<EntryRecipe>,
    /// RFC 3161 timestamps.
    pub timestamps: Vec<TimestampRecipe>,
    /// The timestamp authority that the trusted root knows.
    pub tsa: TimestampAuthority,
    /// Which trusted root.
    pub root_preset: RootPreset,
    /// Changes the trusted root.
    pub root: Vec<Change<TrustedRootRecipe>>,
    /// Changes the trusted root's JSON.
    pub root_json: Vec<Change<Value>>,
    /// Changes the finished bundle's JSON.
    pub bundle: Vec<Change<Value>>,
    /// Changes the finished bundle's text.
    pub text: Vec<Change<String>>,
}

impl Recipe {
    /// The first entry, to change it.
    pub fn entry(&mut self) -> &mut EntryRecipe {
        self.entries.first_mut().expect("a recipe with an entry")
    }

    /// The first timestamp, to change it.
    pub fn timestamp(&mut self) -> &mut TimestampRecipe {
        self.timestamps.first_mut().expect("a recipe with a timestamp")
    }

    /// Gives the leaf another key kind.
    pub fn leaf_kind(&mut self, kind: Kind) {
        self.leaf.key = Key::new(kind, "leaf");
    }

    /// The bundle, its artifact and its trusted root.
    pub fn make(&self) -> Case {
        let mut bundle = self.write_bundle();
        self.bundle.iter().for_each(|change| change(&mut bundle));
        let mut text = bundle.to_string();
        self.text.iter().for_each(|change| change(&mut text));
        let mut root = self.trusted_root().write();
        self.root_json.iter().for_each(|change| change(&mut root));
        Case {
            bundle: text.into_bytes(),
            artifact: self.artifact.clone(),
            trusted_root: root.to_string().into_bytes(),
            key: matches!(self.key_form, KeyForm::PublicKey(_)).then(|| self.managed_key.public_pem()),
            identity: WORKFLOW.to_owned(),
            issuer: ISSUER.to_owned(),
        }
    }

    fn trusted_root(&self) -> TrustedRootRecipe {
        let mut root = match self.root_preset {
            RootPreset::PublicGoodLike => TrustedRootRecipe::public_good_like(&self.ca, &self.tsa),
            RootPreset::GithubLike => TrustedRootRecipe::github_like(&self.ca, &self.tsa),
            RootPreset::KeyOnly => TrustedRootRecipe::key_only(),
        };
        self.root.iter().for_each(|change| change(&mut root));
        root
    }

    /// The finished bundle before JSON-level changes: for taking a donor's entry or timestamp.
    pub fn write_bundle(&self) -> Value {
        let submission = self.sign();
        let entries: Vec<Value> = self.entries.iter().map(|entry| entry.write(&submission)).collect();
        let mut material = self.key_material(&submission);
        if !entries.is_empty() {
            material["tlogEntries"] = json!(entries);
        }
        if !self.timestamps.is_empty() {
            let stamps: Vec<Value> = self
                .timestamps
                .iter()
                .map(|stamp| json!({ "signedTimestamp": base64(&stamp.write(&submission.signature)) }))
                .collect();
            material["timestampVerificationData"] = json!({ "rfc3161Timestamps": stamps });
        }
        let mut bundle = json!({ "mediaType": self.media_type, "verificationMaterial": material });
        match &submission.envelope {
            Some(envelope) => bundle["dsseEnvelope"] = write_envelope(envelope, &submission.signature),
            None => bundle["messageSignature"] = self.write_message_signature(&submission),
        }
        bundle
    }

    /// The leaf certificate, DER.
    pub fn leaf_der(&self) -> Vec<u8> {
        self.leaf.issue(&self.issued_by.as_ref().unwrap_or(&self.ca).issuer())
    }

    fn holder(&self) -> &Key {
        if matches!(self.key_form, KeyForm::PublicKey(_)) { &self.managed_key } else { &self.leaf.key }
    }

    fn sign(&self) -> Submission {
        let holder = self.holder();
        let verifier = match self.key_form {
            KeyForm::PublicKey(_) => Verifier::PublicKey(holder.spki()),
            _ => Verifier::Certificate(self.leaf_der()),
        };
        let envelope = self.dsse.then(|| Envelope {
            payload: self.payload.clone().unwrap_or_else(|| self.write_statement()),
            payload_type: self.payload_type.clone(),
            key_id: self.key_id.clone(),
        });
        let signed = self.sign_over.clone().unwrap_or_else(|| match &envelope {
            Some(envelope) => pae(&envelope.payload_type, &envelope.payload),
            None => self.artifact.clone(),
        });
        let scheme =
            self.scheme.unwrap_or_else(|| if self.dsse { holder.default_scheme() } else { holder.message_scheme() });
        let mut signature = self.signing_key.as_ref().unwrap_or(holder).sign_with(scheme, &signed);
        self.signature.iter().for_each(|change| change(&mut signature));
        Submission {
            signature,
            verifier,
            details: details(holder, scheme),
            hash: scheme_hash(scheme),
            signed,
            envelope,
        }
    }

    fn write_statement(&self) -> Vec<u8> {
        let mut statement = json!({
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [{ "name": "release.tar.gz", "digest": { "sha256": crate::encoding::hex(&Hash::Sha256.of(&self.artifact)) } }],
            "predicateType": "https://slsa.dev/provenance/v1",
            "predicate": { "buildDefinition": { "buildType": "https://touchstone.test/build/v1", "externalParameters": {} },
                           "runDetails": { "builder": { "id": "https://touchstone.test/builder" } } },
        });
        self.statement.iter().for_each(|change| change(&mut statement));
        statement.to_string().into_bytes()
    }

    fn key_material(&self, submission: &Submission) -> Value {
        let raw = |der: &[u8]| json!({ "rawBytes": base64(der) });
        match (&self.key_form, &submission.verifier) {
            (KeyForm::PublicKey(hint), _) => json!({ "publicKey": { "hint": hint } }),
            (KeyForm::Chain(others), Verifier::Certificate(leaf)) => {
                let all: Vec<Value> = core::iter::once(leaf).chain(others).map(|der| raw(der)).collect();
                json!({ "x509CertificateChain": { "certificates": all } })
            }
            (_, Verifier::Certificate(leaf) | Verifier::PublicKey(leaf)) => {
                json!({ "certificate": raw(leaf) })
            }
        }
    }

    fn write_message_signature(&self, submission: &Submission) -> Value {
        json!({
            "messageDigest": { "algorithm": submission.hash.proto_name(), "digest": base64(&submission.hash.of(&self.artifact)) },
            "signature": base64(&submission.signature),
        })
    }
}

fn write_envelope(envelope: &Envelope, signature: &[u8]) -> Value {
    let mut written = json!({ "sig": base64(signature) });
    if !envelope.key_id.is_empty() {
        written["keyid"] = json!(envelope.key_id);
    }
    json!({ "payload": base64(&envelope.payload), "payloadType": envelope.payload_type, "signatures": [written] })
}

/// DSSE pre-authentication encoding (B-94); lengths in bytes.
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    [format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).as_bytes(), payload].concat()
}

fn scheme_hash(scheme: Scheme) -> Hash {
    match scheme {
        Scheme::Ecdsa(hash) | Scheme::RsaPkcs1(hash) | Scheme::RsaPss(hash) => hash,
        Scheme::Ed25519 | Scheme::Ed25519ph => Hash::Sha512,
    }
}

/// `PublicKeyDetails` of key and scheme, as Rekor v2 writes it (B-76).
fn details(key: &Key, scheme: Scheme) -> String {
    match scheme {
        Scheme::Ed25519ph => "PKIX_ED25519_PH".to_owned(),
        Scheme::RsaPss(_) => key.details().replace("PKCS1V15", "PSS"),
        _ => key.details().to_owned(),
    }
}
