//! A corpus folder: its cases as questions, and the judgement of the answers. A case is right when the verdict is the one
//! given and, for a rejection, the check that decided is one that the case is about.

mod bulk;
mod expectations;
mod judge;
mod manifest;

pub use bulk::{BulkLine, bulk_lines, read_bulk};
pub use expectations::{Expectation, Expectations};
pub use judge::{Judgement, judge};
pub use manifest::{Case, Expected, read_manifest};

/// The kinds that the product verifies today.
pub const VERIFIED_KINDS: [&str; 12] = [
    "sigstore-bundle",
    "gh-attestation",
    "slsa-provenance",
    "gcb-provenance",
    "npm-attestations",
    "vsa",
    "pep740-attestation",
    "pep740-provenance",
    "slsa-source",
    "slsa-source-provenance",
    "slsa-source-vsa",
    "dsse-key-signed",
];
