//! Reads the answers to requests.

use std::borrow::Cow;

use serde::Deserialize;

use crate::json;
use crate::kind::{Kind, Role};
use crate::limits;
use crate::problem::FetchProblem;
use crate::recognise::{Recognised, recognise};
use crate::request::{Asked, Expects};

/// What an answer brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The evidence, unpacked; borrowed when it is the answer itself. `None` when all of it is elsewhere.
    pub evidence: Option<(Cow<'a, [u8]>, Recognised)>,
    /// Addresses of bundles that the answer keeps elsewhere. [`bundle_requests`](crate::bundle_requests) makes requests
    /// of those that may be followed, and they are not performed before the person saw them.
    pub elsewhere: Vec<String>,
}

/// Reads the body that came for `asked`.
///
/// # Errors
/// When the body is not what was asked for, or too large once unpacked.
pub fn read_answer<'a>(asked: &Asked, body: &'a [u8]) -> Result<Answer<'a>, FetchProblem> {
    match asked.expects {
        Expects::Evidence => evidence(asked, body),
        Expects::GitHubList => list(asked, body),
        Expects::SnappyBundle => packed(asked, body),
    }
}

fn evidence<'a>(asked: &Asked, body: &'a [u8]) -> Result<Answer<'a>, FetchProblem> {
    let found = recognise(&asked.file_name, body);
    if !matches!(found.role, Role::Bundle | Role::TrustedRoot | Role::Key) {
        return Err(FetchProblem::NotWhatWasAsked {
            expected: "A bundle or other evidence".to_owned(),
            found: with_article(&found.name),
        });
    }
    let elsewhere = if found.kind == Kind::GitHubAttestations { addresses(body) } else { Vec::new() };
    Ok(answer(Cow::Borrowed(body), found, elsewhere))
}

fn list<'a>(asked: &Asked, body: &'a [u8]) -> Result<Answer<'a>, FetchProblem> {
    let found = recognise("attestations.json", body);
    if found.kind != Kind::GitHubAttestations && found.kind != Kind::NpmAttestations {
        return Err(FetchProblem::NotWhatWasAsked {
            expected: format!("GitHub's list of attestations from {}", asked.host),
            found: with_article(&found.name),
        });
    }
    let elsewhere = addresses(body);
    if found.bundles.is_empty() && elsewhere.is_empty() {
        return Err(FetchProblem::NoAttestations);
    }
    Ok(answer(Cow::Borrowed(body), found, elsewhere))
}

fn answer<'a>(body: Cow<'a, [u8]>, found: Recognised, elsewhere: Vec<String>) -> Answer<'a> {
    let whole = found.kind != Kind::GitHubAttestations || !found.bundles.is_empty();
    Answer { evidence: whole.then_some((body, found)), elsewhere }
}

fn packed<'a>(asked: &Asked, body: &'a [u8]) -> Result<Answer<'a>, FetchProblem> {
    let unpacked =
        if body.trim_ascii_start().starts_with(b"{") { Cow::Borrowed(body) } else { Cow::Owned(unpack(body)?) };
    let found = recognise("bundle.sigstore.json", &unpacked);
    if found.kind != Kind::Bundle {
        return Err(FetchProblem::NotWhatWasAsked {
            expected: format!("A bundle from {}", asked.host),
            found: with_article(&found.name),
        });
    }
    Ok(Answer { evidence: Some((unpacked, found)), elsewhere: Vec::new() })
}

/// One raw Snappy block. Its length field is read first, so that no more than the cap is ever allocated (H-15).
fn unpack(body: &[u8]) -> Result<Vec<u8>, FetchProblem> {
    let bad = |error: snap::Error| FetchProblem::BadAnswer { found: format!("its Snappy block is damaged ({error})") };
    let length = snap::raw::decompress_len(body).map_err(bad)?;
    if length > limits::MAX_UNPACKED_BYTES {
        return Err(FetchProblem::TooLarge { cap: limits::MAX_UNPACKED_BYTES });
    }
    snap::raw::Decoder::new().decompress_vec(body).map_err(bad)
}

#[derive(Deserialize)]
struct List {
    attestations: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    bundle: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    bundle_url: Option<String>,
}

/// Where the list keeps the bundles that are not in it (G-22: `bundle` absent or null).
fn addresses(body: &[u8]) -> Vec<String> {
    let Some(list) = json::read::<List>(body) else {
        return Vec::new();
    };
    list.attestations.into_iter().filter(|one| one.bundle.is_none()).filter_map(|one| one.bundle_url).collect()
}

fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    let mut chars = name.chars();
    let first = chars.next();
    // "PDF", "JSON" and "TUF" keep their capitals.
    let keeps = name.chars().nth(1).is_none_or(|one| one.is_ascii_uppercase());
    match first {
        Some(first) if !keeps => format!("{article} {}{}", first.to_ascii_lowercase(), chars.as_str()),
        _ => format!("{article} {name}"),
    }
}
