//! One file a check. Each takes the proofs that it relies on and returns its finding with the proof that it makes.

pub(crate) mod artifact;
pub(crate) mod bundle_form;
pub(crate) mod chain;
pub(crate) mod checkpoint;
pub(crate) mod entry_binding;
pub(crate) mod extensions;
pub(crate) mod identity;
pub(crate) mod inclusion_promise;
pub(crate) mod inclusion_proof;
pub(crate) mod key;
pub(crate) mod logged;
pub(crate) mod profile;
pub(crate) mod sct;
pub(crate) mod signature;
pub(crate) mod signing_time;
pub(crate) mod statement;
pub(crate) mod timestamps;
pub(crate) mod trusted_root;
pub(crate) mod witnesses;

use crate::check::Check;

/// Every check, in the order of the report.
pub const ALL: &[Check] = &[
    artifact::Artifact::CHECK,
    signature::Signature::CHECK,
    statement::Statement::CHECK,
    identity::Identity::CHECK,
    key::Key::CHECK,
    extensions::Extensions::CHECK,
    chain::Chain::CHECK,
    profile::Profile::CHECK,
    sct::CertificateLog::CHECK,
    entry_binding::EntryBinding::CHECK,
    inclusion_promise::InclusionPromise::CHECK,
    checkpoint::Checkpoint::CHECK,
    inclusion_proof::InclusionProof::CHECK,
    witnesses::Witnesses::CHECK,
    logged::Logged::CHECK,
    timestamps::Timestamps::CHECK,
    signing_time::SigningTime::CHECK,
    bundle_form::BundleForm::CHECK,
    trusted_root::TrustedRoot::CHECK,
];
