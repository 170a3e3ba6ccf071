//! What the certificate says against what the provenance says: spec E-28, E-31, E-32.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::predicate::slsa::{Claim, Claims, Provenance, ProvenanceVersion};
use touchstone_formats::statement::Statement as Parsed;
use touchstone_formats::uri::{GitUri, Repository, WorkflowReference};
use touchstone_formats::x509::GeneralName;

use crate::builder_map::{NPM_BUILD_TYPES, NPM_FIRST_BUILD_TYPE, RUNNER, is_delegated};
use crate::check::check;
use crate::checks::profile::SignerCertificate;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Outcome};
use crate::signed_words::{PAYLOAD, SignedWords, Voucher, in_statement};

check! {
    /// Does the certificate confirm what the provenance says?
    ///
    /// # What
    /// The authority that issued the certificate knows the repository, the commit, the workflow and the run: it wrote
    /// them down when it issued it. The provenance says the same things in the signer's own words. Each pair is
    /// compared.
    ///
    /// # Why
    /// Where a build job writes its own provenance, it can write what it likes. It cannot change what the authority
    /// wrote. What both say is confirmed; what only the provenance says is a claim; where they contradict one another,
    /// the provenance is not believed.
    ///
    /// # Harmless
    /// - a tool signed the provenance of another run again
    ///
    /// # Do
    /// Ask the project how this provenance came about. Do not rely on what it says about the source.
    ///
    /// # Specification
    /// Fulcio certificate extensions; SLSA provenance (E-8, E-28, E-31, E-32)
    Agreement, "agreement", Content, "Certificate and provenance"
}

/// One thing that the certificate and the provenance can both say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementRow {
    /// What it is about, in words.
    pub about: &'static str,
    /// The certificate's extensions that say it, dotted.
    pub oids: Vec<String>,
    /// The certificate's word, in the provenance's form.
    pub certificate: Option<String>,
    /// The provenance's word.
    pub provenance: Option<String>,
    /// Where in the statement, e.g. `$.predicate.buildDefinition.externalParameters.workflow.ref`.
    pub place: String,
    /// What comparing them gives.
    pub state: AgreementState,
}

/// What comparing certificate and provenance gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgreementState {
    /// Both say the same.
    Agree,
    /// Only the provenance says it.
    OnlyClaimed,
    /// Only the certificate says it.
    OnlyInCertificate,
    /// They say different things.
    Contradicts,
}

/// Proof that nothing in a provenance contradicts the certificate, and that something agrees with it.
#[derive(Clone, Debug)]
pub struct AgreedProvenance {
    agreeing: usize,
    only_claimed: usize,
}

impl AgreedProvenance {
    /// Pairs that agree; at least one.
    #[must_use]
    pub const fn agreeing(&self) -> usize {
        self.agreeing
    }

    /// Claims that the certificate says nothing about.
    #[must_use]
    pub const fn only_claimed(&self) -> usize {
        self.only_claimed
    }
}

/// How much of the question rests on the provenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reliance {
    /// The person named the signer and asks nothing about what the provenance says: it is that signer's word.
    SignerNamed,
    /// Everything else.
    Full,
}

pub(crate) struct Compared {
    pub(crate) finding: Finding,
    pub(crate) rows: Vec<AgreementRow>,
    pub(crate) proof: Option<AgreedProvenance>,
}

impl Compared {
    fn without_rows(outcome: Outcome) -> Self {
        Self { finding: Finding::new(Agreement::CHECK, outcome), rows: Vec::new(), proof: None }
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(evidence: &SignedWords<'_>, reliance: Reliance) -> Compared {
    let not_present = |said: &str| Compared::without_rows(Outcome::NotPresent(said.to_owned()));
    let Some(statement) = evidence.statement else {
        return match &evidence.statement_finding.outcome {
            Outcome::Failed(_) | Outcome::Blocked(_) => {
                Compared::without_rows(Outcome::Blocked(evidence.statement_finding.check))
            }
            _ => not_present("No provenance was signed"),
        };
    };
    if evidence.predicate.is_none() {
        return Compared::without_rows(Outcome::Blocked(evidence.predicate_finding.check));
    }
    let Some(provenance) = evidence.provenance_at_hand() else {
        return not_present("The statement is no provenance");
    };
    let signer = match evidence.voucher {
        Ok(Voucher::Certificate(signer)) => signer,
        Ok(Voucher::Key) => return not_present("Signed with a key: there is no certificate to compare with"),
        Err(check) => return Compared::without_rows(Outcome::Blocked(check)),
    };
    match provenance.claims() {
        Err(error) => Compared::without_rows(Outcome::Failed(Failure::from_fault(&error, PAYLOAD))),
        Ok(None) => not_present(&format!("Build type {}: shown verbatim, not interpreted", provenance.build_type)),
        Ok(Some(claims)) => compare(statement.statement(), provenance, &claims, signer, evidence.key_place, reliance),
    }
}

fn compare(
    statement: &Parsed,
    provenance: &Provenance,
    claims: &Claims<'_>,
    signer: &SignerCertificate,
    key_place: &str,
    reliance: Reliance,
) -> Compared {
    let certificate = Certificate { claims: &signer.claims, name: &signer.name };
    let rows = certificate.rows(provenance, claims);
    let count = |state: AgreementState| rows.iter().filter(|row| row.state == state).count();
    let (agreeing, only_claimed) = (count(AgreementState::Agree), count(AgreementState::OnlyClaimed));
    let is_of_another_builder = rows.iter().any(|row| row.about == BUILDER && row.state == AgreementState::Contradicts);
    // E-31; where the corpus asks for something else: the signer whom the person named may sign again what another
    // builder said. Nothing of it is then confirmed, and nobody may rely on it.
    if is_of_another_builder && reliance == Reliance::SignerNamed {
        let items = rows.iter().map(noted).collect();
        let outcome = Outcome::NotPresent(format!(
            "The provenance names another builder than the signer, {}: nothing in it is confirmed",
            provenance.builder_id
        ));
        return Compared { finding: Finding { check: Agreement::CHECK, outcome, items }, rows, proof: None };
    }
    let mut items: Vec<Item> = rows.iter().map(judged).collect();
    if is_npm_cli(statement, provenance) {
        items.extend(
            npm_shape(statement, provenance)
                .map(|failure| Item { place: failure.place.clone(), outcome: Outcome::Failed(failure) }),
        );
    }
    items.extend(
        certificate
            .oddities()
            .map(|said| Item { place: key_place.to_owned(), outcome: Outcome::NotPresent(format!("Note: {said}")) }),
    );
    let whole = match (agreeing, only_claimed) {
        (0, _) => Outcome::NotPresent("The certificate says nothing of what the provenance says".to_owned()),
        (agreeing, 0) => Outcome::Passed(format!("{agreeing} of {agreeing} agree")),
        (agreeing, claimed) => Outcome::Passed(format!("{agreeing} agree, {claimed} only claimed")),
    };
    let finding = Finding::from_items(Agreement::CHECK, items, whole);
    let proof = matches!(finding.outcome, Outcome::Passed(_)).then_some(AgreedProvenance { agreeing, only_claimed });
    Compared { finding, rows, proof }
}

/// A row as an item that decides.
fn judged(row: &AgreementRow) -> Item {
    let outcome = match (row.state, &row.certificate, &row.provenance) {
        (AgreementState::Contradicts, Some(certificate), Some(provenance)) => Outcome::Failed(Failure::new(
            Cause::ProvenanceContradictsCertificate,
            format!("{}: {certificate}, as the certificate says", row.about),
            provenance.clone(),
            in_statement(&row.place),
        )),
        (AgreementState::Agree, _, Some(provenance)) => Outcome::Passed(format!("{}: {provenance}", row.about)),
        _ => return noted(row),
    };
    Item { place: in_statement(&row.place), outcome }
}

/// A row as an item that decides nothing.
fn noted(row: &AgreementRow) -> Item {
    let certificate = row.certificate.as_deref().unwrap_or_default();
    let provenance = row.provenance.as_deref().unwrap_or_default();
    let said = match row.state {
        AgreementState::Agree => format!("{}: {provenance}, as the certificate says", row.about),
        AgreementState::OnlyClaimed => format!("{}: only claimed: {provenance}", row.about),
        AgreementState::OnlyInCertificate => format!("{}: only in the certificate: {certificate}", row.about),
        AgreementState::Contradicts => {
            format!("{}: {provenance}; the certificate says {certificate}", row.about)
        }
    };
    Item { place: in_statement(&row.place), outcome: Outcome::NotPresent(said) }
}

const BUILDER: &str = "Builder";

/// The certificate's words, in the forms that provenance uses. An older certificate says some of them under deprecated
/// extensions (C-2).
struct Certificate<'c> {
    claims: &'c FulcioExtensions,
    name: &'c GeneralName,
}

/// One word of the certificate with the extension that says it.
type Said = Option<(String, Vec<u32>)>;

impl Certificate<'_> {
    fn claim(&self, arc: u32, deprecated: Option<u32>) -> Said {
        let at = |arc: u32| self.claims.claim(arc).map(|text| (text.to_owned(), vec![arc]));
        at(arc).or_else(|| at(deprecated?))
    }

    fn repository(&self) -> Said {
        self.claim(12, None).or_else(|| {
            let (name, arcs) = self.claim(5, None)?;
            Some((format!("https://github.com/{name}"), arcs))
        })
    }

    /// `.18` without its host: `owner/repo/path@ref`.
    fn config(&self) -> Said {
        let (uri, arcs) = self.claim(18, None)?;
        let (_, rest) = uri.strip_prefix("https://")?.split_once('/')?;
        Some((rest.to_owned(), arcs))
    }

    /// Path of the top-level workflow in its repository.
    fn config_path(&self) -> Said {
        let (uri, arcs) = self.claim(18, None)?;
        Some((WorkflowReference::parse(&uri).ok()?.path, arcs))
    }

    /// Number of the run and of the attempt.
    fn run(&self) -> Option<(String, String)> {
        let (_, rest) = self.claims.run_invocation_uri()?.rsplit_once("/actions/runs/")?;
        let (run, attempt) = rest.split_once("/attempts/")?;
        Some((run.to_owned(), attempt.to_owned()))
    }

    /// `.9`, which is the name; in an older certificate the name alone.
    fn builder(&self) -> Said {
        self.claim(9, None).or_else(|| match self.name {
            GeneralName::Uri(uri) => Some((uri.clone(), Vec::new())),
            _ => None,
        })
    }

    /// The table before E-31.
    fn rows(&self, provenance: &Provenance, claims: &Claims<'_>) -> Vec<AgreementRow> {
        let mut rows = Rows::default();
        for claim in &claims.repositories {
            rows.compare("Source repository", self.repository(), claim, same_repository);
        }
        for claim in &claims.sources {
            self.source(&mut rows, claim);
        }
        if let Some(claim) = &claims.repository_name {
            let name =
                self.repository().and_then(|(uri, arcs)| Some((Repository::parse(&uri).ok()?.path().to_owned(), arcs)));
            rows.compare("Source repository", name, claim, str::eq);
        }
        for claim in &claims.references {
            rows.compare("Source ref", self.claim(14, Some(6)), claim, str::eq);
        }
        for claim in &claims.commits {
            // A tool behind a delegator may build another commit than the run's; it then leaves the ref out (E-25).
            let is_of_run = !(is_delegated(self.name, provenance) && is_beside_bare_source(claim, claims));
            let commit = self.claim(13, Some(3)).filter(|_| is_of_run);
            rows.compare("Source commit", commit, claim, str::eq);
        }
        self.config_rows(&mut rows, claims);
        rows.optional("Trigger", self.claim(20, Some(2)), claims.trigger.as_ref());
        rows.optional("Repository number", self.claim(15, None), claims.repository_id.as_ref());
        rows.optional("Owner number", self.claim(17, None), claims.owner_id.as_ref());
        self.runner_and_builder(&mut rows, provenance, claims);
        self.run_rows(&mut rows, claims);
        rows.0
    }

    /// A source URI: repository, and the ref where it is written.
    fn source(&self, rows: &mut Rows, claim: &Claim<'_>) {
        let written = GitUri::parse(&claim.value).ok();
        let reference = written.as_ref().and_then(|uri| uri.reference.as_ref());
        let said = match (self.repository(), self.claim(14, Some(6)), reference) {
            (Some((uri, mut arcs)), Some((at, more)), Some(_)) => {
                arcs.extend(more);
                Some((format!("git+{uri}@{at}"), arcs))
            }
            (Some((uri, arcs)), _, None) => Some((format!("git+{uri}"), arcs)),
            _ => None,
        };
        rows.compare("Source", said, claim, |one, other| match (GitUri::parse(one), GitUri::parse(other)) {
            (Ok(one), Ok(other)) => one.repository.is(&other.repository) && one.reference == other.reference,
            _ => one == other,
        });
    }

    fn config_rows(&self, rows: &mut Rows, claims: &Claims<'_>) {
        const ABOUT: &str = "Workflow";
        if let Some(claim) = &claims.config_path {
            match (claims.repositories.first(), claims.references.first()) {
                // v1: repository, path and ref are one (E-31). The path of a workflow of another repository begins with
                // that repository.
                (Some(repository), Some(reference)) => {
                    let composed = format!("{}/{}@{}", repository.value, claim.value, reference.value);
                    let of_another = format!("https://github.com/{}@{}", claim.value, reference.value);
                    let said = self.claim(18, None);
                    let is_same = said.as_ref().is_some_and(|(said, _)| *said == composed || *said == of_another);
                    let value =
                        if is_same { said.as_ref().map_or(composed, |(said, _)| said.clone()) } else { composed };
                    let claim = Claim { value: value.into(), path: claim.path.clone() };
                    rows.compare(ABOUT, said, &claim, str::eq);
                }
                _ if claim.value.contains('@') => rows.compare(ABOUT, self.config(), claim, str::eq),
                _ => rows.compare(ABOUT, self.config_path(), claim, str::eq),
            }
        }
        rows.optional(ABOUT, self.config(), claims.config_reference.as_ref());
        rows.optional("Workflow commit", self.claim(19, None), claims.config_commit.as_ref());
    }

    fn runner_and_builder(&self, rows: &mut Rows, provenance: &Provenance, claims: &Claims<'_>) {
        let runner = self.claim(11, None);
        rows.optional("Runner", runner.clone(), claims.runner.as_ref());
        let id = &provenance.builder_id;
        let by_npm = NPM_BUILD_TYPES.contains(&provenance.build_type.as_str());
        let (said, value) = match id.strip_prefix(RUNNER).filter(|_| by_npm) {
            // npm's command names the runner, not the signer.
            Some("") => return,
            Some(hosted) if hosted.starts_with('/') => (runner, hosted.trim_start_matches('/')),
            // npm's own version, in its first provenance.
            _ if provenance.build_type == NPM_FIRST_BUILD_TYPE && id.starts_with("https://github.com/npm/cli@") => {
                return;
            }
            // The tool whose workflow called the signer, which the check of the builder looks at (E-24).
            _ if is_delegated(self.name, provenance) => return,
            _ => (self.builder(), id.as_str()),
        };
        let path = match provenance.version {
            ProvenanceVersion::V1 => "$.predicate.runDetails.builder.id",
            _ => "$.predicate.builder.id",
        };
        rows.push(BUILDER, said, Some(value.to_owned()), path.to_owned(), str::eq);
    }

    fn run_rows(&self, rows: &mut Rows, claims: &Claims<'_>) {
        const ABOUT: &str = "Run";
        let numbers = self.run();
        let part = |text: Option<String>| text.map(|text| (text, vec![21]));
        if let Some(claim) = &claims.invocation {
            let said = if claim.value.contains("://") {
                self.claim(21, None)
            } else {
                part(numbers.as_ref().map(|(run, attempt)| format!("{run}-{attempt}")))
            };
            rows.compare(ABOUT, said, claim, str::eq);
        }
        rows.optional(ABOUT, part(numbers.as_ref().map(|(run, _)| run.clone())), claims.run_id.as_ref());
        // Where it is not apart, it is a part of the run.
        if let Some(claim) = &claims.run_attempt {
            rows.compare("Attempt", part(numbers.map(|(_, attempt)| attempt)), claim, str::eq);
        }
    }

    /// E-32: what holds for ordinary runs, and is worth a note where it does not.
    fn oddities(&self) -> impl Iterator<Item = String> {
        let commits = self
            .claims
            .source_repository_digest()
            .zip(self.claims.build_config_digest())
            .filter(|(source, config)| source != config)
            .map(|(source, config)| format!("the workflow is of commit {config}, the source of commit {source}"));
        let elsewhere =
            self.claims.source_repository_uri().zip(self.claims.build_config_uri()).and_then(|(source, config)| {
                (!config.starts_with(&format!("{source}/")))
                    .then(|| format!("the workflow {config} is not in the source repository {source}"))
            });
        commits.into_iter().chain(elsewhere)
    }
}

/// Whether `claim` is the digest of a source whose URI has no ref.
fn is_beside_bare_source(claim: &Claim<'_>, claims: &Claims<'_>) -> bool {
    claims.sources.iter().any(|source| {
        let parent = source.path.as_str().strip_suffix(".uri");
        let is_bare = GitUri::parse(&source.value).is_ok_and(|uri| uri.reference.is_none());
        is_bare && parent.is_some_and(|parent| claim.path.as_str().starts_with(&format!("{parent}.digest")))
    })
}

fn same_repository(one: &str, other: &str) -> bool {
    match (Repository::parse(one), Repository::parse(other)) {
        (Ok(one), Ok(other)) => one.is(&other),
        _ => one == other,
    }
}

#[derive(Default)]
struct Rows(Vec<AgreementRow>);

impl Rows {
    fn compare(&mut self, about: &'static str, said: Said, claim: &Claim<'_>, same: impl Fn(&str, &str) -> bool) {
        self.push(about, said, Some(claim.value.clone().into_owned()), claim.path.to_string(), same);
    }

    fn optional(&mut self, about: &'static str, said: Said, claim: Option<&Claim<'_>>) {
        match claim {
            Some(claim) => self.compare(about, said, claim, str::eq),
            // What no row says yet is worth one: the certificate knows it.
            None if said.is_some() && !self.0.iter().any(|row| row.about == about) => {
                self.push(about, said, None, "$.predicate".to_owned(), str::eq);
            }
            None => {}
        }
    }

    fn push(
        &mut self,
        about: &'static str,
        said: Said,
        provenance: Option<String>,
        place: String,
        same: impl Fn(&str, &str) -> bool,
    ) {
        let state = match (&said, &provenance) {
            (Some((certificate, _)), Some(provenance)) if same(certificate, provenance) => AgreementState::Agree,
            (Some(_), Some(_)) => AgreementState::Contradicts,
            (None, Some(_)) => AgreementState::OnlyClaimed,
            (Some(_), None) => AgreementState::OnlyInCertificate,
            (None, None) => return,
        };
        let (certificate, arcs) = said.map_or((None, Vec::new()), |(text, arcs)| (Some(text), arcs));
        let oids = arcs.iter().map(|arc| format!("1.3.6.1.4.1.57264.1.{arc}")).collect();
        self.0.push(AgreementRow { about, oids, certificate, provenance, place, state });
    }
}

/// Names that npm's command records of the run (E-28).
const NPM_ENVIRONMENT: [&str; 10] = [
    "GITHUB_EVENT_NAME",
    "GITHUB_REF",
    "GITHUB_REPOSITORY",
    "GITHUB_REPOSITORY_ID",
    "GITHUB_REPOSITORY_OWNER_ID",
    "GITHUB_RUN_ATTEMPT",
    "GITHUB_RUN_ID",
    "GITHUB_SHA",
    "GITHUB_WORKFLOW_REF",
    "GITHUB_WORKFLOW_SHA",
];
const NPM_PARAMETERS: [&str; 3] = ["event_name", "repository_id", "repository_owner_id"];

/// Whether npm's command wrote it: v1's build type is also GitHub's own, so the subject decides.
fn is_npm_cli(statement: &Parsed, provenance: &Provenance) -> bool {
    let names_package = || {
        let name = |subject: &touchstone_formats::statement::Subject| subject.name.clone().unwrap_or_default();
        statement.subjects.iter().any(|subject| name(subject).starts_with("pkg:npm/"))
    };
    match provenance.version {
        ProvenanceVersion::V1 => NPM_BUILD_TYPES.contains(&provenance.build_type.as_str()) && names_package(),
        _ => NPM_BUILD_TYPES.contains(&provenance.build_type.as_str()),
    }
}

/// E-28: a job can write what it wants around what is compared; npm's command writes nothing there.
fn npm_shape<'p>(statement: &'p Parsed, provenance: &'p Provenance) -> impl Iterator<Item = Failure> {
    let fail = |expected: &str, found: String, place: &str| {
        Failure::new(Cause::NpmProvenanceUnexpected, expected, found, in_statement(place))
    };
    let subjects = statement.subjects.len();
    let has_sha512 =
        statement.subjects.iter().all(|subject| subject.digests.iter().any(|digest| digest.algorithm == "sha512"));
    let is_v1 = provenance.version == ProvenanceVersion::V1;
    let dependencies = provenance.dependencies.len();
    let times = provenance.started_on.is_some() || provenance.finished_on.is_some();
    let environment = provenance.environment.as_ref().and_then(|value| value.as_object()).unwrap_or_default();
    let github = provenance.environment.as_ref().and_then(|value| value.get("github")?.as_object()).unwrap_or_default();
    let unexpected = if is_v1 {
        let others = environment.iter().map(|(key, _)| key).find(|key| *key != "github");
        others.or_else(|| github.iter().map(|(key, _)| key).find(|key| !NPM_PARAMETERS.contains(&key.as_str())))
    } else {
        environment.iter().map(|(key, _)| key).find(|key| !NPM_ENVIRONMENT.contains(&key.as_str()))
    };
    let is_filled = |value: &touchstone_formats::json::Value| {
        !matches!(value, touchstone_formats::json::Value::Null)
            && value.as_object().is_none_or(|members| !members.is_empty())
    };
    let config = [&provenance.parameters, &provenance.build_config];
    let has_config = !is_v1 && config.into_iter().flatten().any(is_filled);
    let completeness = provenance.completeness;
    let is_complete =
        [completeness.parameters, completeness.environment, completeness.materials, provenance.reproducible]
            .contains(&Some(true));
    [
        (subjects != 1).then(|| fail("exactly one subject", format!("{subjects} subjects"), "$.subject")),
        (!has_sha512).then(|| fail("a SHA-512 digest", "digests of other kinds".to_owned(), "$.subject")),
        (dependencies != 1)
            .then(|| fail("exactly one material: the source", format!("{dependencies} of them"), "$.predicate")),
        times.then(|| fail("no times", "a time that the job wrote".to_owned(), "$.predicate")),
        unexpected.map(|key| fail("what npm records of a run", key.clone(), "$.predicate")),
        has_config.then(|| fail("no parameters and no configuration", "some".to_owned(), "$.predicate")),
        is_complete.then(|| fail("no claim to be complete or reproducible", "such a claim".to_owned(), "$.predicate")),
    ]
    .into_iter()
    .flatten()
}
