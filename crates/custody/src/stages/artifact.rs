//! Is this that file?

use touchstone_verify::text;

use super::state;
use crate::answers::{BYTES, Differing, SIGNER, TIME, Voiced, pool};
use crate::chain::Chain;
use crate::evidence::{Cut, Held};
use crate::model::{Answer, Stage, StageId, StageState, Strength, Voucher};
use crate::proof::{Proof, Weighed};

pub(super) fn stage(chain: &Chain<'_, '_>) -> Stage {
    let mut answers = vec![bytes(chain), signer(chain), time(chain)];
    if let Some(cut) = &chain.input.cut {
        answers.iter_mut().for_each(|answer| cut_off(answer, cut));
    }
    let name = match &chain.input.artifact {
        Some(artifact) if !artifact.name.is_empty() => artifact.name.clone(),
        Some(artifact) if artifact.computed => "the file that you gave".to_owned(),
        Some(_) => "a file with the digest that you stated".to_owned(),
        None => "No file was given.".to_owned(),
    };
    let is_joined = answers.first().is_some_and(|bytes| matches!(bytes.strength, Strength::Proven(_)));
    let (state, answer) = if let Some(cut) = &chain.input.cut {
        let state = if cut.artifact.is_some() { StageState::Differs } else { StageState::Gap };
        let answer = if chain.has_artifact() { format!("{name}: {}", lower(BYTES.gap)) } else { name };
        (state, answer)
    } else if !chain.has_artifact() {
        (StageState::Wait, name)
    } else if is_joined {
        (state(&answers), name)
    } else {
        (StageState::Gap, format!("{name}: {}", lower(BYTES.gap)))
    };
    super::stage(StageId::Artifact, state, answer, answers)
}

/// Why signer and time stay open where the question was answered with "rejected": nothing of that statement is used, and
/// that is not the same as nobody saying it.
fn cut_off(answer: &mut Answer, cut: &Cut) {
    let other_signer = answer.id == SIGNER.id && cut.signer.is_some();
    if matches!(answer.strength, Strength::Gap) && answer.id != BYTES.id && !other_signer {
        "Not looked at: the question about this file was answered with Rejected.".clone_into(&mut answer.text);
        answer.to_close = "A statement about this file of which every check passes.";
    }
}

/// "Nothing in …" inside a sentence.
fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn bytes(chain: &Chain<'_, '_>) -> Answer {
    let Some(artifact) = &chain.input.artifact else {
        let mut gap = pool(&BYTES, &[], Differing::Coexist);
        "No file was given, so nothing was compared.".clone_into(&mut gap.text);
        gap.to_close = "The file, or its digest.";
        return gap;
    };
    let voucher = if artifact.computed { Voucher::ThisBrowser } else { Voucher::You };
    let mut voices = Vec::new();
    for one in chain.about() {
        let tied = one.counted().and_then(|counted| chain.tie(&counted));
        let value = match tied {
            Some((_, cover)) if cover.through.is_some() => format!("{} (an index that lists this one)", cover.identity),
            Some((_, cover)) => cover.identity.to_string(),
            None => continue,
        };
        let proof = Some(Proof::of_artifact(artifact));
        let digest = value.clone();
        voices.push(Voiced::new(value, voucher, one.index, proof).check("artifact"));
        voices.push(Voiced::new(digest, one.voice, one.index, proof).check("artifact"));
    }
    if voices.is_empty() {
        voices.extend(
            chain
                .about()
                .map(|one| Voiced::new("named by a statement whose word does not count", one.voice, one.index, None)),
        );
    }
    pool(&BYTES, &voices, Differing::Coexist)
}

fn signer(chain: &Chain<'_, '_>) -> Answer {
    let voices: Vec<Voiced> = chain
        .asked()
        .into_iter()
        .filter(|asked| asked.may_be_heard() && !asked.signer().is_empty())
        .map(|asked| {
            let named = match asked.held {
                // A signer who was waived is known and was not expected.
                Held::Asked(bundle) | Held::Open(bundle)
                    if bundle.named_identity().is_some() || bundle.claims().is_none() =>
                {
                    asked.counted()
                }
                _ => None,
            };
            let voucher = asked.certifier().unwrap_or(Voucher::Publisher);
            Voiced::new(asked.signer(), voucher, asked.index, named.map(|counted| counted.proof())).check("identity")
        })
        .collect();
    pool(&SIGNER, &voices, Differing::Coexist)
}

fn time(chain: &Chain<'_, '_>) -> Answer {
    let mut voices = Vec::new();
    let counted = chain.asked().and_then(Weighed::counted);
    for time in counted.iter().filter_map(|counted| counted.bundle().times()).flat_map(|times| times.all()) {
        let voucher = if time.is_from_log() { Voucher::TransparencyLog } else { Voucher::TimestampAuthority };
        let said = text::instant(time.instant());
        let index = counted.as_ref().map_or(0, |counted| counted.weighed().index);
        let proof = counted.as_ref().map(|counted| counted.proof());
        voices.push(Voiced::new(said, voucher, index, proof).check("signing-time"));
    }
    pool(&TIME, &voices, Differing::Coexist)
}
