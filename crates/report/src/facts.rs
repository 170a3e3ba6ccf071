//! Verified facts, each with who vouches for it; what a verdict shows, and what it does not.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::image_index::Lists;
use touchstone_trust::Instance;
use touchstone_verify::{Covered, Report, VerifiedBundle, text};

use crate::document::{Fact, Voucher};
use crate::question::ArtifactInput;
use crate::tell::Told;

/// Facts of a verified bundle; none otherwise.
pub(crate) fn facts(told: &Told<'_>) -> Vec<Fact> {
    let Some(verified) = &told.report.verified else { return Vec::new() };
    let mut facts = Vec::new();
    if let Some(claims) = verified.claims() {
        attested(claims, &mut facts);
    }
    artifact(told, verified, &mut facts);
    facts
}

fn fact(stage: &str, name: &str, value: impl Into<String>, vouchers: &[Voucher], check: &str) -> Fact {
    Fact {
        stage: stage.to_owned(),
        name: name.to_owned(),
        value: value.into(),
        vouchers: vouchers.to_vec(),
        check: check.to_owned(),
    }
}

/// What the certificate authority copied from the signer's token.
fn attested(claims: &FulcioExtensions, facts: &mut Vec<Fact>) {
    let rows: [(&str, &str, Option<&str>); 12] = [
        ("source", "Repository", claims.source_repository_uri()),
        ("source", "Branch or tag", claims.source_repository_ref()),
        ("source", "Commit", claims.source_repository_digest()),
        ("source", "Repository number", claims.source_repository_identifier()),
        ("source", "Owner number", claims.source_repository_owner_identifier()),
        ("source", "Visibility when signed", claims.source_repository_visibility_at_signing()),
        ("build", "Signing workflow", claims.build_signer_uri()),
        ("build", "Workflow that was started", claims.build_config_uri()),
        ("build", "Runner", claims.runner_environment()),
        ("build", "Trigger", claims.build_trigger()),
        ("build", "Run", claims.run_invocation_uri()),
        ("deploy", "Environment of the job", claims.deployment_environment()),
    ];
    for (stage, name, value) in rows {
        if let Some(value) = value {
            facts.push(fact(stage, name, value, &[Voucher::CertificateAuthority], "chain"));
        }
    }
}

fn artifact(told: &Told<'_>, verified: &VerifiedBundle, facts: &mut Vec<Fact>) {
    if let Some(subject) = verified.subject() {
        let voucher = match told.material.artifact {
            ArtifactInput::Stated(_) => Voucher::You,
            _ => Voucher::ThisBrowser,
        };
        let digest = subject.through().and_then(|through| through.artifact().first()).unwrap_or(subject.digest());
        facts.push(fact("artifact", "Digest", digest.to_string(), &[voucher], "artifact"));
        for list in subject.through().into_iter().flat_map(Covered::path) {
            facts.push(fact("artifact", "Listed by", list.to_string(), &[Voucher::ThisBrowser], "artifact"));
        }
        if let Some(name) = subject.name() {
            facts.push(fact("artifact", "Name in the statement", name, &[Voucher::Publisher], "statement"));
        }
    }
    if let Some(identity) = verified.identity() {
        let name = identity.name().text().unwrap_or_default();
        facts.push(fact("artifact", "Signed by", name, &[Voucher::CertificateAuthority], "identity"));
        if let Some(issuer) = identity.issuer() {
            facts.push(fact(
                "artifact",
                "Who vouched for that name",
                issuer,
                &[Voucher::CertificateAuthority],
                "chain",
            ));
        }
    }
    for time in verified.times().into_iter().flat_map(|times| times.all()) {
        let voucher = if time.is_from_log() { Voucher::TransparencyLog } else { Voucher::TimestampAuthority };
        let value = format!("{} ({})", text::instant(time.instant()), time.source());
        facts.push(fact("artifact", "Signed at", value, &[voucher], "signing-time"));
    }
    for (log, index) in verified.logs() {
        let value = format!("{log}, entry {index}");
        facts.push(fact("artifact", "Made public in", value, &[Voucher::TransparencyLog], "logged"));
    }
    if let Some(statement) = verified.statement() {
        let value = statement.statement().predicate_type.clone();
        // Only a builder that was found to be one speaks as one; any other statement is the word of whoever signed.
        let voucher = if verified.builder().is_some() { Voucher::Builder } else { Voucher::Publisher };
        facts.push(fact("build", "Kind of statement", value, &[voucher], "statement"));
    }
}

/// "What this shows": only of a verified bundle.
pub(crate) fn shows(told: &Told<'_>) -> Vec<String> {
    let Some(verified) = &told.report.verified else { return Vec::new() };
    let mut shows = Vec::new();
    if let Some(subject) = verified.subject() {
        let bytes = match subject.through().map(Covered::lists) {
            Some(Lists::Manifests) => {
                "The image index that was signed lists the digest, directly or through another list."
            }
            Some(Lists::Blobs) => "The image manifest that was signed lists the digest.",
            None => "The bytes are those that were signed, down to the last one.",
        };
        shows.push(bytes.to_owned());
    }
    match (verified.named_identity(), verified.claims()) {
        (Some(_), _) => shows.push("The signer is the one you named.".to_owned()),
        (None, Some(_)) => {
            shows.push("The certificate authority saw the signer's name when it issued the certificate.".to_owned())
        }
        (None, None) => shows.push("The holder of the key signed it.".to_owned()),
    }
    if let Some(times) = verified.times() {
        shows.push(format!("It was signed by {} at the latest.", text::instant(times.earliest())));
    }
    if !verified.logs().is_empty() {
        shows.push("The signing was made public in a log that anybody can read.".to_owned());
    }
    shows
}

/// "What it does not show": always said.
pub(crate) fn does_not_show(report: &Report) -> Vec<String> {
    let mut not = vec![
        "That the program does what you want, or is free of flaws.".to_owned(),
        "That this program itself is unaltered: it checks files, not itself.".to_owned(),
    ];
    if report.verified.as_ref().is_some_and(|verified| verified.statement().is_some()) {
        not.push("That the statement is true: but for what the checks compare, it is the signer's word.".to_owned());
    }
    if report.root.as_ref().is_some_and(|root| root.instance == Instance::Custom) {
        not.push("That the trusted root is the right one: you brought it.".to_owned());
    }
    not
}
