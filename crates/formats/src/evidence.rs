//! Evidence in every form that is not just one Sigstore bundle: bare envelopes, what package registries and Google Cloud
//! Build hand out (A-2, E-40, E-66, G.1 to G.3). Each signed statement in it becomes the parsed type [`Bundle`], so that
//! one core verifies them all; what stands beside it unsigned is kept for the check `wrapper`.

mod cloud_build;
mod envelope;
mod npm;
mod pypi;

pub use cloud_build::{CloudBuild, region_of_key_id};
pub use npm::PUBLISH_PREDICATE as NPM_PUBLISH_PREDICATE;
pub use pypi::PypiPublisher;

use crate::bundle::{Bundle, BundleError, BundleFault};
use crate::field::{Field, Object};
use crate::json::{self, Limits, Value};
use crate::limits::{MAX_BUNDLE_BYTES, MAX_EVIDENCE_PIECES};
use crate::path::Path;

/// What a file of evidence was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// One Sigstore bundle, or something that was to be one.
    Bundle,
    /// Sigstore bundles, one a line.
    BundleLines,
    /// The answer of GitHub's attestation API (G-22).
    GitHub,
    /// One DSSE envelope.
    Envelope,
    /// DSSE envelopes, one a line.
    EnvelopeLines,
    /// The answer of npm's attestation endpoint (G-10).
    Npm,
    /// A PEP 740 attestation object (G-1).
    PypiAttestation,
    /// A PEP 740 provenance object (G-2).
    PypiProvenance,
    /// What `gcloud artifacts docker images describe` says (E-40).
    CloudBuild,
}

impl Form {
    /// The form in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bundle => "Sigstore bundle",
            Self::BundleLines => "Sigstore bundles, one a line",
            Self::GitHub => "attestations from GitHub",
            Self::Envelope => "DSSE envelope",
            Self::EnvelopeLines => "DSSE envelopes, one a line",
            Self::Npm => "attestations from npm",
            Self::PypiAttestation => "PyPI attestation",
            Self::PypiProvenance => "PyPI provenance",
            Self::CloudBuild => "description from Google Cloud Build",
        }
    }

    /// Whether every statement in it must hold (npm, PyPI); else any one is enough (H-16).
    #[must_use]
    pub const fn all_must_hold(self) -> bool {
        matches!(self, Self::Npm | Self::PypiProvenance)
    }
}

/// A file of evidence, taken apart. Nothing in it is believed.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it was read as.
    pub form: Form,
    /// The signed statements in it, one a signature; never empty.
    pub pieces: Vec<Piece>,
}

/// One signature over one statement, as a bundle, and what stands beside it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The bundle, or why there is none.
    pub bundle: Result<Bundle, BundleError>,
    /// What stands beside it, unsigned.
    pub beside: Beside,
    /// Where it is in the file.
    pub places: Places,
}

/// What stands beside a signed statement, unsigned. It must agree with the statement.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// npm's answer says the type of each predicate once more (G-10).
    Npm {
        /// `predicateType`.
        predicate_type: String,
    },
    /// What Google Cloud Build's description says of the image and of the provenance (E-43).
    CloudBuild(Box<CloudBuild>),
    /// What the index says of a Python package's attestation; `None` for an attestation object alone (G-7).
    Pypi(Option<PypiPublisher>),
}

/// Where a piece is in its file: from the places of a bundle, which checks name, to those of the file, which a person can
/// look up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// (place in a bundle, place in the document); the first that fits counts.
    table: Vec<(&'static str, String)>,
    /// The document itself, where it is part of a larger one.
    base: Option<String>,
}

impl Places {
    /// The place in the file.
    #[must_use]
    pub fn in_file(&self, place: &str) -> String {
        let moved = self
            .table
            .iter()
            .find_map(|(from, to)| under(place, from).map(|rest| format!("{to}{rest}")))
            .unwrap_or_else(|| place.to_owned());
        match &self.base {
            Some(base) => under(&moved, "$").map(|rest| format!("{base}{rest}")).unwrap_or(moved),
            None => moved,
        }
    }

    /// Where the piece itself is.
    #[must_use]
    pub fn root(&self) -> String {
        self.in_file("$.dsseEnvelope")
    }
}

/// What follows `prefix` in `place`, if `place` is it or lies in it.
fn under<'a>(place: &'a str, prefix: &str) -> Option<&'a str> {
    place.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[', ':']))
}

impl Evidence {
    /// Takes a file apart. What cannot be read is one piece without a bundle, so that it is refused, never skipped.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        match json::parse(bytes, Limits::of_size(MAX_BUNDLE_BYTES)) {
            Ok(value) => Self::of_value(&value),
            Err(error) => Self::of_lines(bytes).unwrap_or_else(|| Self::refused(Form::Bundle, error.into())),
        }
    }

    /// Reads the whole file as one Sigstore bundle, whatever it is.
    #[must_use]
    pub fn one_bundle(bytes: &[u8]) -> Self {
        let piece = Piece { bundle: Bundle::parse(bytes), beside: Beside::Nothing, places: Places::default() };
        Self { form: Form::Bundle, pieces: vec![piece] }
    }

    /// The statements, each as evidence to be judged by itself, with whatever must hold with it.
    #[must_use]
    pub fn statements(self) -> Vec<Self> {
        let alone = |form, piece| Self { form, pieces: vec![piece] };
        match self.form {
            Form::Bundle | Form::BundleLines | Form::GitHub => {
                // The registry's keys sign nothing but its own statements.
                let form = |piece: &Piece| if piece.is_npm_publish() { Form::Npm } else { Form::Bundle };
                self.pieces.into_iter().map(|piece| alone(form(&piece), piece)).collect()
            }
            // Signatures over one line stand for one another; lines do not.
            Form::EnvelopeLines => {
                grouped(self.pieces, Form::Envelope, |one, other| one.places.base == other.places.base)
            }
            // So do signatures over one of the description's provenances.
            Form::CloudBuild => {
                grouped(self.pieces, Form::CloudBuild, |one, other| match (&one.beside, &other.beside) {
                    (Beside::CloudBuild(one), Beside::CloudBuild(other)) => one.path == other.path,
                    _ => false,
                })
            }
            // The registry's own statement holds together with the provenance, and says something of its own.
            Form::Npm if self.pieces.len() > 1 => {
                // The first that is not the registry's own leads; each of the others says something of its own.
                let leading = self.pieces.iter().position(|piece| !piece.is_npm_publish()).unwrap_or(0);
                let others = self.pieces.iter().enumerate().filter(|(index, _)| *index != leading);
                let own: Vec<Self> = others.map(|(_, piece)| alone(Form::Npm, piece.clone())).collect();
                core::iter::once(self).chain(own).collect()
            }
            Form::PypiProvenance => {
                let others: Vec<Self> =
                    self.pieces.iter().skip(1).cloned().map(|piece| alone(Form::PypiProvenance, piece)).collect();
                core::iter::once(self).chain(others).collect()
            }
            _ => vec![self],
        }
    }

    /// The statements beside the one that the piece `asked` is a signature over, each with its place among
    /// [`Evidence::statements`]. Signatures over one statement stand for one another, and are none beside it.
    #[must_use]
    pub fn beside(&self, asked: usize) -> Vec<(usize, Self)> {
        let is_several = matches!(self.form, Form::EnvelopeLines | Form::CloudBuild | Form::Npm | Form::PypiProvenance);
        let Some(asked) = self.pieces.get(asked).filter(|_| is_several) else { return Vec::new() };
        let is_other = |statement: &Self| statement.pieces.iter().all(|piece| piece.places != asked.places);
        self.clone().statements().into_iter().enumerate().filter(|(_, statement)| is_other(statement)).collect()
    }

    fn of_value(value: &Value) -> Self {
        let root = Field::root(value);
        let (form, pieces) = match root.object() {
            Ok(object) => Self::of_object(&root, &object),
            // Refused with the words for a bundle.
            Err(_) => (Form::Bundle, Ok(vec![bundle(value, None)])),
        };
        match pieces {
            Ok(pieces) if pieces.is_empty() => Self::refused(form, BundleFault::Empty { form: form.name() }.into()),
            Ok(pieces) => Self { form, pieces },
            Err(fault) => Self::refused(form, fault.into()),
        }
    }

    /// The table of A-2, as far as it is about signed statements.
    fn of_object(root: &Field<'_>, object: &Object<'_>) -> (Form, Result<Vec<Piece>, BundleFault>) {
        let has = |members: &[&str]| members.iter().all(|member| object.get(member).is_some());
        if has(&["mediaType"]) {
            return (Form::Bundle, Ok(vec![bundle(root.value(), None)]));
        }
        if has(&["attestations"]) {
            return npm::read(object);
        }
        if has(&["attestation_bundles"]) {
            return (Form::PypiProvenance, pypi::provenance(object));
        }
        if has(&["verification_material", "envelope"]) {
            return (Form::PypiAttestation, pypi::attestation(root, None).map(|piece| vec![piece]));
        }
        if has(&["payload", "payloadType"]) {
            return (Form::Envelope, envelope::read(root, None, &mut envelope::Budget::new()));
        }
        if has(&["image_summary"]) || has(&["provenance_summary"]) {
            return (Form::CloudBuild, cloud_build::read(object));
        }
        (Form::Bundle, Ok(vec![bundle(root.value(), None)]))
    }

    /// JSON Lines: two or more, each a document. The first says of what kind they are.
    fn of_lines(bytes: &[u8]) -> Option<Self> {
        let lines = json::parse_lines(bytes, Limits::of_size(MAX_BUNDLE_BYTES), MAX_EVIDENCE_PIECES).ok()?;
        let (_, first) = lines.first()?;
        if lines.len() < 2 {
            return None;
        }
        let form = if first.get("mediaType").is_some() {
            Form::BundleLines
        } else if first.get("payload").is_some() && first.get("payloadType").is_some() {
            Form::EnvelopeLines
        } else {
            return None;
        };
        let mut budget = envelope::Budget::new();
        let pieces = lines.iter().flat_map(|(number, value)| {
            let base = Path::line(*number).to_string();
            match form {
                Form::BundleLines => vec![bundle(value, Some(base))],
                _ => envelope::read(&Field::root(value), Some(base.clone()), &mut budget)
                    .unwrap_or_else(|fault| vec![Piece::refused(fault.into(), Some(base))]),
            }
        });
        Some(Self { form, pieces: pieces.take(MAX_EVIDENCE_PIECES).collect() })
    }

    fn refused(form: Form, error: BundleError) -> Self {
        Self { form, pieces: vec![Piece::refused(error, None)] }
    }
}

/// Neighbours that are signatures over one statement, together.
fn grouped(pieces: Vec<Piece>, form: Form, is_one: impl Fn(&Piece, &Piece) -> bool) -> Vec<Evidence> {
    let mut groups: Vec<Evidence> = Vec::new();
    for piece in pieces {
        let own = groups.last_mut().filter(|group| group.pieces.last().is_some_and(|last| is_one(last, &piece)));
        match own {
            Some(group) => group.pieces.push(piece),
            None => groups.push(Evidence { form, pieces: vec![piece] }),
        }
    }
    groups
}

impl Piece {
    /// Whether it says that it is npm's own statement about a publication: of its type, and signed with a key (G-11).
    #[must_use]
    pub fn is_npm_publish(&self) -> bool {
        let by_key = self.bundle.as_ref().is_ok_and(|bundle| bundle.material.key.leaf().is_none());
        by_key && self.claimed_predicate_type().as_deref() == Some(NPM_PUBLISH_PREDICATE)
    }

    fn refused(error: BundleError, base: Option<String>) -> Self {
        Self { bundle: Err(error), beside: Beside::Nothing, places: Places { table: Vec::new(), base } }
    }

    /// The type of the predicate that the payload names, believed by nobody; `None` where it names none.
    #[must_use]
    pub fn claimed_predicate_type(&self) -> Option<String> {
        let Ok(Bundle { content: crate::bundle::Content::Dsse(envelope), .. }) = &self.bundle else { return None };
        crate::statement::Statement::parse(&envelope.payload).ok().map(|statement| statement.predicate_type)
    }
}

/// A Sigstore bundle at `base`.
fn bundle(value: &Value, base: Option<String>) -> Piece {
    Piece { bundle: Bundle::from_value(value), beside: Beside::Nothing, places: Places { table: Vec::new(), base } }
}

#[cfg(test)]
mod tests;
