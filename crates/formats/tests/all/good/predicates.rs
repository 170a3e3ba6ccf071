//! A good predicate of every known type.

pub(crate) const PROVENANCE_V1: &str = "https://slsa.dev/provenance/v1";
pub(crate) const PROVENANCE_V0_2: &str = "https://slsa.dev/provenance/v0.2";
pub(crate) const PROVENANCE_V0_1: &str = "https://slsa.dev/provenance/v0.1";
pub(crate) const SUMMARY: &str = "https://slsa.dev/verification_summary/v1";
pub(crate) const SUMMARY_V0_1: &str = "https://slsa.dev/verification_summary/v0.1";
pub(crate) const SOURCE: &str = "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft";
pub(crate) const SOURCE_V1: &str = "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1";
pub(crate) const TAG: &str = "https://github.com/slsa-framework/slsa-source-poc/tag-provenance/v1-draft";
pub(crate) const RELEASE_V0_1: &str = "https://in-toto.io/attestation/release/v0.1";
pub(crate) const RELEASE_V0_2: &str = "https://in-toto.io/attestation/release/v0.2";
pub(crate) const NPM_PUBLISH: &str = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
pub(crate) const INDEX_PUBLISH: &str = "https://docs.abcd.org/attestations/publish/v1";
pub(crate) const DEPLOYMENT: &str = "https://slsa.dev/deployment/v0.1";
pub(crate) const POLICY_PUBLISH: &str = "https://slsa.dev/publish/v0.1";
pub(crate) const SVR: &str = "https://in-toto.io/attestation/svr/v0.2";
pub(crate) const COSIGN_SIGN: &str = "https://sigstore.dev/cosign/sign/v1";
pub(crate) const TEST_RESULT: &str = "https://in-toto.io/attestation/test-result/v0.1";
pub(crate) const LINK: &str = "https://in-toto.io/attestation/link/v0.3";
pub(crate) const SCAI: &str = "https://in-toto.io/attestation/scai/v0.3";
pub(crate) const VULNERABILITIES: &str = "https://in-toto.io/attestation/vulns/v0.2";
pub(crate) const COSIGN_VULNERABILITIES: &str = "https://cosign.sigstore.dev/attestation/vuln/v1";
pub(crate) const OPEN_VEX: &str = "https://openvex.dev/ns/v0.2.0";
pub(crate) const TRACE: &str = "https://in-toto.io/attestation/runtime-trace/v0.1";
pub(crate) const REFERENCE: &str = "https://in-toto.io/attestation/reference/v0.1";

/// A statement of this type about one file.
pub(crate) fn statement_of(predicate_type: &str, predicate: &str) -> String {
    format!(
        r#"{{"_type": "https://in-toto.io/Statement/v1",
  "subject": [{{"name": "a", "digest": {{"sha256": "ab"}}, "annotations": {{"source_refs": ["refs/heads/main"]}}}}],
  "predicateType": "{predicate_type}", "predicate": {predicate}}}"#
    )
}

/// The good statement of a type that [`PREDICATES`] has.
pub(crate) fn good_statement_of(predicate_type: &str) -> String {
    let (_, predicate) = PREDICATES.iter().find(|(name, _)| *name == predicate_type).unwrap();
    statement_of(predicate_type, predicate)
}

pub(crate) const PREDICATES: &[(&str, &str)] = &[
    (
        PROVENANCE_V1,
        r#"{"buildDefinition": {"buildType": "https://actions.github.io/buildtypes/workflow/v1",
      "externalParameters": {"workflow": {"ref": "refs/heads/main", "repository": "https://github.com/o/r",
        "path": ".github/workflows/f.yml"}},
      "internalParameters": {"github": {"event_name": "push", "repository_id": "1", "repository_owner_id": 2,
        "runner_environment": "github-hosted"}},
      "resolvedDependencies": [{"uri": "git+https://github.com/o/r@refs/heads/main", "digest": {"gitCommit": "c0"}}]},
    "runDetails": {"builder": {"id": "https://github.com/o/r/.github/workflows/f.yml@refs/heads/main",
        "version": {"tool": "1"}, "builderDependencies": [{"name": "n", "content": "AQID"}]},
      "metadata": {"invocationId": "https://github.com/o/r/actions/runs/1/attempts/1", "startedOn": "s",
        "finishedOn": "f"},
      "byproducts": [{"uri": "b"}]}}"#,
    ),
    (
        PROVENANCE_V0_2,
        r#"{"builder": {"id": "https://github.com/b/b/.github/workflows/g.yml@refs/tags/v1.0.0"},
    "buildType": "https://github.com/slsa-framework/slsa-github-generator/generic@v1",
    "invocation": {"configSource": {"uri": "git+https://github.com/o/r@refs/tags/v1", "digest": {"sha1": "c0"},
        "entryPoint": ".github/workflows/f.yml"},
      "parameters": {}, "environment": {"github_ref": "refs/tags/v1", "github_sha1": "c0",
        "github_event_name": "push", "github_repository_id": "1", "github_repository_owner_id": "2",
        "github_run_id": "7", "github_run_attempt": "1", "github_actor": "a"}},
    "buildConfig": {"steps": []},
    "metadata": {"buildInvocationID": "7-1", "buildStartedOn": "s", "buildFinishedOn": "f",
      "completeness": {"parameters": true, "environment": false, "materials": false}, "reproducible": false,
      "own": 1},
    "materials": [{"uri": "git+https://github.com/o/r@refs/tags/v1", "digest": {"sha1": "c0"}}]}"#,
    ),
    (
        PROVENANCE_V0_1,
        r#"{"builder": {"id": "https://b"},
    "recipe": {"type": "https://t", "definedInMaterial": 1, "entryPoint": "e", "arguments": {"x": 1},
      "environment": {}},
    "metadata": {"buildInvocationId": "i", "buildStartedOn": "s", "buildFinishedOn": "f",
      "completeness": {"arguments": true, "environment": false, "materials": true}, "reproducible": true},
    "materials": [{"uri": "u0"}, {"uri": "u1", "digest": {"sha1": "c1"}}]}"#,
    ),
    (
        SUMMARY,
        r#"{"verifier": {"id": "https://v", "version": {"tool": "1"}}, "timeVerified": "t", "resourceUri": "r",
    "policy": {}, "inputAttestations": [{"digest": {"sha256": "ab"}}], "verificationResult": "PASSED",
    "verifiedLevels": ["SLSA_BUILD_LEVEL_2", "SLSA_SOURCE_LEVEL_UNEVALUATED", "ORG_X"],
    "dependencyLevels": {"SLSA_BUILD_LEVEL_1": "3"}, "slsaVersion": "1.1"}"#,
    ),
    (
        SUMMARY_V0_1,
        r#"{"verifier": {"id": "https://v"}, "time_verified": "t", "resource_uri": "r", "policy": {"uri": "p"},
    "verification_result": "PASSED", "policy_level": "SLSA_BUILD_LEVEL_2"}"#,
    ),
    (
        SOURCE,
        r#"{"prev_commit": "p", "repo_uri": "https://github.com/o/r", "activity_type": "pr_merge", "actor": "a",
    "branch": "refs/heads/main", "created_on": "t", "controls": [{"name": "CONTINUITY", "since": "s"}]}"#,
    ),
    (SOURCE_V1, r#"{"prev_commit": "p", "properties": {"SLSA_SOURCE_LEVEL_2": {"since": "s"}}}"#),
    (
        TAG,
        r#"{"repoUri": "https://github.com/o/r", "actor": "a", "tag": "refs/tags/v1", "createdOn": "t",
    "controls": [{"name": "TAG_HYGIENE"}],
    "vsaSummaries": [{"sourceRefs": ["refs/heads/main"], "verifiedLevels": ["SLSA_SOURCE_LEVEL_3"]}]}"#,
    ),
    (
        RELEASE_V0_1,
        r#"{"ownerId": "1", "purl": "pkg:github/o/r@v1", "releaseId": "2", "repository": "o/r",
    "repositoryId": 3, "tag": "v1"}"#,
    ),
    (
        RELEASE_V0_2,
        r#"{"ownerId": "1", "packageId": "4", "databaseId": "2", "purl": "pkg:github/o/r@v1", "repository": "o/r",
    "repositoryId": "3", "tag": "v1"}"#,
    ),
    (NPM_PUBLISH, r#"{"name": "@s/n", "version": "1.0.0", "registry": "https://registry.example"}"#),
    (INDEX_PUBLISH, "{}"),
    (
        DEPLOYMENT,
        r#"{"creationTime": "t", "decisionDetails": {"evidence": [{"uri": "e"}], "policy": [{"uri": "p"}]},
    "scopes": {"cloud.google.com/project_id/v1": "p", "spiffe.io/id/v1": ""}}"#,
    ),
    (
        POLICY_PUBLISH,
        r#"{"creationTime": "t", "package": {"name": "n"}, "properties": {"slsa.dev/build/level": 3, "x": []}}"#,
    ),
    (SVR, r#"{"verifier": {"id": "https://v", "policies": [{"uri": "p"}]}, "timeCreated": "t", "properties": ["P"]}"#),
    (COSIGN_SIGN, "{}"),
    (
        TEST_RESULT,
        r#"{"result": "WARNED", "configuration": [{"uri": "c"}], "url": "https://t", "passedTests": ["a"],
    "warnedTests": ["b"], "failedTests": []}"#,
    ),
    (
        LINK,
        r#"{"name": "step", "command": ["make"], "materials": [{"uri": "m"}],
    "byproducts": {"stdout": "o", "return-value": 0, "x": {}}}"#,
    ),
    (SCAI, r#"{"attributes": [{"attribute": "A", "target": {"name": "t"}, "evidence": {"uri": "e"}}]}"#),
    (
        VULNERABILITIES,
        r#"{"scanner": {"uri": "s", "version": "1", "result": [{"id": "CVE-1",
      "severity": [{"method": "nvd", "score": "5"}]}]}, "metadata": {"scanFinishedOn": "f"}}"#,
    ),
    (COSIGN_VULNERABILITIES, r#"{"scanner": {"uri": "s", "result": {"Results": []}}, "metadata": {}}"#),
    (
        OPEN_VEX,
        r#"{"@context": "https://openvex.dev/ns/v0.2.0", "statements": [{"vulnerability": {"name": "CVE-1"},
      "products": [{"@id": "pkg:a/b"}], "status": "not_affected", "justification": "component_not_present"}]}"#,
    ),
    (TRACE, r#"{"monitor": {"type": "https://m"}, "monitorLog": {"process": [{}, {}], "network": null}}"#),
    (REFERENCE, r#"{"attester": {"id": "a"}, "references": [{"downloadLocation": "d", "digest": {"sha256": "ab"}}]}"#),
];
