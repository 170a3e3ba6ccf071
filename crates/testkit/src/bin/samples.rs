//! `samples FOLDER`: writes good bundles of the common kinds, with artifact and trusted root, and `samples.json`, which lists them.
//! `samples FOLDER table` writes every row of the table, good and bad. For what is tried outside of Rust.

use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use touchstone_testkit::certificate::{CertificateRecipe, San};
use touchstone_testkit::keys::{Hash, Key, Kind, Scheme};
use touchstone_testkit::recipe::{BUNDLE_V01, BUNDLE_V02, BUNDLE_V03, KeyForm};
use touchstone_testkit::statements::TAG;
use touchstone_testkit::{Case, Recipe, change, table};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("samples FOLDER [table]");
        return ExitCode::from(2);
    };
    let all = std::env::args_os().nth(2).is_some_and(|word| word == "table");
    let samples = if all { rows() } else { common() };
    match write(&folder, samples) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn rows() -> Vec<(String, Case)> {
    table().into_iter().map(|row| (row.name.to_owned(), row.case)).collect()
}

/// Bundles of the kinds that most have, in many variations of what varies there: keys, signatures, sizes, places in a tree, versions.
fn common() -> Vec<(String, Case)> {
    let kinds = [
        ("message", Recipe::message()),
        ("dsse", Recipe::dsse()),
        ("intoto", Recipe::intoto()),
        ("attestation", Recipe::github_attestation()),
        ("generator", Recipe::generator()),
        ("generator-at-a-tag", Recipe::generator().at_ref(TAG)),
        ("delegator", Recipe::delegator()),
        ("delegator-at-a-tag", Recipe::delegator().at_ref(TAG)),
        ("container-based", Recipe::container_based()),
        ("npm-v0-2", Recipe::npm_v0_2()),
        ("npm-v1", Recipe::npm_v1()),
    ];
    let varied = |(name, recipe): (&'static str, Recipe)| {
        (0..VARIATIONS).map(move |number| (format!("{name}-{number}"), make(&vary(recipe.clone(), number))))
    };
    kinds.into_iter().flat_map(varied).collect()
}

/// How many variations of a kind; all versions of bundles are among them.
const VARIATIONS: usize = 12;

/// The case, with the name that its certificate has.
fn make(recipe: &Recipe) -> Case {
    let mut case = recipe.make();
    for name in recipe.leaf.san.iter().flatten() {
        match name {
            San::Uri(uri) => case.identity.clone_from(uri),
            San::Email(address) => (case.identity, case.issuer) = (address.clone(), ACCOUNTS.to_owned()),
            _ => {}
        }
    }
    case
}

/// Who vouches for persons.
const ACCOUNTS: &str = "https://accounts.google.com";

/// A certificate for a person has a name, and who vouches for it.
fn sign_as_a_person(leaf: &mut CertificateRecipe) {
    leaf.san = Some(vec![San::Email("jane@touchstone.test".to_owned())]);
    (2..64).for_each(|arc| leaf.without_claim(arc));
    leaf.claim(1, ACCOUNTS);
    leaf.claim(8, ACCOUNTS);
}

/// A statement as protobuf writes it.
fn typed(statement: &mut Value) {
    if let Some(kind) = statement.as_object_mut().and_then(|members| members.remove("_type")) {
        statement["type"] = kind;
    }
}

/// What some builders write as numbers, and others as texts.
fn numbered(statement: &mut Value) {
    let environment = statement.pointer_mut("/predicate/invocation/environment").and_then(Value::as_object_mut);
    for (name, value) in environment.into_iter().flatten() {
        if let (true, Some(Ok(number))) = (name.starts_with("github_"), value.as_str().map(str::parse::<u64>)) {
            *value = json!(number);
        }
    }
}

/// A statement of the version before, about several things, with several digests of each.
fn of_several(statement: &mut Value) {
    statement["_type"] = json!("https://in-toto.io/Statement/v0.1");
    let digests = json!({ "sha1": "ab".repeat(20), "gitCommit": "cd".repeat(20), "sha512": "ef".repeat(64) });
    if let Some(subjects) = statement["subject"].as_array_mut() {
        subjects.insert(0, json!({ "name": "another", "digest": digests }));
        subjects.push(json!({ "name": "a third", "digest": { "sha256": "01".repeat(32) } }));
    }
}

/// A statement may hold any JSON.
fn all_of_json(statement: &mut Value) {
    let members: Map<String, Value> =
        (0..200).map(|number| (format!("{}", number * 73 % 200), json!(number))).collect();
    let more = json!({
        "numbers": [0, -1, 7, 255, 65_536, -4_294_967_297_i64, u64::MAX, 1.5, -0.25, 1e30],
        "texts": ["", "\"\\/\u{8}\u{c}\n\r\t", "\u{1}\u{7f}", "é漢😀"],
        "members": members,
        "others": [null, true, false, [], {}, [[{ "a": [] }]]],
    });
    if let Some(predicate) = statement.pointer_mut("/predicate").and_then(Value::as_object_mut) {
        predicate.insert("more".to_owned(), more);
    }
}

/// The same JSON, written for people.
fn spaced(bundle: &mut String) {
    let value: Value = serde_json::from_str(bundle).unwrap_or_default();
    *bundle = format!("\r\n\t{value:#} \n").replace("\n  \"", "\r\n\t\"");
}

/// The same JSON with characters written by their numbers.
fn escaped(bundle: &mut String) {
    *bundle =
        bundle.replace('—', "\\u2014").replace("+json", "\\u002bjson").replace("sha", "\\u0073ha").replace('/', "\\/");
}

fn vary(mut recipe: Recipe, number: usize) -> Recipe {
    let label = format!("leaf {number}");
    // What a recipe says of its artifact and its signer is written already.
    if recipe.statement.is_empty() {
        recipe.artifact.extend(label.bytes());
        recipe.artifact.extend(std::iter::repeat_n(b'x', number * number * 7));
        recipe.statement.push(change(all_of_json));
        if number % 4 == 1 {
            recipe.statement.push(change(|said: &mut Value| said["more"] = json!("this is no part of it")));
        }
        if number % 3 == 1 {
            sign_as_a_person(&mut recipe.leaf);
            // Older certificates name the issuer in one place alone.
            if number.is_multiple_of(2) {
                recipe.leaf.without_claim(8);
            }
        }
        if number.is_multiple_of(3) {
            recipe.statement.push(change(of_several));
        }
        if number % 4 == 2 {
            recipe
                .statement
                .push(change(|said: &mut Value| said["predicateType"] = json!("https://touchstone.test/own/v1")));
        }
    }
    if number == 7 {
        recipe.statement.push(change(typed));
    }
    if number % 3 == 1 {
        recipe.statement.push(change(numbered));
    }
    // Some tools sign a digest that the key has not by itself.
    if number == 5 {
        recipe.scheme = Some(Scheme::Ecdsa(Hash::Sha256));
    }
    match number % 4 {
        0 => recipe.text.push(change(spaced)),
        2 => recipe.text.push(change(escaped)),
        _ => {}
    }
    recipe.leaf.key = Key::new(if number % 3 == 2 { Kind::P384 } else { Kind::P256 }, &label);
    // A number without a leading zero is written with one byte fewer.
    recipe.leaf.serial = Hash::Sha256.of(label.as_bytes()).into_iter().take(20).collect();
    let entry = recipe.entry();
    entry.log_index += i64::try_from(number).unwrap_or_default() * 7_654_321;
    if let Some(proof) = &mut entry.proof {
        (proof.tree_size, proof.index) = (number * number * 3 + 1 + number, number * number * 2);
        // As logs wrote them until 2024.
        if let (1, Some(checkpoint)) = (number % 2, &mut proof.checkpoint) {
            checkpoint.extensions.push(format!("Timestamp: {}", 1_700_000_000_000 + number * 1_000));
        }
    }
    if number % 4 == 1 {
        recipe.media_type = BUNDLE_V02.to_owned();
    }
    if number % 4 == 3 {
        recipe.media_type = BUNDLE_V01.to_owned();
        if number % 8 == 3 {
            recipe.entry().proof = None;
        }
    }
    if recipe.media_type != BUNDLE_V03 {
        let others = if number % 8 > 3 { recipe.ca.certificates() } else { Vec::new() };
        recipe.key_form = KeyForm::Chain(others);
    }
    recipe
}

fn write(folder: &std::path::Path, samples: Vec<(String, Case)>) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut list = Vec::new();
    for (name, case) in samples {
        let files = [("sigstore.json", &case.bundle), ("artifact", &case.artifact), ("root.json", &case.trusted_root)];
        for (kind, bytes) in files {
            std::fs::write(folder.join(format!("{name}.{kind}")), bytes)?;
        }
        list.push(json!({ "name": name, "identity": case.identity, "issuer": case.issuer }));
    }
    std::fs::write(folder.join("samples.json"), json!(list).to_string())
}
