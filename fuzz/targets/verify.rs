//! Any bundle beside a good root, key and artifact: never a panic, and never verified unless it is the good one.
#![no_main]

use std::sync::LazyLock;

use touchstone_report::document::Outcome;
use touchstone_report::question::{ArtifactInput, Material, Named, Question, Signer, Trust};
use touchstone_testkit::Case;

static GOOD: LazyLock<Case> = LazyLock::new(touchstone_testkit::good);

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let named = |bytes| Named { name: "", bytes };
    let material = Material {
        bundle: Some(named(data)),
        artifact: ArtifactInput::Bytes(named(&[0])),
        trusted_root: Some(named(&GOOD.trusted_root)),
        key: None,
    };
    let question = Question { signer: Signer::Anybody, trust: Trust::File, ..Question::default() };
    if let Ok(document) = touchstone_report::answer(&question, &material) {
        // The artifact is not the one that the good bundle signs.
        assert_ne!(document.verdict.outcome, Outcome::Verified);
    }
});
