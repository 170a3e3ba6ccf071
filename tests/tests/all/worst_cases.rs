//! How long the worst inputs of legal size take (A-16, H-15). `cargo test -p touchstone-tests --release
//! worst_cases -- --nocapture` prints the times; the bound asserted is a generous one, against work that grows with a square.
#![allow(clippy::disallowed_methods, reason = "the clock measures from outside")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use touchstone_crypto::RustCrypto;
use touchstone_formats::bundle::Bundle;
use touchstone_testkit::{Case, Recipe, change};
use touchstone_trust::{Instance, TrustedRoot};
use touchstone_verify::{Artifact, Pattern, Policy, Trust, verify};

/// Far above what any of them takes, far below what quadratic work would.
const BOUND: Duration = Duration::from_secs(10);

fn measure(name: &str, case: &Case, instance: Instance) {
    let roots = TrustedRoot::read_many(&case.trusted_root, instance, "testkit").unwrap();
    let start = Instant::now();
    let bundle = Bundle::parse(&case.bundle);
    let parsed = start.elapsed();
    let report = verify(
        bundle.as_ref(),
        &Artifact::Bytes(&case.artifact),
        Trust::Roots(&roots),
        &Policy::default(),
        &RustCrypto,
    );
    let whole = start.elapsed();
    let read = bundle.as_ref().err().map_or_else(|| "read".to_owned(), ToString::to_string);
    println!("{name}: {} KiB, {whole:?} (parse {parsed:?}), {:?}, {read}", case.bundle.len() >> 10, report.verdict);
    assert!(whole < BOUND, "{name} took {whole:?}");
}

fn with(mut recipe: Recipe, edit: impl Fn(&mut Value) + 'static) -> Case {
    recipe.bundle.push(change(edit));
    recipe.make()
}

#[test]
fn thirty_two_entries_of_sixty_four_hashes() {
    let mut recipe = Recipe::message_v2();
    let first = recipe.entry().clone();
    for more in 1..32 {
        let mut entry = first.clone();
        entry.log_index += more;
        recipe.entries.push(entry);
    }
    let case = with(recipe, |bundle| {
        for entry in bundle.pointer_mut("/verificationMaterial/tlogEntries").unwrap().as_array_mut().unwrap() {
            *entry.pointer_mut("/inclusionProof/hashes").unwrap() =
                json!(vec!["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="; 64]);
        }
    });
    measure("32 entries x 64 hashes", &case, Instance::PublicGood);
}

#[test]
fn thirty_two_entries_over_a_payload_of_ten_megabytes() {
    let mut recipe = Recipe::dsse_v2();
    recipe
        .statement
        .push(change(|statement: &mut Value| statement["predicate"] = json!({ "x": "y".repeat(10 << 20) })));
    let first = recipe.entry().clone();
    for more in 1..32 {
        let mut entry = first.clone();
        entry.log_index += more;
        recipe.entries.push(entry);
    }
    measure("32 entries, payload of 10 MiB", &recipe.make(), Instance::PublicGood);
}

#[test]
fn thirty_two_timestamps_for_many_authorities() {
    use touchstone_testkit::root::TrustedRootRecipe;
    use touchstone_testkit::tsa::{Embedded, TimestampRecipe};
    let mut recipe = Recipe::message_v2();
    let stamp = recipe.timestamp().clone();
    recipe.timestamps = (0..32)
        .map(|number| TimestampRecipe { serial: 4000 + number, embedded: Embedded::Chain, ..stamp.clone() })
        .collect();
    // Six authorities that name no leaf of their own, so that each looks for one among the embedded certificates.
    recipe.root.push(change(|root: &mut TrustedRootRecipe| {
        let mut unpinned = root.timestamp_authorities[0].clone();
        unpinned.certificates.remove(0);
        unpinned.start = Some("2019-01-01T00:00:00Z".to_owned());
        unpinned.end = Some("2020-01-01T00:00:00Z".to_owned());
        for _ in 0..6 {
            root.timestamp_authorities.insert(0, unpinned.clone());
        }
    }));
    measure("32 timestamps x 7 authorities", &recipe.make(), Instance::PublicGood);
}

#[test]
fn a_thousand_subjects_of_thirty_two_digests() {
    let mut recipe = Recipe::dsse();
    recipe.statement.push(change(|statement: &mut Value| {
        let mut digests = serde_json::Map::new();
        for number in 0..31 {
            digests.insert(format!("algorithm-{number}"), json!("0".repeat(256)));
        }
        digests.insert("sha256".to_owned(), json!("0".repeat(64)));
        let subject = json!({ "name": "n", "digest": digests });
        let mut subjects = vec![subject; 1023];
        subjects.push(statement["subject"][0].clone());
        statement["subject"] = json!(subjects);
    }));
    measure("1024 subjects x 32 digests", &recipe.make(), Instance::PublicGood);
}

#[test]
fn a_million_members_in_one_object() {
    let members = |count: usize| {
        (0..count).fold(String::new(), |mut text, number| {
            write!(text, "\"k{number:x}\":0,").unwrap();
            text
        })
    };
    let mut recipe = Recipe::message();
    recipe.text.push(change(move |text: &mut String| text.insert_str(1, &members(1_200_000))));
    measure("1.2 million unknown members", &recipe.make(), Instance::PublicGood);

    let mut recipe = Recipe::dsse();
    recipe.statement.push(change(|statement: &mut Value| {
        statement["predicate"] = (0..700_000).map(|number| (format!("k{number:x}"), json!(0))).collect();
    }));
    measure("700 thousand members of a predicate", &recipe.make(), Instance::PublicGood);
}

#[test]
fn a_chain_of_sixteen_large_certificates() {
    let mut recipe = Recipe::message();
    recipe.media_type = touchstone_testkit::recipe::BUNDLE_V02.to_owned();
    recipe.leaf.san = Some(vec![touchstone_testkit::ca::San::Uri(format!("https://{}", "a".repeat(60_000)))]);
    recipe.leaf.extensions = (0..30)
        .map(|number| {
            touchstone_testkit::ca::Extension::new(&format!("1.3.6.1.4.1.57264.1.{}", 100 + number), false, vec![0; 64])
        })
        .collect();
    let case = with(recipe, |bundle| {
        let certificate = bundle["verificationMaterial"]["certificate"].clone();
        let chain = json!({ "certificates": vec![certificate; 16] });
        let material = bundle["verificationMaterial"].as_object_mut().unwrap();
        material.remove("certificate");
        material.insert("x509CertificateChain".to_owned(), chain);
    });
    measure("16 certificates of 60 KB", &case, Instance::PublicGood);
}

#[test]
fn a_pattern_of_the_largest_size_over_the_longest_name() {
    let names = ["a".repeat(4096), "a".repeat(60_000)];
    for text in [
        "(a{1000}){1000}".to_owned(),
        "(?:a?){1000}a{1000}".to_owned(),
        "(?:(?:a{0,100}){0,100}){0,100}b".to_owned(),
        "((((((a*)*)*)*)*)*)*b".to_owned(),
        format!("{}b", "(?:a|aa)*".repeat(220)),
        format!("(?:{})*b", "a?".repeat(1000)),
        format!("{}b", ".*".repeat(1000)),
        format!("{}a{}", "(".repeat(1000), ")".repeat(1000)),
    ] {
        let start = Instant::now();
        let pattern = Pattern::new(&text);
        let compiled = start.elapsed();
        let matched = pattern.as_ref().ok().map(|pattern| names.iter().any(|name| pattern.matches(name)));
        let whole = start.elapsed();
        let shown: String = text.chars().take(40).collect();
        println!("{shown}: compile {compiled:?}, match {:?}, {matched:?} {:?}", whole - compiled, pattern.err());
        assert!(whole < BOUND, "{shown} took {whole:?}");
    }
}
