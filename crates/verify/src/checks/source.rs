//! The source repository against the expectation: spec E-22, E-25, E-33, E-43.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::uri::Repository;

use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::signed_words::{PAYLOAD, SignedWords, Voucher, concluded, in_statement};
use crate::stated_source::{self, Meant, StatedSource};

check! {
    /// Was it built from the repository that you expect?
    ///
    /// # What
    /// The certificate names the repository for which the workflow ran, and the provenance names it again: where the
    /// build's instructions came from, and what was built. All of them must be the repository that you named. Where a
    /// key signed, there is no certificate, and the key's holder alone says it.
    ///
    /// # Why
    /// A builder builds for everybody. That a trusted builder signed says nothing about whose code it built.
    ///
    /// # Harmless
    /// - the project moved to another account
    /// - you are using a fork on purpose
    ///
    /// # Do
    /// Take the repository from the project's own site, not from the download.
    ///
    /// # Specification
    /// SLSA verifying artifacts, step 2; Fulcio certificate extension .12 (E-5, E-22, E-25, E-43)
    Source, "source", Expected, "Source repository"
}

/// Proof that everybody who names the source names the one expected.
#[derive(Clone, Debug)]
pub struct MatchedSource {
    uri: String,
    is_certified: bool,
}

impl MatchedSource {
    /// The repository.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Whether the certificate names it; otherwise the key's holder alone does.
    #[must_use]
    pub const fn is_certified(&self) -> bool {
        self.is_certified
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(expected: Option<&str>, evidence: &SignedWords<'_>) -> (Finding, Option<MatchedSource>) {
    let Some(expected) = expected else {
        return (Finding::new(Source::CHECK, Outcome::NotAsked(Open::Nothing("No repository was named"))), None);
    };
    concluded(Source::CHECK, judge(expected, evidence))
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn judge(expected: &str, evidence: &SignedWords<'_>) -> Result<(String, MatchedSource), Outcome> {
    let wanted = expectation(expected).ok_or_else(|| {
        let form = "github.com/OWNER/NAME, another repository, or gs://…";
        Outcome::Failed(Failure::new(Cause::SourceExpectationMalformed, form, expected, ""))
    })?;
    evidence.is_read()?;
    let built = evidence.provenance_at_hand().map(stated_source::sources).transpose()?.flatten();
    let is_provenance = built.is_some();
    let stated = built.or_else(|| evidence.source_track().and_then(|said| Some(vec![said.source?])));
    let is_certified = match evidence.voucher.map_err(Outcome::Blocked)? {
        Voucher::Certificate(signer) => {
            certified(&wanted, expected, &signer.claims, evidence.key_place).map_err(Outcome::Failed)?;
            true
        }
        Voucher::Key if stated.is_none() => {
            let found = "nothing that names the source in a known way";
            return Err(Outcome::Failed(Failure::new(Cause::SourceAbsent, expected, found, PAYLOAD)));
        }
        Voucher::Key => false,
    };
    if let Some(stated) = &stated {
        all_name(&wanted, expected, stated).map_err(Outcome::Failed)?;
    }
    // E-67: such a place contradicts, and alone it proves nothing: what was built may come from elsewhere.
    if let Some(provenance) = evidence.provenance_at_hand().filter(|_| is_provenance && !is_certified)
        && !stated_source::is_known(provenance)
    {
        let found = "a provenance of a type of build that is not known here";
        return Err(Outcome::Failed(Failure::new(Cause::SourceAbsent, expected, found, PAYLOAD)));
    }
    // E-25: whatever was built was built at some ref, and one place at least says at which. Cloud Build has it elsewhere (E-43).
    if let Some(provenance) = evidence.provenance_at_hand()
        && is_provenance
        && stated_source::has_references(provenance)
        && stated_source::references(provenance)?.is_empty()
    {
        let wanted = format!("{expected} at a branch, tag or commit");
        return Err(Outcome::Failed(Failure::new(
            Cause::SourceAbsent,
            wanted,
            "a provenance that names no ref",
            PAYLOAD,
        )));
    }
    let uri = match &wanted {
        Meant::Repository(repository, _) => repository.to_string(),
        Meant::Storage(uri) => uri.clone(),
    };
    let said = match (is_certified, stated) {
        (true, Some(_)) if is_provenance => format!("{uri}, in certificate and provenance"),
        (true, Some(_)) => format!("{uri}, in certificate and statement"),
        (true, None) => format!("{uri}, in the certificate"),
        (false, _) => format!("{uri}, as the key's holder says"),
    };
    Ok((said, MatchedSource { uri, is_certified }))
}

/// Whether an expectation can be read as a source.
#[must_use]
pub fn is_source(text: &str) -> bool {
    expectation(text).is_some()
}

/// What the person means: a host without a scheme is one with `https://`.
fn expectation(text: &str) -> Option<Meant> {
    if let Some(object) = text.strip_prefix("gs://") {
        return (!object.is_empty()).then(|| Meant::Storage(text.to_owned()));
    }
    // As it is copied from a browser.
    let text = text.strip_suffix('/').unwrap_or(text);
    let uri = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    Repository::parse(&uri).ok().map(|repository| Meant::Repository(repository, None))
}

/// E-22: exactly, letter by letter; a name in other letters is another name to whoever reads it.
fn certified(wanted: &Meant, expected: &str, claims: &FulcioExtensions, place: &str) -> Result<(), Failure> {
    let said = claims
        .source_repository_uri()
        .map(str::to_owned)
        .or_else(|| claims.github_workflow_repository().map(|name| format!("https://github.com/{name}")));
    let Some(said) = said else {
        let found = "a certificate that names no source repository";
        return Err(Failure::new(Cause::SourceAbsent, expected, found, place));
    };
    let found = Repository::parse(&said).ok().map(|repository| Meant::Repository(repository, None));
    if found.as_ref() == Some(wanted) {
        return Ok(());
    }
    Err(Failure::new(Cause::SourceDiffers, expected, said, place))
}

/// E-25: every place names it, and where several say for which ref, they say the same.
fn all_name(wanted: &Meant, expected: &str, stated: &[StatedSource]) -> Result<(), Failure> {
    if stated.is_empty() {
        return Err(Failure::new(Cause::SourceAbsent, expected, "a provenance that names no source", PAYLOAD));
    }
    let mut reference: Option<&str> = None;
    for source in stated {
        if !source.meant.as_ref().is_some_and(|found| is_same(wanted, found)) {
            let place = in_statement(&source.path);
            let found = if source.text.is_empty() { "nothing" } else { &source.text };
            return Err(Failure::new(Cause::SourceDiffers, expected, found, place));
        }
        let Some(Meant::Repository(_, Some(own))) = &source.meant else { continue };
        match reference {
            Some(known) if known != own => {
                return Err(Failure::new(Cause::SourceRefsDiffer, known, own.clone(), in_statement(&source.path)));
            }
            _ => reference = Some(own),
        }
    }
    Ok(())
}

/// A storage object without its generation is any generation of it (E-43).
fn is_same(wanted: &Meant, found: &Meant) -> bool {
    match (wanted, found) {
        (Meant::Repository(wanted, _), Meant::Repository(found, _)) => wanted == found,
        (Meant::Storage(wanted), Meant::Storage(found)) => {
            wanted == found || found.split_once('#').is_some_and(|(object, _)| object == wanted)
        }
        _ => false,
    }
}
