//! Each piece of evidence, said: what it is, who signed it, what it counts for, what it says.

mod further;

use std::collections::BTreeSet;

use touchstone_formats::predicate::Predicate;
use touchstone_formats::predicate::summary::{Summary, VerifiedLevel};
use touchstone_verify::text;

use crate::chain::Chain;
use crate::evidence::{Held, Record};
use crate::identity::Algorithm;
use crate::limits::{MAX_NAMES_SHOWN, MAX_SUBJECTS_SHOWN};
use crate::model::{Graph, Standing, StatementLine};
use crate::proof::Weighed;

pub(crate) fn lines(chain: &Chain<'_, '_>, graph: &Graph) -> Vec<StatementLine> {
    let joined: BTreeSet<usize> = graph
        .edges
        .iter()
        .filter_map(|edge| edge.statement)
        .chain(chain.about.iter().copied())
        .chain(chain.sources.iter().map(|link| link.statement))
        .collect();
    chain.weighed.iter().map(|one| line(chain, one, joined.contains(&one.index))).collect()
}

fn line(chain: &Chain<'_, '_>, one: &Weighed<'_>, is_joined: bool) -> StatementLine {
    let said = &one.said;
    let counts = matches!(one.standing, Standing::Named | Standing::Relied);
    // Without anything to join it to, "about something else" would be no answer.
    let elsewhere = counts && !is_joined && !chain.covers.is_empty() && !said.malformed;
    let (standing, reason) = if said.malformed && counts {
        (one.standing, "Its predicate cannot be read: it says nothing, and joins nothing.".to_owned())
    } else if elsewhere {
        (Standing::Elsewhere, format!("{} It is about something else.", one.reason))
    } else {
        (one.standing, one.reason.clone())
    };
    // E-59: a release names its commit, or the object of its tag, and does not say which.
    let is_release = matches!(said.predicate, Predicate::Release(_));
    let shown = said.subjects.iter().take(MAX_SUBJECTS_SHOWN).map(|subject| match subject.algorithm() {
        Algorithm::Git if is_release => format!("git object {}", subject.hex()),
        _ => subject.to_string(),
    });
    let mut subjects: Vec<String> = shown.collect();
    let more = said.subjects.len().saturating_sub(MAX_SUBJECTS_SHOWN);
    if more > 0 {
        subjects.push(format!("and {more} more"));
    }
    StatementLine {
        name: one.name.to_owned(),
        kind: match one.held {
            Held::Record(Record::Bill(bill)) => {
                format!("{} bill of materials", crate::inputs::format_name(bill.format))
            }
            Held::Record(Record::Deployed(_)) => "records of what is deployed".to_owned(),
            Held::Record(Record::Other(kind)) => kind.clone(),
            Held::Record(Record::List(kind)) => (*kind).to_owned(),
            Held::Unproven(unproven) if unproven.statement.is_none() => {
                "bundle without a readable statement".to_owned()
            }
            _ => said.kind().to_owned(),
        },
        predicate_type: said.statement.map(|statement| statement.predicate_type.clone()).unwrap_or_default(),
        signer: one.signer(),
        standing,
        reason,
        time: one.time().map(text::instant).unwrap_or_default(),
        subjects,
        says: says(chain, one),
    }
}

fn says(chain: &Chain<'_, '_>, one: &Weighed<'_>) -> Vec<(String, String)> {
    let mut rows = Rows::default();
    match &one.said.predicate {
        Predicate::Provenance(provenance) => {
            rows.push("Builder", &provenance.builder_id);
            rows.push("Kind of build", &provenance.build_type);
            rows.push("Repository", one.said.source.repository.as_deref().unwrap_or_default());
            rows.push("Branch or tag", one.said.source.reference.as_deref().unwrap_or_default());
            rows.push("Commit", one.said.source.commit.as_ref().map_or("", |commit| commit.hex()));
            rows.push("Inputs", &provenance.dependencies.len().to_string());
            rows.push("Run", provenance.invocation_id.as_deref().unwrap_or_default());
        }
        Predicate::Summary(summary) => {
            summary_says(&mut rows, chain, summary);
            rows.push("Branch or tag", one.said.source.reference.as_deref().unwrap_or_default());
        }
        Predicate::SourceProvenance(said) => {
            rows.push("Repository", &said.repository_uri);
            rows.push("Branch", &said.branch);
            rows.push("How it came about", &said.activity_type);
            rows.push("By", &said.actor);
            rows.push("Commit before", &said.previous_commit);
            rows.push("Controls", &controls(&said.controls));
        }
        Predicate::TagProvenance(said) => {
            rows.push("Repository", &said.repository_uri);
            rows.push("Tag", &said.tag);
            rows.push("By", &said.actor);
            rows.push("Controls", &controls(&said.controls));
        }
        Predicate::Release(release) => {
            rows.push("Repository", &release.repository);
            rows.push("Tag", &release.tag);
            rows.push("Release number", release.release_id.as_deref().unwrap_or_default());
        }
        Predicate::NpmPublish(publish) => {
            rows.push("Package", &publish.name);
            rows.push("Version", &publish.version);
            rows.push("Registry", &publish.registry);
        }
        Predicate::Deployment(deployment) => {
            for (kind, value) in &deployment.scopes {
                rows.push(kind, value);
            }
            rows.push("Decided at, as claimed", &deployment.creation_time);
        }
        Predicate::Svr(result) => {
            rows.push("Verifier", &result.verifier_id);
            rows.push("Properties", &result.properties.join(", "));
        }
        Predicate::PolicyPublish(said) => further::policy_publish(&mut rows, said),
        Predicate::TestResult(said) => further::test_result(&mut rows, said),
        Predicate::Link(said) => further::link(&mut rows, said),
        Predicate::Scai(said) => further::scai(&mut rows, said),
        Predicate::VulnerabilityScan(said) => further::vulnerability_scan(&mut rows, said),
        Predicate::OpenVex(said) => further::open_vex(&mut rows, said),
        Predicate::RuntimeTrace(said) => further::runtime_trace(&mut rows, said),
        Predicate::Reference(said) => further::references(&mut rows, chain, said),
        // A bill's components are rows of the table of inputs; the others have nothing but their kind and subjects.
        _ => {}
    }
    // E-58: where the job ran that signed this statement, and nothing else.
    if let Some(environment) = one.claims().and_then(|claims| claims.deployment_environment()) {
        rows.push("Environment of the job that signed", environment);
    }
    rows.0
}

fn summary_says(rows: &mut Rows, chain: &Chain<'_, '_>, summary: &Summary) {
    rows.push("Verifier", &summary.verifier_id);
    rows.push("About", &summary.resource_uri);
    rows.push("Result", &summary.result);
    rows.push("Levels", &summary.levels.iter().map(level).collect::<Vec<_>>().join(", "));
    rows.push("Checked at, as claimed", summary.time_verified.as_deref().unwrap_or_default());
    let made_from = chain.at_hand(&summary.input_attestations);
    let places: BTreeSet<usize> =
        made_from.iter().filter_map(|(_, at_hand)| at_hand.as_ref().map(|(_, index)| *index)).collect();
    let at_hand = places.iter().filter_map(|index| chain.get(*index)).map(|one| one.name.to_owned());
    rows.names("Made from, at hand", &at_hand.collect::<Vec<_>>());
    let missing = made_from.iter().filter(|(_, at_hand)| at_hand.is_none()).count();
    rows.push("Made from, not at hand", &if missing > 0 { missing.to_string() } else { String::new() });
}

/// What a statement says, as (name, value); nothing is said by an empty value.
#[derive(Default)]
struct Rows(Vec<(String, String)>);

impl Rows {
    fn push(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Some of the names, and how many more there are.
    fn names(&mut self, name: &str, values: &[String]) {
        let shown = values.iter().take(MAX_NAMES_SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
        match values.len().saturating_sub(MAX_NAMES_SHOWN) {
            0 => self.push(name, &shown),
            more => self.push(name, &format!("{shown}, and {more} more")),
        }
    }

    /// How many there are, where not all have a row.
    fn more(&mut self, name: &str, count: usize) {
        if count > MAX_NAMES_SHOWN {
            self.push(name, &count.to_string());
        }
    }
}

fn level(level: &VerifiedLevel) -> String {
    match level {
        VerifiedLevel::Level { track, level } => format!("SLSA_{track}_LEVEL_{level}"),
        VerifiedLevel::Unevaluated { track } => format!("SLSA_{track}_LEVEL_UNEVALUATED"),
        VerifiedLevel::Failed => "FAILED".to_owned(),
        VerifiedLevel::Property(name) => name.clone(),
    }
}

fn controls(controls: &[(String, String)]) -> String {
    controls.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
}
