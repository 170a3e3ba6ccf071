//! A Sigstore in memory: certificate authority, CT log, Rekor v1 and v2, witnesses, timestamp authority, trusted roots.
//! It makes good bundles, and bad ones by **one** change each.
//!
//! Independent of the crates under test on purpose: it shares no parser, no encoder and no constant with them, so an
//! error in one does not hide in the other. Deterministic: keys come from labels, signatures from RFC 6979, times are
//! fixed; there is no clock and no randomness.
//!
//! ```
//! let case = touchstone_testkit::good();
//! assert!(case.bundle.starts_with(b"{"));
//! let mut recipe = touchstone_testkit::Recipe::message();
//! recipe.entry().promise().tamper = true; // one change, one line
//! assert_ne!(recipe.make().bundle, case.bundle);
//! ```
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test kit: a recipe that cannot be cooked is a mistake in the test, and stops it"
)]

pub mod ca;
pub mod certificate;
pub mod ct;
pub mod der;
pub mod encoding;
pub mod keys;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod recipe;
pub mod rekor;
pub mod rekor_v1;
pub mod rekor_v2;
pub mod root;
pub mod statements;
pub mod table;
pub mod time;
pub mod tsa;

pub use policy::{
    ArtifactKnob, BuilderKnob, ExpectKnobs, IdentityKnob, InstanceKnob, KeyKnob, PolicyKnobs, PublisherKnob,
    WitnessKnob,
};
pub use recipe::Recipe;
pub use table::{Expect, Row, table};

use std::rc::Rc;

/// A change to one thing, shared so that recipes can be cloned.
pub type Change<T> = Rc<dyn Fn(&mut T)>;

/// A [`Change`] from a closure.
pub fn change<T: 'static>(f: impl Fn(&mut T) + 'static) -> Change<T> {
    Rc::new(f)
}

/// What a verifier is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The bundle, JSON.
    pub bundle: Vec<u8>,
    /// The artifact's bytes.
    pub artifact: Vec<u8>,
    /// The trusted root, JSON.
    pub trusted_root: Vec<u8>,
    /// The managed key as PEM, where the bundle is signed by one.
    pub key: Option<String>,
    /// Subject alternative name that the good leaf carries.
    pub identity: String,
    /// OpenID issuer that the good leaf carries.
    pub issuer: String,
}

/// A good version 0.3 bundle: message signature, `hashedrekord` 0.0.1 with SET, proof and checkpoint, SCT.
pub fn good() -> Case {
    Recipe::message().make()
}

/// Flips the lowest bit of the last byte.
pub fn flip_last_bit(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
}
