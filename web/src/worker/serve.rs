//! The work: reading, hashing and verifying, one message at a time; hashing lets others in between its slices.

use std::cell::Cell;
use std::rc::Rc;

use serde::Serialize;
use touchstone_acquire::{FirstLook, bundle_at, first_look, limits, read_answer};
use touchstone_browser::file::{self, ReadError, Reading};
use touchstone_browser::worker::{self, Message};
use touchstone_browser::{Blob, page, spawn_local};
use touchstone_crypto::{DigestAlgorithm, MultiHasher};
use touchstone_report::Right;
use touchstone_report::history;
use touchstone_report::question::{ArtifactInput, Material, Named};

use super::look::look;
use super::messages::{ArtifactPart, Ask, AskFirst, BundlePart, InputId, Part, Told, ToldFirst, Verify};
use super::pile;
use super::save::{Work, save};
use crate::examples::Example;
use crate::limits::{PROGRESS_MILLIS, SLICE_BYTES};

/// Answers the page until the worker ends.
pub fn serve() {
    // After what was asked already. The self-test waits for an answer that needs it: of most first ones the browser has computed all
    // (`verify_first`).
    worker::later(|| {
        touchstone_report::read_root();
    });
    let hashing = Rc::new(Cell::new(0_u64));
    let piles = pile::Piles::default();
    worker::serve(move |message| {
        // What a first verdict may wait for is read, and compiled, before the rest.
        if let Ok(AskFirst::Example { id }) = serde_json::from_str(&message.text) {
            if let Some(example) = Example::named(&id) {
                spawn_local(async move { verify_first(&example.ask(), &message.bytes).await });
            }
            return;
        }
        let Ok(ask) = serde_json::from_str::<Ask>(&message.text) else {
            return;
        };
        if let Ask::Pile(ask) = ask {
            let piles = piles.clone();
            spawn_local(async move {
                page::second_part().await;
                if let Some((told, bytes)) = pile::answer(ask, message.blobs, piles).await {
                    tell(&Told::Pile(told), &[bytes]);
                }
            });
            return;
        }
        let hashing = hashing.clone();
        spawn_local(answer(ask, message.blobs, hashing));
    });
}

async fn answer(ask: Ask, blobs: Vec<Blob>, hashing: Rc<Cell<u64>>) {
    match ask {
        Ask::Inspect { input, name } => {
            let told = inspect(input, &name, blobs.first()).await;
            tell(&told.unwrap_or(Told::Unreadable { input }), &[]);
        }
        Ask::Hash { input, algorithms } => {
            let turn = hashing.get().wrapping_add(1);
            hashing.set(turn);
            let goes_on = move || hashing.get() == turn;
            let told = hash(input, &algorithms, blobs.first(), goes_on).await;
            if let Some(told) = told.unwrap_or(Some(Told::Unreadable { input })) {
                tell(&told, &[]);
            }
        }
        // Answered where it came in: it has a state of its own.
        Ask::Pile(_) => {}
        Ask::StopHashing => hashing.set(hashing.get().wrapping_add(1)),
        Ask::Read { request_number, asked } => match read_answer(&asked, &whole(blobs.first()).await) {
            Ok(answer) => {
                let bytes: Vec<Vec<u8>> = answer.evidence.map(|(bytes, _)| bytes.into_owned()).into_iter().collect();
                let told = Told::Read { request_number, elsewhere: answer.elsewhere };
                tell(&told, &bytes);
            }
            Err(problem) => tell(&Told::NotRead { request_number, problem: problem.into() }, &[]),
        },
        Ask::Verify(asked) => {
            if asked.whole || asked.save.is_some() {
                page::second_part().await;
            }
            match read(&blobs).await {
                Ok(bytes) => verify_first(&asked, &bytes).await,
                Err(ReadError) => tell(&Told::Gone { run: asked.run }, &[]),
            }
        }
        Ask::Recheck => {
            let (told, bytes) = save(&Work::Again(&whole(blobs.first()).await));
            tell(&told, &bytes);
        }
        Ask::Chain => {
            let (line, last) = (whole(blobs.first()).await, whole(blobs.get(1)).await);
            let closing = whole(blobs.get(2)).await;
            let (told, bytes) = save(&Work::Chain { line: &line, last: &last, closing: &closing });
            tell(&told, &bytes);
        }
        Ask::ReadHistory { own } => {
            // One that is too long is not read to find that out. What the page keeps never is.
            let size = usize::try_from(blobs.first().map_or(0, file::size_of)).unwrap_or(usize::MAX);
            if !own && size > history::MAX_BYTES {
                let problems = vec![history::Problem::TooLong(size).to_string()];
                return tell(&Told::HistoryRead { own, lines: 0, problems }, &[Vec::new()]);
            }
            let Some(text) = seen(blobs.first()).await else {
                // Nothing is said of what was not seen.
                let problems = vec!["It could not be read.".to_owned()];
                return tell(&Told::HistoryRead { own, lines: 0, problems }, &[Vec::new()]);
            };
            let (told, bytes) = save(&Work::History { own, text: &text });
            tell(&told, &bytes);
        }
    }
}

/// What cannot be read is empty, and is then said to be nothing of its kind.
async fn whole(blob: Option<&Blob>) -> Vec<u8> {
    seen(blob).await.unwrap_or_default()
}

async fn seen(blob: Option<&Blob>) -> Option<Vec<u8>> {
    file::whole(blob?).await.ok()
}

fn tell(told: &impl Serialize, bytes: &[Vec<u8>]) {
    // Plain data with string keys always serialises.
    let text = serde_json::to_string(told).unwrap_or_default();
    worker::post(&Message { text, blobs: Vec::new(), bytes: bytes.to_vec() });
}

async fn inspect(input: InputId, name: &str, blob: Option<&Blob>) -> Result<Told, ReadError> {
    let blob = blob.ok_or(ReadError)?;
    let size = file::size_of(blob);
    let head_end = u64::try_from(limits::HEAD_BYTES).unwrap_or(u64::MAX).min(size);
    let head = file::slice(blob, 0, head_end).await?;
    let (recognised, digests_needed) = match first_look(name, &head, size) {
        FirstLook::Decided(recognised) => (recognised, Vec::new()),
        FirstLook::ReadWhole if head_end == size => look(name, &head),
        FirstLook::ReadWhole => look(name, &file::whole(blob).await?),
    };
    Ok(Told::Inspected { input, recognised, digests_needed })
}

/// `None` when it was stopped.
async fn hash(
    input: InputId,
    algorithms: &[String],
    blob: Option<&Blob>,
    goes_on: impl Fn() -> bool,
) -> Result<Option<Told>, ReadError> {
    let blob = blob.ok_or(ReadError)?;
    let size = file::size_of(blob);
    let algorithms: Vec<DigestAlgorithm> =
        algorithms.iter().filter_map(|name| DigestAlgorithm::from_name(name)).collect();
    let mut hasher = MultiHasher::new(&algorithms);
    let mut buffer = Vec::new();
    let (began, mut told_at, mut at) = (worker::ticks(), worker::ticks(), 0);
    let end_of = |at: u64| at.saturating_add(SLICE_BYTES).min(size);
    let mut reading = Reading::begin(blob, 0, end_of(0))?;
    while at < size {
        let end = end_of(at);
        // The browser reads the next slice while this one is hashed.
        let next = Reading::begin(blob, end, end_of(end))?;
        reading.into(&mut buffer).await?;
        if !goes_on() {
            return Ok(None);
        }
        hasher.update(&buffer);
        (reading, at) = (next, end);
        let now = worker::ticks();
        if now - told_at >= PROGRESS_MILLIS {
            told_at = now;
            tell(&Told::Progress { input, read: at, rate: rate(at, now - began) }, &[]);
        }
    }
    let digests = hasher.finish().iter().map(|digest| (digest.algorithm().name().to_owned(), digest.hex())).collect();
    Ok(Some(Told::Hashed { input, digests }))
}

/// Bytes a second.
#[expect(clippy::as_conversions, reason = "a rate for the eye; saturates")]
fn rate(bytes: u64, millis: f64) -> u64 {
    if millis <= 0.0 {
        return 0;
    }
    (bytes as f64 * 1000.0 / millis) as u64
}

/// The bytes of all blobs.
async fn read(blobs: &[Blob]) -> Result<Vec<Vec<u8>>, ReadError> {
    // The browser reads all of them while this waits for the first.
    let readings: Vec<Reading> = blobs.iter().map(Reading::begin_whole).collect();
    let mut bytes = Vec::with_capacity(blobs.len());
    for reading in readings {
        let mut read = Vec::new();
        reading.into(&mut read).await?;
        bytes.push(read);
    }
    Ok(bytes)
}

thread_local! {
    /// Whether this worker was asked: from then on its own arithmetic is compiled, and asking the browser's costs more than it saves.
    static WAS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// [`verify`]; the first time with what the browser's own arithmetic finds right.
async fn verify_first(asked: &Verify, bytes: &[Vec<u8>]) {
    if asked.whole || asked.save.is_some() || WAS_ASKED.replace(true) {
        return verify(asked, bytes, &Right::default());
    }
    let ahead = touchstone_report::ahead(&asked.question, &material(asked, bytes));
    let questions = ahead.questions().iter().map(|one| {
        (one.named_curve(), one.hash(), one.key.as_slice(), one.signature.as_slice(), one.message.as_slice())
    });
    let answers = worker::signatures(questions).await;
    verify(asked, bytes, &ahead.right(&answers));
}

fn verify(asked: &Verify, bytes: &[Vec<u8>], right: &Right) {
    let Verify { run, question, whole, .. } = asked;
    let (run, whole) = (*run, *whole);
    let material = material(asked, bytes);
    if let Some(part) = &asked.save {
        let blob = |place: usize| bytes.get(place).map(Vec::as_slice);
        let program = blob(part.script).zip(blob(part.script.saturating_add(1)));
        let (told, page) = save(&Work::Page { run, question, material: &material, part, program });
        tell(&told, &page);
        return;
    }
    let answer = if whole {
        touchstone_report::answer(question, &material)
    } else {
        touchstone_report::first_answer_knowing(question, &material, right)
    };
    match answer {
        Ok(document) => {
            let text = serde_json::to_vec(&document).unwrap_or_default();
            tell(&ToldFirst::Answered { run, whole }, &[text]);
            if let Some(at) = &asked.keep {
                let (told, line) = save(&Work::Line { at, question, material: &material, document: &document });
                tell(&told, &line);
            }
        }
        Err(error) if error.part == touchstone_report::PROGRAM => worker::give_up(),
        Err(error) => {
            tell(&Told::Unaskable { run, part: error.part.to_owned(), message: error.message }, &[]);
        }
    }
}

fn material<'a>(asked: &'a Verify, bytes: &'a [Vec<u8>]) -> Material<'a> {
    let at = |blob: usize| bytes.get(blob).map(Vec::as_slice).unwrap_or_default();
    let named = |part: &'a Part| Named { name: &part.name, bytes: at(part.blob) };
    // A bundle that is not there any more is an empty one: rejected by its form, never skipped.
    let bundle = |part: &'a BundlePart| Named {
        name: &part.name,
        bytes: bundle_at(part.kind, at(part.blob), part.index).unwrap_or_default(),
    };
    Material {
        bundle: asked.bundle.as_ref().map(bundle),
        artifact: match &asked.artifact {
            ArtifactPart::None => ArtifactInput::None,
            ArtifactPart::Whole(part) => ArtifactInput::Bytes(named(part)),
            ArtifactPart::Hashed { name, size, digests } => {
                ArtifactInput::Hashed { name: name.clone(), size: *size, digests: digests.clone() }
            }
            ArtifactPart::Stated { digest } => ArtifactInput::Stated(digest.clone()),
            ArtifactPart::Waived => ArtifactInput::Waived,
        },
        key: asked.key.as_ref().map(named).or_else(|| {
            let text = asked.key_text.as_ref()?;
            Some(Named { name: "pasted key", bytes: text.as_bytes() })
        }),
        further_keys: asked.further_keys.iter().map(named).collect(),
        further: asked.further.iter().map(bundle).collect(),
        trusted_root: asked.trusted_root.as_ref().map(named),
    }
}
