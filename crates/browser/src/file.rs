//! Files: slices of them, files that were chosen, dropped or pasted, and files to save.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DataTransfer, Event, File, FileList, HtmlInputElement};

use crate::loader::call;

/// A file or a piece of text that the person gave. Its bytes stay where they are until a slice is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// File name; empty for pasted text.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The content.
    pub blob: Blob,
}

/// The file could not be read: it was changed, moved or removed since it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadError;

impl Given {
    /// Text or bytes as a thing given.
    #[must_use]
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Option<Self> {
        let blob = blob_of(bytes, "application/octet-stream")?;
        Some(Self { name: name.to_owned(), size: size_of(&blob), blob })
    }

    fn from_file(file: File) -> Self {
        Self::from_file_named(&file.name(), file)
    }

    pub(crate) fn from_file_named(name: &str, file: File) -> Self {
        let name = name.to_owned();
        let blob: Blob = file.into();
        Self { name, size: size_of(&blob), blob }
    }
}

/// A file that the page came with, by its name (`touchstone.file` of the loader). It is asked for at once, not when it is waited for.
///
/// # Errors
/// When it cannot be had.
pub fn of_page(name: &str) -> impl Future<Output = Result<Vec<u8>, ReadError>> + use<> {
    let bytes = call("file", &[name.into()]).and_then(|asked| asked.dyn_into::<Promise>()).map(JsFuture::from);
    async move {
        let bytes = bytes.map_err(|_| ReadError)?.await.map_err(|_| ReadError)?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

/// Size in bytes.
#[must_use]
pub fn size_of(blob: &Blob) -> u64 {
    whole_number(blob.size())
}

/// Bytes `from..to` of a blob.
///
/// # Errors
/// When the file behind it can no longer be read.
pub async fn slice(blob: &Blob, from: u64, to: u64) -> Result<Vec<u8>, ReadError> {
    Ok(Reading::begin(blob, from, to)?.view().await?.to_vec())
}

/// A slice that the browser is reading: it goes on while something else is done.
pub struct Reading(JsFuture);

impl Reading {
    /// Begins to read bytes `from..to` of a blob.
    ///
    /// # Errors
    /// When the file behind it can no longer be read.
    pub fn begin(blob: &Blob, from: u64, to: u64) -> Result<Self, ReadError> {
        let part = blob.slice_with_f64_and_f64(float(from), float(to)).map_err(|_| ReadError)?;
        // Waits from now on: a failure that nobody waits for any more must not count as a defect.
        Ok(Self(JsFuture::from(part.array_buffer())))
    }

    /// Begins to read all bytes of a blob. Cheaper than a slice that is all of it: the browser makes no blob for it.
    #[must_use]
    pub fn begin_whole(blob: &Blob) -> Self {
        Self(JsFuture::from(blob.array_buffer()))
    }

    /// Waits for it, into `buffer`, which it replaces. One allocation serves a whole file.
    ///
    /// # Errors
    /// When the file behind it can no longer be read.
    pub async fn into(self, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        let view = self.view().await?;
        buffer.resize(usize::try_from(view.length()).map_err(|_| ReadError)?, 0);
        view.copy_to(buffer);
        Ok(())
    }

    async fn view(self) -> Result<Uint8Array, ReadError> {
        let buffer = self.0.await.map_err(|_| ReadError)?;
        Ok(Uint8Array::new(&buffer))
    }
}

/// All bytes of a blob. Only for evidence, which has a cap.
///
/// # Errors
/// When the file behind it can no longer be read.
pub async fn whole(blob: &Blob) -> Result<Vec<u8>, ReadError> {
    Ok(Reading::begin_whole(blob).view().await?.to_vec())
}

/// A blob of these bytes.
#[must_use]
pub fn blob_of(bytes: &[u8], media_type: &str) -> Option<Blob> {
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// The files that a file chooser holds, and empties it so that the same file can be chosen again.
#[must_use]
pub fn chosen(event: &Event) -> Vec<Given> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return Vec::new();
    };
    let files = files_of(input.files());
    input.set_value("");
    files
}

/// The files, or else the text, that were dropped or pasted.
#[must_use]
pub fn transferred(transfer: Option<DataTransfer>) -> Vec<Given> {
    let Some(transfer) = transfer else {
        return Vec::new();
    };
    let files = files_of(transfer.files());
    if !files.is_empty() {
        return files;
    }
    let text = transfer.get_data("text/plain").unwrap_or_default();
    if text.trim().is_empty() {
        return Vec::new();
    }
    Given::from_bytes("", text.as_bytes()).into_iter().collect()
}

fn files_of(list: Option<FileList>) -> Vec<Given> {
    let Some(list) = list else {
        return Vec::new();
    };
    (0..list.length()).filter_map(|index| list.get(index)).map(Given::from_file).collect()
}

/// Offers bytes as a file to save.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) {
    // Failing is the browser's refusal, which it shows itself.
    let _ = try_save(name, media_type, bytes);
}

fn try_save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let blob = blob_of(bytes, media_type).ok_or(JsValue::NULL)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&url)
}

// A file's size is a JavaScript number: whole, and exact below 2^53.
#[expect(clippy::as_conversions, reason = "no lossless conversion exists between u64 and f64; sizes stay below 2^53")]
fn float(bytes: u64) -> f64 {
    bytes as f64
}

#[expect(clippy::as_conversions, reason = "saturates, and sizes are whole and not negative")]
fn whole_number(bytes: f64) -> u64 {
    bytes as u64
}
