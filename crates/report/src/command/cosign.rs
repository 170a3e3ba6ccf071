//! `cosign verify-blob`, `verify-blob-attestation`, `verify-attestation` and `verify`.

use super::options::{Given, Known, sort, switch, value};
use super::words::Line;
use super::{CommandError, Files, Read, Tool, Written, pattern};
use crate::question::{Expect, Name, Question, Scope, Signer, Thresholds, Trust};

#[derive(Clone, Copy, Debug)]
enum Opt {
    Bundle,
    Key,
    TrustedRoot,
    Identity,
    IdentityPattern,
    Issuer,
    IssuerPattern,
    Extension(&'static str),
    Repository,
    Type,
    Digest,
    /// Takes away or adds a threshold, with the number that it means.
    Threshold(fn(&mut Thresholds) -> &mut Option<u32>, u32),
    CheckClaims,
    /// Changes how cosign works and not what it asks.
    Nothing,
    /// Asks something that is not carried over; the sentence says what.
    Left(&'static str),
}

const KEY_FROM_ELSEWHERE: &str = "A certificate or signature in a file of its own is not carried over: here they come \
                                  from the bundle.";
const CHAIN: &str = "A certificate chain is not carried over: a trusted root stands in its place.";
const POLICY: &str = "A policy file is not carried over: its rules are not checked here.";
const SERVICE: &str = "The address of a service is not carried over: nothing is asked of a server here.";
const HARDWARE: &str = "A key in a hardware token is not carried over: give its public key as a file.";

const TABLE: &[Known<Opt>] = &[
    value(&["--bundle"], Opt::Bundle),
    value(&["--key"], Opt::Key),
    value(&["--trusted-root"], Opt::TrustedRoot),
    value(&["--certificate-identity"], Opt::Identity),
    value(&["--certificate-identity-regexp"], Opt::IdentityPattern),
    value(&["--certificate-oidc-issuer"], Opt::Issuer),
    value(&["--certificate-oidc-issuer-regexp"], Opt::IssuerPattern),
    value(&["--certificate-github-workflow-name"], Opt::Extension("github-workflow-name")),
    value(&["--certificate-github-workflow-ref"], Opt::Extension("source-repository-ref")),
    value(&["--certificate-github-workflow-sha"], Opt::Extension("source-repository-digest")),
    value(&["--certificate-github-workflow-trigger"], Opt::Extension("build-trigger")),
    value(&["--certificate-github-workflow-repository"], Opt::Repository),
    value(&["--type"], Opt::Type),
    value(&["--digest"], Opt::Digest),
    switch(
        &["--insecure-ignore-tlog", "--private-infrastructure"],
        Opt::Threshold(|all| &mut all.transparency_logs, 0),
    ),
    switch(&["--insecure-ignore-sct"], Opt::Threshold(|all| &mut all.signed_certificate_timestamps, 0)),
    switch(&["--use-signed-timestamps"], Opt::Threshold(|all| &mut all.timestamp_authorities, 1)),
    switch(&["--check-claims"], Opt::CheckClaims),
    switch(&["--new-bundle-format"], Opt::Nothing),
    switch(&["--offline"], Opt::Nothing),
    switch(&["--allow-insecure-registry", "--allow-http-registry"], Opt::Nothing),
    switch(&["--k8s-keychain"], Opt::Nothing),
    switch(&["--verbose", "-d"], Opt::Nothing),
    switch(&["--experimental-oci11"], Opt::Nothing),
    value(&["--digestAlg"], Opt::Nothing),
    value(&["--max-workers"], Opt::Nothing),
    value(&["--output", "-o"], Opt::Nothing),
    value(&["--output-file"], Opt::Nothing),
    value(&["--timeout", "-t"], Opt::Nothing),
    value(&["--registry-cacert", "--registry-client-cert", "--registry-client-key"], Opt::Nothing),
    value(&["--registry-username", "--registry-password", "--registry-token"], Opt::Nothing),
    value(&["--registry-referrers-mode", "--registry-server-name"], Opt::Nothing),
    value(&["--attachment-tag-prefix"], Opt::Nothing),
    value(
        &["--signature-digest-algorithm"],
        Opt::Left("The digest algorithm of the signature is not carried over: it follows from the key."),
    ),
    value(&["--signature", "--sig"], Opt::Left(KEY_FROM_ELSEWHERE)),
    value(&["--certificate", "--cert"], Opt::Left(KEY_FROM_ELSEWHERE)),
    value(&["--payload"], Opt::Left(KEY_FROM_ELSEWHERE)),
    value(&["--sct"], Opt::Left(KEY_FROM_ELSEWHERE)),
    value(&["--rfc3161-timestamp"], Opt::Left(KEY_FROM_ELSEWHERE)),
    value(&["--certificate-chain", "--cert-chain"], Opt::Left(CHAIN)),
    value(&["--ca-roots", "--ca-intermediates"], Opt::Left(CHAIN)),
    value(&["--timestamp-certificate-chain"], Opt::Left(CHAIN)),
    value(&["--policy"], Opt::Left(POLICY)),
    value(
        &["--annotations", "-a"],
        Opt::Left("Annotations of the signed payload are not carried over: they are not compared here."),
    ),
    value(&["--attachment"], Opt::Left("The attachment of an image is not carried over: give its digest.")),
    switch(&["--local-image"], Opt::Left("An image in a folder is not read here: give its digest.")),
    value(&["--rekor-url"], Opt::Left(SERVICE)),
    switch(&["--sk"], Opt::Left(HARDWARE)),
    value(&["--slot"], Opt::Left(HARDWARE)),
    value(&["--certificate-email", "--cert-email"], Opt::Identity),
];

/// The predicate type that cosign asks of an attestation unless it is told another.
const CUSTOM: &str = "https://cosign.sigstore.dev/attestation/v1";

/// Names that cosign has for predicate types.
const TYPES: [(&str, &str); 10] = [
    ("custom", CUSTOM),
    ("slsaprovenance", "https://slsa.dev/provenance/v0.2"),
    ("slsaprovenance02", "https://slsa.dev/provenance/v0.2"),
    ("slsaprovenance1", "https://slsa.dev/provenance/v1"),
    ("link", "https://in-toto.io/Link/v1"),
    ("spdx", "https://spdx.dev/Document"),
    ("spdxjson", "https://spdx.dev/Document"),
    ("cyclonedx", "https://cyclonedx.org/bom"),
    ("vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"),
    ("openvex", "https://openvex.dev/ns"),
];

/// `None` for a command of cosign that verifies nothing.
pub(super) fn read(verb: &str, words: &[&str]) -> Option<Result<Read, CommandError>> {
    match verb {
        "verify-blob" => Some(read_as("cosign verify-blob", words, Subject::File, "")),
        "verify-blob-attestation" => Some(read_as("cosign verify-blob-attestation", words, Subject::File, CUSTOM)),
        "verify-attestation" => Some(read_as("cosign verify-attestation", words, Subject::Image, CUSTOM)),
        "verify" => Some(read_as("cosign verify", words, Subject::Image, "")),
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    File,
    Image,
}

fn read_as(command: &'static str, words: &[&str], subject: Subject, predicate: &str) -> Result<Read, CommandError> {
    let (given, others) = sort(command, TABLE, words)?;
    let mut read =
        Read { tool: Tool::Cosign, question: Question::default(), files: Files::default(), notes: Vec::new() };
    let (mut identity, mut issuer) = (None, None);
    for one in &given {
        apply(one, &mut read, &mut identity, &mut issuer)?;
    }
    read.question.signer = match (identity, issuer, read.files.key.is_empty()) {
        (None, None, false) => Signer::Key,
        (Some(_) | None, _, false) => return Err(CommandError::Twice { option: "--key".to_owned() }),
        (Some(identity), issuer, true) => Signer::Certificate { identity, issuer },
        (None, Some(_), true) => {
            return Err(CommandError::MissingOption { command, expected: "--certificate-identity beside the issuer" });
        }
        (None, None, true) => Signer::Unnamed,
    };
    if read.question.expect.predicate_type.is_none() && !predicate.is_empty() {
        read.question.expect.predicate_type = Some(predicate.to_owned());
        read.notes.push(format!("Without --type, cosign asks for the predicate type {predicate}; so does this."));
    }
    if subject == Subject::Image {
        image(&others, &mut read);
    } else {
        files(&others, &mut read);
    }
    read.notes.dedup();
    Ok(read)
}

fn apply(
    one: &Given<'_, Opt>,
    read: &mut Read,
    identity: &mut Option<Name>,
    issuer: &mut Option<Name>,
) -> Result<(), CommandError> {
    let (question, files, notes) = (&mut read.question, &mut read.files, &mut read.notes);
    let twice = || CommandError::Twice { option: one.option.to_owned() };
    let mut pattern_of = |text: &str| {
        if !pattern::is_balanced(text) {
            return Err(one.refused(pattern::EXPECTED));
        }
        let (pattern, note) = pattern::from_unanchored("cosign", text);
        notes.extend(note);
        Ok(Name::Pattern(pattern))
    };
    match one.means {
        Opt::Bundle => one.put_text(&mut files.bundle)?,
        Opt::Key if one.value.contains("://") => {
            return Err(one.refused("the public key as a file: keys of a key service cannot be fetched here"));
        }
        Opt::Key => one.put_text(&mut files.key)?,
        Opt::TrustedRoot => {
            one.put_text(&mut files.trusted_root)?;
            question.trust = Trust::File;
        }
        Opt::Identity | Opt::IdentityPattern if identity.is_some() => return Err(twice()),
        Opt::Issuer | Opt::IssuerPattern if issuer.is_some() => return Err(twice()),
        Opt::Identity => *identity = Some(Name::Exact(one.value.to_owned())),
        Opt::IdentityPattern => *identity = Some(pattern_of(one.value)?),
        Opt::Issuer => *issuer = Some(Name::Exact(one.value.to_owned())),
        Opt::IssuerPattern => *issuer = Some(pattern_of(one.value)?),
        Opt::Extension(name) => question.extensions.push((name.to_owned(), one.value.to_owned())),
        Opt::Repository => {
            let uri = format!("https://github.com/{}", one.value);
            question.extensions.push(("source-repository-uri".to_owned(), uri));
        }
        Opt::Type => {
            let known = TYPES.iter().find(|(name, _)| *name == one.value).map(|(_, uri)| *uri);
            if known.is_none() && !one.value.contains(':') {
                return Err(one.refused("a type that cosign has a name for, or the URI of one"));
            }
            question.expect.predicate_type = Some(known.unwrap_or(one.value).to_owned());
        }
        Opt::Digest => one.put_text(&mut files.artifact)?,
        Opt::Threshold(place, number) if one.is_on() => {
            *place(&mut question.thresholds) = Some(number);
            if number == 0 {
                notes.push(format!("{} is carried over, and the verdict will say what it takes away.", one.option));
            }
        }
        Opt::CheckClaims if !one.is_on() => {
            question.scope = Scope::SignatureOnly;
            notes.push(
                "--check-claims=false is carried over: the verdict will say that the content was not read.".to_owned(),
            );
        }
        Opt::Left(sentence) => notes.push(sentence.to_owned()),
        Opt::Threshold(..) | Opt::CheckClaims | Opt::Nothing => {}
    }
    Ok(())
}

/// One file; with `--digest` none, and the digest is written with its algorithm.
fn files(others: &[&str], read: &mut Read) {
    let digest = core::mem::take(&mut read.files.artifact);
    match (others, digest.as_str()) {
        ([], "") => {}
        ([], digest) => read.files.artifact = with_algorithm(digest),
        ([file, more @ ..], _) => {
            (*file).clone_into(&mut read.files.artifact);
            if !digest.is_empty() || !more.is_empty() {
                read.notes.push(format!("Only {file:?} is looked at: one file at a time."));
            }
        }
    }
}

/// An image is looked at by its digest, which its reference must hold.
fn image(others: &[&str], read: &mut Read) {
    let [reference, more @ ..] = others else { return };
    match reference.split_once('@') {
        Some((_, digest)) => digest.clone_into(&mut read.files.artifact),
        None => read.notes.push(format!(
            "{reference:?} names an image by a tag, which can change. Give the digest of its manifest, sha256:… ."
        )),
    }
    if !more.is_empty() {
        read.notes.push(format!("Only {reference:?} is looked at: one image at a time."));
    }
    if read.files.bundle.is_empty() {
        read.notes
            .push("cosign fetches the signature of an image from its registry. Give it here as a bundle.".to_owned());
    }
}

fn with_algorithm(digest: &str) -> String {
    match digest.len() {
        _ if digest.contains(':') => digest.to_owned(),
        96 => format!("sha384:{digest}"),
        128 => format!("sha512:{digest}"),
        _ => format!("sha256:{digest}"),
    }
}

pub(super) fn write(question: &Question, files: &Files) -> Written {
    let mut unlike = Vec::new();
    let about_statement = question.expect != Expect::default();
    let mut line = Line::new(if about_statement { "cosign verify-blob-attestation" } else { "cosign verify-blob" });
    line.file_option("--bundle", &files.bundle, "bundle.sigstore.json");
    if let Err(reason) = write_signer(&mut line, question, files, &mut unlike) {
        return Written { command: None, unlike: vec![reason] };
    }
    for (name, value) in &question.extensions {
        write_extension(&mut line, name, value, &mut unlike);
    }
    if about_statement {
        write_type(&mut line, &question.expect, &mut unlike);
    }
    write_trust(&mut line, question, files, &mut unlike);
    write_thresholds(&mut line, &question.thresholds, &mut unlike);
    write_artifact(&mut line, question, files, about_statement, &mut unlike);
    unlike.push("cosign compares no field of the provenance with the certificate.".to_owned());
    Written { command: Some(line.finish()), unlike }
}

fn write_signer(line: &mut Line, question: &Question, files: &Files, unlike: &mut Vec<String>) -> Result<(), String> {
    match &question.signer {
        Signer::Key => {
            line.file_option("--key", &files.key, "key.pub");
            if question.key_validity != crate::question::KeyValidity::default() {
                unlike.push("cosign knows no time in which a key may have signed.".to_owned());
            }
            if question.key_details.is_some() {
                unlike.push("cosign chooses how a key signs by itself.".to_owned());
            }
        }
        Signer::Certificate { identity, issuer } => {
            write_name(line, "--certificate-identity", identity)?;
            match issuer {
                Some(issuer) => write_name(line, "--certificate-oidc-issuer", issuer)?,
                None => line.option("--certificate-oidc-issuer-regexp", ".*"),
            }
        }
        Signer::Unnamed | Signer::Anybody => {
            line.option("--certificate-identity-regexp", ".*");
            line.option("--certificate-oidc-issuer-regexp", ".*");
            unlike.push("This command accepts any signer: cosign says that it is verified all the same.".to_owned());
        }
        Signer::Implied => {
            return Err("cosign must be told the signer, and here it follows from what you expect of the provenance. \
                        Name the signer to write this command."
                .to_owned());
        }
    }
    Ok(())
}

/// cosign looks for a pattern anywhere, so both ends are anchored.
fn write_name(line: &mut Line, option: &str, name: &Name) -> Result<(), String> {
    match name {
        Name::Exact(text) => line.option(option, text),
        Name::Pattern(text) if pattern::is_balanced(text) => {
            line.option(&format!("{option}-regexp"), &pattern::anchored(text));
        }
        Name::Pattern(text) => return Err(pattern::refused(text)),
    }
    Ok(())
}

fn write_extension(line: &mut Line, name: &str, value: &str, unlike: &mut Vec<String>) {
    let repository = value.strip_prefix("https://github.com/");
    let known = TABLE.iter().find_map(|known| match known.means {
        Opt::Extension(extension) if extension == name => known.names.first(),
        _ => None,
    });
    match (name, repository, known) {
        ("source-repository-uri", Some(repository), _) => {
            line.option("--certificate-github-workflow-repository", repository);
        }
        (_, _, Some(option)) => line.option(option, value),
        _ => unlike.push(format!("cosign has no option for the certificate extension {name}.")),
    }
}

fn write_type(line: &mut Line, expect: &Expect, unlike: &mut Vec<String>) {
    match &expect.predicate_type {
        Some(uri) if uri.contains(':') => line.option("--type", uri),
        Some(uri) => unlike.push(format!("cosign takes a URI as the predicate type, and {uri:?} is none.")),
        None => unlike.push(format!("cosign asks for the predicate type {CUSTOM} unless --type names another.")),
    }
    if (Expect { predicate_type: None, ..expect.clone() }) != Expect::default() {
        unlike.push(
            "cosign does not look into the predicate: source, builder, package, publisher and levels that you expect \
             are not checked."
                .to_owned(),
        );
    }
}

fn write_trust(line: &mut Line, question: &Question, files: &Files, unlike: &mut Vec<String>) {
    match question.trust {
        Trust::Automatic | Trust::PublicGood => {}
        Trust::File => {
            line.file_option("--trusted-root", &files.trusted_root, "trusted_root.json");
        }
        Trust::Staging | Trust::GitHub => unlike.push(
            "cosign judges by the public-good instance unless --trusted-root names another root; give it the one that \
             judges here."
                .to_owned(),
        ),
        Trust::KeyAlone => line.switch("--insecure-ignore-tlog=true"),
    }
    if !question.builders.is_empty() {
        unlike.push("cosign knows no builders: it does not look at your own list of them.".to_owned());
    }
    if question.minimum_bundle_version.is_some() {
        unlike.push("cosign accepts every bundle version that it knows.".to_owned());
    }
}

fn write_thresholds(line: &mut Line, all: &Thresholds, unlike: &mut Vec<String>) {
    let mut other = false;
    for (count, zero, one) in [
        (all.transparency_logs, "--insecure-ignore-tlog=true", ""),
        (all.signed_certificate_timestamps, "--insecure-ignore-sct=true", ""),
        (all.timestamp_authorities, "", "--use-signed-timestamps=true"),
        (all.observer_timestamps, "", ""),
    ] {
        match count {
            Some(0) if !zero.is_empty() => line.switch(zero),
            Some(1) if !one.is_empty() => line.switch(one),
            Some(_) => other = true,
            None => {}
        }
    }
    if other {
        unlike.push("cosign asks for one log and one timestamp, and for no other number.".to_owned());
    }
}

fn write_artifact(
    line: &mut Line,
    question: &Question,
    files: &Files,
    about_statement: bool,
    unlike: &mut Vec<String>,
) {
    let digest = files.artifact.split_once(':').filter(|(name, _)| name.starts_with("sha"));
    match digest {
        _ if about_statement && (question.scope == Scope::SignatureOnly || files.any_artifact) => {
            line.switch("--check-claims=false");
        }
        Some((algorithm, hex)) if about_statement => {
            line.option("--digest", hex);
            line.option("--digestAlg", algorithm);
        }
        None if !files.artifact.is_empty() => line.file(&files.artifact),
        _ => {
            line.file("FILE");
            unlike.push("cosign verify-blob needs the file itself; put its name in the place of FILE.".to_owned());
        }
    }
    if !files.evidence.is_empty() {
        unlike.push("cosign takes one bundle: further evidence is not looked at.".to_owned());
    }
    if !files.further_keys.is_empty() {
        unlike.push("cosign takes one key.".to_owned());
    }
    if !files.registry_keys.is_empty() {
        unlike.push("cosign knows no list of a registry's keys.".to_owned());
    }
}
