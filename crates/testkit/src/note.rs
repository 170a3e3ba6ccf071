//! Signed notes: checkpoints of a log, by the log and by witnesses (B-63 to B-70, B-79).

use crate::Change;
use crate::encoding::base64;
use crate::keys::{Hash, Key, Kind};

/// A signature line of a note.
#[derive(Clone)]
pub enum Line {
    /// The log's own signature under its host name.
    Log,
    /// The log's own signature with its last bit flipped.
    LogTampered,
    /// The log's key under another name; the key id is computed for that name.
    LogNamed(String),
    /// A signature by any key under any name.
    Signed {
        /// Key name in the line.
        name: String,
        /// Key that signs.
        key: Key,
        /// Key id to write, where it shall not be the computed one.
        key_id: Option<Vec<u8>>,
    },
    /// A `cosignature/v1` line by an Ed25519 witness key.
    Witness {
        /// Witness name.
        name: String,
        /// Ed25519 key.
        key: Key,
        /// Unix seconds.
        time: u64,
        /// Flips one bit of the signature.
        tamper: bool,
    },
    /// A line as it is, without its newline.
    Raw(String),
}

/// What a checkpoint says and who signs it. Default: the truth, signed by the log.
#[derive(Clone)]
pub struct CheckpointRecipe {
    /// Origin line, where it shall not be the log's.
    pub origin: Option<String>,
    /// Tree size, where it shall not be the tree's.
    pub size: Option<u64>,
    /// Root hash, where it shall not be the tree's.
    pub root: Option<Vec<u8>>,
    /// Extension lines.
    pub extensions: Vec<String>,
    /// Signature lines in order.
    pub lines: Vec<Line>,
    /// Changes the note text before it is signed.
    pub text: Vec<Change<String>>,
    /// Changes the whole envelope after it is signed.
    pub envelope: Vec<Change<String>>,
}

impl Default for CheckpointRecipe {
    fn default() -> Self {
        CheckpointRecipe {
            origin: None,
            size: None,
            root: None,
            extensions: Vec::new(),
            lines: vec![Line::Log],
            text: Vec::new(),
            envelope: Vec::new(),
        }
    }
}

/// What the log says about itself and its tree.
pub struct Head<'a> {
    /// Origin line.
    pub origin: String,
    /// Key name of the log's signature: its host.
    pub name: &'a str,
    /// The log's key.
    pub key: &'a Key,
    /// Tree size.
    pub size: u64,
    /// Root hash.
    pub root: Vec<u8>,
}

impl CheckpointRecipe {
    /// The envelope text.
    pub fn write(&self, head: &Head<'_>) -> String {
        let origin = self.origin.as_ref().unwrap_or(&head.origin);
        let root = base64(self.root.as_ref().unwrap_or(&head.root));
        let mut text = format!("{origin}\n{}\n{root}\n", self.size.unwrap_or(head.size));
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        self.text.iter().for_each(|change| change(&mut text));
        let lines: Vec<String> = self.lines.iter().map(|line| line.write(head, &text)).collect();
        let mut envelope = format!("{text}\n{}", lines.concat());
        self.envelope.iter().for_each(|change| change(&mut envelope));
        envelope
    }
}

impl Line {
    fn write(&self, head: &Head<'_>, text: &str) -> String {
        match self {
            Line::Log => signed_line(head.name, &key_id(head.key, head.name), &head.key.sign(text.as_bytes())),
            Line::LogTampered => {
                let mut signature = head.key.sign(text.as_bytes());
                crate::flip_last_bit(&mut signature);
                signed_line(head.name, &key_id(head.key, head.name), &signature)
            }
            Line::LogNamed(name) => signed_line(name, &key_id(head.key, name), &head.key.sign(text.as_bytes())),
            Line::Signed { name, key, key_id: id } => {
                let id = id.clone().unwrap_or_else(|| key_id(key, name));
                signed_line(name, &id, &key.sign(text.as_bytes()))
            }
            Line::Witness { name, key, time, tamper } => {
                let mut signature = key.sign(format!("cosignature/v1\ntime {time}\n{text}").as_bytes());
                if *tamper {
                    crate::flip_last_bit(&mut signature);
                }
                signed_line(name, &witness_key_id(key, name), &[&time.to_be_bytes()[..], &signature].concat())
            }
            Line::Raw(line) => format!("{line}\n"),
        }
    }
}

fn signed_line(name: &str, key_id: &[u8], signature: &[u8]) -> String {
    format!("\u{2014} {name} {}\n", base64(&[key_id, signature].concat()))
}

/// Four-byte key id of a log key (B-65).
pub fn key_id(key: &Key, name: &str) -> Vec<u8> {
    full_key_id(key, name)[..4].to_vec()
}

/// The whole digest of which the key id is the start: log id of a Rekor v2 log with an Ed25519 key (B-11).
pub fn full_key_id(key: &Key, name: &str) -> Vec<u8> {
    let hashed = match key.kind() {
        Kind::Ed25519 => [name.as_bytes(), b"\n\x01", &key.raw_public()].concat(),
        Kind::Rsa2048 | Kind::Rsa3072 | Kind::Rsa4096 => {
            [name.as_bytes(), b"\n\xffPKIX-RSA-PKCS#1v1.5", &key.spki()].concat()
        }
        Kind::P256 | Kind::P384 | Kind::P521 => key.spki(),
    };
    Hash::Sha256.of(&hashed)
}

/// Four-byte key id of an Ed25519 witness key (type 0x04).
pub fn witness_key_id(key: &Key, name: &str) -> Vec<u8> {
    Hash::Sha256.of(&[name.as_bytes(), b"\n\x04", &key.raw_public()].concat())[..4].to_vec()
}
