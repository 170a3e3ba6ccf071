//! What stands beside a signed statement: spec E-40, E-43, G-3, G-6, G-10 to G-17.

use touchstone_crypto::{DigestAlgorithm, KeyKind, PublicKey};
use touchstone_formats::bundle::{Bundle, Content, KeyMaterial};
use touchstone_formats::evidence::{Beside, CloudBuild};
use touchstone_formats::json::{self, Limits, Value};
use touchstone_formats::limits::MAX_BUNDLE_BYTES;
use touchstone_formats::predicate::{self, Predicate};
use touchstone_formats::statement::Statement as Parsed;
use touchstone_formats::x509::Certificate;

use crate::artifact::ArtifactDigests;
use crate::check::check;
use crate::checks::profile::SignerCertificate;
use crate::checks::publisher;
use crate::checks::signature::Signature;
use crate::checks::statement::{AuthenticStatement, Statement};
use crate::evidence::{Companion, Wrapping};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Open, Outcome};
use crate::policy::Scope;
use crate::report::Verdict;

check! {
    /// Does what came with the signed statement agree with it?
    ///
    /// # What
    /// Package registries and build services hand a signed statement out inside something larger: a list, a description,
    /// a second statement. What stands beside the statement is not signed, so every part of it must say the same as the
    /// statement. A second statement (npm's own about the publishing) must verify too, and be about the same thing.
    ///
    /// # Why
    /// People and programs read what is easy to read. If that may differ from what was signed, the signature protects
    /// something that nobody looks at.
    ///
    /// # Harmless
    /// - the file was edited by hand, or put together from two answers
    ///
    /// # Do
    /// Ask the registry or the build service for it again.
    ///
    /// # Specification
    /// PEP 740; npm attestations; Google Cloud Build provenance (E-40, E-43, G-3, G-6, G-7, G-10 to G-17)
    Wrapper, "wrapper", Content, "What came with it"
}

/// What the check looks at.
pub(crate) struct Wrapped<'w, 'a> {
    pub(crate) wrapping: &'w Wrapping<'a>,
    pub(crate) bundle: &'w Bundle,
    pub(crate) leaf: Option<&'w Certificate>,
    /// The certificate, where its profile held.
    pub(crate) signer: Option<&'w SignerCertificate>,
    pub(crate) statement: Option<&'w AuthenticStatement>,
    /// What came out of the check `statement`.
    pub(crate) statement_outcome: &'w Outcome,
    pub(crate) artifact: &'w ArtifactDigests<'w>,
    pub(crate) scope: Scope,
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(wrapped: &Wrapped<'_, '_>) -> Finding {
    let Wrapping { beside, companions, .. } = wrapped.wrapping;
    if matches!(beside, Beside::Nothing) && companions.is_empty() {
        return Finding::new(Wrapper::CHECK, Outcome::NotPresent("Nothing came with the statement".to_owned()));
    }
    if wrapped.scope == Scope::SignatureOnly {
        let unused = Open::Nothing("Only the signature was asked about: what came with the statement is not read.");
        return Finding::new(Wrapper::CHECK, Outcome::NotAsked(unused));
    }
    let mut items: Vec<Item> = companions.iter().map(|companion| verified(companion)).collect();
    let Some(statement) = wrapped.statement else {
        let whole = match wrapped.statement_outcome {
            Outcome::NotPresent(found) => Outcome::Failed(Failure::new(
                Cause::WrapperNoStatement,
                "an in-toto statement",
                found.as_str(),
                "$.dsseEnvelope.payloadType",
            )),
            Outcome::Blocked(by) if *by == Signature::CHECK => Outcome::Blocked(Signature::CHECK),
            _ => Outcome::Blocked(Statement::CHECK),
        };
        return Finding::from_items(Wrapper::CHECK, items, whole);
    };
    let statement = statement.statement();
    let said = match beside {
        Beside::Npm { predicate_type } => npm(wrapped.bundle, statement, predicate_type),
        Beside::CloudBuild(beside) => cloud_build(beside, wrapped, statement),
        Beside::Pypi(_) => pypi(wrapped.leaf, statement),
        _ => Ok("Nothing stands beside the statement"),
    };
    items.push(Item {
        place: "$".to_owned(),
        outcome: said.map_or_else(Outcome::Failed, |said| Outcome::Passed(said.to_owned())),
    });
    if let (Beside::Pypi(Some(said)), Some(signer)) = (beside, wrapped.signer) {
        let place = wrapped.bundle.material.key.path();
        let outcome = publisher::as_the_index_says(said, signer, place);
        items.push(Item { place: place.to_owned(), outcome });
    }
    items.extend(companions.iter().filter_map(|companion| about_the_same(companion, statement)));
    let open = items.iter().find_map(|item| match &item.outcome {
        Outcome::NotAsked(open) => Some(Outcome::NotAsked(open.clone())),
        Outcome::Blocked(by) => Some(Outcome::Blocked(*by)),
        _ => None,
    });
    let whole = open.unwrap_or_else(|| Outcome::Passed(summary(beside, companions)));
    Finding::from_items(Wrapper::CHECK, items, whole)
}

fn summary(beside: &Beside, companions: &[Companion<'_>]) -> String {
    let agrees = match beside {
        Beside::Npm { .. } => "The list from npm agrees with the statement",
        Beside::CloudBuild(_) => "The description agrees with the statement",
        Beside::Pypi(_) => "The attestation is of the form that PyPI accepts",
        _ => "Nothing stands beside the statement",
    };
    match companions.len() {
        0 => agrees.to_owned(),
        1 => format!("{agrees}; one more statement verifies and is about the same"),
        count => format!("{agrees}; {count} more statements verify and are about the same"),
    }
}

/// G-17: what comes with the statement counts only if it verifies itself.
fn verified(companion: &Companion<'_>) -> Item {
    let report = companion.report;
    let place = companion.place.clone();
    let outcome = match report.verdict {
        Verdict::Verified { .. } => Outcome::Passed(format!("{} verifies", companion.name)),
        Verdict::Rejected => {
            let failed = report.findings.iter().find_map(|finding| match &finding.outcome {
                Outcome::Failed(failure) => Some((finding.check, failure)),
                _ => None,
            });
            let found = failed.map_or_else(
                || "it is rejected".to_owned(),
                |(check, failure)| {
                    format!("{} fails: expected {}, found {}", check.title, failure.expected, failure.found)
                },
            );
            let expected = format!("{} that verifies", companion.name);
            Outcome::Failed(Failure::new(Cause::CompanionRejected, expected, found, place.as_str()))
        }
        Verdict::Incomplete => report
            .findings
            .iter()
            .find_map(|finding| match &finding.outcome {
                Outcome::NotAsked(open) if open.keeps_verdict_open() => Some(Outcome::NotAsked(open.clone())),
                _ => None,
            })
            .unwrap_or(Outcome::Blocked(Wrapper::CHECK)),
    };
    Item { place, outcome }
}

/// A subject's name, and its digests as (algorithm, value), sorted.
type NamedDigests = (Option<String>, Vec<(String, String)>);

/// G-16: the same subjects, by name and digest.
fn about_the_same(companion: &Companion<'_>, statement: &Parsed) -> Option<Item> {
    let other = companion.report.reading.statement.as_ref()?;
    let subjects = |statement: &Parsed| -> Vec<NamedDigests> {
        let digests = |subject: &touchstone_formats::statement::Subject| {
            let mut digests: Vec<(String, String)> = subject
                .digests
                .iter()
                .map(|digest| (digest.algorithm.clone(), digest.value.to_ascii_lowercase()))
                .collect();
            digests.sort_unstable();
            digests
        };
        let mut all: Vec<_> =
            statement.subjects.iter().map(|subject| (subject.name.clone(), digests(subject))).collect();
        all.sort_unstable();
        all
    };
    let (mine, theirs) = (subjects(statement), subjects(other));
    if mine == theirs {
        return None;
    }
    let told = |subjects: &[NamedDigests]| {
        let one = |(name, digests): &NamedDigests| {
            let digests: Vec<String> =
                digests.iter().map(|(algorithm, value)| format!("{algorithm}:{value}")).collect();
            format!("{} {}", name.as_deref().unwrap_or("(no name)"), digests.join(" "))
        };
        subjects.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let failure = Failure::new(Cause::CompanionAboutAnother, told(&mine), told(&theirs), companion.place.as_str());
    Some(Item { place: companion.place.clone(), outcome: Outcome::Failed(failure) })
}

/// G-10, G-11. That the registry's statement names its own subject, the check `package` says (G-16).
fn npm(bundle: &Bundle, statement: &Parsed, predicate_type: &str) -> Result<&'static str, Failure> {
    if statement.predicate_type != predicate_type {
        let expected = statement.predicate_type.as_str();
        return Err(Failure::new(Cause::WrapperPredicateTypeDiffers, expected, predicate_type, "$.predicateType"));
    }
    if let (KeyMaterial::PublicKeyHint(hint), Content::Dsse(envelope)) = (&bundle.material.key, &bundle.content) {
        let key_id = envelope.signatures.first().map(|signature| signature.keyid.as_str()).unwrap_or_default();
        if key_id != hint {
            let place = "$.dsseEnvelope.signatures[0].keyid";
            let found = if key_id.is_empty() { "no key id" } else { key_id };
            return Err(Failure::new(Cause::WrapperKeyIdDiffers, hint.as_str(), found, place));
        }
    }
    Ok("The list names the type of the predicate that was signed")
}

/// E-43: one digest everywhere, and the text form equal to what was signed.
fn cloud_build(beside: &CloudBuild, wrapped: &Wrapped<'_, '_>, statement: &Parsed) -> Result<&'static str, Failure> {
    const IMAGE: &str = "$.image_summary.digest";
    let subjects: Vec<String> = statement
        .subjects
        .iter()
        .flat_map(|subject| &subject.digests)
        .filter(|digest| digest.algorithm == "sha256")
        .map(|digest| format!("sha256:{}", digest.value.to_ascii_lowercase()))
        .collect();
    let missing = |place: &str| Failure::new(Cause::WrapperMemberMissing, "the image's digest", "nothing", place);
    let image = beside.image_digest.as_deref().ok_or_else(|| missing(IMAGE))?;
    // A statement may be about several images; the one that the person has is the one that counts.
    let asked = wrapped.artifact.digest(DigestAlgorithm::Sha256).map(|digest| format!("sha256:{}", digest.hex()));
    let expected = asked.filter(|asked| subjects.contains(asked)).unwrap_or_else(|| image.to_owned());
    if !subjects.contains(&expected) {
        let found = expected.as_str();
        return Err(Failure::new(Cause::WrapperDigestDiffers, subjects.join(" or "), found, IMAGE));
    }
    let resource = format!("{}.resourceUri", beside.path);
    let qualified = "$.image_summary.fully_qualified_digest";
    let named = [
        (Some(image), IMAGE),
        (beside.qualified_digest.as_deref().map(after_name), qualified),
        (beside.resource_uri.as_deref().map(after_name), resource.as_str()),
    ];
    for (found, place) in named {
        let found = found.ok_or_else(|| missing(place))?;
        if found != expected {
            return Err(Failure::new(Cause::WrapperDigestDiffers, expected, found, place));
        }
    }
    text_form(beside, wrapped.bundle)?;
    Ok("The digests and the text form are those of the statement")
}

/// `sha256:…` of `name@sha256:…`.
fn after_name(reference: &str) -> &str {
    reference.rsplit_once('@').map_or(reference, |(_, digest)| digest)
}

/// E-43. The payload of the first version holds its predicate twice, as `predicate` and as `slsaProvenance`; the text form
/// holds the second alone.
fn text_form(beside: &CloudBuild, bundle: &Bundle) -> Result<(), Failure> {
    let place = format!("{}.build", beside.path);
    let Some(text) = &beside.mirror else {
        return Err(Failure::new(Cause::WrapperMemberMissing, "the statement as text", "nothing", place));
    };
    let Content::Dsse(envelope) = &bundle.content else { return Ok(()) };
    // It was parsed before, as a statement, under the same caps.
    let Ok(signed) = json::parse(&envelope.payload, Limits::of_size(MAX_BUNDLE_BYTES)) else {
        return Err(Failure::new(Cause::WrapperTextDiffers, "the statement that was signed", "another text", place));
    };
    let twice = signed.get("slsaProvenance").is_some() && text.get("predicate").is_none();
    let signed = match signed {
        Value::Object(members) if twice => {
            Value::Object(members.into_iter().filter(|(name, _)| name != "predicate").collect())
        }
        other => other,
    };
    match first_difference(&signed, text, &place) {
        None => Ok(()),
        Some((expected, found, place)) => Err(Failure::new(Cause::WrapperTextDiffers, expected, found, place)),
    }
}

/// The first place at which two values differ: what the first has, what the second has. Members in any order. Both were
/// parsed under a cap on depth.
fn first_difference(one: &Value, other: &Value, path: &str) -> Option<(String, String, String)> {
    let differ = |one: String, other: String| Some((one, other, path.to_owned()));
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let extra = others.iter().find(|(name, _)| one.get(name).is_none());
            if let Some((name, _)) = extra {
                return differ("no such member".to_owned(), format!("{name:?}"));
            }
            members.iter().find_map(|(name, value)| match other.get(name) {
                Some(other) => first_difference(value, other, &format!("{path}.{name}")),
                None => differ(format!("{name:?}"), "no such member".to_owned()),
            })
        }
        (Value::Array(elements), Value::Array(others)) if elements.len() == others.len() => elements
            .iter()
            .zip(others)
            .enumerate()
            .find_map(|(index, (value, other))| first_difference(value, other, &format!("{path}[{index}]"))),
        (Value::Array(elements), Value::Array(others)) => {
            differ(format!("{} elements", elements.len()), format!("{} elements", others.len()))
        }
        _ if one == other => None,
        _ => differ(told(one), told(other)),
    }
}

fn told(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("{number:?}"),
        other => other.kind().to_owned(),
    }
}

/// G-3, G-6.
fn pypi(leaf: Option<&Certificate>, statement: &Parsed) -> Result<&'static str, Failure> {
    let kind = leaf.and_then(|leaf| PublicKey::from_spki_der(&leaf.spki_der).ok()).map(|key| key.kind());
    if kind != Some(KeyKind::EcdsaP256) {
        let found = kind.map_or_else(|| "a key that cannot be used".to_owned(), |kind| format!("{kind} key"));
        let place = "$.verificationMaterial.certificate.rawBytes";
        return Err(Failure::new(Cause::AttestationKeyKind, "an ECDSA key on P-256", found, place));
    }
    let expected = "exactly one file, with its name and SHA-256 digest";
    let place = "$.dsseEnvelope.payload:$.subject";
    let wrong = |found: String| Failure::new(Cause::AttestationSubject, expected, found, place);
    let [subject] = statement.subjects.as_slice() else {
        return Err(wrong(format!("{} files", statement.subjects.len())));
    };
    if subject.name.as_deref().is_none_or(str::is_empty) {
        return Err(wrong("a file without a name".to_owned()));
    }
    if !subject.digests.iter().any(|digest| digest.algorithm == "sha256") {
        return Err(wrong("a file without a SHA-256 digest".to_owned()));
    }
    // G-6: build provenance or publish attestation, which is empty.
    let accepted = statement.predicate_type == "https://slsa.dev/provenance/v1"
        || matches!(predicate::read(statement), Ok(Predicate::PypiPublish));
    if !accepted {
        let place = "$.dsseEnvelope.payload:$.predicateType";
        let expected = "SLSA provenance v1, or an empty publish attestation of the index";
        let found = statement.predicate_type.as_str();
        return Err(Failure::new(Cause::AttestationPredicateType, expected, found, place));
    }
    Ok("One file with its name and digest, signed with a key of the kind that PyPI accepts")
}
