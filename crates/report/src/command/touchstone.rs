//! `touchstone verify`: everything that a question holds can be written and read back.

use super::options::{Given, Known, sort, switch, value};
use super::words::Line;
use super::{CommandError, Files, Read, Tool};
use crate::question::{Expect, Name, Publisher, Question, Scope, Signer, Trust};

const COMMAND: &str = "touchstone verify";

#[derive(Clone, Copy, Debug)]
enum Opt {
    Bundle,
    AnyArtifact,
    TrustedRoot,
    Instance,
    Key,
    RegistryKeys,
    KeyAlone,
    KeyFrom,
    KeyUntil,
    KeyDetails,
    Identity,
    IdentityPattern,
    Issuer,
    IssuerPattern,
    AnyIdentity,
    SignatureOnly,
    Extension,
    Threshold(fn(&mut crate::question::Thresholds) -> &mut Option<u32>),
    MinimumVersion,
    Evidence,
    Text(fn(&mut Expect) -> &mut Option<String>),
    Input,
    Level,
    SubjectDigest,
    Publisher,
    Builder,
    Format,
}

const TABLE: &[Known<Opt>] = &[
    value(&["--bundle"], Opt::Bundle),
    switch(&["--any-artifact"], Opt::AnyArtifact),
    value(&["--trusted-root"], Opt::TrustedRoot),
    value(&["--instance"], Opt::Instance),
    value(&["--key"], Opt::Key),
    value(&["--registry-keys"], Opt::RegistryKeys),
    switch(&["--key-alone"], Opt::KeyAlone),
    value(&["--key-valid-from"], Opt::KeyFrom),
    value(&["--key-valid-until"], Opt::KeyUntil),
    value(&["--key-details"], Opt::KeyDetails),
    value(&["--identity"], Opt::Identity),
    value(&["--identity-regexp"], Opt::IdentityPattern),
    value(&["--issuer"], Opt::Issuer),
    value(&["--issuer-regexp"], Opt::IssuerPattern),
    switch(&["--any-identity"], Opt::AnyIdentity),
    switch(&["--signature-only"], Opt::SignatureOnly),
    value(&["--extension"], Opt::Extension),
    value(&["--transparency-logs"], Opt::Threshold(|all| &mut all.transparency_logs)),
    value(&["--signed-certificate-timestamps"], Opt::Threshold(|all| &mut all.signed_certificate_timestamps)),
    value(&["--timestamp-authorities"], Opt::Threshold(|all| &mut all.timestamp_authorities)),
    value(&["--observer-timestamps"], Opt::Threshold(|all| &mut all.observer_timestamps)),
    value(&["--minimum-bundle-version"], Opt::MinimumVersion),
    value(&["--evidence"], Opt::Evidence),
    value(&["--source-uri"], Opt::Text(|expect| &mut expect.source_uri)),
    value(&["--source-branch"], Opt::Text(|expect| &mut expect.source_branch)),
    value(&["--source-tag"], Opt::Text(|expect| &mut expect.source_tag)),
    value(&["--source-versioned-tag"], Opt::Text(|expect| &mut expect.source_versioned_tag)),
    value(&["--builder-id"], Opt::Text(|expect| &mut expect.builder_id)),
    value(&["--package-name"], Opt::Text(|expect| &mut expect.package_name)),
    value(&["--package-version"], Opt::Text(|expect| &mut expect.package_version)),
    value(&["--distribution-name"], Opt::Text(|expect| &mut expect.distribution_name)),
    value(&["--resource-uri"], Opt::Text(|expect| &mut expect.resource_uri)),
    value(&["--verifier-id"], Opt::Text(|expect| &mut expect.verifier_id)),
    value(&["--predicate-type"], Opt::Text(|expect| &mut expect.predicate_type)),
    value(&["--build-workflow-input"], Opt::Input),
    value(&["--verified-level"], Opt::Level),
    value(&["--subject-digest"], Opt::SubjectDigest),
    value(&["--publisher"], Opt::Publisher),
    value(&["--builder-entry"], Opt::Builder),
    value(&["--format"], Opt::Format),
];

pub(super) fn read(words: &[&str]) -> Result<Read, CommandError> {
    let (given, others) = sort(COMMAND, TABLE, words)?;
    let mut read =
        Read { tool: Tool::Touchstone, question: Question::default(), files: Files::default(), notes: Vec::new() };
    let mut signer = Named::default();
    for one in &given {
        apply(one, &mut read, &mut signer)?;
    }
    let mut others = others.into_iter();
    others.next().unwrap_or_default().clone_into(&mut read.files.artifact);
    if let Some(second) = others.next() {
        return Err(CommandError::UnknownOption { command: COMMAND, option: second.to_owned() });
    }
    if read.files.any_artifact && !read.files.artifact.is_empty() {
        return Err(CommandError::Twice { option: "--any-artifact".to_owned() });
    }
    read.question.signer = signer.signer(&read.question.expect, !read.files.key.is_empty())?;
    Ok(read)
}

/// Who is named, before it is known whether that is one signer.
#[derive(Default)]
struct Named {
    identity: Option<Name>,
    issuer: Option<Name>,
    anybody: bool,
}

impl Named {
    /// The rule of the command: a key, anybody, a name; and with expectations alone, whoever they imply. Keys beside anybody
    /// name nobody: they are at hand for what a key signed.
    fn signer(self, expect: &Expect, key: bool) -> Result<Signer, CommandError> {
        let twice = |option: &str| Err(CommandError::Twice { option: option.to_owned() });
        match (self.identity, self.issuer, self.anybody, key) {
            (Some(_), _, true, _) => twice("--any-identity"),
            (Some(_), _, _, true) => twice("--key"),
            (None, Some(_), ..) => {
                Err(CommandError::MissingOption { command: COMMAND, expected: "--identity beside the issuer" })
            }
            (Some(identity), issuer, false, false) => Ok(Signer::Certificate { identity, issuer }),
            (None, None, true, _) => Ok(Signer::Anybody),
            (None, None, false, true) => Ok(Signer::Key),
            (None, None, false, false) if *expect != Expect::default() => Ok(Signer::Implied),
            (None, None, false, false) => Ok(Signer::Unnamed),
        }
    }
}

fn apply(one: &Given<'_, Opt>, read: &mut Read, signer: &mut Named) -> Result<(), CommandError> {
    let (question, files) = (&mut read.question, &mut read.files);
    let text = one.value.to_owned();
    match one.means {
        Opt::Bundle => one.put_text(&mut files.bundle)?,
        Opt::AnyArtifact => files.any_artifact = one.is_on(),
        Opt::TrustedRoot => {
            one.put_text(&mut files.trusted_root)?;
            set_trust(one, question, Trust::File)?;
        }
        Opt::Instance => set_trust(one, question, instance(one)?)?,
        // Given again, any of them may have signed.
        Opt::Key if files.key.is_empty() => files.key = text,
        Opt::Key => files.further_keys.push(text),
        Opt::RegistryKeys => one.put_text(&mut files.registry_keys)?,
        Opt::KeyAlone if one.is_on() => set_trust(one, question, Trust::KeyAlone)?,
        Opt::KeyFrom => one.put(&mut question.key_validity.from)?,
        Opt::KeyUntil => one.put(&mut question.key_validity.until)?,
        Opt::KeyDetails => one.put(&mut question.key_details)?,
        Opt::Identity => name(one, &mut signer.identity, Name::Exact(text))?,
        Opt::IdentityPattern => name(one, &mut signer.identity, Name::Pattern(text))?,
        Opt::Issuer => name(one, &mut signer.issuer, Name::Exact(text))?,
        Opt::IssuerPattern => name(one, &mut signer.issuer, Name::Pattern(text))?,
        Opt::AnyIdentity => signer.anybody = one.is_on(),
        Opt::SignatureOnly => {
            question.scope = if one.is_on() { Scope::SignatureOnly } else { Scope::Whole };
        }
        Opt::Extension => question.extensions.push(one.pair()?),
        Opt::Threshold(place) => {
            *place(&mut question.thresholds) = Some(one.value.parse().map_err(|_| one.refused("a number"))?);
        }
        Opt::MinimumVersion => one.put(&mut question.minimum_bundle_version)?,
        Opt::Evidence => files.evidence.push(text),
        Opt::Text(place) => one.put(place(&mut question.expect))?,
        Opt::Input => question.expect.workflow_inputs.push(one.pair()?),
        Opt::Level => question.expect.verified_levels.push(text),
        Opt::SubjectDigest => {
            question.expect.subject_digests.get_or_insert_default().push(digest(one)?);
        }
        Opt::Publisher => question.expect.publisher = Some(publisher(one)?),
        Opt::Builder => question.builders.push(text),
        // How a result is told is no part of the question.
        Opt::KeyAlone | Opt::Format => {}
    }
    Ok(())
}

fn name<M>(one: &Given<'_, M>, place: &mut Option<Name>, name: Name) -> Result<(), CommandError> {
    if place.replace(name).is_some() {
        return Err(CommandError::Twice { option: one.option.to_owned() });
    }
    Ok(())
}

fn set_trust<M>(one: &Given<'_, M>, question: &mut Question, trust: Trust) -> Result<(), CommandError> {
    if question.trust != Trust::Automatic {
        return Err(CommandError::Twice { option: one.option.to_owned() });
    }
    question.trust = trust;
    Ok(())
}

fn instance<M>(one: &Given<'_, M>) -> Result<Trust, CommandError> {
    match one.value {
        "public-good" => Ok(Trust::PublicGood),
        "staging" => Ok(Trust::Staging),
        "github" => Ok(Trust::GitHub),
        _ => Err(one.refused("public-good, staging or github")),
    }
}

/// `algorithm:value`.
pub(super) fn digest<M>(one: &Given<'_, M>) -> Result<(String, String), CommandError> {
    one.value
        .split_once(':')
        .filter(|(algorithm, value)| !algorithm.is_empty() && !value.is_empty())
        .map(|(algorithm, value)| (algorithm.to_owned(), value.to_owned()))
        .ok_or_else(|| one.refused("an algorithm, a colon and a value, for example sha256: and 64 digits"))
}

fn publisher<M>(one: &Given<'_, M>) -> Result<Publisher, CommandError> {
    Publisher::parse(one.value).ok_or_else(|| one.refused(Publisher::EXPECTED))
}

pub(super) fn write(question: &Question, files: &Files) -> String {
    let mut line = Line::new(COMMAND);
    line.file_option("--bundle", &files.bundle, "bundle.sigstore.json");
    write_signer(&mut line, question, files);
    write_trust(&mut line, question.trust, files);
    for (name, value) in &question.extensions {
        line.option("--extension", &format!("{name}={value}"));
    }
    write_expectations(&mut line, &question.expect);
    for entry in &question.builders {
        line.option("--builder-entry", entry);
    }
    let all = &question.thresholds;
    for (name, count) in [
        ("--transparency-logs", all.transparency_logs),
        ("--signed-certificate-timestamps", all.signed_certificate_timestamps),
        ("--timestamp-authorities", all.timestamp_authorities),
        ("--observer-timestamps", all.observer_timestamps),
    ] {
        line.maybe(name, count.map(|count| count.to_string()).as_deref());
    }
    line.maybe("--minimum-bundle-version", question.minimum_bundle_version.as_deref());
    if question.scope == Scope::SignatureOnly {
        line.switch("--signature-only");
    }
    for file in &files.evidence {
        line.file_option("--evidence", file, "FILE");
    }
    if files.any_artifact {
        line.switch("--any-artifact");
    } else if !files.artifact.is_empty() {
        line.file(&files.artifact);
    }
    line.finish()
}

fn write_signer(line: &mut Line, question: &Question, files: &Files) {
    match &question.signer {
        Signer::Unnamed | Signer::Implied => {}
        Signer::Anybody => {
            line.switch("--any-identity");
            if !files.key.is_empty() {
                line.file_option("--key", &files.key, "key.pub");
            }
        }
        Signer::Key if files.key.is_empty() && !files.registry_keys.is_empty() => {}
        Signer::Key => line.file_option("--key", &files.key, "key.pub"),
        Signer::Certificate { identity, issuer } => {
            write_name(line, "--identity", identity);
            if let Some(issuer) = issuer {
                write_name(line, "--issuer", issuer);
            }
        }
    }
    // Beside a name, a key has no use (and the command knows it).
    let counts = matches!(question.signer, Signer::Key | Signer::Anybody);
    for file in files.further_keys.iter().filter(|_| counts) {
        line.file_option("--key", file, "key.pub");
    }
    if !files.registry_keys.is_empty() {
        line.file_option("--registry-keys", &files.registry_keys, "keys.json");
    }
    line.maybe("--key-valid-from", question.key_validity.from.as_deref());
    line.maybe("--key-valid-until", question.key_validity.until.as_deref());
    line.maybe("--key-details", question.key_details.as_deref());
}

fn write_name(line: &mut Line, option: &str, name: &Name) {
    match name {
        Name::Exact(text) => line.option(option, text),
        Name::Pattern(text) => line.option(&format!("{option}-regexp"), text),
    }
}

fn write_trust(line: &mut Line, trust: Trust, files: &Files) {
    let instance = match trust {
        Trust::Automatic => return,
        Trust::File => {
            return line.file_option("--trusted-root", &files.trusted_root, "trusted_root.json");
        }
        Trust::PublicGood => "public-good",
        Trust::Staging => "staging",
        Trust::GitHub => "github",
        Trust::KeyAlone => return line.switch("--key-alone"),
    };
    line.option("--instance", instance);
}

fn write_expectations(line: &mut Line, expect: &Expect) {
    for (name, value) in [
        ("--source-uri", &expect.source_uri),
        ("--source-branch", &expect.source_branch),
        ("--source-tag", &expect.source_tag),
        ("--source-versioned-tag", &expect.source_versioned_tag),
        ("--builder-id", &expect.builder_id),
        ("--package-name", &expect.package_name),
        ("--package-version", &expect.package_version),
        ("--distribution-name", &expect.distribution_name),
        ("--resource-uri", &expect.resource_uri),
        ("--verifier-id", &expect.verifier_id),
        ("--predicate-type", &expect.predicate_type),
    ] {
        line.maybe(name, value.as_deref());
    }
    for (name, value) in &expect.workflow_inputs {
        line.option("--build-workflow-input", &format!("{name}={value}"));
    }
    for level in &expect.verified_levels {
        line.option("--verified-level", level);
    }
    for (algorithm, value) in expect.subject_digests.iter().flatten() {
        line.option("--subject-digest", &format!("{algorithm}:{value}"));
    }
    line.maybe("--publisher", expect.publisher.as_ref().map(Publisher::to_argument).as_deref());
}
