//! `gh attestation verify`, with the policy that it has without being asked (G-25).

use super::options::{Given, Known, sort, switch, value};
use super::words::Line;
use super::{CommandError, Files, Read, Tool, Written, pattern};
use crate::question::{Expect, KeyValidity, Name, Question, Scope, Signer, Thresholds, Trust};

const COMMAND: &str = "gh attestation verify";
/// The predicate type that gh asks for unless it is told another.
const PROVENANCE: &str = "https://slsa.dev/provenance/v1";
const ISSUER: &str = "https://token.actions.githubusercontent.com";

#[derive(Clone, Copy, Debug)]
enum Opt {
    Bundle,
    Owner,
    Repository,
    TrustedRoot,
    Identity,
    IdentityPattern,
    Issuer,
    SignerRepository,
    SignerWorkflow,
    Extension(&'static str),
    DenySelfHosted,
    PredicateType,
    NoPublicGood,
    Hostname,
    Nothing,
    Left(&'static str),
}

const TABLE: &[Known<Opt>] = &[
    value(&["--bundle", "-b"], Opt::Bundle),
    value(&["--owner", "-o"], Opt::Owner),
    value(&["--repo", "-R"], Opt::Repository),
    value(&["--custom-trusted-root"], Opt::TrustedRoot),
    value(&["--cert-identity"], Opt::Identity),
    value(&["--cert-identity-regex", "-i"], Opt::IdentityPattern),
    value(&["--cert-oidc-issuer"], Opt::Issuer),
    value(&["--signer-repo"], Opt::SignerRepository),
    value(&["--signer-workflow"], Opt::SignerWorkflow),
    value(&["--signer-digest"], Opt::Extension("build-signer-digest")),
    value(&["--source-ref"], Opt::Extension("source-repository-ref")),
    value(&["--source-digest"], Opt::Extension("source-repository-digest")),
    switch(&["--deny-self-hosted-runners"], Opt::DenySelfHosted),
    value(&["--predicate-type"], Opt::PredicateType),
    switch(&["--no-public-good"], Opt::NoPublicGood),
    value(&["--hostname"], Opt::Hostname),
    value(&["--digest-alg", "-d"], Opt::Nothing),
    value(&["--format"], Opt::Nothing),
    value(&["--jq", "-q"], Opt::Nothing),
    value(&["--template", "-t"], Opt::Nothing),
    value(&["--limit", "-L"], Opt::Nothing),
    switch(
        &["--bundle-from-oci"],
        Opt::Left("Attestations are not fetched from a registry here: give them as a bundle."),
    ),
];

/// What was said, before defaults.
#[derive(Default)]
struct Said {
    owner: Option<String>,
    repository: Option<String>,
    issuer: Option<String>,
    identity: Option<Name>,
    signer_repository: Option<String>,
    signer_workflow: Option<String>,
    host: Option<String>,
}

pub(super) fn read(words: &[&str]) -> Result<Read, CommandError> {
    let (given, others) = sort(COMMAND, TABLE, words)?;
    let mut read = Read { tool: Tool::Gh, question: Question::default(), files: Files::default(), notes: Vec::new() };
    let mut said = Said::default();
    for one in &given {
        apply(one, &mut read, &mut said)?;
    }
    read.question.expect.predicate_type.get_or_insert_with(|| PROVENANCE.to_owned());
    said.expectations(&mut read)?;
    artifact(&others, &mut read);
    if read.files.bundle.is_empty() {
        read.notes.push(
            "gh fetches attestations from GitHub. Give them here as a file: gh attestation download writes it."
                .to_owned(),
        );
    }
    Ok(read)
}

fn apply(one: &Given<'_, Opt>, read: &mut Read, said: &mut Said) -> Result<(), CommandError> {
    let question = &mut read.question;
    match one.means {
        Opt::Bundle => one.put_text(&mut read.files.bundle)?,
        Opt::Owner => one.put(&mut said.owner)?,
        Opt::Repository => {
            if two_parts(one.value).is_none() {
                return Err(one.refused("owner/name"));
            }
            one.put(&mut said.repository)?;
        }
        Opt::TrustedRoot => {
            one.put_text(&mut read.files.trusted_root)?;
            question.trust = Trust::File;
        }
        Opt::Identity | Opt::IdentityPattern if said.identity.is_some() => {
            return Err(CommandError::Twice { option: one.option.to_owned() });
        }
        Opt::Identity => said.identity = Some(Name::Exact(one.value.to_owned())),
        Opt::IdentityPattern if !pattern::is_balanced(one.value) => return Err(one.refused(pattern::EXPECTED)),
        Opt::IdentityPattern => {
            let (pattern, note) = pattern::from_unanchored("gh", one.value);
            read.notes.extend(note);
            said.identity = Some(Name::Pattern(pattern));
        }
        Opt::Issuer => one.put(&mut said.issuer)?,
        Opt::SignerRepository => one.put(&mut said.signer_repository)?,
        Opt::SignerWorkflow => one.put(&mut said.signer_workflow)?,
        Opt::Extension(name) => question.extensions.push((name.to_owned(), one.value.to_owned())),
        Opt::DenySelfHosted if one.is_on() => {
            question.extensions.push(("runner-environment".to_owned(), "github-hosted".to_owned()));
        }
        Opt::PredicateType => one.put(&mut question.expect.predicate_type)?,
        Opt::NoPublicGood if one.is_on() => question.trust = Trust::GitHub,
        Opt::Hostname => one.put(&mut said.host)?,
        Opt::Left(sentence) => read.notes.push(sentence.to_owned()),
        Opt::DenySelfHosted | Opt::NoPublicGood | Opt::Nothing => {}
    }
    Ok(())
}

impl Said {
    /// gh's own policy (G-25): the issuer, the source repository or its owner, and a signer of that place.
    fn expectations(self, read: &mut Read) -> Result<(), CommandError> {
        let host = self.host.as_deref().unwrap_or("github.com");
        let tenant = host.strip_suffix(".ghe.com");
        let issuer = match (self.issuer, tenant) {
            (Some(issuer), _) => issuer,
            (None, Some(tenant)) => format!("https://token.actions.{tenant}.ghe.com"),
            (None, None) => ISSUER.to_owned(),
        };
        let place = match (self.owner, self.repository) {
            (Some(_), Some(_)) => return Err(CommandError::Twice { option: "--owner".to_owned() }),
            (None, None) => {
                return Err(CommandError::MissingOption { command: COMMAND, expected: "--owner or --repo" });
            }
            (Some(owner), None) => {
                extension(read, "source-repository-owner-uri", format!("https://{host}/{owner}"));
                owner
            }
            (None, Some(repository)) => {
                extension(read, "source-repository-uri", format!("https://{host}/{repository}"));
                repository
            }
        };
        read.notes.push(
            "gh ignores capital letters in the name of a repository or owner; here it is compared as written."
                .to_owned(),
        );
        let identity = match (self.identity, self.signer_workflow, self.signer_repository) {
            (Some(identity), None, None) => identity,
            (None, Some(workflow), None) => signer_workflow(host, &workflow)?,
            (None, None, Some(repository)) => Name::Pattern(below(host, &repository)),
            (None, None, None) => Name::Pattern(below(host, &place)),
            _ => return Err(CommandError::Twice { option: "--signer-workflow".to_owned() }),
        };
        read.question.signer = Signer::Certificate { identity, issuer: Some(Name::Exact(issuer)) };
        Ok(())
    }
}

fn extension(read: &mut Read, name: &str, value: String) {
    read.question.extensions.push((name.to_owned(), value));
}

/// Any workflow below an owner or a repository: the slash keeps `acme-evil` out (C-4), and only their name is without
/// regard to capitals (C-3).
fn below(host: &str, place: &str) -> String {
    format!("(?i:{})/.*", pattern::escaped(&format!("https://{host}/{}", place.trim_end_matches('/'))))
}

/// `[host/]owner/name/path`, at any ref.
fn signer_workflow(host: &str, text: &str) -> Result<Name, CommandError> {
    let text = text.strip_prefix("https://").unwrap_or(text);
    let bare = text.strip_prefix(host).and_then(|rest| rest.strip_prefix('/')).unwrap_or(text);
    let mut parts = bare.splitn(3, '/');
    let (Some(owner), Some(name), Some(path)) =
        (parts.next(), parts.next(), parts.next().filter(|path| !path.is_empty()))
    else {
        return Err(CommandError::BadValue {
            option: "--signer-workflow".to_owned(),
            found: text.to_owned(),
            expected: "owner/name/.github/workflows/file.yml",
        });
    };
    let repository = pattern::escaped(&format!("https://{host}/{owner}/{name}"));
    Ok(Name::Pattern(format!("(?i:{repository})/{}@.*", pattern::escaped(path))))
}

fn two_parts(text: &str) -> Option<(&str, &str)> {
    text.split_once('/').filter(|(owner, name)| !owner.is_empty() && !name.is_empty() && !name.contains('/'))
}

fn artifact(others: &[&str], read: &mut Read) {
    let [first, more @ ..] = others else { return };
    match first.strip_prefix("oci://") {
        None => (*first).clone_into(&mut read.files.artifact),
        Some(reference) => match reference.split_once('@') {
            Some((_, digest)) => digest.clone_into(&mut read.files.artifact),
            None => read.notes.push(format!(
                "{reference:?} names an image by a tag, which can change. Give the digest of its manifest, sha256:… ."
            )),
        },
    }
    if !more.is_empty() {
        read.notes.push(format!("Only {first:?} is looked at: one artifact at a time."));
    }
}

pub(super) fn write(question: &Question, files: &Files) -> Written {
    let refused = |reason: &str| Written { command: None, unlike: vec![reason.to_owned()] };
    let mut line = Line::new(COMMAND);
    line.file(match files.artifact.split_once(':') {
        _ if files.artifact.is_empty() => "FILE",
        Some((algorithm, _)) if algorithm.starts_with("sha") => "FILE",
        _ => &files.artifact,
    });
    if !files.bundle.is_empty() {
        line.file_option("--bundle", &files.bundle, "");
    }
    let mut unlike = Vec::new();
    let Some(place) = Place::of(question) else {
        return refused(
            "gh asks about a repository or an owner on GitHub, and none is expected here. Expect a source repository \
             to write this command.",
        );
    };
    match &place {
        Place::Repository(name) => line.option("--repo", name),
        Place::Owner(name) => line.option("--owner", name),
    }
    match &question.signer {
        Signer::Key => return refused("gh verifies no signature by a key of one's own."),
        Signer::Implied => unlike.push(
            "gh does not know the builders that are relied on here: it accepts any workflow of the repository."
                .to_owned(),
        ),
        Signer::Unnamed | Signer::Anybody => {
            unlike.push("gh accepts any workflow of the repository, and no signer from elsewhere.".to_owned());
        }
        Signer::Certificate { identity, issuer } => {
            write_signer(&mut line, identity, issuer.as_ref(), &place, &mut unlike)
        }
    }
    write_extensions(&mut line, question, &mut unlike);
    write_rest(&mut line, question, files, &mut unlike);
    unlike.push("gh compares no field of the provenance with the certificate.".to_owned());
    Written { command: Some(line.finish()), unlike }
}

/// What gh looks below.
enum Place {
    Repository(String),
    Owner(String),
}

impl Place {
    fn of(question: &Question) -> Option<Self> {
        let extension = |wanted: &str| {
            let mut found = question.extensions.iter().filter(|(name, _)| name == wanted);
            found.next().and_then(|(_, value)| value.strip_prefix("https://github.com/"))
        };
        if let Some(repository) = extension("source-repository-uri").filter(|name| two_parts(name).is_some()) {
            return Some(Self::Repository(repository.to_owned()));
        }
        if let Some(owner) = extension("source-repository-owner-uri").filter(|name| !name.contains('/')) {
            return Some(Self::Owner(owner.to_owned()));
        }
        let source = question.expect.source_uri.as_deref()?;
        let source = source.strip_prefix("git+").unwrap_or(source);
        let source = source.strip_prefix("https://").unwrap_or(source).strip_prefix("github.com/")?;
        two_parts(source).map(|_| Self::Repository(source.to_owned()))
    }

    fn text(&self) -> &str {
        match self {
            Self::Repository(name) | Self::Owner(name) => name,
        }
    }
}

fn write_signer(line: &mut Line, identity: &Name, issuer: Option<&Name>, place: &Place, unlike: &mut Vec<String>) {
    match identity {
        Name::Exact(text) => line.option("--cert-identity", text),
        // What gh asks by itself.
        Name::Pattern(text) if *text == below("github.com", place.text()) => {}
        Name::Pattern(text) => line.option("--cert-identity-regex", &pattern::anchored(text)),
    }
    match issuer {
        Some(Name::Exact(text)) if text == ISSUER => {}
        Some(Name::Exact(text)) => line.option("--cert-oidc-issuer", text),
        Some(Name::Pattern(_)) => unlike.push(format!("gh knows no pattern for the issuer: it expects {ISSUER}.")),
        None => unlike.push(format!("gh expects the issuer {ISSUER}; here any is accepted.")),
    }
}

fn write_extensions(line: &mut Line, question: &Question, unlike: &mut Vec<String>) {
    for (name, value) in &question.extensions {
        let known = TABLE.iter().find_map(|known| match known.means {
            Opt::Extension(extension) if extension == name => known.names.first(),
            _ => None,
        });
        match (name.as_str(), known) {
            ("source-repository-uri" | "source-repository-owner-uri", _) => {}
            ("runner-environment", _) if value == "github-hosted" => line.switch("--deny-self-hosted-runners"),
            (_, Some(option)) => line.option(option, value),
            _ => unlike.push(format!("gh has no option for the certificate extension {name}.")),
        }
    }
}

fn write_rest(line: &mut Line, question: &Question, files: &Files, unlike: &mut Vec<String>) {
    match &question.expect.predicate_type {
        Some(uri) if uri == PROVENANCE => {}
        Some(uri) => line.option("--predicate-type", uri),
        None => unlike.push(format!("gh asks for the predicate type {PROVENANCE}; here any is accepted.")),
    }
    if let Some(branch) = &question.expect.source_branch {
        line.option("--source-ref", &format!("refs/heads/{branch}"));
    } else if let Some(tag) = &question.expect.source_tag {
        line.option("--source-ref", &format!("refs/tags/{tag}"));
    }
    let written = Expect {
        predicate_type: None,
        source_uri: None,
        source_branch: None,
        source_tag: None,
        ..question.expect.clone()
    };
    if written != Expect::default() {
        unlike.push(
            "gh does not look into the predicate: builder, workflow inputs, package, publisher and levels that you \
             expect are not checked."
                .to_owned(),
        );
    }
    match question.trust {
        Trust::Automatic => {}
        Trust::GitHub => line.switch("--no-public-good"),
        Trust::File => {
            line.file_option("--custom-trusted-root", &files.trusted_root, "trusted_root.jsonl");
        }
        Trust::PublicGood | Trust::Staging | Trust::KeyAlone => {
            unlike.push("gh chooses between the public-good instance and GitHub's own by itself.".to_owned());
        }
    }
    if !question.builders.is_empty() {
        unlike.push("gh knows no builders: it does not look at your own list of them.".to_owned());
    }
    if question.thresholds != Thresholds::default()
        || question.minimum_bundle_version.is_some()
        || question.key_validity != KeyValidity::default()
        || question.key_details.is_some()
    {
        unlike.push("gh has no options for thresholds, bundle versions or keys.".to_owned());
    }
    if question.scope == Scope::SignatureOnly
        || files.any_artifact
        || files.artifact.starts_with("sha") && files.artifact.contains(':')
    {
        unlike.push("gh needs the file itself; put its name in the place of FILE.".to_owned());
    }
    if !files.evidence.is_empty() {
        unlike.push("gh takes one file of bundles: further evidence is not looked at.".to_owned());
    }
}
