//! The artefacts are read by a program that shares nothing with this crate: the `openssl` command.

use std::path::PathBuf;
use std::process::Command;
use touchstone_testkit::ca::CertificateRecipe;
use touchstone_testkit::encoding::pem;
use touchstone_testkit::keys::{Hash, Key, Kind, Scheme};
use touchstone_testkit::tsa::{Embedded, TimestampAuthority, TimestampRecipe};
use touchstone_testkit::{Recipe, time};

fn openssl_is_missing() -> bool {
    let missing = Command::new("openssl").arg("version").output().is_err();
    if missing {
        eprintln!("skipped: no openssl command");
    }
    missing
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Runs `openssl`; gives its exit status and both outputs as one text.
fn openssl(words: &[&str], files: &[(&str, &PathBuf)]) -> (bool, String) {
    let mut command = Command::new("openssl");
    command.args(words);
    for (flag, path) in files {
        if !flag.is_empty() {
            command.arg(flag);
        }
        command.arg(path);
    }
    let output = command.output().unwrap();
    (
        output.status.success(),
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
    )
}

#[test]
fn leaf_chains_to_the_root_and_its_extensions_read_back() {
    if openssl_is_missing() {
        return;
    }
    let recipe = Recipe::message();
    let authorities = recipe.ca.certificates();
    let leaf = file("leaf.pem", pem("CERTIFICATE", &recipe.leaf_der()).as_bytes());
    let intermediate = file("intermediate.pem", pem("CERTIFICATE", &authorities[0]).as_bytes());
    let root = file("root.pem", pem("CERTIFICATE", &authorities[1]).as_bytes());
    let at = time::SIGNED_AT.to_string();
    let (good, text) = openssl(
        &["verify", "-x509_strict", "-purpose", "any", "-attime", &at],
        &[("-CAfile", &root), ("-untrusted", &intermediate), ("", &leaf)],
    );
    assert!(good, "{text}");
    let (_, text) = openssl(&["x509", "-noout", "-text"], &[("-in", &leaf)]);
    for expected in [
        "Code Signing",
        "Digital Signature",
        "URI:https://github.com/touchstone-test/beacon/",
        "CT Precertificate SCTs",
        "Jun 12 12:00:00 2025 GMT",
    ] {
        assert!(text.contains(expected), "no {expected} in {text}");
    }
    let (later, _) = openssl(
        &["verify", "-attime", &(time::LEAF_END + 1).to_string()],
        &[("-CAfile", &root), ("-untrusted", &intermediate), ("", &leaf)],
    );
    assert!(!later, "an expired leaf verified");
}

#[test]
fn every_key_kind_signs_a_certificate() {
    if openssl_is_missing() {
        return;
    }
    for kind in [Kind::P256, Kind::P384, Kind::P521, Kind::Rsa2048, Kind::Rsa3072, Kind::Rsa4096, Kind::Ed25519] {
        let root = CertificateRecipe::authority(Key::new(kind, "any"), "any.test", "any", None);
        let der = root.issue(&root.as_issuer());
        let path = file(&format!("self-{kind:?}.pem"), pem("CERTIFICATE", &der).as_bytes());
        let (good, text) = openssl(
            &["verify", "-check_ss_sig", "-attime", &time::SIGNED_AT.to_string()],
            &[("-CAfile", &path), ("", &path)],
        );
        assert!(good, "{kind:?}: {text}");
    }
}

#[test]
fn timestamps_verify() {
    if openssl_is_missing() {
        return;
    }
    for (name, tsa) in
        [("plain", TimestampAuthority::new("good")), ("deep", TimestampAuthority::with_intermediate("good"))]
    {
        let stamp = TimestampRecipe { embedded: Embedded::Chain, ..TimestampRecipe::by(&tsa) };
        let response = file(&format!("{name}.tsr"), &stamp.write(b"the signature"));
        let data = file(&format!("{name}.data"), b"the signature");
        let root =
            file(&format!("{name}-tsa-root.pem"), pem("CERTIFICATE", tsa.authorities().last().unwrap()).as_bytes());
        let words = ["ts", "-verify", "-attime", &time::SIGNED_AT.to_string()];
        let (good, text) = openssl(&words, &[("-in", &response), ("-data", &data), ("-CAfile", &root)]);
        assert!(good, "{name}: {text}");
        let other = file(&format!("{name}.other"), b"another signature");
        let (bad, _) = openssl(&words, &[("-in", &response), ("-data", &other), ("-CAfile", &root)]);
        assert!(!bad, "{name}: a timestamp over other bytes verified");
    }
}

#[test]
fn signatures_of_every_scheme_verify() {
    if openssl_is_missing() {
        return;
    }
    let digest = |hash: Hash| format!("-{}", hash.rekor_name());
    let schemes = [
        (Kind::P256, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::P384, Scheme::Ecdsa(Hash::Sha384)),
        (Kind::P384, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::P521, Scheme::Ecdsa(Hash::Sha512)),
        (Kind::P521, Scheme::Ecdsa(Hash::Sha256)),
        (Kind::Rsa2048, Scheme::RsaPkcs1(Hash::Sha256)),
        (Kind::Rsa4096, Scheme::RsaPkcs1(Hash::Sha512)),
        (Kind::Rsa2048, Scheme::RsaPss(Hash::Sha256)),
        (Kind::Ed25519, Scheme::Ed25519),
        (Kind::Ed25519, Scheme::Ed25519ph),
    ];
    for (number, (kind, scheme)) in schemes.into_iter().enumerate() {
        let key = Key::new(kind, "signer");
        let public = file(&format!("scheme-{number}.pem"), key.public_pem().as_bytes());
        let data = file(&format!("scheme-{number}.data"), b"the message");
        let signature = file(&format!("scheme-{number}.sig"), &key.sign_with(scheme, b"the message"));
        let mut words: Vec<String> = match scheme {
            Scheme::Ed25519 | Scheme::Ed25519ph => {
                vec!["pkeyutl".into(), "-verify".into(), "-pubin".into(), "-rawin".into()]
            }
            Scheme::Ecdsa(hash) | Scheme::RsaPkcs1(hash) | Scheme::RsaPss(hash) => {
                vec!["dgst".into(), digest(hash)]
            }
        };
        match scheme {
            Scheme::RsaPss(_) => words
                .extend(["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"].map(str::to_owned)),
            Scheme::Ed25519ph => words.extend(["-pkeyopt", "instance:Ed25519ph"].map(str::to_owned)),
            _ => {}
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let files: &[(&str, &PathBuf)] = match scheme {
            Scheme::Ed25519 | Scheme::Ed25519ph => &[("-inkey", &public), ("-in", &data), ("-sigfile", &signature)],
            _ => &[("-verify", &public), ("-signature", &signature), ("", &data)],
        };
        let (good, text) = openssl(&words, files);
        if text.contains("instance:Ed25519ph") {
            eprintln!("skipped: this openssl does not know {scheme:?}");
            continue;
        }
        assert!(good, "{kind:?} {scheme:?}: {text}");
    }
}
