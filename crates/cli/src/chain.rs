//! `touchstone chain`: files in any order, recognised by their content, as one chain of custody.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use touchstone_acquire::limits::HEAD_BYTES;
use touchstone_acquire::{FirstLook, Kind, Recognised, Role, first_look, recognise};
use touchstone_report::document::{Document, Outcome};
use touchstone_report::question::{Material, Named, Question};
use touchstone_report::{QuestionError, answer, first_answer};

use crate::arguments::{Artifact, Chain, ChainFormat};
use crate::input::{self, BUNDLES_BYTES};
use crate::run::{self, stopped};

/// Pieces of evidence of one chain. Each is verified; the source track of a large project has about a thousand.
const MAX_PIECES: usize = 2_000;

/// Runs the command to its exit code.
#[must_use]
pub fn command(arguments: &Chain) -> ExitCode {
    let (document, notes) = match draw(arguments) {
        Ok(drawn) => drawn,
        Err(message) => return stopped(&message),
    };
    for note in notes {
        // A closed terminal changes no verdict.
        let _ = writeln!(io::stderr(), "touchstone: {note}");
    }
    if let Err(message) = tell(&document, arguments.format) {
        return stopped(&message);
    }
    ExitCode::from(run::status_of_documents(std::iter::once(&document)))
}

/// What the files turned out to be.
#[derive(Default)]
struct Sorted {
    bundles: Vec<(String, Vec<u8>)>,
    further: Vec<(String, Vec<u8>)>,
    /// Which of those are lists of what is in an image: they matter to the verdict (F-22).
    lists: Vec<usize>,
    artifacts: Vec<PathBuf>,
    notes: Vec<String>,
}

/// Answers about the files, with what was not used of them.
///
/// # Errors
/// When a file cannot be read, or it is not clear which of them is the artifact, or the question cannot be put.
pub fn draw(arguments: &Chain) -> Result<(Document, Vec<String>), String> {
    let mut sorted = Sorted::default();
    let named = Artifact::named_or_waived(arguments.artifact.as_deref(), arguments.any_artifact);
    let mut seen = BTreeSet::new();
    // The artifact may stand among the files too.
    if let Artifact::File(artifact) = &named {
        seen.insert(same_file(artifact));
    }
    for path in &arguments.files {
        if let Some(text) = path.to_str()
            && let Artifact::Digest(digest) = Artifact::from_argument(text)
        {
            return Err(format!("{digest} names no file. Give the digest of the artifact with --artifact"));
        }
        // A file given twice is one.
        if seen.insert(same_file(path)) {
            sorted.take(path).map_err(|error| error.to_string())?;
        }
        if sorted.bundles.len().saturating_add(sorted.further.len()) > MAX_PIECES {
            return Err(format!("there are more than {MAX_PIECES} pieces of evidence: give those about one artifact"));
        }
    }
    let artifact = match (named, sorted.artifacts.as_slice()) {
        (Artifact::None, [one]) => Artifact::File(one.clone()),
        (Artifact::None, [first, second, ..]) => {
            return Err(format!(
                "both {} and {} could be the file that is asked about. Name it with --artifact",
                first.display(),
                second.display()
            ));
        }
        (named, others) => {
            sorted.notes.extend(others.iter().map(|path| format!("{} is no evidence and is not used", path.display())));
            named
        }
    };
    let document = answer_about(arguments, &sorted, &artifact)?;
    Ok((document, sorted.notes))
}

/// One name for a file, by whatever path it is given. One that is not there is told where it is read.
fn same_file(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

impl Sorted {
    fn take(&mut self, path: &Path) -> Result<(), input::Unreadable> {
        let name = input::name_of(path);
        let head = input::read_head(path, HEAD_BYTES)?;
        let size = std::fs::metadata(path).map_or(u64::MAX, |metadata| metadata.len());
        let (recognised, bytes) = match first_look(&name, &head, size) {
            FirstLook::Decided(recognised) => (recognised, None),
            FirstLook::ReadWhole => {
                let bytes = input::read_capped(path, "evidence", BUNDLES_BYTES)?;
                (recognise(&name, &bytes), Some(bytes))
            }
        };
        match (use_of(&recognised), bytes) {
            (Use::Bundle, Some(bytes)) => self.bundles.extend(run::pieces_of(&name, bytes)),
            (Use::Further, Some(bytes)) => {
                if recognised.kind.is_image_list() {
                    self.lists.push(self.further.len());
                }
                self.further.push((name, bytes));
            }
            (Use::Artifact, _) => self.artifacts.push(path.to_owned()),
            // What nobody named must not decide: a root or a key that lies beside a download came with it.
            (Use::Decides(option), _) => self.notes.push(format!(
                "{} is recognised as {}, and is not used: name it with {option} if it is yours",
                path.display(),
                recognised.name
            )),
            (Use::Bundle | Use::Further | Use::Nothing, _) => {
                let advice =
                    if recognised.advice.is_empty() { String::new() } else { format!(" {}", recognised.advice) };
                self.notes.push(format!(
                    "{} is not used. It looks like this: {}.{advice}",
                    path.display(),
                    recognised.name
                ));
            }
        }
        Ok(())
    }
}

/// What a file is used for.
enum Use {
    Bundle,
    Further,
    Artifact,
    Decides(&'static str),
    Nothing,
}

fn use_of(recognised: &Recognised) -> Use {
    match (recognised.role, recognised.kind) {
        // JSON that is read as a bill of materials, a record or a statement; whoever means it as the artifact names it.
        (
            _,
            Kind::BareStatement
            | Kind::Spdx
            | Kind::CycloneDx
            | Kind::ImageIndex
            | Kind::ImageManifest
            | Kind::OtherJson
            | Kind::OtherJsonLines,
        )
        | (Role::Further, _) => Use::Further,
        (Role::Bundle, _) => Use::Bundle,
        (Role::Artifact, _) => Use::Artifact,
        (Role::TrustedRoot, _) => Use::Decides("--trusted-root"),
        (Role::Key, _) => Use::Decides("--key"),
        (Role::Unusable, _) => Use::Nothing,
    }
}

/// The question is put to each bundle, and the chain is drawn from the one that answers it best; the others are further
/// evidence. One verified is enough, as with a file of several.
fn answer_about(arguments: &Chain, sorted: &Sorted, artifact: &Artifact) -> Result<Document, String> {
    let read = |error: input::Unreadable| error.to_string();
    let question = arguments.asked.question_or_policy().map_err(read)?;
    let bytes: Vec<&[u8]> = sorted.bundles.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    let artifact = run::artifact(artifact, &bytes).map_err(read)?;
    let keys = run::keys(&arguments.asked.keys, arguments.asked.registry_keys.as_deref()).map_err(read)?;
    let trusted_root = run::optional(arguments.asked.trusted_root.as_deref(), "trusted root").map_err(read)?;
    let material = |ask: Ask, main: Option<usize>, further: Vec<Named<'_>>| -> Result<Document, String> {
        let material = Material {
            bundle: main.and_then(|index| sorted.bundles.get(index)).map(run::as_named),
            artifact: artifact.clone(),
            key: keys.first().map(run::as_named),
            further_keys: keys.iter().skip(1).map(run::as_named).collect(),
            trusted_root: trusted_root.as_ref().map(run::as_named),
            further,
        };
        ask(&question, &material).map_err(|error| format!("{} ({})", error.message, error.part))
    };
    let mut best: Option<(u8, usize)> = None;
    if sorted.bundles.len() > 1 {
        for index in 0..sorted.bundles.len() {
            // No verdict depends on the other bundles; on an image index it does.
            let lists = sorted.lists.iter().filter_map(|place| sorted.further.get(*place));
            let beside = lists.map(run::as_named).collect();
            let rank = rank(material(first_answer, Some(index), beside)?.verdict.outcome);
            if best.is_none_or(|(found, _)| rank < found) {
                best = Some((rank, index));
            }
        }
    }
    let main = best.map_or(0, |(_, index)| index);
    let others = sorted.bundles.iter().enumerate().filter(|(index, _)| *index != main).map(|(_, named)| named);
    let further = others.chain(&sorted.further).map(run::as_named).collect();
    material(answer, (!sorted.bundles.is_empty()).then_some(main), further)
}

/// How much is asked for: the whole answer, or the verdict alone.
type Ask = fn(&Question, &Material<'_>) -> Result<Document, QuestionError>;

const fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Verified => 0,
        Outcome::Incomplete => 1,
        Outcome::Rejected => 2,
    }
}

fn tell(document: &Document, format: ChainFormat) -> Result<(), String> {
    let unwritten = |error: io::Error| format!("cannot write the report: {error}");
    let mut output = io::stdout().lock();
    match format {
        ChainFormat::Text => write!(output, "{}", touchstone_report::text::with_chain(document)).map_err(unwritten)?,
        ChainFormat::Json => {
            serde_json::to_writer_pretty(&mut output, document).map_err(|error| unwritten(error.into()))?;
            writeln!(output).map_err(unwritten)?;
        }
        ChainFormat::Svg => {
            let custody = document.custody.as_ref().ok_or("nothing could be read that a chain could be drawn of")?;
            write!(output, "{}", touchstone_report::picture::render(custody)).map_err(unwritten)?;
        }
    }
    output.flush().map_err(unwritten)
}
