//! What a statement claims to be about: for finding it, never for believing it.

use touchstone_formats::bundle::{Bundle, Content};
use touchstone_formats::evidence::Evidence;
use touchstone_formats::hex;
use touchstone_formats::inventory::Identity;
use touchstone_formats::predicate::{self, Predicate};
use touchstone_formats::statement::{Statement, SubjectDigest};

/// What a statement claims.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) subjects: Vec<Claimed>,
    /// (algorithm, hex) of what it says it was made from.
    pub(super) made_from: Vec<(String, String)>,
}

impl Claims {
    fn and(mut self, more: Self) -> Self {
        self.subjects.extend(more.subjects);
        self.made_from.extend(more.made_from);
        self
    }
}

/// One thing that it claims to be about.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) name: Option<String>,
    /// (algorithm, lower-case hex).
    pub(super) digests: Vec<(String, String)>,
}

impl Claimed {
    /// What a row of its own would be identified by: its strongest digest that can be compared here.
    pub(super) fn identity(&self) -> Option<Identity> {
        ["sha256", "sha384", "sha512", "gitCommit", "sha1"].into_iter().find_map(|algorithm| {
            let (_, hex) = self.digests.iter().find(|(name, _)| name == algorithm)?;
            Some(Identity::Digest { algorithm, hex: hex.clone() })
        })
    }
}

/// What a piece of evidence is about, in whatever form its statements are signed. Statements that belong together
/// are judged together; here each of them helps to find the piece. One that cannot be read beside one that can is left to
/// that judgement.
///
/// # Errors
/// Why nothing in it can be read, in words.
pub(super) fn of_evidence(bytes: &[u8]) -> Result<Claims, String> {
    let evidence = Evidence::parse(bytes);
    let mut found: Option<Claims> = None;
    let mut problem = None;
    let mut last: &[u8] = &[];
    for piece in &evidence.pieces {
        let claims = match &piece.bundle {
            // Several signatures over one statement stand beside one another.
            Ok(Bundle { content: Content::Dsse(envelope), .. }) if found.is_some() && envelope.payload == last => {
                continue;
            }
            Ok(bundle) => of_bundle(bundle),
            Err(error) => Err(error.to_string()),
        };
        match claims {
            Ok(claims) => {
                if let Ok(Bundle { content: Content::Dsse(envelope), .. }) = &piece.bundle {
                    last = &envelope.payload;
                }
                found = Some(match found {
                    Some(held) => held.and(claims),
                    None => claims,
                });
            }
            Err(why) => problem = problem.or(Some(why)),
        }
    }
    found.ok_or_else(|| problem.unwrap_or_else(|| "It holds no statement.".to_owned()))
}

fn of_bundle(bundle: &Bundle) -> Result<Claims, String> {
    match &bundle.content {
        Content::Message(message) => {
            let digests = message
                .digest
                .as_ref()
                .map(|digest| (digest.algorithm.digest_name().to_owned(), hex::encode(&digest.bytes)));
            let Some(digest) = digests else {
                return Err(
                    "It signs a file and does not say which: it can only be checked beside that file.".to_owned()
                );
            };
            Ok(Claims { subjects: vec![Claimed { name: None, digests: vec![digest] }], made_from: Vec::new() })
        }
        Content::Dsse(envelope) => of_statement(&envelope.payload),
    }
}

/// # Errors
/// Why the statement cannot be read, in words.
pub(super) fn of_statement(payload: &[u8]) -> Result<Claims, String> {
    let statement = Statement::parse(payload).map_err(|error| error.to_string())?;
    let made_from = match predicate::read(&statement) {
        Ok(Predicate::Provenance(provenance)) => {
            provenance.dependencies.iter().flat_map(|dependency| keys(&dependency.digests)).collect()
        }
        // A predicate of the wrong shape is judged with its statement, not here.
        Ok(_) | Err(_) => Vec::new(),
    };
    let subjects = statement
        .subjects
        .into_iter()
        .map(|subject| Claimed { digests: keys(&subject.digests).collect(), name: subject.name })
        .collect();
    Ok(Claims { subjects, made_from })
}

fn keys(digests: &[SubjectDigest]) -> impl Iterator<Item = (String, String)> {
    digests.iter().filter_map(|digest| {
        let bytes = digest.bytes()?;
        Some((digest.algorithm.clone(), hex::encode(&bytes)))
    })
}
