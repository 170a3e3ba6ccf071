//! The chain of custody: what a good one answers, and that no forged one is drawn solid (E-55 to E-64).

use crate::common::{
    self, How, OTHER_COMMIT, Piece, SOURCE_SIGNER, STRANGER, World, answer, file, is_proven, is_solid, line,
    provenance, sha256, sha512, solid, statement, stranger, subject,
};
use serde_json::json;
use touchstone_custody::{
    Artifact, Custody, Cut, Deployed, Drawn, Identity, Membership, Record, StageId, StageState, Standing, Strength,
};
use touchstone_testkit::ca::{COMMIT, REPOSITORY, San, WORKFLOW};
use touchstone_testkit::recipe::ARTIFACT;

const SOURCE_BUILD: (StageId, StageId) = (StageId::Source, StageId::Build);
const BUILD_ARTIFACT: (StageId, StageId) = (StageId::Build, StageId::Artifact);
const ARTIFACT_DEPLOY: (StageId, StageId) = (StageId::Artifact, StageId::Deploy);
const DEPLOY_SOURCE: (StageId, StageId) = (StageId::Deploy, StageId::Source);

/// A signed bill of materials says by digest what went in, where the provenance does not; the file alone, signed by nobody, does not.
#[test]
fn a_signed_bill_of_materials_lists_the_inputs() {
    let bill = |digest: &str| {
        let component = json!({ "type": "library", "name": "left-pad", "version": "1.0.0",
            "hashes": [{ "alg": "SHA-256", "content": digest }] });
        let predicate = json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [component] });
        common::piece("bill", WORKFLOW, statement(subject(), "https://cyclonedx.org/bom/v1.6", predicate))
    };
    let world = |bill: Piece| {
        let bare = provenance().how(How::Asked).edit(|said| {
            said["predicate"]["buildDefinition"].as_object_mut().unwrap().remove("resolvedDependencies");
        });
        World::good().instead(bare).with(bill).lay()
    };
    let named = world(bill(&sha256(b"left-pad")));
    assert!(is_proven(&named, "inputs"), "{:?}", answer(&named, "inputs"));
    assert_eq!(answer(&named, "inputs").text, "1 in a bill of materials, 1 pinned by digest");
    for unproven in [bill("00"), stranger(bill(&sha256(b"left-pad"))), bill(&sha256(b"left-pad")).how(How::Unsigned)] {
        let custody = world(unproven);
        assert!(!is_proven(&custody, "inputs"), "{:?}", answer(&custody, "inputs"));
    }
}

#[test]
fn a_good_chain_is_solid_from_end_to_end() {
    let custody = World::good().lay();
    for (from, to) in [SOURCE_BUILD, BUILD_ARTIFACT, ARTIFACT_DEPLOY, DEPLOY_SOURCE] {
        assert!(is_solid(&custody, from, to), "{from:?} to {to:?}: {:#?}", line(&custody, from, to));
    }
    for id in [
        "repository",
        "ref",
        "commit",
        "history",
        "system",
        "recipe",
        "runner",
        "inputs",
        "bytes",
        "signer",
        "time",
        "released",
        "approved",
    ] {
        assert!(is_proven(&custody, id), "{id}: {:#?}", answer(&custody, id));
    }
    for id in ["review", "inputs-complete", "running"] {
        assert!(matches!(answer(&custody, id).strength, Strength::Gap), "{id}");
        assert!(!answer(&custody, id).to_close.is_empty(), "{id}");
    }
    let standings: Vec<Standing> = custody.statements.iter().map(|line| line.standing).collect();
    assert_eq!(standings, [Standing::Named, Standing::Relied, Standing::Relied, Standing::Named]);
    assert!(custody.warnings.is_empty(), "{:?}", custody.warnings);
}

/// A change to the good chain, and the line that must not stay solid.
struct Forgery {
    name: &'static str,
    line: (StageId, StageId),
    world: World,
}

/// Without the summary, the certificate still joins source and build: to forge that line, both must go.
fn source_by_summary_alone() -> World {
    // A certificate that names no source leaves the provenance and the summary.
    World::good().change("provenance", without_certified_source)
}

fn without_certified_source(piece: Piece) -> Piece {
    [3, 5, 6, 12, 13, 14].into_iter().fold(piece, Piece::without)
}

fn forgeries() -> Vec<Forgery> {
    let other_file = sha256(b"another file");
    let named_alike = json!({ "name": "release.tar.gz", "digest": { "sha256": other_file } });
    let other_algorithm = json!({ "name": "release.tar.gz", "digest": { "sha512": sha512(ARTIFACT) } });
    let mut rows = Vec::new();
    let mut row = |name, line, world| rows.push(Forgery { name, line, world });

    // Source to build.
    row(
        "source: name only",
        SOURCE_BUILD,
        source_by_summary_alone().change("summary", |piece| {
            piece.edit(|said| said["subject"][0]["digest"]["gitCommit"] = json!(OTHER_COMMIT))
        }),
    );
    row(
        "source: other algorithm",
        SOURCE_BUILD,
        source_by_summary_alone()
            .change("summary", |piece| piece.edit(|said| said["subject"][0]["digest"] = json!({ "sha1": COMMIT }))),
    );
    row("source: failed", SOURCE_BUILD, source_by_summary_alone().change("summary", |piece| piece.how(How::Failed)));
    row(
        "source: fork",
        SOURCE_BUILD,
        source_by_summary_alone().change("summary", |piece| {
            piece.edit(|said| said["predicate"]["resourceUri"] = json!("git+https://github.com/stranger/beacon"))
        }),
    );
    row("source: unnamed signer", SOURCE_BUILD, source_by_summary_alone().change("summary", stranger));
    row(
        "source: list's name at another branch",
        SOURCE_BUILD,
        source_by_summary_alone().change("summary", |piece| {
            let name = SOURCE_SIGNER.replace("heads/main", "heads/mine");
            let mut piece = piece.claim(9, &name);
            piece.san = San::Uri(name);
            piece
        }),
    );
    row(
        "source: another verifier's id",
        SOURCE_BUILD,
        source_by_summary_alone().change("summary", |piece| {
            piece.edit(|said| said["predicate"]["verifier"]["id"] = json!("https://touchstone.test/verifier"))
        }),
    );
    row("source: one statement only", SOURCE_BUILD, source_by_summary_alone().without("summary"));

    // Build to artifact.
    let build = |name, change: Box<dyn FnOnce(Piece) -> Piece>| Forgery {
        name,
        line: BUILD_ARTIFACT,
        world: World::good().change("provenance", |piece| change(piece.how(How::Further))),
    };
    let alike = named_alike.clone();
    let algorithm = other_algorithm.clone();
    let built = [
        build("build: name only", Box::new(move |piece| piece.edit(|said| said["subject"] = json!([alike])))),
        build("build: other algorithm", Box::new(move |piece| piece.edit(|said| said["subject"] = json!([algorithm])))),
        build("build: failed", Box::new(|piece| piece.how(How::Failed))),
        build("build: unnamed signer", Box::new(stranger)),
        build("build: unsigned", Box::new(|piece| piece.how(How::Unsigned))),
    ];
    for forgery in built {
        row(forgery.name, forgery.line, forgery.world);
    }

    // Artifact to deployment: each of the two statements that draw it, alone.
    for kept in ["release", "approval"] {
        let alone = || World::good().without(if kept == "release" { "approval" } else { "release" });
        let retarget = |to: serde_json::Value| {
            alone().change(kept, |piece| {
                piece.edit(|said| {
                    for subject in said["subject"].as_array_mut().unwrap() {
                        if subject.get("name").is_some() {
                            *subject = to.clone();
                        }
                    }
                })
            })
        };
        row("deploy: name only", ARTIFACT_DEPLOY, retarget(named_alike.clone()));
        row("deploy: other algorithm", ARTIFACT_DEPLOY, retarget(other_algorithm.clone()));
        row("deploy: failed", ARTIFACT_DEPLOY, alone().change(kept, |piece| piece.how(How::Failed)));
        row("deploy: unsigned", ARTIFACT_DEPLOY, alone().change(kept, |piece| piece.how(How::Unsigned)));
        row("deploy: unnamed signer", ARTIFACT_DEPLOY, alone().change(kept, stranger));
    }
    row(
        "deploy: GitHub's name in another instance",
        ARTIFACT_DEPLOY,
        World::good().without("approval").change("release", |mut piece| {
            piece.github = false;
            piece
        }),
    );

    // Release to source: an annotated tag is not the commit (E-59).
    row(
        "release: tag object",
        DEPLOY_SOURCE,
        World::good()
            .change("release", |piece| piece.edit(|said| said["subject"][0]["digest"]["sha1"] = json!(OTHER_COMMIT))),
    );
    row(
        "release: fork",
        DEPLOY_SOURCE,
        World::good()
            .change("release", |piece| piece.edit(|said| said["predicate"]["repository"] = json!("stranger/beacon"))),
    );
    for (name, algorithm) in [("release: other algorithm", "sha512"), ("release: weak algorithm", "md5")] {
        row(
            name,
            DEPLOY_SOURCE,
            World::good().change("release", |piece| {
                piece.edit(|said| said["subject"][0]["digest"] = json!({ algorithm: COMMIT }))
            }),
        );
    }
    row("release: failed", DEPLOY_SOURCE, World::good().change("release", |piece| piece.how(How::Failed)));
    row("release: unnamed signer", DEPLOY_SOURCE, World::good().change("release", stranger));
    rows
}

#[test]
fn no_forged_line_is_solid() {
    let rows = forgeries();
    let solid: Vec<String> = rows
        .iter()
        .filter(|row| {
            let custody = row.world.lay();
            is_solid(&custody, row.line.0, row.line.1)
        })
        .map(|row| row.name.to_owned())
        .collect();
    println!("{} forgeries", rows.len());
    assert!(solid.is_empty(), "drawn solid: {solid:?}");
}

/// The rows above change one thing each: what they start from is solid.
#[test]
fn what_the_forgeries_start_from_is_solid() {
    let custody = source_by_summary_alone().lay();
    assert!(is_solid(&custody, SOURCE_BUILD.0, SOURCE_BUILD.1), "{:#?}", custody.edges);
    let further = World::good().change("provenance", |piece| piece.how(How::Further)).lay();
    assert!(is_solid(&further, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
    assert!(is_solid(&World::good().lay(), DEPLOY_SOURCE.0, DEPLOY_SOURCE.1));
    for kept in ["release", "approval"] {
        let custody = World::good().without(kept).lay();
        assert!(is_solid(&custody, ARTIFACT_DEPLOY.0, ARTIFACT_DEPLOY.1), "{kept}");
    }
}

#[test]
fn a_forged_summary_answers_nothing_about_the_source() {
    for row in forgeries().into_iter().filter(|row| row.name.starts_with("source: ")) {
        let custody = row.world.lay();
        assert!(!is_proven(&custody, "history"), "{}", row.name);
        assert_eq!(custody.levels.source.level, 0, "{}", row.name);
    }
}

#[test]
fn a_commit_in_a_fork_is_shown_dashed_and_warned_of() {
    let custody = source_by_summary_alone()
        .change("summary", |piece| {
            piece.edit(|said| said["predicate"]["resourceUri"] = json!("git+https://github.com/stranger/beacon"))
        })
        .lay();
    let edge = line(&custody, StageId::Source, StageId::Build).unwrap();
    assert!(matches!(edge.drawn, Drawn::Name), "{edge:#?}");
    assert!(edge.why.contains("forks"), "{}", edge.why);
    assert!(custody.warnings.iter().any(|warning| warning.contains("another repository")), "{:?}", custody.warnings);
}

/// E-56 in the picture of everything: a commit is one of its repository.
#[test]
fn a_commit_of_a_fork_is_another_thing_in_the_picture() {
    let fork = "git+https://github.com/stranger/beacon";
    let summary = |piece: Piece| piece.edit(|said| said["predicate"]["resourceUri"] = json!(fork));
    let spoken_of = |custody: &Custody| {
        let lines = solid(custody);
        lines.iter().any(|(from, to, _)| from.contains("summary") && to.contains(&COMMIT[..7]))
    };
    assert!(spoken_of(&World::good().lay()), "{:?}", solid(&World::good().lay()));
    let custody = World::good().change("summary", summary).lay();
    assert!(!spoken_of(&custody), "{:?}", solid(&custody));
    // Provenance of the fork, by somebody who counts: its source is not the good one's.
    let forked = || {
        let mut built =
            [18, 21].into_iter().fold(without_certified_source(provenance()), Piece::without).edit(|said| {
                let build = &mut said["predicate"]["buildDefinition"];
                build["externalParameters"]["workflow"]["repository"] = json!("https://github.com/stranger/beacon");
                build["resolvedDependencies"][0]["uri"] =
                    json!("git+https://github.com/stranger/beacon@refs/heads/main");
            });
        built.name = "forked";
        built
    };
    let custody = World::good().with(forked()).lay();
    let graph = &custody.graph;
    let built = graph.edges.iter().filter(|edge| edge.label == "built from");
    let sources: Vec<&String> = built.map(|edge| &graph.nodes[edge.from].label).collect();
    assert!(sources.iter().any(|from| from.starts_with("stranger/beacon")), "{sources:?}");
    assert!(sources.iter().any(|from| from.starts_with("touchstone-test/beacon")), "{sources:?}");
}

/// E-62: what speaks against the file decides nothing, and is said.
#[test]
fn a_verifier_who_says_no_is_heard() {
    let refuses =
        |piece: Piece| piece.how(How::Failed).edit(|said| said["predicate"]["verificationResult"] = json!("FAILED"));
    let custody = World::good().with(refuses(common::gate(&["SLSA_BUILD_LEVEL_2"]))).lay();
    let told = |custody: &Custody| custody.warnings.iter().any(|warning| warning.contains("did not pass"));
    assert!(told(&custody), "{:?}", custody.warnings);
    // About another file it says nothing here.
    let other = json!([{ "digest": { "sha256": sha256(b"another file") } }]);
    let gate = refuses(common::gate(&["SLSA_BUILD_LEVEL_2"])).edit(|said| said["subject"] = other);
    assert!(!told(&World::good().with(gate).lay()));
}

/// E-5: a parameter that the build type does not define is said; E-67: of a type that nobody knows nothing is read.
#[test]
fn what_a_build_type_does_not_define_is_not_read() {
    let with = |kind: Option<&str>| {
        World::good()
            .change("provenance", |piece| {
                without_certified_source(piece).edit(|said| {
                    let build = &mut said["predicate"]["buildDefinition"];
                    build["externalParameters"]["more"] = json!({ "flag": true });
                    if let Some(kind) = kind {
                        build["buildType"] = json!(kind);
                    }
                })
            })
            .lay()
    };
    let known = with(None);
    assert!(known.warnings.iter().any(|warning| warning.contains("does not define")), "{:?}", known.warnings);
    assert!(is_proven(&known, "repository") && is_proven(&known, "recipe"));
    for kind in [
        "https://touchstone.test/build/v9",
        "https://tekton.dev/chains/v2/slsa",
        "https://tekton.dev/chains/v2/slsa-tekton",
        "tekton.dev/v1/PipelineRun",
        "https://github.com/npm/cli/gitlab/v0alpha1",
    ] {
        let unknown = with(Some(kind));
        for id in ["repository", "commit"] {
            let answer = answer(&unknown, id);
            assert!(matches!(answer.strength, Strength::Gap), "{kind}, {id}: {answer:#?}");
        }
        let said = &unknown.statements[0].says;
        assert!(said.contains(&("Kind of build".to_owned(), kind.to_owned())), "{kind}: {said:?}");
        assert!(unknown.levels.build.level <= 1, "{kind}");
    }
}

#[test]
fn a_tag_object_matches_by_name_only() {
    let custody = World::good()
        .change("provenance", |piece| {
            let workflow = WORKFLOW.replace("refs/heads/main", "refs/tags/v1.2.3");
            let tagged = piece.claim(6, "refs/tags/v1.2.3").claim(14, "refs/tags/v1.2.3").claim(18, &workflow);
            tagged.edit(|said| {
                let build = &mut said["predicate"]["buildDefinition"];
                build["externalParameters"]["workflow"]["ref"] = json!("refs/tags/v1.2.3");
                build["resolvedDependencies"][0]["uri"] = json!(format!("git+{REPOSITORY}@refs/tags/v1.2.3"));
            })
        })
        .change("release", |piece| piece.edit(|said| said["subject"][0]["digest"]["sha1"] = json!(OTHER_COMMIT)))
        .lay();
    let edge = line(&custody, StageId::Deploy, StageId::Source).unwrap();
    assert!(matches!(edge.drawn, Drawn::Name), "{edge:#?}");
    assert_eq!(edge.label, "name match only");
    assert!(edge.why.contains("1111111"), "{}", edge.why);
    let release = custody.statements.iter().find(|line| line.name == "release").unwrap();
    assert!(release.subjects.contains(&format!("git object {OTHER_COMMIT}")), "{:?}", release.subjects);
}

/// E-61: both digests were computed from the bytes at hand, or they are two things.
#[test]
fn digests_of_two_algorithms_are_one_file_only_when_both_were_computed() {
    let by_sha512 = || {
        World::good().change("provenance", |piece| {
            piece.how(How::Further).edit(|said| said["subject"][0]["digest"] = json!({ "sha512": sha512(ARTIFACT) }))
        })
    };
    let both = vec![file(&sha256(ARTIFACT)), Identity::of_file("sha512", &sha512(ARTIFACT)).unwrap()];
    let with = |computed| World {
        artifact: Some(Artifact { name: String::new(), digests: both.clone(), computed }),
        ..by_sha512()
    };
    assert!(is_solid(&with(true).lay(), BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
    assert!(!is_solid(&with(false).lay(), BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
}

/// B-98: a subject that has one digest of the file and denies another is about nothing.
#[test]
fn a_subject_that_denies_a_computed_digest_joins_nothing() {
    let both = vec![file(&sha256(ARTIFACT)), Identity::of_file("sha512", &sha512(ARTIFACT)).unwrap()];
    let world = World {
        artifact: Some(Artifact { name: String::new(), digests: both, computed: true }),
        ..World::good().change("provenance", |piece| {
            piece.how(How::Further).edit(|said| {
                said["subject"][0]["digest"] = json!({ "sha256": sha256(ARTIFACT), "sha512": sha512(b"other") })
            })
        })
    };
    assert!(!is_solid(&world.lay(), BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
}

fn index() -> Identity {
    file(&sha256(b"an index"))
}

fn about_index(piece: Piece) -> Piece {
    piece.how(How::Further).edit(|said| said["subject"][0]["digest"]["sha256"] = json!(sha256(b"an index")))
}

/// E-64, F-22: upwards through bytes that were given, never downwards, never by word.
#[test]
fn an_index_covers_the_manifests_that_its_bytes_list_and_no_others() {
    let about = || World::good().change("provenance", about_index);
    let member = |index: Identity, manifest: Identity| vec![Membership { index, manifest, listed_in: None }];
    let covered = World { memberships: member(index(), file(&sha256(ARTIFACT))), ..about() }.lay();
    assert!(is_solid(&covered, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1), "{:#?}", covered.edges);
    assert!(line(&covered, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1).unwrap().why.contains("index"));
    for (name, memberships) in [
        ("no bytes", Vec::new()),
        ("another manifest", member(index(), file(&sha256(b"other")))),
        ("downwards", member(file(&sha256(ARTIFACT)), index())),
    ] {
        let custody = World { memberships, ..about() }.lay();
        assert!(!is_solid(&custody, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1), "{name}");
    }
}

#[test]
fn circles_end() {
    let circle = vec![
        Membership { index: index(), manifest: file(&sha256(ARTIFACT)), listed_in: None },
        Membership { index: file(&sha256(ARTIFACT)), manifest: index(), listed_in: None },
        Membership { index: index(), manifest: index(), listed_in: None },
    ];
    let custody = World { memberships: circle, ..World::good() }.lay();
    assert!(is_solid(&custody, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
    // A provenance that lists its own subject, and two that list each other's.
    let other = sha256(b"tool");
    let depends = |piece: Piece, on: String| {
        piece.edit(move |said| {
            let listed = said["predicate"]["buildDefinition"]["resolvedDependencies"].as_array_mut().unwrap();
            listed.push(json!({ "name": "tool", "digest": { "sha256": on } }));
        })
    };
    let mut tool = depends(provenance(), sha256(ARTIFACT))
        .edit(|said| said["subject"][0]["digest"]["sha256"] = json!(sha256(b"tool")));
    tool.name = "tool";
    tool.san = San::Uri(WORKFLOW.to_owned());
    let world = World::good().change("provenance", |piece| depends(depends(piece, other), sha256(ARTIFACT))).with(tool);
    let custody = world.lay();
    assert!(custody.inputs.rows.iter().any(|row| row.provenance.is_some()), "{:#?}", custody.inputs);
    let lines = solid(&custody);
    assert!(
        lines.iter().any(|(from, to, _)| from.ends_with(&sha256(b"tool")) && to.ends_with(&sha256(ARTIFACT))),
        "{lines:?}"
    );
}

/// The picture of further things obeys the same rule as the lines between stages.
#[test]
fn inputs_are_drawn_solid_only_by_a_statement_that_counts() {
    let with_tool = |piece: Piece| {
        piece.edit(|said| {
            let listed = said["predicate"]["buildDefinition"]["resolvedDependencies"].as_array_mut().unwrap();
            listed.push(json!({ "name": "tool", "digest": { "sha256": sha256(b"tool") } }));
        })
    };
    let has_tool = |custody: &Custody| solid(custody).iter().any(|(from, ..)| from.ends_with(&sha256(b"tool")));
    assert!(has_tool(&World::good().change("provenance", with_tool).lay()));
    for (name, how) in [("failed", How::Failed), ("unsigned", How::Unsigned)] {
        let custody = World::good().change("provenance", |piece| with_tool(piece).how(how)).lay();
        assert!(!has_tool(&custody), "{name}");
    }
    let custody = World::good().change("provenance", |piece| stranger(with_tool(piece).how(How::Further))).lay();
    assert!(!has_tool(&custody), "unnamed");
}

#[test]
fn pods_are_dashed_by_digest_and_nothing_by_name() {
    let pods = |identity| {
        vec![Deployed {
            identity,
            name: "release.tar.gz".to_owned(),
            place: "namespace web, pod web-1".to_owned(),
            observed: true,
        }]
    };
    let with = |identity| {
        let mut world = World::good().without("release").without("approval");
        world.records.push(("pods.json", Record::Deployed(pods(identity))));
        world.lay()
    };
    let seen = with(Some(file(&sha256(ARTIFACT))));
    assert!(matches!(line(&seen, ARTIFACT_DEPLOY.0, ARTIFACT_DEPLOY.1).unwrap().drawn, Drawn::Name));
    assert!(matches!(answer(&seen, "running").strength, Strength::NameOnly));
    let named = with(None);
    assert!(matches!(line(&named, ARTIFACT_DEPLOY.0, ARTIFACT_DEPLOY.1).unwrap().drawn, Drawn::Gap));
}

/// E-60: by verified times. What a predicate says of its time is a claim.
#[test]
fn a_deployment_older_than_its_build_is_warned_of() {
    let early = World::good().change("approval", |piece| piece.at(-3)).lay();
    assert!(
        early.warnings.iter().any(|warning| warning.contains("before its provenance was signed")),
        "{:?}",
        early.warnings
    );
    let claimed = World::good()
        .change("approval", |piece| {
            piece.edit(|said| said["predicate"]["creationTime"] = json!("2001-01-01T00:00:00Z"))
        })
        .lay();
    assert!(claimed.warnings.is_empty(), "{:?}", claimed.warnings);
}

/// E-63.
#[test]
fn two_sources_of_one_digest_contradict_each_other() {
    let other = || {
        let run = [3, 10, 13, 19].into_iter().fold(provenance(), |piece, arc| piece.claim(arc, OTHER_COMMIT));
        let mut second = run.edit(|said| {
            said["predicate"]["buildDefinition"]["resolvedDependencies"][0]["digest"]["gitCommit"] =
                json!(OTHER_COMMIT);
        });
        second.name = "second";
        second
    };
    let custody = World::good().with(other()).lay();
    assert!(matches!(answer(&custody, "commit").strength, Strength::Contradicted), "{:#?}", answer(&custody, "commit"));
    assert!(custody.warnings.iter().any(|warning| warning.contains("different sources")), "{:?}", custody.warnings);
    // Nobody's word against somebody's is no contradiction.
    let custody = World::good().with(stranger(other())).lay();
    assert!(is_proven(&custody, "commit"));
}

/// E-58: a certificate speaks of the job that signed, and of nothing else.
#[test]
fn a_signature_without_provenance_answers_nothing_about_source_and_build() {
    let custody = World::good()
        .without("provenance")
        .change("approval", |piece| piece.how(How::Asked).claim(23, "production"))
        .lay();
    for id in ["repository", "ref", "commit", "system", "recipe", "runner"] {
        assert!(!is_proven(&custody, id), "{id}");
    }
    let source = custody.stages.first().unwrap();
    assert_eq!(source.answer.matches(" (of the job that signed)").count(), 1, "{}", source.answer);
    assert!(source.answer.ends_with(" (of the job that signed)"), "{}", source.answer);
    assert!(matches!(line(&custody, SOURCE_BUILD.0, SOURCE_BUILD.1).unwrap().drawn, Drawn::Gap));
    assert!(matches!(line(&custody, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1).unwrap().drawn, Drawn::Gap));
    let said = &custody.statements.iter().find(|line| line.name == "approval").unwrap().says;
    assert!(said.iter().any(|(label, value)| label.contains("job that signed") && value == "production"), "{said:?}");
}

#[test]
fn a_rejected_answer_cuts_the_chain() {
    let cut = |artifact: bool| Cut {
        artifact: artifact.then(|| ("one".to_owned(), "other".to_owned())),
        signer: (!artifact).then(|| (WORKFLOW.to_owned(), STRANGER.to_owned())),
        checks: vec!["artifact".to_owned()],
    };
    for is_artifact in [true, false] {
        let custody = World { cut: Some(cut(is_artifact)), ..World::good() }.lay();
        assert!(custody.edges.iter().all(|edge| !matches!(edge.drawn, Drawn::Match(_))), "{:#?}", custody.edges);
        assert_eq!(solid(&custody), Vec::new());
        assert!(custody.stages.iter().all(|stage| stage.answered() == 0));
        assert_eq!((custody.levels.build.level, custody.levels.source.level, custody.levels.draft_level), (0, 0, 0));
        let differs = custody.stages.iter().find(|stage| stage.state == StageState::Differs).unwrap();
        assert_eq!(differs.id, if is_artifact { StageId::Artifact } else { StageId::Source });
    }
}

#[test]
fn without_a_file_the_line_waits() {
    let custody = World { artifact: None, ..World::good().change("provenance", |piece| piece.how(How::Open)) }.lay();
    assert!(
        matches!(line(&custody, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1).unwrap().drawn, Drawn::Wait),
        "{:#?}",
        custody.edges
    );
    assert!(is_solid(&custody, SOURCE_BUILD.0, SOURCE_BUILD.1), "source and build need no file");
    assert!(!is_proven(&custody, "bytes"));
    assert_eq!(custody.levels.build.level, 0);
}

#[test]
fn statements_about_something_else_stand_elsewhere() {
    let mut other = provenance().edit(|said| said["subject"][0]["digest"]["sha256"] = json!(sha256(b"another file")));
    other.name = "other";
    let custody = World::good().with(other).lay();
    assert_eq!(custody.statements.last().unwrap().standing, Standing::Elsewhere);
}

#[test]
fn a_predicate_of_a_known_type_and_the_wrong_shape_says_nothing() {
    let broken = statement(subject(), "https://slsa.dev/provenance/v1", json!({ "buildDefinition": 7 }));
    let custody = World::good()
        .change("provenance", |mut piece| {
            piece.statement = broken;
            // Signed, it would fail the check of its predicate.
            piece.how(How::Unsigned)
        })
        .lay();
    assert!(!is_solid(&custody, BUILD_ARTIFACT.0, BUILD_ARTIFACT.1));
    assert!(custody.warnings.iter().any(|warning| warning.contains("cannot be read")), "{:?}", custody.warnings);
}

#[test]
fn commits_follow_each_other_in_the_picture() {
    let step = |commit: &str, previous: &str| {
        let said = statement(
            json!({ "digest": { "gitCommit": commit } }),
            "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft",
            json!({ "prev_commit": previous, "repo_uri": REPOSITORY, "activity_type": "pr_merge", "actor": "somebody",
                    "branch": "refs/heads/main", "created_on": "2025-06-12T12:00:00Z",
                    "controls": [{ "name": "CONTINUITY_ENFORCED", "since": "2025-01-01T00:00:00Z" }] }),
        );
        common::piece("step", SOURCE_SIGNER, said)
    };
    // A circle: each follows the other.
    let custody = World::good().with(step(COMMIT, OTHER_COMMIT)).with(step(OTHER_COMMIT, COMMIT)).lay();
    let lines = solid(&custody);
    let follows = |from: &str, to: &str| {
        lines.iter().any(|(one, other, label)| *label == "follows" && one.ends_with(from) && other.ends_with(to))
    };
    assert!(follows(OTHER_COMMIT, COMMIT) && follows(COMMIT, OTHER_COMMIT), "{lines:?}");
}

/// A summary of the artifact by a gate that the person relies on, made from these attestations.
fn gate_made_from(names: &[&str]) -> Piece {
    let inputs: Vec<serde_json::Value> =
        names.iter().map(|name| json!({ "digest": { "sha256": common::bytes_of(name) } })).collect();
    common::gate(&["SLSA_BUILD_LEVEL_2"]).edit(|said| said["predicate"]["inputAttestations"] = json!(inputs))
}

fn with_gate(names: &[&str]) -> World {
    let mut world = World::good().with(gate_made_from(names));
    world.verifiers.push(common::gate_pair());
    world
}

/// E-57: a summary is joined to the attestations at hand that it was made from, by the digest of their bytes.
#[test]
fn a_summary_is_joined_to_what_it_was_made_from() {
    let judged = |custody: &Custody| -> Vec<String> {
        solid(custody)
            .into_iter()
            .filter(|(_, _, label)| *label == "judged in")
            .map(|(from, to, _)| from + " " + &to)
            .collect()
    };
    let says = |custody: &Custody, label: &str| -> Option<String> {
        let gate = custody.statements.iter().find(|line| line.name == "gate")?;
        gate.says.iter().find(|(name, _)| name == label).map(|(_, value)| value.clone())
    };
    let custody = with_gate(&["provenance", "not at hand", "neither"]).lay();
    let attestation = file(&common::bytes_of("provenance"));
    assert_eq!(judged(&custody), [format!("{attestation} verification summary")]);
    assert_eq!(says(&custody, "Made from, at hand").as_deref(), Some("provenance"));
    assert_eq!(says(&custody, "Made from, not at hand").as_deref(), Some("2"));
    // By another digest of the same name, and by a gate whose word does not count.
    assert!(judged(&with_gate(&["not at hand"]).lay()).is_empty());
    let unlisted = World::good().with(stranger(gate_made_from(&["provenance"])));
    assert!(judged(&unlisted.lay()).is_empty());
}

/// E-57: and never more. What was judged counts for what it is, whoever judged it.
#[test]
fn what_a_summary_was_made_from_counts_for_no_more() {
    let unknown = || stranger(provenance());
    let told = |custody: &Custody| {
        let standings: Vec<Standing> = custody.statements.iter().map(|line| line.standing).collect();
        let proven: Vec<&str> = custody
            .stages
            .iter()
            .flat_map(|stage| &stage.answers)
            .filter(|answer| matches!(answer.strength, Strength::Proven(_)))
            .map(|answer| answer.id)
            .collect();
        (standings, format!("{proven:?}"), custody.levels.build.level, custody.levels.source.level)
    };
    let world = |names: &[&str]| with_gate(names).instead(unknown());
    assert_eq!(told(&world(&["provenance"]).lay()), told(&world(&[]).lay()));
}

/// E-50: a release lists its assets by name. Another name is said, and the digest still decides.
#[test]
fn the_name_of_an_asset_is_that_of_the_release() {
    let mut renamed = World::good();
    renamed.artifact.as_mut().unwrap().name = "release (1).tar.gz".to_owned();
    let custody = renamed.lay();
    assert_eq!(answer(&custody, "released").text, "v1.2.3 of touchstone-test/beacon, as release.tar.gz");
    assert!(is_proven(&custody, "released") && is_solid(&custody, ARTIFACT_DEPLOY.0, ARTIFACT_DEPLOY.1));
    let warned = custody.warnings.join("\n");
    assert!(warned.contains("as release.tar.gz; the file that you gave is called release (1).tar.gz"), "{warned}");
    // The bytes under two names: either is the asset's.
    let twice = World::good().change("release", |piece| {
        piece.edit(|said| {
            let mut again = subject();
            again["name"] = json!("latest.tar.gz");
            said["subject"].as_array_mut().unwrap().push(again);
        })
    });
    assert!(twice.lay().warnings.is_empty());
    // Nothing is compared where nobody says a name.
    let mut stated = World::good();
    stated.artifact.as_mut().unwrap().name.clear();
    assert!(stated.lay().warnings.is_empty());
}

/// E-50: a release whose package URL names another release than its predicate says nothing.
#[test]
fn a_release_that_names_two_releases_counts_for_none() {
    for (pointer, value) in [
        ("/subject/0/uri", "pkg:github/touchstone-test/beacon@v1.2.4"),
        ("/subject/0/uri", "pkg:github/touchstone-test/other@v1.2.3"),
        ("/predicate/purl", "pkg:github/touchstone-test/beacon@v1.2.3-rc1"),
        ("/predicate/tag", "v1.2.4"),
        ("/predicate/repository", "touchstone-test/other"),
    ] {
        let world = World::good()
            .without("approval")
            .change("release", |piece| piece.edit(|said| *said.pointer_mut(pointer).unwrap() = json!(value)));
        let custody = world.lay();
        assert!(matches!(answer(&custody, "released").strength, Strength::Gap), "{pointer} {value}");
        assert!(!is_solid(&custody, ARTIFACT_DEPLOY.0, ARTIFACT_DEPLOY.1), "{pointer} {value}");
        assert!(line(&custody, DEPLOY_SOURCE.0, DEPLOY_SOURCE.1).is_none(), "{pointer} {value}");
        assert!(custody.warnings.iter().any(|warning| warning.contains("counts for no release")), "{pointer} {value}");
    }
    // Owner and name in other letters are the same (E-3).
    let other_case = World::good().change("release", |piece| {
        piece.edit(|said| said["subject"][0]["uri"] = json!("pkg:github/Touchstone-Test/Beacon@v1.2.3"))
    });
    assert!(is_proven(&other_case.lay(), "released"));
}
