//! Rows of predicates.

use super::{As, Table, changed, changed_text};
use crate::good::predicates::*;

/// Rows of every type of predicate.
pub(crate) fn rows(table: &mut Table) {
    provenance_rows(table);
    summary_rows(table);
    source_rows(table);
    publish_rows(table);
    further_rows(table);
    cap_rows(table);
}

/// Rows of one type of predicate: (from, to, code, rule, place below `$.predicate`).
fn predicate_rows(table: &mut Table, predicate_type: &str, rows: &[(&str, &str, &'static str, &'static str, &str)]) {
    let (_, good) = PREDICATES.iter().find(|(name, _)| *name == predicate_type).unwrap();
    for (from, to, code, rule, place) in rows {
        let text = statement_of(predicate_type, &changed_text(good, from, to));
        table.row(As::Predicate, text.into_bytes(), code, rule, &format!("$.predicate{place}"));
    }
}

fn provenance_rows(table: &mut Table) {
    let build_type = r#""buildType": "https://actions.github.io/buildtypes/workflow/v1","#;
    let dependency = r#"{"uri": "git+https://github.com/o/r@refs/heads/main", "digest": {"gitCommit": "c0"}}"#;
    let first = ".buildDefinition.resolvedDependencies[0]";
    predicate_rows(
        table,
        PROVENANCE_V1,
        &[
            ("\"buildDefinition\"", "\"x\"", "field-missing", "A-11", ".buildDefinition"),
            ("\"runDetails\"", "\"x\"", "field-missing", "A-11", ".runDetails"),
            (build_type, "", "field-missing", "A-11", ".buildDefinition.buildType"),
            (build_type, "\"buildType\": \"\",", "field-empty", "A-11", ".buildDefinition.buildType"),
            (
                "\"externalParameters\": {",
                "\"externalParameters\": 1, \"x\": {",
                "field-wrong-type",
                "A-7",
                ".buildDefinition.externalParameters",
            ),
            ("\"builder\"", "\"x\"", "field-missing", "A-11", ".runDetails.builder"),
            ("\"id\"", "\"x\"", "field-missing", "A-11", ".runDetails.builder.id"),
            (
                "https://github.com/o/r/.github/workflows/f.yml@refs/heads/main",
                "",
                "field-empty",
                "A-11",
                ".runDetails.builder.id",
            ),
            (dependency, "{}", "predicate-empty-descriptor", "E-2", first),
            (dependency, "{\"name\": \"n\"}", "predicate-empty-descriptor", "E-2", first),
            (
                dependency,
                "{\"uri\": \"\", \"digest\": {}, \"content\": \"\"}",
                "predicate-empty-descriptor",
                "E-2",
                first,
            ),
            (dependency, "null", "field-wrong-type", "A-7", first),
            ("{\"uri\": \"b\"}", "7", "field-wrong-type", "A-7", ".runDetails.byproducts[0]"),
            ("{\"tool\": \"1\"}", "{\"tool\": 1}", "field-wrong-type", "A-7", ".runDetails.builder.version.tool"),
        ],
    );
    let absent = good_statement_of(PROVENANCE_V1).replace("\"predicate\":", "\"x\":");
    table.row(As::Predicate, absent.into_bytes(), "predicate-absent", "E-1", "$.predicate");
    let buildkit = "https://mobyproject.org/buildkit@v1";
    predicate_rows(
        table,
        PROVENANCE_V0_2,
        &[
            ("\"buildType\"", "\"x\"", "field-missing", "A-11", ".buildType"),
            (
                "https://github.com/b/b/.github/workflows/g.yml@refs/tags/v1.0.0",
                "",
                "field-empty",
                "A-11",
                ".builder.id",
            ),
            (
                "\"buildInvocationID\"",
                "\"buildInvocationId\": \"x\", \"buildInvocationID\"",
                "field-two-spellings",
                "A-12",
                ".metadata.buildInvocationID",
            ),
            (
                "\"reproducible\": false",
                "\"reproducible\": \"true\"",
                "field-wrong-type",
                "A-7",
                ".metadata.reproducible",
            ),
            (
                "\"digest\": {\"sha1\": \"c0\"}}]",
                "\"digest\": {\"sha1\": 7}}]",
                "field-wrong-type",
                "A-7",
                ".materials[0].digest.sha1",
            ),
        ],
    );
    // Only an empty builder id is BuildKit's, never an absent one (E-65).
    let anonymous = changed_text(
        &good_statement_of(PROVENANCE_V0_2),
        "https://github.com/slsa-framework/slsa-github-generator/generic@v1",
        buildkit,
    );
    let builder = r#""builder": {"id": "https://github.com/b/b/.github/workflows/g.yml@refs/tags/v1.0.0"}"#;
    let text = changed(&anonymous, builder, r#""builder": {}"#);
    table.row(As::Predicate, text, "field-missing", "A-11", "$.predicate.builder.id");
    let material = "\"definedInMaterial\": 1";
    predicate_rows(
        table,
        PROVENANCE_V0_1,
        &[
            ("\"recipe\"", "\"x\"", "field-missing", "A-11", ".recipe"),
            ("\"type\"", "\"x\"", "field-missing", "A-11", ".recipe.type"),
            (material, "\"definedInMaterial\": 2", "predicate-material-index", "E-1", ".recipe.definedInMaterial"),
            (
                material,
                "\"definedInMaterial\": \"9223372036854775807\"",
                "predicate-material-index",
                "E-1",
                ".recipe.definedInMaterial",
            ),
            (material, "\"definedInMaterial\": -2", "field-negative", "A-10", ".recipe.definedInMaterial"),
            (material, "\"definedInMaterial\": 0.5", "field-not-integer", "A-10", ".recipe.definedInMaterial"),
        ],
    );
}

fn summary_rows(table: &mut Table) {
    let levels = r#"["SLSA_BUILD_LEVEL_2", "SLSA_SOURCE_LEVEL_UNEVALUATED", "ORG_X"]"#;
    predicate_rows(
        table,
        SUMMARY,
        &[
            ("\"verifier\"", "\"x\"", "field-missing", "A-11", ".verifier"),
            ("https://v", "", "field-empty", "A-11", ".verifier.id"),
            ("\"resourceUri\"", "\"resource_uri\"", "field-missing", "A-11", ".resourceUri"),
            ("\"verificationResult\"", "\"x\"", "field-missing", "A-11", ".verificationResult"),
            ("\"verifiedLevels\"", "\"x\"", "field-missing", "A-11", ".verifiedLevels"),
            ("\"ORG_X\"", "\"SLSA_BUILD_LEVEL_3\"", "predicate-two-levels", "E-49", ".verifiedLevels[2]"),
            ("\"ORG_X\"", "\"SLSA_BUILD_LEVEL_2\"", "predicate-two-levels", "E-49", ".verifiedLevels[2]"),
            ("\"ORG_X\"", "\"SLSA_SOURCE_LEVEL_1\"", "predicate-two-levels", "E-49", ".verifiedLevels[2]"),
            (levels, "[\"FAILED\"]", "predicate-failed-level", "E-49", ".verifiedLevels[0]"),
            ("\"ORG_X\"", "\"FAILED\"", "predicate-failed-level", "E-49", ".verifiedLevels[2]"),
            ("\"ORG_X\"", "\"\"", "field-empty", "A-11", ".verifiedLevels[2]"),
            (levels, "\"SLSA_BUILD_LEVEL_2\"", "field-wrong-type", "A-7", ".verifiedLevels"),
            (
                "\"SLSA_BUILD_LEVEL_1\": \"3\"",
                "\"SLSA_BUILD_LEVEL_1\": -3",
                "field-negative",
                "A-10",
                ".dependencyLevels.SLSA_BUILD_LEVEL_1",
            ),
        ],
    );
    predicate_rows(
        table,
        SUMMARY_V0_1,
        &[
            (
                "\"resource_uri\"",
                "\"resourceUri\": \"r\", \"resource_uri\"",
                "field-two-spellings",
                "A-12",
                ".resource_uri",
            ),
            ("\"verification_result\"", "\"x\"", "field-missing", "A-11", ".verificationResult"),
        ],
    );
    let good = good_statement_of(SUMMARY);
    let refs = "\"source_refs\": [\"refs/heads/main\"]";
    let place = "$.subject[0].annotations";
    let both = format!("{refs}, \"sourceRefs\": []");
    table.change(
        (As::Predicate, &good),
        (refs, &both),
        ("field-two-spellings", "A-12"),
        &format!("{place}.source_refs"),
    );
    let first = format!("{refs}, \"source_branches\": []");
    table.change(
        (As::Predicate, &good),
        (refs, &first),
        ("field-two-spellings", "A-12"),
        &format!("{place}.source_branches"),
    );
    let path = format!("{place}.sourceRefs");
    table.change((As::Predicate, &good), (refs, "\"sourceRefs\": \"a\""), ("field-wrong-type", "A-7"), &path);
}

fn source_rows(table: &mut Table) {
    predicate_rows(
        table,
        SOURCE,
        &[
            ("\"prev_commit\"", "\"x\"", "field-missing", "A-11", ".prev_commit"),
            (
                "\"prev_commit\"",
                "\"prevCommit\": \"q\", \"prev_commit\"",
                "field-two-spellings",
                "A-12",
                ".prev_commit",
            ),
            ("\"repo_uri\"", "\"x\"", "field-missing", "A-11", ".repo_uri"),
            ("\"actor\"", "\"x\"", "field-missing", "A-11", ".actor"),
            ("refs/heads/main\", \"created_on", "\", \"created_on", "field-empty", "A-11", ".branch"),
            ("\"name\"", "\"x\"", "field-missing", "A-11", ".controls[0].name"),
        ],
    );
    predicate_rows(
        table,
        SOURCE_V1,
        &[
            ("\"prev_commit\"", "\"x\"", "field-missing", "A-11", ".prev_commit"),
            ("{\"since\": \"s\"}", "\"s\"", "field-wrong-type", "A-7", ".properties.SLSA_SOURCE_LEVEL_2"),
        ],
    );
    predicate_rows(
        table,
        TAG,
        &[
            ("\"tag\"", "\"x\"", "field-missing", "A-11", ".tag"),
            (
                "\"sourceRefs\"",
                "\"source_refs\": [], \"sourceRefs\"",
                "field-two-spellings",
                "A-12",
                ".vsaSummaries[0].source_refs",
            ),
        ],
    );
}

fn publish_rows(table: &mut Table) {
    let scope = "\"spiffe.io/id/v1\"";
    for unknown in ["spiffe.io/id/v2", "spiffe.io/id", "kubernetes.io/pod/namespace/", "x", ""] {
        let path = format!("$.predicate.scopes[\"{unknown}\"]");
        let path = if unknown == "x" { "$.predicate.scopes.x".to_owned() } else { path };
        let to = format!("\"{unknown}\"");
        let good = good_statement_of(DEPLOYMENT);
        table.change((As::Predicate, &good), (scope, &to), ("predicate-unknown-scope", "E-53"), &path);
    }
    let path = "[\"cloud.google.com/project_id/v1\"]";
    let path = format!(".scopes{path}");
    predicate_rows(table, DEPLOYMENT, &[("\"p\", \"spiffe", "null, \"spiffe", "field-wrong-type", "A-7", &path)]);
    for without in [DEPLOYMENT, POLICY_PUBLISH] {
        let rows = [("\"creationTime\"", "\"x\"", "field-missing", "A-11", ".creationTime")];
        predicate_rows(table, without, &rows);
    }
    for not_empty in ["{\"a\": null}", "{\"a\": 1, \"b\": 2}"] {
        let text = statement_of(INDEX_PUBLISH, not_empty).into_bytes();
        table.row(As::Predicate, text, "predicate-not-empty", "G-6", "$.predicate.a");
    }
    table.row(As::Predicate, statement_of(INDEX_PUBLISH, "[]").into_bytes(), "field-wrong-type", "A-7", "$.predicate");
    table.row(As::Predicate, statement_of(COSIGN_SIGN, "[]").into_bytes(), "field-wrong-type", "A-7", "$.predicate");
    for release in [RELEASE_V0_1, RELEASE_V0_2] {
        let rows = [
            ("\"repository\"", "\"x\"", "field-missing", "A-11", ".repository"),
            ("\"tag\"", "\"x\"", "field-missing", "A-11", ".tag"),
            ("\"ownerId\": \"1\"", "\"ownerId\": 1.5", "field-not-integer", "A-10", ".ownerId"),
        ];
        predicate_rows(table, release, &rows);
    }
    let rows = [
        ("\"name\"", "\"x\"", "field-missing", "A-11", ".name"),
        ("1.0.0", "", "field-empty", "A-11", ".version"),
        ("\"registry\"", "\"x\"", "field-missing", "A-11", ".registry"),
    ];
    predicate_rows(table, NPM_PUBLISH, &rows);
    let rows = [("level\": 3", "level\": -3", "field-negative", "A-10", ".properties[\"slsa.dev/build/level\"]")];
    predicate_rows(table, POLICY_PUBLISH, &rows);
    let rows = [
        ("\"id\"", "\"x\"", "field-missing", "A-11", ".verifier.id"),
        ("\"properties\"", "\"x\"", "field-missing", "A-11", ".properties"),
        ("{\"uri\": \"p\"}", "{}", "predicate-empty-descriptor", "E-2", ".verifier.policies[0]"),
    ];
    predicate_rows(table, SVR, &rows);
}

/// A-16: nothing is cut off in silence.
fn cap_rows(table: &mut Table) {
    let members = |count: usize, value: &str| {
        let members: Vec<_> = (0..count).map(|index| format!("\"k{index}\": {value}")).collect();
        format!("{{{}}}", members.join(","))
    };
    let mut too_many = |name: &str, (from, to): (&str, String), path: &str| {
        predicate_rows(table, name, &[(from, &to, "field-too-many", "A-16", path)]);
    };
    let map = |key: &str, count, value| format!("\"{key}\": {}, \"more\": {{", members(count, value));
    let version = (r#""version": {"#, map("version", 100_001, "\"1\""));
    too_many(PROVENANCE_V1, version, ".runDetails.builder.version");
    too_many(SUMMARY, (r#""dependencyLevels": {"#, map("dependencyLevels", 1025, "1")), ".dependencyLevels");
    let levels: Vec<_> = (0..1025).map(|index| format!("\"P{index}\"")).collect();
    let levels = format!("\"verifiedLevels\": [{}], \"more\": [", levels.join(","));
    too_many(SUMMARY, ("\"verifiedLevels\": [", levels), ".verifiedLevels");
    too_many(SOURCE_V1, (r#""properties": {"#, map("properties", 1025, "{}")), ".properties");
    too_many(LINK, (r#""byproducts": {"#, map("byproducts", 100_001, "1")), ".byproducts");
    too_many(TRACE, (r#""monitorLog": {"#, map("monitorLog", 100_001, "[]")), ".monitorLog");
    let dependencies = format!("\"resolvedDependencies\": [{}], \"more\": [", vec!["{}"; 100_001].join(","));
    let path = ".buildDefinition.resolvedDependencies";
    too_many(PROVENANCE_V1, ("\"resolvedDependencies\": [", dependencies), path);
}

fn further_rows(table: &mut Table) {
    let missing = |key: &'static str, place: &'static str| (key, "\"x\"", "field-missing", "A-11", place);
    predicate_rows(table, TEST_RESULT, &[missing("\"result\"", ".result")]);
    predicate_rows(table, LINK, &[missing("\"name\"", ".name")]);
    predicate_rows(
        table,
        SCAI,
        &[missing("\"attributes\"", ".attributes"), missing("\"attribute\"", ".attributes[0].attribute")],
    );
    predicate_rows(
        table,
        VULNERABILITIES,
        &[missing("\"scanner\"", ".scanner"), missing("\"id\"", ".scanner.result[0].id")],
    );
    predicate_rows(table, COSIGN_VULNERABILITIES, &[missing("\"uri\"", ".scanner.uri")]);
    predicate_rows(
        table,
        OPEN_VEX,
        &[
            missing("\"vulnerability\"", ".statements[0].vulnerability"),
            missing("\"name\"", ".statements[0].vulnerability.name"),
            missing("\"status\"", ".statements[0].status"),
            ("\"not_affected\"", "\"unaffected\"", "field-unknown-name", "A-15", ".statements[0].status"),
        ],
    );
    predicate_rows(
        table,
        TRACE,
        &[missing("\"type\"", ".monitor.type"), ("[{}, {}]", "2", "field-wrong-type", "A-7", ".monitorLog.process")],
    );
    predicate_rows(table, REFERENCE, &[missing("\"references\"", ".references")]);
}
