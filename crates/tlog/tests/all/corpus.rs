//! The corpus of real cases: tree probes, malformed checkpoints, and every checkpoint of a bundle that is good.
//! Skipped with one line where the corpus is absent.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use touchstone_crypto::{KeyKind, PublicKey, RustCrypto, SignatureScheme};
use touchstone_tlog::{
    CheckpointError, Hash, NoteError, NoteVerifierKey, SignedCheckpoint, SignedCheckpointError, SignedNote, leaf_hash,
    root_from_inclusion, verify_checkpoint, verify_consistency, verify_inclusion,
};

fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("TOUCHSTONE_CORPUS").map(PathBuf::from);
    let path = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"));
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no corpus at {}", path.display());
    None
}

fn hash(value: &Value) -> Option<Hash> {
    STANDARD.decode(value.as_str()?).ok()?.try_into().ok()
}

/// The hashes of a probe; `None` if one of them is none.
fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().map_or(Some(Vec::new()), |hashes| hashes.iter().map(hash).collect())
}

fn inclusion_holds(probe: &Value) -> Option<bool> {
    let (index, size) = (probe["leafIdx"].as_u64()?, probe["treeSize"].as_u64()?);
    let (leaf, hashes) = (hash(&probe["leafHash"])?, hashes(&probe["proof"])?);
    Some(root_from_inclusion(index, size, leaf, &hashes).ok() == Some(hash(&probe["root"])?))
}

fn consistency_holds(probe: &Value) -> Option<bool> {
    let (size1, size2) = (probe["size1"].as_u64()?, probe["size2"].as_u64()?);
    let (root1, root2) = (hash(&probe["root1"])?, hash(&probe["root2"])?);
    Some(verify_consistency(size1, root1, size2, root2, &hashes(&probe["proof"])?).is_ok())
}

/// Passes elsewhere, where any bytes may be a root: the roots of this probe are 12 bytes of text, which is no [`Hash`].
const NO_HASHES: &str = "consistency/additional/sizes-are-equal-one-and-proof-is-empty";

#[test]
fn tree_probes() {
    let Some(corpus) = corpus() else { return };
    let (mut passed, mut failed) = (0, 0);
    type Holds = fn(&Value) -> Option<bool>;
    let files: [(&str, Holds); 4] = [
        ("inclusion.shared.jsonl", inclusion_holds),
        ("inclusion.heldout.jsonl", inclusion_holds),
        ("consistency.shared.jsonl", consistency_holds),
        ("consistency.heldout.jsonl", consistency_holds),
    ];
    for (file, holds) in files {
        let Ok(text) = fs::read_to_string(corpus.join("components/merkle").join(file)) else {
            println!("skipped: {file}");
            continue;
        };
        for line in text.lines() {
            let probe: Value = serde_json::from_str(line).unwrap();
            let expected = probe["expect"] == "pass";
            if probe["id"] == NO_HASHES {
                assert!(expected && holds(&probe).is_none(), "the exception is no longer needed");
                continue;
            }
            assert_eq!(holds(&probe).unwrap_or(false), expected, "{}", probe["id"]);
            if expected { passed += 1 } else { failed += 1 }
        }
    }
    println!("{passed} probes pass, {failed} fail");
}

/// The name of each file says which fault it is about.
#[test]
fn malformed_checkpoints() {
    let Some(corpus) = corpus() else { return };
    let rows = [
        ("error_header_body_separator", SignedCheckpointError::Note(NoteError::NoBlankLine)),
        ("error_header_count", SignedCheckpointError::Checkpoint(CheckpointError::MissingLines { found: 2 })),
        ("error_no_signatures", SignedCheckpointError::Note(NoteError::NoSignatures)),
        ("error_signature_format_invalid", SignedCheckpointError::Note(NoteError::SignatureLine { line: 6 })),
    ];
    for (name, expected) in rows {
        let file = corpus.join(format!("components/checkpoint-{name}/{name}.txt"));
        let text = fs::read_to_string(file).unwrap();
        assert_eq!(SignedCheckpoint::parse(&text), Err(expected), "{name}");
    }
}

/// A log of a trusted root: its keys, by its log id in base64.
type Logs = BTreeMap<String, NoteVerifierKey>;

fn logs(root: &Value) -> Logs {
    let mut logs = Logs::new();
    for log in root["tlogs"].as_array().unwrap() {
        let raw = STANDARD.decode(log["publicKey"]["rawBytes"].as_str().unwrap()).unwrap();
        let Ok(key) = PublicKey::from_spki_der(&raw) else {
            continue;
        };
        let scheme = match key.kind() {
            KeyKind::EcdsaP256 => SignatureScheme::ECDSA_P256_SHA256,
            KeyKind::Ed25519 => SignatureScheme::Ed25519,
            _ => continue,
        };
        let base_url = log["baseUrl"].as_str().unwrap();
        let authority = base_url.split("://").last().unwrap().split('/').next().unwrap();
        let without_port = authority.split(':').next().unwrap();
        let key = NoteVerifierKey::of_log([authority, without_port], key, scheme);
        logs.insert(log["logId"]["keyId"].as_str().unwrap().to_owned(), key);
    }
    logs
}

/// Every entry of a bundle, wherever it is nested.
fn entries<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| entries(value, found)),
        Value::Object(members) if members.contains_key("canonicalizedBody") => found.push(value),
        Value::Object(members) => members.values().for_each(|value| entries(value, found)),
        _ => {}
    }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Whether the entry has a checkpoint; if so, it must be signed by its log, and the entry must be in the log's tree.
fn check_entry(id: &Value, entry: &Value, logs: &Logs) -> bool {
    let proof = &entry["inclusionProof"];
    let Some(text) = proof["checkpoint"]["envelope"].as_str() else {
        return false;
    };
    let log = &logs[entry["logId"]["keyId"].as_str().unwrap()];
    let checkpoint = SignedCheckpoint::parse(text).unwrap();
    assert_eq!(checkpoint.note().to_string(), text, "{id}: what is read is written back");
    assert_eq!(checkpoint.checkpoint().to_string(), checkpoint.note().text, "{id}");
    let verified = verify_checkpoint(&RustCrypto, &checkpoint, &[log]).unwrap();
    let leaf = leaf_hash(&STANDARD.decode(entry["canonicalizedBody"].as_str().unwrap()).unwrap());
    let index = number(&proof["logIndex"]).or_else(|| number(&entry["logIndex"])).unwrap();
    let hashes = hashes(&proof["hashes"]).unwrap();
    let included = verify_inclusion(&verified, index, leaf, &hashes).unwrap();
    assert_eq!(included.leaf(), &leaf);
    assert!(verify_inclusion(&verified, index, leaf_hash(b"another entry"), &hashes).is_err(), "{id}");
    true
}

#[test]
fn checkpoints_of_good_bundles() {
    let Some(corpus) = corpus() else { return };
    let manifest: Value = serde_json::from_slice(&fs::read(corpus.join("manifest.json")).unwrap()).unwrap();
    let (mut proved, mut bare) = (0, 0);
    for case in manifest.as_array().unwrap() {
        let (Some(root), Some(bundle)) = (case["trusted_root"].as_str(), case["files"]["bundle"].as_str()) else {
            continue;
        };
        if case["expect"] != "pass" {
            continue;
        }
        let root = if root.contains('/') { root.to_owned() } else { format!("roots/{root}.json") };
        let read = |path: &str| serde_json::from_slice::<Value>(&fs::read(corpus.join(path)).unwrap_or_default());
        let (Ok(root), Ok(bundle)) = (read(&root), read(bundle)) else {
            continue;
        };
        if root["tlogs"].as_array().is_none() {
            continue;
        }
        let logs = logs(&root);
        let mut found = Vec::new();
        entries(&bundle, &mut found);
        for entry in found {
            if check_entry(&case["id"], entry, &logs) {
                proved += 1;
            } else {
                bare += 1;
            }
        }
    }
    println!("{proved} entries proved, {bare} without a checkpoint");
    assert!(proved > 50, "only {proved} entries proved");
}

#[test]
fn notes_of_every_bundle_are_read_or_refused() {
    let Some(corpus) = corpus() else { return };
    let manifest: Value = serde_json::from_slice(&fs::read(corpus.join("manifest.json")).unwrap()).unwrap();
    for case in manifest.as_array().unwrap() {
        let Some(bundle) = case["files"]["bundle"].as_str() else {
            continue;
        };
        let bytes = fs::read(corpus.join(bundle)).unwrap_or_default();
        let Ok(bundle) = serde_json::from_slice::<Value>(&bytes) else {
            continue;
        };
        let mut found = Vec::new();
        entries(&bundle, &mut found);
        for entry in found {
            if let Some(text) = entry["inclusionProof"]["checkpoint"]["envelope"].as_str() {
                if let Ok(note) = SignedNote::parse(text) {
                    assert_eq!(note.to_string(), text);
                } else {
                    assert_eq!(case["expect"], "fail", "{}", case["id"]);
                }
            }
        }
    }
}
