//! The HTML of a saved page.

use touchstone_formats::base64;
use touchstone_trust::embedded;

use super::{Answers, NamedAs, Saved, SavedError, sha256_hex};
use crate::sheet::html::{self, Html, STYLE};

/// What stands before the block.
pub(super) const EVIDENCE: &str = "<script id=\"touchstone-evidence\" type=\"application/json\">";

/// The program of the offline edition, which a saved page takes along to check itself on opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    script: String,
    module: String,
    digest: String,
    version: String,
}

impl Program {
    /// Of its parts: the script, the module in base64 as the edition holds it, and the module's SHA-256 in hex; `version` as
    /// the edition states it. `None` when one of them could leave its place in a page.
    #[must_use]
    pub fn new(script: &str, module: &str, digest: &str, version: &str) -> Option<Self> {
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let hex = |byte: u8| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase();
        let stays = !script.contains("</script") && !script.contains("<!--") && !script.contains('\r');
        let whole = !script.is_empty() && !module.is_empty() && digest.len() == 64;
        let fits = whole && stays && module.bytes().all(base64) && digest.bytes().all(hex);
        fits.then(|| Self {
            script: script.to_owned(),
            module: module.to_owned(),
            digest: digest.to_owned(),
            version: version.to_owned(),
        })
    }

    /// From the text of the offline edition, `touchstone-offline.html`, or of a saved page that holds the program.
    #[must_use]
    pub fn from_edition(text: &str) -> Option<Self> {
        let between = |start: &str, end: &str| {
            let after = text.split_once(start)?.1;
            Some(after.split_once(end)?.0)
        };
        Self::new(
            between("<script id=\"touchstone-program\">", "</script>")?,
            between("<script id=\"touchstone-module\" type=\"application/wasm+gzip+base64\">", "</script>")?,
            between("<meta name=\"touchstone-module\" content=\"", "\"")?,
            between("<meta name=\"touchstone-version\" content=\"", "\"")?,
        )
    }

    /// SHA-256 of the script, in hex.
    #[must_use]
    pub fn script_digest(&self) -> String {
        sha256_hex(self.script.as_bytes())
    }

    /// SHA-256 of the module, in hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The version of Touchstone that it is of, as it states it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What it adds to a page, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.script.len().saturating_add(self.module.len())
    }
}

/// The part that is read and printed.
pub(super) fn printed(saved: &Saved, block: &str, answers: &Answers) -> Result<String, SavedError> {
    let mut out = Html::default();
    out.raw("<main id=\"touchstone-report\">\n");
    match &answers.inventory {
        Some(inventory) => html::write_inventory(&mut out, inventory),
        None => html::write(&mut out, &answers.documents),
    }
    out.raw("<section id=\"touchstone-inside\">\n<h2>What this page holds</h2>\n");
    out.raw("<p>Everything that was looked at, but for the file itself, of which it holds the digest.</p>\n<table>\n<tbody>\n");
    let named = saved.named();
    for (place, (file, bytes)) in saved.files.iter().zip(saved.bytes()?).enumerate() {
        let name = if file.name.is_empty() { "pasted text" } else { &file.name };
        // What no question names was not looked at, and of a root that is said to have judged this program has its own.
        let is_built_in = || embedded::ALL.into_iter().any(|root| embedded::json(root) == Some(bytes.as_slice()));
        let note = match named.get(&place) {
            None => ". No question here names it: it was not looked at",
            Some(NamedAs::Judge) if !is_built_in() => {
                ". It is no trusted root that is built in here: it judged nothing"
            }
            Some(_) => "",
        };
        out.value(name, &format!("{} bytes, SHA-256 {}{note}", bytes.len(), sha256_hex(&bytes)));
    }
    let whole = format!("{} bytes, SHA-256 {}", block.len(), sha256_hex(block.as_bytes()));
    out.value("Question and evidence, as they stand in this page", &whole);
    out.value("Made by", answers.tool());
    if !saved.made.is_empty() {
        out.value("Saved at", &format!("{}, by the clock of the device that saved it", saved.made));
    }
    if !saved.module.is_empty() {
        out.value("Program", &format!("{} bytes, its module's SHA-256 {}", saved.program_bytes, saved.module));
    }
    out.raw("</tbody>\n</table>\n");
    out.raw(
        "<p>Whoever can change this whole page can change its program too. To be sure of it, ask a copy \
         of Touchstone that you got yourself (touchstone recheck), or compare the program\u{2019}s digest with the release.</p>\n</section>\n</main>\n",
    );
    Ok(out.0)
}

/// The whole page. Without `program` it cannot check itself, and says so.
///
/// # Errors
/// When a question in `saved` cannot be put again.
pub fn page(saved: &Saved, program: Option<&Program>) -> Result<String, SavedError> {
    let answers = saved.answers()?;
    let block = saved.block();
    let main = printed(saved, &block, &answers)?;
    let mut out = Html::default();
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(&touchstone_crypto::sha256(text.as_bytes())));
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let scripts = program.map_or_else(
        || "'none'".to_owned(),
        |program| format!("{} 'wasm-unsafe-eval'; worker-src blob:", hash(&program.script)),
    );
    out.0.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {scripts}; style-src {}; \
         img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'\">\n",
        hash(STYLE)
    ));
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.raw(
        "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"touchstone-edition\" content=\"report\">\n",
    );
    if let Some(program) = program {
        out.element("<meta name=\"touchstone-module\" content=\"", &program.digest, "\">\n");
        out.element("<meta name=\"touchstone-version\" content=\"", &program.version, "\">\n");
    }
    out.element("<title>", &answers.title(), "</title>\n");
    out.raw("<link rel=\"icon\" href=\"data:,\">\n<style id=\"touchstone-style\">");
    out.0.push_str(STYLE);
    out.raw("</style>\n</head>\n<body>\n<section id=\"touchstone-self\" role=\"status\" aria-label=\"Self-check\">");
    out.raw(if program.is_some() {
        "This page has not checked itself. It does so on opening, in a browser with JavaScript and WebAssembly."
    } else {
        "This page cannot check itself: it was saved without the program for that. Its evidence can be checked with the \
         command touchstone, or on Touchstone\u{2019}s page."
    });
    out.raw("</section>\n");
    out.0.push_str(&main);
    out.raw(EVIDENCE);
    out.0.push_str(&block);
    out.raw("</script>\n");
    if let Some(program) = program {
        out.raw("<script id=\"touchstone-module\" type=\"application/wasm+gzip+base64\">");
        out.0.push_str(&program.module);
        out.raw("</script>\n<script id=\"touchstone-program\">");
        out.0.push_str(&program.script);
        out.raw("</script>\n");
    }
    out.raw("</body>\n</html>\n");
    Ok(out.0)
}
