//! Statements that say something, each with the certificate or key that goes with it: provenance as its builders write it,
//! verification summaries, publish statements (E.1 to E.7, G.1, G.2).

use crate::ca::{COMMIT, REPOSITORY, San, WORKFLOW};
use crate::recipe::Recipe;
use serde_json::{Value, json};

/// Workflows of slsa-github-generator.
pub const GENERATOR: &str = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/";
/// The run that the good leaf was issued to.
pub const RUN: &str = "https://github.com/touchstone-test/beacon/actions/runs/15609877086/attempts/1";
/// Ref of the good leaf's source.
pub const BRANCH: &str = "refs/heads/main";
/// A release of the source, for runs that a tag started.
pub const TAG: &str = "refs/tags/v13.0.30";
/// npm package of the good worlds.
pub const PACKAGE: &str = "pkg:npm/%40touchstone-test/beacon@1.2.3";
/// Python distribution of the good worlds.
pub const WHEEL: &str = "touchstone_beacon-1.2.3-py3-none-any.whl";
/// Verifier of the good summary.
pub const VERIFIER: &str = "https://verifier.touchstone.test/v1";
/// Resource of the good summary.
pub const RESOURCE: &str = "git+https://github.com/touchstone-test/beacon";
/// Type of npm's publish statement.
pub const NPM_PUBLISH: &str = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
/// Build type of GitHub's attestations.
pub const ATTESTATION_BUILD_TYPE: &str = "https://actions.github.io/buildtypes/workflow/v1";
/// Build type of npm's command, SLSA v1.
pub const NPM_BUILD_TYPE: &str = "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1";

/// A tool's workflow that a delegator signs for.
pub const TOOL: &str = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/builder_maven_slsa3.yml@refs/tags/v2.1.0";
/// `builder.id` of Google Cloud Build.
pub const GOOGLE: &str = "https://cloudbuild.googleapis.com/GoogleHostedWorker";

/// The source at its ref, as provenance writes it.
pub fn source_at(reference: &str) -> String {
    format!("git+{REPOSITORY}@{reference}")
}

impl Recipe {
    /// Envelope whose statement has this predicate.
    fn saying(self, predicate_type: &str, predicate: Value) -> Self {
        let predicate_type = predicate_type.to_owned();
        let mut recipe = self;
        recipe.statement.push(crate::change(move |statement: &mut Value| {
            statement["predicateType"] = json!(predicate_type);
            statement["predicate"] = predicate.clone();
        }));
        recipe
    }

    /// Signed by this workflow, called by the workflow of the good leaf (C-8).
    pub fn called(mut self, workflow: &str) -> Self {
        self.leaf.san = Some(vec![San::Uri(workflow.to_owned())]);
        self.leaf.claim(9, workflow);
        self.leaf.claim(10, "e55b76ce421082dfa4b34a6ac3c5e59de0f3bb58");
        self
    }

    /// Run for this ref of the source instead of the branch.
    pub fn at_ref(mut self, reference: &str) -> Self {
        for arc in [6, 14] {
            self.leaf.claim(arc, reference);
        }
        self.leaf.claim(18, &WORKFLOW.replace(BRANCH, reference));
        let reference = reference.to_owned();
        self.statement.push(crate::change(move |statement: &mut Value| replace(statement, BRANCH, &reference)));
        self
    }

    /// The one subject has this name.
    pub fn about(mut self, name: &str) -> Self {
        let name = name.to_owned();
        self.statement.push(crate::change(move |statement: &mut Value| statement["subject"][0]["name"] = json!(name)));
        self
    }

    /// The one subject is an npm package: its name a purl, its digest SHA-512 (G-11).
    pub fn about_npm(mut self) -> Self {
        let digest = crate::encoding::hex(&crate::keys::Hash::Sha512.of(&self.artifact));
        self.statement.push(crate::change(move |statement: &mut Value| {
            statement["subject"] = json!([{ "name": PACKAGE, "digest": { "sha512": digest } }]);
        }));
        self
    }

    /// GitHub's artifact attestation (E-8).
    pub fn github_attestation() -> Self {
        Recipe::dsse().saying("https://slsa.dev/provenance/v1", workflow_provenance(ATTESTATION_BUILD_TYPE, WORKFLOW))
    }

    /// slsa-github-generator's generic generator at a release (E.4).
    pub fn generator() -> Self {
        let builder = format!("{GENERATOR}generator_generic_slsa3.yml@refs/tags/v2.1.0");
        let build_type = "https://github.com/slsa-framework/slsa-github-generator/generic@v1";
        Recipe::dsse()
            .called(&builder)
            .saying("https://slsa.dev/provenance/v0.2", generator_provenance(build_type, &builder))
    }

    /// slsa-github-generator's delegator, for the workflow of its Maven builder (E.4).
    pub fn delegator() -> Self {
        Recipe::dsse()
            .called(&format!("{GENERATOR}delegator_lowperms-generic_slsa3.yml@refs/tags/v2.1.0"))
            .saying("https://slsa.dev/provenance/v1", delegator_provenance())
    }

    /// slsa-github-generator's container-based builder (E.4).
    pub fn container_based() -> Self {
        let builder = format!("{GENERATOR}builder_container-based_slsa3.yml@refs/tags/v2.1.0");
        Recipe::dsse().called(&builder).saying("https://slsa.dev/provenance/v1", container_provenance(&builder))
    }

    /// npm's command in the good leaf's job, SLSA v1 (G-12).
    pub fn npm_v1() -> Self {
        let runner = "https://github.com/actions/runner/github-hosted";
        let mut provenance = workflow_provenance(NPM_BUILD_TYPE, runner);
        let github = provenance["buildDefinition"]["internalParameters"]["github"].as_object_mut();
        github.expect("an object").remove("runner_environment");
        Recipe::dsse().about_npm().saying("https://slsa.dev/provenance/v1", provenance)
    }

    /// npm's command in the good leaf's job, SLSA v0.2 (G-12).
    pub fn npm_v0_2() -> Self {
        Recipe::dsse().about_npm().saying("https://slsa.dev/provenance/v0.2", npm_provenance())
    }

    /// Google Cloud Build, signed with a key (E-42).
    pub fn cloud_build() -> Self {
        key_signed_envelope().saying("https://slsa.dev/provenance/v0.1", cloud_build_provenance())
    }

    /// Google Cloud Build, SLSA v1 (E-42).
    pub fn cloud_build_v1() -> Self {
        key_signed_envelope().saying("https://slsa.dev/provenance/v1", cloud_build_v1_provenance())
    }

    /// A verification summary, signed with a key (E-49).
    pub fn summary() -> Self {
        key_signed_envelope().summing_up(&["SLSA_BUILD_LEVEL_2", "SLSA_SOURCE_LEVEL_3", "TOUCHSTONE_HYGIENE"])
    }

    /// A source verifier's summary about the good leaf's commit, which is the artifact's other name here (E-45).
    pub fn source_summary() -> Self {
        Recipe::dsse().of_commit(json!({ "source_refs": [BRANCH, TAG] })).summing_up(&["SLSA_SOURCE_LEVEL_3"])
    }

    /// The source tool's provenance of the good leaf's commit (E-47).
    pub fn source_provenance() -> Self {
        Recipe::dsse().of_commit(json!({})).saying(
            "https://github.com/slsa-framework/slsa-source-poc/source-provenance/v1-draft",
            json!({
                "prev_commit": "1111111111111111111111111111111111111111", "repo_uri": REPOSITORY,
                "activity_type": "pr_merge", "actor": "somebody", "branch": BRANCH,
                "created_on": "2025-06-12T00:00:00Z", "controls": [],
            }),
        )
    }

    /// Says that the good verifier found these levels.
    fn summing_up(self, levels: &[&str]) -> Self {
        self.saying(
            "https://slsa.dev/verification_summary/v1",
            json!({
                "verifier": { "id": VERIFIER },
                "timeVerified": "2025-06-12T00:00:00Z",
                "resourceUri": RESOURCE,
                "policy": { "uri": "https://verifier.touchstone.test/policy" },
                "verificationResult": "PASSED",
                "verifiedLevels": levels,
            }),
        )
    }

    fn of_commit(mut self, annotations: Value) -> Self {
        self.statement.push(crate::change(move |statement: &mut Value| {
            statement["subject"][0]["digest"]["gitCommit"] = json!(COMMIT);
            statement["subject"][0]["annotations"] = annotations.clone();
        }));
        self
    }

    /// npm's command before its release (E.4): another build type and builder, and more of the environment.
    pub fn npm_before_release() -> Self {
        let mut provenance = npm_provenance();
        provenance["buildType"] = json!("https://github.com/npm/cli/gha@v1");
        provenance["builder"]["id"] = json!("https://github.com/npm/cli@9.5.0");
        provenance["invocation"]["configSource"]["entryPoint"] =
            json!("touchstone-test/beacon/.github/workflows/release.yml@refs/heads/main");
        provenance["invocation"]["environment"]["GITHUB_RUN_NUMBER"] = json!("7");
        provenance["materials"][0]["uri"] = json!(format!("git+{REPOSITORY}"));
        Recipe::dsse().about_npm().saying("https://slsa.dev/provenance/v0.2", provenance)
    }

    /// npm's command in a job of GitLab's, with that job's certificate (C.3, G-21).
    pub fn npm_gitlab() -> Self {
        let (host, project) = ("https://gitlab.com", "https://gitlab.com/touchstone-test/beacon");
        let config = format!("{project}//.gitlab-ci.yml@{BRANCH}");
        let mut recipe = Recipe::dsse();
        recipe.leaf.san = Some(vec![San::Uri(config.clone())]);
        for arc in [2, 3, 4, 5, 6, 23, 24] {
            recipe.leaf.without_claim(arc);
        }
        for (arc, text) in [
            (1, host),
            (8, host),
            (9, &config),
            (11, "gitlab-hosted"),
            (12, project),
            (16, "https://gitlab.com/touchstone-test"),
            (18, &config),
            (20, "push"),
            (21, "https://gitlab.com/touchstone-test/beacon/-/jobs/15609877086"),
        ] {
            recipe.leaf.claim(arc, text);
        }
        recipe.about_npm().saying(
            "https://slsa.dev/provenance/v0.2",
            json!({
                "buildType": "https://github.com/npm/cli/gitlab/v0alpha1",
                "builder": { "id": "https://gitlab.com/touchstone-test/beacon/-/runners/12270837" },
                "invocation": {
                    "configSource": { "uri": format!("git+{project}"), "digest": { "sha1": COMMIT }, "entryPoint": "publish" },
                    "parameters": { "CI": "true", "CI_COMMIT_REF_NAME": "main" },
                    "environment": { "name": "12270837", "architecture": "linux/amd64", "job": { "id": "15609877086" } },
                },
                "metadata": { "buildInvocationId": "https://gitlab.com/touchstone-test/beacon/-/jobs/15609877086",
                              "completeness": { "parameters": true, "environment": true, "materials": false },
                              "reproducible": false },
                "materials": [{ "uri": format!("git+{project}"), "digest": { "sha1": COMMIT } }],
            }),
        )
    }

    /// GitHub's build type, signed with a key: by a builder that the person names with it (E-10).
    pub fn attestation_by_key(builder: &str) -> Self {
        key_signed_envelope()
            .saying("https://slsa.dev/provenance/v1", workflow_provenance(ATTESTATION_BUILD_TYPE, builder))
    }

    /// Tekton Chains, signed with a key (E.8): a build type that is shown and not interpreted.
    pub fn tekton(build_type: &str) -> Self {
        key_signed_envelope().saying(
            "https://slsa.dev/provenance/v1",
            json!({
                "buildDefinition": {
                    "buildType": build_type,
                    "externalParameters": { "runSpec": { "pipelineRef": { "name": "build" } } },
                    "internalParameters": {},
                    "resolvedDependencies": [
                        { "uri": format!("git+{REPOSITORY}.git"), "digest": { "sha1": COMMIT }, "name": "inputs/result" },
                    ],
                },
                "runDetails": { "builder": { "id": "https://tekton.dev/chains/v2" },
                                "metadata": { "invocationId": "3b7e2f1a" } },
            }),
        )
    }

    /// npm's own statement that it published the package, signed with a key (G-11).
    pub fn npm_publish(registry: &str) -> Self {
        let predicate = json!({ "name": "@touchstone-test/beacon", "version": "1.2.3", "registry": registry });
        key_signed_envelope().about_npm().saying(NPM_PUBLISH, predicate)
    }
}

/// An envelope signed with a managed key.
fn key_signed_envelope() -> Recipe {
    let good = Recipe::managed();
    let hint = crate::encoding::base64(&good.managed_key.log_id());
    Recipe { dsse: true, key_id: hint, entries: Recipe::dsse().entries, ..good }
}

/// v1 with `externalParameters.workflow`.
fn workflow_provenance(build_type: &str, builder: &str) -> Value {
    json!({
        "buildDefinition": {
            "buildType": build_type,
            "externalParameters": {
                "workflow": { "ref": BRANCH, "repository": REPOSITORY, "path": ".github/workflows/release.yml" },
            },
            "internalParameters": { "github": {
                "event_name": "workflow_dispatch",
                "repository_id": "632596897",
                "repository_owner_id": "131804563",
                "runner_environment": "github-hosted",
            } },
            "resolvedDependencies": [{ "uri": source_at(BRANCH), "digest": { "gitCommit": COMMIT } }],
        },
        "runDetails": { "builder": { "id": builder }, "metadata": { "invocationId": RUN } },
    })
}

/// v0.2 as the generators write it.
fn generator_provenance(build_type: &str, builder: &str) -> Value {
    json!({
        "builder": { "id": builder },
        "buildType": build_type,
        "invocation": {
            "configSource": {
                "uri": source_at(BRANCH),
                "digest": { "sha1": COMMIT },
                "entryPoint": ".github/workflows/release.yml",
            },
            "parameters": {},
            "environment": {
                "github_event_name": "workflow_dispatch",
                "github_event_payload": { "inputs": { "version": "1.2.3", "draft": "false" } },
                "github_ref": BRANCH,
                "github_ref_type": "branch",
                "github_repository_id": "632596897",
                "github_repository_owner_id": "131804563",
                "github_run_attempt": "1",
                "github_run_id": "15609877086",
                "github_sha1": COMMIT,
            },
        },
        "metadata": {
            "buildInvocationID": "15609877086-1",
            "completeness": { "parameters": true, "environment": false, "materials": false },
            "reproducible": false,
        },
        "materials": [{ "uri": source_at(BRANCH), "digest": { "sha1": COMMIT } }],
    })
}

/// What the delegators and the container-based builder record of the run.
fn github_environment() -> Value {
    json!({
        "GITHUB_EVENT_NAME": "workflow_dispatch",
        "GITHUB_EVENT_PAYLOAD": { "inputs": { "version": "1.2.3" } },
        "GITHUB_REF": BRANCH,
        "GITHUB_REPOSITORY": "touchstone-test/beacon",
        "GITHUB_REPOSITORY_ID": "632596897",
        "GITHUB_REPOSITORY_OWNER_ID": "131804563",
        "GITHUB_RUN_ATTEMPT": "1",
        "GITHUB_RUN_ID": "15609877086",
        "GITHUB_SHA": COMMIT,
        "GITHUB_WORKFLOW_REF": WORKFLOW.trim_start_matches("https://github.com/"),
        "GITHUB_WORKFLOW_SHA": COMMIT,
    })
}

fn delegator_provenance() -> Value {
    json!({
        "buildDefinition": {
            "buildType": "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0",
            "externalParameters": { "inputs": { "jdk-version": 17, "rekor-log-public": false }, "vars": {} },
            "internalParameters": github_environment(),
            "resolvedDependencies": [{ "uri": source_at(BRANCH), "digest": { "gitCommit": COMMIT } }],
        },
        "runDetails": { "builder": { "id": TOOL }, "metadata": { "invocationId": "15609877086-1" } },
    })
}

fn container_provenance(builder: &str) -> Value {
    json!({
        "buildDefinition": {
            "buildType": "https://slsa.dev/container-based-build/v0.1?draft",
            "externalParameters": {
                "source": { "uri": source_at(BRANCH), "digest": { "sha1": COMMIT } },
                "builderImage": { "uri": "bash@sha256:00", "digest": { "sha256": "00" } },
                "configPath": "build.toml",
            },
            "internalParameters": github_environment(),
            "resolvedDependencies": [{ "uri": source_at(BRANCH), "digest": { "sha1": COMMIT } }],
        },
        "runDetails": { "builder": { "id": builder }, "metadata": { "invocationId": RUN } },
    })
}

fn npm_provenance() -> Value {
    let mut environment = github_environment();
    environment.as_object_mut().expect("an object").remove("GITHUB_EVENT_PAYLOAD");
    json!({
        "buildType": "https://github.com/npm/cli/gha/v2",
        "builder": { "id": "https://github.com/actions/runner" },
        "invocation": {
            "configSource": {
                "uri": source_at(BRANCH),
                "digest": { "sha1": COMMIT },
                "entryPoint": ".github/workflows/release.yml",
            },
            "parameters": {},
            "environment": environment,
        },
        "metadata": {
            "buildInvocationId": "15609877086-1",
            "completeness": { "parameters": false, "environment": false, "materials": false },
            "reproducible": false,
        },
        "materials": [{ "uri": source_at(BRANCH), "digest": { "sha1": COMMIT } }],
    })
}

fn cloud_build_provenance() -> Value {
    json!({
        "builder": { "id": format!("{GOOGLE}@v0.3") },
        "recipe": {
            "type": "https://cloudbuild.googleapis.com/CloudBuildYaml@v0.1",
            "definedInMaterial": 0,
            "entryPoint": "cloudbuild.yaml",
            "arguments": {
                "@type": "type.googleapis.com/google.devtools.cloudbuild.v1.Build",
                "substitutions": { "TAG_NAME": "v13.0.30", "REF_NAME": "v13.0.30", "COMMIT_SHA": COMMIT },
            },
        },
        "metadata": { "buildInvocationId": "40edaaed-b2ce-49b7-bc4d-4f67779fd0dc" },
        "materials": [{ "uri": format!("git+{REPOSITORY}"), "digest": { "sha1": COMMIT } }],
    })
}

fn cloud_build_v1_provenance() -> Value {
    json!({
        "buildDefinition": {
            "buildType": "https://cloud.google.com/build/gcb-buildtypes/google-worker/v1",
            "externalParameters": {
                "buildConfigSource": {
                    "path": "cloudbuild.yaml", "ref": BRANCH, "repository": format!("git+{REPOSITORY}"),
                },
                "substitutions": {},
            },
            "internalParameters": { "systemSubstitutions": { "BRANCH_NAME": "main", "COMMIT_SHA": COMMIT } },
            "resolvedDependencies": [{ "uri": source_at(BRANCH), "digest": { "gitCommit": COMMIT } }],
        },
        "runDetails": { "builder": { "id": GOOGLE }, "metadata": { "invocationId": "projects/touchstone/builds/1" } },
    })
}

/// Replaces a text in every string of a value.
pub fn replace(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) => *text = text.replace(from, to),
        Value::Array(elements) => elements.iter_mut().for_each(|element| replace(element, from, to)),
        Value::Object(members) => members.values_mut().for_each(|member| replace(member, from, to)),
        _ => {}
    }
}
