//! Levels: for each requirement of the first draft and each level of v1.2 a case that meets it, one that does not, one
//! that cannot be known, as far as attestations can show each (E.3, E.3.1, E.6). Unknown never counts as met.

use crate::common::{
    self, BUILDER, How, OTHER_COMMIT, Piece, World, gate, gate_pair, old_provenance, provenance, stranger, summary_of,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use touchstone_custody::{Artifact, Custody, Met};
use touchstone_testkit::ca::{COMMIT, REPOSITORY, San, WORKFLOW};

/// Another workflow of the same repository as [`WORKFLOW`].
const NIGHTLY: &str = "https://github.com/touchstone-test/beacon/.github/workflows/nightly.yml@refs/heads/main";

/// A workflow that signs the digests that it is handed.
const GENERATOR: &str = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml@refs/tags/v2.1.0";

/// One case: of which requirement or level, what must come out, and the world.
struct Case {
    of: &'static str,
    want: Met,
    world: World,
}

fn state(custody: &Custody, of: &str) -> Met {
    let step = |ladder: &touchstone_custody::Ladder, level: &str| {
        ladder.steps.iter().find(|step| step.level.to_string() == level).expect("a rung").state
    };
    match of.split_once(" L") {
        Some(("Build", level)) => step(&custody.levels.build, level),
        Some(("Source", level)) => step(&custody.levels.source, level),
        _ => custody.levels.draft.iter().find(|row| row.id == of).expect("a requirement").state,
    }
}

fn edited(change: impl FnOnce(&mut Value)) -> World {
    World::good().instead(provenance().how(How::Asked).edit(change))
}

fn older(change: impl FnOnce(&mut Value)) -> World {
    World::good().instead(old_provenance().how(How::Asked).edit(change))
}

fn changed(change: impl FnOnce(Piece) -> Piece) -> World {
    World::good().change("provenance", change)
}

/// Built by a reusable workflow that the builder list names.
fn listed(level: u8) -> World {
    World { listed: vec![(BUILDER, level)], ..changed(by_builder) }
}

fn by_builder(mut piece: Piece) -> Piece {
    piece.san = San::Uri(BUILDER.to_owned());
    piece
        .claim(9, BUILDER)
        .how(How::Further)
        .edit(|said| said["predicate"]["runDetails"]["builder"]["id"] = json!(BUILDER))
}

/// [`listed`], with provenance v0.2.
fn listed_older(change: impl FnOnce(&mut Value)) -> World {
    let mut piece = old_provenance();
    piece.san = San::Uri(BUILDER.to_owned());
    let piece = piece.claim(9, BUILDER).edit(|said| said["predicate"]["builder"]["id"] = json!(BUILDER)).edit(change);
    World { listed: vec![(BUILDER, 3)], ..World::good().instead(piece) }
}

/// On a machine of the project's own, and honest about it.
fn self_hosted(piece: Piece) -> Piece {
    piece.claim(11, "self-hosted").edit(|said| {
        said["predicate"]["buildDefinition"]["internalParameters"]["github"]["runner_environment"] =
            json!("self-hosted");
    })
}

/// In a job in which somebody had a shell (C-7). GitHub has none of that name; the extension means the same for all.
fn with_a_shell(piece: Piece) -> Piece {
    piece.claim(11, "ssh-rerun").edit(|said| {
        said["predicate"]["buildDefinition"]["internalParameters"]["github"]["runner_environment"] = json!("ssh-rerun");
    })
}

/// BuildKit's statement, which somebody signed: its builder has no name (E-65).
fn buildkit() -> World {
    older(|said| {
        said["predicate"]["buildType"] = json!("https://mobyproject.org/buildkit@v1");
        said["predicate"]["builder"]["id"] = json!("");
    })
}

/// A workflow that another workflow of the project calls, and that nobody lists (C-8).
fn by_called_workflow(piece: Piece) -> Piece {
    let caller = WORKFLOW.replace("release.yml", "caller.yml");
    piece.claim(18, &caller).edit(|said| {
        said["predicate"]["buildDefinition"]["externalParameters"]["workflow"]["path"] =
            json!(".github/workflows/caller.yml");
    })
}

fn by_person(mut piece: Piece) -> Piece {
    piece.key = false;
    piece.san = San::Email("jane@touchstone.test".to_owned());
    [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24].into_iter().fold(piece, Piece::without)
}

fn by_key(mut piece: Piece) -> Piece {
    piece.key = true;
    piece.how(How::Further)
}

fn no_file() -> World {
    World { artifact: None, ..changed(|piece| piece.how(How::Open)) }
}

fn nothing() -> World {
    World::empty()
}

fn source(levels: &[&str]) -> World {
    World::good().instead(summary_of(levels))
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    use Met::{Met as Yes, NotMet as No, Unknown};
    let rows: Vec<(&'static str, Met, World)> = vec![
        // v1.2, Build.
        ("Build L0", Yes, nothing()),
        ("Build L1", Yes, World::good()),
        ("Build L1", Yes, changed(|piece| piece.how(How::Unsigned))),
        ("Build L1", No, nothing()),
        ("Build L1", No, changed(|piece| piece.how(How::Failed))),
        ("Build L1", Unknown, no_file()),
        ("Build L2", Yes, World::good()),
        ("Build L2", Yes, listed(3)),
        ("Build L2", No, changed(self_hosted)),
        ("Build L2", No, changed(|piece| piece.how(How::Unsigned))),
        ("Build L2", No, changed(stranger)),
        ("Build L2", No, nothing()),
        ("Build L2", Unknown, changed(|piece| piece.without(11))),
        ("Build L2", Unknown, changed(by_key)),
        // A kind of build that nobody lists (E-7), and one of which the certificate confirms nothing.
        ("Build L2", Unknown, older(|_| {})),
        ("Build L2", Unknown, bare()),
        ("Build L3", Yes, listed(3)),
        ("Build L3", Yes, World { verifiers: vec![gate_pair()], ..World::good().with(gate(&["SLSA_BUILD_LEVEL_3"])) }),
        ("Build L3", No, World::good()),
        ("Build L3", No, World::good().with(gate(&["SLSA_BUILD_LEVEL_3"]))),
        // Drafts are shown and not trusted (E.7); the track has no higher level; another resource is another decision (E-49).
        ("Build L3", No, gated(draft(gate(&["SLSA_BUILD_LEVEL_3"])), None)),
        ("Build L3", No, gated(gate(&["SLSA_BUILD_LEVEL_9"]), None)),
        ("Build L3", No, gated(gate(&["SLSA_BUILD_LEVEL_3"]), Some("https://touchstone.test/staging"))),
        ("Build L3", Yes, gated(gate(&["SLSA_BUILD_LEVEL_3"]), Some("https://touchstone.test/production"))),
        ("Build L3", No, listed(2)),
        ("Build L3", Unknown, changed(by_key)),
        ("Build L3", Unknown, changed(by_called_workflow)),
        // v1.2, Source.
        ("Source L0", Yes, nothing()),
        ("Source L1", Yes, source(&["SLSA_SOURCE_LEVEL_1"])),
        ("Source L1", No, source(&["SLSA_SOURCE_LEVEL_0"])),
        ("Source L1", Unknown, World::good().without("summary")),
        ("Source L2", Yes, source(&["SLSA_SOURCE_LEVEL_2"])),
        ("Source L2", No, source(&["SLSA_SOURCE_LEVEL_1"])),
        ("Source L2", Unknown, source(&["SLSA_SOURCE_LEVEL_UNEVALUATED"])),
        ("Source L3", Yes, source(&["SLSA_SOURCE_LEVEL_3"])),
        ("Source L3", No, source(&["SLSA_SOURCE_LEVEL_2"])),
        ("Source L3", Unknown, World::good().without("summary")),
        ("Source L4", Yes, source(&["SLSA_SOURCE_LEVEL_4"])),
        ("Source L4", No, source(&["SLSA_SOURCE_LEVEL_3"])),
        ("Source L4", Unknown, World::good().without("summary")),
        // Of another branch than the build was for (E-46), and a draft (E.7).
        ("Source L3", Unknown, World::good().instead(on_another_branch(summary_of(&["SLSA_SOURCE_LEVEL_3"])))),
        ("source-history", Unknown, World::good().instead(on_another_branch(summary_of(&["SLSA_SOURCE_LEVEL_3"])))),
        ("Source L3", Unknown, World::good().instead(draft(summary_of(&["SLSA_SOURCE_LEVEL_3"])))),
        // v0.1, Source.
        ("source-version-controlled", Yes, World::good()),
        (
            "source-version-controlled",
            No,
            older(|said| {
                said["predicate"]["invocation"]["configSource"] =
                    json!({ "uri": "gs://bucket/source.tgz", "entryPoint": "build.sh" });
                said["predicate"]["materials"] = json!([]);
            })
            .change("provenance", |piece| [3, 5, 6, 12, 13, 14].into_iter().fold(piece, Piece::without)),
        ),
        ("source-version-controlled", Unknown, nothing()),
        ("source-history", Yes, source(&["SLSA_SOURCE_LEVEL_2"])),
        ("source-history", No, source(&["SLSA_SOURCE_LEVEL_1"])),
        ("source-history", Unknown, World::good().without("summary")),
        ("source-retained", Yes, source(&["SLSA_SOURCE_LEVEL_2", "SLSA_SOURCE_ORG_SAFE_EXPUNGE"])),
        ("source-retained", No, source(&["SLSA_SOURCE_LEVEL_1"])),
        ("source-retained", Unknown, World::good().without("summary")),
        ("source-two-person", Yes, source(&["SLSA_SOURCE_LEVEL_3", "SLSA_SOURCE_TWO_PARTY_REVIEWED"])),
        ("source-two-person", Yes, source(&["SLSA_SOURCE_LEVEL_4"])),
        ("source-two-person", No, source(&["SLSA_SOURCE_LEVEL_3"])),
        ("source-two-person", Unknown, World::good().without("summary")),
        // v0.1, Build.
        ("build-scripted", Yes, World::good()),
        (
            "build-scripted",
            No,
            edited(|said| {
                said["predicate"]["buildDefinition"]["buildType"] = json!("https://touchstone.test/by-hand");
                said["predicate"]["buildDefinition"]["externalParameters"] = json!({});
            }),
        ),
        ("build-scripted", Unknown, nothing()),
        ("build-service", Yes, World::good()),
        ("build-service", No, changed(self_hosted)),
        ("build-service", Unknown, changed(|piece| piece.without(11))),
        ("build-as-code", Yes, World::good()),
        ("build-as-code", No, changed(|piece| piece.claim(19, OTHER_COMMIT))),
        // An entry point that is only a part of the workflow's address names no instructions.
        (
            "build-as-code",
            No,
            older(|said| said["predicate"]["invocation"]["configSource"]["entryPoint"] = json!("release")),
        ),
        ("build-as-code", Unknown, changed(by_key)),
        // Only the builder list can say so: nothing shows that a build was not isolated.
        ("build-isolated", Yes, listed(3)),
        ("build-isolated", No, changed(with_a_shell)),
        (
            "build-isolated",
            No,
            World { listed: vec![(BUILDER, 3)], ..changed(|piece| with_a_shell(by_builder(piece))) },
        ),
        ("build-service", No, changed(with_a_shell)),
        ("Build L2", No, changed(with_a_shell)),
        ("Build L3", No, World { listed: vec![(BUILDER, 3)], ..changed(|piece| with_a_shell(by_builder(piece))) }),
        ("build-isolated", Unknown, World::good()),
        ("build-parameterless", Yes, World::good()),
        ("build-parameterless", Yes, older(|_| {})),
        (
            "build-parameterless",
            No,
            older(|said| said["predicate"]["invocation"]["parameters"] = json!({ "debug": true })),
        ),
        (
            "build-parameterless",
            No,
            edited(|said| {
                said["predicate"]["buildDefinition"]["externalParameters"]["inputs"] = json!({ "version": "1.2.3" });
            }),
        ),
        ("build-parameterless", No, parameter("/workflow", "args", json!(["--flag"]))),
        ("build-parameterless", No, parameter("/workflow", "inputs", json!([{ "version": "1.2.3" }]))),
        ("build-parameterless", No, parameter("", "config", json!({ "command": ["make"] }))),
        ("build-parameterless", No, parameter("", "source", json!({ "uri": REPOSITORY, "args": ["x"] }))),
        ("build-parameterless", No, parameter("", "entryPoint", json!({ "flags": "--flag" }))),
        (
            "build-parameterless",
            Yes,
            parameter("", "source", json!({ "uri": REPOSITORY, "digest": { "sha1": COMMIT } })),
        ),
        ("build-parameterless", Unknown, older(|said| said["predicate"]["metadata"]["completeness"] = json!({}))),
        // What a member of a build type that nobody knows means, nobody knows (E-67).
        (
            "build-parameterless",
            Unknown,
            edited(|said| {
                said["predicate"]["buildDefinition"]["buildType"] = json!("https://touchstone.test/by-hand");
                said["predicate"]["buildDefinition"]["externalParameters"] = json!({ "source": { "uri": "--run" } });
            }),
        ),
        ("build-hermetic", Yes, listed_older(|_| {})),
        (
            "build-hermetic",
            No,
            listed_older(|said| {
                said["predicate"]["metadata"]["completeness"]["materials"] = json!(false);
            }),
        ),
        ("build-hermetic", Unknown, older(|_| {})),
        ("build-hermetic", Unknown, World::good()),
        ("build-reproducible", Yes, twice()),
        (
            "build-reproducible",
            Yes,
            World { verifiers: vec![gate_pair()], ..World::good().with(gate(&["SLSA_BUILD_REPRODUCED"])) },
        ),
        ("build-reproducible", Unknown, gated(draft(gate(&["SLSA_BUILD_REPRODUCED"])), None)),
        ("build-reproducible", Unknown, twice_in_one_run()),
        // The generic generator signs what it is handed: it built nothing.
        ("build-reproducible", Unknown, by_generator_too()),
        ("build-reproducible", Unknown, twice_in_one_repository(NIGHTLY)),
        ("build-reproducible", Unknown, twice_in_one_repository("https://touchstone.test/another")),
        ("build-reproducible", No, older(|said| said["predicate"]["metadata"]["reproducible"] = json!(false))),
        ("build-reproducible", Unknown, older(|_| {})),
        // v0.1, Provenance.
        ("provenance-available", Yes, World::good()),
        ("provenance-available", No, nothing()),
        ("provenance-available", Unknown, no_file()),
        ("provenance-authenticated", Yes, World::good()),
        ("provenance-authenticated", No, changed(|piece| piece.how(How::Unsigned))),
        ("provenance-authenticated", Unknown, changed(stranger)),
        ("provenance-service-generated", Yes, World::good()),
        ("provenance-service-generated", No, changed(self_hosted)),
        ("provenance-service-generated", Unknown, changed(by_key)),
        ("provenance-non-falsifiable", Yes, listed(3)),
        ("provenance-non-falsifiable", No, World::good()),
        ("provenance-non-falsifiable", Unknown, changed(by_key)),
        ("provenance-dependencies-complete", Yes, listed_older(|_| {})),
        (
            "provenance-dependencies-complete",
            No,
            older(|said| {
                said["predicate"]["metadata"]["completeness"]["materials"] = json!(false);
            }),
        ),
        ("provenance-dependencies-complete", Unknown, World::good()),
        // v0.1, Contents. A statement without a subject is none (B-96): that cannot be missing.
        ("contents-artifact", Yes, World::good()),
        ("contents-artifact", Unknown, nothing()),
        ("contents-builder", Yes, World::good()),
        ("contents-builder", No, buildkit()),
        ("contents-builder", Unknown, nothing()),
        ("contents-instructions", Yes, World::good()),
        ("contents-instructions", No, bare()),
        ("contents-instructions", Unknown, nothing()),
        ("contents-source", Yes, World::good()),
        ("contents-source", No, bare()),
        ("contents-source", Unknown, nothing()),
        ("contents-entry-point", Yes, World::good()),
        ("contents-entry-point", No, bare()),
        ("contents-entry-point", Unknown, nothing()),
        ("contents-parameters", Yes, World::good()),
        (
            "contents-parameters",
            No,
            older(|said| {
                said["predicate"]["invocation"].as_object_mut().unwrap().remove("parameters");
            }),
        ),
        ("contents-parameters", Unknown, nothing()),
        ("contents-dependencies", Yes, World::good()),
        ("contents-dependencies", No, bare()),
        ("contents-dependencies", Unknown, nothing()),
        ("contents-reproducible", Yes, older(|_| {})),
        ("contents-reproducible", No, World::good()),
        ("contents-reproducible", Unknown, nothing()),
        ("contents-metadata", Yes, World::good()),
        ("contents-metadata", No, bare()),
        ("contents-metadata", Unknown, nothing()),
        // v0.1, Common: never visible.
        ("common-security", Unknown, World::good()),
        ("common-access", Unknown, World::good()),
        ("common-superusers", Unknown, World::good()),
    ];
    rows.into_iter().map(|(of, want, world)| Case { of, want, world }).collect()
}

/// Provenance that names nothing but builder and kind.
fn bare() -> World {
    edited(|said| {
        said["predicate"] = json!({
            "buildDefinition": { "buildType": "https://touchstone.test/by-hand", "externalParameters": {} },
            "runDetails": { "builder": { "id": "https://touchstone.test/builder" } } });
    })
}

/// Beside a summary of a listed verifier, where the person expects this resource.
fn gated(summary: Piece, resource: Option<&str>) -> World {
    World { verifiers: vec![gate_pair()], resource: resource.map(str::to_owned), ..World::good().with(summary) }
}

/// As the second draft of summaries writes it.
fn draft(summary: Piece) -> Piece {
    summary.edit(|said| {
        said["predicateType"] = json!("https://slsa.dev/verification_summary/v0.2");
        let predicate = said["predicate"].as_object_mut().unwrap();
        for (name, old) in [
            ("timeVerified", "time_verified"),
            ("resourceUri", "resource_uri"),
            ("verificationResult", "verification_result"),
            ("verifiedLevels", "verified_levels"),
        ] {
            let value = predicate.remove(name).unwrap();
            predicate.insert(old.to_owned(), value);
        }
    })
}

fn on_another_branch(summary: Piece) -> Piece {
    summary.edit(|said| said["subject"][0]["annotations"]["source_refs"] = json!(["refs/heads/feature"]))
}

/// The same digest once more, by the generic generator in another run.
fn by_generator_too() -> World {
    let mut piece = provenance();
    piece.san = San::Uri(GENERATOR.to_owned());
    let piece = piece
        .claim(9, GENERATOR)
        .how(How::Further)
        .edit(|said| said["predicate"]["runDetails"]["builder"]["id"] = json!(GENERATOR));
    World { listed: vec![(GENERATOR, 3)], ..beside(in_another_run(piece)) }
}

/// The same digest by two builders that share neither signer nor id nor run.
fn twice() -> World {
    beside(in_another_run(by_builder(provenance())))
}

/// By two that share the run: a workflow's own attestation beside that of the builder that it called.
fn twice_in_one_run() -> World {
    beside(by_builder(provenance()))
}

/// By two workflows of one repository.
fn twice_in_one_repository(claimed: &str) -> World {
    let mut second = in_another_run(provenance()).claim(9, NIGHTLY);
    second.san = San::Uri(NIGHTLY.to_owned());
    let second = second.edit(|said| {
        said["predicate"]["runDetails"]["builder"]["id"] = json!(claimed);
        if claimed != NIGHTLY {
            // Of a build type that nobody knows nothing is compared with the certificate (E-67).
            said["predicate"]["buildDefinition"]["buildType"] = json!("https://touchstone.test/build");
        }
    });
    World { listed: vec![(NIGHTLY, 3)], ..beside(second) }
}

fn in_another_run(piece: Piece) -> Piece {
    let run = format!("{REPOSITORY}/actions/runs/15609877999/attempts/1");
    piece.claim(21, &run).edit(|said| said["predicate"]["runDetails"]["metadata"]["invocationId"] = json!(run))
}

fn beside(mut second: Piece) -> World {
    second.name = "second";
    World { listed: vec![(BUILDER, 3)], ..World::good().with(second) }
}

/// A parameter more, under this place of the parameters.
fn parameter(at: &str, name: &str, value: Value) -> World {
    edited(|said| {
        let place = format!("/predicate/buildDefinition/externalParameters{at}");
        said.pointer_mut(&place).expect("the parameters")[name] = value;
    })
}

#[test]
fn every_case_comes_out_as_it_says() {
    let cases = cases();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let custody = case.world.lay();
            let found = state(&custody, case.of);
            (found != case.want).then(|| format!("{}: {:?}, but {found:?}", case.of, case.want))
        })
        .collect();
    println!("{} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// A row that no case meets, or that no case leaves open, is a row that nobody has seen.
#[test]
fn every_requirement_and_level_has_its_cases() {
    let cases = cases();
    let told: BTreeSet<(&str, String)> = cases.iter().map(|case| (case.of, format!("{:?}", case.want))).collect();
    let custody = World::good().lay();
    let mut missing = Vec::new();
    let mut demand = |of: &str, wants: &[Met]| {
        for want in wants {
            if !told.iter().any(|(case, state)| *case == of && *state == format!("{want:?}")) {
                missing.push(format!("{of}: {want:?}"));
            }
        }
    };
    for row in &custody.levels.draft {
        match row.id {
            "contents-artifact" => demand(row.id, &[Met::Met, Met::Unknown]),
            _ if row.never_visible => demand(row.id, &[Met::Unknown]),
            id => demand(id, &[Met::Met, Met::NotMet, Met::Unknown]),
        }
    }
    for track in ["Build", "Source"] {
        demand(&format!("{track} L0"), &[Met::Met]);
        let top = if track == "Build" { 3 } else { 4 };
        for level in 1..=top {
            demand(&format!("{track} L{level}"), &[Met::Met, Met::NotMet, Met::Unknown]);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn levels_are_the_rungs_below_the_first_that_is_not_met() {
    for case in cases() {
        let levels = case.world.lay().levels;
        for ladder in [&levels.build, &levels.source] {
            let all = ladder.steps.iter().filter(|step| step.level <= ladder.level);
            assert!(all.into_iter().all(|step| step.state == Met::Met), "{}: {ladder:#?}", case.of);
            let next = ladder.steps.iter().find(|step| step.level == ladder.level + 1);
            assert!(next.is_none_or(|step| step.state != Met::Met), "{}: {ladder:#?}", case.of);
        }
        let demanded = levels.draft.iter().filter(|row| row.from_level <= levels.draft_level && !row.best_effort);
        assert!(demanded.into_iter().all(|row| row.state == Met::Met), "{}: {}", case.of, levels.draft_summary);
        // E-12: security, access and superusers are never visible.
        assert!(levels.draft_level <= 3, "{}", case.of);
    }
}

#[test]
fn numbers_stand_with_their_track_and_version() {
    let levels = World::good().lay().levels;
    assert_eq!(levels.build.title, "Build L2, SLSA v1.2");
    assert_eq!(levels.source.title, "Source L3, SLSA v1.2");
    assert_eq!(levels.draft_level, 2, "{}", levels.draft_summary);
    assert!(levels.draft_summary.starts_with("SLSA v0.1 as first drafted: level 2."), "{}", levels.draft_summary);
}

/// E-12: the most that attestations can show of the first draft.
#[test]
fn the_first_draft_ends_at_three() {
    let mut world = listed_older(|_| {});
    world = world.instead(summary_of(&["SLSA_SOURCE_LEVEL_4", "SLSA_SOURCE_ORG_SAFE_EXPUNGE"]));
    let levels = world.lay().levels;
    assert_eq!((levels.build.level, levels.source.level, levels.draft_level), (3, 4, 3), "{}", levels.draft_summary);
}

/// E-10: a person's signature is no platform's.
#[test]
fn a_person_reaches_the_first_level() {
    let mut world = changed(|piece| by_person(piece).how(How::Further));
    let jane = touchstone_verify::TextMatch::Exact("jane@touchstone.test".to_owned());
    world.named = touchstone_verify::SignerPolicy::Certificate { identity: jane, issuer: None };
    let levels = world.lay().levels;
    assert_eq!(levels.build.level, 1, "{:#?}", levels.build);
    assert_eq!(levels.build.steps[2].state, Met::NotMet);
}

/// A stated digest is as good as the person's word that it is the file's.
#[test]
fn a_stated_digest_counts_as_the_file() {
    let artifact = World::good().artifact.map(|artifact| Artifact { computed: false, ..artifact });
    assert_eq!(World { artifact, ..World::good() }.lay().levels.build.level, 2);
}

/// E-46, E-49: a level counts only where signer and `verifier.id` are a listed pair, even if the person named the signer.
#[test]
fn a_summary_of_a_named_signer_who_is_no_listed_verifier_gives_no_level() {
    let mut summary = summary_of(&["SLSA_SOURCE_LEVEL_4"]);
    summary.san = San::Uri(WORKFLOW.to_owned());
    let custody = World::good().instead(summary.claim(9, WORKFLOW)).lay();
    assert_eq!(custody.levels.source.level, 0, "{:#?}", custody.levels.source);
    for id in ["history", "review"] {
        assert!(!common::is_proven(&custody, id), "{id}");
    }
}
