//! `--report FILE`: the result as one HTML page that checks itself again when it is opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;
use touchstone_report::document::Document;
use touchstone_report::question::{Material, Question};
use touchstone_report::saved::{self, Program, Saved};

use crate::input;

/// The offline edition, whose program a page takes along.
const EDITION: &str = "touchstone-offline.html";
/// Bytes of an offline edition that are read.
const EDITION_BYTES: u64 = 32 * 1024 * 1024;

/// Options about the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
pub struct ReportArguments {
    /// Write the result as one HTML page too: readable without scripts, with all evidence inside.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// The offline edition (touchstone-offline.html), whose program lets the page check itself again when it is opened.
    /// When left out, it is looked for beside this command; without any the page says that it cannot check itself.
    #[arg(long, value_name = "FILE", requires = "report")]
    pub report_module: Option<PathBuf>,
}

/// A page in the making.
pub struct Page {
    file: PathBuf,
    program: Option<Program>,
    saved: Saved,
}

impl ReportArguments {
    /// Begins the page that was asked for, if one was.
    ///
    /// # Errors
    /// When the offline edition that was named cannot be read, or is none: in words.
    pub fn begin(&self) -> Result<Option<Page>, String> {
        let Some(file) = self.report.clone() else { return Ok(None) };
        let program = match (&self.report_module, beside()) {
            (Some(named), _) => Some(program(named)?),
            (None, Some(found)) => Some(program(&found)?),
            (None, None) => None,
        };
        let saved = Saved::new(&now(), program.as_ref().map(Program::digest).unwrap_or_default());
        Ok(Some(Page { file, program, saved }))
    }
}

impl Page {
    /// Takes an answered question along.
    pub fn record(&mut self, question: &Question, material: &Material<'_>, document: &Document) {
        self.saved.record(question, material, document);
    }

    /// Writes the page; returns what there is to say about it.
    ///
    /// # Errors
    /// When nothing was answered or the file cannot be written: in words.
    pub fn write(&self) -> Result<String, String> {
        if self.saved.items.is_empty() {
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
                format!("it cannot check itself: {EDITION} is not beside this command, and --report-module names none")
            }
        };
        Ok(format!("{} was written, {} bytes; {checks}", self.file.display(), html.len()))
    }
}

fn program(path: &Path) -> Result<Program, String> {
    let bytes = input::read_capped(path, "offline edition", EDITION_BYTES).map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let program = Program::from_edition(&text);
    program.ok_or_else(|| format!("{} is no offline edition: expected {EDITION} of this release", path.display()))
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
