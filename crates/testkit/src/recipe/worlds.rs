//! The good worlds: where every recipe starts.

use super::{ARTIFACT, BUNDLE_V03, IN_TOTO, KeyForm, Recipe, RootPreset};
use crate::ca::{Authority, CertificateRecipe};
use crate::encoding::base64;
use crate::keys::{Key, Kind};
use crate::rekor::{EntryKind, EntryRecipe};
use crate::tsa::{TimestampAuthority, TimestampRecipe};

impl Recipe {
    /// Message signature, Rekor v1: SET, proof, checkpoint; SCT. Version 0.3.
    pub fn message() -> Self {
        let tsa = TimestampAuthority::new("good");
        Recipe {
            media_type: BUNDLE_V03.to_owned(),
            artifact: ARTIFACT.to_vec(),
            ca: Authority::fulcio("touchstone"),
            issued_by: None,
            leaf: CertificateRecipe::leaf(Key::new(Kind::P256, "leaf")),
            key_form: KeyForm::Certificate,
            managed_key: Key::new(Kind::P256, "managed"),
            dsse: false,
            payload_type: IN_TOTO.to_owned(),
            key_id: String::new(),
            statement: Vec::new(),
            payload: None,
            scheme: None,
            signing_key: None,
            sign_over: None,
            signature: Vec::new(),
            entries: vec![EntryRecipe::v1(EntryKind::HashedRekordV001)],
            timestamps: Vec::new(),
            tsa,
            root_preset: RootPreset::PublicGoodLike,
            root: Vec::new(),
            root_json: Vec::new(),
            bundle: Vec::new(),
            text: Vec::new(),
        }
    }

    /// DSSE envelope with an in-toto statement, Rekor v1 `dsse` 0.0.1.
    pub fn dsse() -> Self {
        Recipe { dsse: true, entries: vec![EntryRecipe::v1(EntryKind::DsseV001)], ..Recipe::message() }
    }

    /// DSSE envelope, Rekor v1 `intoto` 0.0.2.
    pub fn intoto() -> Self {
        Recipe { dsse: true, entries: vec![EntryRecipe::v1(EntryKind::IntotoV002)], ..Recipe::message() }
    }

    /// Message signature, Rekor v2 with a timestamp.
    pub fn message_v2() -> Self {
        let good = Recipe::message();
        Recipe { entries: vec![EntryRecipe::v2()], timestamps: vec![TimestampRecipe::by(&good.tsa)], ..good }
    }

    /// DSSE envelope, Rekor v2 with a timestamp.
    pub fn dsse_v2() -> Self {
        Recipe { dsse: true, ..Recipe::message_v2() }
    }

    /// Message signature, Rekor v1, and a timestamp beside the SET.
    pub fn both_times() -> Self {
        let good = Recipe::message();
        Recipe { timestamps: vec![TimestampRecipe::by(&good.tsa)], ..good }
    }

    /// GitHub's private instance: DSSE, timestamp, no log, no SCT.
    pub fn github() -> Self {
        let good = Recipe::dsse_v2();
        let leaf = CertificateRecipe { scts: Vec::new(), ..good.leaf.clone() };
        Recipe { entries: Vec::new(), leaf, root_preset: RootPreset::GithubLike, ..good }
    }

    /// Message signature by a managed P-256 key, Rekor v1.
    pub fn managed() -> Self {
        let good = Recipe::message();
        let hint = base64(&good.managed_key.log_id());
        Recipe { key_form: KeyForm::PublicKey(hint), ..good }
    }
}
