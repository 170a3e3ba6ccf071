//! The table: each row a good bundle with one change, and what a verifier must say of it.
//!
//! Rows are grouped by the check that must fail; [`good`] holds those that must verify.

mod agreement;
mod artifact;
mod builder;
mod bundle_form;
mod chain;
mod checkpoint;
mod entry_binding;
mod good;
mod identity;
mod inclusion_promise;
mod inclusion_proof;
mod logged;
mod package;
mod predicate;
mod profile;
mod sct;
mod signature;
mod signing_time;
mod source;
mod statement;
mod timestamps;
mod trusted_root;
mod witnesses;
mod wrapper;

use crate::ca::CertificateRecipe;
use crate::note::CheckpointRecipe;
use crate::policy::{IdentityKnob, InstanceKnob, KeyKnob, PolicyKnobs};
use crate::recipe::{KeyForm, RootPreset};
use crate::rekor::EntryRecipe;
use crate::root::TrustedRootRecipe;
use crate::tsa::{TimestampAuthority, TimestampRecipe};
use crate::{Case, Recipe, change};
use serde_json::Value;

/// What a verifier must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Every required check passes.
    Verified,
    /// Nothing fails, something is open.
    Incomplete,
    /// These checks fail with these codes, and no other: one change that breaks several rules at once.
    RejectedTogether(&'static [(&'static str, &'static str)]),
    /// This check fails, and no other.
    Rejected {
        /// Id of the check.
        check: &'static str,
        /// Code of the failure; `None` where several are right.
        code: Option<&'static str>,
    },
}

/// One case with its verdict.
#[derive(Clone, Debug)]
pub struct Row {
    /// Unique kebab-case name.
    pub name: &'static str,
    /// Rules of the specification that it exercises.
    pub rule: &'static str,
    /// The inputs.
    pub case: Case,
    /// The expectation.
    pub policy: PolicyKnobs,
    /// The verdict.
    pub expect: Expect,
}

/// Every row.
pub fn table() -> Vec<Row> {
    [
        good::rows(),
        bundle_form::rows(),
        trusted_root::rows(),
        entry_binding::rows(),
        inclusion_promise::rows(),
        checkpoint::rows(),
        inclusion_proof::rows(),
        witnesses::rows(),
        logged::rows(),
        timestamps::rows(),
        signing_time::rows(),
        chain::rows(),
        profile::rows(),
        sct::rows(),
        signature::rows(),
        statement::rows(),
        artifact::rows(),
        identity::rows(),
        predicate::rows(),
        agreement::rows(),
        source::rows(),
        builder::rows(),
        package::rows(),
        wrapper::rows(),
    ]
    .concat()
}

/// A row on the way: a good recipe, to which one change is made.
struct Draft {
    name: &'static str,
    rule: &'static str,
    recipe: Recipe,
    policy: PolicyKnobs,
}

/// Begins a row with a good recipe and the policy that goes with it.
fn row(name: &'static str, rule: &'static str, recipe: Recipe) -> Draft {
    let mut policy = PolicyKnobs::default();
    if matches!(recipe.key_form, KeyForm::PublicKey(_)) {
        policy.identity = IdentityKnob::Key;
    }
    match recipe.root_preset {
        RootPreset::PublicGoodLike => {}
        RootPreset::GithubLike => policy.instance = InstanceKnob::GitHub,
        RootPreset::KeyOnly => policy.instance = InstanceKnob::Custom,
    }
    Draft { name, rule, recipe, policy }
}

impl Draft {
    fn with(mut self, change: impl FnOnce(&mut Recipe)) -> Self {
        change(&mut self.recipe);
        self
    }

    fn leaf(self, change: impl FnOnce(&mut CertificateRecipe)) -> Self {
        self.with(|recipe| change(&mut recipe.leaf))
    }

    fn entry(self, change: impl FnOnce(&mut EntryRecipe)) -> Self {
        self.with(|recipe| change(recipe.entry()))
    }

    /// Changes the entry's body before it is logged.
    fn body(self, f: impl Fn(&mut Value) + 'static) -> Self {
        self.entry(|entry| entry.body.push(change(f)))
    }

    fn checkpoint(self, change: impl FnOnce(&mut CheckpointRecipe)) -> Self {
        self.entry(|entry| change(entry.checkpoint()))
    }

    fn timestamp(self, change: impl FnOnce(&mut TimestampRecipe)) -> Self {
        self.with(|recipe| change(recipe.timestamp()))
    }

    /// Changes the timestamp authority, in the trusted root and where it signs.
    fn tsa(self, change: impl Fn(&mut TimestampAuthority)) -> Self {
        self.with(|recipe| {
            change(&mut recipe.tsa);
            recipe.timestamps.iter_mut().for_each(|stamp| {
                change(&mut stamp.authority);
                stamp.scheme = stamp.authority.leaf.key.default_scheme();
                stamp.digest = stamp.authority.leaf.key.default_hash();
            });
        })
    }

    /// Changes the finished bundle's JSON.
    fn bundle(self, f: impl Fn(&mut Value) + 'static) -> Self {
        self.with(|recipe| recipe.bundle.push(change(f)))
    }

    /// Changes the finished bundle's text.
    fn text(self, f: impl Fn(&mut String) + 'static) -> Self {
        self.with(|recipe| recipe.text.push(change(f)))
    }

    fn root(self, f: impl Fn(&mut TrustedRootRecipe) + 'static) -> Self {
        self.with(|recipe| recipe.root.push(change(f)))
    }

    fn root_json(self, f: impl Fn(&mut Value) + 'static) -> Self {
        self.with(|recipe| recipe.root_json.push(change(f)))
    }

    fn statement(self, f: impl Fn(&mut Value) + 'static) -> Self {
        self.with(|recipe| recipe.statement.push(change(f)))
    }

    fn ask(mut self, change: impl FnOnce(&mut PolicyKnobs)) -> Self {
        change(&mut self.policy);
        self
    }

    fn verified(self) -> Row {
        self.finish(Expect::Verified)
    }

    fn incomplete(self) -> Row {
        self.finish(Expect::Incomplete)
    }

    fn rejected(self, check: &'static str, code: impl Into<Option<&'static str>>) -> Row {
        self.finish(Expect::Rejected { check, code: code.into() })
    }

    fn rejected_together(self, failures: &'static [(&'static str, &'static str)]) -> Row {
        self.finish(Expect::RejectedTogether(failures))
    }

    fn finish(mut self, expect: Expect) -> Row {
        let case = self.recipe.make();
        if self.policy.identity == IdentityKnob::Key && self.policy.key.is_none() {
            self.policy.key =
                case.key.clone().map(|pem| KeyKnob { pem, details: None, valid_from: None, valid_until: None });
        }
        Row { name: self.name, rule: self.rule, case, policy: self.policy, expect }
    }
}

/// `tlogEntries[0]` of a finished bundle.
fn entry_of(bundle: &mut Value) -> &mut Value {
    &mut bundle["verificationMaterial"]["tlogEntries"][0]
}

/// Removes a member of an object.
fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().expect("an object").remove(member);
}
