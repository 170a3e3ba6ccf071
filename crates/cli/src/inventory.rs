//! `touchstone inventory`: many artifacts against a pile of evidence.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use touchstone_acquire::{Piece, is_text, limits, pieces};
use touchstone_report::document::Outcome;
use touchstone_report::document::inventory::{Inventory, Row};
use touchstone_report::export;
use touchstone_report::pile::{NotTaken, Pile, PolicyFile};
use touchstone_report::saved::{Saved, Step};

use crate::arguments::Asked;
use crate::input::{self, Unreadable};
use crate::report::ReportArguments;
use crate::run::{INCOMPLETE, REJECTED, UNUSABLE, VERIFIED, keys, optional, stopped};

/// Bytes of an inventory, or of any other file of a pile that is text.
const TEXT_BYTES: u64 = 64 * 1024 * 1024;
/// Files in folders, together.
const MAX_FILES: usize = 50_000;

/// Arguments of `touchstone inventory`.
#[derive(Debug, Args)]
pub struct InventoryArguments {
    /// What runs: `kubectl get pods -A -o json`, Kubernetes YAML, a compose file, GitHub deployment records, or a list of
    /// digests and image references. Without one, every artifact that a statement is about is a row.
    #[arg(value_name = "INVENTORY")]
    pub inventories: Vec<PathBuf>,
    /// Bundles and every other form of signed statements that `verify` takes, files of several, statements that nobody
    /// signed, image indexes, and folders of all of these.
    #[arg(long, value_name = "FILE_OR_FOLDER", num_args = 1.., required = true)]
    pub evidence: Vec<PathBuf>,

    /// What is asked of each: one policy for all.
    #[command(flatten)]
    pub asked: Asked,

    /// How to tell the result.
    #[arg(long, value_enum, default_value_t = InventoryFormat::Text)]
    pub format: InventoryFormat,
    /// The page to write beside: one for all rows, with an index and all evidence.
    #[command(flatten)]
    pub report: ReportArguments,
}

/// How an inventory is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InventoryFormat {
    /// Words.
    Text,
    /// The document, `schema/touchstone-inventory-1.json`.
    Json,
    /// One line an artifact.
    Csv,
    /// Figures and a table.
    Markdown,
}

/// Runs the command to its exit code.
#[must_use]
pub fn command(arguments: &InventoryArguments) -> ExitCode {
    let mut page = match arguments.report.begin() {
        Ok(page) => page,
        Err(message) => return stopped(&message),
    };
    let inventory = match answer_seen(arguments, page.as_mut().map(|page| &mut page.saved)) {
        Ok(inventory) => inventory,
        Err(message) => return stopped(&message),
    };
    let text = match arguments.format {
        InventoryFormat::Text => touchstone_report::text::inventory(&inventory),
        InventoryFormat::Json => export::json(&inventory),
        InventoryFormat::Csv => export::csv(&inventory),
        InventoryFormat::Markdown => export::markdown(&inventory),
    };
    if let Err(words) = crate::report::finish(page, 1) {
        return stopped(&words);
    }
    let mut output = io::stdout().lock();
    if let Err(error) = output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        return stopped(&format!("cannot write the result: {error}"));
    }
    ExitCode::from(status(&inventory))
}

/// The exit status: the worst row decides. An inventory without a row proves nothing.
#[must_use]
pub fn status(inventory: &Inventory) -> u8 {
    let any = |outcome: Outcome| inventory.rows.iter().any(|row| row.outcome == outcome);
    match () {
        () if any(Outcome::Rejected) => REJECTED,
        () if any(Outcome::Incomplete) => INCOMPLETE,
        () if any(Outcome::Verified) => VERIFIED,
        () => UNUSABLE,
    }
}

/// Answers for the whole inventory.
///
/// # Errors
/// When the question cannot be put, an inventory cannot be read, or a file that was named cannot: in words.
pub fn answer(arguments: &InventoryArguments) -> Result<Inventory, String> {
    answer_seen(arguments, None)
}

/// The same; `saved` takes along what a page needs to answer again.
fn answer_seen(arguments: &InventoryArguments, mut saved: Option<&mut Saved>) -> Result<Inventory, String> {
    let words = |error: Unreadable| error.to_string();
    let policy_file = |(name, bytes)| PolicyFile { name, bytes };
    let keys: Vec<PolicyFile> = keys(&arguments.asked.keys, arguments.asked.registry_keys.as_deref())
        .map_err(words)?
        .into_iter()
        .map(policy_file)
        .collect();
    let root = optional(arguments.asked.trusted_root.as_deref(), "trusted root").map_err(words)?.map(policy_file);
    let question = arguments.asked.question_or_policy().map_err(words)?;
    if let Some(saved) = &mut saved {
        saved.begin_pile(&question, &keys, root.as_ref());
    }
    let mut pile = Pile::new(question, keys, root).map_err(|error| format!("{} ({})", error.message, error.part))?;
    for path in &arguments.inventories {
        let bytes = input::read_capped(path, "inventory", TEXT_BYTES).map_err(words)?;
        pile.add_inventory(&input::name_of(path), &bytes).map_err(|NotTaken { message }| message)?;
        if let Some(saved) = &mut saved {
            saved.step(&input::name_of(path), &bytes, Step::Inventory);
        }
    }
    for path in files(&arguments.evidence)? {
        take(&mut pile, saved.as_deref_mut(), &path).map_err(words)?.map_err(|NotTaken { message }| message)?;
    }
    pile.close();
    let rows: Vec<Row> = (0..pile.rows()).filter_map(|index| pile.row(index)).collect();
    Ok(pile.document(rows))
}

/// Takes a file of the pile. What cannot be used is said in the document; only a file that cannot be read stops.
fn take(pile: &mut Pile, mut saved: Option<&mut Saved>, path: &Path) -> Result<Result<(), NotTaken>, Unreadable> {
    const NO_TEXT: &str = "It is no text, so it is no evidence. A file is checked by its digest.";
    let not_used = |pile: &mut Pile, saved: Option<&mut Saved>, name: &str, why: &str| {
        pile.not_used(name, why);
        if let Some(saved) = saved {
            saved.not_used(name, why);
        }
    };
    let name = path.to_string_lossy();
    let head = input::read_head(path, limits::HEAD_BYTES)?;
    if !is_text(&head) {
        not_used(pile, saved, &name, NO_TEXT);
        return Ok(Ok(()));
    }
    let bytes = input::read_capped(path, "piece of evidence", TEXT_BYTES)?;
    for piece in pieces(&name, &bytes) {
        let taken = match piece {
            Piece::Signed(name, bundle) => {
                if let Some(saved) = &mut saved {
                    saved.step(&name, bundle, Step::Bundle);
                }
                pile.add_bundle(&name, bundle.to_vec())
            }
            Piece::Unsigned => {
                if let Some(saved) = &mut saved {
                    saved.step(&name, &bytes, Step::Unsigned);
                }
                pile.add_unsigned(&name, bytes.clone())
            }
            Piece::Index => {
                if let Some(saved) = &mut saved {
                    saved.step(&name, &bytes, Step::Index);
                }
                pile.add_index(&name, bytes.clone())
            }
            Piece::Text(words) | Piece::Other(words) => {
                not_used(pile, saved.as_deref_mut(), &name, &words);
                Ok(())
            }
        };
        if taken.is_err() {
            return Ok(taken);
        }
    }
    Ok(Ok(()))
}

/// The files named and those in the folders named, in order, each once. Links to folders are not followed.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = paths.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        let error = |error: io::Error| format!("cannot read {}: {error}", path.display());
        if !path.is_dir() {
            if seen.insert(path.clone()) {
                found.push(path);
            }
        } else {
            let mut inside = Vec::new();
            for entry in std::fs::read_dir(&path).map_err(error)? {
                let entry = entry.map_err(error)?;
                let links_to_folder = entry.file_type().map_err(error)?.is_symlink() && entry.path().is_dir();
                if !links_to_folder {
                    inside.push(entry.path());
                }
            }
            inside.sort();
            waiting.extend(inside.into_iter().rev());
        }
        if found.len() > MAX_FILES {
            return Err(format!("more than {MAX_FILES} files: name fewer folders"));
        }
    }
    Ok(found)
}
