//! Inputs that a person gave the workflow: spec E-27.

use touchstone_formats::json::{Number, Value};
use touchstone_formats::predicate::slsa::{Provenance, ProvenanceVersion};

use crate::builder_map::CONTAINER_BASED;
use crate::check::check;
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Item, Open, Outcome};
use crate::signed_words::{SignedWords, concluded, in_statement};

check! {
    /// Was the workflow started with the inputs that you expect?
    ///
    /// # What
    /// A workflow that is started by hand is given inputs: a version, a switch. The provenance records them; each one
    /// that you named must be there and be equal.
    ///
    /// # Why
    /// The same workflow of the same commit builds something else when it is given other inputs.
    ///
    /// # Harmless
    /// - the project started the release with another input than you thought
    ///
    /// # Do
    /// Look at the run that the certificate names, and at the project's instructions for releases.
    ///
    /// # Specification
    /// SLSA provenance, external parameters (E-5, E-27)
    WorkflowInputs, "workflow-inputs", Expected, "Workflow inputs"
}

/// Proof that the workflow ran with the inputs expected.
#[derive(Clone, Debug)]
pub struct MatchedInputs {
    inputs: Vec<(String, String)>,
}

impl MatchedInputs {
    /// (name, value) of each.
    #[must_use]
    pub fn inputs(&self) -> &[(String, String)] {
        &self.inputs
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(expected: &[(String, String)], evidence: &SignedWords<'_>) -> (Finding, Option<MatchedInputs>) {
    if expected.is_empty() {
        let open = Outcome::NotAsked(Open::Nothing("No input was named"));
        return (Finding::new(WorkflowInputs::CHECK, open), None);
    }
    let names: Vec<&str> = expected.iter().map(|(name, _)| name.as_str()).collect();
    let wanted = format!("the inputs {}", names.join(", "));
    let (provenance, _, _) = match evidence.provenance(Cause::WorkflowInputsAbsent, &wanted) {
        Ok(found) => found,
        Err(outcome) => return concluded(WorkflowInputs::CHECK, Err(outcome)),
    };
    let (inputs, path) = recorded(provenance);
    let Some(inputs) = inputs.and_then(Value::as_object) else {
        let failure =
            Failure::new(Cause::WorkflowInputsAbsent, wanted, "no inputs in the provenance", in_statement(path));
        return (Finding::new(WorkflowInputs::CHECK, Outcome::Failed(failure)), None);
    };
    let mut items: Vec<Item> = expected
        .iter()
        .map(|(name, value)| {
            let place = in_statement(&format!("{path}.{name}"));
            let found = inputs.iter().find(|(key, _)| key == name).map(|(_, found)| found);
            Item { place: place.clone(), outcome: compare(name, value, found, place) }
        })
        .collect();
    // E-5: who says what the build was given means all of it.
    items.extend(provenance.unknown_parameters().iter().map(|path| {
        let place = in_statement(&path.to_string());
        let (wanted, found) = ("only parameters that its build type has", "another one");
        let failure = Failure::new(Cause::WorkflowInputDiffers, wanted, found, place.clone());
        Item { place, outcome: Outcome::Failed(failure) }
    }));
    let finding =
        Finding::from_items(WorkflowInputs::CHECK, items, Outcome::Passed(format!("Equal: {}", names.join(", "))));
    let proof = (!finding.failed()).then(|| MatchedInputs { inputs: expected.to_vec() });
    (finding, proof)
}

/// E-27: where each version and build type records what the person gave.
fn recorded(provenance: &Provenance) -> (Option<&Value>, &'static str) {
    let event = |key: &str| provenance.environment.as_ref().and_then(|members| members.get(key)?.get("inputs"));
    match provenance.version {
        // Its external parameters hold no inputs of the workflow, but the event does.
        ProvenanceVersion::V1 if provenance.build_type == CONTAINER_BASED => (
            event("GITHUB_EVENT_PAYLOAD"),
            "$.predicate.buildDefinition.internalParameters.GITHUB_EVENT_PAYLOAD.inputs",
        ),
        ProvenanceVersion::V1 => (
            provenance.parameters.as_ref().and_then(|parameters| parameters.get("inputs")),
            "$.predicate.buildDefinition.externalParameters.inputs",
        ),
        ProvenanceVersion::V0_2 => {
            (event("github_event_payload"), "$.predicate.invocation.environment.github_event_payload.inputs")
        }
        ProvenanceVersion::V0_1 => (None, "$.predicate.recipe"),
    }
}

fn compare(name: &str, expected: &str, found: Option<&Value>, place: String) -> Outcome {
    let wanted = format!("{name} = {expected}");
    match found.map(|value| (text(value), value)) {
        Some((Some(value), _)) if value == expected => Outcome::Passed(wanted),
        Some((Some(value), _)) => Outcome::Failed(Failure::new(Cause::WorkflowInputDiffers, wanted, value, place)),
        Some((None, value)) => Outcome::Failed(Failure::new(Cause::WorkflowInputDiffers, wanted, value.kind(), place)),
        None => Outcome::Failed(Failure::new(Cause::WorkflowInputDiffers, wanted, "no such input", place)),
    }
}

/// A value as the person would have typed it; `None` for one that nobody types.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(Number::Unsigned(number)) => Some(number.to_string()),
        Value::Number(Number::Negative(number)) => Some(number.to_string()),
        Value::Number(Number::Other(_)) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
