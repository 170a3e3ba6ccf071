//! What may be said on the command line, and the [`Request`] that it means.

mod expected;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use touchstone_report::question::{KeyValidity, Name, Question, Scope, Signer, Thresholds, Trust};

pub use expected::Expected;

use crate::input::{self, Unreadable};

/// Verifies software provenance: Sigstore bundles, on this machine, without a network.
#[derive(Debug, Parser)]
#[command(name = "touchstone", version, about)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The ways to ask.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Verify a bundle and explain every check.
    ///
    /// Exit status: 0 verified, 1 rejected (also what is no readable bundle), 2 when the question
    /// cannot be put, or a file cannot be opened, or the trusted root is none, 3 incomplete.
    Verify(Box<Verify>),
    /// Draw the chain of custody: source, build, artifact, deployment, who vouches, and what nobody states.
    ///
    /// Exit status: 0 verified, 1 rejected (also what is no readable bundle), 2 when the question
    /// cannot be put, or a file cannot be opened, or the trusted root is none, 3 incomplete.
    Chain(Box<Chain>),
    /// Verify a bundle by the protocol of the sigstore-conformance suite: exit status 0 only when accepted.
    VerifyBundle(VerifyBundle),
    /// Answer for every artifact of an inventory (pods, manifests, a compose file, records, a list of digests) with the
    /// statements in files and folders: source, build, artifact and deployment, answered or a gap.
    ///
    /// Exit status: 0 all verified, 1 one is rejected, 2 when the question cannot be put, a
    /// file cannot be opened, or there is no row, 3 one is incomplete.
    Inventory(Box<crate::inventory::InventoryArguments>),
    /// List the builders that are relied on: who must sign for each, and the most that it can vouch for.
    Builders(Builders),
    /// Check a saved report (`verify --report`, or "Save as page") again: its questions are put anew, and every byte that it
    /// prints is compared. The artifact is not inside: compare its digest yourself.
    ///
    /// Exit status: as `verify` when it agrees with itself, 1 when it does not, 2 when it is no saved report.
    Recheck(Recheck),
    /// Histories of what was checked, which the page keeps when it is told to.
    History(crate::history::HistoryArguments),
}

/// Arguments of `touchstone builders`.
#[derive(Debug, Args)]
pub struct Builders {
    /// Builder of your own, as `touchstone verify` takes it.
    #[arg(long = "builder-entry", value_name = "SIGNER=BUILDER_ID=LEVEL")]
    pub builders: Vec<String>,
}

/// Arguments of `touchstone verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The evidence: a Sigstore bundle, attestations of npm or PyPI, a description by Google Cloud Build, or a DSSE
    /// envelope. A file of several bundles, one a line, is verified line by line: one that is verified is enough for exit
    /// status 0. Left out, the file beside the artifact that has its name and .sigstore.json, else .sigstore.
    #[arg(long, value_name = "FILE", required_unless_present = "artifact")]
    pub bundle: Option<PathBuf>,
    /// The artifact: a file, or its digest as sha256:HEX, sha384:HEX or sha512:HEX.
    #[arg(value_name = "FILE_OR_DIGEST", conflicts_with = "any_artifact")]
    pub artifact: Option<String>,
    /// Ask about the statement alone, on purpose: the verdict says that no artifact was looked at.
    #[arg(long)]
    pub any_artifact: bool,
    /// Further evidence about the same artifact: a bundle, a statement, a bill of materials, a record. Each is judged by
    /// itself and adds to the chain of custody. The index or manifest of an image also covers what it lists, where it was signed.
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<PathBuf>,

    /// What is asked.
    #[command(flatten)]
    pub asked: Asked,

    /// How to tell the result. Of several bundles, JSON is one report a line.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The page to write beside.
    #[command(flatten)]
    pub report: crate::report::ReportArguments,
}

/// Arguments of `touchstone recheck`.
#[derive(Debug, Args)]
pub struct Recheck {
    /// The saved report.
    #[arg(value_name = "FILE")]
    pub report: PathBuf,
    /// The offline edition of the same release, to compare the program inside with; else one that lies beside the command.
    #[arg(long, value_name = "FILE")]
    pub offline_edition: Option<PathBuf>,
}

/// Arguments of `touchstone chain`.
#[derive(Debug, Args)]
pub struct Chain {
    /// The artifact, bundles, statements, bills of materials, records, in any order: each is recognised by its content.
    /// A trusted root or a key among them is not used: name it by its option.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The artifact, where the files do not say which it is: a file, or its digest as sha256:HEX.
    #[arg(long, value_name = "FILE_OR_DIGEST", conflicts_with = "any_artifact")]
    pub artifact: Option<String>,
    /// Ask about the statements alone, on purpose: the verdict says that no artifact was looked at.
    #[arg(long)]
    pub any_artifact: bool,

    /// What is asked.
    #[command(flatten)]
    pub asked: Asked,

    /// How to tell the result.
    #[arg(long, value_enum, default_value_t = ChainFormat::Text)]
    pub format: ChainFormat,
}

/// What is asked, whatever it is asked about.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("signer").args(["identity", "identity_regexp", "any_identity"]))]
#[command(group = ArgGroup::new("name").args(["identity", "identity_regexp"]))]
#[command(group = ArgGroup::new("oidc").args(["issuer", "issuer_regexp"]))]
pub struct Asked {
    /// Policy to ask by, as the page exports it. It holds everything that is asked; beside it only files can be named: the
    /// artifact, evidence, keys, a trusted root.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Trusted root to judge by, as JSON.
    #[arg(long, value_name = "FILE", conflicts_with = "instance")]
    pub trusted_root: Option<PathBuf>,
    /// Built-in trusted root to judge by; chosen from the material when left out. What only staging vouches for then stays
    /// open: it is for tests.
    #[arg(long, value_enum)]
    pub instance: Option<Instance>,

    /// Public key that must have signed, PEM or DER; given again, any of them. A folder is every key in it, each under
    /// the id that its file's name says (us-west2.key). Beside --any-identity it is for what a key signed, and names nobody.
    #[arg(long = "key", value_name = "FILE_OR_FOLDER", conflicts_with = "name")]
    pub keys: Vec<PathBuf>,
    /// A registry's list of its keys (npm's keys.json), newer than the one that is built in: for what the registry itself
    /// signs. It names nobody whom you expect.
    #[arg(long, value_name = "FILE")]
    pub registry_keys: Option<PathBuf>,
    /// No instance judges, the key is all there is: for envelopes that were signed outside of Sigstore.
    #[arg(long, requires = "keys", conflicts_with_all = ["instance", "trusted_root"])]
    pub key_alone: bool,
    /// First moment at which the key may have signed, RFC 3339.
    #[arg(long, value_name = "TIME", requires = "keys")]
    pub key_valid_from: Option<String>,
    /// Last moment at which the key may have signed, RFC 3339.
    #[arg(long, value_name = "TIME", requires = "keys")]
    pub key_valid_until: Option<String>,
    /// Subject alternative name that the certificate must hold, exactly.
    #[arg(long, value_name = "NAME")]
    pub identity: Option<String>,
    /// Regular expression for the whole subject alternative name.
    #[arg(long, value_name = "PATTERN")]
    pub identity_regexp: Option<String>,
    /// OIDC issuer that the certificate must name, exactly; goes with an identity. Left out, anybody may have vouched for the
    /// name, and the verdict says "1 check waived".
    #[arg(long, value_name = "URL", requires = "name")]
    pub issuer: Option<String>,
    /// Regular expression for the whole OIDC issuer; goes with an identity.
    #[arg(long, value_name = "PATTERN", requires = "name")]
    pub issuer_regexp: Option<String>,
    /// Expect nobody in particular, on purpose: the verdict says that the signer was not checked. What a key signed needs
    /// that key all the same: give it with --key.
    #[arg(long)]
    pub any_identity: bool,
    /// How the key signs, where it is not the usual way of its kind: PKIX_RSA_PSS_2048_SHA256, for example.
    #[arg(long, value_name = "NAME", requires = "keys")]
    pub key_details: Option<String>,
    /// Ask about the signature over an envelope alone, on purpose: the verdict says that the statement was not read.
    #[arg(long)]
    pub signature_only: bool,
    /// Certificate extension that must have this value: a name (source-repository-uri) or a dotted OID.
    #[arg(long = "extension", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub extensions: Vec<(String, String)>,

    /// Transparency logs that must have proven the entry.
    #[arg(long, value_name = "N")]
    pub transparency_logs: Option<u32>,
    /// Certificate transparency logs that must have seen the certificate.
    #[arg(long, value_name = "N")]
    pub signed_certificate_timestamps: Option<u32>,
    /// RFC 3161 authorities that must have timestamped the signature.
    #[arg(long, value_name = "N")]
    pub timestamp_authorities: Option<u32>,
    /// Sources of time of either kind: authorities, and logs with a verified promise.
    #[arg(long, value_name = "N")]
    pub observer_timestamps: Option<u32>,
    /// Oldest bundle version accepted: 0.1, 0.2 or 0.3.
    #[arg(long, value_name = "VERSION")]
    pub minimum_bundle_version: Option<String>,

    /// Builder of your own for the builder list: who signs for it (a workflow without @ref: at any release), which
    /// builder.id it gives (empty: the signer's name), and the Build level 1 to 3 that you say it can vouch for; =ISSUER
    /// behind it where the signer is no workflow on GitHub or GitLab. The report says that the level is your word.
    #[arg(long = "builder-entry", value_name = "SIGNER=BUILDER_ID=LEVEL")]
    pub builders: Vec<String>,

    /// What the statement must say.
    #[command(flatten)]
    pub expected: Expected,
}

/// Arguments of `touchstone verify-bundle`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("expected").args(["certificate_identity", "key"]).required(true))]
pub struct VerifyBundle {
    /// Judge by Sigstore's staging instance.
    #[arg(long)]
    pub staging: bool,
    /// The bundle.
    #[arg(long, value_name = "FILE")]
    pub bundle: PathBuf,
    /// Subject alternative name that the certificate must hold, exactly.
    #[arg(long, value_name = "NAME", requires = "certificate_oidc_issuer")]
    pub certificate_identity: Option<String>,
    /// OIDC issuer that the certificate must name, exactly.
    #[arg(long, value_name = "URL", requires = "certificate_identity")]
    pub certificate_oidc_issuer: Option<String>,
    /// Public key that must have signed.
    #[arg(long, value_name = "FILE", conflicts_with = "certificate_oidc_issuer")]
    pub key: Option<PathBuf>,
    /// Trusted root to judge by.
    #[arg(long, value_name = "FILE")]
    pub trusted_root: Option<PathBuf>,
    /// The artifact, or its digest as sha256:HEX.
    #[arg(value_name = "FILE_OR_DIGEST")]
    pub artifact: String,
}

/// The trusted roots that are built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Instance {
    /// Sigstore's public-good instance.
    PublicGood,
    /// Sigstore's staging instance.
    Staging,
    /// GitHub's own instance.
    Github,
}

/// How a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Words.
    Text,
    /// The report document, `schema/touchstone-report-1.json`.
    Json,
    /// Markdown: of several bundles one text, with an index.
    Markdown,
}

/// How a chain is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChainFormat {
    /// Words.
    Text,
    /// The report document, `schema/touchstone-report-1.json`.
    Json,
    /// A picture.
    Svg,
}

/// A question together with the places of the bytes that go with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What is asked.
    pub question: Question,
    /// The policy that holds what is asked instead.
    pub policy: Option<PathBuf>,
    /// The bundle, or several, one a line; without a name, the one beside the artifact.
    pub bundle: PathBuf,
    /// The artifact.
    pub artifact: Artifact,
    /// The keys, files or folders, with [`Signer::Key`] or [`Signer::Anybody`].
    pub keys: Vec<PathBuf>,
    /// A registry's list of its keys.
    pub registry_keys: Option<PathBuf>,
    /// The trusted root, with [`Trust::File`].
    pub trusted_root: Option<PathBuf>,
    /// Further evidence.
    pub further: Vec<PathBuf>,
}

/// The artifact as named on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Artifact {
    /// Not named.
    #[default]
    None,
    /// A file.
    File(PathBuf),
    /// `sha256:…`.
    Digest(String),
    /// None, on purpose.
    Waived,
}

impl Artifact {
    /// Reads `text` as a digest when it begins like one and no file has that name, else as a path (A-3). Whether it is one
    /// is found out where the question is put: a digest that is cut off is told as that, not as a missing file.
    #[must_use]
    pub fn from_argument(text: &str) -> Self {
        let path = Path::new(text);
        match stated_digest(text) {
            Some(digest) if !path.exists() => Self::Digest(digest),
            _ => Self::File(path.to_owned()),
        }
    }

    /// What was named, or waived, or neither.
    #[must_use]
    pub fn named_or_waived(named: Option<&str>, any: bool) -> Self {
        match named {
            Some(text) => Self::from_argument(text),
            None if any => Self::Waived,
            None => Self::None,
        }
    }
}

impl Verify {
    /// The request that these arguments mean.
    #[must_use]
    pub fn request(&self) -> Request {
        Request {
            question: self.asked.question(),
            policy: self.asked.policy.clone(),
            bundle: self.bundle.clone().unwrap_or_default(),
            artifact: Artifact::named_or_waived(self.artifact.as_deref(), self.any_artifact),
            keys: self.asked.keys.clone(),
            registry_keys: self.asked.registry_keys.clone(),
            trusted_root: self.asked.trusted_root.clone(),
            further: self.evidence.clone(),
        }
    }
}

impl Asked {
    /// The question that these arguments mean, or that the policy holds which they name.
    ///
    /// # Errors
    /// When the policy cannot be read, or something is asked beside it.
    pub fn question_or_policy(&self) -> Result<Question, Unreadable> {
        let question = self.question();
        self.policy.as_deref().map_or(Ok(question.clone()), |path| input::policy(path, &question))
    }

    /// The question that these arguments mean.
    #[must_use]
    pub fn question(&self) -> Question {
        Question {
            signer: self.signer(),
            extensions: self.extensions.clone(),
            thresholds: Thresholds {
                transparency_logs: self.transparency_logs,
                signed_certificate_timestamps: self.signed_certificate_timestamps,
                timestamp_authorities: self.timestamp_authorities,
                observer_timestamps: self.observer_timestamps,
            },
            trust: self.trust(),
            minimum_bundle_version: self.minimum_bundle_version.clone(),
            key_validity: KeyValidity { from: self.key_valid_from.clone(), until: self.key_valid_until.clone() },
            key_details: self.key_details.clone(),
            scope: if self.signature_only { Scope::SignatureOnly } else { Scope::Whole },
            expect: self.expected.expect(),
            builders: self.builders.clone(),
        }
    }

    fn signer(&self) -> Signer {
        let exact_or_pattern = |exact: &Option<String>, pattern: &Option<String>| {
            exact.clone().map(Name::Exact).or_else(|| pattern.clone().map(Name::Pattern))
        };
        // Keys beside it name nobody (B-6).
        if self.any_identity {
            return Signer::Anybody;
        }
        // A registry's list is for what the registry says; it names nobody whom the person expects.
        if !self.keys.iter().all(|path| holds_list(path)) {
            return Signer::Key;
        }
        match exact_or_pattern(&self.identity, &self.identity_regexp) {
            Some(identity) => {
                Signer::Certificate { identity, issuer: exact_or_pattern(&self.issuer, &self.issuer_regexp) }
            }
            // Whoever says what the statement must say has said who may say it (E-20 to E-22, G-7).
            None if self.expected.is_given() => Signer::Implied,
            None => Signer::Unnamed,
        }
    }

    fn trust(&self) -> Trust {
        if self.key_alone {
            return Trust::KeyAlone;
        }
        match (&self.trusted_root, self.instance) {
            (Some(_), _) => Trust::File,
            (None, Some(Instance::PublicGood)) => Trust::PublicGood,
            (None, Some(Instance::Staging)) => Trust::Staging,
            (None, Some(Instance::Github)) => Trust::GitHub,
            (None, None) => Trust::Automatic,
        }
    }
}

/// Whether a file holds a registry's list and no key. Its content says so, however it is called; what cannot be read is told as a
/// key that cannot. A pipe can be read once: what comes over one is a key.
fn holds_list(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(START_BYTES).read_to_end(&mut start));
    read.is_ok() && start.trim_ascii_start().first() == Some(&b'{')
}

/// How much of a file is looked at to tell a list from a key.
const START_BYTES: u64 = 512;

impl VerifyBundle {
    /// The request that these arguments mean. Without `--staging` or `--trusted-root` the public-good instance judges,
    /// as the protocol has it: nothing is chosen from the material.
    #[must_use]
    pub fn request(&self) -> Request {
        let signer = match (&self.certificate_identity, &self.certificate_oidc_issuer) {
            (Some(identity), Some(issuer)) => Signer::Certificate {
                identity: Name::Exact(identity.clone()),
                issuer: Some(Name::Exact(issuer.clone())),
            },
            _ => Signer::Key,
        };
        let trust = match (&self.trusted_root, self.staging) {
            (Some(_), _) => Trust::File,
            (None, true) => Trust::Staging,
            (None, false) => Trust::PublicGood,
        };
        Request {
            question: Question { signer, trust, ..Question::default() },
            policy: None,
            bundle: self.bundle.clone(),
            artifact: Artifact::from_argument(&self.artifact),
            keys: self.key.clone().into_iter().collect(),
            registry_keys: None,
            trusted_root: self.trusted_root.clone(),
            further: Vec::new(),
        }
    }
}

/// `algorithm:…` with the algorithm in small letters.
fn stated_digest(text: &str) -> Option<String> {
    let (algorithm, hex) = text.split_once(':')?;
    let algorithm = algorithm.to_ascii_lowercase();
    matches!(algorithm.as_str(), "sha256" | "sha384" | "sha512").then(|| format!("{algorithm}:{hex}"))
}

pub(crate) fn name_and_value(text: &str) -> Result<(String, String), &'static str> {
    text.split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .ok_or("expected NAME=VALUE, for example source-repository-uri=https://github.com/owner/repository")
}

#[cfg(test)]
mod tests {
    use touchstone_report::question::{Expect, Publisher};

    use super::*;

    fn request(arguments: &[&str]) -> Result<Request, clap::Error> {
        let line = std::iter::once("touchstone").chain(arguments.iter().copied());
        Arguments::try_parse_from(line).map(|parsed| match parsed.command {
            Command::Verify(verify) => verify.request(),
            Command::VerifyBundle(verify) => verify.request(),
            Command::Chain(chain) => Request { question: chain.asked.question(), ..Request::default() },
            Command::Inventory(_) | Command::Builders(_) | Command::Recheck(_) | Command::History(_) => {
                Request::default()
            }
        })
    }

    #[test]
    fn the_definition_holds_together() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn what_begins_like_a_digest_is_no_path() {
        let hex = "a".repeat(64);
        assert_eq!(Artifact::from_argument(&format!("sha256:{hex}")), Artifact::Digest(format!("sha256:{hex}")));
        assert_eq!(Artifact::from_argument(&format!("SHA256:{hex}")), Artifact::Digest(format!("sha256:{hex}")));
        assert_eq!(Artifact::from_argument("sha256:abc"), Artifact::Digest("sha256:abc".to_owned()));
        assert_eq!(Artifact::from_argument(&format!("md5:{hex}")), Artifact::File(format!("md5:{hex}").into()));
    }

    #[test]
    fn nobody_named_is_not_anybody() {
        let unnamed = request(&["verify", "--bundle", "b", "a"]).map(|request| request.question.signer);
        let anybody =
            request(&["verify", "--bundle", "b", "--any-identity", "a"]).map(|request| request.question.signer);
        assert_eq!(unnamed.ok(), Some(Signer::Unnamed));
        assert_eq!(anybody.ok(), Some(Signer::Anybody));
        // A key beside it names nobody: it is at hand for what a key signed (B-6).
        let with_key = request(&["verify", "--bundle", "b", "--key", "k", "--any-identity", "a"]).ok();
        let with_key = with_key.map(|request| (request.question.signer, request.keys));
        assert_eq!(with_key, Some((Signer::Anybody, vec![PathBuf::from("k")])));
    }

    /// E-20 to E-22, G-7: an expectation says who may have said it; a name or a key says so itself.
    #[test]
    fn expectations_alone_imply_the_signer() {
        let asked = |more: &[&str]| {
            request(&[&["verify", "--bundle", "b"], more, &["a"]].concat()).map(|request| request.question).ok()
        };
        let line = "--source-uri github.com/acme/app --build-workflow-input a=b=c --verified-level X --verified-level Y \
                    --publisher github:acme/app:release.yml --subject-digest gitCommit:12";
        let Some(question) = asked(&line.split_whitespace().collect::<Vec<_>>()) else { unreachable!() };
        assert_eq!(question.signer, Signer::Implied);
        let publisher = Publisher {
            kind: "GitHub".to_owned(),
            repository: Some("acme/app".to_owned()),
            workflow: Some("release.yml".to_owned()),
            ..Publisher::default()
        };
        let expected = Expect {
            source_uri: Some("github.com/acme/app".to_owned()),
            workflow_inputs: vec![("a".to_owned(), "b=c".to_owned())],
            verified_levels: vec!["X".to_owned(), "Y".to_owned()],
            publisher: Some(publisher),
            subject_digests: Some(vec![("gitCommit".to_owned(), "12".to_owned())]),
            ..Expect::default()
        };
        assert_eq!(question.expect, expected);
        let signer = |more: &[&str]| asked(more).map(|question| question.signer);
        assert_eq!(signer(&["--source-uri", "s", "--key", "k"]), Some(Signer::Key));
        assert_eq!(signer(&["--source-uri", "s", "--any-identity"]), Some(Signer::Anybody));
        assert_eq!(signer(&[]), Some(Signer::Unnamed));
        let alone = asked(&["--key", "k", "--key-alone"]).map(|question| question.trust);
        assert_eq!(alone, Some(Trust::KeyAlone));
    }

    /// What the page prints means the same to the command: every option that is written is one that is understood.
    #[test]
    fn a_command_that_is_written_is_understood_as_it_was_meant() {
        use touchstone_report::command::{Files, Tool, write};
        let some = |text: &str| Some(text.to_owned());
        let question = Question {
            signer: Signer::Implied,
            extensions: vec![("build-trigger".to_owned(), "push".to_owned())],
            thresholds: Thresholds {
                transparency_logs: Some(1),
                signed_certificate_timestamps: Some(2),
                timestamp_authorities: Some(3),
                observer_timestamps: Some(4),
            },
            trust: Trust::GitHub,
            minimum_bundle_version: some("0.2"),
            scope: Scope::SignatureOnly,
            expect: Expect {
                source_uri: some("s"),
                source_branch: some("b"),
                source_tag: some("-t"),
                source_versioned_tag: None,
                builder_id: some("i"),
                workflow_inputs: vec![("n".to_owned(), "v".to_owned())],
                package_name: some("p"),
                package_version: some("1"),
                distribution_name: some("d"),
                publisher: Publisher::parse("google:a@b"),
                resource_uri: some("r"),
                verified_levels: vec!["L".to_owned()],
                verifier_id: some("v"),
                subject_digests: Some(vec![("x".to_owned(), "y".to_owned())]),
                predicate_type: some("t"),
            },
            builders: vec!["s=i=3=j".to_owned()],
            ..Question::default()
        };
        let files = Files {
            bundle: "b".to_owned(),
            artifact: "a".to_owned(),
            evidence: vec!["e".to_owned(), "f".to_owned()],
            ..Files::default()
        };
        let line = write(Tool::Touchstone, &question, &files).command.unwrap_or_default().replace("\\\n", " ");
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let Ok(understood) = request(&words) else { unreachable!("{line}") };
        assert_eq!(understood.question, question);
        assert_eq!(understood.further, [PathBuf::from("e"), PathBuf::from("f")]);
        assert_eq!(understood.artifact, Artifact::File("a".into()));
    }

    #[test]
    fn contradictions_are_usage_errors() {
        for line in [
            &["verify"][..],
            &["verify", "--bundle", "b", "--identity", "x", "--any-identity", "a"],
            &["verify", "--bundle", "b", "--identity", "x", "--identity-regexp", "y", "a"],
            &["verify", "--bundle", "b", "--key", "k", "--issuer", "i", "a"],
            &["verify", "--bundle", "b", "--key", "k", "--identity", "x", "a"],
            &["verify", "--bundle", "b", "--key", "k", "--identity-regexp", "x", "a"],
            &["verify", "--bundle", "b", "--trusted-root", "r", "--instance", "staging", "a"],
            &["verify", "--bundle", "b", "--any-artifact", "a"],
            &["verify", "--bundle", "b", "--extension", "novalue", "a"],
            &["verify", "--bundle", "b", "--issuer", "i", "a"],
            &["verify", "--bundle", "b", "--source-uri", "s", "--issuer", "i", "a"],
            &["verify", "--bundle", "b", "--source-tag", "v1", "--source-versioned-tag", "v1", "a"],
            &["verify", "--bundle", "b", "--build-workflow-input", "a", "a"],
            &["verify", "--bundle", "b", "--subject-digest", "sha256", "a"],
            &["verify", "--bundle", "b", "--publisher", "acme", "a"],
            &["verify", "--bundle", "b", "--key-alone", "a"],
            &["verify", "--bundle", "b", "--key", "k", "--key-alone", "--instance", "staging", "a"],
            &["chain"],
            &["chain", "--any-artifact", "--artifact", "a", "b"],
            &["chain", "--format", "png", "b"],
            &["verify-bundle", "--bundle", "b", "a"],
            &["verify-bundle", "--bundle", "b", "--certificate-identity", "x", "a"],
            &["verify-bundle", "--bundle", "b", "--certificate-oidc-issuer", "x", "--key", "k", "a"],
        ] {
            assert!(request(line).is_err(), "{line:?} was accepted");
        }
    }
}
