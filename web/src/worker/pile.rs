//! Many artifacts against a pile, on both sides of the worker's door. The page asks for a slice, the worker answers it, and
//! only then the page asks for the next: neither is ever held up, and stopping is not asking again.

use serde::{Deserialize, Serialize};
use touchstone_report::document::inventory::Row;
use touchstone_report::export::Form;
use touchstone_report::question::Question;

/// Asked of the worker. `run` comes back with the answer, so that one to an earlier pile is not taken for one to this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PileAsk {
    /// A new pile, judged by this question. The blobs are the key and the trusted root, as far as their names say.
    Begin {
        /// Generation.
        run: u64,
        /// The one question for all rows.
        question: Box<Question>,
        /// Name of the key file.
        key: Option<String>,
        /// Name of the trusted root.
        trusted_root: Option<String>,
    },
    /// Take these files, one a blob.
    Take {
        /// Generation.
        run: u64,
        /// Their names.
        names: Vec<String>,
    },
    /// Answer the next rows: as many as fit in a slice. The first time ends the taking.
    Answer {
        /// Generation.
        run: u64,
    },
    /// Everything but the rows.
    Head {
        /// Generation.
        run: u64,
    },
    /// The whole document of one row.
    Open {
        /// Generation.
        run: u64,
        /// Its digest.
        digest: String,
    },
    /// All of it as a page that answers again. The blobs are the key and the trusted root, as far as their names say, the files, and
    /// script and module of the program, where they are at hand.
    Save {
        /// Generation.
        run: u64,
        /// The one question for all rows.
        question: Box<Question>,
        /// Name of the key file.
        key: Option<String>,
        /// Name of the trusted root.
        trusted_root: Option<String>,
        /// Names of the files.
        names: Vec<String>,
        /// The moment, and the digest of the program's module.
        part: super::messages::SavePart,
    },
    /// The line of the history about the whole answer.
    Line {
        /// Generation.
        run: u64,
        /// The moment, in UTC.
        at: String,
    },
    /// These rows as a file.
    Export {
        /// Generation.
        run: u64,
        /// In which form.
        form: Form,
        /// Numbers of the rows.
        rows: Vec<usize>,
        /// What they were filtered by; empty: all.
        shown: String,
    },
}

/// Told by the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PileTold {
    /// The question can be put.
    Begun {
        /// Generation.
        run: u64,
    },
    /// It cannot.
    Unaskable {
        /// Generation.
        run: u64,
        /// Which part.
        part: String,
        /// What is wrong and what to do.
        message: String,
    },
    /// The files were taken; what could not be used is in the document's warnings.
    Taken {
        /// Generation.
        run: u64,
        /// How many.
        files: usize,
    },
    /// Bytes 0 are the rows, as JSON: an array of [`Crossing`].
    Rows {
        /// Generation.
        run: u64,
        /// Rows in all.
        of: usize,
    },
    /// Bytes 0 are the document without rows, as JSON.
    Head {
        /// Generation.
        run: u64,
    },
    /// Bytes 0 are the document of a row, as JSON; without bytes there is none.
    Opened {
        /// Generation.
        run: u64,
    },
    /// Bytes 0 are the page.
    Saved {
        /// Generation.
        run: u64,
    },
    /// No page could be made.
    NotSaved {
        /// Generation.
        run: u64,
        /// Why.
        message: String,
    },
    /// Bytes 0 are the line, not yet in any chain.
    Line {
        /// Generation.
        run: u64,
    },
    /// Bytes 0 are the file.
    Exported {
        /// Generation.
        run: u64,
        /// In which form.
        form: Form,
    },
}

impl PileTold {
    /// Generation of the pile that it is about.
    #[must_use]
    pub const fn run(&self) -> u64 {
        match self {
            Self::Begun { run }
            | Self::Unaskable { run, .. }
            | Self::Taken { run, .. }
            | Self::Rows { run, .. }
            | Self::Head { run }
            | Self::Opened { run }
            | Self::Saved { run }
            | Self::NotSaved { run, .. }
            | Self::Line { run }
            | Self::Exported { run, .. } => *run,
        }
    }
}

/// A row as it crosses: the row with a few of its places, places in all, where it is in words, distinct namespaces, and
/// whether there is a full result to open. A row can have thousands of places; the page is never held up by reading them.
pub type Crossing = (Row, usize, String, Vec<String>, bool);

pub use work::{Piles, answer};

mod work {
    //! The worker's side.

    use std::cell::RefCell;
    use std::rc::Rc;

    use touchstone_acquire::{Piece, is_text, limits, pieces};
    use touchstone_browser::file;
    use touchstone_browser::{Blob, worker};
    use touchstone_report::document::NamedValue;
    use touchstone_report::document::inventory::Row;
    use touchstone_report::export::{export, where_words};
    use touchstone_report::history;
    use touchstone_report::limits::PLACES_SHOWN;
    use touchstone_report::pile::{NotTaken, Pile, PolicyFile};
    use touchstone_report::question::Question;
    use touchstone_report::saved::{self, Program, Saved, Step};

    use super::{Crossing, PileAsk, PileTold};
    use crate::limits::{PILE_FILE_BYTES, PILE_ROW_TEXTS, PILE_SLICE_BYTES, PILE_SLICE_MILLIS};

    /// The pile that the worker has, with the rows that it answered.
    pub type Piles = Rc<RefCell<Option<Held>>>;

    /// A pile.
    pub struct Held {
        run: u64,
        question: Question,
        pile: Pile,
        closed: bool,
        rows: Vec<Row>,
        /// The key and every file that was taken, with its SHA-256: for the history.
        taken: Vec<NamedValue>,
        root: Option<NamedValue>,
    }

    /// Answers one message: what to tell and the bytes with it. `None` for a pile that is no longer there.
    pub async fn answer(ask: PileAsk, blobs: Vec<Blob>, piles: Piles) -> Option<(PileTold, Vec<u8>)> {
        match ask {
            PileAsk::Begin { run, question, key, trusted_root } => {
                *piles.borrow_mut() = None;
                let mut blobs = blobs.into_iter();
                let key = policy_file(key, &mut blobs).await;
                let trusted_root = policy_file(trusted_root, &mut blobs).await;
                let named =
                    |file: &PolicyFile| NamedValue { name: file.name.clone(), value: saved::sha256_hex(&file.bytes) };
                let taken = key.iter().map(named).collect();
                let root = trusted_root.as_ref().map(named);
                let question = *question;
                let told = match Pile::new(question.clone(), key.into_iter().collect(), trusted_root) {
                    Ok(pile) => {
                        let rows = Vec::new();
                        *piles.borrow_mut() = Some(Held { run, question, pile, closed: false, rows, taken, root });
                        PileTold::Begun { run }
                    }
                    Err(error) => PileTold::Unaskable { run, part: error.part.to_owned(), message: error.message },
                };
                Some((told, Vec::new()))
            }
            PileAsk::Take { run, names } => {
                let files = names.len();
                for (name, blob) in names.iter().zip(&blobs) {
                    let bytes = read(blob).await;
                    held(&piles, run, |held| {
                        if let Read::Whole(bytes) = &bytes {
                            let value = saved::sha256_hex(bytes);
                            held.taken.push(NamedValue { name: name.clone(), value });
                        }
                        take(&mut held.pile, name, bytes);
                    })?;
                }
                Some((PileTold::Taken { run, files }, Vec::new()))
            }
            PileAsk::Answer { run } => held(&piles, run, |held| {
                if !held.closed {
                    held.pile.close();
                    held.closed = true;
                }
                let text = slice(&held.pile, &mut held.rows);
                (PileTold::Rows { run, of: held.pile.rows() }, text)
            }),
            PileAsk::Head { run } => held(&piles, run, |held| {
                let head = held.pile.document(Vec::new());
                (PileTold::Head { run }, serde_json::to_vec(&head).unwrap_or_default())
            }),
            PileAsk::Open { run, digest } => held(&piles, run, |held| {
                let document = held.pile.open(&digest);
                let text = document.map(|document| serde_json::to_vec(&document).unwrap_or_default());
                (PileTold::Opened { run }, text.unwrap_or_default())
            }),
            PileAsk::Line { run, at } => held(&piles, run, |held| {
                let document = held.pile.document(held.rows.clone());
                let line = history::record_pile(&at, &held.question, &document, &held.taken, held.root.as_ref());
                (PileTold::Line { run }, serde_json::to_vec(&line).unwrap_or_default())
            }),
            PileAsk::Save { run, question, key, trusted_root, names, part } => {
                let mut blobs = blobs.into_iter();
                let key = policy_file(key, &mut blobs).await;
                let trusted_root = policy_file(trusted_root, &mut blobs).await;
                let files: Vec<Blob> = blobs.by_ref().take(names.len()).collect();
                let program = program(blobs.collect(), &part.digest).await;
                let mut saved = Saved::new(&part.made, program.as_ref());
                saved.begin_pile(&question, key.as_slice(), trusted_root.as_ref());
                // What a pile does not take, as a text that is no inventory, is not used; a page that asks again would stop there.
                let keys = key.iter().cloned().collect();
                let root = trusted_root.as_ref().map(|file| saved::sha256_hex(&file.bytes));
                let Ok(mut pile) = Pile::new(*question, keys, trusted_root) else {
                    return Some((PileTold::NotSaved { run, message: CHANGED.to_owned() }, Vec::new()));
                };
                let mut taken = key.iter().map(|file| saved::sha256_hex(&file.bytes)).collect::<Vec<_>>();
                for (name, blob) in names.iter().zip(&files) {
                    let read = read(blob).await;
                    if let Read::Whole(bytes) = &read {
                        taken.push(saved::sha256_hex(bytes));
                    }
                    each(name, read, |name, part| match (add(&mut pile, name, &part), part) {
                        (Err(NotTaken { message }), _) => saved.not_used(name, &message),
                        (Ok(()), Part::Bundle(bytes)) => saved.step(name, bytes, Step::Bundle),
                        (Ok(()), Part::Unsigned(bytes)) => saved.step(name, bytes, Step::Unsigned),
                        (Ok(()), Part::Index(bytes)) => saved.step(name, bytes, Step::Index),
                        (Ok(()), Part::Inventory(bytes)) => saved.step(name, bytes, Step::Inventory),
                        (Ok(()), Part::NotUsed(why)) => saved.not_used(name, why),
                    });
                }
                drop(pile);
                // Only of what the table answers is there anything to save.
                let is_same = held(&piles, run, |held| {
                    held.root.as_ref().map(|root| &root.value) == root.as_ref()
                        && held.taken.iter().map(|one| &one.value).eq(&taken)
                })?;
                if !is_same {
                    return Some((PileTold::NotSaved { run, message: CHANGED.to_owned() }, Vec::new()));
                }
                Some(match saved::page(&saved, program.as_ref()) {
                    Ok(page) => (PileTold::Saved { run }, page.into_bytes()),
                    Err(error) => (PileTold::NotSaved { run, message: error.to_string() }, Vec::new()),
                })
            }
            PileAsk::Export { run, form, rows, shown } => held(&piles, run, |held| {
                let rows = rows.iter().filter_map(|number| held.rows.get(*number)).cloned().collect();
                let mut document = held.pile.document(rows);
                document.shown = shown;
                (PileTold::Exported { run, form }, export(&document, form).into_bytes())
            }),
        }
    }

    fn held<T>(piles: &Piles, run: u64, act: impl FnOnce(&mut Held) -> T) -> Option<T> {
        piles.borrow_mut().as_mut().filter(|held| held.run == run).map(act)
    }

    /// Answers rows until the slice is full, in time or in bytes: the page takes it in between two frames.
    fn slice(pile: &Pile, rows: &mut Vec<Row>) -> Vec<u8> {
        let began = worker::ticks();
        let mut text = b"[".to_vec();
        while text.len() < PILE_SLICE_BYTES && worker::ticks() - began < PILE_SLICE_MILLIS {
            let Some(row) = pile.row(rows.len()) else { break };
            if text.len() > 1 {
                text.push(b',');
            }
            // Plain data with string keys always serialises.
            text.append(&mut serde_json::to_vec(&crossing(&row, pile.opens(rows.len()))).unwrap_or_default());
            rows.push(row);
        }
        text.push(b']');
        text
    }

    /// What the table shows of a row. The exports have all of it.
    fn crossing(row: &Row, opens: bool) -> Crossing {
        let namespaces = row.namespaces().into_iter().filter(|name| !name.is_empty());
        let namespaces: Vec<String> = namespaces.take(PILE_ROW_TEXTS).map(str::to_owned).collect();
        let mut shown = row.clone();
        shown.places.truncate(PLACES_SHOWN);
        shown.statements.truncate(PILE_ROW_TEXTS);
        shown.warnings.truncate(PILE_ROW_TEXTS);
        if row.names.len() > PILE_ROW_TEXTS {
            shown.names.truncate(PILE_ROW_TEXTS);
            shown.warnings.push(format!("It goes by {} names; the JSON export has all of them.", row.names.len()));
        }
        (shown, row.places.len(), where_words(row), namespaces, opens)
    }

    async fn policy_file(name: Option<String>, blobs: &mut impl Iterator<Item = Blob>) -> Option<PolicyFile> {
        let name = name?;
        // A file that is gone is an empty one: refused as what it is, never left out.
        let bytes = match blobs.next() {
            Some(blob) => file::whole(&blob).await.unwrap_or_default(),
            None => Vec::new(),
        };
        Some(PolicyFile { name, bytes })
    }

    enum Read {
        Whole(Vec<u8>),
        NotText,
        TooLarge,
        Gone,
    }

    /// Only text is read whole: an image or a disk is never in memory.
    async fn read(blob: &Blob) -> Read {
        let size = file::size_of(blob);
        let head_end = u64::try_from(limits::HEAD_BYTES).unwrap_or(u64::MAX).min(size);
        let Ok(head) = file::slice(blob, 0, head_end).await else { return Read::Gone };
        if !is_text(&head) {
            return Read::NotText;
        }
        if size > PILE_FILE_BYTES {
            return Read::TooLarge;
        }
        if head_end == size {
            return Read::Whole(head);
        }
        file::whole(blob).await.map_or(Read::Gone, Read::Whole)
    }

    const CHANGED: &str =
        "A file was changed or removed since it was read for this table. Check all of it again first.";

    /// What a part of a file is used as.
    enum Part<'a> {
        Bundle(&'a [u8]),
        Unsigned(&'a [u8]),
        Index(&'a [u8]),
        Inventory(&'a [u8]),
        NotUsed(&'a str),
    }

    /// The parts of a file, each under its name.
    fn each(name: &str, read: Read, mut to: impl FnMut(&str, Part<'_>)) {
        let bytes = match read {
            Read::Whole(bytes) => bytes,
            Read::NotText => {
                return to(
                    name,
                    Part::NotUsed("It is no text, so it is no evidence. A file is checked by its digest."),
                );
            }
            Read::TooLarge => {
                return to(name, Part::NotUsed("It is larger than any evidence or inventory that is read."));
            }
            Read::Gone => {
                return to(name, Part::NotUsed("It can no longer be read: it was changed, moved or removed."));
            }
        };
        for piece in pieces(name, &bytes) {
            match piece {
                Piece::Signed(name, bundle) => to(&name, Part::Bundle(bundle)),
                Piece::Unsigned => to(name, Part::Unsigned(&bytes)),
                Piece::Index => to(name, Part::Index(&bytes)),
                Piece::Text(_) => to(name, Part::Inventory(&bytes)),
                Piece::Other(words) => to(name, Part::NotUsed(&words)),
            }
        }
    }

    fn take(pile: &mut Pile, name: &str, read: Read) {
        each(name, read, |name, part| {
            if let Err(NotTaken { message }) = add(pile, name, &part) {
                pile.say(message);
            }
        });
    }

    fn add(pile: &mut Pile, name: &str, part: &Part<'_>) -> Result<(), NotTaken> {
        match part {
            Part::Bundle(bytes) => pile.add_bundle(name, bytes.to_vec()),
            Part::Unsigned(bytes) => pile.add_unsigned(name, bytes.to_vec()),
            Part::Index(bytes) => pile.add_index(name, bytes.to_vec()),
            Part::Inventory(bytes) => pile.add_inventory(name, bytes),
            Part::NotUsed(why) => {
                pile.not_used(name, why);
                Ok(())
            }
        }
    }

    /// Script and module of the offline edition, which a saved page takes along.
    async fn program(blobs: Vec<Blob>, digest: &str) -> Option<Program> {
        let [script, module] = blobs.as_slice() else { return None };
        let script = String::from_utf8(file::whole(script).await.ok()?).ok()?;
        let module = String::from_utf8(file::whole(module).await.ok()?).ok()?;
        Program::new(&script, &module, digest, env!("CARGO_PKG_VERSION"))
    }
}
