//! One file a check. Each takes the proofs that it relies on and returns its finding with the proof that it makes.
//!
//! A browser compiles a function of a module when it is first called, whole. All checks in one function cost 31 ms of a first
//! verdict, most of it for failures that did not happen, so each `run` is kept a function of its own.

pub(crate) mod agreement;
pub(crate) mod artifact;
pub(crate) mod builder;
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
pub(crate) mod package;
pub(crate) mod predicate;
pub(crate) mod profile;
pub(crate) mod publisher;
pub(crate) mod sct;
pub(crate) mod signature;
pub(crate) mod signing_time;
pub(crate) mod source;
pub(crate) mod source_ref;
pub(crate) mod statement;
pub(crate) mod subjects;
pub(crate) mod summary;
pub(crate) mod timestamps;
pub(crate) mod trusted_root;
pub(crate) mod witnesses;
pub(crate) mod workflow_inputs;
pub(crate) mod wrapper;

use crate::check::Check;

/// Every check, in the order of the report.
pub const ALL: &[Check] = &[
    artifact::Artifact::CHECK,
    signature::Signature::CHECK,
    statement::Statement::CHECK,
    predicate::Predicate::CHECK,
    subjects::Subjects::CHECK,
    agreement::Agreement::CHECK,
    wrapper::Wrapper::CHECK,
    identity::Identity::CHECK,
    key::Key::CHECK,
    extensions::Extensions::CHECK,
    source::Source::CHECK,
    source_ref::SourceRef::CHECK,
    builder::Builder::CHECK,
    workflow_inputs::WorkflowInputs::CHECK,
    publisher::Publisher::CHECK,
    package::Package::CHECK,
    summary::Summary::CHECK,
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
