//! The picture of everything: a row for each way to forge one of its lines, and what every kind of statement says.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{
    self, How, OTHER_COMMIT, Piece, SOURCE_SIGNER, World, file, provenance, sha256, sha512, statement, stranger,
};
use serde_json::{Value, json};
use touchstone_custody::{Custody, Drawn, Identity, Membership, Record};
use touchstone_formats::statement::Statement;
use touchstone_testkit::ca::{COMMIT, WORKFLOW};
use touchstone_testkit::recipe::ARTIFACT;

/// A commit of the library that the artifact was built with.
const LIBRARY_COMMIT: &str = "2222222222222222222222222222222222222222";
const LIBRARY: &str = "https://github.com/acme/library";

/// Whether solid lines lead from one thing to another.
fn leads(custody: &Custody, from: &Identity, to: &Identity) -> bool {
    let of = |identity: &Identity| {
        let nodes = custody.graph.nodes.iter().enumerate();
        nodes.filter(|(_, node)| node.identity.as_ref() == Some(identity)).map(|(index, _)| index).collect::<Vec<_>>()
    };
    let mut next: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for edge in custody.graph.edges.iter().filter(|edge| matches!(edge.drawn, Drawn::Match(_))) {
        next.entry(edge.from).or_default().push(edge.to);
    }
    let mut seen = BTreeSet::new();
    let mut queue = of(from);
    while let Some(node) = queue.pop() {
        if seen.insert(node) {
            queue.extend(next.get(&node).into_iter().flatten());
        }
    }
    of(to).iter().any(|node| seen.contains(node))
}

fn lists(piece: Piece, dependency: Value) -> Piece {
    piece.edit(|said| {
        said["predicate"]["buildDefinition"]["resolvedDependencies"].as_array_mut().unwrap().push(dependency);
    })
}

fn about(mut piece: Piece, name: &'static str, subject: Value) -> Piece {
    piece.name = name;
    piece.edit(|said| said["subject"] = json!([subject]))
}

fn sha256_of(bytes: &[u8]) -> Value {
    json!({ "name": "tool", "digest": { "sha256": sha256(bytes) } })
}

/// The artifact was built with a tool, and the tool from a part; each by a provenance that counts.
fn built_with_a_tool() -> World {
    let tool = about(lists(provenance(), sha256_of(b"part")), "tool", sha256_of(b"tool"));
    World::good().change("provenance", |piece| lists(piece, sha256_of(b"tool"))).with(tool)
}

/// The artifact was built with a commit of a library, and a source provenance says what that commit follows.
fn built_with_a_library() -> World {
    let step = statement(
        json!({ "digest": { "gitCommit": LIBRARY_COMMIT } }),
        "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft",
        json!({ "prev_commit": OTHER_COMMIT, "repo_uri": LIBRARY, "activity_type": "pr_merge", "actor": "somebody",
                "branch": "refs/heads/main", "created_on": "2025-06-12T12:00:00Z", "controls": [] }),
    );
    let library = json!({ "uri": format!("git+{LIBRARY}@refs/heads/main"), "digest": { "gitCommit": LIBRARY_COMMIT } });
    World::good().change("provenance", |piece| lists(piece, library)).with(common::piece("step", SOURCE_SIGNER, step))
}

/// The artifact is what a step of a layout made from a tool.
fn made_in_a_step() -> World {
    let link = statement(
        common::subject(),
        "https://in-toto.io/attestation/link/v0.3",
        json!({ "name": "pack", "command": ["tar", "-c"], "materials": [sha256_of(b"tool")],
                "byproducts": { "return-value": 0 }, "environment": {} }),
    );
    World::good().with(common::piece("link", WORKFLOW, link))
}

/// A gate that the person relies on, which judged the provenance.
fn judged() -> World {
    let mut world = World::good().with(common::gate(&["SLSA_BUILD_LEVEL_2"]).edit(|said| {
        said["predicate"]["inputAttestations"] = json!([{ "digest": { "sha256": common::bytes_of("provenance") } }]);
    }));
    world.verifiers.push(common::gate_pair());
    world
}

/// A statement that points at the approval.
fn pointed_at() -> World {
    let reference = statement(
        common::subject(),
        "https://in-toto.io/attestation/reference/v0.1",
        json!({ "attester": { "id": "https://touchstone.test/attester" }, "references": [
            { "downloadLocation": "https://touchstone.test/approval", "digest": { "sha256": common::bytes_of("approval") } },
            { "name": "elsewhere.json", "digest": { "sha256": sha256(b"elsewhere") } } ] }),
    );
    World::good().with(common::piece("reference", WORKFLOW, reference))
}

/// The provenance is about an index that lists the artifact.
fn through_an_index() -> World {
    let mut world = World::good()
        .change("provenance", |piece| lists(about(piece, "provenance", sha256_of(b"index")), sha256_of(b"tool")));
    world = world.change("provenance", |piece| piece.how(How::Further));
    world.memberships =
        vec![Membership { index: file(&sha256(b"index")), manifest: file(&sha256(ARTIFACT)), listed_in: None }];
    world
}

/// Name, the world, whose statement, where in it the document is listed, which document.
type OfDocument = (&'static str, fn() -> World, &'static str, &'static str, &'static str);

/// What leads where, in a world that is good.
struct Line {
    name: &'static str,
    from: Identity,
    to: Identity,
    world: fn() -> World,
    forgeries: Vec<(&'static str, World)>,
}

/// A statement with one of its own changes.
fn changed(world: World, name: &str, change: impl FnOnce(Piece) -> Piece) -> World {
    world.change(name, change)
}

/// The ways to lose a statement's word, which are the same for every line.
fn worthless(world: fn() -> World, name: &'static str) -> Vec<(&'static str, World)> {
    vec![
        ("failed", changed(world(), name, |piece| piece.how(How::Failed))),
        ("unsigned", changed(world(), name, |piece| piece.how(How::Unsigned))),
        ("unnamed signer", changed(world(), name, stranger)),
    ]
}

fn dependency(world: fn() -> World, name: &str, index: usize, value: Value) -> World {
    changed(world(), name, |piece| {
        piece.edit(move |said| said["predicate"]["buildDefinition"]["resolvedDependencies"][index] = value)
    })
}

#[expect(clippy::too_many_lines, reason = "one table")]
fn lines() -> Vec<Line> {
    let artifact = file(&sha256(ARTIFACT));
    let git = |hex: &str| Identity::of_git(hex).unwrap();
    let named = json!({ "name": "tool", "uri": "https://touchstone.test/tool" });
    let other_file = json!({ "name": "tool", "digest": { "sha256": sha256(b"another tool") } });
    let other_algorithm = json!({ "name": "tool", "digest": { "sha512": sha512(b"tool") } });
    let mut lines = Vec::new();

    let mut forgeries = worthless(built_with_a_tool, "tool");
    forgeries.extend(worthless(built_with_a_tool, "provenance"));
    for (how, value) in [
        ("name only", named.clone()),
        ("name only, other digest", other_file.clone()),
        ("other algorithm", other_algorithm.clone()),
    ] {
        forgeries.push((how, dependency(built_with_a_tool, "provenance", 1, value)));
    }
    lines.push(Line {
        name: "input of an input",
        from: file(&sha256(b"part")),
        to: artifact.clone(),
        world: built_with_a_tool,
        forgeries,
    });

    let mut forgeries = worthless(built_with_a_library, "step");
    let library = |uri: &str, digest: Value| json!({ "uri": uri, "digest": digest });
    let at = format!("git+{LIBRARY}@refs/heads/main");
    for (how, value) in [
        ("name only", library(&at, json!({ "gitCommit": COMMIT }))),
        ("other algorithm", library(&at, json!({ "md5": LIBRARY_COMMIT }))),
        (
            "fork",
            library("git+https://github.com/stranger/library@refs/heads/main", json!({ "gitCommit": LIBRARY_COMMIT })),
        ),
    ] {
        forgeries.push((how, dependency(built_with_a_library, "provenance", 1, value)));
    }
    for (how, pointer, value) in [
        ("fork of the step", "/predicate/repo_uri", json!("https://github.com/stranger/library")),
        ("step by name only", "/subject/0/digest/gitCommit", json!(COMMIT)),
        ("step of another algorithm", "/subject/0/digest", json!({ "sha1": LIBRARY_COMMIT })),
        ("follows another", "/predicate/prev_commit", json!(COMMIT)),
    ] {
        forgeries.push((
            how,
            changed(built_with_a_library(), "step", |piece| {
                piece.edit(|said| *said.pointer_mut(pointer).unwrap() = value)
            }),
        ));
    }
    lines.push(Line {
        name: "commit before",
        from: git(OTHER_COMMIT),
        to: artifact.clone(),
        world: built_with_a_library,
        forgeries,
    });

    let mut forgeries = worthless(made_in_a_step, "link");
    for (how, value) in
        [("name only", named), ("name only, other digest", other_file), ("other algorithm", other_algorithm)]
    {
        forgeries.push((
            how,
            changed(made_in_a_step(), "link", |piece| piece.edit(|said| said["predicate"]["materials"][0] = value)),
        ));
    }
    for (how, value) in [
        ("product by name only", json!({ "sha256": sha256(b"another") })),
        ("product of another algorithm", json!({ "sha512": sha512(ARTIFACT) })),
    ] {
        forgeries.push((
            how,
            changed(made_in_a_step(), "link", |piece| piece.edit(|said| said["subject"][0]["digest"] = value)),
        ));
    }
    lines.push(Line {
        name: "material of a step",
        from: file(&sha256(b"tool")),
        to: artifact.clone(),
        world: made_in_a_step,
        forgeries,
    });

    let of_documents: [OfDocument; 2] = [
        ("judged", judged, "gate", "/predicate/inputAttestations/0", "provenance"),
        ("pointed at", pointed_at, "reference", "/predicate/references/0", "approval"),
    ];
    for (name, world, statement, list, document) in of_documents {
        let mut forgeries = worthless(world, statement);
        for (how, value) in [
            ("name only", json!({ "name": document, "uri": document, "digest": { "sha256": sha256(b"another") } })),
            ("other algorithm", json!({ "digest": { "sha512": sha512(b"the file") } })),
            ("digest of another kind", json!({ "digest": { "gitCommit": common::bytes_of(document) } })),
        ] {
            forgeries.push((
                how,
                changed(world(), statement, |piece| piece.edit(|said| *said.pointer_mut(list).unwrap() = value)),
            ));
        }
        forgeries.push((
            "about another file",
            changed(world(), statement, |piece| {
                piece.edit(|said| said["subject"] = json!([sha256_of(b"another file")]))
            }),
        ));
        lines.push(Line { name, from: file(&common::bytes_of(document)), to: artifact.clone(), world, forgeries });
    }

    let mut forgeries = worthless(through_an_index, "provenance");
    for (how, index, manifest) in [
        ("another index", file(&sha256(b"another index")), artifact.clone()),
        ("another manifest", file(&sha256(b"index")), file(&sha256(b"another manifest"))),
        ("other algorithm", file(&sha256(b"index")), Identity::of_file("sha512", &sha512(ARTIFACT)).unwrap()),
    ] {
        forgeries.push((
            how,
            World { memberships: vec![Membership { index, manifest, listed_in: None }], ..through_an_index() },
        ));
    }
    lines.push(Line { name: "index", from: file(&sha256(b"tool")), to: artifact, world: through_an_index, forgeries });
    lines
}

#[test]
fn every_line_of_the_picture_is_solid_when_it_is_good() {
    for line in lines() {
        let custody = (line.world)().lay();
        assert!(leads(&custody, &line.from, &line.to), "{}: {:#?}", line.name, custody.graph);
    }
}

#[test]
fn no_forged_line_of_the_picture_is_solid() {
    let mut solid = Vec::new();
    let mut rows = 0;
    for line in lines() {
        for (how, world) in &line.forgeries {
            rows += 1;
            if leads(&world.lay(), &line.from, &line.to) {
                solid.push(format!("{}: {how}", line.name));
            }
        }
    }
    println!("{rows} forgeries");
    assert!(solid.is_empty(), "drawn solid: {solid:?}");
}

/// What a kind of statement about the artifact says, as rows.
fn told(predicate_type: &str, predicate: Value) -> (String, Vec<(String, String)>) {
    let mut world = World::good();
    let said = statement(common::subject(), predicate_type, predicate);
    let said: &'static Statement = Box::leak(Box::new(Statement::parse(said.to_string().as_bytes()).unwrap()));
    world.records.push(("said.json", Record::Statement(said)));
    let custody = world.lay();
    let line = custody.statements.iter().find(|line| line.name == "said.json").unwrap();
    (line.kind.clone(), line.says.clone())
}

/// Type of the predicate, the predicate, its kind in words, and what is told of it.
type Told<'t> = (&'t str, Value, &'t str, &'t [(&'t str, &'t str)]);

/// E-52: what they say is shown; nothing follows from it.
#[test]
fn statements_that_decide_nothing_are_told() {
    let many: Vec<String> = (0..12).map(|number| format!("test-{number}")).collect();
    let cves: Vec<Value> = (0..12)
        .map(|number| json!({ "vulnerability": { "name": format!("CVE-{number}") }, "products": [{ "@id": "pkg:a/b" }], "status": "fixed" }))
        .collect();
    let attributes: Vec<Value> = (0..12)
        .map(|number| json!({ "attribute": format!("A{number}"), "target": { "name": "T" }, "evidence": { "uri": "https://e" } }))
        .collect();
    let rows: [Told<'_>; 9] = [
        (
            "https://in-toto.io/attestation/test-result/v0.1",
            json!({ "result": "WARNED", "configuration": [{ "name": "suite", "uri": "https://s" }], "url": "https://t", "passedTests": many,
                    "warnedTests": ["slow"], "failedTests": [] }),
            "test result",
            &[
                ("Result", "WARNED"),
                (
                    "Passed",
                    "test-0, test-1, test-2, test-3, test-4, test-5, test-6, test-7, test-8, test-9, and 2 more",
                ),
                ("Passed with a warning", "slow"),
                ("Configuration", "suite"),
                ("Address of the results", "https://t"),
            ],
        ),
        (
            "https://in-toto.io/attestation/link/v0.3",
            json!({ "name": "pack", "command": ["tar", "-c"], "materials": [{ "uri": "in", "digest": { "sha256": sha256(b"in") } }],
                    "byproducts": { "return-value": 0 } }),
            "in-toto link",
            &[("Step", "pack"), ("Command", "tar -c"), ("Materials", "in"), ("return-value", "0")],
        ),
        (
            "https://in-toto.io/attestation/scai/v0.3",
            json!({ "attributes": attributes[..1] }),
            "SCAI attributes",
            &[("Attribute", "A0"), ("Of", "T"), ("Evidence that it names", "https://e")],
        ),
        (
            "https://in-toto.io/attestation/vulns/v0.2",
            json!({ "scanner": { "uri": "https://scan", "version": "1", "db": {},
                                 "result": [{ "id": "CVE-1", "severity": [{ "method": "cvss", "score": "7.5" }] }, { "id": "CVE-2" }] },
                    "metadata": { "scanStartedOn": "x", "scanFinishedOn": "2025-06-12T12:00:00Z" } }),
            "vulnerability scan",
            &[
                ("Scanner", "https://scan 1"),
                ("Finished at, as claimed", "2025-06-12T12:00:00Z"),
                ("Found", "CVE-1 (cvss 7.5), CVE-2"),
            ],
        ),
        (
            "https://openvex.dev/ns/v0.2.0",
            json!({ "statements": cves[..1] }),
            "OpenVEX document",
            &[("CVE-0", "fixed, pkg:a/b")],
        ),
        (
            "https://in-toto.io/attestation/runtime-trace/v0.1",
            json!({ "monitor": { "type": "https://tetragon" }, "monitorLog": { "network": [{}, {}], "process": null } }),
            "runtime trace",
            &[("Monitor", "https://tetragon"), ("Logged", "network (2)")],
        ),
        (
            "https://in-toto.io/attestation/reference/v0.1",
            json!({ "references": [ { "name": "a", "digest": { "sha256": common::bytes_of("approval") } },
                                    { "name": "elsewhere.json", "digest": { "sha256": sha256(b"elsewhere") } } ] }),
            "reference",
            &[("Points at, at hand", "approval"), ("Points at, not at hand", "elsewhere.json")],
        ),
        (
            "https://slsa.dev/publish/v0.1",
            json!({ "creationTime": "2025-06-12T12:00:00Z", "package": { "name": "p", "registry": "r", "version": "1" },
                    "properties": { "slsa.dev/build/level": 3 } }),
            "publish approval",
            &[
                ("Package", "p"),
                ("Version", "1"),
                ("Registry", "r"),
                ("Build level, as claimed", "3"),
                ("Decided at, as claimed", "2025-06-12T12:00:00Z"),
            ],
        ),
        (
            "https://in-toto.io/attestation/svr/v0.2",
            json!({ "verifier": { "id": "https://v", "policies": [] }, "timeCreated": "2025-06-12T12:00:00Z", "properties": ["a", "b"] }),
            "verification result",
            &[("Verifier", "https://v"), ("Properties", "a, b")],
        ),
    ];
    for (predicate_type, predicate, kind, expected) in rows {
        let (found, says) = told(predicate_type, predicate);
        assert_eq!(found, kind, "{predicate_type}");
        let says: Vec<(&str, &str)> = says.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(says, expected, "{predicate_type}");
    }
    // What has no row is counted.
    for (predicate_type, predicate, name) in [
        ("https://openvex.dev/ns/v0.2.0", json!({ "statements": cves }), "Statements"),
        ("https://in-toto.io/attestation/scai/v0.3", json!({ "attributes": attributes }), "Attributes"),
    ] {
        let (_, says) = told(predicate_type, predicate);
        assert_eq!(says.last().unwrap(), &(name.to_owned(), "12".to_owned()), "{predicate_type}");
    }
}

/// The materials of a step are inputs; the word of somebody whom nobody named adds none.
#[test]
fn materials_of_a_step_are_inputs() {
    let listed = |world: World| {
        let custody = world.lay();
        custody.inputs.rows.iter().any(|row| row.listed == ["in-toto link"] && row.digest.ends_with(&sha256(b"tool")))
    };
    assert!(listed(made_in_a_step()));
    for (how, world) in worthless(made_in_a_step, "link") {
        assert!(!listed(world), "{how}");
    }
}

/// E-65: BuildKit's source is told, as the claim that it is.
#[test]
fn the_source_of_an_image_by_buildkit_is_a_claim() {
    let mut world = World::empty();
    let commit = "4b220de5058abfd01ff619c9d2ff6b09a049bea0";
    let uri = "https://github.com/acme/app.git#refs/tags/v1";
    let said = statement(
        common::subject(),
        "https://slsa.dev/provenance/v0.2",
        json!({ "builder": { "id": "" }, "buildType": "https://mobyproject.org/buildkit@v1",
                "invocation": { "configSource": { "uri": uri, "digest": { "sha1": commit }, "entryPoint": "Dockerfile" } },
                "materials": [{ "uri": uri, "digest": { "sha1": commit } }] }),
    );
    let said: &'static Statement = Box::leak(Box::new(Statement::parse(said.to_string().as_bytes()).unwrap()));
    world.records.push(("buildkit.json", Record::Statement(said)));
    let custody = world.lay();
    for (id, expected) in [("repository", "https://github.com/acme/app"), ("ref", "refs/tags/v1"), ("commit", commit)] {
        let answer = common::answer(&custody, id);
        assert_eq!(answer.text, expected, "{answer:#?}");
        assert!(!common::is_proven(&custody, id), "{id}");
    }
    let sources = custody.graph.nodes.iter().filter(|node| node.label.starts_with("acme/app")).count();
    assert_eq!(sources, 1, "{:#?}", custody.graph.nodes);
    assert!(custody.levels.build.level <= 1);
}

/// B-98: a subject that has one digest of the file and denies another is about nothing, in the picture as well.
#[test]
fn a_statement_that_denies_a_digest_of_the_file_is_not_drawn() {
    let denying = |hex: String| {
        let mut world = World::good()
            .change("approval", move |piece| piece.edit(|said| said["subject"][0]["digest"]["sha512"] = json!(hex)));
        let own = Identity::of_file("sha512", &sha512(ARTIFACT)).unwrap();
        world.artifact.as_mut().unwrap().digests.push(own);
        world.lay().graph.nodes.iter().any(|node| node.label == "deployment approval")
    };
    assert!(denying(sha512(ARTIFACT)));
    assert!(!denying("0".repeat(128)));
}

/// E-62: what failed a check, or lacks a proof, is joined by no solid line, even where a summary that counts lists it.
#[test]
fn a_document_without_a_proof_is_joined_by_no_solid_line() {
    let from = file(&common::bytes_of("approval"));
    let to = file(&sha256(ARTIFACT));
    let world = |how| pointed_at().change("approval", |piece| piece.how(how));
    assert!(leads(&world(How::Further).lay(), &from, &to));
    assert!(!leads(&world(How::Failed).lay(), &from, &to));
}

/// E-31, in a build type that nothing compares: the strip says that the commit differs, and so does the picture.
#[test]
fn a_source_that_the_certificate_contradicts_is_not_solid() {
    let built = |commit: &'static str| {
        let old = common::old_provenance().how(How::Asked).edit(|said| {
            said["predicate"]["invocation"]["configSource"]["digest"]["sha1"] = json!(commit);
            said["predicate"]["materials"][0]["digest"]["sha1"] = json!(commit);
        });
        let custody = World::good().instead(old).without("summary").without("release").lay();
        leads(&custody, &Identity::of_git(commit).unwrap(), &file(&sha256(ARTIFACT)))
    };
    assert!(built(COMMIT));
    assert!(!built(OTHER_COMMIT));
}

/// The column is that of what a statement speaks of.
#[test]
fn a_statement_stands_in_the_column_of_its_kind() {
    let column = |predicate_type: &str, predicate: Value| {
        let said = statement(common::subject(), predicate_type, predicate);
        let custody = World::good().with(common::piece("more", WORKFLOW, said)).lay();
        let place = custody.statements.iter().position(|line| line.name == "more").unwrap();
        let edge = custody.graph.edges.iter().find(|edge| edge.statement == Some(place)).unwrap();
        format!("{:?}", custody.graph.nodes[edge.from].stage)
    };
    let passed = json!({ "result": "FAILED", "configuration": [] });
    assert_eq!(column("https://in-toto.io/attestation/test-result/v0.1", passed), "Build");
    let bill = json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "components": [] });
    assert_eq!(column("https://cyclonedx.org/bom", bill), "Artifact");
    assert_eq!(column("https://touchstone.test/unknown", json!({})), "Artifact");
    let approval = json!({ "creationTime": "2025-06-12T12:00:00Z", "scopes": {} });
    assert_eq!(column("https://slsa.dev/deployment/v0.1", approval), "Deploy");
}

/// E-46: a source summary says for which refs it holds; another branch than the build's is said.
#[test]
fn the_refs_of_a_source_summary_are_told() {
    let with = |refs: Value| {
        World::good()
            .change("summary", |piece| {
                piece.edit(|said| said["subject"][0]["annotations"] = json!({ "source_refs": refs }))
            })
            .lay()
    };
    let warned = |custody: &Custody| custody.warnings.iter().any(|warning| warning.contains("the build was for"));
    let step = |custody: &Custody| custody.levels.source.steps[3].reason.clone();
    let same = with(json!(["refs/heads/main"]));
    assert!(!warned(&same) && step(&same).contains(" on refs/heads/main"), "{}", step(&same));
    let says = &same.statements.iter().find(|line| line.name == "summary").unwrap().says;
    assert!(says.contains(&("Branch or tag".to_owned(), "refs/heads/main".to_owned())), "{says:?}");
    assert!(warned(&with(json!(["refs/heads/evil"]))));
    assert!(!warned(&with(json!(["refs/heads/evil", "refs/heads/main"]))));
    assert!(!warned(&with(json!(["refs/tags/v1.2.3"]))));
}

/// The same for a certificate that names a repository and no commit, or the reverse (C.3): nothing rests on a source that it
/// contradicts, and no level either.
#[test]
fn nothing_rests_on_a_source_that_the_certificate_contradicts() {
    let (victim, commit) = ("https://github.com/victim/app", OTHER_COMMIT);
    for without in [&[][..], &[3, 13], &[5, 12]] {
        let forged = common::old_provenance().how(How::Asked).edit(|said| {
            for at in ["/predicate/invocation/configSource", "/predicate/materials/0"] {
                *said.pointer_mut(at).unwrap() =
                    json!({ "uri": format!("git+{victim}@refs/heads/main"), "digest": { "sha1": commit } });
            }
        });
        let forged = without.iter().fold(forged, |piece, arc| piece.without(*arc));
        let summary = common::summary().edit(|said| {
            said["subject"][0]["digest"]["gitCommit"] = json!(commit);
            said["predicate"]["resourceUri"] = json!(format!("git+{victim}"));
        });
        let custody = World::good().without("release").instead(forged).instead(summary).lay();
        assert_eq!(custody.levels.source.level, 0, "{without:?}");
        assert!(!common::is_proven(&custody, "history"), "{without:?}");
        let (source, build) = (touchstone_custody::StageId::Source, touchstone_custody::StageId::Build);
        assert!(!common::is_solid(&custody, source, build), "{without:?}: {:#?}", custody.edges);
        assert!(!leads(&custody, &Identity::of_git(commit).unwrap(), &file(&sha256(ARTIFACT))), "{without:?}");
    }
}

/// A list of the same document many times is one document, and is drawn once.
#[test]
fn a_document_that_is_listed_often_is_one() {
    let world = pointed_at().change("reference", |piece| {
        piece.edit(|said| {
            let listed = said["predicate"]["references"].as_array_mut().unwrap();
            let again = listed[0].clone();
            listed.extend(std::iter::repeat_n(again, 5_000));
        })
    });
    let custody = world.lay();
    assert_eq!(custody.graph.edges.iter().filter(|edge| edge.label == "pointed at by").count(), 1);
    let says = &custody.statements.iter().find(|line| line.name == "reference").unwrap().says;
    assert_eq!(says[0], ("Points at, at hand".to_owned(), "approval".to_owned()));
    assert!(custody.warnings.is_empty(), "{:?}", custody.warnings);
}
