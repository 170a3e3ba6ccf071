//! One row: which statements are about it, which of them decides, and what they answer.

use std::collections::BTreeSet;

use touchstone_formats::inventory::{self as read, Identity};

use super::{Pile, Subject, limits};
use crate::answer::{self, QuestionError, answer};
use crate::document::custody::{Custody, Stage, StageState, Strength};
use crate::document::inventory::{Cell, Place, Row, Standing};
use crate::document::{Document, Outcome, Policy};
use crate::question::{ArtifactInput, Material, Named, Question};

/// What a row's statements came to.
pub(super) struct Decided {
    /// The document of the deciding statement.
    pub(super) document: Option<Document>,
    /// Statements used, the deciding one first.
    used: Vec<usize>,
    /// Statements about it that were rejected while another held.
    rejected: usize,
    /// Statements about a list that leads to it, and were not looked at.
    left_out: usize,
}

/// The policy said back, and whether the question can be put at all.
///
/// # Errors
/// When it cannot.
pub(super) fn policy_of(pile: &Pile) -> Result<Policy, QuestionError> {
    answer::policy_said_back(&pile.question, &pile.material())
}

pub(super) fn digest_text(identity: &Identity) -> String {
    match identity {
        Identity::Digest { algorithm, hex } => format!("{algorithm}:{hex}"),
        _ => String::new(),
    }
}

/// What claims to be about an artifact.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Statements about it, then those about a list that leads to it.
    statements: Vec<usize>,
    /// Those lists, and the ones between, the nearest first.
    indexes: Vec<usize>,
    /// Statements about such a list that are not looked at, because they are many.
    left_out: usize,
}

fn about(pile: &Pile, identity: &Identity) -> About {
    let Identity::Digest { algorithm, hex } = identity else { return About::default() };
    let own = ((*algorithm).to_owned(), hex.clone());
    let statements = |key: &(String, String)| pile.about.get(key).map(Vec::as_slice).unwrap_or_default();
    let mut about = About { statements: statements(&own).to_vec(), ..About::default() };
    let mut seen: BTreeSet<usize> = about.statements.iter().copied().collect();
    // Each list on the way up, with the place of the one below it.
    let mut way: Vec<(usize, Option<usize>)> = Vec::new();
    let mut known = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut above = |way: &mut Vec<(usize, Option<usize>)>, key: &(String, String), below: Option<usize>| {
        let listed_by = pile.listed_by.get(key).into_iter().flatten();
        way.extend(listed_by.filter(|number| known.insert(**number)).map(|number| (*number, below)));
    };
    above(&mut way, &own, None);
    let (mut next, mut through) = (0_usize, 0_usize);
    while let Some((number, _)) = way.get(next).copied() {
        let digests = pile.indexes.get(number).map(|index| index.digests.as_slice()).unwrap_or_default();
        for key in digests {
            for statement in statements(key).iter().filter(|statement| seen.insert(**statement)) {
                if through >= limits::MAX_LINKED {
                    about.left_out = about.left_out.saturating_add(1);
                    continue;
                }
                through = through.saturating_add(1);
                about.statements.push(*statement);
                let mut at = Some(next);
                while let Some((list, below)) = at.and_then(|at| way.get(at)) {
                    used.insert(*list);
                    at = *below;
                }
            }
            above(&mut way, key, Some(next));
        }
        next = next.saturating_add(1);
    }
    about.indexes = way.into_iter().map(|(number, _)| number).filter(|number| used.contains(number)).collect();
    about
}

/// Whether somebody signed something about it.
pub(super) fn is_signed(pile: &Pile, identity: &Identity) -> bool {
    !signed(pile, &about(pile, identity)).is_empty()
}

/// Those that somebody signed.
fn signed(pile: &Pile, about: &About) -> Vec<usize> {
    let signed = |number: &usize| pile.evidence.get(*number).is_some_and(|one| one.signed);
    about.statements.iter().copied().filter(signed).collect()
}

/// Judges every statement about the subject and takes the best for it: a further statement can only add, so one that
/// fails does not speak against another that holds (E-62).
pub(super) fn decide(pile: &Pile, subject: &Subject) -> Decided {
    let nothing = Decided { document: None, used: Vec::new(), rejected: 0, left_out: 0 };
    let Identity::Digest { algorithm, hex } = &subject.identity else { return nothing };
    let about = about(pile, &subject.identity);
    let left_out = about.left_out;
    let signed = signed(pile, &about);
    let further = with_linked(pile, &about.statements);
    let single = signed.len() == 1;
    let judge = |number: usize, others: &[usize]| judge(pile, (algorithm, hex), number, others, &about.indexes);
    let mut best: Option<(usize, Document)> = None;
    let mut rejected = 0_usize;
    for number in signed {
        let others: &[usize] = if single { &further } else { &[] };
        let Some(document) = judge(number, others) else { continue };
        if document.verdict.outcome == Outcome::Rejected {
            rejected = rejected.saturating_add(1);
        }
        if best.as_ref().is_none_or(|(_, held)| rank(&document) < rank(held)) {
            best = Some((number, document));
        }
    }
    let Some((number, document)) = best else {
        return Decided { used: about.statements, left_out, ..nothing };
    };
    let document = if single { Some(document) } else { judge(number, &further) };
    let mut used = vec![number];
    used.extend(further.into_iter().filter(|other| *other != number));
    if document.as_ref().is_some_and(|document| document.verdict.outcome == Outcome::Rejected) {
        rejected = 0;
    }
    Decided { document, used, rejected, left_out }
}

/// The better verdict first; among equals, what says most about how the artifact was made.
fn rank(document: &Document) -> (usize, usize) {
    let outcome = match document.verdict.outcome {
        Outcome::Verified => 0,
        Outcome::Incomplete => 1,
        Outcome::Rejected => 2,
    };
    let answered = document
        .custody
        .as_ref()
        .map_or(0, |custody| custody.stages.iter().map(|stage| stage.answered).fold(0_usize, usize::saturating_add));
    (outcome, usize::MAX.saturating_sub(answered))
}

/// Every statement that the row of this identity looks at.
pub(super) fn reached(pile: &Pile, identity: &Identity) -> Vec<usize> {
    with_linked(pile, &about(pile, identity).statements)
}

/// The statements about the subject, and those about what they say it was made from.
fn with_linked(pile: &Pile, about: &[usize]) -> Vec<usize> {
    let mut all = about.to_vec();
    let inputs = about.iter().filter_map(|number| pile.made_from.get(number)).flatten();
    for (algorithm, hex) in inputs {
        // Older provenance calls a commit `sha1` (E-2). Which of them agree is judged where they are joined.
        let names: &[&str] = match algorithm.as_str() {
            "sha1" | "gitCommit" => &["gitCommit", "sha1"],
            other => &[other],
        };
        for name in names {
            for number in pile.about.get(&((*name).to_owned(), hex.clone())).into_iter().flatten() {
                if all.len() < about.len().saturating_add(limits::MAX_LINKED) && !all.contains(number) {
                    all.push(*number);
                }
            }
        }
    }
    all
}

/// The question about one digest, put to one statement with others beside it, and the indexes that list the digest.
fn judge(
    pile: &Pile,
    (algorithm, hex): (&str, &str),
    number: usize,
    further: &[usize],
    indexes: &[usize],
) -> Option<Document> {
    let deciding = pile.evidence.get(number)?;
    let named = |number: usize| pile.evidence.get(number).map(|one| Named { name: &one.name, bytes: &one.bytes });
    let indexes = indexes.iter().filter_map(|number| pile.indexes.get(*number));
    let indexes = indexes.map(|index| Named { name: &index.name, bytes: &index.bytes });
    let (question, artifact) = asked(&pile.question, algorithm, hex);
    let material = Material {
        bundle: Some(Named { name: &deciding.name, bytes: &deciding.bytes }),
        artifact,
        further: further
            .iter()
            .filter(|other| **other != number)
            .filter_map(|other| named(*other))
            .chain(indexes)
            .collect(),
        ..pile.material()
    };
    // The question was put once when the pile was made; what depends on the digest is well formed by its type.
    answer(&question, &material).ok()
}

/// A file's digest is stated; a commit is no file, so the statement itself must name it, and the file is waived.
fn asked<'a>(question: &Question, algorithm: &str, hex: &str) -> (Question, ArtifactInput<'a>) {
    let mut question = question.clone();
    if matches!(algorithm, "sha256" | "sha384" | "sha512") {
        return (question, ArtifactInput::Stated(format!("{algorithm}:{hex}")));
    }
    question.expect.subject_digests.get_or_insert_default().push((algorithm.to_owned(), hex.to_owned()));
    (question, ArtifactInput::Waived)
}

pub(super) fn row(pile: &Pile, subject: &Subject) -> Row {
    let decided = decide(pile, subject);
    let mut warnings: Vec<String> = decided.document.as_ref().and_then(failure).into_iter().collect();
    if decided.rejected > 0 {
        warnings.push(match decided.rejected {
            1 => "One further statement about it failed its checks, and counts for nothing.".to_owned(),
            count => format!("{count} further statements about it failed their checks, and count for nothing."),
        });
    }
    if decided.left_out > 0 {
        warnings.push(format!(
            "{} more statements about an image index that lists it were not looked at: they are many.",
            decided.left_out
        ));
    }
    moved(pile, subject, &mut warnings);
    let cells = match &decided.document {
        Some(document) if document.verdict.outcome == Outcome::Rejected => nothing_counts(),
        Some(document) => of_document(document),
        None => of_nothing(pile, subject, &decided, &mut warnings),
    };
    let [source, build, artifact, deploy] = cells;
    let deploy = with_records(deploy, subject);
    if let Some(custody) = decided.document.as_ref().and_then(|document| document.custody.as_ref()) {
        warnings.extend(custody.warnings.iter().cloned());
    }
    let (outcome, title, reason) = match &decided.document {
        Some(document) => (
            document.verdict.outcome,
            document.verdict.title.clone(),
            [document.verdict.sentence.as_str(), document.verdict.detail.as_str()].join(" ").trim_end().to_owned(),
        ),
        None => (Outcome::Incomplete, "Incomplete".to_owned(), why_open(&subject.identity, &decided)),
    };
    Row {
        digest: digest_text(&subject.identity),
        names: if subject.names.is_empty() { written(&subject.identity) } else { subject.names.clone() },
        places: subject.places.iter().map(place).collect(),
        outcome,
        title,
        reason,
        source,
        build,
        artifact,
        deploy,
        levels: decided
            .document
            .as_ref()
            .and_then(|document| document.custody.as_ref())
            .map(levels)
            .unwrap_or_default(),
        signer: decided
            .document
            .as_ref()
            .and_then(|document| document.signer.as_ref())
            .map(|signer| signer.identity.clone())
            .unwrap_or_default(),
        statements: decided
            .used
            .iter()
            .filter_map(|number| pile.evidence.get(*number))
            .map(|one| one.name.clone())
            .collect(),
        warnings,
    }
}

/// What the most telling of the failed checks expected and found.
fn failure(document: &Document) -> Option<String> {
    let id = document.verdict.failed.first()?;
    let check = document.checks.iter().find(|check| check.id == *id)?;
    let (expected, found) = (check.expected.as_str(), check.found.as_str());
    Some(match (expected, found) {
        ("", "") => format!("{}: {}.", check.title, check.headline),
        (expected, "") => format!("{}: expected {expected}.", check.title),
        ("", found) => format!("{}: found {found}.", check.title),
        (expected, found) => format!("{}: expected {expected}, found {found}.", check.title),
    })
}

/// What the text was that names no digest.
fn written(identity: &Identity) -> Vec<String> {
    match identity {
        Identity::Digest { .. } => Vec::new(),
        Identity::NoDigest { found }
        | Identity::ConfigurationOnly { found }
        | Identity::BuiltInPlace { found }
        | Identity::Malformed { found, .. } => {
            if found.is_empty() {
                Vec::new()
            } else {
                vec![found.clone()]
            }
        }
    }
}

fn why_open(identity: &Identity, decided: &Decided) -> String {
    match identity {
        Identity::Digest { .. } if decided.used.is_empty() => {
            "No statement that was given is about this digest.".to_owned()
        }
        Identity::Digest { .. } => "Only statements that nobody signed are about this digest.".to_owned(),
        Identity::NoDigest { .. } => {
            "No digest: it cannot be checked. A tag can be moved at any time; name the image with @sha256:…".to_owned()
        }
        Identity::ConfigurationOnly { .. } => {
            "No digest: it cannot be checked. The node reports the id of the image's configuration, and signatures are over \
             the image's manifest."
                .to_owned()
        }
        Identity::BuiltInPlace { .. } => {
            "No digest: it cannot be checked. It is built where it runs, so there is no image to name.".to_owned()
        }
        Identity::Malformed { problem, .. } => format!("No digest: it cannot be checked. {problem}"),
    }
}

fn place(place: &read::Place) -> Place {
    let name = match (place.kind.as_str(), place.name.as_str()) {
        ("", name) => name.to_owned(),
        (kind, "") => kind.to_owned(),
        (kind, name) => format!("{kind} {name}"),
    };
    Place {
        standing: standing(place.standing),
        cluster: place.cluster.clone(),
        namespace: place.namespace.clone(),
        name,
        container: place.container.clone(),
    }
}

const fn standing(standing: read::Standing) -> Standing {
    match standing {
        read::Standing::Running => Standing::Running,
        read::Standing::Ended => Standing::Ended,
        read::Standing::Unknown => Standing::Unknown,
        read::Standing::Declared => Standing::Declared,
        read::Standing::Recorded => Standing::Recorded,
        read::Standing::Decommissioned => Standing::Decommissioned,
        read::Standing::Listed => Standing::Listed,
    }
}

/// Places where another digest was asked for than runs, and where no index that was given lists one of them under the other (E-64).
fn moved(pile: &Pile, subject: &Subject, warnings: &mut Vec<String>) {
    let key = |digest: &str| {
        let (algorithm, hex) = digest.rsplit('@').next().unwrap_or(digest).split_once(':')?;
        Some((algorithm.to_owned(), hex.to_owned()))
    };
    let lists = |index: &(String, String), listed: &(String, String)| {
        let number = pile.index_of.get(index);
        number.is_some_and(|number| pile.listed_by.get(listed).is_some_and(|all| all.binary_search(number).is_ok()))
    };
    let own = key(&digest_text(&subject.identity));
    let is_one = |declared: &str| {
        own.as_ref().zip(key(declared)).is_some_and(|(own, asked)| lists(&asked, own) || lists(own, &asked))
    };
    let mut declared = subject.places.iter().filter(|place| !place.declared.is_empty() && !is_one(&place.declared));
    let Some(first) = declared.next() else { return };
    let count = declared.count().saturating_add(1);
    warnings.push(format!(
        "{count} of {} places asked for {} and run this digest. One may be an index and the other one of its images; \
         nothing given here says so.",
        subject.places.len(),
        first.declared
    ));
}

fn cell(strength: Strength, text: impl Into<String>, detail: impl Into<String>) -> Cell {
    Cell { strength, text: text.into(), detail: detail.into() }
}

fn gap(detail: &str) -> Cell {
    cell(Strength::Gap, "Gap", detail)
}

/// Nothing of a rejected statement counts, for any question; why it is rejected is the row's reason and no answer.
fn nothing_counts() -> [Cell; 4] {
    [(); 4].map(|()| cell(Strength::Gap, "Nothing counts", "rejected"))
}

fn of_document(document: &Document) -> [Cell; 4] {
    ["source", "build", "artifact", "deploy"].map(|id| {
        let stage = document.custody.as_ref().and_then(|custody| custody.stages.iter().find(|stage| stage.id == id));
        stage.map_or_else(|| gap("Nothing could be read."), of_stage)
    })
}

fn of_stage(stage: &Stage) -> Cell {
    let by_name = stage.questions.iter().any(|question| question.strength == Strength::NameOnly);
    let strength = match stage.state {
        StageState::Answered => Strength::Proven,
        StageState::Differs => Strength::Contradicted,
        StageState::Off => Strength::NameOnly,
        StageState::Gap | StageState::Wait if by_name => Strength::NameOnly,
        StageState::Gap | StageState::Wait => Strength::Gap,
    };
    let detail = match strength {
        Strength::Gap => return cell(strength, "Gap", stage.answer.clone()),
        Strength::Proven => format!("{} of {} answered", stage.answered, stage.of),
        Strength::NameOnly => "by name only, or unsigned".to_owned(),
        Strength::Contradicted => String::new(),
    };
    cell(strength, stage.answer.clone(), detail)
}

/// Nothing signed is at hand.
fn of_nothing(pile: &Pile, subject: &Subject, decided: &Decided, warnings: &mut Vec<String>) -> [Cell; 4] {
    if !decided.used.is_empty() {
        let unsigned = || cell(Strength::NameOnly, "Unsigned statement", "names this digest, and nobody signed it");
        return [unsigned(), unsigned(), gap("Nobody signed it."), gap("Nobody states that it was approved.")];
    }
    let known = subject.names.iter().find_map(|name| pile.named.get(repository(name)));
    match known.and_then(|numbers| numbers.first()).and_then(|number| pile.evidence.get(*number)) {
        Some(other) => {
            warnings.push(format!(
                "{} is about the same name with another digest. The tag may have been moved, or it is another build.",
                other.name
            ));
            let by_name = || cell(Strength::NameOnly, "Another digest", "the same name only");
            [by_name(), by_name(), gap("No signature over this digest."), gap("Nobody states that it was approved.")]
        }
        None => [
            gap("No statement."),
            gap("No statement."),
            gap("No signature over this digest."),
            gap("Nobody states that it was approved."),
        ],
    }
}

/// A platform's record is a word, and nobody signed it (E-54).
fn with_records(deploy: Cell, subject: &Subject) -> Cell {
    if deploy.strength != Strength::Gap {
        return deploy;
    }
    let recorded = subject.places.iter().find(|place| place.standing == read::Standing::Recorded);
    match recorded {
        Some(place) if place.namespace.is_empty() => cell(Strength::NameOnly, "Recorded", "unsigned"),
        Some(place) => cell(Strength::NameOnly, format!("Recorded in {}", place.namespace), "unsigned"),
        None => deploy,
    }
}

/// The name without its tag: `registry:5000/app:v1` is `registry:5000/app`.
fn repository(name: &str) -> &str {
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}

fn levels(custody: &Custody) -> Vec<String> {
    [&custody.levels.source, &custody.levels.build]
        .into_iter()
        .filter(|ladder| ladder.level > 0)
        .map(|ladder| ladder.title.clone())
        .collect()
}
