//! Name and version of a package against the statement's subject: spec G-6, G-16.

use touchstone_formats::predicate::slsa::ProvenanceVersion;
use touchstone_formats::predicate::{Predicate, release::NpmPublish};
use touchstone_formats::statement::{Statement as Parsed, Subject};

use crate::check::check;
use crate::distribution::Distribution;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Open, Outcome};
use crate::policy::{Expectations, Policy, SignerPolicy};
use crate::signed_words::{SignedWords, Voucher, absent, concluded, in_statement};

check! {
    /// Is it the package that you expect, in the version that you expect?
    ///
    /// # What
    /// The statement names one package. For npm, its name and version must be those that you named; for Python, the
    /// file name must mean the same distribution: project, version, build and platforms, whatever way they are written.
    ///
    /// # Why
    /// An older version of a package, with a hole that is long known, is signed just as well as the newest.
    ///
    /// # Harmless
    /// - the statement belongs to another version than you meant
    ///
    /// # Do
    /// Fetch the statement for the version that you want. A name in a statement is the signer's word: only the
    /// registry's own statement says that the registry accepted it under that name.
    ///
    /// # Specification
    /// npm publish attestations; PEP 740, PEP 503, PEP 440 (G-6, G-16, G-17)
    Package, "package", Expected, "Package"
}

/// Proof that the statement names the package expected.
#[derive(Clone, Debug)]
pub struct MatchedPackage {
    name: String,
}

impl MatchedPackage {
    /// The subject's name, as the statement writes it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Whether `expectations` name a package.
pub(crate) fn is_asked(expectations: &Expectations) -> bool {
    let asked = [&expectations.package_name, &expectations.package_version, &expectations.distribution_name];
    asked.into_iter().any(Option::is_some)
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(policy: &Policy, evidence: &SignedWords<'_>) -> (Finding, Option<MatchedPackage>) {
    if is_asked(&policy.expectations) {
        return concluded(Package::CHECK, judge(policy, evidence));
    }
    let outcome = match (evidence.predicate.map(super::predicate::ReadPredicate::predicate), evidence.statement) {
        // G-16: the registry's own statement must say twice the same, whether somebody asked or not.
        (Some(Predicate::NpmPublish(publish)), Some(statement)) => {
            npm_publish(publish, statement.statement()).map_or_else(Outcome::Failed, |()| unasked())
        }
        _ => unasked(),
    };
    (Finding::new(Package::CHECK, outcome), None)
}

fn unasked() -> Outcome {
    Outcome::NotAsked(Open::Nothing("No package was named"))
}

#[inline(never)] // Rarely asked: kept out of the page's first part (ARCHITECTURE.md, "Two modules").
fn judge(policy: &Policy, evidence: &SignedWords<'_>) -> Result<(String, MatchedPackage), Outcome> {
    let expectations = &policy.expectations;
    let wanted = wanted(expectations);
    let (predicate, statement, _) = evidence.predicate(Cause::PackageAbsent, &wanted)?;
    let subject = only_subject(statement).map_err(Outcome::Failed)?;
    let name = subject
        .name
        .as_deref()
        .filter(|name| !name.is_empty())
        .ok_or_else(|| absent(Cause::PackageAbsent, &wanted, "a subject without a name"))?;
    if let Predicate::NpmPublish(publish) = predicate {
        npm_publish(publish, statement).map_err(Outcome::Failed)?;
    }
    compare_npm(expectations, name, subject).map_err(Outcome::Failed)?;
    let is_npm = expectations.package_name.is_some() || expectations.package_version.is_some();
    let registry_speaks =
        evidence.registry_speaks || (matches!(predicate, Predicate::NpmPublish(_)) && is_of_registry(policy, evidence));
    if is_npm && !registry_speaks && !names_source(policy, evidence) {
        let expected = "the registry's own statement, or a source or signer that you expect";
        let found = "a statement by anybody, who chose the name";
        return Err(Outcome::Failed(Failure::new(Cause::PackageUnvouched, expected, found, in_statement("$.subject"))));
    }
    if let Some(expected) = expectations.distribution_name.as_deref() {
        if !is_about_python(predicate) {
            let wanted = "SLSA provenance v1, or the index's publish statement";
            return Err(absent(Cause::DistributionPredicate, wanted, &statement.predicate_type));
        }
        compare_distribution(expected, name, subject).map_err(Outcome::Failed)?;
    }
    Ok((name.to_owned(), MatchedPackage { name: name.to_owned() }))
}

/// G-17: whether the person says whose word on the name they take. Any workflow can write any package's name into its
/// provenance; without the registry's statement the name counts as that of the source, or of the signer, whom they expect.
fn names_source(policy: &Policy, evidence: &SignedWords<'_>) -> bool {
    policy.expectations.source_uri.is_some() || evidence.is_named_by(&policy.signer)
}

/// Whether a statement of the registry's type is its own, where nobody was named: signed with a key of its own. With a certificate
/// anybody writes one.
fn is_of_registry(policy: &Policy, evidence: &SignedWords<'_>) -> bool {
    let SignerPolicy::Anybody(ring) = &policy.signer else { return false };
    matches!(evidence.voucher, Ok(Voucher::Key))
        && ring.only().is_some_and(|used| policy.registry_keys.keys().any(|known| known.key.key == used.key))
}

fn wanted(expectations: &Expectations) -> String {
    if let Some(name) = &expectations.distribution_name {
        return name.clone();
    }
    match (&expectations.package_name, &expectations.package_version) {
        (Some(name), Some(version)) => format!("{name} {version}"),
        (Some(name), None) => name.clone(),
        (None, Some(version)) => format!("version {version}"),
        (None, None) => "a package".to_owned(),
    }
}

/// G-6 step 1, G-16: a statement about several packages is a statement about none in particular.
fn only_subject(statement: &Parsed) -> Result<&Subject, Failure> {
    match statement.subjects.as_slice() {
        [subject] => Ok(subject),
        subjects => Err(Failure::new(
            Cause::PackageSubjects,
            "exactly one subject",
            format!("{} subjects", subjects.len()),
            in_statement("$.subject"),
        )),
    }
}

fn compare_npm(expectations: &Expectations, found: &str, subject: &Subject) -> Result<(), Failure> {
    let (name, version) = (expectations.package_name.as_deref(), expectations.package_version.as_deref());
    if name.is_none() && version.is_none() {
        return Ok(());
    }
    let place = || in_statement(&format!("{}.name", subject.path));
    let Some((found_name, found_version)) = npm_purl(found) else {
        return Err(Failure::new(Cause::PackageAbsent, "pkg:npm/NAME@VERSION", found, place()));
    };
    if let Some(expected) = name.filter(|expected| *expected != found_name) {
        return Err(Failure::new(Cause::PackageNameDiffers, expected, found_name, place()));
    }
    if let Some(expected) = version.filter(|expected| *expected != found_version) {
        return Err(Failure::new(Cause::PackageVersionDiffers, expected, found_version, place()));
    }
    Ok(())
}

/// Name and version of `pkg:npm/%40scope/name@version`: the one spelling that the registry writes (G-11).
pub(crate) fn npm_purl(purl: &str) -> Option<(String, String)> {
    let (name, version) = purl.strip_prefix("pkg:npm/")?.rsplit_once('@')?;
    let name = match name.strip_prefix("%40") {
        Some(scoped) => format!("@{scoped}"),
        None => name.to_owned(),
    };
    let slashes = name.matches('/').count();
    let is_whole = slashes == usize::from(name.starts_with('@'))
        && !name.contains(['%', '?', '#'])
        && !name.get(1..)?.contains('@')
        && !name.split('/').any(|part| part.is_empty() || part == "@");
    (is_whole && !version.is_empty() && !version.contains(['%', '?', '#', '/'])).then(|| (name, version.to_owned()))
}

/// G-16: the registry says name and version twice.
fn npm_publish(publish: &NpmPublish, statement: &Parsed) -> Result<(), Failure> {
    let subject = only_subject(statement)?;
    let said = format!("{} {}", publish.name, publish.version);
    let purl = subject.name.as_deref().unwrap_or_default();
    match npm_purl(purl) {
        Some((name, version)) if name == publish.name && version == publish.version => Ok(()),
        _ => Err(Failure::new(
            Cause::PackageContradictsSubject,
            said,
            if purl.is_empty() { "a subject without a name" } else { purl },
            in_statement(&format!("{}.name", subject.path)),
        )),
    }
}

/// G-6 step 4.
fn is_about_python(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::PypiPublish => true,
        Predicate::Provenance(provenance) => provenance.version == ProvenanceVersion::V1,
        _ => false,
    }
}

/// G-6 steps 1 and 2: compared after parsing, never as text.
fn compare_distribution(expected: &str, found: &str, subject: &Subject) -> Result<(), Failure> {
    let place = || in_statement(&format!("{}.name", subject.path));
    if !subject.digests.iter().any(|digest| digest.algorithm == "sha256") {
        let found = "no SHA-256 digest of the file";
        return Err(Failure::new(Cause::PackageAbsent, "a SHA-256 digest", found, in_statement(&subject.path)));
    }
    let read = |name: &str| {
        Distribution::parse(name).ok_or_else(|| {
            let wanted = "the file name of a wheel or a source distribution";
            Failure::new(Cause::DistributionNameMalformed, wanted, name, place())
        })
    };
    if read(expected)? != read(found)? {
        return Err(Failure::new(Cause::DistributionNameDiffers, expected, found, place()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::npm_purl;

    #[test]
    fn a_purl_of_npm_is_read_in_its_one_spelling() {
        let pair = |name: &str, version: &str| Some((name.to_owned(), version.to_owned()));
        assert_eq!(npm_purl("pkg:npm/sigstore@1.0.0"), pair("sigstore", "1.0.0"));
        assert_eq!(npm_purl("pkg:npm/%40scope/name@1.0.0-rc.1"), pair("@scope/name", "1.0.0-rc.1"));
        for other in [
            "pkg:npm/sigstore",
            "pkg:npm/@1.0.0",
            "pkg:npm/sigstore@",
            "pkg:pypi/sigstore@1.0.0",
            "sigstore@1.0.0",
            "pkg:npm/%40scope@1.0.0",
            "pkg:npm/%40/name@1.0.0",
            "pkg:npm/%40scope/@1.0.0",
            "pkg:npm/scope/name@1.0.0",
            "pkg:npm/a%2Fb@1.0.0",
            "pkg:npm/name@1.0.0?x=y",
            "pkg:npm/name@1.0.0#sub",
            "pkg:npm/a@b@1.0.0",
            "pkg:npm/",
        ] {
            assert_eq!(npm_purl(other), None, "{other}");
        }
    }
}
