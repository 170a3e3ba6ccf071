//! Puts requests to the core, tells the answers, and turns verdicts into exit codes.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use touchstone_acquire::limits::MAX_BUNDLES;
use touchstone_acquire::{Kind, Recognised, Role, bundle_at, recognise};
use touchstone_crypto::DigestAlgorithm;
use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::{ArtifactInput, Material, Named, Question};
use touchstone_report::text::visible;
use touchstone_report::{QuestionError, answer, digests_needed, signs_a_file};

use crate::arguments::{Arguments, Artifact, Command, Format, Request};
use crate::input::{self, BUNDLE_BYTES, BUNDLES_BYTES, SMALL_FILE_BYTES, Unreadable, WHOLE_BYTES};

/// Exit status: every bundle asked about, or one of several, is verified.
pub const VERIFIED: u8 = 0;
/// Exit status: rejected.
pub const REJECTED: u8 = 1;
/// Exit status: the question or its inputs could not be used.
pub const UNUSABLE: u8 = 2;
/// Exit status: nothing failed, something is open.
pub const INCOMPLETE: u8 = 3;

/// The key's details that say that it signs bytes, not digests (B-92).
const PURE_ED25519: &str = "PKIX_ED25519";

/// The answer about one bundle.
#[derive(Debug)]
pub struct Answer {
    /// The bundle: the file's name, and the number in a file of several.
    pub name: String,
    /// The report, or why the question could not be put.
    pub result: Result<Document, QuestionError>,
    /// What the file is instead, when it was recognised as something else than a bundle.
    pub mistaken: Option<String>,
}

/// Runs a parsed command line to its exit code.
#[must_use]
pub fn command(arguments: &Arguments) -> ExitCode {
    let (request, format, report) = match &arguments.command {
        Command::Verify(verify) => (verify.request(), verify.format, verify.report.begin()),
        Command::VerifyBundle(verify) => (verify.request(), Format::Text, Ok(None)),
        Command::Chain(chain) => return crate::chain::command(chain),
        Command::Inventory(asked) => return crate::inventory::command(asked),
        Command::Builders(asked) => return builders(&asked.builders),
        Command::History(history) => return crate::history::command(history),
        Command::Recheck(recheck) => {
            return crate::report::recheck(&recheck.report, recheck.offline_edition.as_deref());
        }
    };
    let mut report = match report {
        Ok(report) => report,
        Err(words) => return stopped(&words),
    };
    let seen = |question: &Question, material: &Material<'_>, document: &Document| {
        if let Some(page) = &mut report {
            page.record(question, material, document);
        }
    };
    let answers = match answers_seen(&request, seen) {
        Ok(answers) => answers,
        Err(unreadable) => return stopped(&unreadable.to_string()),
    };
    let mut said = Vec::new();
    for answer in &answers {
        let name = visible(&answer.name);
        // What is wrong with another part of the question is no matter of this bundle, and is the same for all.
        let unusable = answer.result.as_ref().err().map(|error| match error.part {
            "bundle" => format!("{name}: {} (bundle)", error.message),
            part => format!("{} ({part})", error.message),
        });
        let mistaken = answer.mistaken.as_ref().map(|words| format!("{name}: {words}"));
        for words in unusable.into_iter().chain(mistaken) {
            if !said.contains(&words) {
                // A closed terminal changes no verdict.
                let _ = writeln!(io::stderr(), "touchstone: {words}");
                said.push(words);
            }
        }
    }
    // First: a terminal that is closed early takes no page from anybody.
    if let Err(words) = crate::report::finish(report, answers.len()) {
        return stopped(&words);
    }
    if let Err(error) = tell(&answers, format) {
        return stopped(&format!("cannot write the result: {error}"));
    }
    ExitCode::from(match &arguments.command {
        Command::VerifyBundle(_) => status_of_all(&answers),
        _ => status(&answers),
    })
}

/// The exit status where every bundle must be accepted, as the conformance suite's protocol has it: one file is one bundle there.
#[must_use]
pub fn status_of_all(answers: &[Answer]) -> u8 {
    let mut each = answers.iter().map(|answer| status(core::slice::from_ref(answer)));
    each.find(|one| *one != VERIFIED).unwrap_or(if answers.is_empty() { UNUSABLE } else { VERIFIED })
}

/// Lists the builders that are relied on, the person's own first.
fn builders(own: &[String]) -> ExitCode {
    let list = match touchstone_report::builder_list(own) {
        Ok(list) => list,
        Err(error) => return stopped(&error.message),
    };
    let mut out = io::stdout();
    for line in list {
        if let Err(error) = writeln!(out, "{}\n    {}", line.name, line.value) {
            return stopped(&format!("cannot write the list: {error}"));
        }
    }
    ExitCode::from(VERIFIED)
}

/// Answers `request` about each bundle in its file.
///
/// # Errors
/// When a file cannot be read.
pub fn answers(request: &Request) -> Result<Vec<Answer>, Unreadable> {
    answers_seen(request, |_, _, _| {})
}

/// The same; `seen` is shown each question that could be put, with its material and its answer.
///
/// # Errors
/// When a file cannot be read.
pub fn answers_seen(
    request: &Request,
    mut seen: impl FnMut(&Question, &Material<'_>, &Document),
) -> Result<Vec<Answer>, Unreadable> {
    let question = match &request.policy {
        Some(path) => input::policy(path, &request.question)?,
        None => request.question.clone(),
    };
    let path = bundle_path(request)?;
    let file = input::read_capped(&path, "Sigstore bundle", BUNDLES_BYTES)?;
    let keys = keys(&request.keys, request.registry_keys.as_deref())?;
    let trusted_root = optional(request.trusted_root.as_deref(), "trusted root")?;
    let further = further(&request.further)?;
    let file_name = input::name_of(&path);
    let recognised = recognise(&file_name, &file);
    let is_list = matches!(recognised.kind, Kind::BundleLines | Kind::GitHubAttestations);
    if is_list && touchstone_acquire::pieces(&file_name, &file).len() > MAX_BUNDLES {
        return Err(Unreadable::TooMany { path, limit: MAX_BUNDLES });
    }
    let bundles = bundles_of(&recognised, &file);
    if bundles.len() == 1 && u64::try_from(file.len()).unwrap_or(u64::MAX) > BUNDLE_BYTES {
        return Err(Unreadable::TooLarge { path, what: "Sigstore bundle", limit: BUNDLE_BYTES });
    }
    // What another statement denies of the file must be known too (B-98).
    let evidence: Vec<&[u8]> =
        bundles.iter().copied().chain(further.iter().map(|(_, bytes)| bytes.as_slice())).collect();
    // B-92: what signs the bytes is shown no digest. A statement about the file is.
    let signs_bytes = || bundles.iter().any(|bytes| signs_a_file(bytes));
    let whole = match &request.artifact {
        Artifact::File(path) if question.key_details.as_deref() == Some(PURE_ED25519) && signs_bytes() => {
            Some((input::name_of(path), input::read_capped(path, "file whose own bytes are signed", WHOLE_BYTES)?))
        }
        _ => None,
    };
    let artifact = match &whole {
        Some((name, bytes)) => ArtifactInput::Bytes(Named { name, bytes }),
        None => artifact(&request.artifact, &evidence)?,
    };
    let several = bundles.len() > 1;
    let one = |(index, bytes): (usize, &&[u8])| {
        let name = if several { format!("{file_name}, bundle {}", index + 1) } else { file_name.clone() };
        let material = Material {
            bundle: Some(Named { name: &name, bytes }),
            artifact: artifact.clone(),
            key: keys.first().map(as_named),
            further_keys: keys.iter().skip(1).map(as_named).collect(),
            trusted_root: trusted_root.as_ref().map(as_named),
            further: further.iter().map(as_named).collect(),
        };
        let result = answer(&question, &material);
        if let Ok(document) = &result {
            seen(&question, &material, document);
        }
        Answer { name, result, mistaken: mistaken(&recognised) }
    };
    Ok(bundles.iter().enumerate().map(one).collect())
}

/// Where the bundle is: where it was said to be, else beside the artifact (A-1, its order).
fn bundle_path(request: &Request) -> Result<PathBuf, Unreadable> {
    if !request.bundle.as_os_str().is_empty() {
        return Ok(request.bundle.clone());
    }
    let Artifact::File(artifact) = &request.artifact else { return Err(Unreadable::NoBundle { artifact: None }) };
    let beside = |ending: &str| {
        let mut name = artifact.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    [beside(".sigstore.json"), beside(".sigstore")]
        .into_iter()
        .find(|path| path.exists())
        .ok_or_else(|| Unreadable::NoBundle { artifact: Some(artifact.clone()) })
}

/// The bundles in a file, found as the page finds them: by content, several in a file of lines or in an answer of a
/// package registry or of GitHub. A file that holds none is handed on whole: the core says what is wrong with it.
fn bundles_of<'a>(recognised: &Recognised, file: &'a [u8]) -> Vec<&'a [u8]> {
    let found: Vec<&[u8]> =
        (0..recognised.bundles.len()).filter_map(|index| bundle_at(recognised.kind, file, index)).collect();
    if found.is_empty() { vec![file] } else { found }
}

/// What was given in place of a bundle, in words.
fn mistaken(recognised: &Recognised) -> Option<String> {
    // The page's advice for an artifact is about the page.
    let advice = if recognised.role == Role::Artifact { "" } else { &recognised.advice };
    let words = format!("This is no Sigstore bundle. It looks like this: {}. {advice}", recognised.name);
    (recognised.role != Role::Bundle).then(|| words.trim_end().to_owned())
}

/// The exit status for the answers about one file: verified if one of them is; else incomplete before rejected, because
/// more material may still prove the incomplete one; unusable when no question could be put.
#[must_use]
pub fn status(answers: &[Answer]) -> u8 {
    status_of_documents(answers.iter().filter_map(|answer| answer.result.as_ref().ok()))
}

/// The same, for those that were answered.
pub(crate) fn status_of_documents<'d>(documents: impl Iterator<Item = &'d Document> + Clone) -> u8 {
    // A root that cannot be used is unusable input, and says nothing about the file.
    if documents.clone().any(|document| document.verdict.failed.iter().eq(["trusted-root"])) {
        return UNUSABLE;
    }
    status_of(documents.map(|document| document.verdict.outcome))
}

/// The same, for the verdicts alone.
fn status_of(outcomes: impl Iterator<Item = Outcome> + Clone) -> u8 {
    let any = |wanted: Outcome| outcomes.clone().any(|outcome| outcome == wanted);
    if any(Outcome::Verified) {
        VERIFIED
    } else if any(Outcome::Incomplete) {
        INCOMPLETE
    } else if any(Outcome::Rejected) {
        REJECTED
    } else {
        UNUSABLE
    }
}

pub(crate) fn artifact(artifact: &Artifact, bundles: &[&[u8]]) -> Result<ArtifactInput<'static>, Unreadable> {
    Ok(match artifact {
        Artifact::None => ArtifactInput::None,
        Artifact::Waived => ArtifactInput::Waived,
        Artifact::Digest(text) => ArtifactInput::Stated(text.clone()),
        Artifact::File(path) => {
            let mut algorithms = Vec::new();
            for name in bundles.iter().flat_map(|bytes| digests_needed(bytes)) {
                if let Some(algorithm) = DigestAlgorithm::from_name(name)
                    && !algorithms.contains(&algorithm)
                {
                    algorithms.push(algorithm);
                }
            }
            input::hash_file(path, &algorithms)?
        }
    })
}

/// Further evidence: its files whole, each under a name; of a file of several bundles every one.
fn further(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let mut pieces = Vec::new();
    for path in paths {
        let bytes = input::read_capped(path, "evidence", BUNDLES_BYTES)?;
        let name = input::name_of(path);
        pieces.extend(pieces_of(&name, bytes));
    }
    Ok(pieces)
}

/// The bundles of a file one by one, or the file.
#[must_use]
pub fn pieces_of(name: &str, bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let recognised = recognise(name, &bytes);
    let bundles = bundles_of(&recognised, &bytes);
    // As every other way reads it: what stands around it (a byte order mark, a list of one) is no part of it.
    if let [bundle] = bundles[..] {
        return vec![(name.to_owned(), bundle.to_vec())];
    }
    let numbered = bundles.iter().enumerate();
    numbered.map(|(index, bundle)| (format!("{name}, bundle {}", index + 1), bundle.to_vec())).collect()
}

/// Every key named, with the name of its file, and a registry's list. What is no list could name the signer, which a list does not.
pub(crate) fn keys(paths: &[PathBuf], list: Option<&Path>) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
    let own = key_files(paths)?;
    let mut keys = own.iter().map(|path| small_file(path, "public key")).collect::<Result<Vec<_>, _>>()?;
    if let Some(path) = list {
        let (name, bytes) = small_file(path, "list of a registry's keys")?;
        if recognise(&name, &bytes).kind != Kind::NpmKeys {
            return Err(Unreadable::NoKeyList { path: path.to_owned() });
        }
        keys.push((name, bytes));
    }
    Ok(keys)
}

/// The files of the keys named: of a folder, every file in it that is named as keys are.
///
/// # Errors
/// When a folder cannot be read, or holds no key or too many.
pub fn key_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Unreadable> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(input::keys_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

pub(crate) fn optional(path: Option<&Path>, what: &'static str) -> Result<Option<(String, Vec<u8>)>, Unreadable> {
    path.map(|path| small_file(path, what)).transpose()
}

fn small_file(path: &Path, what: &'static str) -> Result<(String, Vec<u8>), Unreadable> {
    Ok((input::name_of(path), input::read_capped(path, what, SMALL_FILE_BYTES)?))
}

pub(crate) fn as_named(given: &(String, Vec<u8>)) -> Named<'_> {
    Named { name: &given.0, bytes: &given.1 }
}

fn tell(answers: &[Answer], format: Format) -> io::Result<()> {
    let mut output = io::stdout().lock();
    let several = answers.len() > 1;
    if format == Format::Markdown {
        let documents: Vec<Document> =
            answers.iter().filter_map(|answer| answer.result.as_ref().ok().cloned()).collect();
        write!(output, "{}", touchstone_report::sheet::markdown::render(&documents))?;
        return output.flush();
    }
    for (document, name) in answers.iter().filter_map(|answer| Some((answer.result.as_ref().ok()?, &answer.name))) {
        match format {
            Format::Markdown => {}
            Format::Json if several => {
                serde_json::to_writer(&mut output, document)?;
                writeln!(output)?;
            }
            Format::Json => {
                serde_json::to_writer_pretty(&mut output, document)?;
                writeln!(output)?;
            }
            Format::Text => {
                if several {
                    writeln!(output, "== {} ==", visible(name))?;
                }
                write!(output, "{}", touchstone_report::text::render(document))?;
            }
        }
    }
    output.flush()
}

/// What a file is called may hold what moves a terminal's cursor (H-51). The ends of our own lines stay.
fn visible_lines(message: &str) -> String {
    message.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// Says that no answer could be given, and why; to exit status 2.
pub(crate) fn stopped(message: &str) -> ExitCode {
    // A closed terminal changes no verdict.
    let _ = writeln!(io::stderr(), "touchstone: {}", visible_lines(message));
    ExitCode::from(UNUSABLE)
}
