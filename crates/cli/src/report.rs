//! `--report FILE`: the result as one HTML page that checks itself again when it is opened.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use touchstone_report::document::{Document, Verdict};
use touchstone_report::question::{Material, Question};
use touchstone_report::saved::{self, Checked, Difference, Program, Saved};
use touchstone_report::text;

use crate::input;
use crate::run::{REJECTED, status_of_documents, stopped};

/// The offline edition, whose program a page takes along.
const EDITION: &str = "touchstone-offline.html";
/// Bytes of a saved report that are read.
const REPORT_BYTES: u64 = 256 * 1024 * 1024;
/// Characters of a differing line that are shown.
const LINE_CHARACTERS: usize = 200;
/// The version of this command.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Bytes of an offline edition that are read.
const EDITION_BYTES: u64 = 32 * 1024 * 1024;

/// Options about the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct ReportArguments {
    /// Write the result as one HTML page too: readable without scripts, with all evidence inside.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// The offline edition (touchstone-offline.html) of this release, whose program lets the page check itself again when it
    /// is opened. When left out, it is looked for beside this command; without any the page says that it cannot check
    /// itself.
    #[arg(long, value_name = "FILE", requires = "report")]
    pub offline_edition: Option<PathBuf>,
}

/// A page in the making.
pub struct Page {
    file: PathBuf,
    program: Option<Program>,
    pub(crate) saved: Saved,
}

impl ReportArguments {
    /// Begins the page that was asked for, if one was.
    ///
    /// # Errors
    /// When the offline edition that was named cannot be read, or is none: in words.
    pub fn begin(&self) -> Result<Option<Page>, String> {
        let Some(file) = self.report.clone() else { return Ok(None) };
        let program = match (&self.offline_edition, beside()) {
            (Some(named), _) => Some(program(named)?),
            (None, Some(found)) => Some(program(&found)?),
            (None, None) => None,
        };
        let saved = Saved::new(&now(), program.as_ref());
        Ok(Some(Page { file, program, saved }))
    }
}

impl Page {
    /// Takes an answered question along.
    pub fn record(&mut self, question: &Question, material: &Material<'_>, document: &Document) {
        self.saved.record(question, material, document);
    }

    /// Writes the page; returns what there is to say about it. `asked` is how many questions there were.
    ///
    /// # Errors
    /// When nothing was answered or the file cannot be written: in words.
    pub fn write(&self, asked: usize) -> Result<String, String> {
        if self.saved.items.is_empty() && self.saved.pile.is_none() {
            return Err(format!("no report was written to {}: no question could be put", self.file.display()));
        }
        let html = saved::page(&self.saved, self.program.as_ref()).map_err(|error| error.to_string())?;
        fs::write(&self.file, &html).map_err(|error| format!("cannot write {}: {error}", self.file.display()))?;
        let checks = match &self.program {
            Some(program) => format!(
                "it checks itself when opened (program: {} bytes, module SHA-256 {})",
                program.size(),
                program.digest()
            ),
            None => {
                format!(
                    "it cannot check itself: {EDITION} is not beside this command, and --offline-edition names none"
                )
            }
        };
        let answered = if self.saved.pile.is_some() { asked } else { self.saved.items.len() };
        let left_out = match asked.saturating_sub(answered) {
            0 => String::new(),
            count => format!("; {count} of {asked} questions could not be put and are not in it"),
        };
        Ok(format!("{} was written, {} bytes; {checks}{left_out}", self.file.display(), html.len()))
    }
}

/// Writes the page that was begun, if one was, and says so on standard error.
///
/// # Errors
/// As [`Page::write`].
pub(crate) fn finish(page: Option<Page>, asked: usize) -> Result<(), String> {
    if let Some(page) = page {
        let words = page.write(asked)?;
        // A closed terminal changes no verdict.
        let _ = writeln!(io::stderr(), "touchstone: {words}");
    }
    Ok(())
}

/// Checks a saved report again, to the exit code of the command.
#[must_use]
pub fn recheck(path: &Path, edition: Option<&Path>) -> ExitCode {
    let own = match edition.map(program) {
        Some(Err(words)) => return stopped(&words),
        Some(Ok(program)) => Some(program),
        None => beside().and_then(|path| program(&path).ok()),
    };
    let checked =
        input::read_capped(path, "saved report", REPORT_BYTES).map_err(|error| error.to_string()).and_then(|bytes| {
            // Read as something else, bytes that are no text could pass for those that stand in a name.
            let text = String::from_utf8(bytes)
                .map_err(|error| format!("{}: {error}. A saved report is text", path.display()))?;
            saved::check(&text).map_err(|error| error.to_string())
        });
    let checked = match checked {
        Ok(checked) => checked,
        Err(words) => return stopped(&words),
    };
    let told = writeln!(io::stdout(), "{}", recheck_words(path, &checked, own.as_ref()));
    match told {
        Err(error) => stopped(&format!("cannot write the result: {error}")),
        Ok(()) if checked.differs.is_some() => ExitCode::from(REJECTED),
        Ok(()) => ExitCode::from(match &checked.answers.inventory {
            Some(inventory) => crate::inventory::status(inventory),
            None => status_of_documents(checked.answers.documents.iter()),
        }),
    }
}

/// What is said of a saved report that was checked again; `own` is the program of an edition that the person got themselves.
#[must_use]
pub fn recheck_words(path: &Path, checked: &Checked, own: Option<&Program>) -> String {
    let shown = path.display();
    let mut words = match &checked.differs {
        None => format!("{shown} agrees with its evidence: asked anew, every byte that it prints is the same."),
        Some(Difference { line, expected, found }) => format!(
            "{shown} does not agree with its evidence: something in it was changed since it was saved, or another version \
             saved it. Do not rely on what it prints.\n  line {line}\n  expected {}\n  found    {}",
            cut(expected),
            cut(found)
        ),
    };
    for document in &checked.answers.documents {
        let Verdict { title, sentence, .. } = &document.verdict;
        words.push_str(&format!("\nFound now: {title}. {sentence}"));
        // Whoever saved the report chose both.
        if let Some(world) = &document.world {
            words.push_str(&format!("\n  judged by  {}, {}", text::visible(&world.name), text::visible(&world.source)));
        }
        for line in &document.policy.lines {
            words.push_str(&format!("\n  asked      {}: {}", text::visible(&line.name), text::visible(&line.value)));
        }
    }
    if !checked.answers.documents.is_empty() {
        words.push_str("\nBy which trusted root, and for which signer, was for whoever saved it to say. Compare both with what you expect.");
    }
    if let Some(inventory) = &checked.answers.inventory {
        let coverage = &inventory.coverage;
        words.push_str(&format!(
            "\nFound now: {} {}: {} rejected, {} incomplete, {} verified.",
            coverage.artifacts,
            if coverage.artifacts == 1 { "artifact" } else { "artifacts" },
            coverage.rejected,
            coverage.incomplete,
            coverage.verified
        ));
    }
    match (&checked.program, own) {
        (Some(inside), Some(own)) if inside == own => {
            words.push_str("\nThe program inside is that of the offline edition that belongs to this command.");
        }
        (Some(_), Some(_)) => words.push_str(
            "\nThe program inside is another than that of the offline edition that belongs to this command: what the page \
             says of itself when it is opened is not to be relied on.",
        ),
        (Some(inside), None) => words.push_str(&format!(
            "\nThe program inside was not judged: what the page says of itself when it is opened rests on it. The SHA-256 of \
             its script is {}, that of its module {}. Give the offline edition of the release with --offline-edition to have \
             them compared.",
            inside.script_digest(),
            inside.digest()
        )),
        (None, _) if !checked.module.is_empty() => words.push_str("\nThe program that the page says it holds is not in it."),
        (None, _) => {}
    }
    words
}

/// A line for the terminal: short, and nothing in it that cannot be seen.
fn cut(line: &str) -> String {
    let mut out: String = text::visible(line).chars().take(LINE_CHARACTERS).collect();
    if out.is_empty() {
        out.push_str("nothing");
    }
    out
}

fn program(path: &Path) -> Result<Program, String> {
    let bytes = input::read_capped(path, "offline edition", EDITION_BYTES).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let shown = path.display();
    let program = Program::from_edition(&text)
        .ok_or_else(|| format!("{shown} is no offline edition: expected {EDITION} of version {VERSION}"))?;
    // Another version would print other words, and call that a difference.
    if program.version() == VERSION {
        Ok(program)
    } else {
        Err(format!("{shown} is of version {:?}; expected {VERSION}, as this command is", program.version()))
    }
}

/// The edition that was installed with the command.
fn beside() -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.to_owned();
    let candidates = [folder.join(EDITION), folder.join("../share/touchstone").join(EDITION)];
    candidates.into_iter().find(|path| path.is_file())
}

#[expect(clippy::disallowed_methods, reason = "the moment of saving, which decides nothing")]
fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    saved::moment(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
