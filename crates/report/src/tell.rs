//! From the core's report to the document.

use touchstone_crypto::{DigestAlgorithm, sha256};
use touchstone_formats::bundle::{Bundle, BundleError, KeyMaterial};
use touchstone_formats::evidence::Form;
use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::hex;
use touchstone_formats::x509::GeneralName;
use touchstone_trust::Instance;
use touchstone_verify::{Policy as CorePolicy, Report, SignerPolicy};

use crate::custody::Further;
use crate::document::{
    Action, Artifact, Document, Given, NamedDigest, NamedValue, Outcome, Policy, SCHEMA, Signer, World,
};
use crate::question::{ArtifactInput, Expect, Material, Publisher, Question, Scope, Trust};
use crate::{checks, evidence, facts, verdict};

/// Everything that a document tells of.
pub(crate) struct Told<'a> {
    pub(crate) question: &'a Question,
    pub(crate) material: &'a Material<'a>,
    /// What the evidence was read as.
    pub(crate) form: Form,
    pub(crate) policy: &'a CorePolicy,
    pub(crate) bundle: Result<&'a Bundle, &'a BundleError>,
    pub(crate) report: &'a Report,
    /// Where something about the question is open: the same bundle by itself.
    pub(crate) open: Option<&'a Report>,
    /// Further evidence, each piece judged by itself.
    pub(crate) further: &'a [Further<'a>],
}

/// Everything but the chain of custody.
pub(crate) fn document(told: &Told<'_>) -> Document {
    let artifact = artifact(told);
    let signer = signer(told);
    // Of a digest that was stated, nobody here has seen the file: the sentence is about any file that has it.
    let unnamed = match told.material.artifact {
        ArtifactInput::Stated(_) => "A file with the digest given",
        _ => "The file",
    };
    let artifact_name =
        artifact.as_ref().map(|artifact| artifact.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(unnamed);
    let named = verdict::Named {
        artifact: artifact_name,
        signer: signer.as_ref().map_or("an unknown signer", |signer| signer.short.as_str()),
        is_anybody: matches!(told.policy.signer, SignerPolicy::Anybody(_)),
    };
    let verdict = verdict::verdict(told.report, &named);
    let outcome = verdict.outcome;
    Document {
        schema: SCHEMA.to_owned(),
        tool: concat!("touchstone ", env!("CARGO_PKG_VERSION")).to_owned(),
        given: given(told),
        world: world(told.report),
        policy: expectations(told),
        checks: told.report.findings.iter().map(checks::check).collect(),
        facts: facts::facts(told),
        evidence: evidence::evidence(told),
        shows: facts::shows(told),
        does_not_show: facts::does_not_show(told.report),
        to_do: if outcome == Outcome::Rejected { to_do(told.report) } else { Vec::new() },
        notes: notes(told),
        custody: None,
        verdict,
        artifact,
        signer,
    }
}

fn given(told: &Told<'_>) -> Vec<Given> {
    let mut given = Vec::new();
    let size = |bytes: &[u8]| u64::try_from(bytes.len()).ok();
    let mut push = |name: &str, recognised_as: String, size: Option<u64>| {
        given.push(Given { name: name.to_owned(), recognised_as, size });
    };
    match &told.material.artifact {
        ArtifactInput::None | ArtifactInput::Waived => {}
        ArtifactInput::Bytes(named) => push(named.name, "file".to_owned(), size(named.bytes)),
        ArtifactInput::Hashed { name, size, .. } => push(name, "file".to_owned(), Some(*size)),
        ArtifactInput::Stated(text) => push(text, "digest, stated by you".to_owned(), None),
    }
    if let Some(bundle) = told.material.bundle {
        let kind = told.bundle.map_or_else(
            |_| "not a readable bundle".to_owned(),
            |bundle| match told.form {
                Form::Bundle => format!("Sigstore bundle v{}", bundle.version.as_str()),
                form => form.name().to_owned(),
            },
        );
        push(bundle.name, kind, size(bundle.bytes));
    }
    for key in told.material.key.iter().chain(&told.material.further_keys) {
        push(key.name, "public key".to_owned(), size(key.bytes));
    }
    if let Some(root) = told.material.trusted_root {
        push(root.name, "trusted root".to_owned(), size(root.bytes));
    }
    given
}

fn artifact(told: &Told<'_>) -> Option<Artifact> {
    let matched = told.report.verified.as_ref().and_then(|verified| verified.subject());
    let digest = |text: &str| {
        let (algorithm, hex) = text.split_once(':')?;
        Some(NamedDigest { algorithm: algorithm.to_owned(), hex: hex.to_ascii_lowercase() })
    };
    match &told.material.artifact {
        ArtifactInput::None | ArtifactInput::Waived => None,
        ArtifactInput::Bytes(named) => {
            let matched = matched.filter(|matched| matched.through().is_none()).map(|matched| matched.digest());
            let mut digests: Vec<NamedDigest> = matched
                .iter()
                .map(|own| NamedDigest { algorithm: own.algorithm().name().to_owned(), hex: own.hex() })
                .collect();
            // SHA-256 always: people compare it, whatever the statement names.
            if matched.is_none_or(|own| own.algorithm() != DigestAlgorithm::Sha256) {
                let hex = hex::encode(&sha256(named.bytes));
                digests.push(NamedDigest { algorithm: "sha256".to_owned(), hex });
            }
            Some(Artifact {
                name: named.name.to_owned(),
                size: u64::try_from(named.bytes.len()).ok(),
                digests,
                computed: true,
            })
        }
        ArtifactInput::Hashed { name, size, digests } => Some(Artifact {
            name: name.clone(),
            size: Some(*size),
            digests: digests
                .iter()
                .map(|(algorithm, hex)| NamedDigest { algorithm: algorithm.clone(), hex: hex.to_ascii_lowercase() })
                .collect(),
            computed: true,
        }),
        ArtifactInput::Stated(text) => Some(Artifact {
            name: String::new(),
            size: None,
            digests: digest(text.trim()).into_iter().collect(),
            computed: false,
        }),
    }
}

fn signer(told: &Told<'_>) -> Option<Signer> {
    let proven = told.report.signer_proven;
    if let Some(leaf) = &told.report.reading.leaf {
        let name = touchstone_formats::fulcio::identities(leaf).first()?;
        let claims = told.report.reading.claims.as_ref();
        // Names without a text (addresses, directory names) cannot be said; the sentence must not have a hole there.
        let text = name.text().unwrap_or("a signer without a readable name").to_owned();
        let (kind, identity_kind) = match name {
            GeneralName::Email(_) => ("email", "email address"),
            GeneralName::Username(_) => ("username", "username"),
            GeneralName::Uri(_) if is_workflow(&text) => ("workflow", "URI"),
            GeneralName::Uri(_) => ("uri", "URI"),
            GeneralName::Dns(_) => ("uri", "host name"),
            _ => ("uri", "name of another kind"),
        };
        return Some(Signer {
            kind: kind.to_owned(),
            short: short(&text, claims),
            identity: text,
            identity_kind: identity_kind.to_owned(),
            issuer: claims.and_then(FulcioExtensions::issuer).map(str::to_owned),
            proven,
        });
    }
    let bundle = told.bundle.ok()?;
    let KeyMaterial::PublicKeyHint(_) = &bundle.material.key else { return None };
    let key = match &told.policy.signer {
        SignerPolicy::Key(key) => key,
        SignerPolicy::Anybody(keys) => keys.only()?,
        _ => return None,
    };
    Some(Signer {
        kind: "key".to_owned(),
        identity: hex::encode(&sha256(key.key.spki_der())),
        identity_kind: "public key".to_owned(),
        issuer: None,
        short: if key.built_in { "the holder of a registry's key" } else { "the holder of the key you gave" }
            .to_owned(),
        proven,
    })
}

fn is_workflow(text: &str) -> bool {
    text.contains("/.github/workflows/") || text.contains("//.gitlab-ci.yml@")
}

/// A reading for a sentence: "the workflow release.yml of acme/app", else the name itself.
fn short(text: &str, claims: Option<&FulcioExtensions>) -> String {
    let Some((before, after)) = text.split_once("/.github/workflows/") else { return text.to_owned() };
    let file = after.split('@').next().unwrap_or(after);
    let signer_repository = repository(before);
    let source = claims
        .and_then(FulcioExtensions::source_repository_uri)
        .filter(|source| !source.eq_ignore_ascii_case(before))
        .map(|source| format!(", run for {}", repository(source)))
        .unwrap_or_default();
    format!("the workflow {file} of {signer_repository}{source}")
}

/// `owner/name` of a repository on github.com, which is what people take such a name for; any other host is named, since
/// anybody may have a repository of that name there.
fn repository(uri: &str) -> &str {
    uri.strip_prefix("https://github.com/").unwrap_or(uri)
}

fn world(report: &Report) -> Option<World> {
    let root = report.root.as_ref()?;
    let mut lacks = Vec::new();
    if root.instance == Instance::KeyAlone {
        lacks.push(
            "No log and no authority was asked: nobody says when it was signed, and nobody else can see that it was."
                .to_owned(),
        );
    } else if !root.has_logs {
        lacks.push("This instance has no transparency log, by design: nobody else can see what was signed.".to_owned());
    }
    if !root.has_certificate_logs && root.instance != Instance::KeyAlone {
        lacks.push(
            "This instance has no certificate log: a certificate issued to the wrong person would not be seen."
                .to_owned(),
        );
    }
    if root.instance == Instance::Custom {
        lacks.push("This trusted root came from a file: nobody but you vouches for it.".to_owned());
    }
    if root.instance == Instance::Staging {
        lacks.push("This is a test instance: what it vouches for is meant for trying out.".to_owned());
    }
    Some(World {
        name: root.instance.name().to_owned(),
        source: root.source.clone(),
        chosen: format!("Chosen because {}.", root.reason),
        lacks,
    })
}

/// What is expected, line by line, as far as the question alone says it.
pub(crate) fn said_back(question: &Question, policy: &CorePolicy) -> Vec<NamedValue> {
    let mut lines = Vec::new();
    let mut push = |name: &str, value: String| lines.push(NamedValue { name: name.to_owned(), value });
    match &policy.signer {
        SignerPolicy::Unnamed => push("Signer", "nobody named".to_owned()),
        SignerPolicy::Anybody(_) => push("Signer", "anybody, on purpose".to_owned()),
        SignerPolicy::Certificate { identity, issuer } => {
            push("Signer", identity.describe());
            push("Issuer", issuer.as_ref().map_or_else(|| "any".to_owned(), |issuer| issuer.describe()));
        }
        SignerPolicy::Implied => push("Signer", "whoever the expected source, builder or publisher implies".to_owned()),
        SignerPolicy::Keys(ring) => push("Key", format!("one of the {} given", ring.keys().count())),
        SignerPolicy::Key(key) => {
            push("Key", format!("{}, SHA-256 {}", key.key.kind(), hex::encode(&sha256(key.key.spki_der()))));
        }
    }
    for extension in &policy.extensions {
        push(&extension.name, extension.value.clone());
    }
    // Whatever rests on an entry of the person's own must be seen to rest on it.
    for entry in &question.builders {
        push("Builder of your own", entry.clone());
    }
    if let Some(minimum) = policy.minimum_version {
        push("Bundle version", format!("{} or newer", minimum.as_str()));
    }
    if let Some(from) = &question.key_validity.from {
        push("Key valid from", from.clone());
    }
    if let Some(until) = &question.key_validity.until {
        push("Key valid until", until.clone());
    }
    if let Some(details) = &question.key_details {
        push("Key signs as", details.clone());
    }
    if question.scope == Scope::SignatureOnly {
        push("Asked about", "the signature over the envelope alone, on purpose".to_owned());
    }
    if !question.expect.is_empty() {
        lines.extend(expected_said_back(&question.expect));
    }
    lines
}

/// Every member that is filled, by its name.
#[inline(never)] // Rare: not in the widget's first module.
fn expected_said_back(expect: &Expect) -> Vec<NamedValue> {
    // Taken apart whole, so that a new member is not forgotten.
    let Expect {
        source_uri,
        source_branch,
        source_tag,
        source_versioned_tag,
        builder_id,
        workflow_inputs,
        package_name,
        package_version,
        distribution_name,
        publisher,
        resource_uri,
        verified_levels,
        verifier_id,
        subject_digests,
        predicate_type,
    } = expect;
    let single = [
        ("Source", source_uri),
        ("Branch", source_branch),
        ("Tag", source_tag),
        ("Version of the tag", source_versioned_tag),
        ("Builder", builder_id),
        ("Package", package_name),
        ("Version of the package", package_version),
        ("Distribution", distribution_name),
        ("Publisher", &publisher.as_ref().map(Publisher::to_argument)),
        ("Resource", resource_uri),
        ("Verifier", verifier_id),
        ("Predicate type", predicate_type),
    ]
    .map(|(name, value)| value.clone().map(|value| (name, value)));
    let inputs = workflow_inputs.iter().map(|(name, value)| ("Workflow input", format!("{name}={value}")));
    let levels = verified_levels.iter().map(|level| ("Level of the summary", level.clone()));
    let digests =
        subject_digests.iter().flatten().map(|(name, value)| ("Digest of a subject", format!("{name}:{value}")));
    let all = single.into_iter().flatten().chain(inputs).chain(levels).chain(digests);
    all.map(|(name, value)| NamedValue { name: name.to_owned(), value }).collect()
}

fn expectations(told: &Told<'_>) -> Policy {
    let mut lines = said_back(told.question, told.policy);
    let mut push = |name: &str, value: String| lines.push(NamedValue { name: name.to_owned(), value });
    if let Some(thresholds) = told.report.thresholds {
        push("Transparency logs", thresholds.transparency_logs.to_string());
        push("Certificate logs", thresholds.signed_certificate_timestamps.to_string());
        push("Timestamp authorities", thresholds.timestamp_authorities.to_string());
        push("Sources of time", thresholds.observer_timestamps.to_string());
    }
    Policy { lines }
}

/// Three actions at most. None of them leads to anything that the material under test names.
fn to_do(report: &Report) -> Vec<Action> {
    let failed = checks::failed(&report.findings);
    let only = |ids: &[&str]| failed.iter().all(|finding| ids.contains(&finding.check.id));
    let action = |title: &str, detail: &str| Action { title: title.to_owned(), detail: detail.to_owned() };
    if only(&["trusted-root"]) {
        return vec![action("Use another trusted root", "One that is built in, or one that the instance publishes.")];
    }
    if only(&["bundle-form"]) {
        return vec![
            action("Leave the file closed", "Nothing is proven about it."),
            action("Download the bundle again", "From the project itself, not from a mirror."),
        ];
    }
    vec![
        action("Leave the file closed, and delete it", "Opening it to see what happens is the risk."),
        action(
            "Download again from the project itself",
            "Type its address or use a bookmark. Do not use links from this download or from its signature file: both may come from the same person.",
        ),
        action(
            "If the new download is rejected too, tell the project",
            "The report holds both digests and the signer, and none of the file.",
        ),
    ]
}

/// Things worth knowing that decide nothing.
fn notes(told: &Told<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if let Ok(bundle) = told.bundle {
        if !bundle.unknown_fields.is_empty() {
            notes.push(format!("Not covered by any check: {}", bundle.unknown_fields.join(", ")));
        }
        if let KeyMaterial::CertificateChain(chain) = &bundle.material.key
            && chain.len() > 1
        {
            notes.push(format!(
                "The bundle brings {} further certificates; the authorities come from the trusted root alone.",
                chain.len().saturating_sub(1)
            ));
        }
    }
    if let Some(statement) = &told.report.reading.statement
        && !statement.unknown_fields.is_empty()
    {
        notes.push(format!("In the statement, not covered by any check: {}", statement.unknown_fields.join(", ")));
    }
    // Nothing that was given may seem to have counted when it did not (H-14).
    if (told.material.key.is_some() || !told.material.further_keys.is_empty())
        && told.form != Form::Npm
        && matches!(&told.policy.signer, SignerPolicy::Certificate { .. })
    {
        notes.push("The key that you gave was not used: you expect a certificate's name.".to_owned());
    }
    if told.material.trusted_root.is_some() && told.question.trust != Trust::File {
        notes.push("The trusted root among the files was not used: nobody said that it is to judge.".to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_expectation_is_said_back() {
        let text = || Some("x".to_owned());
        let expect = Expect {
            source_uri: text(),
            source_branch: text(),
            source_tag: text(),
            source_versioned_tag: text(),
            builder_id: text(),
            workflow_inputs: vec![("a".to_owned(), "b".to_owned())],
            package_name: text(),
            package_version: text(),
            distribution_name: text(),
            publisher: Publisher::parse("github:o/r:w.yml"),
            resource_uri: text(),
            verified_levels: vec!["x".to_owned()],
            verifier_id: text(),
            subject_digests: Some(vec![("a".to_owned(), "b".to_owned())]),
            predicate_type: text(),
        };
        let question = Question { scope: Scope::SignatureOnly, key_details: text(), expect, ..Question::default() };
        let lines = said_back(&question, &CorePolicy::default());
        assert_eq!(lines.len(), 1 + 2 + 15, "{lines:?}");
        let said = |name: &str| lines.iter().find(|line| line.name == name).map(|line| line.value.as_str());
        assert_eq!((said("Workflow input"), said("Digest of a subject")), (Some("a=b"), Some("a:b")));
    }
}
