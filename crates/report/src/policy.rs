//! From the person's words to the core's policy. Nothing is dropped: what cannot be enforced is an error (H-14).

use touchstone_formats::bundle::BundleVersion;
use touchstone_formats::fulcio::ExtensionInfo;
use touchstone_formats::uri::Tag;
use touchstone_verify::{
    Expectations, ExtensionExpectation, KeyRing, Pattern, PatternError, Policy, Publisher, Scope, SignerPolicy,
    TextMatch, ThresholdOverrides, is_source,
};

mod keys;

use crate::answer::QuestionError;
use crate::question::{Expect, KeyValidity, Material, Name, Question, Signer};

/// Most extension expectations of one question.
const MAX_EXTENSIONS: usize = 64;

pub(crate) fn policy(question: &Question, material: &Material<'_>) -> Result<Policy, QuestionError> {
    let keys::Given { single, ring, registry } = keys::given(question, material)?;
    let expected = match (single, ring.is_empty()) {
        (Some(key), _) => Some(SignerPolicy::Key(key)),
        (None, false) => Some(SignerPolicy::Keys(ring)),
        (None, true) => None,
    };
    if expected.is_none() && (question.key_validity != KeyValidity::default() || question.key_details.is_some()) {
        return Err(refused(
            "key",
            "Something is said about a key, and no key was given. Give the public key as a PEM file.",
        ));
    }
    let signer = match &question.signer {
        // Whoever gives a key names the signer: the holder of that key.
        Signer::Unnamed => expected.unwrap_or(SignerPolicy::Unnamed),
        // B-6: keys that are at hand name nobody, however many; the core tries each that may have signed.
        Signer::Anybody => SignerPolicy::Anybody(match expected {
            Some(SignerPolicy::Key(key)) => key.into(),
            Some(SignerPolicy::Keys(ring)) => ring,
            _ => KeyRing::default(),
        }),
        // H-14: a key beside a name would be asked for and not looked at.
        Signer::Certificate { .. } if expected.is_some() => return Err(key_beside_name()),
        Signer::Certificate { identity, issuer } => SignerPolicy::Certificate {
            identity: text_match(identity, "identity")?,
            issuer: issuer.as_ref().map(|issuer| text_match(issuer, "issuer")).transpose()?,
        },
        // Other expectations say nothing about who has to have signed; the question of whom stays open (B-6).
        Signer::Implied if !implies_a_signer(&question.expect) => expected.unwrap_or(SignerPolicy::Unnamed),
        // Who gives a key beside it says who signed; what is expected stays expected.
        Signer::Implied => expected.unwrap_or(SignerPolicy::Implied),
        // A registry's list names nobody whom the person expects: it judges what the registry itself signs.
        Signer::Key => expected.ok_or_else(no_key)?,
    };
    if question.extensions.len() > MAX_EXTENSIONS {
        return Err(too_many_extensions(question.extensions.len()));
    }
    Ok(Policy {
        signer,
        extensions: question.extensions.iter().map(extension).collect::<Result<_, _>>()?,
        thresholds: ThresholdOverrides {
            transparency_logs: question.thresholds.transparency_logs,
            signed_certificate_timestamps: question.thresholds.signed_certificate_timestamps,
            timestamp_authorities: question.thresholds.timestamp_authorities,
            observer_timestamps: question.thresholds.observer_timestamps,
        },
        scope: match question.scope {
            crate::question::Scope::Whole => Scope::Whole,
            crate::question::Scope::SignatureOnly => Scope::SignatureOnly,
        },
        expectations: expectations(&question.expect)?,
        builders: crate::builders::map(&question.builders)?,
        registry_keys: registry.unwrap_or_else(|| KeyRing::of_registry(touchstone_trust::npm::built_in(), true)),
        minimum_version: question.minimum_bundle_version.as_deref().map(minimum_version).transpose()?,
    })
}

// Errors are made in functions of their own: they are rare, and the widget's first module is without them.

#[inline(never)]
fn refused(part: &'static str, message: &str) -> QuestionError {
    QuestionError { part, message: message.to_owned() }
}

#[inline(never)]
fn no_key() -> QuestionError {
    refused("key", "A key is expected to have signed, and none was given. Give the public key as a PEM file.")
}

#[inline(never)]
fn key_beside_name() -> QuestionError {
    refused("key", "A key is given beside the name of a signer. One signature is by a key or by a name: leave one out.")
}

#[inline(never)]
fn too_many_extensions(count: usize) -> QuestionError {
    refused("extension", &format!("At most {MAX_EXTENSIONS} extensions can be asked for; there are {count}."))
}

#[inline(never)]
fn empty_name(part: &'static str) -> QuestionError {
    refused(part, &format!("The expected {part} is empty. Name one, or leave it out."))
}

#[inline(never)]
fn no_pattern(part: &'static str, problem: &PatternError) -> QuestionError {
    let message = match problem {
        PatternError::Empty => format!("The pattern for the {part} is empty. Write one, or leave it out."),
        PatternError::TooLong(length) => format!(
            "The pattern for the {part} has {length} bytes; at most {} are read.",
            touchstone_verify::MAX_PATTERN
        ),
        PatternError::Malformed(found) => {
            format!("The pattern for the {part} is no regular expression: {found}. It must match the whole text.")
        }
        _ => format!("The pattern for the {part} cannot be used."),
    };
    refused(part, &message)
}

/// A builder, a source or a publisher says who signs; what else is expected of a statement does not.
const fn implies_a_signer(expect: &Expect) -> bool {
    expect.builder_id.is_some() || expect.publisher.is_some() || names_source(expect)
}

const fn names_source(expect: &Expect) -> bool {
    expect.source_uri.is_some()
        || expect.source_branch.is_some()
        || expect.source_tag.is_some()
        || expect.source_versioned_tag.is_some()
        || !expect.workflow_inputs.is_empty()
}

/// An empty expectation matches nothing: a variable that was not set, most likely (H-14). What cannot be read says nothing about the file.
fn expectations(expect: &Expect) -> Result<Expectations, QuestionError> {
    let mut is_any_unfit = expect.verified_levels.iter().any(String::is_empty)
        || has_unnamed_input(expect)
        || expect.publisher.as_ref().is_some_and(|publisher| is_unfinished(publisher) || is_mixed(publisher))
        || expect.source_uri.as_deref().is_some_and(|uri| !is_source(uri))
        || expect.source_versioned_tag.as_deref().is_some_and(|tag| Tag::parse(tag).is_none());
    let mut text = |text: &Option<String>| {
        is_any_unfit |= text.as_deref() == Some("");
        text.clone()
    };
    let expectations = Expectations {
        source_uri: text(&expect.source_uri),
        source_branch: text(&expect.source_branch),
        source_tag: text(&expect.source_tag),
        source_versioned_tag: text(&expect.source_versioned_tag),
        builder_id: text(&expect.builder_id),
        workflow_inputs: expect.workflow_inputs.clone(),
        package_name: text(&expect.package_name),
        package_version: text(&expect.package_version),
        distribution_name: text(&expect.distribution_name),
        publisher: expect.publisher.as_ref().map(|publisher| Publisher {
            kind: publisher.kind.clone(),
            repository: publisher.repository.clone(),
            workflow: publisher.workflow.clone(),
            environment: publisher.environment.clone(),
            email: publisher.email.clone(),
        }),
        resource_uri: text(&expect.resource_uri),
        verified_levels: expect.verified_levels.clone(),
        verifier_id: text(&expect.verifier_id),
        subject_digests: expect.subject_digests.clone(),
        predicate_type: text(&expect.predicate_type),
    };
    if is_any_unfit { Err(unfit(expect)) } else { Ok(expectations) }
}

fn has_unnamed_input(expect: &Expect) -> bool {
    expect.workflow_inputs.iter().any(|(name, _)| name.trim().is_empty())
}

/// A forge's publisher is a repository and a workflow (G-7): less is met by no certificate.
fn is_unfinished(publisher: &crate::question::Publisher) -> bool {
    let lacks = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    matches!(publisher.kind.as_str(), "GitHub" | "GitLab")
        && (lacks(&publisher.repository) || lacks(&publisher.workflow))
}

/// A member that no publisher of this kind has would be compared with nothing.
fn is_mixed(publisher: &crate::question::Publisher) -> bool {
    match publisher.kind.as_str() {
        "GitHub" | "GitLab" => publisher.email.is_some(),
        "Google" => publisher.repository.is_some() || publisher.workflow.is_some() || publisher.environment.is_some(),
        _ => false,
    }
}

#[inline(never)] // Rare: not in the widget's first module.
fn unfit(expect: &Expect) -> QuestionError {
    if expect.publisher.as_ref().is_some_and(is_mixed) {
        let message = "A publisher on GitHub or GitLab is a repository, its workflow file and, where there is one, an environment; \
                       one at Google is an email address. Name what belongs to its kind, and nothing else."
            .to_owned();
        return QuestionError { part: "expectation", message };
    }
    if let Some(uri) = expect.source_uri.as_deref().filter(|uri| !uri.is_empty() && !is_source(uri)) {
        let message = format!(
            "The expected source “{uri}” cannot be read. Write github.com/OWNER/NAME, the address of another repository, or gs://…"
        );
        return QuestionError { part: "expectation", message };
    }
    if let Some(tag) = expect.source_versioned_tag.as_deref().filter(|tag| !tag.is_empty() && Tag::parse(tag).is_none())
    {
        let message = format!("The expected versioned tag “{tag}” is none. Write v1, v1.2 or v1.2.3.");
        return QuestionError { part: "expectation", message };
    }
    if expect.publisher.as_ref().is_some_and(is_unfinished) {
        let message = "A trusted publisher is a repository and its workflow file: name both.".to_owned();
        return QuestionError { part: "expectation", message };
    }
    let texts = [
        (&expect.source_uri, "source"),
        (&expect.source_branch, "branch"),
        (&expect.source_tag, "tag"),
        (&expect.source_versioned_tag, "versioned tag"),
        (&expect.builder_id, "builder"),
        (&expect.package_name, "package"),
        (&expect.package_version, "version of the package"),
        (&expect.distribution_name, "name of the distribution"),
        (&expect.resource_uri, "resource"),
        (&expect.verifier_id, "verifier"),
        (&expect.predicate_type, "kind of statement"),
    ];
    let last = if has_unnamed_input(expect) { "workflow input" } else { "level" };
    let name = texts.iter().find(|(text, _)| text.as_deref() == Some("")).map_or(last, |(_, name)| name);
    QuestionError { part: "expectation", message: format!("The expected {name} is empty. Name one, or leave it out.") }
}

fn text_match(name: &Name, part: &'static str) -> Result<TextMatch, QuestionError> {
    match name {
        Name::Exact(text) if text.is_empty() => Err(empty_name(part)),
        Name::Exact(text) => Ok(TextMatch::Exact(text.clone())),
        Name::Pattern(text) => pattern(text, part),
    }
}

#[inline(never)]
fn pattern(text: &str, part: &'static str) -> Result<TextMatch, QuestionError> {
    Pattern::new(text).map(TextMatch::Pattern).map_err(|problem| no_pattern(part, &problem))
}

/// A name that no table knows is refused, never ignored (H-14).
fn extension((name, value): &(String, String)) -> Result<ExtensionExpectation, QuestionError> {
    let error = |message| QuestionError { part: "extension", message };
    let info = ExtensionInfo::find(name).ok_or_else(|| {
        error(format!(
            "{name:?} is no extension that is known here. Use a name such as source-repository-uri, \
             or an OID such as 1.3.6.1.4.1.57264.1.12."
        ))
    })?;
    if value.is_empty() {
        return Err(error(format!("The value expected for {name} is empty; an empty value matches nothing.")));
    }
    Ok(ExtensionExpectation { name: info.id.to_owned(), oid: info.oid.to_owned(), value: value.clone() })
}

fn minimum_version(text: &str) -> Result<BundleVersion, QuestionError> {
    [BundleVersion::V0_1, BundleVersion::V0_2, BundleVersion::V0_3]
        .into_iter()
        .find(|version| version.as_str() == text)
        .ok_or_else(|| QuestionError {
            part: "minimum-bundle-version",
            message: format!("{text:?} is no bundle version. Expected 0.1, 0.2 or 0.3."),
        })
}
