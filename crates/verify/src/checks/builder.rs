//! The builder against the builder map and the expectation: spec E-4, E-8, E-9, E-10, E-20 to E-24, E-42.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::predicate::slsa::{GOOGLE_WORKER, Provenance, ProvenanceVersion};
use touchstone_formats::statement::Statement as Parsed;
use touchstone_formats::uri::{Tag, WorkflowReference};
use touchstone_formats::x509::GeneralName;

use crate::builder_map::{BuilderEntry, BuilderKind, BuilderSigner, GENERATOR, GITHUB_ISSUER, GOOGLE_HOSTED, RUNNER};
use crate::check::check;
use crate::checks::agreement::{AgreedProvenance, Agreement};
use crate::checks::profile::SignerCertificate;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};
use crate::policy::{Policy, SignerPolicy};
use crate::signed_words::{SignedWords, Voucher, absent, concluded, in_statement};

check! {
    /// Was it built by a builder that may vouch for the build?
    ///
    /// # What
    /// The builder map lists who may sign for which builder, and up to which SLSA Build level. The signer must be in
    /// it, at a release of the builder; the provenance must be of a kind that this builder makes and must name it; and
    /// where you named a builder, it must be that one.
    ///
    /// # Why
    /// Anyone can write a provenance that names a builder. It counts only when that builder signed it. A builder at a
    /// branch can be changed by whoever may write to the branch.
    ///
    /// # Harmless
    /// - the project builds with a workflow of its own, which the map cannot know
    /// - the project pins its builder at a commit or a branch
    ///
    /// # Do
    /// Ask the project which builder it uses. If you rely on a builder of your own, add it to the map.
    ///
    /// # Specification
    /// SLSA verifying artifacts, step 1 (E-4, E-8 to E-10, E-20 to E-24, E-42)
    Builder, "builder", Expected, "Builder"
}

/// Proof that the builder named in the provenance signed for it, with the most that it can vouch for.
#[derive(Clone, Debug)]
pub struct TrustedBuilder {
    kind: BuilderKind,
    name: String,
    id: String,
    max_level: u8,
    is_hosted: Option<bool>,
}

impl TrustedBuilder {
    /// How signer and builder go together; [`BuilderKind::Own`] also for one that only the expectation names.
    #[must_use]
    pub const fn kind(&self) -> BuilderKind {
        self.kind
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `builder.id`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The highest SLSA Build level that it can vouch for, 0 to 3; that of one outside of the map is 1 (E-4).
    #[must_use]
    pub const fn max_level(&self) -> u8 {
        self.max_level
    }

    /// Whether the certificate says that its runner is hosted (E-9); `None`: it does not say.
    #[must_use]
    pub const fn is_hosted(&self) -> Option<bool> {
        self.is_hosted
    }
}

/// A builder outside of the map that the expectation names.
const NAMED: &str = "The builder that you named";
/// Level of a provenance whose builder is not in the map (E-4).
const DEFAULT_LEVEL: u8 = 1;
/// slsa-verifier's own test project, whose builders it also accepts at their main branch.
const TEST_PROJECT: &str = "https://github.com/slsa-framework/example-package";
const TEST_BRANCH: &str = "refs/heads/main";
/// Its tags end in `-java` (E-21).
const JRELEASER: &str = "https://github.com/jreleaser/release-action/";

/// Whether the question wants a builder, by name or as what implies the signer.
pub(crate) fn is_asked(policy: &Policy) -> bool {
    policy.expectations.builder_id.is_some()
        || (matches!(policy.signer, SignerPolicy::Implied) && policy.expectations.publisher.is_none())
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    policy: &Policy,
    evidence: &SignedWords<'_>,
    agreement: &Finding,
    agreed: Option<&AgreedProvenance>,
) -> (Finding, Option<TrustedBuilder>) {
    let question = Question { policy, evidence, agreed };
    let judged = if agreement.failed() { Err(Outcome::Blocked(Agreement::CHECK)) } else { question.judge() };
    // Nobody asked: what speaks against the builder is said, and gives it no level.
    let judged = judged.map_err(|outcome| match outcome {
        Outcome::Failed(failure) if !is_asked(policy) => unasked(&failure),
        outcome => outcome,
    });
    concluded(Builder::CHECK, judged)
}

fn unasked(failure: &Failure) -> Outcome {
    Outcome::NotPresent(match failure.cause {
        Cause::BuilderAbsent => "No provenance, so no builder".to_owned(),
        Cause::BuilderUntrusted => format!("No builder of the map signed; signed by {}", failure.found),
        _ => format!("No builder of the map vouches for it: found {}, not {}", failure.found, failure.expected),
    })
}

struct Question<'q, 'p> {
    policy: &'q Policy,
    evidence: &'q SignedWords<'p>,
    agreed: Option<&'q AgreedProvenance>,
}

impl Question<'_, '_> {
    fn expected(&self) -> Option<&str> {
        self.policy.expectations.builder_id.as_deref()
    }

    fn judge(&self) -> Result<(String, TrustedBuilder), Outcome> {
        let wanted = self.expected().unwrap_or("a builder of the map");
        let (provenance, statement, voucher) = self.evidence.provenance(Cause::BuilderAbsent, wanted)?;
        let builder = match voucher {
            Voucher::Certificate(signer) => self.signed_by(signer, provenance, statement),
            Voucher::Key => self.signed_with_key(provenance),
        };
        let builder = builder
            .and_then(|builder| check_known_parameters(provenance).map(|()| builder))
            .map_err(Outcome::Failed)?;
        // Whatever rests on an entry of the person's own must be seen to rest on it (E-4).
        let by_whom = match builder.kind {
            BuilderKind::Own if builder.name != NAMED => format!(", by {}", builder.name),
            _ => String::new(),
        };
        Ok((format!("{}, {}{by_whom}", builder.id, level_in_words(builder.max_level)), builder))
    }

    /// E-10, E-42: a key vouches for a platform where the person says so, by giving the key and naming the builder.
    fn signed_with_key(&self, provenance: &Provenance) -> Result<TrustedBuilder, Failure> {
        let id = &provenance.builder_id;
        let Some(expected) = self.expected() else {
            return Err(self.fail(Cause::BuilderUntrusted, "a builder, named together with its key", "a key alone"));
        };
        if !matches_loosely(id, expected) {
            return Err(self.differs(expected, provenance));
        }
        let entry = self.policy.builders.entries.iter().find(|entry| {
            let is_of = |builder_id: &String| matches_loosely(id, builder_id);
            matches!(entry.signer, BuilderSigner::Key) && entry.builder_id.as_ref().is_some_and(is_of)
        });
        let Some(entry) = entry else {
            return Ok(outside_of_map(provenance, None));
        };
        if entry.kind == BuilderKind::GoogleCloudBuild {
            self.check_cloud_build(provenance)?;
        }
        self.check_build_type(entry, provenance)?;
        Ok(of_entry(entry, provenance, entry.max_level, None))
    }

    fn signed_by(
        &self,
        signer: &SignerCertificate,
        provenance: &Provenance,
        statement: &Parsed,
    ) -> Result<TrustedBuilder, Failure> {
        let name = signer.name.text().unwrap_or_default();
        if let Some(entry) = self.own_entry(name, &signer.claims, provenance) {
            self.check_expected(provenance)?;
            let claims = &signer.claims;
            // E-9: the person may list a builder on a runner of the project's own. C-7: one run of it in which somebody had
            // a shell is another matter.
            let most = if claims.had_shell() { entry.max_level.min(DEFAULT_LEVEL) } else { entry.max_level };
            return Ok(of_entry(entry, provenance, most, hosted(claims)));
        }
        let GeneralName::Uri(uri) = &signer.name else {
            return Err(self.fail_at_key(Cause::BuilderUntrusted, "a workflow", name));
        };
        // E-20
        let issuer = signer.claims.issuer().unwrap_or_default();
        if issuer != GITHUB_ISSUER {
            return Err(self.fail_at_key(Cause::BuilderIssuerDiffers, GITHUB_ISSUER, issuer));
        }
        let workflow = WorkflowReference::parse(uri)
            .map_err(|_| self.fail_at_key(Cause::BuilderUntrusted, "a workflow at a ref", uri))?;
        let signer = Signer { uri, workflow, claims: &signer.claims };
        match self.entry_of(&signer, provenance) {
            Some(entry) => self.of_map(entry, &signer, provenance, statement),
            None => self.named(&signer, provenance),
        }
    }

    /// An entry of the person's own that fits signer and provenance.
    fn own_entry(&self, name: &str, claims: &FulcioExtensions, provenance: &Provenance) -> Option<&BuilderEntry> {
        self.policy.builders.entries.iter().find(|entry| match &entry.signer {
            BuilderSigner::Certificate { identity, issuer } => {
                identity.accepts(name)
                    && issuer.as_deref().is_none_or(|issuer| claims.issuer() == Some(issuer))
                    && entry.builder_id.as_deref().is_none_or(|id| matches_loosely(&provenance.builder_id, id))
                    && (entry.build_types.is_empty() || entry.build_types.contains(&provenance.build_type))
            }
            _ => false,
        })
    }

    /// The certificate's name selects the entry, never the provenance's (E-23); only among jobs, which all sign as
    /// themselves, the build type tells npm's command from an attestation.
    fn entry_of(&self, signer: &Signer<'_>, provenance: &Provenance) -> Option<&BuilderEntry> {
        let entries = &self.policy.builders.entries;
        let by_name = entries.iter().find(|entry| {
            matches!(&entry.signer, BuilderSigner::Workflow(path) if *path == signer.workflow.without_reference())
        });
        by_name.or_else(|| {
            entries.iter().find(|entry| {
                let is_of = |id: &String| provenance.builder_id.starts_with(id.as_str());
                matches!(entry.signer, BuilderSigner::AnyWorkflow)
                    && entry.build_types.contains(&provenance.build_type)
                    && entry.builder_id.as_ref().is_none_or(is_of)
            })
        })
    }

    fn of_map(
        &self,
        entry: &BuilderEntry,
        signer: &Signer<'_>,
        provenance: &Provenance,
        statement: &Parsed,
    ) -> Result<TrustedBuilder, Failure> {
        let is_job = matches!(entry.signer, BuilderSigner::AnyWorkflow);
        let is_test = !is_job && signer.is_test_project() && signer.workflow.reference == TEST_BRANCH;
        if !is_job && !is_test {
            self.check_release(signer)?;
        }
        self.check_build_type(entry, provenance)?;
        check_known_fields(provenance)?;
        self.check_named_for_npm(entry, statement)?;
        match entry.kind {
            BuilderKind::Delegator => self.check_delegated(provenance)?,
            BuilderKind::NpmCli => self.check_runner(signer, provenance)?,
            _ if is_job => self.check_job(signer, provenance)?,
            _ => {
                self.check_is_signer(signer, provenance)?;
                self.check_expected(provenance)?;
            }
        }
        // What a job says of itself counts where the certificate confirms it (E-8).
        if is_job && self.agreed.is_none() {
            let found = "a certificate that confirms nothing of it";
            return Err(self.fail(Cause::BuilderUntrusted, "provenance that the certificate confirms", found));
        }
        let is_hosted = hosted(signer.claims);
        // E-9: a job has to be known to be hosted; a builder of the map, not to be on a runner of the project's own, which
        // may bear the name of a hosted one. A builder at a branch vouches for nothing.
        let is_doubtful = if is_job { is_hosted != Some(true) } else { is_hosted == Some(false) };
        let level = if is_test || is_doubtful { entry.max_level.min(DEFAULT_LEVEL) } else { entry.max_level };
        Ok(of_entry(entry, provenance, level, is_hosted))
    }

    /// E-21: not in the map, but the one that the person named.
    fn named(&self, signer: &Signer<'_>, provenance: &Provenance) -> Result<TrustedBuilder, Failure> {
        let Some(expected) = self.expected() else {
            return Err(self.fail_at_key(Cause::BuilderUntrusted, "a builder of the map", signer.uri));
        };
        if !matches_loosely(signer.uri, expected) {
            return Err(self.fail_at_key(Cause::BuilderDiffers, expected, signer.uri));
        }
        if !signer.is_of_source() {
            self.check_release(signer)?;
        }
        self.check_is_signer(signer, provenance)?;
        Ok(outside_of_map(provenance, hosted(signer.claims)))
    }

    /// E-21: at `refs/tags/vX.Y.Z`.
    fn check_release(&self, signer: &Signer<'_>) -> Result<(), Failure> {
        if signer.workflow.release_tag().is_some() {
            return Ok(());
        }
        Err(self.fail_at_key(Cause::BuilderNotAtRelease, "a builder at refs/tags/vX.Y.Z", signer.uri))
    }

    /// E-23.
    fn check_build_type(&self, entry: &BuilderEntry, provenance: &Provenance) -> Result<(), Failure> {
        if entry.build_types.is_empty() || entry.build_types.contains(&provenance.build_type) {
            return Ok(());
        }
        Err(self.fail(Cause::BuildTypeDiffers, &entry.build_types.join(", or "), &provenance.build_type))
    }

    /// A package of npm's can come from several builders; which one, the person has to say.
    fn check_named_for_npm(&self, entry: &BuilderEntry, statement: &Parsed) -> Result<(), Failure> {
        let expectations = &self.policy.expectations;
        let is_npm = entry.kind == BuilderKind::NpmCli
            || expectations.package_name.is_some()
            || expectations.package_version.is_some()
            || statement
                .subjects
                .iter()
                .any(|subject| subject.name.as_deref().is_some_and(|name| name.starts_with("pkg:npm/")));
        if is_npm && is_asked(self.policy) && self.expected().is_none() {
            let wanted = "the builder of a package of npm's, named";
            return Err(self.fail(Cause::BuilderNotNamed, wanted, "no builder named"));
        }
        Ok(())
    }

    /// E-24: the builder is the signer, name and tag.
    fn check_is_signer(&self, signer: &Signer<'_>, provenance: &Provenance) -> Result<(), Failure> {
        if provenance.builder_id == signer.uri {
            return Ok(());
        }
        Err(self.builder_id(Cause::BuilderIsNotSigner, signer.uri, provenance))
    }

    fn check_expected(&self, provenance: &Provenance) -> Result<(), Failure> {
        match self.expected().filter(|expected| !matches_loosely(&provenance.builder_id, expected)) {
            Some(expected) => Err(self.differs(expected, provenance)),
            None => Ok(()),
        }
    }

    /// E-24: a tool's workflow at a release; without an expectation one of the generator's own.
    fn check_delegated(&self, provenance: &Provenance) -> Result<(), Failure> {
        let id = &provenance.builder_id;
        let tool = id.split_once('@');
        let is_release = tool.is_some_and(|(name, reference)| {
            let tag = reference.strip_prefix("refs/tags/");
            let tag = if name.starts_with(JRELEASER) { tag.and_then(|tag| tag.strip_suffix("-java")) } else { tag };
            tag.and_then(Tag::parse).is_some_and(|tag| tag.is_release())
        });
        if !is_release || WorkflowReference::parse(id).is_err() {
            return Err(self.builder_id(
                Cause::BuilderNotAtRelease,
                "a tool's workflow at refs/tags/vX.Y.Z",
                provenance,
            ));
        }
        match self.expected() {
            Some(_) => self.check_expected(provenance),
            None if id.starts_with(GENERATOR) => Ok(()),
            None => {
                let wanted = format!("a workflow of {GENERATOR}");
                Err(self.builder_id(Cause::BuilderUntrusted, &wanted, provenance))
            }
        }
    }

    /// E.4: v0.2 names the runner without what hosts it, and the certificate says that; v1 names it in full.
    fn check_runner(&self, signer: &Signer<'_>, provenance: &Provenance) -> Result<(), Failure> {
        let id = &provenance.builder_id;
        let stated = id.strip_prefix(RUNNER);
        let is_v1 = provenance.version == ProvenanceVersion::V1;
        let is_known = if is_v1 { is_hosting(stated) } else { stated == Some("") };
        if !is_known {
            return Err(self.builder_id(Cause::BuilderIsNotSigner, "a runner of GitHub Actions", provenance));
        }
        let Some(expected) = self.expected() else { return Ok(()) };
        let certified = signer.claims.runner_environment().map(|hosted| format!("{RUNNER}/{hosted}"));
        let is_expected = if is_v1 {
            expected == id
        } else {
            expected == id || (is_hosting(expected.strip_prefix(RUNNER)) && certified.as_deref() == Some(expected))
        };
        if is_expected { Ok(()) } else { Err(self.differs(expected, provenance)) }
    }

    /// E-8, E-21: a job that signs for itself. One that is not of the source is a builder like any other: named, and at
    /// a release.
    fn check_job(&self, signer: &Signer<'_>, provenance: &Provenance) -> Result<(), Failure> {
        self.check_is_signer(signer, provenance)?;
        self.check_expected(provenance)?;
        if signer.is_of_source() {
            return Ok(());
        }
        if self.expected().is_none() {
            let wanted = "a workflow of the source repository, or a builder of the map";
            return Err(self.fail_at_key(Cause::BuilderUntrusted, wanted, signer.uri));
        }
        self.check_release(signer)
    }

    /// E-42.
    fn check_cloud_build(&self, provenance: &Provenance) -> Result<(), Failure> {
        const BUILD: &str = "type.googleapis.com/google.devtools.cloudbuild.v1.Build";
        let build_type = provenance.build_type.as_str();
        let begins = |prefixes: [&str; 2]| prefixes.iter().any(|prefix| build_type.starts_with(prefix));
        let version = provenance.builder_id.strip_prefix(GOOGLE_HOSTED);
        let is_right = match (provenance.version, version) {
            (ProvenanceVersion::V0_1, Some("@v0.2")) => build_type == provenance.builder_id,
            (ProvenanceVersion::V0_1, Some("@v0.3")) => begins([
                "https://cloudbuild.googleapis.com/CloudBuildYaml@",
                "https://cloudbuild.googleapis.com/CloudBuildSteps@",
            ]),
            (ProvenanceVersion::V1, Some("")) => build_type == GOOGLE_WORKER,
            _ => false,
        };
        if !is_right {
            return Err(self.fail(Cause::BuildTypeDiffers, "a build type of this builder's version", build_type));
        }
        let argument = provenance.parameters.as_ref().and_then(|arguments| arguments.get("@type")?.as_str());
        if provenance.version == ProvenanceVersion::V0_1 && argument != Some(BUILD) {
            return Err(self.fail(Cause::BuildTypeDiffers, BUILD, argument.unwrap_or("no type of the arguments")));
        }
        Ok(())
    }

    fn differs(&self, expected: &str, provenance: &Provenance) -> Failure {
        self.builder_id(Cause::BuilderDiffers, expected, provenance)
    }

    fn builder_id(&self, cause: Cause, expected: &str, provenance: &Provenance) -> Failure {
        let path = match provenance.version {
            ProvenanceVersion::V1 => "$.predicate.runDetails.builder.id",
            _ => "$.predicate.builder.id",
        };
        Failure::new(cause, expected, provenance.builder_id.clone(), in_statement(path))
    }

    fn fail(&self, cause: Cause, expected: &str, found: &str) -> Failure {
        match absent(cause, expected, found) {
            Outcome::Failed(failure) => failure,
            _ => Failure::new(cause, expected, found, self.evidence.key_place),
        }
    }

    fn fail_at_key(&self, cause: Cause, expected: &str, found: &str) -> Failure {
        Failure::new(cause, expected, found, self.evidence.key_place)
    }
}

/// A workflow that signed.
struct Signer<'s> {
    uri: &'s str,
    workflow: WorkflowReference,
    claims: &'s FulcioExtensions,
}

impl Signer<'_> {
    /// Whether it lies in the repository that was built, at the ref or commit that was built: what was reviewed there was
    /// reviewed for both.
    fn is_of_source(&self) -> bool {
        let source = self.claims.source_repository_uri();
        let built = [self.claims.source_repository_ref(), self.claims.source_repository_digest()];
        source == Some(self.workflow.repository.to_string().as_str())
            && built.contains(&Some(self.workflow.reference.as_str()))
    }

    fn is_test_project(&self) -> bool {
        match self.claims.source_repository_uri() {
            Some(uri) => uri == TEST_PROJECT,
            None => {
                let name = self.claims.github_workflow_repository().unwrap_or_default();
                TEST_PROJECT == format!("https://github.com/{name}")
            }
        }
    }
}

/// E-23: of a known builder every field is known.
fn check_known_fields(provenance: &Provenance) -> Result<(), Failure> {
    match provenance.unknown_fields.first() {
        Some(path) => Err(unknown("a member that no version of provenance has", path)),
        None => Ok(()),
    }
}

/// E-5: whoever relies on a builder, of the map or of their own, relies on nothing that its build type does not define.
fn check_known_parameters(provenance: &Provenance) -> Result<(), Failure> {
    match provenance.unknown_parameters().first() {
        Some(path) => Err(unknown("a parameter that its build type does not have", &path.to_string())),
        None => Ok(()),
    }
}

fn unknown(found: &str, path: &str) -> Failure {
    Failure::new(Cause::ProvenanceUnknownField, "only what this builder writes", found, in_statement(path))
}

/// `/github-hosted` or `/self-hosted`.
fn is_hosting(rest: Option<&str>) -> bool {
    matches!(rest, Some("/github-hosted" | "/self-hosted"))
}

/// E-9, C-7; an absent or unknown value says nothing.
fn hosted(claims: &FulcioExtensions) -> Option<bool> {
    match claims.runner_environment()? {
        "github-hosted" => Some(true),
        "self-hosted" => Some(false),
        _ if claims.had_shell() => Some(false),
        _ => None,
    }
}

fn of_entry(entry: &BuilderEntry, provenance: &Provenance, max_level: u8, is_hosted: Option<bool>) -> TrustedBuilder {
    TrustedBuilder {
        kind: entry.kind,
        name: entry.name.clone(),
        id: provenance.builder_id.clone(),
        max_level: max_level.min(3),
        is_hosted,
    }
}

fn outside_of_map(provenance: &Provenance, is_hosted: Option<bool>) -> TrustedBuilder {
    TrustedBuilder {
        kind: BuilderKind::Own,
        name: NAMED.to_owned(),
        id: provenance.builder_id.clone(),
        max_level: DEFAULT_LEVEL,
        is_hosted,
    }
}

fn level_in_words(level: u8) -> String {
    match level {
        0 => "which vouches for no level".to_owned(),
        level => format!("which can vouch for SLSA Build L{level} at most"),
    }
}

/// E-24: the names are equal; the version counts where the expectation has one, and `vX.Y.Z` is `refs/tags/vX.Y.Z`.
fn matches_loosely(id: &str, expected: &str) -> bool {
    let split = |text: &str| match text.split_once('@') {
        Some((name, version)) => {
            (name.to_owned(), Some(version.strip_prefix("refs/tags/").unwrap_or(version).to_owned()))
        }
        None => (text.to_owned(), None),
    };
    let ((name, version), (expected_name, expected_version)) = (split(id), split(expected));
    name == expected_name
        && !name.is_empty()
        && expected_version.is_none_or(|expected| !expected.is_empty() && version.as_ref() == Some(&expected))
}

#[cfg(test)]
mod tests {
    use super::matches_loosely;

    #[test]
    fn e_24_the_version_counts_where_the_expectation_has_one() {
        let id = "https://b.test/w.yml@refs/tags/v1.2.3";
        for expected in ["https://b.test/w.yml", "https://b.test/w.yml@v1.2.3", id] {
            assert!(matches_loosely(id, expected), "{expected}");
        }
        for expected in [
            "",
            "@",
            "https://b.test/w.yml@",
            "https://b.test/w.yml@v1.2",
            "https://b.test/w.yaml",
            "https://b.test/w.yml@refs/heads/v1.2.3",
            "https://b.test/w",
        ] {
            assert!(!matches_loosely(id, expected), "{expected}");
        }
        assert!(!matches_loosely("", ""));
        assert!(matches_loosely("https://g.test/Worker", "https://g.test/Worker"));
        assert!(!matches_loosely("https://g.test/Worker", "https://g.test/Worker@v0.3"));
    }
}
