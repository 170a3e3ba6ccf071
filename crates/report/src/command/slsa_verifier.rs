//! `slsa-verifier`: `verify-artifact`, `verify-image`, `verify-npm-package`, `verify-github-attestation`, `verify-vsa`.

use super::options::{Given, Known, sort, switch, value};
use super::touchstone::digest;
use super::words::Line;
use super::{CommandError, Files, Read, Tool, Written};
use crate::question::{Expect, Question, Scope, Signer, Thresholds, Trust};

/// The predicate type that `verify-vsa` asks for (E-49).
const SUMMARY: &str = "https://slsa.dev/verification_summary/v1";

/// What the evidence is called where it has no name.
const BUNDLE: &str = "bundle.sigstore.json";

#[derive(Clone, Copy, Debug)]
enum Opt {
    Bundle,
    Text(fn(&mut Expect) -> &mut Option<String>),
    Input,
    Key,
    Levels,
    SubjectDigest,
    Nothing,
    Left(&'static str),
}

const SOURCE: &[Known<Opt>] = &[
    value(&["--provenance-path", "--attestation-path", "--attestations-path"], Opt::Bundle),
    value(&["--source-uri", "--source"], Opt::Text(|expect| &mut expect.source_uri)),
    value(&["--source-branch", "--branch"], Opt::Text(|expect| &mut expect.source_branch)),
    value(&["--source-tag", "--tag"], Opt::Text(|expect| &mut expect.source_tag)),
    value(&["--source-versioned-tag", "--versioned-tag"], Opt::Text(|expect| &mut expect.source_versioned_tag)),
    value(&["--builder-id"], Opt::Text(|expect| &mut expect.builder_id)),
    value(&["--build-workflow-input"], Opt::Input),
    value(&["--package-name"], Opt::Text(|expect| &mut expect.package_name)),
    value(&["--package-version"], Opt::Text(|expect| &mut expect.package_version)),
    value(
        &["--provenance-repository"],
        Opt::Left("Provenance is not fetched from a registry here: give it as a file."),
    ),
    switch(&["--print-provenance"], Opt::Nothing),
];

const VSA: &[Known<Opt>] = &[
    value(&["--attestation-path", "--attestations-path"], Opt::Bundle),
    value(&["--verifier-id"], Opt::Text(|expect| &mut expect.verifier_id)),
    value(&["--resource-uri"], Opt::Text(|expect| &mut expect.resource_uri)),
    value(&["--verified-level", "--verified-levels"], Opt::Levels),
    value(&["--subject-digest"], Opt::SubjectDigest),
    value(&["--public-key-path"], Opt::Key),
    value(
        &["--public-key-id"],
        Opt::Left("The id of the key is not carried over: it is computed here from the key itself."),
    ),
    value(
        &["--public-key-signing-hash-algo", "--public-key-hash-algo"],
        Opt::Left("The hash algorithm is not carried over: it follows from the kind of the key."),
    ),
    switch(&["--print-attestation"], Opt::Nothing),
];

/// `None` for a command of slsa-verifier that verifies nothing.
pub(super) fn read(verb: &str, words: &[&str]) -> Option<Result<Read, CommandError>> {
    let (command, table) = match verb {
        "verify-artifact" => ("slsa-verifier verify-artifact", SOURCE),
        "verify-image" => ("slsa-verifier verify-image", SOURCE),
        "verify-npm-package" => ("slsa-verifier verify-npm-package", SOURCE),
        "verify-github-attestation" => ("slsa-verifier verify-github-attestation", SOURCE),
        "verify-vsa" => ("slsa-verifier verify-vsa", VSA),
        _ => return None,
    };
    Some(read_as(command, table, words))
}

fn read_as(command: &'static str, table: &[Known<Opt>], words: &[&str]) -> Result<Read, CommandError> {
    let (given, others) = sort(command, table, words)?;
    let mut read =
        Read { tool: Tool::SlsaVerifier, question: Question::default(), files: Files::default(), notes: Vec::new() };
    for one in &given {
        apply(one, &mut read)?;
    }
    let missing = |expected| Err(CommandError::MissingOption { command, expected });
    if command.ends_with("verify-vsa") {
        summary(&mut read);
        if read.files.key.is_empty() {
            return missing("--public-key-path");
        }
    } else {
        read.question.signer = Signer::Implied;
        if read.question.expect.source_uri.is_none() {
            return missing("--source-uri");
        }
    }
    if read.question.expect.source_tag.is_some() && read.question.expect.source_versioned_tag.is_some() {
        return Err(CommandError::Twice { option: "--source-versioned-tag".to_owned() });
    }
    artifact(&others, command.ends_with("verify-image"), &mut read);
    Ok(read)
}

fn apply(one: &Given<'_, Opt>, read: &mut Read) -> Result<(), CommandError> {
    let expect = &mut read.question.expect;
    match one.means {
        Opt::Bundle => one.put_text(&mut read.files.bundle)?,
        Opt::Text(place) => one.put(place(expect))?,
        Opt::Input => expect.workflow_inputs.push(one.pair()?),
        Opt::Key => one.put_text(&mut read.files.key)?,
        // Older versions take several at once.
        Opt::Levels => expect.verified_levels.extend(one.value.split(',').map(str::to_owned)),
        Opt::SubjectDigest => expect.subject_digests.get_or_insert_default().push(digest(one)?),
        Opt::Nothing => {}
        Opt::Left(sentence) => read.notes.push(sentence.to_owned()),
    }
    Ok(())
}

/// A summary is about digests that the command names; a file of one of them need not be at hand.
fn summary(read: &mut Read) {
    let question = &mut read.question;
    question.signer = Signer::Key;
    question.trust = Trust::KeyAlone;
    question.expect.predicate_type = Some(SUMMARY.to_owned());
    // Asking for no digest asks for nothing that can be answered (E-49): the check says so.
    let digests = question.expect.subject_digests.get_or_insert_default();
    let of_file = digests.iter().find(|(algorithm, _)| matches!(algorithm.as_str(), "sha256" | "sha384" | "sha512"));
    match of_file {
        Some((algorithm, value)) => read.files.artifact = format!("{algorithm}:{value}"),
        None => read.files.any_artifact = true,
    }
}

fn artifact(others: &[&str], image: bool, read: &mut Read) {
    let [first, more @ ..] = others else { return };
    match first.split_once('@') {
        Some((_, digest)) if image => digest.clone_into(&mut read.files.artifact),
        None if image => read.notes.push(format!(
            "{first:?} names an image by a tag, which can change. Give the digest of its manifest, sha256:… ."
        )),
        _ => (*first).clone_into(&mut read.files.artifact),
    }
    if !more.is_empty() {
        read.notes.push(format!("Only {first:?} is looked at: one artifact at a time."));
    }
}

pub(super) fn write(question: &Question, files: &Files) -> Written {
    let expect = &question.expect;
    let written = if expect.verifier_id.is_some() || expect.resource_uri.is_some() || !expect.verified_levels.is_empty()
    {
        write_summary(question, files)
    } else {
        write_source(question, files)
    };
    written.unwrap_or_else(|reason| Written { command: None, unlike: vec![reason.to_owned()] })
}

fn write_summary(question: &Question, files: &Files) -> Result<Written, &'static str> {
    let expect = &question.expect;
    if question.signer != Signer::Key {
        return Err("slsa-verifier verifies a summary by a public key alone. Expect a key to write this command.");
    }
    let mut line = Line::new("slsa-verifier verify-vsa");
    line.file_option("--attestation-path", &files.bundle, BUNDLE);
    let stated = files.artifact.split_once(':').filter(|(algorithm, _)| algorithm.starts_with("sha"));
    let mut digests: Vec<String> =
        expect.subject_digests.iter().flatten().map(|(algorithm, value)| format!("{algorithm}:{value}")).collect();
    if let Some((algorithm, value)) = stated {
        let one = format!("{algorithm}:{value}");
        if !digests.contains(&one) {
            digests.push(one);
        }
    }
    if digests.is_empty() {
        return Err("slsa-verifier asks about digests of a subject. State one to write this command.");
    }
    for one in &digests {
        line.option("--subject-digest", one);
    }
    line.maybe("--verifier-id", expect.verifier_id.as_deref());
    line.maybe("--resource-uri", expect.resource_uri.as_deref());
    for level in &expect.verified_levels {
        line.option("--verified-level", level);
    }
    line.file_option("--public-key-path", &files.key, "key.pub");
    let mut unlike = Vec::new();
    let mentioned = Expect {
        subject_digests: None,
        verifier_id: None,
        resource_uri: None,
        verified_levels: Vec::new(),
        predicate_type: None,
        ..expect.clone()
    };
    if mentioned != Expect::default() {
        unlike.push("slsa-verifier checks neither source, builder nor package of a summary.".to_owned());
    }
    if expect.predicate_type.as_deref().is_none_or(|uri| uri != SUMMARY) {
        unlike.push(format!("slsa-verifier asks for the predicate type {SUMMARY}."));
    }
    if question.trust != Trust::KeyAlone {
        unlike.push("slsa-verifier asks for no log and no timestamp beside the key.".to_owned());
    }
    rest(question, files, &mut unlike);
    Ok(Written { command: Some(line.finish()), unlike })
}

fn write_source(question: &Question, files: &Files) -> Result<Written, &'static str> {
    let expect = &question.expect;
    let Some(source) = &expect.source_uri else {
        return Err("slsa-verifier must be told the source repository. Expect one to write this command.");
    };
    if question.signer == Signer::Key {
        return Err("slsa-verifier verifies provenance by builders that it knows, and by no key of one's own.");
    }
    let npm = expect.package_name.is_some();
    let mut line = Line::new(if npm { "slsa-verifier verify-npm-package" } else { "slsa-verifier verify-artifact" });
    line.file_option(if npm { "--attestations-path" } else { "--provenance-path" }, &files.bundle, BUNDLE);
    line.option("--source-uri", source);
    let mut unlike = Vec::new();
    let versioned = expect.source_versioned_tag.as_ref().filter(|_| expect.source_tag.is_none()).cloned();
    if versioned != expect.source_versioned_tag {
        unlike.push("slsa-verifier takes a tag or a version of it, and not both: the version is left out.".to_owned());
    }
    for (option, value) in [
        ("--source-branch", &expect.source_branch),
        ("--source-tag", &expect.source_tag),
        ("--source-versioned-tag", &versioned),
        ("--builder-id", &expect.builder_id),
    ] {
        line.maybe(option, value.as_deref());
    }
    if npm {
        line.maybe("--package-name", expect.package_name.as_deref());
        line.maybe("--package-version", expect.package_version.as_deref());
    }
    for (name, value) in &expect.workflow_inputs {
        line.option("--build-workflow-input", &format!("{name}={value}"));
    }
    if files.artifact.is_empty()
        || files.any_artifact
        || files.artifact.starts_with("sha") && files.artifact.contains(':')
    {
        line.file("FILE");
        unlike.push("slsa-verifier needs the file itself; put its name in the place of FILE.".to_owned());
    } else {
        line.file(&files.artifact);
    }
    let others = Expect {
        distribution_name: expect.distribution_name.clone(),
        publisher: expect.publisher.clone(),
        subject_digests: expect.subject_digests.clone(),
        predicate_type: expect.predicate_type.clone(),
        package_version: if npm { None } else { expect.package_version.clone() },
        ..Expect::default()
    };
    if others != Expect::default() {
        unlike.push(
            "slsa-verifier has no options for the distribution, the publisher, further digests or the predicate type."
                .to_owned(),
        );
    }
    if question.signer != Signer::Implied {
        unlike.push(
            "slsa-verifier does not compare the signer with the one you named, but with the builders that it knows."
                .to_owned(),
        );
    }
    if !question.extensions.is_empty() {
        unlike.push("slsa-verifier has no options for certificate extensions.".to_owned());
    }
    if question.trust != Trust::Automatic {
        unlike.push("slsa-verifier judges by the public-good instance alone.".to_owned());
    }
    rest(question, files, &mut unlike);
    Ok(Written { command: Some(line.finish()), unlike })
}

fn rest(question: &Question, files: &Files, unlike: &mut Vec<String>) {
    if !question.builders.is_empty() {
        unlike.push("slsa-verifier knows its own builders only: it does not look at your list of them.".to_owned());
    }
    if question.thresholds != Thresholds::default()
        || question.minimum_bundle_version.is_some()
        || question.key_details.is_some()
        || question.key_validity != crate::question::KeyValidity::default()
        || question.scope == Scope::SignatureOnly
    {
        unlike.push(
            "slsa-verifier has no options for thresholds, bundle versions, or how and when a key signs.".to_owned(),
        );
    }
    if !files.evidence.is_empty() || !files.further_keys.is_empty() || !files.registry_keys.is_empty() {
        unlike.push("slsa-verifier takes one file of evidence and one key.".to_owned());
    }
}
