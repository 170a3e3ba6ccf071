//! The four stages: questions, answers, how each is drawn.

mod artifact;
mod build;
mod deploy;
mod source;

use crate::chain::Chain;
use crate::model::{Answer, Stage, StageId, StageState, Strength};

pub(crate) fn stages(chain: &Chain<'_, '_>) -> Vec<Stage> {
    vec![source::stage(chain), build::stage(chain), artifact::stage(chain), deploy::stage(chain)]
}

pub(crate) use build::recipe;
pub(crate) use deploy::{Use, asset_names, records, uses};
pub(crate) use source::{source_level, states_review};

/// The state that follows from the answers alone.
fn state(answers: &[Answer]) -> StageState {
    let any = |wanted: fn(&Strength) -> bool| answers.iter().any(|answer| wanted(&answer.strength));
    if any(|strength| matches!(strength, Strength::Contradicted)) {
        StageState::Differs
    } else if any(|strength| matches!(strength, Strength::Proven(_))) {
        StageState::Answered
    } else if any(|strength| matches!(strength, Strength::NameOnly)) {
        StageState::Off
    } else {
        StageState::Gap
    }
}

/// The text of an answer that somebody gave.
fn given<'n>(answers: &'n [Answer], id: &str) -> Option<&'n str> {
    answers
        .iter()
        .find(|answer| answer.id == id && !matches!(answer.strength, Strength::Gap | Strength::Contradicted))
        .map(|answer| answer.text.as_str())
}

fn stage(id: StageId, state: StageState, answer: String, answers: Vec<Answer>) -> Stage {
    let (title, question) = match id {
        StageId::Source => ("Source", "Where did the source come from, and was it reviewed?"),
        StageId::Build => ("Build", "How was it built, by what, and from what?"),
        StageId::Artifact => ("Artifact", "Is this that file?"),
        StageId::Deploy => ("Deploy", "How did it get into use?"),
    };
    Stage { id, title, question, answer, state, answers }
}
