//! Is an answer the right one?

use touchstone_report::QuestionError;
use touchstone_report::document::{Document, Outcome};

use super::expectations::Expectation;
use super::manifest::Expected;

/// What a case's answer is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The verdict given, by a check that the case is about.
    Right,
    /// The verdict given; which check had to decide is not written down.
    RightByVerdictAlone {
        /// The check that decided.
        decided: String,
    },
    /// Anything else.
    Wrong {
        /// The line to print.
        why: String,
    },
}

/// Judges one answer.
#[must_use]
pub fn judge(
    expected: Expected,
    expectation: Option<&Expectation>,
    answer: &Result<Document, QuestionError>,
) -> Judgement {
    let told = Told::of(answer);
    match (expected, told.outcome) {
        (Expected::Pass, Outcome::Verified) => Judgement::Right,
        (Expected::Fail, Outcome::Rejected) => match expectation {
            None => Judgement::RightByVerdictAlone { decided: told.decided },
            Some(expectation) if expectation.checks.contains(&told.decided) => Judgement::Right,
            Some(expectation) => Judgement::Wrong {
                why: format!("rejected by {}, but the case is about {}", told.line, expectation.checks.join(" or ")),
            },
        },
        (Expected::Pass, _) => Judgement::Wrong { why: format!("must verify, but is {}", told.line) },
        (Expected::Fail, _) => Judgement::Wrong { why: format!("must be rejected, but is {}", told.line) },
    }
}

struct Told {
    outcome: Outcome,
    decided: String,
    line: String,
}

impl Told {
    fn of(answer: &Result<Document, QuestionError>) -> Self {
        match answer {
            // The terminal stops with a usage error here: nothing is accepted, and the part that is unusable is the reason.
            Err(error) => Self {
                outcome: Outcome::Rejected,
                decided: error.part.to_owned(),
                line: format!("{} (unusable question): {}", error.part, error.message),
            },
            Ok(document) => Self::of_document(document),
        }
    }

    fn of_document(document: &Document) -> Self {
        let verdict = &document.verdict;
        let decided = verdict.failed.first().cloned().unwrap_or_default();
        let line = match verdict.outcome {
            Outcome::Verified => "verified".to_owned(),
            Outcome::Incomplete => {
                let open: Vec<&str> = verdict.open.iter().map(|open| open.sentence.as_str()).collect();
                format!("incomplete: {}", open.join(" "))
            }
            Outcome::Rejected => document.checks.iter().find(|check| check.id == decided).map_or_else(
                || format!("rejected by {decided:?}, which is no check"),
                |check| {
                    format!(
                        "{decided} [{}] {} expected {:?} found {:?} at {} (failed: {})",
                        check.code,
                        check.summary,
                        check.expected,
                        check.found,
                        check.place,
                        verdict.failed.join(", ")
                    )
                },
            ),
        };
        Self { outcome: verdict.outcome, decided, line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rejection_for_another_reason_is_wrong() {
        let about = |check: &str| Expectation { checks: vec![check.to_owned()], about: String::new() };
        let answer = Err(QuestionError { part: "trusted-root", message: String::new() });
        assert_eq!(judge(Expected::Fail, Some(&about("trusted-root")), &answer), Judgement::Right);
        assert!(matches!(judge(Expected::Fail, Some(&about("sct")), &answer), Judgement::Wrong { .. }));
        assert!(matches!(judge(Expected::Fail, None, &answer), Judgement::RightByVerdictAlone { .. }));
        assert!(matches!(judge(Expected::Pass, None, &answer), Judgement::Wrong { .. }));
    }
}
