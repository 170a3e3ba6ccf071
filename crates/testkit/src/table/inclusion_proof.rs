//! Rows for `inclusion-proof`: B.9.

use super::{Draft, Row, entry_of, row};
use crate::Recipe;
use crate::encoding::base64;
use crate::merkle::Tree;
use serde_json::{Value, json};

const CHECK: &str = "inclusion-proof";

fn v1(name: &'static str, rule: &'static str, edit: fn(&mut Value)) -> Draft {
    row(name, rule, Recipe::message()).bundle(move |b| edit(&mut entry_of(b)["inclusionProof"]))
}

fn v2(name: &'static str, rule: &'static str, edit: fn(&mut Value)) -> Draft {
    row(name, rule, Recipe::message_v2()).bundle(move |b| edit(&mut entry_of(b)["inclusionProof"]))
}

pub(super) fn rows() -> Vec<Row> {
    [hashes(), indices(), heads()].concat()
}

fn hashes() -> Vec<Row> {
    let corrupt = |proof: &mut Value| proof["hashes"][0] = json!(base64(&[7; 32]));
    let drop_one = |proof: &mut Value| {
        proof["hashes"].as_array_mut().expect("hashes").pop();
    };
    let add_one = |proof: &mut Value| proof["hashes"].as_array_mut().expect("hashes").push(json!(base64(&[7; 32])));
    let swap = |proof: &mut Value| proof["hashes"].as_array_mut().expect("hashes").swap(0, 1);
    vec![
        v1("proof-hash-corrupted", "B-60, B-62", corrupt).rejected(CHECK, "inclusion-proof-root-differs"),
        v2("rekor-v2-proof-hash-corrupted", "B-60, B-62", corrupt).rejected(CHECK, "inclusion-proof-root-differs"),
        v2("proof-hashes-swapped", "B-60", swap).rejected(CHECK, "inclusion-proof-root-differs"),
        v1("proof-hash-missing", "B-60", drop_one).rejected(CHECK, "inclusion-proof-shape-wrong"),
        v2("proof-hash-too-many", "B-60", add_one).rejected(CHECK, "inclusion-proof-shape-wrong"),
        v2("proof-without-hashes", "B-60, H-21", |proof| proof["hashes"] = json!([]))
            .rejected(CHECK, "inclusion-proof-shape-wrong"),
        row("proof-of-another-entry", "B-58, H-2", Recipe::message_v2())
            .entry(|e| e.proof().logged_body = Some(b"another entry".to_vec()))
            .rejected(CHECK, "inclusion-proof-root-differs"),
        row("proof-of-another-entry-beside-a-promise", "B-57, B-58", Recipe::message())
            .entry(|e| e.proof().logged_body = Some(b"another entry".to_vec()))
            .rejected(CHECK, "inclusion-proof-root-differs"),
        row("proof-of-a-reformatted-body", "B-86", Recipe::message_v2())
            .entry(|e| e.proof().logged_body = Some(reformatted()))
            .rejected(CHECK, "inclusion-proof-root-differs"),
    ]
}

/// The body of the good entry with a space behind it: the same JSON, other bytes.
fn reformatted() -> Vec<u8> {
    let bundle = Recipe::message_v2().write_bundle();
    let body =
        bundle["verificationMaterial"]["tlogEntries"][0]["canonicalizedBody"].as_str().expect("a body").to_owned();
    [crate::encoding::from_base64(&body), b" ".to_vec()].concat()
}

fn indices() -> Vec<Row> {
    vec![
        // Version 0.1 asks for a promise and for no proof, a Rekor v2 log for the reverse: no bundle breaks one alone.
        row("rekor-v2-with-a-promise-in-place-of-its-proof", "B-77, A-6", Recipe::message_v2())
            .with(|recipe| {
                recipe.media_type = crate::recipe::BUNDLE_V01.to_owned();
                recipe.entry().promise = Some(crate::rekor::PromiseRecipe::default());
                recipe.entry().proof = None;
            })
            .rejected_together(&[("inclusion-promise", "promise-on-rekor-v2"), (CHECK, "inclusion-proof-missing")]),
        v1("proof-index-moved", "B-59, B-60", |proof| proof["logIndex"] = json!("12"))
            .rejected(CHECK, "inclusion-proof-root-differs"),
        v1("proof-index-is-the-global-one", "B-59", |proof| proof["logIndex"] = json!("155690847"))
            .rejected(CHECK, "inclusion-proof-index-outside-tree"),
        v1("proof-index-is-the-tree-size", "B-60", |proof| proof["logIndex"] = json!("21"))
            .rejected(CHECK, "inclusion-proof-index-outside-tree"),
        v1("proof-index-is-the-largest", "B-60, H-34", |proof| proof["logIndex"] = json!("9223372036854775807"))
            .rejected(CHECK, "inclusion-proof-index-outside-tree"),
        v2("rekor-v2-proof-index-differs", "B-59", |proof| proof["logIndex"] = json!("12"))
            .rejected(CHECK, "inclusion-proof-index-differs"),
    ]
}

fn heads() -> Vec<Row> {
    let other_root = || Tree::with_leaf(5, 2, b"another tree").root();
    vec![
        v1("proof-claims-another-root", "B-61", |proof| proof["rootHash"] = json!(base64(&[7; 32])))
            .rejected(CHECK, "inclusion-proof-claims-other-root"),
        v2("rekor-v2-proof-claims-another-root", "B-61", |proof| proof["rootHash"] = json!(base64(&[7; 32])))
            .rejected(CHECK, "inclusion-proof-claims-other-root"),
        v1("proof-claims-another-size", "B-61", |proof| proof["treeSize"] = json!("22"))
            .rejected(CHECK, "inclusion-proof-claims-other-size"),
        v2("rekor-v2-proof-claims-another-size", "B-61", |proof| proof["treeSize"] = json!("22"))
            .rejected(CHECK, "inclusion-proof-claims-other-size"),
        row("log-signed-another-root", "B-60, B-61", Recipe::message())
            .checkpoint(move |c| c.root = Some(other_root()))
            .rejected(CHECK, "inclusion-proof-claims-other-root"),
        row("log-signed-another-root-and-the-proof-agrees", "B-60", Recipe::message())
            .checkpoint(move |c| c.root = Some(other_root()))
            .bundle(move |b| entry_of(b)["inclusionProof"]["rootHash"] = json!(base64(&other_root())))
            .rejected(CHECK, "inclusion-proof-root-differs"),
        row("log-signed-a-smaller-tree", "B-60", Recipe::message())
            .checkpoint(|c| c.size = Some(13))
            .bundle(|b| entry_of(b)["inclusionProof"]["treeSize"] = json!("13"))
            .rejected(CHECK, "inclusion-proof-index-outside-tree"),
        row("log-signed-an-empty-tree", "B-60", Recipe::message())
            .checkpoint(|c| c.size = Some(0))
            .bundle(|b| {
                let proof = &mut entry_of(b)["inclusionProof"];
                super::remove(proof, "treeSize");
                super::remove(proof, "logIndex");
                proof["hashes"] = json!([]);
            })
            .rejected(CHECK, "inclusion-proof-shape-wrong"),
        row("log-signed-the-largest-tree", "B-60, H-34", Recipe::message())
            .checkpoint(|c| c.size = Some(i64::MAX as u64))
            .bundle(|b| entry_of(b)["inclusionProof"]["treeSize"] = json!(i64::MAX.to_string()))
            .rejected(CHECK, "inclusion-proof-shape-wrong"),
    ]
}
