//! Trusted roots, loaded: keys decoded, ids recomputed, windows kept. What is the same for every bundle (decoding keys,
//! verifying an authority's own chain) happens here once a root.
//!
//! A root is one world. Roots are never merged: an identity that one instance's authority attested must not be checked
//! with another instance's log keys (B-3).

mod authority;
pub mod embedded;
mod load;
mod log;
pub mod npm;
mod party;
mod root;

pub use authority::{Authority, AuthorityPathFailure, AuthorityPathFailureKind, CheckedAuthority};
pub use load::LoadError;
pub use log::{
    CertificateLog, LogName, TransparencyLog, certificate_signature_scheme, digest_algorithm, log_signature_scheme,
};
pub use root::{Instance, LeafProfile, Thresholds, TrustedRoot};
