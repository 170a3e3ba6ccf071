//! `stages BUNDLE`: where the time of one verification goes. Counts and times each signature by its scheme, and the rest.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a tool for measuring: it reads the clock and may stop"
)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use touchstone_crypto::{PublicKey, RustCrypto, SignatureError, SignatureScheme, SignatureVerifier, Signed};
use touchstone_formats::bundle::Bundle;
use touchstone_report::question::{ArtifactInput, Material, Named, Question, Signer};
use touchstone_verify::{Artifact, KeyRing, Policy, SignerPolicy, Trust, verify};

const ROUNDS: u32 = 200;

/// [`RustCrypto`] with a clock.
#[derive(Default)]
struct Timed(RefCell<BTreeMap<&'static str, (u32, Duration)>>);

impl SignatureVerifier for Timed {
    fn verify(
        &self,
        scheme: SignatureScheme,
        key: &PublicKey,
        signed: Signed<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        let start = Instant::now();
        let answer = RustCrypto.verify(scheme, key, signed, signature);
        let mut counts = self.0.borrow_mut();
        let entry = counts.entry(scheme.name()).or_default();
        entry.0 += 1;
        entry.1 += start.elapsed();
        answer
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("usage: stages BUNDLE");
    let bytes = std::fs::read(&path).expect("a bundle");
    let policy = Policy { signer: SignerPolicy::Anybody(KeyRing::default()), ..Policy::default() };

    let each = |name: &str, work: &mut dyn FnMut()| {
        work();
        let start = Instant::now();
        (0..ROUNDS).for_each(|_| work());
        let took = start.elapsed() / ROUNDS;
        println!("  {name:<46} {:>8.3} ms", took.as_secs_f64() * 1000.0);
        took
    };
    each("reading the bundle", &mut || drop(Bundle::parse(&bytes)));
    let bundle = Bundle::parse(&bytes).expect("a bundle that can be read");
    let timed = Timed::default();
    let whole = each("all checks, the bundle read", &mut || {
        drop(verify(Ok(&bundle), &Artifact::Waived, Trust::Automatic, &policy, &timed));
    });
    let mut signatures = Duration::ZERO;
    for (scheme, (count, took)) in timed.0.borrow().iter() {
        signatures += *took;
        let share = *took / (ROUNDS + 1);
        println!(
            "    of which {:.1} signatures by {scheme:<22} {:>8.3} ms",
            f64::from(*count) / f64::from(ROUNDS + 1),
            share.as_secs_f64() * 1000.0
        );
    }
    let rest = whole.saturating_sub(signatures / (ROUNDS + 1));
    println!("    of which everything else                     {:>8.3} ms", rest.as_secs_f64() * 1000.0);
    let question = Question { signer: Signer::Anybody, ..Question::default() };
    let material = Material {
        bundle: Some(Named { name: "bundle", bytes: &bytes }),
        artifact: ArtifactInput::Waived,
        ..Material::default()
    };
    each("question to document, all in all", &mut || drop(touchstone_report::answer(&question, &material)));
    let document = touchstone_report::answer(&question, &material).expect("an answer");
    each("the document as JSON", &mut || drop(serde_json::to_string(&document)));
}
