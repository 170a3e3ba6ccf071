//! Rows of bills of materials.

use super::{As, Table, changed_text};
use crate::good::predicates::statement_of;
use crate::good::sboms::{CYCLONEDX, SPDX};

pub(crate) fn rows(table: &mut Table) {
    let mut spdx = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Sbom, SPDX), (from, to), (code, rule), path);
    };
    for version in ["SPDX-2.1", "SPDX-3.0", "2.3", ""] {
        let to = format!("\"{version}\"");
        spdx("\"SPDX-2.3\"", &to, "sbom-unknown-version", "E-52", "$.spdxVersion");
    }
    spdx("\"SPDX-2.3\"", "2", "field-wrong-type", "A-7", "$.spdxVersion");
    spdx("\"spdxVersion\"", "\"x\"", "sbom-unknown-format", "E-52", "$");
    spdx("\"name\": \"list\"", "\"bomFormat\": \"CycloneDX\"", "sbom-two-formats", "E-52", "$");
    for id in ["", "SPDXRef-Document", "DOCUMENT"] {
        spdx("SPDXRef-DOCUMENT", id, "sbom-identifier", "E-52", "$.SPDXID");
    }
    for id in ["", "lib", "SPDXRef-DOCUMENT"] {
        let to = format!("\"{id}\", \"name\": \"lib\"");
        spdx("\"SPDXRef-lib\", \"name\": \"lib\"", &to, "sbom-identifier", "E-52", "$.packages[1].SPDXID");
    }
    let app = "\"SPDXRef-app\", \"name\": \"lib\"";
    spdx("\"SPDXRef-lib\", \"name\": \"lib\"", app, "sbom-duplicate-reference", "E-52", "$.packages[1]");
    spdx(
        "\"SPDXRef-file\", \"fileName\"",
        "\"SPDXRef-lib\", \"fileName\"",
        "sbom-duplicate-reference",
        "E-52",
        "$.files[0]",
    );
    spdx("\"name\": \"app\"", "\"packageName\": \"app\"", "field-missing", "A-11", "$.packages[0].name");
    let sha1 = "00112233445566778899aabbccddeeff00112233";
    for digest in ["0011", "00112233445566778899aabbccddeeff0011223g", "00112233445566778899aabbccddeeff001122334"] {
        spdx(sha1, digest, "sbom-digest", "B-100", "$.packages[0].checksums[0].checksumValue");
    }
    spdx(sha1, "", "field-empty", "A-11", "$.packages[0].checksums[0].checksumValue");
    let path = "$.packages[0].externalRefs[1].referenceLocator";
    spdx("\"pkg:npm/app@1.0.0\"", "7", "field-wrong-type", "A-7", path);
    spdx("\"relatedSpdxElement\"", "\"x\"", "field-missing", "A-11", "$.relationships[0].relatedSpdxElement");

    let mut cyclonedx = |from: &str, to: &str, code, rule, path: &str| {
        table.change((As::Sbom, CYCLONEDX), (from, to), (code, rule), path);
    };
    for mark in ["CDX", "cyclonedx", ""] {
        let to = format!("\"bomFormat\": \"{mark}\"");
        cyclonedx("\"bomFormat\": \"CycloneDX\"", &to, "sbom-unknown-version", "E-52", "$.bomFormat");
    }
    for version in ["1", "1.3", "1.8", "1.6.0", "2.0", ""] {
        let to = format!("\"specVersion\": \"{version}\"");
        cyclonedx("\"specVersion\": \"1.6\"", &to, "sbom-unknown-version", "E-52", "$.specVersion");
    }
    cyclonedx("\"specVersion\"", "\"x\"", "field-missing", "A-11", "$.specVersion");
    cyclonedx("\"type\": \"library\", ", "", "field-missing", "A-11", "$.components[0].type");
    cyclonedx("\"name\": \"unnamed\"", "\"name\": \"\"", "field-empty", "A-11", "$.components[1].name");
    let inner = "$.metadata.component.components[0]";
    cyclonedx("\"bom-ref\": \"inner\"", "\"bom-ref\": \"app\"", "sbom-duplicate-reference", "E-52", inner);
    cyclonedx("\"bom-ref\": \"lib\"", "\"bom-ref\": \"app\"", "sbom-duplicate-reference", "E-52", "$.components[0]");
    cyclonedx(
        "\"alg\": \"SHA-256\"",
        "\"alg\": \"SHA-512\"",
        "sbom-digest",
        "B-100",
        "$.components[0].hashes[0].content",
    );
    cyclonedx("\"ref\": \"app\"", "\"x\": 1", "field-missing", "A-11", "$.dependencies[0].ref");
    cyclonedx("[\"lib\"]", "[7]", "field-wrong-type", "A-7", "$.dependencies[0].dependsOn[0]");

    let nested = vec![r#"{"type": "file", "name": "a"}"#; 50_000].join(",");
    let half = format!(r#"{{"type": "file", "name": "h", "components": [{nested}]}}"#);
    let many = format!(r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{half}, {half}]}}"#);
    let path = "$.components[1].components[49998]";
    table.row(As::Sbom, many.into_bytes(), "sbom-too-many-components", "A-16", path);
    let flat = vec!["{}"; 100_001].join(",");
    let many = format!(r#"{{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{flat}]}}"#);
    table.row(As::Sbom, many.into_bytes(), "field-too-many", "A-16", "$.components");
    table.row(As::Sbom, vec![b' '; 50_000_001], "json-too-large", "A-16", "");
    table.row(As::Sbom, b"{}".to_vec(), "sbom-unknown-format", "E-52", "$");
    table.row(As::Sbom, b"[]".to_vec(), "field-wrong-type", "A-7", "$");

    let attested = |predicate: &str| statement_of("https://spdx.dev/Document", predicate).into_bytes();
    let text = serde_json::to_string(&changed_text(SPDX, "SPDX-2.3", "SPDX-2.1")).unwrap();
    let path = "$.predicate:$.spdxVersion";
    table.row(As::AttestedSpdx, attested(&text), "sbom-unknown-version", "E-52", path);
    table.row(As::AttestedSpdx, attested("\"{\""), "json-truncated", "A-1", "$");
    table.row(As::AttestedSpdx, attested("null"), "predicate-absent", "E-1", "$.predicate");
    table.row(As::AttestedSpdx, attested(CYCLONEDX), "sbom-other-format", "E-52", "$.predicate");
}
