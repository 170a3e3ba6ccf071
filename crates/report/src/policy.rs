//! From the person's words to the core's policy. Nothing is dropped: what cannot be enforced is an error (H-14).

use touchstone_crypto::{PublicKey, SignatureScheme};
use touchstone_formats::bundle::BundleVersion;
use touchstone_formats::fulcio::ExtensionInfo;
use touchstone_formats::{PublicKeyDetails, UnixMillis};
use touchstone_verify::{
    BuilderMap, Expectations, ExtensionExpectation, ManagedKey, Pattern, PatternError, Policy, Publisher, Scope,
    SignedForm, SignerPolicy, TextMatch, ThresholdOverrides,
};

use crate::answer::QuestionError;
use crate::question::{Expect, KeyValidity, Material, Name, Question, Signer};

/// Most extension expectations of one question.
const MAX_EXTENSIONS: usize = 64;

pub(crate) fn policy(question: &Question, material: &Material<'_>) -> Result<Policy, QuestionError> {
    let key = managed_key(question, material)?;
    if key.is_none() && (question.key_validity != KeyValidity::default() || question.key_details.is_some()) {
        return Err(QuestionError {
            part: "key",
            message: "Something is said about a key, and no key was given. Give the public key as a PEM file."
                .to_owned(),
        });
    }
    let signer = match &question.signer {
        Signer::Unnamed => match key {
            // Whoever gives a key names the signer: the holder of that key.
            Some(key) => SignerPolicy::Key(key),
            None => SignerPolicy::Unnamed,
        },
        Signer::Anybody => SignerPolicy::Anybody(key),
        Signer::Certificate { identity, issuer } => SignerPolicy::Certificate {
            identity: text_match(identity, "identity")?,
            issuer: issuer.as_ref().map(|issuer| text_match(issuer, "issuer")).transpose()?,
        },
        Signer::Implied => SignerPolicy::Implied,
        Signer::Key => SignerPolicy::Key(key.ok_or_else(|| QuestionError {
            part: "key",
            message:
                "A key is expected to have signed, and none was given. Give the public key as a PEM file.".to_owned(),
        })?),
    };
    if question.extensions.len() > MAX_EXTENSIONS {
        return Err(QuestionError {
            part: "extension",
            message: format!(
                "At most {MAX_EXTENSIONS} extensions can be asked for; there are {}.",
                question.extensions.len()
            ),
        });
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
        expectations: expectations(&question.expect),
        builders: BuilderMap::default(),
        minimum_version: question.minimum_bundle_version.as_deref().map(minimum_version).transpose()?,
    })
}

fn expectations(expect: &Expect) -> Expectations {
    Expectations {
        source_uri: expect.source_uri.clone(),
        source_branch: expect.source_branch.clone(),
        source_tag: expect.source_tag.clone(),
        source_versioned_tag: expect.source_versioned_tag.clone(),
        builder_id: expect.builder_id.clone(),
        workflow_inputs: expect.workflow_inputs.clone(),
        package_name: expect.package_name.clone(),
        package_version: expect.package_version.clone(),
        distribution_name: expect.distribution_name.clone(),
        publisher: expect.publisher.as_ref().map(|publisher| Publisher {
            kind: publisher.kind.clone(),
            repository: publisher.repository.clone(),
            workflow: publisher.workflow.clone(),
            environment: publisher.environment.clone(),
            email: publisher.email.clone(),
        }),
        resource_uri: expect.resource_uri.clone(),
        verified_levels: expect.verified_levels.clone(),
        verifier_id: expect.verifier_id.clone(),
        subject_digests: expect.subject_digests.clone(),
        predicate_type: expect.predicate_type.clone(),
    }
}

fn text_match(name: &Name, part: &'static str) -> Result<TextMatch, QuestionError> {
    let error = |message| QuestionError { part, message };
    match name {
        Name::Exact(text) if text.is_empty() => {
            Err(error(format!("The expected {part} is empty. Name one, or leave it out.")))
        }
        Name::Exact(text) => Ok(TextMatch::Exact(text.clone())),
        Name::Pattern(text) => Pattern::new(text).map(TextMatch::Pattern).map_err(|problem| {
            error(match problem {
                PatternError::Empty => format!("The pattern for the {part} is empty. Write one, or leave it out."),
                PatternError::TooLong(length) => {
                    format!(
                        "The pattern for the {part} has {length} bytes; at most {} are read.",
                        touchstone_verify::MAX_PATTERN
                    )
                }
                PatternError::Malformed(found) => {
                    format!(
                        "The pattern for the {part} is no regular expression: {found}. It must match the whole text."
                    )
                }
                _ => format!("The pattern for the {part} cannot be used."),
            })
        }),
    }
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

fn managed_key(question: &Question, material: &Material<'_>) -> Result<Option<ManagedKey>, QuestionError> {
    let validity = &question.key_validity;
    let instant = |text: &Option<String>| {
        text.as_deref()
            .map(|text| {
                UnixMillis::parse_rfc3339(text).map(|instant| instant.0).map_err(|_| QuestionError {
                    part: "key-validity",
                    message: format!("{text:?} is no date and time. Write it like 2026-08-14T14:02:11Z."),
                })
            })
            .transpose()
    };
    let (valid_from, valid_until) = (instant(&validity.from)?, instant(&validity.until)?);
    if let (Some(from), Some(until)) = (valid_from, valid_until)
        && until < from
    {
        return Err(QuestionError {
            part: "key-validity",
            message: "The key's last moment lies before its first.".to_owned(),
        });
    }
    let Some(file) = material.key else { return Ok(None) };
    let key = decode_key(file.bytes).map_err(|found| QuestionError {
        part: "key",
        message: format!(
            "This is no public key that can be used: {found}. Expected a PEM file that begins \
             with -----BEGIN PUBLIC KEY-----."
        ),
    })?;
    let scheme = question.key_details.as_deref().map(|details| key_scheme(details, &key)).transpose()?;
    Ok(Some(ManagedKey { key, scheme, valid_from, valid_until, form: SignedForm::default() }))
}

/// How the person says that the key signs (B-88).
fn key_scheme(name: &str, key: &PublicKey) -> Result<SignatureScheme, QuestionError> {
    PublicKeyDetails::from_proto_name(name)
        .and_then(|details| touchstone_trust::log_signature_scheme(details, key))
        .ok_or_else(|| QuestionError {
            part: "key",
            message: format!(
                "{name:?} is not how a {} key signs. Expected a name such as PKIX_RSA_PSS_2048_SHA256 that fits the key.",
                key.kind()
            ),
        })
}

/// PEM, or the DER inside it.
fn decode_key(bytes: &[u8]) -> Result<PublicKey, String> {
    match core::str::from_utf8(bytes) {
        // DER begins with a SEQUENCE, 0x30, which is the digit 0 and a text too; PEM decides by its dashes.
        Ok(text) if text.contains("-----") || bytes.first() != Some(&0x30) => {
            PublicKey::from_pem(only_block(text)).map_err(|error| error.to_string())
        }
        _ => PublicKey::from_spki_der(bytes).map_err(|error| error.to_string()),
    }
}

/// The one PEM block of a key file that a person gives: some tools write what the key is in words before it. Two blocks,
/// or none, are left as they stand, for the decoder to refuse.
fn only_block(text: &str) -> &str {
    let (Some(begin), Some(end)) = (text.find("-----BEGIN "), text.rfind("-----END ")) else { return text };
    if text.matches("-----BEGIN ").count() != 1 {
        return text;
    }
    let line_end =
        text.get(end..).and_then(|tail| tail.find('\n')).map_or(text.len(), |length| end.saturating_add(length));
    text.get(begin..line_end).unwrap_or(text)
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
