//! Each piece of evidence, said: what it is, who signed it, what it counts for, what it says.

use std::collections::BTreeSet;

use touchstone_formats::predicate::Predicate;
use touchstone_formats::predicate::summary::VerifiedLevel;
use touchstone_verify::text;

use crate::chain::Chain;
use crate::evidence::{Held, Record};
use crate::limits::MAX_SUBJECTS_SHOWN;
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
    let mut subjects: Vec<String> = said.subjects.iter().take(MAX_SUBJECTS_SHOWN).map(ToString::to_string).collect();
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
    let mut rows = Vec::new();
    let mut push = |name: &str, value: &str| {
        if !value.is_empty() {
            rows.push((name.to_owned(), value.to_owned()));
        }
    };
    match &one.said.predicate {
        Predicate::Provenance(provenance) => {
            push("Builder", &provenance.builder_id);
            push("Kind of build", &provenance.build_type);
            push("Repository", one.said.source.repository.as_deref().unwrap_or_default());
            push("Branch or tag", one.said.source.reference.as_deref().unwrap_or_default());
            push("Commit", one.said.source.commit.as_ref().map_or("", |commit| commit.hex()));
            push("Inputs", &provenance.dependencies.len().to_string());
            push("Run", provenance.invocation_id.as_deref().unwrap_or_default());
        }
        Predicate::Summary(summary) => {
            push("Verifier", &summary.verifier_id);
            push("About", &summary.resource_uri);
            push("Result", &summary.result);
            push("Levels", &summary.levels.iter().map(level).collect::<Vec<_>>().join(", "));
            push("Checked at, as claimed", summary.time_verified.as_deref().unwrap_or_default());
            let made_from = chain.made_from(summary);
            let at_hand: Vec<&str> =
                made_from.iter().filter_map(|(_, at_hand)| Some(chain.get(at_hand.as_ref()?.1)?.name)).collect();
            push("Made from, at hand", &at_hand.join(", "));
            let missing = made_from.len().saturating_sub(at_hand.len());
            push("Made from, not at hand", &if missing > 0 { missing.to_string() } else { String::new() });
        }
        Predicate::SourceProvenance(said) => {
            push("Repository", &said.repository_uri);
            push("Branch", &said.branch);
            push("How it came about", &said.activity_type);
            push("By", &said.actor);
            push("Commit before", &said.previous_commit);
            push("Controls", &controls(&said.controls));
        }
        Predicate::TagProvenance(said) => {
            push("Repository", &said.repository_uri);
            push("Tag", &said.tag);
            push("By", &said.actor);
            push("Controls", &controls(&said.controls));
        }
        Predicate::Release(release) => {
            push("Repository", &release.repository);
            push("Tag", &release.tag);
            push("Release number", release.release_id.as_deref().unwrap_or_default());
        }
        Predicate::NpmPublish(publish) => {
            push("Package", &publish.name);
            push("Version", &publish.version);
            push("Registry", &publish.registry);
        }
        Predicate::Deployment(deployment) => {
            for (kind, value) in &deployment.scopes {
                push(kind, value);
            }
            push("Decided at, as claimed", deployment.creation_time.as_deref().unwrap_or_default());
        }
        Predicate::Svr(result) => {
            push("Verifier", &result.verifier_id);
            push("Properties", &result.properties.join(", "));
        }
        Predicate::TestResult(result) => push("Result", &result.result),
        _ => {}
    }
    // E-58: where the job ran that signed this statement, and nothing else.
    if let Some(environment) = one.claims().and_then(|claims| claims.deployment_environment()) {
        push("Environment of the job that signed", environment);
    }
    rows
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
