//! What the statement says, by its type: spec E-1, B-101.

use touchstone_formats::predicate::{self, Predicate as Parsed};

use crate::check::check;
use crate::checks::statement::{AuthenticStatement, Statement};
use crate::failure::{Cause, Failure};
use crate::finding::{Finding, Outcome};
use crate::signed_words::{PAYLOAD, absent, in_statement};

check! {
    /// Does the statement say what its type announces?
    ///
    /// # What
    /// A statement names the type of what it says: provenance, a verification summary, a release, a bill of materials.
    /// Where the type is known here, what follows must have its shape. Where it is not, it is shown as it stands and
    /// nothing is read into it.
    ///
    /// # Why
    /// A statement of the wrong shape can be read in two ways. What one program takes for the source, another would
    /// not find at all.
    ///
    /// # Harmless
    /// - the tool that wrote it has a fault
    /// - the type is newer than this program
    ///
    /// # Do
    /// Ask the project which tool wrote the statement, and whether a newer one exists.
    ///
    /// # Specification
    /// SLSA provenance, in-toto predicates (E-1, E-2, B-101)
    Predicate, "predicate", Content, "Predicate"
}

/// The predicate of an authentic statement, read by its type.
#[derive(Clone, Debug)]
pub struct ReadPredicate {
    predicate: Parsed,
    predicate_type: String,
}

impl ReadPredicate {
    /// What the signer says: the signer's words, whoever that is.
    #[must_use]
    pub const fn predicate(&self) -> &Parsed {
        &self.predicate
    }

    /// Whether the signed statement names exactly this type (B-101).
    pub(crate) fn is_of(&self, expected: &str) -> bool {
        self.predicate_type == expected
    }
}

#[inline(never)] // See mod.rs.
pub(crate) fn run(
    statement_finding: &Finding,
    statement: Option<&AuthenticStatement>,
    expected_type: Option<&str>,
) -> (Finding, Option<ReadPredicate>) {
    let Some(statement) = statement.map(AuthenticStatement::statement) else {
        return (Finding::new(Predicate::CHECK, without_statement(statement_finding, expected_type)), None);
    };
    let found = &statement.predicate_type;
    // B-101: exactly; an attestation of another type answers another question.
    if let Some(expected) = expected_type.filter(|expected| expected != found) {
        let failure =
            Failure::new(Cause::PredicateTypeDiffers, expected, found.clone(), in_statement("$.predicateType"));
        return (Finding::new(Predicate::CHECK, Outcome::Failed(failure)), None);
    }
    match predicate::read(statement) {
        Err(error) => {
            let failure = Failure::from_fault(&error, PAYLOAD);
            (Finding::new(Predicate::CHECK, Outcome::Failed(failure)), None)
        }
        Ok(predicate) => {
            let outcome = match (&predicate, expected_type) {
                (Parsed::Unknown, None) => Outcome::NotPresent(format!("{found}: shown verbatim, not interpreted")),
                (Parsed::Unknown, Some(_)) => {
                    Outcome::Passed(format!("{found}, as expected: shown verbatim, not interpreted"))
                }
                _ => Outcome::Passed(found.clone()),
            };
            (Finding::new(Predicate::CHECK, outcome), Some(ReadPredicate { predicate, predicate_type: found.clone() }))
        }
    }
}

fn without_statement(statement_finding: &Finding, expected_type: Option<&str>) -> Outcome {
    match (&statement_finding.outcome, expected_type) {
        (Outcome::Failed(_) | Outcome::Blocked(_), _) => Outcome::Blocked(Statement::CHECK),
        // The statement's own waiver says it; this one gives up nothing more.
        (Outcome::Waived(_), None) => Outcome::NotPresent("The statement is not read".to_owned()),
        (_, None) => Outcome::NotPresent("No statement was signed".to_owned()),
        (_, Some(expected)) => absent(Cause::PredicateTypeAbsent, expected, "no statement"),
    }
}

#[cfg(test)]
impl ReadPredicate {
    /// What the check makes of a statement whose type nobody asks for.
    pub(crate) fn for_test(statement: touchstone_formats::statement::Statement) -> Option<Self> {
        let passed = Finding::new(Statement::CHECK, Outcome::Passed(String::new()));
        run(&passed, Some(&AuthenticStatement::for_test(statement)), None).1
    }
}
