//! Good predicates read as written, and what is asked of them.

use touchstone_formats::Fault;
use touchstone_formats::predicate::release::Deployment;
use touchstone_formats::predicate::slsa::{Claim, Provenance, ProvenanceVersion};
use touchstone_formats::predicate::source::{SourceProvenance, TagProvenance};
use touchstone_formats::predicate::summary::{Summary, SummaryVersion, VerifiedLevel};
use touchstone_formats::predicate::{self, Predicate, SbomFormat};
use touchstone_formats::statement::Statement;

use crate::good::predicates::*;

fn read(text: &str) -> Predicate {
    predicate::read(&Statement::parse(text.as_bytes()).unwrap()).unwrap()
}

fn good(predicate_type: &str) -> Predicate {
    read(&good_statement_of(predicate_type))
}

fn changed(predicate_type: &str, from: &str, to: &str) -> Predicate {
    let text = good_statement_of(predicate_type);
    assert!(text.contains(from), "{from}");
    read(&text.replacen(from, to, 1))
}

fn provenance(predicate: Predicate) -> Provenance {
    let Predicate::Provenance(provenance) = predicate else { panic!("{predicate:?}") };
    *provenance
}

fn summary(predicate: Predicate) -> Summary {
    let Predicate::Summary(summary) = predicate else { panic!("{predicate:?}") };
    *summary
}

#[test]
fn no_good_predicate_is_unknown() {
    for (name, _) in PREDICATES {
        assert_ne!(good(name), Predicate::Unknown, "{name}");
    }
}

/// H-52: a type is compared exactly.
#[test]
fn h_52_a_type_that_is_nearly_known_is_unknown() {
    let nearly = [
        "https://slsa.dev/provenance/v1.0",
        "https://slsa.dev/provenance/v1/",
        "https://slsa.dev/provenance/V1",
        "https://slsa.dev/provenance/v1?draft",
        "http://slsa.dev/provenance/v1",
        "https://slsa.dev/verification_summary/v1.1",
        "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v2",
        "https://spdx.dev/Documents",
        "https://spdx.dev/Document/v",
        "https://spdx.dev/Document/v2..3",
        "https://cyclonedx.org/bom/1.4",
        "https://openvex.dev/nsx",
        "https://docs.abcd.org/attestations/publish/v2",
        "https://docs.abcd.org/attestations/publish/v1/",
        "https://docs.abcd.org/x/attestations/publish/v1",
        "https://docs.abcd.com/attestations/publish/v1",
        "https://docs.abcde.org/attestations/publish/v1",
        "https://docs.a.cd.org/attestations/publish/v1",
        "https://docs.ABCD.org/attestations/publish/v1",
        "https://abcd.org/attestations/publish/v1",
        "http://docs.abcd.org/attestations/publish/v1",
    ];
    for name in nearly {
        assert_eq!(read(&statement_of(name, "{}")), Predicate::Unknown, "{name}");
    }
    assert_eq!(read(&statement_of("https://spdx.dev/Document/v2.3", "{}")), Predicate::Sbom(SbomFormat::Spdx));
    assert_eq!(read(&statement_of("https://cyclonedx.org/bom", "{}")), Predicate::Sbom(SbomFormat::CycloneDx));
}

#[test]
fn e_1_provenance_v1() {
    let found = provenance(good(PROVENANCE_V1));
    assert_eq!(found.version, ProvenanceVersion::V1);
    assert_eq!(found.build_type, "https://actions.github.io/buildtypes/workflow/v1");
    assert_eq!(found.builder_id, "https://github.com/o/r/.github/workflows/f.yml@refs/heads/main");
    assert_eq!(found.builder_version, [("tool".to_owned(), "1".to_owned())]);
    assert!(found.builder_dependencies[0].has_content);
    assert_eq!(found.dependencies[0].git_commit(), Some("c0"));
    assert_eq!(found.dependencies[0].path, "$.predicate.buildDefinition.resolvedDependencies[0]");
    assert_eq!(found.byproducts[0].uri.as_deref(), Some("b"));
    assert_eq!(found.invocation_id.as_deref(), Some("https://github.com/o/r/actions/runs/1/attempts/1"));
    assert_eq!((found.started_on.as_deref(), found.finished_on.as_deref()), (Some("s"), Some("f")));
    assert_eq!((found.unknown_fields.len(), found.other_metadata.len()), (0, 0));
    let workflow = found.workflow().unwrap().unwrap();
    assert_eq!(workflow.repository, "https://github.com/o/r");
    assert_eq!((workflow.reference.as_str(), workflow.path.as_str()), ("refs/heads/main", ".github/workflows/f.yml"));
}

/// A case of the conformance suite that has to pass has no externalParameters; that is "not stated", never "empty".
#[test]
fn e_1_absent_parameters_are_not_empty_ones() {
    let absent = provenance(changed(PROVENANCE_V1, "\"externalParameters\"", "\"other\""));
    assert_eq!(absent.parameters, None);
    assert_eq!(absent.unknown_fields, ["$.predicate.buildDefinition.other"]);
    assert_eq!(absent.workflow().unwrap_err().code(), "field-missing");
    assert_eq!(absent.claims().unwrap_err().code(), "field-missing");
}

/// A case that has to pass lists `{}` as a by-product; a dependency may not be that (E-2).
#[test]
fn e_2_a_by_product_may_name_nothing() {
    let found = provenance(changed(PROVENANCE_V1, "[{\"uri\": \"b\"}]", "[{}]"));
    assert!(found.byproducts[0].names_nothing());
}

#[test]
fn e_1_provenance_v0_2() {
    let found = provenance(good(PROVENANCE_V0_2));
    assert_eq!(found.version, ProvenanceVersion::V0_2);
    assert_eq!(found.build_type, "https://github.com/slsa-framework/slsa-github-generator/generic@v1");
    let source = found.config_source.clone().unwrap();
    assert_eq!(source.uri.as_deref(), Some("git+https://github.com/o/r@refs/tags/v1"));
    assert_eq!(
        (source.digests[0].value.as_str(), source.entry_point.as_deref()),
        ("c0", Some(".github/workflows/f.yml"))
    );
    assert_eq!(found.invocation_id.as_deref(), Some("7-1"));
    assert_eq!((found.completeness.parameters, found.completeness.materials), (Some(true), Some(false)));
    assert_eq!(found.reproducible, Some(false));
    assert!(found.build_config.is_some() && found.parameters.is_some() && found.environment.is_some());
    assert_eq!(found.other_metadata[0].0, "own");
    assert_eq!(found.dependencies.len(), 1);
    assert_eq!(found.workflow(), Ok(None));
}

#[test]
fn e_1_provenance_v0_1() {
    let found = provenance(good(PROVENANCE_V0_1));
    assert_eq!((found.version, found.build_type.as_str()), (ProvenanceVersion::V0_1, "https://t"));
    let source = found.config_source.unwrap();
    assert_eq!((source.uri.as_deref(), source.entry_point.as_deref()), (Some("u1"), Some("e")));
    assert_eq!(source.digests[0].value, "c1");
    assert_eq!((found.completeness.parameters, found.reproducible), (Some(true), Some(true)));
    // Google Cloud Build writes −1 for none, as a string.
    for none in ["-1", "\"-1\"", "null"] {
        let to = format!("\"definedInMaterial\": {none}");
        let found = provenance(changed(PROVENANCE_V0_1, "\"definedInMaterial\": 1", &to));
        assert_eq!(found.config_source.unwrap().uri, None, "{none}");
    }
}

/// E-23 refuses unknown members for known builders, and so has to see each of them.
#[test]
fn e_23_unknown_members_are_listed() {
    let places = [
        (PROVENANCE_V1, "\"buildDefinition\": {", "$.predicate.buildDefinition.odd"),
        (PROVENANCE_V1, "\"runDetails\": {", "$.predicate.runDetails.odd"),
        (PROVENANCE_V1, "\"builder\": {", "$.predicate.runDetails.builder.odd"),
        (PROVENANCE_V1, "\"resolvedDependencies\": [{", "$.predicate.buildDefinition.resolvedDependencies[0].odd"),
        (PROVENANCE_V0_2, "\"invocation\": {", "$.predicate.invocation.odd"),
        (PROVENANCE_V0_2, "\"configSource\": {", "$.predicate.invocation.configSource.odd"),
        (PROVENANCE_V0_2, "\"completeness\": {", "$.predicate.metadata.completeness.odd"),
        (PROVENANCE_V0_1, "\"recipe\": {", "$.predicate.recipe.odd"),
    ];
    for (name, from, path) in places {
        let found = provenance(changed(name, from, &format!("{from}\"odd\": 1, ")));
        assert_eq!(found.unknown_fields, [path], "{name}");
    }
}

/// E-65: BuildKit's statements have an empty builder id.
#[test]
fn e_65_the_empty_builder_of_buildkit() {
    let text = statement_of(
        PROVENANCE_V0_2,
        r#"{"builder": {"id": ""}, "buildType": "https://mobyproject.org/buildkit@v1",
      "metadata": {"https://mobyproject.org/buildkit@v1#metadata": {"vcs": {"source": "s"}}}}"#,
    );
    let found = provenance(read(&text));
    assert_eq!(found.builder_id, "");
    assert_eq!(found.other_metadata[0].0, "https://mobyproject.org/buildkit@v1#metadata");
}

/// E-65: what BuildKit fetched itself comes before what its caller says of a folder.
#[test]
fn e_65_the_source_of_buildkit() {
    let commit = "4b220de5058abfd01ff619c9d2ff6b09a049bea0";
    let old = "https://mobyproject.org/buildkit@v1";
    let new = "https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md";
    let v0_2 = |build_type: &str, invocation: &str, vcs: &str| {
        statement_of(
            PROVENANCE_V0_2,
            &format!(
                r#"{{"builder": {{"id": "b"}}, "buildType": "{build_type}", "invocation": {{{invocation}}},
                   "metadata": {{"{old}#metadata": {{"vcs": {{{vcs}}}}}}}}}"#
            ),
        )
    };
    let v1 = |build_type: &str, parameters: &str, vcs: &str| {
        statement_of(
            PROVENANCE_V1,
            &format!(
                r#"{{"buildDefinition": {{"buildType": "{build_type}", "externalParameters": {{{parameters}}}}},
                   "runDetails": {{"builder": {{"id": ""}}, "metadata": {{"buildkit_metadata": {{"vcs": {{{vcs}}}}}}}}}}}"#
            ),
        )
    };
    let fetched = |reference: &str| {
        format!(
            r#""configSource": {{"uri": "https://github.com/acme/app.git{reference}", "digest": {{"sha1": "{commit}"}}}}"#
        )
    };
    let vcs = format!(r#""source": "https://github.com/acme/folder", "revision": "{commit}-dirty""#);
    let (app, dirty) = ("https://github.com/acme/app.git", format!("{commit}-dirty"));
    let folder = ("https://github.com/acme/folder", None, Some(dirty.as_str()));
    let (fetched_tag, fetched_commit) = (fetched("#refs/tags/v1:folder"), fetched(&format!("#{commit}")));
    for (text, expected) in [
        (v0_2(old, &fetched_tag, &vcs), Some((app, Some("refs/tags/v1"), Some(commit)))),
        (v1(new, &fetched_tag, &vcs), Some((app, Some("refs/tags/v1"), Some(commit)))),
        (v1(new, &fetched_commit, ""), Some((app, None, Some(commit)))),
        (v0_2(old, &fetched(""), ""), Some((app, None, Some(commit)))),
        (v0_2(old, r#""configSource": {"entryPoint": "Dockerfile"}"#, &vcs), Some(folder)),
        (v1(new, r#""configSource": {"path": "Dockerfile"}"#, &vcs), Some(folder)),
        (v0_2(old, "", ""), None),
        (v0_2("https://touchstone.test/build", &fetched_tag, &vcs), None),
    ] {
        let found = provenance(read(&text));
        let source = found.buildkit_source().map(|source| (source.repository, source.reference, source.commit));
        assert_eq!(source, expected, "{text}");
    }
}

fn told(claims: &[Claim<'_>]) -> Vec<String> {
    claims
        .iter()
        .map(|claim| format!("{} {}", claim.path.as_str().trim_start_matches("$.predicate."), claim.value))
        .collect()
}

#[test]
fn e_31_claims_of_v1() {
    let found = provenance(good(PROVENANCE_V1));
    let claims = found.claims().unwrap().unwrap();
    let definition = "buildDefinition";
    let parameters = format!("{definition}.externalParameters.workflow");
    assert_eq!(told(&claims.repositories), [format!("{parameters}.repository https://github.com/o/r")]);
    assert_eq!(told(&claims.references), [format!("{parameters}.ref refs/heads/main")]);
    let source = format!("{definition}.resolvedDependencies[0]");
    assert_eq!(told(&claims.sources), [format!("{source}.uri git+https://github.com/o/r@refs/heads/main")]);
    assert_eq!(told(&claims.commits), [format!("{source}.digest.gitCommit c0")]);
    let value = |claim: &Option<Claim<'_>>| claim.as_ref().map(|claim| claim.value.to_string());
    assert_eq!(value(&claims.config_path).as_deref(), Some(".github/workflows/f.yml"));
    assert_eq!(value(&claims.trigger).as_deref(), Some("push"));
    assert_eq!(value(&claims.repository_id).as_deref(), Some("1"));
    assert_eq!(value(&claims.owner_id).as_deref(), Some("2"));
    assert_eq!(value(&claims.runner).as_deref(), Some("github-hosted"));
    assert_eq!(value(&claims.invocation).as_deref(), Some("https://github.com/o/r/actions/runs/1/attempts/1"));
    assert_eq!((claims.run_id, claims.config_reference), (None, None));
}

#[test]
fn e_31_claims_of_v0_2() {
    let found = provenance(good(PROVENANCE_V0_2));
    let claims = found.claims().unwrap().unwrap();
    let uri = "git+https://github.com/o/r@refs/tags/v1";
    assert_eq!(
        told(&claims.sources),
        [format!("materials[0].uri {uri}"), format!("invocation.configSource.uri {uri}")]
    );
    assert_eq!(
        told(&claims.commits),
        [
            "materials[0].digest.sha1 c0",
            "invocation.configSource.digest.sha1 c0",
            "invocation.environment.github_sha1 c0"
        ]
    );
    assert_eq!(told(&claims.references), ["invocation.environment.github_ref refs/tags/v1"]);
    let value = |claim: &Option<Claim<'_>>| claim.as_ref().map(|claim| claim.value.to_string());
    assert_eq!(value(&claims.config_path).as_deref(), Some(".github/workflows/f.yml"));
    assert_eq!(value(&claims.trigger).as_deref(), Some("push"));
    assert_eq!((value(&claims.repository_id).as_deref(), value(&claims.owner_id).as_deref()), (Some("1"), Some("2")));
    assert_eq!((value(&claims.run_id).as_deref(), value(&claims.run_attempt).as_deref()), (Some("7"), Some("1")));
    assert_eq!(value(&claims.invocation).as_deref(), Some("7-1"));
    // npm's names, and a number for a text.
    let upper = provenance(changed(PROVENANCE_V0_2, "\"github_run_id\": \"7\"", "\"GITHUB_RUN_ID\": 8"));
    assert_eq!(value(&upper.claims().unwrap().unwrap().run_id).as_deref(), Some("8"));
    // An empty text is no claim.
    let empty = provenance(changed(PROVENANCE_V0_2, "\"github_event_name\": \"push\"", "\"github_event_name\": \"\""));
    assert_eq!(empty.claims().unwrap().unwrap().trigger, None);
}

/// A provenance of a known build type must not escape the comparison by writing its claims in another shape (H-36).
#[test]
fn h_36_claims_of_the_wrong_shape_are_refused() {
    let rows = [
        (PROVENANCE_V1, "\"workflow\": {", "\"workflow\": 1, \"x\": {", "field-wrong-type"),
        (PROVENANCE_V1, "\"workflow\": {", "\"x\": {", "field-missing"),
        (PROVENANCE_V1, "\"repository\": \"https://github.com/o/r\"", "\"repository\": \"\"", "field-empty"),
        (PROVENANCE_V1, "\"event_name\": \"push\"", "\"event_name\": [\"push\"]", "field-wrong-type"),
        (PROVENANCE_V1, "\"github\": {", "\"github\": 1, \"x\": {", "field-wrong-type"),
        (PROVENANCE_V1, "\"repository_owner_id\": 2", "\"repository_owner_id\": 2.5", "field-wrong-type"),
        (PROVENANCE_V0_2, "\"github_ref\": ", "\"GITHUB_REF\": \"x\", \"github_ref\": ", "field-two-spellings"),
        (PROVENANCE_V0_2, "\"github_sha1\": \"c0\"", "\"github_sha1\": {}", "field-wrong-type"),
    ];
    for (name, from, to, code) in rows {
        let found = provenance(changed(name, from, to));
        assert_eq!(found.claims().unwrap_err().code(), code, "{to}");
    }
    // E-67: another build type's fields mean something else.
    let other = provenance(changed(PROVENANCE_V1, "https://actions.github.io/buildtypes/workflow/v1", "https://other"));
    assert_eq!((other.claims(), other.workflow()), (Ok(None), Ok(None)));
}

#[test]
fn e_49_summaries_read_as_written() {
    let found = summary(good(SUMMARY));
    assert_eq!(found.version, SummaryVersion::V1);
    assert_eq!((found.verifier_id.as_str(), found.resource_uri.as_str()), ("https://v", "r"));
    assert_eq!((found.result.as_str(), found.time_verified.as_deref()), ("PASSED", Some("t")));
    let levels = [
        VerifiedLevel::Level { track: "BUILD".to_owned(), level: 2 },
        VerifiedLevel::Unevaluated { track: "SOURCE".to_owned() },
        VerifiedLevel::Property("ORG_X".to_owned()),
    ];
    assert_eq!(found.levels, levels);
    assert_eq!(found.dependency_levels, Some(vec![("SLSA_BUILD_LEVEL_1".to_owned(), 3)]));
    assert_eq!((found.slsa_version.as_deref(), found.unknown_fields.len()), (Some("1.1"), 0));
    assert_eq!(found.input_attestations[0].digests[0].value, "ab");
    let none = "\"dependencyLevels\": {\"SLSA_BUILD_LEVEL_1\": \"3\"}, ";
    assert_eq!(summary(changed(SUMMARY, none, "")).dependency_levels, None);
    assert_eq!(summary(changed(SUMMARY, none, "\"dependencyLevels\": {}, ")).dependency_levels, Some(Vec::new()));
    let failed = "\"FAILED\", \"verifiedLevels\": [\"FAILED\"], \"x\": [";
    let failed = summary(changed(SUMMARY, "\"PASSED\",\n    \"verifiedLevels\": [", failed));
    assert_eq!((failed.result.as_str(), failed.levels.as_slice()), ("FAILED", &[VerifiedLevel::Failed][..]));
    let draft = summary(good(SUMMARY_V0_1));
    assert_eq!((draft.version, draft.resource_uri.as_str()), (SummaryVersion::V0_1, "r"));
    assert_eq!(draft.levels, [VerifiedLevel::Level { track: "BUILD".to_owned(), level: 2 }]);
    let camel = summary(changed(SUMMARY_V0_1, "\"resource_uri\"", "\"resourceUri\""));
    assert_eq!(camel.resource_uri, "r");
}

#[test]
fn e_49_levels() {
    let level = |track: &str, level| VerifiedLevel::Level { track: track.to_owned(), level };
    assert_eq!(VerifiedLevel::parse("SLSA_BUILD_LEVEL_0"), level("BUILD", 0));
    assert_eq!(VerifiedLevel::parse("SLSA_SOURCE_LEVEL_4"), level("SOURCE", 4));
    assert_eq!(
        VerifiedLevel::parse("SLSA_BUILD_LEVEL_UNEVALUATED"),
        VerifiedLevel::Unevaluated { track: "BUILD".to_owned() }
    );
    assert_eq!(VerifiedLevel::parse("FAILED"), VerifiedLevel::Failed);
    // E-33, H-28: properties that begin like levels, and texts that are nearly one.
    let properties = [
        "SLSA_SOURCE_TWO_PARTY_REVIEWED",
        "SLSA_BUILD_REPRODUCED",
        "SLSA_BUILD_LEVEL_",
        "SLSA_BUILD_LEVEL_10",
        "SLSA_BUILD_LEVEL_03",
        "SLSA_BUILD_LEVEL_3 ",
        "SLSA_BUILD_LEVEL_\u{ff13}",
        "SLSA_build_LEVEL_3",
        "SLSA__LEVEL_3",
        "SLSA_BUILD_LEVEL_3_LEVEL_4",
        "slsa_build_level_3",
        "XSLSA_BUILD_LEVEL_3",
        "BCID_L1",
        "",
    ];
    for text in properties {
        assert_eq!(VerifiedLevel::parse(text), VerifiedLevel::Property(text.to_owned()));
    }
}

#[test]
fn e_49_a_summary_covers_lower_levels_of_the_same_track_and_equal_properties() {
    let levels = "[\"SLSA_BUILD_LEVEL_2\", \"SLSA_SOURCE_LEVEL_UNEVALUATED\", \"ORG_X\"]";
    let found = summary(good(SUMMARY));
    let covers = |expected: &[&str]| {
        let expected: Vec<_> = expected.iter().map(|text| (*text).to_owned()).collect();
        found.covers(&expected)
    };
    for expected in [
        &[][..],
        &["SLSA_BUILD_LEVEL_2"],
        &["SLSA_BUILD_LEVEL_1"],
        &["SLSA_BUILD_LEVEL_0"],
        &["ORG_X"],
        &["SLSA_BUILD_LEVEL_1", "ORG_X"],
        &["SLSA_SOURCE_LEVEL_UNEVALUATED"],
    ] {
        assert!(covers(expected), "{expected:?}");
    }
    for expected in [
        &["SLSA_BUILD_LEVEL_3"][..],
        &["SLSA_SOURCE_LEVEL_0"],
        &["SLSA_SOURCE_LEVEL_1"],
        &["SLSA_BUILD_LEVEL_UNEVALUATED"],
        &["ORG_"],
        &["ORG_Y"],
        &["SLSA_BUILD_LEVEL_2", "ORG_Y"],
        &["FAILED"],
        &[""],
        &["SLSA_BUILD_LEVEL_2 "],
    ] {
        assert!(!covers(expected), "{expected:?}");
    }
    let expected = ["SLSA_BUILD_LEVEL_1".to_owned(), "A".to_owned(), "B".to_owned()];
    assert_eq!(found.not_covered(&expected), Some("A"));
    assert!(!summary(changed(SUMMARY, levels, "[]")).covers(&["SLSA_BUILD_LEVEL_0".to_owned()]));
}

#[test]
fn e_45_refs_of_a_source_summary_in_either_spelling() {
    let refs = |text: &str| {
        let statement = Statement::parse(text.as_bytes()).unwrap();
        let refs = statement.subjects[0].source_refs().unwrap();
        refs.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let text = good_statement_of(SUMMARY);
    assert_eq!(refs(&text), ["refs/heads/main"]);
    assert_eq!(refs(&text.replace("source_refs", "sourceRefs")), ["refs/heads/main"]);
    assert_eq!(refs(&text.replace("source_refs", "other")), Vec::<String>::new());
    assert_eq!(refs(&text.replace("annotations", "x")), Vec::<String>::new());
}

#[test]
fn e_47_source_and_tag_provenance_in_either_spelling() {
    let source = |predicate| {
        let Predicate::SourceProvenance(source) = predicate else { panic!("{predicate:?}") };
        source
    };
    let due = SourceProvenance {
        previous_commit: "p".to_owned(),
        repository_uri: "https://github.com/o/r".to_owned(),
        activity_type: "pr_merge".to_owned(),
        actor: "a".to_owned(),
        branch: "refs/heads/main".to_owned(),
        created_on: Some("t".to_owned()),
        controls: vec![("CONTINUITY".to_owned(), "s".to_owned())],
        unknown_fields: Vec::new(),
    };
    assert_eq!(source(good(SOURCE)), due);
    let camel = good_statement_of(SOURCE)
        .replace("prev_commit", "prevCommit")
        .replace("repo_uri", "repoUri")
        .replace("activity_type", "activityType")
        .replace("created_on", "createdOn");
    assert_eq!(source(read(&camel)), due);
    let old = source(good(SOURCE_V1));
    assert_eq!((old.previous_commit.as_str(), old.branch.as_str()), ("p", ""));
    assert_eq!(old.controls, [("SLSA_SOURCE_LEVEL_2".to_owned(), "s".to_owned())]);
    let due = TagProvenance {
        repository_uri: "https://github.com/o/r".to_owned(),
        tag: "refs/tags/v1".to_owned(),
        actor: "a".to_owned(),
        activity_type: None,
        created_on: Some("t".to_owned()),
        controls: vec![("TAG_HYGIENE".to_owned(), String::new())],
        summaries: vec![(vec!["refs/heads/main".to_owned()], vec!["SLSA_SOURCE_LEVEL_3".to_owned()])],
        unknown_fields: Vec::new(),
    };
    assert_eq!(good(TAG), Predicate::TagProvenance(due));
}

#[test]
fn e_50_releases() {
    for name in [RELEASE_V0_1, RELEASE_V0_2] {
        let Predicate::Release(release) = good(name) else { panic!() };
        assert_eq!((release.repository.as_str(), release.tag.as_str()), ("o/r", "v1"));
        let ids = [&release.owner_id, &release.release_id, &release.repository_id].map(|id| id.as_deref());
        assert_eq!(ids, [Some("1"), Some("2"), Some("3")]);
        assert_eq!(release.package_id.as_deref(), (name == RELEASE_V0_2).then_some("4"));
        assert_eq!((release.purl.as_deref(), release.unknown_fields.len()), (Some("pkg:github/o/r@v1"), 0));
    }
}

#[test]
fn g_6_and_f_19_predicates_that_say_nothing() {
    for nothing in ["{}", "null"] {
        assert_eq!(read(&statement_of(INDEX_PUBLISH, nothing)), Predicate::PypiPublish);
        assert_eq!(read(&statement_of(COSIGN_SIGN, nothing)), Predicate::CosignSign);
    }
    let absent = statement_of(INDEX_PUBLISH, "{}").replace("\"predicate\":", "\"x\":");
    assert_eq!(read(&absent), Predicate::PypiPublish);
}

#[test]
fn e_53_deployment_and_publish() {
    let Predicate::Deployment(Deployment { scopes, evidence, policy, creation_time }) = good(DEPLOYMENT) else {
        panic!()
    };
    let due = [("cloud.google.com/project_id/v1", "p"), ("spiffe.io/id/v1", "")];
    assert_eq!(scopes, due.map(|(scope, value)| (scope.to_owned(), value.to_owned())));
    assert_eq!((evidence.len(), policy.len(), creation_time.as_str()), (1, 1, "t"));
    // Absent scopes are any; what stands in the details is ignored, whatever its shape.
    let text = statement_of(DEPLOYMENT, r#"{"creationTime": "t", "decisionDetails": {"evidence": 7}}"#);
    let Predicate::Deployment(any) = read(&text) else { panic!() };
    assert_eq!((any.scopes.len(), any.evidence.len()), (0, 0));
    let Predicate::PolicyPublish(publish) = good(POLICY_PUBLISH) else { panic!() };
    assert_eq!((publish.build_level, publish.package.is_some()), (Some(3), true));
    let Predicate::NpmPublish(publish) = good(NPM_PUBLISH) else { panic!() };
    assert_eq!((publish.name.as_str(), publish.version.as_str()), ("@s/n", "1.0.0"));
    let Predicate::Svr(svr) = good(SVR) else { panic!() };
    assert_eq!((svr.verifier_id.as_str(), svr.properties, svr.policies.len()), ("https://v", vec!["P".to_owned()], 1));
}

#[test]
fn e_52_further_predicates() {
    let Predicate::TestResult(test) = good(TEST_RESULT) else { panic!() };
    assert_eq!((test.result.as_str(), test.passed_tests, test.warned_tests.len()), ("WARNED", vec!["a".to_owned()], 1));
    let Predicate::Link(link) = good(LINK) else { panic!() };
    let byproducts = [("stdout", "o"), ("return-value", "0"), ("x", "an object")];
    assert_eq!(link.byproducts, byproducts.map(|(key, value)| (key.to_owned(), value.to_owned())));
    let Predicate::Scai(attributes) = good(SCAI) else { panic!() };
    assert_eq!((attributes[0].attribute.as_str(), attributes[0].target.is_some()), ("A", true));
    let Predicate::VulnerabilityScan(scan) = good(VULNERABILITIES) else { panic!() };
    assert_eq!(scan.results, [("CVE-1".to_owned(), "nvd 5".to_owned())]);
    assert_eq!((scan.scanner.as_str(), scan.finished_on.as_deref()), ("s", Some("f")));
    let Predicate::VulnerabilityScan(scan) = good(COSIGN_VULNERABILITIES) else { panic!() };
    assert_eq!(scan.results, []);
    let Predicate::OpenVex(statements) = good(OPEN_VEX) else { panic!() };
    assert_eq!((statements[0].vulnerability.as_str(), statements[0].products[0].as_str()), ("CVE-1", "pkg:a/b"));
    let Predicate::RuntimeTrace(trace) = good(TRACE) else { panic!() };
    assert_eq!(trace.logs, [("process".to_owned(), 2)]);
    let Predicate::Reference(references) = good(REFERENCE) else { panic!() };
    assert_eq!(references[0].download_location.as_deref(), Some("d"));
}
