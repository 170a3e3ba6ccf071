//! Folders that were dropped. A browser hands over a folder as an entry that is asked for its parts; only then are there
//! files.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
};

use crate::file::Given;

/// Files taken from dropped folders together.
const MAX_FILES: usize = 50_000;

/// What was dropped, when a folder is among it; `None` when there are only files, which need no asking. The entries must be
/// taken while the event lasts: afterwards the transfer is empty.
pub(crate) fn entries(transfer: &DataTransfer) -> Option<Vec<FileSystemEntry>> {
    let items = transfer.items();
    let entries: Vec<FileSystemEntry> = (0..items.length())
        .filter_map(|index| items.get(index))
        .filter_map(|item| item.webkit_get_as_entry().ok().flatten())
        .collect();
    entries.iter().any(FileSystemEntry::is_directory).then_some(entries)
}

/// The files in these entries, folders within folders included, named by their path. What the browser refuses to hand over
/// is given as a file that cannot be read, so that it is missed.
pub(crate) async fn files(entries: Vec<FileSystemEntry>) -> Vec<Given> {
    let mut waiting = entries;
    waiting.reverse();
    let mut found = Vec::new();
    while let Some(entry) = waiting.pop() {
        if found.len() >= MAX_FILES {
            break;
        }
        if entry.is_directory() {
            let mut inside = parts(entry.unchecked_ref()).await;
            inside.reverse();
            waiting.extend(inside);
        } else if let Some(file) = file(entry.unchecked_ref()).await {
            found.push(Given::from_file_named(entry.full_path().trim_start_matches('/'), file));
        }
    }
    found
}

/// A reader gives a folder's parts in portions, and an empty one at the end.
async fn parts(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader: FileSystemDirectoryReader = folder.create_reader();
    let mut all = Vec::new();
    loop {
        let ask = |done: Function, failed: Function| {
            let _ = reader.read_entries_with_callback_and_callback(&done, &failed);
        };
        let Some(portion) = waited(ask).await.and_then(|value| value.dyn_into::<Array>().ok()) else { return all };
        if portion.length() == 0 || all.len() >= MAX_FILES {
            return all;
        }
        all.extend(portion.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let ask = |done: Function, failed: Function| entry.file_with_callback_and_callback(&done, &failed);
    waited(ask).await?.dyn_into().ok()
}

/// Waits for one of two callbacks.
async fn waited(mut ask: impl FnMut(Function, Function)) -> Option<JsValue> {
    JsFuture::from(Promise::new(&mut |done, failed| ask(done, failed))).await.ok()
}
