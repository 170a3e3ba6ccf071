//! No single bit of what a bundle proves by may be flipped and the bundle still verify: every signed byte, signature,
//! certificate, proof, checkpoint, promise and timestamp of five real bundles, and the artifact.
#![allow(clippy::as_conversions, reason = "tests")]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use touchstone_cli::arguments;
use touchstone_crypto::{PublicKey, RustCrypto, SignatureError, SignatureScheme, SignatureVerifier, Signed, sha256};
use touchstone_formats::bundle::Bundle;
use touchstone_report::question::{Name, Signer, Trust as AskedTrust};
use touchstone_testkit::Recipe;
use touchstone_tests::corpus::{Case, read_manifest};
use touchstone_tests::corpus_folder;
use touchstone_trust::{Instance, TrustedRoot, embedded};
use touchstone_verify::{Artifact, Policy, SignerPolicy, TextMatch, Trust, verify};

/// Two with a log's promise, one with an envelope, two of Rekor v2 with a timestamp; none with lines of witnesses in its
/// checkpoint, which no trusted root names, so that nothing depends on them (B-81).
const REAL: [&str; 5] = [
    "conf-happy-path-v0.1",
    "conf-happy-path-v0.3",
    "conf-happy-path-intoto-in-dsse-v3",
    "conf-rekor2-happy-path",
    "sgja-bundle.dsse.rekor-v2",
];

/// A flip that changes nothing which anybody vouches for, with the rule that lets it pass. Each must occur.
struct Harmless {
    /// End of the path.
    path: &'static str,
    /// Byte of the decoded value.
    byte: usize,
    /// Bit of that byte.
    bit: u8,
    why: &'static str,
}

/// The response's status stands outside the signed token: `granted` (0) becomes `grantedWithMods` (1), and both are
/// grants (B-25). `30 82 xx xx 30 03 02 01 00`: the status is byte 8.
const HARMLESS: [Harmless; 1] =
    [Harmless { path: ".signedTimestamp", byte: 8, bit: 0, why: "PKIStatus is not signed, and both 0 and 1 grant" }];

#[test]
fn no_flipped_bit_of_a_real_bundle_verifies() {
    let Some(folder) = corpus_folder() else { return };
    let cases = read_manifest(&folder);
    for id in REAL {
        Subject::of_case(cases.iter().find(|case| case.id == id).expect(id)).check();
    }
}

#[test]
fn no_flipped_bit_of_a_made_bundle_verifies() {
    let case = Recipe::message_v2().make();
    let subject = Subject {
        name: "testkit, Rekor v2 and timestamp".to_owned(),
        bundle: serde_json::from_slice(&case.bundle).unwrap(),
        artifact: case.artifact,
        root: Root::Own(TrustedRoot::read_many(&case.trusted_root, Instance::PublicGood, "testkit").unwrap()),
        policy: certificate(case.identity, Some(case.issuer)),
    };
    subject.check();
}

enum Root {
    Embedded(&'static TrustedRoot),
    Own(Vec<TrustedRoot>),
}

impl Root {
    fn as_slice(&self) -> &[TrustedRoot] {
        match self {
            Self::Embedded(root) => std::slice::from_ref(root),
            Self::Own(roots) => roots,
        }
    }
}

/// Answers again what it answered about the unchanged bundle: a flipped bit leaves most signatures of a bundle as they were.
/// Where the message alone is another one, the signature cannot fit any more, unless SHA-2 is broken; the real arithmetic says
/// so for one message in 32, by its digest (all of it takes minutes, and is tried in `touchstone-crypto`'s own tests). It is
/// asked about everything else.
struct Remembering {
    answered: Vec<Answered>,
}

struct Answered {
    scheme: SignatureScheme,
    key: PublicKey,
    /// Whether the message was given as its digest, and what was given.
    signed: (bool, Vec<u8>),
    signature: Vec<u8>,
}

fn given(signed: Signed<'_>) -> (bool, &[u8]) {
    match signed {
        Signed::Digest(digest) => (true, digest.as_bytes()),
        Signed::Message(message) => (false, message),
    }
}

/// Keeps every signature that verifies.
#[derive(Default)]
struct Recording(Mutex<Vec<Answered>>);

impl SignatureVerifier for Recording {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        RustCrypto.verify(scheme, key, signed, signature)?;
        let (is_digest, bytes) = given(signed);
        let (key, signed, signature) = (key.clone(), (is_digest, bytes.to_vec()), signature.to_vec());
        self.0.lock().unwrap().push(Answered { scheme, key, signed, signature });
        Ok(())
    }
}

impl SignatureVerifier for Remembering {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        let (is_digest, bytes) = given(signed);
        let mut of_key = self
            .answered
            .iter()
            .filter(|known| known.scheme == scheme && known.signature == signature && known.key == *key)
            .peekable();
        let only_the_message_differs = of_key.peek().is_some();
        if of_key.any(|known| known.signed.0 == is_digest && known.signed.1 == bytes) {
            Ok(())
        } else if only_the_message_differs && !sha256(bytes)[0].is_multiple_of(32) {
            Err(SignatureError::DoesNotVerify)
        } else {
            RustCrypto.verify(scheme, key, signed, signature)
        }
    }
}

struct Subject {
    name: String,
    bundle: Value,
    artifact: Vec<u8>,
    root: Root,
    policy: Policy,
}

/// One bit to flip: a leaf of the JSON and where in its value.
struct Flip {
    pointer: String,
    spelling: Spelling,
    byte: usize,
    bit: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Base64,
    Text,
    Number,
    /// The artifact itself, which is not in the bundle.
    Artifact,
}

impl Subject {
    fn of_case(case: &Case) -> Self {
        let request = case.request.as_ref().unwrap();
        let arguments::Artifact::File(artifact) = &request.artifact else { panic!("{}: no artifact file", case.id) };
        let Signer::Certificate { identity: Name::Exact(identity), issuer: Some(Name::Exact(issuer)) } =
            &request.question.signer
        else {
            panic!("{}: no exact signer", case.id)
        };
        let root = match request.question.trust {
            AskedTrust::PublicGood => Root::Embedded(embedded::root(Instance::PublicGood).unwrap()),
            _ => {
                let bytes = std::fs::read(request.trusted_root.as_ref().unwrap()).unwrap();
                Root::Own(TrustedRoot::read_many(&bytes, Instance::PublicGood, "file").unwrap())
            }
        };
        Self {
            name: case.id.clone(),
            bundle: serde_json::from_slice(&std::fs::read(&request.bundle).unwrap()).unwrap(),
            artifact: std::fs::read(artifact).unwrap(),
            root,
            policy: certificate(identity.clone(), Some(issuer.clone())),
        }
    }

    fn check(&self) {
        let whole = serde_json::to_vec(&self.bundle).unwrap();
        let recording = Recording::default();
        let verifies = self.verifies(&whole, &self.artifact, &recording);
        assert!(verifies, "{}: the unchanged bundle must verify", self.name);
        let crypto = Remembering { answered: recording.0.into_inner().unwrap() };
        assert!(crypto.answered.len() >= 3, "{}: only {} signatures seen", self.name, crypto.answered.len());
        let flips = self.flips();
        let survivors = self.survivors(&flips, &crypto);
        println!("{}: {} bits flipped, {} harmless", self.name, flips.len(), survivors.len());
        assert!(flips.len() > 20_000, "{}: only {} bits", self.name, flips.len());
        let harmless = |flip: &Flip| {
            HARMLESS.iter().find(|known| {
                flip.pointer.replace('/', ".").ends_with(known.path) && (flip.byte, flip.bit) == (known.byte, known.bit)
            })
        };
        let unexplained: Vec<String> = survivors
            .iter()
            .map(|index| &flips[*index])
            .filter(|flip| harmless(flip).is_none())
            .map(|flip| format!("{} byte {} bit {}", flip.pointer, flip.byte, flip.bit))
            .collect();
        let first = unexplained.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
        assert!(unexplained.is_empty(), "{}: {} verify with a flipped bit:\n{first}", self.name, unexplained.len());
        let timestamps = flips.iter().any(|flip| flip.pointer.ends_with("signedTimestamp"));
        let used = survivors.iter().filter_map(|index| harmless(&flips[*index])).count();
        assert_eq!(used, if timestamps { HARMLESS.len() } else { 0 }, "{}: {}", self.name, HARMLESS[0].why);
    }

    fn verifies(&self, bundle: &[u8], artifact: &[u8], crypto: &dyn SignatureVerifier) -> bool {
        let parsed = Bundle::parse(bundle);
        let trust = Trust::Roots(self.root.as_slice());
        verify(parsed.as_ref(), &Artifact::Bytes(artifact), trust, &self.policy, crypto).verdict.is_verified()
    }

    fn flips(&self) -> Vec<Flip> {
        let mut flips = bits("artifact", Spelling::Artifact, self.artifact.len());
        collect(&self.bundle, String::new(), &mut flips);
        flips
    }

    /// Indices of the flips under which the bundle still verifies; all cores work.
    fn survivors(&self, flips: &[Flip], crypto: &Remembering) -> Vec<usize> {
        let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let mut around = BTreeMap::new();
        for flip in flips {
            around.entry(flip.pointer.as_str()).or_insert_with(|| self.around(flip));
        }
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
                scope.spawn(|| {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(flip) = flips.get(index) else { break };
                        if self.verifies_with(flip, &around[flip.pointer.as_str()], crypto) {
                            found.lock().unwrap().push(index);
                        }
                    }
                });
            }
        });
        let mut found = found.into_inner().unwrap();
        found.sort_unstable();
        found
    }

    fn verifies_with(&self, flip: &Flip, around: &Around, crypto: &Remembering) -> bool {
        let mut bytes = around.value.clone();
        if flip.spelling == Spelling::Number {
            let number = std::str::from_utf8(&bytes).unwrap().parse::<i64>().unwrap();
            bytes = (number ^ (1 << (flip.byte * 8 + usize::from(flip.bit)))).to_string().into_bytes();
        } else {
            bytes[flip.byte] ^= 1 << flip.bit;
        }
        let written = match flip.spelling {
            Spelling::Artifact => return self.verifies(&around.before, &bytes, crypto),
            Spelling::Base64 => STANDARD.encode(bytes).into_bytes(),
            Spelling::Number => bytes,
            // The flipped byte may be no UTF-8 any more, so it is put into the JSON as it is.
            Spelling::Text => json_escaped(&bytes),
        };
        self.verifies(&[&around.before, &written[..], &around.after].concat(), &self.artifact, crypto)
    }

    /// What stands around the value that each flip changes, and the value.
    fn around(&self, flip: &Flip) -> Around {
        const HOLE: &str = "@@hole@@";
        if flip.spelling == Spelling::Artifact {
            let before = serde_json::to_vec(&self.bundle).unwrap();
            return Around { before, after: Vec::new(), value: self.artifact.clone() };
        }
        let mut bundle = self.bundle.clone();
        let leaf = bundle.pointer_mut(&flip.pointer).unwrap();
        let old = std::mem::replace(leaf, HOLE.into());
        let old = old.as_str().unwrap();
        let text = serde_json::to_string(&bundle).unwrap();
        let (before, after) = text.split_once(HOLE).unwrap();
        let value =
            if flip.spelling == Spelling::Base64 { STANDARD.decode(old).unwrap() } else { old.as_bytes().to_vec() };
        Around { before: before.as_bytes().to_vec(), after: after.as_bytes().to_vec(), value }
    }
}

struct Around {
    before: Vec<u8>,
    after: Vec<u8>,
    value: Vec<u8>,
}

/// Walks the bundle. What is left out is not evidence: media type and the names of the entry's kind, which are compared
/// with the signed body and have no single-bit neighbour that is accepted anyway.
fn collect(value: &Value, pointer: String, flips: &mut Vec<Flip>) {
    let name = pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default().to_owned();
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| collect(member, format!("{pointer}/{name}"), flips));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{pointer}/{index}"), flips));
        }
        Value::String(text) => match name.as_str() {
            "signature"
            | "rawBytes"
            | "canonicalizedBody"
            | "signedEntryTimestamp"
            | "hashes"
            | "rootHash"
            | "signedTimestamp"
            | "payload"
            | "sig"
            | "keyId"
            | "digest" => {
                flips.extend(bits(&pointer, Spelling::Base64, STANDARD.decode(text).unwrap().len()));
            }
            "envelope" | "payloadType" => flips.extend(bits(&pointer, Spelling::Text, text.len())),
            // The sign is left alone: a negative number is refused by its form.
            "logIndex" | "treeSize" | "integratedTime" if text != "0" => {
                flips.extend(bits(&pointer, Spelling::Number, 7));
            }
            _ => {}
        },
        _ => {}
    }
}

fn bits(pointer: &str, spelling: Spelling, bytes: usize) -> Vec<Flip> {
    (0..bytes * 8)
        .map(|bit| Flip { pointer: pointer.to_owned(), spelling, byte: bit / 8, bit: (bit % 8) as u8 })
        .collect()
}

fn certificate(identity: String, issuer: Option<String>) -> Policy {
    let signer =
        SignerPolicy::Certificate { identity: TextMatch::Exact(identity), issuer: issuer.map(TextMatch::Exact) };
    Policy { signer, ..Policy::default() }
}

fn json_escaped(bytes: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(bytes.len() + 16);
    for byte in bytes {
        match byte {
            b'"' | b'\\' => escaped.extend([b'\\', *byte]),
            0..0x20 => escaped.extend(format!("\\u{byte:04x}").bytes()),
            _ => escaped.push(*byte),
        }
    }
    escaped
}
