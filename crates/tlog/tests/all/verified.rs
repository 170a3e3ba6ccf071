//! Signatures on notes, cosignatures and inclusion: what is proved, and one fault a row. Notes are signed by the test
//! kit, whose keys share no code with this crate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use touchstone_crypto::{
    DigestAlgorithm, KeyKind, PublicKey, RustCrypto, SignatureError, SignatureScheme, SignatureVerifier, Signed, sha256,
};
use touchstone_testkit::keys::{Hash, Key, Kind, Scheme};
use touchstone_tlog::{
    CosignatureError, KeyId, KeyName, NoteVerificationError, NoteVerifierKey, ProofError, SignedCheckpoint, Witness,
    key_id, leaf_hash, node_hash, verify_checkpoint, verify_cosignatures, verify_inclusion,
};

const NAME: &str = "log.example";

fn public(key: &Key) -> PublicKey {
    PublicKey::from_spki_der(&key.spki()).unwrap()
}

fn text() -> String {
    let root = node_hash(&leaf_hash(b"a"), &leaf_hash(b"b"));
    format!("{NAME}\n2\n{}\n", STANDARD.encode(root))
}

fn line(name: &str, key_id: KeyId, signature: &[u8]) -> String {
    format!("\u{2014} {name} {}\n", STANDARD.encode([&key_id.0, signature].concat()))
}

/// A line by the log's key under its own name.
fn signed(key: &Key, name: &str) -> String {
    line(name, key_id::of_log_key(name, &public(key)), &key.sign(text().as_bytes()))
}

fn checkpoint(lines: &[String]) -> SignedCheckpoint {
    SignedCheckpoint::parse(&format!("{}\n{}", text(), lines.concat())).unwrap()
}

fn trusted(key: &Key, scheme: SignatureScheme) -> NoteVerifierKey {
    NoteVerifierKey::of_log([NAME], public(key), scheme)
}

fn log_key() -> Key {
    Key::new(Kind::Ed25519, "log")
}

fn trusted_log() -> NoteVerifierKey {
    trusted(&log_key(), SignatureScheme::Ed25519)
}

#[test]
fn keys_of_each_kind() {
    let rsa = SignatureScheme::RsaPkcs1(DigestAlgorithm::Sha256);
    let rows = [
        (Kind::Ed25519, SignatureScheme::Ed25519),
        (Kind::P256, SignatureScheme::ECDSA_P256_SHA256),
        (Kind::P384, SignatureScheme::ECDSA_P384_SHA384),
        (Kind::P521, SignatureScheme::ECDSA_P521_SHA512),
        (Kind::Rsa2048, rsa),
        (Kind::Rsa4096, rsa),
    ];
    for (kind, scheme) in rows {
        let key = Key::new(kind, "log");
        let checkpoint = checkpoint(&[signed(&key, NAME)]);
        let verified = verify_checkpoint(&RustCrypto, &checkpoint, &[&trusted(&key, scheme)]).unwrap();
        assert_eq!(verified.checkpoint(), checkpoint.checkpoint());
        assert_eq!(verified.note().text(), text());
        let signer = verified.note().signers().next().unwrap();
        assert_eq!((signer.candidate(), signer.name().name.as_str(), signer.line()), (0, NAME, 5));
    }
}

/// The B-65 table, by another way of computing it.
#[test]
fn key_ids() {
    let four = |bytes: &[u8]| KeyId(sha256(bytes)[..4].try_into().unwrap());
    let id = |kind| key_id::of_log_key(NAME, &public(&Key::new(kind, "log")));
    let spki = |kind| Key::new(kind, "log").spki();
    let raw: [u8; 32] = log_key().raw_public().try_into().unwrap();
    let name = NAME.as_bytes();
    assert_eq!(id(Kind::Ed25519), four(&[name, b"\n\x01", &raw].concat()));
    assert_eq!(key_id::ed25519_log_id(NAME, &raw)[..4], id(Kind::Ed25519).0);
    assert_eq!(id(Kind::P256), four(&spki(Kind::P256)));
    assert_eq!(id(Kind::P384), four(&spki(Kind::P384)));
    assert_eq!(id(Kind::Rsa2048), four(&[name, b"\n\xffPKIX-RSA-PKCS#1v1.5", &spki(Kind::Rsa2048)].concat()));
    assert_eq!(key_id::ed25519_cosigner(NAME, &raw), four(&[name, b"\n\x04", &raw].concat()));
}

/// B-70: lines that are not known are ignored, before and after the one that is.
#[test]
fn unknown_lines_are_ignored() {
    let (ours, other) = (log_key(), Key::new(Kind::P256, "other"));
    let id = key_id::of_log_key(NAME, &public(&ours));
    let unknown = [
        signed(&other, "other.example"),
        // The log's name with an unknown key, as when a log has two.
        signed(&other, NAME),
        // The log's key id under another name.
        line("other.example", id, b"garbage"),
    ];
    for at in 0..=unknown.len() {
        let mut lines = unknown.to_vec();
        lines.insert(at, signed(&ours, NAME));
        let verified = verify_checkpoint(&RustCrypto, &checkpoint(&lines), &[&trusted_log()]).unwrap();
        let signers: Vec<usize> = verified.note().signers().map(|signer| signer.line()).collect();
        assert_eq!(signers, [5 + at]);
    }
}

#[test]
fn refused_checkpoints() {
    let (ours, other) = (log_key(), Key::new(Kind::Ed25519, "other"));
    let (ours_id, other_id) = (key_id::of_log_key(NAME, &public(&ours)), key_id::of_log_key(NAME, &public(&other)));
    let good = ours.sign(text().as_bytes());
    let mut flipped = good.clone();
    flipped[63] ^= 0x01;
    let name = KeyName { name: NAME.to_owned(), key_id: ours_id };
    let invalid = |line, error| NoteVerificationError::SignatureInvalid { line, name: name.clone(), error };
    let short = SignatureError::MalformedSignature { scheme: SignatureScheme::Ed25519, length: 63 };
    let rows = [
        ("one bit", vec![line(NAME, ours_id, &flipped)], invalid(5, SignatureError::DoesNotVerify)),
        ("over other text", vec![line(NAME, ours_id, &ours.sign(b"x\n"))], invalid(5, SignatureError::DoesNotVerify)),
        (
            "by another key",
            vec![line(NAME, ours_id, &other.sign(text().as_bytes()))],
            invalid(5, SignatureError::DoesNotVerify),
        ),
        ("cut short", vec![line(NAME, ours_id, &good[..63])], invalid(5, short)),
        (
            "a good line does not save a bad one",
            vec![signed(&ours, NAME), line(NAME, ours_id, &flipped)],
            invalid(6, SignatureError::DoesNotVerify),
        ),
        (
            "nor a bad one a good one",
            vec![line(NAME, ours_id, &flipped), signed(&ours, NAME)],
            invalid(5, SignatureError::DoesNotVerify),
        ),
        (
            "right name, wrong key id",
            vec![signed(&other, "a.example"), line(NAME, other_id, &good)],
            NoteVerificationError::NameMatchesButKeyIdDiffers {
                line: 6,
                name: NAME.to_owned(),
                expected: vec![ours_id],
                found: other_id,
            },
        ),
        (
            "right key id, wrong name",
            vec![line("log.example.evil", ours_id, &good)],
            NoteVerificationError::KeyIdMatchesButNameDiffers {
                line: 5,
                key_id: ours_id,
                expected: vec![NAME.to_owned()],
                found: "log.example.evil".to_owned(),
            },
        ),
        (
            "name that is only a part",
            vec![line("log", ours_id, &good)],
            NoteVerificationError::KeyIdMatchesButNameDiffers {
                line: 5,
                key_id: ours_id,
                expected: vec![NAME.to_owned()],
                found: "log".to_owned(),
            },
        ),
        (
            "nobody known",
            vec![line("a.example", KeyId([9; 4]), &good)],
            NoteVerificationError::NoKnownSignature {
                listed: vec![KeyName { name: "a.example".to_owned(), key_id: KeyId([9; 4]) }],
            },
        ),
    ];
    for (fault, lines, expected) in rows {
        let found = verify_checkpoint(&RustCrypto, &checkpoint(&lines), &[&trusted_log()]);
        assert_eq!(found, Err(expected), "{fault}");
    }
    let checkpoint = checkpoint(&[signed(&ours, NAME)]);
    assert_eq!(verify_checkpoint(&RustCrypto, &checkpoint, &[]), Err(NoteVerificationError::NoKeys));
    let nameless = NoteVerifierKey { names: Vec::new(), ..trusted_log() };
    assert_eq!(verify_checkpoint(&RustCrypto, &checkpoint, &[&nameless]), Err(NoteVerificationError::NoKeys));
}

/// B-66: a log is known with and without its port; for an Ed25519 key each name has its own key id.
#[test]
fn names_with_and_without_port() {
    let key = log_key();
    let trusted = NoteVerifierKey::of_log(["localhost:8000", "localhost"], public(&key), SignatureScheme::Ed25519);
    assert_ne!(trusted.names[0].key_id, trusted.names[1].key_id);
    for name in ["localhost:8000", "localhost"] {
        let verified = verify_checkpoint(&RustCrypto, &checkpoint(&[signed(&key, name)]), &[&trusted]).unwrap();
        assert_eq!(verified.note().signers().next().unwrap().name().name, name);
    }
    // The id of one name with the other is no match.
    let crossed = line("localhost", trusted.names[0].key_id, &key.sign(text().as_bytes()));
    let error = verify_checkpoint(&RustCrypto, &checkpoint(&[crossed]), &[&trusted]).unwrap_err();
    assert!(matches!(error, NoteVerificationError::NameMatchesButKeyIdDiffers { .. }), "{error:?}");
}

#[test]
fn signers_are_counted_by_key() {
    let (first, second, third) = (log_key(), Key::new(Kind::P256, "second"), Key::new(Kind::P384, "third"));
    let keys = [
        trusted(&third, SignatureScheme::ECDSA_P384_SHA384),
        trusted(&second, SignatureScheme::ECDSA_P256_SHA256),
        trusted_log(),
        // The same key trusted a second time, as for another window of time.
        trusted_log(),
    ];
    let keys: Vec<&NoteVerifierKey> = keys.iter().collect();
    let lines = [signed(&first, NAME), signed(&second, NAME), signed(&first, NAME)];
    let verified = verify_checkpoint(&RustCrypto, &checkpoint(&lines), &keys).unwrap();
    let signers: Vec<(usize, usize)> =
        verified.note().signers().map(|signer| (signer.candidate(), signer.line())).collect();
    assert_eq!(signers, [(2, 5), (3, 5), (1, 6)]);
    assert!(verified.note().is_signed_by(1));
    assert!(!verified.note().is_signed_by(0));
}

/// Two keys with one name and key id, as by chance or by intent: one must verify.
#[test]
fn colliding_key_ids() {
    let (ours, other) = (log_key(), Key::new(Kind::Ed25519, "other"));
    let colliding = NoteVerifierKey { key: public(&other), ..trusted_log() };
    let good = checkpoint(&[signed(&ours, NAME)]);
    for keys in [[&colliding, &trusted_log()], [&trusted_log(), &colliding]] {
        let verified = verify_checkpoint(&RustCrypto, &good, &keys).unwrap();
        assert_eq!(verified.note().signers().count(), 1);
    }
    let error = verify_checkpoint(&RustCrypto, &good, &[&colliding]).unwrap_err();
    assert!(matches!(error, NoteVerificationError::SignatureInvalid { .. }));
}

/// The scheme is the trusted key's, never the note's (B-68): a P-256 key that signs with SHA-384 is another log.
#[test]
fn the_scheme_is_fixed() {
    let key = Key::new(Kind::P256, "log");
    let id = key_id::of_log_key(NAME, &public(&key));
    let sha384 = line(NAME, id, &key.sign_with(Scheme::Ecdsa(Hash::Sha384), text().as_bytes()));
    let trusted = trusted(&key, SignatureScheme::ECDSA_P256_SHA256);
    assert!(verify_checkpoint(&RustCrypto, &checkpoint(&[sha384]), &[&trusted]).is_err());
}

/// A verifier that accepts everything, to see what is asked of it.
struct Recorder(std::cell::RefCell<Vec<Vec<u8>>>);

impl SignatureVerifier for Recorder {
    fn verify(&self, _: SignatureScheme, _: &PublicKey, signed: Signed<'_>, _: &[u8]) -> Result<(), SignatureError> {
        let Signed::Message(message) = signed else {
            return Err(SignatureError::NeedsMessage);
        };
        self.0.borrow_mut().push(message.to_vec());
        Ok(())
    }
}

#[test]
fn only_known_lines_cost_a_verification() {
    let other = Key::new(Kind::P256, "other");
    let lines = [signed(&other, NAME), signed(&log_key(), NAME), signed(&other, "b.example")];
    let recorder = Recorder(Default::default());
    verify_checkpoint(&recorder, &checkpoint(&lines), &[&trusted_log()]).unwrap();
    assert_eq!(*recorder.0.borrow(), [text().into_bytes()]);
}

#[test]
fn inclusion_under_a_verified_checkpoint() {
    let checkpoint = checkpoint(&[signed(&log_key(), NAME)]);
    let verified = verify_checkpoint(&RustCrypto, &checkpoint, &[&trusted_log()]).unwrap();
    let (a, b) = (leaf_hash(b"a"), leaf_hash(b"b"));
    let included = verify_inclusion(&verified, 0, a, &[b]).unwrap();
    assert_eq!((included.index(), included.leaf(), included.size()), (0, &a, 2));
    assert_eq!(included.root(), &node_hash(&a, &b));
    assert!(verify_inclusion(&verified, 1, b, &[a]).is_ok());
    let mismatch = |computed| ProofError::RootMismatch { size: 2, expected: node_hash(&a, &b), computed };
    let rows = [
        (1, a, vec![b], mismatch(node_hash(&b, &a))),
        (0, b, vec![a], mismatch(node_hash(&b, &a))),
        (0, leaf_hash(b"c"), vec![b], mismatch(node_hash(&leaf_hash(b"c"), &b))),
        (2, a, vec![b], ProofError::IndexOutsideTree { index: 2, size: 2 }),
        (0, a, vec![], ProofError::HashCount { expected: 1, found: 0 }),
        (0, a, vec![b, b], ProofError::HashCount { expected: 1, found: 2 }),
    ];
    for (index, leaf, hashes, expected) in rows {
        assert_eq!(verify_inclusion(&verified, index, leaf, &hashes), Err(expected));
    }
    // The root passed off as a leaf of a tree that is one level lower is no inclusion.
    assert!(verify_inclusion(&verified, 0, node_hash(&a, &b), &[]).is_err());
}

fn witness(label: &str) -> (Key, Witness) {
    let key = Key::new(Kind::Ed25519, label);
    let witness = Witness::new(format!("{label}.example"), public(&key)).unwrap();
    (key, witness)
}

fn cosigned(key: &Key, witness: &Witness, time: u64) -> String {
    let message = format!("cosignature/v1\ntime {time}\n{}", text());
    let bytes = [time.to_be_bytes().to_vec(), key.sign(message.as_bytes())].concat();
    line(witness.name(), witness.key_id(), &bytes)
}

#[test]
fn cosignatures_of_known_witnesses() {
    let ((one_key, one), (two_key, two), (three_key, three)) = (witness("one"), witness("two"), witness("three"));
    let lines = [
        signed(&log_key(), NAME),
        cosigned(&three_key, &three, 3),
        cosigned(&two_key, &two, 1_700_000_000),
        cosigned(&one_key, &one, 1),
        cosigned(&one_key, &one, 2),
    ];
    let found = verify_cosignatures(&RustCrypto, &checkpoint(&lines), &[one, two]).unwrap();
    let found: Vec<_> = found.iter().map(|c| (c.witness(), c.name(), c.time(), c.line())).collect();
    assert_eq!(found, [(1, "two.example", 1_700_000_000, 7), (0, "one.example", 1, 8)]);
    assert_eq!(verify_cosignatures(&RustCrypto, &checkpoint(&lines), &[]), Ok(vec![]));
}

/// B-80: distinct is a distinct key; a second name makes no second witness.
#[test]
fn a_witness_of_two_names_counts_once() {
    let (key, one) = witness("one");
    let again = Witness::new("again.example".to_owned(), public(&key)).unwrap();
    let lines = [cosigned(&key, &one, 1), cosigned(&key, &again, 2)];
    let found = verify_cosignatures(&RustCrypto, &checkpoint(&lines), &[one, again]).unwrap();
    assert_eq!(found.len(), 1);
}

#[test]
fn refused_cosignatures() {
    let ((key, one), (other_key, other)) = (witness("one"), witness("two"));
    let sign = |message: String| key.sign(message.as_bytes());
    let with_time = |time: u64, signature: Vec<u8>| {
        line(one.name(), one.key_id(), &[time.to_be_bytes().to_vec(), signature].concat())
    };
    let at = |time: u64| sign(format!("cosignature/v1\ntime {time}\n{}", text()));
    let fails = || CosignatureError::Signature {
        line: 5,
        name: "one.example".to_owned(),
        error: SignatureError::DoesNotVerify,
    };
    let rows = [
        ("another time", with_time(8, at(7)), fails()),
        ("the text alone", with_time(7, sign(text())), fails()),
        ("time with a leading zero", with_time(7, sign(format!("cosignature/v1\ntime 07\n{}", text()))), fails()),
        ("another key", with_time(7, other_key.sign(b"x")), fails()),
        ("another version", with_time(7, sign(format!("cosignature/v2\ntime 7\n{}", text()))), fails()),
        ("no time", line(one.name(), one.key_id(), &at(7)), CosignatureError::Length { line: 5, found: 64 }),
        ("cut short", with_time(7, at(7)[..63].to_vec()), CosignatureError::Length { line: 5, found: 71 }),
        ("late", with_time(1 << 63, at(1 << 63)), CosignatureError::TimeTooLarge { line: 5, found: 1 << 63 }),
    ];
    let witnesses = [one.clone()];
    for (fault, bad, expected) in rows {
        let found = verify_cosignatures(&RustCrypto, &checkpoint(&[bad]), &witnesses);
        assert_eq!(found, Err(expected), "{fault}");
    }
    // Unknown by name or by key id: ignored.
    let renamed = line("two.example", one.key_id(), b"garbage");
    let rekeyed = line(one.name(), other.key_id(), b"garbage");
    assert_eq!(verify_cosignatures(&RustCrypto, &checkpoint(&[renamed, rekeyed]), &witnesses), Ok(vec![]));
    let p256 = public(&Key::new(Kind::P256, "witness"));
    let error = CosignatureError::WitnessKey { found: KeyKind::EcdsaP256 };
    assert_eq!(Witness::new("w".to_owned(), p256), Err(error));
}

/// A log's signature is none of a witness, even by one and the same key and name: the key ids differ.
#[test]
fn a_log_signature_is_no_cosignature() {
    let key = log_key();
    let witness = Witness::new(NAME.to_owned(), public(&key)).unwrap();
    assert_ne!(witness.key_id(), key_id::of_log_key(NAME, &public(&key)));
    let lines = [signed(&key, NAME)];
    assert_eq!(verify_cosignatures(&RustCrypto, &checkpoint(&lines), std::slice::from_ref(&witness)), Ok(vec![]));
    let lines = [cosigned(&key, &witness, 1)];
    assert!(verify_checkpoint(&RustCrypto, &checkpoint(&lines), &[&trusted_log()]).is_err());
}
