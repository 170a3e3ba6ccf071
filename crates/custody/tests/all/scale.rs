//! Time grows linearly with the evidence, and what has no room is counted (limits).
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "the clock measures from outside")]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::common::{self, file, named, sha256};
use serde_json::json;
use touchstone_custody::limits::{MAX_EDGES, MAX_NODES};
use touchstone_custody::{
    Artifact, Custody, Deployed, Drawn, Evidence, Held, Input, Parties, Record, built_in_verifiers, custody,
};
use touchstone_formats::sbom::Sbom;
use touchstone_formats::statement::Statement;
use touchstone_testkit::ca::REPOSITORY;

fn hex(seed: usize) -> String {
    sha256(&seed.to_le_bytes())
}

fn lay(evidence: Vec<Evidence<'_>>, artifact: &str) -> (Custody, Duration) {
    let signer = named();
    let input = Input {
        artifact: Some(Artifact { name: "release".to_owned(), digests: vec![file(artifact)], computed: true }),
        evidence,
        memberships: Vec::new(),
        parties: Parties { named: Some(&signer), verifiers: built_in_verifiers(), resource: None },
        cut: None,
    };
    let start = processor_time();
    let custody = custody(&input);
    (custody, processor_time().saturating_sub(start))
}

/// Time that this thread had a processor, where the system tells: other work that runs beside it is not counted.
fn processor_time() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

/// The coarsest tick in which a system counts a thread's time.
const TICK: Duration = Duration::from_millis(10);

/// Four times the evidence must not take sixteen times as long. The best of three, since the machine is not always as fast.
fn grows_linearly(name: &str, small: usize, time: impl Fn(usize) -> Duration) {
    let best = |count| (0..3).map(|_| time(count)).min().unwrap();
    let (one, four) = (best(small), best(small * 4));
    println!("{name}: {small} in {one:?}, {} in {four:?}", small * 4);
    // The system counts in ticks, which are up to ten milliseconds: less than one says nothing.
    assert!(four < one.max(TICK) * 10, "{name}: {one:?} and {four:?}");
}

fn source_steps(count: usize) -> Vec<Statement> {
    let commit = |seed: usize| hex(seed).get(..40).unwrap().to_owned();
    (0..count)
        .map(|seed| {
            let said = common::statement(
                json!({ "digest": { "gitCommit": commit(seed) } }),
                "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft",
                json!({ "prev_commit": commit(seed + 1), "repo_uri": REPOSITORY, "activity_type": "push", "actor": "a",
                        "branch": "refs/heads/main", "created_on": "2025-06-12T12:00:00Z", "controls": [] }),
            );
            Statement::parse(said.to_string().as_bytes()).unwrap()
        })
        .collect()
}

fn provenances(count: usize, dependencies: usize) -> Vec<Statement> {
    let listed: Vec<_> =
        (0..dependencies).map(|seed| json!({ "name": "tool", "digest": { "sha256": hex(seed) } })).collect();
    let said = common::statement(
        common::subject(),
        "https://slsa.dev/provenance/v1",
        json!({ "buildDefinition": { "buildType": "https://touchstone.test/build", "externalParameters": {},
                                     "resolvedDependencies": listed },
                "runDetails": { "builder": { "id": "https://touchstone.test/builder" } } }),
    );
    (0..count).map(|_| Statement::parse(said.to_string().as_bytes()).unwrap()).collect()
}

fn records(statements: &[Statement]) -> Vec<Evidence<'_>> {
    let of = |statement| Evidence {
        name: "file".to_owned(),
        held: Held::Record(Record::Statement(statement)),
        digests: Vec::new(),
    };
    statements.iter().map(of).collect()
}

fn ours() -> String {
    sha256(touchstone_testkit::recipe::ARTIFACT)
}

#[test]
fn statements_about_many_things() {
    grows_linearly("source steps", 1_000, |count| lay(records(&source_steps(count)), &ours()).1);
}

#[test]
fn statements_about_one_thing() {
    grows_linearly("provenances of one digest", 500, |count| lay(records(&provenances(count, 3)), &ours()).1);
}

fn listed(bill: &Sbom) -> Vec<Evidence<'_>> {
    vec![Evidence { name: "bill".to_owned(), held: Held::Record(Record::Bill(bill)), digests: Vec::new() }]
}

#[test]
fn inputs_of_one_build() {
    grows_linearly("dependencies", 1_000, |count| lay(records(&provenances(1, count)), &ours()).1);
    let components = |count: usize| {
        let component = |seed: usize| (format!("tool-{seed}"), format!("pkg:npm/tool-{seed}@1"), Some(hex(seed)));
        common::bill(&(0..count).map(component).collect::<Vec<_>>())
    };
    grows_linearly("components", 2_500, |count| {
        let bill = components(count);
        lay(listed(&bill), &ours()).1
    });
    let bill = components(10_000);
    let (custody, _) = lay(listed(&bill), &ours());
    assert_eq!((custody.inputs.rows.len(), custody.inputs.pinned), (10_000, 10_000));
}

#[test]
fn five_thousand_pods_of_one_digest() {
    let pods = |count: usize| {
        let pod = |seed: usize| Deployed {
            identity: Some(file(&ours())),
            name: "release".to_owned(),
            place: format!("pod {seed}"),
            observed: true,
        };
        vec![Evidence {
            name: "pods".to_owned(),
            held: Held::Record(Record::Deployed((0..count).map(pod).collect())),
            digests: Vec::new(),
        }]
    };
    grows_linearly("pods", 5_000, |count| lay(pods(count), &ours()).1);
    let (custody, _) = lay(pods(5_000), &ours());
    assert_eq!(custody.graph.nodes.len(), MAX_NODES);
    assert!(custody.graph.edges.len() <= MAX_EDGES);
    assert!(custody.warnings.iter().any(|warning| warning.contains("not drawn")), "{:?}", custody.warnings);
}

/// A purl is a label: it joins rows, and its own digest is held against the one beside it.
#[test]
fn purls_join_rows_and_lies_are_told() {
    let lay = |rows: &[(&str, Option<String>)]| {
        let bills: Vec<_> = rows
            .iter()
            .map(|(purl, hex)| common::bill(&[("tool".to_owned(), (*purl).to_owned(), hex.clone())]))
            .collect();
        lay(bills.iter().flat_map(listed).collect(), &ours()).0
    };
    let plain = "pkg:npm/tool@1";
    // The same purl: one row, which takes the digest of the listing that has one.
    let joined = lay(&[(plain, None), (plain, Some(hex(1)))]);
    assert_eq!(joined.inputs.rows.len(), 1, "{:#?}", joined.inputs);
    assert!(joined.inputs.rows.iter().all(|row| row.digest.ends_with(&hex(1))), "{:#?}", joined.inputs);
    // The same purl and two digests are two things.
    let apart = lay(&[(plain, Some(hex(1))), (plain, Some(hex(2)))]);
    assert_eq!(apart.inputs.rows.len(), 2, "{:#?}", apart.inputs);
    for lie in [
        format!("pkg:generic/tool@1?checksum=sha256:{}", hex(3)),
        format!("pkg:oci/tool@sha256%3A{}?repository_url=touchstone.test", hex(3)),
    ] {
        let told = lay(&[(&lie, Some(hex(1)))]);
        assert!(told.warnings.iter().any(|warning| warning.contains("the digest beside it is another")), "{lie}");
        let quiet = lay(&[(&lie.replace(&hex(3), &hex(1)), Some(hex(1)))]);
        assert_eq!(quiet.warnings, Vec::<String>::new(), "{lie}");
    }
    assert!(joined.graph.edges.iter().all(|edge| !matches!(edge.drawn, Drawn::Match(_))));
}
